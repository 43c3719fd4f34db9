"""The command line: names, help and exit codes (0 fine, 1 problems in the records, 2 wrong use, 3 our fault)."""

from __future__ import annotations

import datetime as dt
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from sitegen import messages

_WRONG_USE: type[Any] = typer.BadParameter.__mro__[1]
"""What every usage error is: of the library itself, or of the one below it in its older versions."""


class Group(TyperGroup):
    """The commands; their help, and wrong use, are told in the reader's language."""

    given: tuple[str, ...] = ()
    """What was written after the name of the program."""

    def main(self, *given: Any, **options: Any) -> Any:
        """Run a command, and end with its exit code."""
        arguments = options.get("args", given[0] if given else None)
        self.given = tuple(sys.argv[1:] if arguments is None else arguments)
        try:
            sys.exit(super().main(*given, **{**options, "standalone_mode": False}))
        except typer.Abort:
            print(file=sys.stderr)
            sys.exit(1)
        except (_WRONG_USE, messages.Refusal) as wrong:
            if type(wrong).__name__ == "NoArgsIsHelpError":  # its text is the help, where that is not printed already
                typer.echo(str(wrong), nl=bool(str(wrong)), err=True)
                sys.exit(2)
            from sitegen.commands import usage

            print(usage.told(wrong, self.given), file=sys.stderr)
            sys.exit(2)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help of all commands."""
        _help(ctx, formatter)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command of a name.

        Raises:
            Refusal: there is none.
        """
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            from sitegen.commands.telling.verdict import shown
            from sitegen.problems import nearest

            near = nearest(args[0], frozenset(self.commands))
            raise messages.Refusal("there is no command '%(name)s'", name=shown(args[0]), nearest=near)
        return super().resolve_command(ctx, args)


class Command(TyperCommand):
    """A command whose help is told in the reader's language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help of this command."""
        _help(ctx, formatter)


def _help(ctx: Any, formatter: Any) -> None:
    from sitegen.commands import helping

    formatter.write(helping.written(ctx, ctx.find_root().command.given))


class App(typer.Typer):
    """The program: each command of it is a `Command`."""

    def command(self, *given: Any, **options: Any) -> Any:
        """Make a command of a function."""
        return super().command(*given, **{"cls": Command, **options})


app = App(
    name="sitegen",
    cls=Group,
    help="Marketing as code: check the records, and build the site that everyone reads.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


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


def _day(text: str | None, records: Path, option: str = "--as-of") -> dt.date | None:
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


def _folder(path: Path) -> Path:
    if not path.is_dir():
        from sitegen.commands.language import Voice
        from sitegen.commands.telling.verdict import shown
        from sitegen.commands.usage import reader_language

        msgid = "there is no folder '%(folder)s'; name the folder that holds organisation.yml"
        told = Voice(reader_language(())).say(msgid, folder=shown(str(path)))
        typer.echo(f"sitegen: {told}", err=True)
        raise typer.Exit(2)
    return path


def _part(path: Path) -> tuple[Path, str]:
    """The folder of records that a file or folder lies in, and where in it; "" for the whole folder."""
    for folder in path.parents if path.exists() and not (path / "organisation.yml").exists() else ():
        if (folder / "organisation.yml").exists():
            return folder, path.relative_to(folder).as_posix()
    return _folder(path), ""


@app.command()
def validate(
    path: Records = Path("records"),
    format: Annotated[Format, typer.Option("--format", help="How problems are written.")] = Format.text,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="The day that deadlines are compared with.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail too.")] = False,
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="CODE", help="Tell these codes only: CODE or CODE,CODE.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="CODE", help="Leave these codes out: CODE or CODE,CODE.")
    ] = None,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="CODE", help="Say what a code means, and check nothing.")
    ] = None,
    lang: Lang = None,
    audience: Annotated[
        Audience, typer.Option("--audience", help="Values that they may not see are not printed.")
    ] = Audience.marketing,
    cache: Annotated[
        bool, typer.Option("--cache/--no-cache", help="Keep what is found, and read nothing while nothing has changed.")
    ] = True,
    verbose: Verbose = False,
) -> None:
    """Read and check every record; say every mistake, where it is and how to mend it."""
    from sitegen.commands import validate as command

    if explain is not None:
        raise typer.Exit(command.explain(explain, path, lang=lang))
    root, only = _part(path)
    code = command.run(
        root,
        only=only,
        as_of=_day(as_of, root),
        lang=lang,
        format=format.value,
        strict=strict,
        select=select or (),
        ignore=ignore or (),
        verbose=verbose,
        audience=audience.value,
        keep=cache,
    )
    raise typer.Exit(code)


@app.command()
def build(
    context: typer.Context,
    records: RecordsOption = Path("records"),
    out: Annotated[Path, typer.Option("--out", help="The folder of the site.")] = Path("site"),
    as_of: AsOf = None,
    audience: ForAudience = Audience.everyone,
    lang: Annotated[
        list[str] | None, typer.Option("--lang", help="A language to build; left out: all of the organisation's.")
    ] = None,
    verbose: Verbose = False,
) -> None:
    """Build the site. A failed build leaves the site that was there."""
    from sitegen.commands import build as command

    source = context.get_parameter_source("audience")
    named = source is not None and source.name == "COMMANDLINE"
    code = command.run(
        _folder(records),
        out,
        as_of=_day(as_of, records),
        audience=audience.value if named else None,
        langs=tuple(lang or ()),
        verbose=verbose,
    )
    raise typer.Exit(code)


@app.command()
def serve(
    records: RecordsOption = Path("records"),
    port: Annotated[int, typer.Option("--port", help="The port on this machine.")] = 8000,
    as_of: AsOf = None,
    audience: ForAudience = Audience.everyone,
    lang: Annotated[
        list[str] | None, typer.Option("--lang", help="A language to build; left out: all of the organisation's.")
    ] = None,
) -> None:
    """Show the site on this machine, and build it again when a record or template changes."""
    from sitegen.commands import serve as command

    raise typer.Exit(
        command.run(
            _folder(records), port=port, as_of=_day(as_of, records), audience=audience.value, langs=tuple(lang or ())
        )
    )


@app.command()
def export(
    out: Annotated[Path, typer.Option("--out", help="The folder to write to.")],
    format: Annotated[
        Files,
        typer.Option(
            "--format",
            help="csv: every table, and results.json. xlsx: a workbook a report. hledger, timedot: logged hours. "
            "ics: calendars of deadlines, bookings and absences.",
        ),
    ] = Files.csv,
    records: RecordsOption = Path("records"),
    as_of: AsOf = None,
    audience: ForAudience = Audience.everyone,
    lang: Annotated[
        str | None, typer.Option("--lang", help="The language of a workbook or calendar; left out: the first.")
    ] = None,
) -> None:
    """Write the figures, hours or plans as files for other programs."""
    from sitegen.commands import export as command

    code = command.run(
        _folder(records), out, format=format.value, as_of=_day(as_of, records), audience=audience.value, lang=lang
    )
    raise typer.Exit(code)


@app.command()
def schema(
    records: RecordsOption = Path("records"),
    out: Annotated[Path, typer.Option("--out", help="The folder that is opened in the editor.")] = Path("."),
    lang: Lang = None,
) -> None:
    """Write what an editor needs to complete, check and explain records while they are written."""
    from sitegen.commands import schema as command

    raise typer.Exit(command.run(_folder(records), out, lang=lang))


@app.command()
def fmt(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders of the records.", show_default="all of them")
    ] = None,
    records: RecordsOption = Path("records"),
    check: Annotated[bool, typer.Option("--check", help="Change nothing; exit 1 if a file would change.")] = False,
) -> None:
    """Lay records out the same way every time: order of keys, one entry a line. Values and comments stay."""
    from sitegen.commands import fmt as command

    raise typer.Exit(command.run(_folder(records), tuple(paths or ()), check=check))


@app.command()
def log(
    hours: Annotated[str, typer.Argument(help="How long: 2, 1.5, 1h30m.")],
    work: Annotated[str, typer.Argument(metavar="PROJECT[/TASK]", help="What it was for.")],
    note: Annotated[str, typer.Argument(help="What was done.", show_default=False)] = "",
    person: Annotated[str, typer.Option("--person", help="Whose hours; left out: whom git knows here.")] = "",
    date: Annotated[
        str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="The day of the work; left out: today.")
    ] = None,
    asked_by: Annotated[str, typer.Option("--asked-by", help="The department that asked for unplanned work.")] = "",
    records: RecordsOption = Path("records"),
) -> None:
    """Log hours in the file of the week; the rest of the file stays as it is."""
    from sitegen.commands import log as command

    day = _day(date, records, "--date") or dt.date.today()
    code = command.run(_folder(records), hours, work, note, person=person, day=day, asked_by=asked_by)
    raise typer.Exit(code)


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


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="The CSV export.", show_default=False)],
    source: Annotated[
        Source,
        typer.Option(
            "--from",
            metavar="|".join(Source),
            help="Whose export it is; csv: any table of hours; support: the help desk's.",
        ),
    ],
    map_file: Annotated[
        Path | None, typer.Option("--map", help="A YAML file: what the names in the export mean here.")
    ] = None,
    person: Annotated[str, typer.Option("--person", help="Whose hours they are, where the file does not say.")] = "",
    date_format: Annotated[
        DateOrder | None,
        typer.Option(
            "--date-format", metavar="|".join(DateOrder), help="What 03/04/2026 means, where no date of the file says."
        ),
    ] = None,
    step: Annotated[
        int, typer.Option("--round", metavar="MINUTES", min=0, max=60, help="Round clock times to so many minutes.")
    ] = 0,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the records it would write, and write none.")
    ] = False,
    records: RecordsOption = Path("records"),
) -> None:
    """Put the hours of a time tracker's export, or the cases of a help desk's, into the records; only once."""
    from sitegen.commands import import_ as command

    code = command.run(
        _folder(records),
        file,
        source.value,
        map_file=map_file,
        person=person,
        order=date_format.value if date_format else None,
        step=step,
        dry_run=dry_run,
    )
    raise typer.Exit(code)


@app.command()
def new(
    kind: Annotated[
        str,
        typer.Argument(help="What to write: project, customer, booking, …; left out: lists all.", show_default=False),
    ] = "",
    id: Annotated[
        str, typer.Argument(help="Its id: seo; of a week or booking mette/2026-W12.", show_default=False)
    ] = "",
    written: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="What it says, as in the file.")
    ] = None,
    records: RecordsOption = Path("records"),
) -> None:
    """Write a new record, with a comment on each key; asks for what is missing. Never overwrites."""
    from sitegen.commands import new as command

    def ask(question: str) -> str:
        return str(typer.prompt(question, default="", show_default=False))

    here = sys.stdin.isatty() and sys.stdout.isatty()
    raise typer.Exit(command.run(_folder(records), kind, id, tuple(written or ()), ask=ask if here else None))


@app.command()
def doctor(
    records: RecordsOption = Path("records"),
    out: Annotated[Path, typer.Option("--out", help="The folder of the site.")] = Path("site"),
) -> None:
    """Say what is installed, which records there are, and what others could see. Exit 1: something to look at."""
    from sitegen.commands import doctor as command

    raise typer.Exit(command.run(_folder(records), out))
