"""What a table is: its name, its columns in words, and how it is made from records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Table:
    """One tidy table. `columns` says what each column means and in which unit; `build` makes it from Records."""

    name: str
    columns: Mapping[str, str]
    build: Callable[[Any], Any]
