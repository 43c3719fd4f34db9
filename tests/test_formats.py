"""Numbers, money, dates and periods as each language writes them (G10, G11)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import formats

NB = "\u00a0"
DAY = dt.date(2025, 11, 25)


@pytest.mark.parametrize(
    ("lang", "number", "hours", "money", "share", "day", "week"),
    [
        ("da", "−1.234,6", "102,0", f"1.234{NB}kr.", f"12,4{NB}%", f"25.{NB}november 2025", f"uge{NB}48{NB}2025"),
        ("nb", f"−1{NB}234,6", "102,0", f"1{NB}234{NB}kr", f"12,4{NB}%", f"25.{NB}november 2025", f"uke{NB}48{NB}2025"),
        ("en", "−1,234.6", "102.0", f"DKK{NB}1,234", "12.4%", f"25{NB}November 2025", f"week{NB}48{NB}2025"),
    ],
)
def test_each_language_writes_figures_its_own_way(lang, number, hours, money, share, day, week):
    """6,120 minutes ÷ 60 = 102 hours; 123,400 øre ÷ 100 = 1,234 kroner; 0.1235 is 12.35 %, half-up 12.4 %."""
    format = formats.of(lang, "NOK" if lang == "nb" else "DKK")
    assert format.number(-1234.55, 1) == number
    assert format.hours(6120) == hours
    assert format.money(123400) == money
    assert format.share(0.1235) == share
    assert format.day(DAY) == day
    assert format.week(DAY) == week


def test_halves_are_rounded_away_from_zero_as_the_reader_learned_it():
    """0.5 → 1, 1.5 → 2, 2.5 → 3 (not 2, as Python's own rounding says), −0.5 → −1."""
    format = formats.of("da")
    assert [format.number(value) for value in (0.5, 1.5, 2.5, -0.5)] == ["1", "2", "3", "−1"]


def test_what_rounds_to_zero_has_no_sign():
    """−0.4 kroner is shown as 0, not as −0 or +0."""
    format = formats.of("da")
    assert format.money(-40) == f"0{NB}kr."
    assert format.number(0.04, 1, signed=True) == "0,0"
    assert format.number(3, signed=True) == "+3"


def test_short_money_chooses_its_size_after_rounding():
    """999,600 kroner is 1,000 thousand when rounded, so it is written as a million; 1.36 million is 1.4."""
    format = formats.of("da")
    assert format.money_short(99_960_000) == f"1,0{NB}mio.{NB}kr."
    assert format.money_short(136_000_000) == f"1,4{NB}mio.{NB}kr."
    assert format.money_short(86_000_000) == f"860{NB}tkr."
    assert format.money_short(-85_000) == f"−850{NB}kr."
    assert formats.of("en").money_short(-86_000_000) == f"−DKK{NB}860k"


@pytest.mark.parametrize(
    ("text", "da", "en"),
    [
        ("2026-W12", f"uge{NB}12{NB}2026", f"week{NB}12{NB}2026"),
        ("2026-03", "marts 2026", "March 2026"),
        ("2026-Q2", "2. kvartal 2026", "Q2 2026"),
        ("2026-H1", "1. halvår 2026", "H1 2026"),
        ("2026", "2026", "2026"),
    ],
)
def test_a_period_is_named_as_people_say_it(text, da, en):
    assert formats.of("da").period(text) == da
    assert formats.of("en").period(text) == en


def test_a_quarter_is_short_on_the_axis_of_a_phone():
    assert [formats.of(lang).quarter_short("2026-Q2") for lang in ("da", "nb", "en")] == [
        "K2 2026",
        "K2 2026",
        "Q2 2026",
    ]


def test_the_first_days_of_january_can_belong_to_the_last_week_of_the_year_before():
    """1 January 2027 is a Friday: ISO week 53 of 2026."""
    assert formats.of("da").week(dt.date(2027, 1, 1)) == f"uge{NB}53{NB}2026"
    assert formats.of("da").week_short(dt.date(2027, 1, 1)) == "U53"


def test_a_week_of_the_reader_s_own_year_is_named_without_it():
    """Week 1 of 2026 begins on Monday 29 December 2025; week 53 of 2026 ends on Sunday 3 January 2027."""
    format = formats.of("da", "DKK", dt.date(2026, 6, 30))
    assert [format.week(week) for week in ("2026-W01", "2026-W53", "2025-W52")] == [
        f"uge{NB}1",
        f"uge{NB}53",
        f"uge{NB}52{NB}2025",
    ]
    assert format.week(dt.date(2025, 12, 29)) == f"uge{NB}1" and format.week_number("2025-W52") == f"52{NB}2025"
    assert formats.of("da", "DKK", dt.date(2027, 1, 3)).week("2026-W53") == f"uge{NB}53"


@pytest.mark.parametrize(
    ("lang", "within", "over"),
    [
        ("da", f"22.–28.{NB}jun.", f"29.{NB}jun.–5.{NB}jul."),
        ("nb", f"22.–28.{NB}juni", f"29.{NB}juni–5.{NB}juli"),
        ("en", f"22–28{NB}Jun", f"29{NB}Jun–5{NB}Jul"),
    ],
)
def test_the_days_of_a_week_are_those_from_monday_to_sunday(lang, within, over):
    format = formats.of(lang)
    assert (format.week_days("2026-W26"), format.week_days(dt.date(2026, 7, 5))) == (within, over)


def test_a_span_of_weeks_has_the_numbers_and_days_of_both_ends():
    """Week 52 of 2026 begins on 21 December; week 2 of 2027 ends on 17 January. June 2025 is not the reader's year."""
    format = formats.of("da", "DKK", dt.date(2026, 6, 30))
    assert (format.weeks_number("2026-W28", "2026-W31"), format.week_days("2026-W28", "2026-W31")) == (
        "28–31",
        f"6.{NB}jul.–2.{NB}aug.",
    )
    assert format.weeks_number("2026-W52", "2027-W02") == f"52–2{NB}2027"
    assert format.weeks_number("2025-W50", "2026-W02") == f"50{NB}2025–2"
    assert format.weeks_number("2025-W23", "2025-W26") == f"23–26{NB}2025"
    assert format.weeks_number("2026-W28", "2026-W28") == "28"
    assert format.week_days("2026-W23", "2026-W26") == f"1.–28.{NB}jun."
    assert format.week_days("2025-W28", "2026-W28").startswith(f"7.{NB}jul.")


def test_a_figure_is_written_by_its_unit_and_the_unit_only_when_asked():
    format = formats.of("da")
    assert format.value("minutes", -720, signed=True) == "−12,0"
    assert format.value("minutes", -720, full=True) == f"−12,0{NB}t"
    assert format.value("money", 123456, full=True) == f"1.235{NB}kr."
    assert format.value("share", 0.5) == "50,0"
    assert format.value("days", 2.5) == "2,5"
    assert format.value("days", 2.0) == "2"
    assert format.value("day", DAY) == format.day(DAY)
    assert format.value("count", None) == "–"


def test_danish_names_end_with_ae_oe_aa():
    names = ["Ålborg", "Ørsted", "Ærø", "zebra", "Anna", "anna"]
    assert sorted(names, key=formats.of("da").sort_key) == ["Anna", "anna", "zebra", "Ærø", "Ørsted", "Ålborg"]


def test_an_unknown_language_and_the_pseudo_language_are_written_as_english():
    assert (
        formats.of("xx").number(1234.5, 1) == formats.of("en").number(1234.5, 1) == formats.of("fr").number(1234.5, 1)
    )


def test_chart_axes_are_given_the_same_signs_as_the_tables():
    """d3 knows no Norwegian; a chart must not say 1,234.5 beside a table that says 1 234,5."""
    for lang in ("da", "nb", "en"):
        format = formats.of(lang)
        locale = format.chart_number_locale()
        assert format.number(-1234.5, 1) == f"{locale['minus']}1{locale['thousands']}234{locale['decimal']}5"
        assert format.share(0.5, 0) == f"50{locale['percent']}"
        assert format.chart_time_locale()["months"][5] == format.month(dt.date(2026, 6, 1), year=False)
        assert format.chart_time_locale()["days"][0] == format.weekday(dt.date(2026, 6, 28))


@given(st.integers(-(10**12), 10**12), st.sampled_from(["da", "nb", "en"]))
def test_what_is_shown_is_at_most_half_a_unit_from_what_is(minor, lang):
    """Reading the text back: |shown × 100 − exact| ≤ 50 minor units (G10)."""
    format = formats.of(lang)
    text = format.number(Decimal(minor) / 100).replace(format.group, "").replace(formats.MINUS, "-")
    assert abs(int(text) * 100 - minor) <= 50
