"""The command line: names, help and exit codes (0 fine, 1 problems in the records, 2 wrong use, 3 our fault)."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated

import typer

from sitegen.cli.options import (
    AsOf,
    Audience,
    DateOrder,
    Files,
    ForAudience,
    Format,
    Lang,
    Records,
    RecordsOption,
    Source,
    Verbose,
    day_of,
    folder_of,
    part_of,
)
from sitegen.cli.program import App, Group

app = App(
    name="sitegen",
    cls=Group,
    help="Marketing as code: check the records, and build the site that everyone reads.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


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
    root, only = part_of(path)
    code = command.run(
        root,
        only=only,
        as_of=day_of(as_of, root),
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
        folder_of(records),
        out,
        as_of=day_of(as_of, records),
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
            folder_of(records),
            port=port,
            as_of=day_of(as_of, records),
            audience=audience.value,
            langs=tuple(lang or ()),
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
        folder_of(records), out, format=format.value, as_of=day_of(as_of, records), audience=audience.value, lang=lang
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

    raise typer.Exit(command.run(folder_of(records), out, lang=lang))


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

    raise typer.Exit(command.run(folder_of(records), tuple(paths or ()), check=check))


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

    today = dt.date.today()
    day = day_of(date, records, "--date") or today
    root = folder_of(records)
    code = command.run(root, hours, work, note, person=person, day=day, today=today, asked_by=asked_by)
    raise typer.Exit(code)


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
    similar: Annotated[
        bool,
        typer.Option("--similar", help="Import rows too that may be entries which were imported as others earlier."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the records it would write, and write none.")
    ] = False,
    records: RecordsOption = Path("records"),
) -> None:
    """Put the hours of a time tracker's export, or the cases of a help desk's, into the records; only once."""
    from sitegen.commands import import_ as command

    code = command.run(
        folder_of(records),
        file,
        source.value,
        map_file=map_file,
        person=person,
        order=date_format.value if date_format else None,
        step=step,
        similar=similar,
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
    root = records if kind == "organisation" and not records.exists() else folder_of(records)
    raise typer.Exit(command.run(root, kind, id, tuple(written or ()), ask=ask if here else None))


@app.command()
def doctor(
    records: RecordsOption = Path("records"),
    out: Annotated[Path, typer.Option("--out", help="The folder of the site.")] = Path("site"),
) -> None:
    """Say what is installed, which records there are, and what others could see. Exit 1: something to look at."""
    from sitegen.commands import doctor as command

    raise typer.Exit(command.run(folder_of(records), out))
