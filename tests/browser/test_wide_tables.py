"""Tables that are wider than a telephone: what is cut at the edge fades, and nothing widens the page."""

from __future__ import annotations

import net
import pytest

pytestmark = pytest.mark.browser

PAGES = ["make_or_buy.html", "estimates.html", "en/budget.html", "resource_plan.html", "project/website.html"]
OPEN = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"
FRAMES = """() => [...document.querySelectorAll(".sg-scroll")].filter((one) => one.clientWidth).map((one) =>
  [one.scrollWidth > one.clientWidth, getComputedStyle(one).maskImage !== "none"])"""
TO_THE_END = "() => document.querySelectorAll('.sg-scroll').forEach((one) => { one.scrollLeft = one.scrollWidth; })"


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("path", PAGES)
def test_a_table_that_goes_on_fades_until_its_end_and_the_page_is_no_wider(browser, site, path, scripts):
    """What is folded away too: once it is opened, its tables are scrolled by themselves. No script is needed."""
    context = browser.new_context(viewport={"width": net.NARROW, "height": 844}, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{path}")
    page.evaluate(OPEN)
    page.wait_for_timeout(300)
    frames = page.evaluate(FRAMES)
    assert any(wide for wide, _ in frames)
    assert [frame for frame in frames if frame[0] != frame[1]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == net.NARROW
    page.evaluate(TO_THE_END)
    page.wait_for_timeout(300)
    assert [fades for _, fades in page.evaluate(FRAMES) if fades] == []
    context.close()
