"""Entries put into the file of a person's week, cases into that of a month: its other lines stay as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from sitegen import yamlfile
from sitegen.messages import Refusal
from sitegen.models.crm import SupportCase, SupportMonth
from sitegen.models.shape import Nested
from sitegen.models.time import Booked, Logged, WeekFile
from sitegen.records.reader import read_file
from sitegen.records.writing import item_lines, ordered, record_text, root_shape, same
from sitegen.yamlfile import Document
from sitegen.yamlfile.nodes import node_of, nodes

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Section:
    """A list that entries are put into.

    `key` is what it stands under, "" where the file is the list; `item` the model of an entry, `whole` the file's;
    `day` the key that entries stand in the order of.
    """

    key: str
    item: type[BaseModel]
    whole: type[BaseModel]
    day: str = "date"

    def of(self, data: Any) -> Sequence[Any]:
        """The entries that a file has; none where nothing is written under the key."""
        found: Sequence[Any] = ((data or {}).get(self.key) if self.key else data) or []
        return found

    def can_take(self, data: Any) -> bool:
        """Whether entries can be put into what a file says: its list, if there is one, is a list of maps."""
        if data is None:
            return True
        found = data.get(self.key) if self.key and isinstance(data, dict) else data
        if self.key and not isinstance(data, dict):
            return False
        return found is None or (isinstance(found, list) and all(isinstance(one, dict) for one in found))

    def into(self, data: Any, entries: Sequence[Any]) -> Any:
        """What a file says, with other entries."""
        return (data or {}) | {self.key: entries} if self.key else entries

    def lines(self, document: Document) -> Sequence[int]:
        """The line that each entry begins on."""
        if self.key:
            return document.item_lines(self.key)
        return [document.place((at,)).line for at in range(len(document.data))]


SECTIONS: Mapping[str, Section] = {
    "booked": Section("booked", Booked, WeekFile),
    "logged": Section("logged", Logged, WeekFile),
}
"""The lists of a week's file that entries are put into."""
CASES = Section("", SupportCase, SupportMonth, "opened")
"""The list that a month's file of support cases is."""
_DAY = re.compile(r"(\"?)\d{4}-\d\d-\d\d\1|'\d{4}-\d\d-\d\d'", re.ASCII)


def with_entries(root: Path, file: str, entries: Sequence[Entry], section: str = "logged") -> str:
    """The text of a week's file with entries in it: what is logged after the last there that is not of a later day,
    what is booked after all that are there.

    Args:
        root: the folder of the records.
        file: the week's file below it; it need not be there yet.
        entries: what is logged or booked, as plain data (`date` as text); entries of a day keep their order.
        section: one of SECTIONS.

    Raises:
        Refusal: the file has mistakes or lies behind a link, or an entry holds what a record may not.
    """
    return _with(*_there(root, file), entries, SECTIONS[section])


def with_cases(root: Path, file: str, cases: Sequence[Entry], closed: Mapping[str, str]) -> str:
    """The text of a month's file of support cases with cases in it, each after the last there that is not of a later
    day, and with the day that cases of the file were closed on.

    Args:
        root: the folder of the records.
        file: the month's file below it; it need not be there yet.
        cases: new cases, as plain data (days as text).
        closed: id of a case of the file that is open → the day it was closed.

    Raises:
        Refusal: the file has mistakes or lies behind a link, a case holds what a record may not, or a day cannot be
            written without another change of the file.
    """
    document, text = _there(root, file)
    if closed:
        text = _with_closed(document, text, closed)
        document = yamlfile.parse(text, file)
    return _with(document, text, cases, CASES) if cases else text


def _there(root: Path, file: str) -> tuple[Document, str]:
    """What a file says and its text; an empty one where it is not there yet."""
    if (root / file).resolve() != root.resolve() / file:
        raise Refusal("%(file)s lies behind a link, and records do not", file=file)
    if not (root / file).exists():
        return Document(file), ""
    document, text = read_file(root, file)
    if document.problems or not isinstance(document.data, (dict, list)):
        raise Refusal("%(file)s has mistakes: mend them first, see sitegen validate", file=file)
    return document, text


def _with(document: Document, text: str, entries: Sequence[Entry], section: Section) -> str:
    """The text with entries at their places, and found to say what it should."""
    file = document.file
    if not section.can_take(document.data):
        raise Refusal("%(file)s has mistakes: mend them first, see sitegen validate", file=file)
    new = [ordered(dict(entry), Nested(section.item)) for entry in entries]
    new.sort(key=lambda entry: str(entry.get(section.day, "")))
    there = section.of(document.data)
    places = [
        sum(1 for one in there if str(one.get(section.day, "")) <= str(entry.get(section.day, ""))) for entry in new
    ]
    wanted = section.into(document.data, _merged(there, new, places))
    begun = bool(section.key and document.data and section.key in document.data)  # `logged:` with nothing below it
    if there:
        result = _inserted(text, document, section, new, places)
    else:
        result = _laid_out(text, section, new, places) if begun else _begun(text, section, new)
    if not same(yamlfile.parse(result, file).data, wanted):
        # its entries stand in brackets, or have texts that look like comments
        result = _laid_out(text, section, new, places)
    _, hidden = yamlfile.decode(result.encode("utf-8", "surrogatepass"), file)
    written = yamlfile.parse(result, file)
    shape = root_shape(section.whole)
    if written.problems and not hidden:
        raise Refusal(written.problems[0].sentence, **written.problems[0].values)
    if hidden or not same(ordered(written.data, shape), ordered(wanted, shape)):
        raise Refusal("the text has letters that a record may not have")
    return result


def _with_closed(document: Document, text: str, closed: Mapping[str, str]) -> str:
    """The text of a month's file with the days that cases were closed on, each behind the day it was opened on."""
    lines = text.split("\n")
    wanted = [dict(case) | ({"closed": closed[case["id"]]} if case["id"] in closed else {}) for case in document.data]
    for at, case in reversed(list(enumerate(document.data))):  # from below: what is above keeps its place
        if case["id"] not in closed:
            continue
        key, value = (document.place((at, "opened"), key=one) for one in (True, False))
        line, added = lines[value.line - 1], f"closed: {closed[case['id']]}"
        written = _DAY.match(line, value.column - 1)
        end = written.end() if written else len(line)
        if not line[end:].split("#")[0].strip() and not line[: key.column - 1].strip(" -"):
            lines.insert(value.line, f"{' ' * (key.column - 1)}{added}")  # a line of its own, as the day above has
        else:
            lines[value.line - 1] = f"{line[:end]}, {added}{line[end:]}"
    result = "\n".join(lines)
    parsed = yamlfile.parse(result, document.file)
    shape = root_shape(SupportMonth)
    if parsed.problems or not same(ordered(parsed.data, shape), ordered(wanted, shape)):
        raise Refusal(
            "closed: %(day)s cannot be written there without another change: write it yourself",
            day=", ".join(dict.fromkeys(closed.values())),
        )
    return result


def _merged(there: Sequence[Any], new: Sequence[Any], places: Sequence[int]) -> list[Any]:
    """The entries that are there with the new ones at their places among them."""
    result: list[Any] = []
    start = 0
    for entry, at in zip(new, places, strict=True):
        result += [*there[start:at], entry]
        start = at
    return [*result, *there[start:]]


def _begun(text: str, section: Section, new: Sequence[Entry]) -> str:
    """A file that has nothing in this section yet."""
    before = text if not text or text.endswith("\n") else text + "\n"
    lines = [line for entry in new for line in item_lines(entry, section.item, 2 if section.key else 0)]
    return before + "\n".join([*([f"{section.key}:"] if section.key else []), *lines]) + "\n"


def _inserted(text: str, document: Document, section: Section, new: Sequence[Entry], places: Sequence[int]) -> str:
    """The text with lines put in and all others as they were; comments stay with the entry below them."""
    lines = text.split("\n")
    starts = [line - 1 for line in section.lines(document)]
    first = lines[starts[0]]
    indent = len(first) - len(first.lstrip())
    ends = [_end_of_item(lines, document, starts, at) for at in places]
    for entry, end in reversed(list(zip(new, ends, strict=True))):  # from below: the lines above keep their numbers
        lines[end:end] = item_lines(entry, section.item, indent)
    return "\n".join(lines)


def _end_of_item(lines: Sequence[str], document: Document, starts: Sequence[int], at: int) -> int:
    """The line before which an entry comes that follows `at` others."""
    if at < len(starts):
        end = starts[at]
    else:
        names = document.data if isinstance(document.data, dict) else ()
        keys = (document.place((key,), key=True).line - 1 for key in names)
        end = min((line for line in keys if line > starts[-1]), default=len(lines))
    while end - 1 > (starts[at - 1] if at else 0) and (not lines[end - 1].strip() or lines[end - 1].lstrip()[0] == "#"):
        end -= 1
    return end


def _laid_out(text: str, section: Section, new: Sequence[Entry], places: Sequence[int]) -> str:
    """The whole file laid out anew with the entries in it."""
    tree = nodes(text)
    there = tree
    if section.key:
        assert tree.entries is not None
        there = tree.entries.setdefault(section.key, node_of([]))
    there.items = _merged(there.items or [], [node_of(entry) for entry in new], places)
    return record_text(tree, section.whole)
