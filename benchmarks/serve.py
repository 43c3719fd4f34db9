"""How long `sitegen serve` takes from a saved record to its page: `python -m benchmarks.serve [--times N]`.

The goal is 3 seconds on two quiet cores. The company of `records/` is copied, a project's name is changed, and the
page asked for.
"""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from sitegen.commands import serve

ROOT = Path(__file__).resolve().parent.parent


def until(happened: Callable[[], object]) -> float:
    """Seconds until it has happened."""
    start = time.perf_counter()
    while not happened():
        time.sleep(0.02)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as home:
        records = Path(home) / "records"
        shutil.copytree(ROOT / "records", records)
        live = serve.Live(records, as_of=None, audience="management", langs=("da", "en"))
        listening = serve.server(live, 0)
        for work in (live.watch, listening.serve_forever):
            threading.Thread(target=work, daemon=True).start()
        print(f"first build        {until(lambda: live.state.version):6.2f} s")
        page = f"http://127.0.0.1:{listening.server_port}/project/seo.html"

        def text() -> str:
            with urllib.request.urlopen(page, timeout=30) as answer:
                found: str = answer.read().decode()
                return found

        file = records / "time/projects/seo.yml"
        for number in range(times):
            name = f"Navn{number}"
            file.write_text(
                re.sub(r"(?m)^name: .+$", f"name: {name}", file.read_text("utf-8"), count=1), encoding="utf-8"
            )
            print(f"saved to page      {until(lambda name=name: name in text()):6.2f} s")
        live.stop()
        listening.shutdown()


if __name__ == "__main__":
    main()
