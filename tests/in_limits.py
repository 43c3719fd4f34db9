"""Runs `sitegen validate` on folders, each in a process of its own that may not write, start anything or use much.

A script. On stdin the folder of good records, with which the program is warmed up, and then a line a case: name, format
(or `nobody`: as text, without the rights of root) and folder, with tabs between. On stdout one JSON object a case. The
program is loaded once and forked for each case, so that hundreds of them take seconds.
"""

from __future__ import annotations

import json
import math
import os
import resource
import signal
import sys
import time
import traceback
from contextlib import suppress
from typing import Any

SECONDS = 2
"""Of the processor, for a case, on a machine that takes `LOOP` seconds for the loop of `slower`."""
LOOP = 0.02
NOBODY = 65534
CHANGES = frozenset({
    "os.chmod", "os.chown", "os.exec", "os.fork", "os.forkpty", "os.link", "os.mkdir", "os.posix_spawn", "os.remove",
    "os.rename", "os.rmdir", "os.symlink", "os.system", "os.truncate", "os.utime", "shutil.copyfile", "shutil.move",
    "shutil.rmtree", "socket.connect", "socket.bind", "subprocess.Popen",
})  # fmt: skip
"""Audit events of Python that a reader of records has no use for."""


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Ends the process when it writes outside `.sitegen`, or starts anything but git."""
    if event == "open":
        path, mode, flags = arguments
        writes = any(letter in (mode or "") for letter in "wax+") or flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        forbidden = bool(writes) and "/.sitegen/" not in str(path)
    elif event == "subprocess.Popen":
        forbidden = arguments[0] != "git"
    else:
        forbidden = event in CHANGES and "/.sitegen" not in str(arguments[0])
    if forbidden:
        os.write(2, f"forbidden: {event} {arguments!r:.200}\n".encode())
        os._exit(97)


def slower() -> float:
    """How many times slower this machine is now than the one that the limit is for; at least 1."""
    sums: dict[int, int] = {}
    began = time.process_time()
    for at in range(100_000):
        sums[at % 997] = sums.get(at % 997, 0) + at
    return max(1.0, (time.process_time() - began) / LOOP)


def _child(folder: str, form: str, out: int, err: int, seconds: int) -> None:
    os.dup2(out, 1)
    os.dup2(err, 2)
    os.chdir(folder)
    if form == "nobody" and os.getuid() == 0:
        os.setuid(NOBODY)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.setitimer(signal.ITIMER_REAL, 4 * seconds)  # a pipe that nobody writes to takes no time of the processor
    sys.addaudithook(_watch)
    from sitegen.cli import app

    app(["validate", "records", "--lang", "en", "--format", "text" if form == "nobody" else form])


def run(folder: str, form: str, seconds: int) -> dict[str, Any]:
    """What `validate` said of the folder's `records/`, and what it took and might take."""
    with open(os.devnull) as nothing, os.fdopen(os.memfd_create("out"), "w+b") as out:
        with os.fdopen(os.memfd_create("err"), "w+b") as err:
            start = time.perf_counter()
            child = os.fork()
            if child == 0:
                os.dup2(nothing.fileno(), 0)
                code = 99
                try:
                    _child(folder, form, out.fileno(), err.fileno(), seconds)
                except SystemExit as ended:
                    code = int(ended.code or 0)
                except BaseException:
                    traceback.print_exc()
                finally:
                    sys.stdout.flush()
                    os._exit(code)
            _, status, used = os.wait4(child, 0)
            out.seek(0)
            err.seek(0)
            return {
                "code": os.waitstatus_to_exitcode(status),
                "out": out.read().decode("utf-8"),
                "err": err.read().decode("utf-8", "replace"),
                "cpu": used.ru_utime + used.ru_stime,
                "megabytes": used.ru_maxrss / 1024,
                "seconds": time.perf_counter() - start,
                "most": seconds,
            }


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    from sitegen.cli import app

    known = sys.stdin.readline().rstrip("\n")
    with open(os.devnull, "w") as quiet:
        sys.stdout, said = quiet, sys.stdout
        for form in ("text", "concise", "json", "github", "gitlab", "sarif"):
            with suppress(SystemExit):
                app(["validate", known, "--lang", "en", "--format", form])
        sys.stdout = said
    most = math.ceil(SECONDS * slower())
    for line in sys.stdin:
        name, form, path = line.rstrip("\n").split("\t")
        print(json.dumps({"name": name} | run(path, form, most)), flush=True)
