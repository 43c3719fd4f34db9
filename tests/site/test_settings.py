"""`mkdocs.yml`: what is read, and what is refused at which place."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.site.settings import Settings, read


def problems(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    return [(str(problem.place), problem.code) for problem in read(tmp_path)[1]]


def test_without_the_file_there_are_defaults(tmp_path):
    assert read(tmp_path) == (Settings(), ())


def test_everything_that_may_be_written_is_read(tmp_path):
    (tmp_path / "mark.svg").write_text("<svg/>")
    text = (
        'site_name: "Nordlys"\nsite_url: https://example.com/\nrepo_url: https://github.com/a/b\nedit_uri: edit/main/\n'
        'copyright: "Nordlys 2026"\ndocs_language: en\n'
        "theme:\n  name: material\n  logo: mark.svg\n  favicon: mark.svg\n"
        '  palette:\n    - {scheme: default, primary: "#112233", accent: custom}\n'
        '    - {scheme: slate, accent: "#aabbcc"}\n'
    )
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    assert read(tmp_path) == (
        Settings(
            "Nordlys", "https://example.com/", "https://github.com/a/b", "edit/main/", "Nordlys 2026", "en",
            {"default": "#112233"}, {"slate": "#aabbcc"}, "mark.svg", "mark.svg",
        ),
        (),
    )  # fmt: skip


@pytest.mark.parametrize(
    "key", ["hooks", "plugins", "INHERIT", "extra_javascript", "docs_dir", "extra", "markdown_extensions"]
)
def test_any_other_key_is_a_problem_at_its_place(tmp_path, key):
    assert problems(tmp_path, f"site_name: x\n{key}: [a]\n") == [("mkdocs.yml:2:1", "unknown-setting")]


def test_keys_of_the_theme_are_allowed_by_name_too(tmp_path):
    text = "theme:\n  name: material\n  custom_dir: evil\n"
    assert problems(tmp_path, text) == [("mkdocs.yml:3:3", "unknown-setting")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("site_url: javascript:alert(1)\n", "1:11"),
        ('repo_url: "https://x\\" onclick=\\"y"\n', "1:11"),
        ("site_name: [a]\n", "1:12"),
        ("theme: material\n", "1:8"),
        ("theme:\n  name: readthedocs\n", "2:9"),
        ("theme:\n  palette: {primary: indigo}\n", "2:22"),
        ("theme:\n  logo: ../outside.svg\n", "2:9"),
        ("theme:\n  favicon: missing.png\n", "2:12"),
        ("- a\n", "1:1"),
    ],
)
def test_a_value_that_cannot_be_is_a_problem_at_the_value(tmp_path, text, place):
    assert problems(tmp_path, text) == [(f"mkdocs.yml:{place}", "bad-setting")]


def test_a_picture_may_not_be_a_link_to_elsewhere(tmp_path):
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"x")
    home = tmp_path / "home"
    home.mkdir()
    (home / "logo.png").symlink_to(secret)
    assert problems(home, "theme:\n  logo: logo.png\n") == [("mkdocs.yml:2:9", "bad-setting")]


def test_a_tag_is_refused(tmp_path):
    assert ("mkdocs.yml:1:12", "tag") in problems(tmp_path, "site_name: !ENV [HOME]\n")
