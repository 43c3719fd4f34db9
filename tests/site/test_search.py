"""Alias words: other spellings by which a page is found."""

from __future__ import annotations

import json

from sitegen.site import search


def test_aalborg_finds_aalborg_in_either_spelling():
    assert "aalborg" in search.aliases("Kunder i Ålborg").split()
    assert "ålborg" in search.aliases("Kunder i Aalborg").split()


def test_a_word_is_also_found_without_its_accents():
    assert {"oel", "ol"} <= set(search.aliases("øl").split())
    assert "idee" not in search.aliases("idé").split()
    assert "ide" in search.aliases("idé").split()


def test_words_that_are_in_the_text_are_no_aliases_and_each_is_there_once():
    assert search.aliases("Aalborg Ålborg ÅLBORG") == "alborg"


def test_titles_and_texts_are_escaped_since_the_worker_reads_html():
    entry = search.entry("a.html", "<img src=x onerror=alert(1)>", "1 < 2 & 3\n  4")
    assert entry["title"] == "&lt;img src=x onerror=alert(1)&gt;"
    assert entry["text"] == "1 &lt; 2 &amp; 3 4"


def test_words_are_not_stemmed_and_no_language_is_loaded():
    config = json.loads(search.files([])["search/search_index.json"])["config"]
    assert (config["lang"], config["pipeline"]) == (["en"], [])
    assert config["fields"].keys() == {"title", "text", "alias"}
