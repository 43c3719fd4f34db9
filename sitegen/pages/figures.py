"""Figures and words of results that know how they are written and what they are called."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sitegen.formats import Format
from sitegen.pages.escaping import attribute, escape, trusted

WHY = {
    "no-budget": "no budget",
    "nothing-logged": "nothing logged",
    "no-cases": "no cases",
    "unknown-part": "a part of it is not known",
    "not-reached": "not reached yet",
    "too-few": "too few to say",
    "immature": "too early to say",
    "no-rate": "no rate for these hours",
    "withheld": "not shown to this audience",
    "no-end": "no end date",
    "not-started": "not started",
    "not-relevant": "not relevant",
    "missing-month": "a month is missing",
    "first-round": "the first time it is measured",
    "undecided": "not decided yet",
    "no-weeks": "no working week is left",
    "overspent": "more hours are used than were given",
}
"""The sentence (msgid) of each reason why a figure is undefined."""


_UNIT_AFTER = re.compile(r"^(.*\d)(\D+)$")


@dataclass(frozen=True)
class Figure:
    """One figure of a result. Printed it is a `<data>` element with its key and raw value; undefined it is a dash.

    `.full` writes its unit, `.signed` its sign, `.short` shortens money, `.digits(n)` chooses decimals; each gives a
    new Figure, so `row.drift.signed.full` works. `.value` is the raw number, `.why` the reason's code, `.because` its
    sentence, `.text` the plain text for labels, `.cases` the k/n of a share, `.interval` its 95 % interval where there
    are few cases (else nothing).
    """

    key: str
    unit: str
    value: Any
    why: str | None
    format: Format
    say: Callable[..., Any]
    places: int | None = None
    with_sign: bool = False
    with_unit: bool = False
    shortened: bool = False
    is_trimmed: bool = False
    in_tile: bool = False
    of_month: bool = False
    of_week: bool = False
    k: Any = None
    n: Any = None
    low: float | None = None
    high: float | None = None

    @property
    def defined(self) -> bool:
        """Whether there is a value."""
        return self.value is not None

    def __bool__(self) -> bool:
        """Whether there is a value: 0 is one."""
        return self.value is not None

    def _written(self, **how: Any) -> Figure:
        """The same figure, written another way (`dataclasses.replace` takes five times as long)."""
        other = object.__new__(Figure)
        other.__dict__.update(self.__dict__, **how)
        return other

    @property
    def full(self) -> Figure:
        return self._written(with_unit=True)

    @property
    def signed(self) -> Figure:
        return self._written(with_sign=True)

    @property
    def short(self) -> Figure:
        return self._written(shortened=True)

    @property
    def trimmed(self) -> Figure:
        """Without decimals that are all 0, for the cells of a heat table."""
        return self._written(is_trimmed=True)

    @property
    def tile(self) -> Figure:
        """With its unit set small beside the number."""
        return self._written(in_tile=True)

    @property
    def month(self) -> Figure:
        """A day that stands for its month: `juni 2026`."""
        return self._written(of_month=True)

    @property
    def week(self) -> Figure:
        """A day that stands for its week: `uge 26`."""
        return self._written(of_week=True)

    def digits(self, places: int) -> Figure:
        return self._written(places=places)

    @property
    def text(self) -> str:
        """As plain text."""
        if self.of_month and self.value is not None:
            return self.format.month(self.value)
        if self.of_week and self.value is not None:
            return self.format.week(self.value)
        text = self.format.value(
            self.unit, self.value, digits=self.places, signed=self.with_sign, full=self.with_unit, short=self.shortened
        )
        if self.is_trimmed and self.format.decimal in text:
            text = text.rstrip("0").rstrip(self.format.decimal)
        return text

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> str:
        if self.value is None:
            return f'<span class="sg-none" data-k="{attribute(self.key)}">–</span>'
        raw = self.value.isoformat() if isinstance(self.value, dt.date) else repr(self.value)
        shown = escape_figure(self.text)
        if self.in_tile and self.unit != "day":
            shown = _UNIT_AFTER.sub(r'\1<span class="sg-unit">\2</span>', shown)
        return f'<data class="sg-num" data-k="{attribute(self.key)}" value="{attribute(raw)}">{shown}</data>'

    @property
    def because(self) -> Any:
        """The reason why it is undefined, as a sentence in a `span.sg-why`; nothing when it is defined."""
        if self.why is None:
            return trusted("")
        return trusted(f'<span class="sg-why">{self.say(WHY[self.why])}</span>')

    @property
    def cases(self) -> Any:
        """`8/12` for a share that knows its cases; nothing otherwise."""
        if self.n is None:
            return trusted("")
        return trusted(f'<span class="sg-cases">{self.format.number(self.k or 0)}/{self.format.number(self.n)}</span>')

    @property
    def interval(self) -> Any:
        """`12–45 %`, the 95 % interval that a share of fewer than 30 cases carries; nothing otherwise."""
        if self.low is None or self.high is None:
            return trusted("")
        low = self.format.share(self.low, 0, symbol=False)
        return trusted(f'<span class="sg-interval">{low}–{self.format.share(self.high, 0)}</span>')


def escape_figure(text: str) -> str:
    """The text of a figure: our own formats write digits, separators and units, which HTML does not read."""
    return text if not set(text) & set("<>&\"'") else str(escape(text))


class Term(str):
    """A word of a fixed vocabulary: compared it is the record's own word, printed it is the reader's."""

    __slots__ = ("shown",)
    shown: Any

    def __new__(cls, code: str, shown: Any) -> Term:
        term = super().__new__(cls, code)
        term.shown = shown
        return term

    def __html__(self) -> Any:
        return self.shown
