"""Whom a campaign is for: every condition in turn, and how many are left after it; consent comes last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sitegen.metrics.segments import has_criteria, has_industry

CONDITIONS = {
    "cards": "All cards",
    "members": "Members of the list",
    "stages": "Stands at",
    "cells": "Is in one of the cells",
    "satisfaction": "Satisfaction",
    "industries": "Industry code begins with",
    "criteria": "Own criteria",
    "not_bought": "Has not bought",
    "pick": "Has a contact who",
    "no_advertising": "Has not said no to advertising",
    "consent": "Has a contact with consent to",
}
"""The conditions in the order in which they are counted (msgids)."""


def _satisfied(wanted: Any, loyalty: int | None) -> bool:
    if loyalty is None:
        return False
    low, high = wanted.at_least or 1, wanted.at_most or 4
    return low <= loyalty <= high


def conditions(
    campaign: Any,
    records: Any,
    stands: Mapping[str, str],
    places: Mapping[str, Mapping[str, Any]] | None,
    as_of: dt.date,
) -> Iterator[tuple[str, str, int | None]]:
    """(condition, its values in the records' words, how many cards are left), the first line being all there is.

    Args:
        stands: the stage that each card stands at. places: the rows of the customer matrix; None where the audience
        may not
            see it, and from such a condition on the count is None.
    """
    if campaign.members:
        left = [member.customer for member in campaign.members if member.customer in records.customers]
        yield "members", "", len(left)
        left = [id for id in left if not _refuses(records.customers[id], as_of)]
        yield "no_advertising", "", len(left)
        return
    rule = campaign.audience
    if rule is None:
        return
    cards = {id: card for id, card in records.customers.items() if card.merged_into is None}
    left = list(cards)
    yield "cards", "", len(left)
    counted = True
    for name, words, holds in _tests(rule, records, stands, places, as_of):
        if holds is None:
            counted = False
        else:
            left = [id for id in left if holds(id, cards[id])]
        yield name, words, len(left) if counted else None


Test = Callable[[str, Any], bool] | None


def _tests(
    rule: Any, records: Any, stands: Mapping[str, str], places: Mapping[str, Mapping[str, Any]] | None, as_of: dt.date
) -> Iterator[tuple[str, str, Test]]:
    stages = {stage.id: stage.name for stage in (records.stages.stages if records.stages is not None else ())}
    products = records.products.products if records.products is not None else {}
    if rule.stages:
        yield (
            "stages",
            ", ".join(stages.get(id, id) for id in rule.stages),
            lambda id, card: stands.get(id) in rule.stages,
        )
    if rule.cells:
        yield (
            "cells",
            " ".join(rule.cells),
            None if places is None else lambda id, card: id in places and places[id]["cell"] in rule.cells,
        )
    if rule.satisfaction is not None:
        low, high = rule.satisfaction.at_least or 1, rule.satisfaction.at_most or 4
        yield (
            "satisfaction",
            f"{low}–{high}",
            None
            if places is None
            else lambda id, card: _satisfied(rule.satisfaction, places.get(id, {}).get("loyalty")),
        )
    if rule.industries:
        lists = records.industry_codes
        yield (
            "industries",
            ", ".join(rule.industries),
            lambda id, card: has_industry(card, rule.industries, lists, as_of),
        )
    if rule.criteria:
        yield "criteria", _criteria_words(rule.criteria, records), lambda id, card: has_criteria(card, rule.criteria)
    if rule.not_bought:
        names = ", ".join(products[id].name if id in products else id for id in rule.not_bought)
        unwanted = set(rule.not_bought)
        yield "not_bought", names, lambda id, card: not unwanted & {purchase.product for purchase in card.purchases}
    if rule.pick:
        yield (
            "pick",
            " ".join(rule.pick),
            lambda id, card: any(_picked(contact, rule) for contact in card.contacts.values()),
        )
    if rule.consent is not None:
        yield "consent", rule.consent, lambda id, card: _consents(card, rule, as_of)


def _criteria_words(criteria: Any, records: Any) -> str:
    known = records.organisation.criteria if records.organisation is not None else {}
    parts = []
    for id, values in criteria.items():
        names = known[id].values if id in known else {}
        # A yes-no criterion says enough by its own name.
        words = [names.get(value, str(value)) for value in values if not isinstance(value, bool)]
        name = known[id].name if id in known else id
        parts.append(f"{name}: {', '.join(words)}" if words else name)
    return "; ".join(parts)


def _picked(contact: Any, rule: Any) -> bool:
    return not rule.pick or contact.role in rule.pick


def _consents(card: Any, rule: Any, as_of: dt.date) -> bool:
    """Whether a contact of the wanted roles has a consent for the purpose that holds on the day; withdrawal wins."""
    return any(
        _picked(contact, rule)
        and any(
            each.given <= as_of and (each.withdrawn is None or each.withdrawn > as_of)
            for each in contact.consent.get(rule.consent, ())
        )
        for contact in card.contacts.values()
    )


def _refuses(card: Any, as_of: dt.date) -> bool:
    return card.no_advertising is not None and card.no_advertising.at(as_of) is True
