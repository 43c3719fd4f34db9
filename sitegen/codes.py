"""Every code a problem may have: how bad it is, who may read it, its sentence and its hint (English msgids).

A code is stable: people look it up, and other tools filter by it. `tests/cases/bad/<code>/` shows it by example.
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
    "merge-conflict": _error(
        "two versions of the file meet here (a merge conflict)", "choose one version and delete the marker lines"
    ),
    "unknown-file": _error(
        "no kind of record has the file '%(file)s'",
        "did you mean '%(nearest)s'?",
        "move it to the folder of its kind, or delete it",
    ),
    "bad-file-name": _error("the file's name should be %(wanted)s", "rename it to '%(repair)s'", "rename the file"),
    "no-organisation": _error(
        "organisation.yml is missing",
        "every folder of records has one: name, country, currency, languages, departments",
    ),
    # YAML
    "yaml-syntax": _error(
        "this cannot be read",
        "look for a missing colon, quote or bracket, or a line that is indented too much or too little",
    ),
    "colon-in-text": _error("a text with a colon and a space needs quotes", "write %(repair)s"),
    "needs-quotes": _error("a text that begins with %(character)s needs quotes", "write %(repair)s"),
    "open-quote": _error("the quote that begins here never ends", "write the closing quote"),
    "open-bracket": _error(
        "the bracket that opens here is not closed, or a comma is missing in it",
        "close the bracket, and put commas between its parts",
    ),
    "text-after-quote": _error(
        "the text goes on after the closing quote or bracket",
        "write the whole text in quotes: %(repair)s",
        "put a space before the comment",
    ),
    "no-colon": _error("a key without a colon", "write `key: value`"),
    "indentation": _error(
        "this line is indented differently from the lines it belongs with", "begin it below the line above"
    ),
    "bad-escape": _error(
        "a backslash in double quotes begins something unknown", "write single quotes, or two backslashes"
    ),
    "duplicate-key": _error("the key '%(key)s' stands here twice", "keep one of the two"),
    "anchor": _error(
        "a text that begins with & needs quotes (anchors are not used here)", "write %(repair)s", "write it in quotes"
    ),
    "alias": _error(
        "a text that begins with * needs quotes (aliases are not used here)", "write %(repair)s", "write it in quotes"
    ),
    "tag": _error("a text that begins with ! needs quotes (tags are not used here)", "write it in quotes"),
    "several-documents": _error(
        "the file holds more than one document", "keep one, and delete the line '---' before the next"
    ),
    "key-not-text": _error("a key must be a word", "write `key: value`"),
    "too-deep": _error("more than 20 levels stand inside each other", "records are at most a few levels deep"),
    "too-many": _error("the file holds more than 50,000 values", "split it into smaller files"),
    "text-too-long": _error("the text is longer than %(most)s characters", "shorten it"),
    "not-a-number": _error(
        "'%(written)s' is not a number", "a decimal number such as 1.5 (hours also 1h30m); in quotes it is text"
    ),
    "number-too-long": _error(
        "a number with more than 15 digits cannot be kept exactly", 'quote it if it is not a number: "%(written)s"'
    ),
    "thousands-point": _warning(
        "'%(written)s' is read as %(read)s: a point is the decimal sign", "write %(repair)s if that is meant"
    ),
    "cut-off": _warning('text after " #" is a comment and was cut off', "quote it: %(repair)s"),
    "empty-file": _error("the file is empty", "write the record, or delete the file"),
    # what a value may be
    "unknown-key": _error(
        "no key here is called '%(key)s'", DID_YOU_MEAN, "delete it, or look up the keys in the record reference"
    ),
    "decimal-comma": _error("a comma separates two values here: a point is the decimal sign", "write %(repair)s"),
    "missing-key": _error("the key '%(key)s' is missing", "write it: nothing can be computed without it"),
    "nothing-written": _error(
        "nothing is written here", "write a value, or leave the key out: what is left out is unknown"
    ),
    "text-wanted": _error("'%(written)s' is not text", "quote it: %(repair)s", "write a text"),
    "empty-text": _error("the text is empty", "write it, or leave the key out"),
    "bad-value": _error("'%(written)s' cannot stand here", "look the key up in the record reference"),
    "bad-id": _error(
        "'%(written)s' is no id: small letters a-z, digits and hyphens",
        "write '%(repair)s'",
        "write an id such as nordisk-data",
    ),
    "digits-wanted": _error("'%(written)s' must be digits in quotes", 'write it in quotes, such as "12345678"'),
    "bad-currency": _error("'%(written)s' is no currency", "three capital letters, such as DKK"),
    "bad-country": _error("'%(written)s' is no country", "two capital letters, such as DK"),
    "whole-number-wanted": _error("'%(written)s' is not a whole number", "write a whole number, without quotes"),
    "too-low": _error("%(written)s is too low", "write at least %(limit)s"),
    "too-high": _error("%(written)s is too high", "write at most %(limit)s"),
    "yes-no-wanted": _error("'%(written)s' is neither true nor false", "write true or false"),
    "unknown-word": _error(
        "'%(written)s' is none of the words that may stand here: %(words)s", DID_YOU_MEAN, "choose one of them"
    ),
    "list-wanted": _error("'%(written)s' is not a list", "write one item a line after `- `, or between [ and ]"),
    "list-length": _error("items in the list: %(actual)s; wanted: %(wanted)s", "add or delete items"),
    "map-wanted": _error("'%(written)s' is not a set of keys and values", "write `key: value` lines below, indented"),
    "one-of": _error("exactly one of these must be written: %(keys)s", "write one of them, and not the other"),
    "twice-in-list": _error("'%(written)s' stands in the list twice", "keep one of them"),
    "bad-date": _error(
        "'%(written)s' is not a date", "write %(repair)s", "write it as year-month-day, such as 2026-03-16"
    ),
    "no-such-day": _error("there is no %(written)s", "%(repair)s is the last day of %(month)s"),
    "bad-week": _error("'%(written)s' is not a week", "write %(repair)s", "write it like %(example)s"),
    "bad-month": _error("'%(written)s' is not a month", "write %(repair)s", "write it like %(example)s"),
    "bad-quarter": _error("'%(written)s' is not a quarter", "write %(repair)s", "write it like %(example)s"),
    "bad-half": _error("'%(written)s' is not half a year", "write %(repair)s", "write it like %(example)s"),
    "bad-year": _error("'%(written)s' is not a year", "write %(repair)s", "write it like %(example)s"),
    "bad-period": _error(
        "'%(written)s' is not a month, quarter, half or year",
        "write %(repair)s",
        "write it like %(example)s, 2026-Q1, 2026-H1 or 2026",
    ),
    "not-hours": _error("'%(written)s' is not a number of hours", "write %(repair)s", "a decimal number or 1h30m"),
    "negative-hours": _error(
        "hours must be more than 0, not %(written)s", "remove the entry, or write what was worked"
    ),
    "no-hours": _error("hours must be more than 0", "remove the entry, or write what was worked"),
    "too-many-hours": _error("%(written)s hours are too many", "write at most %(most)s"),
    "more-than-a-day": _error("%(hours)s hours on %(day)s", "a day has at most 24"),
    "not-a-share": _error("'%(written)s' is not a share", "write %(repair)s", "write it like 35%% or 0.35"),
    "share-over-100": _error("%(written)s is more than the whole", "write at most 100%%"),
    "bad-rate": _error("'%(written)s' is no exchange rate", "write %(repair)s", "write a number above 0, such as 7.46"),
    "not-money": _error(
        "'%(written)s' is not an amount", "write %(repair)s", "write a number, or {amount: 4200, currency: EUR}"
    ),
    "negative-money": _error("%(written)s is below 0", "write the amount without a minus, or leave it out"),
    "unknown-currency": _error(
        "there is no exchange rate for %(written)s",
        "known are: %(known)s; add it to exchange_rates in organisation.yml",
        "add it to exchange_rates in organisation.yml",
    ),
    "no-rate-yet": _error(
        "there is no exchange rate for %(written)s on %(day)s",
        "the first one is from %(first)s: add an earlier one in organisation.yml",
    ),
    "not-a-criterion-value": _error(
        "'%(written)s' cannot be the value of a criterion", "write a text, a number, true, false or a list of texts"
    ),
    "not-an-answer": _error(
        "'%(written)s' is no answer",
        "write a whole number, dont-know, not-relevant, null (asked, not answered), or a text for an open question",
    ),
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
    # inside one file
    "date-outside-week": _error(
        "%(written)s is not a day of week %(week)s", "move the entry to the file %(file)s, or mend the date"
    ),
    "defined-twice": _error("the id '%(id)s' is used twice", "choose another id for one of them"),
    # between records
    "before-project": _warning(
        "%(written)s is before the start of '%(id)s' (%(limit)s)", "mend the date, or the project's start"
    ),
    "after-project": _warning(
        "%(written)s is after '%(id)s' was closed (%(limit)s)",
        "mend the date, or log the hours on the project that followed",
    ),
    "not-employed": _warning(
        "'%(id)s' was not employed on %(written)s",
        "mend the date, or `employed` in the person's file",
        audience="marketing",
    ),
    "imported-twice": _error("the row '%(written)s' was imported twice", "keep one of the entries"),
    "investment-without-end": _error("the investment '%(id)s' has no end", "write `end: 2026-12-31`"),
    "investment-without-budget": _error(
        "the investment '%(id)s' has no time budget", "write `budget: [{on: 2026-01-05, hours: 100, why: …}]`"
    ),
    "no-evaluation": _warning(
        "the investment '%(id)s' is over and was not evaluated",
        "write `evaluation: {on: …, verdict: stop}`: stop, continue or repeat",
    ),
    "budget-order": _error(
        "the budget entry of %(written)s stands after a later one",
        "put the entries in order of their days; add new ones last",
    ),
    "effect-twice": _error(
        "'%(key_name)s' belongs to the plan's activity '%(id)s', which this project carries out",
        "move it to the marketing plan, and delete it here",
    ),
    "succeeds-circle": _error("'%(id)s' follows a project that follows it", "delete `succeeds` in one of them"),
    "ends-before": _error("%(written)s is before the beginning, %(first)s", "mend one of the two"),
    "stage-order": _error(
        "the stage of %(written)s stands after a later one",
        "put the stages in order, the oldest first",
        audience="marketing",
    ),
    "stage-of-meeting": _warning(
        "the stage '%(id)s' is brought about by a meeting, and the card has meetings",
        "delete it here: the meeting says it already",
        audience="marketing",
    ),
    "inactive-without-reason": _error(
        "an inactive lead needs a reason",
        "write `reason:` with one of the statuses in crm/stages.yml",
        audience="marketing",
    ),
    "inactive-needs": _error("'%(id)s' needs %(needed)s", "write `%(needed)s:`", audience="marketing"),
    "reason-without-inactive": _error(
        "a reason belongs to the stage inactive only", "delete it, or write `stage: inactive`", audience="marketing"
    ),
    "meeting-without-date": _error(
        "a meeting with the state %(written)s needs its date", "write `date:`", audience="marketing"
    ),
    "cvr-twice": _error(
        "another card has the company number %(written)s",
        "merge the cards: `merged_into:` in one of them",
        audience="marketing",
    ),
    "merged-circle": _error(
        "'%(id)s' is merged into a card that is merged into it",
        "delete `merged_into` in one of them",
        audience="marketing",
    ),
    "figures-overlap": _error(
        "the figures of %(written)s overlap those of another period",
        "keep the shorter periods, or the longer one",
        audience="marketing",
    ),
    "time-cost-twice": _error(
        "the time cost of %(written)s is written here, and hours are logged on the customer in it",
        "delete `time_cost`, or the customer from the hours",
        audience="management",
    ),
    "unknown-criterion": _error(
        "organisation.yml has no criterion '%(id)s'",
        DID_YOU_MEAN,
        "add it to `criteria` in organisation.yml",
        audience="marketing",
    ),
    "criterion-elsewhere": _error(
        "the criterion '%(id)s' may be filled in on: %(where)s",
        "move it, or change `on` in organisation.yml",
        audience="marketing",
    ),
    "bad-criterion-value": _error(
        "'%(written)s' cannot be the value of '%(id)s' (%(type)s)",
        "choose from: %(words)s",
        "write a value of this type",
        audience="marketing",
    ),
    "case-twice": _error("another case has the id '%(id)s'", "give one of them another id"),
    "question-without-scale": _error(
        "the question '%(id)s' has no scale", "write `worst:` and `best:`, or `open: true`"
    ),
    "unknown-question": _error(
        "the survey has no question '%(id)s'", DID_YOU_MEAN, "mend the id, or add the question", audience="marketing"
    ),
    "answer-outside-scale": _error(
        "'%(written)s' is not on the scale from %(least)s to %(most)s",
        "write a whole number on the scale, dont-know, not-relevant or null",
        audience="marketing",
    ),
    "outcome-without-step": _error(
        "no step follows the outcome '%(id)s' of '%(step)s'",
        "add a step with `after: %(step)s` and `when: %(id)s`",
        audience="marketing",
    ),
    "step-without-end": _error(
        "the branch stops at the step '%(id)s'",
        "write `end: true`, or outcomes and the steps that follow",
        audience="marketing",
    ),
    "unknown-outcome": _error(
        "no step before this has the outcome '%(id)s'",
        DID_YOU_MEAN,
        "mend it, or add it to the step's outcomes",
        audience="marketing",
    ),
    "variants-alike": _warning(
        "the variants do not differ in '%(id)s', which is tested", "let them differ in it", audience="marketing"
    ),
    "variants-differ": _warning(
        "the variants differ in '%(id)s' too, not only in '%(variable)s'",
        "test one thing at a time",
        audience="marketing",
    ),
    "variants-unequal": _warning(
        "the variants have different `%(id)s`", "run them on the same days with the same budget", audience="marketing"
    ),
    "unknown-merge-field": _error(
        "there is no merge field {%(written)s}",
        "did you mean {%(nearest)s}?",
        "choose one from the list of merge fields",
        audience="marketing",
    ),
    "goal-without-parent": _warning(
        "the goal '%(id)s' supports no business goal", "write `supports:`, or `business_goal: true`"
    ),
    "goal-circle": _error("the goal '%(id)s' supports itself by way of others", "delete `supports` in one of them"),
    "activity-incomplete": _warning(
        "the activity '%(id)s' lacks: %(keys)s", "write them: what is missing cannot be followed up"
    ),
    "score-without-criterion": _error(
        "the plan declares no criterion '%(id)s'", "add it to `prioritising`, or delete it here"
    ),
    "market-map-sum": _error(
        "the parts add up to %(total)s, more than the size %(written)s", "mend the size or the parts"
    ),
    "too-many-headlines": _error(
        "'%(id)s' is the fourth headline figure for %(audience)s; three are the most",
        "delete `headline: true` in one of them",
        audience="marketing",
    ),
    # mkdocs.yml
    "unknown-setting": _error(
        "'%(key)s' is no setting of the site",
        "did you mean '%(nearest)s'?",
        "delete it: nothing else is read from mkdocs.yml",
    ),
    "bad-setting": _error("the setting '%(key)s' cannot be this", "write it like this: %(example)s"),
}
