"""The whole battery on every kind of page of the Danish site, over http, and the short one from `file://`."""

from __future__ import annotations

import net
import pytest
from conftest import kinds

pytestmark = pytest.mark.browser


def test_every_kind_of_page_over_http(browser, site, address):
    assert {path: faults for path in kinds(site) if (faults := net.examine(browser, address, path))} == {}


def test_every_kind_of_page_from_a_folder(browser, site):
    base = site.as_uri() + "/"
    assert {path: faults for path in kinds(site) if (faults := net.examine(browser, base, path, thorough=False))} == {}
