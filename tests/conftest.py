"""What holds for all tests: an example may take as long as it takes, for the machine may be busy, and the files that
take longest come first, so that no worker is left with one of them at the end. The company's site is built once a run,
and what libraries and templates are made into is shared.
"""

import fcntl
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

from sitegen.commands import build
from sitegen.pipeline import Run
from sitegen.site import publish

ROOT = Path(__file__).resolve().parent.parent

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

os.environ["LC_ALL"] = "C.UTF-8"  # where no organisation says its language, commands speak the machine's

# As a build does: what the tests import stays, and looking through it every 700 objects takes a twentieth of the time.
gc.set_threshold(100_000, 20, 50)

LONGEST = (
    "browser/test_danish_pages.py", "conformance/test_engines.py", "browser/test_english_pages.py", "test_site.py",
    "browser/test_pivot_page.py", "test_ground_rules.py", "test_words.py", "reports/test_time_now.py",
    "test_hostile.py", "test_memory.py", "test_wheel.py", "reports/test_make_or_buy.py", "test_style.py",
    "test_schema.py", "site/test_stamping.py", "commands/test_serve.py", "browser/test_net.py", "browser/test_live.py",
    "test_new_company.py", "commands/test_validate.py", "oracles/test_hledger.py",
)  # fmt: skip
"""Files that take more than 10 seconds, about the longest first; while the first builds the company's site, the second
does without.
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    ranks = {here / name: rank for rank, name in enumerate(LONGEST)}
    items.sort(key=lambda item: ranks.get(item.path, len(ranks)))


def share(cache: Path, *kinds: str) -> Path:
    """Lets a new cache have what the project's own holds of these kinds (of all but pages and workbooks, where none is
    named): no site or page of another build, only what would be made again just the same.
    """
    cache.mkdir(parents=True, exist_ok=True)
    for kind in kinds or ("charts", "shells", "templates", "vega"):
        (build.cache_of(ROOT) / kind).mkdir(parents=True, exist_ok=True)
        (cache / kind).symlink_to(build.cache_of(ROOT) / kind)
    return cache


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """While one worker makes the folder the others wait."""
    folder.parent.mkdir(exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the company's site for management, in Danish and English, built by the worker that asks first."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "published" / "whole"
    with alone(folder):
        if not folder.exists():
            run = Run(ROOT / "records", audience="management", cache=build.cache_of(ROOT))
            publish.publish(build.files_of(run, ("da", "en")), folder, folder.parent / "manifest", "test")
    return folder
