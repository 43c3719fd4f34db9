"""`sitegen validate`: one list of problems behind every format, for a person, a terminal and a forge."""

from __future__ import annotations

import ast
import datetime as dt
import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from sitegen import cli, messages, pipeline
from sitegen.cli.options import Format
from sitegen.codes import CODES
from sitegen.commands import validate
from sitegen.commands.telling import explain, github
from sitegen.commands.telling.verdict import shown
from tests.test_words import _called, catalogue, placeholders

ROOT = Path(__file__).resolve().parent.parent.parent
CASES = ROOT / "tests" / "cases"
TEN = CASES / "known" / "ten-mistakes"
WEEK = "records/time/weeks/mette/2026-W12.yml"
ORGANISATION = """\
name: Prøvefirma ApS
country: DK
currency: DKK
languages: [da]
reporting_department: marketing
departments:
  marketing: {name: Marketing}
"""


@pytest.fixture
def told(capsys, monkeypatch):
    """Runs `validate` in a folder; gives the exit code and what it printed."""

    def run(folder: Path, **options) -> tuple[int, str]:
        monkeypatch.chdir(folder)
        code = validate.run(Path("records"), **{"lang": "en", **options})
        return code, capsys.readouterr().out

    return run


@pytest.fixture
def company(tmp_path):
    """A folder of records with an organisation; `company(path, text)` writes a file into it."""

    def write(path: str, text: str) -> Path:
        file = tmp_path / "records" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return tmp_path

    write("organisation.yml", ORGANISATION)
    return write


def person(name: str = "Mette Holm", rate: str = "400") -> str:
    worth = f"weekly_hours: {{2026-01-01: 37}}\ninternal_rate: {{2026-01-01: {rate}}}\n"
    return f"name: {name}\ndepartment: marketing\n{worth}"


# --- for people


def test_the_ten_mistakes_are_ten_findings_in_concise_each_at_its_place(told):
    """Lines and columns of expected.tsv; and the repair of each, of which only the limit (24) cannot be typed."""
    code, text = told(TEN, format="concise", as_of=dt.date(2026, 3, 31))
    *findings, counts = text.splitlines()
    rows = [row.split("\t") for row in (TEN / "expected.tsv").read_text("utf-8").splitlines()[1:]]
    places = [re.match(rf"{re.escape(WEEK)}:(\d+):(\d+): ", line) for line in findings]
    assert [place and place.groups() for place in places] == [(row[0], row[1]) for row in rows]
    assert (len(findings), counts, code) == (10, "4 files, 9 errors, 1 warning", 1)
    hints = [line.partition(" – ")[2] for line in findings]
    for repair in (
        "2026-03-31", "'project'", "write 1.5", "'seo'", "remove the entry", "keep one of the two", "2026-W13.yml",
        "a decimal number such as 1.5", "at most 24", '"Sag #12"',
    ):  # fmt: skip
        assert any(repair in hint for hint in hints), repair


def test_errors_stand_last_and_each_finding_says_what_it_is(told):
    """The only warning is on the last line of the file, and still told first."""
    _, text = told(TEN)
    said = re.findall(rf"^{re.escape(WEEK)}:\d+:\d+: [a-z-]+ (\w+): ", text, re.MULTILINE)
    assert said == ["warning"] + ["error"] * 9
    assert text.endswith(f"\n\nfirst error: {WEEK}:2:11\n4 files, 9 errors, 1 warning\n")


def test_a_single_problem_is_not_said_twice(told):
    _, text = told(CASES / "bad" / "tab")
    assert "first error" not in text and text.endswith(", 1 error\n")


def test_colours_are_for_terminals_and_change_no_word(told, monkeypatch):
    _, plain = told(TEN)
    monkeypatch.setattr(validate, "_colours", lambda: True)
    _, coloured = told(TEN)
    assert "\x1b" not in plain
    assert "\x1b[1;31merror:\x1b[0m" in coloured and "\x1b[1;33mwarning:\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


@pytest.mark.parametrize(
    ("terminal", "environment", "wanted"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False),
    ],
)
def test_who_gets_colours(terminal, environment, wanted, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal, raising=False)
    assert validate._colours() is wanted


@pytest.mark.parametrize("options", [[], ["--no-cache"]])
def test_a_folder_among_the_records_is_told_of_alone(options):
    """A plain `validate` goes a shorter way than one with options, and finds the same."""
    command = [sys.executable, "-m", "sitegen", "validate", *options, str(TEN / "records" / "time" / "people")]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120)
    other = subprocess.run([*command, "--lang", "da"], capture_output=True, text=True, timeout=120)
    assert (told.returncode, told.stdout) == (other.returncode, other.stdout)
    assert "unknown-file" not in told.stdout


def test_who_has_read_enough_is_told_of_no_fault():
    command = f"{sys.executable} -m sitegen validate --no-cache {TEN / 'records'} | head -n 1"
    told = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=120)
    assert told.stdout.count("\n") == 1
    assert told.stderr == ""


def test_a_terminal_without_our_letters_gets_their_numbers():
    """`ø` of the path and of the text in ASCII; no traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "sitegen", "validate", str(TEN / "records"), "--lang", "da"],
        cwd=ROOT, capture_output=True, env={"PYTHONIOENCODING": "ascii"}, timeout=300, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"mente du 'project'?" in done.stdout and b"n\\xf8glen 'hours'" in done.stdout


# --- which problems, and what they mean for the exit code


def test_select_and_ignore_choose_what_is_told_and_counted(told):
    """Ten problems of ten codes; of `cut-off` (a warning) and `not-hours` (an error) one each."""
    code, text = told(TEN, select=["cut-off, not-hours"], format="concise")
    assert code == 1
    assert text.splitlines()[-2:] == ["4 files, 1 error, 1 warning", "8 more were left out by --select or --ignore"]
    code, text = told(TEN, select=["cut-off", "not-hours"], ignore=["not-hours"], format="concise")
    assert code == 0
    assert text.splitlines()[1:] == ["4 files, 1 warning", "9 more were left out by --select or --ignore"]


def test_strict_makes_warnings_fail_and_says_so(told):
    case = CASES / "bad" / "cut-off"
    assert told(case)[0] == 0
    code, text = told(case, strict=True)
    assert code == 1
    assert text.endswith("2 files, 1 warning\nwarnings fail here, because of --strict\n")
    assert told(case, strict=True, ignore=["cut-off"])[0] == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"select": ["cutof"], "lang": "en"}, "there is no code 'cutof'; did you mean 'cut-off'?"),
        ({"ignore": ["tab,qqqq"], "lang": "en"}, "there is no code 'qqqq'; docs/codes.md lists them all"),
        ({"select": ["\x1b[31m"], "lang": "en"}, "there is no code '\\u001b[31m'"),
        ({"lang": "de"}, "der er ingen tekster på 'de'; vælg mellem: en, da, nb"),
    ],
)
def test_a_wrong_option_is_exit_2_with_the_nearest_word(options, said, capsys):
    assert validate.run(TEN / "records", **options) == 2
    printed = capsys.readouterr()
    assert said in printed.err and printed.out == ""


def test_a_wrong_option_is_told_in_the_organisations_language(capsys):
    """The company of the case is Danish."""
    assert validate.run(CASES / "bad" / "cut-off" / "records", select=["cutof"]) == 2
    assert "der findes ingen kode 'cutof'; mente du 'cut-off'?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("path", "problems"),
    [(WEEK, 10), ("records/time", 10), ("records/organisation.yml", 0), ("records/time/projects", 0)],
)
def test_a_file_or_folder_of_the_records_is_checked_with_all_and_told_alone(path: str, problems: int, monkeypatch):
    """All ten mistakes stand in Mette's week; whatever is named, four files are read."""
    monkeypatch.chdir(TEN)
    options = ["--format", "json", "--as-of", "2026-03-31", "--no-cache"]
    told = CliRunner().invoke(cli.app, ["validate", path, *options])
    found = json.loads(told.stdout)
    assert (len(found["problems"]), found["files"], told.exit_code) == (problems, 4, int(problems > 0))
    assert {one["file"] for one in found["problems"]} <= {WEEK}


def test_a_day_as_people_write_it_is_refused_with_the_day_meant():
    case = str(CASES / "bad" / "cut-off" / "records")
    told = CliRunner().invoke(cli.app, ["log", "2", "seo", "--date", "17-03-2026", "--records", case])
    assert told.exit_code == 2
    assert "--date: '17-03-2026' er ikke en dag; mente du 2026-03-17?" in told.output


def test_the_command_line_hands_its_options_on(monkeypatch):
    asked = {}

    class Noted(pipeline.Run):
        def __init__(self, root, **options):
            asked.update(options)
            super().__init__(root, **options)

    monkeypatch.setattr(pipeline, "Run", Noted)
    runner, case = CliRunner(), str(CASES / "bad" / "cut-off" / "records")
    assert runner.invoke(cli.app, ["validate", case, "--strict", "--as-of", "2026-03-31"]).exit_code == 1
    assert asked["as_of"] == dt.date(2026, 3, 31)
    assert runner.invoke(cli.app, ["validate", case, "--strict", "--ignore", "tab,cut-off"]).exit_code == 0
    assert (
        runner.invoke(cli.app, ["validate", case, "--strict", "--select", "tab", "--select", "cut-off"]).exit_code == 1
    )
    assert runner.invoke(cli.app, ["validate", case, "--as-of", "31/3"]).exit_code == 2
    assert runner.invoke(cli.app, ["validate", case, "--format", "xml"]).exit_code == 2
    assert [one.value for one in Format] == list(validate.FORMATS)


def test_hundreds_of_one_kind_are_told_by_the_first_twenty_and_a_line_each(company, told):
    """75 entries with unknown hours in two files, and one mistake of another kind."""
    for week, times in (("2026-W11", 40), ("2026-W12", 35)):
        day = dt.date.fromisocalendar(2026, int(week[-2:]), 1)
        entry = f"  - {{date: {day}, project: seo, hours: mange}}\n"
        company(f"time/weeks/mette/{week}.yml", "logged:\n" + entry * times)
    company("time/people/mette.yml", "name: 5\n")
    folder = company("time/projects/seo.yml", "name: SEO\ntype: operations\nstart: 2026-01-01\n")
    code, text = told(folder)
    assert code == 1
    assert text.count(" not-hours error: ") == 75 and text.count("  hint: ") == 21
    start, others = text.split("and 55 more of this kind: not-hours\n")
    assert start.count(" not-hours error: ") == 20 and start.count(" text-wanted error: ") == 1
    assert others.count("records/time/weeks/mette/2026-W1") == 55
    assert others.endswith(
        "'mange' is not a number of hours – a decimal number or 1h30m\n\n"
        "first error: records/time/people/mette.yml:1:7\n"
        "5 files, 76 errors\n"
    )
    assert "og 55 til af samme slags: not-hours" in told(folder, lang="da")[1]
    for format in ("concise", "json", "github", "gitlab", "sarif"):
        assert told(folder, format=format)[1].count("not-hours") >= 75
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    assert told(folder, keep=True)[1] == told(folder, keep=True)[1] == text


# --- --explain


@pytest.mark.parametrize("lang", ["en", "da", "nb"])
def test_every_code_is_explained_with_severity_meaning_and_hints(lang):
    hint = f"  {messages.translate(lang, 'hint')}: "
    for code, known in CODES.items():
        head, meaning, *rest = explain.lines(code, lang)
        assert head == f"{code} ({messages.translate(lang, known.severity)})"
        assert meaning.strip() == explain.in_general(lang, known.sentence)
        assert sum(line.startswith(hint) for line in rest) == len(known.hints)
        assert "%(" not in "".join([meaning, *rest])


def test_every_code_with_a_case_is_explained_by_it():
    told = sorted(path.parent.name for path in (CASES / "bad").glob("*/expected.txt"))
    assert [code for code in told if not explain.example(code)] == []
    lines = ["  time/projects/seo.yml:3:8", "    3 | start: 2026-02-29", "      |        ^^^^^^^^^^"]
    assert explain.example("no-such-day") == lines


def test_explain_speaks_the_language_of_the_organisation(capsys):
    assert validate.explain("cut-off", TEN / "records") == 0
    assert 'tekst efter " #" er en kommentar' in capsys.readouterr().out
    assert validate.explain("cut-off", TEN / "nowhere") == 0
    assert 'text after " #" is a comment' in capsys.readouterr().out
    assert validate.explain("cut-of", TEN / "records", lang="en") == 2
    assert "did you mean 'cut-off'?" in capsys.readouterr().err


# --- for other tools


def places(format: str, text: str) -> list[tuple[str, int]]:
    """(file from the folder of the command, line) of every finding, sorted."""
    if format == "json":
        found = [(one["file"], one["line"]) for one in json.loads(text)["problems"]]
    elif format == "gitlab":
        found = [(one["location"]["path"], one["location"]["lines"]["begin"]) for one in json.loads(text)]
    elif format == "sarif":
        where = [one["locations"][0]["physicalLocation"] for one in json.loads(text)["runs"][0]["results"]]
        found = [(one["artifactLocation"]["uri"], one["region"]["startLine"]) for one in where]
    elif format == "github":
        found = [(file, int(line)) for file, line in re.findall(r"^::\w+ file=([^,]+),line=(\d+),", text, re.MULTILINE)]
    else:
        found = [(file, int(line)) for file, line in re.findall(r"^(records/\S+?):(\d+):\d+: ", text, re.MULTILINE)]
    return sorted(found)


@pytest.mark.parametrize("format", validate.FORMATS)
def test_every_format_tells_the_same_list_and_the_same_exit_code(format, told):
    code, text = told(TEN, format=format)
    assert code == 1
    assert places(format, text) == [(WEEK, line) for line in (2, 6, 7, 9, 10, 14, 17, 18, 20, 21)]
    assert text == told(TEN, format=format)[1]


@pytest.mark.parametrize(
    ("letter", "written"),
    [("\x1b", r"\u001b"), ("\u202e", r"\u202e"), ("\U000e0041", r"\U000e0041"), ("\ud800", r"\ud800"), ("𝄞", "𝄞")],
)
def test_what_cannot_be_printed_is_shown_as_its_number_as_long_as_it_is(letter: str, written: str):
    """`\\u187f8` would be read as `\\u187f` and an 8."""
    assert shown(f"a{letter}8") == f"a{written}8"


@pytest.mark.parametrize("format", validate.FORMATS)
def test_a_file_name_does_nothing_to_a_terminal_or_a_forge(format, company, told):
    """Escape codes, line breaks, a right-to-left override, and all that a workflow command is made of."""
    folder = company("time/a,b:c%0A::\n::error::hacked\r\x1b[31m\u202e.yml", "x: 1\n")
    _, text = told(folder, format=format)
    assert text.replace("\n", "").isprintable()
    assert [line for line in text.splitlines() if "hacked" in line and line.startswith("::error::")] == []
    assert "hacked" in text
    if format == "github":
        command = next(line for line in text.splitlines() if line.startswith("::"))
        assert re.fullmatch(r"::error file=[^,:]*,line=1,col=1,title=unknown-file::.*", command)
        assert "a%2Cb%3Ac%250A%3A%3A\\u000a%3A%3Aerror" in command


def test_a_text_of_a_record_is_no_workflow_command(company, told):
    folder = company("time/people/mette.yml", person().replace("marketing", '"100%0A::error::x"'))
    _, text = told(folder, format="github")
    assert "100%250A::error::x" in text
    assert len(re.findall(r"^::", text, re.MULTILINE)) == len(places("github", text))


def many(company) -> Path:
    """Twelve people whose names are cut off (a warning each); the last has an unknown department too (an error)."""
    for number in range(10, 22):
        company(f"time/people/p{number}.yml", person(f"Navn <b> #{number}"))
    return company("time/people/p21.yml", person("Navn <b> #21").replace("marketing", "nowhere"))


def test_github_shows_the_ten_worst_and_the_log_the_others(company, told, monkeypatch):
    """12 warnings and 1 error: the error and nine warnings are annotations, three lines and the counts follow."""
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    code, text = told(many(company), format="github")
    lines = text.splitlines()
    assert code == 1
    assert lines[0].startswith("::error file=records/time/people/p21.yml,line=2,")
    assert [line.partition(" ")[0] for line in lines[1:10]] == ["::warning"] * 9
    assert [line.partition(":")[0] for line in lines[10:13]] == [f"records/time/people/p{n}.yml" for n in (19, 20, 21)]
    assert lines[13:] == ["13 files, 1 error, 12 warnings"]


def test_no_line_of_the_log_is_a_command_whatever_the_folder_is_called(company, monkeypatch, capsys):
    folder = many(company)
    (folder / "records").rename(folder / "::notice::x")
    monkeypatch.chdir(folder)
    validate.run(Path("::notice::x"), lang="en", format="github")
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(" ")[0] for line in lines if line.startswith(":")] == ["::error"] + ["::warning"] * 9
    assert sum(line.startswith("- ::notice::x/time/people/") for line in lines) == 3


def test_the_whole_list_is_appended_to_the_summary_of_the_step(company, told, monkeypatch, tmp_path):
    page = tmp_path / "summary.md"
    page.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    told(many(company), format="github")
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n### sitegen validate\n\n13 files, 1 error, 12 warnings\n\n<pre>\n")
    assert text.count("records/time/people/") == 13
    assert text.index("p21.yml:2") < text.index("p10.yml:1")
    assert "&lt;b&gt;" in text and "<b>" not in text


def test_a_summary_that_github_would_drop_is_cut(company, told, monkeypatch, tmp_path):
    """100 bytes hold no finding: the number of those left out is written instead."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    monkeypatch.setattr(github, "MOST_SUMMARY", 100)
    told(many(company), format="github")
    assert (tmp_path / "summary.md").read_text("utf-8").endswith("<pre>\n… + 13\n</pre>\n\n")


def test_a_summary_that_cannot_be_written_is_said_and_fails_nothing(company, told, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    monkeypatch.chdir(company("time/people/mette.yml", person()))
    assert validate.run(Path("records"), format="github") == 0
    assert "the summary was not written" in capsys.readouterr().err


def fingerprints(text: str) -> list[str]:
    return [one["fingerprint"] for one in json.loads(text)]


def test_fingerprints_stay_when_lines_move_and_differ_between_problems(company, told):
    company("time/people/mette.yml", person().replace("marketing", "nowhere") + "note: a #1\n")
    _, before = told(company("time/people/jens.yml", person() + "note: a #1\n"), format="gitlab")
    moved = "# a new line\n" + person().replace("marketing", "nowhere") + "note: a #1\n"
    _, after = told(company("time/people/mette.yml", moved), format="gitlab")
    assert before != after
    assert fingerprints(before) == fingerprints(after) and len(set(fingerprints(before))) == 3


def test_a_fingerprint_stays_when_another_record_comes_nearer(company, told):
    """`marketin` is one letter from marketing, and one from the new department marketi, first in the alphabet."""
    folder = company("time/people/mette.yml", person().replace("marketing", "marketin"))
    _, before = told(folder, format="gitlab")
    company("organisation.yml", ORGANISATION + "  marketi: {name: Marketi}\n")
    _, after = told(folder, format="gitlab")
    assert "'marketing'" in before and "'marketi'" in after
    assert fingerprints(before) == fingerprints(after)


def test_two_problems_that_are_alike_have_fingerprints_of_their_own(told):
    _, text = told(CASES / "bad" / "unknown-word", format="gitlab")
    assert len(set(fingerprints(text))) == len(json.loads(text)) > 1


def test_a_fingerprint_does_not_give_a_hidden_value_away(company, told):
    """Two pays below 0 are the same to marketing, and two different problems to management."""
    said = {}
    for rate in ("-410", "-420"):
        folder = company("time/people/mette.yml", person(rate=rate))
        for audience in ("marketing", "management"):
            said[rate, audience] = told(folder, format="gitlab", audience=audience)[1]
    assert said["-410", "marketing"] == said["-420", "marketing"]
    assert fingerprints(said["-410", "management"]) != fingerprints(said["-420", "management"])


def test_gitlab_gets_what_a_code_quality_report_must_have(told):
    for one in json.loads(told(TEN, format="gitlab")[1]):
        assert set(one) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert one["severity"] == {"error": "major", "warning": "minor"}[CODES[one["check_name"]].severity]
        assert re.fullmatch("[0-9a-f]{32}", one["fingerprint"])


MESSAGE = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
LOCATION = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation", "region"],
            "additionalProperties": False,
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "required": ["uri"],
                    "additionalProperties": False,
                    "properties": {
                        "uri": {"type": "string", "pattern": r"^[A-Za-z0-9._~!$&'()*+,;=:@/%-]+$"},
                        "uriBaseId": {"const": "%SRCROOT%"},
                    },
                },
                "region": {
                    "type": "object",
                    "required": ["startLine", "startColumn"],
                    "additionalProperties": False,
                    "properties": {name: {"type": "integer", "minimum": 1} for name in ("startLine", "startColumn")},
                },
            },
        }
    },
}
RULE = {
    "type": "object",
    "required": ["id", "shortDescription", "defaultConfiguration"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string"},
        "shortDescription": MESSAGE,
        "help": MESSAGE,
        "defaultConfiguration": {"type": "object", "properties": {"level": LEVEL}, "additionalProperties": False},
    },
}
RESULT = {
    "type": "object",
    "required": ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
    "additionalProperties": False,
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "message": MESSAGE,
        "locations": {"type": "array", "items": LOCATION, "minItems": 1},
        "relatedLocations": {"type": "array", "items": LOCATION, "uniqueItems": True},
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}
DRIVER = {
    "type": "object",
    "required": ["name", "rules"],
    "additionalProperties": False,
    "properties": {
        "name": {"const": "sitegen"},
        "semanticVersion": {"type": "string", "pattern": r"^\d+\.\d+\.\d+"},
        "language": {"type": "string", "pattern": "^[a-z]{2}$"},
        "rules": {"type": "array", "items": RULE, "uniqueItems": True},
    },
}
RUN = {
    "type": "object",
    "required": ["tool", "results"],
    "additionalProperties": False,
    "properties": {
        "tool": {"type": "object", "required": ["driver"], "properties": {"driver": DRIVER}},
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "results": {"type": "array", "items": RESULT},
    },
}
SARIF = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": RUN, "minItems": 1},
    },
}
"""The part of SARIF 2.1.0 that we write, in our words: the standard's schema may not be kept here."""


def test_sarif_has_the_shape_of_the_standard(told):
    told_in_all = 0
    for case in sorted(path.parent for path in (CASES / "bad").glob("*/records")):
        log = json.loads(told(case, format="sarif")[1])
        jsonschema.validate(log, SARIF)
        (run,) = log["runs"]
        rules = run["tool"]["driver"]["rules"]
        assert [rules[one["ruleIndex"]]["id"] for one in run["results"]] == [one["ruleId"] for one in run["results"]]
        told_in_all += len(run["results"])
    assert told_in_all > 150


def test_the_shape_of_sarif_catches_an_offence(told):
    log = json.loads(told(TEN, format="sarif")[1])
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    with pytest.raises(jsonschema.ValidationError, match="minimum"):
        jsonschema.validate(log, SARIF)


def test_sarif_writes_paths_as_addresses_and_makes_no_links_of_texts(company, told):
    folder = company("time/people/bo ø.yml", person("[x](1)").replace("marketing", "'[x](https://example.org)'"))
    _, text = told(folder, format="sarif")
    assert '"uri": "records/time/people/bo%20%C3%B8.yml"' in text
    assert "](" not in text


def test_a_folder_named_from_the_root_is_told_from_where_the_command_runs(company, monkeypatch, capsys):
    folder = company("time/people/mette.yml", person().replace("marketing", "nowhere"))
    monkeypatch.chdir(folder)
    for root in (folder / "records", Path("..") / folder.name / "records"):
        validate.run(root, format="gitlab")
        assert places("gitlab", capsys.readouterr().out) == [("records/time/people/mette.yml", 2)]


# --- words


def said() -> set[tuple[str, str]]:
    """Every message of the validator, and its plural or nothing."""
    found = {(text, "") for code in CODES.values() for text in (code.sentence, *(hint for hint, _ in code.hints))}
    sources = [ROOT / "sitegen" / "commands" / "validate.py", *(ROOT / "sitegen/commands/telling").glob("*.py")]
    for path in sources:
        found |= set(_called(ast.parse(path.read_text("utf-8"))))
    return found


@pytest.mark.parametrize("lang", ["da", "nb"])
def test_every_message_of_the_validator_is_in_the_language_with_its_values(lang):
    known = catalogue(lang)
    assert len(said()) > 250
    assert sorted(one for one, many in said() if ((one, 1) if many else one) not in known) == []
    for one, _ in said():
        text = known.get(one) or known[one, 0]
        assert placeholders(text) == placeholders(one), one


def test_a_norwegian_reads_norwegian(told):
    _, text = told(TEN, lang="nb")
    assert "2026-03-31 er den siste dagen i mars" in text
    assert text.endswith(f"første feil: {WEEK}:2:11\n4 filer, 9 feil, 1 advarsel\n")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "`--audience management` shows what to write"),
        ("da", "`--audience management` viser, hvad der skal skrives"),
        ("nb", "`--audience management` viser hva som skal skrives"),
    ],
)
def test_a_repair_that_only_management_may_see_is_said_to_be_there(tmp_path: Path, capsys, lang: str, said: str):
    for name, text in {
        "organisation.yml": "name: P\ncountry: DK\ncurrency: DKK\ndepartments: {a: {name: A}}\n",
        "time/people/mette.yml": "name: Mette\ndepartment: a\ninternal_rate: 450 kr\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    validate.run(tmp_path, lang=lang)
    told = capsys.readouterr().out
    assert said in told and "450" not in told
    validate.run(tmp_path, lang=lang, audience="management")
    assert "--audience" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "the rest of the file is read when this is mended"),
        ("da", "resten af filen læses, når det er rettet"),
        ("nb", "resten av filen leses når det er rettet"),
    ],
)
def test_a_mistake_that_hides_the_rest_of_its_file_says_so_once(tmp_path: Path, capsys, lang: str, said: str):
    (tmp_path / "organisation.yml").write_text("name: P: Q\ncountry: DK\ncurrency: DKK\n", "utf-8")
    validate.run(tmp_path, lang=lang)
    assert capsys.readouterr().out.count(said) == 1
