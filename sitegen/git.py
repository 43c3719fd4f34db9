"""What git knows of the records: the commit, its day, where the repository lies, the committed text of a file.

The only place that runs git. Everything is None without git or outside a repository.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple


class Commit(NamedTuple):
    """The commit that is checked out: its full hash, and when it was committed (with the committer's time zone)."""

    hash: str
    time: dt.datetime

    @property
    def day(self) -> dt.date:
        """The committer's day, as written on the commit: the same on every machine."""
        return self.time.date()

    @property
    def epoch(self) -> int:
        """Seconds since 1970, for SOURCE_DATE_EPOCH."""
        return int(self.time.timestamp())


@lru_cache(maxsize=64)
def commit(folder: Path) -> Commit | None:
    """The checked-out commit of the repository that holds the folder."""
    found = _git(folder, "log", "-1", "--format=%H %cI")
    if not found:
        return None
    hash, _, time = found.strip().partition(" ")
    return Commit(hash, dt.datetime.fromisoformat(time))


def head(folder: Path) -> str:
    """A text that differs as soon as another commit is checked out; "" outside a repository. Runs git seldom."""
    folder = folder.resolve()
    for place in (folder, *folder.parents):
        inside = place / ".git"
        if os.path.isdir(inside):
            try:
                name = (inside / "HEAD").read_text("utf-8").strip().removeprefix("ref: ")
                packed = inside / "packed-refs"
                at = (inside / name).read_text("utf-8") if (inside / name).is_file() else ""
                return f"{name} {at} {packed.stat().st_mtime_ns if packed.exists() else ''}"
            except (OSError, ValueError):
                break
        if os.path.exists(inside):
            break
    found = commit(folder)
    return found.hash if found else ""


@lru_cache(maxsize=64)
def remote(folder: Path) -> str | None:
    """The https address of the repository's remote `origin`, without `.git` and without a user or password."""
    url = (_git(folder, "config", "--get", "remote.origin.url") or "").strip()
    if url.startswith("git@") and ":" in url:
        host, _, path = url[4:].partition(":")
        url = f"https://{host}/{path}"
    scheme, _, rest = url.partition("://")
    if scheme not in ("https", "ssh") or "/" not in rest:
        return None
    host, _, path = rest.partition("/")
    return f"https://{host.rpartition('@')[2]}/{path.removesuffix('.git')}"


@lru_cache(maxsize=64)
def branch(folder: Path) -> str | None:
    """The branch that is checked out."""
    return (_git(folder, "symbolic-ref", "--quiet", "--short", "HEAD") or "").strip() or None


@lru_cache(maxsize=64)
def top(folder: Path) -> Path | None:
    """The repository's own folder, as a resolved path."""
    found = (_git(folder, "rev-parse", "--show-toplevel") or "").strip()
    return Path(found).resolve() if found else None


def edited(folder: Path, names: tuple[str, ...]) -> bool:
    """Whether the files of these names below the folder differ from HEAD, new ones included."""
    return bool((_git(folder, "status", "--porcelain", "--", *names) or "").strip())


def uncommitted(folder: Path) -> int:
    """How many files below the folder differ from HEAD, new ones included."""
    return len((_git(folder, "status", "--porcelain", "-uall", "--", ".") or "").splitlines())


def keeps(folder: Path, name: str) -> bool:
    """Whether the repository holds a file or folder of this name: whoever can read the one can read the other."""
    return bool((_git(folder, "ls-files", "--", name) or "").strip())


def user(folder: Path) -> tuple[str, str]:
    """The name and e-mail address that git writes on a commit made here; "" for what it does not know."""
    found = [_git(folder, "config", "--get", f"user.{name}", settings={}) or "" for name in ("name", "email")]
    return found[0].strip(), found[1].strip()


def committed_text(path: Path) -> str | None:
    """The text of a file in HEAD; None for a file that HEAD does not have."""
    return _git(path.parent, "show", f"HEAD:./{path.name}")


class Version(NamedTuple):
    """A file as a commit made it: the commit's full hash, the committer's day, the whole text."""

    commit: str
    day: dt.date
    text: str


_HUNK = re.compile(r"@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@")


def versions(folder: Path, under: str) -> dict[str, list[Version]]:
    """Every committed version of the files below a folder, by their path in `folder`, the oldest first.

    One call of git for all of them, and none where no folder above is a repository. A merge adds no version: what it
    brings together was committed before.
    """
    if not any((above / ".git").exists() for above in (folder.resolve(), *folder.resolve().parents)):
        return {}
    whole = "-U1000000000"  # all of the file is context, so that one patch holds the whole text
    how = ("--topo-order", "--reverse", "--no-renames", "--no-color", "--no-ext-diff", "--no-textconv", "--relative")
    prefixes = ("--src-prefix=a/", "--dst-prefix=b/")
    log = _git(folder, "log", "-p", whole, *how, *prefixes, "--format=%x00%H %cI", "--", under)
    found: dict[str, list[Version]] = {}
    for part in (log or "").split("\0")[1:]:
        head, _, patch = part.partition("\n")
        commit, _, time = head.partition(" ")
        for path, text in _patched(patch.split("\n")):
            found.setdefault(path, []).append(Version(commit, dt.datetime.fromisoformat(time).date(), text))
    return found


def _patched(lines: list[str]) -> Iterator[tuple[str, str]]:
    """(path, text after the commit) of each file of a patch that shows files whole; a deleted file is not there."""
    at, path = 0, ""
    while at < len(lines):
        line = lines[at]
        at += 1
        if line.startswith("+++ "):
            path = line[6:] if line.startswith("+++ b/") else ""
        hunk = _HUNK.match(line)
        if hunk is None:
            continue
        old, new = int(hunk[1] or 1), int(hunk[2] or 1)
        text = []
        while (old or new) and at < len(lines):
            mark = lines[at][:1]
            old -= mark in ("-", " ")
            new -= mark in ("+", " ")
            if mark in ("+", " "):
                text.append(lines[at][1:])
            at += 1
        if path:
            yield path, "".join(f"{line}\n" for line in text)


_ALONE = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
"""Settings of the user and the machine are left out: they could change what git says."""


def _git(folder: Path, *arguments: str, settings: Mapping[str, str] = _ALONE) -> str | None:
    """What git prints, or None."""
    settings = {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C", **settings}
    # `safe.directory` is a setting of the user's: without it git refuses a repository that another user owns.
    command = ["git", "-c", "safe.directory=*", "-C", str(folder), *arguments]
    import subprocess  # answers that are kept need no git

    try:
        done = subprocess.run(command, capture_output=True, env={**os.environ, **settings}, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
