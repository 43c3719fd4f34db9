"""How one language says things on a page: messages with their values, dates, and what any value becomes when
printed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup

from sitegen import messages
from sitegen.formats import Format
from sitegen.pages.escaping import escape, trusted, words
from sitegen.pages.figures import Figure

_PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")
_ABBREVIATED = re.compile(r"(?:\.|&#46;)(?:</\w+>)*$")


def _after(parts: Sequence[str], text: str) -> Markup:
    """The words of a message after its value; `1.200 kr.` and `A.m.b.a.` end a sentence with their own full stop."""
    twice = text.startswith(".") and not text.startswith("..") and parts and _ABBREVIATED.search(parts[-1])
    return words(text[1:] if twice else text)


class Speech:
    """The words of one language in its formats."""

    def __init__(self, lang: str, format: Format) -> None:
        self.lang = lang
        self.format = format

    def say(self, msgid: str, **values: Any) -> Markup:
        """The message with its values: figures and markup as they are, dates written out, everything else encoded."""
        return self._fill(messages.template(self.lang, msgid), values)

    def nsay(self, singular: str, plural: str, n: Any, **values: Any) -> Markup:
        """The form of the message for `n` (a number or a Figure), which is also its value `%(n)s`."""
        count = n.value if isinstance(n, Figure) else n
        shown = n if isinstance(n, Figure) else trusted(self.format.number(n))
        return self._fill(
            messages.plural(self.lang, singular, plural, count if count is not None else 0), {"n": shown, **values}
        )

    def plain_words(self, msgid: str, **values: Any) -> str:
        """The message as plain text, for charts; values are text already."""
        return messages.translate(self.lang, msgid, values)

    def _fill(self, text: str, values: Mapping[str, Any]) -> Markup:
        parts: list[str] = []
        end = 0
        for found in _PLACEHOLDER.finditer(text):
            parts.append(_after(parts, text[end : found.start()]))
            parts.append("%" if found[1] is None else self.show(values[found[1]]))
            end = found.end()
        parts.append(_after(parts, text[end:]))
        return trusted("".join(parts))

    def show(self, value: Any) -> str:
        """What any value becomes on a page; the environment calls it for everything a template prints (`finalize`)."""
        kind = type(value)
        if kind is Markup:
            return value
        if kind is str:
            return escape(value)
        if hasattr(value, "__html__"):
            return trusted(value.__html__())
        if isinstance(value, str):
            return escape(value)
        if value is None:
            return trusted('<span class="sg-none">–</span>')
        if isinstance(value, bool):
            raise TypeError("a yes or no has no text of its own: write the words in the template")
        if isinstance(value, dt.date):
            return self.day(value)
        if isinstance(value, int):
            return trusted(str(value))
        if isinstance(value, float):  # a coordinate of a drawing: figures are never bare numbers
            return trusted(f"{value:.1f}".removesuffix(".0"))
        if isinstance(value, Decimal):
            raise TypeError("a bare Decimal: every figure on a page is a Figure, or written by number()")
        if isinstance(value, Undefined):
            return trusted(str(value))  # StrictUndefined raises here
        raise TypeError(f"a template prints a {type(value).__name__}")

    def week(self, week: dt.date | str) -> Markup:
        """`26 (22.–28. jun.)`, for sentences that say the word."""
        return self.weeks(week, week)

    def weeks(self, first: dt.date | str, last: dt.date | str, *, days: bool = True) -> Markup:
        """`28–31 (6. jul.–2. aug.)`, for sentences that say the word; heads of columns are short without `days`."""
        number = f'<span class="sg-num">{self.format.weeks_number(first, last)}</span>'
        return trusted(f"{number} ({self.format.week_days(first, last)})" if days else number)

    def day(self, day: dt.date | None, *, year: bool = True, short: bool = False) -> Markup:
        if day is None:
            return trusted('<span class="sg-none">–</span>')
        text = self.format.day_short(day, year=year) if short else self.format.day(day, year=year)
        return trusted(f'<time datetime="{day.isoformat()}">{text}</time>')
