"""What every code means, as Markdown and for `--explain`: its sentence, the rule of its check, an example, its hints.

Made from `CODES`, the checks' docstrings and the tests' cases, so that it cannot say other than what is checked. The
docstrings are the msgids of their translations, in the domain `codes`.
"""

from __future__ import annotations

import ast
import re
import sys
from functools import cache
from inspect import cleandoc, getsource
from pathlib import Path

from sitegen import messages
from sitegen.checks import CHECKS, DATED_CHECKS
from sitegen.codes import CODES, GROUPS

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_PLACE = re.compile(r"^records/(\S+:\d+:\d+): ")
_EXCERPT = re.compile(r"^ +\d* \| ")
PACKAGE = Path(__file__).resolve().parent.parent
EXAMPLES = PACKAGE / "examples"
"""Where the wheel has the examples, one file a code; in the sources they are the test's cases."""
CASES = PACKAGE.parent / "tests" / "cases" / "bad"

ABOUT = {
    "Files": "Whether a file can be read at all, and lies where its kind belongs.",
    "YAML": "How a record is written: most of these are a missing quote, colon or space.",
    "Values": "What may stand after a key.",
    "References": "A record names another by its id. The nearest known id is suggested.",
    "Time": "Weeks and people: what was logged, on which day, and at which rate.",
    "Projects": "Projects: what their budgets, tasks and verdicts owe each other.",
    "Customers": "Customer cards, surveys and support cases.",
    "Consent": (
        "Whom a campaign may write to and call. The rules are those of Denmark and Norway; this is no legal advice."
    ),
    "Campaigns": "Campaigns: their flow, their tests and their days.",
    "Plans": "The marketing plan, sales, the market map and key figures.",
    "Settings": "What may stand in `mkdocs.yml`.",
}
"""What the codes of a group of GROUPS are about."""


def codes_page(lang: str) -> str:
    """All codes as one Markdown page: a heading for each group and each code."""

    def say(msgid: str) -> str:
        return messages.translate(lang, msgid)

    lines = [f"# {say('Mistakes and warnings')}", "", say(INTRODUCTION), ""]
    for group, codes in GROUPS.items():
        lines += [f"## {say(group)}", "", say(ABOUT[group]), ""]
        for name in sorted(codes):
            lines += _section(name, lang)
    return "\n".join(lines)


INTRODUCTION = (
    "`sitegen validate` tells these, each at its line and with a repair. An error stops a build; a warning is a sign to"
    " look again. In the sentences … stands for what was written."
)


def _section(name: str, lang: str) -> list[str]:
    def say(msgid: str) -> str:
        return messages.translate(lang, msgid)

    code = CODES[name]
    severity = say("error") if code.severity == "error" else say("warning")
    day = name in dated_codes()
    lines = [f"### `{name}`", "", f"*{severity}* · {_prose(in_general(lang, code.sentence))}", ""]
    lines += [line for text in rules(name) for line in (_prose(say(text)), "")]
    if day:
        lines += [say("It depends on the day that everything is computed for."), ""]
    shown = example(name)
    if shown:
        lines += ["```text", *(line.removeprefix("  ") for line in shown), "```", ""]
    lines += [f"- {_prose(in_general(lang, hint))}" for hint, _ in code.hints]
    return [*lines, ""]


def in_general(lang: str, msgid: str) -> str:
    """A message for no problem in particular: … stands where a problem has its values."""
    text = messages.template(lang, msgid)
    return messages.fill(text, dict.fromkeys(_PLACEHOLDER.findall(text), "…"))


def example(code: str) -> list[str]:
    """Place and source lines of the problems of `tests/cases/bad/<code>`; empty where there is none.

    The sentences of the example are left out: they are English, and said above in the reader's language.
    """
    path = next((one for one in (EXAMPLES / f"{code}.txt", CASES / code / "expected.txt") if one.is_file()), None)
    if path is None:
        return []
    found: list[str] = []
    wanted = False
    for line in path.read_text(encoding="utf-8").splitlines():
        place = _PLACE.match(line)
        if place:
            wanted = f": {code} " in line
            found += [f"  {place[1]}"] if wanted else []
        elif wanted and _EXCERPT.match(line):
            found.append(f"  {line}")
    return found


def rules(code: str) -> tuple[str, ...]:
    """The paragraphs of the docstrings of the checks that tell a code; none for what the reader and models tell."""
    return tuple(
        " ".join(paragraph.split())
        for check in (*CHECKS, *DATED_CHECKS)
        if code in _told_by(check.__module__)[check.__name__]
        for paragraph in cleandoc(check.__doc__ or "").split("\n\n")
    )


def dated_codes() -> frozenset[str]:
    """The codes that only a check that asks for the day of computing tells."""
    plain, dated = (
        {code for one in checks for code in _told_by(one.__module__)[one.__name__]}
        for checks in ((*CHECKS,), (*DATED_CHECKS,))
    )
    return frozenset(dated - plain)


@cache
def _told_by(module: str) -> dict[str, frozenset[str]]:
    """Function of a module of checks → the codes that stand in it, and in what it uses of its module's own names."""
    said: dict[str, set[str]] = {}
    uses: dict[str, set[str]] = {}
    for node in ast.parse(getsource(sys.modules[module])).body:
        if isinstance(node, ast.FunctionDef):
            names = [node.name]
        elif isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        else:
            continue
        for name in names:
            inner = list(ast.walk(node))
            texts = (one.value for one in inner if isinstance(one, ast.Constant) and isinstance(one.value, str))
            said[name] = {text for text in texts if text in CODES}
            uses[name] = {one.id for one in inner if isinstance(one, ast.Name)} - {name}
    return {name: frozenset(_reached(name, said, uses)) for name in said}


def _reached(start: str, said: dict[str, set[str]], uses: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name in said and name not in seen:
            seen.add(name)
            waiting += uses[name]
    return {code for name in seen for code in said[name]}


def _prose(text: str) -> str:
    """Text with nothing outside its `code` that Markdown would take for HTML, emphasis or a link."""
    parts = text.split("`")
    parts[::2] = [re.sub(r"([<>*_\[\]#])", r"\\\1", part) for part in parts[::2]]
    return "`".join(parts)
