"""The customer matrix: books of a period, places, moves (F11b, F12, F12a, F23, M33)."""

import datetime as dt
from collections import Counter
from types import SimpleNamespace as Record

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.messages import translate
from sitegen.metrics.wallet import CELL_IDS, CELLS
from sitegen.report import Context
from sitegen.reports.customer_matrix import metric, placing
from sitegen.results import Result
from sitegen.tables import crm

DAY = dt.date.fromisoformat
STAGES = (
    Record(id="lead", name="Lead", counted_in="events", entered_by=None, won=False),
    Record(id="customer", name="Kunde", counted_in="events", entered_by=None, won=True),
)
LOGGED = {
    "person": pl.String, "customer": pl.String, "day": pl.Date, "minutes": pl.Int64, "rate_minor": pl.Int64,
    "standard_minor": pl.Int64,
}  # fmt: skip


def books(
    revenue: int | None = None,
    direct: int | None = 0,
    time: int | None = 0,
    total: int | None = None,
    total_is: str | None = None,
) -> Record:
    """Figures of a period; amounts are minor units."""
    return Record(revenue=revenue, direct_cost=direct, time_cost=time, total_purchases=total, total_is=total_is)


def card(name: str = "A/S", since: str | None = "2024-01-01", left: str | None = None, **figures: Record) -> Record:
    """A customer since a day; `y2026_H1=books(…)` are its figures of 2026-H1."""
    stages = [("customer", since)] * bool(since) + [("inactive", left)] * bool(left)
    return Record(
        name=name, segment=None, source=None, meetings=(), merged_into=None, wanted=None,
        stages=[Record(stage=s, on=DAY(day), reason=None, competitor=None, contact_again=None) for s, day in stages],
        figures={period.removeprefix("y").replace("_", "-"): each for period, each in figures.items()},
    )  # fmt: skip


def results(
    cards: dict[str, Record],
    *,
    value: str = "revenue",
    as_of: str = "2026-06-30",
    surveys: dict[str, Record] | None = None,
    hours: tuple[tuple[str, str, str, int], ...] = (),
    rate: int | None = None,
) -> dict[str, Result]:
    """All tables of the matrix; `hours` are (person, customer, day, minutes)."""
    records = Record(
        customers=cards, stages=Record(stages=STAGES), sources={}, surveys=surveys or {},
        web={"month": [], "channel": [], "visitors": [], "leads": [], "spend": []},
    )  # fmt: skip
    tables = {table.name: table.build(records) for table in crm.TABLES}
    rows = [(person, customer, DAY(day), minutes, rate, None) for person, customer, day, minutes in hours]
    tables["logged"] = pl.DataFrame(rows, schema=LOGGED, orient="row")
    matrix = Record(value=value, period="half", share_limits=(33, 66))
    run = Context(tables, DAY(as_of), Record(customer_matrix=matrix), records)
    for each in metric.RESULTS:
        run.results[f"customer_matrix.{each.name}"] = each.run(run, "customer_matrix")
        assert run.results[f"customer_matrix.{each.name}"].check() == []
    return {name.removeprefix("customer_matrix."): result for name, result in run.results.items()}


def row(result: Result, key: str) -> dict[str, object]:
    return result.rows.row(by_predicate=pl.col("key") == key, named=True)


def test_four_customers_with_a_tie_across_the_limit():
    """Revenues 90, 50, 50, 10: u = 1/8, 1/2, 1/2, 7/8: A, B, B, C. Shares 90/300 = 30 % → 3, 50/100 = 50 % → 2, 50/60 =
    83 % → 1,
    10/30 = 33 % → 3."""
    cards = {
        id: card(y2026_H1=books(revenue * 100, total=total * 100))
        for id, revenue, total in (("a", 90, 300), ("b", 50, 100), ("c", 50, 60), ("d", 10, 30))
    }
    found = results(cards)
    places = dict(found["customers"].rows.select("key", "cell").iter_rows())
    assert places == {"a": "gold-bubbler", "b": "silver", "c": "super-silver", "d": "bronze-bubbler"}
    assert found["customers"].rows["key"].to_list() == ["a", "b", "d", "c"]  # potentials 210, 50, 20, 10
    assert row(found["cells"], "total")["potential"] == 29000
    assert row(found["cells"], "gold")["customers"] == 0


def test_contribution_takes_time_from_the_hours_where_none_is_written():
    """Sales 240,000, direct 90,000; 100 h on the customer at 350 = 35,000: contribution 115,000, share 240 ÷ 480 = 50
    %.
    """
    cards = {"a": card(y2026_H1=books(24_000_000, 9_000_000, None, 48_000_000))}
    found = results(
        cards, value="contribution", rate=35_000,
        hours=(("jonas", "a", "2026-01-01", 3000), ("jonas", "a", "2026-06-30", 3000), ("jonas", "a", "2026-07-01",
        60)),
    )  # fmt: skip
    mine = row(found["customers"], "a")
    assert (mine["time_cost"], mine["contribution"], mine["share"]) == (3_500_000, 11_500_000, 0.5)
    assert mine["cell"] == "silver"  # one customer is B


def test_a_missing_cost_leaves_the_customer_without_a_place_in_a_matrix_of_contribution():
    """No time cost written and no hours: not revenue − direct. Hours without a rate: another reason. In revenue both
    have one.
    """
    cards = {
        "none": card("N", y2026_H1=books(1000, 100, None, 4000)),
        "unpriced": card("U", y2026_H1=books(1000, 100, None, 4000)),
    }
    hours = (("jonas", "unpriced", "2026-02-01", 60),)
    found = results(cards, value="contribution", hours=hours)
    whys = dict(found["unplaced"].rows.select("key", "why").iter_rows())
    assert whys == {"none": placing.NO_COST, "unpriced": placing.NO_RATE}
    assert row(found["customers"], "none")["contribution_why"] == "unknown-part"
    assert row(found["cells"], "unknown")["customers"] == 2
    assert results(cards, hours=hours)["unplaced"].rows.is_empty()


def test_figures_of_quarters_are_summed_and_a_year_is_not_split():
    """Q1 100 + Q2 200 = 300 of 600 + 300 = 900: 33 % → group 3. Figures of the year say nothing about the half."""
    cards = {
        "quarters": card("Q", y2026_Q1=books(100, total=600), y2026_Q2=books(200, total=300)),
        "year": card("Y", y2026=books(5000, total=9000)),
    }
    found = results(cards)
    assert row(found["customers"], "quarters")["revenue"] == 300
    assert row(found["customers"], "quarters")["share_group"] == "3"
    assert dict(found["unplaced"].rows.select("key", "write").iter_rows()) == {"year": "figures: 2026-H1: revenue"}


def test_more_than_the_whole_unknown_and_nothing():
    """112 of 100: group 1, no potential, flagged. Unknown total and 0 of 0: no place, each with its reason. −5 of 50:
    group 3.
    """
    cards = {
        "over": card("O", y2026_H1=books(112, total=100)),
        "unknown": card("U", y2026_H1=books(50)),
        "nothing": card("N", y2026_H1=books(0, total=0)),
        "credit": card("C", y2026_H1=books(-5, total=50)),
    }
    found = results(cards)["customers"]
    over, credit = row(found, "over"), row(found, "credit")
    assert (over["share_group"], over["potential"], over["flag"], round(over["share"], 2)) == ("1", 0, "over", 1.12)
    assert (credit["share_group"], credit["potential"], credit["share"], credit["flag"]) == ("3", 50, 0.0, "credit")
    assert [row(found, id)["why"] for id in ("unknown", "nothing")] == [placing.NO_TOTAL, placing.NOTHING]


def test_in_the_matrix_are_customers_on_the_last_day_and_whoever_bought():
    """A customer that left in May without revenue is out; one that left but bought in the half is in, as is a lead that
    bought;
    one won in July is named as left out."""
    cards = {
        "left": card(left="2026-05-01"),
        "bought": card(left="2026-05-01", y2026_H1=books(10, total=20)),
        "lead": card(since=None, y2026_H1=books(10, total=20)),
        "july": card(since="2026-07-02"),
    }
    found = results(cards, as_of="2026-07-31")["customers"]
    assert sorted(found.rows["key"]) == ["bought", "lead"]
    assert sum(found.left_out.values()) == 2


def test_loyalty_is_the_newest_surveys_mean_with_half_to_the_worse():
    """Survey 2: 2 and 3 → 2.5 → 3 for `a`; `b` said it does not know, and its answer in survey 1 is not used."""
    question = Record(text="?", worst=4, best=1, open=False, used_as="loyalty")

    def said(customer: str, contact: str, value: object) -> Record:
        return Record(customer=customer, contact=contact, answers={"overall": value})

    surveys = {
        "one": Record(on=DAY("2026-01-23"), questions={"overall": question}, answers=[said("b", "x", 1)]),
        "two": Record(
            on=DAY("2026-06-01"), questions={"overall": question},
            answers=[said("a", "x", 2), said("a", "y", 3), said("b", "x", "dont-know")],
        ),
        "later": Record(on=DAY("2026-07-01"), questions={"overall": question}, answers=[said("b", "x", 4)]),
    }  # fmt: skip
    cards = {"a": card(y2026_H1=books(10, total=20)), "b": card(y2026_H1=books(5, total=20))}
    found = results(cards, surveys=surveys)
    assert (row(found["customers"], "a")["loyalty"], row(found["customers"], "a")["loyalty_mean"]) == (3, 2.5)
    assert row(found["customers"], "b")["loyalty_why"] == "no-cases"
    total = row(found["cells"], "total")
    assert (total["satisfied"], total["dissatisfied"], total["loyalty_unknown"]) == (0, 1, 1)
    assert row(found["overall"], "now")["dissatisfied_a"] == 1
    assert metric.attention(found)[0].severity == "urgent"


def test_strategies_are_taken_in_order():
    """Loyalty 4 with an A or B customer is rescue before all; a loss at full share is filter; a win within the year is
    new.
    """

    def of(value: str, group: int, contribution: int, loyalty: int | None, won: str | None) -> str | None:
        own = placing.Books(100 + contribution, 100, 0, 1000)
        share = placing.Wallet(50, group, 500)
        cell = {"A": "gold", "C": "bronze"}[value] if group != 1 else {"A": "super-gold", "C": "super-bronze"}[value]
        placed = placing.Placed(own, share, value, cell, None)
        return placing.strategy(placed, loyalty, won and DAY(won), DAY("2026-06-30"))

    assert of("A", 1, -5, 4, None) == "rescue"
    assert of("C", 1, -5, 4, None) == "filter"
    assert of("A", 1, 5, None, "2025-07-01") == "new-customer"
    assert of("A", 1, 5, None, "2025-06-30") == "vip"
    assert of("C", 1, 5, 2, None) == "growth"
    assert of("A", 2, 5, None, None) == "relations"


def test_who_moved_who_came_and_who_left():
    """Three customers in both halves. `a` 90/100 → 30/100 falls from A1: revenues 90, 50, 10 become 30, 50, 10, so `a`
    is B3 and
    `b` rises from B2 to A2; `c` stays C3; `new` has no figures before, `gone` none now."""
    cards = {
        "a": card(y2025_H2=books(90, total=100), y2026_H1=books(30, total=100)),
        "b": card(y2025_H2=books(50, total=100), y2026_H1=books(50, total=100)),
        "c": card(y2025_H2=books(10, total=100), y2026_H1=books(10, total=100)),
        "new": card(since="2026-04-01"),
        "gone": card(left="2026-02-01"),
    }
    found = results(cards)
    moved = {key: count for key, count in found["moves"].rows.select("key", "customers").iter_rows() if count}
    assert moved == {
        "super-gold/silver-bubbler": 1,
        "silver/gold": 1,
        "bronze-bubbler/bronze-bubbler": 1,
        "new/unknown": 1,
        "unknown/lost": 1,
    }
    now = row(found["overall"], "now")
    assert (now["up"], now["down"], now["across"], now["new"], now["lost"]) == (1, 1, 0, 1, 1)


amounts = st.none() | st.integers(-50, 200)
histories = st.tuples(st.booleans(), st.booleans(), amounts, amounts, amounts, amounts)


@settings(max_examples=40, deadline=None)
@given(st.lists(histories, max_size=9))
def test_the_moves_add_up_to_both_matrices(everyone):
    """Sums by `to` are the cells now, by `from` those before; every part of the cells adds up to the total (G8)."""
    cards = {}
    for number, (since, left, *money) in enumerate(everyone):
        before, now = books(money[0], total=money[1]), books(money[2], total=money[3])
        cards[f"k{number}"] = card(
            since="2025-03-01" if since else None,
            left="2026-03-01" if left and since else None,
            y2025_H2=before,
            y2026_H1=now,
        )
    found = results(cards)
    cells = dict(found["cells"].rows.select("key", "customers").iter_rows())
    arrived, departed = Counter(), Counter()
    for there, here, count in found["moves"].rows.select("from", "to", "customers").iter_rows():
        departed[there] += count
        arrived[here] += count
    earlier = dict(results(cards, as_of="2025-12-31")["cells"].rows.select("key", "customers").iter_rows())
    for place in (*CELL_IDS, "unknown"):
        assert arrived[place] == cells[place]
        assert departed[place] == earlier[place]
    assert sum(cells.values()) == 2 * cells["total"]
    assert cells["unknown"] == found["unplaced"].rows.height
    for name in ("customers", "satisfied", "loyalty_unknown"):
        column = found["cells"].rows.filter(pl.col("key") != "total")[name]
        assert column.sum() == row(found["cells"], "total")[name]


def test_no_customers_give_an_empty_matrix():
    found = results({})
    assert row(found["cells"], "total")["customers"] == 0
    assert found["customers"].rows.is_empty() and metric.attention(found) == ()


def test_the_nine_cells_have_their_names_and_texts_in_danish():
    """M7 and M8 word for word: names in the order of the matrix, and the text of the first and the last."""
    names = [translate("da", cell.name) for cell in CELLS]
    assert names == [
        *("Guldboblere", "Guld", "Superguld"),
        *("Sølvboblere", "Sølv", "Supersølv"),
        *("Bronzeboblere", "Bronze", "Superbronze"),
    ]
    assert translate("da", CELLS[0].about) == (
        "Kæmpekunder, der kun lægger en lille del af budgettet hos os, og som derfor kan blive meget, meget større"
    )
    assert translate("da", CELLS[8].about) == (
        "Meget små kunder, der lægger langt det meste af budgettet hos os, og som derfor næppe kan vokse yderligere"
    )
