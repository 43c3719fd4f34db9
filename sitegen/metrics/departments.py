"""Departments: their names, and which of them owned a project on the day somebody worked on it (F6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from sitegen.metrics.cube import with_facts

NONE = "-"
"""Stands for people, and for projects, without a department: they have a row of their own (F6)."""


def names(organisation: Any) -> dict[str, str]:
    """Id → name of every department of the organisation, in its order."""
    departments: Mapping[str, Any] = getattr(organisation, "departments", None) or {}
    return {id: str(getattr(card, "name", id)) for id, card in departments.items()}


def lent(rows: nw.LazyFrame, project_states: nw.LazyFrame) -> nw.LazyFrame:
    """The rows with `lender`, the person's department on the day, and `borrower`, that of the project's owner.

    Args:
        rows: `department`, `state` and whatever else.

    Returns:
        The same rows, each once; NONE where the day has no department for the person or the project.
    """
    none = nw.lit(NONE, nw.String)
    return with_facts(rows, project_states, ("owned_by",)).with_columns(
        lender=nw.coalesce(nw.col("department"), none), borrower=nw.coalesce(nw.col("owned_by"), none)
    )
