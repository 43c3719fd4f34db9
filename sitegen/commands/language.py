"""What a command says, in the organisation's first language, or where it has none yet, that of the machine."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from sitegen import messages, yamlfile
from sitegen.messages.called import language_meant

_LANGUAGES = re.compile(
    r"""^(?P<quote>["']?)languages(?P=quote):(?:\s|\#.*)*(?:\[|-\ )(?:\s|\#.*)*["']?(?P<first>\w+)""",
    re.MULTILINE | re.VERBOSE,
)
"""`languages: [da, en]`, or a list with a line an item."""


class Refused(Exception):
    """What was asked for cannot be done; its text says why, in the reader's language."""


def language(root: Path) -> str:
    """The first language of the organisation, read from organisation.yml alone; the machine's where it says none."""
    return known_language(root) or machine_language()


def known_language(root: Path) -> str:
    """The first language of the organisation; "" where organisation.yml does not say one that we have.

    Read without the parser: `--help` is to be quick, and a file with mistakes still says its language.
    """
    text, _ = yamlfile.read(root / "organisation.yml", "organisation.yml")
    found = _LANGUAGES.search(text or "")
    return language_meant(found["first"], messages.languages()) if found else ""


def machine_language() -> str:
    """The language of the machine's messages where we have it, else English; any Norwegian is bokmål."""
    named = next(filter(None, (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    lang = re.split("[_.@]", named)[0].lower()
    lang = {"no": "nb", "nn": "nb"}.get(lang, lang)
    return lang if lang in messages.languages() else "en"


@dataclass(frozen=True)
class Voice:
    """Sentences in one language."""

    lang: str

    @classmethod
    def of(cls, root: Path) -> Voice:
        """The voice for the records of a folder."""
        return cls(language(root))

    def say(self, msgid: str, **values: str | int) -> str:
        """A message with its values."""
        return messages.translate(self.lang, msgid, values)

    def why(self, refusal: Refused | messages.Refusal) -> str:
        """Why something was refused."""
        if isinstance(refusal, messages.Refusal):
            return self.say(refusal.msgid, **refusal.values)
        return str(refusal)
