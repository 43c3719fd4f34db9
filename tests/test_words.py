"""No untouched word: every message is Danish and Norwegian, and a build in the pseudo-language shows nothing else.

For the pseudo-language every letter of a message becomes a letter of another alphabet, and so does every letter that a
record's writer chose freely, before anything is computed. A Latin letter that is left on a page is a word that never
passed through the catalogues, wherever it was wrapped, shortened or put inside another sentence.
"""

from __future__ import annotations

import ast
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jinja2.ext import babel_extract

from sitegen import codes, formats, messages, pages
from sitegen.audience import AUDIENCES
from sitegen.commands import build
from sitegen.metrics import vocabulary
from sitegen.models.shape import Leaf, Shape
from sitegen.pages import Book, Page, Setting
from sitegen.pages.setting import AUDIENCE_NAMES
from sitegen.pipeline import Run
from sitegen.records import Records
from sitegen.reports import REPORTS
from sitegen.tables.projects import walk_tasks
from tests.canaries import TEXT_ROWS, Planter

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "sitegen"
CATALOGUES = PACKAGE / "messages"

_PLACEHOLDER = re.compile(r"(%\(\w+\)s|%%)")
_OTHER = {ord(letter): ord(letter) + 0xFEE0 for letter in map(chr, (*range(65, 91), *range(97, 123)))}
_OTHER |= {ord(letter): 0x10D0 + place for place, letter in enumerate("æøåÆØÅäöüéèÄÖÜÉ")}


def other(text: str) -> str:
    """The text in another alphabet; placeholders stay."""
    parts = _PLACEHOLDER.split(text)
    return "".join(part if place % 2 else part.translate(_OTHER) for place, part in enumerate(parts))


class Rewriter(Planter):
    """Writes every free text of the records in the other alphabet."""

    def _value(self, shape: Shape, value: Any, path: str, hidden: bool, free: bool) -> Any:
        if isinstance(shape, Leaf) and value is not None:
            return value.translate(_OTHER) if free and shape.ref is None and type(value) is str else value
        return super()._value(shape, value, path, hidden, free)

    def plant(self, records: Records) -> Records:
        records = super().plant(records)
        changed = {}
        for name, columns in TEXT_ROWS.items():
            rows = getattr(records, name)
            texts = {one: [text.translate(_OTHER) if text else text for text in rows[one]] for one in columns}
            changed[name] = rows.with_columns(texts)
        return replace(records, **changed)


@dataclass
class Made:
    """What a build in the pseudo-language gave, and every message it asked for (the plural's other form as value)."""

    run: Run
    pages: list[Page] = field(default_factory=list)
    asked: dict[str, str] = field(default_factory=dict)
    sheets: dict[str, bytes] = field(default_factory=dict)


@cache
def read() -> Any:
    """The company, its free texts rewritten."""
    found = Run(ROOT / "records").read
    return replace(found, records=Rewriter("management").plant(found.records))


@cache
def made(audience: str) -> Made:
    with pytest.MonkeyPatch.context() as patch:
        result = Made(Run(ROOT / "records", audience=audience))
        asked, template, plural = result.asked, messages.template, messages.plural

        def noted(lang: str, msgid: str) -> str:
            asked.setdefault(msgid, "")
            return other(template(lang, msgid))

        def noted_plural(lang: str, singular: str, many: str, n: float) -> str:
            asked[singular] = many
            return other(plural(lang, singular, many, n))

        patch.setattr(messages, "template", noted)
        patch.setattr(messages, "plural", noted_plural)
        result.run.__dict__["read"] = read()
        result.run.edit_base = "https://example.org/edit/main/"
        result.pages += result.run.pages(messages.PSEUDO)
        if audience == "management":
            for report in REPORTS:
                asked.setdefault(report.question, "")
            workbooks = build.Workbooks.__new__(build.Workbooks)
            workbooks.lang, workbooks.currency = messages.PSEUDO, "DKK"
            workbooks.about = {"Computed for": "", "Audience": ""}
            for name, result_ in result.run.results.items():
                result.sheets[name] = workbooks._made(result_)
    asked.pop("", None)
    return result


# --- every message in Danish and in Norwegian

LANGS = pytest.mark.parametrize("lang", ["da", "nb"])


@LANGS
def test_every_message_asked_for_while_the_pages_are_made_is_translated(lang):
    asked = {msgid: audience for audience in AUDIENCES for msgid in made(audience).asked}
    assert {msgid: audience for msgid, audience in asked.items() if not messages.known(lang, msgid)} == {}


@LANGS
def test_every_plural_asked_for_has_both_its_forms(lang):
    plurals = {(one, many) for audience in AUDIENCES for one, many in made(audience).asked.items() if many}
    assert len(plurals) > 20
    wanted = plurals | {(one, many) for one, many in written() if many}
    known = catalogue(lang)
    assert [one for one, many in sorted(wanted) if (one, 0) not in known or (one, 1) not in known] == []


@LANGS
def test_every_message_that_is_written_in_a_template_or_in_python_is_translated(lang):
    """Also those that this company does not reach: empty states, rare sentences, problems of records."""
    assert len(written()) > 800
    assert sorted({msgid for msgid, _ in written() if not messages.known(lang, msgid)}) == []


@LANGS
def test_a_translated_text_has_the_placeholders_of_its_english_one(lang):
    plurals = dict(written())
    for audience in AUDIENCES:
        plurals |= {one: many for one, many in made(audience).asked.items() if many}
    wrong = []
    for key, text in catalogue(lang).items():
        msgid, form = key if isinstance(key, tuple) else (key, 0)
        english = plurals.get(msgid) or msgid if form else msgid
        # the singular may write its number as a word
        if placeholders(text) != placeholders(english) and placeholders(text) | {"n"} != placeholders(english) | {"n"}:
            wrong.append((msgid, text))
    assert wrong == []


@LANGS
def test_no_catalogue_says_a_message_in_two_ways(lang):
    said: dict[Any, dict[str, str]] = {}
    for path in sorted((CATALOGUES / lang).glob("*.po")):
        for key, text in messages._read_po(path).items():
            said.setdefault(key, {})[path.name] = text
    assert {key: texts for key, texts in said.items() if len(set(texts.values())) > 1} == {}


def catalogue(lang: str) -> dict[Any, str]:
    """Every message of a language."""
    return {
        key: text for path in sorted((CATALOGUES / lang).glob("*.po")) for key, text in messages._read_po(path).items()
    }


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", text))


@cache
def written() -> tuple[tuple[str, str], ...]:
    """Every (message, its plural or nothing) that a template or module names as it stands."""
    found: set[tuple[str, str]] = set()
    for path in sorted(PACKAGE.rglob("*.j2")):
        with path.open("rb") as file:
            for _, _, said, _ in babel_extract(file, ("_", "ngettext"), [], {"extensions": "jinja2.ext.do"}):
                one, many = (said, "") if isinstance(said, str) else ((said or ("",))[0], (*(said or ()), "", "")[1])
                if isinstance(one, str) and one:
                    found.add((one, many if isinstance(many, str) else ""))
    for path in sorted(PACKAGE.rglob("*.py")):
        found |= set(_called(ast.parse(path.read_text("utf-8"))))
    for code in codes.CODES.values():
        found |= {(code.sentence, ""), *((hint, "") for hint, _ in code.hints)}
    texts: list[Iterable[str]] = [pages.WHY.values(), pages.SECTIONS.values(), AUDIENCE_NAMES.values()]
    texts += [report_words(report) for report in REPORTS]
    texts += [group.values() for name, group in vars(vocabulary).items() if name.isupper()]
    return tuple(sorted(found | {(text, "") for group in texts for text in group if text}))


def report_words(report: Any) -> Iterator[str]:
    """Title, question and every column of a report."""
    yield from (report.title, report.question)
    for metric in report.metrics:
        for column in metric.columns:
            yield from (column.label, column.about, *column.words.values())


_SAYS = {"words": 0, "say": 0, "_": 0, "translate": 1, "template": 1, "Refusal": 0, "StaysOut": 0}
"""Functions that are given a message, and which argument it is."""


def _called(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Messages that are handed to a function that says them, or to an Attention, in one module."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        texts = [one.value if isinstance(one, ast.Constant) and isinstance(one.value, str) else "" for one in node.args]
        if name == "ntranslate":
            yield texts[1], texts[2]
        elif name in _SAYS and len(texts) > _SAYS[name] and texts[_SAYS[name]]:
            yield texts[_SAYS[name]], ""
        elif name == "Counted" and len(texts) > 1 and texts[0]:
            yield texts[0], texts[1]
        elif name == "Word" and texts and texts[0]:
            yield texts[0], ""
        elif name == "Attention":
            for said in [*node.args, *(keyword.value for keyword in node.keywords)]:
                parts = said.elts if isinstance(said, ast.Tuple) else []
                if len(parts) == 2 and isinstance(parts[1], ast.Dict | ast.BinOp):
                    first = parts[0]
                    if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value:
                        yield first.value, ""


# --- no untouched word in the pseudo-language

ATTRIBUTES = {"aria-label", "title", "alt", "placeholder", "summary", "data-none", "data-label", "data-close"}
CODE = {"code", "pre", "script", "style"}
SYNTAX = {
    "name",
    "type",
    "field",
    "anchor",
    "align",
    "baseline",
    "contains",
    "interpolate",
    "color",
    "fill",
    "stroke",
    "range",
}
"""Keys of a chart's spec whose text no reader sees; a scale's range is its colours."""
_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]{2,}")
_PATH = re.compile(r"(?:\w+/)*(?:crm|time|plans)/[\w./-]+\.(?:yml|md)|organisation\.yml|^\s*yml\s*$")


@cache
def allowed() -> frozenset[str]:
    """Words that are no message: months, the week, brands, and what the records name by an id of their own choice."""
    english = formats.of(messages.PSEUDO)
    words = {*english._months.values(), *english._months_short.values(), *english._days.values(), "Sept"}
    words.add(english._words["week"])
    words |= {"CSV", "XLSX", "DKK", "sitegen"}
    return frozenset(words | own_names(read().records))


def own_names(records: Records) -> set[str]:
    """The words of respondents, kinds of task and own measures, which have no name but the key their writer chose."""
    measures = [card.evaluation for card in records.projects.values() if card.evaluation is not None]
    keys = {measure for one in measures for measure in (*(one.expected or {}), *(one.achieved or {}))}
    for plan in records.marketing_plans.values():
        for activity in (plan.activities or {}).values():
            for given in (activity.expects, activity.effect):
                keys |= set(given.counts if given is not None else ())
    keys -= set(vocabulary.MEASURES)
    for wheel in records.wheels.values():
        keys |= set(wheel.respondents)
    for project in records.projects.values():
        keys |= {task.kind for _, task, _, _ in walk_tasks(project.tasks) if task.kind is not None}
    return {word for key in keys for word in _WORD.findall(key)}


class Untouched(HTMLParser):
    """Collects the Latin words of a page that nobody translated, each with the text it stands in."""

    def __init__(self, allowed: frozenset[str]) -> None:
        super().__init__()
        self.allowed = allowed
        self.found: dict[str, str] = {}
        self._code = 0
        self._template: str | None = None
        self._spec = ""

    def see(self, text: str) -> None:
        for word in _WORD.findall(_PATH.sub(" ", text)):
            if word not in self.allowed:
                self.found.setdefault(word, text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ATTRIBUTES and value:
                self.see(value)
        self._code += tag in CODE
        if tag == "template":
            self._template, self._spec = dict(attrs).get("class") or "", ""

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag in CODE
        if tag == "template":
            if self._template == "sg-spec":
                self._walk(json.loads(self._spec), "")
            self._template = None

    def handle_data(self, data: str) -> None:
        if self._template is not None:
            self._spec += data
        elif not self._code:
            self.see(data)

    def _walk(self, value: Any, key: str) -> None:
        if isinstance(value, Mapping):
            for name, inner in value.items():
                self._walk(inner, name)
        elif isinstance(value, list):
            for inner in value:
                self._walk(inner, key)
        elif isinstance(value, str) and key not in SYNTAX and not (key == "title" and value == "title"):
            # what the expression of an axis writes, not the expression itself
            self.see(" ".join(re.findall(r'"[^"]*"|\'[^\']*\'', value)) if key.endswith("Expr") else value)


def untouched(html: str) -> dict[str, str]:
    reader = Untouched(allowed())
    reader.feed(html)
    return reader.found


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_page_shows_an_untouched_word(audience):
    found: dict[str, tuple[str, str]] = {}
    for page in made(audience).pages:
        reader = Untouched(allowed())
        reader.feed(page.html)
        reader.see(page.title)
        reader.see(page.description)
        found |= {word: (page.path, text) for word, text in reader.found.items() if word not in found}
    assert found == {}


def test_no_workbook_shows_an_untouched_word():
    """Headers, words of fixed vocabularies and reasons; ids and ISO dates are what they are."""
    found: dict[str, str] = {}
    for name, content in made("management").sheets.items():
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            shared = book.read("xl/sharedStrings.xml").decode("utf-8")
        for text in re.findall(r"<t[^>]*>([^<]*)</t>", shared):
            if not is_id(text) and any(word not in allowed() for word in _WORD.findall(text)):
                found.setdefault(text, name)
    assert found == {}


def is_id(text: str) -> bool:
    """One or more ids, a path or a merge field: no blank but between ids, no capital at the beginning."""
    return (
        (" " not in text and not text[:1].isupper())
        or "_" in text
        or bool(_PATH.search(text) or re.fullmatch(r"[a-z0-9 {}.,/-]+", text))
    )


def test_the_shell_shows_no_untouched_word_of_ours():
    """The theme's own words come from its own language file; ours are asked for by `translate` with the language."""
    from sitegen.site import policy, shells

    entry = shells.Entry(messages.translate("xx", "Budget follow-up"), "budget.html")
    section = shells.Section(messages.translate("xx", "Time"), (entry,))
    plan = shells.Plan("xx", (section,), {}, docs={"a.md": b""}, docs_label=messages.translate("xx", "Data"))
    said = re.findall(r'"name": "(⟦[^"]*⟧)"', plan.configuration)
    assert len(said) == 3
    assert re.findall(r'"(⟦[^"]*⟧)":', plan.configuration)[:1] == ["⟦Time⟧"]
    assert policy._labelled("__drawer", "xx", "Menu").endswith('title="⟦Menu⟧">')
    theirs = (PACKAGE / "site" / "policy.py").read_text("utf-8")
    assert {"Skip to the content"} <= {text for text, _ in _called(ast.parse(theirs))}


# --- the net can catch


def page_with(body: str, names: Mapping[tuple[str, str], str] | None = None) -> str:
    """A page of the pseudo-language with this body, as a template writes it."""
    setting = Setting("xx", "management", made("management").run.as_of, reports=REPORTS, names=names or {})
    book = Book(setting, "xx")
    return str(book.environment.from_string(body).render(book._shared_names(0)))


@pytest.mark.parametrize(
    "body",
    [
        "<p>Untouched</p>", '<img alt="Untouched">', '<svg role="img" aria-label="Untouched"></svg>',
        "<svg><text>Untouched</text></svg>", '<th title="Untouched">1</th>', "{{ name_of('project', 'untouched') }}",
        '<template class="sg-spec">{"encoding": {"x": {"title": "Untouched"}}}</template>',
        '<template class="sg-spec">{"axis": {"labelExpr": "datum.value + \'Untouched\'"}}</template>',
        "{{ _('About %(what)s', what='Untouched') }}",
    ],
)  # fmt: skip
def test_an_untouched_word_is_caught(body):
    assert {word.lower() for word in untouched(page_with(body))} - {"about"} == {"untouched"}


def test_what_is_no_word_for_readers_is_let_through():
    body = "<p>30 June 2026 · CSV · records/crm/customers/a.yml</p><code>key</code><pre>name: x</pre>{{ day(as_of) }}"
    assert untouched(page_with(body)) == {}


def test_an_id_in_the_place_of_a_name_is_caught():
    """`website/design` for a phase whose name is Struktur og design: references stay Latin, names do not."""
    assert set(untouched("<td>website/design</td>")) == {"website", "design"}
    assert untouched(f"<td>{other('Struktur og design')}</td>") == {}


def test_a_sentence_without_translation_is_noticed():
    assert not messages.known("da", "This sentence is in no catalogue")


def test_the_pseudo_language_wraps_a_message_and_keeps_its_values():
    assert messages.translate("xx", "%(n)s of %(m)s", {"n": 1, "m": 2}) == "⟦1 of 2⟧"
    assert messages.ntranslate("xx", "%(n)s day", "%(n)s days", 2) == "⟦2 days⟧"
