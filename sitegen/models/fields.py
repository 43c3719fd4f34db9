"""What one written value may be: dates, periods, hours, money, shares, ids, references, values that change.

A field type turns what the reader hands over (text, integers, decimal numbers, yes/no, nothing) into what the rooms
after it compute with, and says in its JSON Schema what is *written*. A value that is not of its type raises a
`PydanticCustomError` whose code and values the reader turns into a sentence: `written` is the text in the file,
`repair` what to write instead (empty when nobody can know). Whatever pydantic checks as fast itself (text, integers,
choices, limits) is left to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from annotated_types import Ge, Le
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.types import Strict, StringConstraints
from pydantic_core import core_schema

from sitegen.models.amounts import ExchangeRate, Hours, Number, Part, Share
from sitegen.models.dated import Dated
from sitegen.models.days import Date, Half, Month, PeriodKey, Quarter, Week, Year, is_period, to_day
from sitegen.models.money import Context, Cost, Money
from sitegen.models.written import error, is_number, number_in, written_as

__all__ = [
    "Audience", "Context", "Cost", "Count", "Currency", "Date", "Dated", "Digits", "Everyone", "ExchangeRate", "Half",
    "Hours", "Id", "Integer", "Label", "Management", "Marketing", "Maybe", "Money", "Month", "Number", "OneOrMore",
    "OrAlone", "Part", "PathId", "PeriodKey", "Quarter", "Ref", "Score10", "Score4", "Score5", "Share", "Text", "Week",
    "Weekday", "Year", "YesNo", "error", "is_number", "is_period", "number_in", "to_day", "written_as",
]  # fmt: skip


@dataclass(frozen=True)
class Audience:
    """The lowest audience that may see a field: `everyone`, `marketing` or `management` (table in safety.md)."""

    level: str


Everyone = Audience("everyone")
Marketing = Audience("marketing")
Management = Audience("management")


REF, WITHIN = "x-ref", "x-within"
"""Keys that mark a reference in a model's JSON Schema: `Ref.kind` and `Ref.within`."""


@dataclass(frozen=True)
class Ref:
    """The text is the id of something: a record (`project`, `person`) or an entry of a record (`department`, `stage`).

    `within` names the sibling field that holds the owner of the id (`task` within `project`); `.` means the record
    itself. A `kind` of two words with `|` between (`contact|person`) may be either.
    """

    kind: str
    within: str = ""

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """What is written, marked so that `schema` can put the known ids there."""
        return {**handler(schema), REF: self.kind, WITHIN: self.within}


Integer = Annotated[int, Strict()]
Count = Annotated[int, Strict(), Ge(0), Le(10**12)]
"""How many: a whole number from 0."""
Score4 = Annotated[int, Strict(), Ge(1), Le(4)]
"""A score from 1 to 4."""
Score5 = Annotated[int, Strict(), Ge(1), Le(5)]
"""A score from 1 to 5."""
Score10 = Annotated[int, Strict(), Ge(1), Le(10)]
"""A score from 1 to 10."""
YesNo = Annotated[bool, Strict()]
"""`true` or `false`."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
"""Free text (Markdown where it is shown as prose)."""
Label = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""A short text: a name."""
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=200)]
"""An id: small letters a–z, digits and hyphens."""
PathId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*(?:/[a-z0-9][a-z0-9-]*)?$", max_length=200)]
"""An id, or two with `/` between."""
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
"""A currency's three letters: `DKK`."""
Digits = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,20}$")]
"""A number that is a name (company number, industry code): text, so that leading zeros stay."""
Weekday = Annotated[str, StringConstraints(pattern=r"^(?:mon|tue|wed|thu|fri|sat|sun)$")]
"""`mon`, `tue`, `wed`, `thu`, `fri`, `sat` or `sun`."""


@dataclass(frozen=True)
class OrAlone:
    """Marks something that may also be written as a text alone: `make` turns that into what is validated.

    `kind` is what the text refers to, as in `Ref`; empty where nothing is known of it.
    """

    make: Callable[[str], Any]
    kind: str = ""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        make = self.make
        return core_schema.no_info_before_validator_function(
            lambda value: make(value) if isinstance(value, str) else value, handler(source)
        )

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        alone = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$", "maxLength": 200}
        return {"anyOf": [handler(schema), alone | ({REF: self.kind, WITHIN: ""} if self.kind else {})]}


OneOrMore = OrAlone(lambda text: [text])
"""Marks a list of ids that may be written as its only one."""


class _LeftOut:
    """Turns "or None" into "may be left out": `null` is refused, for where it is allowed it means "not answered"."""

    @staticmethod
    def __get_pydantic_core_schema__(source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        schema = handler(source)
        return schema["schema"] if schema["type"] == "nullable" else schema


T = TypeVar("T")
Maybe = Annotated[T | None, _LeftOut]
"""A field that may be left out (None then), but not be `null`."""
