"""A record in an editor, as a colleague sees it: `make test-editor` (node and npm are not part of the plain test run).

The server is the one behind the YAML extension of VS Code; the folder is the example company after `sitegen schema`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from sitegen import schema
from sitegen.commands import schema as command
from tests.editor.client import Editor

ROOT = Path(__file__).resolve().parents[2]
SERVER = (
    ROOT
    / os.environ.get("EDITOR_FOLDER", ".venv/editor")
    / "node_modules/yaml-language-server/bin/yaml-language-server"
)
NUMBERS = count(1)


def week() -> str:
    """A week's file that no test has opened yet: an editor opens each file once."""
    return f"records/time/weeks/somebody/{next(NUMBERS)}.yml"


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    folder = tmp_path_factory.mktemp("company")
    shutil.copytree(ROOT / "records", folder / "records")
    assert command.run(folder / "records", folder, lang="da") == 0
    opened = Editor(SERVER, folder)
    yield opened
    opened.close()


def place(editor: Editor, file: str, text: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """What is underlined, and the place of the cursor `|` in the text."""
    before = text.split("|")[0]
    found = editor.open(file, text.replace("|", "", 1))
    position = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
    return found, {"textDocument": {"uri": (editor.folder / file).as_uri()}, "position": position}


def offered(editor: Editor, file: str, text: str) -> set[str]:
    """What is offered at the cursor `|`."""
    _, at = place(editor, file, text)
    answer = editor.ask("textDocument/completion", at)
    return {item["label"] for item in (answer["items"] if isinstance(answer, dict) else answer)}


def underlined(editor: Editor, file: str, text: str) -> list[str]:
    """The words that are underlined."""
    lines = text.split("\n")
    ranges = [one["range"] for one in editor.open(file, text)]
    assert all(one["start"]["line"] == one["end"]["line"] for one in ranges)
    return [lines[one["start"]["line"]][one["start"]["character"] : one["end"]["character"]] for one in ranges]


def ids(editor: Editor, folder: str) -> set[str]:
    return {path.stem for path in (editor.folder / "records" / folder).glob("*.yml")}


@pytest.mark.parametrize(
    "text", ["booked:\n  - project: |\n", "booked:\n  - {project: |}\n", "logged:\n  - project: s|\n    hours: 1\n"]
)
def test_the_projects_there_are_are_offered(editor, text):
    found = offered(editor, week(), text)
    assert found == ids(editor, "time/projects")
    assert {"seo", "webinar-q1"} <= found


def test_the_tasks_of_the_project_are_offered(editor):
    found = offered(editor, week(), "booked:\n  - project: webinar-q1\n    task: |\n")
    assert found == {"content", "hosting", "invitations"}


def test_the_keys_of_an_entry_are_offered(editor):
    found = offered(editor, week(), "logged:\n  - project: seo\n    |\n")
    assert {"task", "hours", "note", "asked_by"} <= found
    assert "weekly_hours" not in found


def test_a_project_that_there_is_not_is_underlined_and_only_it(editor):
    text = "booked:\n  - {project: seo, hours: 6}\n  - {project: soe, hours: 6}\n"
    assert underlined(editor, week(), text) == ["soe"]


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ("{projct: seo, project: seo, hours: 1}", "projct"),
        ("{project: seo, task: content, hours: 1}", "content"),
        ('{project: seo, hours: "1,5"}', '"1,5"'),
        ("{project: seo, hours: 1, added: 16/3-2026}", "16/3-2026"),
    ],
)
def test_a_mistake_is_underlined_where_it_stands(editor, entry, wrong):
    assert underlined(editor, week(), f"booked:\n  - {entry}\n") == [wrong]


def test_a_date_that_is_none_is_told_with_an_example_not_with_an_expression(editor):
    (found,) = editor.open(week(), "planned: 16/3-2026\n")
    assert "2026-03-16" in found["message"] and "\\d" not in found["message"]


def test_a_key_is_explained_in_danish_when_the_pointer_rests_on_it(editor):
    _, at = place(editor, week(), "booked:\n  - project: seo\n    ho|urs: 6\n")
    assert "Planlagt tid" in str(editor.ask("textDocument/hover", at))
    _, at = place(editor, "records/time/people/somebody.yml", "name: Mette\nweekly_ho|urs: 37\n")
    assert "Timer om ugen" in str(editor.ask("textDocument/hover", at))


@pytest.mark.parametrize("kind", schema.KNOWN_TO_EDITORS, ids=lambda kind: kind.name)
def test_nothing_is_underlined_in_a_record_of_each_kind(editor, kind):
    files = sorted(editor.folder.glob(schema.mapping("records")[f"./{schema.FOLDER}/{kind.name}.json"]))
    assert files
    for path in files[:3]:
        name = path.relative_to(editor.folder).as_posix()
        assert editor.open(name, path.read_text("utf-8")) == [], name
