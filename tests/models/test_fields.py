"""What may be written for each type of field, what it becomes, and what a wrong one is told."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from sitegen.models import days, fields
from sitegen.models.fields import Context, Cost, Dated, Maybe, Money

DAY = dt.date(2026, 3, 16)


def read(kind: Any, value: Any, **context: Any) -> Any:
    """The value as a field of this type takes it."""
    return TypeAdapter(kind).validate_python(value, context=Context(**context) if context else None)


def told(kind: Any, value: Any, **context: Any) -> dict[str, Any]:
    """The code and the values of the only error that the value gives."""
    with pytest.raises(ValidationError) as caught:
        read(kind, value, **context)
    (line,) = caught.value.errors()
    return {"code": line["type"], **line.get("ctx", {})}


class TestDays:
    def test_the_expression_for_editors_takes_exactly_the_days_there_are(self):
        """Every day and day that is none of years whose leap rule differs: 2024 is one, 1900 and 2026 not, 2000 is; and
        none before 1800 or after 2199."""
        for year in (0, 1, 4, 1799, 1800, 1804, 1900, 2000, 2024, 2026, 2100, 2199, 2200, 2400, 9999):
            for month in range(14):
                for day in range(33):
                    text = f"{year:04d}-{month:02d}-{day:02d}"
                    try:
                        dt.date(year, month, day)
                        is_day = 1800 <= year <= 2199
                    except ValueError:
                        is_day = False
                    assert bool(re.search(days.DAY, text)) is is_day, text

    def test_an_iso_date_is_a_day(self):
        assert read(fields.Date, "2026-03-16") == DAY
        assert read(fields.Date, "2024-02-29") == dt.date(2024, 2, 29)

    @pytest.mark.parametrize(
        "written, repair",
        [
            ("16/3-2026", "2026-03-16"),
            ("16.03.26", "2026-03-16"),
            ("16/3-26", "2026-03-16"),
            ("26-03-16", ""),
            ("16.3.2026", "2026-03-16"),
            ("16-03-2026", "2026-03-16"),
            ("2026/3/16", "2026-03-16"),
            ("2026-3-16", "2026-03-16"),
            (20260316, "2026-03-16"),
            ("2026-03-16T10:00", "2026-03-16"),
            ("31/2-2026", ""),
            ("i morgen", ""),
            ("", ""),
        ],
    )
    def test_another_way_to_write_a_date_is_told_the_iso_one(self, written, repair):
        assert told(fields.Date, written) == {"code": "bad-date", "written": str(written), "repair": repair}

    def test_a_day_that_the_month_does_not_have_is_told_its_last(self):
        assert told(fields.Date, "2026-03-32") == {
            "code": "no-such-day", "written": "2026-03-32", "repair": "2026-03-31", "month": 3,
        }  # fmt: skip
        assert told(fields.Date, "2026-02-29")["repair"] == "2026-02-28"
        assert told(fields.Date, "2026-13-01")["code"] == "bad-date"
        assert told(fields.Date, "2026-04-00")["code"] == "bad-date"

    @pytest.mark.parametrize("value", [True, None, 1773619200, 2026.5, ["2026-03-16"], {"a": 1}, "２０２６-０３-１６"])
    def test_nothing_else_is_a_date(self, value):
        assert told(fields.Date, value)["code"] == "bad-date"


class TestPeriods:
    @pytest.mark.parametrize(
        "kind, good, bad, code, repair",
        [
            (fields.Week, "2026-W47", "2026-u9", "bad-week", "2026-W09"),
            (fields.Half, "2026-H1", "2026-1H", "bad-half", "2026-H1"),
            (fields.Week, "2026-W53", "2025-W53", "bad-week", ""),
            (fields.Month, "2026-11", "2026-3", "bad-month", "2026-03"),
            (fields.Month, "2026-01", "2026-13", "bad-month", ""),
            (fields.Quarter, "2026-Q4", "2026-K4", "bad-quarter", "2026-Q4"),
            (fields.Half, "2026-H2", "2026-H3", "bad-half", ""),
            (fields.Year, "2026", "26", "bad-year", ""),
            (fields.PeriodKey, "2026-H1", "2026-W12", "bad-period", ""),
        ],
    )
    def test_a_period_stays_the_text_that_was_written(self, kind, good, bad, code, repair):
        """2026 has 53 ISO weeks (1 January is a Thursday), 2025 has 52."""
        assert read(kind, good) == good
        answer = told(kind, bad)
        assert (answer["code"], answer["repair"]) == (code, repair)

    def test_a_year_without_quotes_is_a_number_in_yaml_and_a_year_here(self):
        assert read(fields.Year, 2026) == "2026"
        assert read(fields.PeriodKey, 2026) == "2026"
        assert told(fields.Month, 2026)["code"] == "bad-month"
        assert told(fields.Year, True)["code"] == "bad-year"


class TestHours:
    @pytest.mark.parametrize(
        "written, minutes",
        [
            (2, 120),
            (0, 0),
            (1.5, 90),
            (0.25, 15),
            (7.4, 444),
            (Decimal("1.5"), 90),
            ("1h30m", 90),
            ("2h", 120),
            ("45m", 45),
            ("90m", 90),
        ],
    )
    def test_hours_become_whole_minutes(self, written, minutes):
        """7.4 h × 60 = 444 min."""
        assert read(fields.Hours, written) == minutes

    def test_half_a_minute_goes_up(self):
        """0.025 h × 60 = 1.5 min → 2; 0.008 h × 60 = 0.48 min → 0; 1.025 × 60 = 61.5 → 62 (61.49… in binary)."""
        assert [read(fields.Hours, hours) for hours in (0.025, 0.008, 1.025)] == [2, 0, 62]

    @given(st.integers(0, 10**7).map(lambda n: Decimal(n).scaleb(-3)))
    def test_every_decimal_is_exact(self, hours):
        assert read(fields.Hours, float(hours)) == int((hours * 60).quantize(Decimal(1), ROUND_HALF_UP))

    @pytest.mark.parametrize(
        "written, repair",
        [
            ("1,5", "1.5"),
            ("1:30", "1.5"),
            ("1:20", "1h20m"),
            ("2.5", "2.5"),
            ("2 timer", "2"),
            ("1 t 20 min", "1h20m"),
            ("1½", "1.5"),
            ("1h75m", "2.25"),
            ("to", ""),
            ("", ""),
            (True, ""),
            (None, ""),
        ],
    )
    def test_another_way_to_write_hours_is_told_the_right_one(self, written, repair):
        answer = told(fields.Hours, written)
        assert (answer["code"], answer["repair"]) == ("not-hours", repair)

    def test_hours_are_not_negative_and_not_endless(self):
        assert told(fields.Hours, -2) == {"code": "negative-hours", "written": "-2"}
        assert told(fields.Hours, -0.001)["code"] == "negative-hours"
        assert told(fields.Hours, 1e300)["code"] == "not-hours"
        assert told(fields.Hours, 10**7)["code"] == "too-many-hours"

    def test_yes_is_not_one_hour_though_python_thinks_so(self):
        assert read(fields.Hours, 1.0) == 60
        assert told(fields.Hours, True)["code"] == "not-hours"


class TestSharesAndNumbers:
    @pytest.mark.parametrize(
        "written, basis_points",
        [("35%", 3500), ("12.345%", 1235), (0.35, 3500), (0, 0), (1, 10000), ("120%", 12000), ("8 %", 800)],
    )
    def test_a_share_becomes_basis_points(self, written, basis_points):
        """12.345 % = 1234.5 basis points, half-up 1235."""
        assert read(fields.Share, written) == basis_points

    @pytest.mark.parametrize(
        "written, repair", [(35, "35%"), ("35,5%", "35.5%"), ("35", "35%"), (-0.1, ""), (True, ""), ("a", "")]
    )
    def test_a_bare_35_may_mean_two_things(self, written, repair):
        answer = told(fields.Share, written)
        assert (answer["code"], answer["repair"]) == ("not-a-share", repair)

    def test_a_part_is_at_most_the_whole(self):
        assert read(fields.Part, "100%") == 10000
        assert told(fields.Part, "101%") == {"code": "share-over-100", "written": "101%"}

    def test_a_number_is_a_number(self):
        assert read(fields.Number, -1) == -1 and read(fields.Number, 0.1) == 0.1
        assert told(fields.Number, "0,5") == {"code": "not-a-number", "written": "0,5", "repair": "0.5"}
        assert told(fields.Number, False)["code"] == "not-a-number"

    def test_text_is_no_number_and_a_number_no_text(self):
        assert told(fields.Count, "2")["code"] == "int_type"
        assert told(fields.Count, True)["code"] == "int_type"
        assert told(fields.Count, -1)["code"] == "greater_than_equal"
        assert told(fields.Text, 2)["code"] == "string_type"
        assert told(fields.YesNo, 1)["code"] == "bool_type"

    @pytest.mark.parametrize("id", ["seo", "2026", "a-1"])
    def test_an_id_has_small_letters_digits_and_hyphens(self, id):
        assert read(fields.Id, id) == id

    @pytest.mark.parametrize("id", ["SEO", "-a", "a_b", "år", "a b", "", "a\n"])
    def test_nothing_else_is_an_id(self, id):
        assert told(fields.Id, id)["code"] == "string_pattern_mismatch"


class Paid(BaseModel):
    on: Maybe[fields.Date] = None
    amount: Money


RATES = {"EUR": Dated(((dt.date(2025, 1, 1), Decimal("7.46")), (dt.date(2026, 1, 1), Decimal("7.475"))))}


class TestMoney:
    def test_a_plain_number_is_in_the_own_currency(self):
        """12500.50 kr. = 1,250,050 øre; half an øre goes up."""
        assert [read(Money, amount) for amount in (12500, 12500.5, 0.005, -3)] == [1250000, 1250050, 1, -300]
        money = read(Money, 4200)
        assert (money.currency, money.written, money.rate) == ("DKK", "4200", None)

    def test_another_amount_becomes_own_money_at_the_rate_of_its_day(self):
        """4200 EUR × 7.46 = 31,332.00 kr. in 2025, × 7.475 = 31,395.00 kr. from 2026; without a day the newest rate."""
        foreign = {"amount": 4200, "currency": "EUR"}
        of = {"2025-05-01": 3133200, "2026-01-01": 3139500, None: 3139500}
        for day, øre in of.items():
            paid = TypeAdapter(Paid).validate_python(
                {"on": day, "amount": foreign} if day else {"amount": foreign}, context=Context("DKK", RATES)
            )
            assert paid.amount == øre
            assert (paid.amount.currency, paid.amount.written) == ("EUR", "4200")
        assert paid.amount.rate == Decimal("7.475")

    def test_the_own_currency_may_be_named(self):
        assert read(Money, {"amount": 5, "currency": "DKK"}) == 500

    def test_a_currency_without_minor_units_has_none(self):
        assert read(Money, 5, currency="ISK") == 5

    def test_what_is_wrong_with_an_amount(self):
        assert told(Money, "12.500,75") == {"code": "not-money", "written": "12.500,75", "repair": "12500.75"}
        assert told(Money, True)["code"] == "not-money"
        assert told(Money, {"amount": 1})["code"] == "not-money"
        assert told(Money, {"amount": 1, "currency": "USD"}, rates=RATES) == {
            "code": "unknown-currency", "written": "USD", "known": "EUR",
        }  # fmt: skip
        with pytest.raises(ValidationError, match="no-rate-yet"):
            TypeAdapter(Paid).validate_python(
                {"on": "2024-12-31", "amount": {"amount": 1, "currency": "EUR"}}, context=Context("DKK", RATES)
            )

    def test_a_cost_is_not_negative(self):
        assert read(Cost, 0) == 0
        assert told(Cost, -1.5) == {"code": "negative-money", "written": "-1.5"}

    def test_the_context_comes_from_whatever_can_be_read_of_the_organisation(self):
        written = {
            "currency": "DKK",
            "exchange_rates": {"EUR": {"2026-01-01": 7.46, "i går": 1}, "NOK": 0.635, "SEK": "x"},
        }
        context = Context.from_written(written)
        assert context.rates["EUR"].at(DAY) == Decimal("7.46")
        assert context.rates["NOK"].at(dt.date.min) == Decimal("0.635")
        assert set(context.rates) == {"EUR", "NOK"}
        assert Context.from_written(None) == Context()


class TestDated:
    def test_a_plain_value_has_always_held(self):
        assert read(Dated[fields.Hours], 37).at(dt.date.min) == 2220

    def test_a_dated_value_holds_from_its_date_until_the_next(self):
        """37 h = 2220 min from August 2025, 30 h = 1800 min from May 2026; unknown before."""
        hours = read(Dated[fields.Hours], {"2026-05-01": 30, "2025-08-01": 37})
        days = [dt.date(2025, 7, 31), dt.date(2025, 8, 1), dt.date(2026, 4, 30), dt.date(2026, 5, 1)]
        assert [hours.at(day) for day in days] == [None, 2220, 2220, 1800]
        assert hours.spans == ((dt.date(2025, 8, 1), 2220), (dt.date(2026, 5, 1), 1800))
        assert hours.values == (2220, 1800)

    def test_a_value_that_is_itself_a_map_may_be_plain_or_dated(self):
        class Level(BaseModel):
            level: int

        assert read(Dated[Level], {"level": 1}).at(DAY) == Level(level=1)
        assert read(Dated[Level], {"2026-01-01": {"level": 2}}).at(DAY) == Level(level=2)

    def test_every_bad_date_and_value_is_told_at_its_own_key(self):
        with pytest.raises(ValidationError) as caught:
            read(Dated[fields.Hours], {"2026-02-30": 1, "2026-03-01": "1,5", "2026-04-01": -1, "juni": 3})
        assert [(line["loc"], line["type"]) for line in caught.value.errors()] == [
            (("2026-02-30", "[key]"), "no-such-day"),
            (("2026-03-01",), "not-hours"),
            (("2026-04-01",), "negative-hours"),
            (("juni", "[key]"), "bad-date"),
        ]

    def test_equal_histories_are_equal(self):
        assert read(Dated[fields.Hours], {"2026-01-01": 1}) == read(Dated[fields.Hours], {"2026-01-01": "60m"})
        assert len({read(Dated[fields.Hours], 1), read(Dated[fields.Hours], 1.0)}) == 1


def test_what_may_be_left_out_may_not_be_null():
    class Card(BaseModel):
        end: Annotated[Maybe[fields.Date], "any mark"] = None

    assert Card.model_validate({}).end is None
    with pytest.raises(ValidationError, match="bad-date"):
        Card.model_validate({"end": None})
