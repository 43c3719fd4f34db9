"""Logged time for plain text accounting: an hledger journal, and the same as timedot.

An hour is an unbalanced posting to the account `person:project` or `person:project:task`, in whole minutes. A journal
says `20 min`; timedot has units of time of its own, which hledger turns into hours of two decimals (20m is 0.33), so
sums are exact in the journal alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

_BREAKS = re.compile(r"[\s;\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class Entry(NamedTuple):
    """One logged hour as a program of accounting knows it; `minutes` is whole."""

    day: dt.date
    person: str
    account: str
    minutes: int
    note: str

    @property
    def said(self) -> str:
        """The description: who did it and what; a note alone could begin like a status or a code."""
        return f"{self.person} | {self.note}" if self.note else self.person


def entries(logged: Any, as_of: dt.date) -> list[Entry]:
    """The hours logged up to and with `as_of`, by day and person; those of one day in the order of the file."""
    columns = (logged[name] for name in ("day", "person", "project", "task", "minutes", "note"))
    found = (
        Entry(day, part(person), ":".join(filter(None, (part(person), project, task))), minutes, one_line(note))
        for day, person, project, task, minutes, note in zip(*columns, strict=True)
        if day <= as_of
    )
    return sorted(found, key=lambda entry: entry[:2])


def part(person: str) -> str:
    """A person as one part of an account: who stands for a department (`dept:sales`) becomes `dept.sales`."""
    return person.replace(":", ".")


def one_line(note: str | None) -> str:
    """A note as a description has it: one line without `;`, where a comment, and with it a tag, would begin."""
    return _BREAKS.sub(" ", note or "").strip()


def journal(logged: Any, as_of: dt.date, audience: str) -> bytes:
    """An hledger journal, one transaction an hour: the day, `person | note`, the account and the whole minutes."""
    return _file(
        (
            f"; Time logged up to and with {as_of.isoformat()}, for {audience}. Accounts: person:project:task.",
            "; Whole minutes. `hledger balance --depth 2` adds them up by person and project, `-W` by ISO week.",
        ),
        (
            f"\n{entry.day.isoformat()} * {entry.said}\n    ({entry.account})  {entry.minutes} min"
            for entry in entries(logged, as_of)
        ),
    )


def timedot(logged: Any, as_of: dt.date, audience: str) -> bytes:
    """The same in timedot: a heading a day, below it an hour a line. Without notes, which would be read as tags."""

    def lines() -> Iterator[str]:
        day = None
        for entry in entries(logged, as_of):
            if entry.day != day:
                day = entry.day
                yield f"\n{day.isoformat()}"
            yield f"{entry.account}  {entry.minutes}m"

    return _file(
        (
            f"# Time logged up to and with {as_of.isoformat()}, for {audience}. Accounts: person:project:task.",
            "# hledger reads 20m as 0.33 hours; its journal (--format hledger) adds up to the minute.",
        ),
        lines(),
    )


def _file(head: Iterable[str], lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in (*head, *lines)).encode()
