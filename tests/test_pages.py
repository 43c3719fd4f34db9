"""What reaches a page: hostile text stays text, figures carry their keys, links are relative, nothing is printed by accident."""

# ruff: noqa: E501 (hostile texts and templates are read better on one line)

from __future__ import annotations

import ast
import datetime as dt
import gzip
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import jinja2
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import messages, pages
from sitegen.pages import Book, Setting
from sitegen.pages.escaping import yaml_text
from sitegen.pages.finished import one_line
from sitegen.pages.setting import AUDIENCE_NAMES
from sitegen.report import Attention, Report, Value, Word
from sitegen.results import REASONS, Column, Result

PACKAGE = Path(pages.__file__).resolve().parent.parent
NB = "\u00a0"
DAY = dt.date(2026, 6, 30)

BUDGET = Report("budget", "Budget follow-up", "How are the budgets?", "time")
PROJECT = Report("project", "Projects", "How are the projects?", "time", each="project")
COLUMNS = (
    Column("name", "text", "Project"),
    Column("type", "text", "Type", words={"operations": "Operations", "investment": "Investment"}),
    Column("used", "minutes", "Used"),
    Column("left", "minutes", "Left"),
    Column("share", "share", "Used"),
    Column("cost", "money", "Cost", audience="management"),
    Column("end", "day", "End"),
)


def projects(*rows: dict, total: bool = True) -> Result:
    """A result of made-up projects; what a row leaves out is filled in."""
    plain = {"name": "SEO", "type": "operations", "used": 6120, "left": -720, "left_why": None, "share": 1.1333, "share_why": None,
             "share_k": 6120, "share_n": 5400, "cost": 123456, "end": DAY, "end_why": None}  # fmt: skip
    made = [{"key": f"p{number}", **plain, **row} for number, row in enumerate(rows or ({"key": "seo"},))]
    if total:
        made.append({**plain, "key": "all", "name": "", "used": sum(row["used"] for row in made)})
    return Result(
        "projects", COLUMNS, pl.DataFrame(made, infer_schema_length=None), {}, "all" if total else None, "budget"
    )


def book(result: Result | None = None, lang: str = "en", templates: dict[str, str] | None = None, **setting) -> Book:
    """A book of two reports over one result, with templates given as text."""
    result = result or projects()
    known = {
        "lang": lang, "audience": "management", "as_of": DAY, "reports": (BUDGET, PROJECT), "results": {"budget.projects": result},
        "names": {("project", "seo"): "SEO"}, "sources": {("project", "seo"): "time/projects/seo.yml"},
        "paged": frozenset({("project", "seo")}), "edit_base": "https://example.org/edit/main/", "version": "1.0",
    } | setting  # fmt: skip
    made = Book(Setting(**known), lang)
    if templates:
        made.environment.loader = jinja2.ChoiceLoader([jinja2.DictLoader(templates), made.environment.loader])
    return made


def render(
    body: str,
    result: Result | None = None,
    lang: str = "en",
    id: str | None = None,
    charts: dict | None = None,
    **setting,
) -> pages.Page:
    """One page of the budget report whose main block is `body`."""
    report = PROJECT if id else BUDGET
    name = f"reports/{report.slug}.record.md.j2" if id else f"reports/{report.slug}.md.j2"
    text = '{% extends "report.html.j2" %}{% block main %}' + body + "{% endblock %}"
    made = book(result, lang, {name: text}, **setting)
    return made.page(report, {"projects": made.setting.results["budget.projects"]} if not id else {}, charts or {}, id)


class Shape(HTMLParser):
    """The elements of a text with the names of their attributes, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.words: list[str] = []
        self.values: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, tuple(name for name, _ in attributes)))
        self.values += [value or "" for _, value in attributes]

    def handle_data(self, data):
        self.words.append(data)

    def handle_comment(self, data):
        self.elements.append(("!--", ()))

    handle_decl = unknown_decl = handle_pi = handle_comment


# --- hostile text

PAYLOADS = (
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
    "<svg/onload=alert(1)//", "<iframe src=javascript:alert(1)>", "<a href='javascript:alert(1)'>x</a>", "<b onmouseover=alert(1)>x</b>",
    "<math><mtext></mtext><script>alert(1)</script></math>", "<details open ontoggle=alert(1)>", "<style>*{background:url(//evil)}</style>",
    "<template><script>alert(1)</script></template>", "</template><script>alert(1)</script>", "</svg><script>alert(1)</script>",
    "</title><script>alert(1)</script>", "</textarea><script>alert(1)</script>", "<!--><script>alert(1)</script>-->", "<![CDATA[<b>]]>",
    "<?php echo 1 ?>", "<!doctype html>", "<base href=//evil/>", "<meta http-equiv=refresh content=0;url=//evil>", "<form action=//evil><input>",
    "<object data=//evil>", "<embed src=//evil>", "<link rel=stylesheet href=//evil>", "<x onclick=alert(1)>", "<<script>alert(1)//<</script>",
    "<scr<script>ipt>alert(1)</script>", "\"><script>alert(1)</script>", "'><script>alert(1)</script>", "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)", "\" autofocus onfocus=alert(1) x=\"", "`onmouseover=alert(1)`", "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;", "&#x3c;script&#x3e;", "&amp;lt;b&amp;gt;", "&", "&&amp;", "javascript:alert(1)", "data:text/html,<script>alert(1)</script>",
    "{{ 7 * 7 }}", "{% for x in y %}", "{# x #}", "{{ ''.__class__.__mro__ }}", "${7*7}", "#{7*7}", "%(x)s", "%s %d", "{0.__class__}",
    "[x](javascript:alert(1))", "![x](https://evil/x.png)", "[x]: https://evil", "[a][b]\n\n[b]: javascript:alert(1)", "<https://evil>",
    "https://evil.example", "# heading", "## heading\n\ntext", "> quote", "* item", "1. item", "    code", "\tcode", "```\ncode\n```",
    "~~~\ncode\n~~~", "`code`", "``<b>``", "a\n\n<script>alert(1)</script>\n\nb", "a\n\n# b", "---", "***", "| a | b |\n|---|---|\n| c | d |",
    "**bold** _em_ ~~del~~", "\\<script\\>", "\\`x\\`", "!!! note\n    x", "??? x\n    y", "=== \"x\"\n    y", "[[wiki]]", "--8<-- \"/etc/passwd\"",
    ":smile:", ":material-x:", "$$x$$", "\\(x\\)", "[^1]: x", "[TOC]", "<br>", "x\r\ny", "x\u2028y", "x\u2029y", "x\u0085y", "x\x0by\x0cz",
    "\u202e<script>", "\u200b<script>", "\ufeff<script>", "＜script＞alert(1)＜/script＞", "ʺ＞＜img＞", "\u00a0<b>\u00a0",
    "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "None", "NaN", "undefined", "' OR 1=1 --", "../../etc/passwd", "//evil.example/x",
    "\\\\evil\\x", "https://evil.example/?a=b&c=<d>", "mailto:a@b?subject=<x>", "vbscript:x", " javascript:alert(1)", "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)", "A" * 300, "", " ", "ÆØÅ æøå é ü 中文 עברית", "😀 👩‍👩‍👧",
)  # fmt: skip

CONTEXTS = {
    "text": "<p>{{ r.projects.row('hostile').name }}</p>",
    "attribute": "<p title=\"{{ r.projects.row('hostile').name }}\">x</p>",
    "message": "<p>{{ _('%(x)s of %(x)s', x=r.projects.row('hostile').name) }}</p>",
    "address": "<a href=\"{{ url(r.projects.row('hostile').name) }}\">x</a>",
    "template": "<template>{{ template_json({'a': r.projects.row('hostile').name}) }}</template>",
    "yaml": "<pre>{{ yaml_text(r.projects.row('hostile').name) }}</pre>",
    "concatenated": "<p>{{ 'x ' ~ r.projects.row('hostile').name }}</p>",
    "table": "{{ p.table(r.projects, ['type', 'used'], label=r.projects.row('hostile').name, link='project', record='project', filter=true) }}",
    "pieces": "{% set n = r.projects.row('hostile').name %}{{ p.chip('ok', n) }}{{ p.facts([(n, n)]) }}{{ p.next([(n, n)]) }}"
    "{{ p.log([(as_of, n)]) }}{{ p.kpi(n, r.projects.row('hostile').used, change=n, basis=n) }}"
    "{% call p.figure(n, sub=n, key=[('fill', n)], sentence=n, foot=p.foot(r.projects, behind=p.why(n), method=n)) %}"
    "{{ p.wheel([{'name': n, 'now': 3, 'wanted': 4, 'note': n}], n) }}{{ p.timeline([{'name': n, 'start': as_of, 'end': as_of, 'done': 1}], as_of, as_of, n) }}"
    "{{ p.decision_map([{'id': 'a', 'name': n, 'role': n}], [{'id': 'b', 'name': n, 'title': n}], [('a', 'b')], (), n, n, n) }}{% endcall %}",
}


@pytest.mark.parametrize("context", CONTEXTS)
def test_no_hostile_text_ever_becomes_markup(context):
    """The elements and attributes of the page are the same whatever a record says; only words and values differ."""
    names: dict[tuple[str, str], str] = {}
    text = '{% extends "report.html.j2" %}{% block main %}' + CONTEXTS[context] + "{% endblock %}"
    made = book(templates={"reports/budget.md.j2": text}, names=names)

    def page_with(name: str) -> pages.Page:
        names["project", "hostile"] = name
        return made.page(BUDGET, {"projects": projects({"key": "hostile", "name": name})}, {})

    benign = Shape(page_with("Plain").html).elements
    for payload in PAYLOADS:
        page = page_with(payload)
        shape = Shape(page.html)
        # a long or many-lined name can take more or fewer lines of a drawing or an example
        assert set(shape.elements) <= set(benign) | {
            ("span", ("class",)),
            ("text", ("class", "x", "y", "text-anchor")),
        }, payload
        if context not in ("pieces", "yaml", "address"):
            assert shape.elements == benign, payload
        assert "\n" not in page.html and "\r" not in page.html and "\u2028" not in page.html
        hrefs = re.findall(r'(?:href|src)="([^"]*)"', page.html)
        assert not [href for href in hrefs if re.match(r"(?i)\s*((javascript|data|vbscript):|//)", href)], payload


def test_there_are_enough_hostile_texts():
    assert len(set(PAYLOADS)) >= 122


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), max_size=60))
def test_an_escaped_text_holds_only_letters_digits_spaces_and_entities_and_reads_the_same(text):
    escaped = str(pages.escape(text))
    assert re.fullmatch(r"(?:[^\W_]| |&#\d+;)*", escaped)
    read = "".join(Shape(f"<p>{escaped}</p>").words)
    plain = re.sub(r"[\t\n\r\x0b\x0c\x1c-\x20\x85\u1680\u2000-\u200a\u2028\u2029\u205f\u3000]+", " ", text)
    assert len(read) == len(plain)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/a?b=c&d=e#f", True), ("mailto:a@example.org", True), ("budget.html", True), ("../project/seo.html#x", True),
        ("javascript:alert(1)", False), (" java\nscript:alert(1)", False), ("JAVASCRIPT:alert(1)", False), ("data:text/html,x", False),
        ("vbscript:x", False), ("//evil.example/x", False), ("\\\\evil\\x", False), ("https:", False), ("http://example.org", False),
        ("x:y", False), ("java\u0000script:alert(1)", False), ("https://[", False),
    ],
)  # fmt: skip
def test_an_address_is_https_mail_or_of_this_site(address, kept):
    assert (pages.url(address) != "#") == kept


def test_free_text_keeps_its_paragraphs_and_lists_and_nothing_else():
    text = "A **plan** with\n\n- one\n- two\n\n<script>alert(1)</script> ![x](https://evil/x.png) [ok](https://example.org) [no](javascript:x) [host](//evil)"
    html = pages.prose(text)
    assert "<strong>plan</strong>" in html and "<li>one</li>" in html
    assert 'href="https://example.org"' in html and "noopener" in html
    assert "\n" not in html and "<script" not in html and "<img" not in html
    assert not re.search(r'href="(?!https://|mailto:)', html)
    for payload in PAYLOADS:
        names = {tag for tag, _ in Shape(pages.prose(payload)).elements}
        assert names <= {"p", "br", "ul", "ol", "li", "strong", "em", "code", "blockquote", "a"}, payload


def test_json_in_a_template_reads_back_and_holds_no_character_that_html_reads():
    for payload in PAYLOADS:
        text = str(pages.template_json({"a": [payload, None, 1.5]}))
        assert not set(text) & set("<>&'\u2028\u2029")
        assert json.loads(text) == {"a": [payload, None, 1.5]}


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+45 12", "'+45 12"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        (" =1", "' =1"),
        ("\t=1", "'=1"),
        ("plain", "plain"),
        ("a=b", "a=b"),
    ],
)
def test_a_spreadsheet_reads_no_text_as_a_formula(text, cell):
    assert pages.cell(text) == cell


def test_an_anchor_is_plain_letters():
    assert pages.slug("Årets mål: 3 × møder") == "aarets-maal-3-moeder"
    assert pages.slug("中文") == "x"


def test_an_example_of_a_record_keeps_its_lines_and_shows_its_keys_and_comments():
    html = yaml_text("areas:\n  5-online: {relevant: false} # why <b>\n")
    assert html == (
        '<span class="k">areas:</span>\n  <span class="k">5-online:</span> &#123;relevant&#58; false&#125;'
        '<span class="c"> &#35; why &#60;b&#62;</span>'
    )


# --- figures


def test_a_figure_prints_its_key_its_raw_value_and_its_text():
    html = render(
        "{{ r.projects.row('seo').used }}|{{ r.projects.row('seo').left.signed.full }}|{{ r.projects.row('seo').end }}",
        projects({"key": "seo"}),
        "da",
    ).html
    assert '<data class="sg-num" data-k="budget.projects.seo.used" value="6120">102,0</data>' in html
    assert f'<data class="sg-num" data-k="budget.projects.seo.left" value="-720">−12,0{NB}t</data>' in html
    assert f'value="2026-06-30">30.{NB}juni 2026</data>' in html


def test_an_undefined_figure_prints_a_dash_with_its_key_and_can_say_why():
    result = projects({"key": "seo", "left": None, "left_why": "no-budget"})
    html = render(
        "{{ r.projects.row('seo').left }} {{ r.projects.row('seo').left.because }} {{ r.projects.row('seo').left.full }}",
        result,
    ).html
    assert html.count('<span class="sg-none" data-k="budget.projects.seo.left">–</span>') == 2
    assert '<span class="sg-why">no budget</span>' in html


def test_a_share_shows_its_cases_and_with_few_of_them_its_interval():
    """4 of 6 is 66.7 %; the interval given with it is 30.0–90.3 %, shown in whole percent."""
    columns = (Column("rate", "share", "Rate"),)
    rows = pl.DataFrame(
        [{"key": "a", "rate": 4 / 6, "rate_why": None, "rate_k": 4, "rate_n": 6, "rate_low": 0.3, "rate_high": 0.903}]
    )
    result = Result("projects", columns, rows)
    html = render("{{ p.table(r.projects, [{'name': 'rate', 'cases': true}], label='x', name=none) }}", result).html
    assert '<span class="sg-cases">4/6</span> · <span class="sg-interval">30–90%</span>' in html


def test_a_figure_of_zero_is_no_absence():
    result = projects({"key": "seo", "used": 0})
    assert "yes" in render("{% if r.projects.row('seo').used %}yes{% endif %}", result).html


def test_a_word_of_a_fixed_vocabulary_is_compared_as_written_and_shown_as_said():
    result = projects({"key": "seo", "type": "operations"})
    html = render(
        "{% if r.projects.row('seo').type == 'operations' %}{{ r.projects.row('seo').type }}{% endif %}", result
    ).html
    assert "Operations" in html


def test_a_column_that_the_audience_may_not_see_is_left_out_of_its_table_and_refused_elsewhere():
    result = projects({"key": "seo"}).for_audience("everyone")
    html = render(
        "{{ p.table(r.projects, ['used', 'cost'], label='x') }}{{ r.projects.has('cost') ~ '' }}", result
    ).html
    assert "Used" in html and "Cost" not in html
    with pytest.raises(jinja2.UndefinedError):
        render("{{ r.projects.row('seo').cost }}", result)


def test_the_total_stands_in_the_foot_and_says_when_rounding_shows():
    """Three times 2 minutes is 6: each is shown as 0,0 h and the total as 0,1 h, though 2 + 2 + 2 = 6 exactly."""
    result = projects(*({"key": name, "used": 2} for name in ("a", "b", "c")))
    html = render("{{ p.table(r.projects, ['used'], label='x') }}", result).html
    assert re.search(
        r"<tfoot><tr><th scope=\"row\">Total</th><td class=\"sg-num\"><data[^>]*value=\"6\">0.1</data>", html
    )
    assert "Rounded:" in html
    assert (
        "Rounded:"
        not in render("{{ p.table(r.projects, ['used'], label='x') }}", projects({"key": "a", "used": 60})).html
    )


@pytest.mark.parametrize(
    "bad",
    [
        "{{ missing }}",
        "{{ r.projects.row('seo').missing }}",
        "{{ r.projects.has('used') }}",
        "{{ r }}",
        "{{ r.projects.row }}",
        "{{ r.nothing }}",
    ],
)
def test_a_template_that_prints_what_is_no_text_stops(bad):
    with pytest.raises((jinja2.UndefinedError, TypeError)):
        render(bad, projects({"key": "seo"}))


def test_a_null_is_a_dash_and_never_the_word_none():
    html = render("<p>{{ r.projects.row('seo').name }}</p>", projects({"key": "seo", "name": None})).html
    assert '<p><span class="sg-none">–</span></p>' in html and "None" not in html


# --- words


def test_a_message_escapes_its_values_and_keeps_figures_and_dates():
    html = render(
        "{{ _('%(who)s has %(left)s on %(day)s, 5 %%', who='<b>', left=r.projects.row('seo').left, day=as_of) }}",
        projects({"key": "seo"}),
    ).html
    assert "&#60;b&#62; has <data" in html
    assert f'<time datetime="2026-06-30">30{NB}June 2026</time>, 5 %' in html


def test_an_abbreviation_at_the_end_of_a_sentence_keeps_one_full_stop():
    """`1.200 kr.` and `A.m.b.a.` have one of their own; a value without one gets that of the sentence."""
    html = render("<p>{{ _('%(one)s. %(two)s. %(three)s', one='A.m.b.a.', two='Nordlink', three='so.') }}</p>").html
    assert ">A.m.b.a. Nordlink. so.<" in html.replace("&#46;", ".")


def test_a_plural_takes_its_number_from_a_figure():
    columns = (Column("n", "count", "n"),)
    for count, said in ((1, "thing"), (2, "things")):
        result = Result("projects", columns, pl.DataFrame([{"key": "a", "n": count}]))
        html = render("{{ ngettext('%(n)s thing', '%(n)s things', r.projects.row('a').n) }}", result).html
        assert f'value="{count}">{count}</data> {said}<' in html.replace(f"{said} ", f"{said}<")


def test_what_needs_a_decision_is_said_with_its_figures_and_links():
    item = Attention(
        "budget", "urgent", 1.0, ("%(name)s is %(word)s: %(left)s", {"name": "<SEO>", "word": Word("Urgent"), "left": Value("projects", "seo", "left")}),
        ("", {}), ("project", "seo"), (("project", "seo"),),
    )  # fmt: skip
    html = render("{{ p.attention(attention) }}", projects({"key": "seo"}), "da", attention=lambda: [item]).html
    assert (
        f'&#60;SEO&#62; is Haster: <data class="sg-num" data-k="budget.projects.seo.left" value="-720">−12,0{NB}t</data>'
        in html
    )
    assert '<a href="project/seo.html">SEO</a>' in html
    assert 'href="https://example.org/edit/main/records/time/projects/seo.yml"' in html
    assert "Intet kræver en beslutning i dag." in render("{{ p.attention(attention) }}", lang="da").html


# --- pages and links


def test_pages_lie_where_the_navigation_says():
    assert pages.page_path("budget") == "budget.html"
    assert pages.page_path("project", "seo") == "project/seo.html"
    assert pages.page_path("home") == "index.html"


def test_links_are_relative_to_the_page_and_only_to_pages_that_are_there():
    body = "{{ link('budget') }} {{ link('project', 'seo') }} {{ link('project', 'gone') }} {{ link('funnel') }}"
    assert (
        '<a href="budget.html">Budget follow-up</a> <a href="project/seo.html">SEO</a> gone funnel' in render(body).html
    )
    deep = render(body, id="seo")
    assert deep.path == "project/seo.html"
    assert '<a href="../budget.html">Budget follow-up</a> <a href="../project/seo.html">SEO</a>' in deep.html


def test_without_a_repository_the_path_of_a_record_is_text():
    html = render("{{ record_link('project', 'seo') }}", edit_base=None).html
    assert '<span class="sg-rec" title="records/time/projects/seo.yml">' in html and "<a class" not in html


def test_a_page_knows_its_title_description_words_and_source():
    page = render("<p>Møder i Ålborg</p>", id="seo", names={("project", "seo"): "SEO <b>"}, lang="da")
    assert (page.path, page.section, page.report, page.id, page.sources) == (
        "project/seo.html",
        "time",
        "project",
        "seo",
        ("time/projects/seo.yml",),
    )
    assert "moeder" in page.search_text and "aalborg" in page.search_text
    assert "<" not in page.search_text and page.html.startswith('<div class="sg"')


def test_an_organisations_own_template_replaces_ours(tmp_path):
    folder = tmp_path / "templates"
    (folder / "reports").mkdir(parents=True)
    (folder / "reports" / "budget.md.j2").write_text(
        '{% extends "report.html.j2" %}{% block finding %}Ours{% endblock %}', encoding="utf-8"
    )
    made = Book(Setting("en", "everyone", DAY, reports=(BUDGET,), templates=folder), "en")
    assert made.page(BUDGET, {}, {}).title == "Ours"


def test_a_page_is_one_line_and_an_example_in_it_keeps_its_lines():
    assert (
        one_line("<div>\n\n<p>a\n  b</p>\n<pre>a\n\n  b\n</pre></div>\n")
        == "<div> <p>a b</p> <pre>a&#10;&#10;  b</pre></div>"
    )


@pytest.mark.parametrize(
    ("columns", "shown"),
    [('"used", "left"', True), ('"used"', False), ('"used", {"name": "left", "off": true}', False)],
)
def test_a_row_says_why_of_the_columns_that_are_shown_and_of_no_other(columns, shown):
    """`left` is undefined in the records for want of a budget: only where its dash stands is there a reason for it."""
    result = projects({"key": "seo", "left": None, "left_why": "no-budget"}, total=False)
    page = render("{{ p.table(r.projects, [" + columns + '], "Projects") }}', result)
    assert (pages.WHY["no-budget"] in page.html) is shown


# --- the rules, read from the files


def templates() -> list[Path]:
    return sorted([*(PACKAGE / "templates").glob("*.j2"), *(PACKAGE / "reports").glob("*/*.j2")])


def test_no_template_goes_round_the_escape_function():
    forbidden = re.compile(
        r"\|\s*safe|autoescape|\|\s*urlize|\|\s*tojson|\|\s*forceescape|Markup|trusted|\bstyle=|\bon[a-z]+=|<script|\{%-?\s*include\s+[^'\"]|__\w+__"
    )
    faults = [
        f"{path.name}: {found[0]}"
        for path in templates()
        for found in forbidden.finditer(re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL))
    ]
    assert faults == []


def test_markup_is_made_in_one_place_and_trusted_only_in_the_pages_room():
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text("utf-8")
        name = path.relative_to(PACKAGE).as_posix()
        calls = {
            node.func.id
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        if name != "pages/escaping.py":
            assert "Markup" not in calls, name
        if name not in {
            f"pages/{module}.py" for module in ("escaping", "book", "environment", "figures", "speech", "finished")
        }:
            assert "trusted" not in calls, name


def test_every_piece_is_listed_at_the_top_of_its_file():
    text = (PACKAGE / "templates" / "pieces.html.j2").read_text("utf-8")
    listed, code = text.split("-#}", 1)
    drawings = (PACKAGE / "templates" / "drawings.html.j2").read_text("utf-8")
    macros = set(re.findall(r"{% macro ([a-z]\w*)\(", code + drawings)) - {
        "defs",
        "shape",
        "arrow",
        "mark",
        "loyalty_mark",
        "attention_item",
    }
    assert sorted(name for name in macros if not re.search(rf"\b{name}\(", listed)) == []


def test_every_word_of_the_pages_is_danish_in_danish():
    from jinja2.ext import babel_extract

    wanted = [*pages.WHY.values(), *pages.SECTIONS.values(), *AUDIENCE_NAMES.values(), "Edit the record %(path)s"]
    for path in sorted((PACKAGE / "templates").glob("*.j2")):
        with path.open("rb") as file:
            for _, _, found, _ in babel_extract(file, ("_", "ngettext"), [], {"extensions": "jinja2.ext.do"}):
                first = (
                    found
                    if isinstance(found, str)
                    else next((one for one in found or () if isinstance(one, str)), None)
                )
                wanted += [first] if first else []
    assert [msgid for msgid in wanted if not messages.known("da", msgid)] == []


def test_every_reason_has_a_sentence():
    assert set(pages.WHY) == set(REASONS)


def test_the_script_that_every_page_loads_is_small_and_makes_no_code_of_text():
    scripts = {path.name: path.read_text("utf-8") for path in (PACKAGE / "assets").glob("*.js")}
    assert len(gzip.compress(scripts["sitegen.js"].encode(), 9, mtime=0)) <= 2048
    for name, text in scripts.items():
        assert not re.search(
            r"\beval\b|new Function|innerHTML|insertAdjacentHTML|document\.write|https?://(?!www\.w3\.org/2000/svg)",
            text,
        ), name
