"""What the cells of a time tracker's file mean: days, times of the day, durations. Exact: nothing is rounded but by
`whole_minutes` and `nearest_clock`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction

from sitegen.messages import Refusal

HALF = Fraction(1, 2)
DAY_SECONDS = 24 * 60 * 60


class Order(StrEnum):
    """Which comes first in a date whose year stands last."""

    day_first = "day-first"
    month_first = "month-first"


_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T\s].*)?", re.ASCII | re.DOTALL)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4})(?:[,\s].*)?", re.ASCII | re.DOTALL)


def day(text: str, order: Order) -> dt.date | None:
    """The day of a cell: `2026-03-04`, `04/03/2026`, `4.3.2026`, also with a time behind it; None where it is none.

    A year of two digits is refused: 04-03-26 can be read in three ways.
    """
    text = text.strip()
    if match := _YEAR_FIRST.fullmatch(text):
        return _date(match[1], match[3], match[4])
    if match := _YEAR_LAST.fullmatch(text):
        return _date(match[4], *((match[3], match[1]) if order is Order.day_first else (match[1], match[3])))
    return None


def sure_day(text: str, order: Order) -> dt.date:
    """The day of a cell.

    Raises:
        Refusal: it is none.
    """
    found = day(text, order)
    if found is None:
        raise Refusal("'%(written)s' is no day: write it as 2026-06-30", written=text[:60])
    return found


def _date(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day)) if 1800 <= int(year) < 2200 else None
    except ValueError:
        return None


def order_of(written: Iterable[tuple[int, str]], asked: Order | None = None) -> Order:
    """Whether day or month comes first, decided over the whole file.

    A day after the 12th decides it. Nobody writes the month first with full stops between (`4.3.2026`).

    Args:
        written: line and cell of each date.
        asked: what the user said; it is not questioned.

    Raises:
        Refusal: every date can be read both ways, or some only one way and some only the other.
    """
    if asked is not None:
        return asked
    seen: dict[Order, int] = {}
    open_to_both: tuple[int, str] | None = None
    for line, text in written:
        ways = {order: day(text, order) for order in Order}
        possible = [order for order, found in ways.items() if found is not None]
        if len(possible) == 1:
            seen.setdefault(possible[0], line)
        elif ways[Order.day_first] != ways[Order.month_first] and "." not in text[:6] and open_to_both is None:
            open_to_both = (line, text.strip())
    if len(seen) == 2:
        raise Refusal(
            "the dates are written in two ways: in line %(line)s the day comes first, in line %(other)s the month",
            line=seen[Order.day_first],
            other=seen[Order.month_first],
        )
    if seen:
        return next(iter(seen))
    if open_to_both is not None:
        raise Refusal(
            "'%(written)s' in line %(line)s can be read in two ways, and no other date of the file says which:"
            " add --date-format day-first or --date-format month-first",
            line=open_to_both[0],
            written=open_to_both[1],
        )
    return Order.day_first


_BEFORE_TIME = re.compile(r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})[T\s,]+", re.ASCII)
_CLOCK = re.compile(
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*(?:([ap])\.?\s?m\.?)?\s*(?:Z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)


def clock(text: str) -> int | None:
    """Seconds since midnight of `9:05`, `09:05:30`, `2:44:33 PM`, `2026-03-04T09:05:00+01:00`; None where it is none.

    The day is left out, and so is the zone: a time is what the clock on the wall said.
    """
    match = _CLOCK.fullmatch(_BEFORE_TIME.sub("", text.strip(), count=1))
    if match is None:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[4].lower() == "p" else 0)
    seconds = hour * 3600 + minute * 60 + second
    return seconds if minute < 60 and second < 60 and seconds <= DAY_SECONDS else None


_SPAN = re.compile(r"([-−]?)(\d{1,6}):([0-5]\d)(?::([0-5]\d))?", re.ASCII)
_MINUTES_SECONDS = re.compile(r"(\d{1,6}):([0-5]\d)\s*min\.?", re.ASCII)
_DECIMAL = re.compile(r"([-−]?)(\d{1,9}(?:[.,]\d{1,12})?|[.,]\d{1,12})", re.ASCII)
_UNIT = re.compile(r"(?:h|t|hrs?|hours?|timer?)\.?", re.IGNORECASE)
_PARTS = re.compile(
    r"(?:(\d{1,6})\s*(?:h|t|hrs?|hours?|timer?)\.?)?\s*(?:(\d{1,8})\s*(?:m|min|minutter|minutes?)\.?)?"
    r"\s*(?:(\d{1,9})\s*(?:s|sec|sek|seconds?|sekunder)\.?)?",
    re.IGNORECASE | re.ASCII,
)


def duration(text: str) -> Fraction | None:
    """Exact seconds of a duration: `1:30`, `01:30:00`, `1.5`, `1,5`, `1.50 h`, `1h 30m`, `47:06 min`, `12 sec`.

    A number alone is hours. None where it is no duration; a negative one is given as it is.
    """
    text = text.strip()
    if match := _SPAN.fullmatch(text):
        seconds = Fraction(int(match[2]) * 3600 + int(match[3]) * 60 + int(match[4] or 0))
        return -seconds if match[1] else seconds
    if match := _MINUTES_SECONDS.fullmatch(text):
        return Fraction(int(match[1]) * 60 + int(match[2]))
    number = _DECIMAL.match(text)
    if number and (number.end() == len(text) or _UNIT.fullmatch(text[number.end() :].strip())):
        return decimal(number[0], 3600)
    match = _PARTS.fullmatch(text) if text else None
    if match:
        return Fraction(int(match[1] or 0) * 3600 + int(match[2] or 0) * 60 + int(match[3] or 0))
    return None


def decimal(text: str, seconds: int) -> Fraction | None:
    """Exact seconds of a decimal number of units of so many seconds, with a point or a comma; None where it is none.

    One of the two marks is enough: 1.234,5 hours are more than anybody works.
    """
    match = _DECIMAL.fullmatch(text.strip())
    if match is None:
        return None
    value = Fraction(f"0{match[2].replace(',', '.')}") * seconds
    return -value if match[1] else value


def written_time(hours: str, minutes: str) -> Fraction | None:
    """Exact seconds of a cell of hours (see `duration`), or of one of decimal minutes; None where both are empty.

    Raises:
        Refusal: it is no time.
    """
    if not hours and not minutes:
        return None
    found = duration(hours) if hours else decimal(minutes, 60)
    if found is None:
        raise Refusal("'%(text)s' is no time; write it as 1.5 or 1h30m", text=(hours or minutes)[:60])
    return found


def whole_minutes(seconds: Fraction) -> int:
    """The nearest whole minute; half a minute goes up (metrics.md, exactness)."""
    return int((seconds / 60 + HALF) // 1)


def nearest_clock(seconds: int | Fraction, step: int) -> int:
    """A time of the day as minutes since midnight, at the nearest multiple of so many minutes; half a step goes up.

    8:07 is 8:05 for steps of five and 8:00 for steps of fifteen; 23:59 is 24:00 there.
    """
    return int((Fraction(seconds) / (60 * step) + HALF) // 1) * step
