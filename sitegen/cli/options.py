"""What commands are given: the options that several have, the words that options take, and what is meant by a day
or a path.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Audience(StrEnum):
    """Who the site is built for; each sees what those before it see."""

    everyone = "everyone"
    marketing = "marketing"
    management = "management"


class Format(StrEnum):
    """How problems are written."""

    text = "text"
    concise = "concise"
    json = "json"
    github = "github"
    gitlab = "gitlab"
    sarif = "sarif"


class Files(StrEnum):
    """What an export writes."""

    csv = "csv"
    xlsx = "xlsx"
    hledger = "hledger"
    timedot = "timedot"
    ics = "ics"


class Source(StrEnum):
    """Whose export a file is: the keys of `sitegen.importers.IMPORTERS`."""

    toggl = "toggl"
    clockify = "clockify"
    harvest = "harvest"
    kimai = "kimai"
    csv = "csv"
    support = "support"


class DateOrder(StrEnum):
    """What comes first in a date whose year stands last."""

    day_first = "day-first"
    month_first = "month-first"


Records = Annotated[
    Path, typer.Argument(help="The folder of the records, or a file or folder in it.", show_default=True)
]
RecordsOption = Annotated[Path, typer.Option("--records", help="The folder of the records.")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="The day to compute for.")]
ForAudience = Annotated[
    Audience, typer.Option("--audience", help="Who the site is for; what they may not see is left out.")
]
Lang = Annotated[
    str | None, typer.Option("--lang", help="The language of the messages; left out: the organisation's first.")
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say how long each stage took.")]


def day_of(text: str | None, records: Path, option: str = "--as-of") -> dt.date | None:
    """The day that an option names.

    Raises:
        Exit: it is none; that is said in the language of the records.
    """
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        from sitegen.commands.language import Voice
        from sitegen.models.days import meant_day

        voice, meant = Voice.of(records), meant_day(text)
        told = (
            voice.say("'%(text)s' is not a day; did you mean %(meant)s?", text=text, meant=meant)
            if meant
            else voice.say("'%(text)s' is not a day; write it as 2026-06-30", text=text)
        )
        typer.echo(f"sitegen: {option}: {told}", err=True)
        raise typer.Exit(2) from None


def folder_of(path: Path) -> Path:
    """The folder.

    Raises:
        Exit: there is none; that is said.
    """
    if not path.is_dir():
        from sitegen.commands.language import Voice
        from sitegen.commands.telling.verdict import shown
        from sitegen.commands.usage import reader_language

        msgid = (
            "there is no folder '%(folder)s'; name the folder that holds organisation.yml, or make both: "
            "sitegen new organisation"
        )
        told = Voice(reader_language(())).say(msgid, folder=shown(str(path)))
        typer.echo(f"sitegen: {told}", err=True)
        raise typer.Exit(2)
    return path


def part_of(path: Path) -> tuple[Path, str]:
    """The folder of records that a file or folder lies in, and where in it; "" for the whole folder."""
    for folder in path.parents if path.exists() and not (path / "organisation.yml").exists() else ():
        if (folder / "organisation.yml").exists():
            return folder, path.relative_to(folder).as_posix()
    return folder_of(path), ""
