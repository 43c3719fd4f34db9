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
