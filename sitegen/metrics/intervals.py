"""Intervals for rates from few cases (F30); `math` only, no statistics package at run time."""

from __future__ import annotations

import math

Z = 1.959964
"""The normal quantile of a two-sided 95 % interval, with the digits that the formula sheet gives."""

FEW = 30
"""A rate from fewer cases than this is shown with its interval (G3)."""


def wilson(successes: int, cases: int) -> tuple[float, float] | None:
    """The 95 % Wilson interval of `successes` out of `cases` (F30).

    Formula:
        (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n), p = successes ÷ cases

    Undefined:
        None when there are no cases.

    Raises:
        ValueError: when there are more successes than cases, or fewer than none: that is no share of cases.
    """
    if cases == 0:
        return None
    if not 0 <= successes <= cases:
        raise ValueError(f"{successes} of {cases} is no share of cases")
    share = successes / cases
    middle = share + Z * Z / (2 * cases)
    reach = Z * math.sqrt(share * (1 - share) / cases + Z * Z / (4 * cases * cases))
    below = 1 + Z * Z / cases
    # At 0 and at n the limit is exactly 0 or 1; floating point leaves a trace such as 1e-17.
    low = 0.0 if successes == 0 else (middle - reach) / below
    high = 1.0 if successes == cases else (middle + reach) / below
    return low, high


def share(
    name: str, successes: int | None, cases: int | None, why: str | None = None
) -> dict[str, float | int | str | None]:
    """The columns of one share in a result: value, reason, k, n and, under 30 cases, the interval.

    Args:
        name: the column's name; the others are `<name>_why`, `_k`, `_n`, `_low`, `_high`.
        successes: k; cases: n.
        why: the reason to leave the share undefined although k and n are known (such as `immature`).

    Returns:
        All six, with `no-cases` as the reason where n is 0 and `unknown-part` where k or n is unknown.
    """
    if why is None and (successes is None or cases is None):
        why = "unknown-part"
    if why is None and cases == 0:
        why = "no-cases"
    value = low = high = None
    if why is None and successes is not None and cases is not None:
        value = successes / cases
        # More successes than cases happens in ratios of flows (F9), which are no share of the same cases.
        if cases < FEW and 0 <= successes <= cases:
            low, high = wilson(successes, cases) or (None, None)
    return {
        name: value,
        f"{name}_why": why,
        f"{name}_k": successes,
        f"{name}_n": cases,
        f"{name}_low": low,
        f"{name}_high": high,
    }
