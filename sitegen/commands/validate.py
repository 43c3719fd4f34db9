"""`sitegen validate`: read and check every record, and tell every mistake so that it can be mended.

Problems and counts go to stdout in the same order every time; how long it took goes to stderr, with `-v`. Modules of
`telling` write the formats, all from one list.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen import findings, messages
from sitegen.codes import CODES
from sitegen.commands.language import Voice, language
from sitegen.commands.telling.verdict import Teller, Verdict, shown

if TYPE_CHECKING:
    from sitegen.pipeline import Run

FORMATS = ("text", "concise", "json", "github", "gitlab", "sarif")


def run(
    path: Path,
    *,
    as_of: dt.date | None = None,
    lang: str | None = None,
    format: str = "text",
    strict: bool = False,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    verbose: bool = False,
    audience: str = "marketing",
    keep: bool = False,
    only: str = "",
) -> int:
    """Print the problems of a folder of records.

    Args:
        path: the folder; every place is printed with it in front, so that it can be clicked.
        as_of: the day that checks compare with; left out: the organisation's, the commit's, or the newest fact's.
        lang: language of the messages; left out: the organisation's first, else the machine's.
        format: one of FORMATS.
        strict: warnings fail too.
        select: codes, alone or with commas between; only these are told and counted.
        ignore: codes that are neither told nor counted.
        verbose: say on stderr how long each stage took.
        audience: values of fields above it are not printed, only where they are.
        only: a file or folder in it; all is checked, and only what is wrong there is told.
        keep: whether findings are kept for the next run, and kept ones told where nothing has changed.

    Returns:
        The exit code: 1 where a problem that is told fails, 2 where a code or language is unknown, else 0.
    """
    wanted, unwanted = _codes(select), _codes(ignore)
    wrong = _wrong_use((*wanted, *unwanted), lang, path)
    if wrong:
        sys.stderr.write(f"sitegen: {wrong}\n")
        return 2

    timings: dict[str, float] = {}

    def read() -> Run:
        from sitegen.pipeline import Run

        work = Run(path, as_of=as_of)
        work.timings = timings
        return work

    found = findings.find(path, as_of=as_of, keep=keep, run=read)
    if only:
        there = tuple(one for one in found.problems if one.place.file == only or one.place.file.startswith(f"{only}/"))
        found = replace(found, problems=there)
    code = _tell(found, Teller(path, lang or _first(found, path), audience), format, strict, wanted, unwanted)
    if verbose:
        for stage, seconds in timings.items():
            sys.stderr.write(f"{stage}: {seconds:.2f} s\n")
    return code


def _first(found: findings.Findings, path: Path) -> str:
    """The organisation's first language; what has none that we know is read as English, and told in the machine's."""
    return language(path) if found.languages in ((), ("en",)) else found.languages[0]


def _tell(
    found: findings.Findings,
    teller: Teller,
    format: str,
    strict: bool = False,
    wanted: Sequence[str] = (),
    unwanted: Sequence[str] = (),
) -> int:
    problems = [one for one in found.problems if one.code not in unwanted and (not wanted or one.code in wanted)]
    verdict = Verdict(problems, found.files, teller, left_out=len(found.problems) - len(problems), strict=strict)
    _say(_written(verdict, format))
    return 1 if verdict.failed else 0


def explain(code: str, path: Path, *, lang: str | None = None) -> int:
    """Print the page of a code: meaning, hints and an example, in the language asked for or the organisation's first.

    Returns:
        The exit code: 2 where there is no such code or language, else 0.
    """
    from sitegen.commands.telling import explain as page

    wrong = _wrong_use((code,), lang, path)
    if wrong:
        sys.stderr.write(f"sitegen: {wrong}\n")
        return 2
    _say(f"{line}\n" for line in page.lines(code, lang or language(path)))
    return 0


def _written(verdict: Verdict, format: str) -> Iterable[str]:
    if format == "json":
        from sitegen.commands.telling import as_json

        return (as_json.write(verdict),)
    if format == "gitlab":
        from sitegen.commands.telling import gitlab

        return (gitlab.write(verdict),)
    if format == "sarif":
        from sitegen.commands.telling import sarif

        return (sarif.write(verdict),)
    if format == "github":
        from sitegen.commands.telling import github

        return (f"{line}\n" for line in github.lines(verdict))

    from sitegen.commands.telling import text

    lines = text.concise(verdict) if format == "concise" else text.lines(verdict, colour=_colours())
    return (f"{line}\n" for line in lines)


def _say(texts: Iterable[str]) -> None:
    """Write to stdout; a letter that its encoding lacks is written by its number."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    for text in texts:
        sys.stdout.write(text)


def _colours() -> bool:
    """Whether stdout is a terminal that shows colours, and nobody asked for none (`NO_COLOR`)."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    if os.name == "nt" and "WT_SESSION" not in os.environ:
        return False  # the old Windows console writes the codes as they are
    return sys.stdout.isatty()


def _codes(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(word.strip() for text in texts for word in text.split(",") if word.strip())


def _wrong_use(codes: Iterable[str], lang: str | None, path: Path) -> str:
    """What is wrong with the options, as a sentence in the reader's language; "" where nothing is."""
    languages = (*messages.languages(), messages.PSEUDO)
    for code in codes:
        if code not in CODES:
            import difflib  # kinder than `problems.nearest`, which never guesses, and needed only here

            voice = Voice(lang if lang in languages else language(path))
            near = difflib.get_close_matches(code, CODES, n=1)
            told = voice.say("there is no code '%(code)s'", code=shown(code))
            if near:
                near_told = voice.say("did you mean '%(nearest)s'?", nearest=near[0])
                return f"{told}; {near_told}"
            return f"{told}; {voice.say('docs/codes.md lists them all')}"
    if lang is not None and lang not in languages:
        known = ", ".join(languages[:-1])
        voice = Voice.of(path)
        return voice.say("there are no messages in '%(lang)s'; choose from: %(known)s", lang=shown(lang), known=known)
    return ""
