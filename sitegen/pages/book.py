"""The pages of one language: `Book(run, lang)` holds the templates and what all pages share, `page` makes one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
from markupsafe import Markup

from sitegen import formats, messages
from sitegen.pages import drawing
from sitegen.pages.escaping import (
    aliases,
    attribute,
    escape,
    plain,
    prose,
    slug,
    template_json,
    trusted,
    url,
    words,
    yaml_text,
)
from sitegen.pages.figures import Figure, Table, Tables
from sitegen.pages.memory import Look, Memory, digest_of, program
from sitegen.report import Report, Value, Word
from sitegen.results import Result

PACKAGE = Path(__file__).resolve().parent.parent

SECTIONS = {
    "home": "Home",
    "plan": "Plan",
    "time": "Time",
    "customers": "Customers",
    "funnel": "Sales funnel",
    "campaigns": "Campaigns",
    "growth": "Growth",
    "support": "Support",
    "data": "Data",
}
"""The parts of the site and their names (msgids)."""

AUDIENCE_NAMES = {"everyone": "Everyone in the house", "marketing": "All of marketing", "management": "Management only"}

_PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")
_FILTERS = ("safe", "urlize", "xmlattr", "tojson", "forceescape", "escape", "e")
"""Filters of jinja2 that make markup of text past our own escape function: taken away."""


@dataclass(frozen=True)
class Page:
    """One finished page: its words as plain text, its content as HTML, its place in the site."""

    title: str
    html: str
    description: str
    path: str
    section: str
    search_text: str
    audience: str
    report: str
    id: str | None = None
    sources: tuple[str, ...] = ()
    """Files of the records (relative to the records' folder) that the page's edit link goes to."""


@dataclass(frozen=True)
class Setting:
    """What the pages of one build share.

    `names` and `sources` tell, for each (kind, id) that this audience may see, the name a reader knows it by and the
    file that holds it; `paged` the (kind, id) that have a page. `edit_base` is the address that a file's path in the
    repository is put after; without one the path is shown as text. `results` holds every result as `<report>.<table>`.
    """

    lang: str
    audience: str
    as_of: dt.date
    currency: str = "DKK"
    organisation: Any = None
    reports: Sequence[Report] = ()
    results: Mapping[str, Result] = field(default_factory=dict)
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    sources: Mapping[tuple[str, str], str] = field(default_factory=dict)
    paged: frozenset[tuple[str, str]] = frozenset()
    records_folder: str = "records"
    edit_base: str | None = None
    templates: Path | None = None
    commit: str | None = None
    version: str = ""
    records_read: int | None = None
    freshest: dt.date | None = None
    attention: Callable[[], Sequence[Any]] = tuple
    freshness: Callable[[], Sequence[Any]] = tuple
    cache: Path | None = None


def page_path(slug: str, id: str | None = None) -> str:
    """Where a page lies in the site: `budget.html`, `project/seo.html`, `index.html` for home."""
    if id is not None:
        return f"{slug}/{id}.html"
    return "index.html" if slug == "home" else f"{slug}.html"


def setting_of(run: Any, lang: str) -> Setting:
    """The setting of a run (`pipeline.Run`) in one language."""
    import sitegen
    from sitegen import git

    records, organisation = run.records, run.records.organisation
    commit = git.commit(run.home)
    names: dict[tuple[str, str], str] = {}
    holders = {
        "project": records.projects,
        "customer": records.customers,
        "campaign": records.campaigns,
        "person": records.people,
    }
    for kind, held in holders.items():
        for id, record in held.items():
            names[kind, id] = getattr(record, "name", None) or getattr(record, "title", None) or id
    for plan in records.marketing_plans.values():
        for id, activity in (plan.activities or {}).items():
            names["activity", id] = getattr(activity, "name", None) or getattr(activity, "title", None) or id
    newest = [day for _, day, _ in run.freshness if day is not None]
    return Setting(
        lang=lang,
        audience=run.audience,
        as_of=run.as_of,
        currency=getattr(organisation, "currency", None) or "DKK",
        organisation=organisation,
        reports=run.reports,
        results=run.results,
        names=names,
        sources=records.sources,
        paged=frozenset((report.each, id) for report in run.reports if report.each for id in run.ids(report.each)),
        records_folder=run.root.resolve().name,
        edit_base=getattr(run, "edit_base", None),
        templates=run.home / "templates",
        commit=getattr(commit, "short", None) or (getattr(commit, "id", "") or "")[:7] or None,
        version=sitegen.__version__,
        records_read=getattr(run, "records_read", None),
        freshest=max(newest, default=None),
        attention=lambda: run.attention,
        freshness=lambda: run.freshness,
        cache=run.cache,
    )


class Book:
    """The pages of one language. `run` is a `pipeline.Run`, or a Setting in tests."""

    def __init__(self, run: Any, lang: str) -> None:
        self.setting = run if isinstance(run, Setting) else setting_of(run, lang)
        self.lang = lang
        self.format = formats.of(lang, self.setting.currency)
        self.by_slug = {report.slug: report for report in self.setting.reports}
        self.by_kind = {report.each: report for report in self.setting.reports if report.each}
        self.environment = self._environment()
        self._tables: dict[str, Table] = {}
        self._looks: set[Look] = set()
        self._drawn: dict[str, str] = {}
        self._made: set[str] = set()
        self._memory: Memory | None = None
        self._shared: dict[int, dict[str, Any]] = {}

    # --- words

    def say(self, msgid: str, **values: Any) -> Markup:
        """The message with its values: figures and markup as they are, dates written out, everything else encoded."""
        return self._fill(messages.template(self.lang, msgid), values)

    def nsay(self, singular: str, plural: str, n: Any, **values: Any) -> Markup:
        """The form of the message for `n` (a number or a Figure), which is also its value `%(n)s`."""
        count = n.value if isinstance(n, Figure) else n
        shown = n if isinstance(n, Figure) else trusted(self.format.number(n))
        return self._fill(
            messages.plural(self.lang, singular, plural, count if count is not None else 0), {"n": shown, **values}
        )

    def plain_words(self, msgid: str, **values: Any) -> str:
        """The message as plain text, for charts; values are text already."""
        return messages.translate(self.lang, msgid, values)

    def _fill(self, text: str, values: Mapping[str, Any]) -> Markup:
        parts: list[str] = []
        end = 0
        for found in _PLACEHOLDER.finditer(text):
            parts.append(words(text[end : found.start()]))
            parts.append("%" if found[1] is None else self.show(values[found[1]]))
            end = found.end()
        parts.append(words(text[end:]))
        return trusted("".join(parts))

    def show(self, value: Any) -> str:
        """What any value becomes on a page; the environment calls it for everything a template prints (`finalize`)."""
        if isinstance(value, str) and not hasattr(value, "__html__"):
            return escape(value)
        if hasattr(value, "__html__"):
            return trusted(value.__html__())
        if value is None:
            return trusted('<span class="sg-none">–</span>')
        if isinstance(value, bool):
            raise TypeError("a yes or no has no text of its own: write the words in the template")
        if isinstance(value, dt.date):
            return self.day(value)
        if isinstance(value, int):
            return trusted(str(value))
        if isinstance(value, float):  # a coordinate of a drawing: figures are never bare numbers
            return trusted(f"{value:.1f}".removesuffix(".0"))
        if isinstance(value, Decimal):
            raise TypeError("a bare Decimal: every figure on a page is a Figure, or written by number()")
        if isinstance(value, jinja2.Undefined):
            return trusted(str(value))  # StrictUndefined raises here
        raise TypeError(f"a template prints a {type(value).__name__}")

    def day(self, day: dt.date | None, *, year: bool = True, short: bool = False) -> Markup:
        if day is None:
            return trusted('<span class="sg-none">–</span>')
        text = self.format.day_short(day, year=year) if short else self.format.day(day, year=year)
        return trusted(f'<time datetime="{day.isoformat()}">{text}</time>')

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
            elif isinstance(value, int) and not isinstance(value, bool):
                shown[name] = trusted(self.format.number(value))
            else:
                shown[name] = value
        return self.say(msgid, **shown)

    # --- charts

    def charts(self, report: Report, results: Mapping[str, Result]) -> dict[str, Any]:
        """Every chart of the report that has something to draw, wide and narrow."""
        from sitegen import theme

        drawn = {}
        for name, function in report.charts.items():
            found = theme.figure(
                function, results, self.plain_words, self.lang, currency=self.setting.currency, cache=self.setting.cache
            )
            if found is not None:
                drawn[name] = found
        return drawn

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

    # --- the environment

    def _environment(self) -> jinja2.Environment:
        own = self.setting.templates
        loaders: list[jinja2.BaseLoader] = [jinja2.FileSystemLoader(own)] if own is not None and own.is_dir() else []
        loaders += [jinja2.FileSystemLoader(PACKAGE / "templates"), jinja2.FunctionLoader(_report_template)]
        environment = jinja2.Environment(
            loader=jinja2.ChoiceLoader(loaders),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            finalize=self.show,
            lstrip_blocks=True,
            extensions=["jinja2.ext.do"],
            auto_reload=False,
            bytecode_cache=_COMPILED,
        )
        for name in _FILTERS:
            environment.filters.pop(name, None)
        setting, format = self.setting, self.format
        environment.globals.update(
            _=self.say,
            gettext=self.say,
            ngettext=self.nsay,
            lang=self.lang,
            as_of=setting.as_of,
            organisation=setting.organisation,
            audience=setting.audience,
            audience_name=AUDIENCE_NAMES[setting.audience],
            setting=setting,
            format=format,
            day=self.day,
            month=lambda day: trusted(format.month(day)),
            week=lambda week: trusted(f'<span class="sg-num">{format.week(week)}</span>'),
            period=lambda period: trusted(f'<span class="sg-num">{escape_period(format.period(period))}</span>'),
            number=lambda value, digits=0: trusted(format.number(value, digits)),
            money=lambda minor: trusted(format.money(minor)),
            plain=plain,
            prose=prose,
            slug=slug,
            url=url,
            template_json=template_json,
            yaml_text=yaml_text,
            draw=drawing,
            sentence=self.sentence,
            chart_config=lambda: _chart_config(self.lang, setting.currency),
            name_of=lambda kind, id: setting.names.get((kind, id), id),
            has_report=lambda slug: slug in self.by_slug,
            sections=SECTIONS,
        )
        return environment

    def _shared_names(self, depth: int) -> dict[str, Any]:
        if depth not in self._shared:
            names = self._names("../" * depth)
            pieces: dict[str, Any] = {}
            for template in ("drawings.html.j2", "pieces.html.j2"):
                pieces |= vars(self.environment.get_template(template).make_module(names))
            names["p"] = SimpleNamespace(**pieces)
            self._shared[depth] = names
        return self._shared[depth]

    # --- a page

    def page(
        self, report: Report, results: Mapping[str, Result], charts: Mapping[str, Any], id: str | None = None
    ) -> Page:
        """The page of a report, or with `id` of one of its records; the one of last time where nothing it shows has
        changed.
        """
        path = page_path(report.slug, id)
        own = self.tables(report, results)
        drawn = _Charts(charts, report.slug, self._looks)
        for name, chart in charts.items():
            self._drawn[f"{report.slug}.{name}"] = digest_of(str(chart), getattr(chart, "spec", None))
        self._drawn[f"{report.slug}."] = digest_of(sorted(charts))
        memory = self._remembered()
        self._made.add(path)
        kept = memory.find(path, self._digest)
        if kept is not None:
            return Page(**{**kept, "sources": tuple(kept["sources"])})
        self._looks.clear()
        page = self._render(report, own, drawn, path, id)
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
                setting.commit,
                setting.version,
                setting.records_read,
                setting.freshest,
            )
            folder = setting.cache / "pages" / f"{setting.audience}-{self.lang}" if setting.cache is not None else None
            base = digest_of(shared, program(setting.templates)) if folder is not None else ""
            self._memory = Memory(folder, base)
        return self._memory

    def _digest(self, look: Look) -> str:
        name, how, key = look
        if how == "chart":
            return self._drawn.get(name, "")
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
        title = _inner(html, "h1")
        source = self.setting.sources.get((report.each or "", id or ""))
        return Page(
            title=title or plain(self.say(report.title)),
            html=html,
            description=_inner(html, 'p class="sg-summary"'),
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


class _Compiled(jinja2.BytecodeCache):
    """Templates are translated to Python once a process, whatever the number of languages."""

    def __init__(self) -> None:
        self._kept: dict[str, Any] = {}

    def load_bytecode(self, bucket: Any) -> None:
        kept = self._kept.get(bucket.key)
        if kept is not None and kept[0] == bucket.checksum:
            bucket.code = kept[1]

    def dump_bytecode(self, bucket: Any) -> None:
        self._kept[bucket.key] = (bucket.checksum, bucket.code)


_COMPILED = _Compiled()


class _Charts:
    """`charts.burndown`: the drawing, or None when the report has the chart but nothing to draw in it."""

    def __init__(self, charts: Mapping[str, Any], slug: str, looks: set[Look]) -> None:
        self._charts, self._slug, self._looks = charts, slug, looks

    def __bool__(self) -> bool:
        self._looks.add((f"{self._slug}.", "chart", ""))
        return bool(self._charts)

    def __getattr__(self, name: str) -> Any:
        self._looks.add((f"{self._slug}.{name}", "chart", ""))
        return self._charts.get(name)


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


@lru_cache(maxsize=8)
def _chart_config(lang: str, currency: str) -> Mapping[str, Any]:
    from sitegen import theme

    return theme.config(lang, currency)


def escape_period(text: str) -> str:
    return str(escape(text)) if set(text) & set("<>&\"'") else text


def _report_template(name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """The templates of the reports' own folders: `reports/budget.md.j2` is `sitegen/reports/budget/page.md.j2`."""
    found = re.fullmatch(r"reports/([a-z_]+)(\.record)?\.md\.j2", name)
    if not found:
        return None
    path = PACKAGE / "reports" / found[1] / ("record.md.j2" if found[2] else "page.md.j2")
    return (path.read_text(encoding="utf-8"), str(path), lambda: True) if path.is_file() else None


_PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)


def one_line(html: str) -> str:
    """The page on one line, so that no Markdown reader finds a paragraph in it; line ends of `pre` become entities."""
    parts = _PRE.split(html)
    for number, part in enumerate(parts):
        parts[number] = (
            re.sub(r"\n+</pre>$", "</pre>", part).replace("\n", "&#10;")
            if number % 2
            else re.sub(r"\s*\n\s*", " ", part)
        )
    return "".join(parts).strip()


def _inner(html: str, opening: str) -> str:
    tag = opening.split()[0]
    found = re.search(rf"<{opening}[^>]*>(.*?)</{tag}>", html)
    return trusted(found[1]).striptags() if found else ""


_UNREAD = re.compile(r"<(svg|template|style|script|pre|footer)\b.*?</\1>|<ul class=\"sg-key.*?</ul>")


def search_text(html: str) -> str:
    """The words of a page for the search index: no drawings, no examples; `Aalborg` finds `Ålborg`."""
    text = trusted(re.sub(r"<(?=/?(?:td|th|p|li|dd|dt|h\d|summary|span)\b)", " <", _UNREAD.sub(" ", html))).striptags()
    text = re.sub(r"\s+", " ", text).strip()
    more = aliases(text)
    return f"{text} {more}" if more else text
