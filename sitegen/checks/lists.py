"""Lists that define ids, where they are missing altogether: what their first entry would be, and in which file."""

from __future__ import annotations

import re

from sitegen.models import KINDS
from sitegen.records import Read
from sitegen.records.folder import slug
from sitegen.records.index import DEFINED_IN

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_FIRST = {
    "category": "categories: {%(id)s: {name: %(name)s}}",
    "channel": "channels: {%(id)s: {role: …}}",
    "competitor": "competitors: {%(id)s: %(name)s}",
    "department": "departments: {%(id)s: {name: %(name)s}}",
    "inactive": "inactive: [{id: %(id)s, name: %(name)s}]",
    "product": "products: {%(id)s: {name: %(name)s, category: …}}",
    "segment": "segments: {%(id)s: {name: %(name)s}}",
    "stage": "stages: [{id: %(id)s, name: %(name)s}]",
    "supplier": "suppliers: {%(id)s: %(name)s}",
    "support-area": "support: {areas: {%(id)s: %(name)s}}",
    "support-type": "support: {types: {%(id)s: %(name)s}}",
}
"""Kind of id → its list with one entry."""
_ALWAYS = frozenset({"inactive"})
"""Stages that nobody writes."""
_PATTERNS = {kind.name: kind.pattern for kind in KINDS}


def missing_list(read: Read, kind: str, written: str) -> dict[str, str | int]:
    """What to write where no id of a kind is defined at all: `missing`, the file that is not there, or `there`, that
    which has no such list, and `example`. Nothing where there are such ids, or they are no list of a file.
    """
    if kind not in _FIRST or read.index.ids(kind) - (_ALWAYS if kind == "stage" else frozenset()):
        return {}
    id = written if _ID.fullmatch(written) else slug(written)
    if not id:
        return {}
    name = written if id != written else id.replace("-", " ").capitalize()
    file_kind = DEFINED_IN[kind]
    where = "there" if (file_kind, "") in read.records.sources else "missing"
    return {where: _PATTERNS[file_kind], "example": _FIRST[kind] % {"id": id, "name": name}}
