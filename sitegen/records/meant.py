"""What somebody meant who wrote a file by hand: amounts with points, texts with commas, keys in his own language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sitegen.models.days import meant_day
from sitegen.models.fields import number_in
from sitegen.models.shape import Leaf, Many, Nested
from sitegen.periods import WEEKDAYS
from sitegen.problems import Problem, nearest
from sitegen.records.folder import slug
from sitegen.records.references import Path, audience_at, shape_at
from sitegen.yamlfile import Document, quoted, word_quote

_OTHER_LANGUAGE = {
    "afdeling": "department", "afholdt": "held", "aflyst": "cancelled", "aktivitet": "activity",
    "aktiviteter": "activities", "andet": "other", "annet": "other", "annoncering": "advertising",
    "annonsering": "advertising", "ansat": "employed", "ansatt": "employed", "ansatte": "employees",
    "anslået": "assessed", "anslått": "assessed", "ansvarlig": "owner", "antal": "employees", "arrangement": "event",
    "avdeling": "department", "avholdt": "held", "avlyst": "cancelled", "begivenhed": "event", "beløb": "amount",
    "beløp": "amount", "bemærkning": "note", "beskrivelse": "description", "beslutning": "decision",
    "beslutningstager": "decision-maker", "beslutningstagere": "decision-maker", "beslutningstaker": "decision-maker",
    "beslutningstakere": "decision-maker", "bestilt_af": "asked_by", "branche": "industry", "bransje": "industry",
    "brev": "letter", "bruger": "user", "bruker": "user", "brugere": "user", "brukere": "user",
    "budget_timer": "budget_hours", "by": "city", "cvr-nr": "cvr", "cvr_nr": "cvr", "cvr-nr.": "cvr",
    "cvr-nummer": "cvr", "cvr_nummer": "cvr", "cvrnr": "cvr", "cvrnummer": "cvr", "dansk": "da", "dato": "date",
    "drift": "operations", "droppet": "dropped", "e-post": "email", "eier": "owner", "ejer": "owner", "engelsk": "en",
    "fakturering": "billing", "ferdig": "done", "ferie": "holiday", "flyttet": "moved", "formål": "purpose",
    "fortsett": "continue", "fortsæt": "continue", "fra": "from", "fravær": "absent", "fre": "fri", "fredag": "fri",
    "frist": "deadline", "færdig": "done", "gentag": "repeat", "gitt": "given", "givet": "given", "gjenta": "repeat",
    "godkender": "approver", "halvår": "half", "helligdag": "holiday", "hvordan": "how", "hvorfor": "why",
    "interessent": "stakeholder", "investering": "investment", "ja": "yes", "kampagne": "campaign",
    "kampagner": "campaigns", "kampanje": "campaign", "kanal": "channel", "kanaler": "channels", "kilde": "source",
    "kjøp": "purchases", "kommentar": "note", "kontakter": "contacts", "kunde": "customer", "kvartal": "quarter",
    "køb": "purchases", "land": "country", "ledelse": "management", "ledelsen": "management", "leder": "manager",
    "leverandør": "supplier", "logget": "logged", "lukket": "closed", "lør": "sat", "lørdag": "sat", "mail": "email",
    "man": "mon", "mandag": "mon", "medarbeider": "employee", "medarbejder": "employee", "møder": "meetings",
    "møter": "meetings", "mål": "goal", "målt": "measured", "måned": "month", "navn": "name", "nei": "no", "nej": "no",
    "norsk": "nb", "notat": "note", "note": "note", "nu": "now", "nyhedsbrev": "newsletter", "nyhetsbrev": "newsletter",
    "nå": "now", "offers": "quotes", "ombooket": "rebooked",
    "ons": "wed", "onsdag": "wed", "opgave": "task", "opgaver": "tasks",
    "oppgave": "task", "oppgaver": "tasks", "org.nr": "cvr", "org_nr": "cvr", "org.nr.": "cvr",
    "organisasjonsnummer": "cvr", "orgnr": "cvr", "orgnummer": "cvr", "orlov": "leave", "permisjon": "leave",
    "person": "person", "planlagt": "planned", "portvagt": "gatekeeper", "prioritet": "priority", "pris": "price",
    "produkt": "product", "projekt": "project", "prosjekt": "project", "påbegyndt": "begun", "påbegynt": "begun",
    "påvirker": "influencer", "registreret": "logged", "registrert": "logged", "reklame": "advertising",
    "ringeliste": "call-list", "samtykke": "consent", "skøn": "assessed", "slut": "end", "slutt": "end",
    "sprog": "languages", "språk": "languages", "start": "start", "stop": "stop", "stopp": "stop", "svensk": "sv",
    "syg": "other", "sygdom": "other", "syk": "other", "sykdom": "other", "søn": "sun", "søndag": "sun",
    "telefon": "phone", "til": "to", "tilbud": "quotes", "timer": "hours",
    "tir": "tue", "tirsdag": "tue", "titel": "title",
    "tittel": "title", "tor": "thu", "torsdag": "thu", "type": "type", "tysk": "de", "uge": "week", "uke": "week",
    "valg": "choice", "valuta": "currency", "vigtighed": "importance", "viktighet": "importance",
    "vurdering": "evaluation", "ønsket": "wanted", "åben": "open", "åpen": "open", "år": "year", "årsag": "reason",
    "årsak": "reason",
}  # fmt: skip
"""Danish and Norwegian words → the key, or the word of a fixed list, that says the same."""


_LAST_WORDS = frozenset({"price", "rate"})
"""Words with which the keys end that are meant by them alone."""


def nearest_word(written: str, known: frozenset[str]) -> str:
    """The known key or word that was meant: one that says the same in Danish or Norwegian, is spelt nearly so, or is
    the only one that begins so, or ends so where that says which (`price` of a quote).
    """
    word = written.lower()
    same = _OTHER_LANGUAGE.get(word, "")
    if same in known:
        return same
    part = same or word
    longer = [one for one in known if one.startswith(f"{part}_") or (part in _LAST_WORDS and one.endswith(f"_{part}"))]
    return nearest(word, known) or (longer[0] if len(longer) == 1 else "")


def same_word(written: str, known: frozenset[str]) -> str:
    """The word of a fixed list that says the same, in small letters or in Danish or Norwegian; "" where none does."""
    word = written.lower()
    same = word if word in known else _OTHER_LANGUAGE.get(word, "")
    return same if same in known else ""


MOST_COMMAS = 50
"""A text with more commas is not put together again: each of its thousands of words would be looked at for each."""
_BETWEEN_IDS = re.compile(r"\s*[,;&]\s*|\s+(?:og|and)\s+")
_PLAIN = re.compile(r"[\w.-]+(?: [\w.-]+)*")
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_ROUND = re.compile(r"\((.*)\)")
_FROM_TO = re.compile(r"(\d+) *[-–] *(\d+)")
_ONE_FIGURE = re.compile(r"(?=\S*\d)\S+")
_KEY_WITH_VALUE = re.compile(r"(?P<key>\w[\w/-]*)(?P<sign> *= *|:| +)(?P<value>\S.*)")
"""A key between brackets that holds its value too: `hours 2`, `hours=2`, `hours:2`."""


class Meant(NamedTuple):
    """A key that was none: the code that says so, what it is told of, and its values.

    `instead` is the key that it stands for, where it does.
    """

    code: str
    path: Path
    at_key: bool
    values: dict[str, str | int]
    instead: str = ""


def key_meant(document: Document, model: type[BaseModel], path: Path, known: frozenset[str]) -> Meant | None:
    """What was meant by a key that nothing knows: half of a number or text with a comma, or a key without a space.

    None where it is only a key of another name. The second half of a text that was cut twice is told as its first.
    """
    above, key = path[:-1], str(path[-1])
    data = value_at(document.data, above)
    if between := _between_word_quotes(document, model, path):
        return between
    if data[key] is not None or not _stands_alone(document, path):
        return None
    if left_out := colon_left_out(document, model, path, known):
        return left_out
    keys = list(data)
    own = first = keys.index(key)
    while (
        first > max(0, own - MOST_COMMAS)
        and data[keys[first]] is None
        and keys[first] not in known
        and _stands_alone(document, (*above, keys[first]))
    ):
        first -= 1
    before = (*above, keys[first])
    value = data[keys[first]]
    begin, here = document.place(before), document.place(path, key=True)
    if begin.line != here.line or value is None:
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number_cut(document, path)
    name = keys[first] if keys[first] in known else nearest_word(keys[first], known)
    shape = shape_at(model, (*above, name))
    a_list = isinstance(shape, Many)
    if not isinstance(value, str) or not (a_list or (isinstance(shape, Leaf) and shape.free)):
        return None
    last = first + 1
    while (
        last < min(len(keys), first + MOST_COMMAS)
        and data[keys[last]] is None
        and _stands_alone(document, (*above, keys[last]))
    ):
        last += 1
    text = ", ".join((value, *keys[first + 1 : last]))
    if a_list:
        return Meant("list-wanted", before, False, {"written": value, "repair": list_of(text)})
    return Meant("comma-in-text", before, False, {"repair": quoted(text), "quote": word_quote(text)})


def colon_left_out(
    document: Document, model: type[BaseModel], path: Path, known: frozenset[str] = frozenset()
) -> Meant | None:
    """A key between brackets with its value in it, for want of a colon or of the space behind it.

    Args:
        document: the file.
        model: what it should be.
        path: the path of the key.
        known: the keys that may stand there; none where any may.

    Returns:
        None where it is no such key, or rather the end of a text with a comma: `note: Møde, med Jonas`.
    """
    above, key = path[:-1], str(path[-1])
    data = value_at(document.data, above)
    if not isinstance(data, dict) or data[key] is not None or not _stands_alone(document, path):
        return None
    found = _KEY_WITH_VALUE.fullmatch(key)
    if found is None:
        return None
    name = found["key"] if not known or found["key"] in known else nearest_word(found["key"], known)
    if not name or name in data:
        return None
    if known and found["sign"].isspace() and _follows_text(document, model, path):
        needed = {field.alias for field in _fields_at(model, above) if field.is_required()}
        if found["key"] not in known or (name not in needed and not _ONE_FIGURE.fullmatch(found["value"])):
            return None
    repair = f"{name}: {found['value']}"
    if found["sign"] == ":":
        return Meant("no-space", path, True, {"character": ":", "repair": repair}, name)
    return Meant("no-colon", path, True, {"repair": repair}, name)


def _follows_text(document: Document, model: type[BaseModel], path: Path) -> bool:
    """Whether the last value before a key is a free text, of which it may be the end."""
    above, data = path[:-1], value_at(document.data, path[:-1])
    keys = list(data)
    before = next((key for key in reversed(keys[: keys.index(path[-1])]) if data[key] is not None), None)
    shape = shape_at(model, (*above, before)) if before is not None else None
    return isinstance(shape, Leaf) and shape.free


def _fields_at(model: type[BaseModel], path: Path) -> Iterable[FieldInfo]:
    shape = shape_at(model, path)
    return shape.model.model_fields.values() if isinstance(shape, Nested) else ()


def number_cut(document: Document, path: Path) -> Meant | None:
    """The number of which a key between brackets is what came after its comma: `12,5` and `12,5%`."""
    above, key = path[:-1], str(path[-1])
    data = value_at(document.data, above)
    if not isinstance(data, dict) or data[key] is not None or not _stands_alone(document, path):
        return None
    keys = list(data)
    at = keys.index(key)
    digits = key.removesuffix("%")
    value = data[keys[at - 1]] if at else None
    if not digits.isdigit() or isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    before = (*above, keys[at - 1])
    number = _as_written(document, before)
    begin, here = document.place(before), document.place(path, key=True)
    if (begin.line, begin.column + len(number) + 1) != (here.line, here.column):
        return None
    return Meant("decimal-comma", before, False, {"repair": number_in(f"{number},{digits}") + key[len(digits) :]})


def list_of(text: str) -> str:
    """Ids that somebody wrote one after the other as a list: `anna og bo` → `[anna, bo]`; "" where they are no ids."""
    words = _BETWEEN_IDS.split(text.strip())
    return f"[{', '.join(words)}]" if all(_ID.fullmatch(word) for word in words) else ""


def list_meant(model: type[BaseModel], path: Path, written: str) -> str:
    """What somebody meant who wrote a text where a list belongs: ids, days of the week, mappings; "" for others."""
    item = (*path, 0)
    written = _ROUND.sub(r"\1", written)
    if isinstance(shape_at(model, item), Nested):
        words = _BETWEEN_IDS.split(written.strip())
        maps = [map_of(model, item, word) for word in words]
        return f"[{', '.join(maps)}]" if all(maps) else ""
    shape = shape_at(model, item)
    if isinstance(shape, Leaf) and shape.words:
        found = [nearest_word(word, shape.words) for word in _BETWEEN_IDS.split(written.strip())]
        return f"[{', '.join(found)}]" if all(found) else ""
    days = _weekdays(written) if isinstance(shape, Leaf) and shape.ref is None else ""
    return days or list_of(written)


def _weekdays(written: str) -> str:
    """Days of the week as a list, also from one to another and in Danish or Norwegian: `man-tor`; else ""."""
    words = re.split(r"\s*(?:[-–,;&]|\bog\b|\band\b|\btil\b|\bto\b)\s*", written.strip().lower())
    days = [_OTHER_LANGUAGE.get(word, word) for word in words]
    if not all(day in WEEKDAYS for day in days):
        return ""
    if len(days) == 2 and re.search(r"[-–]|\b(?:til|to)\b", written):
        days = list(WEEKDAYS[WEEKDAYS.index(days[0]) : WEEKDAYS.index(days[1]) + 1])
    return f"[{', '.join(days)}]"


def _between_word_quotes(document: Document, model: type[BaseModel], path: Path) -> Meant | None:
    """A text in the quotes of a word processor, of which a comma made several keys: `”Søgeord, nye: tekster”`."""
    above, data = path[:-1], value_at(document.data, path[:-1])
    keys = list(data)
    line = document.place(path, key=True).line
    last = keys.index(str(path[-1]))
    for first in range(last - 1, max(-1, last - MOST_COMMAS), -1):
        before, value = (*above, keys[first]), data[keys[first]]
        if document.place(before).line != line:
            return None
        shape = shape_at(model, before)
        if isinstance(value, str) and word_quote(value) and isinstance(shape, Leaf) and shape.free:
            break
    else:
        return None
    text = str(value)
    for key in keys[first + 1 : first + MOST_COMMAS]:
        here = (*above, key)
        if word_quote(text[-1]) or document.place(here, key=True).line != line:
            break
        text += f", {key}" if _stands_alone(document, here) else f", {key}: {_as_written(document, here)}"
    return Meant("comma-in-text", before, False, {"repair": quoted(text), "quote": word_quote(text)})


def _stands_alone(document: Document, path: Path) -> bool:
    """Whether a key has no colon after it, as between brackets: the value it has not got begins where it ends."""
    key, value = document.place(path, key=True), document.place(path)
    return key.line == value.line and key.column + len(str(path[-1])) == value.column


def _as_written(document: Document, path: Path) -> str:
    """The number at a path as it stands in the file: `9.500`, of which the value is 9.5."""
    place = document.place(path)
    for problem in document.problems:
        if problem.code == "thousands-point" and problem.place == place:
            return str(problem.values["written"])
    return str(value_at(document.data, path))


def value_at(data: Any, path: Path) -> Any:
    """The value at a path of plain data."""
    for step in path:
        data = data[step]
    return data


def map_of(model: type[BaseModel], path: Path, written: str) -> str:
    """A value as the mapping that was wanted, where that must have one key alone: `Salg` → `{name: Salg}`; else ""."""
    shape = shape_at(model, path)
    if not isinstance(shape, Nested) or not _PLAIN.fullmatch(written):
        return ""
    fields = [field.alias or "" for field in _fields_at(model, path)]
    if fields == ["from", "to"] and (both := _FROM_TO.fullmatch(written)):
        return f"{{from: {both[1]}, to: {both[2]}}}"
    needed = [field.alias or "" for field in _fields_at(model, path) if field.is_required()]
    if needed == ["id", "name"] and not written[:1].isdigit() and slug(written):
        return f"{{id: {slug(written)}, name: {written}}}"
    if len(needed) != 1:
        return ""
    inside = shape_at(model, (*path, needed[0]))
    number = bool(number_in(written)) or written.isdecimal()
    if not isinstance(inside, Leaf):
        return ""
    if inside.day:
        day = meant_day(written)
        return f"{{{needed[0]}: {day}}}" if day else ""
    words = inside.free or inside.ref is not None or inside.words
    return f"{{{needed[0]}: {written}}}" if bool(words) != number else ""


def with_dashes(document: Document, model: type[BaseModel]) -> None:
    """Make `9.500,-` between brackets the one value that it was meant to be: to YAML its comma begins a key."""
    dashes = [one for one in document.problems if one.code == "key-not-text" and one.values.get("written") == "-"]
    ends = _ends(document) if dashes else {}
    for dash in dashes:
        path = ends.get((dash.place.line, dash.place.column - 1))
        if path is None:
            continue
        place, written = document.place(path), f"{_as_written(document, path)},-"
        document.problems[:] = [
            one for one in document.problems if one is not dash and (one.code, one.place) != ("thousands-point", place)
        ]
        shape = shape_at(model, path)
        if isinstance(shape, Leaf) and shape.free:
            values: dict[str, str | int] = {"repair": quoted(written)}
            document.problems.append(Problem("comma-in-text", place, values, audience=audience_at(model, path)))
        else:
            value_at(document.data, path[:-1])[path[-1]] = written


def _ends(document: Document) -> dict[tuple[int, int], Path]:
    """(line, column) where a plain value ends → its path."""
    found: dict[tuple[int, int], Path] = {}
    for path, _ in _leaves(document.data, ()):
        place = document.place(path)
        found[place.line, place.column + len(_as_written(document, path))] = path
    return found


def with_amounts(document: Document, model: type[BaseModel]) -> None:
    """Make `9.500` an error where money stands: the amount would be a thousandth of what was meant on every page."""
    if not any(problem.code == "thousands-point" for problem in document.problems):
        return
    money = {
        document.place(path)
        for path, value in _leaves(document.data, ())
        if isinstance(value, float) and _is_money(model, path)
    }
    document.problems[:] = [
        replace(problem, severity="error") if problem.code == "thousands-point" and problem.place in money else problem
        for problem in document.problems
    ]


def without_halves(problems: list[Problem]) -> list[Problem]:
    """The problems, of which one place has one: of a number with point and comma the comma, else the point.

    A point in a whole number is an error, and says what to write.
    """
    commas = {problem.place for problem in problems if problem.code == "decimal-comma"}
    whole = {problem.place for problem in problems if problem.code == "whole-number-wanted"}
    points = {problem.place for problem in problems if problem.code == "thousands-point"}
    return [
        replace(problem, severity="error") if problem.code == "thousands-point" and problem.place in whole else problem
        for problem in problems
        if not (problem.code == "thousands-point" and problem.place in commas)
        and not (problem.code == "whole-number-wanted" and problem.place in points)
    ]


def _leaves(data: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Path and value of all that is no mapping or list."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from _leaves(value, (*path, at))
    elif path:
        yield path, data


def _is_money(model: type[BaseModel], path: Path) -> bool:
    """Whether an amount stands at a path; that of a foreign currency is a key of its own below it."""
    shape = shape_at(model, path)
    if shape is None and path[-1] == "amount":
        shape = shape_at(model, path[:-1])
    return isinstance(shape, Leaf) and shape.money
