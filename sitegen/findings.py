"""What is wrong with a folder of records, kept between runs: nothing is read while nothing has changed.

They lie in `.sitegen/index.json` beside the records, where that folder is a project (it holds `.sitegen/`,
`.git` or `mkdocs.yml`); elsewhere nothing is written. They hold while the program, the asked day, the commit and every
file are the same: by size and time here, by content in CI, where a checkout gives every file a new time.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitegen import git
from sitegen.problems import Place, Problem

if TYPE_CHECKING:
    from sitegen.pipeline import Run

_PACKAGE = Path(__file__).resolve().parent
_FOLDER, _NAME = ".sitegen", "index.json"
_MARKS = (_FOLDER, ".git", "mkdocs.yml")
_MOST_PROBLEMS = 10_000
_SETTLED = 2_000_000_000
"""Nanoseconds after which a file that is saved again has another time for certain."""


@dataclass(frozen=True)
class Findings:
    """All problems of a folder, in order, how many files were read, and the organisation's languages."""

    problems: tuple[Problem, ...]
    files: int
    languages: tuple[str, ...]


def find(root: Path, *, as_of: dt.date | None, keep: bool, run: Callable[[], Run]) -> Findings:
    """What is wrong in a folder of records.

    Args:
        root: the folder.
        as_of: the day that was asked for, if any.
        keep: whether kept findings count, and these are kept.
        run: makes the run that reads and checks, when that is necessary.
    """
    home = root.resolve().parent
    file = home / _FOLDER / _NAME
    asked = _asked(root, home, as_of) if keep else None
    key, newest = asked or ("", 0)
    before = _kept(file, key) if asked else None
    if before is not None:
        return before
    began = _touched(file) if asked else None
    work = run()
    found = Findings(work.problems, len(work.read.files), work.read.settings.languages)
    if began is not None:
        _keep(file, key, found if newest < began - _SETTLED and len(found.problems) <= _MOST_PROBLEMS else None)
    return found


def _asked(root: Path, home: Path, as_of: dt.date | None) -> tuple[str, int] | None:
    """The key; None where nothing is kept."""
    try:
        return _key(root, home, as_of) if any(os.path.exists(home / mark) for mark in _MARKS) else None
    except OSError:  # something cannot be looked at: the reader says what
        return None


def _key(root: Path, home: Path, as_of: dt.date | None) -> tuple[str, int]:
    """What the findings depend on, as one hash, and when a record was last saved (nanoseconds since 1970)."""
    by_content = bool(os.environ.get("CI"))
    newest = 0
    parts = [f"{sys.version} {as_of} {git.head(home)}"]
    for folder, content in ((_PACKAGE, False), (root.resolve(), by_content)):
        files: list[tuple[str, os.stat_result]] = []
        _look(str(folder), "", files)
        files.sort()
        for path, found in files:
            if content and found.st_size <= 1_000_000 and (found.st_mode & 0o170000) == 0o100000:
                parts.append(f"{path} {found.st_mode} {found.st_size} {_digest(f'{folder}/{path}')}")
            else:
                parts.append(f"{path} {found.st_mode} {found.st_size} {found.st_mtime_ns}")
                if folder is not _PACKAGE and found.st_mtime_ns > newest:
                    newest = found.st_mtime_ns
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest(), newest


def _digest(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()
    except OSError:
        return "unreadable"


def _look(folder: str, before: str, found: list[tuple[str, os.stat_result]]) -> None:
    """Add (path below the folder, what the system says of it) of everything that is no folder."""
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if name[0] == "." or name == "__pycache__":
                continue
            if entry.is_dir(follow_symlinks=False):
                _look(entry.path, f"{before}{name}/", found)
            else:
                found.append((before + name, entry.stat(follow_symlinks=False)))


def _kept(file: Path, key: str) -> Findings | None:
    """The findings in a file, if they are of this key; whatever else the file holds counts as nothing."""
    try:
        kept = json.loads(file.read_bytes())
        if kept["key"] != key:
            return None
        problems = tuple(
            Problem(code, Place(*place), values, severity, tuple(Place(*one) for one in also), audience)
            for code, place, values, severity, also, audience in kept["problems"]
        )
        return Findings(problems, kept["files"], tuple(kept["languages"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def scratch(home: Path) -> Path:
    """The folder `.sitegen`, made if need be: git is told to leave it alone, and only its owner may read it.

    Raises:
        OSError: it cannot be written.
    """
    folder = home / _FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    return folder


def _touched(file: Path) -> int | None:
    """The time at which a file beside this one is saved now: the clock that files go by. None where none can be."""
    try:
        scratch(file.parent.parent)
        with open(os.open(_beside(file), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as opened:
            return os.fstat(opened.fileno()).st_mtime_ns
    except OSError:
        return None


def _keep(file: Path, key: str, found: Findings | None) -> None:
    """Write findings, for their owner alone: they repeat what records say. None: only clear up."""

    def place(one: Place) -> list[Any]:
        return [one.file, one.line, one.column]

    beside = _beside(file)
    try:
        if found is None:
            beside.unlink()
            return
        problems = [
            [one.code, place(one.place), dict(one.values), one.severity, list(map(place, one.also)), one.audience]
            for one in found.problems
        ]
        said = {"key": key, "files": found.files, "languages": found.languages, "problems": problems}
        beside.write_text(json.dumps(said), encoding="utf-8")
        os.replace(beside, file)
    except OSError:
        return


def _beside(file: Path) -> Path:
    return file.with_name(f"{file.name}.{os.getpid()}")
