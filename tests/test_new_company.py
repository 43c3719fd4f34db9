"""A company that has only just begun: every page can be made, and says what is missing and where to write it."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import textwrap
from html import unescape
from pathlib import Path

import pytest

from sitegen.commands import build, log, new
from sitegen.pipeline import Run
from tests.conftest import share

ROOT = Path(__file__).resolve().parent.parent
ORGANISATION = """name: Nordlys Rejser A/S
country: DK
currency: DKK
languages: [da, en]
reporting_department: marketing
departments:
  marketing: {name: Marketing}
working_days: [mon, tue, wed, thu, fri]
"""
FIRST_WEEK = {
    "time/people/mette.yml": "name: Mette\nemployed: {from: 2026-01-01}\ndepartment: marketing\nweekly_hours: 37\n",
    "time/projects/seo.yml": "name: SEO\ntype: operations\nowner: mette\nstart: 2026-01-01\n",
    "time/weeks/mette/2026-W12.yml": "logged:\n  - {date: 2026-03-16, project: seo, hours: 2.5}\n",
}


def company(home: Path, files: dict[str, str]) -> Path:
    """A folder of records with the organisation and these files."""
    for name, text in {"organisation.yml": ORGANISATION, **files}.items():
        path = home / "records" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return home / "records"


def words(root: Path, audience: str) -> dict[str, str]:
    """The text of each page in English, tags taken out."""
    found = {}
    for page in Run(root, audience=audience).pages("en"):
        text = re.sub(r"<(svg|template)\b.*?</\1>", "", page.html, flags=re.DOTALL)
        found[page.path] = " ".join(unescape(re.sub(r"<[^>]*>", " ", text)).split())
    return found


@pytest.mark.parametrize("audience", ["everyone", "marketing", "management"])
def test_each_page_of_a_company_without_records_names_a_file_to_write(tmp_path, audience):
    pages = words(company(tmp_path, {}), audience)
    assert {"index.html", "budget.html", "funnel.html", "marketing_plan.html"} <= pages.keys()
    assert {path for path, text in pages.items() if not re.search(r"records/[\w/-]+\.yml", text)} == set()


def getting_started() -> dict[str, str]:
    """The records that docs/getting-started.md has a new company write: file → text."""
    text = (ROOT / "docs" / "getting-started.md").read_text("utf-8")
    found = re.findall(r"`records/([\w/.-]+\.yml)`[^`]*(?:`[^`]+`[^`]*)*?```yaml\n(.*?)```", text, re.DOTALL)
    return {file: textwrap.dedent(block) for file, block in found}


def test_who_does_as_the_page_for_new_companies_says_has_no_mistake_and_a_customer_at_a_stage(tmp_path):
    files = getting_started()
    assert list(files) == [
        "organisation.yml", "time/people/mette.yml", "time/projects/seo.yml", "time/weeks/mette/2026-W12.yml",
        "crm/stages.yml", "crm/customers/nordisk-data.yml",
    ]  # fmt: skip
    root = company(tmp_path, files)
    assert Run(root).problems == ()
    with (root / "time/projects/web.yml").open("w", encoding="utf-8") as file:
        file.write("name: Web\ntype: investment\nstart: 2026-01-05\nend: 2026-06-30\n")
        file.write("budget: [{on: 2026-01-05, hours: 100}]\n")
    with (root / "crm/stages.yml").open("a", encoding="utf-8") as file:
        file.write("inactive: [{id: no-budget, name: Intet budget}]\n")
    assert Run(root).problems == ()
    pages = words(root, "marketing")
    assert "Nordisk Data A/S" in pages["customer/nordisk-data.html"] and "Lead" in pages["funnel.html"]


def test_who_answers_what_the_page_for_new_companies_asks_has_no_mistake_either(tmp_path):
    answers = {
        "organisation": ["Nordlys Rejser A/S", "DK", "DKK", "da, en", "Marketing, Salg", "marketing"],
        "person": ["Mette Holm", "2026-01-01", "marketing", "37", ""],
        "project": ["SEO", "operations", "marketing", "mette", "2026-01-01"],
        "stages": ["Besøgende, Lead, Kvalificeret lead, Kunde"],
        "customer": ["Nordisk Data A/S"],
    }
    ids = {"person": "mette", "project": "seo", "customer": "nordisk-data"}
    for kind, said in answers.items():
        assert new.run(tmp_path / "records", kind, ids.get(kind, ""), ask=lambda _, left=said: left.pop(0)) == 0
        assert said == []
    day = dt.date(2026, 3, 16)
    assert log.run(tmp_path / "records", "2.5h", "seo", "Nye søgeord", day=day, today=day) == 0
    assert Run(tmp_path / "records").problems == ()


def test_home_has_no_tile_and_no_table_about_what_is_not_there(tmp_path):
    home = words(company(tmp_path, {}), "management")["index.html"]
    assert "No records are written yet" in home
    assert "a month is missing" not in home and "–" not in home
    assert "How fresh" not in home and "Key figures" not in home


def test_home_asks_only_for_what_is_missing(tmp_path):
    """One person, one project and one week are written: hours are there, budget, cards, web, plan and wheel are not."""
    home = words(company(tmp_path, FIRST_WEEK), "management")["index.html"]
    assert "How fresh are the figures?" in home and "No hours are written" not in home
    assert home.count("records/") == 5
    assert "No project has a time budget" in home and "No marketing plan is written" in home


def test_hours_of_the_week_that_is_not_over_are_nowhere_said_not_to_be_logged(tmp_path):
    """2.5 h on the Monday that is the day: no whole week has hours, and no page says that nobody logged any."""
    pages = words(company(tmp_path, FIRST_WEEK), "management")
    home, now, use = pages["index.html"], pages["time_now.html"], pages["time_use.html"]
    assert "Hours this month – too early to say whole weeks only: week 12 (16–22 Mar) is not over" in home
    assert "Hours logged – too early to say whole weeks only: week 12 (16–22 Mar) is not over" in now
    assert "Hours are logged, but none in the last thirteen complete weeks" in use
    assert "The hours of week 12 (16–22 Mar) come here when it is over." in use and "No hours" not in use
    assert "Nothing is booked or logged in the last thirteen complete weeks" in pages["booked_registered.html"]
    assert "Nothing is logged in these weeks; week 12 (16–22 Mar) comes when it is over." in pages["budget.html"]
    assert "The last thirteen complete weeks" in pages["project/seo.html"]


def test_a_week_that_is_to_be_copied_is_that_of_the_day(tmp_path):
    """The records' day, and where nothing has a day at all, that of the guide."""
    unlogged = {name: text for name, text in FIRST_WEEK.items() if "weeks" not in name}
    july = {"organisation.yml": ORGANISATION + "as_of: 2026-07-02\n"}
    paths = ("index.html", "time_use.html", "booked_registered.html", "monthly_talk.html")
    for files, week, monday in ((unlogged | july, "2026-W27", "2026-06-29"), (unlogged, "2026-W12", "2026-03-16")):
        pages = words(company(tmp_path / week, files), "management")
        text = " ".join(pages[path] for path in paths)
        assert re.findall(r"records/time/weeks/mette/(\S+?)\.yml", text) == [week] * 4
        assert re.findall(r"date: (\S+?),", text) == [monday] * 3
        assert "No hours have been logged yet" in pages["time_use.html"]


def test_a_funnel_in_its_first_quarter_says_so_and_not_that_nothing_was_counted(tmp_path):
    crm = {
        "crm/stages.yml": "stages: [{id: lead, name: Lead}, {id: customer, name: Customer, won: true}]\n",
        "crm/customers/fanoe.yml": "name: Hotel Fanø\nstages: [{stage: lead, on: 2026-02-12}]\n",
    }
    found = words(company(tmp_path, FIRST_WEEK | crm), "management")["funnel.html"]
    assert "No quarter is whole yet: what was counted stands month by month below" in found
    assert "Nothing has been counted" not in found and "No lead has reached" not in found
    empty = words(company(tmp_path / "none", {}), "management")["funnel.html"]
    assert "Nothing has been counted in the funnel yet" in empty


def test_everyone_is_told_that_hours_are_not_for_them_and_no_label_stands_alone(tmp_path):
    pages = words(company(tmp_path, FIRST_WEEK), "everyone")
    for path in ("budget.html", "portfolio.html", "project/seo.html"):
        assert "Logged hours are for marketing and management only." in pages[path]
    assert "The record holds no time budget." in pages["project/seo.html"]
    assert "Record:" not in pages["project/seo.html"]
    assert "No hours are written" not in pages["index.html"]
    management = words(tmp_path / "records", "management")
    assert "Logged hours are for" not in "".join(management.values())
    assert "Record: time/projects/seo.yml" in management["project/seo.html"]


def test_home_alone_says_the_commit_and_whether_the_records_differ_from_it(tmp_path):
    root = company(tmp_path, FIRST_WEEK)
    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for arguments in (["init", "-q"], ["add", "records"], ["commit", "-q", "-m", "first"]):
        subprocess.run([*git, *arguments], check=True, capture_output=True)
    commit = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout[:10]
    pages = words(root, "management")
    assert [path for path, text in pages.items() if commit in text] == ["index.html"]
    assert "not committed" not in pages["index.html"]
    (root / "time/projects/new.yml").write_text("name: New\ntype: operations\nstart: 2026-01-01\n", encoding="utf-8")
    assert f"{commit} and changes that are not committed" in words(root, "management")["index.html"]


def test_a_build_says_when_it_replaces_a_site_for_another_audience(tmp_path, capsys):
    """everyone, then management over it, then management again: only the second says that it replaced something.

    A build that names no audience leaves management's alone; everyone's, when named, takes its place.
    """
    root, out = company(tmp_path, {}), tmp_path / "site"
    share(build.cache_of(tmp_path))
    said = []
    for audience in ("everyone", "management", "management"):
        assert build.run(root, out, audience=audience, langs=("en",)) == 0
        said.append(capsys.readouterr().out)
    assert build.audience_of(out) == "management"
    assert "was a site for" not in said[0] and "pages for everyone" in said[0]
    assert "was a site for everyone" in said[1] and "pages for management" in said[1]
    assert said[2] == f"{out}: nothing has changed (built for management)\n"
    assert build.run(root, out, langs=("en",)) == 2 and build.audience_of(out) == "management"
    assert capsys.readouterr().err.startswith(f"sitegen: {out} holds a site for management, and nothing was written: ")
    assert build.run(root, out, audience="everyone", langs=("en",)) == 0
    assert "was a site for management" in capsys.readouterr().out and build.audience_of(out) == "everyone"
    assert build.run(root, out, langs=("en",)) == 0
    assert capsys.readouterr().out == f"{out}: nothing has changed (built for everyone)\n"
