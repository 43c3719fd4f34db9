"""The whole battery on every kind of page of the English site, over http, and the short one from `file://`."""

from __future__ import annotations

import net
import pytest
from conftest import kinds

pytestmark = pytest.mark.browser


def test_every_kind_of_page_over_http(tabs, site, address):
    pages = [f"en/{path}" for path in kinds(site / "en") if not path.startswith("docs/")]
    assert {path: faults for path in pages if (faults := net.examine(tabs, address, path))} == {}


def test_every_kind_of_page_from_a_folder(tabs, site):
    base = site.as_uri() + "/"
    pages = [f"en/{path}" for path in kinds(site / "en") if not path.startswith("docs/")]
    assert {path: faults for path in pages if (faults := net.glance(tabs, base, path))} == {}
