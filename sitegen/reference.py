"""The record reference and the glossary as Markdown, made from the models' own words and from `glossary.yml`.

Everything written here is ours (docstrings and the glossary), never a record's text. The English docstrings are the
msgids of their translations, in the domain `reference`.
"""

from __future__ import annotations

import html
import inspect
import re
import types
import typing
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Union

from pydantic import BaseModel, RootModel

from sitegen import messages, yamlfile
from sitegen.models import KINDS, fields
from sitegen.models.base import descriptions, meaning

GLOSSARY = Path(__file__).parent / "glossary.yml"

# A field type and what is written for it. A type made from another carries the other's markers first: the longest wins.
WRITTEN: tuple[tuple[Any, str], ...] = (
    (fields.Date, "day, such as `2026-03-16`"),
    (fields.Week, "week, such as `2026-W12`"),
    (fields.Month, "month, such as `2026-03`"),
    (fields.Quarter, "quarter, such as `2026-Q1`"),
    (fields.Half, "half-year, such as `2026-H1`"),
    (fields.Year, "year, such as `2026`"),
    (fields.PeriodKey, "month, quarter, half-year or year"),
    (fields.Hours, "hours, such as `1.5` or `1h30m`"),
    (fields.Share, "share, such as `35%`"),
    (fields.Part, "share, at most `100%`"),
    (fields.Number, "number"),
    (fields.ExchangeRate, "exchange rate, more than 0"),
    (fields.Cost, "money, from 0"),
    (fields.Count, "whole number, from 0"),
    (fields.Integer, "whole number"),
    (fields.YesNo, "`true` or `false`"),
    (fields.Text, "text"),
    (fields.Label, "short text"),
    (fields.Id, "id"),
    (fields.PathId, "id, or two with `/` between"),
    (fields.Currency, "currency, such as `DKK`"),
    (fields.Digits, "digits in quotes"),
    (fields.Weekday, "`mon`, `tue`, `wed`, `thu`, `fri`, `sat` or `sun`"),
)
PLAIN = {str: "text", int: "whole number", float: "number", bool: "`true` or `false`", fields.Money: "money"}


def reference_pages(lang: str) -> dict[str, str]:
    """File name → Markdown: `index.md`, one page for each kind of record, and `glossary.md`."""
    pages = {"index.md": _index(lang)}
    for kind in KINDS:
        pages[f"{_slug(kind.name)}.md"] = _Page(lang).kind(kind)
    pages["glossary.md"] = glossary_page(lang)
    return pages


def glossary_page(lang: str) -> str:
    """The words that the reader sees, in the order of `lang`'s alphabet, each with its names in the other languages."""

    def say(text: str) -> str:
        return messages.template(lang, text)

    words = glossary()
    others = [other for other in ("en", "da", "nb") if other != lang]
    lines = [f"# {say('Glossary')}", ""]
    for word in sorted(words, key=lambda word: _alphabetical(word.term[lang])):
        names = " · ".join(f"*{other}* {_prose(word.term[other])}" for other in others)
        lines += [f"## {_prose(word.term[lang])}", "", _prose(word.meaning[lang]), "", names, ""]
    return "\n".join(lines)


@dataclass(frozen=True)
class Word:
    """One entry of the glossary: language → word, and language → what it means."""

    term: dict[str, str]
    meaning: dict[str, str]


def glossary() -> tuple[Word, ...]:
    """The entries of `glossary.yml`, in its order."""
    data = yamlfile.parse(GLOSSARY.read_text("utf-8"), GLOSSARY.name).data
    return tuple(Word(entry["term"], entry["meaning"]) for entry in data.values())


_LETTERS = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})


def _alphabetical(text: str) -> str:
    return text.casefold().translate(_LETTERS)  # æ, ø, å come after z


def _index(lang: str) -> str:
    def say(text: str) -> str:
        return messages.template(lang, text)

    rows = []
    for kind in KINDS:
        link = f"[{say(title_of(kind.name))}]({_slug(kind.name)}.md)"
        rows.append((link, f"`records/{_place(kind)}`", _prose(say(_first(meaning(kind.model))))))
    return "\n".join(
        [
            f"# {say('Record reference')}",
            "",
            say("Every kind of record: where it lies, and what may be written in it."),
            "",
            *_table((say("Kind"), say("File"), say("What it is")), rows),
            "",
            f"[{say('Glossary')}](glossary.md)",
            "",
        ]
    )


class _Page:
    """The page of one kind of record: its own keys, then those of every mapping inside it, each described once."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.sections: dict[Any, str] = {}  # a model → the heading it is described under
        self.waiting: list[Any] = []

    def say(self, text: str, **values: str) -> str:
        return messages.translate(self.lang, text, values) if values else messages.template(self.lang, text)

    def kind(self, kind: Any) -> str:
        lines = [f"# {self.say(title_of(kind.name))}", "", f"`records/{_place(kind)}`", ""]
        lines += [_prose(self.say(meaning(kind.model))), ""]
        self.sections[kind.model] = ""
        lines += self.keys(kind.model, "")
        while self.waiting:
            model = self.waiting.pop(0)
            heading = self.sections[model]
            lines += [f"## {heading}", "", _prose(self.say(meaning(model))), "", *self.keys(model, heading)]
        return "\n".join(lines)

    def keys(self, model: Any, heading: str) -> list[str]:
        """The table of a model's keys; of a file that is one map or list, what it holds."""
        hints = typing.get_type_hints(model, include_extras=True)
        if isinstance(model, type) and issubclass(model, RootModel):
            written = self.written(hints["root"], self.say("an entry"))
            return [self.say("The whole file is: %(what)s.", what=written), ""]
        rows = []
        for name, key, required, words in _fields(model, hints):
            path = f"{heading} › {key}" if heading else key
            written = self.written(hints[name], path)
            if required:
                written = f"{written}; **{self.say('required')}**"
            about = _prose(self.say(words)) if words else ""
            rows.append((f"`{key}`", written, self.say(_audience(hints[name])), about))
        extra = hints.get("__pydantic_extra__") if _takes_more(model) else None
        if extra is not None:
            path = f"{heading} › …" if heading else "…"
            value = typing.get_args(extra)[1]
            seen = getattr(model, "extra_audience", fields.Management).level
            rows.append(("…", self.written(value, path), self.say(seen), self.say("Further keys, named by you.")))
        head = (self.say("Key"), self.say("What is written"), self.say("Who sees it"), self.say("Meaning"))
        return [*_table(head, rows), ""]

    def written(self, hint: Any, path: str) -> str:
        """A type in words; a mapping inside is a link to its section, which is described later."""
        hint, markers = _unwrap(hint)
        ref = next((marker for marker in markers if isinstance(marker, fields.Ref)), None)
        if ref is not None:
            return self.say("id (%(kind)s)", kind=" / ".join(f"`{kind}`" for kind in ref.kind.split("|")))
        low, high = (_limit(markers, name) for name in ("ge", "le"))
        if hint is int and low is not None and high is not None and high < 1000:
            return self.say("whole number, %(low)s to %(high)s", low=str(low), high=str(high))
        known = _known(hint, markers)
        if known:
            return self.say(known)
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin is Literal:
            return self.one_of(f"`{value}`" for value in arguments)
        if origin in (Union, types.UnionType):
            return self.one_of(dict.fromkeys(self.written(part, path) for part in arguments if part is not type(None)))
        if origin is fields.Dated:
            return self.say("%(what)s, or a map day → value", what=self.written(arguments[0], path))
        if origin in (tuple, list):
            return self.say("list: %(what)s", what=self.written(arguments[0], path))
        if inspect.isclass(origin) and issubclass(origin, typing.Mapping):
            key, value = (self.written(part, path) for part in arguments)
            return self.say("map: %(key)s → %(value)s", key=key, value=value)
        if inspect.isclass(hint) and (issubclass(hint, BaseModel) or typing.is_typeddict(hint)):
            if hint not in self.sections:
                self.sections[hint] = path.removesuffix(" › …")
                self.waiting.append(hint)
            heading = self.sections[hint]
            return f"[{heading}](#{_anchor(heading)})" if heading else self.say("the same again")
        return self.say(PLAIN.get(hint, "value"))

    def one_of(self, parts: Iterable[str]) -> str:
        *all_but_last, last = parts
        return f"{', '.join(all_but_last)} {self.say('or')} {last}" if all_but_last else last


def _fields(model: Any, hints: dict[str, Any]) -> Iterator[tuple[str, str, bool, str]]:
    """(attribute, key, required, docstring) of each field; what any record may have comes last."""
    if typing.is_typeddict(model):
        for name in hints:
            yield name, name, name in model.__required_keys__, ""
        return
    common = {"visible_to", "tags", "note"}
    names = sorted(model.model_fields, key=lambda name: name in common)
    for name in names:
        info = model.model_fields[name]
        yield name, info.alias or name, info.is_required(), descriptions(model).get(name, "")


def _takes_more(model: Any) -> bool:
    return inspect.isclass(model) and issubclass(model, BaseModel) and model.model_config.get("extra") == "allow"


def _unwrap(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """A type without its markers, and the markers; `X | None` is X."""
    markers: tuple[Any, ...] = ()
    while True:
        if typing.get_origin(hint) is Annotated:
            hint, *more = typing.get_args(hint)
            markers = (*more, *markers)
            continue
        if typing.get_origin(hint) in (Union, types.UnionType):
            parts = [part for part in typing.get_args(hint) if part is not type(None)]
            if len(parts) == 1:
                hint = parts[0]
                continue
        return hint, markers


def _known(hint: Any, markers: tuple[Any, ...]) -> str:
    """What is written for one of the field types, or empty."""
    best, longest = "", 0
    for known, words in WRITTEN:
        known_hint, known_markers = _unwrap(known)
        if hint == known_hint and longest < len(known_markers) and markers[: len(known_markers)] == known_markers:
            best, longest = words, len(known_markers)
    return best


def _limit(markers: tuple[Any, ...], name: str) -> int | None:
    return next((getattr(marker, name) for marker in markers if hasattr(marker, name)), None)


def _audience(hint: Any) -> str:
    _, markers = _unwrap(hint)
    return next((marker.level for marker in markers if isinstance(marker, fields.Audience)), "management")


def _first(text: str) -> str:
    return text.split("\n\n")[0]


def _slug(name: str) -> str:
    return name.replace("_", "-")


def _place(kind: Any) -> str:
    return kind.pattern.replace("{", "<").replace("}", ">")


def title_of(name: str) -> str:
    """What a kind of record is called, a msgid: `marketing_plan` → `Marketing plan`."""
    return name.replace("_", " ").capitalize()


def _anchor(heading: str) -> str:
    """The anchor that Markdown's table of contents makes of a heading."""
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())


def _prose(text: str) -> str:
    """Text on one line, with nothing outside its `code` that Markdown would take for HTML or a table's edge."""
    parts = " ".join(text.split()).split("`")
    parts[::2] = [html.escape(part, quote=False) for part in parts[::2]]
    return "`".join(parts)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    return [
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
        for row in (head, ("---",) * len(head), *rows)
    ]
