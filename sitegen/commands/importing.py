"""What an import says: maps that cannot be used, the records it would write, and what came of each row."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sitegen import messages
from sitegen.commands.language import Voice
from sitegen.commands.telling.verdict import Teller, shown
from sitegen.importers.importer import AnyChange, AnyMap, Found, Importer
from sitegen.importers.names import read_map
from sitegen.messages import Refusal
from sitegen.problems import Problem
from sitegen.records.entries import Section
from sitegen.records.writing import item_lines
from sitegen.yamlfile import quoted

MOST_SHOWN = 300
"""So many letters of a cell are shown in a reason."""
MOST_NAMED = 10
"""So many entries are named one by one."""


def given_map(file: Path | None, kind: type[AnyMap], root: Path, voice: Voice) -> AnyMap:
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


def show(root: Path, section: Section, found: Found[AnyChange]) -> None:
    """The new entries as they would be written, file by file."""
    by_file: dict[str, list[AnyChange]] = defaultdict(list)
    for change in sorted(found.new, key=lambda change: (change.file, change.day, change.line)):
        by_file[change.file].append(change)
    for name, changes in by_file.items():
        print(f"{(root / name).as_posix()}:")
        for change in changes:
            print("\n".join(shown(line) for line in item_lines(change.data, section.item, 2 if section.key else 0)))


def summary(
    file: Path,
    rows: int,
    importer: Importer[AnyMap, AnyChange],
    found: Found[AnyChange],
    voice: Voice,
    *,
    dry_run: bool,
) -> Iterator[str]:
    """What came of the rows, and which are not imported for which reason."""
    new, amended = found.new, found.amended
    yield f"{shown(file.name)}: {messages.ntranslate(voice.lang, '%(n)s row', '%(n)s rows', rows)}"
    told = voice.say("would be imported") if dry_run else voice.say("imported")
    files = messages.ntranslate(voice.lang, "%(n)s file", "%(n)s files", len({change.file for change in new}))
    amount = ", ".join(filter(None, (importer.amount(new), files)))
    yield f"  {told}: {len(new)}" + (f" ({amount})" if new else "")
    if amended:
        yield f"  {importer.amended(voice.lang, dry_run=dry_run)}: {len(amended)}"
        named = amended if dry_run else amended[:MOST_NAMED]
        yield from (f"    {change.file} {change.id} {change.day}" for change in named)
        if len(named) < len(amended):
            yield "    …"
    if found.there:
        yield f"  {voice.say('there already')}: {len(found.there)}"
    by_less: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for line, less in sorted(found.less.items()):
        by_less[less].append(line)
    yield from (
        "    " + voice.say("line %(lines)s: imported without %(names)s", lines=_numbers(lines), names=", ".join(less))
        for less, lines in by_less.items()
    )
    if found.less:
        yield "    " + voice.say("to have that in the records, delete these entries there and import again")
    yield from _counted(voice.say("left out"), found.stay_out, voice)
    yield from _counted(voice.say("not imported"), found.refused, voice)
    yield from (f"  {note}" for note in importer.notes(new, voice.lang))
    if cleaned := _numbers(found.cleaned):
        yield "  " + voice.say("characters that nobody sees were left out: line %(lines)s", lines=cleaned)
    if found.gone:
        yield "  " + voice.say(
            "imported earlier for these days and no row of the file now (changed, deleted or filtered away?): %(ids)s",
            ids=", ".join(f"{name} {shown(id)}" for name, id in found.gone[:MOST_NAMED])
            + (", …" if len(found.gone) > MOST_NAMED else ""),
        )


def unread(columns: Mapping[str, str], voice: Voice) -> Iterator[str]:
    """The columns of a table that are not read, and what in the map would read them."""
    if columns:
        names = ", ".join(shown(name.strip()[:MOST_SHOWN]) for name in list(columns)[:MOST_NAMED])
        more = ", …" if len(columns) > MOST_NAMED else ""
        yield "  " + voice.say("columns that were not read: %(names)s", names=names + more)
    meant = {what: name for name, what in reversed(list(columns.items())) if what}
    if meant:
        lines = ", ".join(f"{what}: {quoted(name.strip()[:MOST_SHOWN])}" for what, name in sorted(meant.items()))
        yield "    " + voice.say("to read them, write in the map: %(lines)s", lines=shown(f"columns: {{{lines}}}"))


def _counted(heading: str, refused: Mapping[int, Refusal], voice: Voice) -> Iterator[str]:
    """A heading with the number of rows, and each reason once with its lines, where there are any."""
    if refused:
        yield f"  {heading}: {len(refused)}"
    by_reason: dict[str, list[int]] = defaultdict(list)
    for line, refusal in sorted(refused.items()):
        by_reason[why(refusal, voice)].append(line)
    for reason, lines in by_reason.items():
        yield "    " + voice.say("line %(lines)s: %(reason)s", lines=_numbers(lines), reason=reason)


def _numbers(lines: Iterable[int]) -> str:
    """Line numbers, those in a row together: `4, 7–9`."""
    parts: list[list[int]] = []
    for line in sorted(lines):
        if parts and parts[-1][-1] == line - 1:
            parts[-1][1:] = [line]
        else:
            parts.append([line])
    return ", ".join("–".join(map(str, part)) for part in parts)
