"""`sitegen schema`: what an editor needs to complete, check and explain records while they are written."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from sitegen import messages
from sitegen.commands.language import Voice


def run(root: Path, out: Path, *, lang: str | None = None) -> int:
    """Write a JSON Schema for each kind of record, and tell the editor which files each is for.

    Args:
        root: the folder of the records. Mistakes in them do not matter here: the ids of all that can be read are known.
        out: the folder that is opened in the editor; the schemas go to `.vscode/schemas/` in it, the mapping into
            `.vscode/settings.json`, where all other settings stay as they are.
        lang: language of the descriptions; left out: the organisation's first.

    Returns:
        0: written; 1: the schemas are written, but settings.json must be edited by hand, and it says how; 2: `root`
        does not lie in `out`.
    """
    from sitegen import records, schema

    folder = Path(os.path.relpath(root.resolve(), out.resolve())).as_posix()
    if folder.split("/")[0] == "..":
        voice = Voice(lang) if lang in messages.languages() else Voice.of(root)
        msgid = "the records must lie in the folder that is opened in the editor, %(folder)s"
        sys.stderr.write(f"sitegen: {voice.say(msgid, folder=str(out))}\n")
        return 2
    read = records.read(root)
    organisation = read.records.organisation
    lang = lang or (organisation.languages[0] if organisation is not None else "en")
    found = schema.schemas(lang, read.index)
    (out / schema.FOLDER).mkdir(parents=True, exist_ok=True)
    for name, one in found.items():
        (out / schema.FOLDER / f"{name}.json").write_text(schema.as_text(one), encoding="utf-8")
    values = {"n": len(found), "folder": str(out / schema.FOLDER)}
    sys.stdout.write(messages.translate(lang, "%(n)s schemas in %(folder)s", values) + "\n")
    settings = out / ".vscode" / "settings.json"
    before = settings.read_text(encoding="utf-8") if settings.is_file() else ""
    after = schema.merged(before, folder)
    if after is None:
        said = messages.translate(lang, "%(file)s was left as it is; add this to it:", {"file": str(settings)})
        sys.stdout.write(f"{said}\n{schema.as_text({schema.SETTING: schema.mapping(folder)})}")
        return 1
    if after != before:
        settings.write_text(after, encoding="utf-8")
    return 0
