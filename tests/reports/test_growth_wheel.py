"""F34 and B17–B23: the nine areas of growth."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.reports.growth_wheel import metric

DAY = dt.date(2026, 6, 30)
ROUND = "2026-06-01"


def settings(*areas: tuple[str, int, bool], round_id: str = ROUND) -> pl.DataFrame:
    rows = [
        (round_id, area, order, importance, relevant, None)
        for order, (area, importance, relevant) in enumerate(areas, 1)
    ]
    names = {
        "round": pl.String,
        "area": pl.String,
        "order": pl.Int64,
        "importance": pl.Int64,
        "relevant": pl.Boolean,
        "kind": pl.String,
    }
    return pl.DataFrame(rows, schema=names, orient="row")


def answers(*rows: tuple[str, str, int | None, int | None], round_id: str = ROUND) -> pl.DataFrame:
    names = {"round": pl.String, "respondent": pl.String, "area": pl.String, "now": pl.Int64, "wanted": pl.Int64}
    return pl.DataFrame([(round_id, *row) for row in rows], schema=names, orient="row")


def areas(*args: pl.DataFrame, as_of: dt.date = DAY) -> dict[str, dict]:
    frame, _ = metric.areas(*args, as_of)
    return {row["key"]: row for row in frame.iter_rows(named=True)}


def test_a_respondent_who_skipped_wanted_counts_in_now_but_not_in_the_gap():
    """now: (4 + 8)/2 = 6; the gap has only the first: 7 − 4 = 3, although the means differ by 7 − 6 = 1."""
    row = areas(settings(("1-market", 1, True)), answers(("a", "1-market", 4, 7), ("b", "1-market", 8, None)))[
        "1-market"
    ]
    assert (row["now"], row["wanted"], row["gap"], row["n"], row["skipped"]) == (6, 7, 3, 1, 1)


def test_a_skipped_question_is_counted_and_named():
    """b was asked about 1-market and answered nothing; c answered only half: 2 answers left out."""
    table = answers(("a", "1-market", 4, 7), ("b", "1-market", None, None), ("c", "1-market", 5, None))
    _, left_out = metric.areas(settings(("1-market", 1, True)), table, DAY)
    assert left_out == {"answers with only one of now and wanted, or none": 2}


def test_gap_times_importance_ranks_and_ties_keep_the_order_of_the_areas():
    """gaps 2, 3, 1 with importance 3, 2, 6 all weigh 6: a tie, so 1, 2, 3."""
    table = answers(("a", "1-market", 4, 6), ("a", "2-strategy", 4, 7), ("a", "3-segments", 4, 5))
    rows = areas(settings(("1-market", 3, True), ("2-strategy", 2, True), ("3-segments", 6, True)), table)
    assert [(key, row["weighed"], row["rank"]) for key, row in rows.items()] == [
        ("1-market", 6, 1),
        ("2-strategy", 6, 2),
        ("3-segments", 6, 3),
    ]


def test_an_area_that_is_not_relevant_has_no_rank_and_no_gap():
    rows = areas(
        settings(("1-market", 1, False), ("2-strategy", 1, True)),
        answers(("a", "1-market", 1, 9), ("a", "2-strategy", 5, 6)),
    )
    assert rows["1-market"]["gap"] is None and rows["1-market"]["gap_why"] == "not-relevant"
    assert rows["2-strategy"]["rank"] == 1 and list(rows) == ["2-strategy", "1-market"]


def test_wanted_below_now_is_a_negative_gap_and_ranks_last():
    rows = areas(
        settings(("1-market", 1, True), ("2-strategy", 1, True)),
        answers(("a", "1-market", 8, 7), ("a", "2-strategy", 5, 5)),
    )
    assert rows["1-market"]["gap"] == -1 and rows["1-market"]["rank"] == 2


@pytest.mark.parametrize(
    ("nows", "deviation", "agreement"),
    [
        ([5], None, ""),  # one: nothing to agree on
        ([4, 8], 2.0, "disagree"),  # mean 6, |−2| + |2| = 4, 4/2 = 2 > 1.67
        ([4, 7], 1.5, "agree"),  # mean 5.5, 1.5 each
        ([5, 5, 10, 10, 5], 2.4, "disagree"),  # mean 7: 2 2 3 3 2 = 12/5
        ([1, 1, 1, 6, 1], 2.0 * 4 / 5, "agree"),  # mean 2: 1 1 1 4 1 = 8/5 = 1.6
    ],
)
def test_agreement_is_an_average_deviation_of_at_most_a_sixth_of_the_scale(nows, deviation, agreement):
    table = answers(*((f"r{n}", "1-market", now, 9) for n, now in enumerate(nows)))
    row = areas(settings(("1-market", 1, True)), table)["1-market"]
    assert row["deviation"] == pytest.approx(deviation) if deviation is not None else row["deviation_why"] == "too-few"
    assert row["agreement"] == agreement


def test_the_newest_round_on_or_before_the_day_is_shown():
    both = pl.concat([settings(("1-market", 1, True), round_id=name) for name in ("2025-12-01", "2026-07-01")])
    table = pl.concat(
        [answers(("a", "1-market", now, 9), round_id=name) for name, now in (("2025-12-01", 3), ("2026-07-01", 8))]
    )
    assert areas(both, table)["1-market"]["now"] == 3


def test_change_of_the_same_respondents_stands_beside_the_change_of_all():
    """all: (4 + 8)/2 = 6 → (5 + 2)/2 = 3.5, −2.5; the same: a only, 5 − 4 = +1."""
    both = pl.concat([settings(("1-market", 1, True), round_id=name) for name in ("2025-12-01", ROUND)])
    table = pl.concat(
        [
            answers(("a", "1-market", 4, 9), ("b", "1-market", 8, 9), round_id="2025-12-01"),
            answers(("a", "1-market", 5, 9), ("c", "1-market", 2, 9)),
        ]
    )
    row = metric.changes(both, table, DAY).row(0, named=True)
    assert (row["before"], row["now"], row["change"], row["same_change"], row["same_n"]) == (6, 3.5, -2.5, 1, 1)


def test_no_round_gives_empty_tables_not_zeros():
    frame, left_out = metric.areas(settings(), answers(), DAY)
    assert len(frame) == 0 and left_out == {}


@given(
    st.lists(st.tuples(st.one_of(st.none(), st.integers(1, 10)), st.one_of(st.none(), st.integers(1, 10))), max_size=8)
)
def test_every_answer_is_either_in_the_gap_or_counted_as_skipped(given_answers):
    """G7, and G2: undefined exactly where there is a reason."""
    table = answers(*((f"r{n}", "1-market", now, wanted) for n, (now, wanted) in enumerate(given_answers)))
    row = areas(settings(("1-market", 1, True)), table)["1-market"]
    assert row["n"] + row["skipped"] == len(given_answers)
    both = [(now, wanted) for now, wanted in given_answers if now is not None and wanted is not None]
    if both:
        assert row["gap"] == pytest.approx(
            sum(wanted for _, wanted in both) / len(both) - sum(now for now, _ in both) / len(both)
        )
    for name in ("now", "wanted", "gap", "weighed", "deviation"):
        assert (row[name] is None) == (row[f"{name}_why"] is not None)
