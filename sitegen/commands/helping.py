"""What `--help` says, in the reader's language: the library's own is English, and loads another library to draw it."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from pathlib import Path
from typing import Any

from sitegen import messages
from sitegen.commands.usage import reader_language

MOST_WIDTH = 100
"""Longer lines are hard to read, however wide the terminal."""
MOST_INDENT = 24
"""Longer names have a line of their own."""


def written(context: Any, arguments: Sequence[str]) -> str:
    """The help of a command, or of all: how it is written, what it does, its arguments, options and commands.

    Args:
        context: the library's context; what it knows of the command is English, and each text a message.
        arguments: what was written after the name of the program.
    """
    lang = reader_language(arguments)
    width = min(shutil.get_terminal_size().columns, MOST_WIDTH)
    return "\n".join(_lines(context.command, context, lang, width)) + "\n"


def _lines(command: Any, context: Any, lang: str, width: int) -> Iterator[str]:
    def say(msgid: str) -> str:
        return messages.template(lang, msgid)

    commands = getattr(command, "commands", {})
    params = [one for one in command.get_params(context) if not getattr(one, "hidden", False)]
    arguments = [one for one in params if one.param_type_name == "argument"]
    options = [one for one in params if one.param_type_name == "option"]
    pieces = [_argument(one) if one.required else f"[{_argument(one)}]" for one in arguments]
    last = say("COMMAND") if commands else ""
    usage = " ".join(filter(None, (context.command_path, *pieces, last, f"[{say('OPTIONS')}]")))
    yield f"{say('Usage')}: {usage}"
    yield ""
    yield from textwrap.wrap(say(command.help or ""), width)
    rows: Iterable[tuple[str, Iterable[tuple[str, str]]]] = (
        ("Arguments", ((_argument(one), _about(one, lang)) for one in arguments)),
        ("Options", ((_option(one), _about(one, lang)) for one in options)),
        ("Commands", ((name, say(one.help or "")) for name, one in commands.items())),
    )
    for title, described in rows:
        found = list(described)
        if found:
            yield ""
            yield f"{say(title)}:"
            indent = min(max(len(name) for name, _ in found) + 4, MOST_INDENT)
            for name, about in found:
                yield from _row(name, about, indent, width)


def _row(name: str, about: str, indent: int, width: int) -> Iterator[str]:
    """A name and what it is, side by side where the name is short."""
    first, *rest = textwrap.wrap(about, max(width - indent, 30)) or [""]
    if len(name) + 4 > indent:
        yield f"  {name}"
        name = ""
    yield f"  {name:{indent - 2}}{first}"
    yield from (f"{'':{indent}}{line}" for line in rest)


def _argument(param: Any) -> str:
    return str(param.metavar or param.name.upper())


def _option(param: Any) -> str:
    """How an option is written: its names, and what its value looks like."""
    names = ", ".join((*param.opts, *param.secondary_opts))
    if param.is_flag:
        return names
    words = "|".join(type(param.default)) if isinstance(param.default, Enum) else ""
    return f"{names} {param.metavar or words or param.name.upper()}"


def _about(param: Any, lang: str) -> str:
    """What an option or argument is, and what holds where it is left out."""
    about = "Say how it is used, and do nothing." if "--help" in param.opts else param.help or ""
    told = messages.template(lang, about)
    default = param.default.value if isinstance(param.default, Enum) else param.default
    if isinstance(param.show_default, str):
        default = messages.template(lang, param.show_default)
    if param.required:
        return f"{told} [{messages.template(lang, 'required')}]"
    if param.show_default and isinstance(default, (str, int, Path)) and not isinstance(default, bool) and str(default):
        return f"{told} [{messages.translate(lang, 'left out: %(value)s', {'value': default})}]"
    return told
