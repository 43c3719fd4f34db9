"""Where the time went: the company's hours counted again from the YAML, and the edges of each table."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
import yaml

from sitegen import audience, records
from sitegen.metrics.windows import BITS, WINDOWS, split, windows
from sitegen.periods import Calendar
from sitegen.report import Context
from sitegen.reports.budget.metric import RESULTS as BUDGET
from sitegen.reports.portfolio.metric import RESULTS as PORTFOLIO
from sitegen.reports.time_use import aside, recent
from sitegen.reports.time_use.hours import TOP, project_rows, rest_rows
from sitegen.reports.time_use.kinds import quarter_rows
from sitegen.reports.time_use.metric import RESULTS
from sitegen.reports.time_use.windowed import TOTAL
from sitegen.results import Result
from sitegen.tables import Tables

ROOT = Path(__file__).parents[2] / "records"
AS_OF = dt.date(2026, 6, 30)


def computed(found: Any, viewer: str, as_of: dt.date) -> dict[str, Result]:
    """The report and those it looks at, as the viewer sees them."""
    seen = audience.restrict(found, viewer)
    context = Context(Tables(seen), as_of, seen.organisation, seen, Calendar.of(seen.organisation), viewer)
    for slug, metrics in (("budget", BUDGET), ("portfolio", PORTFOLIO), ("time_use", RESULTS)):
        for metric in metrics:
            result = metric.run(context, slug).for_audience(viewer)
            assert result.check() == [], (slug, metric.name)
            context.results[f"{slug}.{metric.name}"] = result
    return context.results


@cache
def company(viewer: str = "management") -> dict[str, Result]:
    return computed(records.read(ROOT).records, viewer, AS_OF)


def rows(name: str, viewer: str = "management") -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in company(viewer)[f"time_use.{name}"].rows.iter_rows(named=True)}


# --- counted again, in plain Python over the YAML


@cache
def plain() -> tuple[list[dict[str, Any]], dict[str, Any], dict[str, Any]]:
    """Every logged entry with its person, and the cards of people and projects, as YAML has them."""

    def read(path: Path) -> Any:
        return yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)

    people = {path.stem: read(path) for path in (ROOT / "time/people").glob("*.yml")}
    projects = {path.stem: read(path) for path in (ROOT / "time/projects").glob("*.yml")}
    entries = []
    for path in (ROOT / "time/weeks").glob("*/*.yml"):
        for entry in (read(path) or {}).get("logged") or ():
            if entry["date"] <= AS_OF:
                minutes = minutes_of(str(entry["hours"]))
                entries.append({**entry, "person": path.parent.name, "minutes": minutes})
    return entries, people, projects


def minutes_of(hours: str) -> int:
    """`1.5` or `3h15m` in whole minutes."""
    whole, clock, minutes = hours.partition("h")
    return int(whole) * 60 + int(minutes.rstrip("m") or 0) if clock else round(Fraction(hours) * 60)


def held(value: Any, day: dt.date) -> Any:
    """What a plain or dated value of the YAML was on a day."""
    if not (isinstance(value, dict) and value and all(isinstance(key, dt.date) for key in value)):
        return value
    past = [key for key in value if key <= day]
    return value[max(past)] if past else None


DAYS = {
    # the thirteen weeks to Sunday 28 June begin on Monday 30 March
    "weeks": (dt.date(2026, 3, 30), dt.date(2026, 6, 28)),
    "month": (dt.date(2026, 6, 1), dt.date(2026, 6, 30)),
    "quarter": (dt.date(2026, 4, 1), dt.date(2026, 6, 30)),
    "year": (dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
}


@pytest.mark.parametrize("window", WINDOWS)
def test_hours_and_cost_of_the_company_are_those_of_a_plain_count_t1_t2_t4_t8(window: str) -> None:
    """T1, T2, T4, T8, F1: Σ minutes and Σ minutes × the rate of the day, by project, task, person and department."""
    entries, people, projects = plain()
    first, last = DAYS[window]
    found: dict[str, dict[str, Any]] = {name: defaultdict(lambda: [0, Fraction(0)]) for name in TOP}
    for entry in entries:
        if not first <= entry["date"] <= last:
            continue
        person = people[entry["person"]]
        rate = held(person.get("internal_rate"), entry["date"])
        cost = Fraction(entry["minutes"], 60) * rate * 100 if rate is not None else Fraction(0)
        keys = {
            "projects": entry["project"],
            "tasks": f"{entry['project']}/{entry.get('task') or '-'}",
            "people": entry["person"],
            "departments": held(person["department"], entry["date"]) or "-/-",
        }
        for name, key in keys.items():
            found[name][key][0] += entry["minutes"]
            found[name][key][1] += cost
    for name, sums in found.items():
        table = rows(name)
        assert {key for key, row in table.items() if row[window]} - {TOTAL} == set(sums)
        for key, (minutes, cost) in sums.items():
            assert table[key][window] == minutes
            assert table[key][f"{window}_internal"] == pytest.approx(float(cost))


def test_projects_tasks_people_and_departments_have_the_same_grand_total_t26() -> None:
    """T26: one cube, four ways to turn it; in each the rows add up to the total, and the totals are equal."""
    for window in WINDOWS:
        totals = set()
        for name in TOP:
            table = rows(name)
            assert sum(row[window] for key, row in table.items() if key != TOTAL) == table[TOTAL][window]
            totals.add(table[TOTAL][window])
        assert totals == {rows("periods")[window]["minutes"]}


def test_own_goals_by_quarter_are_a_plain_count_of_the_reporting_department_p4_f7() -> None:
    """P4, P10, T34, F7: own ÷ (own + other departments) of the hours of who was in marketing on the day."""
    entries, people, projects = plain()
    quarters = {"2025-Q2": (2025, 4), "2025-Q4": (2025, 10), "2026-Q1": (2026, 1), "2026-Q2": (2026, 4)}
    for name, (year, month) in quarters.items():
        sums: dict[Any, int] = defaultdict(int)
        for entry in entries:
            day = entry["date"]
            if (day.year, (day.month - 1) // 3 * 3 + 1) != (year, month):
                continue
            if held(people[entry["person"]]["department"], day) == "marketing":
                for fact in ("serves", "type", "work"):
                    sums[held(projects[entry["project"]].get(fact), day)] += entry["minutes"]
        row = rows("quarters")[name]
        assert (row["own"], row["service"]) == (sums["own-goals"], sums["other-departments"])
        assert row["own_share"] == sums["own-goals"] / (sums["own-goals"] + sums["other-departments"])
        assert (row["investment"], row["operations"]) == (sums["investment"], sums["operations"])
        assert (row["development"], row["maintenance"]) == (sums["development"], sums["maintenance"])


def test_investment_stands_beside_the_target_that_the_department_had_that_quarter_p10() -> None:
    """P10: the target that held on the quarter's last day, 10 % in 2025 and 20 % in 2026."""
    wanted = yaml.load((ROOT / "organisation.yml").read_text("utf-8"), yaml.CSafeLoader)["departments"]["marketing"]
    lasts = {"2025-Q4": dt.date(2025, 12, 31), "2026-Q1": dt.date(2026, 3, 31), "2026-Q2": dt.date(2026, 6, 30)}
    for quarter, last in lasts.items():
        row = rows("quarters")[quarter]
        assert row["investment_target"] == int(held(wanted["time_for_investment"], last).rstrip("%")) / 100
        assert row["investment_share"] == row["investment"] / (row["investment"] + row["operations"])
    assert len({rows("quarters")[quarter]["investment_target"] for quarter in lasts}) == 2


def test_without_a_target_or_a_reporting_department_there_is_none_p10(tmp_path: Path) -> None:
    """P10: 30 % from 1 June 2026 holds for 2026-Q2 and not before; nobody's where no department reports."""
    said = ORGANISATION.replace("{name: Marketing}", "{name: Marketing, time_for_investment: {2026-06-01: 30%}}")
    found = folder(tmp_path, {"organisation.yml": said + "reporting_department: marketing\n"})
    table = computed(found, "marketing", AS_OF)["time_use.quarters"].rows.select("key", "investment_target")
    assert dict(table.iter_rows())["2026-Q2"] == 0.3
    assert dict(table.iter_rows())["2026-Q1"] is None
    found = folder(tmp_path, {"organisation.yml": said})
    table = computed(found, "marketing", AS_OF)["time_use.quarters"].rows
    assert table["investment_target"].to_list() == [None] * 5


def test_kinds_and_what_is_not_said_add_up_to_all_hours_t34() -> None:
    """T34: operations + investment = all; own goals + others' + not said = all (G8)."""
    kinds = rows("kinds")
    for window in WINDOWS:
        for aspect in ("type", "serves", "work"):
            total = sum(row[window] for row in kinds.values() if row["aspect"] == aspect)
            assert total == rows("projects")[TOTAL][window]


def test_a_project_that_changed_its_type_has_hours_of_both_kinds_t3_t11(tmp_path: Path) -> None:
    """T3, T11: an investment until 1 June, operations from then: 2 h of May are investment, 3 h of June operations."""
    card = "name: Web\ntype: {2026-01-01: investment, 2026-06-01: operations}\nstart: 2026-01-01\nend: 2026-12-31\n"
    found = folder(
        tmp_path,
        {
            "time/projects/web.yml": card + "budget: [{on: 2026-01-01, hours: 50, why: New}]\n",
            "time/weeks/ana/2026-W22.yml": "logged: [{date: 2026-05-27, project: web, hours: 2}]\n",
            "time/weeks/ana/2026-W23.yml": "logged: [{date: 2026-06-02, project: web, hours: 3}]\n",
        },
    )
    results = computed(found, "management", AS_OF)
    kinds = dict(results["time_use.kinds"].rows.select("key", "weeks").iter_rows())
    assert (kinds["type/investment"], kinds["type/operations"]) == (120, 180)
    card_row = results["portfolio.projects"].rows.row(0, named=True)
    assert (card_row["type"], str(card_row["start"]), str(card_row["end"])) == (
        "operations",
        "2026-01-01",
        "2026-12-31",
    )


def test_hours_on_a_phase_are_its_own_line_and_nothing_is_counted_twice_t14(tmp_path: Path) -> None:
    """T14: 3 h directly on the phase and 2 h on its task: two lines here, 5 h with 3 h direct on the project's page."""
    tree = "tasks:\n  a:\n    name: A\n    tasks: {b: {name: B}}\n"
    week = "logged:\n  - {date: 2026-06-22, project: seo, task: a, hours: 3}\n"
    week += "  - {date: 2026-06-22, project: seo, task: b, hours: 2}\n"
    found = folder(tmp_path, {"time/projects/seo.yml": SEO + tree, "time/weeks/ana/2026-W26.yml": week})
    results = computed(found, "management", AS_OF)
    lines = {row["key"]: row for row in results["time_use.tasks"].rows.iter_rows(named=True)}
    assert {key: row["weeks"] for key, row in lines.items()} == {"seo/a": 180, "seo/b": 120, TOTAL: 300}
    assert (lines["seo/a"]["place"], lines["seo/b"]["place"]) == ("phase", "task")
    phase = next(row for row in results["budget.tasks"].rows.iter_rows(named=True) if row["key"] == "seo/a")
    assert (phase["used"], phase["direct"]) == (300, 180)


# --- windows


def test_the_weeks_go_over_the_new_year_and_week_53_t27() -> None:
    """T27: 2026 has 53 weeks. On Sunday 10 January 2027 the complete weeks are 2026-W42 to W53 and 2027-W01."""
    found = windows(dt.date(2027, 1, 10))
    assert (found["weeks"].start, found["weeks"].last) == (dt.date(2026, 10, 12), dt.date(2027, 1, 10))
    assert found["weeks"].start.isocalendar()[:2] == (2026, 42)
    assert (found["month"].period, found["quarter"].period, found["year"].period) == ("2026-12", "2026-Q4", "2026")


def test_on_a_saturday_the_week_that_is_running_is_not_counted() -> None:
    """Saturday 27 June 2026: the last complete week ended on Sunday 21 June, the last complete month is May."""
    found = windows(dt.date(2026, 6, 27))
    assert (found["weeks"].last, found["month"].period) == (dt.date(2026, 6, 21), "2026-05")


# --- who may see it


def test_marketing_sees_departments_for_others_and_no_internal_cost() -> None:
    """Hours of people outside marketing come as their department; a cost beside hours would reveal a rate."""
    people = set(rows("people", "marketing"))
    assert {"mette", "dept-sales", "dept-development"} <= people
    assert not {"jonas", "oskar"} & people
    assert not company("marketing")["time_use.projects"].has("weeks_internal")
    assert company("marketing")["time_use.projects"].has("weeks_standard")
    assert rows("people", "marketing")[TOTAL]["weeks"] == rows("projects", "marketing")[TOTAL]["weeks"]
    assert not any("dept-" in key for key in rows("coarse", "marketing"))


def test_everyone_has_no_such_report() -> None:
    """Logged hours are for marketing and management (safety.md)."""
    from sitegen.reports.time_use import REPORT

    assert REPORT.audience == "marketing"
    assert len(Tables(audience.restrict(records.read(ROOT).records, "everyone"))["logged"]) == 0


# --- the page's length


def spent(count: int) -> pl.DataFrame:
    """`count` projects with one hour each in every window, without a rate."""
    sums = {"minutes": 60, "unpriced": 60, "cost_60": 0, "unstandard": 60, "standard_60": 0}
    return pl.DataFrame(
        [
            {"windows": sum(BITS.values()), "project": f"p{place:03d}", "task": None, "person": "ana"} | sums
            for place in range(count)
        ]
    )


def with_texts(table: Any) -> pl.DataFrame:
    """A table as a `finish` gets it."""
    return pl.DataFrame(table).with_columns(pl.col(pl.Categorical).cast(pl.String))


def test_what_is_not_shown_line_by_line_is_one_sum() -> None:
    """30 projects of one hour: 12 are on the page, the other 18 are 18 h of 30 h = 60 %; without a rate no cost."""
    tables = Tables(records.read(ROOT / "nothing").records)
    projects = project_rows(split(spent(30)), with_texts(tables["projects"]), tables["external_costs"], AS_OF)
    empty = Result("", (), projects.clear())
    given = {f"time_use.{name}": empty for name in TOP} | {"time_use.projects": Result("projects", (), projects)}
    row = rest_rows(given).row(0, named=True)
    assert (row["lines"], row["weeks"], row["weeks_share"]) == (18, 18 * 60, 0.6)
    assert (row["weeks_internal"], row["weeks_internal_why"]) == (None, "no-rate")


def test_an_hour_before_the_first_rate_is_counted_and_costs_nothing_known_t1() -> None:
    """T1: of two hours one has a rate of 500 kr.: 120 minutes, 60 without a rate, 500 kr.; with none: no-rate."""
    sums = {"minutes": 120, "unpriced": 60, "cost_60": 60 * 50_000, "unstandard": 0, "standard_60": 120 * 42_000}
    worked = pl.DataFrame([{"windows": 1, "project": "seo", "task": None, "person": "ana"} | sums])
    tables = Tables(records.read(ROOT / "nothing").records)
    row = project_rows(split(worked), with_texts(tables["projects"]), tables["external_costs"], AS_OF).row(
        0, named=True
    )
    assert (row["weeks"], row["weeks_internal"], row["weeks_standard"]) == (120, 50_000, 84_000)


# --- weekly targets


ORGANISATION = "name: T\ncountry: DK\ncurrency: DKK\nlanguages: [en]\ndepartments: {marketing: {name: Marketing}}\n"


def folder(path: Path, files: dict[str, str]) -> Any:
    """The records of a small company; the reader finds nothing wrong."""
    files = {"organisation.yml": ORGANISATION} | files
    files.setdefault("time/people/ana.yml", "name: Ana Holm\nweekly_hours: 37\n")
    for name, text in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text, encoding="utf-8")
    read = records.read(path)
    assert [str(problem) for problem in read.problems] == []
    return read.records


def targets(path: Path, project: str, weeks: dict[str, str], as_of: dt.date) -> dict[str, dict[str, Any]]:
    found = folder(path, {"time/projects/seo.yml": project} | {f"time/weeks/ana/{w}.yml": t for w, t in weeks.items()})
    results = computed(found, "management", as_of)
    return {row["key"]: row for row in results["time_use.targets"].rows.iter_rows(named=True)}


SEO = "name: SEO\ntype: operations\nstart: 2026-01-01\n"


def test_a_target_of_ten_hours_that_got_three_needs_a_decision_t15(tmp_path: Path) -> None:
    """T15: target 10 h since Monday 22 June; W26 (22–28 June) got 3 h: 3 of 10 = 30 %, and nothing was decided."""
    logged = {"2026-W26": "logged: [{date: 2026-06-23, project: seo, hours: 3}]\n"}
    card = SEO + "weekly_target_hours: {2026-06-22: 10}\n"
    row = targets(tmp_path, card, logged, AS_OF)["seo/-"]
    assert (row["weeks"], row["mean"], row["attained"], row["state"]) == (1, 180, 0.3, "under")
    assert row["undecided"] == "yes"


def test_a_little_below_its_target_is_a_note_far_below_a_warning_t15(tmp_path: Path) -> None:
    """Target 10 h: 8.5 h are 85 %, which needs a look; 7 h are 70 %, under three quarters, and need a decision."""
    card = SEO + "weekly_target_hours: {2026-06-22: 10}\n"
    for hours, severity in ((8.5, "note"), (7, "warning")):
        week = f"logged: [{{date: 2026-06-23, project: seo, hours: {hours}}}]\n"
        found = folder(tmp_path / severity, {"time/projects/seo.yml": card, "time/weeks/ana/2026-W26.yml": week})
        told = aside.attention({"targets": computed(found, "management", AS_OF)["time_use.targets"]})
        assert [item.severity for item in told] == [severity]


def test_a_task_has_the_decision_of_its_project_t15(tmp_path: Path) -> None:
    """Links has a target of its own and got nothing: what was decided of SEO on 29 June holds for it too."""
    card = SEO + "target_decision: {on: 2026-06-29, decision: outsource}\n"
    card += "tasks:\n  links: {name: Links, weekly_target_hours: 10}\n"
    row = targets(tmp_path, card, {}, AS_OF)["seo/links"]
    assert (row["state"], row["decision"], row["undecided"]) == ("under", "outsource", "no")


def test_a_decision_counts_from_its_day_on(tmp_path: Path) -> None:
    """Decided on 29 June: on the 28th it still needs a decision, on the 30th it has one."""
    logged = {"2026-W26": "logged: [{date: 2026-06-23, project: seo, hours: 3}]\n"}
    card = SEO + "weekly_target_hours: 10\ntarget_decision: {on: 2026-06-29, decision: outsource, why: Busy}\n"
    before = targets(tmp_path, card, logged, dt.date(2026, 6, 28))["seo/-"]
    assert (before["decision"], before["undecided"]) == (None, "yes")
    after = targets(tmp_path, card, logged, AS_OF)["seo/-"]
    assert (after["decision"], after["why"], after["undecided"]) == ("outsource", "Busy", "no")


def test_a_target_that_changes_in_mid_week_counts_from_the_next_monday(tmp_path: Path) -> None:
    """10 h until Wednesday 24 June, 4 h from then: W26 began with 10 h, and 10 h were done: on target."""
    logged = {"2026-W26": "logged: [{date: 2026-06-23, project: seo, hours: 10}]\n"}
    card = "name: SEO\ntype: operations\nstart: 2026-06-22\nweekly_target_hours: {2026-01-01: 10, 2026-06-24: 4}\n"
    row = targets(tmp_path, card, logged, AS_OF)["seo/-"]
    assert (row["wanted"], row["state"], row["target"]) == (600, "met", 240)


def test_hours_on_the_tasks_under_it_count_for_a_tasks_target(tmp_path: Path) -> None:
    """A phase with 5 h a week: 3 h on it and 2 h on its task are 5 h; 4 h elsewhere in the project are not its."""
    card = SEO.replace("01-01", "06-22") + (
        "tasks:\n  a:\n    name: A\n    weekly_target_hours: 5\n    tasks: {b: {name: B}}\n  c: {name: C}\n"
    )
    logged = {
        "2026-W26": "logged:\n  - {date: 2026-06-22, project: seo, task: a, hours: 3}\n"
        "  - {date: 2026-06-22, project: seo, task: b, hours: 2}\n"
        "  - {date: 2026-06-22, project: seo, task: c, hours: 4}\n"
    }
    row = targets(tmp_path, card, logged, AS_OF)["seo/a"]
    assert (row["actual"], row["wanted"], row["undecided"]) == (300, 300, "no")


# --- too coarse


def coarse(lines: list[tuple[str, str | None, int, int]], limit: int = 2500) -> list[str]:
    """Keys of what is too coarse, of (project, task, week from 1, minutes) of Ana in marketing."""
    monday = dt.date(2026, 3, 30)
    worked = pl.DataFrame(
        [(p, t, monday + dt.timedelta(weeks=w - 1), "ana", "marketing", m) for p, t, w, m in lines],
        schema=recent.RECENT,
        orient="row",
    )
    tables = Tables(records.read(ROOT / "nothing").records)
    facts = {"project": "seo", "task": "phase", "name": "Phase", "leaf": False}
    tasks = pl.DataFrame([{**dict.fromkeys(tables["tasks"].columns), **facts}], schema=tables["tasks"].schema)
    tasks = tasks.cast({pl.Categorical: pl.String})
    organisation = SimpleNamespace(warn_when=SimpleNamespace(coarse_task_share=limit), departments={})
    found = recent.coarse_rows(worked, tables["projects"], tasks, organisation, SimpleNamespace(people={}))
    return [key for key in found["key"] if "/person/" in key]


def test_a_task_over_a_quarter_of_somebodys_hours_is_too_coarse_t16() -> None:
    """T16: a has 26 of 100 minutes, b exactly 25, the phase's own 49 are no task without subtasks."""
    lines = [("seo", "a", 1, 26), ("seo", "b", 2, 25), ("seo", "phase", 3, 49), ("x", None, 4, 0)]
    assert coarse(lines) == ["seo/a/person/ana"]


def test_three_weeks_of_hours_are_no_habit() -> None:
    """All hours on one task, in three weeks: left out; in four weeks it is told. The whole project counts as a task."""
    assert coarse([("seo", None, week, 60) for week in (1, 2, 3)]) == []
    assert coarse([("seo", None, week, 60) for week in (1, 2, 3, 4)]) == ["seo/-/person/ana"]


# --- set aside


def set_aside(path: Path, files: dict[str, str], as_of: dt.date = AS_OF) -> dict[str, dict[str, Any]]:
    results = computed(folder(path, files), "management", as_of)
    return {row["key"]: row for row in results["time_use.aside"].rows.iter_rows(named=True)}


def test_a_project_that_has_not_begun_is_not_set_aside_t5(tmp_path: Path) -> None:
    """T5: begun on 1 January and never worked on: 25 weeks. One that begins in August is not set aside."""
    found = set_aside(
        tmp_path,
        {"time/projects/seo.yml": SEO, "time/projects/fair.yml": SEO.replace("SEO", "Fair").replace("01-01", "08-01")},
    )
    assert list(found) == ["seo/-"]
    assert (found["seo/-"]["reason"], found["seo/-"]["weeks_since"]) == ("untouched", 25)


def test_work_that_was_booked_and_not_done_in_four_weeks_is_set_aside_t5(tmp_path: Path) -> None:
    """T5: 5 h booked in W25 and none logged in W23–W26, though an hour this Monday shows that it is not forgotten."""
    files = {
        "time/projects/seo.yml": SEO,
        "time/weeks/ana/2026-W25.yml": "booked: [{project: seo, hours: 5}]\n",
        "time/weeks/ana/2026-W27.yml": "logged: [{date: 2026-06-29, project: seo, hours: 1}]\n",
    }
    found = set_aside(tmp_path, files)
    assert (found["seo/-"]["reason"], found["seo/-"]["booked"], found["seo/-"]["weeks_since"]) == ("not-done", 300, 0)
    files["time/weeks/ana/2026-W24.yml"] = "logged: [{date: 2026-06-10, project: seo, hours: 1}]\n"
    assert set_aside(tmp_path, files) == {}


def test_a_task_that_is_done_is_not_set_aside(tmp_path: Path) -> None:
    """Both tasks began on 1 March and have no hours; one is done. The project itself had an hour yesterday."""
    card = SEO + "tasks:\n  a: {name: A, from: 2026-03-01, done: 100%}\n  b: {name: B, from: 2026-03-01}\n"
    week = "logged: [{date: 2026-06-29, project: seo, hours: 1}]\n"
    found = set_aside(tmp_path, {"time/projects/seo.yml": card, "time/weeks/ana/2026-W27.yml": week})
    assert list(found) == ["seo/b"]


# --- the company's stories


def test_search_engine_work_is_far_below_its_target_and_its_decision_is_shown_t15() -> None:
    """T15: SEO is to have ten hours a week; in May it was decided to buy the work outside."""
    row = rows("targets")["seo/-"]
    assert (row["target"], row["state"], row["decision"]) == (600, "under", "outsource")
    assert row["mean"] < 120
    assert rows("aside")["seo/-"]["reason"] == "untouched"


def test_what_is_late_over_budget_or_undecided_is_in_one_list_t60() -> None:
    """T60: every open project that is late or over its hours in the portfolio, undecided or set aside, and no other."""
    portfolio = company()["portfolio.projects"].rows.filter(pl.col("state") == "open")
    late = portfolio.filter((pl.col("schedule") == "late") | pl.col("outlook").is_in(["over", "will-exceed"]))
    undecided = {key.partition("/")[0] for key, row in rows("targets").items() if row["undecided"] == "yes"}
    alone = {key.partition("/")[0] for key in rows("aside") if key.endswith("/-")}
    assert set(rows("follow_up")) == set(late["key"]) | undecided | alone
    assert "website" in rows("follow_up")


def test_what_needs_a_decision_is_told_on_the_first_page() -> None:
    """One matter for each target that is not met and about which nothing was decided."""
    results = {name.removeprefix("time_use."): result for name, result in company().items() if name.startswith("time_")}
    told = {item.page[1] for item in aside.attention(results)}
    assert told == {key.partition("/")[0] for key, row in rows("targets").items() if row["undecided"] == "yes"}
    assert told


def test_a_quarter_without_a_channel_that_promised_anything_has_no_agreed_share() -> None:
    """No strategy: the agreed share is undefined (no-cases), never 0."""
    nothing = pl.DataFrame(schema={"month": pl.Date, "department": pl.String, "minutes": pl.Int64})
    found = quarter_rows(nothing, AS_OF, None, SimpleNamespace(strategy=None))
    assert found["agreed_low"].to_list() == [None] * 5
    assert set(found["agreed_low_why"]) == {"no-cases"}
