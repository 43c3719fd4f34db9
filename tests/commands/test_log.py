"""`sitegen log`: hours put into the file of a week, with all else in it as it was."""

from __future__ import annotations

import datetime as dt
import subprocess
from pathlib import Path

import pytest

from sitegen import yamlfile
from sitegen.commands import log
from sitegen.commands.fmt import formatted
from sitegen.models import KINDS
from sitegen.pipeline import Run

TUESDAY = dt.date(2026, 3, 17)
WEEK = "time/weeks/mette/2026-W12.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Mette and Bo, the project seo with a phase and a task in it; no week yet."""
    folder = tmp_path / "records"
    for name, text in {
        "organisation.yml": "languages: [en]\ndepartments: {sales: {name: Salg}, it: {name: IT}}\n",
        "time/people/mette.yml": "name: Mette Holm\n",
        "time/people/bo.yml": "name: Bo Lind\n",
        "time/projects/seo.yml": "name: SEO\ntasks: {analysis: {name: A, tasks: {keywords: {name: K}}}}\n",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def logged(root: Path, *given: str, day: dt.date = TUESDAY, person: str = "mette", **more: str) -> str:
    """The text of the week after logging."""
    assert log.run(root, *given, person=person, day=day, **more) == 0
    return (root / WEEK).read_text("utf-8")


def with_week(root: Path, text: str) -> None:
    (root / WEEK).parent.mkdir(parents=True)
    (root / WEEK).write_text(text, "utf-8")


def test_the_first_hours_of_a_week_make_its_file(root: Path, capsys):
    """2026-03-17 lies in week 12."""
    assert logged(root, "2h", "seo/keywords", "Aftale: ny, #3") == (
        'logged:\n  - {date: 2026-03-17, project: seo, task: keywords, hours: 2, note: "Aftale: ny, #3"}\n'
    )
    assert capsys.readouterr().out.endswith(f"{WEEK}: 2026-03-17, seo/keywords, 2h\n")


def test_the_last_days_of_december_may_lie_in_the_first_week_of_the_next_year(root: Path):
    """2025-12-29 is the Monday of 2026-W01."""
    log.run(root, "1", "seo", person="bo", day=dt.date(2025, 12, 29))
    assert (root / "time/weeks/bo/2026-W01.yml").exists()


@pytest.mark.parametrize(
    ("given", "written"),
    [("2", "2"), ("1.5", "1.5"), ("1,5", "1.5"), ("1:30", "1.5"), ("2 timer", "2"), ("1h20m", "1h20m"), ("20m", "20m"),
     ("5m", "5m"), ("24", "24")],
)  # fmt: skip
def test_hours_are_taken_as_people_write_them(root: Path, given: str, written: str):
    assert logged(root, given, "seo") == f"logged:\n  - {{date: 2026-03-17, project: seo, hours: {written}}}\n"


def test_an_entry_goes_after_those_of_its_day_and_every_other_line_stays(root: Path):
    before = (
        "# my week\nplanned: 2026-03-13\n\nlogged:\n  # Monday\n  - date: 2026-03-16   # early\n    project: seo\n"
        "    hours: 2\n\n  # Wednesday\n  - {date: 2026-03-18, project: seo, hours: 1}\n\n# on Friday\nabsent:\n"
        "  - {date: 2026-03-20, reason: holiday}\n"
    )
    with_week(root, before)
    entry = "  - {date: 2026-03-17, project: seo, hours: 3}\n"
    assert logged(root, "3", "seo") == before.replace("    hours: 2\n", "    hours: 2\n" + entry)
    last = "  - {date: 2026-03-19, project: seo, hours: 4}\n"
    wednesday = "  - {date: 2026-03-18, project: seo, hours: 1}\n"
    assert logged(root, "4", "seo", day=dt.date(2026, 3, 19)) == before.replace(
        "    hours: 2\n", "    hours: 2\n" + entry
    ).replace(wednesday, wednesday + last)


@pytest.mark.parametrize(
    "before",
    [
        "logged: [{date: 2026-03-16, project: seo, hours: 2}] # one\n",
        "logged: []\n# none\n",
        "{logged: [{date: 2026-03-18, project: seo, hours: 2}]}\n",
        "logged:\n- date: 2026-03-16\n  project: seo\n  hours: 2\n  note: |\n    et\n\n    # to\nplanned: 2026-03-13\n",
        "planned: 2026-03-13",
        "booked:\n  - {project: seo, hours: 2} # plan",
    ],
)
def test_in_any_layout_only_the_entry_is_added(root: Path, before: str):
    with_week(root, before)
    data = yamlfile.parse(before, WEEK).data
    text = logged(root, "3", "seo")
    found = yamlfile.parse(text, WEEK)
    assert found.problems == []
    entry = {"date": "2026-03-17", "project": "seo", "hours": 3}
    assert [one for one in found.data.pop("logged") if one != entry] == data.pop("logged", [])
    assert found.data == data
    assert text.count("#") == before.count("#")


def test_what_is_logged_in_a_tidy_file_is_tidy(root: Path):
    week = next(kind for kind in KINDS if kind.name == "week")
    logged(root, "3", "seo", "Kort")
    text = logged(root, "2", "seo/keywords", "ord og " * 30)
    assert formatted(text, week) == text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("2h", "soe"), "no project has the id 'soe'; did you mean 'seo'?"),
        (("2h", "seo/keyword"), "the project 'seo' has no task with the id 'keyword'; did you mean 'keywords'?"),
        (("two", "seo"), "'two' is no time"),
        (("25", "seo"), "not more than 0 and at most 24"),
        (("0", "seo"), "not more than 0 and at most 24"),
        (("1", "../../organisation"), "no project has the id"),
        (("1", "seo", "skjult\u200btegn"), "letters that a record may not have"),
    ],
)
def test_what_cannot_be_logged_is_said_and_nothing_is_written(root: Path, given: tuple[str, ...], said: str, capsys):
    assert log.run(root, *given, person="mette", day=TUESDAY) == 2
    assert said in capsys.readouterr().err
    assert not (root / "time/weeks").exists()


def test_a_week_with_a_mistake_is_left_alone(root: Path, capsys):
    with_week(root, "logged: [\n")
    assert log.run(root, "1", "seo", person="mette", day=TUESDAY) == 2
    assert f"{WEEK} has mistakes" in capsys.readouterr().err
    assert (root / WEEK).read_text("utf-8") == "logged: [\n"


@pytest.mark.parametrize(
    ("name", "email"),
    [("M", "mette@firma.example"), ("mette holm", "x@firma.example"), ("Mette", "x@firma.example")],
)
def test_git_knows_whose_hours_they_are(root: Path, name: str, email: str):
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    for key, value in (("name", name), ("email", email)):
        subprocess.run(["git", "-C", str(root), "config", f"user.{key}", value], check=True)
    assert "hours: 1" in logged(root, "1", "seo", person="")


@pytest.mark.parametrize("before", ["logged:\n", "logged: ~\n", "# mine\nlogged: # to come\nplanned: 2026-03-13\n"])
def test_an_empty_list_of_hours_is_filled(root: Path, before: str):
    """What is left when all entries of a week were deleted."""
    with_week(root, before)
    after = logged(root, "2h", "seo")
    assert yamlfile.parse(after, WEEK).data["logged"] == [{"date": "2026-03-17", "project": "seo", "hours": 2}]
    assert [comment for comment in ("# mine", "# to come") if (comment in before) != (comment in after)] == []


@pytest.mark.parametrize(
    "written", ["logged: 5", "logged: {}", "logged: {date: 2026-03-16}", "logged:\n  - 5", "logged: [~]", "- 5", "x"]
)
def test_hours_are_not_put_into_what_is_no_list_of_entries(root: Path, written: str, capsys):
    with_week(root, f"{written}\n")
    assert log.run(root, "2h", "seo", person="mette", day=TUESDAY) in (1, 2)
    assert "has mistakes" in capsys.readouterr().err and (root / WEEK).read_text("utf-8") == f"{written}\n"


def test_a_stranger_must_say_whose_hours_they_are(root: Path, capsys, monkeypatch):
    monkeypatch.setattr("sitegen.git.user", lambda folder: ("Somebody", "else@firma.example"))
    assert log.run(root, "1", "seo", day=TUESDAY) == 2
    assert "whose hours? Add --person: bo, mette" in capsys.readouterr().err


def test_the_only_person_need_not_be_named(root: Path):
    (root / "time/people/bo.yml").unlink()
    assert "hours: 1" in logged(root, "1", "seo", person="")


def test_who_asked_for_unplanned_work_is_kept(root: Path):
    assert "asked_by: sales" in logged(root, "1", "seo", asked_by="sales")


@pytest.mark.parametrize(("written", "near"), [("sale", "sales"), ("salg", "sales"), ("Salg", "sales"), ("board", "")])
def test_a_department_that_is_not_there_is_refused_with_the_nearest_by_id_or_name(
    root: Path, capsys, written: str, near: str
):
    assert log.run(root, "1", "seo", person="mette", day=TUESDAY, asked_by=written) == 2
    told = f"sitegen: no department in organisation.yml has the id '{written}'"
    assert capsys.readouterr().err == told + (f"; did you mean '{near}'?" if near else "") + "\n"
    assert not (root / WEEK).exists()


def test_who_writes_the_name_of_a_person_is_told_the_id(root: Path, capsys):
    assert log.run(root, "1", "seo", person="Mette Holm", day=TUESDAY) == 2
    assert "did you mean 'mette'?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("person", "told"),
    [
        ("Mette", "did you mean 'mette'?"),
        ("Bo L", ""),
        ("Bo", "did you mean 'bo'?"),
        ("Ida", "several are called that: ib, ik"),
    ],
)
def test_a_first_name_is_enough_where_only_one_has_it(root: Path, capsys, person: str, told: str):
    for id, name in (("ib", "Ida Birk"), ("ik", "Ida Krogh")):
        (root / f"time/people/{id}.yml").write_text(f"name: {name}\n", "utf-8")
    assert log.run(root, "1", "seo", person=person, day=TUESDAY) == 2
    said = f"sitegen: no person has the id '{person}'"
    assert capsys.readouterr().err == said + (f"; {told}" if told else "") + "\n"


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "did you mean 2026-11-19?"), ("da", "mente du 2026-11-19?"), ("nb", "mente du 2026-11-19?")],
)
def test_a_day_far_after_all_others_is_told_at_once(root: Path, capsys, lang: str, said: str):
    """Without git the newest day with hours is that of the whole site."""
    organisation = root / "organisation.yml"
    organisation.write_text(organisation.read_text("utf-8").replace("[en]", f"[{lang}]"), "utf-8")
    assert log.run(root, "1", "seo", person="bo", day=dt.date(2026, 11, 18)) == 0
    assert log.run(root, "1", "seo", person="mette", day=dt.date(2027, 5, 19)) == 0  # 26 weeks later
    (root / "time/weeks/mette/2027-W20.yml").unlink()
    assert capsys.readouterr().err == ""
    assert log.run(root, "1", "seo", person="mette", day=dt.date(2062, 11, 19)) == 0
    told = capsys.readouterr().err
    assert "2062-11-19" in told and "2026-11-18" in told and said in told and "2026-W47" in told


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "is yet to come: today is"),
        ("da", "er ikke kommet endnu: i dag er det"),
        ("nb", "er ikke kommet ennå: i dag er det"),
    ],
)
def test_hours_of_a_day_to_come_are_written_and_told(root: Path, capsys, lang: str, said: str):
    """As `validate` takes them, which does not know what day it is; of today and before nothing is told."""
    organisation = root / "organisation.yml"
    organisation.write_text(organisation.read_text("utf-8").replace("[en]", f"[{lang}]"), "utf-8")
    for day in (TUESDAY, TUESDAY - dt.timedelta(days=1)):
        assert log.run(root, "1", "seo", person="mette", day=day, today=TUESDAY) == 0
    assert capsys.readouterr().err == ""
    friday = TUESDAY + dt.timedelta(days=3)
    assert log.run(root, "1", "seo", person="mette", day=friday, today=TUESDAY) == 0
    told = capsys.readouterr().err
    assert f"sitegen: 2026-03-20 {said} 2026-03-17." in told and "sitegen new booking mette/2026-W12" in told
    assert "date: 2026-03-20" in (root / WEEK).read_text("utf-8")
    assert not any(problem.severity == "error" for problem in Run(root).problems if problem.place.file == WEEK)


def test_of_a_day_far_off_only_the_one_that_was_meant_is_told(root: Path, capsys):
    assert log.run(root, "1", "seo", person="mette", day=TUESDAY, today=TUESDAY) == 0
    assert log.run(root, "1", "seo", person="mette", day=dt.date(2027, 3, 17), today=TUESDAY) == 0
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1 and "did you mean 2026-03-17?" in told[0]
