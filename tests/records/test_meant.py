"""What was meant by who wrote a file by hand: one mistake is one error, and it says what to write."""

from __future__ import annotations

import time
from typing import Any

import pytest

from sitegen import yamlfile
from sitegen.models import KINDS
from sitegen.models.fields import Context
from sitegen.records.meant import nearest_word
from sitegen.records.telling import validate

MODELS = {kind.name: kind.model for kind in KINDS}
PROJECT = (
    "name: X\ntype: operations\nstart: 2026-01-01\nexternal_costs:\n  - {date: 2026-03-16, supplier: x, amount: %s}\n"
)
OPERATIONS = "name: X\ntype: operations\nstart: 2026-01-01\n"
WEEK = "logged:\n  - {%s}\n"
SEO = "date: 2026-03-16, project: seo, hours: 2"


def told(kind: str, text: str) -> list[tuple[str, str, dict[str, Any]]]:
    """The problems of a text: severity, code and values."""
    document = yamlfile.parse(text, "f.yml")
    validate(MODELS[kind], document, Context())
    return [(problem.severity, problem.code, dict(problem.values)) for problem in document.problems]


@pytest.mark.parametrize(
    ("amount", "code", "repair"),
    [
        ("9.500,00", "decimal-comma", "9500"),
        ("12.500,75", "decimal-comma", "12500.75"),
        ("9500,50", "decimal-comma", "9500.5"),
        ("9.500", "thousands-point", "9500"),
        ("{amount: 9.500, currency: DKK}", "thousands-point", "9500"),
        ("9500 kr.", "not-money", "9500"),
        ("9.500 kr.", "not-money", "9500"),
        ("kr. 9500", "not-money", "9500"),
        ("9.500,-", "not-money", "9500"),
        ("9500,-", "not-money", "9500"),
        ("kr. 9.500,-", "not-money", "9500"),
        ("9.500,- kr.", "not-money", "9500"),
        ("80 EUR", "not-money", "{amount: 80, currency: EUR}"),
    ],
)
def test_an_amount_as_people_write_it_is_one_error_with_the_amount(amount: str, code: str, repair: str):
    ((severity, found, values),) = told("project", PROJECT % amount)
    assert (severity, found, values["repair"]) == ("error", code, repair)


def test_hours_with_a_thousands_point_are_a_warning():
    """2.500 hours are more likely 2.5 than 2500."""
    ((severity, code, values),) = told("week", WEEK % "date: 2026-03-16, project: seo, hours: 2.500")
    assert (severity, code, values["repair"]) == ("warning", "thousands-point", "2500")


@pytest.mark.parametrize(
    "text",
    [
        "Søgeord, nye tekster",
        "Søgeord, nye tekster, og mere",
        "”Søgeord, nye tekster”",
        "”Søgeord, nye: tekster”",
        "»Søgeord, nye, tekster: mange, 3: af dem«",
    ],
)
def test_a_text_with_commas_between_brackets_is_one_error_with_the_whole_text(text: str):
    """The quotes of a word processor are letters to YAML: the hint says so."""
    quote = text[0] if text[0] in "”»" else ""
    ((severity, code, values),) = told("week", WEEK % f"{SEO}, note: {text}")
    assert (severity, code, values) == ("error", "comma-in-text", {"repair": f'"{text.strip("”»«")}"', "quote": quote})


def test_a_price_at_the_end_of_a_text_is_a_text_with_a_comma():
    ((_, code, values),) = told("week", WEEK % f"{SEO}, note: Billet 500,-")
    assert (code, values) == ("comma-in-text", {"repair": '"Billet 500,-"'})


def test_a_colon_in_a_text_that_has_the_quotes_of_a_word_processor_says_what_they_are():
    ((_, code, values),) = told("project", "name: ”Aftale: ny”\n")
    assert (code, values) == ("colon-in-text", {"repair": '"Aftale: ny"', "quote": "”"})


def test_a_word_after_an_id_is_no_second_half_of_a_text():
    """`project` is an id, which has no commas."""
    assert [code for _, code, _ in told("week", WEEK % "date: 2026-03-16, hours: 2, project: seo, texts")] == [
        "unknown-key"
    ]


def test_a_key_in_danish_is_one_error_with_its_name():
    found = told("week", WEEK % "dato: 2026-03-16, projekt: seo, timer: 2.5")
    assert [(code, values["nearest"]) for _, code, values in found] == [
        ("unknown-key", "date"), ("unknown-key", "project"), ("unknown-key", "hours"),
    ]  # fmt: skip


def test_a_key_without_a_space_is_one_error():
    assert told("week", WEEK % "date:2026-03-16, project: seo, hours: 2") == [
        ("error", "no-space", {"character": ":", "repair": "date: 2026-03-16"})
    ]


@pytest.mark.parametrize(
    ("kind", "text", "repair"),
    [
        ("week", WEEK % "date: 2026-03-16, project: seo, hours 2", "hours: 2"),
        ("week", WEEK % "date: 2026-03-16, project: seo, timer 2", "hours: 2"),
        ("week", WEEK % "date: 2026-03-16, project: seo, hours=2", "hours: 2"),
        ("week", WEEK % "date: 2026-03-16, project seo, hours: 2", "project: seo"),
        ("week", WEEK % "date 2026-03-16, project: seo, hours: 2", "date: 2026-03-16"),
        ("week", WEEK % "date: 2026-03-16, project: seo, note: Nye, hours 2", "hours: 2"),
        ("person", "name: Mette\nemployed: {from 2025-08-01}\n", "from: 2025-08-01"),
        ("person", "name: Mette\nweekly_hours: {2025-08-01 37, 2026-05-01: 30}\n", "2025-08-01: 37"),
        ("person", "name: Mette\nskills: {seo 4, ads: 3}\n", "seo: 4"),
        ("customer", "name: X\ncriteria: {branche industri}\n", "branche: industri"),
    ],
)
def test_a_colon_left_out_between_brackets_is_one_error(kind: str, text: str, repair: str):
    ((_, code, values),) = told(kind, text)
    assert (code, values["repair"]) == ("no-colon", repair)


@pytest.mark.parametrize("text", ["Møde, med Jonas", "Ring op, asked_by Jonas", "Møde, note til Jonas"])
def test_a_text_with_a_comma_whose_end_begins_with_a_key_is_a_text_with_a_comma(text: str):
    ((_, code, values),) = told("week", WEEK % f"{SEO}, note: {text}")
    assert (code, values["repair"]) == ("comma-in-text", f'"{text}"')


def test_a_space_left_out_in_a_map_of_ids_is_one_error():
    ((_, code, values),) = told("person", "name: Mette\nskills: {seo:4, ads: 3}\n")
    assert (code, values["repair"]) == ("no-space", "seo: 4")


def test_a_word_of_a_list_in_danish_is_told_in_english():
    ((_, code, values),) = told("project", "name: X\ntype: drift\nstart: 2026-01-01\n")
    assert (code, values["nearest"]) == ("unknown-word", "operations")
    assert nearest_word("investering", frozenset({"operations", "investment"})) == "investment"
    assert nearest_word("drift", frozenset({"other"})) == ""


@pytest.mark.parametrize("share", ["12,5%", "12,5"])
def test_a_share_with_a_comma_between_brackets_is_one_error(share: str):
    """After the comma a day would come, of a share that can change."""
    task = f"tasks: {{a: {{name: A, done: {{2026-02-15: {share}, 2026-03-06: 100%}}}}}}\n"
    ((_, code, values),) = told("project", "name: X\ntype: operations\nstart: 2026-01-01\n" + task)
    assert (code, values["repair"]) == ("decimal-comma", share.replace(",", "."))


@pytest.mark.parametrize("people", ["anna, bo, ib", "anna; bo; ib", "anna, bo og ib"])
def test_ids_without_the_brackets_of_their_list_are_one_error_with_the_list(people: str):
    task = f"tasks: {{a: {{name: A, people: {people}}}}}\n"
    ((_, code, values),) = told("project", "name: X\ntype: operations\nstart: 2026-01-01\n" + task)
    assert (code, values["repair"]) == ("list-wanted", "[anna, bo, ib]")


@pytest.mark.parametrize(
    ("kind", "text", "repair"),
    [
        ("person", "name: M\nworking_days: mon-thu\n", "[mon, tue, wed, thu]"),
        ("person", "name: M\nworking_days: mandag til torsdag\n", "[mon, tue, wed, thu]"),
        ("person", "name: M\nworking_days: man, tir og fre\n", "[mon, tue, fri]"),
        ("customer", "name: M\nstages: customer\n", "[{stage: customer}]"),
        ("customer", "name: M\ntags: messe, nyt\n", "[{tag: messe}, {tag: nyt}]"),
        ("project", f"{OPERATIONS}tasks: {{a: {{name: A, people: tor}}}}\n", "[tor]"),
        ("customer", "name: M\nstages: {stage: customer}\n", "[{stage: customer}]"),
    ],
)
def test_a_text_where_a_list_belongs_is_told_as_the_list(kind: str, text: str, repair: str):
    """`tor` is Thursday, and a name: of people it is a name."""
    ((_, code, values),) = told(kind, text)
    assert (code, values["repair"]) == ("list-wanted", repair)


@pytest.mark.parametrize(
    ("employees", "repair"),
    [("ca. 50", "50"), ("50 ansatte", "50"), ('"50"', "50"), ("50-60", None), ("mange", None), ("50 timer", None)],
)
def test_a_number_with_its_unit_is_told_as_the_number(employees: str, repair: str | None):
    ((_, code, values),) = told("customer", f"name: X\nemployees: {employees}\n")
    assert (code, values.get("repair")) == ("whole-number-wanted", repair)


def test_a_whole_number_with_a_thousands_point_is_one_error_with_the_number():
    ((severity, code, values),) = told("customer", "name: X\nemployees: 1.200\n")
    assert (severity, code, values["repair"]) == ("error", "thousands-point", "1200")


def test_a_list_where_one_id_belongs_says_that_only_one_can_stand_there():
    ((_, code, values),) = told("customer", "name: X\nowner: [henrik, line]\n")
    assert (code, values["either"]) == ("text-wanted", "henrik / line")


@pytest.mark.parametrize(
    ("kind", "text", "code", "meant"),
    [
        ("organisation", "country: Danmark\n", "bad-country", "DK"),
        ("organisation", "currency: euro\n", "bad-currency", "EUR"),
        ("organisation", "currency: kroner\n", "bad-currency", ""),
        ("sales", "januar 2026: {budget: 1}\n", "bad-month", "2026-01"),
        ("sales", "xyz 2026: {budget: 1}\n", "bad-month", ""),
        ("products", "categories: {a: {name: A, deliverable: ja}}\n", "yes-no-wanted", "true"),
        ("products", "categories: {a: {name: A, deliverable: måske}}\n", "yes-no-wanted", ""),
        ("organisation", "customer_matrix: {period: halvår}\n", "unknown-word", "half"),
        (
            "marketing_plan",
            "activities: {a: {name: A, briefed: {on: 2026-01-01, lead_time: 3}}}\n",
            "unknown-key",
            "lead_time_days",
        ),
    ],
)
def test_a_word_of_everyday_is_told_with_the_word_to_write(kind: str, text: str, code: str, meant: str):
    ((_, _, values),) = (one for one in told(kind, text) if one[1] == code)
    assert values["nearest" if code.startswith("unknown") else "repair"] == meant


def test_a_value_that_was_forgotten_is_told_as_that():
    assert told("week", "logged:\n  - date: 2026-03-16\n    project: seo\n    hours:\n") == [
        ("error", "nothing-written", {})
    ]


@pytest.mark.parametrize("number", ['"21 80 44 17"', '"DK-21804417"', "”21804417”", "NO 218 044 17 MVA"])
def test_a_number_that_is_a_name_is_told_as_it_is_written(number: str):
    ((_, code, values),) = told("customer", f"name: X\ncvr: {number}\n")
    assert (code, values["repair"]) == ("digits-wanted", '"21804417"')


@pytest.mark.parametrize("key", ["orgnr", "org.nr.", "organisasjonsnummer", "CVR-nummer", "cvr_nr"])
def test_the_company_number_by_another_name_is_told_as_the_key(key: str):
    ((_, code, values),) = told("customer", f'name: X\n{key}: "21804417"\n')
    assert (code, values["nearest"]) == ("unknown-key", "cvr")


def test_a_text_where_a_mapping_belongs_is_told_as_the_mapping_with_its_one_necessary_key():
    ((_, code, values),) = told("person", "name: Mette\nemployed: 2025-08-01\n")
    assert (code, values["repair"]) == ("map-wanted", "{from: 2025-08-01}")
    found = told("segments", "segments: {a: {name: A, rule: {employees: 20-200}}}\n")
    assert [(code, values["repair"]) for _, code, values in found] == [("map-wanted", "{from: 20, to: 200}")]
    found = told("segments", "segments: {a: {name: A, rule: {employees: mange}}}\n")
    assert [(code, values["repair"]) for _, code, values in found] == [("map-wanted", "")]


@pytest.mark.parametrize(
    ("written", "repair"),
    [
        ("16. marts 2026", "2026-03-16"),
        ("1 des. 2026", "2026-12-01"),
        ("2026-03-18 - 2026-03-20", ""),
        ("3. foo 2026", ""),
    ],
)
def test_a_day_with_the_name_of_its_month_is_told_as_a_date(written: str, repair: str):
    ((_, code, values),) = told("week", f"planned: {written}\n")
    assert (code, values["repair"]) == ("bad-date", repair)


@pytest.mark.parametrize(
    ("written", "key", "optional"),
    [("nej", "closed", "closed"), ("Ved ikke", "end", "end"), ("snart", "closed", None), ("nej", "start", "")],
)
def test_a_word_for_no_day_is_told_to_leave_the_key_out_where_that_can_be(written: str, key: str, optional: str | None):
    keys = {"type": "operations", "department": "marketing", "owner": "mette", "start": "2026-01-05"} | {key: written}
    found = told("project", "name: A\n" + "".join(f"{name}: {value}\n" for name, value in keys.items()))
    assert [(code, values.get("optional")) for _, code, values in found] == [("bad-date", optional)]


@pytest.mark.parametrize("text", ["ab, {}", "”ab, {}", "ab, {}: c"])
def test_a_text_with_thousands_of_commas_takes_no_time_to_understand(text: str):
    """20,000 keys, each of which could be the second half of all before it: minutes, were each looked at for each."""
    first, word = text.split(", ")
    began = time.process_time()
    told("week", WEEK % f"{SEO}, note: {first}, " + ", ".join(word.format(f"k{at}") for at in range(20_000)) + "}\n")
    assert time.process_time() - began < 10


def test_a_share_without_its_sign_on_a_day_is_told_there_with_the_sign():
    task = "type: operations\ndepartment: m\nowner: m\nstart: 2026-01-05\ntasks:\n  a: {name: A, done: %s}\n"
    ((place, code, values),) = told("project", "name: A\n" + task % "{2026-04-30: 40%, 2026-06-26: 60}")
    assert (code, values["written"], values["repair"]) == ("not-a-share", "60", "60%")


STAGES = "name: X\nstages: %s\n"
PRICES = "categories: {a: {name: A}}\nproducts: {a: {name: A, category: a, prices: %s}}\n"


@pytest.mark.parametrize(
    ("kind", "text", "repair"),
    [
        ("customer", STAGES % "[{customer: 2021-11-01}]", "stage: customer, on: 2021-11-01"),
        ("customer", STAGES % "\n  - customer: 2021-11-01", "{stage: customer, on: 2021-11-01}"),
        ("customer", STAGES % "[{customer: 1.11.2021}]", "stage: customer, on: 2021-11-01"),
        ("customer", STAGES % "[{2021-11-01: customer}]", "stage: customer, on: 2021-11-01"),
        ("customer", STAGES % "[{customer: 2021-11-01, reason: x}]", "stage: customer, on: 2021-11-01"),
        ("customer", STAGES % "[{customer}]", "stage: customer"),
        ("customer", STAGES % "[{stage: customer, 2021-11-01}]", "on: 2021-11-01"),
        ("customer", "name: X\ntags: [{messe: 2021-11-01}]\n", "tag: messe, on: 2021-11-01"),
        ("customer", "name: X\nmeetings: [{2026-02-03: held}]\n", "date: 2026-02-03, …"),
        ("products", PRICES % "[{2025-01-01: 450}]", "from: 2025-01-01, price: 450"),
        ("products", PRICES % "[{2025-01-01: 450.5}]", "from: 2025-01-01, price: 450.5"),
        ("products", PRICES % "[{2025-01-01 450}]", "from: 2025-01-01, price: 450"),
        ("products", PRICES % "[{2025-01-01:450}]", "from: 2025-01-01, price: 450"),
        ("products", PRICES % "[{januar 2025: 450}]", "from: 2025-01-01, price: 450"),
        ("products", PRICES % "[{from: 2025-01-01, 450}]", "price: 450"),
        ("products", PRICES % "[{2025-01-01, price: 450}]", "from: 2025-01-01"),
        ("project", f"{OPERATIONS}deadlines: [{{2026-01-01: Messe}}]\n", "date: 2026-01-01, what: Messe"),
        ("project", f"{OPERATIONS}deadlines: [{{2026-01-01: 'Fri: 1'}}]\n", 'date: 2026-01-01, what: "Fri: 1"'),
        ("week", WEEK % "2026-03-16: seo, hours: 2", "date: 2026-03-16, project: seo"),
        ("week", WEEK % "date: 2026-03-16, seo, hours: 2", "project: seo"),
    ],
)
def test_an_entry_whose_key_is_a_value_is_one_error_with_its_keys(kind: str, text: str, repair: str):
    ((_, code, values),) = told(kind, text)
    assert (code, values["repair"]) == ("unknown-key", repair)


def test_a_key_in_danish_is_no_value_of_its_entry():
    """`dato` is the date of the entry, though `date: 2026-03-16, project: dato` could be written too."""
    found = told("week", WEEK % "dato: 2026-03-16, projekt: seo, hours: 2")
    assert [(code, values.get("nearest")) for _, code, values in found] == [
        ("unknown-key", "date"), ("unknown-key", "project"),
    ]  # fmt: skip


def test_two_mistakes_are_two_errors():
    """A word where hours may be meant says nothing of the hours that are missing."""
    found = told("week", WEEK % "date: 2026-03-16, project: seo, texts")
    assert [code for _, code, _ in found] == ["missing-key", "unknown-key"]


def test_several_entries_between_one_pair_of_braces_are_one_error():
    ((_, code, values),) = told("products", PRICES % "[{2025-01-01: 450, 2026-01-01: 460}]")
    assert code == "unknown-key"
    assert values["several"] == "{from: 2025-01-01, price: 450}, {from: 2026-01-01, price: 460}"


@pytest.mark.parametrize(
    ("kind", "text", "repair"),
    [
        ("products", PRICES % "{2025-01-01: 450, 2026-01-01: 460,50}",
         "[{from: 2025-01-01, price: 450}, {from: 2026-01-01, price: 460.5}]"),
        ("customer", STAGES % "{customer: 2021-11-01}", "[{stage: customer, on: 2021-11-01}]"),
        ("person", "name: M\nworking_days: (man, tir)\n", "[mon, tue]"),
    ],
)  # fmt: skip
def test_a_map_of_days_where_a_list_belongs_is_told_as_the_list(kind: str, text: str, repair: str):
    ((_, code, values),) = told(kind, text)
    assert (code, values["repair"]) == ("list-wanted", repair)


@pytest.mark.parametrize(
    ("kind", "text", "code", "repair"),
    [
        ("person", "internal_rate: [{2025-01-01: 450}]", "not-money", "{2025-01-01: 450}"),
        ("person", "internal_rate:\n  - 2025-01-01: 450\n  - 2026-01-01: 460", "not-money",
         "{2025-01-01: 450, 2026-01-01: 460}"),
        ("person", "internal_rate: {fra: 2025-01-01, beløb: 450}", "not-money", "{2025-01-01: 450}"),
        ("person", "internal_rate: {januar 2025: 450}", "not-money", "{2025-01-01: 450}"),
        ("person", "internal_rate: {2025-01: 450}", "bad-date", "2025-01-01"),
        ("person", "internal_rate: {2025: 450}", "bad-date", "2025-01-01"),
        ("person", "internal_rate: 450,50 fra 1.1.2025", "not-money", "{2025-01-01: 450.5}"),
        ("person", "weekly_hours: 37 pr. 2025-01-01", "not-hours", "{2025-01-01: 37}"),
        ("person", "weekly_hours: 37 timer fra 1. januar 2025", "not-hours", "{2025-01-01: 37}"),
        ("person", "internal_rate: 450 kr. fra 1. januar 2025", "not-money", "{2025-01-01: 450}"),
        ("person", "internal_rate: {450: 2025-01-01}", "bad-date", "2025-01-01: 450"),
        ("person", "internal_rate: {2025-01-01: {450}}", "not-money", "450"),
        ("person", "weekly_hours: {from: 2025-01-01, hours: 37}", "not-hours", "{2025-01-01: 37}"),
        ("person", "working_days: {from: 2025-01-01, days: [mon]}", "list-wanted", "{2025-01-01: [mon]}"),
        ("person", "working_days: [{2025-01-01: [mon]}, {2026-01-01: [tue, wed]}]", "text-wanted",
         "{2025-01-01: [mon], 2026-01-01: [tue, wed]}"),
        ("person", "department: {marketing: 2025-01-01}", "text-wanted", "{2025-01-01: marketing}"),
        ("person", "employed: [from: 2025-08-01, to: 2026-01-01]", "map-wanted", "{from: 2025-08-01, to: 2026-01-01}"),
        ("customer", "no_advertising: {nej: 2025-01-01}", "yes-no-wanted", "{2025-01-01: false}"),
        ("organisation", "country: DK\ncurrency: DKK\ndepartments: {}\nexchange_rates: {2025-01-01: {EUR: 7.46}}",
         "bad-currency", "EUR: {2025-01-01: 7.46}"),
    ],
)  # fmt: skip
def test_a_dated_value_that_is_written_otherwise_is_one_error_with_how_it_is_written(
    kind: str, text: str, code: str, repair: str
):
    ((_, found, values),) = told(kind, f"name: X\n{text}\n")
    assert (found, values["dated" if code == "text-wanted" else "repair"]) == (code, repair)


CONTACT = "name: X\ncontacts: {karen: {first_name: Karen, %s}}\n"
AUDIENCE = "name: X\nkind: programme\npurpose: x\naudience: {%s}\n"


@pytest.mark.parametrize(
    ("kind", "text", "code", "repair"),
    [
        ("customer", CONTACT % "beslutningstager: ja", "unknown-key", "role: decision-maker"),
        ("customer", CONTACT % "Beslutningstaker: true", "unknown-key", "role: decision-maker"),
        ("customer", CONTACT % "rolle: beslutningstager", "unknown-key", "role: decision-maker"),
        ("customer", CONTACT % "level: beslutningstager", "unknown-word", "role: decision-maker"),
        ("customer", CONTACT % "role: [beslutningstager]", "unknown-word", "decision-maker"),
        ("campaign", AUDIENCE % "beslutningstager: ja", "unknown-key", "pick: [decision-maker]"),
        ("campaign", AUDIENCE % "pick: beslutningstager", "list-wanted", "[decision-maker]"),
        ("campaign", AUDIENCE % "pick: beslutningstagere og brugere", "list-wanted", "[decision-maker, user]"),
    ],
)
def test_a_word_of_a_list_that_stands_elsewhere_is_told_with_its_key(kind: str, text: str, code: str, repair: str):
    ((_, found, values),) = told(kind, text)
    assert (found, values["repair"], values.get("nearest", "")) == (code, repair, "")


def test_who_is_no_decision_maker_is_not_told_to_be_one():
    """`influencer` may be a role and a level."""
    for written in ("beslutningstager: nej", "påvirker: ja"):
        ((_, code, values),) = told("customer", CONTACT % written)
        assert (code, values.get("repair", "")) == ("unknown-key", "")


def test_a_word_of_a_list_of_the_records_inside_is_told_with_where_it_belongs():
    ((_, code, values),) = told("customer", "name: X\nbeslutningstager: Karen\n")
    assert (code, values["inside"], values["pair"]) == ("unknown-key", "contacts", "role: decision-maker")
    ((_, code, values),) = told("customer", "name: X\ntelefon: 12345678\n")
    assert (code, values["inside"], values["pair"]) == ("unknown-key", "contacts", "phone: …")


@pytest.mark.parametrize(
    ("kind", "text", "example"),
    [
        ("customer", "name: X\nmeetings: 3/4-2026\n", "[{booked: …, state: …}]"),
        ("customer", "name: X\ncontacts: [{email: ida@x.example}]\n", "{id: {first_name: …}}"),
        ("project", OPERATIONS + "budget: 100 timer\n", "[{on: …, hours: …}]"),
        ("project", OPERATIONS + "quotes: nej\n", "[{on: …, supplier: …, fixed_price: …}]"),
        ("project", OPERATIONS + "deadlines: snart\n", "[{date: …, what: …}]"),
        ("person", "name: X\nemployed: ja\n", "{from: …}"),
        ("project", OPERATIONS + "priority: høj\n", "{level: …}"),
    ],
)
def test_where_nobody_knows_what_was_meant_the_form_is_told(kind: str, text: str, example: str):
    ((_, code, values),) = told(kind, text)
    assert (code in ("list-wanted", "map-wanted"), values["repair"], values["example"]) == (True, "", example)


FIRM = "name: X\ncountry: DK\ncurrency: DKK\n"


@pytest.mark.parametrize(
    ("kind", "text", "repair"),
    [
        ("organisation", "departments: Marketing, Salg og service", None),
        ("organisation", "departments: [Marketing, Salg og service]", None),
        ("organisation", "departments: [{name: Marketing}, {name: Salg og service}]", None),
        ("organisation", "departments: {}\nsuppliers: [Bureau Blik]", "{bureau-blik: Bureau Blik}"),
        ("organisation", "departments: [Marketing, marketing]", ""),
        ("organisation", "departments: [1, 2]", ""),
        ("project", "tasks: [Tekst, Ny forside]", "{tekst: {name: Tekst}, ny-forside: {name: Ny forside}}"),
        ("products", "categories: {a: {name: A}}\nproducts: Skitur", "{skitur: {name: Skitur, category: …}}"),
        ("customer", "contacts: [Ida Maj Birk, Bo]",
         "{ida-maj-birk: {first_name: Ida Maj, last_name: Birk}, bo: {first_name: Bo}}"),
    ],
)  # fmt: skip
def test_names_where_a_map_of_ids_is_wanted_are_told_with_ids(kind: str, text: str, repair: str | None):
    start = {"organisation": FIRM, "project": OPERATIONS, "customer": "name: X\n"}.get(kind, "")
    ((_, code, values),) = told(kind, f"{start}{text}\n")
    if repair is None:
        repair = "{marketing: {name: Marketing}, salg-og-service: {name: Salg og service}}"
    assert (code, values["repair"]) == ("map-wanted", repair)


@pytest.mark.parametrize(
    ("text", "code", "repair"),
    [
        ("stages: Besøgende, Kunde", "list-wanted", "[{id: besoegende, name: Besøgende}, {id: kunde, name: Kunde}]"),
        ("stages: [Ny kunde]", "map-wanted", "{id: ny-kunde, name: Ny kunde}"),
        ("stages: {id: lead, name: Lead}", "list-wanted", "[{id: lead, name: Lead}]"),
    ],
)
def test_names_of_stages_are_told_as_stages(text: str, code: str, repair: str):
    ((_, found, values),) = told("stages", f"{text}\n")
    assert (found, values["repair"]) == (code, repair)


@pytest.mark.parametrize(
    ("kind", "text", "repair"),
    [
        ("project", OPERATIONS + "budget: {hours: 100}", "[{on: …, hours: 100}]"),
        ("project", OPERATIONS + "budget: {timer: 100, dato: 1.3.2026}", ""),
        ("project", OPERATIONS + "budget: {on: 1.3.2026, hours: 100}", "[{on: 2026-03-01, hours: 100}]"),
        ("project", OPERATIONS + "budget: {on: 2026-03-01, hours: mange}", "[{on: 2026-03-01, hours: …}]"),
        ("project", OPERATIONS + "deadlines: {date: 2026-03-01, what: Færdig}", "[{date: 2026-03-01, what: Færdig}]"),
        ("customer", "name: X\nmeetings: {booked: 2026-03-01}", "[{booked: 2026-03-01, state: …}]"),
        ("customer", "name: X\nmeetings: {booked: 2026-03-01, state: maybe}", "[{booked: 2026-03-01, state: …}]"),
    ],
)
def test_one_entry_where_a_list_is_wanted_is_told_as_the_list(kind: str, text: str, repair: str):
    ((_, code, values),) = told(kind, f"{text}\n")
    assert (code, values["repair"]) == ("list-wanted", repair)


@pytest.mark.parametrize(
    ("contact", "values"),
    [
        ("name: Ida Birk", {"several": "first_name: Ida, last_name: Birk"}),
        ("navn: Ida", {"repair": "first_name: Ida"}),
    ],
)
def test_the_name_of_a_contact_is_told_with_its_keys(contact: str, values: dict[str, str]):
    ((_, code, found),) = told("customer", f"name: X\ncontacts: {{ida: {{{contact}}}}}\n")
    assert (code, {key: found.get(key) for key in values}) == ("unknown-key", values)


@pytest.mark.parametrize(
    ("kind", "text", "key"),
    [
        ("project", OPERATIONS + "quotes: [{on: 2026-01-05, supplier: x, fixed_price: 1, pris: 2}]", "fixed_price"),
        ("person", "name: X\nrate: 450", "internal_rate"),
        ("person", "name: X\nprice: 450", ""),
    ],
)
def test_a_key_that_ends_with_the_word_is_offered_where_it_is_the_only_one(kind: str, text: str, key: str):
    ((_, code, values),) = told(kind, f"{text}\n")
    assert (code, values.get("nearest", "")) == ("unknown-key", key)


def test_a_text_with_a_comma_after_a_key_of_another_name_is_told_whole():
    """The key is told, and the text with what came after its comma, not that as another key."""
    found = {code: values for _, code, values in told("week", WEEK % f"{SEO}, kommentar: Møde, med Ida")}
    assert found["unknown-key"]["nearest"] == "note" and found["comma-in-text"]["repair"] == '"Møde, med Ida"'
    assert len(found) == 2


QUOTE = OPERATIONS + "quotes: [{on: 2026-01-05, supplier: x, %s}]\n"


@pytest.mark.parametrize(
    ("kind", "text", "repair"),
    [
        ("person", "internal_rate: 450 kr i timen", "450"),
        ("person", "internal_rate: 450 kr/t", "450"),
        ("person", "internal_rate: kr. 450,50 pr. time", "450.5"),
        ("person", "internal_rate: 1.450 kr. i timen", "1450"),
        ("person", "internal_rate: 60 EUR per hour", "{amount: 60, currency: EUR}"),
        ("person", "internal_rate: {2026-01-01: 450 kr i timen}", "450"),
        ("person", "internal_rate: 450 kr om ugen", ""),
        ("person", "internal_rate: mange kr i timen", ""),
        ("person", "weekly_hours: 37 timer om ugen", "37"),
        ("person", "weekly_hours: 37,5 t/uge", "37.5"),
        ("person", "weekly_hours: 7 timer om dagen", ""),
    ],
)
def test_a_figure_that_says_what_it_is_for_is_told_alone_where_the_key_is_for_that(kind: str, text: str, repair: str):
    ((_, code, values),) = told(kind, f"name: X\n{text}\n")
    assert (code in ("not-money", "not-hours"), values["repair"]) == (True, repair)


def test_an_hours_price_is_no_repair_of_an_amount_for_all_of_it():
    ((_, _, values),) = told("project", QUOTE % "hourly_rate: 450 kr i timen")
    assert values["repair"] == "450"
    ((_, _, values),) = told("project", QUOTE % "fixed_price: 450 kr i timen")
    assert values["repair"] == ""


def test_a_month_where_a_day_belongs_is_not_taken_for_another_day():
    ((_, code, values),) = told("project", OPERATIONS + "end: 2026-11\n")
    assert (code, values["repair"]) == ("bad-date", "")


def test_a_word_of_a_list_in_danish_is_told_once():
    ((_, code, values),) = told("customer", CONTACT % "role: beslutningstager")
    assert (code, values["nearest"]) == ("unknown-word", "decision-maker")


@pytest.mark.parametrize("written", ["offers", "tilbud"])
def test_offers_are_told_as_quotes(written: str):
    ((_, code, values),) = told("project", OPERATIONS + f"{written}: []\n")
    assert (code, values["nearest"]) == ("unknown-key", "quotes")


ORGANISATION = "name: P\ncountry: %s\ncurrency: %s\nlanguages: [%s]\ndepartments: {a: {name: A}}\n"


@pytest.mark.parametrize(
    ("country", "currency", "code", "repair"),
    [
        ("DK", "DK", "bad-currency", "DKK"),
        ("NO", "Norge", "bad-currency", "NOK"),
        ("DKK", "DKK", "bad-country", "DK"),
    ],
)
def test_a_country_is_no_currency(country: str, currency: str, code: str, repair: str):
    ((_, found, values),) = told("organisation", ORGANISATION % (country, currency, "da"))
    assert (found, values["repair"]) == (code, repair)


def test_a_language_that_is_none_is_one_mistake():
    """Without it the list is empty, which is no second mistake."""
    ((_, code, values),) = told("organisation", ORGANISATION % ("DK", "DKK", "dansk"))
    assert (code, values["nearest"]) == ("unknown-word", "da")


@pytest.mark.parametrize(
    ("text", "repair"),
    [
        ("note: Aftale: ny forside, kl. 10}", '"Aftale: ny forside, kl. 10"'),
        ("note: Aftale: ny forside, kl. 10, hours: 2}", '"Aftale: ny forside, kl. 10"'),
        ("note: Aftale: ny forside}", '"Aftale: ny forside"'),
    ],
)
def test_a_text_with_a_colon_and_a_comma_is_quoted_whole(text: str, repair: str):
    ((_, code, values),) = told("week", f"logged:\n  - {{date: 2026-03-16, project: seo, {text}\n")
    assert (code, values["repair"]) == ("colon-in-text", repair)


def test_a_day_of_employment_in_words_is_told_as_the_day():
    ((_, code, values),) = told("person", "name: X\ndepartment: a\nemployed: 1. marts 2024\n")
    assert (code, values["repair"]) == ("map-wanted", "{from: 2024-03-01}")
