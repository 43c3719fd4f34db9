"""A number before a noun has both forms of it: “1 customer”, never “1 customers”, in every language and message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.test_words import LANGS, catalogue, written

_COUNT = re.compile(r"%\((\w+)\)s((?:[ -][^\W\d_]+){1,3})")
"""A placeholder and up to three words that follow it."""

BETWEEN = frozenset(
    "a across after again against and are as asks at be before belongs buys by comes covers decides differs do does"
    " each follows for from has have here holds how in into is lacks left less lies need needs of on or over publishes"
    " refuses runs says so stands takes than that the this to until waits wants was went were when which who with"
    " without af av de den deres er har i om på som til".split()
)
"""Verbs and small words, in three languages: what follows one of these is not what is counted."""

OFTEN = {
    "%(n)s days": "the columns of a heat table: 30, 60, 90, 180",
    "the file has hours of %(n)s people: leave --person out": "said of two and more",
    "'%(text)s' is not more than 0 and at most %(hours)s hours": "most of a day or a week",
    "%(hours)s hours on %(day)s": "more than 24",
    "%(written)s hours are too many": "more than a day or a week has",
    "the file has more than %(most)s mistakes, and the rest is not told": "a limit of ours",
    "from line %(line)s the cells cannot be told apart: a quotation mark is not closed or stands inside a text,"
    " or a cell is longer than %(most)s letters": "a limit of ours",
    "the text is longer than %(most)s characters": "a limit of ours",
    "%(n)s schemas in %(folder)s": "one a kind of record",
    "'%(id)s' was last looked up in the register of companies on %(written)s, more than %(most)s days ago": "120",
    "%(written)s of the hours of '%(person)s' in the last %(weeks)s weeks went to '%(id)s' as a whole": "thirteen",
}
"""Messages whose number is never 1, and why."""

DECIMALS = {"gap", "ratio", "hockey", "left", "gone", "weeks"}
"""Placeholders of numbers with decimals, which have the noun's plural always: 1.0 points, 1.0 times, 1.0 weeks."""


def counted(text: str, form: int | None, nouns: frozenset[str] | None = None) -> Iterator[str]:
    """Each placeholder with a noun in the plural behind it; that of the plural's own number is right.

    `nouns` are the plurals of a language; without them words in -s are.
    """
    for found in _COUNT.finditer(text):
        if form == 1 and found[1] == "n" or found[1] in DECIMALS:
            continue
        for word in re.findall(r"[^\W\d_]+", found[2].lower()):
            if word in BETWEEN:
                break
            plural = word in nouns if nouns is not None else word in ("people", "persons") or re.search(r"[^s]s$", word)
            if plural:
                yield found[0]


def english() -> Iterator[tuple[str, str, int | None]]:
    """Each message: its msgid, its text, and the form of a plural."""
    for one, many in written():
        if many:
            yield one, one, 0
            yield one, many, 1
        else:
            yield one, one, None


_IN_E = ("dage", "medarbejdere", "medarbeidere")
"""Danish and Norwegian nouns whose plural is in -e; other words in -e are adjectives."""


@cache
def plurals(lang: str) -> frozenset[str]:
    """The nouns that this catalogue has in both forms: words behind the number that the singular does not have."""
    said, found = catalogue(lang), set()
    for (msgid, form), text in ((key, text) for key, text in said.items() if isinstance(key, tuple)):
        if form == 1:
            others = set(re.findall(r"[^\W\d_]+", said[msgid, 0].lower()))
            behind = {word for hit in _COUNT.finditer(text) for word in hit[2].lower().split() if hit[1] == "n"}
            found |= {word for word in behind - others if word[-1] in "rs" or word in _IN_E}
    return frozenset(found)


def test_every_counted_message_has_its_singular():
    wrong = [(msgid, hit) for msgid, text, form in english() for hit in counted(text, form) if msgid not in OFTEN]
    assert wrong == []


@LANGS
def test_no_translation_counts_what_has_one_form_only(lang):
    """The nouns are those of the plurals themselves: one that is counted anywhere has its singular everywhere."""
    nouns = plurals(lang)
    assert len(nouns) > 25
    wrong = []
    for key, text in catalogue(lang).items():
        msgid, form = key if isinstance(key, tuple) else (key, None)
        if msgid not in OFTEN:
            wrong += [(msgid, hit) for hit in counted(text, form, nouns)]
    assert wrong == []


def test_what_is_said_of_some_of_all_fits_one_of_them_too():
    """“1 of 2 projects are late” has the verb of the two: the form goes by how many there are in all."""
    some = re.compile(r"%\((?!n\b)\w+\)s of %\(n\)s (?:\w+ ){1,5}(?:are|have|is|has)\b")
    assert [text for _, text, form in english() if form == 1 and some.search(text)] == []


def test_no_exception_is_of_a_message_that_is_gone():
    assert set(OFTEN) - {msgid for msgid, _, _ in english()} == set()


@pytest.mark.parametrize(
    ("text", "form", "hits"),
    [
        ("%(n)s leads on hold", None, 1),
        ("%(n)s leads on hold", 0, 1),
        ("%(n)s leads on hold", 1, 0),
        ("All %(count)s new customers", None, 1),
        ("%(project)s is late", None, 0),
        ("%(share)s of the hours", None, 0),
        ("%(work)s is %(days)s days late, and %(n)s projects with it", 1, 1),
    ],
)
def test_the_rule_catches_an_offence(text, form, hits):
    assert len(list(counted(text, form))) == hits
