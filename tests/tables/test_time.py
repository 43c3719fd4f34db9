"""The time tables from a small folder of records written by hand."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from sitegen import records
from sitegen.periods import FAR
from sitegen.tables import time
from sitegen.tables.spans import BEGINNING, held_on, spans

DAY = dt.date
FILES = {
    "organisation.yml": """
name: Test A/S
country: DK
currency: DKK
languages: [da]
departments: {marketing: {name: Marketing}, sales: {name: Salg}}
working_days: [mon, tue, wed, thu, fri]
standard_rate: {2026-01-01: 420}
suppliers: {nordlink: Nordlink}
""",
    "time/people/ana.yml": """
name: Ana
employed: {from: 2025-01-01, to: 2026-06-30}
department: {2025-01-01: marketing, 2026-03-01: sales}
weekly_hours: {2025-01-01: 37, 2026-05-01: 30}
working_days: {2026-05-01: [mon, tue, wed, thu]}
internal_rate: {2026-01-01: 400.50}
""",
    "time/projects/seo.yml": """
name: SEO
type: {2025-01-01: investment, 2026-04-01: operations}
start: 2025-01-01
end: 2026-12-31
priority: {level: 2, why: x}
tasks:
  analysis:
    name: Analyse
    tasks:
      keywords: {name: Søgeord, budget_hours: 1.5, done: {2026-03-31: 60%}}
  links: {name: Links, done: 10%}
budget:
  - {on: 2025-01-01, hours: 100, external_cost: 30000, end: 2026-10-31, why: Oprettet}
  - {on: 2026-04-10, per: month, hours: 10, why: Drift}
external_costs:
  - {date: 2026-03-14, supplier: nordlink, amount: 12500, task: links, invoice: "2214"}
ordered:
  - {on: 2026-03-01, supplier: nordlink, amount: 20000, invoiced: ["2214", "2215"]}
  - {on: 2026-03-02, supplier: nordlink, amount: 5}
quotes: [{on: 2026-02-02, supplier: nordlink, hourly_rate: 950}]
deadlines: [{date: 2026-10-31, what: Navigation}]
""",
    "time/weeks/ana/2026-W01.yml": """
booked:
  - {project: seo, task: keywords, hours: 6}
  - {project: seo, hours: 2, added: 2025-12-30, instead: {decision: moved, to: 2026-W03, why: x}}
logged:
  - {date: 2025-12-31, project: seo, task: keywords, hours: 2.5}
  - {date: 2026-01-01, project: seo, hours: 1h5m, asked_by: sales}
absent:
  - {date: 2026-01-02, reason: holiday}
""",
    "time/weeks/ana/2026-W09.yml": """
logged:
  - {date: 2026-02-28, project: seo, hours: 1}
  - {date: 2026-03-01, project: seo, hours: 1}
""",
}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> records.Records:
    root = tmp_path_factory.mktemp("records")
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text.lstrip(), encoding="utf-8")
    found = records.read(root)
    assert list(found.problems) == []
    return found.records


@pytest.fixture(scope="module")
def tables(read: records.Records) -> dict[str, pl.DataFrame]:
    return {table.name: table.build(read) for table in time.TABLES}


def test_every_table_has_exactly_the_columns_it_documents_in_the_allowed_types(tables: dict[str, pl.DataFrame]) -> None:
    """Int64, Date, Bool and String only, also where each text is kept once: what every engine reads alike."""
    for table in time.TABLES:
        frame = tables[table.name]
        assert frame.columns == list(table.columns), table.name
        kinds = {pl.String if kind == pl.Categorical else kind for kind in frame.dtypes}
        assert kinds <= {pl.Int64, pl.Date, pl.Boolean, pl.String}, table.name
        assert all(meaning.strip() for meaning in table.columns.values()), table.name


def test_logged_hours_have_their_week_month_and_the_department_of_the_day(tables: dict[str, pl.DataFrame]) -> None:
    """31 December 2025 lies in week 1 of 2026 and in December; Ana moved to sales on 1 March, a Sunday of week 9."""
    rows = tables["logged"].sort("day").rows(named=True)
    found = [(row["day"], row["week"], row["month"], row["department"], row["minutes"]) for row in rows]
    assert found == [
        (DAY(2025, 12, 31), DAY(2025, 12, 29), DAY(2025, 12, 1), "marketing", 150),
        (DAY(2026, 1, 1), DAY(2025, 12, 29), DAY(2026, 1, 1), "marketing", 65),
        (DAY(2026, 2, 28), DAY(2026, 2, 23), DAY(2026, 2, 1), "marketing", 60),
        (DAY(2026, 3, 1), DAY(2026, 2, 23), DAY(2026, 3, 1), "sales", 60),
    ]
    assert {row["source"] for row in rows} == {"time/weeks/ana/2026-W01.yml", "time/weeks/ana/2026-W09.yml"}
    assert rows[1]["asked_by"] == "sales" and rows[0]["line"] == 5


def test_a_booked_week_belongs_to_the_month_of_its_thursday(tables: dict[str, pl.DataFrame]) -> None:
    """Week 1 of 2026 begins on 29 December; its Thursday is 1 January."""
    plan, added = sorted(tables["booked"].rows(named=True), key=lambda row: -row["minutes"])
    assert (plan["week"], plan["month"], plan["task"]) == (DAY(2025, 12, 29), DAY(2026, 1, 1), "keywords")
    assert (added["added"], added["decision"], added["to_week"]) == (DAY(2025, 12, 30), "moved", DAY(2026, 1, 12))


def test_a_rate_covers_all_time_and_is_unknown_before_its_first_day(tables: dict[str, pl.DataFrame]) -> None:
    """Without the span before the first rate, hours worked then would vanish in the join."""
    assert tables["rates"].rows() == [
        ("ana", BEGINNING, DAY(2026, 1, 1), None),
        ("ana", DAY(2026, 1, 1), FAR, 40_050),
    ]
    assert tables["standard_rates"].rows()[-1] == (DAY(2026, 1, 1), FAR, 42_000)


def test_a_contract_is_cut_wherever_one_of_its_facts_changes(tables: dict[str, pl.DataFrame]) -> None:
    """Employed, moved, part time, left: each begins a stretch of its own; the last day of work is still employed."""
    rows = {row["since"]: row for row in tables["contracts"].rows(named=True)}
    assert list(rows) == [BEGINNING, DAY(2025, 1, 1), DAY(2026, 3, 1), DAY(2026, 5, 1), DAY(2026, 7, 1)]
    assert [row["employed"] for row in rows.values()] == [False, True, True, True, False]
    assert rows[DAY(2026, 5, 1)]["weekly_minutes"] == 1800
    assert rows[DAY(2026, 5, 1)]["working_days"] == "mon,tue,wed,thu"
    assert rows[DAY(2026, 3, 1)]["working_days"] == "mon,tue,wed,thu,fri"


def test_tasks_keep_their_place_and_a_phase_is_no_leaf(tables: dict[str, pl.DataFrame]) -> None:
    """The phase comes before its task, as in the file; hours become minutes."""
    rows = tables["tasks"].select("task", "parent", "level", "leaf", "budget_minutes").rows()
    assert rows == [
        ("analysis", None, 1, False, None),
        ("keywords", "analysis", 2, True, 90),
        ("links", None, 1, True, None),
    ]
    done = tables["task_done"].select("task", "day", "done_bp").rows()
    assert done == [("keywords", DAY(2026, 3, 31), 6000), ("links", BEGINNING, 1000)]


def test_baselines_costs_orders_and_offers_of_a_project(tables: dict[str, pl.DataFrame]) -> None:
    """Money in øre; an order has a row for each invoice, and one without is there too."""
    assert tables["budgets"].select("seq", "per", "minutes", "external_minor").rows() == [
        (0, "project", 6000, 3_000_000),
        (1, "month", 600, None),
    ]
    assert tables["external_costs"].select("task", "amount_minor", "invoice").rows() == [("links", 1_250_000, "2214")]
    assert tables["ordered"].select("seq", "amount_minor", "invoice").rows() == [
        (0, 2_000_000, "2214"),
        (0, 2_000_000, "2215"),
        (1, 500, None),
    ]
    assert tables["quotes"].select("fixed_minor", "hourly_minor").rows() == [(None, 95_000)]


def test_a_projects_dated_facts_are_known_day_by_day(tables: dict[str, pl.DataFrame]) -> None:
    """T11: investment until 31 March 2026, then operations; exactly one on each day."""
    types = tables["project_spans"].filter(pl.col("fact") == "type").select("since", "until", "value").rows()
    assert types == [
        (BEGINNING, DAY(2025, 1, 1), None),
        (DAY(2025, 1, 1), DAY(2026, 4, 1), "investment"),
        (DAY(2026, 4, 1), FAR, "operations"),
    ]
    assert tables["projects"]["priority"].to_list() == [2]


def test_a_plain_value_has_always_held() -> None:
    """The format's rule: a value that is not dated held before any date."""
    assert list(spans("x")) == [(BEGINNING, FAR, "x")]
    assert list(spans(None)) == [(BEGINNING, FAR, None)]
    assert held_on("x", DAY(1999, 1, 1)) == "x"
