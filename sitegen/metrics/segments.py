"""Which cards a written rule holds: segments, market groups and campaigns ask the same questions (T36, T51)."""

from __future__ import annotations

import datetime as dt
from typing import Any


def codes_at(card: Any, lists: Any, day: dt.date) -> tuple[str, ...]:
    """The card's industry codes in the lists that hold on the day; in all its lists where none of them does.

    Args:
        lists: the record `industry-codes.yml`, or None.
    """
    known = lists.root if lists is not None else {}
    own = card.industry or {}
    held = [
        code
        for name, code in own.items()
        if name in known and (known[name].from_ or day) <= day <= (known[name].until or day)
    ]
    return tuple(held or own.values())


def has_industry(card: Any, prefixes: tuple[str, ...], lists: Any, day: dt.date) -> bool:
    """Whether one of the card's codes begins with one of the prefixes."""
    return any(code.startswith(prefix) for code in codes_at(card, lists, day) for prefix in prefixes)


def has_criteria(card: Any, wanted: Any) -> bool:
    """Whether the card has one of the values wanted for every criterion; what is not filled in fits nothing."""
    for name, values in (wanted or {}).items():
        own = (card.criteria or {}).get(name)
        mine = own if isinstance(own, tuple) else (own,)
        if not set(mine) & set(values):
            return False
    return True


def fits(rule: Any, card: Any, lists: Any, day: dt.date) -> bool:
    """Whether a rule holds the card; every line narrows, and what is not known fits no line."""
    if rule.industries and not has_industry(card, rule.industries, lists, day):
        return False
    if rule.employees is not None:
        low, high = rule.employees.from_ or 0, rule.employees.to
        if card.employees is None or card.employees < low or (high is not None and card.employees > high):
            return False
    return has_criteria(card, rule.criteria)


def segment_of(card: Any, records: Any, day: dt.date) -> str | None:
    """The card's segment: as written, else the first of segments.yml whose rule fits, else unknown."""
    if card.segment is not None:
        return card.segment
    segments = records.segments.segments if records.segments is not None else {}
    for id, segment in segments.items():
        if segment.rule is not None and fits(segment.rule, card, records.industry_codes, day):
            return id
    return None
