"""Pages that are kept between builds are those that would have been made."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sitegen.pipeline import Run
from tests.conftest import share

RECORDS = Path(__file__).parent.parent / "records"


def pages(root: Path, cache: Path) -> dict[str, object]:
    return {page.path: page for page in Run(root, audience="management", cache=cache).pages("da")}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company") / "records"
    shutil.copytree(RECORDS, folder)
    return folder


def test_a_warm_build_is_the_cold_one(company: Path, tmp_path: Path) -> None:
    """A week, a card and the plan change, and a card is taken away: with the memory of before as without any.

    The cache then holds the pages of this build and no others (home is never kept): what was deleted lies nowhere.
    """
    cache = share(tmp_path / "cache", "templates", "vega")
    pages(company, cache)
    gone = next(
        path
        for path in sorted((company / "crm/customers").glob("*.yml"))
        if "stage: customer" not in path.read_text("utf-8")
    )
    gone.unlink()
    week = company / "time/weeks/mette/2026-W24.yml"
    week.write_text(week.read_text(encoding="utf-8").replace("hours: 2\n", "hours: 3\n"), encoding="utf-8")
    card = company / "crm/customers/nordisk-data.yml"
    card.write_text(card.read_text(encoding="utf-8").replace("revenue: 240000", "revenue: 241000"), encoding="utf-8")
    plan = company / "plans/marketing-2026.yml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("name: Webinarrække", "name: Webinarer"), encoding="utf-8")
    warm = pages(company, cache)
    assert warm == pages(company, share(tmp_path / "without", "templates", "vega"))
    assert "Webinarer" in warm["activity/webinar-q1.html"].html
    assert f"customer/{gone.stem}.html" not in warm
    assert len(list((tmp_path / "cache/pages/management-da").iterdir())) == len(warm) - 1
