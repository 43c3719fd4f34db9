"""Two weeks in the file of one: what is told moves hours, and deletes none."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen import messages, records

FIRST = "planned: 2026-03-12\nlogged:\n  - {date: 2026-03-16, project: seo, hours: 2}\n"
NEXT = "planned: 2026-03-19\nlogged:\n  - {date: 2026-03-23, project: seo, hours: 2}\n"
ENTRIES = "logged:\n  - {date: 2026-03-17, project: seo, hours: 2}\n  - {date: 2026-03-18, project: seo, hours: 1}\n"


def hint(folder: Path, text: str, lang: str) -> tuple[int, str]:
    """The line of the only mistake of a week's file, and what to do about it."""
    path = folder / "time/weeks/mette/2026-W12.yml"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    (folder / "organisation.yml").write_text("name: P\ncountry: DK\ncurrency: DKK\ndepartments: {a: {name: A}}\n")
    (problem,) = records.read(folder).problems
    return problem.place.line, messages.translate(lang, problem.hint, problem.values)


@pytest.mark.parametrize(
    ("text", "line", "lang", "said"),
    [
        (FIRST + NEXT, 4, "da", "flyt linje 4–6 til 2026-W13.yml"),
        (FIRST + "absent: []\n" + NEXT, 5, "nb", "flytt linje 5–7 til 2026-W13.yml"),
        (FIRST + "---\n" + NEXT, 4, "en", "move lines 5–7 to 2026-W13.yml"),
        (FIRST + ENTRIES, 4, "da", "flyt posterne i linje 5–6 op i listen, der begynder i linje 2"),
        (FIRST + ENTRIES, 4, "en", "move the entries of lines 5–6 into the list that begins on line 2"),
        (FIRST + ENTRIES + "absent: []\n", 4, "nb", "flytt postene i linje 5–6 opp i listen som begynner i linje 2"),
        (FIRST + "---\n" + ENTRIES, 4, "da", "flyt posterne i linje 5–7 op i listerne ovenover"),
        (FIRST + "planned: 2026-03-12\n", 4, "da", "behold den ene af de to"),
    ],
)
def test_hours_that_stand_in_a_second_list_are_moved(tmp_path: Path, text: str, line: int, lang: str, said: str):
    found, told = hint(tmp_path, text, lang)
    assert (found, told[: len(said)]) == (line, said)
