"""`serve` in a browser: the page loads itself again after a change, and shows what is wrong with a record."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import net
import pytest

from sitegen.commands import serve

ROOT = Path(__file__).resolve().parent.parent.parent

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[serve.Live, str]]:
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(ROOT / "records", home / "records")
    made = serve.Live(home / "records", as_of=None, audience="management", langs=("da",))
    listening = serve.server(made, 0)
    for work in (made.watch, listening.serve_forever):
        threading.Thread(target=work, daemon=True).start()
    yield made, f"http://127.0.0.1:{listening.server_port}/"
    made.stop()
    listening.shutdown()
    listening.server_close()


def test_the_page_follows_the_record(browser, live):
    made, base = live
    context = browser.new_context()
    context.set_default_timeout(net.PATIENCE)
    context.add_init_script(net.WATCH)
    page = context.new_page()
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text))
    page.goto(base + "project/seo.html")  # before the first reading is done: the page waits and loads itself
    page.wait_for_selector("h1.sg-finding, .sg h1")
    path = made.root / "time" / "projects" / "seo.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^name: .+$", "name: Kanariefugl", text, count=1), encoding="utf-8")
    renamed = page.locator("h1", has_text="Kanariefugl")
    renamed.wait_for()
    path.write_text(text + "nonsense: 1\n", encoding="utf-8")
    page.wait_for_selector("#sitegen-problems")
    assert "nonsense" in page.inner_text("#sitegen-problems")
    assert "Kanariefugl" in page.inner_text("h1")
    path.write_text(text, encoding="utf-8")
    renamed.wait_for(state="detached")
    assert page.locator("#sitegen-problems").count() == 0
    assert page.evaluate("window.__violations") == []
    context.close()
    assert [text for text in noise if "404" not in text] == []
