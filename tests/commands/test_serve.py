"""`serve`: a changed record is on the page, a broken one shows its problem while the old page stays.

How long that takes is timed by `python -m benchmarks.serve`, not here.
"""

from __future__ import annotations

import json
import re
import shutil
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sitegen.commands import serve

ROOT = Path(__file__).resolve().parent.parent.parent

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[serve.Live, str]]:
    """The company's site for management, served; the first build is done."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(ROOT / "records", home / "records")
    made = serve.Live(home / "records", as_of=None, audience="management", langs=("da",))
    listening = serve.server(made, 0)
    threads = [
        threading.Thread(target=made.watch, daemon=True),
        threading.Thread(target=listening.serve_forever, daemon=True),
    ]
    for thread in threads:
        thread.start()
    until(lambda: made.state.version or made.state.problems, 600)
    assert made.state.problems == []
    yield made, f"http://127.0.0.1:{listening.server_port}"
    made.stop()
    listening.shutdown()
    listening.server_close()


def until(happened: Callable[[], object], seconds: float) -> None:
    """Waits until something has happened; `seconds` only ends a test that would never end."""
    start = time.perf_counter()
    while not happened():
        if time.perf_counter() - start > seconds:
            raise AssertionError(f"nothing happened in {seconds} s")
        time.sleep(0.05)


def get(address: str, **headers: str) -> str:
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=120) as answer:
        return answer.read().decode()


def project(live: serve.Live) -> tuple[Path, str, str]:
    """A project's file, its id and its name."""
    path = live.root / "time" / "projects" / "seo.yml"
    name = re.search(r"^name: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert name
    return path, path.stem, name[1]


def test_a_changed_record_is_on_the_page(live):
    made, base = live
    path, id, name = project(made)
    assert "Kanariefugl" not in get(f"{base}/project/{id}.html")
    path.write_text(path.read_text(encoding="utf-8").replace(f"name: {name}", "name: Kanariefugl", 1), encoding="utf-8")
    until(lambda: "Kanariefugl" in get(f"{base}/project/{id}.html"), 240)
    path.write_text(path.read_text(encoding="utf-8").replace("name: Kanariefugl", f"name: {name}", 1), encoding="utf-8")
    until(lambda: "Kanariefugl" not in get(f"{base}/project/{id}.html"), 240)


def test_a_broken_record_shows_its_problem_and_the_old_page_stays(live):
    made, base = live
    path, id, _ = project(made)
    text = path.read_text(encoding="utf-8")
    before = get(f"{base}/project/{id}.html")
    path.write_text(text + "nonsense: 1\n", encoding="utf-8")
    until(lambda: json.loads(get(f"{base}/__sitegen/state"))["problems"], 240)
    state = json.loads(get(f"{base}/__sitegen/state"))
    assert f"time/projects/{path.name}:{text.count(chr(10)) + 1}:1" in state["problems"][0]
    assert state["heading"] == "Sitet blev ikke bygget: det, du ser, er fra før"
    assert get(f"{base}/project/{id}.html") == before
    path.write_text(text, encoding="utf-8")
    until(lambda: not json.loads(get(f"{base}/__sitegen/state"))["problems"], 240)


def test_a_page_that_is_served_asks_for_news_and_the_files_do_not(live):
    made, base = live
    assert '<script src="/__sitegen/live.js" data-version=' in get(f"{base}/index.html")
    assert made.site is not None and b"__sitegen" not in (made.site.get("index.html") or b"")
    assert "location.reload" in get(f"{base}/__sitegen/live.js")


def test_downloads_documents_and_the_search_are_served_as_they_are_published(live):
    made, base = live
    assert get(f"{base}/data/budget.projects.csv").startswith("key,")
    assert get(f"{base}/data/pivot.cells.js").startswith('sitegen.data("pivot.cells", JSON.parse(')
    assert get(f"{base}/data/pivot.cells.csv").startswith("key,month,project,task,")
    assert "Budgetopfølgning" in get(f"{base}/search/search_index.json")
    assert get(f"{base}/assets/shell.css") == (ROOT / "sitegen" / "site" / "files" / "shell.css").read_text("utf-8")
    with pytest.raises(urllib.error.HTTPError) as missing:
        get(f"{base}/../records/organisation.yml")
    assert missing.value.code == 404


def test_another_sites_page_may_not_read_along(live):
    """A foreign name that leads to this machine (DNS rebinding) is refused."""
    _, base = live
    with pytest.raises(urllib.error.HTTPError) as refused:
        get(f"{base}/index.html", Host="evil.example")
    assert refused.value.code == 403


def test_a_port_that_is_taken_is_said_in_a_sentence(live, capsys):
    _, base = live
    made, _ = live
    port = int(base.rpartition(":")[2])
    assert serve.run(made.root, port=port) == 2
    assert f"--port {port + 1}" in capsys.readouterr().err
