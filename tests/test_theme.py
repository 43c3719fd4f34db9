"""Charts become SVGs of ours: two widths, the reader's language, no font or colour of their own, the same bytes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.dom import minidom

import altair as alt
import polars as pl
import pytest

from sitegen import theme

ROWS = pl.DataFrame({"name": ["Nyt website", "Kundecases"], "hours": [1234.5, 20.0], "part": ["a", "b"]})


def words(text: str, **values: object) -> str:
    return text % values if values else text


def bars(results, width, words, lang):
    """Bars with a figure at their end, clipped, so that the picture has ids, text, strokes and fills."""
    base = alt.Chart(results["rows"])
    name = alt.Y("name:N").title(None)
    drawn = base.mark_bar(clip=True).encode(
        name, alt.X("hours:Q").title(words("Hours")), alt.Color("part:N").title("Part")
    )
    figures = theme.halo(base.mark_text(align="left", dx=4)).encode(
        name, alt.X("hours:Q"), alt.Text("hours:Q", format=",.1f")
    )
    return alt.layer(drawn, figures).properties(description="Timer pr. projekt")


def test_a_chart_is_drawn_wide_and_narrow_with_one_sentence_for_who_cannot_see_it():
    drawing = theme.figure(bars, {"rows": ROWS}, words, "da")
    wide, narrow = (minidom.parseString(text).documentElement for text in (drawing.wide, drawing.narrow))
    assert (wide.getAttribute("class"), wide.getAttribute("width")) == ("sg-wide", "866")
    assert (narrow.getAttribute("class"), narrow.getAttribute("width")) == ("sg-narrow", "358")
    assert wide.getAttribute("role") == "img"
    assert wide.getAttribute("aria-label") == narrow.getAttribute("aria-label") == drawing.label == "Timer pr. projekt"


def test_axes_and_labels_are_written_as_the_reader_writes_numbers():
    """1234.5 is 1.234,5 in Danish, 1 234,5 in Norwegian (no-break space), 1,234.5 in English."""
    seen = {lang: theme.figure(bars, {"rows": ROWS}, words, lang).wide for lang in ("da", "nb", "en")}
    assert "1.234,5" in seen["da"] and "1.000" in seen["da"]
    assert "1\u00a0234,5" in seen["nb"]
    assert "1,234.5" in seen["en"]


def test_a_chart_brings_no_font_no_style_and_no_colour_but_the_stylesheets():
    drawing = theme.figure(bars, {"rows": ROWS}, words, "da")
    for text in (drawing.wide, drawing.narrow):
        assert not re.search(r"style=|font-family|<style|<script|aria-roledescription|\n", text)
        colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', text))
        assert colours and all(
            colour.startswith("var(--sg-") or colour in ("none", "transparent") for colour in colours
        )
        assert set(re.findall(r'font-size="([^"]+)"', text)) == {"12px"}


def test_the_two_widths_share_no_id():
    drawing = theme.figure(bars, {"rows": ROWS}, words, "da")
    wide, narrow = (set(re.findall(r' id="([^"]+)"', text)) for text in (drawing.wide, drawing.narrow))
    assert wide and narrow and not wide & narrow
    for text, ids in ((drawing.wide, wide), (drawing.narrow, narrow)):
        assert set(re.findall(r"url\(#([^)]+)\)", text)) <= ids | {"hatch"}


def test_a_fill_may_be_the_pages_hatching():
    def hatched(results, width, words, lang):
        return alt.Chart(ROWS).mark_bar(fill=theme.HATCH).encode(alt.X("hours:Q")).properties(description="x")

    assert 'fill="url(#hatch)"' in theme.figure(hatched, {}, words, "da").wide


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a & b ]]> <![CDATA[", "æ\u202eø", "'-alert(1)-'"],
)
def test_a_records_text_in_a_chart_stays_text(text):
    rows = pl.DataFrame({"name": [text], "hours": [1.0], "part": [text]})
    drawing = theme.figure(bars, {"rows": rows}, words, "da")
    parsed = minidom.parseString(drawing.wide)
    names = {node.tagName for node in parsed.getElementsByTagName("*")}
    assert names <= {"svg", "g", "path", "line", "rect", "text", "tspan", "defs", "clipPath"}
    assert text in "".join(node.firstChild.data for node in parsed.getElementsByTagName("text") if node.firstChild)
    assert not [
        name
        for node in parsed.getElementsByTagName("*")
        for name in node.attributes.keys()
        if name.startswith("on") or name == "href"
    ]


def test_the_description_is_escaped_in_its_attribute():
    def chart(results, width, words, lang):
        return alt.Chart(ROWS).mark_bar().encode(alt.X("hours:Q")).properties(description='"><script>x</script>')

    drawn = minidom.parseString(theme.figure(chart, {}, words, "da").wide)
    assert drawn.documentElement.getAttribute("aria-label") == '"><script>x</script>'


def test_nothing_to_draw_is_no_picture_and_a_picture_without_a_sentence_is_refused():
    assert theme.figure(lambda *anything: None, {}, words, "da") is None
    with pytest.raises(ValueError, match="no description"):
        theme.figure(lambda *anything: alt.Chart(ROWS).mark_bar().encode(alt.X("hours:Q")), {}, words, "da")


def test_a_finished_drawing_is_taken_from_the_cache(tmp_path: Path):
    first = theme.figure(bars, {"rows": ROWS}, words, "da", cache=tmp_path)
    kept = sorted((tmp_path / "charts").iterdir())
    assert len(kept) == 2
    kept[0].write_text("<svg>from the cache</svg>")
    again = theme.figure(bars, {"rows": ROWS}, words, "da", cache=tmp_path)
    assert "<svg>from the cache</svg>" in (again.wide, again.narrow)
    assert theme.figure(bars, {"rows": ROWS}, words, "en", cache=tmp_path).wide != first.wide
    assert len(list((tmp_path / "charts").iterdir())) == 4


def test_the_interactive_chart_tells_values_by_their_titles_and_never_by_a_fields_name():
    """`hours` has the title Hours, `part` Part; the project's name has none of its own and becomes the heading."""
    spec = theme.figure(bars, {"rows": ROWS}, words, "da").spec
    told = spec["layer"][0]["encoding"]["tooltip"]
    assert [entry["title"] for entry in told] == ["title", "Part", "Hours"]
    assert "config" not in spec


def test_the_order_of_hashing_changes_no_byte():
    code = (
        "import sys; sys.path[:0] = ['tests', '.']\n"
        "import test_theme as t; from sitegen import theme; import hashlib\n"
        "print(hashlib.sha256(theme.figure(t.bars, {'rows': t.ROWS}, t.words, 'da').wide.encode()).hexdigest())"
    )
    root = Path(__file__).resolve().parent.parent
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C", "PATH": ""},
        ).stdout  # fmt: skip
        for seed, zone in (("0", "UTC"), ("7", "America/Los_Angeles"))
    }
    assert len(seen) == 1


def test_a_colour_that_is_no_role_is_refused():
    assert theme.colour("actual") == "var(--sg-actual)"
    with pytest.raises(ValueError, match="red"):
        theme.colour("red")


def test_every_colour_of_the_theme_is_in_the_stylesheet():
    css = (Path(theme.__file__).parent / "assets" / "sitegen.css").read_text(encoding="utf-8")
    for role in (*theme.ROLES, *(f"cat-{n}" for n in range(1, 8)), *(f"seq-{n}" for n in range(1, 7))):
        assert f"--sg-{role}:" in css, role
