"""Plain data → a model, and pydantic's errors → Problems: the only place where they meet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sitegen.codes import CODES
from sitegen.models.fields import Context, written_as
from sitegen.problems import Place, Problem
from sitegen.records.meant import (
    colon_left_out,
    key_meant,
    list_meant,
    map_of,
    nearest_word,
    number_cut,
    value_at,
    with_amounts,
    with_dashes,
    without_halves,
)
from sitegen.records.pairs import (
    dated_meant,
    day_meant,
    entries_meant,
    entry_meant,
    figure_in,
    form_of,
    keys_in_list,
    turned,
    word_elsewhere,
    word_inside,
    word_meant,
)
from sitegen.records.references import Path, audience_at, known_keys, may_be_left_out
from sitegen.yamlfile import LONGEST_KEY, MOST_MISTAKES, Document, quoted

_MOST_ROUNDS = 8
_MOST_ERRORS = 3 * MOST_MISTAKES
"""pydantic tells several errors for one mistake where a value may be of several types."""
_ONE_LEFT_OUT = "missing"

# pydantic's own errors: type → code of ours.
_CODES = {
    "string_type": "text-wanted",
    "int_type": "whole-number-wanted",
    "int_from_float": "whole-number-wanted",
    "bool_type": "yes-no-wanted",
    "literal_error": "unknown-word",
    "string_too_short": "empty-text",
    "string_too_long": "text-too-long",
    "greater_than_equal": "too-low",
    "greater_than": "too-low",
    "less_than_equal": "too-high",
    "less_than": "too-high",
    "list_type": "list-wanted",
    "tuple_type": "list-wanted",
    "dict_type": "map-wanted",
    "model_type": "map-wanted",
    "model_attributes_type": "map-wanted",
    "too_short": "list-length",
    "too_long": "list-length",
    "extra_forbidden": "unknown-key",
    "missing": "missing-key",
}
_PATTERNS = {
    "^[A-Z]{3}$": "bad-currency",
    "^[A-Z]{2}$": "bad-country",
    "^[0-9]{": "digits-wanted",
    "^[a-z0-9][a-z0-9-]*": "bad-id",
}
_OF_TYPE = frozenset(
    {
        "text-wanted",
        "whole-number-wanted",
        "yes-no-wanted",
        "list-wanted",
        "map-wanted",
        "nothing-written",
        "unknown-word",
    }
)
_OF_ONE_VALUE = _OF_TYPE - {"nothing-written"} | {"not-money", "not-hours", "not-a-share", "bad-rate"}
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""Names of the months: messages of their own."""
_YES_NO = {"ja": "true", "yes": "true", "nej": "false", "nei": "false", "no": "false"}
_NONE_YET = frozenset(
    {
        "aldri", "aldrig", "ikke endnu", "ikke ennå", "ingen", "ja", "n/a", "nei", "nej", "never", "no", "none",
        "not yet", "ubegrænset", "ukendt", "ukjent", "unknown", "ved ikke", "vet ikke", "yes",
    }
)  # fmt: skip
"""What is written for a day where there is none, or none is known."""
_ISO = {
    "danmark": "DK", "denmark": "DK", "dk": "DK", "norge": "NO", "norway": "NO", "no": "NO", "sverige": "SE",
    "sweden": "SE", "se": "SE", "dkk": "DKK", "nok": "NOK", "sek": "SEK", "eur": "EUR", "euro": "EUR", "€": "EUR",
}  # fmt: skip
"""Countries and currencies as they are called around here → their codes."""
_OF_COUNTRY = {"DK": "DKK", "NO": "NOK", "SE": "SEK"}
"""Country → its currency."""
_OF_CURRENCY = {currency: country for country, currency in _OF_COUNTRY.items()}
_WITH_UNIT = re.compile(
    r"(?:(?:ca|c|omkring|about)\.? *)?(\d{1,9}) *(?:(?:dag|dage[nr]?|days?|min|minut|minutter|minutes?|stk|personer"
    r"|people|ansatte|medarbejdere|medarbeidere|employees)\.?)?",
    re.IGNORECASE | re.ASCII,
)
_WORDS = re.compile(r"\^\(\?:((?:[a-z-]+\|)+[a-z-]+)\)\$")
_QUOTED = re.compile(r"'([^']*)'")
_SPACED_DIGITS = re.compile(r"\W?(?:DK|NO)?[\s.-]?[0-9](?:[\s.-]?[0-9])*(?: ?MVA)?\W?", re.ASCII)


@dataclass
class _Error:
    """One error at a place of the written data. `branch`: where a choice between types stands above it, if any."""

    code: str
    path: Path
    key: bool
    values: dict[str, str | int]
    branch: Path | None


def validate(model: type[BaseModel], document: Document, context: Context) -> tuple[Any, Document]:
    """The model that the document makes, and the document it was made of.

    Every error becomes a Problem of the document. Then what is wrong is taken out, as little as possible, so that the
    rest still counts; the second document is what is left. The model is None where nothing is.
    """
    if document.data is None:
        return None, document
    with_dashes(document, model)
    with_amounts(document, model)
    try:
        return model.model_validate(document.data, context=context), document
    except ValidationError as error:
        many = error.error_count() > _MOST_ERRORS
        errors = _errors(error, document.data)
    found = _problems(errors, document, model)
    document.problems[:] = without_halves(document.problems + found[:MOST_MISTAKES])
    if many or len(found) > MOST_MISTAKES:
        place = found[MOST_MISTAKES:][0].place if len(found) > MOST_MISTAKES else found[-1].place
        document.problems.append(Problem("too-many-mistakes", place, {"most": MOST_MISTAKES}))
        return None, document
    left = _copy(document)
    for _ in range(_MOST_ROUNDS):
        if not _prune(left, errors):
            return None, left
        try:
            return model.model_validate(left.data, context=context), left
        except ValidationError as error:
            errors = _errors(error, left.data)
    return None, left


def _errors(error: ValidationError, data: Any) -> list[_Error]:
    found = [_read(line, data) for line in error.errors(include_url=False)[:_MOST_ERRORS]]
    within = {one.path[:at] for one in found for at in range(len(one.path))}
    return [one for one in found if not _beside(one, found) and not (one.code == "list-length" and one.path in within)]


def _read(line: ErrorDetails, data: Any) -> _Error:
    """One of pydantic's errors: where it is in the data, and which of our codes it has."""
    path: list[str | int] = []
    branch: Path | None = None
    at: Any = data
    key = False
    steps = line["loc"][:-1] if line["type"] == _ONE_LEFT_OUT else line["loc"]
    for step in steps:
        if step == "[key]":
            key = True
        elif _leads_on(at, step):
            path.append(step)
            at = at[step]
        elif branch is None and isinstance(step, str):
            branch = tuple(path)  # the name of one of several types
    code, values = _told(line, at, str(path[-1]) if key and path else None)
    return _Error(code, tuple(path), key or code == "unknown-key", values, branch)


def _leads_on(data: Any, step: str | int) -> bool:
    """Whether a step of pydantic's path is one in the data; else it names a type, or the function that checked."""
    if isinstance(data, list):
        return isinstance(step, int) and step < len(data)
    return isinstance(data, dict) and step in data


def _told(line: ErrorDetails, at: Any, key: str | None) -> tuple[str, dict[str, str | int]]:
    """The code of an error, and the values of its sentence."""
    kind, known = line["type"], dict(line.get("ctx", {}))
    written = key if key is not None else written_as(at)
    if kind in CODES and at is None and key is None:
        return "nothing-written", {}
    if kind in CODES:
        if "month" in known:
            known["month"] = MONTHS[int(known["month"]) - 1]
        return kind, {
            "written": written,
            **{name: value if isinstance(value, int) else str(value) for name, value in known.items()},
        }
    if kind == "string_pattern_mismatch":
        pattern = str(known.get("pattern", ""))
        if found := _WORDS.fullmatch(pattern):
            choices = found[1].split("|")
            near = nearest_word(written, frozenset(choices))
            return "unknown-word", {"written": written, "words": ", ".join(choices), "nearest": near}
        code = next((code for start, code in _PATTERNS.items() if pattern.startswith(start)), "bad-value")
        repair = ""
        if code == "bad-id":
            repair = re.sub(r"[^a-z0-9-]+", "-", written.lower()).strip("-")
        elif code == "digits-wanted" and (digits := _SPACED_DIGITS.fullmatch(written)):
            repair = quoted(re.sub(r"[^0-9]", "", digits[0]))
        elif code in ("bad-country", "bad-currency"):
            found_iso = _ISO.get(written.lower(), "")
            repair = (_OF_COUNTRY if code == "bad-currency" else _OF_CURRENCY).get(found_iso, found_iso)
        return code, {"written": written, "repair": repair}
    code = _CODES.get(kind, "bad-value")
    if kind == _ONE_LEFT_OUT or code == "unknown-key":
        return code, {"key": str(line["loc"][-1])}
    if at is None and key is None:
        return "nothing-written", {}
    values: dict[str, str | int] = {"written": written}
    if code == "text-wanted" and isinstance(at, (int, float)):
        values["repair"] = quoted(written)
    elif code == "yes-no-wanted" and isinstance(at, str):
        values["repair"] = _YES_NO.get(at.lower(), "")
    elif code == "unknown-word":
        words = _QUOTED.findall(str(known.get("expected", "")))
        values |= {"words": ", ".join(words), "nearest": nearest_word(written, frozenset(words))}
    elif code == "text-wanted" and isinstance(at, list) and all(isinstance(item, str) for item in at):
        values["either"] = " / ".join(at)[:LONGEST_KEY]
    elif code == "whole-number-wanted" and isinstance(at, str) and (number := _WITH_UNIT.fullmatch(at)):
        values["repair"] = number[1]
    elif code in ("too-low", "too-high"):
        values["limit"] = str(next(iter(known.values()), ""))
    elif code == "text-too-long":
        values["most"] = str(known.get("max_length", ""))
    elif code == "list-length":
        values |= {
            "wanted": str(known.get("min_length", known.get("max_length", ""))),
            "actual": str(known.get("actual_length", "")),
        }
    return code, values


def _beside(one: _Error, all_: list[_Error]) -> bool:
    """Whether an error says only that a value is not of a type that it was not meant to be."""
    if one.branch is None or one.path != one.branch or one.code not in _OF_TYPE:
        return False
    others = [other for other in all_ if other is not one and other.branch == one.branch]
    better = [other for other in others if other.path != other.branch or other.code not in _OF_TYPE]
    return bool(better) or any(all_.index(other) < all_.index(one) for other in others)


def _problems(errors: Iterable[_Error], document: Document, model: type[BaseModel]) -> list[Problem]:
    """The errors as Problems: one a place, none where the YAML was wrong, no missing key where it is misspelt."""
    known = {problem.place for problem in document.problems if problem.severity == "error"}
    meant: set[tuple[Path, str]] = set()
    whole: dict[Path, Path] = {}  # what is told as one mistake → the key that it is told at
    errors = list(errors)
    seen: list[_Error] = []
    for error in errors:
        if (
            error.key
            and error.code != "unknown-key"
            and (cut := number_cut(document, error.path) or colon_left_out(document, model, error.path))
        ):
            error.code, error.path, error.key, error.values, _ = cut
            seen.append(error)
        elif error.code == "unknown-key":
            above, known_here = error.path[:-1], known_keys(model, error.path[:-1])
            value = value_at(document.data, error.path)
            if found_meant := key_meant(document, model, error.path, known_here):
                error.code, error.path, error.key, error.values, key = found_meant
                seen.append(error)
            elif entry := entry_meant(document, model, error.path):
                key = ""
                error.values |= entry.values
                meant |= {(above, written) for written in entry.keys}
                if entry.whole:
                    whole.setdefault(above, error.path)
            elif pair := word_meant(model, above, str(error.values["key"]), value):
                key = pair.partition(":")[0]
                error.values["repair"] = pair
            else:
                key = nearest_word(str(error.values["key"]), known_here)
                error.values |= {"nearest": key} if key else word_inside(model, above, str(error.values["key"]))
            meant.add((above, key))
        elif error.key:
            if error.code == "bad-date" and not error.values["repair"]:
                error.values["repair"] = day_meant(model, error.path, value_at(document.data, error.path))
            elif repair := turned(model, error.path, value_at(document.data, error.path)):
                error.values["repair"] = repair
                whole[error.path] = error.path
        elif error.code in _OF_ONE_VALUE:
            above = error.path[:-1]
            if above and dated_meant(model, above, value_at(document.data, above), {}):
                error.path = above  # `[{2026-01-01: [mon]}]`: the list is what is wrong
            error.values |= _value_meant(model, error, value_at(document.data, error.path))
        elif error.code == "bad-date" and str(error.values["written"]).lower() in _NONE_YET:
            error.values["optional"] = str(error.path[-1]) if may_be_left_out(model, error.path) else ""
    found: dict[tuple[Place, str], Problem] = {}
    through = {error.path for error in seen if error.key}
    errors = [error for error in errors if error.path not in through]
    for error in (*seen, *errors):  # what was seen through comes before what the model says of the half of it
        told = next((whole[above] for at in range(len(error.path) + 1) if (above := error.path[:at]) in whole), None)
        if told is not None and not (error.key and error.path == told):
            continue
        if error.code == "missing-key" and (error.path, error.values["key"]) in meant:
            continue
        place = document.place(error.path, key=error.key)
        if place not in known or error.code == "decimal-comma":
            problem = Problem(error.code, place, error.values, audience=audience_at(model, error.path))
            found.setdefault((place, str(error.values.get("key", ""))), problem)
    halves = {problem.place for problem in found.values() if problem.code == "decimal-comma"}
    return [one for one in found.values() if one.code == "decimal-comma" or one.place not in halves]


def _value_meant(model: type[BaseModel], error: _Error, value: Any) -> dict[str, str | int]:
    """What to write instead of a value that is not of its type, as values of its sentence."""
    words = _YES_NO if error.code == "yes-no-wanted" else {}
    if dated := dated_meant(model, error.path, value, words):
        return {"dated" if error.code == "text-wanted" else "repair": dated}
    written = str(error.values["written"])
    if error.code == "list-wanted":
        repair = entries_meant(model, error.path, value) or list_meant(model, error.path, written)
        return {"repair": repair, "example": form_of(model, error.path)}
    if error.code == "map-wanted":
        repair = keys_in_list(model, error.path, value) or map_of(model, error.path, written)
        return {"repair": repair, "example": form_of(model, error.path)}
    if error.code == "unknown-word" and not error.values["nearest"]:
        if isinstance(value, list) and len(value) == 1:
            words_here = frozenset(str(error.values["words"]).split(", "))
            return {"repair": nearest_word(str(value[0]), words_here)}
        return {"repair": word_elsewhere(model, error.path, written)}
    if error.code in ("not-money", "not-hours", "not-a-share") and (figure := figure_in(value)):
        return {"repair": figure}
    return {}


def _copy(document: Document) -> Document:
    copy = Document(document.file, document.line)
    copy.data, copy.marks = _copied(document.data), _copied(document.marks)
    copy.problems = document.problems
    return copy


def _copied(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _copied(value) for key, value in data.items()}
    return [_copied(value) for value in data] if isinstance(data, list) else data


def _prune(document: Document, errors: Iterable[_Error]) -> bool:
    """Takes out what the errors are about, with its marks; False when that is the whole document."""
    paths = {error.path for error in errors}
    if () in paths:
        return False
    for path in sorted(paths, key=lambda path: [(isinstance(step, str), step) for step in path], reverse=True):
        data, marks = document.data, document.marks
        for step in path[:-1]:
            at = 2 + 2 * list(data).index(step) if isinstance(data, dict) else 1 + int(step)
            data, marks = data[step], marks[at]
        last = path[-1]
        if isinstance(data, dict):
            if last in data:
                at = 1 + 2 * list(data).index(last)
                del data[last]
                del marks[at : at + 2]
        elif isinstance(data, list) and isinstance(last, int) and last < len(data):
            del data[last]
            del marks[1 + last]
    return True
