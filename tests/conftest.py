"""What holds for all tests: an example may take as long as it takes, for the machine may be busy, and the files that
take longest come first, so that no worker is left with one of them at the end.
"""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

LONGEST = (
    "browser/test_danish_pages.py", "browser/test_english_pages.py", "test_site.py", "test_ground_rules.py",
    "browser/test_pivot_page.py", "conformance/test_engines.py", "test_words.py", "test_memory.py", "test_wheel.py",
    "test_style.py", "commands/test_serve.py", "browser/test_live.py",
)  # fmt: skip
"""Files that take more than 20 seconds, the longest first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    ranks = {here / name: rank for rank, name in enumerate(LONGEST)}
    items.sort(key=lambda item: ranks.get(item.path, len(ranks)))
