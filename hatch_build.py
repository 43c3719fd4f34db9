"""Compile the message catalogues: `sitegen/messages/<lang>/<domain>.po` to the `.mo` beside it.

Hatchling runs the hook for a wheel and for an editable install; `make` runs this file as a script after a
catalogue was edited. A wheel gets the examples of the codes too. The `.mo` files are built, never kept in git.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent


PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def _differ(message: Any) -> bool:
    """Whether a translation names a value that its message does not have; a `%` alone is a percent sign."""
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    known = {name for text in ids for name in PLACEHOLDER.findall(text)}
    return any(set(PLACEHOLDER.findall(text or "")) - known for text in texts)


def compile_catalogues(root: Path) -> list[Path]:
    """Write every `.mo` whose bytes would change; return all of them. A faulty catalogue stops the build."""
    import io

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    written = []
    for source in sorted(root.glob("sitegen/messages/*/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.name, domain=source.stem, abort_invalid=True)
        faults = [f"{source}:{message.lineno}: placeholders differ" for message in catalogue if _differ(message)]
        if faults:
            raise SystemExit("\n".join(faults))
        buffer = io.BytesIO()
        write_mo(buffer, catalogue)
        target = source.with_suffix(".mo")
        if not target.exists() or target.read_bytes() != buffer.getvalue():
            target.write_bytes(buffer.getvalue())
        written.append(target)
    return written


def examples(root: Path) -> dict[str, str]:
    """What `validate --explain` shows of each code: the tests' expected outputs, and where the wheel has them."""
    cases = sorted(root.glob("tests/cases/bad/*/expected.txt"))
    return {str(case): f"sitegen/examples/{case.parent.name}.txt" for case in cases}


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a script by make, where hatchling need not be installed
    pass
else:

    class CompileCatalogues(BuildHookInterface):
        """The hook that `[tool.hatch.build.hooks.custom]` names."""

        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: dict) -> None:
            compile_catalogues(Path(self.root))
            if self.target_name == "wheel" and version == "standard":
                build_data["force_include"] |= examples(Path(self.root))


if __name__ == "__main__":
    sys.stdout.write(f"{len(compile_catalogues(ROOT))} catalogues compiled\n")
