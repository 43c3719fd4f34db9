"""JSON Schemas of the record files (draft 7), and the settings by which an editor finds them.

An editor that knows them completes keys and ids while somebody writes, underlines what cannot stand there, and shows
what a key means. They are made from the models, with the models' own words and with the ids that the records define.
A schema knows one file: what two files say together is the validator's alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from sitegen import messages
from sitegen.models import KINDS, Kind
from sitegen.models.base import meaning
from sitegen.models.fields import REF, WITHIN
from sitegen.models.shape import models_in
from sitegen.records import Index
from sitegen.reference import title_of

DRAFT = "http://json-schema.org/draft-07/schema#"
FOLDER = ".vscode/schemas"
"""Where the schemas lie in the folder that is opened in the editor."""
SETTING = "yaml.schemas"
"""The editor's setting: schema → the files it is for."""
MOST_OWNERS = 200
"""Up to so many projects (customers, campaigns) the tasks are offered for each alone; above it those of all of them."""

KNOWN_TO_EDITORS: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind.pattern.endswith(".yml"))
"""The kinds that have a schema: templates are Markdown."""


def schemas(lang: str, index: Index | None = None) -> dict[str, dict[str, Any]]:
    """The name of each kind → its schema, described in a language; without an index any well-formed id may stand."""
    return {kind.name: _schema(kind, lang, index or Index()) for kind in KNOWN_TO_EDITORS}


def mapping(folder: str) -> dict[str, str]:
    """What the setting says: the path of each schema → the files of its kind below the folder of the records."""
    before = "" if folder in ("", ".") else f"{folder}/"
    return {f"./{FOLDER}/{kind.name}.json": before + re.sub(r"\{\w+\}", "*", kind.pattern) for kind in KNOWN_TO_EDITORS}


def merged(settings: str, folder: str) -> str | None:
    """The text of settings.json with our mapping in it and all else as it was; the same text where it is there already.

    None where it cannot be put in without loss: the text has comments (a program would drop them) or is no object.
    """
    plain = _without_comments(settings)
    try:
        data = json.loads(plain) if plain.strip() else {}
    except json.JSONDecodeError:
        return None
    if not isinstance(data, dict) or not isinstance(data.get(SETTING, {}), dict):
        return None
    others = {path: files for path, files in data.get(SETTING, {}).items() if not path.startswith(f"./{FOLDER}/")}
    wanted = others | mapping(folder)
    if data.get(SETTING) == wanted:
        return settings
    if plain != settings:
        return None
    indent = re.search(r"^([ \t]+)\"", settings, re.MULTILINE)
    return as_text({**data, SETTING: wanted}, indent[1] if indent else "  ")


def as_text(data: Mapping[str, Any], indent: str = "  ") -> str:
    """JSON as it is kept in files."""
    return json.dumps(data, ensure_ascii=False, indent=indent) + "\n"


_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*")|//[^\n]*|/\*.*?\*/|,(?=(?:\s|//[^\n]*|/\*.*?\*/)*[}\]])', re.DOTALL)


def _without_comments(text: str) -> str:
    """JSON as the editor reads it → JSON: without comments and without a comma after the last item."""
    return _COMMENT.sub(lambda found: found[1] or "", text)


def _schema(kind: Kind, lang: str, index: Index) -> dict[str, Any]:
    made = kind.model.model_json_schema(ref_template="#/definitions/{model}")
    definitions = made.pop("$defs", {})
    words = {" ".join((model.__doc__ or "").split()): meaning(model) for model in models_in(kind.model)}
    words[" ".join((kind.model.__doc__ or "").split())] = meaning(kind.model)
    maker = _Maker(lang, index, words)
    schema = {"$schema": DRAFT, "title": messages.template(lang, title_of(kind.name)), **maker.node(made)}
    if definitions:
        schema["definitions"] = {name: maker.node(inside) for name, inside in definitions.items()}
    return schema


class _Maker:
    """Turns what pydantic says of a model into what an editor reads."""

    def __init__(self, lang: str, index: Index, words: Mapping[str, str]) -> None:
        self.lang = lang
        self.index = index
        self.words = words  # a model's docstring on one line → what of it is shown

    def node(self, node: dict[str, Any]) -> dict[str, Any]:
        """One schema, and all inside it."""
        made: dict[str, Any] = {}
        for key, value in node.items():
            if key in (REF, WITHIN, "title") or (key == "default" and not isinstance(value, (str, int))):
                continue  # a default of null would be written by the editor, and refused by us
            made[key] = self._inside(key, value)
        if "pattern" in made and "examples" in made:  # editors would show the expression
            example = {"example": made["examples"][0]}
            made["patternErrorMessage"] = messages.translate(self.lang, "write it like %(example)s", example)
        if REF in node:
            made = self._known(made, node[REF], node[WITHIN])
        patterns = made.get("patternProperties")
        if patterns and "additionalProperties" not in made:  # pydantic would take any other key too
            del made["patternProperties"]
            ((pattern, value),) = patterns.items()
            made["propertyNames"] = {"pattern": pattern, **made.get("propertyNames", {})}
            made["additionalProperties"] = value
        names = node.get("propertyNames", {})
        if REF in names:
            made = self._known_keys(made, names[REF])
        made = made | self._conditions(node.get("properties", {}))
        if "$ref" in made and len(made) > 1:  # in draft 7 nothing beside a $ref counts
            made = {"allOf": [{"$ref": made.pop("$ref")}], **made}
        return made

    def _inside(self, key: str, value: Any) -> Any:
        if key == "description":
            text = " ".join(value.split())
            return messages.template(self.lang, self.words.get(text, value))
        if key in ("properties", "patternProperties"):
            return {name: self.node(inside) for name, inside in value.items()}
        if key in ("anyOf", "oneOf", "allOf"):
            return [self.node(inside) for inside in value]
        if key in ("items", "additionalProperties", "propertyNames") and isinstance(value, dict):
            return self.node(value)
        return value

    def _known(self, node: dict[str, Any], kind: str, within: str) -> dict[str, Any]:
        """A reference with the ids that may stand there; `_conditions` knows better where there are few owners."""
        owned = self._owned(kind) if within else {}
        if within == "." or 0 < len(owned) <= MOST_OWNERS:
            return node
        ids = sorted({id for of in owned.values() for id in of} if within else self.index.ids(kind))
        if not ids:
            return node
        rest = {key: value for key, value in node.items() if key not in ("pattern", "maxLength", "minLength")}
        return {**rest, "enum": ids}

    def _owned(self, kind: str) -> dict[str, list[str]]:
        """Owner → the ids inside it: project → tasks."""
        owned: dict[str, list[str]] = {}
        for id in sorted(self.index.ids(kind)):
            of, _, own = id.rpartition("/")
            owned.setdefault(of, []).append(own)
        return owned

    def _known_keys(self, node: dict[str, Any], kind: str) -> dict[str, Any]:
        """A map whose keys are ids: as properties, which is where editors look for keys to offer."""
        ids = sorted(self.index.ids(kind))
        if not ids:
            return node
        rest = {key: value for key, value in node.items() if key != "propertyNames"}
        value = rest.pop("additionalProperties")
        return {**rest, "properties": dict.fromkeys(ids, value), "additionalProperties": False}

    def _conditions(self, properties: Mapping[str, Any]) -> dict[str, Any]:
        """Which ids may stand for an owner that stands beside them: the tasks of the project."""
        conditions = []
        for name, inside in properties.items():
            owner = inside.get(WITHIN, "")
            if owner not in properties:
                continue
            owned = self._owned(inside[REF])
            if len(owned) <= MOST_OWNERS:
                conditions += [
                    {
                        "if": {"properties": {owner: {"const": of}}, "required": [owner]},
                        "then": {"properties": {name: {"enum": ids}}},
                    }
                    for of, ids in owned.items()
                ]
        return {"allOf": conditions} if conditions else {}
