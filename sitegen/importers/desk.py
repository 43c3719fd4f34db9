"""A help desk's CSV export: which column means what, and its names → ids of records; nothing is guessed.

Columns of Zendesk's views: Id, Subject, Requested (or Created at), Solved at, Organization, Ticket type, Requester and
more; of Freshdesk's tickets: Ticket ID, Subject, Type, Created time, Resolved time, Closed time, Company name and more;
others with Danish or Norwegian headers. Days come with a time behind them. Who asked is never read: a case is a
customer's, not a person's. A cell without a value is empty or holds a dash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from sitegen.importers.names import fold, ids_by_name, near, only, unknown_ids
from sitegen.messages import Refusal
from sitegen.models.base import CustomerRef, Model
from sitegen.models.fields import Everyone, Id, Label, Maybe
from sitegen.records import Records

Meaning = Literal[
    "id", "opened", "closed", "customer", "company_number", "type", "area", "question", "text", "minutes", "hours",
]  # fmt: skip
"""What a column can mean. `minutes` is a decimal number of minutes, `hours` a duration: decimal or as a clock."""
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": (
        "id", "ticket id", "ticket number", "case id", "case number", "sags-id", "sags id", "sagsnummer", "sagsnr.",
        "sagsnr", "saks-id", "saksnummer", "saksnr.", "saksnr",
    ),
    "opened": (
        "opened", "opened at", "created at", "created time", "requested", "created", "date created", "oprettet",
        "oprettet den", "oprettelsesdato", "åbnet", "modtaget", "opprettet", "opprettelsesdato", "åpnet", "mottatt",
    ),
    "closed": (
        "solved at", "resolved time", "resolved at", "closed at", "closed time", "closed", "lukket", "lukket den",
        "lukkedato", "afsluttet", "løst den", "avsluttet",
    ),
    "customer": (
        "organization", "organisation", "company name", "company", "customer", "customer name", "account name",
        "kunde", "kundenavn", "firma", "virksomhed", "virksomhet", "bedrift", "organisasjon",
    ),
    "company_number": (
        "company number", "cvr", "cvr-nr.", "cvr-nr", "cvr nr.", "cvr-nummer", "org.nr.", "org.nr", "orgnr",
        "organisasjonsnummer",
    ),
    "type": ("type", "ticket type", "case type", "sagstype", "henvendelsestype", "sakstype"),
    "area": ("area", "product area", "product", "område", "produktområde", "produkt"),
    "question": (),  # a desk's column of that name holds the customer's words: only the map can say that it does not
    "text": ("subject", "title", "emne", "titel", "tittel", "overskrift"),
    "minutes": ("minutes", "minutter"),
    "hours": ("hours", "timer"),
}  # fmt: skip
"""What a column means → names that it may have, the best first: where several are there, the first counts."""
EMPTY = frozenset({"-", "–", "—"})
"""What desks write into a cell that has no value."""
_NUMBER = re.compile(r"(?:DK|NO)?([0-9 ]+)(?:MVA)?", re.IGNORECASE)
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,149}")


class DeskMap(Model):
    """What the names of a help desk mean here."""

    source: Annotated[Maybe[Id], Everyone] = None
    """What the ids of imported cases begin with; left out: nothing. Two desks need it."""
    customers: Annotated[dict[Label, CustomerRef | None], Everyone] = {}
    """Customer as the desk calls it → customer; null: cases without a customer."""
    types: Annotated[dict[Label, Id | None], Everyone] = {}
    """Type → type of case, of organisation.yml; null: cases without one."""
    areas: Annotated[dict[Label, Id | None], Everyone] = {}
    """Area → area, of organisation.yml; null: cases without one."""
    questions: Annotated[dict[Label, Id | None], Everyone] = {}
    """Question → the word for it; null: cases without one."""
    columns: Annotated[dict[Meaning, Label | None], Everyone] = {}
    """What a column means → its name, where the file has another than the usual one; null: it is not read."""


class DeskNames:
    """The ids of customers, types, areas and questions, by what they are called; "" for a cell without a value.

    Raises, in each method but the first:
        Refusal: nothing is called so, or several things are; `nearest` is what was perhaps meant.
    """

    def __init__(self, records: Records, given: DeskMap) -> None:
        support = records.organisation.support if records.organisation is not None else None
        words = {"type": support.types if support else {}, "area": support.areas if support else {}}
        self._customers = ids_by_name((id, card.name) for id, card in records.customers.items())
        self._words = {what: ids_by_name(names.items()) for what, names in words.items()}
        self._cvr = {id: card.cvr for id, card in records.customers.items() if card.cvr}
        self._numbers: dict[str, tuple[str, ...]] = {}
        for id, number in self._cvr.items():
            self._numbers[number] = (*self._numbers.get(number, ()), id)
        self._wanted: list[tuple[Iterable[str | None], frozenset[str]]] = [
            (given.customers.values(), frozenset(records.customers)),
            (given.types.values(), frozenset(words["type"])),
            (given.areas.values(), frozenset(words["area"])),
        ]
        self._map: dict[str, dict[str, str | None]] = {
            "customer": {fold(name): id for name, id in given.customers.items()},
            "type": {fold(name): id for name, id in given.types.items()},
            "area": {fold(name): id for name, id in given.areas.items()},
            "question": {fold(name): id for name, id in given.questions.items()},
        }

    def unknown_ids(self) -> list[Refusal]:
        """What is wrong with the ids on the right-hand side of the map."""
        return unknown_ids(self._wanted)

    def customer(self, called: str, number: str) -> str:
        """The customer of an id, name or company number; two that do not agree are refused."""
        if fold(called) in self._map["customer"]:
            return self._map["customer"][fold(called)] or ""
        digits = _digits(number)
        by_number = only(self._numbers, digits)
        found = self._customers.get(fold(called)) or self._numbers.get(_digits(called), ())
        if number and not found and not by_number:
            raise Refusal("no customer has the company number '%(written)s'", written=number)
        if by_number and (not found or by_number in found):
            return by_number
        fitting = tuple(id for id in found if not digits or self._cvr.get(id, digits) == digits)
        if found and (by_number or not fitting):
            raise Refusal(
                "'%(written)s' is not the customer with the company number %(number)s", written=called, number=number
            )
        if id := only({fold(called): fitting}, called):
            return id
        if not called:
            return ""
        raise Refusal("no customer is called '%(written)s'", written=called, nearest=near(called, self._customers))

    def type(self, called: str) -> str:
        """The type of a case."""
        return self._word("type", called, "no type of case is called '%(written)s'")

    def area(self, called: str) -> str:
        """The area of the product."""
        return self._word("area", called, "no area is called '%(written)s'")

    def question(self, called: str) -> str:
        """The word for a question: what the map says, else the cell itself where it is such a word."""
        if not called:
            return ""
        if fold(called) in self._map["question"]:
            return self._map["question"][fold(called)] or ""
        if not _ID.fullmatch(called):
            raise Refusal(
                "the question '%(written)s' is no word of a–z, digits and hyphens: write one in the map",
                written=called,
            )
        return called

    def _word(self, what: str, called: str, sentence: str) -> str:
        if not called:
            return ""
        if fold(called) in self._map[what]:
            return self._map[what][fold(called)] or ""
        if id := only(self._words[what], called):
            return id
        raise Refusal(sentence, written=called, nearest=near(called, self._words[what]))


def case_id(written: str, source: str) -> str:
    """The id that a case is kept with: the desk's own in small letters, without the # before it.

    Raises:
        Refusal: it has other letters; leaving them out could give two cases one id.
    """
    id = written.removeprefix("#").lower()
    if not written.isascii() or not _ID.fullmatch(id):
        raise Refusal(
            "'%(written)s' is no id of a case: it may have letters a–z, digits and hyphens", written=written[:60]
        )
    return f"{source}-{id}" if source else id


def _digits(number: str) -> str:
    """A company number as cards have it: digits only; "" where it is none."""
    match = _NUMBER.fullmatch(number.strip())
    return match[1].replace(" ", "") if match else ""
