"""The section of time on one page: every figure is that of the page it comes from, in order, and nothing is left to say
where all is fine.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from sitegen.audience import AUDIENCES
from sitegen.commands.build import entries
from sitegen.metrics.severity import CHIPS, OF_KIND, SEVERITIES
from sitegen.pages import Book
from sitegen.pipeline import Run
from sitegen.reports.time_now import REPORT
from sitegen.reports.time_now.points import KINDS

ROOT = Path(__file__).parents[2] / "records"
DAY = dt.date(2026, 6, 30)
ORGANISATION = "name: T\ncountry: DK\ncurrency: DKK\nlanguages: [en]\ndepartments: {marketing: {name: Marketing}}\n"
ANA = "name: Ana Holm\ndepartment: marketing\nweekly_hours: 37\ninternal_rate: 400\n"
SEO = "name: SEO\ntype: operations\ndepartment: marketing\nstart: 2026-01-01\n"
AS_BOOKED = (
    "planned: 2026-06-19\nbooked: [{project: seo, hours: 3}]\nlogged: [{date: 2026-06-23, project: seo, hours: 3}]\n"
)
"""Week 26: 3 h booked and done."""

FIGURES = {
    "over": {"hours": "used", "against": "budget", "over": "overrun"},
    "will-exceed": {"hours": "estimate", "against": "budget", "over": "estimate_over"},
    "late": {"day": "end", "amount": "weeks_since"},
    "alone": {"amount": "weeks_since"},
    "target": {"hours": "actual", "against": "wanted", "over": "missing", "amount": "weeks"},
    "near": {"hours": "used", "against": "budget"},
    "below": {"hours": "actual", "against": "wanted", "over": "missing", "amount": "weeks"},
    "no-budget": {"hours": "used"},
    "slipped": {"hours": "undecided", "amount": "open_bookings"},
    "unbooked": {"hours": "slipped", "day": "to_week"},
    "overbooked": {"hours": "booked", "against": "capacity", "over": "over", "day": "week"},
    "booked-away": {"hours": "booked", "against": "capacity", "over": "over", "day": "week"},
    "priority": {"hours": "mean", "against": "target", "day": "decided"},
    "waiting": {"amount": "weeks_since", "day": "decided"},
    "deadline": {"day": "day"},
    "idle": {},
    **dict.fromkeys(
        ("decided", "dearer", "old-offer", "over-target", "over-budget"),
        {name: name for name in ("hours", "over", "left", "own", "offer", "saving", "standard", "standard_saving")}
        | {"against": "limit"},
    ),
}
"""Of each kind: the figure here → the figure of the table that it names."""


@cache
def company(viewer: str) -> Run:
    return Run(ROOT, as_of=DAY, audience=viewer)


def small(folder: Path, files: dict[str, str], viewer: str = "management") -> Run:
    """A company of these files; the reader finds nothing wrong."""
    for name, text in ({"organisation.yml": ORGANISATION, "time/people/ana.yml": ANA} | files).items():
        path = folder / "records" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    run = Run(folder / "records", as_of=DAY, audience=viewer)
    assert [str(problem) for problem in run.problems if problem.severity == "error"] == []
    return run


def points(run: Run) -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in run.results["time_now.points"].rows.iter_rows(named=True)}


def now(run: Run) -> dict[str, Any]:
    (row,) = run.results["time_now.now"].rows.iter_rows(named=True)
    return row


def html(run: Run) -> str:
    book = Book(run, "en")
    own = run.of(REPORT)
    return unescape(book.page(REPORT, own, book.charts(REPORT, own)).html)


def page_of(run: Run, book: Book, slug: str) -> str:
    """The page of a report in the book's language."""
    report = book.by_slug[slug]
    own = run.of(report)
    return unescape(book.page(report, own, book.charts(report, own)).html)


def text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


# --- every figure is that of its own page


@pytest.mark.parametrize("viewer", AUDIENCES)
def test_every_figure_of_a_matter_is_that_of_the_table_and_row_it_names(viewer: str) -> None:
    """Whatever the reader may see: the same number as where it is followed, to the last digit."""
    run, seen = company(viewer), 0
    for key, row in points(run).items():
        (there,) = (one for one in run.results[row["source"]].rows.iter_rows(named=True) if one["key"] == row["line"])
        for own, column in FIGURES[row["kind"]].items():
            if row.get(own) is not None:
                assert row[own] == there[column], (key, own)
                seen += 1
    assert seen >= (20 if viewer != "everyone" else 1)


@pytest.mark.parametrize("viewer", AUDIENCES)
def test_the_headline_figures_are_those_of_their_own_reports(viewer: str) -> None:
    """Hours, plan kept, budgets, lent, free and delayed; what the reader may not see is not there at all."""
    run = company(viewer)
    row, results = now(run), run.results

    def of(table: str, key: str) -> dict[str, Any]:
        return next(one for one in results[table].rows.iter_rows(named=True) if one["key"] == key)

    assert (
        row["late"] == of("portfolio.total", "open")["late"]
        and row["open"] == of("portfolio.total", "open")["projects"]
    )
    assert row["overdue"] == results["resource_plan.deadlines"].rows["state"].to_list().count("overdue")
    assert row["budgets"] == of("budget.total", "budgeted")["projects"]
    if viewer == "everyone":
        assert {"logged", "adherence", "beyond", "lent", "free"} & set(row) == set()
        return
    month = results["booked_registered.months"].rows.row(0, named=True)
    assert [row[name] for name in ("month", "logged", "booked")] == [
        month[name] for name in ("month", "logged", "booked")
    ]
    assert row["adherence"] == of("booked_registered.total", "all")["adherence"]
    lending = of("lending.departments", "marketing")
    assert (row["lent"], row["borrowed"]) == (lending["lent"], lending["borrowed"])
    soon = of("resource_plan.total", "soon")
    assert (row["free"], row["capacity"]) == (soon["free"], soon["capacity"])
    projects = [one for one in results["budget.projects"].rows.iter_rows(named=True) if one["state"] == "open"]
    over = [one for one in projects if one["outlook"] in ("over", "will-exceed")]
    assert row["beyond"] == len(over)
    assert row["missing"] == pytest.approx(sum(one["estimate_over"] for one in over))  # none is over already


def test_the_page_shows_the_figures_that_the_result_holds() -> None:
    """Three groups, their matters in the order of the result, each with its link and the file that says it."""
    run = company("management")
    page = html(run)
    keys = re.findall(r'data-k="time_now\.points\.((?:stop|replan|buy)/[^"]+)\.\w+"', page)
    shown = list(dict.fromkeys(keys))[1:]  # the summary names the first
    wanted = [key for key, row in points(run).items() if row["kind"] != "idle"]
    assert [key for key in wanted if key in shown] == [key for key in shown if key in wanted]
    assert 'href="budget.html?find=Nyt%20website#projects"' in page and "time/projects/website.yml" in page
    assert "booked_registered.html#replan" in page and "make_or_buy.html?find=SEO-optimering#candidates" in page


@pytest.mark.parametrize("viewer", ["management", "marketing"])
def test_what_nobody_decided_on_stands_in_the_same_words_where_it_leads(viewer: str) -> None:
    """The hours and the number of last week's bookings, and each booking that was moved and not booked again."""
    run = company(viewer)
    book = Book(run, "en")
    there = sections(page_of(run, book, "booked_registered"))
    here = text(page_of(run, book, "time_now"))
    (said,) = re.findall(r"[\d.]+ h booked in week [^:]*are neither done nor decided on: \d+ bookings\.", here)
    assert said in there["replan"]
    moved = [row for row in points(run).values() if row["kind"] == "unbooked"]
    assert len(moved) == (1 if viewer == "management" else 0)
    for row in moved:
        link = f"booked_registered.html?find={quote(row['name'])}%20{quote(row['task'])}#unbooked"
        assert link in page_of(run, book, "time_now") and row["name"] in there["unbooked"]


@pytest.mark.parametrize("viewer", ["management", "marketing"])
def test_bookings_of_older_weeks_without_a_decision_are_told_with_their_hours_on_both_pages(viewer: str) -> None:
    """The hours and the number of those before last week: what is undecided in all thirteen, less last week's."""
    run = company(viewer)
    total = {row["key"]: row for row in run.results["booked_registered.total"].rows.iter_rows(named=True)}
    for name in ("undecided", "open_bookings"):
        assert total["older"][name] == total["all"][name] - total["last"][name] > 0
    book = Book(run, "en")
    here, there = (text(page_of(run, book, slug)) for slug in ("time_now", "booked_registered"))
    (said,) = re.findall(r"Older weeks have [\d.,]+ h more: \d+ bookings\.", here)
    hours, number = re.findall(r"[\d.,]*\d", said)
    assert said in there and f"{number} older bookings without a decision ({hours} h)" in there


def test_older_bookings_without_a_decision_are_told_where_last_week_has_none(tmp_path: Path) -> None:
    """Week 26 was done as booked; of week 24 5 h are neither done nor decided on."""
    budget = "budget: [{on: 2026-01-01, per: year, hours: 500, why: Created}]\n"
    week = "planned: 2026-06-05\nbooked: [{project: seo, hours: 5}]\n"
    files = {"time/weeks/ana/2026-W24.yml": week, "time/weeks/ana/2026-W26.yml": AS_BOOKED}
    run = small(tmp_path, {"time/projects/seo.yml": SEO + budget} | files)
    assert points(run)["replan/slipped/older"]["hours"] == 5 * 60
    book = Book(run, "en")
    for slug in ("time_now", "booked_registered"):
        said = text(page_of(run, book, slug))
        assert "Older weeks have 5.0 h that are neither done nor decided on: 1 booking." in said


def test_home_says_which_month_nothing_is_logged_of(tmp_path: Path) -> None:
    """3 h in week 26 and none before: they stand in the tile, and what is missing is the month to compare with."""
    run = small(tmp_path, {"time/projects/seo.yml": SEO, "time/weeks/ana/2026-W26.yml": AS_BOOKED})
    assert "Hours this month 3.0 h month before: nothing logged" in re.sub(
        r"\s+", " ", re.sub(r"<[^>]+>", " ", page_of(run, Book(run, "en"), "home"))
    )


def test_the_month_of_whole_weeks_names_its_days() -> None:
    """June 2026 is weeks 23 to 26, 1–28 June: week 27 has its Thursday in July."""
    run = company("management")
    named = {"da": "uge 23–26 (1.–28. jun.)", "en": "weeks 23–26 (1–28 Jun)", "nb": "uke 23–26 (1.–28. juni)"}
    for lang, said in named.items():
        book = Book(run, lang)
        for slug in ("time_now", "home"):
            assert said in text(page_of(run, book, slug)), (lang, slug)


def test_what_is_booked_from_another_week_on_has_another_heading() -> None:
    """The portfolio counts from the week after this one (F37), the resource plan this week and the twelve after it."""
    run = company("management")
    book = Book(run, "en")
    heads = {"portfolio": "Booked from week 28", "resource_plan": "Booked in weeks 27–39"}
    pages = {slug: text(page_of(run, book, slug)) for slug in heads}
    assert {slug: [head for head in heads.values() if head in pages[slug]] for slug in heads} == {
        slug: [head] for slug, head in heads.items()
    }
    assert "Booked ahead" not in pages["resource_plan"] and "From week 28 (6–12 Jul) on" in pages["portfolio"]


# --- who sees what


def test_everyone_sees_no_hours_no_money_and_no_person() -> None:
    """What is late is everybody's; hours, offers and who is booked too much fall out before anything is computed."""
    run = company("everyone")
    table = run.results["time_now.points"]
    assert {row["kind"] for row in points(run).values()} <= {"late", "deadline"}
    assert not any(table.has(name) for name in ("hours", "against", "over", "saving", "standard_saving", "supplier"))
    page = text(html(run))
    names = {person.name for person in company("management").records.people.values()}
    assert [name for name in names if name in page] == []
    assert not any(word in page for word in ("Buy outside", "Plan kept", "budget", "target", "Bookings"))


def test_what_work_costs_here_is_at_the_standard_rate_for_marketing_and_says_so() -> None:
    """The rest of the search engine work: only to management it is priced at what its hours have cost."""
    said = "Own hours are priced at the organisation's standard rate, not at what they cost."
    assert said in text(html(company("marketing")))
    assert said not in text(html(company("management")))


def test_only_management_sees_what_is_saved_at_the_true_rates() -> None:
    seen = company("marketing").results["time_now.points"]
    assert not seen.has("saving") and seen.has("standard_saving")
    assert company("management").results["time_now.points"].has("saving")


# --- first, and few


def test_it_is_the_first_of_its_section_and_computed_after_those_it_takes_from() -> None:
    """The navigation begins with it; a report that it asks comes before it in the order of computing."""
    run = company("management")
    order = [report.slug for report in run.reports]
    of_time = [entry.path for section, entry in entries(run, "en") if section == "time"]
    assert of_time[:2] == ["time_now.html", "budget.html"]
    assert {row["source"].partition(".")[0] for row in points(run).values()} <= set(order[: order.index("time_now")])


def test_home_s_hours_of_the_month_are_those_of_the_tile_that_it_leads_to() -> None:
    """To marketing, home shows the hours of all departments and this page its own department's: home says so."""
    run = company("management")
    month, row = run.results["home.hours"].rows.row(-1, named=True), now(run)
    there = [row[name] for name in ("month", "logged", "booked")]
    assert [month[name] for name in ("month", "hours", "booked")] == there
    for viewer, slug in (("management", "time_now"), ("marketing", "time_use")):
        run = company(viewer)
        home = page_of(run, Book(run, "en"), "home")
        assert f'<a href="{slug}.html">Hours this month</a>' in home
        assert ("· all departments" in home) is (viewer == "marketing")


def test_home_leads_there() -> None:
    run = company("management")
    book = Book(run, "en")
    home = next(report for report in run.reports if report.slug == "home")
    assert '<a href="time_now.html">Time at a glance</a>' in book.page(home, run.of(home), book.charts(home, {})).html


def test_the_rest_of_a_group_is_counted_with_a_link(tmp_path: Path) -> None:
    """Seven projects are past their end: five are shown, the longest overdue first, and two are counted."""
    files = {
        f"time/projects/p{n}.yml": f"name: P{n}\ntype: operations\nstart: 2026-06-15\nend: 2026-06-{15 + n}\n"
        for n in range(1, 8)
    }
    run = small(tmp_path, files)
    assert [row["name"] for row in points(run).values()] == [f"P{n}" for n in range(1, 8)]
    page = html(run)
    assert "P5 should have ended on 20 June 2026, 10 days ago." in text(page)
    assert "P6 should" not in page
    assert '2 more: <a href="portfolio.html#open">Project portfolio</a>' in page


def test_a_project_stands_once_under_what_to_decide_for_the_gravest_reason(tmp_path: Path) -> None:
    """Used 6 of 4 h and past its end on 10 June: it is over its budget; with 40 h it is past its end."""
    card = "name: Fair\ntype: investment\nstart: 2026-06-01\nend: 2026-06-10\n"
    week = "logged: [{date: 2026-06-09, project: fair, hours: 6}]\n"
    files = {"time/weeks/ana/2026-W24.yml": week}
    for hours, kind in ((4, "over"), (40, "late")):
        budget = f"budget: [{{on: 2026-06-01, hours: {hours}, why: Created}}]\n"
        run = small(tmp_path / kind, files | {"time/projects/fair.yml": card + budget})
        assert [key for key in points(run) if key.startswith("stop")] == [f"stop/{kind}/fair"]


# --- decisions


@pytest.mark.parametrize(
    ("decision", "wanted"),
    [
        (None, ["stop/target/seo/-"]),
        ("reprioritise", ["replan/priority/seo/-"]),
        ("outsource", ["buy/decided/seo/-/decided"]),
        ("accept", []),
    ],
)
def test_what_was_decided_is_carried_out_and_not_decided_again(
    tmp_path: Path, decision: str | None, wanted: list[str]
) -> None:
    """3 of 10 h in week 26. Undecided it is to be decided; else planned again, bought, or accepted: left in peace."""
    card = (
        SEO + "budget: [{on: 2026-01-01, per: year, hours: 500, why: Created}]\nweekly_target_hours: {2026-06-22: 10}\n"
    )
    if decision:
        card += f"target_decision: {{on: 2026-06-29, decision: {decision}}}\n"
    run = small(tmp_path, {"time/projects/seo.yml": card, "time/weeks/ana/2026-W26.yml": AS_BOOKED})
    assert list(points(run)) == wanted
    said = text(html(run))
    for kind, sentence in {
        "target": "SEO got 3.0 h of 10.0 h it should have had in 1 week.",
        "priority": "SEO was to get other priority; it still gets 3.0 h a week of 10.0 h.",
        "decided": "SEO is to be bought outside; no offer is written.",
    }.items():
        assert (sentence in said) == any(key.split("/")[1] == kind for key in wanted)


def test_an_offer_that_is_cheaper_is_to_be_bought_and_an_old_one_to_be_asked_for_again(tmp_path: Path) -> None:
    """3 of 100 h are used: the 97 h left are 38,800 kr. at 400 and at 350 an hour 33,950: 4,850 less. That of 2024 is
    over twelve months old. Nordlink's 30,000 for the whole is not for what is left: nothing is said of it.
    """
    card = SEO + "budget: [{on: 2026-01-01, hours: 100, why: Created}]\n"
    for day, kind, sentence in (
        ("2026-05-11", "dearer", "SEO is DKK 4,850 cheaper at Nordlink than here. " + HOURLY),
        (
            "2024-05-11",
            "old-offer",
            "SEO was DKK 4,850 cheaper at Nordlink on 11 May 2024: ask for a new price. " + HOURLY,
        ),
        ("2026-05-12", None, None),
    ):
        price = "hourly_rate: 350" if kind else "fixed_price: 30000"
        quote = f"quotes: [{{on: {day}, supplier: nordlink, {price}}}]\n"
        files = {"organisation.yml": ORGANISATION + "suppliers: {nordlink: Nordlink}\n"}
        files |= {"time/projects/seo.yml": card + quote, "time/weeks/ana/2026-W26.yml": AS_BOOKED}
        run = small(tmp_path / day, files)
        bought = [row for row in points(run).values() if row["group"] == "buy"]
        if kind is None or sentence is None:
            assert bought == []
            continue
        (found,) = bought
        assert (found["kind"], found["left"], found["own"]) == (kind, 97 * 60, 38_800_00)
        assert sentence in text(html(run)).replace("\xa0", " ")


UNKNOWN = "how many hours are left is unknown: more hours are used than were given."
LEFT = "The 97.0 h left (budget less used) cost DKK 38,800 here"
HOURLY = LEFT + " and DKK 33,950 at Nordlink."


@pytest.mark.parametrize(
    ("budget", "price", "said"),
    [
        (100, "hourly_rate: 950", f"{LEFT} and DKK 92,150 at Nordlink."),
        (100, "fixed_price: 95000", f"{LEFT}; Nordlink asks DKK 95,000 for the whole of the work."),
        (2, "hourly_rate: 950", f"Nordlink has made an offer by the hour; {UNKNOWN}"),
        (2, "fixed_price: 95000", f"Nordlink asks DKK 95,000 for the whole of the work; {UNKNOWN}"),
        (3, "hourly_rate: 950", "No hours are left (budget less used)."),
    ],
)
def test_what_was_decided_to_be_bought_is_the_rest_and_not_what_is_done(
    tmp_path: Path, budget: int, price: str, said: str
) -> None:
    """3 h at 400 are used of 100, 2 and 3: of 100 there are 97 to buy, 97 × 400 = 38,800 here, 97 × 950 = 92,150."""
    card = SEO + f"budget: [{{on: 2026-01-01, hours: {budget}, why: Created}}]\n"
    card += "weekly_target_hours: 10\ntarget_decision: {on: 2026-06-20, decision: outsource}\n"
    card += f"quotes: [{{on: 2026-05-11, supplier: nordlink, {price}}}]\n"
    files = {"organisation.yml": ORGANISATION + "suppliers: {nordlink: Nordlink}\n"}
    files |= {"time/projects/seo.yml": card, "time/weeks/ana/2026-W26.yml": AS_BOOKED}
    page = text(html(small(tmp_path, files))).replace("\xa0", " ")
    assert "SEO is to be bought outside. " + said in page
    dearer = "Outside is dearer: what is bought is time, not a lower price." in page
    assert dearer is (budget == 100 and price.startswith("hourly"))


@pytest.mark.parametrize("viewer", AUDIENCES)
def test_in_each_list_what_is_urgent_stands_before_warnings_and_those_before_notes(viewer: str) -> None:
    listed: dict[str, list[int]] = {}
    for row in points(company(viewer)).values():
        listed.setdefault(row["group"], []).append([*SEVERITIES].index(row["severity"]))
    assert listed and all(order == sorted(order) for order in listed.values())


@pytest.mark.parametrize(("hours", "shown"), [(43, False), (46, True)])
def test_a_little_more_than_its_weekly_target_is_no_matter_of_buying(tmp_path: Path, hours: int, shown: bool) -> None:
    """Target 10 h: in four weeks 43 h are 7.5 % too much, 46 h are 15 %; a tenth is let pass."""
    budget = "budget: [{on: 2026-01-01, per: year, hours: 2000, why: Created}]\n"
    card = SEO + budget + "weekly_target_hours: {2026-06-01: 10}\n"
    days = ("2026-06-02", "2026-06-09", "2026-06-16", "2026-06-23")
    weeks = {
        f"time/weeks/ana/2026-W{23 + n}.yml": f"logged: [{{date: {day}, project: seo, hours: {hours / 4}}}]\n"
        for n, day in enumerate(days)
    }
    run = small(tmp_path, {"time/projects/seo.yml": card, **weeks})
    assert ("buy/over-target/seo/-/over-target" in points(run)) is shown


# --- what to do


@pytest.mark.parametrize("viewer", AUDIENCES)
@pytest.mark.parametrize("lang", ["da", "en", "nb"])
def test_each_matter_says_what_can_be_done(viewer: str, lang: str) -> None:
    run = company(viewer)
    page = page_of(run, Book(run, lang), "time_now")
    matters = page.count('class="sg-attention__what"')
    said = [text(one).strip() for one in re.findall(r'<p class="sg-attention__so">(.*?)</p>', page)]
    assert len(said) == matters >= 3 and all(re.search(r"\w{3}.*\.", one) for one in said)


KEPT = "budget: [{on: 2026-01-01, per: year, hours: 2000, why: Created}]\n"
W28 = "planned: 2026-06-26\nbooked: [{project: seo, hours: 45}]\n"


MOVE = "Move bookings of 8.0 h to week %s, where 37.0 h are free, or give them to somebody with room."


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (28, MOVE % "29 (13–19 Jul)"),
        (30, MOVE % "31 (27 Jul–2 Aug)"),
        (39, "Give bookings of 8.0 h to somebody with room, or drop them: no week ahead has room for them."),
    ],
)
def test_who_has_too_much_booked_is_told_where_there_is_room(tmp_path: Path, until: int, said: str) -> None:
    """45 of 37 h in week 28: 8 too much; a week with 30 h has 7 free. The week before has room, and is no help."""
    files = {"time/projects/seo.yml": SEO + KEPT, "time/weeks/ana/2026-W28.yml": W28}
    for week in range(29, until + 1):
        files[f"time/weeks/ana/2026-W{week}.yml"] = W28.replace("45", "30")
    run = small(tmp_path, files)
    row = points(run)["replan/overbooked/ana/2026-W28"]
    assert (row["to_week"] is None) == said.startswith("Give")
    assert said in text(html(run)).replace("\xa0", " ")


# --- to decide and to buy


DAYS = ("2026-06-02", "2026-06-09", "2026-06-16", "2026-06-23")


def spent(hours: float, task: str = "") -> dict[str, str]:
    """So many hours a week in the last four."""
    return {
        f"time/weeks/ana/2026-W{23 + n}.yml": f"logged: [{{date: {day}, project: seo, hours: {hours}{task}}}]\n"
        for n, day in enumerate(DAYS)
    }


def test_a_project_to_be_decided_about_that_takes_more_than_its_target_stands_once(tmp_path: Path) -> None:
    """40 of 30 h used, and 10 h a week of 5: over its budget, and above its target; it is not to be bought as well."""
    card = SEO + "budget: [{on: 2026-01-01, hours: 30, why: Created}]\nweekly_target_hours: {2026-06-01: 5}\n"
    run = small(tmp_path, {"time/projects/seo.yml": card} | spent(10))
    found = points(run)
    assert [(key, row["also"]) for key, row in found.items()] == [("stop/over/seo", "over-target")]
    page = text(html(run))
    assert "Also: above its weekly target in the last four weeks." in page
    assert "1 more stands under “Stop or decide” alone: that comes first." in page
    buy = next(row for row in run.results["time_now.groups"].rows.iter_rows(named=True) if row["key"] == "buy")
    assert (buy["within"], buy["settled"], buy["first"]) == (0, 0, 1)


@pytest.mark.parametrize(
    ("of_task", "here", "there"),
    [
        (
            True,
            "Of it, under “Buy outside”: Texts.",
            "The project stands under “Stop or decide” too: decide there first.",
        ),
        (
            False,
            "It stands under “Buy outside” too: that may be",
            "The project stands under “Stop or decide” too: decide",
        ),
    ],
)
def test_where_something_is_to_be_decided_and_to_be_bought_each_place_names_the_other(
    tmp_path: Path, of_task: bool, here: str, there: str
) -> None:
    """40 of 30 h used: a task of it took 40 of 20 h, or it was decided to be bought."""
    card = SEO + "budget: [{on: 2026-01-01, hours: 30, why: Created}]\n"
    card += "tasks: {texts: {name: Texts, budget_hours: 20}}\n" if of_task else ""
    card += "" if of_task else "target_decision: {on: 2026-06-20, decision: outsource}\n"
    run = small(tmp_path, {"time/projects/seo.yml": card} | spent(10, ", task: texts" if of_task else ""))
    assert {row["group"] for row in points(run).values()} == {"stop", "buy"}
    page = text(html(run))
    assert here in page and there in page


@pytest.mark.parametrize(
    ("price", "said"),
    [
        (
            "quotes: [{on: 2026-05-11, supplier: nordlink, task: texts, hourly_rate: 950}]\n",
            "Give it more hours, or buy it outside. The 10.0 h left (by progress) cost DKK 4,000 here and DKK 9,500 at "
            "Nordlink. Outside is dearer: buy it only for the time it gives.",
        ),
        (
            "quotes: [{on: 2025-05-11, supplier: nordlink, task: texts, hourly_rate: 950}]\n",
            "buy it only for the time it gives. The offer is of 11 May 2025: ask for a new price.",
        ),
        ("", "Give it more hours, or ask a supplier for an offer for the rest."),
    ],
)
def test_a_task_over_its_budget_says_what_its_rest_costs_where_there_is_an_offer(
    tmp_path: Path, price: str, said: str
) -> None:
    """40 of 20 h, half of it done: 10 h are left, 4,000 at 400 and 9,500 at 950."""
    card = SEO + KEPT + "tasks: {texts: {name: Texts, budget_hours: 20, done: {2026-06-20: 50%}}}\n" + price
    files = {"organisation.yml": ORGANISATION + "suppliers: {nordlink: Nordlink}\n", "time/projects/seo.yml": card}
    run = small(tmp_path, files | spent(10, ", task: texts"))
    assert list(points(run)) == ["buy/over-budget/seo/texts/over-budget"]
    assert said in text(html(run)).replace("\xa0", " ")


# --- nothing to say


def test_without_a_project_the_page_says_which_record_to_write(tmp_path: Path) -> None:
    page = html(small(tmp_path, {}))
    assert "No project is open" in page and "records/time/projects/seo.yml" in page


def test_nothing_logged_and_nobody_booked_is_unknown_and_not_zero(tmp_path: Path) -> None:
    """SEO began on Monday 22 June: too new to be left alone. No hours, no bookings: no plan that was kept or broken."""
    card = "name: SEO\ntype: operations\nstart: 2026-06-22\n"
    run = small(tmp_path, {"time/projects/seo.yml": card})
    row = now(run)
    for name in ("month", "logged", "booked", "adherence", "lent"):
        assert row[name] is None and row[f"{name}_why"] in ("nothing-logged", "no-cases"), name
    assert (row["beyond"], row["missing"], row["open"]) == (0, 0, 1)
    assert row["free"] == row["capacity"] == 4 * 37 * 60
    assert points(run) == {} and run.results["time_now.now"].check() == []


def test_where_all_is_fine_each_group_says_so_in_a_line(tmp_path: Path) -> None:
    """3 h booked and done of 500: nothing to stop, to plan again or to buy, and the page says it of each."""
    card = SEO + "budget: [{on: 2026-01-01, per: year, hours: 500, why: Created}]\n"
    files = {"time/projects/seo.yml": card, "time/weeks/ana/2026-W26.yml": AS_BOOKED}
    run = small(tmp_path, files)
    assert points(run) == {}
    assert [row["matters"] for row in run.results["time_now.groups"].rows.iter_rows(named=True)] == [0, 0, 0]
    page = text(html(run))
    assert "Nothing to stop, to plan again or to buy" in page and page.count("Nothing: ") == 3
    everyone = text(html(small(tmp_path / "everyone", files, "everyone")))
    assert "Nothing to stop or to plan again" in everyone and everyone.count("Nothing: ") == 2


def test_every_kind_has_its_figures_in_the_comparison() -> None:
    """A new kind of matter must say which figures it takes, or nobody compares them; and how grave it is."""
    assert set(FIGURES) == set(KINDS)
    by_their_figures = {"alone", "target", "below", "waiting", "overbooked"}
    assert set(OF_KIND) == set(KINDS) - by_their_figures and set(OF_KIND.values()) == set(CHIPS) == set(SEVERITIES)


# --- all that home says of time

SAID = {
    "%(project)s has used %(used)s of %(budget)s": {"over"},
    "%(project)s will take %(estimate)s of %(budget)s.": {"will-exceed"},
    "%(project)s runs out of hours on %(day)s, before the time of its budget is over.": {"will-exceed"},
    "%(project)s has used %(share)s of its hours.": {"near"},
    "%(project)s has no time budget.": {"no-budget"},
    "%(project)s should have been finished by %(end)s.": {"late"},
    "Nobody has worked on %(project)s for %(weeks)s.": {"alone", "waiting"},
    "Nobody has worked on %(project)s yet, and it has begun.": {"alone", "waiting"},
    "%(project)s got %(actual)s of %(wanted)s it should have had in %(weeks)s.": {"target", "below"},
    "%(work)s is cheaper at %(supplier)s than here.": {"dearer"},
}
"""What home says of a project → the kinds that say the same here."""
OF_A_ROW = {"booked_registered": "undecided", "resource_plan": "booked"}
"""Reports whose matters are about a row: the figure of home's sentence that names it."""


def home_and_here(run: Run) -> list[tuple[str, str, str]]:
    """Of each matter of time on home: what it says, how grave, and how grave here; fails where it is not here."""
    rows, found = list(points(run).values()), []
    of_time = {report.slug for report in run.reports if report.section == "time"}
    for item in run.attention:
        if item.report not in of_time:
            continue
        if item.report in OF_A_ROW:
            ((line,),) = [{value.row for value in item.what[1].values() if hasattr(value, "row")}]
            here = [row for row in rows if row["line"] == line and row["source"].startswith(f"{item.report}.")]
        else:
            ((_, project),) = item.sources
            here = [row for row in rows if row["project"] == project and SAID[item.what[0]] & reasons(row)]
        assert here, (item.what, [row["key"] for row in rows])
        found.append((item.what[0], item.severity, here[0]["severity"]))
    return found


def reasons(row: dict[str, Any]) -> set[str]:
    """Why a project is here: its kind, the further ones, and that nobody works on it where its end has passed."""
    idle = {"alone"} if row["kind"] == "late" and row.get("amount") is not None else set()
    return {row["kind"], *(row.get("also") or "").split()} | idle


@pytest.mark.parametrize("viewer", AUDIENCES)
def test_all_that_home_says_of_time_is_here_and_no_less_grave(viewer: str) -> None:
    """Each matter of home that comes from a report of the section, of the example company."""
    found = home_and_here(company(viewer))
    assert len(found) == {"management": 10, "marketing": 9, "everyone": 1}[viewer]
    grave = ["note", "warning", "urgent"]
    assert [one for one in found if grave.index(one[2]) < grave.index(one[1])] == []


def one_of_each(folder: Path) -> Run:
    """Budgets that are over, near their limit and missing; a project left alone, one where that was decided, one a
    little below its target; a week that is booked slightly too much.
    """
    begun = "type: operations\ndepartment: marketing\nstart: 2026-01-01\n"
    year = "budget: [{on: 2026-01-01, per: year, hours: 2000, why: Created}]\n"
    cards = {
        "over": begun + "budget: [{on: 2026-01-01, hours: 2, why: Created}]\n",
        "near": begun + "budget: [{on: 2026-01-01, per: project, hours: 10, why: Created}]\n",
        "none": begun,
        "alone": begun + year + "priority: {level: 1, why: Much}\n",
        "said": begun + year + "target_decision: {on: 2026-06-01, decision: reprioritise}\n",
        "below": begun + year + "weekly_target_hours: {2026-06-22: 10}\n",
    }
    files = {f"time/projects/{id}.yml": f"name: {id.title()}\n{card}" for id, card in cards.items()}
    hours = {"over": 3, "near": 9.5, "none": 2, "below": 8.5}
    logged = "".join(f"  - {{date: 2026-06-23, project: {id}, hours: {n}}}\n" for id, n in hours.items())
    early = "".join(f"  - {{date: 2026-04-07, project: {id}, hours: 1}}\n" for id in ("alone", "said"))
    files |= {"time/weeks/ana/2026-W26.yml": f"logged:\n{logged}", "time/weeks/ana/2026-W15.yml": f"logged:\n{early}"}
    files["time/weeks/ana/2026-W28.yml"] = "booked: [{project: below, hours: 39}]\n"
    return small(folder, files)


def test_what_home_says_of_a_company_with_other_matters_is_here_as_grave(tmp_path: Path) -> None:
    """One of each on home, and each as grave here."""
    run = one_of_each(tmp_path)
    found = home_and_here(run)
    assert sorted(here for _, home, here in found if home == here) == sorted(here for _, _, here in found)
    kinds = {row["kind"]: row["severity"] for row in points(run).values()}
    assert kinds == {
        "over": "urgent", "alone": "warning", "below": "note", "near": "note", "no-budget": "note",
        "overbooked": "note", "waiting": "note", "idle": "warning",
    }  # fmt: skip
    page = text(html(run))
    assert "Near has used 9.5 h of 10.0 h: the budget is nearly used." in page
    assert "Nobody has worked on Said for 12 weeks, though it was decided on 1 June 2026" in page


def test_a_project_that_never_had_an_hour_is_on_home_as_it_is_here(tmp_path: Path) -> None:
    """One without a budget, and one that began in January and that nobody has worked on: two to decide, two on home."""
    cards = {
        "seo": "name: SEO\ntype: operations\nstart: 2026-01-01\n",
        "web": "name: Web\ntype: operations\nstart: 2026-01-01\nbudget: [{on: 2026-01-05, hours: 100}]\n",
    }
    files = {f"time/projects/{id}.yml": card for id, card in cards.items()}
    run = small(tmp_path, files | {"time/weeks/ana/2026-W26.yml": AS_BOOKED})
    assert [row["kind"] for row in points(run).values()] == ["alone", "no-budget"]
    assert sorted(said for said, *_ in home_and_here(run)) == [
        "%(project)s has no time budget.", "Nobody has worked on %(project)s yet, and it has begun.",
    ]  # fmt: skip
    assert "2 things need a decision" in page_of(run, Book(run, "en"), "home")


THERE = {
    "over": "Over budget",
    "will-exceed": "Will exceed",
    "near": "Near the limit",
    "no-budget": "No budget",
    "late": "Past its end",
    "alone": "Neglected",
    "target": "Below target",
    "below": "Below target",
    "overbooked": "Overbooked",
    "booked-away": "Booked while away",
    "deadline": "Overdue",
}
"""Of the kinds that are a chip on the page where they are followed: its word there."""
LEADS = {"budget.projects": "budget", "portfolio.projects": "portfolio", "time_use.targets": "time_use"}


@pytest.mark.parametrize("of_records", [True, False])
def test_a_state_has_the_colour_of_its_severity_on_the_page_where_it_is_followed(
    tmp_path: Path, of_records: bool
) -> None:
    """One matter, one colour: red is urgent, yellow a warning, blue a note, here and on the page that is linked."""
    run = company("management") if of_records else one_of_each(tmp_path)
    book, seen = Book(run, "en"), set()
    for row in points(run).values():
        if row["kind"] not in THERE:
            continue
        slug = LEADS.get(row["source"], "resource_plan")
        lines = re.findall(r"<tr\b.*?</tr>", page_of(run, book, slug), re.S)
        chips = {
            kind
            for line in lines
            if row["name"] in line
            for kind, word in re.findall(r'class="sg-chip sg-chip--(\w+)">(.*?)</span>', line, re.S)
            if text(word).strip() == THERE[row["kind"]]
        }
        assert chips == {CHIPS[row["severity"]]}, (row["key"], chips)
        seen.add(row["kind"])
    some = {"will-exceed", "late", "below", "overbooked", "deadline"}
    assert seen >= (some if of_records else {"over", "near", "no-budget", "alone", "below", "overbooked"})


def test_a_project_with_several_reasons_names_them_all(tmp_path: Path) -> None:
    """6 of 4 h used, past its end and left alone since: one matter, and the others in words."""
    card = "name: Fair\ntype: investment\nstart: 2026-03-01\nend: 2026-04-10\n"
    budget = "budget: [{on: 2026-03-01, hours: 4, why: Created}]\n"
    files = {"time/projects/fair.yml": card + budget}
    files["time/weeks/ana/2026-W14.yml"] = "logged: [{date: 2026-03-31, project: fair, hours: 6}]\n"
    run = small(tmp_path, files)
    row = points(run)["stop/over/fair"]
    assert (row["kind"], row["also"], row["severity"]) == ("over", "late alone", "urgent")
    assert "Also: past its end, neglected." in text(html(run))


def test_candidates_to_buy_that_are_left_out_are_counted_with_their_place(tmp_path: Path) -> None:
    """SEO takes 10.5 h of 10 (within a tenth); Fair 15 of 10, which was accepted: both are in make or buy alone."""
    budget = "budget: [{on: 2026-01-01, per: year, hours: 2000, why: Created}]\n"
    card = SEO + budget + "weekly_target_hours: 10\n"
    fair = card.replace("SEO", "Fair") + "target_decision: {on: 2026-06-01, decision: accept}\n"
    days = ("2026-06-02", "2026-06-09", "2026-06-16", "2026-06-23")
    files = {"time/projects/seo.yml": card, "time/projects/fair.yml": fair}
    for n, day in enumerate(days):
        done = ((day, "seo", 10.5), (str(dt.date.fromisoformat(day) + dt.timedelta(1)), "fair", 15))
        hours = "".join(f"  - {{date: {on}, project: {id}, hours: {spent}}}\n" for on, id, spent in done)
        files[f"time/weeks/ana/2026-W{23 + n}.yml"] = f"logged:\n{hours}"
    run = small(tmp_path, files)
    buy = next(row for row in run.results["time_now.groups"].rows.iter_rows(named=True) if row["key"] == "buy")
    assert (buy["matters"], buy["within"], buy["settled"]) == (0, 1, 1)
    page = html(run)
    assert '1 more is at most a tenth above its target: <a href="make_or_buy.html#candidates">' in re.sub(
        r"</?data[^>]*>", "", page
    )
    assert "1 more is above its target, and a decision on it is recorded: Make or buy." in text(page)


# --- where a tile leads, its figures stand


def sections(page: str) -> dict[str, str]:
    """The text of each section of a page by its id: what stands from its heading to the next section's."""
    found = {}
    for piece in re.split(r'(?=<section class="sg-section")|(?=<figure class="sg-figure")', page)[1:]:
        place = re.search(r'\bid="([^"]+)"', piece)
        if place:
            found[place[1]] = text(piece.replace("<", " <"))
    return found


@pytest.mark.parametrize("viewer", AUDIENCES)
@pytest.mark.parametrize("lang", ["da", "en", "nb"])
def test_each_figure_of_a_tile_stands_where_the_tile_leads(viewer: str, lang: str) -> None:
    """Written in the same digits, in that section of the linked page, so that nobody has to add anything up."""
    run = company(viewer)
    book = Book(run, lang)
    tiles = re.findall(r'<article class="sg-kpi">.*?</article>', page_of(run, book, "time_now"), re.S)
    assert len(tiles) == (2 if viewer == "everyone" else 6)
    for tile in tiles:
        links = re.findall(r'href="([a-z_]+)\.html#([a-z-]+)"', tile)
        there = " ".join(sections(page_of(run, book, slug))[place] for slug, place in links)
        figures = [text(figure) for figure in re.findall(r"<data [^>]*>([\d.,\s]*\d)", tile)]
        assert links and figures
        for figure in figures:
            assert re.search(rf"(?<![\d.,]){re.escape(figure)}(?![\d.,]*\d)", there), (links, figure)
