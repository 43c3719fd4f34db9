"""The net can catch: a page with one offence of each kind, and every offence is told."""

from __future__ import annotations

import net
import pytest

from sitegen.site.policy import META

pytestmark = pytest.mark.browser

GOOD = (
    '<!doctype html><html lang="da"><head><meta charset="utf-8">{head}<title>Side</title>'
    '<script src="scheme.js"></script></head><body><main><h1>Overskrift</h1><p>Tekst</p>{inside}</main></body></html>'
)
SCHEME = """document.addEventListener("DOMContentLoaded", function () {
  var dark = matchMedia("(prefers-color-scheme: dark)");
  function follow() { document.body.dataset.mdColorScheme = dark.matches ? "slate" : "default"; }
  dark.addEventListener("change", follow);
  follow();
});"""
DARK = """[data-md-color-scheme=slate] .dim { color: #333; background: #222; transition: color 9s; }
body:not([data-md-color-scheme=slate]) .only { display: none; }
b, .pale td, .nth tr:nth-child(250) { color: #999; }
td { position: relative; } i { position: absolute; inset: 0; z-index: -1; } .under i { background: #222; }"""


@pytest.fixture
def examined(tabs, tmp_path):
    def examine(inside: str = "", head: str = META) -> list[str]:
        (tmp_path / "index.html").write_text(GOOD.format(head=head, inside=inside), encoding="utf-8")
        (tmp_path / "scheme.js").write_text(SCHEME, encoding="utf-8")
        (tmp_path / "dark.css").write_text(DARK, encoding="utf-8")
        (tmp_path / "noise.js").write_text("console.error('noise'); throw new Error('broken');", encoding="utf-8")
        (tmp_path / "words.js").write_text(
            "document.addEventListener('DOMContentLoaded', () => document.querySelector('main')"
            ".append(' one two three four five six seven'))", encoding="utf-8"
        )  # fmt: skip
        (tmp_path / "favicon.ico").write_bytes(b"")
        with net.served(tmp_path) as base:
            return net.examine(tabs, base, "index.html")

    return examine


def test_a_good_page_is_let_through(examined):
    assert examined() == []


@pytest.mark.parametrize(
    ("inside", "caught"),
    [
        ("<script>document.title = 'x'</script>", "the policy stopped script-src"),
        ('<p style="margin:0">x</p>', "the policy stopped style-src"),
        ('<img src="http://elsewhere.example/x.png" alt="">', "the policy stopped img-src"),
        ('<script src="noise.js"></script>', "console error: noise"),
        ('<script src="noise.js"></script>', "script error: broken"),
        ('<img src="gone.png" alt="">', "404"),
        ('<img src="scheme.js">', "axe, light: image-alt"),
        ('<link rel="stylesheet" href="dark.css"><p class="dim">Tekst</p>', "axe, dark: color-contrast"),
        ('<link rel="stylesheet" href="dark.css"><img class="only" src="scheme.js">', "axe, dark: image-alt"),
        ("<table><tr>" + "<td>aaaaaaaaaaaaaaaaaaaa</td>" * 12 + "</tr></table>", "at 390 px the page scrolls sideways"),
        ('<svg class="sg-wide" width="0" height="0"></svg>', "at 1280 px 1 charts cannot be seen"),
        ('<script src="words.js"></script>', "without scripts these words are lost"),
    ],
)
def test_each_offence_is_caught(examined, inside, caught):
    faults = examined(inside)
    assert any(fault.startswith(caught) for fault in faults), faults


def test_a_request_to_elsewhere_is_caught_where_no_policy_stops_it(examined):
    faults = examined('<img src="http://elsewhere.example/x.png" alt="">', head="")
    assert any(fault.startswith("a request to http://elsewhere.example/") for fault in faults), faults


ROWS = "".join(f"<tr><td>–</td></tr><tr><td>{number} kr.</td></tr>" for number in range(200))


def test_a_long_table_of_rows_that_are_alike_is_let_through(examined):
    assert examined(f"<table>{ROWS}</table>") == []


@pytest.mark.parametrize(
    ("table", "caught"),
    [
        ('{rows}<tr><td class="dim">9 kr.</td></tr>{rows}', "axe, dark: color-contrast"),
        ("{rows}<tr><td><b>9 kr.</b></td></tr>{rows}", "axe, light: color-contrast"),
        ('<tbody class="nth">{rows}</tbody>', "axe, light: color-contrast"),
        ('<tbody class="pale">{rows}</tbody>', "axe, light: color-contrast"),
        ('{rows}<tr><td>9 kr.<i></i></td></tr>{rows}<tr class="under"><td>9 kr.<i></i></td></tr>', "axe, light: color"),
    ],
    ids=["a class", "another tag", "a place", "signs first", "something over it"],
)
def test_one_row_deep_in_a_long_table_is_caught(examined, table, caught):
    """Of rows that are alike one is asked about its contrast; a row that differs in any way is not alike."""
    faults = examined(f'<link rel="stylesheet" href="dark.css"><table>{table.format(rows=ROWS)}</table>')
    assert any(fault.startswith(caught) for fault in faults), faults
