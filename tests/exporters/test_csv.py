"""CSV: exact values, and nothing a spreadsheet would run."""

from __future__ import annotations

import pytest

from sitegen.exporters import csv, header, safe
from sitegen.results import Column


def test_values_are_exact_and_the_unit_is_in_the_name(result):
    """6125 minutes are 102 h 5 min; 1,234,567 øre are 12,345.67 kr.; a third has all its digits."""
    assert csv.table(result).decode().splitlines() == [
        "key,name,used_minutes,cost_minor,cost_why,part,part_why,part_k,part_n,end,end_why",
        "seo,'=HYPERLINK(1),6125,1234567,,0.3333333333333333,,1,3,2026-06-30,",
        'web/2,"Nyt website, 2",-30,,no-rate,,no-budget,,,,no-end',
    ]


@pytest.mark.parametrize(
    ("name", "unit", "written"),
    [("used", "minutes", "used_minutes"), ("minutes", "minutes", "minutes"),
     ("weeks_minutes", "minutes", "weeks_minutes"), ("cost", "money", "cost_minor"), ("name", "text", "name")],
)  # fmt: skip
def test_a_name_that_says_its_unit_does_not_say_it_twice(name, unit, written):
    assert header(name, Column(name, unit, name), "") == written


def test_the_danish_kind_has_semicolons_commas_and_a_byte_order_mark(result):
    content = csv.table(result, danish=True)
    assert content.startswith(b"\xef\xbb\xbfkey;name;")
    assert b";0,3333333333333333;" in content
    assert content.count(b"\r\n") == 3


@pytest.mark.parametrize("text", ["=1+1", "+45", "-1", "@x", "\t=1", "\r=1", "  =1", "\n=1", "|x", "%x"])
def test_a_text_that_could_be_a_formula_is_not_one(text):
    assert safe(text).startswith("'")


@pytest.mark.parametrize("text", ["Nordisk Data A/S", "a = b", "3-4", "", "karen@example.dk"])
def test_an_ordinary_text_is_itself(text):
    assert safe(text) == text


def test_control_characters_become_spaces():
    assert safe("a\x00b\x1bc") == "a b c"
