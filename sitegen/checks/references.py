"""References: every id that a record names must be defined."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial

from sitegen.checks.files import Files
from sitegen.checks.lists import missing_list
from sitegen.problems import Problem, nearest
from sitegen.records import CARDS, Read, Referred
from sitegen.records.folder import MISPLACED

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
_FILES = frozenset({"campaign", "customer", "person", "project", "template"})
"""Kinds of ids that are the names of files."""
_RECORDS = (".yml", ".yaml", ".txt", ".md")
"""How the names of files end that may be meant as records."""
_SEVERAL = re.compile(r"\s*[,;&]\s*|\s+(?:og|and)\s+")
_TOLD = frozenset(UNKNOWN.values())
OWNED = frozenset({"task", "contact", "step", "contact|person"})
"""Ids that are known inside one record only, and are given as `<record>/<id>`."""
MOST_WORDS = 10
"""So many words of a name are looked at."""
MOST_CALLED = 5
"""So many ids of one name are told."""
MOST_COMPARED = 100_000
"""With so many known ids are unknown ones of a kind compared, which takes up to a second; then none is suggested."""


def unknown_ids(read: Read, files: Files) -> Iterator[Problem]:
    """An id that no record defines: once a file and id, at its first place, with the number of the others."""
    misnamed = _misnamed(read)
    for kind in UNKNOWN:
        known = read.index.ids(kind)
        near = Nearest(known, read.index.names(kind), partial(_names, read, kind), kind in OWNED)

        def unknown(id: str, kind: str = kind, known: frozenset[str] = known) -> bool:
            owner, _, own = id.rpartition("/")
            if id in known or (kind == "contact|person" and own in known) or read.index.perhaps_lost(kind, id):
                return False
            if kind in _FILES and misnamed and (id in misnamed or nearest(id, misnamed)):
                return False  # its file is there, and is told
            return kind not in OWNED or _owner_known(read, kind, owner)  # an unknown record is told, and is enough

        for referred in read.referred(kind, unknown):
            yield _unknown(read, files, referred, near)


def _names(read: Read, kind: str) -> Iterator[tuple[str, str]]:
    """Id and name of the records of a kind that has files of its own: of two with one name the index has the first."""
    for id, card in getattr(read.records, CARDS[kind]).items() if kind in CARDS else ():
        yield id, getattr(card, "name", "")


def _misnamed(read: Read) -> frozenset[str]:
    """The ids that files would give which lie in the wrong folder, or whose name is wrong."""
    wrong = [one for one in read.problems if one.code in MISPLACED]
    names = [name for one in wrong for name in (one.place.file.rpartition("/")[2], str(one.values.get("repair", "")))]
    return frozenset(name.partition(".")[0] for name in names if name.lower().endswith(_RECORDS))


def without_bad_ids(found: Sequence[Problem]) -> list[Problem]:
    """The problems, less those which say that a text is no id of one that is told as an unknown id of its file.

    A name that was written where an id belongs is one mistake, and its repair is the id; ids without the brackets of
    their list are one too, and its repair is the list.
    """
    lists = {one.place for one in found if one.code == "list-wanted"}
    found = [one for one in found if one.code not in _TOLD or one.place not in lists]
    unknown = {(one.place.file, one.values["id"]) for one in found if one.code in _TOLD}
    return [one for one in found if one.code != "bad-id" or (one.place.file, one.values["written"]) not in unknown]


def _owner_known(read: Read, kind: str, owner: str) -> bool:
    of = {"task": "project", "step": "campaign"}.get(kind, "customer")
    return owner in read.index.ids(of)


More = Callable[[], Iterable[tuple[str, str]]]


class Nearest:
    """The known id of a kind that another was probably meant to be; "" once `MOST_COMPARED` were compared.

    A name may have been written in its place: the one that stands beside an id, how it begins, or nearly that.
    """

    def __init__(self, known: frozenset[str], names: Mapping[str, str], more: More, owned: bool = False) -> None:
        """Looks among known ids, in the names of an index, and in (id, name) of `more`, which is asked if need be."""
        self._known = known
        self._names = names
        self._more = more
        self._owned = owned
        self._compared = 0

    def __call__(self, owner: str, id: str) -> dict[str, str | int]:
        """The nearest of all ids, or of those of one owner; several that are called so as `called`."""
        if self._compared >= MOST_COMPARED:
            return {"nearest": ""}
        known = self._of.get(owner, self._of.get("", frozenset())) if self._owned else self._known
        self._compared += len(known)
        if id.lower() in known:
            return {"nearest": id.lower()}
        if near := "" if self._called(self._ids_of, owner, id) else nearest(id, known):
            return {"nearest": near}
        called = self.called(owner, id)
        if len(called) > 1:
            more = " …" if len(called) > MOST_CALLED else ""
            return {"nearest": "", "called": ", ".join(called[:MOST_CALLED]) + more}
        before = re.split("[/@]", id)[0]  # `ads/google`: a project and its task; an e-mail address
        return {"nearest": "".join(called) or (before if before in known else self._nearly_named(owner, id))}

    def knows(self, owner: str, id: str) -> bool:
        """Whether there is such an id."""
        return (f"{owner}/{id}" if self._owned else id) in self._known

    def called(self, owner: str, written: str) -> list[str]:
        """The ids beside exactly this name, else beside all names that begin with it."""
        return self._called(self._ids_of, owner, written) or self._called(self._beginnings, owner, written)

    def _called(self, ids: Mapping[str, set[str]], owner: str, written: str) -> list[str]:
        """The ids that are called so, inside their owner."""
        inside, name = (f"{owner}/" if self._owned else ""), written.casefold()
        return sorted(id.rpartition("/")[2] for id in ids.get(f"{inside}{name}") or ids.get(name) or ())

    @cached_property
    def _ids_of(self) -> dict[str, set[str]]:
        """Name in small letters (`<record>/<name>` inside a record) → the ids of all that have it."""
        found = {name: {id} for name, id in self._names.items()}
        for id, name in self._more():
            if name:
                found.setdefault(name.casefold(), set()).add(id)
        return found

    @cached_property
    def _beginnings(self) -> dict[str, set[str]]:
        """The first word of a name, the first two and so on → the ids of all whose name begins so: Mette Holm."""
        found: dict[str, set[str]] = {}
        for name, ids in self._ids_of.items():
            words = name.split(" ")
            for end in range(1, min(len(words), MOST_WORDS)):
                found.setdefault(" ".join(words[:end]), set()).update(ids)
        return found

    def _nearly_named(self, owner: str, name: str) -> str:
        """The id beside nearly this name."""
        inside = f"{owner}/" if self._owned else ""
        names = {full[len(inside) :]: id for full, id in self._names.items() if full.startswith(inside)}
        self._compared += len(names)
        return names.get(nearest(name.casefold(), frozenset(names)), "").rpartition("/")[2]

    @cached_property
    def _of(self) -> dict[str, frozenset[str]]:
        """Owner → ids inside it, with those that have no owner and may stand in any."""
        found: dict[str, set[str]] = {"": set()}
        for full in self._known:
            owner, _, own = full.rpartition("/")
            found.setdefault(owner, set()).add(own)
        return {owner: frozenset(ids | found[""]) for owner, ids in found.items()}


def _unknown(read: Read, files: Files, referred: Referred, near: Nearest) -> Problem:
    owner, _, own = referred.id.rpartition("/")
    values: dict[str, str | int] = {}
    if referred.kind in OWNED:
        values["owner"] = owner
    else:
        owner, own = "", referred.id
    values |= {"id": own, **near(owner, own)} | missing_list(read, referred.kind, own)
    several = _SEVERAL.split(own[:200])
    if len(several) > 1:
        several = [id if near.knows(owner, id) else "".join(near.called(owner, id)[:2]) for id in several]
    if len(several) > 1 and all(near.knows(owner, id) for id in several):
        if isinstance(referred.path[-1], int):
            values["several"] = ", ".join(several)
        else:
            values["either"] = " / ".join(several)
    if referred.times > 1:
        values["others"] = referred.times - 1
    is_key = files.written(referred.file, referred.path) != own
    return Problem(UNKNOWN[referred.kind], files.written_place(referred.file, referred.path, key=is_key), values)
