"""A record in the folder of another kind: all its keys would be told, and the place is the only mistake."""

from __future__ import annotations

from typing import Any

from sitegen.models import KINDS
from sitegen.problems import Place, Problem
from sitegen.records.folder import File, example_of
from sitegen.records.references import known_keys

_FEWEST = 3
"""A record with fewer keys looks like none in particular."""
_NOT_ALL = 5
"""Of so many keys one may be unknown to the kind that it looks like, too."""
_OTHERWISE = frozenset({"template"})
"""Kinds whose keys stand in a file of another form."""


def other_kind(file: File, data: Any) -> Problem | None:
    """That most keys of a record are unknown to its kind, and nearly all are known to exactly one other; else None."""
    if not isinstance(data, dict) or len(data) < _FEWEST or file.kind.name in _OTHERWISE:
        return None
    keys = frozenset(data)
    if 2 * len(keys - known_keys(file.kind.model, ())) <= len(keys):
        return None
    found = [
        kind
        for kind in KINDS
        if kind.name not in _OTHERWISE and len(keys - known_keys(kind.model, ())) <= len(keys) // _NOT_ALL
    ]
    if len(found) != 1 or found[0] is file.kind:
        return None
    repair = example_of(found[0], file.names)
    return Problem("other-kind", Place(file.path), {"wanted": example_of(found[0], {}), "repair": repair})
