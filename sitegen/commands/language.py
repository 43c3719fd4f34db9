"""What a command says, in the organisation's first language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sitegen import messages, yamlfile


class Refused(Exception):
    """What was asked for cannot be done; its text says why, in the reader's language."""


def language(root: Path) -> str:
    """The first language of the organisation, read from organisation.yml alone; English where it cannot be read."""
    return known_language(root) or "en"


def known_language(root: Path) -> str:
    """The first language of the organisation; "" where organisation.yml does not say one that we have."""
    text, _ = yamlfile.read(root / "organisation.yml", "organisation.yml")
    data = yamlfile.parse(text, "organisation.yml").data if text else None
    written = data.get("languages") if isinstance(data, dict) else None
    first = written[0] if isinstance(written, list) and written else None
    return first if isinstance(first, str) and first in messages.languages() else ""


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
