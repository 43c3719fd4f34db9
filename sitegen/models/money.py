"""Money as it is written, and as whole minor units of the organisation's currency."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError, core_schema

from sitegen.models.amounts import to_rate
from sitegen.models.dated import Dated
from sitegen.models.days import to_day
from sitegen.models.written import error, exact, half_up, is_number, number_in, plain, written_as

MOST_MONEY = 10**13  # whole kroner; minor units stay well inside int64


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

    `written` is the amount as it stood in the file, `currency` the currency it was paid in, `rate` the price of one
    unit of it in the own currency (None where it is the own).
    """

    written: str
    currency: str
    rate: Decimal | None

    def __new__(cls, minor: int = 0, written: str = "", currency: str = "", rate: Decimal | None = None) -> Money:
        made = super().__new__(cls, minor)
        made.written, made.currency, made.rate = written, currency, rate
        return made

    def __reduce__(self) -> tuple[type[Money], tuple[int, str, str, Decimal | None]]:
        return Money, (int(self), self.written, self.currency, self.rate)

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


_AMOUNT = re.compile(
    r"(?:(?P<before>kr\.?|€|[a-z]{3})\s*)?(?P<number>[+-]?\d[\d., \u00a0]*?)(?:,-|\.-)?\s*(?P<after>kr\.?|€|[a-z]{3})?",
    re.IGNORECASE | re.ASCII,
)
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:[. \u00a0]\d{3})+", re.ASCII)


def meant_amount(text: str, own: str) -> str:
    """The amount that somebody meant: `9.500,00`, `9500 kr.` → `9500`; `EUR 80` → `{amount: 80, currency: EUR}`.

    Empty where there is none. `own` is the currency that need not be named.
    """
    match = _AMOUNT.fullmatch(text.strip()) if len(text) <= 40 else None
    if match is None or (match["before"] and match["after"]):
        return ""
    number = match["number"]
    number = re.sub(r"\D", "", number) if _THOUSANDS.fullmatch(number) and number[0].isdigit() else number_in(number)
    unit = (match["before"] or match["after"] or "").upper().rstrip(".")
    currency = {"": own, "KR": own, "€": "EUR"}.get(unit, unit)
    return number if currency == own or not number else f"{{amount: {number}, currency: {currency}}}"


def to_money(value: Any, info: ValidationInfo) -> Money:
    """Minor units of the own currency, half-up from the decimal text.

    A foreign amount takes the rate in force on the day of the mapping that holds it (its `date`, `on`, `from` or `by`,
    which models declare before their amounts); where that has none, the newest rate.

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
        meant = meant_amount(amount, context.currency) if isinstance(amount, str) else ""
        raise error("not-money", written=written_as(amount), repair=meant)
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
