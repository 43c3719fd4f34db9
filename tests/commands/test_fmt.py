"""`sitegen fmt`: what it writes, what it leaves alone, and how it says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.commands import fmt, new
from sitegen.models import KINDS, Kind

GOOD = "start: 2026-01-01 # since\nname: X\ntype: operations\n"
LAID_OUT = "name: X\ntype: operations\nstart: 2026-01-01 # since\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A company with one project that is not laid out yet."""
    monkeypatch.chdir(tmp_path)
    folder = Path("records")
    (folder / "time/projects").mkdir(parents=True)
    (folder / "organisation.yml").write_text(
        'name: Firma\ncountry: DK\ncurrency: DKK\nlanguages: [en]\ndepartments:\n  marketing: {name: "Marketing"}\n',
        "utf-8",
    )
    (folder / "time/projects/seo.yml").write_text(GOOD, "utf-8")
    return folder


def test_a_record_is_laid_out_and_named(root: Path, capsys):
    assert fmt.run(root) == 0
    assert (root / "time/projects/seo.yml").read_text("utf-8") == LAID_OUT
    assert capsys.readouterr().out == "records/time/projects/seo.yml: laid out anew\n2 files, laid out anew: 1\n"
    assert fmt.run(root) == 0
    assert capsys.readouterr().out == "2 files, laid out anew: 0\n"


def test_check_changes_nothing_and_fails_where_a_file_would_change(root: Path, capsys):
    assert fmt.run(root, check=True) == 1
    assert (root / "time/projects/seo.yml").read_text("utf-8") == GOOD
    assert "records/time/projects/seo.yml: to be laid out anew\n" in capsys.readouterr().out
    fmt.run(root)
    assert fmt.run(root, check=True) == 0


@pytest.mark.parametrize("text", ["name: [\n", "name: X\nname: Y\n", "nmae: X\n", "name: Messe #12\n", ""])
def test_a_file_with_a_mistake_is_left_alone_and_named(root: Path, capsys, text: str):
    file = root / "time/projects/bad.yml"
    file.write_text(text, "utf-8")
    assert fmt.run(root) == 1
    assert file.read_text("utf-8") == text
    assert "records/time/projects/bad.yml: left alone: it has mistakes" in capsys.readouterr().out
    assert (root / "time/projects/seo.yml").read_text("utf-8") == LAID_OUT


def test_only_what_is_named_is_laid_out(root: Path):
    (root / "time/projects/ads.yml").write_text(GOOD, "utf-8")
    assert fmt.run(root, [root / "time/projects/ads.yml"]) == 0
    assert (root / "time/projects/seo.yml").read_text("utf-8") == GOOD
    assert fmt.run(root, [root / "time"]) == 0
    assert (root / "time/projects/seo.yml").read_text("utf-8") == LAID_OUT


def test_a_path_that_is_no_record_is_wrong_use(root: Path, capsys):
    assert fmt.run(root, [Path("README.md")]) == 2
    assert "README.md is no record in records" in capsys.readouterr().err


def test_nothing_is_written_where_the_reader_would_see_another_value(root: Path, capsys, monkeypatch):
    monkeypatch.setattr("sitegen.records.writing.record_text", lambda node, model: "name: Y\n")
    assert fmt.run(root) == 3
    assert (root / "time/projects/seo.yml").read_text("utf-8") == GOOD
    assert "a fault of ours" in capsys.readouterr().out


def test_nothing_is_written_where_a_comment_would_be_lost(root: Path, monkeypatch):
    monkeypatch.setattr("sitegen.records.writing.record_text", lambda node, model: LAID_OUT.replace(" # since", ""))
    assert fmt.run(root, [root / "time"]) == 3
    assert (root / "time/projects/seo.yml").read_text("utf-8") == GOOD


def test_of_a_letter_only_the_keys_before_it_are_laid_out():
    template = next(kind for kind in KINDS if kind.name == "template")
    text = "---\nnumber: 3 # of nine\nname:   Brev\n---\n\nKære {contact.first_name}\n\n  name:   som det står\n"
    assert fmt.formatted(text, template) == text.replace(
        "number: 3 # of nine\nname:   Brev\n", "name: Brev\nnumber: 3 # of nine\n"
    )
    assert fmt.formatted("Uden nøgler\n", template) == "Uden nøgler\n"


def test_the_modes_of_a_file_stay(root: Path):
    file = root / "time/projects/seo.yml"
    file.chmod(0o640)
    fmt.run(root)
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in file.parent.iterdir()] == ["seo.yml"]


def test_a_template_whose_keys_are_all_comments_is_left_as_it_is(root: Path):
    """`sitegen new template hello` writes only comments before the text."""
    letter = root / "crm/templates/hello.md"
    assert new.run(root, "template", "hello") == 0
    text = letter.read_text("utf-8")
    assert "\n#" in text.split("\n---\n")[0]
    assert fmt.run(root) == 0
    assert letter.read_text("utf-8") == text


def test_a_file_that_cannot_be_laid_out_is_named_and_the_others_are_laid_out(root: Path, capsys, monkeypatch):
    """A fault of ours in ads.yml, which comes before seo.yml."""
    (root / "time/projects/ads.yml").write_text(GOOD, "utf-8")
    right = fmt.formatted
    met: list[str] = []

    def faulty(text: str, kind: Kind) -> str:
        met.append(kind.name)
        if met.count("project") == 1 and kind.name == "project":
            raise AttributeError("no root")
        return right(text, kind)

    monkeypatch.setattr(fmt, "formatted", faulty)
    assert fmt.run(root) == 3
    assert "records/time/projects/ads.yml: left alone: it could not be laid out" in (said := capsys.readouterr().out)
    assert "AttributeError: no root" in said
    assert (root / "time/projects/ads.yml").read_text("utf-8") == GOOD
    assert (root / "time/projects/seo.yml").read_text("utf-8") == LAID_OUT
