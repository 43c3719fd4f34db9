"""What `sitegen new` asks: every kind can be begun by answering alone, and a wrong answer is told and asked again."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
from typer.testing import CliRunner

from sitegen import cli
from sitegen.commands import new
from sitegen.models import KINDS
from sitegen.pipeline import Run
from sitegen.records.reader import read_file

ORGANISATION = (
    "name: Firma\ncountry: DK\ncurrency: DKK\nlanguages: [{lang}]\n"
    "departments: {{marketing: {{name: Marketing}}, sales: {{name: Salg og service}}}}\n"
)
PEOPLE = {"mette": "Mette Holm", "sh": "Søren Holm", "sl": "Søren Lund"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An English company with two departments and three people."""
    return company(tmp_path / "records", "en")


def company(folder: Path, lang: str) -> Path:
    (folder / "time/people").mkdir(parents=True)
    (folder / "organisation.yml").write_text(ORGANISATION.format(lang=lang), "utf-8")
    for id, name in PEOPLE.items():
        (folder / f"time/people/{id}.yml").write_text(f"name: {name}\n", "utf-8")
    return folder


def answering(root: Path, kind: str, answers: Iterable[str], id: str = "", written: Iterable[str] = ()) -> list[str]:
    """The questions that were asked, when each had its answer in turn and all were used; the record was written."""
    left, asked = list(answers), []

    def ask(question: str) -> str:
        asked.append(question)
        return left.pop(0)

    assert new.run(root, kind, id, tuple(written), ask=ask) == 0
    assert left == []
    return asked


def keys(questions: Iterable[str]) -> list[str]:
    return [question.split(" ")[0] for question in questions]


def said(root: Path, file: str) -> Any:
    return read_file(root, file)[0].data


BY_ASKING = {
    "organisation": ("Nordlys Rejser A/S", "Danmark", "DKK", "dansk, engelsk", "Marketing, Salg", "marketing"),
    "person": ("mette", "Mette Holm", "2026-01-01", "Marketing", "37,5", "450 kr i timen"),
    "project": ("web", "Web: ny forside", "investment", "marketing", "Mette", "2026-01-05", "2026-06-30", "100", ""),
    "week": ("mette/2026-W12",),
    "stages": ("Besøgende, Lead, Kunde",),
    "products": ("Rejser, Tillæg", "Skitur, Forsikring", "rejser", "Tillæg"),
    "industry_codes": (),
    "content": (),
    "customer": ("nordisk-data", "Nordisk Data A/S"),
    "campaign": ("messe", "Messe #1", "event"),
    "template": ("brev",),
    "survey": ("ktu-1", "Tilfredshed", "2026-01-23"),
    "web": ("2026",),
    "support": ("2026-11",),
    "marketing_plan": ("2026", "Plan 2026"),
    "sales": ("2026",),
    "segments": ("Små firmaer, Store firmaer",),
    "wheel": ("2026-06-01",),
    "strategy": (),
    "journey": ("nordisk-data", "Nordisk Data A/S", "2026-05-01"),
}


@pytest.mark.parametrize("machine", ["C", "da_DK.UTF-8", "nb_NO.UTF-8"])
def test_every_kind_of_record_can_be_begun_by_answering_alone(tmp_path: Path, machine: str, monkeypatch):
    monkeypatch.setenv("LC_ALL", machine)
    assert set(BY_ASKING) == {kind.name for kind in KINDS}
    for kind in KINDS:
        answering(tmp_path, kind.name, BY_ASKING[kind.name])
    answering(tmp_path, "booking", ("mette/2026-W12", "web", "3,5"))
    run = Run(tmp_path)
    assert [problem for problem in run.problems if problem.severity == "error"] == []
    assert len(run.read.files) == len(KINDS)
    assert said(tmp_path, "organisation.yml") == {
        "name": "Nordlys Rejser A/S", "country": "DK", "currency": "DKK", "languages": ["da", "en"],
        "reporting_department": "marketing",
        "departments": {"marketing": {"name": "Marketing"}, "salg": {"name": "Salg"}},
    }  # fmt: skip
    assert said(tmp_path, "crm/stages.yml")["stages"] == [
        {"id": "besoegende", "name": "Besøgende", "counted_in": "web"},
        {"id": "lead", "name": "Lead"},
        {"id": "kunde", "name": "Kunde", "won": True},
    ]
    assert said(tmp_path, "crm/products.yml")["products"] == {
        "skitur": {"name": "Skitur", "category": "rejser"},
        "forsikring": {"name": "Forsikring", "category": "tillaeg"},
    }
    assert said(tmp_path, "crm/campaigns/messe.yml")["name"] == "Messe #1"
    assert said(tmp_path, "plans/journeys/nordisk-data.yml")["customer"] == "nordisk-data"


@pytest.mark.parametrize("kind", ["advertising", "call-list", "event", "newsletter", "programme"])
def test_a_campaign_of_each_kind_is_one_that_validate_takes(root: Path, kind: str):
    answering(root, "campaign", ("x", "X", kind))
    assert [one.code for one in Run(root).problems if one.severity == "error"] == []


def test_an_investment_is_asked_for_its_end_and_its_budget(root: Path, capsys):
    """T29: an investment without time budget is an error of `validate`; hours are written on the project's first day,
    where no other day is answered.
    """
    answers = ("web", "Web", "investering", "", "mette", "2026-03-01", "2026-06-30", "100 timer", "")
    questions = answering(root, "project", answers)
    assert keys(questions) == [
        "id", "name", "type", "department", "owner", "start", "end", "budget.hours", "budget.on",
    ]  # fmt: skip
    assert questions[2].endswith(" One of: investment, operations.)") and questions[-1].endswith(" Enter: 2026-03-01.)")
    assert said(root, "time/projects/web.yml") == {
        "name": "Web", "type": "investment", "owner": "mette", "start": "2026-03-01", "end": "2026-06-30",
        "budget": [{"on": "2026-03-01", "hours": 100}],
    }  # fmt: skip
    shown = capsys.readouterr()
    assert "  type: investment\n" in shown.out and "  budget.hours: 100\n" in shown.out and shown.err == ""
    assert [one.code for one in Run(root).problems] == []


def test_what_is_wrong_is_told_at_once_in_one_sentence_and_asked_again(root: Path, capsys):
    answers = (
        "Ny web", "web", "", "Web", "invest", "investment", "", "mette", "1.3.2026", "2026-03-01", "2026-02-30",
        "2026-02-01", "2026-06-30", "0", "mange", "100", "1/2-2026", "2026-02-01",
    )  # fmt: skip
    questions = answering(root, "project", answers)
    assert [keys(questions).count(key) for key in ("id", "name", "type", "start", "end", "budget.hours")] == [
        2, 2, 2, 2, 3, 3,
    ]  # fmt: skip
    assert [line.strip() for line in capsys.readouterr().err.splitlines()] == [
        "'Ny web' is no id for it: write only what tells the files apart; the file gets a name like "
        "time/projects/seo.yml; did you mean 'ny-web'?",
        "the key 'name' is missing; write it: nothing can be computed without it",
        "'invest' is none of the words that may stand here: operations, investment; choose one of them",
        "'1.3.2026' is not a date; write 2026-03-01",
        "there is no 2026-02-30; 2026-02-28 is the last day of February",
        "2026-02-01 is before the beginning, 2026-03-01; mend one of the two",
        "hours must be more than 0",
        "'mange' is not a number of hours; a decimal number or 1h30m",
        "'1/2-2026' is not a date; write 2026-02-01",
    ]
    assert said(root, "time/projects/web.yml")["budget"] == [{"on": "2026-02-01", "hours": 100}]


@pytest.mark.parametrize(
    ("lang", "said_"),
    [("da", "'1.3.2026' er ikke en dato; skriv 2026-03-01"), ("nb", "'1.3.2026' er ikke en dato; skriv 2026-03-01")],
)
def test_it_is_told_and_asked_in_the_organisations_language(tmp_path: Path, capsys, lang: str, said_: str):
    root = company(tmp_path / "records", lang)
    questions = answering(root, "project", ("seo", "SEO", "drift", "", "", "1.3.2026", "2026-03-01"))
    assert said_ in capsys.readouterr().err
    assert {"da": "Vælg mellem: ", "nb": "Velg mellom: "}[lang] + "investment, operations." in questions[2]


PERSON = ("ida", "Ida Birk", "", "", "", "")


@pytest.mark.parametrize(
    ("at", "answer", "key", "value"),
    [
        (2, "2026-03-01", "employed", {"from": "2026-03-01"}),
        (2, "{from: 2026-03-01, to: 2026-12-31}", "employed", {"from": "2026-03-01", "to": "2026-12-31"}),
        (3, "Marketing", "department", "marketing"),
        (3, "SALES", "department", "sales"),
        (3, "Salg", "department", "sales"),
        (3, "{2026-01-01: sales}", "department", {"2026-01-01": "sales"}),
        (4, "37,5", "weekly_hours", 37.5),
        (4, "37 timer", "weekly_hours", 37),
        (4, "37 timer om ugen", "weekly_hours", 37),
        (4, "37:30", "weekly_hours", 37.5),
        (5, "450,50", "internal_rate", 450.5),
        (5, "450 kr i timen", "internal_rate", 450),
        (5, "1.450 kr.", "internal_rate", 1450),
    ],
)
def test_what_nobody_can_doubt_is_taken_as_it_was_meant(root: Path, at: int, answer: str, key: str, value: Any):
    answers = [*PERSON[:at], answer, *PERSON[at + 1 :]]
    answering(root, "person", answers)
    assert said(root, "time/people/ida.yml") == {"name": "Ida Birk", key: value}


@pytest.mark.parametrize(
    ("at", "answer", "told"),
    [
        (2, "1.3.2026", "'1.3.2026' is not a date; write 2026-03-01"),
        (2, "marts", "'marts' is not a date; write it as year-month-day, such as 2026-03-16"),
        (3, "marketin", "no department in organisation.yml has the id 'marketin'; did you mean 'marketing'?"),
        (
            2,
            "{from: 2026-03-01, to: 2026-01-01}",
            "2026-01-01 is before the beginning, 2026-03-01; mend one of the two",
        ),
        (4, "1,450", "'1,450' is not a number of hours; write 1.45"),
        (4, "-37", "hours must be more than 0, not -37; remove the entry, or write what was worked"),
        (5, "1.450", "'1.450' is read as 1.45: a point is the decimal sign; write 1450 if that is meant"),
        (5, "meget", "'meget' is not an amount; write a number, or {amount: 4200, currency: EUR}"),
        (5, "60 EUR", "there is no exchange rate for EUR; add it to exchange_rates in organisation.yml"),
    ],
)
def test_what_could_be_something_else_is_told_and_asked_again(root: Path, capsys, at: int, answer: str, told: str):
    answering(root, "person", [*PERSON[:at], answer, *PERSON[at:]])
    assert told in capsys.readouterr().err
    assert said(root, "time/people/ida.yml") == {"name": "Ida Birk"}


def test_of_several_people_with_one_name_none_is_taken(root: Path, capsys):
    answering(root, "project", ("seo", "SEO", "operations", "", "Søren", "Søren Lund", "2026-03-01"))
    assert "no person has the id 'Søren'; several are called that: sh, sl" in capsys.readouterr().err
    assert said(root, "time/projects/seo.yml")["owner"] == "sl"


@pytest.mark.parametrize(
    "name", ["SEO: mere, synlighed", "#1 i branchen", "[intern] ny", '"Nu" og her', "Lars' projekt", "2026", "ja", "-"]
)
def test_a_name_is_the_text_that_was_answered(root: Path, name: str):
    answering(root, "project", ("seo", name, "operations", "", "", "2026-03-01"))
    assert said(root, "time/projects/seo.yml")["name"] == name
    assert Run(root).read.records.projects["seo"].name == name


def test_a_text_in_quotes_is_that_text(root: Path):
    answering(root, "project", ("seo", '"SEO"', "operations", "", "", "2026-03-01"))
    assert said(root, "time/projects/seo.yml")["name"] == "SEO"


@pytest.mark.parametrize("answer", ["\x1b[A", "Ida\u200bBirk", "Ida\tBirk", "Ida\u2028Birk"])
def test_letters_that_a_key_leaves_unseen_are_told_at_once(root: Path, capsys, answer: str):
    """An arrow key leaves its code in an answer; none of it reaches the terminal again."""
    answering(root, "person", (answer, "ida", answer, "Ida Birk", "", "", answer, "", ""))
    told = capsys.readouterr().err
    assert told.count("\n") == 3 and "\x1b" not in told
    assert said(root, "time/people/ida.yml") == {"name": "Ida Birk"}


ANYTHING = (
    "", "x", "{", "[", "{a: 1}", "[1]", "[{id: a, name: B}]", '"', '"a', "'", "- x", "? y", "#", "%", "@a", "&x", "*x",
    "!t", "|", ">", "2026-01-01", "1.3.2026", "2026-13-40", "9" * 50, "1e9", "-1", ".5", "0x10", "ja", "null", "~",
    "a: b", "a:", "{from: 2026-01-01, to: 2025-01-01}", "{2026-01-01: marketing}", "{2026-01-01: {x: 1}}",
    "[{on: 2026-01-01, hours: 0}]", "[{on: x}]", "\u200b", "æøå", "a,b,,c", ";;", "mette", "Mette", "../x", "a/b",
    "mette/2026-W12", "2026", "investment", "{2026-01-01: operations, 2026-06-01: investment}", "100", "marketing",
    "a" * 300, "𝕏", "\x1b[31m", "\udce6", "[[[[", "1,5", "1,500", "event", "yes, no",
)  # fmt: skip


class Enough(Exception):
    """So many questions were answered."""


@pytest.mark.parametrize("kind", [*(kind.name for kind in KINDS), "booking"])
def test_whatever_is_answered_is_taken_or_told_and_what_is_written_has_no_mistake(tmp_path: Path, kind: str):
    chance = Random(kind)
    for number in range(12):
        root = company(tmp_path / str(number), "da")
        if kind == "organisation":
            (root / "organisation.yml").unlink()
        answers = iter(chance.choices(ANYTHING, k=60))

        def ask(question: str, answers: Any = answers) -> str:
            answer = next(answers, None)
            if answer is None:
                raise Enough
            return str(answer)

        with suppress(Enough):
            assert new.run(root, kind, ask=ask) == 0


def test_what_nothing_can_answer_is_not_asked(tmp_path: Path):
    """While there is nobody, no owner is asked for."""
    root = company(tmp_path / "records", "en")
    for id in PEOPLE:
        (root / f"time/people/{id}.yml").unlink()
    questions = answering(root, "project", ("seo", "SEO", "operations", "sales", "2026-03-01"))
    assert keys(questions) == ["id", "name", "type", "department", "start"]


def test_names_that_make_no_ids_or_the_same_one_are_asked_again(root: Path, capsys):
    answering(root, "stages", ("Lead, ??", ";;", "Kunde, kunde", "Lead, Kunde"))
    told = capsys.readouterr().err
    assert "'??' is no id" in told and "the id 'kunde' is used twice" in told
    assert [one["id"] for one in said(root, "crm/stages.yml")["stages"]] == ["lead", "kunde"]


def test_lists_may_be_answered_as_in_the_file_or_not_yet(root: Path):
    answering(root, "stages", ("[{id: lead, name: Lead}]",))
    assert said(root, "crm/stages.yml") == {"stages": [{"id": "lead", "name": "Lead"}]}
    answering(root, "segments", ("",))
    assert said(root, "plans/segments.yml") == {"segments": {}}


@pytest.mark.parametrize(
    ("names", "web"),
    [
        ("Besøgende, Lead, Kunde", True),
        ("besøk, Kunde", True),
        ("Website visitors; Lead; Customer", True),
        ("Webbesøgende, Kunde", True),
        ("Lead, Besøg, Kunde", False),
        ("Besøg booket, Kunde", False),
        ("Besøgende", False),
    ],
)
def test_a_first_stage_called_visitors_is_counted_in_the_web_figures(root: Path, capsys, names: str, web: bool):
    """Only the first, and not where it is the last too: a customer is a card."""
    answering(root, "stages", (names,))
    stages = said(root, "crm/stages.yml")["stages"]
    assert [one.get("counted_in") for one in stages] == ["web" if web else None, *[None] * (len(stages) - 1)]
    assert (f"stages.{stages[0]['id']}.counted_in: web" in capsys.readouterr().out) is web


def test_names_can_be_given_as_an_option_as_they_can_be_answered(root: Path, capsys):
    """Of a product its category must be said too: that is asked, and without anybody to ask the option is refused."""
    assert new.run(root, "stages", "", ("stages=Visitors, Lead, Customer",)) == 0
    assert said(root, "crm/stages.yml")["stages"] == [
        {"id": "visitors", "name": "Visitors", "counted_in": "web"},
        {"id": "lead", "name": "Lead"},
        {"id": "customer", "name": "Customer", "won": True},
    ]
    assert new.run(root, "segments", "", ("segments=Store firmaer",)) == 0
    assert said(root, "plans/segments.yml") == {"segments": {"store-firmaer": {"name": "Store firmaer"}}}
    given = ("categories=Rejser, Tillæg", "products=Skitur")
    assert new.run(root, "products", "", given) == 1 and not (root / "crm/products.yml").exists()
    assert keys(answering(root, "products", ("rejser",), written=given)) == ["products.skitur.category"]


def test_names_that_cannot_stand_are_refused_as_an_option(root: Path, capsys):
    assert new.run(root, "stages", "", ("stages=Kunde, kunde",)) == 2
    assert "kunde" in capsys.readouterr().err and not (root / "crm/stages.yml").exists()


def test_of_the_only_category_nothing_is_asked(root: Path):
    assert keys(answering(root, "products", ("Rejser", "Skitur, Badeferie"))) == ["categories", "products"]
    products = said(root, "crm/products.yml")["products"]
    assert [one["category"] for one in products.values()] == ["rejser", "rejser"]


def test_an_id_is_asked_for_until_it_can_be_one(root: Path, capsys):
    answering(root, "person", ("", "mette", "Ida", *PERSON))
    told = capsys.readouterr().err.splitlines()
    assert ["write its id too" in told[0], "is there already" in told[1], "did you mean 'ida'?" in told[2]] == [
        True
    ] * 3


@pytest.mark.parametrize(
    ("kind", "wrong", "id"),
    [
        ("week", "mete/2026-W12", "mette/2026-W12"),
        ("week", "mette/2026-12", "mette/2026-W12"),
        ("support", "2026-3", "2026-03"),
        ("wheel", "1.6.2026", "2026-06-01"),
    ],
)
def test_a_week_month_or_day_is_told_as_files_have_it(root: Path, capsys, kind: str, wrong: str, id: str):
    answering(root, kind, (wrong, id))
    near = "mette" if kind == "week" and not wrong.startswith("mette/") else id
    assert f"did you mean '{near}'?" in capsys.readouterr().err


def test_an_option_that_is_wrong_is_told_before_anything_is_asked(root: Path, capsys):
    given = ("type=investment", "start=1.3.2026")
    assert new.run(root, "project", "web", given, ask=lambda question: pytest.fail(question)) == 1
    assert "write 2026-03-01" in capsys.readouterr().err
    assert not (root / "time/projects").exists()


def test_with_options_only_what_must_be_there_is_asked_for(root: Path):
    questions = answering(root, "project", ("Web", "2026-03-01", "2026-06-30", "100", ""), "web", ("type=investment",))
    assert keys(questions) == ["name", "start", "end", "budget.hours", "budget.on"]


def test_a_booking_is_asked_for_until_each_answer_can_stand(root: Path, capsys):
    answering(root, "project", ("seo", "SEO", "operations", "", "", "2026-03-01"))
    capsys.readouterr()
    answers = ("", "mette", "mete/2026-W28", "mette/2026-28", "mette/2026-W28", "soe", "seo", "snart", "3,5")
    assert keys(answering(root, "booking", answers)) == [*["person/week"] * 5, *["project"] * 2, *["hours"] * 2]
    told = capsys.readouterr().err.splitlines()
    assert [one.rpartition("; ")[2] for one in told[2:5]] == [
        "did you mean 'mette'?", "did you mean 'mette/2026-W28'?", "did you mean 'seo'?",
    ]  # fmt: skip
    assert list(Run(root).read.records.booked["minutes"]) == [210]


def test_the_first_record_needs_no_folder_and_all_others_say_how_to_make_it(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(cli.app, ["new", "project", "seo"])
    assert run.exit_code == 2 and "or make both: sitegen new organisation" in run.stderr
    given = [f"--set={one}" for one in ("name=Firma", "country=DK", "currency=DKK", "departments={}")]
    assert CliRunner().invoke(cli.app, ["new", "organisation", *given[:2]]).exit_code == 2
    assert not (tmp_path / "records").exists()
    assert CliRunner().invoke(cli.app, ["new", "organisation", *given]).exit_code == 0
    assert (tmp_path / "records/organisation.yml").exists()


def test_what_the_entries_of_a_list_may_say_stands_above_it(root: Path):
    answering(root, "stages", ("Lead, Kunde",))
    text = (root / "crm/stages.yml").read_text("utf-8")
    assert "#   What an entry may say:\n" in text and "#   won: Whether a card at this stage is a customer.\n" in text


def test_a_new_organisation_is_written_in_its_own_language(tmp_path: Path):
    answering(tmp_path, "organisation", ("Firma", "DK", "DKK", "norsk", "Marked", ""))
    text = (tmp_path / "organisation.yml").read_text("utf-8")
    assert "# Navnet på virksomheten.\nname: Firma\n" in text
