"""The front page's figures, month by month."""

import datetime as dt

import polars as pl

from sitegen.reports.home import metric

DAY = dt.date(2026, 6, 30)
day = dt.date.fromisoformat


def events(*rows: tuple[str, str, str | None]) -> pl.DataFrame:
    table = [(customer, stage, day(on) if on else None) for customer, stage, on in rows]
    return pl.DataFrame(table, schema={"customer": pl.String, "stage": pl.String, "day": pl.Date}, orient="row")


STAGES = pl.DataFrame(
    [("visitor", 1, "web", False), ("lead", 2, None, False), ("customer", 3, None, True)],
    schema={"stage": pl.String, "order": pl.Int64, "counted_in": pl.String, "won": pl.Boolean},
    orient="row",
)


def meetings(*rows: tuple[str, str]) -> pl.DataFrame:
    return pl.DataFrame(
        [(state, day(on)) for state, on in rows], schema={"state": pl.String, "date": pl.Date}, orient="row"
    )


def web(*rows: tuple[str, str, int, int | None]) -> pl.DataFrame:
    table = [(day(month), channel, leads, spend) for month, channel, leads, spend in rows]
    kinds = {"month": pl.Date, "channel": pl.String, "leads": pl.Int64, "spend_minor": pl.Int64}
    return pl.DataFrame(table, schema=kinds, orient="row")


def month(name: str, *tables: pl.DataFrame) -> dict:
    stage_events, meeting, figures = tables
    frame = metric.months(stage_events, STAGES, meeting, figures, DAY)
    return frame.filter(pl.col("key") == name).row(0, named=True)


def test_a_lead_that_returns_is_a_new_lead_only_once():
    """a enters lead in May and again in June, b in June: May 1, June 1, change 0."""
    table = events(
        ("a", "lead", "2026-05-03"), ("a", "lead", "2026-06-09"), ("b", "lead", "2026-06-10"), ("c", "lead", None)
    )
    row = month("2026-06", table, meetings(), web())
    assert (row["leads"], row["leads_change"]) == (1, 0)


def test_a_new_customer_is_one_won_for_the_first_time():
    table = events(("a", "customer", "2026-02-01"), ("a", "customer", "2026-06-01"), ("b", "customer", "2026-06-30"))
    assert month("2026-06", table, meetings(), web())["new_customers"] == 1


def test_only_meetings_that_were_held_by_the_day_count():
    held = meetings(("held", "2026-06-30"), ("held", "2026-07-01"), ("no-show", "2026-06-02"), ("booked", "2026-06-03"))
    assert month("2026-06", events(("a", "lead", "2026-01-01")), held, web())["meetings_held"] == 1


def test_cost_per_lead_is_the_ratio_of_the_sums():
    """(30,000 + 2,000 kr.) ÷ (80 + 20) = 320 kr. = 32,000 øre."""
    figures = web(("2026-05-01", "ads", 80, 3_000_000), ("2026-05-01", "organic", 20, 200_000))
    row = month("2026-05", events(("a", "lead", "2026-01-01")), meetings(), figures)
    assert row["cost_per_lead"] == 32_000 and row["spend"] == 3_200_000


def test_a_channel_whose_spend_is_not_written_makes_the_cost_unknown_not_smaller():
    figures = web(
        ("2026-05-01", "ads", 80, 3_000_000), ("2026-06-01", "ads", 90, None), ("2026-06-01", "organic", 20, 0)
    )
    row = month("2026-06", events(("a", "lead", "2026-01-01")), meetings(), figures)
    assert (row["cost_per_lead"], row["cost_per_lead_why"], row["web_leads"]) == (None, "unknown-part", 110)
    assert (row["cost_per_lead_change"], row["cost_per_lead_change_why"]) == (None, "unknown-part")


def test_a_month_without_web_figures_and_a_month_without_leads_are_two_reasons():
    figures = web(("2026-05-01", "ads", 0, 3_000_000))
    table = events(("a", "lead", "2026-01-01"))
    assert month("2026-04", table, meetings(), figures)["cost_per_lead_why"] == "missing-month"
    assert month("2026-05", table, meetings(), figures)["cost_per_lead_why"] == "no-cases"


def test_before_the_first_record_nothing_is_known():
    row = month("2025-12", events(("a", "lead", "2026-01-01")), meetings(), web())
    assert (row["leads"], row["leads_why"]) == (None, "missing-month")


def test_hours_go_by_whole_weeks_in_the_month_of_their_thursday():
    """The week of Monday 1 June lies in June; that of 29 June has its Thursday on 2 July, and has not ended on 30
    June.
    """
    weeks = pl.DataFrame(
        [(day("2026-06-01"), 600, 540), (day("2026-06-22"), 300, 360), (day("2026-06-29"), 900, 60)],
        schema={"week": pl.Date, "booked": pl.Int64, "hours": pl.Int64},
        orient="row",
    )
    rows = {row["key"]: row for row in metric.hours(weeks, DAY).iter_rows(named=True)}
    assert (rows["2026-06"]["hours"], rows["2026-06"]["booked"]) == (900, 900)
    assert rows["2026-05"]["hours_why"] == "nothing-logged"


def test_a_report_the_reader_may_not_see_is_withheld_not_zero():
    row = metric.now({}).row(0, named=True)
    assert row["left"] is None and row["left_why"] == "withheld" and row["gap_change_why"] == "withheld"
