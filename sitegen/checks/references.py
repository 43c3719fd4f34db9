"""References: every id that a record names must be defined."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.checks.files import Files
from sitegen.problems import Problem, nearest
from sitegen.records import Read, Referred

# Kind of id → its code. What is not here has no check of its own.
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


def missing_records(read: Read, files: Files) -> Iterator[Problem]:
    """An id that no record defines: once a file and id, at its first place, with the number of the others."""
    for kind in read.index.kinds():
        known = read.index.ids(kind)
        for referred in read.index.references(kind):
            if referred.id in known or (kind == "contact|person" and referred.id.partition("/")[2] in known):
                continue
            yield _unknown(read, files, referred, known)


def _unknown(read: Read, files: Files, referred: Referred, known: frozenset[str]) -> Problem:
    owner, inside, own = referred.id.rpartition("/")
    values: dict[str, str | int] = {"id": own}
    if referred.kind in ("task", "contact", "step", "contact|person"):
        known = frozenset(id.partition("/")[2] for id in known if id.startswith(owner + inside) or "/" not in id)
        values["owner"] = owner
    elif inside:
        own = values["id"] = referred.id
    values["nearest"] = nearest(own, known)
    if referred.times > 1:
        values["others"] = referred.times - 1
    is_key = files.value(referred.file, referred.path) != own
    place = files.place(referred.file, referred.path, key=is_key)
    return Problem(UNKNOWN.get(referred.kind, "unknown-id"), place, values)
