"""What all models share: frozen, no unknown keys, attribute names from keys, the fields that any record may have.

The modules with models leave out `from __future__ import annotations`: pydantic would have to compile each annotation
again. Models are built when the first record of their kind is read.
"""

import ast
import re
import sys
from collections.abc import Mapping
from functools import cache
from inspect import cleandoc, getsource
from typing import Annotated, Any, Literal, get_args, get_type_hints

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, RootModel, TypeAdapter

from sitegen.models.fields import Date, Everyone, Id, Label, Marketing, Maybe, Ref, Text


def key_of(attribute: str) -> str:
    """The key that is written for an attribute: `budget_minutes` → `budget_hours`, `from_` → `from`."""
    return attribute.removesuffix("_").replace("minutes", "hours")


class Model(BaseModel):
    """A mapping of a record file."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=key_of, defer_build=True)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """What is written, with the words of the attributes' docstrings."""
        written = handler(schema)
        mapping = handler.resolve_ref_schema(written)
        properties = mapping["properties"]
        for attribute, words in descriptions(cls).items():
            properties[cls.model_fields[attribute].alias]["description"] = words
        if cls.model_config["extra"] == "allow":
            # pydantic says what further keys hold, not what they are called
            key, _ = get_args(get_type_hints(cls, include_extras=True)["__pydantic_extra__"])
            own = "|".join(re.escape(name) for name in properties)
            pattern = TypeAdapter(key).json_schema()["pattern"].removeprefix("^")
            mapping["patternProperties"] = {f"^(?!(?:{own})$){pattern}": mapping["additionalProperties"]}
            mapping["additionalProperties"] = False
        return written


class Measures(Model):
    """A mapping whose further keys are measures that the writer names: `downloads: 200`."""

    model_config = ConfigDict(extra="allow")


class Whole(RootModel):
    """A file that is one map or one list; `root` holds it."""

    model_config = ConfigDict(frozen=True, defer_build=True)


def meaning(model: type[BaseModel]) -> str:
    """A model's docstring without its last paragraph where that only says where the record is written."""
    return re.sub(r"\n\nWritten [^\n]*(?:\n(?!\n)[^\n]*)*\Z", "", cleandoc(model.__doc__ or ""))


@cache
def descriptions(model: type[BaseModel]) -> Mapping[str, str]:
    """The docstring below each attribute of a model.

    Read from the source when asked for: pydantic's `use_attribute_docstrings` does it at every start, for a third of
    the time it takes to make the models.
    """
    found: dict[str, str] = {}
    for owner in reversed(model.__mro__):
        if owner.__module__.startswith("sitegen."):
            found |= _docstrings(owner.__module__).get(owner.__name__, {})
    return {name: words for name, words in found.items() if name in model.model_fields}


@cache
def _docstrings(module: str) -> Mapping[str, Mapping[str, str]]:
    """Class → attribute → the docstring below it."""
    return {
        node.name: {
            field.target.id: cleandoc(text.value.value)
            for field, text in zip(node.body, node.body[1:], strict=False)
            if isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(text, ast.Expr)
            and isinstance(text.value, ast.Constant)
            and isinstance(text.value.value, str)
        }
        for node in ast.parse(getsource(sys.modules[module])).body
        if isinstance(node, ast.ClassDef)
    }


class Tag(Model):
    """A word stuck on a record on a day."""

    tag: Annotated[Label, Marketing]
    """The word."""
    on: Annotated[Maybe[Date], Marketing] = None
    """The day it was given; left out: unknown."""


class Record(Model):
    """A record file: what any of them may say besides its own fields."""

    visible_to: Annotated[Maybe[Literal["marketing", "management"]], Everyone] = None
    """The lowest audience that may see the record at all; left out: as its fields say."""
    tags: Annotated[tuple[Tag, ...], Marketing] = ()
    """Free words, each with the day it was given."""
    note: Annotated[Maybe[Text], Marketing] = None
    """What else there is to say; Markdown."""


ActivityRef = Annotated[Id, Ref("activity")]
"""An activity of a marketing plan."""
CampaignRef = Annotated[Id, Ref("campaign")]
CategoryRef = Annotated[Id, Ref("category")]
"""A product category of products.yml."""
ChannelRef = Annotated[Id, Ref("channel")]
"""A channel of plans/strategy.yml."""
CompetitorRef = Annotated[Id, Ref("competitor")]
"""A competitor of stages.yml."""
CustomerRef = Annotated[Id, Ref("customer")]
DepartmentRef = Annotated[Id, Ref("department")]
"""A department of organisation.yml."""
GoalRef = Annotated[Id, Ref("goal")]
"""A goal of a marketing plan."""
PersonRef = Annotated[Id, Ref("person")]
ProductRef = Annotated[Id, Ref("product")]
"""A product of products.yml."""
ProjectRef = Annotated[Id, Ref("project")]
SegmentRef = Annotated[Id, Ref("segment")]
"""A segment of segments.yml."""
StageRef = Annotated[Id, Ref("stage")]
"""A stage of stages.yml."""
SupplierRef = Annotated[Id, Ref("supplier")]
"""A supplier of organisation.yml."""
TemplateRef = Annotated[Id, Ref("template")]
OwnContact = Annotated[Id, Ref("contact", within=".")]
"""A contact of the same customer card."""
OwnTask = Annotated[Id, Ref("task", within=".")]
"""A task of the same project."""
