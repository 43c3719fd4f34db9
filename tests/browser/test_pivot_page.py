"""The pivot in a browser: what the reader chooses is what is summed, written and kept in the address (T26, T34)."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import net
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from sitegen import formats

ROOT = Path(__file__).resolve().parent.parent.parent

pytestmark = pytest.mark.browser

QUESTIONS = (
    "rows=person&columns=project&measure=rowshare",
    "rows=task&columns=none&view=bar",
    "rows=department&columns=owned_by&measure=cost&view=bar",
    "rows=project&columns=none&view=donut",
    "rows=type&columns=quarter&measure=standard",
    "rows=month&columns=serves&measure=share&view=table&from=2025-01",
    "rows=person&columns=month&only.project=seo,website",
)
SAID = ".sg-pivot__said:not(:empty)"
"""There once a question is answered. The policy forbids a page's waiting for an expression."""


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One reader's browser: what a page has fetched the next need not."""
    made = browser.new_context()
    made.set_default_timeout(net.PATIENCE)
    made.add_init_script(net.WATCH)
    yield made
    made.close()


@contextmanager
def opened(
    context: BrowserContext, address: str, width: int = net.WIDE, scheme: net.Scheme = "light"
) -> Iterator[tuple[Page, list[str]]]:
    """The page in a tab of its own, and what the console, the network and the policy complain of."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": net.HEIGHTS[width]})
    page.emulate_media(color_scheme=scheme)
    faults: list[str] = []
    page.on("console", lambda message: faults.append(f"console: {message.text[:200]}"))
    page.on("pageerror", lambda error: faults.append(f"script: {str(error)[:200]}"))
    page.on("requestfailed", lambda request: faults.extend(net._failed(request)))
    try:
        page.goto(address, wait_until="load")
        yield page, faults
        faults += page.evaluate("window.__violations")
    finally:
        page.close()


def total(page: Page) -> str:
    """The grand total in the last row of what is shown."""
    return page.locator(".sg-pivot__out tfoot td").last.inner_text().strip()


def row(page: Page, name: str) -> list[str]:
    """The cells of the row with this name."""
    named = page.locator("th", has_text=re.compile(f"^{re.escape(name)}$"))
    found = page.locator(".sg-pivot__out tbody tr", has=named)
    return [text.split("\n")[0].strip() for text in found.locator("td").all_inner_texts()]


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f".sg-pivot select[name={name}]").select_option(value)
    page.wait_for_selector(SAID)


@pytest.mark.parametrize("width", [net.WIDE, net.NARROW])
@pytest.mark.parametrize("folder", ["", "en/"])
def test_each_question_is_answered_without_a_fault(context, address, folder, width):
    """T34: figures, pictures and tables of any two dimensions, light and dark, at both widths, in both languages."""
    found = {}
    for number, question in enumerate(QUESTIONS):
        scheme: net.Scheme = "dark" if number % 2 else "light"
        with opened(context, f"{address}{folder}pivot.html#{question}", width, scheme) as (page, faults):
            page.wait_for_selector(SAID)
            text = page.inner_text("#pivot")
            faults += [f"it says {word}" for word in ("NaN", "undefined", "null", "Infinity", "{") if word in text]
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                faults.append("it scrolls sideways")
            if not page.locator(".sg-pivot__out tbody tr").count():
                faults.append("there is no table")
            if not folder and width == net.WIDE:
                page.evaluate(net.AXE)
                faults += net.accessibility(page, scheme)
        if faults:
            found[question] = faults
    assert found == {}


@pytest.mark.parametrize(("folder", "lang"), [("", "da"), ("en/", "en")])
@pytest.mark.parametrize("way", ["http", "file"])
def test_the_two_pivots_have_one_grand_total_and_it_is_that_of_the_page(context, site, address, way, folder, lang):
    """T26: by project and by person, as the script adds up, as the fixed tables say, in the language's own figures."""
    base = address if way == "http" else f"{site.as_uri()}/"
    totals = []
    for rows in ("project", "person"):
        with opened(context, f"{base}{folder}pivot.html#rows={rows}&columns=month&view=table") as (page, faults):
            page.wait_for_selector(SAID)
            totals.append(total(page))
            fixed = page.locator("[data-k='pivot.people.~all.minutes']").last.get_attribute("value")
            assert faults == []
    assert totals == [formats.of(lang).hours(int(fixed))] * 2


def test_a_cell_is_the_sum_of_its_entries(context, site, address):
    """The hours of each project and month in the script's table are those of the page's own table, rounded as there."""
    with opened(context, f"{address}pivot.html") as (page, _):
        fixed = {}
        for line in page.locator(".sg-pivot__out tbody tr").all():
            cells = line.locator("td:not(.sg-heat__sum) data").all()
            fixed[line.locator("th").inner_text()] = [int(cell.get_attribute("value")) for cell in cells]
        choose(page, "view", "table")
        for name, minutes in fixed.items():
            said = [cell for cell in row(page, name)[:-1] if not cell.startswith("·")]
            assert said == [formats.of("da").hours(amount) for amount in minutes], name


def test_a_row_leads_to_the_page_of_its_record(context, site, address):
    """From the script's table as from the fixed one; what stands together or is not said leads nowhere."""
    with opened(context, f"{address}pivot.html") as (page, _):
        fixed = page.locator(".sg-pivot__out tbody a").evaluate_all("links => links.map(link => link.href)")
        choose(page, "view", "table")
        made = page.locator(".sg-pivot__out tbody a").evaluate_all("links => links.map(link => link.href)")
        assert made == fixed != []
        assert page.locator(".sg-pivot__out tbody tr").count() == len(made) + 1
    with opened(context, f"{address}en/pivot.html#rows=person") as (page, _):
        page.wait_for_selector(SAID)
        links = page.locator(".sg-pivot__out tbody a").evaluate_all("links => links.map(link => link.href)")
        assert links and all((site / link.removeprefix(address)).is_file() for link in links)


def test_the_address_holds_the_question(context, address):
    """T34: what is chosen can be sent on: opened anew it shows the same; back at the start the address is bare."""
    with opened(context, f"{address}pivot.html") as (page, _):
        choose(page, "rows", "person")
        choose(page, "columns", "quarter")
        choose(page, "by", "project")
        choose(page, "value", "seo")
        choose(page, "by", "")
        sent, said = page.url, page.inner_text(".sg-pivot__out")
        assert "only.project=seo" in sent and "rows=person" in sent
        with opened(context, sent) as (other, faults):
            other.wait_for_selector(SAID)
            assert other.inner_text(".sg-pivot__out") == said and faults == []
        page.locator(".sg-pivot__chip").click()
        assert "only" not in page.url
        page.locator("[data-ask='']").click()
        assert "#" not in page.url


def test_an_address_that_asks_for_nonsense_is_answered_like_the_start(context, address):
    with opened(context, f"{address}pivot.html#rows=nonsense&measure=&only.project=gone&from=1999-01") as (
        page,
        faults,
    ):
        page.wait_for_selector(SAID)
        assert page.locator(".sg-pivot select[name=rows]").input_value() == "project"
        assert total(page) and faults == []


def test_it_is_used_with_the_keyboard_alone(context, address):
    """Tab to the first choice, an arrow changes it, focus stays, and the change is said in the live region."""
    with opened(context, f"{address}pivot.html") as (page, _):
        page.locator("h1").evaluate("element => { element.tabIndex = -1; element.focus(); }")
        page.keyboard.press("Tab")  # "What now?" stands before the question
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == "rows"
        page.keyboard.press("ArrowDown")
        page.wait_for_selector(SAID)
        assert page.evaluate("document.activeElement.name") == "rows"
        assert "rows=task" in page.url
        assert page.locator("output.sg-pivot__said").get_attribute("aria-live") == "polite"
        assert page.locator(".sg-pivot__out th[scope=row]").count() > 2


@pytest.mark.parametrize(("folder", "between", "decimal"), [("", ";", ","), ("en/", ",", ".")])
def test_what_is_shown_can_be_downloaded_unrounded(context, address, folder, between, decimal):
    """T34: the CSV has the rows that are shown; its total in minutes is that of the page, to the minute."""
    with opened(context, f"{address}{folder}pivot.html#rows=project&columns=type&view=table") as (page, _):
        page.wait_for_selector(SAID)
        shown = page.locator(".sg-pivot__out tbody tr").count()
        with page.expect_download() as download:
            page.locator("[name=csv]").click()
        text = Path(download.value.path()).read_text(encoding="utf-8-sig")
        fixed = int(page.locator("[data-k='pivot.projects.~all.minutes']").last.get_attribute("value"))
    lines = [line.split(between) for line in text.strip().split("\n")]
    assert len(lines) == shown + 2
    assert float(lines[-1][-1].strip().replace(decimal, ".")) * 60 == pytest.approx(fixed, abs=1e-6)
    assert all(len(line) == len(lines[0]) for line in lines)


def test_without_a_script_there_is_a_fixed_table_and_nothing_to_choose(browser, address):
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(net.PATIENCE)
    page = context.new_page()
    page.goto(f"{address}pivot.html")
    assert not page.locator(".sg-pivot").is_visible()
    assert page.locator(".sg-pivot__out tbody tr").count() > 5
    context.close()


def test_the_cube_is_loaded_when_the_reader_first_touches_it(context, address):
    """Who only reads the page does not pay for it."""
    with opened(context, f"{address}pivot.html") as (page, _):
        loaded = "performance.getEntriesByType('resource').filter(one => one.name.endsWith('pivot.cells.js')).length"
        assert page.evaluate(loaded) == 0
        with page.expect_response("**/pivot.cells.js"):
            page.locator(".sg-pivot select[name=rows]").focus()


def test_a_cube_of_fifty_thousand_cells_does_not_freeze_the_page(context, address):
    """The largest that is ever made (`cube.MOST_CELLS`): each new question is answered in under half a second, on a
    machine that takes 90 ms for the loop; on a slower one in the time of as many loops.
    """
    chosen = random.Random(1)
    axes = {"when": (60, ("month",)), "what": (400, ("project",)), "who": (100, ("person",))}
    data: dict[str, Any] = {"dimensions": [], "cells": {}, "notes": []}
    for axis, (size, names) in axes.items():
        members = [
            [f"{2021 + at // 12}-{at % 12 + 1:02d}" if axis == "when" else f"{axis}-{at}"] * 2 for at in range(size)
        ]
        data["dimensions"].append({"id": names[0], "axis": axis, "at": 0, "members": members})
        data[axis] = [[at] for at in range(size)]
        data["cells"][axis] = [chosen.randrange(size) for _ in range(50_000)]
    data["cells"]["minutes"] = [60] * 50_000
    body = f"sitegen.data('pivot.cells', JSON.parse('{json.dumps(data)}'));"
    with opened(context, f"{address}index.html") as (page, faults):
        page.route("**/pivot.cells.js", lambda route: route.fulfill(body=body, content_type="text/javascript"))
        page.goto(f"{address}pivot.html#rows=person&columns=none&from=2025-01")
        page.wait_for_selector(SAID)
        took = page.evaluate(
            """async () => {
              const select = document.querySelector(".sg-pivot select[name=rows]"), took = [];
              for (const rows of ["project", "person", "month"]) {
                const began = performance.now(), sums = new Map();
                for (let at = 0; at < 200000; at++) {
                  const key = at % 997 + "|" + at % 7;
                  sums.set(key, (sums.get(key) || 0) + at);
                }
                select.value = rows;
                const before = performance.now();
                select.dispatchEvent(new Event("change", { bubbles: true }));
                await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
                took.push((performance.now() - before) / Math.max(90, before - began));
              }
              return took;
            }"""
        )
        assert max(took) < 500 / 90, took
        assert faults == []


def test_no_word_for_readers_stands_in_the_script():
    """What is shown comes from the page's words or the cube: no literal reads like a word or a sentence."""
    code = (ROOT / "sitegen/assets/pivot.js").read_text("utf-8")
    literals = re.findall(r'"((?:[^"\\\n]|\\.)*)"', re.sub(r"/\*.*?\*/", "", code, flags=re.DOTALL))
    assert len(literals) > 100
    assert [text for text in literals if re.match(r"[A-ZÆØÅ][a-zæøå]{2,}", text)] == []
    assert [text for text in literals if re.search(r"[a-zæøå]{2,} [a-zæøå]{2,}", text) and "sg-" not in text] == [
        "use strict"
    ]


def test_the_script_stays_small():
    """At most 8 KB (8,192 bytes) compressed, and no page but this one loads it."""
    assert len(gzip.compress((ROOT / "sitegen/assets/pivot.js").read_bytes(), 9)) <= 8192
