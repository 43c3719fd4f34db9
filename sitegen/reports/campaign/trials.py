"""A/B tests: what was believed, what each variant gave, what was learned (B12, F30)."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import polars as pl

from sitegen.metrics.figures import Figure, Undefined, frame, known
from sitegen.metrics.intervals import wilson
from sitegen.reports.campaign import columns


def tests(records: Any) -> pl.DataFrame:
    """Every A/B test: what was believed, the one thing that differs, what was learned."""
    rows = [
        {
            "key": f"{id}/{test_id}",
            "test": test_id,
            "hypothesis": test.hypothesis,
            "for": test.audience or "",
            "variable": test.variable,
            "judged_on": test.judged_on,
            "planned_reach": known(test.planned_reach, "unknown-part"),
            "learned": test.learned.text if test.learned is not None else "",
            "next": (test.learned.next if test.learned is not None else None) or "",
        }
        for id, campaign in records.campaigns.items()
        for test_id, test in campaign.tests.items()
    ]
    return frame(columns.TESTS, rows)


def variants(records: Any, as_of: dt.date) -> pl.DataFrame:
    """Every variant: those who did what the test is judged on ÷ persons reached, with the interval whatever n is (F30,
    B12).

    A person may click twice: where more did it than were reached, the two are not of the same unit and the rate is
    unknown.
    """
    rows = []
    for id, campaign in records.campaigns.items():
        for test_id, test in campaign.tests.items():
            for variant_id, variant in test.variants.items():
                k, n = getattr(variant, test.judged_on), variant.reach
                usable = k is not None and n is not None and 0 <= k <= n and n > 0
                limits = wilson(k, n) if usable else None
                price: Figure = Undefined("unknown-part")
                if variant.spent is not None and variant.leads is not None:
                    price = Fraction(int(variant.spent), variant.leads) if variant.leads else Undefined("no-cases")
                rows.append(
                    {
                        "key": f"{id}/{test_id}/{variant_id}",
                        "test": test_id,
                        "variant": variant_id,
                        "is": variant.is_.get(test.variable) or variant_id,
                        "from": variant.from_,
                        "to": variant.to,
                        "reach": known(n, "unknown-part"),
                        "did": known(k, "unknown-part"),
                        "rate": Fraction(k, n) if usable else Undefined("no-cases" if n == 0 else "unknown-part"),
                        "rate_k": k if usable else None,
                        "rate_n": n if usable else None,
                        "rate_low": limits[0] if limits else None,
                        "rate_high": limits[1] if limits else None,
                        "spent": known(None if variant.spent is None else int(variant.spent), "unknown-part"),
                        "lead_price": price,
                    }
                )
    return frame(columns.VARIANTS, rows)
