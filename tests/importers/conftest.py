"""A small company that hours are imported into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen import importers, records
from sitegen.importers import rows, sheet
from sitegen.importers.names import Map, Names
from sitegen.importers.rows import Found
from sitegen.importers.values import Order

COMPANY = {
    "organisation.yml": (
        "name: Firma\ncountry: DK\ncurrency: DKK\nlanguages: [en]\ndepartments: {marketing: {name: M}}\n"
    ),
    "time/people/mette.yml": "name: Mette Holm\n",
    "time/people/bo.yml": "name: Bo Lind\n",
    "time/projects/seo.yml": (
        "name: SEO-optimering\ntype: operations\nstart: 2020-01-01\n"
        "tasks: {analysis: {name: Analyse, tasks: {keywords: {name: Søgeord}}}}\n"
    ),
    "time/projects/website.yml": "name: Website\ntype: operations\nstart: 2020-01-01\n",
    "crm/customers/nordisk-data.yml": "name: Nordisk Data\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Mette and Bo, the projects seo (with the task keywords in a phase) and website, one customer; no week yet."""
    folder = tmp_path / "records"
    for name, text in COMPANY.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


Importing = Callable[..., Found]


@pytest.fixture
def importing(root: Path) -> Importing:
    """What comes of the text of an export: `importing("toggl", text)`, with options of the reading and the map."""
    read = records.read(root)

    def found(
        tracker: str, text: str, *, person: str = "", order: Order | None = None, step: int = 0, **given: object
    ) -> Found:
        mapped = Map.model_validate(given)
        reading = rows.Reading(
            importers.TRACKERS[tracker], Names(read.records, mapped), mapped, person=person, order=order, step=step
        )
        known = frozenset(name for names in reading.tracker.columns.values() for name in names)
        known |= frozenset(sheet.folded(name) for name in mapped.columns.values())
        return rows.entries(sheet.read(text.encode(), known), reading)

    return found
