"""What `sitegen new` asks: each answer is judged when it is given, and asked for again where it cannot stand.

An answer is read as it would be in the file, by the same reader. Where nobody can doubt what was meant, it is taken as
that and shown (`37,5` hours, `investering`, the name of a person); a day is not, for it could be another one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, RootModel

from sitegen import messages, yamlfile
from sitegen.checks.references import OWNED, UNKNOWN, Nearest
from sitegen.checks.spans import PAIRS
from sitegen.codes import CODES
from sitegen.commands.language import Refused, Voice
from sitegen.commands.telling.verdict import Teller, shown
from sitegen.models import KINDS, Kind
from sitegen.models.base import descriptions, key_of
from sitegen.models.fields import Context
from sitegen.models.shape import Field, Leaf, Many, Map, Nested, Shape, Spans, fields_of
from sitegen.problems import Place, Problem
from sitegen.records.folder import File, kind_of_path, slug
from sitegen.records.index import DEFINED_IN, Index, add_definitions
from sitegen.records.meant import same_word
from sitegen.records.reader import read_file
from sitegen.records.references import references, written_day
from sitegen.records.telling import validate
from sitegen.records.writing import ordered_fields, record_text
from sitegen.yamlfile import Document
from sitegen.yamlfile.nodes import node_of

Ask = Callable[[str], str]
"""Asks a person a question, and gives the answer."""
MOST_SHOWN = 8
"""So many ids are shown beside the question that one of them answers."""
_WANTED = {
    "organisation": ("languages", "reporting_department"),
    "person": ("employed", "department", "weekly_hours", "internal_rate"),
    "project": ("department", "owner"),
}
"""Keys that a kind may leave out and its pages are empty without: asked for as well, where nothing was `--set`."""
_TAKEN = frozenset(
    {
        "bad-country", "bad-currency", "decimal-comma", "digits-wanted", "list-wanted", "not-a-number", "not-a-share",
        "not-hours", "not-money", "whole-number-wanted", "yes-no-wanted",
    }
)  # fmt: skip
"""Mistakes whose repair is what was meant."""
_PERHAPS_THOUSANDS = re.compile(r"\d,\d{3}(?!\d)")
"""Twelve hundred to some, a little more than one to others."""
_BETWEEN = re.compile(r"\s*[,;]\s*")
_VISITORS = re.compile(r"(?:web\w*[ -]?)?(?:bes(?:ø|oe?)[gk](?:ende)?|visit(?:or)?s?)", re.IGNORECASE)
"""What the stage before the first cards is called: its number comes from the web figures."""
_AS_IN_FILE = ("{", "[")
"""How an answer begins that is written as in the file."""
_SOURCE = re.compile(r" \([BFMPT]\d+\)")
"""Where in the requirements a field comes from: for us, and nothing to who writes a record."""


T = TypeVar("T")


def until(ask: Ask, question: str, judge: Callable[[str], T]) -> T:
    """What an answer stands for; asked again, with the reason, while it is refused."""
    while True:
        try:
            return judge(ask(question).strip())
        except Refused as refusal:
            print(f"  {shown(str(refusal))}", file=sys.stderr)


@dataclass(frozen=True)
class Question:
    """What is asked for one key.

    `key` is that of the record, `shown` what stands in the question, `about` what it means, `shape` that of
    the answer. `before` and `after` stand around the answer in the file. `optional`: Enter leaves it out; `default` is
    what Enter stands for, where it stands for something.
    """

    key: str
    shown: str
    about: str
    shape: Shape
    before: str = ""
    after: str = ""
    optional: bool = False
    default: str = ""
    above_zero: bool = False


@dataclass
class Interview:
    """Asks for what a record must say, and for what its pages are empty without.

    `data` is what it says so far, and is added to. `asks` is None where nobody is there to answer: then only what was
    said is taken as it is meant.
    """

    root: Path
    kind: Kind
    file: File
    voice: Voice
    context: Context
    asks: Ask | None
    data: dict[str, Any]
    known: Known = field(init=False)

    def __post_init__(self) -> None:
        self.known = Known(self.root, self.kind, self._written_so_far)

    def fill(self) -> None:
        """Ask for all that is not there yet."""
        if issubclass(self.kind.model, RootModel):
            return  # one map of many entries: they are written in the file
        wanted = () if self.data else _WANTED.get(self.kind.name, ())
        fields = ordered_fields(self.kind.model)
        for one in sorted(fields, key=self._names_own):
            demanded = one.required or one.key in self._demanded()
            if one.key in self.data or not (demanded or one.key in wanted):
                continue
            if (self.kind.name, one.key) == ("project", "budget"):
                self._ask_budget(one)
            elif (self.kind.name, one.key) == ("template", "text"):
                continue  # the body of the file
            elif _is_named(one.shape):
                self._ask_names(one)
            elif isinstance(one.shape, (Map, Many)) and one.required:
                self.data[one.key] = {} if isinstance(one.shape, Map) else []  # nothing that a line can say
            else:
                found = self._answer(self._question(one, optional=not demanded))
                if found is not None:
                    self.data[one.key] = found[0]

    def take_names(self) -> None:
        """Make of names that were given for a list or map what their question makes of them.

        Raises:
            Refused: where no entry can have such a name.
        """
        for one in ordered_fields(self.kind.model):
            text = self.data.get(one.key)
            if not isinstance(text, str) or not _is_named(one.shape) or not (self.asks or _needs_only_names(one.shape)):
                continue
            self.data[one.key], wrong = self._named(one, text)
            if wrong:
                raise Refused(wrong)

    def ask(self, question: str) -> str:
        """The answer to a question."""
        assert self.asks is not None
        return self.asks(question)

    def wrong_so_far(self) -> list[Problem]:
        """What is wrong in what the record says already."""
        return self._wrong(self._written_so_far()) if self.data else []

    def _demanded(self) -> tuple[str, ...]:
        """Keys that may be left out, and that `validate` demands after what was answered."""
        said = self.data.get("type")
        types = said.values() if isinstance(said, dict) else (said,)
        return ("end", "budget") if self.kind.name == "project" and "investment" in types else ()

    def _names_own(self, one: Field) -> bool:
        """Whether a field names what the record itself defines: that comes after it."""
        ref = one.shape.ref if isinstance(one.shape, Leaf) else None
        return ref is not None and DEFINED_IN.get(ref.kind) == self.kind.name

    def _written_so_far(self) -> Document:
        return yamlfile.parse(record_text(node_of(self.data), self.kind.model), self.file.path)

    # --- questions

    def _question(self, one: Field, *, optional: bool) -> Question:
        """The question for a field; of a mapping with one needed key for that."""
        about, shape = words_of(self.kind.model, one, self.voice), one.shape
        if isinstance(shape, Nested):
            needed = [inner for inner in fields_of(shape.model) if inner.required]
            if len(needed) == 1:
                about = words_of(shape.model, needed[0], self.voice)
                return Question(
                    one.key, f"{one.key}.{needed[0].key}", about, needed[0].shape, f"{{{needed[0].key}: ", "}", optional
                )
        shape = shape.item if isinstance(shape, Spans) else shape
        if isinstance(shape, Many) and isinstance(shape.item, Leaf):
            lang = self.voice.lang if one.key == "languages" else ""
            return Question(one.key, one.key, about, shape, "[", "]", optional, default=lang)
        return Question(one.key, one.key, about, shape, optional=optional)

    def _ask_budget(self, one: Field) -> None:
        """The first baseline of a project: its hours, and the day they were decided."""
        assert isinstance(one.shape, Many) and isinstance(one.shape.item, Nested)
        entry = one.shape.item.model
        hours, on = (next(inner for inner in fields_of(entry) if inner.key == key) for key in ("hours", "on"))
        start = str(self.data["start"])
        about = words_of(entry, hours, self.voice)
        before = f"[{{on: {start}, hours: "
        asked = Question(one.key, f"{one.key}.hours", about, hours.shape, before, "}]", above_zero=True)
        found = self._answer(asked)
        if found is None:
            return
        self.data[one.key], written = found
        if not written.startswith(_AS_IN_FILE):
            day = Question(
                one.key,
                f"{one.key}.on",
                words_of(entry, on, self.voice),
                on.shape,
                "[{on: ",
                f", hours: {written}}}]",
                default=start,
            )
            found = self._answer(day)
            self.data[one.key] = found[0] if found else self.data[one.key]

    def _ask_names(self, one: Field) -> None:
        """A list or map of things that have names: their names, and what else each of them must say."""
        asked = self._question(one, optional=True)
        while text := self.ask(self._said(asked)).strip():
            if text.startswith(_AS_IN_FILE):
                value, _, wrong = self._judged(asked, text)
            else:
                value, wrong = self._named(one, text)
            if not wrong:
                self.data[one.key] = value
                return
            self._tell(wrong)
        if one.required:
            self.data[one.key] = {} if isinstance(one.shape, Map) else []

    def _named(self, one: Field, text: str) -> tuple[Any, str]:
        """Things with these names, or what is wrong with the names."""
        if hidden := self._hidden(text):
            return None, hidden
        names = [name for name in _BETWEEN.split(text) if name] or [text]
        ids = [slug(name) for name in names]
        for name, id in zip(names, ids, strict=True):
            if not id:
                return None, self._sentence(Problem("bad-id", self._place, {"written": name}))
            if ids.count(id) > 1:
                return None, self._sentence(Problem("defined-twice", self._place, {"id": id}))
        item = one.shape.item if isinstance(one.shape, (Map, Many)) else None
        if not isinstance(item, Nested):
            return dict(zip(ids, names, strict=True)), ""
        entries: dict[str, dict[str, Any]] = {id: {"name": name} for id, name in zip(ids, names, strict=True)}
        value: Any = entries
        if isinstance(one.shape, Many):
            value = [{"id": id, **entry} for id, entry in entries.items()]
        line = record_text(node_of({one.key: value}), self.kind.model)
        missing = [inner for inner in fields_of(item.model) if inner.required and inner.key not in ("id", "name")]
        known = frozenset(inner.key for inner in missing)
        wrong = [
            problem
            for problem in self._wrong(yamlfile.parse(line, self.file.path))
            if problem.code != "missing-key" or problem.values["key"] not in known
        ]
        if wrong:
            return None, self._sentence(wrong[0])
        for id, entry in entries.items():
            for inner in missing:
                entry[inner.key] = self._of_entry(one.key, id, item.model, inner)
        if self.kind.name == "stages" and one.key == "stages":
            value[-1]["won"] = True
            if len(value) > 1 and _VISITORS.fullmatch(names[0]):
                value[0]["counted_in"] = "web"
                print(f"  {one.key}.{ids[0]}.counted_in: web")
        return value, ""

    def _of_entry(self, key: str, id: str, model: type[BaseModel], inner: Field) -> Any:
        """What an entry must say besides its name; not asked where only one thing can be said."""
        ref = inner.shape.ref if isinstance(inner.shape, Leaf) else None
        ids = self.known.ids(ref.kind) if ref else frozenset()
        if len(ids) == 1:
            return next(iter(ids))
        before = f"{{{id}: {{name: x, {inner.key}: "
        found = self._answer(
            Question(key, f"{key}.{id}.{inner.key}", words_of(model, inner, self.voice), inner.shape, before, "}}")
        )
        return found[0][id][inner.key] if found else None

    def _said(self, asked: Question) -> str:
        """The question in words: the key, what it means, what can be answered, what Enter stands for."""
        said = [asked.about]
        words = self._choices(asked.shape)
        if words:
            said.append(self.voice.say("One of: %(words)s.", words=", ".join(words)))
        if _is_named(asked.shape):
            said.append(self.voice.say("Their names, with commas between."))
            if asked.key == "stages":
                said.append(self.voice.say("A card at the last of them is a customer."))
                said.append(self.voice.say("A first one called visitors is counted in the web figures."))
            said.append(self.voice.say("Enter: none yet."))
        elif asked.default:
            said.append(self.voice.say("Enter: %(value)s.", value=asked.default))
        elif asked.optional:
            said.append(self.voice.say("Enter: not known."))
        return f"{asked.shown} ({' '.join(' '.join(said).split())})"

    def _choices(self, shape: Shape) -> list[str]:
        """The words or ids that can be answered, where they are few."""
        shape = shape.item if isinstance(shape, (Many, Spans)) else shape
        if not isinstance(shape, Leaf):
            return []
        words = shape.words or (self.known.ids(shape.ref.kind) if shape.ref else frozenset())
        return sorted(words) if len(words) <= MOST_SHOWN else []

    # --- answers

    def _answer(self, asked: Question) -> tuple[Any, str] | None:
        """The value of the key, and the answer as it is written in the file; None where Enter left it out.

        What is not asked at all: an id that may be left out, while nothing has one.
        """
        ref = asked.shape.ref if isinstance(asked.shape, Leaf) else None
        if asked.optional and ref and not self.known.ids(ref.kind):
            return None
        while True:
            text = self.ask(self._said(asked)).strip() or asked.default
            if not text and asked.optional:
                return None
            if not text:
                self._tell(self._sentence(Problem("missing-key", self._place, {"key": asked.shown})))
                continue
            value, written, wrong = self._judged(asked, text)
            if not wrong:
                if written != text and written[:1] != "'":
                    print(f"  {asked.shown}: {written}")
                return value, written
            self._tell(wrong)

    def _judged(self, asked: Question, text: str) -> tuple[Any, str, str]:
        """The value of the key, the answer as it is written in the file, and what is wrong with it, else ""."""
        if hidden := self._hidden(text):
            return None, text, hidden
        free = isinstance(asked.shape, Leaf) and asked.shape.free
        alone = free or not text.startswith(_AS_IN_FILE)
        before, after = (asked.before, asked.after) if alone else ("", "")
        quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
        written = "'" + text.replace("'", "''") + "'" if free and not quoted else text
        if isinstance(asked.shape, Many) and isinstance(asked.shape.item, Leaf) and alone:
            words = asked.shape.item.words
            written = ", ".join(same_word(word, words) or word for word in _BETWEEN.split(text))
        while True:
            document = yamlfile.parse(f"{asked.key}: {before}{written}{after}\n", self.file.path)
            wrong = self._wrong(document)
            if not wrong:
                value = document.data[asked.key]
                if asked.above_zero and not any(entry.get("hours") for entry in value):
                    return None, written, self.voice.say(CODES["no-hours"].sentence)
                return value, written, ""
            repair = self._meant(wrong, written) if alone else ""
            if not repair or "…" in repair or repair == written:
                return None, written, self._sentence(wrong[0])
            written = repair

    def _hidden(self, text: str) -> str:
        """What is wrong with the letters of an answer, such as those that a key of the keyboard leaves; else ""."""
        _, problems = yamlfile.decode(text.encode("utf-8", "surrogateescape"), self.file.path)
        return self._sentence(problems[0]) if problems else ""

    def _wrong(self, document: Document) -> list[Problem]:
        """What is wrong in a part of the record: of the model, an id that nothing has, an end before the beginning."""
        validate(self.kind.model, document, self.context)
        needed = {one.key for one in fields_of(self.kind.model) if one.required}
        whole = document.place(())
        found = [
            one
            for one in document.problems
            if not (one.code == "missing-key" and one.place == whole and one.values["key"] in needed)
        ]
        data = document.data if isinstance(document.data, dict) else {}
        unknown = [
            Problem(UNKNOWN[kind], document.place(path), {"id": id, **self.known.near(kind)("", id)})
            for kind, id, path, _ in references(self.kind.model, data, self.file.id)
            if kind in UNKNOWN and kind not in OWNED and id not in self.known.ids(kind)
        ]
        told = {one.values["id"] for one in unknown}
        found = [one for one in found if one.code != "bad-id" or one.values["written"] not in told] + unknown
        return found or [*self._too_early(document)]

    def _too_early(self, document: Document) -> Iterator[Problem]:
        """Ends before beginnings, of the record and of what stands in its keys."""
        written = document.data if isinstance(document.data, dict) else {}
        inside = (((key,), value, value) for key, value in written.items() if isinstance(value, dict))
        for path, answered, said in (((), written, {**self.data, **written}), *inside):
            for first, last in PAIRS:
                begins, ends = (written_day(str(said.get(key_of(name)))) for name in (first, last))
                if begins and ends and ends < begins and key_of(last) in answered:
                    values: dict[str, str | int] = {"written": ends.isoformat(), "first": begins.isoformat()}
                    yield Problem("ends-before", document.place((*path, key_of(last))), values)

    def _meant(self, wrong: Sequence[Problem], written: str) -> str:
        """What was meant by an answer that cannot stand, where nobody can doubt it; else ""."""
        only = wrong[0]
        if len(wrong) > 1 or _PERHAPS_THOUSANDS.search(written):
            return ""
        if only.code in UNKNOWN.values():
            kind = next(kind for kind, code in UNKNOWN.items() if code == only.code)
            ids = self.known.ids(kind) & {written.lower()} or self.known.near(kind).called("", written)
            return next(iter(ids)) if len(ids) == 1 else ""
        if only.code == "unknown-word":
            return same_word(written, frozenset(str(only.values["words"]).split(", ")))
        return str(only.values.get("repair", "")) if only.code in _TAKEN else ""

    @property
    def _place(self) -> Place:
        return Place(self.file.path)

    def _sentence(self, problem: Problem) -> str:
        """What is wrong and how to mend it, in one sentence."""
        teller = Teller(self.root, self.voice.lang, "management")
        return "; ".join(filter(None, (teller.sentence(problem), teller.hint(problem))))

    def _tell(self, wrong: str) -> None:
        print(f"  {wrong}", file=sys.stderr)


class Known:
    """The ids that a folder and the record that is being written define, and the nearest to one that is none."""

    def __init__(self, root: Path, own: Kind, so_far: Callable[[], Document]) -> None:
        self._root = root
        self._own = own
        self._so_far = so_far
        self._indexes: dict[str, tuple[Index, list[tuple[str, str]]]] = {}

    def ids(self, kind: str) -> frozenset[str]:
        """Every id of a kind. Of records with files of their own the names of the files are enough."""
        where = self._kinds[DEFINED_IN.get(kind, kind)]
        if kind not in DEFINED_IN:
            return frozenset(file.id for file in self._files(where))
        return self._index(where)[0].ids(kind)

    def near(self, kind: str) -> Nearest:
        """What finds the nearest id of a kind."""
        index, names = self._index(self._kinds[DEFINED_IN.get(kind, kind)])
        return Nearest(index.ids(kind), index.names(kind), lambda: names if kind not in DEFINED_IN else ())

    @cached_property
    def _kinds(self) -> dict[str, Kind]:
        return {kind.name: kind for kind in KINDS}

    def _files(self, kind: Kind) -> Iterator[File]:
        for path in sorted(self._root.glob(re.sub(r"\{\w+\}", "*", kind.pattern))):
            found = kind_of_path(path.relative_to(self._root).as_posix())
            if isinstance(found, File):
                yield found

    def _index(self, kind: Kind) -> tuple[Index, list[tuple[str, str]]]:
        """What the files of a kind define, and (id, name) of each; read once, but for the record itself."""
        if kind is not self._own and kind.name in self._indexes:
            return self._indexes[kind.name]
        index, names = Index(), []
        files = [(file, read_file(self._root, file.path)[0]) for file in self._files(kind)]
        if kind is self._own and not kind.many:
            files.append((File(kind.pattern, kind, {}), self._so_far()))
        for file, document in files:
            list(add_definitions(index, file, document))
            name = document.data.get("name") if isinstance(document.data, dict) else None
            names.append((file.id, name if isinstance(name, str) else ""))
        self._indexes[kind.name] = index, names
        return index, names


def _is_named(shape: Shape) -> bool:
    """Whether it is a list or map of things of which a name is enough to begin with."""
    if isinstance(shape, Many):
        keys = {one.key for one in fields_of(shape.item.model)} if isinstance(shape.item, Nested) else set()
        return {"id", "name"} <= keys
    if not isinstance(shape, Map):
        return False
    if isinstance(shape.item, Nested):
        return any(one.key == "name" and one.required for one in fields_of(shape.item.model))
    return isinstance(shape.item, Leaf) and shape.item.free


def _needs_only_names(shape: Shape) -> bool:
    """Whether an entry of such a list or map may say nothing but its id and name."""
    item = shape.item if isinstance(shape, (Map, Many)) else None
    return not isinstance(item, Nested) or not any(
        one.required and one.key not in ("id", "name") for one in fields_of(item.model)
    )


def words_of(model: type[BaseModel], one: Field, voice: Voice) -> str:
    """What a field means, in the reader's language."""
    said = messages.template(voice.lang, descriptions(model).get(one.attribute, ""))
    return " ".join(without_source(said).split())


def without_source(text: str) -> str:
    """A text about a record without the numbers of the requirements."""
    return _SOURCE.sub("", text)
