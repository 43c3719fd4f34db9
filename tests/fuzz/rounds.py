"""One round of the fuzz: what is spoilt, and what must hold afterwards."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import yaml12

from sitegen import checks, messages, records
from sitegen.models import KINDS

ROOT = Path(__file__).resolve().parents[2]
AS_OF = dt.date(2026, 6, 30)
MOST_OF_A_KIND = 5
LARGEST = 4_000
"""Files of a kind in the small company, and bytes in a file."""
SLOW = 5.0
"""Seconds. A round takes less than 0.1."""

VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 9, 35, 2026, 10**15, 0.1, -0.0, 1e300, "", " ", "x", "seo", "SEO", "a/b", "..",
    "inactive",
    "2026-03-16", "2026-02-29", "2026-13-45", "0000-00-00", "9999-12-31", "0001-01-01", "2026-W53", "2025-W53",
    "2026-W00",
    "2026-03", "2026-Q1", "2026-H2", "9999", "1h30m", "99999999h", "100%", "1e5%", "DKK", "EUR", "mon", "null", "%(n)s",
    "{x}", "{customer.name}", "æøå", "ｆｕｌｌ", "é" * 300, [], {}, [[]], [{}], [None], {"": 1}, {"x": None},
    {"2026-01-01": 1},
    {"amount": 1, "currency": "EUR"}, {"amount": {}, "currency": []}, ["x", "x"], {"2026-01-01": {"2026-01-02": 1}},
)  # fmt: skip
PIECES = (
    b"\t", b"\0", b"\r", b"\xff", b"\xe2\x80\xae", b"\xc2\x85", b": ", b" #", b"- ", b"{", b"}", b"[", b"]", b"'", b'"',
    b"|",    b">", b"&a", b"*a", b"!x", b"<<: ", b"---\n", b"...\n", b"? ", b"%", b"@", b"\n", b"\n\n", b"  ",
    b"<<<<<<< a\n", b",", b"0", b"\xef\xbb\xbf", b"\\", b"\xf0\x9f\x98\x80",
)  # fmt: skip


class Failure(Exception):
    """Something that must never come of bad records."""


@dataclass(frozen=True)
class Company:
    """A folder of valid records, the bytes of each file, and the kinds of all keys and scalars in them."""

    root: Path
    files: dict[str, bytes]
    keys: tuple[str, ...]

    @classmethod
    def cut(cls, folder: Path) -> Company:
        """A small company: of each kind a few small files, of the page of the format and of the example."""
        root = folder / "records"
        kept: dict[str, int] = {}
        files: dict[str, bytes] = {}
        for source in (ROOT / "tests/cases/ok/example", ROOT / "records"):
            for file in records.read(source).files:
                raw = (source / file.path).read_bytes()
                if kept.get(file.kind.name, 0) >= MOST_OF_A_KIND or len(raw) > LARGEST:
                    continue
                kept[file.kind.name] = kept.get(file.kind.name, 0) + (file.path not in files)
                files[file.path] = raw
        for path, raw in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(raw)
        keys = {key for kind in KINDS for key in _keys(kind.model.model_json_schema())}
        return cls(root, files, tuple(sorted(keys)))


def _keys(schema: Any) -> set[str]:
    if isinstance(schema, dict):
        own = set(schema["properties"]) if isinstance(schema.get("properties"), dict) else set()
        return own.union(*map(_keys, schema.values()))
    return set().union(*map(_keys, schema)) if isinstance(schema, list) else set()


@dataclass
class Round:
    """Spoils files, reads and checks everything, and puts the files back."""

    company: Company
    random: Random
    spoilt: dict[str, bytes] = field(default_factory=dict)

    def run(self) -> None:
        """Spoil, and see that every mistake is told with a place and a sentence.

        Raises:
            Failure: a problem without a place or words, or a round that took too long.
        """
        for _ in range(self.random.choice((1, 2, 6))):
            path = self.random.choice(sorted(self.company.files))
            raw = self.company.files[path]
            for _ in range(self.random.choice((1, 1, 1, 2, 5))):
                raw = self.random.choice((self.bytes, self.lines, self.keys, self.values, self.values, self.data))(raw)
            self.spoilt[path] = raw
            (self.company.root / path).write_bytes(raw)
        began = time.perf_counter()
        read = records.read(self.company.root)
        problems = checks.run(read, self.company.root, AS_OF)
        took = time.perf_counter() - began
        for problem in problems:
            for place in (problem.place, *problem.also):
                lines = self._lines(place.file)
                if not 1 <= place.line <= lines or place.column < 1:
                    raise Failure(f"{problem.code} has the place {place} in a file of {lines} lines")
            for lang in ("en", "da"):
                for text in (problem.sentence, problem.hint):
                    messages.translate(lang, text, problem.values)
        if took > SLOW:
            raise Failure(f"a round took longer than {SLOW} s")

    def _lines(self, file: str) -> int:
        if not (self.company.root / file).is_file():
            raise Failure(f"a problem lies in {file}, and there is no such file")
        return (self.company.root / file).read_bytes().count(b"\n") + 1

    def undo(self) -> None:
        """The company as it was."""
        for path in self.spoilt:
            (self.company.root / path).write_bytes(self.company.files[path])

    def files(self) -> str:
        """The spoilt files, as they can be put into a test."""
        return "".join(f"{path}:\n{raw!r}\n" for path, raw in self.spoilt.items())

    def bytes(self, raw: bytes) -> bytes:
        """Some bytes deleted, doubled, changed or put in."""
        at = self.random.randrange(len(raw) + 1)
        end = min(len(raw), at + self.random.choice((0, 1, 1, 2, 10)))
        piece = self.random.choice(
            (b"", raw[at:end] * 2, bytes([self.random.randrange(256)]), self.random.choice(PIECES))
        )
        return raw[:at] + piece + raw[end:]

    def lines(self, raw: bytes) -> bytes:
        """A line deleted, doubled, moved, joined with the next, or indented otherwise."""
        lines = raw.split(b"\n")
        at = self.random.randrange(len(lines))
        line = lines.pop(at)
        what = self.random.randrange(6)
        if what == 1:
            lines[at:at] = [line, line]
        elif what == 2:
            lines.insert(self.random.randrange(len(lines) + 1), line)
        elif what == 3:
            lines[at : at + 1] = [line + lines[at]] if at < len(lines) else [line]
        elif what == 4:
            lines.insert(at, b" " * self.random.randrange(1, 7) + line)
        elif what == 5:
            lines.insert(at, line[self.random.randrange(4) :])
        return b"\n".join(lines)

    def keys(self, raw: bytes) -> bytes:
        """A key renamed to another key of any record."""
        return self._replaced(raw, b":", before=True, by=self.random.choice(self.company.keys).encode())

    def values(self, raw: bytes) -> bytes:
        """What stands after a colon, replaced."""
        value = self.random.choice(VALUES)
        by = yaml12.format_yaml(value) if self.random.random() < 0.5 else str(value)
        return self._replaced(raw, b": ", before=False, by=by.strip().encode())

    def _replaced(self, raw: bytes, sign: bytes, *, before: bool, by: bytes) -> bytes:
        """The word before or after one of the signs replaced."""
        places = [at for at in range(len(raw)) if raw.startswith(sign, at)]
        if not places:
            return raw
        at = self.random.choice(places)
        if before:
            start = at
            while start and raw[start - 1 : start] not in (b" ", b"{", b"\n"):
                start -= 1
            return raw[:start] + by + raw[at:]
        start = end = at + len(sign)
        while end < len(raw) and raw[end : end + 1] not in (b",", b"}", b"\n"):
            end += 1
        return raw[:start] + by + raw[end:]

    def data(self, raw: bytes) -> bytes:
        """A value anywhere in the data replaced, deleted, or put under another key; written anew."""
        try:
            data = yaml12.parse_yaml(raw.decode("utf-8"))
        except ValueError:
            return raw
        inside = data
        while isinstance(inside, (dict, list)) and inside:
            step = self.random.choice(list(inside) if isinstance(inside, dict) else range(len(inside)))
            below = inside[step]
            if isinstance(below, (dict, list)) and below and self.random.random() < 0.8:
                inside = below
                continue
            what = self.random.randrange(4)
            if what == 0:
                del inside[step]
            elif what == 1 and isinstance(inside, dict):
                inside[self.random.choice(self.company.keys)] = inside.pop(step)
            else:
                inside[step] = self.random.choice(VALUES)
            break
        return (yaml12.format_yaml(data) + "\n").encode()
