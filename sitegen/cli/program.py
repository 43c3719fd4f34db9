"""The program: commands whose help, and wrong use of them, are told in the reader's language."""

from __future__ import annotations

import sys
from typing import Any

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
