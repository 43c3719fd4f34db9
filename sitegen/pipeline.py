"""One run through the house: records, problems, tables, results and pages, each made when it is first asked for."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sitegen.pages import Page
    from sitegen.problems import Problem
    from sitegen.records import Read, Records
    from sitegen.report import Attention, Context, Data, Metric, Report
    from sitegen.results import Result
    from sitegen.tables import Tables


class Run:
    """The records of a folder, for one day and one audience.

    `root` is the folder of the records, `home` the folder that holds it (with `mkdocs.yml` and `templates/`). `said`
    is told the
    name of each stage as it begins; `timings` holds the seconds each took.
    """

    def __init__(
        self,
        root: Path,
        *,
        as_of: dt.date | None = None,
        audience: str = "everyone",
        cache: Path | None = None,
        said: Callable[[str], None] = lambda stage: None,
    ) -> None:
        self.root = root
        self.home = root.resolve().parent
        self.audience = audience
        self.cache = cache
        self.timings: dict[str, float] = {}
        self.edit_base: str | None = (
            None  # where a record's path is put after to edit it; `build` has it from mkdocs.yml
        )
        self._asked = as_of
        self._said = said

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Times a stage; a stage inside another is counted in both."""
        self._said(name)
        start = time.perf_counter()
        yield
        self.timings[name] = self.timings.get(name, 0.0) + time.perf_counter() - start

    @cached_property
    def read(self) -> Read:
        """Everything the reader found: records, index, problems, files."""
        from sitegen import records

        with self.stage("reading"):
            return records.read(self.root)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """All problems of all files, checks included, sorted by place."""
        from sitegen import checks

        read, as_of = self.read, self.as_of
        with self.stage("checking"):
            found = checks.run(read, self.root, as_of)
        read.index.forget_references()
        return found

    @property
    def broken(self) -> bool:
        """Whether a problem is an error, so that nothing may be built."""
        return any(problem.severity == "error" for problem in self.problems)

    @cached_property
    def as_of(self) -> dt.date:
        """The day everything is computed for: asked for, else the organisation's, else the commit's, else the newest
        fact (G1).
        """
        from sitegen import git

        if self._asked:
            return self._asked
        if self.read.settings.as_of:
            return self.read.settings.as_of
        commit = git.commit(self.home)
        if commit is not None:
            return commit.day
        rows = self.read.records.logged
        return max(rows["day"], default=None) or dt.date(2000, 1, 1)

    @cached_property
    def records(self) -> Records:
        """What the audience may see."""
        from sitegen import audience

        read = self.read
        with self.stage("audience"):
            return audience.restrict(read.records, self.audience)

    @cached_property
    def tables(self) -> Tables:
        """The tidy tables of what the audience may see."""
        from sitegen.tables import Tables

        return Tables(self.records)

    @cached_property
    def reports(self) -> tuple[Report, ...]:
        """The reports this audience may see, in order of computing (home last)."""
        from sitegen.audience import allows
        from sitegen.reports import REPORTS

        return tuple(report for report in REPORTS if allows(self.audience, self.report_audience(report)))

    def report_audience(self, report: Report) -> str:
        """The lowest audience of a report; a matrix of contribution is management's, one of revenue marketing's."""
        organisation = self.read.records.organisation
        matrix = organisation.customer_matrix if organisation is not None else None
        if report.slug == "customer_matrix" and matrix is not None and matrix.value == "revenue":
            return "marketing"
        return report.audience

    @cached_property
    def _context(self) -> Context:
        """What metrics may ask for by name."""
        from sitegen.periods import Calendar
        from sitegen.report import Context

        records, tables = self.records, self.tables
        calendar = Calendar.of(records.organisation)
        return Context(tables, self.as_of, records.organisation, records, calendar, self.audience)

    @cached_property
    def results(self) -> Mapping[str, Result]:
        """`<report>.<table>` → the result, without the columns the audience may not see."""
        return self._computed()

    def _computed(self, also: Sequence[tuple[str, Metric]] = ()) -> Mapping[str, Result]:
        """The results; what `also` has an engine sum runs ahead with theirs."""
        from concurrent.futures import ThreadPoolExecutor

        context = self._context
        metrics = [(report, metric) for report in self.reports for metric in report.metrics]
        thread = ThreadPoolExecutor(1)
        try:
            with self.stage("computing"):
                context.reduce_ahead([*((report.slug, metric) for report, metric in metrics), *also], thread)
                results = context.results
                # While the engine is at its first sums, what needs none is computed.
                for report, metric in sorted(metrics, key=lambda one: not one[1].stands_alone):
                    results[f"{report.slug}.{metric.name}"] = self._run(metric, report)
                for report, metric in metrics:  # in the order of the reports, as they are shown
                    results[f"{report.slug}.{metric.name}"] = results.pop(f"{report.slug}.{metric.name}")
        except BaseException:
            thread.shutdown(cancel_futures=True)
            raise
        thread.shutdown(wait=False)
        return context.results

    def _run(self, metric: Metric, report: Report) -> Result:
        """A metric's result as the audience may see it."""
        lowest = self.report_audience(report)
        return metric.run(self._context, report.slug).at_least(lowest).for_audience(self.audience)

    @cached_property
    def data(self) -> Mapping[str, tuple[Result, Data]]:
        """`<report>.<name>` → what a page's script loads, and how it is written down."""
        offered = [(report, data) for report in self.reports for data in report.data]
        if "results" not in self.__dict__:
            self.results = self._computed([(report.slug, data.metric) for report, data in offered])
        with self.stage("computing"):  # these may look at the results
            return {
                f"{report.slug}.{data.metric.name}": (self._run(data.metric, report), data) for report, data in offered
            }

    def compute(self) -> None:
        """Computes the results and the data at once, which is sooner than one after the other: a site needs both."""
        assert self.data is not None

    def of(self, report: Report) -> dict[str, Result]:
        """The results of one report by the name of their table."""
        start = f"{report.slug}."
        return {name[len(start) :]: result for name, result in self.results.items() if name.startswith(start)}

    @cached_property
    def attention(self) -> tuple[Attention, ...]:
        """What needs a decision, the worst first: by severity, then weight, then report."""
        from sitegen.audience import allows

        order = {"urgent": 0, "warning": 1, "note": 2}
        found = [
            item
            for report in self.reports
            for item in report.attention(self.of(report))
            if allows(self.audience, item.audience)
        ]
        return tuple(
            sorted(found, key=lambda item: (order[item.severity], -item.weight, item.report, item.page[1] or ""))
        )

    def ids(self, kind: str) -> tuple[str, ...]:
        """The ids of the records, or of the rows of a report's table, that have a page of their own."""
        if kind == "activity":
            return tuple(
                sorted({name for plan in self.records.marketing_plans.values() for name in plan.activities or {}})
            )
        many = {"project": "projects", "customer": "customers", "campaign": "campaigns", "person": "people"}
        if kind not in many:  # the rows of a table of the report's own
            report = next(report for report in self.reports if report.each == kind)
            return tuple(self.results[f"{report.slug}.{kind}"].rows["key"])
        return tuple(getattr(self.records, many[kind]))

    @cached_property
    def freshness(self) -> tuple[tuple[str, dt.date | None, int], ...]:
        """Per source its newest day on or before `as_of` and its number of entries, of what the audience may see."""
        records, as_of = self.records, self.as_of
        sources: list[tuple[str, list[dt.date | None]]] = [
            ("time", list(records.logged["day"])),
            ("web", list(records.web["month"])),
            ("support", list(records.support["opened"])),
        ]
        cards = [event.on for card in records.customers.values() for event in card.stages or ()]
        cards += [
            meeting.date or meeting.booked for card in records.customers.values() for meeting in card.meetings or ()
        ]
        sources.append(("customers", cards))
        sources.append(("surveys", [survey.on for survey in records.surveys.values()]))
        found = []
        for name, days in sources:
            past = [day for day in days if day is not None and day <= as_of]
            found.append((name, max(past, default=None), len(past)))
        return tuple(found)

    def pages(self, lang: str) -> Iterator[Page]:
        """Every page of the site in a language: a page a report, and a page a record for reports that have them."""
        from sitegen import pages

        with self.stage("drawing"):
            book = pages.Book(self, lang)
        for report in self.reports:
            own = self.of(report)
            with self.stage("drawing"):
                charts = book.charts(report, own)
            with self.stage("pages"):
                yield book.page(report, own, charts)
                for id in self.ids(report.each) if report.each else ():
                    yield book.page(report, own, charts, id)
        book.forget()
