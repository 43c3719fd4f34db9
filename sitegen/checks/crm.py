"""Stages, customer cards, support cases, surveys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sitegen import periods
from sitegen.checks.files import Files
from sitegen.models.fields import to_day
from sitegen.problems import Problem, nearest
from sitegen.records import Read

DIGITS = {"DK": 8, "NO": 9}
"""Country → the digits of its company numbers (CVR; Enhetsregisteret)."""


def stage_history(read: Read, files: Files) -> Iterator[Problem]:
    """Stages stand oldest first, each with its day; an inactive lead has a reason, and what it needs."""
    stages = read.records.stages
    reasons = {reason.id: reason for reason in stages.inactive} if stages is not None else {}
    made = {stage.id: stage.entered_by for stage in stages.stages if stage.entered_by} if stages is not None else {}
    for id, customer in read.records.customers.items():
        source = ("customer", id)
        whole = files.sources[source] not in read.wrong_files  # else what is missing is perhaps what was wrong
        newest: tuple[dt.date, int] | None = None
        for at, event in enumerate(customer.stages):
            path = ("stages", at)
            if event.on is None and whole:
                yield files.problem("no-entry-date", source, (*path, "stage"), id=event.stage)
            elif event.on is not None:
                if newest is not None and event.on < newest[0]:
                    before = files.place(source, ("stages", newest[1], "on"))
                    yield files.problem(
                        "stage-order", source, (*path, "on"), written=event.on.isoformat(), also=(before,)
                    )
                else:
                    newest = (event.on, at)
            if event.stage in made and customer.meetings:
                yield files.problem("stage-of-meeting", source, (*path, "stage"), id=event.stage)
            if event.stage == "inactive" and whole:
                needs = reasons[event.reason].needs if event.reason in reasons else None
                if event.reason is None:
                    yield files.problem("inactive-without-reason", source, (*path, "stage"))
                elif needs == "contact_again" and event.contact_again is None:
                    yield files.problem("no-contact-again", source, (*path, "reason"), id=event.reason)
                elif needs is not None and getattr(event, needs) is None:
                    yield files.problem("inactive-needs", source, (*path, "reason"), id=event.reason, needed=needs)
            elif event.stage != "inactive" and event.reason is not None:
                yield files.problem("reason-without-inactive", source, (*path, "reason"), id=event.reason)


def meetings(read: Read, files: Files) -> Iterator[Problem]:
    """A meeting that was held, cancelled or missed has a date."""
    for id, customer in read.records.customers.items():
        if files.sources["customer", id] in read.wrong_files:
            continue  # the date is perhaps what was wrong
        for at, meeting in enumerate(customer.meetings):
            if meeting.state in ("held", "no-show") and meeting.date is None:
                yield files.problem(
                    "meeting-without-date", ("customer", id), ("meetings", at, "state"), written=meeting.state
                )


def same_company(read: Read, files: Files) -> Iterator[Problem]:
    """Two cards with one company number; a card that was merged into another may keep it."""
    first: dict[str, str] = {}
    for id, customer in read.records.customers.items():
        if customer.cvr is None or customer.merged_into is not None:
            continue
        if customer.cvr in first:
            before = files.place(("customer", first[customer.cvr]), ("cvr",))
            yield files.problem("cvr-twice", ("customer", id), ("cvr",), written=customer.cvr, also=(before,))
        else:
            first[customer.cvr] = id


def company_numbers(read: Read, files: Files) -> Iterator[Problem]:
    """A company number has as many digits as those of the organisation's country have: 8 in Denmark, 9 in Norway.

    A card does not say in which country its firm is, so this is only a warning.
    """
    country = getattr(read.records.organisation, "country", "")
    wanted = DIGITS.get(country)
    for id, customer in read.records.customers.items() if wanted else ():
        number = customer.cvr
        if number is not None and len(number) != wanted:
            values: dict[str, Any] = {"actual": len(number), "wanted": wanted, "country": country}
            yield files.problem("cvr-length", ("customer", id), ("cvr",), written=number, **values)


def merged_in_a_circle(read: Read, files: Files) -> Iterator[Problem]:
    """Cards that are merged into each other."""
    from sitegen.checks.time import circles

    into = {id: card.merged_into for id, card in read.records.customers.items() if card.merged_into}
    for id in circles(into):
        yield files.problem("merged-circle", ("customer", id), ("merged_into",), id=id)


def figures(read: Read, files: Files) -> Iterator[Problem]:
    """The books of a customer: no two periods overlap; time cost is written or logged, not both."""
    logged: dict[str, list[dt.date]] = {}
    rows = read.records.logged
    for day, customer in zip(rows["day"], rows["customer"], strict=True):
        if customer is not None:
            logged.setdefault(customer, []).append(day)
    for id, card in read.records.customers.items():
        source = ("customer", id)
        known = sorted((periods.parse(text), text) for text in card.figures)
        order = {name: at for at, name in enumerate(card.figures)}
        longest, name = known[0] if known else (None, "")
        for other, second in known[1:]:
            if longest is not None and other.start < longest.end:
                earlier, later = sorted((name, second), key=order.__getitem__)
                before = files.place(source, ("figures", earlier), key=True)
                yield files.problem(
                    "figures-overlap", source, ("figures", later), key=True, written=later, also=(before,)
                )
            if longest is None or other.end > longest.end:
                longest, name = other, second
        for period, name in known:
            if card.figures[name].time_cost is not None and any(day in period for day in logged.get(id, ())):
                yield files.problem("time-cost-twice", source, ("figures", name, "time_cost"), written=name)


def wallets(read: Read, files: Files) -> Iterator[Problem]:
    """What a customer bought from us is a part of what it bought in all: a share over 100% is a mistake."""
    for id, card in read.records.customers.items():
        for name, books in card.figures.items():
            if (
                books.revenue is not None
                and books.total_purchases is not None
                and books.revenue > books.total_purchases
            ):
                where = ("figures", name, "total_purchases")
                yield files.problem("wallet-over-100", ("customer", id), where, written=name)


def one_measure(read: Read, files: Files) -> Iterator[Problem]:
    """All customers of a period are valued alike: where some have direct cost, none has revenue without it.

    Not asked where the matrix values by revenue.
    """
    organisation = read.records.organisation
    if organisation is None or organisation.customer_matrix.value == "revenue":
        return
    cards = read.records.customers.items()
    costed = {name for _, card in cards for name, books in card.figures.items() if books.direct_cost is not None}
    for id, card in cards:
        for name, books in card.figures.items():
            if name in costed and books.revenue is not None and books.direct_cost is None:
                yield files.problem("measures-mixed", ("customer", id), ("figures", name), key=True, period=name)


def criteria(read: Read, files: Files) -> Iterator[Problem]:
    """Own criteria: each is one of organisation.yml, filled in where it may be, with a value of its type."""
    organisation = read.records.organisation
    if organisation is None or files.sources["organisation", ""] in read.wrong_files:
        return
    known = organisation.criteria
    for id, customer in read.records.customers.items():
        source = ("customer", id)
        yield from _values(files, source, ("criteria",), customer.criteria, known, "customer")
        for contact, card in customer.contacts.items():
            yield from _values(files, source, ("contacts", contact, "criteria"), card.criteria, known, "contact")
    for id, campaign in read.records.campaigns.items():
        if campaign.audience is not None:
            yield from _names(files, ("campaign", id), ("audience", "criteria"), campaign.audience.criteria, known)
    if read.records.segments is not None:
        for name, segment in read.records.segments.segments.items():
            if segment.rule is not None:
                yield from _names(
                    files, ("segments", ""), ("segments", name, "rule", "criteria"), segment.rule.criteria, known
                )


def _names(
    files: Files, source: tuple[str, str], path: tuple[str, ...], used: Mapping[str, Any], known: Any
) -> Iterator[Problem]:
    for name in used:
        if name not in known:
            close = nearest(name, frozenset(known))
            yield files.problem("unknown-criterion", source, (*path, name), key=True, id=name, nearest=close)


def _values(
    files: Files, source: tuple[str, str], path: tuple[str, ...], used: Mapping[str, Any], known: Any, on: str
) -> Iterator[Problem]:
    yield from _names(files, source, path, used, known)
    for name, value in used.items():
        criterion = known.get(name)
        if criterion is None:
            continue
        if on not in criterion.on:
            yield files.problem(
                "criterion-elsewhere", source, (*path, name), key=True, id=name, where=", ".join(criterion.on)
            )
        elif not _fits(criterion, value):
            words = "true, false" if criterion.type == "yes-no" else ", ".join(criterion.values)
            named = {name.casefold(): word for word, name in criterion.values.items()}
            text = str(value).casefold()
            yield files.problem(
                "bad-criterion-value",
                source,
                (*path, name),
                written=str(value),
                id=name,
                type=criterion.type,
                words=words,
                nearest=named.get(text) or nearest(text, frozenset(criterion.values)),
            )


def _fits(criterion: Any, value: Any) -> bool:
    kind = criterion.type
    if kind == "yes-no":
        return isinstance(value, bool)
    if kind == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if kind == "choices":
        return isinstance(value, tuple) and all(item in criterion.values for item in value)
    if kind == "choice":
        return isinstance(value, str) and value in criterion.values
    if kind == "date":
        try:
            return isinstance(value, str) and bool(to_day(value))
        except ValueError:
            return False
    return isinstance(value, str)


def support_cases(read: Read, files: Files) -> Iterator[Problem]:
    """A case's id is used once, in any month; the case stands in the file of the month it was opened in.

    It was closed on the day it was opened, or later.
    """
    rows = read.records.support
    first: dict[str, int] = {}
    months = [Path(file).stem for file in rows.files]
    for at, (opened, closed, file) in enumerate(zip(rows["opened"], rows["closed"], rows["file"], strict=True)):
        if closed is not None and closed < opened:
            path, begins = (_position(rows, at), "closed"), str(opened)
            yield files.problem("ends-before", rows.files[file], path, written=str(closed), first=begins)
        elif f"{opened:%Y-%m}" != months[file]:
            there = f"crm/support/{opened:%Y-%m}.yml"
            values = {"written": str(opened), "period": months[file], "file": there}
            place = files.place(rows.files[file], (_position(rows, at), "opened"))
            yield Problem("outside-file", place, values)
    for at, id in enumerate(rows["id"]):
        if id not in first:
            first[id] = at
            continue
        places = [files.place(rows.files[rows["file"][row]], (_position(rows, row), "id")) for row in (first[id], at)]
        yield Problem("case-twice", places[1], {"id": id}, also=(places[0],))


def web_months(read: Read, files: Files) -> Iterator[Problem]:
    """A month of web figures stands in the file of its year."""
    rows = read.records.web
    for month, number in dict.fromkeys(zip(rows["month"], rows["file"], strict=True)):
        file = rows.files[number]
        if (year := Path(file).stem) != str(month.year):
            written = f"{month:%Y-%m}"
            values = {"written": written, "period": year, "file": f"crm/web/{month.year}.yml"}
            yield Problem("outside-file", files.place(file, (written,), key=True), values)


def _position(rows: Any, row: int) -> int:
    """The position of a row in its file's list."""
    return row - rows["file"].index(rows["file"][row])


def surveys(read: Read, files: Files) -> Iterator[Problem]:
    """Questions have a scale or are open; an answer is to one of them and lies on its scale."""
    for id, survey in read.records.surveys.items():
        source = ("survey", id)
        for name, question in survey.questions.items():
            if not question.open and (
                question.worst is None or question.best is None or question.worst == question.best
            ):
                yield files.problem("question-without-scale", source, ("questions", name), key=True, id=name)
        for at, answer in enumerate(survey.answers):
            for name, value in answer.answers.items():
                path = ("answers", at, name)
                question = survey.questions.get(name)
                if question is None:
                    close = nearest(name, frozenset(survey.questions))
                    yield files.problem("unknown-question", source, path, key=True, id=name, nearest=close)
                elif not question.open:
                    yield from _answer(files, source, path, question, value)


def _answer(
    files: Files, source: tuple[str, str], path: tuple[str | int, ...], question: Any, value: Any
) -> Iterator[Problem]:
    if value is None or value in ("dont-know", "not-relevant") or question.worst is None or question.best is None:
        return
    low, high = sorted((question.worst, question.best))
    if isinstance(value, str) or not low <= value <= high:
        yield files.problem("answer-outside-scale", source, path, written=str(value), least=str(low), most=str(high))
