"""`sitegen new KIND`: write a record that passes `validate`, with a comment on every key saying what it means.

What must be written is taken from options or asked for; all other keys are named in comments. The file is checked with
all others when it is there, and taken away again where the checks find an error in it. Nothing is ever overwritten.
"""

from __future__ import annotations

import inspect
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, RootModel, ValidationError

from sitegen import messages, yamlfile
from sitegen.codes.code import DID_YOU_MEAN
from sitegen.commands.asking import Ask, Interview, until, without_source, words_of
from sitegen.commands.language import Refused, Voice
from sitegen.commands.meant import ids_in, known_id, names_in, week_meant
from sitegen.commands.telling.verdict import shown
from sitegen.messages.called import language_meant
from sitegen.models import KINDS, Kind
from sitegen.models.days import meant_day, meant_period
from sitegen.models.fields import Context
from sitegen.models.shape import Field, Leaf, Many, Map, Nested, Shape
from sitegen.records.folder import File, example_of, kind_of_path, slug
from sitegen.records.meant import nearest_word
from sitegen.records.reader import read_file
from sitegen.records.writing import WIDTH, ordered_fields, record_text, root_shape
from sitegen.yamlfile.nodes import Node, node_of

if TYPE_CHECKING:
    from sitegen.problems import Problem

_OTHER_LANGUAGE = {
    "mal": "template", "medarbeider": "person", "medarbejder": "person", "skabelon": "template",
    "spørgeskema": "survey", "spørreskjema": "survey",
}  # fmt: skip
"""Kinds as they are called in Danish and Norwegian, beside the words that records have."""
BOOKING = "booking"
"""An entry of a week's file, which is no record of its own: `booking.py` writes it."""


def run(root: Path, name: str, id: str = "", written: Sequence[str] = (), *, ask: Ask | None = None) -> int:
    """Write a new record.

    Args:
        root: the folder of the records.
        name: the kind, such as `project`; `booking` is an entry in the file of a week.
        id: its id, or what else its file is named by: a week's or booking's `mette/2026-W12`, a year's `2026`.
        written: what it says, each `key=value` as it would be written in the file.
        ask: asks a person a question, again until the answer can stand; None where nobody is there to answer.

    Returns:
        0; 1 where the record would have a mistake, 2 for wrong use. Nothing is written then.
    """
    if name == BOOKING:
        from sitegen.commands import booking

        return booking.run(root, id, written, ask=ask)
    voice = Voice.of(root)
    try:
        kind = _kind(name, voice)
        file = _file(root, kind, id, voice) if id or not (ask and kind.many) else _asked_file(root, kind, ask, voice)
        context = Context.from_written(read_file(root, "organisation.yml")[0].data)
        data = _given(kind, written, context, voice)
        if isinstance(data, dict):
            interview = Interview(root, kind, file, voice, context, ask, data)
            interview.take_names()
            if ask:
                if wrong := interview.wrong_so_far():
                    tell_errors(root, voice, wrong)
                    return 1
                interview.fill()
        data = _whole(kind, data, voice)
        text = _text(kind, data, file, _voice_of(data, voice) if kind.name == "organisation" else voice)
    except Refused as refusal:
        print(f"sitegen: {shown(str(refusal))}", file=sys.stderr)
        return 2
    path = root / file.path
    made = [folder for folder in path.parents if not folder.exists()]
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
        wrong = errors_in(root, file.path)
    except BaseException:
        _take_away(path, made)
        raise
    if wrong:
        _take_away(path, made)
        tell_errors(root, voice, wrong)
        return 1
    print(voice.say("%(path)s is there; now write what else you know", path=path.as_posix()))
    return 0


def _kind(name: str, voice: Voice) -> Kind:
    kinds = {_shown_name(kind): kind for kind in KINDS}
    wanted = name.replace("_", "-").lower()
    if wanted not in kinds:
        names = (*kinds, BOOKING)
        if not wanted:
            raise Refused(voice.say("what is to be written? One of: %(kinds)s", kinds=", ".join(names)))
        near = _OTHER_LANGUAGE.get(wanted, "") or nearest_word(wanted, frozenset(names))
        if near:
            told = voice.say("there is no kind of record '%(name)s'", name=name)
            raise Refused(f"{told}; {voice.say(DID_YOU_MEAN, nearest=near)}")
        raise Refused(voice.say("there is no kind of record '%(name)s': %(near)s", name=name, near=", ".join(names)))
    return kinds[wanted]


def _shown_name(kind: Kind) -> str:
    return kind.name.replace("_", "-")


def _names(kind: Kind) -> str:
    """What stands for the braces of the kind's pattern, as it is asked for."""
    return "/".join(part.split("}")[0] for part in kind.pattern.split("{")[1:])


def _file(root: Path, kind: Kind, id: str, voice: Voice) -> File:
    """The file that the record is written in; there must be none yet."""
    given = id.split("/") if id else []
    wanted = _names(kind).split("/") if kind.many else []
    if len(given) != len(wanted):
        shape = "/".join(f"<{part}>" for part in wanted)
        raise Refused(
            voice.say("write its id too: %(kind)s %(shape)s", kind=_shown_name(kind), shape=shape)
            if wanted
            else voice.say("there is only one %(kind)s, so it has no id", kind=_shown_name(kind))
        )
    path = kind.pattern.format(**dict(zip(wanted, given, strict=True)))
    found = kind_of_path(path)
    if not isinstance(found, File) or found.kind is not kind:
        msgid = "'%(id)s' is no id for it: write only what tells the files apart; the file gets a name like %(file)s"
        near = _id_meant(root, wanted, given)
        hint = f"; {voice.say(DID_YOU_MEAN, nearest=near)}" if near else ""
        raise Refused(voice.say(msgid, id=id, file=example_of(kind, {})) + hint)
    if (root / path).exists() or (root / path).is_symlink():
        raise Refused(voice.say("%(path)s is there already, and stays as it is", path=path))
    return found


def _id_meant(root: Path, wanted: Sequence[str], given: Sequence[str]) -> str:
    """What somebody meant who wrote a name where an id belongs, or a time otherwise than files have it; else ""."""
    parts = [_part_meant(root, part, text) for part, text in zip(wanted, given, strict=True)]
    return "/".join(parts) if all(parts) and parts != list(given) else ""


def _asked_file(root: Path, kind: Kind, ask: Ask, voice: Voice) -> File:
    """The file that the record is written in, by the id that is asked for until it can be one."""

    def file_of(text: str) -> File:
        file = _file(root, kind, text, voice)
        if person := file.names.get("person"):
            told = voice.say("no person has the id '%(id)s'", id=person)
            known_id(person, ids_in(root, "time/people"), told, voice, lambda: names_in(root, "time/people"))
        return file

    return until(ask, _names(kind), file_of)


def _part_meant(root: Path, part: str, text: str) -> str:
    if part in ("id", "person"):
        return slug(text)
    if part == "week":
        return week_meant(root, text) or text
    return (meant_period(text) if part == "month" else meant_day(text) if part == "date" else "") or text


def _given(kind: Kind, written: Sequence[str], context: Context, voice: Voice) -> Any:
    """What the record says by options; an empty list where it is one."""
    if issubclass(kind.model, RootModel) and isinstance(root_shape(kind.model), Many):
        if written:
            raise Refused(voice.say("%(kind)s is a list and takes no --set", kind=_shown_name(kind)))
        return []
    data: dict[str, Any] = {}
    for one in written:
        key, equals, text = one.partition("=")
        if not equals or not key:
            raise Refused(voice.say("write --set key=value, not '%(text)s'", text=one))
        data[key] = value_of(kind.model, key, text, context)
    return data


def _whole(kind: Kind, data: Any, voice: Voice) -> Any:
    """The same with what must stand besides: an empty list or map, where that may stand."""
    if issubclass(kind.model, RootModel):
        return data
    fields = ordered_fields(kind.model)
    for field in fields:
        if not field.required or field.key in data or (kind.name == "template" and field.key == "text"):
            continue
        empty = _empty(kind.model, field)
        if empty is None:
            raise Refused(voice.say("'%(key)s' is missing: --set %(key)s=…", key=field.key))
        data[field.key] = empty
    if not data and kind.name == "wheel":
        data["areas"] = {"1-market": {"importance": 1}}  # the names of the areas are fixed: one shows how they go
    if not data and kind.name != "template":
        first = next(field for field in fields if _empty(kind.model, field) is not None)
        data[first.key] = _empty(kind.model, first)
    return data


def _voice_of(organisation: dict[str, Any], voice: Voice) -> Voice:
    """The voice of an organisation that is being written."""
    languages = organisation.get("languages")
    first = language_meant(languages[0], messages.languages()) if isinstance(languages, list) and languages else ""
    return Voice(first) if first else voice


def _empty(model: type[BaseModel], field: Field) -> Any:
    """An empty list or map where that is what the field holds and it may be empty; else None."""
    if isinstance(field.shape, Leaf):
        return None
    empties: tuple[Any, ...] = ([], {})
    return next((empty for empty in empties if _fits(model, field.key, empty)), None)


def value_of(model: type[BaseModel], key: str, text: str, context: Context) -> Any:
    """What was meant by a text: what YAML reads in it, or the text itself where only that fits (`cvr=12345678`)."""
    clean, _ = yamlfile.decode(text.encode("utf-8", "surrogateescape"), "")
    if clean is None:
        return text  # what is wrong with its letters is told of the file
    document = yamlfile.parse(f"value: {text}\n", "")
    read = document.data["value"] if isinstance(document.data, dict) and not document.problems else text
    return text if not _fits(model, key, read, context) and _fits(model, key, text, context) else read


def _fits(model: type[BaseModel], key: str, value: Any, context: Context | None = None) -> bool:
    """Whether a model has nothing against the value of one of its keys."""
    try:
        model.model_validate({key: value}, context=context)
    except ValidationError as error:
        return not any(line["loc"][:1] == (key,) for line in error.errors(include_url=False))
    return True


def _text(kind: Kind, data: Any, file: File, voice: Voice) -> str:
    """The text of the record: what it is, its keys with their meanings, and the other keys it may have."""
    body = data.pop("text", f"# {data.get('name', file.id)}") if kind.name == "template" else ""
    node = node_of(data)
    about = inspect.cleandoc(kind.model.__doc__ or "").split("\n\n")[0]
    node.head = [*_comment(without_source(messages.template(voice.lang, about))), ""]
    if not issubclass(kind.model, RootModel):
        more = []
        for field in ordered_fields(kind.model):
            if node.entries is not None and field.key in node.entries:
                node.entries[field.key].above = [
                    *_comment(words_of(kind.model, field, voice)), *_of_entries(field.shape, voice, "  "),
                ]  # fmt: skip
            elif (kind.name, field.key) != ("template", "text"):
                more += _comment(f"{field.key}: {words_of(kind.model, field, voice)}", further="  ")
        node.below = ["", *_comment(voice.say("What it may say besides:")), *more]
    else:
        node.below = _of_entries(root_shape(kind.model), voice)
    text = _shown(node, kind)
    return f"---\n{text}---\n\n{body}\n" if kind.name == "template" else text


def _of_entries(shape: Shape, voice: Voice, indent: str = "") -> list[str]:
    """Comments on what each entry of a list or map of records may say; none of anything else."""
    if not isinstance(shape, (Many, Map)):
        return []
    while isinstance(shape, (Many, Map)):
        shape = shape.item
    if not isinstance(shape, Nested):
        return []
    lines = _comment(voice.say("What an entry may say:"), indent=indent)
    for field in ordered_fields(shape.model):
        lines += _comment(f"{field.key}: {words_of(shape.model, field, voice)}", further="  ", indent=indent)
    return lines


def _shown(node: Node, kind: Kind) -> str:
    """The text of a node; of one that says nothing only its comments, where something else follows."""
    if kind.name == "template" and not node.inside():
        return "\n".join([*node.head, *node.below[1:]]) + "\n"
    return record_text(node, kind.model)


def _comment(text: str, further: str = "", indent: str = "") -> list[str]:
    first, next_ = f"# {indent}", f"# {indent}{further}"
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=next_, break_long_words=False)


def errors_in(root: Path, file: str) -> list[Problem]:
    """The errors in a file, found with all other records there."""
    from sitegen.pipeline import Run

    return [
        problem
        for problem in Run(root).problems
        if problem.severity == "error" and file in (problem.place.file, *(also.file for also in problem.also))
    ]


def tell_errors(root: Path, voice: Voice, wrong: Sequence[Problem]) -> None:
    """Says why nothing was written."""
    from sitegen.commands.telling.verdict import Teller

    teller = Teller(root, voice.lang, "management")
    for problem in wrong:
        hint = teller.hint(problem)
        print(f"{problem.code}: {teller.sentence(problem)}{f' ({hint})' if hint else ''}", file=sys.stderr)
    print(f"sitegen: {voice.say('nothing was written')}", file=sys.stderr)


def _take_away(path: Path, made: Sequence[Path]) -> None:
    """Remove the file and the folders that were made for it."""
    path.unlink(missing_ok=True)
    for folder in made:
        folder.rmdir()
