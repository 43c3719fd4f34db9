"""A small made-up site: two languages, a report, a report with a page a record, and two Markdown pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from sitegen.site import assembly as site
from sitegen.site.settings import Settings


@dataclass(frozen=True)
class MadeUpPage:
    path: str
    title: str
    html: str
    description: str = ""
    search_text: str = ""


def content(heading: str, inside: str = "") -> str:
    return f'<div class="sg"><h1 class="sg-finding">{heading}</h1>{inside}</div>'


def edition(lang: str, **changed: str) -> site.Edition:
    """The made-up site in a language; `changed` replaces the inside of a page: `budget="<p>…</p>"`."""
    inside = {
        "index": '<p><a href="budget.html#figures">Budget</a></p>',
        "budget": '<h2 id="figures">Figures</h2>',
        "project": '<a href="project/seo.html">SEO</a>',
        "seo": '<a href="../budget.html">Budget</a>',
        "shell": "",
    } | changed
    pages = (
        MadeUpPage(
            "index.html", "Juni gav flere leads", content("Juni", inside["index"]), "Forsiden", "leads i Ålborg"
        ),
        MadeUpPage("budget.html", "3 af 8 <projekter>", content("3 af 8", inside["budget"]), "", "timer & kroner"),
        MadeUpPage("project.html", "Projekter", content("Projekter", inside["project"])),
        MadeUpPage("project/seo.html", "SEO", content("SEO", inside["seo"]), "", "webinar"),
        MadeUpPage("project/shell.html", "Shell", content("Shell", inside["shell"])),
    )
    entries = [
        ("time", site.Entry("Budget", "budget.html")),
        ("time", site.Entry("Projekter & drift", "project.html", "project")),
        ("home", site.Entry("Hjem", "index.html")),
    ]
    return site.Edition(lang, pages, site.sections_of(entries, lang), {"data/budget.projects.csv": b"key\n"})


DOCS = {
    "index.md": b"# Kom i gang\n\nSe [ordlisten](glossary.md#ord).\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n",
    "glossary.md": b"# Ordliste\n\n## Ord\n\nEn token: `@@SG:TITLE@@` og `{{ x }}`.\n",
}


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all tests, so that the builder runs once a language."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def make(cache: Path, tmp_path: Path):
    """`make(settings, budget="…")`: the files of the made-up site."""

    def made(settings: Settings | None = None, audience: str = "everyone", **changed: str) -> dict[str, bytes]:
        frame = site.Frame(settings or Settings(), tmp_path, "Nordlys & Søn", audience, DOCS)
        return site.make([edition("da", **changed), edition("en")], frame, cache)

    return made
