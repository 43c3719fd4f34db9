"""What all imports say in the same words: files and maps that cannot be used, and rows that are not imported."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sitegen.commands.fmt import replace_file
from sitegen.commands.language import Voice
from sitegen.commands.telling.verdict import Teller, shown
from sitegen.importers import sheet
from sitegen.importers.names import Kind, read_map
from sitegen.messages import Refusal
from sitegen.problems import Problem

MOST_SHOWN = 300
"""So many letters of a cell are shown in a reason."""
MOST_NAMED = 10
"""So many entries are named one by one."""


def content(file: Path) -> bytes:
    """The bytes of an export; more than a file may have are not read."""
    try:
        with file.open("rb") as opened:
            return opened.read(sheet.MOST_BYTES + 1)
    except OSError as error:
        raise Refusal("%(path)s cannot be read: %(why)s", path=str(file), why=error.strerror or "") from None


def given_map(file: Path | None, kind: type[Kind], root: Path, voice: Voice) -> Kind:
    """The map of a kind in a file; an empty one without a file."""
    if file is None:
        return kind()
    given, problems = read_map(file, kind)
    if problems:
        teller = Teller(root, voice.lang, "management")
        first = problems[0]
        raise Refusal(
            "%(place)s: %(sentence)s",
            place=f"{file.as_posix()}:{first.place.line}:{first.place.column}",
            sentence=teller.sentence(first) + (f" ({teller.hint(first)})" if teller.hint(first) else ""),
        )
    return given


def why(refusal: Refusal, voice: Voice) -> str:
    """The reason as a line: what a cell says is cut where it is long, and can do nothing to a terminal."""
    values = {name: value[:MOST_SHOWN] if isinstance(value, str) else value for name, value in refusal.values.items()}
    told = shown(voice.say(refusal.msgid, **values))
    near = refusal.values.get("nearest")
    return told + ("; " + voice.say("did you mean '%(nearest)s'?", nearest=near) if near else "")


def tell(root: Path, voice: Voice, wrong: Iterable[Problem]) -> None:
    """Name the errors that the records would have, on standard error."""
    teller = Teller(root, voice.lang, "management")
    for problem in wrong:
        print(f"{teller.where(problem.place)}: {problem.code} {teller.sentence(problem)}", file=sys.stderr)
    print(f"sitegen: {voice.say('nothing was written')}", file=sys.stderr)


def reasons(refused: Mapping[int, Refusal], voice: Voice) -> Iterator[str]:
    """Each reason once, with the lines it holds for."""
    by_reason: dict[str, list[int]] = defaultdict(list)
    for line, refusal in sorted(refused.items()):
        by_reason[why(refusal, voice)].append(line)
    for reason, found in by_reason.items():
        yield voice.say("line %(lines)s: %(reason)s", lines=numbers(found), reason=reason)


def numbers(lines: Iterable[int]) -> str:
    """Line numbers, those in a row together: `4, 7–9`."""
    parts: list[list[int]] = []
    for line in sorted(lines):
        if parts and parts[-1][-1] == line - 1:
            parts[-1][1:] = [line]
        else:
            parts.append([line])
    return ", ".join("–".join(map(str, part)) for part in parts)


def cleaned(lines: Iterable[int], voice: Voice) -> Iterator[str]:
    """Which lines had letters that nobody sees, where there are any."""
    if told := numbers(lines):
        yield "  " + voice.say("characters that nobody sees were left out: line %(lines)s", lines=told)


def counted_reasons(heading: str, refused: Mapping[int, Refusal], voice: Voice) -> Iterator[str]:
    """A heading with the number of rows, and their reasons, where there are any."""
    if refused:
        yield f"  {heading}: {len(refused)}"
        yield from (f"    {line}" for line in reasons(refused, voice))


def write(root: Path, texts: Mapping[str, str]) -> None:
    """Put new texts into the files of the records, each whole or not at all."""
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        replace_file(root / name, text)
