"""`sitegen new booking`: planned hours put into the file of a week, with all else in it as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.commands import new
from sitegen.pipeline import Run

WEEK = "time/weeks/mette/2026-W28.yml"
ORGANISATION = "{name: A, country: DK, currency: DKK, languages: [en], departments: {marketing: {name: Marketing}}}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Mette, and the project seo with a task in a phase; no week yet."""
    folder = tmp_path / "records"
    for name, text in {
        "organisation.yml": ORGANISATION,
        "time/people/mette.yml": "name: Mette Holm\ndepartment: marketing\nweekly_hours: 37\n",
        "time/projects/seo.yml": (
            "name: SEO\ntype: operations\nstart: 2026-01-01\ntasks: {a: {name: A, tasks: {keywords: {name: K}}}}\n"
        ),
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def book(root: Path, *written: str, id: str = "mette/2026-W28") -> int:
    return new.run(root, "booking", id, written)


def test_the_first_booking_of_a_week_makes_its_file_and_is_valid(root: Path, capsys):
    """T9: 6 h on a task; the day of planning is written where it is given. The record reads back as booked."""
    assert book(root, "project=seo", "task=keywords", "hours=6", "planned=2026-07-03") == 0
    assert (root / WEEK).read_text("utf-8") == (
        "planned: 2026-07-03\nbooked:\n  - {project: seo, task: keywords, hours: 6}\n"
    )
    assert capsys.readouterr().out.endswith(f"{WEEK}: mette/2026-W28, seo/keywords, 6h\n")
    run = Run(root)
    assert [problem for problem in run.problems if problem.severity == "error"] == []
    assert list(run.read.records.booked["minutes"]) == [360]


@pytest.mark.parametrize("before", ["booked:\n", "booked:\nplanned: 2026-07-03\n"])
def test_an_empty_list_of_bookings_is_filled(root: Path, before: str):
    (root / WEEK).parent.mkdir(parents=True)
    (root / WEEK).write_text(before, "utf-8")
    assert book(root, "project=seo", "hours=6") == 0
    assert list(Run(root).read.records.booked["minutes"]) == [360]


def test_of_a_week_that_has_a_mistake_the_file_is_named(root: Path, capsys):
    (root / WEEK).parent.mkdir(parents=True)
    (root / WEEK).write_text("logged:\n", "utf-8")
    assert book(root, "project=seo", "hours=6") == 1
    assert f"{WEEK} has mistakes" in capsys.readouterr().err and (root / WEEK).read_text("utf-8") == "logged:\n"


def test_a_booking_goes_after_those_that_are_there_and_every_other_line_stays(root: Path):
    """T9: comments, the order and the other lists of the file are as they were; 1,5 and 1h30m are 1.5 h."""
    before = (
        "# my week\nplanned: 2026-07-03\nbooked:\n  # first\n  - project: seo   # all of it\n    hours: 2\n\n"
        "# what I did\nlogged:\n  - {date: 2026-07-06, project: seo, hours: 1}\n"
    )
    (root / WEEK).parent.mkdir(parents=True)
    (root / WEEK).write_text(before, "utf-8")
    assert book(root, "project=seo", "hours=1,5", "added=2026-07-07") == 0
    entry = "  - {project: seo, hours: 1.5, added: 2026-07-07}\n"
    assert (root / WEEK).read_text("utf-8") == before.replace("    hours: 2\n", "    hours: 2\n" + entry)
    assert list(Run(root).read.records.booked["minutes"]) == [120, 90]


def test_a_decision_is_written_as_in_the_file(root: Path):
    """T21: `instead` is a map."""
    assert book(root, "project=seo", "hours=2", "instead={decision: moved, to: 2026-W29}") == 0
    rows = Run(root).read.records.booked
    assert (rows["decision"], rows["to_week"]) == (["moved"], ["2026-W29"])


@pytest.mark.parametrize(
    ("id", "written", "code", "told"),
    [
        ("mette/2026-W28", ("project=seoo", "hours=2"), 2, "did you mean 'seo'?"),
        ("mette/2026-W28", ("project=seo", "task=keyword", "hours=2"), 2, "did you mean 'keywords'?"),
        ("mette/2026-W28", ("project=seo", "hours=169"), 2, "at most 168 hours"),
        ("mette/2026-W28", ("project=seo", "hours=soon"), 2, "is no time"),
        ("mette/2026-W28", ("project=seo",), 2, "'hours' is missing"),
        ("mette/2026-W28", ("project=seo", "hours=2", "ours=3"), 2, "a booking has no 'ours': hours"),
        ("mette/2026-W28", ("project=seo", "hours"), 2, "write --set key=value"),
        ("mette/2026-W54", ("project=seo", "hours=2"), 2, "write its id too"),
        ("mette/2026-07", ("project=seo", "hours=2"), 2, "did you mean 'mette/2026-W07'?"),
        ("mete/2026-W28", ("project=seo", "hours=2"), 2, "did you mean 'mette'?"),
        ("mette/2026-W28", ("project=seo", "hours=2", "added=Friday"), 1, "nothing was written"),
    ],
)
def test_what_cannot_be_booked_is_refused_and_no_file_is_left(root: Path, capsys, id, written, code, told):
    assert book(root, *written, id=id) == code
    assert told in capsys.readouterr().err
    assert not (root / "time/weeks").exists()


def test_a_week_with_mistakes_or_another_day_of_planning_stays_as_it_was(root: Path, capsys):
    (root / WEEK).parent.mkdir(parents=True)
    for before, written in (
        ("booked:\n  - {project: seo, hours: 1}\n  - {project: seo,\n", ()),
        ("planned: 2026-07-03\nbooked:\n  - {project: seo, hours: 1}\n", ("planned=2026-07-02",)),
        ("booked:\n  - {project: seo, hours: 1}\n", ("added=Friday",)),
    ):
        (root / WEEK).write_text(before, "utf-8")
        assert book(root, "project=seo", "hours=2", *written) in (1, 2)
        assert (root / WEEK).read_text("utf-8") == before
        assert "sitegen:" in capsys.readouterr().err


def test_what_is_missing_is_asked_for(root: Path):
    answers = {"person/week": "mette/2026-W28", "project": "seo", "hours": "3"}
    assert new.run(root, "booking", ask=answers.__getitem__) == 0
    assert list(Run(root).read.records.booked["minutes"]) == [180]


@pytest.mark.parametrize(
    ("week", "near"), [("48", "2027-W48"), ("uge 7", "2027-W07"), ("2026-48", "2026-W48"), ("u48", "2027-W48")]
)
def test_a_week_written_otherwise_is_told_as_files_have_it(root: Path, capsys, week: str, near: str):
    """Without a year it is that of the newest week there is."""
    (root / "time/weeks/mette").mkdir(parents=True)
    (root / "time/weeks/mette/2027-W01.yml").write_text("booked: []\n", "utf-8")
    assert book(root, "project=seo", "hours=2", id=f"mette/{week}") == 2
    assert f"did you mean 'mette/{near}'?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("lang", "said"), [("da", "'2026-48' er ikke en uge; mente du"), ("nb", "'2026-48' er ikke en uke; mente du")]
)
def test_it_is_told_in_the_organisations_language(root: Path, capsys, lang: str, said: str):
    (root / "organisation.yml").write_text(f"name: A\nlanguages: [{lang}]\n", "utf-8")
    assert book(root, "project=seo", "hours=2", id="mette/2026-48") == 2
    assert said in capsys.readouterr().err
