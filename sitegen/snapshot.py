"""Results as plain data: every figure of every report by its key, for `results.json`, for comparing, and for other
programs.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sitegen.results import Result


def snapshot(results: Mapping[str, Result]) -> dict[str, dict[str, Any]]:
    """`<report>.<table>.<row>.<column>` → `value`, `unit`, `audience`, `why`; `k`, `n`, `low`, `high` where a share
    has them.

    Values are exact: minutes, minor units of money, shares as fractions, dates as `2026-06-30`. An undefined value
    is None and `why` its reason; `why` is None otherwise. Keys are in the order of the results, rows and columns.
    """
    figures: dict[str, dict[str, Any]] = {}
    for name, result in results.items():
        for key, column, row in result.figures():
            figure: dict[str, Any] = {
                "value": plain(row[column.name]),
                "unit": column.unit,
                "audience": column.audience,
                "why": row.get(f"{column.name}_why"),
            }
            for part in ("k", "n", "low", "high"):
                if row.get(f"{column.name}_{part}") is not None:
                    figure[part] = plain(row[f"{column.name}_{part}"])
            figures[f"{name}.{key}.{column.name}"] = figure
    return figures


def plain(value: Any) -> Any:
    """A value as JSON has it: days as text, lists of them too; everything else is itself."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def to_json(figures: Mapping[str, Mapping[str, Any]]) -> bytes:
    """The figures as JSON, sorted by key, one a line, so that two files can be compared line by line.

    Raises:
        ValueError: a value is not a number (NaN) or infinite.
    """
    lines = (
        f"{json.dumps(key, ensure_ascii=False)}: {json.dumps(figures[key], ensure_ascii=False, allow_nan=False)}"
        for key in sorted(figures)
    )
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()
