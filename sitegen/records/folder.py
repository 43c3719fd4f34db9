"""Which files there are, and what kind of record each is: the folder and the name decide."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pydantic_core import PydanticCustomError

from sitegen.models import KINDS, Kind
from sitegen.models.fields import is_period, to_day
from sitegen.problems import Place, Problem, nearest

_PART = re.compile(r"\{(\w+)\}")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,199}")
_ENDING = re.compile(r"\.ya?ml(?:\.ya?ml|\.txt)*$", re.IGNORECASE)
_WEEK = re.compile(r"([12]\d{3})\W*(?:W|U|uge|uke|week)?\W*([1-9]|0[1-9]|[1-4]\d|5[0-3])", re.IGNORECASE)
_EXAMPLES = {"person": "mette", "week": "2026-W12", "month": "2026-03", "year": "2026", "date": "2026-03-16"}
_IDS = {
    "person": "mette", "project": "seo", "customer": "nordisk-data", "campaign": "ringeliste", "template": "velkomst",
    "survey": "tilfredshed", "journey": "nordisk-data",
}  # fmt: skip
"""Kind → an id, for example."""
_PERIODS = {"week": "week", "month": "month", "year": "year"}
MOST_FOLDERS = 8
"""Records lie at most three folders deep; what lies deeper than this is not looked at."""
RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(10))}
)
"""Names that Windows keeps for itself, whatever ending they have: nobody there could check the records out."""
MISPLACED = frozenset({"bad-file-name", "other-kind", "unknown-file"})
"""Problems of files that would be records under another name or in another folder."""
_OTHER_LANGUAGE = {
    "ansatte": "people", "kampagner": "campaigns", "kampanjer": "campaigns", "kunder": "customers",
    "maler": "templates", "medarbeidere": "people", "medarbejdere": "people", "personer": "people",
    "projekter": "projects", "prosjekter": "projects", "skabeloner": "templates", "uger": "weeks", "uker": "weeks",
}  # fmt: skip
"""Folders as they are called in Danish and Norwegian → the folder."""
IGNORED = frozenset({"README.md"})
"""Files that may lie in any folder. Names that begin with a full stop are left alone too."""


class File(NamedTuple):
    """One record file: its path below the folder, its kind, and what its name says (`id`, `person`, `week`, …)."""

    path: str
    kind: Kind
    names: Mapping[str, str]

    @property
    def id(self) -> str:
        """What the file's name says, which is the id of the record: `seo`, a week's `mette/2026-W47`."""
        return "/".join(self.names.values())


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[Kind, tuple[str, ...], re.Pattern[str]], ...]:
    """Per kind the folders of its pattern, and an expression for the file's name that takes any text for its parts."""
    found = []
    for kind in KINDS:
        *folders, name = kind.pattern.split("/")
        parts = [re.escape(part) if at % 2 == 0 else f"(?P<{part}>.+)" for at, part in enumerate(_PART.split(name))]
        found.append((kind, tuple(folders), re.compile("".join(parts))))
    return tuple(found)


@lru_cache(maxsize=1024)
def _kinds_in(folders: tuple[str, ...]) -> tuple[tuple[Kind, dict[str, str], re.Pattern[str]], ...]:
    """The kinds that may lie in these folders, what the folders say of the record, and the expression of its name."""
    found = []
    for kind, wanted, pattern in _patterns():
        said = {part: folder for part, folder in zip(wanted, folders, strict=False) if part != folder}
        if len(wanted) == len(folders) and all(_PART.fullmatch(part) for part in said):
            found.append((kind, {part[1:-1]: folder for part, folder in said.items()}, pattern))
    return tuple(found)


def find(root: Path) -> tuple[list[File], list[Problem]]:
    """Every record file below a folder, by path, and a problem for each that is none."""
    files: list[File] = []
    problems: list[Problem] = []
    walked = sorted(_walk(root, ""))
    ordinary_files = {path for path, ordinary in walked if ordinary}
    for path, ordinary in walked:
        if not ordinary:
            problems.append(Problem("not-a-file", Place(path)))
            continue
        found = kind_of_path(path)
        if isinstance(found, File):
            files.append(found)
        elif path != path.lower() and path.lower() in ordinary_files:
            problems.append(Problem("differs-by-case", Place(path), also=(Place(path.lower()),)))
        else:
            problems.append(found)
    return files, problems


def _walk(folder: Path, before: str) -> Iterator[tuple[str, bool]]:
    """(path, whether it is an ordinary file) of all files; a link is never followed.

    A folder that cannot be read, that lies too deep or has the name of a file is given as what is no ordinary file.
    """
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.name in IGNORED:
                    continue
                path = before + entry.name
                if not entry.is_dir(follow_symlinks=False):
                    yield path, entry.is_file(follow_symlinks=False)
                elif path.count("/") >= MOST_FOLDERS or entry.name.endswith((".yml", ".yaml", ".md")):
                    yield path, False
                else:
                    yield from _walk(Path(entry.path), path + "/")
    except OSError:
        yield before.removesuffix("/") or ".", False


def kind_of_path(path: str) -> File | Problem:
    """The record that a path below the records' folder is, or what is wrong with the path."""
    *folders, name = path.split("/")
    right = name if name.endswith(".yml") and name.count(".") == 1 else _ENDING.sub(".yml", name)
    wrong: Problem | None = None
    for kind, said, pattern in _kinds_in(tuple(folders)):
        match = pattern.fullmatch(right)
        if match is None:
            continue
        names = said | match.groupdict()
        bad = next((part for part, text in names.items() if not _fits(part, text)), None)
        if bad is None and right == name:
            reserved = next((text for text in names.values() if text in RESERVED), None)
            if reserved is not None:
                return Problem("reserved-name", Place(path), {"id": reserved, "repair": f"{reserved}-1"})
            return File(path, kind, names)
        values = {"wanted": example_of(kind, {part: text for part, text in names.items() if _fits(part, text)})}
        if bad is None:
            values["repair"] = right
        elif bad not in match.groupdict():
            values["folder"] = slug(names[bad])
        elif bad == "week" and (week := _WEEK.fullmatch(names[bad])):
            values["repair"] = f"{week[1]}-W{int(week[2]):02d}.yml"
        elif bad not in _PERIODS and bad != "date" and (id := slug(right.rpartition(".")[0])):
            values["repair"] = f"{id}.{right.rpartition('.')[2]}"
        wrong = wrong or Problem("bad-file-name", Place(path), values)
    return wrong or Problem("unknown-file", Place(path), {"file": path, "nearest": _nearest(path)})


@lru_cache(maxsize=4096)
def _fits(part: str, text: str) -> bool:
    if part in _PERIODS:
        return is_period(text, (_PERIODS[part],))
    if part == "date":
        try:
            to_day(text)
        except PydanticCustomError:
            return False
        return True
    return bool(_ID.fullmatch(text))


def example_of(kind: Kind, names: Mapping[str, str]) -> str:
    """The path of a file of a kind, for example; `names` are the parts of it that are known already."""
    return kind.pattern.format_map({**_EXAMPLES, "id": _IDS.get(kind.name, ""), **names})


_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ö": "oe", "ä": "ae", "ü": "ue", "é": "e"})


def slug(name: str) -> str:
    """The nearest valid id; "" where there is none."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower().translate(_LETTERS)).strip("-")


def _moved(path: str) -> str:
    """The same file in the folder that one of its folders is called after, in any of our languages; "" where none is.

    `kunder/x.yml` is `crm/customers/x.yml`, and so is `records/crm/customers/x.yml`.
    """
    *folders, name = path.split("/")
    called = [_OTHER_LANGUAGE.get(folder.lower(), folder) for folder in folders]
    for _, wanted, _ in _patterns():
        fixed = [folder for folder in wanted if not _PART.search(folder)]
        if not fixed or fixed[-1] not in called:
            continue
        inside = called[called.index(fixed[-1]) + 1 :]
        moved = "/".join((*fixed, *inside, name))
        if len(fixed) + len(inside) != len(wanted) or moved == path:
            continue
        found = kind_of_path(moved)
        if isinstance(found, File):
            return moved
        if nearest_one := str(found.values.get("nearest", "")):
            return nearest_one
    return ""


def _nearest(path: str) -> str:
    """The place that a file was probably meant for: its folder or name is nearly that, or one of the two is missing."""
    if moved := _moved(path):
        return moved
    *folders, name = path.split("/")
    stem, _, ending = name.rpartition(".")
    for kind, wanted, pattern in _patterns():
        wanted_name = kind.pattern.rpartition("/")[2]
        if wanted_name == name:
            return kind.pattern
        if wanted == tuple(folders):
            first, hyphen, _ = wanted_name.partition("-{")
            own, _, last = stem.partition("-") if hyphen else (stem, "", "")
            if nearest(own, frozenset({first.removesuffix(".yml")})):
                return example_of(kind, {part: last for part in _PART.findall(wanted_name) if _fits(part, last)})
            if wanted_name.startswith("{id}") and _ID.fullmatch(stem) and ending in ("yml", "md"):
                return example_of(kind, {"id": stem})
        elif folders and wanted and wanted_name.endswith(f".{ending}"):
            there = "/".join(one for one in wanted if not _PART.search(one))
            if len(there.split("/")) == len(wanted):
                if nearest("/".join(folders), frozenset({there})) or folders[-1] == wanted[-1]:
                    return f"{there}/{name}" if _PART.search(wanted_name) else kind.pattern
            elif "/".join(folders) == there and (match := pattern.fullmatch(name)):
                if all(_fits(*part) for part in match.groupdict().items()):
                    return example_of(kind, match.groupdict())
    return ""
