"""Numbers, hours, money, shares, dates and periods as text in the reader's language.

The only place that rounds: half-up (away from zero), each figure by itself (G10). A minus is U+2212, the space before
a unit does not break. Symbols and names of months come from Babel's CLDR data, read once a language. `xx`, the
pseudo-language of the tests, is written as English.
"""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.numbers import get_currency_symbol

NO_BREAK = "\u00a0"
MINUS = "\u2212"
DASH = "\u2013"
"""Stands where a figure is undefined."""

LOCALES = {"da": "da", "nb": "nb", "no": "nb", "en": "en_GB", "xx": "en_GB"}

DIGITS = {"minutes": 1, "money": 0, "share": 1, "count": 0, "days": 0, "score": 1, "ratio": 2}
"""Decimals of each unit when nobody asks for others."""

WORDS = {
    "da": {
        "hour": "t",
        "million": "mio.",
        "thousand": "tkr.",
        "thousand_of": "tusind",
        "week": "uge",
        "week_short": "U",
        "quarter": "{n}. kvartal {year}",
        "quarter_short": "K",
        "half": "{n}. halvår {year}",
    },
    "nb": {
        "hour": "t",
        "million": "mill.",
        "thousand": "tusen kr",
        "thousand_of": "tusen",
        "week": "uke",
        "week_short": "U",
        "quarter": "{n}. kvartal {year}",
        "quarter_short": "K",
        "half": "{n}. halvår {year}",
    },
    "en": {
        "hour": "h",
        "million": "m",
        "thousand": "k",
        "thousand_of": "k",
        "week": "week",
        "week_short": "W",
        "quarter": "Q{n} {year}",
        "quarter_short": "Q",
        "half": "H{n} {year}",
    },
}
"""The few words that CLDR does not hold, by language."""


def rounded(value: int | float | Decimal, digits: int = 0) -> Decimal:
    """The value with so many decimals, half-up; the float 0.1235 is read as its shortest text, so that 12.35 % becomes
    12.4 %.
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    return exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


class Format:
    """The way one language writes figures, in an organisation's currency. Made by `of`.

    A week of the year of `today` is named without it; where no day is given, every week has its year.
    """

    def __init__(self, lang: str, currency: str, today: dt.date | None = None) -> None:
        self._year = today.isocalendar().year if today else None
        self.lang = lang if lang in LOCALES else "en"
        self.currency = currency
        self._locale = Locale.parse(LOCALES[self.lang])
        symbols = self._locale.number_symbols
        symbols = symbols.get("latn", symbols)
        self.decimal = symbols["decimal"]
        group = symbols["group"]
        self.group = NO_BREAK if group.isspace() else group  # CLDR's narrow no-break space lacks in many fonts
        self._english = self._locale.language == "en"
        self._words = WORDS[self._locale.language]
        self.currency_symbol = get_currency_symbol(currency, self._locale)
        self._months = self._locale.months["format"]["wide"]
        self._months_short = self._locale.months["format"]["abbreviated"]
        self._days = self._locale.days["format"]["wide"]

    # --- numbers

    def number(self, value: int | float | Decimal, digits: int = 0, *, signed: bool = False) -> str:
        """`1.234,5`; with `signed` a + before what is above zero. What rounds to zero has no sign."""
        exact = rounded(value, digits)
        text = f"{abs(exact):,.{digits}f}"
        if self.group != "," or self.decimal != ".":
            text = text.translate({ord(","): self.group, ord("."): self.decimal})
        if exact == 0:
            return text
        return f"{MINUS}{text}" if exact < 0 else f"+{text}" if signed else text

    def hours(self, minutes: int | float, digits: int = 1, *, signed: bool = False) -> str:
        """Minutes as hours: 6120 → `102,0`."""
        return self.number(Decimal(repr(minutes)) / 60, digits, signed=signed)

    def money(self, minor: int | float, digits: int = 0, *, signed: bool = False, symbol: bool = True) -> str:
        """Minor units as whole units of the currency: 123400 → `1.234 kr.`."""
        text = self.number(Decimal(repr(minor)) / 100, digits, signed=signed)
        return self._with_symbol(text) if symbol else text

    def money_short(self, minor: int | float, *, signed: bool = False) -> str:
        """Two to three figures that can be read at a glance: `1,4 mio. kr.`, `860 tkr.`, `850 kr.`."""
        units = Decimal(repr(minor)) / 100
        # the size is judged after rounding, so that 999.600 is 1,0 mio. and not 1.000 tkr.
        if abs(rounded(units / 1000)) >= 1000:
            text, word = self.number(units / 1_000_000, 1, signed=signed), self._words["million"]
        elif abs(rounded(units)) >= 1000:
            text, word = self.number(units / 1000, 0, signed=signed), self._words["thousand"]
            if not self._english and not self.currency_symbol.startswith("kr"):
                word = f"{self._words['thousand_of']}{NO_BREAK}{self.currency_symbol}"
            return self._with_symbol(f"{text}{word}") if self._english else f"{text}{NO_BREAK}{word}"
        else:
            return self.money(minor, signed=signed)
        return self._with_symbol(f"{text}{word}" if self._english else f"{text}{NO_BREAK}{word}")

    def _with_symbol(self, text: str) -> str:
        if not self._english:
            return f"{text}{NO_BREAK}{self.currency_symbol}"
        sign = text[0] if text[0] in f"+{MINUS}" else ""
        space = NO_BREAK if self.currency_symbol.isalpha() else ""
        return f"{sign}{self.currency_symbol}{space}{text[len(sign) :]}"

    def share(self, fraction: float, digits: int = 1, *, signed: bool = False, symbol: bool = True) -> str:
        """A fraction as percent: 0.123 → `12,3 %` (English `12.3%`)."""
        text = self.number(Decimal(repr(fraction)) * 100, digits, signed=signed)
        return f"{text}{self.percent}" if symbol else text

    @property
    def percent(self) -> str:
        """The percent sign with the space the language puts before it."""
        return "%" if self._english else f"{NO_BREAK}%"

    # --- dates

    def day(self, day: dt.date, *, year: bool = True) -> str:
        """`25. november 2025`, without the year `25. november`."""
        text = (
            f"{day.day}{NO_BREAK}{self._months[day.month]}"
            if self._english
            else f"{day.day}.{NO_BREAK}{self._months[day.month]}"
        )
        return f"{text} {day.year}" if year else text

    def day_short(self, day: dt.date, *, year: bool = False) -> str:
        """`3. feb.`, for lists where the year is known."""
        month = self._months_short[day.month]
        text = f"{day.day}{NO_BREAK}{month}" if self._english else f"{day.day}.{NO_BREAK}{month}"
        return f"{text} {day.year}" if year else text

    def weekday(self, day: dt.date) -> str:
        """`mandag`."""
        return self._days[day.weekday()]

    def month(self, day: dt.date, *, year: bool = True) -> str:
        """`juni 2026`, for any day of the month."""
        return f"{self._months[day.month]} {day.year}" if year else self._months[day.month]

    def month_short(self, day: dt.date) -> str:
        """`jun`, for the heads of calendars; without the full stop, as in a table."""
        return self._months_short[day.month].rstrip(".")

    def week(self, week: dt.date | str) -> str:
        """`uge 48` (English `week 48`), of another year `uge 48 2025`, for a day of the week or the week's text."""
        return f"{self._words['week']}{NO_BREAK}{self.week_number(week)}"

    def week_number(self, week: dt.date | str) -> str:
        """`48`, of another year `48 2025`: for sentences that say the word themselves."""
        year, number = _iso_week(week)
        return str(number) if year == self._year else f"{number}{NO_BREAK}{year}"

    def weeks_number(self, first: dt.date | str, last: dt.date | str) -> str:
        """`28–31`, over the new year `52–2 2027`; one week as `week_number`."""
        (year, number), (last_year, _) = _iso_week(first), _iso_week(last)
        if _iso_week(first) == _iso_week(last):
            return self.week_number(last)
        start = str(number) if year in (self._year, last_year) else self.week_number(first)
        return f"{start}{DASH}{self.week_number(last)}"

    def week_days(self, week: dt.date | str, last: dt.date | str | None = None) -> str:
        """`22.–28. jun.`, `29. jun.–5. jul.`: from Monday to Sunday, that of the `last` week where one is given."""
        start_day = dt.date.fromisocalendar(*_iso_week(week), 1)
        end_day = dt.date.fromisocalendar(*_iso_week(last or week), 7)
        start = self.day_short(start_day)
        if (start_day.year, start_day.month) == (end_day.year, end_day.month):
            start = start.partition(NO_BREAK)[0]
        return f"{start}{DASH}{self.day_short(end_day)}"

    def week_short(self, week: dt.date | str) -> str:
        """`U48`, for axes."""
        return f"{self._words['week_short']}{_iso_week(week)[1]:02d}"

    def period(self, period: Any) -> str:
        """A period or its text: `2026-W12` → `uge 12 2026`, `2026-03` → `marts 2026`, `2026-H1` → `1. halvår 2026`."""
        text = str(period)
        year, _, rest = text.partition("-")
        if not rest:
            return year
        if rest[0] == "W":
            return self.week(text)
        if rest[0] in "QH":
            return self._words["quarter" if rest[0] == "Q" else "half"].format(n=rest[1:], year=year)
        return self.month(dt.date(int(year), int(rest[:2]), 1))

    def quarter_short(self, quarter: Any) -> str:
        """`K2 2026` (English `Q2 2026`) of `2026-Q2`, for axes of charts on a narrow screen."""
        year, _, number = str(quarter).partition("-Q")
        return f"{self._words['quarter_short']}{number} {year}"

    # --- figures of a result

    def value(
        self,
        unit: str,
        value: Any,
        *,
        digits: int | None = None,
        signed: bool = False,
        full: bool = False,
        short: bool = False,
    ) -> str:
        """A figure of a result in its unit (`results.UNITS`); `full` writes the unit too, `short` shortens money and
        days.
        """
        if value is None:
            return DASH
        if unit == "text":
            return str(value)
        if unit == "day":
            return self.day_short(value, year=True) if short else self.day(value)
        if unit == "money" and short:
            return self.money_short(value, signed=signed)
        places = self.digits(unit, value) if digits is None else digits
        if unit == "minutes":
            text = self.hours(value, places, signed=signed)
            return f"{text}{NO_BREAK}{self._words['hour']}" if full else text
        if unit == "money":
            return self.money(value, places, signed=signed, symbol=full)
        if unit == "share":
            return self.share(value, places, signed=signed, symbol=full)
        return self.number(value, places, signed=signed)

    def digits(self, unit: str, value: Any) -> int:
        """Decimals shown: those of the unit, and one for days or counts that are not whole (a median of 2.5 days)."""
        if unit in ("days", "count") and isinstance(value, float) and not value.is_integer():
            return 1
        return DIGITS[unit]

    def unit(self, unit: str) -> str:
        """What a column's header says after its label, without brackets; empty when nothing is needed."""
        return {"minutes": self._words["hour"], "money": self.currency_symbol, "share": "%"}.get(unit, "")

    # --- what the chart renderer needs

    def chart_number_locale(self) -> dict[str, Any]:
        """d3's number locale; d3 itself has none for Norwegian."""
        if self._english:
            currency = [self.currency_symbol + (NO_BREAK if self.currency_symbol.isalpha() else ""), ""]
        else:
            currency = ["", f"{NO_BREAK}{self.currency_symbol}"]
        return {
            "decimal": self.decimal,
            "thousands": self.group,
            "grouping": [3],
            "currency": currency,
            "minus": MINUS,
            "percent": self.percent,
        }

    def chart_time_locale(self) -> dict[str, Any]:
        """d3's time locale: the names of days and months."""
        short_days = self._locale.days["format"]["abbreviated"]
        sunday_first = (6, 0, 1, 2, 3, 4, 5)
        return {
            "dateTime": "%A %-d %B %Y %X" if self._english else "%A den %-d. %B %Y %X",
            "date": "%-d %B %Y" if self._english else "%-d. %B %Y",
            "time": "%H:%M",
            "periods": ["", ""],
            "days": [self._days[number] for number in sunday_first],
            "shortDays": [short_days[number].rstrip(".") for number in sunday_first],
            "months": [self._months[number] for number in range(1, 13)],
            "shortMonths": [self._months_short[number].rstrip(".") for number in range(1, 13)],
        }

    # --- order

    def sort_key(self, text: str) -> tuple[Any, ...]:
        """Order of names: æ ø å after z (also ä ö), case told apart only when all else is equal."""
        lower = text.casefold().translate(_ALPHABET_END) if not self._english else text.casefold()
        return lower, text


def _iso_week(week: dt.date | str) -> tuple[int, int]:
    """The ISO year and number of a day's week, or of a week's text `2026-W12`."""
    if isinstance(week, dt.date):
        return week.isocalendar()[:2]
    year, _, number = week.partition("-W")
    return int(year), int(number)


_ALPHABET_END = {
    ord(letter): f"z{chr(0x10000 + place)}" for letters, place in (("æä", 1), ("øö", 2), ("å", 3)) for letter in letters
}


@lru_cache(maxsize=32)
def of(lang: str, currency: str = "DKK", today: dt.date | None = None) -> Format:
    """The formats of a language (`da`, `nb`, `en`; anything else is written as English) and a currency (ISO 4217).

    `today` is the day that the reader reads on: the year of weeks goes without saying.
    """
    return Format(lang, currency, today)
