"""Every code a problem may have: how bad it is, who may read it, its sentence and its hint. The messages are English msgids.

A code is stable: it is what people look up and what other tools filter by. `tests/cases/bad/<code>/` shows each by example.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Code:
    """One kind of mistake. The hint that is printed is the first whose placeholders all have a value."""

    severity: str
    audience: str
    sentence: str
    hints: tuple[tuple[str, frozenset[str]], ...]


def _error(sentence: str, *hints: str, audience: str = "everyone") -> Code:
    return Code("error", audience, sentence, tuple((hint, frozenset(_PLACEHOLDER.findall(hint))) for hint in hints))


def _warning(sentence: str, *hints: str, audience: str = "everyone") -> Code:
    return Code("warning", audience, sentence, _error(sentence, *hints).hints)


DID_YOU_MEAN = "did you mean '%(nearest)s'?"
WRITE_IT = "mend the id, or write the record that is missing"

CODES: dict[str, Code] = {
    # the file
    "not-a-file": _error("this is no ordinary file", "records are plain files; put a copy here instead of a link"),
    "too-large": _error("the file is larger than 1 MB", "split it into smaller files"),
    "not-utf-8": _error("the file is not UTF-8 text", "save it with the encoding UTF-8"),
    "utf-16": _error("the file is UTF-16 text", "save it with the encoding UTF-8"),
    "hidden-character": _error("the character %(name)s cannot be seen, and may hide something", "delete it"),
    "tab": _error("a tab stands here", "write spaces instead of tabs"),
    "merge-conflict": _error("two versions of the file meet here (a merge conflict)", "choose one version and delete the marker lines"),
    "unknown-file": _error(
        "no kind of record has the file '%(file)s'", "did you mean '%(nearest)s'?", "move it to the folder of its kind, or delete it"
    ),
    "bad-file-name": _error("the file's name should be %(wanted)s", "rename it to '%(repair)s'", "rename the file"),
    "no-organisation": _error("organisation.yml is missing", "every folder of records has one: name, country, currency, languages, departments"),
    # YAML
    "yaml-syntax": _error("this cannot be read", "look for a missing colon, quote or bracket, or a line that is indented too much or too little"),
    "colon-in-text": _error("a text with a colon and a space needs quotes", "write %(repair)s"),
    "needs-quotes": _error("a text that begins with %(character)s needs quotes", "write %(repair)s"),
    "open-quote": _error("the quote that begins here never ends", "write the closing quote"),
    "open-bracket": _error("the bracket that opens here is not closed, or a comma is missing in it", "close the bracket, and put commas between its parts"),
    "text-after-quote": _error("the text goes on after the closing quote or bracket", "write the whole text in quotes: %(repair)s"),
    "no-colon": _error("a key without a colon", "write `key: value`"),
    "indentation": _error("this line is indented differently from the lines it belongs with", "begin it below the line above"),
    "bad-escape": _error("a backslash in double quotes begins something unknown", "write single quotes, or two backslashes"),
    "duplicate-key": _error("the key '%(key)s' stands here twice", "keep one of the two"),
    "anchor": _error("a text that begins with & needs quotes (anchors are not used here)", "write %(repair)s", "write it in quotes"),
    "alias": _error("a text that begins with * needs quotes (aliases are not used here)", "write %(repair)s", "write it in quotes"),
    "tag": _error("a text that begins with ! needs quotes (tags are not used here)", "write it in quotes"),
    "several-documents": _error("the file holds more than one document", "keep one, and delete the line '---' before the next"),
    "key-not-text": _error("a key must be a word", "write `key: value`"),
    "too-deep": _error("more than 20 levels stand inside each other", "records are at most a few levels deep"),
    "too-many": _error("the file holds more than 50,000 values", "split it into smaller files"),
    "text-too-long": _error("the text is longer than %(most)s characters", "shorten it"),
    "not-a-number": _error("'%(written)s' is not a number", "a decimal number such as 1.5 (hours also 1h30m); in quotes it is text"),
    "number-too-long": _error("a number with more than 15 digits cannot be kept exactly", "quote it if it is not a number: \"%(written)s\""),
    "cut-off": _warning("text after \" #\" is a comment and was cut off", "quote it: %(repair)s"),
    "empty-file": _error("the file is empty", "write the record, or delete the file"),
    # what a value may be
    "unknown-key": _error("no key here is called '%(key)s'", DID_YOU_MEAN, "delete it, or look up the keys in the record reference"),
    "missing-key": _error("the key '%(key)s' is missing", "write it: nothing can be computed without it"),
    "nothing-written": _error("nothing is written here", "write a value, or leave the key out: what is left out is unknown"),
    "text-wanted": _error("'%(written)s' is not text", "quote it: %(repair)s", "write a text"),
    "empty-text": _error("the text is empty", "write it, or leave the key out"),
    "bad-value": _error("'%(written)s' cannot stand here", "look the key up in the record reference"),
    "bad-id": _error("'%(written)s' is no id: small letters a-z, digits and hyphens", "write '%(repair)s'", "write an id such as nordisk-data"),
    "digits-wanted": _error("'%(written)s' must be digits in quotes", "write it in quotes, such as \"12345678\""),
    "bad-currency": _error("'%(written)s' is no currency", "three capital letters, such as DKK"),
    "bad-country": _error("'%(written)s' is no country", "two capital letters, such as DK"),
    "whole-number-wanted": _error("'%(written)s' is not a whole number", "write a whole number, without quotes"),
    "too-low": _error("%(written)s is too low", "write at least %(limit)s"),
    "too-high": _error("%(written)s is too high", "write at most %(limit)s"),
    "yes-no-wanted": _error("'%(written)s' is neither true nor false", "write true or false"),
    "unknown-word": _error("'%(written)s' is none of the words that may stand here: %(words)s", DID_YOU_MEAN, "choose one of them"),
    "list-wanted": _error("'%(written)s' is not a list", "write one item a line after `- `, or between [ and ]"),
    "list-length": _error("the list has %(actual)s items; %(wanted)s are wanted", "add or delete items"),
    "map-wanted": _error("'%(written)s' is not a set of keys and values", "write `key: value` lines below, indented"),
    "one-of": _error("exactly one of these must be written: %(keys)s", "keep one of them"),
    "twice-in-list": _error("'%(written)s' stands in the list twice", "keep one of them"),
    "bad-date": _error("'%(written)s' is not a date", "write %(repair)s", "write it as year-month-day, such as 2026-03-16"),
    "no-such-day": _error("there is no %(written)s", "%(repair)s is the last day of %(month)s"),
    "bad-week": _error("'%(written)s' is not a week", "write %(repair)s", "write it like %(example)s"),
    "bad-month": _error("'%(written)s' is not a month", "write %(repair)s", "write it like %(example)s"),
    "bad-quarter": _error("'%(written)s' is not a quarter", "write %(repair)s", "write it like %(example)s"),
    "bad-half": _error("'%(written)s' is not half a year", "write %(repair)s", "write it like %(example)s"),
    "bad-year": _error("'%(written)s' is not a year", "write %(repair)s", "write it like %(example)s"),
    "bad-period": _error("'%(written)s' is not a month, quarter, half or year", "write %(repair)s", "write it like %(example)s, 2026-Q1, 2026-H1 or 2026"),
    "not-hours": _error("'%(written)s' is not a number of hours", "write %(repair)s", "a decimal number or 1h30m"),
    "negative-hours": _error("hours must be more than 0, not %(written)s", "remove the entry, or write what was worked"),
    "no-hours": _error("hours must be more than 0", "remove the entry, or write what was worked"),
    "too-many-hours": _error("%(written)s hours are too many", "write at most %(most)s"),
    "more-than-a-day": _error("%(hours)s hours on %(day)s", "a day has at most 24"),
    "not-a-share": _error("'%(written)s' is not a share", "write %(repair)s", "write it like 35%% or 0.35"),
    "share-over-100": _error("%(written)s is more than the whole", "write at most 100%%"),
    "bad-rate": _error("'%(written)s' is no exchange rate", "write %(repair)s", "write a number above 0, such as 7.46"),
    "not-money": _error("'%(written)s' is not an amount", "write %(repair)s", "write a number, or {amount: 4200, currency: EUR}"),
    "negative-money": _error("%(written)s is below 0", "write the amount without a minus, or leave it out"),
    "unknown-currency": _error(
        "there is no exchange rate for %(written)s", "known are: %(known)s; add it to exchange_rates in organisation.yml", "add it to exchange_rates in organisation.yml"
    ),
    "no-rate-yet": _error("there is no exchange rate for %(written)s on %(day)s", "the first one is from %(first)s: add an earlier one in organisation.yml"),
    "not-a-criterion-value": _error("'%(written)s' cannot be the value of a criterion", "write a text, a number, true, false or a list of texts"),
    "not-an-answer": _error("'%(written)s' is no answer", "write a whole number, dont-know, not-relevant, null (asked, not answered), or a text for an open question"),
    # ids that no record defines
    "unknown-activity": _error("no activity of a marketing plan has the id '%(id)s'", DID_YOU_MEAN, WRITE_IT),
    "unknown-campaign": _error("no campaign has the id '%(id)s'", DID_YOU_MEAN, WRITE_IT),
    "unknown-category": _error("no product category has the id '%(id)s'", DID_YOU_MEAN, WRITE_IT),
    "unknown-channel": _error("no channel in plans/strategy.yml has the id '%(id)s'", DID_YOU_MEAN, WRITE_IT),
    "unknown-competitor": _error("no competitor in crm/stages.yml has the id '%(id)s'", DID_YOU_MEAN, WRITE_IT),
    "unknown-contact": _error("the card of '%(owner)s' has no contact with the id '%(id)s'", DID_YOU_MEAN, WRITE_IT),
    "unknown-customer": _error("no customer has the id '%(id)s'", DID_YOU_MEAN, WRITE_IT),
    "unknown-department": _error("no department in organisation.yml has the id '%(id)s'", DID_YOU_MEAN, WRITE_IT),
    "unknown-focus-area": _error("no focus area of a marketing plan has the id '%(id)s'", DID_YOU_MEAN, WRITE_IT),
    "unknown-goal": _error("no goal of a marketing plan has the id '%(id)s'", DID_YOU_MEAN, WRITE_IT),
    "unknown-inactive": _error("no inactive status in crm/stages.yml has the id '%(id)s'", DID_YOU_MEAN, WRITE_IT),
    "unknown-person": _error("no person has the id '%(id)s'", DID_YOU_MEAN, WRITE_IT),
    "unknown-product": _error("no product in crm/products.yml has the id '%(id)s'", DID_YOU_MEAN, WRITE_IT),
    "unknown-project": _error("no project has the id '%(id)s'", DID_YOU_MEAN, WRITE_IT),
    "unknown-segment": _error("no segment in plans/segments.yml has the id '%(id)s'", DID_YOU_MEAN, WRITE_IT),
    "unknown-stage": _error("no stage in crm/stages.yml has the id '%(id)s'", DID_YOU_MEAN, WRITE_IT),
    "unknown-stakeholder": _error("no stakeholder of a marketing plan has the id '%(id)s'", DID_YOU_MEAN, WRITE_IT),
    "unknown-step": _error("the campaign '%(owner)s' has no step with the id '%(id)s'", DID_YOU_MEAN, WRITE_IT),
    "unknown-supplier": _error("no supplier in organisation.yml has the id '%(id)s'", DID_YOU_MEAN, WRITE_IT),
    "unknown-support-area": _error("no support area in organisation.yml has the id '%(id)s'", DID_YOU_MEAN, WRITE_IT),
    "unknown-support-type": _error("no support type in organisation.yml has the id '%(id)s'", DID_YOU_MEAN, WRITE_IT),
    "unknown-target-group": _error("no target group in plans/segments.yml has the id '%(id)s'", DID_YOU_MEAN, WRITE_IT),
    "unknown-task": _error("the project '%(owner)s' has no task with the id '%(id)s'", DID_YOU_MEAN, WRITE_IT),
    "unknown-template": _error("no template has the id '%(id)s'", DID_YOU_MEAN, WRITE_IT),
    "unknown-id": _error("nothing has the id '%(id)s'", DID_YOU_MEAN, WRITE_IT),
    # inside one file
    "date-outside-week": _error("%(written)s is not a day of week %(week)s", "move the entry to the file %(file)s, or mend the date"),
    "defined-twice": _error("the id '%(id)s' is used twice", "choose another id for one of them"),
    # mkdocs.yml
    "unknown-setting": _error("'%(key)s' is no setting of the site", "did you mean '%(nearest)s'?", "delete it: nothing else is read from mkdocs.yml"),
    "bad-setting": _error("the setting '%(key)s' cannot be this", "write it like this: %(example)s"),
}
