"""A help desk's names → ids of records, and its ids → ids of cases: exact, and nothing guessed."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from sitegen import records
from sitegen.importers.desk import COLUMNS, DeskMap, DeskNames, Meaning, case_id
from sitegen.importers.sheet import folded
from sitegen.messages import Refusal


@pytest.fixture
def names(root: Path) -> DeskNames:
    """Nordisk Data 12345678, two firms called Havn of which one has the number 87654321, and Uden without one."""
    (root / "crm/customers/nordisk-data.yml").write_text('name: Nordisk Data\ncvr: "12345678"\n', "utf-8")
    (root / "crm/customers/havn-a.yml").write_text('name: Havn\ncvr: "87654321"\n', "utf-8")
    (root / "crm/customers/havn-b.yml").write_text("name: Havn\n", "utf-8")
    return DeskNames(records.read(root).records, DeskMap())


@pytest.mark.parametrize(
    ("called", "number", "found"),
    [
        ("nordisk-data", "", "nordisk-data"),
        ("  NORDISK  data ", "", "nordisk-data"),
        ("12345678", "", "nordisk-data"),
        ("DK 12 34 56 78", "", "nordisk-data"),
        ("", "12345678", "nordisk-data"),
        ("Et andet navn", "DK12345678", "nordisk-data"),
        ("Havn", "87654321", "havn-a"),
        ("Havn", "11111111", "havn-b"),
        ("", "", ""),
    ],
)
def test_a_customer_is_found_by_id_name_or_company_number(names: DeskNames, called: str, number: str, found: str):
    assert names.customer(called, number) == found


@pytest.mark.parametrize(
    ("called", "number", "said"),
    [
        ("Nordisk Dato", "", "no customer is called"),
        ("Nordisk", "", "no customer is called"),
        ("", "11111111", "no customer has the company number"),
        ("", "ukendt", "no customer has the company number"),
        ("Nordisk Data", "11111111", "is not the customer with the company number"),
        ("Nordisk Data", "87654321", "is not the customer with the company number"),
        ("Havn", "", "can be %(ids)s: write in the map which"),
    ],
)
def test_a_customer_that_is_not_certain_is_refused(names: DeskNames, called: str, number: str, said: str):
    with pytest.raises(Refusal) as refused:
        names.customer(called, number)
    assert said in refused.value.msgid
    if called == "Nordisk Dato":
        assert refused.value.values["nearest"] == "nordisk-data"


@pytest.mark.parametrize(
    ("written", "source", "id"),
    [("2041", "", "2041"), ("#2041", "hd", "hd-2041"), ("CAS-01234-X1Y2", "", "cas-01234-x1y2"), ("0007", "", "0007")],
)
def test_a_case_keeps_the_desks_own_id_t59(written: str, source: str, id: str):
    assert case_id(written, source) == id


@pytest.mark.parametrize("written", ["", "HD_1", "1/2", "a b", "-1", "é", "\u212a1", "x" * 151, "1.0", "##1"])
def test_an_id_with_other_letters_is_refused(written: str):
    """The Kelvin sign is no k: two ids of the desk never become one."""
    with pytest.raises(Refusal):
        case_id(written, "")


def test_names_of_columns_are_folded_and_mean_one_thing():
    names = [name for possible in COLUMNS.values() for name in possible]
    assert [folded(name) for name in names] == names
    assert len(names) == len(set(names))
    assert set(COLUMNS) == set(get_args(Meaning))
