"""`python -m sitegen`, and the command `sitegen`.

A plain `validate` is asked for at every save and commit, and does without the libraries of the command line: they take
several times as long as an answer that is kept.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import NoReturn

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for them takes longer than the models


def main() -> None:
    """Run the command line. A fault of ours is one sentence and exit code 3; SITEGEN_DEBUG=1 shows the traceback."""
    try:
        _run(sys.argv[1:])
    except BrokenPipeError:  # who read the output has seen enough, as `head` does: nobody's fault
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except Exception as fault:  # the last door: a reader of the records never sees a traceback
        if os.environ.get("SITEGEN_DEBUG"):
            raise
        from sitegen.commands import usage

        print(usage.our_fault(fault, sys.argv[1:]), file=sys.stderr)
        raise SystemExit(3) from fault


def _run(arguments: list[str]) -> None:
    match arguments:
        case ["validate"]:
            path, keep = "records", True
        case ["validate", path] if not path.startswith("-"):
            keep = True
        case ["validate", "--no-cache", path] if not path.startswith("-"):
            keep = False
        case _:
            path, keep = "", False
    if path and (Path(path) / "organisation.yml").is_file():
        gc.disable()  # nothing of it lives long, and there is next to nothing to collect
        from sitegen.commands import validate

        _leave(validate.run(Path(path), keep=keep))

    from sitegen.cli import app

    app()


def _leave(code: int) -> NoReturn:
    """End at once: to give back everything that was read, piece by piece, takes a tenth of the time of reading it."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # whoever listened has gone: the ordinary end knows what to say
        raise SystemExit(code) from None
    os._exit(code)


if __name__ == "__main__":
    main()
