"""What stage events say of leads: where they stand, what they have reached, how long they stayed, who became a
customer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen.metrics.intervals import share

if TYPE_CHECKING:
    import polars as pl

HORIZONS = (30, 60, 90, 180)
"""Days after entry at which a cohort's conversion is read (F10)."""
INACTIVE = "inactive"


@dataclass(frozen=True)
class Event:
    """One entry of a lead into a stage; `day` is None when it is not known."""

    stage: str
    day: dt.date | None
    reason: str | None = None
    competitor: str | None = None
    contact_again: dt.date | None = None


@dataclass(frozen=True)
class Spell:
    """A stay in a stage: days from entry to the next entry, or to `as_of` while it is still going on (`open`)."""

    customer: str
    stage: str
    start: dt.date
    days: int
    open: bool


@dataclass(frozen=True)
class Journey:
    """The events of one card up to a day, in their total order; never empty."""

    customer: str
    events: tuple[Event, ...]

    @property
    def stands(self) -> Event:
        """The event that brought the lead to where it stands: the last one, also of several on one day (F20)."""
        return self.events[-1]

    def first(self, stages: Iterable[str]) -> Event | None:
        """The first entry into any of these stages."""
        wanted = set(stages)
        return next((event for event in self.events if event.stage in wanted), None)


@dataclass(frozen=True)
class Ladder:
    """The stages in order, and which of them make a lead a customer."""

    order: tuple[str, ...]
    names: tuple[str, ...]
    won: frozenset[str]
    web: tuple[str, ...] = ()

    @classmethod
    def of(cls, stage_list: pl.DataFrame) -> Ladder:
        """From the table `stage_list`."""
        rows = stage_list.sort("order").rows(named=True)
        return cls(
            tuple(row["stage"] for row in rows),
            tuple(row["name"] for row in rows),
            frozenset(row["stage"] for row in rows if row["won"]),
            tuple(row["stage"] for row in rows if row["counted_in"] == "web"),
        )

    @property
    def counted(self) -> tuple[str, ...]:
        """The stages that are counted from the cards, in order."""
        return tuple(stage for stage in self.order if stage not in self.web)

    def at_least(self, stage: str) -> tuple[str, ...]:
        """This stage and those after it."""
        return self.order[self.order.index(stage) :]

    def reached(self, journey: Journey) -> dict[str, dt.date | None]:
        """Every card-counted stage the lead has reached, with the day it first did; None where that day is unknown.

        A stage that was skipped counts as reached on the day of the later one (F20). A card that begins at a won
        stage is a
        customer from before the records began: it has skipped nothing, so the stages below are not reached.
        """
        entered = journey.first(self.order)
        if entered is None:
            return {}
        stages = self.counted
        if entered.stage in self.won:
            stages = tuple(stage for stage in stages if stage in self.at_least(entered.stage))
        found = {}
        for stage in stages:
            event = journey.first(self.at_least(stage))
            if event is not None:
                found[stage] = event.day
        return found

    def won_on(self, journey: Journey) -> Event | None:
        """The event that made the lead a customer, if it has become one."""
        return journey.first(self.won)


def journeys(stage_events: pl.DataFrame, as_of: dt.date) -> tuple[Journey, ...]:
    """The journey of every card with an event on or before `as_of`, by card.

    An event without a day is taken in where the dated entry before it has happened, or where there is none (G1, F20).
    """
    found: dict[str, list[Event]] = {}
    for row in stage_events.sort("customer", "seq").iter_rows(named=True):
        known = row["day"] or row["not_before"]
        if known is None or known <= as_of:
            event = Event(row["stage"], row["day"], row["reason"], row["competitor"], row["contact_again"])
            found.setdefault(row["customer"], []).append(event)
    return tuple(Journey(customer, tuple(events)) for customer, events in found.items())


def spells(journey: Journey, as_of: dt.date) -> tuple[Spell, ...]:
    """Every stay of a lead in a stage (F20).

    A stage that was skipped has none; a return opens a new one; a stay that is not over is open and counts up to
    `as_of`. One whose entry or exit day is unknown is left out, and the caller counts it.
    """
    found = []
    for event, following in zip(journey.events, (*journey.events[1:], None), strict=True):
        end = as_of if following is None else following.day
        if event.day is not None and end is not None:
            found.append(Spell(journey.customer, event.stage, event.day, (end - event.day).days, following is None))
    return tuple(found)


@dataclass(frozen=True)
class Unit:
    """One lead of a cohort: the day it came in, and the day it became a customer (None: it has not, up to `as_of`)."""

    entered: dt.date
    won: dt.date | None


def conversions(units: Sequence[Unit], as_of: dt.date) -> dict[str, float | int | str | None]:
    """The conversion of one cohort within each horizon, and so far (F10).

    Formula:
        within h days = units won at most h days after they came in ÷ all units

    Undefined:
        `immature` at a horizon that some unit has not lived through at `as_of`; its k and n are of the units so far.
        `no-cases` where the cohort is empty. `so_far` is no rate to compare: its units have had different time.

    Returns:
        The columns of the shares `within_30`, `within_60`, `within_90`, `within_180` and `so_far`.
    """
    found: dict[str, float | int | str | None] = {}
    for horizon in HORIZONS:
        won = sum(unit.won is not None and (unit.won - unit.entered).days <= horizon for unit in units)
        immature = any((as_of - unit.entered).days < horizon for unit in units)
        found |= share(f"within_{horizon}", won, len(units), why="immature" if immature else None)
    return found | share("so_far", sum(unit.won is not None for unit in units), len(units))
