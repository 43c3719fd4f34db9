"""What must be known of organisation.yml even while it has mistakes, or they would hide among false ones."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from sitegen import messages, yamlfile
from sitegen.messages.called import language_meant
from sitegen.records.references import written_day

_LINES = re.compile(r"^(?:languages|as_of|budgets_settled):.*$", re.MULTILINE)


@dataclass(frozen=True)
class Settings:
    """Of plain data, whatever else is wrong; what is wrong itself, or left out, is None (or empty)."""

    languages: tuple[str, ...] = ()
    as_of: dt.date | None = None
    budgets_settled: dt.date | None = None

    @classmethod
    def from_written(cls, data: Any, text: str) -> Settings:
        """Of the file's plain data; of a file that is no YAML, of those lines alone.

        Args:
            data: the plain data; None where there is none.
            text: what the file says.
        """
        if data is None:
            data = yamlfile.parse("\n".join(_LINES.findall(text)), "organisation.yml").data
        data = data if isinstance(data, dict) else {}
        written = data.get("languages")
        known = messages.languages()
        names = written if isinstance(written, list) else ()
        languages = tuple(found for name in names if (found := language_meant(name, known)))
        return cls(languages or ("en",), _day(data.get("as_of")), _day(data.get("budgets_settled")))


def _day(value: Any) -> dt.date | None:
    return written_day(value) if isinstance(value, str) else None
