"""Journal and calendars never tell what an audience may not see: everything hidden is changed, and no byte differs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sitegen.commands.export import FORMATS
from sitegen.pipeline import Run
from tests.canaries import Planter

RECORDS = Path(__file__).parents[2] / "records"
CASES = [("everyone", "ics"), ("marketing", "ics"), ("marketing", "hledger"), ("marketing", "timedot")]


@cache
def company() -> Any:
    return Run(RECORDS).read


def files(audience: str, format: str, salt: str, viewer: str | None = None) -> tuple[dict[str, bytes], Planter]:
    """What is exported for the audience when all that `viewer` may not see was changed, reasons of absence too."""
    planter = Planter(viewer or audience, salt)
    planted = planter.plant(company().records)
    reasons = {"a": "holiday", "b": "leave"}
    absent = planted.absent.with_columns({"reason": [reasons[salt]] * len(planted.absent)})
    run = Run(RECORDS, as_of=dt.date(2026, 6, 30), audience=audience)
    run.__dict__["read"] = replace(company(), records=replace(planted, absent=absent))
    return FORMATS[format](run, "da"), planter


@pytest.mark.parametrize(("audience", "format"), CASES)
def test_what_is_withheld_changes_no_byte_and_leaves_no_mark(audience: str, format: str) -> None:
    one, planter = files(audience, format, "a")
    other, _ = files(audience, format, "b")
    assert one == other and all(one.values())
    text = b"".join(one.values()).decode()
    assert [mark for mark in planter.texts if mark in text] == []


def test_a_change_is_seen_where_it_may_be_seen() -> None:
    """The same change of reasons and texts changes the calendars of management."""
    one, other = (files("management", "ics", salt, viewer="marketing")[0] for salt in "ab")
    assert one["bookings.ics"] != other["bookings.ics"]
