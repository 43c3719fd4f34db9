"""The check of the built site: each thing it must catch, one at a time."""

from __future__ import annotations

import pytest

from sitegen.site.policy import META
from sitegen.site.verify import Facts, Memory, faults, look


def page(inside: str, *, head: str = "", lang: str = ' lang="da"', title: str = "Side") -> str:
    return (
        f'<!doctype html><html{lang}><head><meta charset="utf-8">{META}<title>{title}</title>{head}</head>'
        f"<body><h1>Overskrift</h1>{inside}</body></html>"
    )


def test_a_good_page_has_no_faults():
    inside = (
        '<a href="budget.html#x">x</a><a href="https://example.com/">ud</a><a href="mailto:a@b.dk">m</a>'
        '<img src="a.png" alt=""><svg role="img" aria-label="En sætning"><path fill="url(#h)"/></svg>'
        '<pattern id="h"></pattern>'
        "<code>{{ None }}</code><p>Ingen undefined steder her</p>"
    )
    assert look(page(inside)).faults == ()


@pytest.mark.parametrize(
    ("inside", "fault"),
    [
        ("<script>alert(1)</script>", "an inline script that is not known"),
        ('<script src="https://evil.example/x.js"></script>', "a script from elsewhere"),
        ('<script src="//evil.example/x.js"></script>', "a script from elsewhere"),
        ("<style>p{}</style>", "an inline style sheet"),
        ('<p style="color:red">x</p>', "an inline style"),
        ('<p onclick="x()">x</p>', "an inline onclick"),
        ('<a href="javascript:alert(1)">x</a>', "a link to javascript:"),
        ('<a href="data:text/html,x">x</a>', "a link to data:"),
        ('<img src="https://evil.example/x.png" alt="">', "<img src> loads"),
        ('<img srcset="https://evil.example/x.png 2x" alt="">', "<img srcset> loads"),
        ('<img src="x.png">', "a picture without alternative text"),
        ('<svg role="img"></svg>', "a drawing (svg role=img) without a sentence"),
        ('<iframe src="x.html"></iframe>', "<iframe>"),
        ('<link rel="stylesheet" href="https://evil.example/x.css">', "<link> loads"),
        ('<form action="https://evil.example/"></form>', "<form action> loads"),
        ('<i id="a"></i><i id="a"></i>', "the id 'a' occurs twice"),
        ("<h1>To</h1>", "2 main headings"),
        ("<h2> <b></b></h2>", "an empty heading (h2)"),
        ('<path fill="url(#gone)"/>', "nothing has the id 'gone'"),
        ('<path fill="url(https://evil.example/x)"/>', "<path fill> loads"),
        ("<td>NaN</td>", "the page says 'NaN'"),
        ("<td> None </td>", "the page says 'None'"),
        ("<p>{{ name }}</p>", "the page says '{{'"),
        ("<p>%(name)s</p>", "the page says '%(name)s'"),
    ],
)
def test_each_offence_is_caught(inside: str, fault: str):
    assert any(found.startswith(fault) for found in look(page(inside)).faults), look(page(inside)).faults


def test_a_page_needs_a_title_a_language_and_the_policy():
    assert "no title" in look(page("", title=" ")).faults
    assert "no language" in look(page("", lang="")).faults
    assert "no policy" in look("<html lang='da'><h1>x</h1></html>").faults


def test_links_and_anchors_are_followed_from_where_the_page_lies():
    """From `project/seo.html`, `../budget.html#a` is the page `budget.html` and its id `a`."""
    pages = {
        "project/seo.html": Facts(
            frozenset({"here"}), ("../budget.html#a", "#here", "../data/x.csv?v=1", "web.html"), ()
        ),
        "budget.html": Facts(frozenset({"b"}), (), ()),
    }
    assert faults(pages, {*pages, "data/x.csv"}) == [
        "project/seo.html: a link to ../budget.html#a, but the page has nothing with that id",
        "project/seo.html: a link to web.html, which is not in the site",
    ]


def test_what_was_looked_at_is_remembered_as_it_was(tmp_path):
    content = page('<a href="#a">x</a><i id="a"></i><i id="a"></i>').encode()
    memory = Memory(tmp_path)
    first = memory.look(content)
    memory.keep()
    assert Memory(tmp_path).look(content) == first
