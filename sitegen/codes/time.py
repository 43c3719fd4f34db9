"""Codes of weeks, people and projects."""

from __future__ import annotations

from sitegen.codes.code import Code, error, warning

WEEKS: dict[str, Code] = {
    "date-outside-week": error(
        "%(written)s is not a day of week %(week)s",
        "did you mean %(nearest)s? Else move the entry to the file %(file)s",
        "move the entry to the file %(file)s, or mend the date",
    ),
    "before-project": warning(
        "%(written)s is before the start of '%(id)s' (%(limit)s)", "mend the date, or the project's start"
    ),
    "after-project": warning(
        "%(written)s is after '%(id)s' was closed (%(limit)s)",
        "mend the date, or log the hours on the project that followed",
    ),
    "not-employed": warning(
        "'%(id)s' was not employed on %(written)s",
        "mend the date, or `employed` in the person's file",
        audience="marketing",
    ),
    "imported-twice": error("the row '%(written)s' was imported twice", "keep one of the entries"),
}

PROJECTS: dict[str, Code] = {
    "investment-without-end": error("the investment '%(id)s' has no end", "write `end: 2026-12-31`"),
    "investment-without-budget": error(
        "the investment '%(id)s' has no time budget", "write `budget: [{on: 2026-01-05, hours: 100, why: …}]`"
    ),
    "no-evaluation": warning(
        "the investment '%(id)s' is over and was not evaluated",
        "write `evaluation: {on: …, verdict: stop}`: stop, continue or repeat",
    ),
    "budget-order": error(
        "the budget entry of %(written)s stands after a later one",
        "put the entries in order of their days; add new ones last",
    ),
    "effect-twice": error(
        "'%(key_name)s' belongs to the plan's activity '%(id)s', which this project carries out",
        "move it to the marketing plan, and delete it here",
    ),
    "succeeds-circle": error("'%(id)s' follows a project that follows it", "delete `succeeds` in one of them"),
    "ends-before": error("%(written)s is before the beginning, %(first)s", "mend one of the two"),
    "task-over-project": error(
        "the time budget of '%(id)s', %(written)s h, is larger than that of '%(owner)s' (%(limit)s h)",
        "lower it, or raise what it is part of with a new budget entry",
    ),
    "budget-without-reason": error(
        "the budget was changed on %(written)s without a reason", "write `why:` in the entry"
    ),
    "budget-edited": error(
        "the budget entry of %(written)s is not as it was first committed: %(keys)s",
        "write it as it was (`git show %(commit)s`), and add a new entry with a day and a reason of its own",
    ),
    "budget-removed": error(
        "the budget entry of %(written)s was committed, and is gone",
        "put it back (`git show %(commit)s`), and add a new entry with a day and a reason of its own",
    ),
    "no-successor": error(
        "the verdict on '%(id)s' is to continue, and no project follows it",
        "write `succeeds: %(id)s` in the operations project, or mend the verdict",
    ),
    "past-end": warning(
        "the investment '%(id)s' was to end on %(written)s, and is neither closed nor evaluated",
        "write `closed:` and `evaluation:`, or add a budget entry with a new `end`",
    ),
    "budget-nearly-used": warning(
        "'%(id)s' has used %(written)s of %(limit)s h (%(share)s)",
        "agree on more hours in a new budget entry, on less to do, or close it",
        audience="marketing",
    ),
}
