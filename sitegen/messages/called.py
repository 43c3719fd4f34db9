"""Languages as people call them: also `languages: [dansk]` is a mistake that is told in Danish."""

from __future__ import annotations

from collections.abc import Collection

_CALLED = {
    "bokmål": "nb", "bokmal": "nb", "danish": "da", "dansk": "da", "dk": "da", "engelsk": "en", "english": "en",
    "no": "nb", "norsk": "nb", "norwegian": "nb", "uk": "en",
}  # fmt: skip


def language_meant(written: object, known: Collection[str]) -> str:
    """The known language that was meant: its own code, or what people call it; "" for all else."""
    word = str(written).lower()
    word = _CALLED.get(word, word)
    return word if word in known else ""
