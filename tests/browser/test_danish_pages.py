"""The whole battery on every kind of page of the Danish site, over http and from `file://`; the search."""

from __future__ import annotations

import net
import pytest
from conftest import kinds

pytestmark = pytest.mark.browser


def test_every_kind_of_page_over_http(tabs, site, address):
    assert {path: faults for path in kinds(site) if (faults := net.examine(tabs, address, path))} == {}


def test_every_kind_of_page_from_a_folder(tabs, site):
    base = site.as_uri() + "/"
    assert {path: faults for path in kinds(site) if (faults := net.glance(tabs, base, path))} == {}


@pytest.mark.parametrize("folder", ["", "en/"])
@pytest.mark.parametrize("way", ["http", "file"])
def test_a_name_is_found_however_it_is_spelt_and_leads_to_its_page(browser, published, way, folder):
    """`oestersoe` finds Østersø Foods, from a page in a folder, over http and on `file://`, in the whole index."""
    page = browser.new_page()
    page.set_default_timeout(net.PATIENCE)
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    with net.served(published) as address:
        base = (address if way == "http" else published.as_uri() + "/") + folder
        page.goto(f"{base}project/seo.html")
        page.locator(".md-search__input").click()
        page.locator(".md-search__input").press_sequentially("oestersoe")
        found = page.locator(".md-search-result__link", has_text="Østersø Foods").first
        found.wait_for()
        assert found.get_attribute("href").startswith(f"{base}customer/oestersoe-foods.html")
        page.close()
    assert faults == []


def test_the_choice_of_dark_is_kept_on_the_next_page_and_in_the_other_language(browser, address):
    """Left alone the page follows the machine; the switch goes from that to light, then to dark."""
    context = browser.new_context(color_scheme="light")
    context.set_default_timeout(net.PATIENCE)
    page = context.new_page()
    page.goto(f"{address}index.html")
    for _ in range(2):
        page.locator("form[data-md-component=palette] label:visible").click()
    page.goto(f"{address}en/growth_wheel.html")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    context.close()
