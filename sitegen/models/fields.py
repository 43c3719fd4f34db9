"""What one written value may be: dates, periods, hours, money, shares, ids, references, values that change.

A field type turns what the reader hands over (text, integers, decimal numbers, yes/no, nothing) into what the rooms after it
compute with, and says in its JSON Schema what is *written*. A value that is not of its type raises a `PydanticCustomError`
whose code and values the reader turns into a sentence: `written` is the text in the file, `repair` what to write instead
(empty when nobody can know). Whatever pydantic checks as fast itself (text, integers, choices, limits) is left to it.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, PlainValidator, WithJsonSchema
from pydantic import ValidationError, ValidationInfo
from pydantic.types import Strict, StringConstraints
from annotated_types import Ge, Le
from pydantic_core import InitErrorDetails, PydanticCustomError, core_schema

MOST_KEPT = 20_000
"""So many different written dates and hours are remembered; a company uses a few thousand."""
MOST_HOURS = 1_000_000
MOST_MONEY = 10**13  # whole kroner; minor units stay well inside int64

# ---------------------------------------------------------------------------------------------------------------- markers


@dataclass(frozen=True)
class Audience:
    """The lowest audience that may see a field: `everyone`, `marketing` or `management` (table in safety.md)."""

    level: str


Everyone = Audience("everyone")
Marketing = Audience("marketing")
Management = Audience("management")


@dataclass(frozen=True)
class Ref:
    """The text is the id of something: a record (`project`, `person`) or an entry of a record (`department`, `stage`).

    `within` names the sibling field that holds the owner of the id (`task` within `project`), and the id is then given as
    `<owner>/<id>`; `.` means the record itself, and the id is given as `./<id>`. A `kind` of two words with `|` between
    (`contact|person`) may be either.
    """

    kind: str
    within: str = ""


# ------------------------------------------------------------------------------------------------------- numbers, exactly


def error(code: str, **values: str | int) -> PydanticCustomError:
    """The error with this code; the sentence is the catalogue's, made from the values when it is printed."""
    return PydanticCustomError(code, code, values)  # type: ignore[arg-type]


def written_as(value: Any) -> str:
    """How a value is named in a message: text as it stands, at most 60 characters, the rest as YAML writes it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{…}"
    if isinstance(value, (list, tuple)):
        return "[…]"
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def is_number(value: Any) -> bool:
    """Whether the reader gave a number (yes and no are none)."""
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)


def exact(value: Any) -> Decimal | None:
    """The number as it was written, or None where it is too large or too long for anything here."""
    text = str(value)
    if len(text) > 40:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and -30 <= number.adjusted() <= 15 else None


def half_up(number: Decimal) -> int:
    """The nearest whole number; a half goes away from zero."""
    return int(number.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def plain(number: Decimal) -> str:
    """The number without exponent or trailing zeros: `1.50` → `1.5`."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_COMMA = re.compile(r"[+-]?\d{1,3}(?:[. \u00a0]\d{3})+(?:,\d+)?|[+-]?\d+,\d+")
_POINT = re.compile(r"[+-]?\d+(?:\.\d+)?")


def number_in(text: str) -> str:
    """The number that somebody meant by a text: `1.234,50` → `1234.5`, `"2.5"` → `2.5`; empty where there is none."""
    text = text.strip()
    if _COMMA.fullmatch(text):
        text = re.sub(r"[. \u00a0]", "", text).replace(",", ".")
    return plain(Decimal(text)) if _POINT.fullmatch(text) and len(text) < 30 else ""


# ------------------------------------------------------------------------------------------------------------------- days

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./ -]\s*(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})(?:[T ].*)?")
_days: dict[Any, dt.date] = {}


def meant_day(text: str) -> str:
    """The ISO date that somebody meant: `16/3-2026`, `16.3.2026`, `2026/3/16`, `20260316` → `2026-03-16`; else empty."""
    for pattern, order in ((_DAY_FIRST, (3, 2, 1)), (_YEAR_FIRST, (1, 2, 3))):
        if match := pattern.fullmatch(text.strip()):
            try:
                return dt.date(*(int(match[part]) for part in order)).isoformat()
            except ValueError:
                return ""
    return ""


def to_day(value: Any) -> dt.date:
    """A date from ISO text.

    Raises:
        PydanticCustomError: `bad-date`, or `no-such-day` where only the day of the month is too high (`repair`: the last).
    """
    try:
        return _days[value]
    except (KeyError, TypeError):
        pass
    if type(value) is dt.date:
        return value
    if isinstance(value, str) and _ISO.fullmatch(value):
        try:
            day = dt.date.fromisoformat(value)
        except ValueError:
            year, month = int(value[:4]), int(value[5:7])
            if year and 1 <= month <= 12 and value[8:] != "00":
                last = calendar.monthrange(year, month)[1]
                raise error("no-such-day", written=value, repair=f"{value[:8]}{last}", month=month) from None
            raise error("bad-date", written=value, repair="") from None
        if len(_days) < MOST_KEPT:
            _days[value] = day
        return day
    raise error("bad-date", written=written_as(value), repair=meant_day(str(value)) if is_number(value) or isinstance(value, str) else "")


Date = Annotated[
    dt.date,
    PlainValidator(to_day),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "examples": ["2026-03-16"]}),
]
"""A day: `2026-03-16`."""

# ---------------------------------------------------------------------------------------------------------------- periods

_PERIODS = {
    "week": re.compile(r"\d{4}-W\d{2}"),
    "month": re.compile(r"\d{4}-(?:0[1-9]|1[0-2])"),
    "quarter": re.compile(r"\d{4}-Q[1-4]"),
    "half": re.compile(r"\d{4}-H[12]"),
    "year": re.compile(r"\d{4}"),
}
_EXAMPLES = {"week": "2026-W12", "month": "2026-03", "quarter": "2026-Q1", "half": "2026-H1", "year": "2026"}
_SLACK = re.compile(r"(\d{4})[-/ ]?([WUQKH]?)\.?(\d{1,2})", re.IGNORECASE)


def meant_period(text: str) -> str:
    """The period that somebody meant: `2026-u9` → `2026-W09`, `2026-3` → `2026-03`, `2026 Q1` → `2026-Q1`; else empty."""
    match = _SLACK.fullmatch(text.strip())
    if not match:
        return ""
    year, letter, number = match[1], match[2].upper(), int(match[3])
    letter = {"U": "W", "K": "Q"}.get(letter, letter)
    return f"{year}-{letter}{number}" if letter in ("Q", "H") else f"{year}-{letter}{number:02d}"


def is_period(text: str, kinds: tuple[str, ...]) -> bool:
    """Whether the text is a period of one of the kinds; week 53 only in years that have one."""
    for kind in kinds:
        if _PERIODS[kind].fullmatch(text):
            if kind != "week":
                return text[:4] != "0000"
            try:
                dt.date.fromisocalendar(int(text[:4]), int(text[6:]), 1)
            except ValueError:
                return False
            return True
    return False


def _period(code: str, *kinds: str) -> Any:
    """The field type of text that is a period of one of the kinds."""
    good: set[str] = set()

    def to_period(value: Any) -> str:
        if type(value) is int and "year" in kinds:
            value = str(value)  # a bare 2026 is a number in YAML
        if isinstance(value, str):
            if value in good:
                return value
            if is_period(value, kinds):
                if len(good) < MOST_KEPT:
                    good.add(value)
                return value
        meant = meant_period(value) if isinstance(value, str) else ""
        raise error(code, written=written_as(value), repair=meant if is_period(meant, kinds) else "", example=_EXAMPLES[kinds[0]])

    pattern = "|".join(_PERIODS[kind].pattern for kind in kinds)
    schema: dict[str, Any] = {"type": "string", "pattern": f"^(?:{pattern})$", "examples": [_EXAMPLES[kind] for kind in kinds]}
    if "year" in kinds:
        schema = {"anyOf": [schema, {"type": "integer", "minimum": 1, "maximum": 9999}]}
    return Annotated[str, PlainValidator(to_period), WithJsonSchema(schema)]


Week = _period("bad-week", "week")
"""An ISO week: `2026-W12`."""
Month = _period("bad-month", "month")
"""A month: `2026-03`."""
Quarter = _period("bad-quarter", "quarter")
"""A quarter: `2026-Q1`."""
Half = _period("bad-half", "half")
"""Half a year: `2026-H1`."""
Year = _period("bad-year", "year")
"""A year: `2026`."""
PeriodKey = _period("bad-period", "month", "quarter", "half", "year")
"""A month, quarter, half or year."""

# ------------------------------------------------------------------------------------------------------------------ hours

_HOURS_MINUTES = re.compile(r"(?:(\d{1,6})h)?(?:(\d{1,8})m)?")
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)")
_SLACK_HOURS = re.compile(r"(?:(\d+(?:[.,]\d+)?)\s*(?:h|t|hours?|timer?|hrs?)\.?)?\s*(?:(\d+)\s*(?:m|min|minutter|minutes)\.?)?", re.IGNORECASE)
_number_minutes: dict[str, int] = {}
_text_minutes: dict[str, int] = {}


def _hours_text(minutes: int) -> str:
    """How minutes are written: `1.5` where hundredths of an hour say it exactly, else `1h20m`."""
    if minutes * 100 % 60 == 0:
        return plain(Decimal(minutes) / 60)
    return f"{minutes // 60}h{minutes % 60:02d}m"


def meant_hours(text: str) -> str:
    """The hours that somebody meant: `1,5` → `1.5`, `1:30` → `1.5`, `2 timer` → `2`, `1 t 20 min` → `1h20m`; else empty."""
    text = text.strip().replace("½", ".5")
    if match := _CLOCK.fullmatch(text):
        return _hours_text(int(match[1]) * 60 + int(match[2]))
    if number := number_in(text):
        return number.removeprefix("-")
    match = _SLACK_HOURS.fullmatch(text)
    if text and match and len(text) < 30:
        minutes = half_up(Decimal((match[1] or "0").replace(",", ".")) * 60) + int(match[2] or 0)
        return _hours_text(minutes)
    return ""


def to_minutes(value: Any) -> int:
    """Whole minutes from hours: 2, 1.5 (half-up from the decimal text) or `1h30m`.

    Raises:
        PydanticCustomError: `not-hours`, `negative-hours`, `too-many-hours`.
    """
    kind = type(value)
    if kind is str:
        found = _text_minutes.get(value)
        if found is not None:
            return found
        match = _HOURS_MINUTES.fullmatch(value)
        if value and match and not (match[1] and match[2] and int(match[2]) > 59):
            minutes = int(match[1] or 0) * 60 + int(match[2] or 0)
            return _remember(_text_minutes, value, _within(minutes, value))
        raise error("not-hours", written=written_as(value), repair=meant_hours(value))
    if kind is int:
        return _within(value * 60, value)
    if kind is bool or not isinstance(value, (int, float, Decimal)):
        raise error("not-hours", written=written_as(value), repair="")
    text = str(value)
    found = _number_minutes.get(text)
    if found is not None:
        return found
    number = exact(text)
    if number is None:
        raise error("not-hours", written=written_as(value), repair="")
    return _remember(_number_minutes, text, _within(half_up(number * 60) if number >= 0 else -1, value))


def _within(minutes: int, value: Any) -> int:
    if minutes < 0:
        raise error("negative-hours", written=written_as(value))
    if minutes > MOST_HOURS * 60:
        raise error("too-many-hours", written=written_as(value), most=MOST_HOURS)
    return minutes


def _remember(known: dict[str, int], text: str, minutes: int) -> int:
    if len(known) < MOST_KEPT:
        known[text] = minutes
    return minutes


Hours = Annotated[
    int,
    PlainValidator(to_minutes),
    WithJsonSchema({
        "anyOf": [
            {"type": "number", "minimum": 0, "maximum": MOST_HOURS},
            {"type": "string", "pattern": r"^(?:\d{1,6}h(?:[0-5]?\dm)?|\d{1,8}m)$"},
        ],
        "examples": [1.5, "1h30m"],
    }),
]
"""A stretch of time, written in hours (`1.5`, `1h30m`) and kept in whole minutes."""

# ----------------------------------------------------------------------------------------------------------------- shares

_PERCENT = re.compile(r"(\d{1,4}(?:\.\d{1,6})?)\s?%")


def to_share(value: Any) -> int:
    """Basis points from `35%` or 0.35 (both 3500), half-up.

    Raises:
        PydanticCustomError: `not-a-share`; a bare number above 1 is refused, for 35 may mean 35 % or 3500 %.
    """
    if isinstance(value, str):
        if match := _PERCENT.fullmatch(value):
            return half_up(Decimal(match[1]) * 100)
        number = number_in(value.rstrip("% "))
        raise error("not-a-share", written=written_as(value), repair=f"{number}%" if number and number[0] != "-" else "")
    number = exact(value) if is_number(value) else None
    if number is None or number < 0 or number > 1:
        meant = f"{plain(number)}%" if number is not None and 1 < number <= 100 else ""
        raise error("not-a-share", written=written_as(value), repair=meant)
    return half_up(number * 10_000)


Share = Annotated[
    int,
    PlainValidator(to_share),
    WithJsonSchema({
        "anyOf": [
            {"type": "number", "minimum": 0, "maximum": 1},
            {"type": "string", "pattern": r"^\d{1,4}(?:\.\d{1,6})?\s?%$"},
        ],
        "examples": ["35%", 0.35],
    }),
]
"""A part of a whole, `35%` or `0.35`, kept in basis points (3500)."""


def _at_most_all(basis_points: int) -> int:
    if basis_points > 10_000:
        raise error("share-over-100", written=f"{plain(Decimal(basis_points) / 100)}%")
    return basis_points


def to_part(value: Any) -> int:
    """Basis points of a share that cannot be more than the whole."""
    return _at_most_all(to_share(value))


Part = Annotated[
    int,
    PlainValidator(to_part),
    WithJsonSchema({
        "anyOf": [
            {"type": "number", "minimum": 0, "maximum": 1},
            {"type": "string", "pattern": r"^(?:100(?:\.0+)?|\d{1,2}(?:\.\d{1,6})?)\s?%$"},
        ],
        "examples": ["35%", 0.35],
    }),
]
"""A share of at most 100 %."""

# ------------------------------------------------------------------------------------------------- numbers and small texts


def to_number(value: Any) -> int | float:
    """A plain number without a unit of its own: a target, a weight.

    Raises:
        PydanticCustomError: `not-a-number`.
    """
    number = exact(value) if is_number(value) else None
    if number is None:
        raise error("not-a-number", written=written_as(value), repair=number_in(value) if isinstance(value, str) else "")
    return value if type(value) is int else float(number)


Number = Annotated[int | float, PlainValidator(to_number), WithJsonSchema({"type": "number"})]
"""A plain number: a target, a weight."""


def to_rate(value: Any) -> Decimal:
    """What one unit of a foreign currency costs in the own currency, exactly as written."""
    number = exact(value) if is_number(value) else None
    if number is None or number <= 0:
        raise error("bad-rate", written=written_as(value), repair=number_in(value) if isinstance(value, str) else "")
    return number


ExchangeRate = Annotated[Decimal, PlainValidator(to_rate), WithJsonSchema({"type": "number", "exclusiveMinimum": 0})]
"""The price of one unit of a foreign currency in the own currency, kept exactly."""

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


def one_or_more(value: Any) -> Any:
    """A text where a list of texts is meant becomes a list of one."""
    return [value] if isinstance(value, str) else value


OneOrMore = BeforeValidator(one_or_more)
"""Marks a list that may be written as its only item."""

# -------------------------------------------------------------------------------------------------- values that change

T = TypeVar("T")


class Dated(Generic[T]):
    """A value that can change: written plain (it has always held) or as a map from-date: value.

    `spans` holds (from date or None, value), oldest first; a value holds from its date until the next one's.
    """

    __slots__ = ("_days", "spans")
    spans: tuple[tuple[dt.date | None, T], ...]

    def __init__(self, spans: tuple[tuple[dt.date | None, T], ...]) -> None:
        self.spans = spans
        self._days = [start or dt.date.min for start, _ in spans]

    def at(self, day: dt.date) -> T | None:
        """What held on the day; None before the first date."""
        found = bisect_right(self._days, day)
        return self.spans[found - 1][1] if found else None

    @property
    def values(self) -> tuple[T, ...]:
        """Every value that held, oldest first."""
        return tuple(value for _, value in self.spans)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dated) and self.spans == other.spans

    def __hash__(self) -> int:
        return hash(self.spans)

    def __repr__(self) -> str:
        return f"Dated({self.spans!r})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        (inner,) = source.__args__
        return core_schema.no_info_wrap_validator_function(_to_dated, handler.generate_schema(inner))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        written = handler(schema["schema"])
        dates = {"type": "object", "minProperties": 1, "propertyNames": {"pattern": r"^\d{4}-\d{2}-\d{2}$"}, "additionalProperties": written}
        return {"anyOf": [dates, written]}


_LIKE_A_DATE = re.compile(r"\d")


def _to_dated(value: Any, handler: Callable[..., Any]) -> Dated[Any]:
    """Read one span, or one for each date; every bad date and value is reported, each at its own key."""
    if isinstance(value, Dated):
        return value
    keys = list(value) if isinstance(value, Mapping) else []
    if not keys or not all(isinstance(key, str) and _LIKE_A_DATE.match(key) for key in keys):
        return Dated(((None, handler(value)),))
    spans, faults = [], []
    for key, item in value.items():
        try:
            start = to_day(key)
        except PydanticCustomError as fault:
            faults.append(InitErrorDetails(type=fault, loc=(key, "[key]"), input=key))
            continue
        try:
            spans.append((start, handler(item, key)))
        except ValidationError as fault:
            faults += list(again(fault))
    if faults:
        raise ValidationError.from_exception_data("Dated", faults)
    return Dated(tuple(sorted(spans, key=lambda span: span[0])))


def again(fault: ValidationError) -> Iterator[InitErrorDetails]:
    """The single errors of a failed validation, to be raised together with others."""
    for line in fault.errors(include_url=False):
        known = line.get("ctx", {})
        kind: Any = line["type"]
        if line["msg"] == kind:  # one of ours: see `error`
            kind = PydanticCustomError(kind, kind, known)
        yield InitErrorDetails(type=kind, loc=line["loc"], input=line["input"], ctx=known)


# ------------------------------------------------------------------------------------------------------------------ money

_NO_MINOR_UNIT = frozenset({"CLP", "ISK", "JPY", "KRW", "PYG", "UGX", "VND", "XAF", "XOF", "XPF"})
_THREE_DIGITS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})


def minor_digits(currency: str) -> int:
    """How many decimals a currency has (ISO 4217): 2 for kroner and euro."""
    return 0 if currency in _NO_MINOR_UNIT else 3 if currency in _THREE_DIGITS else 2


@dataclass(frozen=True)
class Context:
    """What money needs to be read: the organisation's currency, and the rates of the others.

    Given as pydantic's validation context: `Model.model_validate(data, context=context)`.
    """

    currency: str = "DKK"
    rates: Mapping[str, Dated[Decimal]] = field(default_factory=dict)

    @classmethod
    def from_written(cls, organisation: Any) -> Context:
        """The context from the plain data of organisation.yml, whatever else is wrong in it; a bad rate is left out."""
        data = organisation if isinstance(organisation, Mapping) else {}
        currency = data.get("currency")
        rates: dict[str, Dated[Decimal]] = {}
        written = data.get("exchange_rates")
        for name, dated in written.items() if isinstance(written, Mapping) else ():
            spans: list[tuple[dt.date | None, Decimal]] = []
            for day, rate in dated.items() if isinstance(dated, Mapping) else ((None, dated),):
                try:
                    spans.append((to_day(day) if day is not None else None, to_rate(rate)))
                except PydanticCustomError:
                    continue  # reported when organisation.yml itself is validated
            if spans:
                rates[name] = Dated(tuple(sorted(spans, key=lambda span: span[0] or dt.date.min)))
        return cls(currency if isinstance(currency, str) and len(currency) == 3 else "DKK", rates)


class Money(int):
    """Whole minor units of the organisation's currency (øre).

    `written` is the amount as it stood in the file, `currency` the currency it was paid in, `rate` the price of one unit of
    it in the own currency (None where it is the own).
    """

    written: str
    currency: str
    rate: Decimal | None

    def __new__(cls, minor: int = 0, written: str = "", currency: str = "", rate: Decimal | None = None) -> Money:
        made = super().__new__(cls, minor)
        made.written, made.currency, made.rate = written, currency, rate
        return made

    def __getnewargs__(self) -> tuple[int, str, str, Decimal | None]:  # type: ignore[override]
        return int(self), self.written, self.currency, self.rate

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(to_money)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return money_schema({"type": "number"})


def money_schema(number: dict[str, Any]) -> dict[str, Any]:
    """What is written for money: a number, or an amount and its currency."""
    foreign = {
        "type": "object",
        "properties": {"amount": number, "currency": {"type": "string", "pattern": "^[A-Z]{3}$"}},
        "required": ["amount", "currency"],
        "additionalProperties": False,
    }
    return {"anyOf": [number, foreign], "examples": [4200]}


def to_money(value: Any, info: ValidationInfo) -> Money:
    """Minor units of the own currency, half-up from the decimal text.

    A foreign amount takes the rate in force on the day of the mapping that holds it (its `date`, `on`, `from` or `by`, which
    models declare before their amounts); where that has none, the newest rate.

    Raises:
        PydanticCustomError: `not-money`, `unknown-currency`, `no-rate-yet`.
    """
    if isinstance(value, Money):
        return value
    context = info.context if isinstance(info.context, Context) else Context()
    currency, rate, amount = context.currency, None, value
    if isinstance(value, Mapping):
        if set(value) != {"amount", "currency"} or not isinstance(value["currency"], str):
            raise error("not-money", written=written_as(value), repair="{amount: 4200, currency: EUR}")
        amount = value["amount"]
        if value["currency"] != context.currency:
            currency = value["currency"]
            rate = _rate(context, currency, info)
    number = exact(amount) if is_number(amount) else None
    if number is None or abs(number) > MOST_MONEY:
        raise error("not-money", written=written_as(amount), repair=number_in(amount) if isinstance(amount, str) else "")
    own = number * rate if rate is not None else number
    return Money(half_up(own.scaleb(minor_digits(context.currency))), plain(number), currency, rate)


def _rate(context: Context, currency: str, info: ValidationInfo) -> Decimal:
    rates = context.rates.get(currency)
    if rates is None:
        raise error("unknown-currency", written=currency, known=", ".join(sorted(context.rates)))
    known = info.data or {}
    day = next((known[name] for name in ("date", "on", "from_", "by") if isinstance(known.get(name), dt.date)), None)
    rate = rates.at(day) if day else rates.values[-1]
    if rate is None:
        raise error("no-rate-yet", written=currency, day=day.isoformat() if day else "", first=str(rates.spans[0][0]))
    return rate


def to_cost(value: Any, info: ValidationInfo) -> Money:
    """Money that cannot be below zero: a price, a budget, a rate."""
    money = to_money(value, info)
    if money < 0:
        raise error("negative-money", written=money.written)
    return money


Cost = Annotated[Money, PlainValidator(to_cost), WithJsonSchema(money_schema({"type": "number", "minimum": 0}))]
"""Money from 0 up: a price, a budget, a rate, a spend. Where a credit note may turn the sign, the type is `Money`."""
