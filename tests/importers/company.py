"""A small company that files are imported into, and what the tests of every importer do with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sitegen import checks, records
from sitegen.commands import import_

ORGANISATION = (
    "name: F\ncountry: DK\ncurrency: DKK\nlanguages: [en]\ndepartments: {marketing: {name: M}}\n"
    "support: {types: {question: Spørgsmål, error: Fejl, wish: Ønske}, areas: {invoices: Fakturering}}\n"
)
FILES = {
    "organisation.yml": ORGANISATION,
    "time/people/mette.yml": "name: Mette Holm\n",
    "time/people/bo.yml": "name: Bo Lind\n",
    "time/projects/seo.yml": "name: SEO\ntype: operations\nstart: 2020-01-01\ntasks: {keywords: {name: Søgeord}}\n",
    "crm/customers/nordisk-data.yml": 'name: Nordisk Data A/S\ncvr: "12345678"\n',
    "crm/customers/fjordlys.yml": "name: Fjordlys\n",
}


def company(above: Path, files: Mapping[str, str] = FILES) -> Path:
    """The folder of its records: Mette and Bo, the project seo with the task keywords, two customers, three types of
    case and one area; no week and no case yet.
    """
    folder = above / "records"
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def imported(root: Path, text: str | bytes, source: str, given: str = "", **options: object) -> int:
    """The exit code of an import of export.csv, with the text of a map where one is given."""
    file = root.parent / "export.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    if given:
        (root.parent / "map.yml").write_text(given, "utf-8")
        options["map_file"] = root.parent / "map.yml"
    return import_.run(root, file, source, **options)


def snapshot(root: Path) -> dict[str, bytes]:
    """Name and bytes of each file."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def errors(root: Path) -> list[str]:
    """Codes of what is wrong in the records, all checks included."""
    return [problem.code for problem in checks.run(records.read(root), root) if problem.severity == "error"]
