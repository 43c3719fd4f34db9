"""References: every id that a record names must be defined."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.checks.files import Files
from sitegen.problems import Problem, nearest
from sitegen.records import Read, Referred

# Kind of id → its code.
UNKNOWN = {
    "activity": "unknown-activity",
    "campaign": "unknown-campaign",
    "category": "unknown-category",
    "channel": "unknown-channel",
    "competitor": "unknown-competitor",
    "contact": "unknown-contact",
    "contact|person": "unknown-contact",
    "customer": "unknown-customer",
    "department": "unknown-department",
    "focus-area": "unknown-focus-area",
    "goal": "unknown-goal",
    "inactive": "unknown-inactive",
    "person": "unknown-person",
    "product": "unknown-product",
    "project": "unknown-project",
    "segment": "unknown-segment",
    "stage": "unknown-stage",
    "stakeholder": "unknown-stakeholder",
    "step": "unknown-step",
    "supplier": "unknown-supplier",
    "support-area": "unknown-support-area",
    "support-type": "unknown-support-type",
    "target-group": "unknown-target-group",
    "task": "unknown-task",
    "template": "unknown-template",
}
OWNED = frozenset({"task", "contact", "step", "contact|person"})
"""Ids that are known inside one record only, and are given as `<record>/<id>`."""


def unknown_ids(read: Read, files: Files) -> Iterator[Problem]:
    """An id that no record defines: once a file and id, at its first place, with the number of the others."""
    for kind in UNKNOWN:
        known = read.index.ids(kind)

        def unknown(id: str, kind: str = kind, known: frozenset[str] = known) -> bool:
            owner, _, own = id.rpartition("/")
            if id in known or (kind == "contact|person" and own in known):
                return False
            return kind not in OWNED or _owner_known(read, kind, owner)  # an unknown record is told, and is enough

        for referred in read.referred(kind, unknown):
            yield _unknown(files, referred, known)


def _owner_known(read: Read, kind: str, owner: str) -> bool:
    of = {"task": "project", "step": "campaign"}.get(kind, "customer")
    return owner in read.index.ids(of)


def _unknown(files: Files, referred: Referred, known: frozenset[str]) -> Problem:
    owner, _, own = referred.id.rpartition("/")
    values: dict[str, str | int] = {}
    if referred.kind in OWNED:
        known = frozenset(id.rpartition("/")[2] for id in known if "/" not in id or id.startswith(f"{owner}/"))
        values["owner"] = owner
    else:
        own = referred.id
    values |= {"id": own, "nearest": nearest(own, known)}
    if referred.times > 1:
        values["others"] = referred.times - 1
    is_key = files.written(referred.file, referred.path) != own
    return Problem(UNKNOWN[referred.kind], files.written_place(referred.file, referred.path, key=is_key), values)
