"""Entries put into the file of a person's week: its other lines stay as they are, comments too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from sitegen import yamlfile
from sitegen.messages import Refusal
from sitegen.models.shape import Nested
from sitegen.models.time import Booked, Logged, WeekFile
from sitegen.records.reader import read_file
from sitegen.records.writing import item_lines, ordered, record_text, same
from sitegen.yamlfile import Document
from sitegen.yamlfile.nodes import node_of, nodes

Entry = Mapping[str, Any]
SECTIONS: Mapping[str, type[BaseModel]] = {"booked": Booked, "logged": Logged}
"""The lists of a week's file that entries are put into, each with the model of one."""


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
    model = SECTIONS[section]
    new = [ordered(dict(entry), Nested(model)) for entry in entries]
    new.sort(key=lambda entry: str(entry.get("date", "")))
    document, text, there = Document(file), "", []
    if (root / file).resolve() != root.resolve() / file:
        raise Refusal("%(file)s lies behind a link, and records do not", file=file)
    if (root / file).exists():
        document, text = read_file(root, file)
        if document.problems or not isinstance(document.data, dict):
            raise Refusal("%(file)s has mistakes: mend them first, see sitegen validate", file=file)
        there = document.data.get(section, [])
    places = [sum(1 for one in there if str(one.get("date", "")) <= str(entry.get("date", ""))) for entry in new]
    wanted = (document.data or {}) | {section: _merged(there, new, places)}
    result = _inserted(text, document, section, new, places) if there else _begun(text, section, new)
    if not same(yamlfile.parse(result, file).data, wanted):
        # its entries stand in brackets, or have texts that look like comments
        result = _laid_out(text, section, new, places)
    _, hidden = yamlfile.decode(result.encode("utf-8", "surrogatepass"), file)
    written = yamlfile.parse(result, file)
    shape = Nested(WeekFile)
    if written.problems and not hidden:
        raise Refusal(written.problems[0].sentence, **written.problems[0].values)
    if hidden or not same(ordered(written.data, shape), ordered(wanted, shape)):
        raise Refusal("the note has letters that a record may not have")
    return result


def _merged(there: Sequence[Any], new: Sequence[Any], places: Sequence[int]) -> list[Any]:
    """The entries that are there with the new ones at their places among them."""
    result: list[Any] = []
    start = 0
    for entry, at in zip(new, places, strict=True):
        result += [*there[start:at], entry]
        start = at
    return [*result, *there[start:]]


def _begun(text: str, section: str, new: Sequence[Entry]) -> str:
    """A file that has nothing in this section yet."""
    before = text if not text or text.endswith("\n") else text + "\n"
    lines = [line for entry in new for line in item_lines(entry, SECTIONS[section], 2)]
    return before + "\n".join([f"{section}:", *lines]) + "\n"


def _inserted(text: str, document: Document, section: str, new: Sequence[Entry], places: Sequence[int]) -> str:
    """The text with lines put in and all others as they were; comments stay with the entry below them."""
    lines = text.split("\n")
    starts = [line - 1 for line in document.item_lines(section)]
    first = lines[starts[0]]
    indent = len(first) - len(first.lstrip())
    ends = [_end_of_item(lines, document, starts, at) for at in places]
    for entry, end in reversed(list(zip(new, ends, strict=True))):  # from below: the lines above keep their numbers
        lines[end:end] = item_lines(entry, SECTIONS[section], indent)
    return "\n".join(lines)


def _end_of_item(lines: Sequence[str], document: Document, starts: Sequence[int], at: int) -> int:
    """The line before which an entry comes that follows `at` others."""
    if at < len(starts):
        end = starts[at]
    else:
        keys = (document.place((key,), key=True).line - 1 for key in document.data)
        end = min((line for line in keys if line > starts[-1]), default=len(lines))
    while end - 1 > (starts[at - 1] if at else 0) and (not lines[end - 1].strip() or lines[end - 1].lstrip()[0] == "#"):
        end -= 1
    return end


def _laid_out(text: str, section: str, new: Sequence[Entry], places: Sequence[int]) -> str:
    """The whole file laid out anew with the entries in it."""
    tree = nodes(text)
    assert tree.entries is not None
    there = tree.entries.setdefault(section, node_of([]))
    there.items = _merged(there.items or [], [node_of(entry) for entry in new], places)
    return record_text(tree, WeekFile)
