"""The browser, and the site that it looks at: the company's, for management."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import net
import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.conftest import alone


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
def site(published: Path) -> Path:
    """The company's site with a search of one entry: every page reads the whole index anew, which takes longer than
    most pages do. That the whole index is read and answers is asked by the tests of the search.
    """
    folder = published.parent / "site"
    with alone(folder):
        if not folder.exists():
            _with_a_short_search(published, folder)
    return folder


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with net.served(site) as base:
        yield base


def _with_a_short_search(folder: Path, made: Path) -> None:
    shutil.copytree(folder, made, copy_function=os.link)
    for path in made.rglob("search_index.json"):
        index = json.loads(path.read_text("utf-8"))
        short = {**index, "docs": index["docs"][:1]}
        for name, text in (("search_index.json", ""), ("search_index.js", "var __index = ")):
            (path.parent / name).unlink()  # a link: what is written into it would be written into the whole site
            (path.parent / name).write_text(text + json.dumps(short), "utf-8")


def kinds(folder: Path) -> list[str]:
    """A page of every kind: each page at the top, and of each folder of record pages the fullest and the emptiest."""
    found = sorted(path.name for path in folder.glob("*.html"))
    for below in sorted(
        path for path in folder.iterdir() if path.is_dir() and path.name not in ("en", "assets", "data", "search")
    ):
        pages = sorted(below.glob("*.html"), key=lambda path: (path.stat().st_size, path.name))
        found += [f"{below.name}/{path.name}" for path in dict.fromkeys((pages[-1], pages[0]))] if pages else []
    return found
