"""hledger as an independent clock: what its `balance` says of our journal, and the same sums from our tables.

python -m tests.oracles.hledger     writes the stored answers for the company of this repository anew
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import polars as pl

from sitegen.exporters.journal import part

STORED = Path(__file__).parents[1] / "cases" / "known" / "hledger"
AS_OF = dt.date(2026, 6, 30)
"""The day that the stored answers are for."""

BY_PROJECT = ("--alias", r"/^([^:]+):([^:]+).*$/=\2")
QUESTIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "people-projects": (("person", "project"), ("--depth", "2")),
    "people-weeks": (("person", "week"), ("--depth", "1", "--weekly")),
    "projects-weeks": (("project", "week"), (*BY_PROJECT, "--weekly")),
    "people-projects-weeks": (("person", "project", "week"), ("--depth", "2", "--weekly")),
}
"""Name → the columns of `logged` that the sums are by, and how `hledger balance` is asked for them."""

Sums = dict[tuple[object, ...], int]
"""(person, project, Monday of the week), or those of them that a question has → minutes."""

_MONDAY = re.compile(r"(\d{4}-\d\d-\d\d)|(\d{4})-?W(\d\d)")


def installed() -> bool:
    """Whether hledger is on this machine."""
    return shutil.which("hledger") is not None


def answer(journal: bytes, question: str) -> str:
    """What hledger says, as CSV.

    Raises:
        CalledProcessError: it does not take the journal.
    """
    arguments = ["balance", "--flat", "--no-total", *QUESTIONS[question][1], "--output-format", "csv"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "time.journal"
        path.write_bytes(journal)
        return subprocess.run(
            ["hledger", "--file", str(path), *arguments], check=True, capture_output=True, encoding="utf-8",
            env={"PATH": os.environ["PATH"], "HOME": folder, "LC_ALL": "C.UTF-8"},
        ).stdout  # fmt: skip


def sums(answered: str) -> Sums:
    """The minutes in an answer that are not 0: `"mette:seo","20 min"`, or a column for each week."""
    head, *rows = list(csv.reader(io.StringIO(answered)))
    found: Sums = {}
    for account, *amounts in rows:
        for title, amount in zip(head[1:], amounts, strict=True):
            number, _, unit = amount.partition(" ")
            assert unit == "min" or number == "0", f"{account}: {amount!r} is no number of whole minutes"
            if int(number):
                found[(*account.split(":"), *_week(title))] = int(number)
    return found


def _week(title: str) -> tuple[dt.date, ...]:
    """The Monday of a column's week: its title is `2025-12-29W01`, or `2026-W01` in later versions."""
    if title == "balance":
        return ()
    match = _MONDAY.match(title)
    assert match is not None, title
    return (dt.date.fromisoformat(match[1]) if match[1] else dt.date.fromisocalendar(int(match[2]), int(match[3]), 1),)


def ours(logged: pl.DataFrame, question: str, as_of: dt.date) -> Sums:
    """The same from the table `logged`, up to and with the day."""
    by = QUESTIONS[question][0]
    rows = logged.filter(pl.col("day") <= as_of).group_by(*by).agg(pl.col("minutes").sum())
    people = [name == "person" for name in by]
    return {
        tuple(part(value) if is_person else value for value, is_person in zip(key, people, strict=True)): minutes
        for *key, minutes in rows.iter_rows()
    }


def main() -> None:
    """Writes the stored answers."""
    from sitegen import records
    from sitegen.exporters.journal import journal

    read = records.read(Path(__file__).parents[2] / "records").records
    made = journal(read.logged, AS_OF, "management")
    STORED.mkdir(parents=True, exist_ok=True)
    for question in QUESTIONS:
        (STORED / f"{question}.csv").write_text(answer(made, question), encoding="utf-8")


if __name__ == "__main__":
    main()
