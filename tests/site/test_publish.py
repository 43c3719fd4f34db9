"""Writing: at once or not at all, and only what changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.site import publish

FILES = {"assets/shell.css": b"p {}", "index.html": b"one", "project/seo.html": b"seo"}


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "site", tmp_path / "cache"


def test_a_site_is_exactly_its_files_and_what_is_gone_goes(places):
    out, cache = places
    publish.publish(FILES, out, cache, "a")
    assert tree(out) == FILES
    without = {name: content for name, content in FILES.items() if name != "project/seo.html"}
    written = publish.publish(without | {"index.html": b"two"}, out, cache, "b")
    assert tree(out) == without | {"index.html": b"two"}
    assert written == publish.Written(("index.html",), 1, ("project/seo.html",))


def test_a_file_that_did_not_change_keeps_its_time(places):
    out, cache = places
    publish.publish(FILES, out, cache, "a")
    os.utime(out / "index.html", ns=(1, 1))  # touched: not trusted any more, so it is written again
    before = (out / "project" / "seo.html").stat().st_mtime_ns
    written = publish.publish(FILES, out, cache, "b")
    assert written.changed == ("index.html",)
    assert (out / "project" / "seo.html").stat().st_mtime_ns == before


def test_a_site_is_up_to_date_until_its_inputs_or_its_files_change(places):
    out, cache = places
    assert not publish.up_to_date(out, cache, "a")
    publish.publish(FILES, out, cache, "a")
    assert publish.up_to_date(out, cache, "a")
    assert not publish.up_to_date(out, cache, "b")
    (out / "index.html").write_bytes(b"own")
    assert not publish.up_to_date(out, cache, "a")
    publish.publish(FILES, out, cache, "a")
    (out / "extra.txt").write_bytes(b"x")
    assert not publish.up_to_date(out, cache, "a")


def test_a_folder_that_is_not_ours_is_left_alone(places):
    out, cache = places
    out.mkdir()
    (out / "thesis.txt").write_text("years of work")
    with pytest.raises(publish.NotOurs):
        publish.publish(FILES, out, cache, "a")
    assert tree(out) == {"thesis.txt": b"years of work"}


def test_a_failure_half_way_leaves_the_old_site_and_nothing_beside_it(places, monkeypatch):
    out, cache = places
    publish.publish(FILES, out, cache, "a")
    real = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.name == "seo.html":
            raise OSError("no space left")
        return real(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="no space"):
        publish.publish({name: content + b"!" for name, content in FILES.items()}, out, cache, "b")
    monkeypatch.undo()
    assert tree(out) == FILES
    assert sorted(path.name for path in out.parent.iterdir()) == ["cache", "site"]


def test_a_failed_swap_puts_the_old_site_back(places, monkeypatch):
    out, cache = places
    publish.publish(FILES, out, cache, "a")
    real = Path.rename

    def refuses(path: Path, target: Path) -> Path:
        if path.name.startswith(".site-new-"):
            raise OSError("refused")
        return real(path, target)

    monkeypatch.setattr(Path, "rename", refuses)
    with pytest.raises(OSError, match="refused"):
        publish.publish(FILES | {"index.html": b"two"}, out, cache, "b")
    monkeypatch.undo()
    assert tree(out) == FILES
