"""What git knows, and that nothing breaks where it knows nothing."""

from __future__ import annotations

import datetime as dt
import subprocess

import pytest

from sitegen import git


@pytest.fixture
def repository(tmp_path):
    def run(*arguments: str) -> None:
        settings = {
            "GIT_COMMITTER_DATE": "2026-06-30T23:30:00+02:00",
            "GIT_AUTHOR_DATE": "2020-01-01T00:00:00Z",
            "PATH": "/usr/bin:/bin",
        }
        subprocess.run(["git", "-C", str(tmp_path), *arguments], check=True, capture_output=True, env=settings)

    (tmp_path / "seo.yml").write_text("name: SEO\n")
    run("init", "-q", "-b", "main")
    run("-c", "user.name=a", "-c", "user.email=a@example.com", "add", "seo.yml")
    run("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "first")
    run("remote", "add", "origin", "git@github.com:fjordlys/records.git")
    return tmp_path


def test_the_day_of_a_commit_is_the_committers(repository):
    commit = git.commit(repository)
    assert commit is not None and len(commit.hash) == 40
    assert commit.day == dt.date(2026, 6, 30)
    assert commit.epoch == int(dt.datetime(2026, 6, 30, 21, 30, tzinfo=dt.UTC).timestamp())


def test_the_committed_text_is_that_of_head(repository):
    (repository / "seo.yml").write_text("name: Other\n")
    assert git.committed_text(repository / "seo.yml") == "name: SEO\n"
    assert git.committed_text(repository / "new.yml") is None


def test_the_remote_is_an_address_to_read_at(repository):
    assert git.remote(repository) == "https://github.com/fjordlys/records"
    assert git.branch(repository) == "main"
    assert git.top(repository) == repository.resolve()


def test_outside_a_repository_and_without_git_everything_is_none(tmp_path, monkeypatch):
    assert git.commit(tmp_path) is None and git.remote(tmp_path) is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert git.committed_text(tmp_path / "seo.yml") is None


def test_the_versions_of_files_are_whole_oldest_first_and_by_their_path_in_the_folder(tmp_path):
    """Three commits: two files made, one changed, one deleted; lines that look like a patch are text."""

    def run(*arguments: str, day: int = 1) -> None:
        time = f"2026-06-{day:02d}T12:00:00+02:00"
        who = {f"GIT_{one}_{what}": "a" for one in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        settings = {"PATH": "/usr/bin:/bin", "GIT_AUTHOR_DATE": time, "GIT_COMMITTER_DATE": time, **who}
        subprocess.run(["git", "-C", str(tmp_path), *arguments], check=True, capture_output=True, env=settings)

    folder = tmp_path / "records" / "projects"
    folder.mkdir(parents=True)
    first, second = "name: SEO\n--- a/x\n+++ b/projects/x.yml\n@@ -1 +1 @@\n", "name: SEO\nend: æ\n"
    run("init", "-q", "-b", "main")
    (folder / "seo.yml").write_text(first)
    (folder / "ads.yml").write_text("name: Ads")
    (tmp_path / "records" / "other.yml").write_text("name: Other\n")
    run("add", ".")
    run("commit", "-q", "-m", "first")
    (folder / "seo.yml").write_text(second)
    run("commit", "-q", "-a", "-m", "second", day=2)
    (folder / "ads.yml").unlink()
    run("commit", "-q", "-a", "-m", "third", day=3)
    found = git.versions(tmp_path / "records", "projects")
    assert {path: [version.text for version in versions] for path, versions in found.items()} == {
        "projects/seo.yml": [first, second],
        "projects/ads.yml": ["name: Ads\n"],
    }
    assert [version.day for version in found["projects/seo.yml"]] == [dt.date(2026, 6, 1), dt.date(2026, 6, 2)]
    assert found["projects/seo.yml"][0].commit == found["projects/ads.yml"][0].commit


def test_there_are_no_versions_outside_of_a_repository(tmp_path, monkeypatch):
    monkeypatch.setattr(subprocess, "run", lambda *arguments, **options: pytest.fail("git was called"))
    assert git.versions(tmp_path, "projects") == {}
