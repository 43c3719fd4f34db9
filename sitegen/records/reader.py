"""The folder → Records, Index and problems; a week's models are gone before the next week is read."""

from __future__ import annotations

import datetime as dt
import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from sitegen import yamlfile
from sitegen.models import Kind
from sitegen.models.fields import Context
from sitegen.problems import Place, Problem, in_order
from sitegen.records import rows as columns
from sitegen.records.doubled import moved
from sitegen.records.folder import File, find
from sitegen.records.index import Index, Referred, add_definitions, add_references
from sitegen.records.others import other_kind
from sitegen.records.references import Reference, references
from sitegen.records.rows import Rows
from sitegen.records.settings import Settings
from sitegen.records.telling import validate
from sitegen.records.weeks import WEEK_COLUMNS, people_of_weeks, plain_week, references_of_weeks
from sitegen.yamlfile import Document
from sitegen.yamlfile.tables import Columns


@dataclass
class Records:
    """Everything the records say: cards as models, by id; what there is much of as rows; months by time."""

    organisation: Any = None
    people: dict[str, Any] = field(default_factory=dict)
    projects: dict[str, Any] = field(default_factory=dict)
    customers: dict[str, Any] = field(default_factory=dict)
    campaigns: dict[str, Any] = field(default_factory=dict)
    templates: dict[str, Any] = field(default_factory=dict)
    surveys: dict[str, Any] = field(default_factory=dict)
    wheels: dict[str, Any] = field(default_factory=dict)
    marketing_plans: dict[str, Any] = field(default_factory=dict)
    journeys: dict[str, Any] = field(default_factory=dict)
    sales: dict[str, Any] = field(default_factory=dict)
    stages: Any = None
    products: Any = None
    segments: Any = None
    strategy: Any = None
    industry_codes: Any = None
    content: Any = None
    logged: Rows = field(default_factory=lambda: Rows(columns.LOGGED))
    booked: Rows = field(default_factory=lambda: Rows(columns.BOOKED))
    absent: Rows = field(default_factory=lambda: Rows(columns.ABSENT))
    web: Rows = field(default_factory=lambda: Rows(columns.WEB))
    support: Rows = field(default_factory=lambda: Rows(columns.SUPPORT))
    sources: dict[tuple[str, str], str] = field(default_factory=dict)
    """(kind, id) → the file that defines it."""


@dataclass(frozen=True)
class Read:
    """What came of reading a folder."""

    records: Records
    index: Index
    problems: tuple[Problem, ...]
    files: tuple[File, ...]
    context: Context
    """The currency and rates that amounts were read with."""
    settings: Settings
    """What is known of organisation.yml even while it has mistakes."""

    @cached_property
    def wrong_files(self) -> frozenset[str]:
        """Files in which the reader found an error: what was wrong was taken out, so that it is not left out there."""
        return frozenset(problem.place.file for problem in self.problems if problem.severity == "error")

    @cached_property
    def days_logged(self) -> dict[str, set[dt.date]]:
        """Person → the days that she has logged hours on."""
        rows, found = self.records.logged, defaultdict[str, set[dt.date]](set)
        person, day = rows["person"], rows["day"]
        for _, start, end, _, _ in self.logged_files:
            found[person[start]].update(day[start:end])
        return found

    @cached_property
    def logged_files(self) -> list[tuple[int, int, int, dt.date, dt.date]]:
        """Each file with hours, which is a person's week: its number, its first row, the row after its last, its first
        day, its last day."""
        days = self.records.logged["day"]
        return [
            (number, start, end, min(held := days[start:end]), max(held))
            for number, start, end in self.records.logged.spans()
        ]

    def referred(self, kind: str, wanted: Callable[[str], bool]) -> Iterator[Referred]:
        """What files refer to, once a file and id, of the ids of a kind for which `wanted` is true."""
        yield from (referred for referred in self.index.references(kind) if wanted(referred.id))
        if kind == "person":
            yield from people_of_weeks(self.files, wanted)
        sections = {"booked": self.records.booked, "logged": self.records.logged}
        yield from references_of_weeks(sections, self.index.modelled, kind, wanted)


CARDS = {
    "person": "people", "project": "projects", "customer": "customers", "campaign": "campaigns",
    "template": "templates", "survey": "surveys", "wheel": "wheels", "marketing_plan": "marketing_plans",
    "journey": "journeys",
}  # fmt: skip
"""Kind of file → where its cards are kept."""

HIDING = frozenset({"bad-id", "unknown-key", "no-colon", "no-space", "nothing-written", "list-wanted", "map-wanted"})
"""Mistakes in a file that is YAML, after which ids that its writer defined are perhaps not found."""
_OF_RATES = frozenset({"unknown-currency", "no-rate-yet"})


def read(root: Path) -> Read:
    """Read every record below a folder. Bad input makes problems, never an exception; what is right still counts."""
    was_enabled = gc.isenabled()
    gc.disable()  # the reader makes no cycles, and looking for them among the columns costs a third of its time
    try:
        return _Reader(root).run()
    finally:
        if was_enabled:
            gc.enable()


class _Reader:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.records = Records()
        self.index = Index()
        self.problems: list[Problem] = []
        self.context = Context()
        self.settings = Settings()
        self.hours = {"logged": self.records.logged, "booked": self.records.booked, "absent": self.records.absent}

    def run(self) -> Read:
        files, problems = find(self.root)
        self.problems += problems
        organisation = [file for file in files if file.kind.name == "organisation"]
        if not organisation:
            self.problems.append(Problem("no-organisation", Place("organisation.yml")))
        for file in organisation + [file for file in files if file.kind.name != "organisation"]:
            self._file(file)
        self.records.sales = dict(sorted(self.records.sales.items()))
        if self.index.lost("organisation"):  # an exchange rate is perhaps there
            self.problems = [problem for problem in self.problems if problem.code not in _OF_RATES]
        return Read(self.records, self.index, in_order(self.problems), tuple(files), self.context, self.settings)

    def _file(self, file: File) -> None:
        name = file.kind.name
        document, text = read_file(self.root, file.path, WEEK_COLUMNS if name == "week" else None)
        if name == "organisation":
            self.context = Context.from_written(document.data)
            self.settings = Settings.from_written(document.data, text)
        if name == "week":
            self.records.sources[name, file.id] = file.path
            self._week(file, document, text)
        else:
            self._define(file, document)
            unparsed = any(problem.severity == "error" for problem in document.problems)
            parsed = len(document.problems)
            model, left = validate(file.kind.model, document, self.context)
            owner = file.id if file.kind.many else ""
            found = references(file.kind.model, document.data, owner)
            if unparsed or _hides(document, found):
                self.index.lose(name, owner)
            misplaced = other_kind(file, document.data) if len(document.problems) > parsed else None
            if misplaced is not None:
                document.problems[:] = [*document.problems[:parsed], misplaced]
                model, found = None, []
            add_references(self.index, file.path, found)
            if model is not None:
                self._keep(file, model, left)
        self.problems += document.problems

    def _define(self, file: File, document: Document) -> None:
        self.records.sources[file.kind.name, file.id if file.kind.many else ""] = file.path
        for kind, id, place, before in add_definitions(self.index, file, document):
            self.problems.append(Problem("defined-twice", place, {"kind": kind, "id": id}, also=(before,)))

    def _keep(self, file: File, model: Any, document: Document) -> None:
        records, name = self.records, file.kind.name
        if name in CARDS:
            getattr(records, CARDS[name])[file.id] = model
        elif name == "sales":
            months = model.root if hasattr(model, "root") else model
            records.sales.update(months)
            for month in months:
                records.sources["sales", month] = file.path
        elif name == "web":
            columns.add_web(model, document, records.web)
        elif name == "support":
            columns.add_support(model, document, records.support)
        else:
            setattr(records, name, model)

    def _week(self, file: File, document: Document, text: str) -> None:
        """One week of one person: its rows, its references, and the rules that hold inside the file."""
        person, week = file.names["person"], file.names["week"]
        monday, days_of_week = _days_of(week)
        records = self.records
        if document.problems:
            document.problems[:] = moved(document.problems, text, monday)
        days = plain_week(document, person, monday, self.hours)
        if days is None:
            model, left = validate(file.kind.model, document, self.context)
            add_references(self.index, file.path, references(file.kind.model, document.data))
            self.index.modelled.add(file.path)
            self.problems += _outside_week(document, week)
            if model is not None:
                found = columns.week_rows(model, left, person, monday)
                for kept, rows in zip((records.logged, records.booked, records.absent), found, strict=True):
                    kept.add(rows)
            return
        if not days <= days_of_week:
            self.problems += _outside_week(document, week)


def _hides(document: Document, found: Iterable[Reference]) -> bool:
    """Whether ids that a file defines are perhaps not found; one that it only names hides nothing."""
    hiding = [problem for problem in document.problems if problem.code in HIDING]
    named = {one.id.rpartition("/")[2] for one in found} if hiding else set()
    return any(one.code != "bad-id" or one.values["written"] not in named for one in hiding)


def _outside_week(document: Document, week: str) -> Iterator[Problem]:
    """Days of a week file that lie in another week; also of entries that have something else wrong."""
    days = {day.isoformat() for day in _days_of(week)[1]}
    for section in ("absent", "logged"):
        entries = document.data.get(section) if isinstance(document.data, dict) else None
        for at, entry in enumerate(entries if isinstance(entries, list) else ()):
            written = entry.get("date") if isinstance(entry, dict) else None
            if isinstance(written, str) and written not in days:
                try:
                    year, number, _ = dt.date.fromisoformat(written).isocalendar()
                except ValueError:
                    continue  # no day at all: told already
                nearest = next((day for day in days if day[4:] == written[4:]), "")  # only the year is another
                values = {"written": written, "week": week, "file": f"{year}-W{number:02d}.yml", "nearest": nearest}
                yield Problem("date-outside-week", document.place((section, at, "date")), values)


def read_file(root: Path, file: str, columns: Columns | None = None) -> tuple[Document, str]:
    """What a file says, and its text as lines to show; a file that cannot be read says nothing and has its problems."""
    text, problems = yamlfile.read(f"{root}/{file}", file)
    if text is None:
        found = Document(file)
        found.problems += problems
        return found, ""
    found = _template(text, file) if file.endswith(".md") else yamlfile.parse(text, file, columns=columns)
    if found.tables is None and found.data is None and not found.problems:
        found.problems.append(Problem("empty-file", Place(file)))
    return found, text


def kept_document(kind: Kind, document: Document, context: Context) -> Document:
    """What is kept of a document when its mistakes are taken out: what its model was made of."""
    return validate(kind.model, document, context)[1] if document.data is not None else document


@cache
def _days_of(week: str) -> tuple[dt.date, frozenset[dt.date]]:
    """The Monday of a week such as `2026-W12`, and its seven days."""
    monday = dt.date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
    return monday, frozenset(monday + dt.timedelta(days=at) for at in range(7))


def _template(text: str, file: str) -> Document:
    """A template's document: `text` is the body, the other keys stand in front of it between two lines `---`."""
    body, line = text, 0
    document = Document(file)
    if text.startswith("---\n") and (end := text.find("\n---\n", 3)) >= 0:
        document = yamlfile.parse(text[4 : end + 1], file, line=1)
        body, line = text[end + 5 :], text.count("\n", 0, end + 5)
        if document.data is not None and not isinstance(document.data, dict):
            return document
    elif text.startswith("---\n"):
        document.problems.append(Problem("open-front", Place(file)))
        return document
    if document.data is None:
        document.data, document.marks = {}, [None]
    if "text" not in document.data:
        document.add("text", body.strip("\n"), (line + len(body) - len(body.lstrip("\n")) - document.line, 0))
    elif body.strip():
        first = document.place(("text",), key=True)
        values: dict[str, str | int] = {"key": "text", "first": first.line}
        place = Place(file, line + len(body) - len(body.lstrip("\n")) + 1)
        document.problems.append(Problem("duplicate-key", place, values, also=(first,)))
    return document
