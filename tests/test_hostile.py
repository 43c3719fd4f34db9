"""Hostile files: each gives exit code 1 and a located message, no traceback, in under 2 s and 300 MB, and nothing else.

Small ones lie in `tests/cases/hostile/`, with their findings in `expected.tsv`; the large ones and the oddities of file
systems are made here. `in_limits.py` runs each in a process of its own that may not write or start anything.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sitegen.commands.telling.text import MOST_OF_A_KIND
from sitegen.yamlfile.document import MOST_MISTAKES

CASES = Path(__file__).parent / "cases" / "hostile"
MOST_MEGABYTES = 300
ORGANISATION = """\
name: Prøve ApS
country: DK
currency: DKK
languages: [da]
departments:
  marketing: {name: Marketing}
"""
PERSON, BOARD, CARD = "time/people/mette.yml", "plans/marketing-2026.yml", "crm/customers/kyst.yml"
LIST, LETTER, WEEK = "crm/campaigns/liste.yml", "crm/templates/brev.md", "time/weeks/mette/2026-W12.yml"
FRONT = "---\nname: Brev\n---\n"
SMALL = [tuple(line.split("\t")) for line in (CASES / "expected.tsv").read_text("utf-8").splitlines()[1:]]


def many(form: str, count: int, join: str = "") -> str:
    """A form written `count` times, `{i}` in it counting."""
    return join.join(form.replace("{i}", str(at)) for at in range(count))


def goals(circle: int) -> str:
    """7,000 goals of which each supports the next, and the last one number 7,000, or 0 in a circle of 7,000."""
    return "".join(f"  g{at}: {{name: G, supports: g{(at + 1) % circle}}}\n" for at in range(7000))


NEARLY = "  goal-{i}: {name: G, supports: gaol-{i}}\n"
LARGE: tuple[tuple[str, str, str, str], ...] = (
    # nesting: 20 levels and no more, whoever counts
    ("brackets-100000", PERSON, "name: " + "[" * 100_000, "1:26 too-deep"),
    ("brackets-in-front", LETTER, "---\nname: " + "[" * 100_000 + "\n---\n", "2:26 too-deep"),
    ("braces-100000", PERSON, "name: " + "{" * 100_000, "1:8 key-not-text"),
    ("dashes-50000", PERSON, "name:\n  " + "- " * 50_000, "2:41 too-deep"),
    ("maps-in-maps", PERSON, "name: " + "{a: " * 3000 + "x" + "}" * 3000, "1:83 too-deep"),
    ("indented-300-times", PERSON, "".join(" " * at + "a:\n" for at in range(300)), "21:21 too-deep"),
    ("question-marks", PERSON, "? " * 20_000 + "x", "1:3 key-not-text"),
    # size
    ("a-byte-too-many", PERSON, "name: Mette # " + "x" * 999_987, "1:1 too-large"),
    ("a-million-bytes", PERSON, "name: Mette # " + "x" * 999_986, ""),
    ("values-60000", PERSON, "name: [" + "x," * 60_000 + "]", "1:120008 too-many"),
    ("lines-999000", PERSON, "\n" * 999_000 + "name: [\n", "999002:1 open-bracket"),
    ("key-of-90000", PERSON, "name: M\n" + "k" * 90_000 + ": x\n", "2:1 no-colon"),
    ("text-of-990000", PERSON, "name: '" + "x" * 990_000, "1:7 open-quote"),
    ("escapes-490000", PERSON, 'name: "' + "\\n" * 490_000 + '"', "1:7 text-too-long"),
    ("block-of-300000-lines", PERSON, "name: |\n" + " x\n" * 300_000, "1:7 text-too-long"),
    ("accents-10001", PERSON, "name: M\nnote: e" + "\u0301" * 10_001, "2:7 text-too-long"),
    ("letter-of-15000", LETTER, FRONT + "lang " * 3000, "4:1 text-too-long"),
    # mistakes without end
    ("keys-20000", PERSON, "name: M\n" + many("k{i}: x\n", 20_000), "2:1 unknown-key"),
    ("keys-20000-twice", PERSON, 2 * many("k{i}: x\n", 12_000), "12001:1 duplicate-key"),
    ("keys-with-question-marks", PERSON, "{" + "? a, " * 20_000 + "}", "1:9 duplicate-key"),
    ("anchors-24000", PERSON, "name: [" + many("&a{i} x", 24_000, ", ") + "]", "1:8 anchor"),
    ("aliases-24000", PERSON, "name: [&a x" + ", *a" * 24_000 + "]", "1:8 anchor"),
    ("tags-24000", PERSON, "name: [" + "!x y, " * 24_000 + "]", "1:8 tag"),
    ("directives-20000", PERSON, many("%TAG !a{i}! x\n", 20_000) + "---\nname: M\n", "1:1 directive"),
    ("members-of-two-kinds", LIST, "name: L\nkind: call-list\nmembers: [" + "1, " * 20_000 + "]", "3:11 map-wanted"),
    ("members-unknown", LIST, f"name: L\nkind: call-list\nmembers: [{many('c{i}', 9000, ', ')}]",
     "3:11 unknown-customer"),
    ("criteria-unknown", CARD, "name: K\ncriteria:\n" + many("  c{i}: x\n", 9000), "3:3 unknown-criterion"),
    ("books-overlap", CARD, "name: K\nfigures:\n" + "".join(f"  {year}: {{revenue: 1}}\n  {year}-H1: {{revenue: 1}}\n"
      for year in range(1800, 2200)), "4:3 figures-overlap"),
    ("hours-wrong", WEEK, "logged:\n" + "  - {date: 2026-03-16, project: p, hours: x}\n" * 6000, "2:43 not-hours"),
    ("fields-unknown", LETTER, FRONT + many("{f{i}}", 900), "4:2 unknown-merge-field"),
    # expressions that might look at a text again and again
    ("dashes-then-colon", PERSON, "name: b\n  " + "- " * 60_000 + ": c", "2:120003 yaml-syntax"),
    ("words-then-brace", PERSON, "name: [a" + " a" * 400_000 + " {", "1:7 open-bracket"),
    ("words-then-colon", PERSON, "name: [" + "a " * 60_000 + ": {", "1:7 colon-in-text"),
    ("colons-30000", PERSON, "name: " + "a: " * 30_000, "1:8 yaml-syntax"),
    ("spaces-and-colon", PERSON, "name: a" + " " * 90_000 + ": b" + " " * 90_000 + "x", "1:90008 yaml-syntax"),
    ("quotes-40000", PERSON, "name: 'a" + "' " * 40_000, "1:7 text-after-quote"),
    ("hashes-40000", PERSON, "name: M\nnote: a" + " #" * 40_000, ""),
    ("brackets-on-a-long-line", PERSON, "name: [\U0001f600, '}#'" + ", {}" * 16_000 + "] # " + "y" * 900_000,
     "1:7 text-wanted"),
    ("number-of-18000", PERSON, f"name: M\nweekly_hours: {'1' * 9000}.{'1' * 9000}e", "2:15 text-too-long"),
    # references that follow one another without end
    ("goals-in-a-chain", BOARD, "name: P\ngoals:\n" + goals(7001), "7002:30 unknown-goal"),
    ("goals-in-a-circle", BOARD, "name: P\ngoals:\n" + goals(7000), "3:27 goal-circle"),
    ("goals-nearly-right", BOARD, "name: P\ngoals:\n" + many(NEARLY, 7000), "3:31 unknown-goal"),
)  # fmt: skip
"""Name, file, text, the first finding ("": none)."""

ODD: dict[str, tuple[str, Callable[[Path], None]]] = {}
"""Name → the first finding, and what makes it in the folder of the records."""


def odd(name: str, finding: str) -> Callable[[Callable[[Path], None]], None]:
    def keep(make: Callable[[Path], None]) -> None:
        ODD[name] = (finding, make)

    return keep


def put(root: Path, file: str, text: str = "name: Mette\n") -> Path:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="")
    return path


@odd("pipe", f"{PERSON}:1:1 not-a-file")
def _(root: Path) -> None:
    put(root, PERSON).unlink()
    os.mkfifo(root / PERSON)


@odd("pipe-as-organisation", "organisation.yml:1:1 no-organisation")
def _(root: Path) -> None:
    (root / "organisation.yml").unlink()
    os.mkfifo(root / "organisation.yml")


@odd("socket", f"{PERSON}:1:1 not-a-file")
def _(root: Path) -> None:
    put(root, PERSON).unlink()
    before = os.getcwd()
    os.chdir((root / PERSON).parent)  # the name of a socket may have a hundred letters
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("mette.yml")
    os.chdir(before)


for name, target in {
    "link-to-itself": "mette.yml",
    "link-to-a-device": "/dev/zero",
    "link-to-a-secret": "/etc/passwd",
    "link-to-nothing": "nowhere",
    "link-to-a-folder": "..",
}.items():

    @odd(name, f"{PERSON}:1:1 not-a-file")
    def _(root: Path, target: str = target) -> None:
        put(root, PERSON).unlink()
        (root / PERSON).symlink_to(target)


@odd("folders-in-a-circle", "time:1:1 not-a-file")
def _(root: Path) -> None:
    (root / "time").symlink_to("..")


@odd("folder-with-the-name-of-a-file", f"{PERSON}:1:1 not-a-file")
def _(root: Path) -> None:
    put(root, f"{PERSON}/x.yml")


@odd("unreadable-file", f"{PERSON}:1:1 not-a-file")
def _(root: Path) -> None:
    put(root, PERSON).chmod(0)


@odd("unreadable-folder", "time/people:1:1 not-a-file")
def _(root: Path) -> None:
    put(root, PERSON).parent.chmod(0)


def deep(root: Path, name: str, times: int) -> None:
    """Folders in each other, made from inside: their whole path is longer than a system call takes."""
    before = os.getcwd()
    os.chdir(root)
    for _ in range(times):
        os.mkdir(name)
        os.chdir(name)
    os.chdir(before)


@odd("folders-1200-deep", "d/d/d/d/d/d/d/d/d:1:1 not-a-file")
def _(root: Path) -> None:
    deep(root, "d", 1200)


@odd("folders-of-6000-letters", "/".join(["d" * 200] * 9) + ":1:1 not-a-file")
def _(root: Path) -> None:
    deep(root, "d" * 200, 30)


@odd("names-that-differ-by-case", "time/people/Mette.yml:1:1 differs-by-case")
def _(root: Path) -> None:
    put(root, "time/people/Mette.yml")
    put(root, PERSON)


NAMES: dict[str, tuple[bytes, str]] = {
    "latin-1": (b"m\xe6tte.yml", r"m\udce6tte.yml:1:1 bad-file-name"),
    "no-letters": (b"\xff\xfe.yml", r"\udcff\udcfe.yml:1:1 bad-file-name"),
    "line-end": (b"a\nb.yml", r"a\u000ab.yml:1:1 unknown-file"),
    "terminal": (b"\x1b[31m.yml", r"\u001b[31m.yml:1:1 bad-file-name"),
    "right-to-left": ("a\u202eb.yml".encode(), r"a\u202eb.yml:1:1 bad-file-name"),
    "workflow-command": (b"::error::x.yml", "::error::x.yml:1:1 bad-file-name"),
    "space": (b" .yml", " .yml:1:1 bad-file-name"),
    "con": (b"con.yml", "con.yml:1:1 reserved-name"),
    "lpt1": (b"lpt1.yml", "lpt1.yml:1:1 reserved-name"),
    "capital": (b"Mette.yml", "Mette.yml:1:1 bad-file-name"),
    "capital-ending": (b"mette.YML", "mette.YML:1:1 bad-file-name"),
    "option": (b"-rf.yml", "-rf.yml:1:1 bad-file-name"),
    "shell": (b"$(reboot).yml", "$(reboot).yml:1:1 bad-file-name"),
    "percent": (b"%2e%2e.yml", "%2e%2e.yml:1:1 bad-file-name"),
    "cyrillic": ("m\u0435tte.yml".encode(), "m\u0435tte.yml:1:1 bad-file-name"),
    "decomposed": ("me\u0301tte.yml".encode(), "me\u0301tte.yml:1:1 bad-file-name"),
    "long": (b"a" * 250 + b".yml", "a" * 250 + ".yml:1:1 bad-file-name"),
    "two-endings": (b"mette.yml.yml", "mette.yml.yml:1:1 bad-file-name"),
}
for name, (raw, finding) in NAMES.items():

    @odd(f"name-{name}", f"time/people/{finding}")
    def _(root: Path, raw: bytes = raw) -> None:
        folder = os.fsencode(put(root, PERSON).parent)
        os.rename(os.path.join(folder, b"mette.yml"), os.path.join(folder, raw))


for file, finding in {
    "time/weeks/mette/9999-W52.yml": "bad-file-name",
    "time/weeks/mette/2026-W54.yml": "bad-file-name",
    "time/weeks/Mette/2026-W12.yml": "bad-file-name",
    "plans/wheel/2026-02-31.yml": "bad-file-name",
    "plans/wheel/\uff12\uff10\uff12\uff16-01-01.yml": "bad-file-name",
    "plans/marketing-0000.yml": "bad-file-name",
    "crm/customers/.../x.yml": "",
    "time/people/mette.yml~": "unknown-file",
    "crm/templates/brev.md.j2": "unknown-file",
    "plans/mkdocs.yml": "unknown-file",
}.items():

    @odd(f"file-{file.replace('/', '_')}", f"{file}:1:1 {finding}" if finding else "")
    def _(root: Path, file: str = file) -> None:
        put(root, file)


def small_ids() -> list[str]:
    return [row[0] for row in SMALL]


@pytest.fixture(scope="module")
def told() -> Iterator[dict[str, dict]]:
    """What the program said of each case, by name; all cases are run by one script."""
    base = Path(tempfile.mkdtemp(prefix="hostile-"))  # pytest's own folders are closed to nobody, who reads some cases
    base.chmod(0o755)
    lines = []

    def made(name: str, who: str = "text") -> Path:
        put(base / name.replace("/", "_") / "records", "organisation.yml", ORGANISATION)
        lines.append(f"{name}\t{who}\t{base / name.replace('/', '_')}")
        return base / name.replace("/", "_") / "records"

    for name, *_ in SMALL:
        path = made(name) / (LETTER if name.endswith(".md") else PERSON)
        path.parent.mkdir(parents=True)
        shutil.copy(CASES / name, path)
    for name, file, text, _ in LARGE:
        put(made(name), file, text)
    for name, (_, make) in ODD.items():
        make(made(name, "nobody" if "unreadable" in name else "text"))
    for form in ("concise", "json", "github", "gitlab", "sarif"):
        root = made(f"as-{form}", form)
        for name in NAMES:
            ODD[f"name-{name}"][1](root)
    script = Path(__file__).parent / "in_limits.py"
    home = Path(__file__).parent.parent
    done = subprocess.run(
        [sys.executable, str(script)],
        input="\n".join([str(home / "tests/cases/bad/tag/records"), *lines]) + "\n",
        capture_output=True, text=True, cwd=home, env={**os.environ, "PYTHONPATH": str(home)}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    yield {one["name"]: one for one in found}
    (base / "unreadable-folder/records/time/people").chmod(0o755)
    subprocess.run(["rm", "-rf", str(base)], check=True)  # Python's own is not made for folders 1200 deep


def assert_told(said: dict, finding: str) -> None:
    """One verdict: the finding is among those told, nothing else happened, and it took little."""
    assert said["err"] == "", said["err"]
    assert said["code"] == (1 if finding else 0), said["out"][:2000]
    assert said["cpu"] < said["most"] and said["seconds"] < 4 * said["most"]
    assert said["megabytes"] < MOST_MEGABYTES
    assert all(line.isprintable() for line in said["out"].split("\n"))
    heads = [line for line in said["out"].split("\n") if line.startswith("records/")]
    assert bool(heads) == bool(finding)
    if finding:
        place, code = finding.rsplit(" ", 1)
        assert any(line.startswith(f"records/{place}: {code} ") for line in heads), heads[:3]


@pytest.mark.parametrize(("name", "finding"), SMALL, ids=small_ids())
def test_a_hostile_file_is_told_at_its_place(told, name: str, finding: str):
    """`expected.tsv` has the finding that matters most; "" where the text is fine and only looks like something."""
    file = LETTER if name.endswith(".md") else PERSON
    assert_told(told[name], f"{file}:{finding}" if finding else "")


@pytest.mark.parametrize(("name", "file", "finding"), [(name, file, found) for name, file, _, found in LARGE])
def test_a_large_file_takes_neither_time_nor_memory(told, name: str, file: str, finding: str):
    assert_told(told[name], f"{file}:{finding}" if finding else "")


@pytest.mark.parametrize("name", ODD)
def test_an_oddity_of_the_file_system_is_told_with_its_name(told, name: str):
    assert_told(told[name], ODD[name][0])


def test_all_hostile_files_that_lie_there_are_run():
    assert sorted(path.name for path in CASES.iterdir()) == sorted([*small_ids(), "expected.tsv"])
    assert len(SMALL) + len(LARGE) + len(ODD) > 250


def test_a_file_of_nothing_but_mistakes_is_told_in_a_hundred(told):
    """20,000 unknown keys: the first 100 are found and that there are more; twenty are told in full, all by place."""
    heads = [line for line in told["keys-20000"]["out"].split("\n") if line.startswith("records/")]
    assert len(heads) == MOST_MISTAKES + 1
    assert f"and {MOST_MISTAKES - MOST_OF_A_KIND} more of this kind: unknown-key" in told["keys-20000"]["out"]
    assert sum("102:1: too-many-mistakes " in head for head in heads) == 1


@pytest.mark.parametrize("form", ["concise", "json", "github", "gitlab", "sarif"])
def test_names_of_files_can_do_nothing_in_any_format(told, form: str):
    """A name may hold an escape, a line end, half a letter or a workflow command; it is printed, never obeyed."""
    said = told[f"as-{form}"]
    assert said["err"] == "" and said["code"] == 1
    assert all(line.isprintable() for line in said["out"].split("\n"))
    if form in ("json", "gitlab", "sarif"):
        assert json.loads(said["out"])
    if form == "github":
        assert all(
            line.startswith(("::error ", "::warning ", "::notice "))
            for line in said["out"].split("\n")
            if line.startswith("::")
        )
