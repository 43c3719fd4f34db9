"""Stamping: pages in shells, two languages, tokens, the files beside them."""

from __future__ import annotations

import json
import re

import pytest

from sitegen.site import assembly as site
from sitegen.site.policy import META
from sitegen.site.settings import Settings


def test_every_page_is_in_both_languages_and_the_first_is_the_folder_itself(make):
    files = make()
    for path in ("index.html", "budget.html", "project/seo.html", "docs/glossary.html", "data/budget.projects.csv"):
        assert path in files
        assert f"en/{path}" in files
    assert b'<html lang="da"' in files["index.html"]
    assert b'<html lang="en"' in files["en/index.html"]
    assert "en/404.html" not in files  # a server has one, and it speaks both languages
    assert not any(path.endswith((".map", ".gz")) for path in files)


def test_a_title_is_text_and_the_policy_comes_first(make):
    page = make()["budget.html"].decode()
    assert "<title>3 af 8 &lt;projekter&gt; – Nordlys &amp; Søn</title>" in page
    assert page.index(META) < page.index("<script")
    assert "generator" not in page


def test_a_record_page_lights_its_sections_tab_and_shows_itself_in_the_sidebar(make):
    page = make()["project/seo.html"].decode()
    active = re.findall(r'md-tabs__item--active">\s*<a href="([^"]+)"', page)
    assert active == ["../budget.html"]  # the tab of the section leads to its first page
    assert re.search(
        r'<a href="seo.html" class="md-nav__link md-nav__link--active" aria-current="page">\s*<span[^>]*>\s*SEO', page
    )


def test_no_other_page_shows_an_entry_for_the_records_folder(make):
    files = make()
    for path, content in files.items():
        if path.endswith(".html"):
            assert b"@@SG:" not in re.sub(rb"<code>.*?</code>", b"", content), path
            assert path.endswith(("seo.html", "shell.html")) or b'href="shell.html"' not in content


def test_a_record_may_be_called_shell(make):
    assert '<h1 class="sg-finding">Shell</h1>' in make()["project/shell.html"].decode()


def test_a_page_that_says_a_token_is_not_looked_through_again(make):
    page = make(budget='<h2 id="figures">x</h2><code>@@SG:TITLE@@</code>')["budget.html"].decode()
    assert "<code>@@SG:TITLE@@</code>" in page


def test_each_page_links_to_itself_in_the_other_language(make):
    files = make()
    assert b'<a href="../en/project/seo.html" hreflang="en" lang="en">English</a>' in files["project/seo.html"]
    assert b'<a href="../../project/seo.html" hreflang="da" lang="da">Dansk</a>' in files["en/project/seo.html"]


def test_addresses_and_sitemap_are_there_when_the_site_has_an_address_and_not_without(make):
    without, files = make(), make(Settings(site_url="https://example.com/marketing/"))
    assert "sitemap.xml" not in without and b"canonical" not in without["index.html"]
    assert b'<link rel="canonical" href="https://example.com/marketing/en/budget.html">' in files["en/budget.html"]
    assert b"<loc>https://example.com/marketing/project/seo.html</loc>" in files["sitemap.xml"]


def test_a_site_that_is_not_for_everyone_asks_search_engines_to_stay_away(make):
    assert b"noindex" in make(audience="management")["index.html"]
    assert b"noindex" not in make()["index.html"]


def test_markdown_tables_are_aligned_by_class(make):
    page = make()["docs/index.html"].decode()
    assert 'class="sg-align-right"' in page
    assert "style=" not in page


def test_brand_colours_become_a_style_sheet(make):
    files = make(Settings(brand={"default": "#112233"}, accent={"slate": "#aabbcc"}))
    assert b'[data-md-color-scheme="default"] { --sg-brand: #112233; }' in files["assets/brand.css"]
    assert b"--sg-accent: #aabbcc;" in files["assets/brand.css"]
    assert b'href="../assets/brand.css"' in files["project/seo.html"]


def test_the_index_holds_every_page_and_the_script_says_the_same(make):
    files = make()
    index = json.loads(files["search/search_index.json"])
    assert index["config"]["pipeline"] == []
    found = {entry["location"]: entry for entry in index["docs"]}
    assert {"index.html", "budget.html", "project/seo.html", "docs/glossary.html"} <= set(found)
    assert found["budget.html"]["title"] == "Budget"
    assert "&lt;projekter&gt;" in found["budget.html"]["text"]
    assert "aalborg" in found["index.html"]["alias"].split()
    assert files["search/search_index.js"].decode() == "var __index = " + files["search/search_index.json"].decode()


def test_a_broken_link_stops_the_site_and_says_where(make):
    with pytest.raises(site.Faulty) as stopped:
        make(budget='<h2 id="figures">x</h2><a href="nowhere.html">x</a>')
    assert stopped.value.faults == ("budget.html: a link to nowhere.html, which is not in the site",)


def test_the_builder_runs_once_for_pages_that_change(make, monkeypatch):
    make()
    from sitegen.site import shells

    monkeypatch.setattr(shells, "_build", lambda *arguments: pytest.fail("the builder ran again"))
    page = make(budget='<h2 id="figures">changed</h2>')["budget.html"]
    assert b"changed" in page


def test_the_configuration_is_complete_and_quoted(make):
    """`no` as a language would be `false` to YAML: every string is in quotes, and nothing is inherited."""
    from sitegen.site.shells import Plan

    plan = Plan("no", (), {}, ())
    settings = json.loads(plan.configuration)
    assert settings["theme"]["language"] == "nb"
    assert settings["plugins"] == ["search"]
    assert "INHERIT" not in settings and "hooks" not in settings
    assert settings["theme"]["font"] is False


def test_a_missing_address_has_a_page_in_both_languages_that_is_in_no_index(make):
    files = make(Settings(site_url="https://example.com/firma/"))
    page = files["404.html"].decode()
    assert '<section class="sg-section" lang="da"><h1 class="sg-finding">Her er ingen side</h1>' in page
    assert 'lang="en"><h2>There is no page here</h2>' in page
    assert {"index.html", "en/index.html"} <= set(re.findall(r'href="([^"]*)"', page))
    assert 'name="robots" content="noindex"' in page and "canonical" not in page
    assert b"404" not in files["sitemap.xml"] and b"404" not in files["search/search_index.json"]


def test_the_page_of_a_missing_address_is_whole_however_deep_the_address_lies(make):
    """Below https://example.com/firma/ everything is found from /firma/; without an address, beside the page itself."""
    page = make(Settings(site_url="https://example.com/firma/"))["404.html"].decode()
    assert page.index(META) < page.index("assets/lost.js") < page.index('<base href="/firma/">') < page.index("<link")
    assert '"base": "/firma/"' in page and 'data-root="/firma/"' in page
    assert "<base" not in make()["404.html"].decode()


def test_documents_in_another_language_are_marked_and_stand_by_themselves_in_the_menu(make):
    """The hand-written pages are Danish here: nothing is marked in Danish, the English site marks page and links."""
    files = make(Settings(docs_language="da"))
    danish, english = files["docs/glossary.html"].decode(), files["en/docs/glossary.html"].decode()
    assert '<article class="md-content__inner md-typeset" lang="da">' in english
    assert '<article class="md-content__inner md-typeset">' in danish
    menu = r'<a href="([^"]*)" class="md-nav__link"[^>]* lang="da" hreflang="da"'
    assert set(re.findall(menu, files["en/budget.html"].decode())) == {"docs/index.html", "docs/glossary.html"}
    assert re.findall(menu, files["budget.html"].decode()) == []
    assert "Documents (Dansk)" in files["en/budget.html"].decode()
    reference = files["en/docs/reference/index.html"].decode()
    assert '<article class="md-content__inner md-typeset">' in reference
