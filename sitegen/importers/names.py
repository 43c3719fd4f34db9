"""Names in a file → ids of records: what the map says, else the same id or name; nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sitegen import yamlfile
from sitegen.importers.importer import AnyMap
from sitegen.messages import Refusal
from sitegen.models.fields import Context
from sitegen.problems import Problem, nearest
from sitegen.records.telling import validate


def read_map(path: Path, kind: type[AnyMap]) -> tuple[AnyMap, list[Problem]]:
    """The map of a kind in a file, and what is wrong with it."""
    file = path.name
    text, problems = yamlfile.read(path, file)
    if text is None:
        return kind(), problems
    document = yamlfile.parse(text, file)
    found, _ = validate(kind, document, Context()) if not document.problems else (None, document)
    return found or kind(), document.problems


def unknown_ids(wanted: Iterable[tuple[Iterable[str | None], frozenset[str]]]) -> list[Refusal]:
    """What is wrong with the ids that a map names, each list beside those that there are; None names nothing."""
    return [
        Refusal("the map names '%(written)s', and no record has that id", written=id, nearest=nearest(id, known))
        for ids, known in wanted
        for id in sorted({id for id in ids if id is not None} - known)
    ]


def fold(text: str) -> str:
    """A name as it is compared: small letters, single spaces."""
    return " ".join(text.casefold().split())


def only(known: Mapping[str, tuple[str, ...]], text: str) -> str:
    """The only id that is called so; "" where there is none.

    Raises:
        Refusal: several are.
    """
    found = known.get(fold(text), ())
    if len(found) > 1:
        raise Refusal(
            "'%(written)s' can be %(ids)s: write in the map which", written=text, ids=", ".join(sorted(found))
        )
    return found[0] if found else ""


def by_name(cards: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Folded id or name → ids, of cards; an id goes before a name."""
    return ids_by_name((id, card.name) for id, card in cards.items())


def ids_by_name(named: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Folded id or name → ids, of pairs of id and name; an id goes before a name."""
    found: dict[str, tuple[str, ...]] = {}
    ids: dict[str, tuple[str, ...]] = {}
    for id, name in named:
        ids[id] = (id,)
        found[fold(name)] = (*found.get(fold(name), ()), id)
    return {name: tuple(dict.fromkeys(all_)) for name, all_ in found.items()} | ids


def near(text: str, known: Mapping[str, tuple[str, ...]]) -> str:
    """The id that was perhaps meant."""
    name = nearest(fold(text), frozenset(known))
    return known[name][0] if name else ""
