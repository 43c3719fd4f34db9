"""`make fuzz`: valid records are spoilt at random, then read and checked: mistakes are told, and nothing breaks.

A round takes a small company that is cut from the example, spoils one or two of its files, and goes the way of
`sitegen validate` up to the sentences. It is a failure when anything is raised, when a problem has no place in the
folder, or when a round takes long. The same seed gives the same rounds, whatever the machine's speed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.fuzz.rounds import Company, Failure, Round

MOST_SHOWN = 10


def main(argv: Sequence[str] | None = None) -> int:
    """Runs rounds until the time is up; 1 where any failed."""
    arguments = argparse.ArgumentParser(prog="tests.fuzz")
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--round", type=int, help="only this round, as a failure names it")
    options = arguments.parse_args(argv)
    failures: dict[str, tuple[int, str]] = {}
    with tempfile.TemporaryDirectory() as name:
        company = Company.cut(Path(name))
        began, number = time.perf_counter(), options.round or 0
        while time.perf_counter() - began < options.seconds and len(failures) < MOST_SHOWN:
            one = Round(company, Random(f"{options.seed}/{number}"))
            try:
                one.run()
            except Failure as failure:
                failures.setdefault(str(failure), (number, f"{failure}\n{one.files()}"))
            except Exception:
                told = traceback.format_exc()
                where = told.strip().splitlines()[-3:]
                failures.setdefault("\n".join(where), (number, told + one.files()))
            finally:
                one.undo()
            number += 1
            if options.round is not None:
                break
    for at, told in failures.values():
        sys.stdout.write(f"\n--- failed: --seed {options.seed} --round {at}\n{told}\n")
    sys.stdout.write(f"fuzz: {number} rounds with seed {options.seed}, {len(failures)} kinds of failure\n")
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
