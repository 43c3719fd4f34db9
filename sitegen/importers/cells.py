"""Which column of a table means what, and the cells of each row by what they mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from sitegen.importers.importer import AnyChange, Found
from sitegen.importers.sheet import Sheet, folded
from sitegen.messages import Refusal
from sitegen.problems import nearest
from sitegen.yamlfile.guard import HIDDEN

_LEAST_WITHIN = 4
"""A name of so many letters that stands inside another says what that is: `Projektnavn`."""
AnyMeaning = TypeVar("AnyMeaning", bound=str)


def names(known: Mapping[str, tuple[str, ...]], named: Mapping[AnyMeaning, str | None]) -> frozenset[str]:
    """All names that a column may have, as `sheet.folded` gives them; `known` and `named` as in `columns`."""
    usual = {name for possible in known.values() for name in possible}
    return frozenset(usual | {folded(name) for name in named.values() if name is not None})


def columns(
    header: Sequence[str], known: Mapping[str, tuple[str, ...]], named: Mapping[AnyMeaning, str | None]
) -> dict[str, int]:
    """What a column means → its place.

    Args:
        header: the names of the columns.
        known: for each meaning the names that a column may have, the best first.
        named: for some meanings the name that the map gives; None: the column is not read.

    Raises:
        Refusal: a column that the map names is missing, or one stands twice.
    """
    folded_names = [folded(name) for name in header]
    for meaning, name in named.items():
        if name is not None and folded(name) not in folded_names:
            raise Refusal("the map's column '%(name)s' for %(what)s is not in the file", name=name, what=meaning)
    wanted = dict(known) | {what: () if name is None else (folded(name),) for what, name in named.items()}
    places: dict[str, int] = {}
    for what, possible in wanted.items():
        there = [name for name in possible if name in folded_names]
        if there and folded_names.count(there[0]) > 1:
            raise Refusal("the column '%(name)s' stands twice", name=there[0])
        if there:
            places[what] = folded_names.index(there[0])
    return places


def unread(
    header: Sequence[str], known: Mapping[str, tuple[str, ...]], named: Mapping[AnyMeaning, str | None]
) -> dict[str, str]:
    """Name of each column that is not read → what it is perhaps meant as: what no other column is, and is called
    nearly so; "" for most. One that the map leaves out is not among them. Arguments as in `columns`, which has found
    nothing wrong.
    """
    places = columns(header, known, named)
    left_out = {usual for what, name in named.items() if name is None for usual in known.get(what, ())}
    usual = {name: what for what, names in known.items() if what not in places and what not in named for name in names}
    found: dict[str, str] = {}
    for at, name in enumerate(header):
        if name.strip() and at not in places.values() and folded(name) not in left_out:
            word = folded(name)
            within = next((one for one in usual if len(one) >= _LEAST_WITHIN and one in word), "")
            found[name] = usual.get(nearest(word, frozenset(usual)) or within, "")
    return found


def need(places: Mapping[str, int], groups: Iterable[tuple[str, ...]], header: Sequence[str]) -> None:
    """Refuse a file that has none of a group of columns of which one is needed."""
    for group in groups:
        if not any(what in places for what in group):
            raise Refusal(
                "no column is known as the %(what)s; name it in the map, under columns. The file has: %(header)s",
                what=group[0],
                header=", ".join(name for name in header if name.strip())[:300],
            )


def by_meaning(
    sheet: Sheet, places: Mapping[str, int], found: Found[AnyChange]
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Line and cells of each row, "" for what the file has no column of.

    A row of another length is refused in `found`: its cells have moved. Hidden letters, which a record may not have,
    are left out, and the line put into its `cleaned`.
    """
    width = len(sheet.header)
    for line, cells in sheet.rows:
        if len(cells) < width or any(cell.strip() for cell in cells[width:]):
            found.refused[line] = Refusal(
                "the row has another number of cells (%(n)s) than the header (%(width)s)", n=len(cells), width=width
            )
            continue
        row = {what: cells[at].replace("\r\n", "\n").replace("\r", "\n") for what, at in places.items()}
        if any(HIDDEN.search(text.strip()) for text in row.values()):
            found.cleaned.append(line)
        yield line, defaultdict(str, {what: HIDDEN.sub("", text).strip() for what, text in row.items()})
