"""What is wrong with a command that was written, in the reader's language.

The library of the command line says it in English. What it hands over is told apart by what it carries, for it brings
exceptions of its own in some versions and those of another library in others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sitegen import messages
from sitegen.commands.language import Voice, known_language, machine_language
from sitegen.commands.telling.verdict import shown

_NOT_ONE_OF = re.compile(r"'([^']*)' is not one of (.+?)\.?$", re.DOTALL)
_TOO_MANY = re.compile(r"unexpected extra arguments?(?:\(s\))? \((.*)\)", re.DOTALL)


def told(wrong: Any, arguments: Sequence[str]) -> str:
    """Two lines: what is wrong, and the command that says how it is used.

    Args:
        wrong: a usage error of the library, or a Refusal of a command that is not there.
        arguments: what was written after the name of the program.
    """
    voice = Voice(reader_language(arguments))
    refusal = wrong if isinstance(wrong, messages.Refusal) else _refusal(wrong)
    near = str(refusal.values.get("nearest", ""))
    sentence = voice.why(refusal)
    if near:
        sentence += "; " + voice.say("did you mean '%(nearest)s'?", nearest=near)
    context = getattr(wrong, "ctx", None)
    command = context.command_path.split()[-1] if context is not None and context.parent is not None else ""
    help = " ".join(part for part in ("sitegen", command, "--help") if part)
    return f"sitegen: {sentence}\n" + voice.say("%(command)s says how it is used", command=help)


def our_fault(fault: Exception, arguments: Sequence[str]) -> str:
    """Two lines for who met a fault of the program: that it is one, and what to send us.

    Args:
        fault: what went wrong.
        arguments: what was written after the name of the program.
    """
    try:
        voice = Voice(reader_language(arguments))
    except Exception:  # whatever broke may have broken this too
        voice = Voice("en")
    named = shown(f"{type(fault).__name__}: {fault}")
    sentence = voice.say("this is our fault, not the records': %(fault)s", fault=named)
    return f"sitegen: {sentence}\n" + voice.say("Run it again with SITEGEN_DEBUG=1, and send us what it says.")


def _refusal(wrong: Any) -> messages.Refusal:
    """A usage error of the library as a message and its values."""
    message, name = str(wrong.message), _name_of(wrong)
    if hasattr(wrong, "possibilities"):
        nearest = next(iter(wrong.possibilities or ()), "")
        return messages.Refusal("there is no option %(name)s", name=shown(wrong.option_name), nearest=nearest)
    if hasattr(wrong, "option_name"):
        if "not take" in message:
            return messages.Refusal("%(name)s takes no value", name=shown(wrong.option_name))
        return messages.Refusal("a value is missing after %(name)s", name=shown(wrong.option_name))
    if hasattr(wrong, "param_type"):
        return messages.Refusal("%(name)s is missing", name=name)
    if found := _NOT_ONE_OF.search(message):
        words = found[2].replace("'", "")
        return messages.Refusal(
            "%(name)s cannot be '%(text)s'; choose from: %(words)s", name=name, text=shown(found[1]), words=words
        )
    if hasattr(wrong, "param"):
        return messages.Refusal("what is written for %(name)s cannot be used", name=name)
    if found := _TOO_MANY.search(message):
        return messages.Refusal("'%(text)s' is too much; a text of several words needs quotes", text=shown(found[1]))
    return messages.Refusal("this command cannot be used so")


def _name_of(wrong: Any) -> str:
    """The option or argument that it is about, as it is written."""
    param = getattr(wrong, "param", None)
    if param is None:
        return ""
    first = str(param.opts[0])
    return first if first.startswith("-") else str(param.metavar or param.name)


def reader_language(arguments: Sequence[str]) -> str:
    """The language of who wrote a command: asked for, the organisation's, the machine's, else English."""
    wanted = next(_after("--lang", arguments), "")
    folders = [*_after("--records", arguments), *(one for one in arguments if not one.startswith("-")), "records"]
    found = (known_language(Path(folder)) for folder in folders)
    return wanted if wanted in messages.languages() else next(filter(None, found), "") or machine_language()


def _after(option: str, arguments: Sequence[str]) -> Iterator[str]:
    """The values written for an option."""
    for at, one in enumerate(arguments):
        if one == option and at + 1 < len(arguments):
            yield arguments[at + 1]
        elif one.startswith(f"{option}="):
            yield one.removeprefix(f"{option}=")
