"""The whole way on the company's records: what an audience's site may hold, and that the same records are the same
bytes.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

import pytest
from canaries import Planter, found

from sitegen import records, snapshot
from sitegen.commands import build
from sitegen.pipeline import Run
from tests.conftest import share

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def read() -> records.Read:
    return records.read(ROOT / "records")


class Planted(Run):
    """A run on the company's records after marks were put into what `planter`'s audience may not see.

    Each has a cache of its own, so that no page of another run is used.
    """

    def __init__(self, read: records.Read, planter: Planter, audience: str, cache: Path) -> None:
        super().__init__(ROOT / "records", audience=audience, cache=share(cache))
        self._planted = replace(read, records=planter.plant(read.records))

    @cached_property
    def read(self) -> records.Read:
        return self._planted

    @cached_property
    def problems(self) -> tuple:
        return ()


@pytest.fixture(scope="module")
def planted(read, tmp_path_factory) -> tuple[dict[str, bytes], dict[str, bytes], Planter]:
    """The site for everyone and the one for management, of the same marked records."""
    sites = []
    for audience in ("everyone", "management"):
        planter = Planter("everyone")
        sites.append(build.files_of(Planted(read, planter, audience, tmp_path_factory.mktemp("cache")), ("da",)))
    return sites[0], sites[1], planter


@pytest.fixture(scope="module")
def another(read, tmp_path_factory):
    """`another(viewer, salt)`: the site of the records marked for a viewer, and what marked them."""

    def made(viewer: str, salt: str) -> tuple[dict[str, bytes], Planter]:
        planter = Planter(viewer, salt)
        return build.files_of(Planted(read, planter, viewer, tmp_path_factory.mktemp(salt)), ("da",)), planter

    return made


SHOWN_TO_MANAGEMENT = {
    "customers.name", "customers.contacts.first_name", "customers.contacts.last_name", "customers.contacts.title",
    "customers.contacts.cares_about", "customers.complaints.about", "customers.figures.revenue",
    "customers.figures.direct_cost", "customers.figures.time_cost", "projects.external_costs.amount",
    "campaigns.costs.amount",
    "marketing_plans.activities.budget.external_cost",
}  # fmt: skip
"""Some of what a management site shows: the positive control of the scan."""


def test_nothing_above_everyone_is_in_any_file_of_everyones_site(planted):
    everyone, _, planter = planted
    assert found(everyone, planter) == {}


def test_the_same_scan_finds_the_marks_in_the_management_site(planted):
    _, management, planter = planted
    assert SHOWN_TO_MANAGEMENT - set(found(management, planter)) == set()


def test_the_scan_looks_into_workbooks_search_and_names(planted):
    _, management, planter = planted
    files = {name for names in found(management, planter).values() for name in names}
    assert {"search/search_index.json"} <= files
    assert any(name.endswith(".xlsx") for name in files)
    assert any(name.endswith(".html") for name in files)


def test_no_name_of_a_file_of_everyones_site_tells_a_customer_or_a_person(planted, read):
    everyone, _, _ = planted
    kinds = {"customer": read.records.customers, "person": read.records.people}
    hidden = {f"{kind}/{id}.html" for kind, ids in kinds.items() for id in ids}
    assert hidden & set(everyone) == set()


MOVED = {
    "everyone": {
        "logged.day", "logged.minutes", "booked.week", "people.weekly_minutes", "people.employed.from_",
        "people.internal_rate since", "customers.stages.contact_again", "projects.external_costs.date",
        "projects.tasks.deadline", "stages.scores.points",
    },
    "marketing": {"people.internal_rate since", "projects.start", "projects.budget.minutes", "customers.stages.on"},
}  # fmt: skip
"""Some of the days and numbers that are changed where a reader may not see them."""


@pytest.mark.parametrize("viewer", ["everyone", "marketing"])
def test_what_a_reader_may_not_see_changes_no_byte_of_their_site(planted, another, viewer):
    """Every text, amount, day, share and count above the audience is another one; commit and `as_of` are the same."""
    one = planted[0] if viewer == "everyone" else another(viewer, "a")[0]
    other, planter = another(viewer, "b")
    assert MOVED[viewer] - planter.moved == set()
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


class Strict(HTMLParser):
    """The figures of a page (key → raw value) and what it must never hold, read by another parser than the build's own
    check uses.
    """

    def __init__(self, written_by_hand: bool) -> None:
        super().__init__()
        self.words = not written_by_hand  # a page of docs/ may write about None
        self.figures: dict[str, str | None] = {}
        self.faults: list[str] = []
        self.code = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.code += tag in ("code", "pre")
        found = dict(attributes)
        if "data-k" in found:
            self.figures[found["data-k"] or ""] = found.get("value") if tag == "data" else None
        for name, value in attributes:
            if name == "style" or name.startswith("on"):
                self.faults.append(f"{tag} {name}")
            if name in ("src", "srcset", "action") and re.match(r"\s*(https?:|//)", value or ""):
                self.faults.append(f"{tag} {name}={value}")
            if self.words and ("{{" in (value or "") or re.fullmatch(r"\s*(NaN|None|nan|undefined)\s*", value or "")):
                self.faults.append(f"{tag} {name}={value}")
        if tag == "script" and not dict(attributes).get("src") and dict(attributes).get("type") != "application/json":
            self.faults.append("inline script")

    def handle_endtag(self, tag: str) -> None:
        self.code -= tag in ("code", "pre")

    def handle_data(self, data: str) -> None:
        if (
            self.words
            and not self.code
            and (re.search(r"\bNaN\b|\bNone\b(?! of )", data) or "{{" in data or "{%" in data)
        ):
            self.faults.append(data.strip()[:80])


@pytest.fixture(scope="module")
def pages_read(published) -> dict[str, Strict]:
    """Every page of the company's own site, each read once."""
    found = {}
    for path in published.rglob("*.html"):
        name = path.relative_to(published).as_posix()
        found[name] = Strict("docs/" in name)
        found[name].feed(path.read_text("utf-8"))
    return found


def test_every_figure_on_a_page_is_in_the_results_with_the_same_value(pages_read):
    """Each `data-k` of every page is a key of `results.json`; the number on the page is the raw number there."""
    run = Run(ROOT / "records", audience="management")
    figures = json.loads(snapshot.to_json(snapshot.snapshot(run.results)))
    wrong, seen = [], 0
    for path, page in pages_read.items():
        for key, value in page.figures.items():
            seen += 1
            if key not in figures:
                wrong.append(f"{path}: {key} is no result")
            elif value is None and figures[key]["value"] is not None:
                wrong.append(f"{path}: {key} is shown as unknown but is {figures[key]['value']}")
            elif value is not None and str(figures[key]["value"]) != value:
                wrong.append(f"{path}: {key} is {value} on the page and {figures[key]['value']} in the results")
    assert wrong[:20] == []
    assert seen > 1000


def test_every_page_is_free_of_scripts_styles_and_unfinished_text(pages_read):
    assert {path: page.faults[:3] for path, page in pages_read.items() if page.faults} == {}


def sitegen(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`python -m sitegen …` in a folder that holds `records/`."""
    return subprocess.run(
        [sys.executable, "-m", "sitegen", *arguments], cwd=home, capture_output=True, text=True, timeout=300,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two folders with the same records, outside any repository; the second is deeper and has another name."""
    base = tmp_path_factory.mktemp("homes")
    made = base / "a", base / "deeper" / "with space æøå"
    for home in made:
        shutil.copytree(ROOT / "records", home / "records")
        (home / "mkdocs.yml").write_text('site_name: "Fjordlys"\nrepo_url: https://github.com/a/b\n', encoding="utf-8")
    return made


def test_the_same_records_are_the_same_bytes_whatever_the_machine(homes):
    """Another folder, time zone, locale and hash seed: the published files are the same, and so are those of an
    export. The one build takes up drawings, shells and templates of others before it, the other makes all of them.
    """
    one, other = homes
    share(build.cache_of(one))
    settings = (
        {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "77"},
    )
    for home, environment in zip(homes, settings, strict=True):
        done = sitegen(home, "build", "--audience", "management", "--lang", "da", "--out", "site", **environment)
        assert done.returncode == 0, done.stderr
        done = sitegen(home, "export", "--audience", "management", "--out", "figures", **environment)
        assert done.returncode == 0, done.stderr
    assert tree(one / "site") == tree(other / "site")
    assert tree(one / "figures") == tree(other / "figures")


def test_nothing_changed_builds_nothing_and_a_changed_week_changes_only_the_pages_that_show_it(homes):
    """A week of a project is shown on time's pages, never in the growth wheel, on a customer's page or in the
    documents.
    """
    home = homes[0]
    again = sitegen(home, "build", "--audience", "management", "--lang", "da", "--out", "site")
    assert again.returncode == 0 and "intet er ændret" in again.stdout
    before = tree(home / "site")
    week = sorted((home / "records" / "time" / "weeks").glob("*/2026-W2*.yml"))[0]
    text = week.read_text(encoding="utf-8")
    hours = re.search(r"hours: (\d+)$", text[text.index("logged:") :], re.MULTILINE)
    assert hours is not None
    at = text.index("logged:") + hours.start(1)
    week.write_text(text[:at] + f"{int(hours[1]) + 1}" + text[at + len(hours[1]) :], encoding="utf-8")
    done = sitegen(home, "build", "--audience", "management", "--lang", "da", "--out", "site")
    assert done.returncode == 0, done.stderr
    after = tree(home / "site")
    changed = {name for name in before if before[name] != after.get(name)}
    assert {"budget.html", "data/budget.projects.csv"} <= changed
    assert not {"growth_wheel.html", "customer_matrix.html"} & changed
    customers = {name for name in changed if name.startswith("customer/")}
    assert customers == set()
    assert before.keys() == after.keys()


def test_a_broken_record_stops_the_build_and_leaves_the_site(homes):
    home = homes[0]
    before = tree(home / "site")
    person = sorted((home / "records" / "time" / "people").glob("*.yml"))[0]
    text = person.read_text(encoding="utf-8")
    person.write_text(text + "nonsense: 1\n", encoding="utf-8")
    done = sitegen(home, "build", "--audience", "management", "--lang", "da", "--out", "site")
    person.write_text(text, encoding="utf-8")
    assert done.returncode == 1
    assert f"{person.relative_to(home)}:" in done.stderr
    assert tree(home / "site") == before
    assert not [path.name for path in home.iterdir() if path.name.startswith(".site-")]


def test_a_setting_that_is_not_allowed_stops_the_build(homes):
    home = homes[1]
    settings = home / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text + "hooks: [evil.py]\n", encoding="utf-8")
    done = sitegen(home, "build", "--audience", "management", "--out", "site")
    settings.write_text(text, encoding="utf-8")
    assert done.returncode == 1
    assert "mkdocs.yml:3:1: unknown-setting" in done.stderr
