"""What was meant by keys that are values: `{customer: 2026-02-01}`, `{2026-01-01: 450}`, `beslutningstager: ja`.

A record is full of dated values, `{2026-01-01: 450}`, and of entries that name their day, `{from: 2026-01-01, price:
450}`; who has seen the one writes it where the other belongs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from pydantic import BaseModel

from sitegen.models.amounts import meant_hours
from sitegen.models.days import meant_day, meant_period
from sitegen.models.fields import is_number, number_in, written_as
from sitegen.models.money import meant_amount
from sitegen.models.shape import Field, Leaf, Many, Map, Nested, Shape, Spans, fields_of
from sitegen.records.folder import slug
from sitegen.records.meant import nearest_word, value_at
from sitegen.records.references import Path, changes_at, known_keys, shape_at, written_day
from sitegen.yamlfile import LONGEST_KEY, Document, quoted

_DAY_KEYS = ("date", "on", "from")
"""The day of an entry is the first of these keys that it may have."""
_DAY_WORDS = frozenset({*_DAY_KEYS, "dato", "fra", "pr", "per"})
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_PLAIN = re.compile(r"[^\W\d][\w.-]*(?: [\w.-]+)*")
_MOST_PARTS = 20
"""Of more keys or entries nobody wants to read what was meant, and looking at each for each would take minutes."""
_NAME = frozenset({"name", "navn"})
_YES = frozenset({"ja", "yes", "x"})
_FIGURE = re.compile(r"[+-]?\d[\d.]*(?: ?%)?", re.ASCII)
_DAY_AND_VALUE = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)(?: *[:=] *| +)(?P<value>\S+)", re.ASCII)
_SINCE = re.compile(
    r"(?P<value>\S+?),?(?: *(?:kr\.?|dkk|nok|t|h|timer?|hours?))? +(?:(?:from|since|fra|per|pr\.?) +)?(?P<day>\d.*)",
    re.ASCII | re.IGNORECASE,
)
_EACH = {
    "hour": r"(?:i|pr\.?|per|an|a|/|om)? *(?:timen?|t|h|hour)\.?",
    "week": r"(?:i|pr\.?|per|a|/|om)? *(?:ugen?|uken?|week|u)\.?",
}
"""Patterns of "an hour" and "a week" behind a figure; made when one is looked for."""
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_BEGINNINGS = {4: "-01-01", 7: "-01"}
"""Letters of a year or month → what makes it its first day."""


class Entry(NamedTuple):
    """What was meant by a key that is a value of its entry: the values of the sentence, and what they stand for.

    `keys` are those that it writes; `whole`: nothing else of the entry is to be told.
    """

    values: dict[str, str | int]
    keys: tuple[str, ...] = ()
    whole: bool = False


def entry_meant(document: Document, model: type[BaseModel], path: Path) -> Entry | None:
    """What to write where a key that nothing knows is a value of its entry: `{customer: 2026-02-01}`, of a stage.

    Args:
        document: the file.
        model: what it should be.
        path: the path of the key.

    Returns:
        None where it may be anything; the sentence's `repair`, or `several` where each key is an entry of its own.
    """
    above, key = path[:-1], str(path[-1])
    data, shape = value_at(document.data, above), shape_at(model, above)
    if not above or not isinstance(shape, Nested) or len(data) > _MOST_PARTS:
        return None
    known = known_keys(model, above)
    if key in _NAME and (names := _first_and_last(fields_of(shape.model), data[key])):
        return Entry({"repair" if len(names) == 1 else "several": _joined(names)}, tuple(names))
    near = shape_at(model, (*above, nearest_word(key, known)))
    if isinstance(near, Leaf) and near.day == bool(_day(data[key])):
        return None  # it is only called otherwise
    items = _items({other: value for other, value in data.items() if other not in known})
    if known & data.keys():
        pairs = _pairs(shape.model, *next(iter(items.items())), frozenset(data)) if len(items) == 1 else {}
        return Entry({"repair": _joined(pairs)}, tuple(pairs)) if pairs and "…" not in pairs else None
    entries = [_pairs(shape.model, other, value) for other, value in items.items()]
    if not all(entries):
        return None
    if len(entries) > 1:
        return Entry({"several": ", ".join(f"{{{_joined(entry)}}}" for entry in entries)}, whole=True)
    place, first = document.place(above), document.place(path, key=True)
    in_braces = (place.line, place.column) != (first.line, first.column)
    entry = _joined(entries[0])
    return Entry({"repair": entry if in_braces else f"{{{entry}}}"}, whole=True)


def _items(data: Mapping[str, Any]) -> dict[str, Any]:
    """Keys and values; a colon, or its space, that was left out is put back, and half of a number: `450,50`."""
    items: dict[str, Any] = {}
    last = ""
    for key, value in data.items():
        if value is None and (stuck := _DAY_AND_VALUE.fullmatch(key)):
            key, number = stuck["day"], number_in(stuck["value"])
            value = Decimal(number) if number else stuck["value"]
        if value is None and key.isdecimal() and last and type(items[last]) is int:
            items[last] = Decimal(f"{items[last]}.{key}").normalize()
        else:
            items[key], last = value, key
    return items


def entries_meant(model: type[BaseModel], path: Path, data: Any) -> str:
    """A map as the list of entries that was wanted: of days, `{2026-01-01: 450}` of prices, or one entry by its own
    keys, `{hours: 100}` of a budget; "" where it is neither.
    """
    shape = shape_at(model, path)
    if not isinstance(data, Mapping) or not isinstance(shape, Many) or not isinstance(shape.item, Nested):
        return ""
    if len(data) > _MOST_PARTS:
        return ""
    known = known_keys(model, (*path, 0))
    keys = {key: key if key in known else nearest_word(key, known) for key in data}
    if all(keys.values()) and len({*keys.values()}) == len(keys):
        return f"[{_one_entry(shape.item.model, {keys[key]: value for key, value in data.items()})}]"
    if known & data.keys():
        return ""
    entries = [_pairs(shape.item.model, key, value) for key, value in _items(data).items()]
    return f"[{', '.join(f'{{{_joined(entry)}}}' for entry in entries)}]" if entries and all(entries) else ""


def _one_entry(model: type[BaseModel], data: Mapping[str, Any]) -> str:
    """An entry of which some keys are written, as it should be; `…` stands for what is missing or cannot stand."""
    fields = fields_of(model)
    needed = {field.key for field in _needed(model)}
    pairs = {
        field.key: _value(field, data[field.key]) if field.key in data else "…"
        for field in fields
        if field.key in needed or field.key in data
    }
    return f"{{{_joined(pairs)}}}"


def _value(field: Field, value: Any) -> str:
    is_day = isinstance(field.shape, Leaf) and field.shape.day
    return (_day(value) if is_day else _written(field, value, strict=field.key != "id")) or "…"


def _pairs(model: type[BaseModel], key: str, value: Any, written: frozenset[str] = frozenset()) -> dict[str, str]:
    """Key → value of the entry of which a key and its value are day and thing, or thing and day, or one of them alone.

    Args:
        model: the model of the entry.
        key: the key.
        value: its value; None where there is none.
        written: the keys that stand in the entry already.

    Returns:
        In the model's order; with `…` where the day is known and the thing has no key; none where it may be anything.
    """
    fields = fields_of(model)
    days = _day_field(fields)
    needed = [field for field in fields if field.required and field is not days and field.key not in written]
    thing = needed[0] if len(needed) == 1 else None
    day, other = _first_day(key), value
    if not day and isinstance(value, str):
        day, other = _day(value), key
    if value is None:
        if day:
            return {days.key: day} if days is not None and days.key not in written else {}
        text = _written(thing, key, strict=True) if thing and (days is None or not days.required or written) else ""
        return {thing.key: text} if thing and text else {}
    if not day or days is None or days.key in written:
        return {}
    text = _written(thing, other) if thing else ""
    if thing is None or not text:
        return {days.key: day, "…": ""} if other is value else {}
    pairs = {days.key: day, thing.key: text}
    return {field.key: pairs[field.key] for field in fields if field.key in pairs}


def _joined(pairs: Mapping[str, str]) -> str:
    return ", ".join(f"{key}: {value}" if value else key for key, value in pairs.items())


def _day_field(fields: Iterable[Field]) -> Field | None:
    """The field for the day of an entry, where only one can be it."""
    days = {field.key: field for field in fields if isinstance(field.shape, Leaf) and field.shape.day}
    named = next((days[key] for key in _DAY_KEYS if key in days), None)
    required = [field for field in days.values() if field.required]
    only = required or list(days.values())
    return named or (only[0] if len(only) == 1 else None)


def _written(field: Field, value: Any, *, strict: bool = False) -> str:
    """A value as it is written after the key of a field; "" where it can be none of its.

    `strict`: nor where it is only not known to be none, as a word where a number may be wanted.
    """
    shape = field.shape
    if not isinstance(shape, Leaf) or shape.day:
        return ""
    if is_number(value):
        return written_as(value)
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_KEY:
        return ""
    if shape.free:
        return value if _PLAIN.fullmatch(value) else quoted(value)
    fits = shape.ref is not None or not strict or value[0].isdecimal()
    return value if _ID.fullmatch(value) and (value in shape.words if shape.words else fits) else ""


def word_meant(model: type[BaseModel], path: Path, key: str, value: Any) -> str:
    """The pair of key and value that was meant where a key that nothing knows is a word of a fixed list, or has one.

    `beslutningstager: ja` → `role: decision-maker`; `rolle: beslutningstager` → the same. "" where nothing is meant so.
    """
    shape = shape_at(model, path)
    if not isinstance(shape, Nested):
        return ""
    if value is None or value is True or (isinstance(value, str) and value.lower() in _YES):
        return _of_one_list(shape.model, key)
    near = nearest_word(key, known_keys(model, path))
    words = _words(model, (*path, near)) if near and isinstance(value, str) else frozenset()
    word = nearest_word(value, words) if words and value not in words else ""
    return f"{near}: {word}" if word else ""


def word_inside(model: type[BaseModel], path: Path, key: str) -> dict[str, str | int]:
    """What was meant by a key that nothing knows, where it is a key or a word of a list of the records inside: of a
    card `telefon: 12345678` or `beslutningstager: Karen`, the phone number or role of a contact.

    Returns:
        `inside`, the key that they stand under, and `pair`, what to write there; nothing where there is none such.
    """
    shape = shape_at(model, path)
    found = {}
    for field in fields_of(shape.model) if isinstance(shape, Nested) else ():
        item = field.shape.item if isinstance(field.shape, (Many, Map)) else None
        if isinstance(item, Nested):
            near = nearest_word(key, frozenset(one.key for one in fields_of(item.model)))
            if pair := _of_one_list(item.model, key) or (near and f"{near}: …"):
                found[field.key] = pair
    return {"inside": next(iter(found)), "pair": next(iter(found.values()))} if len(found) == 1 else {}


def word_elsewhere(model: type[BaseModel], path: Path, written: str) -> str:
    """The pair of key and value that was meant by a word that is of the list of another key; "" where none is."""
    shape = shape_at(model, path[:-1]) if path and isinstance(path[-1], str) else None
    return _of_one_list(shape.model, written) if isinstance(shape, Nested) else ""


def _of_one_list(model: type[BaseModel], word: str) -> str:
    """Key and value where a word, or what it says in Danish or Norwegian, may stand after one key alone; else ""."""
    found = []
    for field in fields_of(model):
        many = isinstance(field.shape, Many)
        item = field.shape.item if isinstance(field.shape, Many) else field.shape
        if isinstance(item, Leaf) and (near := nearest_word(word, item.words)):
            found.append(f"{field.key}: [{near}]" if many else f"{field.key}: {near}")
    return found[0] if len(found) == 1 else ""


def _words(model: type[BaseModel], path: Path) -> frozenset[str]:
    shape = shape_at(model, path)
    return shape.words if isinstance(shape, Leaf) else frozenset()


def dated_meant(model: type[BaseModel], path: Path, data: Any, words: Mapping[str, str]) -> str:
    """A value that can change as the map from-date: value that was meant; "" where none was.

    It was written as a list, `- 2026-01-01: 450`, as an entry, `{from: 2026-01-01, amount: 450}`, the wrong way round,
    `{marketing: 2026-01-01}`, or in words, `450 fra 2026-01-01`. `words` are what words of everyday are in a record.
    A figure that says what it is for alone, `450 kr i timen`, is the figure.
    """
    if isinstance(data, str) and (each := _each(path, data)):
        return each
    if not changes_at(model, path):
        return ""
    as_map = data if isinstance(data, dict) else {}
    if isinstance(data, str):
        since = _SINCE.fullmatch(data)
        data = {since["day"]: number_in(since["value"]) or since["value"]} if since else None
    parts = [data] if isinstance(data, dict) else data if isinstance(data, list) else []
    found: dict[str, str] = {}
    for part in parts[: _MOST_PARTS + 1]:
        pairs = _spans(part) if isinstance(part, dict) else {}
        if not pairs or pairs.keys() & found.keys():
            return ""
        found |= pairs
    spans = {day: words.get(value, value) for day, value in found.items()}
    if not 0 < len(found) <= _MOST_PARTS or spans == {day: _word(value) for day, value in as_map.items()}:
        return ""  # what is written as such a map already has something else wrong
    return f"{{{', '.join(f'{day}: {value}' for day, value in spans.items())}}}"


def _each(path: Path, written: str) -> str:
    """The figure in `450 kr i timen` or `37 timer om ugen`, where the key is an hour's or a week's; else ""."""
    key = next((str(step) for step in reversed(path) if isinstance(step, str) and not step[:1].isdigit()), "")
    unit = "hour" if key.endswith("_rate") else "week" if key.startswith("weekly_") else ""
    if not unit or len(written) > LONGEST_KEY:
        return ""
    found = re.fullmatch(rf"(.*?\S) *{_EACH[unit]}", written.strip(), re.ASCII | re.IGNORECASE)
    if found is None:
        return ""
    return meant_amount(found[1], "") if unit == "hour" else meant_hours(found[1])


def _spans(data: Mapping[str, Any]) -> dict[str, str]:
    """Day → value of one part of a value that can change; none where anything else stands in it."""
    days = [key for key in data if key.lower() in _DAY_WORDS]
    if len(days) == 1 and len(data) == 2:
        found = {_day(data[days[0]]): _word(value) for key, value in data.items() if key != days[0]}
    elif len(data) == 1 and not any(map(_first_day, data)):
        found = {_day(value): _word(key) for key, value in data.items()}
    else:
        found = {_first_day(key): _word(value) for key, value in data.items()}
    return found if all(found) and all(found.values()) and len(found) >= len(data) - len(days) else {}


def _word(value: Any) -> str:
    """A value as it is written between braces, where it is a number, a word or a list of words; else ""."""
    if isinstance(value, list) and len(value) <= _MOST_PARTS:
        words = [_word(word) for word in value if not isinstance(word, list)]
        return f"[{', '.join(words)}]" if len(words) == len(value) and all(words) else ""
    if isinstance(value, bool) or is_number(value):
        return written_as(value)
    if not isinstance(value, str) or len(value) > LONGEST_KEY:
        return ""
    return value if _PLAIN.fullmatch(value) or _FIGURE.fullmatch(value) else ""


def form_of(model: type[BaseModel], path: Path) -> str:
    """How the list or mapping at a path is written, with its needed keys: `[{date: …, reason: …}]`; "" of a file.

    Where that is a day alone, what is said of it stands beside it; and of keys of which one is needed, the first.
    """
    return _form(shape_at(model, path)) if path else ""


def _form(shape: Shape | None) -> str:
    if isinstance(shape, Nested):
        return f"{{{', '.join(f'{field.key}: …' for field in _needed(shape.model))}}}"
    if isinstance(shape, Many):
        return f"[{_form(shape.item) or '…'}]"
    if isinstance(shape, Map):
        return f"{{id: {_form(shape.item) or '…'}}}"
    return _form(shape.item) if isinstance(shape, Spans) else ""


def _needed(model: type[BaseModel]) -> list[Field]:
    """The fields of an entry that it must have, and what else it says nothing without."""
    fields = fields_of(model)
    needed = [field for field in fields if field.required] or list(fields[:1])
    return needed + _what(model, fields, needed)


def _what(model: type[BaseModel], fields: Iterable[Field], needed: list[Field]) -> list[Field]:
    """The field without which an entry says nothing beside the needed ones; none where they say enough."""
    schema: Any = model.model_config.get("json_schema_extra")
    for either in schema.get("oneOf", ()) if isinstance(schema, dict) else ():
        return [field for field in fields if field.key in either["required"]]
    if len(needed) != 1 or not _is_day(needed[0]):
        return []
    rest = (field for field in fields if not (field.required or _is_day(field)))
    return [field for field in rest if model.model_fields[field.attribute].default is None][:1]


def _is_day(field: Field) -> bool:
    return isinstance(field.shape, Leaf) and field.shape.day


def keys_in_list(model: type[BaseModel], path: Path, value: Any) -> str:
    """A list that holds keys and values, `[from: 2026-01-01]`, as the map that was wanted; of many records, which need
    ids, their names: `[Marketing, Salg]`. "" where it is none of these.
    """
    shape = shape_at(model, path)
    if isinstance(shape, Map) and (named := _named(shape.item, value)):
        return named
    if isinstance(shape, Map) and isinstance(shape.item, Nested):
        return ""
    parts = [part for part in value if isinstance(part, dict) and len(part) == 1] if isinstance(value, list) else []
    pairs = {key: _word(one) or _day(one) for part in parts for key, one in part.items()}
    whole = len(pairs) == len(parts) == len(value) <= _MOST_PARTS and all(pairs.values()) if parts else False
    return f"{{{_joined(pairs)}}}" if whole else ""


def _named(item: Shape, value: Any) -> str:
    """Names as the map of ids that was wanted: `Marketing, Salg` or `[Marketing, Salg]` of departments; else ""."""
    if isinstance(value, str):
        value = re.split(r" *[,;] *", value[:LONGEST_KEY])
    parts = value if isinstance(value, list) and len(value) <= _MOST_PARTS else []
    names = [part["name"] if isinstance(part, dict) and list(part) == ["name"] else part for part in parts]
    if not names or not all(isinstance(name, str) and _PLAIN.fullmatch(name) for name in names):
        return ""
    entries = {slug(name): _of_name(item, name) for name in names}
    if len(entries) < len(names) or not all(entries) or not all(entries.values()):
        return ""
    return f"{{{_joined(entries)}}}"


def _of_name(item: Shape, name: str) -> str:
    """What stands after the id of something with a name; "" where a name is no beginning of it."""
    if isinstance(item, Leaf) and item.free:
        return name
    fields = fields_of(item.model) if isinstance(item, Nested) else ()
    needed = [field.key for field in fields if field.required]
    pairs = {key: name if key == "name" else "…" for key in needed} if "name" in needed else {}
    return f"{{{_joined(pairs or _first_and_last(fields, name))}}}" if pairs or _first_and_last(fields, name) else ""


def _first_and_last(fields: Iterable[Field], name: Any) -> dict[str, str]:
    """The name of a person where the first and the last have keys of their own; none where they have not."""
    if not {"first_name", "last_name"} <= {field.key for field in fields}:
        return {}
    if not isinstance(name, str) or not _PLAIN.fullmatch(name):
        return {}
    first, _, last = name.rpartition(" ")
    return {"first_name": first, "last_name": last} if first else {"first_name": last}


def figure_in(value: Any) -> str:
    """The number that stands alone between braces, `{450}`; "" where something else does."""
    only = next(iter(value)) if isinstance(value, dict) and list(value.values()) == [None] else ""
    return only if _FIGURE.fullmatch(only) else ""


def day_meant(model: type[BaseModel], path: Path, data: Any) -> str:
    """What to write instead of a key that is no day, in a value that can change; "" where nobody can know.

    A year or month begins with its first day; a key whose value is a day is the value itself.
    """
    key = str(path[-1])
    if not changes_at(model, path[:-1]):
        return ""
    day = _day(data)
    return _first_day(key) or (f"{day}: {key}" if day else "")


def turned(model: type[BaseModel], path: Path, data: Any) -> str:
    """A map of days in which each holds the map around it: `2026-01-01: {EUR: 7.46}` → `EUR: {2026-01-01: 7.46}`."""
    day = _day(str(path[-1]))
    if not day or not isinstance(data, dict) or not changes_at(model, path):
        return ""
    pairs = {key: _word(value) for key, value in list(data.items())[: _MOST_PARTS + 1]}
    if len(pairs) > _MOST_PARTS:
        return ""
    return ", ".join(f"{key}: {{{day}: {value}}}" for key, value in pairs.items()) if all(pairs.values()) else ""


def _first_day(key: str) -> str:
    """The day that a key is, or the first of the month or year that it is; "" where it is none."""
    period = key if _YEAR.fullmatch(key) else meant_period(key)
    return _day(key) or _day(period + _BEGINNINGS.get(len(period), "?"))


def _day(written: Any) -> str:
    """The day that a text is, or that somebody meant by it; "" where it is none."""
    if not isinstance(written, str):
        return ""
    return written if written_day(written) else meant_day(written)
