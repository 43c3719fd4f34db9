"""The pages of one language: `Book(run, lang)` holds the templates and what all pages share, `page` makes one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup

from sitegen import formats
from sitegen.pages.environment import environment
from sitegen.pages.escaping import attribute, escape, plain, slug, trusted, url
from sitegen.pages.figures import Figure
from sitegen.pages.finished import inner, one_line, search_text
from sitegen.pages.memory import Look, Memory, digest_of, program
from sitegen.pages.setting import SECTIONS, Page, Setting, page_path, setting_of
from sitegen.pages.speech import Speech
from sitegen.pages.tables import Table, Tables
from sitegen.report import Counted, Report, Value, Week, Word
from sitegen.results import Result


class Book:
    """The pages of one language. `run` is a `pipeline.Run`, or a Setting in tests."""

    def __init__(self, run: Any, lang: str) -> None:
        self.setting = run if isinstance(run, Setting) else setting_of(run, lang)
        self.lang = lang
        self.format = formats.of(lang, self.setting.currency, self.setting.as_of)
        self.speech = Speech(lang, self.format)
        self.say, self.show = self.speech.say, self.speech.show
        self.by_slug = {report.slug: report for report in self.setting.reports}
        self.by_kind = {report.each: report for report in self.setting.reports if report.each}
        self.environment = environment(
            self.setting, self.format, self.speech, sentence=self.sentence, has_report=self.by_slug.__contains__
        )
        self._tables: dict[str, Table] = {}
        self._looks: set[Look] = set()
        self._made: set[str] = set()
        self._memory: Memory | None = None
        self._shared: dict[int, dict[str, Any]] = {}

    # --- tables

    def table(self, name: str) -> Table:
        """The result `<report>.<table>` as templates see it; made once a language."""
        if name not in self._tables:
            self._tables[name] = self._watched(Table(self.setting.results[name], name, self.format, self.say))
        return self._tables[name]

    def _watched(self, table: Table) -> Table:
        table.looks = self._looks
        return table

    def tables(self, report: Report, results: Mapping[str, Result]) -> Tables:
        own = {}
        for short, result in results.items():
            name = f"{report.slug}.{short.rpartition('.')[2]}"
            if name not in self._tables or self._tables[name].result is not result:
                self._tables[name] = self._watched(Table(result, name, self.format, self.say))
            own[short.rpartition(".")[2]] = self._tables[name]
        return Tables(own, self.table)

    def figure(self, report: str, value: Value) -> Any:
        """The figure that a sentence of `attention` names, with its unit; a row that is not there is a fault of the
        report.
        """
        row = self.table(f"{report}.{value.table}").row(value.row)
        found = getattr(row, value.column)
        return found.full if isinstance(found, Figure) else found

    def sentence(self, report: str, said: tuple[str, Mapping[str, Any]]) -> Markup:
        """One sentence of an Attention with its values."""
        msgid, values = said
        shown = {}
        for name, value in values.items():
            if isinstance(value, Value):
                shown[name] = self.figure(report, value)
            elif isinstance(value, Word):
                shown[name] = self.say(value.msgid)
            elif isinstance(value, Counted):
                shown[name] = self.speech.nsay(value.one, value.many, self.figure(report, value.n))
            elif isinstance(value, Week):
                shown[name] = self.speech.week(value.day)
            elif isinstance(value, int) and not isinstance(value, bool):
                shown[name] = trusted(self.format.number(value))
            else:
                shown[name] = value
        return self.say(msgid, **shown)

    # --- charts

    def charts(self, report: Report, results: Mapping[str, Result]) -> Charts:
        """The report's charts, wide and narrow; each is drawn when a page first asks for it."""

        def draw(function: Callable[..., Any]) -> Any:
            from sitegen import theme

            return theme.figure(
                function,
                results,
                self.speech.plain_words,
                self.lang,
                currency=self.setting.currency,
                cache=self.setting.cache,
            )

        return Charts(lambda: report.charts, draw, (report.slug, "chart", ""), self._looks)

    # --- links

    def _address(self, up: str, page: str, fragment: str | None = None) -> Markup:
        return trusted(attribute(f"{up}{page}" + (f"#{slug(fragment)}" if fragment else "")))

    def _names(self, up: str) -> dict[str, Any]:
        """What depends on how deep the page lies: addresses are relative, so that the site opens from a USB stick."""

        def address(kind: str, id: str | None = None, fragment: str | None = None) -> Markup | None:
            """Where a report (by slug) or a record (by kind and id) has its page; nothing when it has none for this
            audience.
            """
            if id is None:
                return self._address(up, page_path(kind), fragment) if kind in self.by_slug else None
            report = self.by_kind.get(kind)
            if report is None or (kind, id) not in self.setting.paged:
                return None
            return self._address(up, page_path(report.slug, id), fragment)

        def link(kind: str, id: str | None = None, text: Any = None, fragment: str | None = None) -> Markup:
            """A link to a report or a record by its name; the name alone where there is no page."""
            if text is None:
                report = self.by_slug.get(kind) if id is None else None
                text = self.say(report.title) if report else self.setting.names.get((kind, id or ""), id or kind)
            target = address(kind, id, fragment)
            shown = self.show(text)
            return trusted(f'<a href="{target}">{shown}</a>') if target else trusted(str(shown))

        def record_link(kind: str, id: str, text: Any = None) -> Markup:
            """A link to the record's file in the repository; its path as text where no repository is known."""
            file = self.setting.sources.get((kind, id))
            if file is None:
                return trusted("")
            path = f"{self.setting.records_folder}/{file}"
            shown = self.show(file if text is None else text)
            label = plain(self.say("Edit the record %(path)s", path=path))
            if not self.setting.edit_base:
                return trusted(f'<span class="sg-rec" title="{attribute(path)}">{shown}</span>')
            target = attribute(url(self.setting.edit_base + path))
            return trusted(f'<a class="sg-rec" href="{target}" aria-label="{escape(label)}">{shown}</a>')

        def data(table: str, kind: str) -> Markup:
            """Where a table's download lies: `data/budget.projects.csv`."""
            return trusted(attribute(f"{up}data/{table}.{kind}"))

        return {"address": address, "link": link, "record_link": record_link, "data": data, "root": up}

    # --- a page

    def _shared_names(self, depth: int) -> dict[str, Any]:
        if depth not in self._shared:
            names = self._names("../" * depth)
            pieces: dict[str, Any] = {}
            for template in ("drawings.html.j2", "pieces.html.j2"):
                pieces |= vars(self.environment.get_template(template).make_module(names))
            names["p"] = SimpleNamespace(**pieces)
            self._shared[depth] = names
        return self._shared[depth]

    def page(self, report: Report, results: Mapping[str, Result], charts: Any, id: str | None = None) -> Page:
        """The page of a report, or with `id` of one of its records; the one of last time where nothing it shows has
        changed.
        """
        path = page_path(report.slug, id)
        own = self.tables(report, results)
        memory = self._remembered()
        self._made.add(path)
        kept = memory.find(path, self._digest)
        if kept is not None:
            return Page(**{**kept, "sources": tuple(kept["sources"])})
        self._looks.clear()
        page = self._render(report, own, charts, path, id)
        if self._later not in self._looks:
            memory.keep(path, page, self._looks, self._digest)
        return page

    _later: Look = ("home", "all", "later")
    """Noted when a page shows what is gathered from everywhere (attention, freshness): such a page is always made."""

    def forget(self) -> None:
        """Drops kept pages that this build did not have; called when all pages have been asked for."""
        self._remembered().forget(self._made)

    def _remembered(self) -> Memory:
        if self._memory is None:
            setting = self.setting
            shared = (
                setting.lang,
                setting.audience,
                setting.as_of,
                setting.currency,
                setting.organisation,
                [report.slug for report in setting.reports],
                sorted(setting.names.items()),
                sorted(setting.sources.items()),
                sorted(setting.paged),
                setting.records_folder,
                setting.edit_base,
                setting.version,
                setting.freshest,
            )
            folder = setting.cache / "pages" / f"{setting.audience}-{self.lang}" if setting.cache is not None else None
            base = digest_of(shared, program(setting.templates)) if folder is not None else ""
            self._memory = Memory(folder, base)
        return self._memory

    def _digest(self, look: Look) -> str:
        name, how, key = look
        if how == "chart":
            own = [other for other in self.setting.results if other.startswith(f"{name}.")]
            return digest_of([self.table(other).digest("all", "") for other in sorted(own)])
        try:
            return self.table(name).digest(how, key)
        except KeyError:
            return "gone"

    def _render(self, report: Report, own: Tables, charts: Any, path: str, id: str | None) -> Page:
        context = {
            **self._shared_names(path.count("/")),
            "report": report,
            "r": own,
            "charts": charts,
            "id": id,
            "section": SECTIONS.get(report.section, report.section),
            "attention": _Later(self.setting.attention, self._noted),
            "freshness": _Later(self.setting.freshness, self._noted),
        }
        names = [f"reports/{report.slug}.md.j2"]
        if id is not None:
            names.insert(0, f"reports/{report.slug}.record.md.j2")
        html = one_line(self.environment.select_template(names).render(context))
        title = inner(html, "h1")
        source = self.setting.sources.get((report.each or "", id or ""))
        return Page(
            title=title or plain(self.say(report.title)),
            html=html,
            description=inner(html, 'p class="sg-summary"'),
            path=path,
            section=report.section,
            search_text=search_text(html),
            audience=self.setting.audience,
            report=report.slug,
            id=id,
            sources=(source,) if source else (),
        )

    def _noted(self) -> None:
        self._looks.add(self._later)


class Charts:
    """`charts.burndown`: the drawing, or None when the report has the chart but nothing to draw in it.

    A page that asks for one depends on all results of the report, for any of them may be in the drawing.
    """

    def __init__(
        self,
        offered: Callable[[], Mapping[str, Callable[..., Any]]],
        draw: Callable[[Callable[..., Any]], Any],
        look: Look,
        looks: set[Look],
    ) -> None:
        self._offered, self._draw, self._look, self._looks = offered, draw, look, looks
        self._drawn: dict[str, Any] = {}

    def __bool__(self) -> bool:
        # A report without charts shows none, whatever its figures are: that is no look at them.
        return any(getattr(self, name) is not None for name in self._offered())

    def __getattr__(self, name: str) -> Any:
        self._looks.add(self._look)
        if name not in self._drawn:
            function = self._offered().get(name)
            self._drawn[name] = self._draw(function) if function is not None else None
        return self._drawn[name]


class _Later(Iterable[Any]):
    """A list that is only made when a template walks it (home alone needs it)."""

    def __init__(self, make: Callable[[], Sequence[Any]], noted: Callable[[], None]) -> None:
        self._make, self._noted = make, noted

    def __iter__(self) -> Iterator[Any]:
        self._noted()
        return iter(self._make())

    def __len__(self) -> int:
        self._noted()
        return len(self._make())
