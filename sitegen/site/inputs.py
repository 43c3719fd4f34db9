"""What a site is made of, as one hash: the records, templates and pages of an organisation, the options, and this
program.

`build` asks for it first: a site whose inputs are those of the last build is up to date, and nothing heavy is
loaded.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
LIBRARIES = (
    "altair", "babel", "holidays", "jinja2", "markdown-it-py", "mkdocs", "mkdocs-material", "narwhals", "nh3", "polars",
    "pydantic", "pyyaml", "vl-convert-python", "xlsxwriter",
)  # fmt: skip
"""What the bytes of a site depend on besides our own code."""


def fingerprint(root: Path, home: Path, **options: object) -> str:
    """The hash of all inputs: every file of the records, of `templates/` and `docs/` beside them, and `mkdocs.yml`;
    the commit.
    """
    from sitegen import git

    sums = hashlib.sha256()
    commit = git.commit(home)
    said = [
        sys.version,
        *(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES),
        repr(sorted(options.items())),
    ]
    said.append(f"{commit.hash} {commit.time}" if commit else "no commit")
    sums.update("\n".join(said).encode())
    for folder in (root, home / "templates", home / "docs", PACKAGE):
        sums.update(b"\0\0" + folder.name.encode())
        for name, path in files_below(folder):
            sums.update(name.encode() + b"\0" + hashlib.sha256(_bytes(path)).digest())
    sums.update(b"\0\0" + _bytes(str(home / "mkdocs.yml")))
    return sums.hexdigest()


def files_below(folder: Path) -> list[tuple[str, str]]:
    """(path below the folder, path) of every file, sorted; hidden folders and compiled Python are left out."""
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__" and not name.startswith(".")]
        for name in names:
            if not name.endswith((".pyc", ".mo", "~", ".swp")):
                path = os.path.join(place, name)
                found.append((os.path.relpath(path, folder).replace(os.sep, "/"), path))
    return sorted(found)


def stamp(*folders: Path) -> tuple[tuple[str, int, int], ...]:
    """Path, time and size of every file below the folders: differs as soon as one was saved. `serve` asks for it
    all the time.
    """
    found = []
    for folder in folders:
        for _, path in files_below(folder) if folder.is_dir() else [("", str(folder))]:
            try:
                status = os.stat(path)
            except FileNotFoundError:
                continue
            found.append((path, status.st_mtime_ns, status.st_size))
    return tuple(found)


def _bytes(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b"\0 not there"
