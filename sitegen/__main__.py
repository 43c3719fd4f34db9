"""`python -m sitegen`, and the command `sitegen`.

A plain `validate` is asked for at every save and commit. Where nothing has changed it is answered from here, before the
command line's libraries are loaded: they take several times as long as the answer.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    """Run the command line."""
    match sys.argv[1:]:
        case ["validate"]:
            path = "records"
        case ["validate", path] if not path.startswith("-"):
            pass
        case _:
            path = ""
    code = _again(Path(path)) if path else None
    if code is not None:
        raise SystemExit(code)

    from sitegen.cli import main as run

    run()


def _again(path: Path) -> int | None:
    """The exit code of a `validate` that has nothing to read; None where the command line must decide."""
    try:
        from sitegen.commands import validate

        return validate.again(path) if path.is_dir() else None
    except Exception:  # whatever it is, the command line says it properly
        return None


if __name__ == "__main__":
    main()
