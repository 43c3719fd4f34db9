"""Every code by example: `tests/cases/bad/<code>/` holds records and the whole output of `validate`.

What a case has in `before/` was committed first, with git; the others are read where there is no git.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from sitegen import messages
from sitegen.codes import CODES
from sitegen.commands import validate

CASES = Path(__file__).parent.parent / "cases"
BAD = sorted(path.name for path in (CASES / "bad").iterdir() if path.is_dir())

ELSEWHERE = {
    "too-large", "too-many",  # test_yamlfile.py: the files would be large
    "bad-setting", "unknown-setting",  # mkdocs.yml: tests/site
    "differs-by-case", "reserved-name",  # test_hostile.py: Windows and Macs could not check them out
    "bad-half", "bad-quarter",  # field types that no record uses yet
    "bad-value",  # what pydantic may say that we have no word for
}  # fmt: skip


def output(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, **options
) -> tuple[int, str]:
    monkeypatch.chdir(folder)
    code = validate.run(Path("records"), **{"lang": "en", **options})
    return code, capsys.readouterr().out


def copied(code: str, folder: Path) -> Path:
    """The case outside of this project's own repository, in one of its own where it has a past."""
    case = CASES / "bad" / code
    if (case / "before").exists():
        shutil.copytree(case / "before", folder / "records")
        day = "2026-01-05T12:00:00+00:00"
        names = {
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", "Mette"), ("EMAIL", "mette@example.com"), ("DATE", day))
        }
        settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "PATH": os.environ["PATH"], **names}
        for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "Budget"]):
            subprocess.run(["git", *command], cwd=folder, env=settings, check=True)
        shutil.rmtree(folder / "records")
    shutil.copytree(case / "records", folder / "records", symlinks=True)
    return folder


@pytest.mark.parametrize("code", BAD)
def test_a_bad_record_is_told_in_full(code: str, capsys, monkeypatch, tmp_path):
    exit_code, text = output(copied(code, tmp_path), capsys, monkeypatch)
    assert text == (CASES / "bad" / code / "expected.txt").read_text(encoding="utf-8")
    assert f": {code} " in text
    assert exit_code == (1 if CODES[code].severity == "error" or ", 1 error" in text else 0)


@pytest.mark.parametrize("lang", ["en", "da", "nb"])
def test_no_message_shows_a_placeholder(lang: str, capsys, monkeypatch):
    """`{week}` of a file's pattern, `%(written)s` of a sentence; source lines and merge fields are the writer's own."""
    found = []
    for code in BAD:
        _, text = output(CASES / "bad" / code, capsys, monkeypatch, lang=lang)
        told = [line for line in text.splitlines() if not re.match(r" +\d* \| ", line)]
        found += [line for line in told if re.search(r"\{\w+\}|%\(|%s", line) and code != "unknown-merge-field"]
    assert found == []


def test_every_code_has_an_example():
    assert set(CODES) - ELSEWHERE == set(BAD)


def test_values_above_the_audience_are_not_printed(capsys, monkeypatch):
    folder = CASES / "bad" / "negative-money"
    _, text = output(folder, capsys, monkeypatch)
    assert "410" not in text and "2:16" in text
    _, text = output(folder, capsys, monkeypatch, audience="management")
    assert "-410 is below 0" in text


def test_concise_is_one_line_a_problem_and_json_holds_the_same(capsys, monkeypatch):
    import json

    folder = CASES / "known" / "ten-mistakes"
    _, concise = output(folder, capsys, monkeypatch, format="concise")
    _, found = output(folder, capsys, monkeypatch, format="json")
    problems = json.loads(found)["problems"]
    assert concise.splitlines()[:-1] == [
        f"{p['file']}:{p['line']}:{p['column']}: {p['code']} {p['severity']}: {p['message']} – {p['hint']}"
        for p in problems
    ]


def test_every_message_is_danish_in_danish(capsys, monkeypatch):
    for code in CODES.values():
        for text in (code.sentence, *(hint for hint, _ in code.hints)):
            assert messages.known("da", text), text
            assert text.count("%(") == messages.template("da", text).count("%("), text
    _, text = output(CASES / "known" / "ten-mistakes", capsys, monkeypatch, lang="da")
    assert "2026-03-31 er den sidste dag i marts" in text and "4 filer, 9 fejl, 1 advarsel" in text
