"""From files in memory to a folder on disk: what did not change is kept as it is, and the folder changes at once or
not at all.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


class NotOurs(RuntimeError):
    """The folder to build in holds something that no build of ours made."""


@dataclass(frozen=True)
class Written:
    """What publishing did: files that are new or changed, files that are as they were, files that are gone."""

    changed: tuple[str, ...]
    kept: int
    gone: tuple[str, ...]


def manifest_of(out: Path, cache: Path) -> Path:
    """Where the manifest of a folder lies: in the cache, by the folder's place on this machine."""
    name = hashlib.sha256(str(out.resolve()).encode()).hexdigest()[:16]
    return cache / "built" / f"{name}.json"


def is_ours(out: Path) -> bool:
    """Whether what a folder holds is a site that a build made."""
    return (out / "assets" / "shell.css").is_file()


def up_to_date(out: Path, cache: Path, inputs: str) -> bool:
    """Whether the folder is what these inputs gave last time, untouched since: every file has its size and time."""
    manifest = _read(manifest_of(out, cache))
    if manifest.get("inputs") != inputs:
        return False
    known = manifest["files"]
    found = 0
    for path, _, files in os.walk(out):
        for name in files:
            full = os.path.join(path, name)
            state = known.get(os.path.relpath(full, out).replace(os.sep, "/"))
            status = os.stat(full)
            if state is None or state[1:] != [status.st_size, status.st_mtime_ns]:
                return False
            found += 1
    return found == len(known)


def _read(path: Path) -> dict:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}


def publish(files: Mapping[str, bytes], out: Path, cache: Path, inputs: str) -> Written:
    """Makes `out` hold exactly these files.

    The new folder is made beside the old one and takes its place by renaming. A file whose bytes are those of the
    last build is linked from the old folder, so that its time stays and nothing is written.

    Raises:
        NotOurs: `out` holds files and no build of ours made it.
    """
    out = out.resolve()
    manifest_path = manifest_of(out, cache)
    known = _read(manifest_path).get("files", {})
    if out.exists() and not out.is_dir():
        raise NotOurs(str(out))
    if out.is_dir() and any(out.iterdir()) and not is_ours(out):
        raise NotOurs(str(out))
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}-new-"))
    changed, states = [], {}
    try:
        made: set[Path] = set()
        for name in sorted(files):
            content = files[name]
            target = fresh / name
            if target.parent not in made:
                target.parent.mkdir(parents=True, exist_ok=True)
                made.add(target.parent)
            digest = hashlib.sha256(content).hexdigest()
            if not _link(out / name, target, known.get(name), digest):
                target.write_bytes(content)
                changed.append(name)
            status = target.stat()
            states[name] = [digest, status.st_size, status.st_mtime_ns]
        fresh.chmod(0o755)
        manifest_path.unlink(missing_ok=True)
        _swap(fresh, out)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    manifest_path.parent.mkdir(parents=True, exist_ok=True)
    temporary = manifest_path.with_suffix(".new")
    temporary.write_text(json.dumps({"inputs": inputs, "files": states}), encoding="utf-8")
    temporary.rename(manifest_path)
    return Written(tuple(changed), len(files) - len(changed), tuple(sorted(set(known) - set(files))))


def _link(old: Path, new: Path, state: list | None, digest: str) -> bool:
    """Links the old file to its new place if the last build wrote these very bytes and nobody touched it since."""
    if state is None or state[0] != digest:
        return False
    try:
        status = old.stat(follow_symlinks=False)
        if state[1:] != [status.st_size, status.st_mtime_ns]:
            return False
        os.link(old, new, follow_symlinks=False)
    except (OSError, NotImplementedError):
        return False
    return True


def _swap(fresh: Path, out: Path) -> None:
    """Puts the new folder in the old one's place; if that fails, the old one is put back."""
    if not out.exists():
        fresh.rename(out)
        return
    old = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}-old-"))
    aside = old / "site"
    out.rename(aside)
    try:
        fresh.rename(out)
    except BaseException:
        aside.rename(out)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
