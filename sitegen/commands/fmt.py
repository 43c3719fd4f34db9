"""`sitegen fmt`: lay records out the same way every time, and change nothing that they say.

A file with a mistake is left alone and named. What was laid out is read again before it is written: where our reader
would see another value, or a comment is gone, the file stays as it was.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen import messages, yamlfile
from sitegen.commands.language import Voice

if TYPE_CHECKING:
    from sitegen.models import Kind
    from sitegen.models.fields import Context
    from sitegen.records import File


class ValueChanged(Exception):
    """The text that was laid out says something else than the record: a fault of ours, and nothing is written."""


def run(root: Path, paths: Sequence[Path] = (), *, check: bool = False) -> int:
    """Lay out the records of a folder, or those of them that are named.

    Args:
        root: the folder of the records.
        paths: files and folders in it; none: all of it.
        check: only say which files would change.

    Returns:
        0; 1 where a file has mistakes or, with `check`, would change; 2 for a path that is no record; 3 where laying
        out failed, or would have changed what a file says.
    """
    from sitegen.commands.telling.verdict import shown
    from sitegen.models.fields import Context
    from sitegen.records.folder import find
    from sitegen.records.reader import read_file

    voice = Voice.of(root)
    files, _ = find(root)
    if paths:
        stray = next((path for path in paths if not _holds(path, root, files)), None)
        if stray is not None:
            print(voice.say("%(path)s is no record in %(root)s", path=str(stray), root=str(root)), file=sys.stderr)
            return 2
        files = [file for file in files if any(_within(root / file.path, path) for path in paths)]
    context = Context.from_written(read_file(root, "organisation.yml")[0].data)
    changed = left = faults = 0
    for file in files:
        try:
            text, result = _laid_out(root, file, context)
        except ValueChanged:
            faults += 1
            told = voice.say("left alone: laying it out would change what it says, which is a fault of ours")
        except Exception as fault:  # told with its file, and it keeps no other file from its turn
            faults += 1
            why = f"{type(fault).__name__}: {fault}"
            told = voice.say("left alone: it could not be laid out, which is a fault of ours (%(why)s)", why=shown(why))
        else:
            if result == text:
                continue
            if result is None:
                left += 1
                told = voice.say("left alone: it has mistakes, see sitegen validate")
            else:
                changed += 1
                told = voice.say("to be laid out anew") if check else voice.say("laid out anew")
                if not check:
                    replace_file(root / file.path, result)
        print(f"{shown((root / file.path).as_posix())}: {told}")
    files_said = messages.ntranslate(voice.lang, "%(n)s file", "%(n)s files", len(files))
    told = voice.say("to be laid out anew") if check else voice.say("laid out anew")
    print(f"{files_said}, {told}: {changed}")
    return 3 if faults else 1 if left or (check and changed) else 0


def formatted(text: str, kind: Kind) -> str:
    """The text of a record without mistakes, laid out.

    Raises:
        ValueChanged: the result would be read as something else.
    """
    if kind.name == "template":
        return _template(text, kind)
    return _yaml(text, kind)


def _template(text: str, kind: Kind) -> str:
    """A letter: only the keys before it are laid out."""
    end = text.find("\n---\n", 3) if text.startswith("---\n") else -1
    front = text[4 : end + 1] if end >= 0 else ""
    if yamlfile.parse(front, "").data is None:
        return text  # no keys to lay out, only comments perhaps, as `sitegen new` writes them
    return f"---\n{_yaml(front, kind)}{text[end + 1 :]}"


def _yaml(text: str, kind: Kind) -> str:
    from sitegen.records.writing import ordered, record_text, root_shape, same
    from sitegen.yamlfile.nodes import nodes

    tree = nodes(text)
    result = record_text(tree, kind.model)
    before, after = yamlfile.parse(text, ""), yamlfile.parse(result, "")
    wanted = ordered(before.data, root_shape(kind.model))
    if after.problems or not same(wanted, after.data) or sorted(tree.comments()) != sorted(nodes(result).comments()):
        raise ValueChanged
    return result


def _laid_out(root: Path, file: File, context: Context) -> tuple[str, str | None]:
    """The text of a file, and that text laid out; None for one with mistakes."""
    from sitegen.records.reader import read_file
    from sitegen.records.telling import validate

    document, text = read_file(root, file.path)
    if document.data is not None:
        validate(file.kind.model, document, context)
    return text, None if document.problems else formatted(text, file.kind)


def _within(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _holds(path: Path, root: Path, files: Iterable[File]) -> bool:
    """Whether a path is a record, or a folder in or around the records."""
    if path.is_dir():
        return _within(path, root) or _within(root, path)
    return any((root / file.path).resolve() == path.resolve() for file in files)


def replace_file(path: Path, text: str) -> None:
    """Write a file in one step: a stop in the middle leaves the old one."""
    mode = path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask()
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".sitegen-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
