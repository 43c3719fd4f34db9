"""A small company that hours are imported into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen import importers, records
from sitegen.importers import cells, sheet
from sitegen.importers.importer import Found, Options
from sitegen.importers.rows import Entry
from sitegen.importers.tracker import Map
from sitegen.importers.values import Order
from tests.importers.company import FILES, company


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The company with the task keywords in a phase, and the project website."""
    changed = {
        "time/projects/seo.yml": (
            "name: SEO-optimering\ntype: operations\nstart: 2020-01-01\n"
            "tasks: {analysis: {name: Analyse, tasks: {keywords: {name: Søgeord}}}}\n"
        ),
        "time/projects/website.yml": "name: Website\ntype: operations\nstart: 2020-01-01\n",
        "crm/customers/nordisk-data.yml": "name: Nordisk Data\n",
    }
    return company(tmp_path, FILES | changed)


Importing = Callable[..., Found[Entry]]


@pytest.fixture
def importing(root: Path) -> Importing:
    """What comes of the text of an export: `importing("toggl", text)`, with options of the reading and the map."""
    read = records.read(root)

    def found(
        tracker: str, text: str, *, person: str = "", order: Order | None = None, step: int = 0, **given: object
    ) -> Found[Entry]:
        importer = importers.IMPORTERS[tracker]
        mapped = Map.model_validate(given)
        table = sheet.read(text.encode(), cells.names(importer.columns, mapped.columns))
        return importer.rows(table, read.records, mapped, Options(order, person, step))

    return found
