"""The site that the browser looks at: the company's, for management, built once a test run by the first who asks."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import net
import pytest
from playwright.sync_api import Browser, sync_playwright

from sitegen.commands import build
from sitegen.pipeline import Run
from sitegen.site import publish

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=net.chromium(), args=net.FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> Iterator[net.Tabs]:
    opened = net.Tabs(browser)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the management site in Danish and English."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "published" / "site"
    folder.parent.mkdir(exist_ok=True)
    with (folder.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            run = Run(ROOT / "records", audience="management", cache=build.cache_of(ROOT))
            publish.publish(build.files_of(run, ("da", "en")), folder, folder.parent / "manifest", "test")
    return folder


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with net.served(site) as base:
        yield base


def kinds(folder: Path) -> list[str]:
    """A page of every kind: each page at the top, and of each folder of record pages the fullest and the emptiest."""
    found = sorted(path.name for path in folder.glob("*.html"))
    for below in sorted(
        path for path in folder.iterdir() if path.is_dir() and path.name not in ("en", "assets", "data", "search")
    ):
        pages = sorted(below.glob("*.html"), key=lambda path: (path.stat().st_size, path.name))
        found += [f"{below.name}/{path.name}" for path in dict.fromkeys((pages[-1], pages[0]))] if pages else []
    return found
