"""Codes of what a value may be."""

from __future__ import annotations

from sitegen.codes.code import DID_YOU_MEAN, EACH_BY_ITSELF, ONLY_ONE, QUOTE_IS_A_LETTER, Code, error

VALUES: dict[str, Code] = {
    "unknown-key": error(
        "no key here is called '%(key)s'",
        "write %(repair)s",
        EACH_BY_ITSELF,
        DID_YOU_MEAN,
        "write %(pair)s where it belongs, below %(inside)s",
        "delete it, or look up the keys in the record reference",
    ),
    "decimal-comma": error("a comma separates two values here: a point is the decimal sign", "write %(repair)s"),
    "comma-in-text": error("a text with a comma needs quotes between { and }", QUOTE_IS_A_LETTER, "write %(repair)s"),
    "missing-key": error("the key '%(key)s' is missing", "write it: nothing can be computed without it"),
    "nothing-written": error(
        "nothing is written here", "write a value, or leave the key out: what is left out is unknown"
    ),
    "text-wanted": error(
        "'%(written)s' is not text", "quote it: %(repair)s", "write %(dated)s", ONLY_ONE, "write a text"
    ),
    "empty-text": error("the text is empty", "write it, or leave the key out"),
    "bad-value": error("'%(written)s' cannot stand here", "look the key up in the record reference"),
    "bad-id": error(
        "'%(written)s' is no id: small letters a-z, digits and hyphens",
        "write '%(repair)s'",
        "write an id such as nordisk-data",
    ),
    "digits-wanted": error(
        "'%(written)s' must be digits in quotes", "write %(repair)s", 'write it in quotes, such as "12345678"'
    ),
    "bad-currency": error("'%(written)s' is no currency", "write %(repair)s", "three capital letters, such as DKK"),
    "bad-country": error("'%(written)s' is no country", "write %(repair)s", "two capital letters, such as DK"),
    "whole-number-wanted": error(
        "'%(written)s' is not a whole number", "write %(repair)s", "write a whole number, without quotes"
    ),
    "too-low": error("%(written)s is too low", "write at least %(limit)s"),
    "too-high": error("%(written)s is too high", "write at most %(limit)s"),
    "yes-no-wanted": error("'%(written)s' is neither true nor false", "write %(repair)s", "write true or false"),
    "unknown-word": error(
        "'%(written)s' is none of the words that may stand here: %(words)s",
        "write %(repair)s",
        DID_YOU_MEAN,
        "choose one of them",
    ),
    "list-wanted": error(
        "'%(written)s' is not a list",
        "write %(repair)s",
        "write it like %(example)s",
        "write one item a line after `- `, or between [ and ]",
    ),
    "list-length": error("items in the list: %(actual)s; wanted: %(wanted)s", "add or delete items"),
    "map-wanted": error(
        "'%(written)s' is not a set of keys and values",
        "write %(repair)s",
        "write it like %(example)s",
        "write `key: value` lines below, indented",
    ),
    "one-of": error("exactly one of these must be written: %(keys)s", "write one of them, and not the other"),
    "twice-in-list": error("'%(written)s' stands in the list twice", "keep one of them"),
    "bad-date": error(
        "'%(written)s' is not a date",
        "write %(repair)s",
        "write the day, such as 2026-03-16, or leave '%(optional)s' out: what is left out is unknown",
        "write it as year-month-day, such as 2026-03-16",
    ),
    "no-such-day": error("there is no %(written)s", "%(repair)s is the last day of %(month)s"),
    "far-year": error(
        "the year of %(written)s is not between 1800 and 2199",
        "mend the year; an end that is not known is left out",
    ),
    "bad-week": error("'%(written)s' is not a week", "write %(repair)s", "write it like %(example)s"),
    "bad-month": error("'%(written)s' is not a month", "write %(repair)s", "write it like %(example)s"),
    "bad-quarter": error("'%(written)s' is not a quarter", "write %(repair)s", "write it like %(example)s"),
    "bad-half": error("'%(written)s' is not half a year", "write %(repair)s", "write it like %(example)s"),
    "bad-year": error("'%(written)s' is not a year", "write %(repair)s", "write it like %(example)s"),
    "bad-period": error(
        "'%(written)s' is not a month, quarter, half or year",
        "write %(repair)s",
        "write it like %(example)s, 2026-Q1, 2026-H1 or 2026",
    ),
    "not-hours": error("'%(written)s' is not a number of hours", "write %(repair)s", "a decimal number or 1h30m"),
    "negative-hours": error("hours must be more than 0, not %(written)s", "remove the entry, or write what was worked"),
    "no-hours": error("hours must be more than 0", "remove the entry, or write what was worked"),
    "too-many-hours": error("%(written)s hours are too many", "write at most %(most)s"),
    "more-than-a-day": error("%(hours)s hours on %(day)s", "a day has at most 24"),
    "not-a-share": error("'%(written)s' is not a share", "write %(repair)s", "write it like 35%% or 0.35"),
    "share-over-100": error("%(written)s is more than the whole", "write at most 100%%"),
    "bad-rate": error("'%(written)s' is no exchange rate", "write %(repair)s", "write a number above 0, such as 7.46"),
    "not-money": error(
        "'%(written)s' is not an amount", "write %(repair)s", "write a number, or {amount: 4200, currency: EUR}"
    ),
    "negative-money": error("%(written)s is below 0", "write the amount without a minus, or leave it out"),
    "unknown-currency": error(
        "there is no exchange rate for %(written)s",
        "known are: %(known)s; add it to exchange_rates in organisation.yml",
        "add it to exchange_rates in organisation.yml",
    ),
    "no-rate-yet": error(
        "there is no exchange rate for %(written)s on %(day)s",
        "the first one is from %(first)s: add an earlier one in organisation.yml",
    ),
    "not-a-criterion-value": error(
        "'%(written)s' cannot be the value of a criterion", "write a text, a number, true, false or a list of texts"
    ),
    "not-an-answer": error(
        "'%(written)s' is no answer",
        "write a whole number, dont-know, not-relevant, null (asked, not answered), or a text for an open question",
    ),
}
