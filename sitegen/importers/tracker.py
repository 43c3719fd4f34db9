"""What is known of a time tracker's CSV export: which column means what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MEANINGS = (
    "date", "start", "end", "end_date", "hours", "minutes", "person", "email", "first_name", "last_name", "client",
    "project", "project_code", "task", "note", "id",
)  # fmt: skip
"""What a column can mean. `hours` is a duration, decimal or as a clock; `minutes` one in decimal minutes."""


@dataclass(frozen=True)
class Tracker:
    """One program's export.

    `columns` has for each meaning the names that the column may have, the best first: where several are there, the
    first counts.
    """

    name: str
    columns: Mapping[str, tuple[str, ...]]
