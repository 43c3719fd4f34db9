"""Pages kept between builds: a page whose figures, words and templates are those of last time is not made again.

While a page is rendered, its tables note what the template looked at: one row, the rows of one record, or the whole
table. The page is kept with the hash of each of these. Next time the hashes are compared, which costs a fraction of
rendering.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

Look = tuple[str, str, str]
"""What a template looked at: (table or chart, `all` `of` `row` or `chart`, id or key)."""


class Memory:
    """The kept pages of one language and audience, in a folder; `base` is the hash of everything that all pages
    share.
    """

    def __init__(self, folder: Path | None, base: str) -> None:
        self._folder, self._base = folder, base
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def find(self, path: str, digest: Callable[[Look], str]) -> Mapping[str, Any] | None:
        """The kept page's fields, when all it looked at is what it was."""
        if self._folder is None:
            return None
        try:
            kept = json.loads((self._folder / _name(path)).read_bytes())
        except (FileNotFoundError, ValueError):
            return None
        if kept["base"] != self._base or any(digest((name, how, key)) != was for name, how, key, was in kept["looks"]):
            return None
        found: Mapping[str, Any] = kept["page"]
        return found

    def keep(self, path: str, page: Any, looks: set[Look], digest: Callable[[Look], str]) -> None:
        """Keeps a page with the hash of each thing it looked at."""
        if self._folder is None:
            return
        noted = [(*look, digest(look)) for look in sorted(looks)]
        text = json.dumps({"base": self._base, "looks": noted, "page": asdict(page)}, ensure_ascii=False)
        target = self._folder / _name(path)
        fresh = target.with_suffix(f".{os.getpid()}")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(target)

    def forget(self, paths: set[str]) -> None:
        """Drops every page but these: a record that is gone leaves nothing behind."""
        if self._folder is None:
            return
        names = {_name(path) for path in paths}
        for file in self._folder.iterdir():
            if file.name not in names:
                with contextlib.suppress(FileNotFoundError):
                    file.unlink()


def _name(path: str) -> str:
    return hashlib.sha256(path.encode()).hexdigest()[:32]


def digest_of(*parts: Any) -> str:
    """A short hash of values whose `repr` says all about them."""
    sums = hashlib.blake2b(digest_size=12)
    for part in parts:
        sums.update(part if isinstance(part, bytes) else repr(part).encode())
        sums.update(b"\0")
    return sums.hexdigest()


def program(*folders: Path | None) -> str:
    """The hash of this program's code, templates and words, and of an organisation's own templates."""
    package = Path(__file__).resolve().parent.parent
    sums = hashlib.blake2b(digest_size=12)
    for folder in (package, *folders):
        if folder is None or not folder.is_dir():
            continue
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".j2", ".po", ".mo", ".yml") and path.is_file():
                sums.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return sums.hexdigest()
