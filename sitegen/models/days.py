"""Days, weeks, months, quarters, halves and years as they are written."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from sitegen.models.written import error, is_number, written_as

MOST_KEPT = 20_000
"""So many different written values are remembered; a company uses a few thousand."""


FIRST_YEAR, LAST_YEAR = 1800, 2199
"""Years that a record may name: others are a slip of the finger or "for ever", and the last ones have no next day."""
DAY = (
    r"^(?=1[89]|2[01])(?:\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)"
    r"|02-(?:0[1-9]|1\d|2[0-8]))|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)$"
)
"""A day as an editor knows it: only days that there are, leap years and all."""

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./ -]\s*(\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(r"(\d{1,2})\s*[./]\s*(\d{1,2})\s*[./-]\s*(\d{2})", re.ASCII)
"""Not with hyphens alone: 26-03-16 may begin with its day or its year."""
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:.*)?", re.ASCII)
_FIGURES = re.compile(r"(\d{4})[-/.]?(\d\d)[-/.]?(\d\d)(?:[T ]\d{1,2}:.*)?", re.ASCII)
"""With all eight figures the signs between them may lack; `2026-11` is a month."""
_NAMED_MONTH = re.compile(r"(\d{1,2})\.?\s*([a-z]{3})[a-z]*\.?,?\s*(\d{4})", re.ASCII | re.IGNORECASE)
_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "maj": 5, "mai": 5, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
    "okt": 10, "oct": 10, "nov": 11, "dec": 12, "des": 12,
}  # fmt: skip
"""The first letters of the months in Danish, Norwegian and English."""
_days: dict[Any, dt.date] = {}


def meant_day(text: str) -> str:
    """The date that somebody meant: `16/3-2026`, `16.3.26`, `16. marts 2026`, `20260316` → `2026-03-16`; else empty."""
    if named := _NAMED_MONTH.fullmatch(text.strip()):
        text = f"{named[1]}.{_MONTHS.get(named[2].lower(), 0)}.{named[3]}"
    for pattern, order, century in (
        (_DAY_FIRST, (3, 2, 1), 0),
        (_SHORT_YEAR, (3, 2, 1), 2000),
        (_YEAR_FIRST, (1, 2, 3), 0),
        (_FIGURES, (1, 2, 3), 0),
    ):
        if match := pattern.fullmatch(text.strip()):
            year, month, day = (int(match[part]) for part in order)
            try:
                return dt.date(century + year, month, day).isoformat()
            except ValueError:
                return ""
    return ""


def to_day(value: Any) -> dt.date:
    """A date from ISO text.

    Raises:
        PydanticCustomError: `bad-date`, or `no-such-day` where only the day of the month is too high (`repair`: the
            last).
    """
    try:
        return _days[value]
    except (KeyError, TypeError):
        pass
    if type(value) is dt.date:
        return value
    if isinstance(value, str) and _ISO.fullmatch(value):
        try:
            day = dt.date.fromisoformat(value)
        except ValueError:
            year, month = int(value[:4]), int(value[5:7])
            if year and 1 <= month <= 12 and value[8:] != "00":
                last = calendar.monthrange(year, month)[1]
                raise error("no-such-day", written=value, repair=f"{value[:8]}{last}", month=month) from None
            raise error("bad-date", written=value, repair="") from None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise error("far-year", written=value)
        if len(_days) < MOST_KEPT:
            _days[value] = day
        return day
    raise error(
        "bad-date",
        written=written_as(value),
        repair=meant_day(str(value)) if is_number(value) or isinstance(value, str) else "",
    )


Date = Annotated[
    dt.date,
    PlainValidator(to_day),
    WithJsonSchema({"type": "string", "pattern": DAY, "examples": ["2026-03-16"]}),
]
"""A day: `2026-03-16`."""


_PERIODS = {
    "week": re.compile(r"\d{4}-W(?:0[1-9]|[1-4]\d|5[0-3])", re.ASCII),
    "month": re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII),
    "quarter": re.compile(r"\d{4}-Q[1-4]", re.ASCII),
    "half": re.compile(r"\d{4}-H[12]", re.ASCII),
    "year": re.compile(r"\d{4}", re.ASCII),
}
_EXAMPLES = {"week": "2026-W12", "month": "2026-03", "quarter": "2026-Q1", "half": "2026-H1", "year": "2026"}
_MONTH_AND_YEAR = re.compile(r"([a-z]{3})[a-z]*\.? *(\d{4})", re.IGNORECASE | re.ASCII)
_SLACK = re.compile(r"(\d{4})[-/ ]?(?:([WUQKH]?)\.?(\d{1,2})|(\d{1,2})\.?([WUQKH]))", re.IGNORECASE | re.ASCII)


def meant_period(text: str) -> str:
    """The period that somebody meant, or empty.

    `2026-u9` → `2026-W09`, `2026-3` and `marts 2026` → `2026-03`, `2026-1Q` → `2026-Q1`.
    """
    if named := _MONTH_AND_YEAR.fullmatch(text.strip()):
        month = _MONTHS.get(named[1].lower())
        return f"{named[2]}-{month:02d}" if month else ""
    match = _SLACK.fullmatch(text.strip())
    if not match:
        return ""
    year, letter, number = match[1], (match[2] or match[5] or "").upper(), int(match[3] or match[4])
    letter = {"U": "W", "K": "Q"}.get(letter, letter)
    return f"{year}-{letter}{number}" if letter in ("Q", "H") else f"{year}-{letter}{number:02d}"


def is_period(text: str, kinds: tuple[str, ...]) -> bool:
    """Whether the text is a period of one of the kinds; week 53 only in years that have one."""
    for kind in kinds:
        if _PERIODS[kind].fullmatch(text):
            if kind != "week":
                return FIRST_YEAR <= int(text[:4]) <= LAST_YEAR
            try:
                dt.date.fromisocalendar(int(text[:4]), int(text[6:]), 1)
            except ValueError:
                return False
            return FIRST_YEAR <= int(text[:4]) <= LAST_YEAR
    return False


def _period(code: str, *kinds: str) -> Any:
    """The field type of text that is a period of one of the kinds."""
    good: set[str] = set()

    def to_period(value: Any) -> str:
        if type(value) is int and "year" in kinds:
            value = str(value)  # a bare 2026 is a number in YAML
        if isinstance(value, str):
            if value in good:
                return value
            if is_period(value, kinds):
                if len(good) < MOST_KEPT:
                    good.add(value)
                return value
        if isinstance(value, str) and any(_PERIODS[kind].fullmatch(value) for kind in kinds):
            if not FIRST_YEAR <= int(value[:4]) <= LAST_YEAR:
                raise error("far-year", written=value)
        meant = meant_period(value) if isinstance(value, str) else ""
        raise error(
            code,
            written=written_as(value),
            repair=meant if is_period(meant, kinds) else "",
            example=_EXAMPLES[kinds[0]],
        )

    pattern = "|".join(_PERIODS[kind].pattern for kind in kinds)
    schema: dict[str, Any] = {
        "type": "string",
        "pattern": f"^(?=1[89]|2[01])(?:{pattern})$",
        "examples": [_EXAMPLES[kind] for kind in kinds],
    }
    if kinds == ("year",):  # with other periods it stands as a key only, and a key is text
        schema = {"anyOf": [schema, {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}]}
    return Annotated[str, PlainValidator(to_period), WithJsonSchema(schema)]


Week = _period("bad-week", "week")
"""An ISO week: `2026-W12`."""
Month = _period("bad-month", "month")
"""A month: `2026-03`."""
Quarter = _period("bad-quarter", "quarter")
"""A quarter: `2026-Q1`."""
Half = _period("bad-half", "half")
"""Half a year: `2026-H1`."""
Year = _period("bad-year", "year")
"""A year: `2026`."""
PeriodKey = _period("bad-period", "month", "quarter", "half", "year")
"""A month, quarter, half or year."""
