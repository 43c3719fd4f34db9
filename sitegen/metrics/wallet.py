"""Share of wallet (F12), the nine cells (M7, M8), what a card's figures say for a period (F12a) and contribution
(F11b).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SHARE_LIMITS = (33, 66)
"""Whole percent: up to 33 is group 3, up to 66 group 2, above it group 1 (M6), unless the organisation says otherwise.
"""


@dataclass(frozen=True)
class Cell:
    """One of the nine cells: its id in the records, value class and share group, and its msgids (M7, M8)."""

    id: str
    value: str
    group: int
    name: str
    about: str

    @property
    def code(self) -> str:
        """The short name on the page, such as `A3`."""
        return f"{self.value}{self.group}"


CELLS: tuple[Cell, ...] = (
    Cell(
        "gold-bubbler",
        "A",
        3,
        "Gold bubblers",
        "Giant customers that place only a small part of the budget with us, and so can become much, much bigger",
    ),
    Cell(
        "gold",
        "A",
        2,
        "Gold",
        "Giant customers that place a middling part of the budget with us, and so can become considerably bigger",
    ),
    Cell(
        "super-gold",
        "A",
        1,
        "Super gold",
        "Giant customers that place by far most of the budget with us, and so can hardly be developed much more",
    ),
    Cell(
        "silver-bubbler",
        "B",
        3,
        "Silver bubblers",
        "Normal customers that place only a small part of the budget with us, and so can become much bigger",
    ),
    Cell(
        "silver",
        "B",
        2,
        "Silver",
        "Normal customers that place a middling part of the budget with us, and so can be developed somewhat",
    ),
    Cell(
        "super-silver",
        "B",
        1,
        "Super silver",
        "Normal customers that place by far most of the budget with us, and so can hardly become much bigger",
    ),
    Cell(
        "bronze-bubbler",
        "C",
        3,
        "Bronze bubblers",
        "Customers with very low revenue, but as they place only a small part of the budget with us, "
        "there is considerable potential for growth",
    ),
    Cell(
        "bronze",
        "C",
        2,
        "Bronze",
        "Very small customers that place a middling part of the budget with us, and so can be developed a little",
    ),
    Cell(
        "super-bronze",
        "C",
        1,
        "Super bronze",
        "Very small customers that place by far most of the budget with us, and so can hardly grow any further",
    ),
)
"""Row by row as the matrix is drawn: value from the top, share of wallet rising to the right."""

CELL_IDS = tuple(cell.id for cell in CELLS)
CELL_NAMES = {cell.id: cell.name for cell in CELLS}
PLACES = CELL_NAMES | {"unknown": "No place"}
"""Where a customer stands: a cell, or none since a figure is missing."""
TOTAL_IS = {"measured": "measured", "assessed": "assessed"}
"""How sure the total of a customer's purchases is."""
STRATEGIES = {
    "rescue": "Rescue",
    "filter": "Filter",
    "new-customer": "New customer",
    "vip": "VIP",
    "growth": "Growth",
    "relations": "Relations",
}
"""What is done with a customer (M16), in the order in which the first that fits is taken."""


def cell_of(value: str | None, group: int | None) -> str | None:
    """The id of the cell with this value class and share group; None when either is unknown."""
    for cell in CELLS:
        if (cell.value, cell.group) == (value, group):
            return cell.id
    return None


def move(before: str | None, now: str | None) -> str | None:
    """Which way a customer went: `up` where one of value and share rose and none fell, `down` the other way, else
    `across`.

    None where it stayed, or where one of the two places is unknown.
    """
    if before == now or before not in CELL_IDS or now not in CELL_IDS:
        return None
    was, is_ = (CELLS[CELL_IDS.index(place)] for place in (before, now))
    steps = (ord(was.value) - ord(is_.value), was.group - is_.group)  # A above B above C; group 1 is the largest share
    if min(steps) >= 0:
        return "up"
    return "down" if max(steps) <= 0 else "across"


@dataclass(frozen=True)
class Wallet:
    """What the customer buys of what we can deliver, and how much of it from us (F12).

    `flag` is None, `over` (we sold more than the customer's total: a data error, "KMA 112 %") or `credit` (our sales
    are negative and count as 0).
    """

    percent: int | None
    group: int | None
    potential_minor: int | None
    flag: str | None = None


def wallet(ours_minor: int | None, total_minor: int | None, limits: Sequence[int] = SHARE_LIMITS) -> Wallet:
    """The share of wallet in whole percent, rounded half-up, its group and the potential in minor units.

    Formula:
        percent = ours ÷ total; group 3 up to the first limit, 2 up to the second, else 1; potential = total − ours

    Undefined:
        All three where one part is unknown, or both are 0 (the customer buys nothing of the kind). More than the
        whole: group 1 and potential 0, with the flag; of a total of 0 the percentage has no value.

    Source:
        F12, M2, M6. The group is of the displayed whole percent (G10): 1/3 → 33 → 3, 2/3 → 67 → 1.
    """
    if ours_minor is None or total_minor is None or total_minor < 0:
        return Wallet(None, None, None)
    flag = None
    if ours_minor < 0:
        ours_minor, flag = 0, "credit"
    if total_minor == 0:
        return Wallet(None, 1, 0, "over") if ours_minor > 0 else Wallet(None, None, None, flag)
    percent = (200 * ours_minor + total_minor) // (2 * total_minor)
    low, high = limits
    group = 3 if percent <= low else 2 if percent <= high else 1
    if ours_minor > total_minor:
        return Wallet(percent, 1, 0, "over")
    return Wallet(percent, group, total_minor - ours_minor, flag)


def tile(figures: Mapping[tuple[dt.date, dt.date], int | None], start: dt.date, end: dt.date) -> int | None:
    """The amount of [start, end) from amounts of whole periods: its own, else the sum of shorter ones that tile it
    exactly.

    Args:
        figures: amount by half-open period; None is unknown.

    Undefined:
        None where no set of known periods covers every day once. A longer period is never split.

    Source:
        F12a. Where several tilings are possible the longest periods win, so a quarter beats its months.
    """
    known = {
        period: amount
        for period, amount in figures.items()
        if amount is not None and period[0] >= start and period[1] <= end
    }
    if start >= end:
        return 0
    for (_, stop), amount in sorted(
        ((period, amount) for period, amount in known.items() if period[0] == start),
        key=lambda item: item[0][1],
        reverse=True,
    ):
        rest = tile(known, stop, end)
        if rest is not None:
            return amount + rest
    return None


def contribution(revenue_minor: int | None, direct_minor: int | None, time_minor: int | None) -> int | None:
    """Contribution of a customer: sales − direct costs − time-based costs (F11b, M3); may be negative.

    Undefined:
        None where a part is unknown: never revenue alone.
    """
    if revenue_minor is None or direct_minor is None or time_minor is None:
        return None
    return revenue_minor - direct_minor - time_minor


def loyalty_class(answers: Sequence[int], worst: int, best: int) -> tuple[float | None, int | None]:
    """The mean of a firm's answers and its class, the nearest whole answer; a half goes to the worse class (F12a).

    Undefined:
        Both None where nobody answered.
    """
    if not answers:
        return None, None
    count, total = len(answers), sum(answers)
    if worst > best:
        nearest = (2 * total + count) // (2 * count)
    else:
        nearest = -((-2 * total + count) // (2 * count))
    return total / count, nearest
