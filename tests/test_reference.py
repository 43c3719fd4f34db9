"""The record reference describes every kind and every key, and the glossary every word in three languages."""

from __future__ import annotations

import json
import re

import pytest

from sitegen.checks.explained import codes_page
from sitegen.models import KINDS
from sitegen.reference import glossary, glossary_page, reference_pages
from sitegen.schema import schemas


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return reference_pages("en")


def test_every_kind_of_record_has_a_page_with_its_place(pages):
    assert set(pages) == {"index.md", "glossary.md", *(f"{kind.name.replace('_', '-')}.md" for kind in KINDS)}
    for kind in KINDS:
        place = kind.pattern.replace("{", "<").replace("}", ">")
        assert f"`records/{place}`" in pages[f"{kind.name.replace('_', '-')}.md"]


def test_every_key_of_every_record_is_described(pages):
    rows = [
        (name, cells)
        for name, text in pages.items()
        if name != "index.md"
        for cells in re.findall(r"^\| (`\w+`|…) \| (.+?) \| (\w+) \| (.*) \|$", text, re.MULTILINE)
    ]
    assert len(rows) > 200
    assert [(name, cells[0]) for name, cells in rows if cells[2] not in ("everyone", "marketing", "management")] == []
    assert [(name, cells[0]) for name, cells in rows if not cells[3].strip()] == []
    assert [(name, cells[:2]) for name, cells in rows if re.search(r"\bvalue\b(?<!→ value)", cells[1])] == []


def test_every_link_of_the_reference_leads_to_a_heading(pages):
    for name, text in pages.items():
        headings = [line.lstrip("# ").lower() for line in text.splitlines() if line.startswith("## ")]
        anchors = {re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", heading).strip()) for heading in headings}
        assert len(anchors) == len(headings), name
        assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors, name
        assert set(re.findall(r"\]\(([\w-]+\.md)\)", text)) <= set(pages), name


def test_hours_are_written_as_hours_although_they_are_kept_in_minutes(pages):
    assert "| `budget_hours` | hours, such as `1.5` or `1h30m` |" in pages["project.md"]
    assert "minutes" not in re.findall(r"^\| `(\w+)`", pages["project.md"], re.MULTILINE)


def test_every_word_of_the_glossary_has_its_name_and_meaning_in_three_languages():
    for word in glossary():
        assert set(word.term) == set(word.meaning) == {"en", "da", "nb"}
        assert all(word.term.values()) and all(word.meaning.values())
    for lang in ("en", "da", "nb"):
        assert len({word.term[lang] for word in glossary()}) == len(glossary())


def test_the_danish_glossary_sorts_ae_oe_and_aa_last():
    headings = re.findall(r"^## (.*)", glossary_page("da"), re.MULTILINE)
    assert len(headings) == len(glossary())
    first = [heading[0].casefold() for heading in headings if heading[0].isalpha()]
    assert first == sorted(first, key=lambda letter: "abcdefghijklmnopqrstuvwxyzæøå".index(letter))


def test_the_danish_reference_is_in_danish(pages, monkeypatch):
    from sitegen import messages

    asked: set[str] = set()
    template = messages.template
    monkeypatch.setattr(messages, "template", lambda lang, msgid: asked.add(msgid) or template(lang, msgid))
    danish = reference_pages("da")
    assert sorted(msgid for msgid in asked if msgid and not messages.known("da", msgid)) == []
    assert "Én medarbejder." in danish["person.md"]


def test_a_marketer_meets_no_number_of_a_requirement(pages):
    """The words of the models are read on the reference pages and in the editor, those of the checks with `--explain`.

    `docs/requirements.md` says which requirement is kept where.
    """
    number = re.compile(r"\b[A-Z]\d{1,2}[a-z]?\b")
    fine = {"W12", "Q1", "H1"}  # periods as they are written: 2026-Q1
    read = "\n".join([*pages.values(), glossary_page("en"), json.dumps(schemas("en")), codes_page("en")])
    assert set(number.findall(re.sub(r"```.*?```|`[^`\n]*`", "", read, flags=re.DOTALL))) - fine == set()
