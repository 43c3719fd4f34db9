"""The look of charts, and chart functions → static SVG in two widths.

A chart function is `function(results, width, words, lang)` and gives an Altair chart or None when there is nothing to
draw; `width` is WIDE or NARROW, `words(msgid, **values)` is the reader's text. It must set `description`: the one
sentence that stands for the picture. It sets no width, no font and no colour of its own: `colour("actual")` and the
categories come from here, as CSS variables, so that one SVG follows light and dark. Fills of what is not known:
`HATCH` (the page holds the pattern).

Text is measured in a font that the renderer brings along, a little larger than it is shown in, so that the same chart
is the same bytes on every machine and a wider font of the reader's still has room.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitegen import formats

if TYPE_CHECKING:
    import altair as alt
    import polars as pl

WIDE, NARROW = 866, 358
"""Widths a chart is drawn in: a figure's inside at 1280 px and at 390 px."""

HATCH = "url(#hatch)"
CATEGORIES = tuple(f"var(--sg-cat-{number})" for number in range(1, 8))
STEPS = tuple(f"var(--sg-seq-{number})" for number in range(1, 7))
ROLES = (
    "surface",
    "raised",
    "sunken",
    "text",
    "muted",
    "line",
    "line-strong",
    "accent",
    "accent-soft",
    "positive",
    "warning",
    "negative",
    "unknown",
    "now",
    "gap",
    "wanted",
    "actual",
    "forecast",
    "over",
    "planned",
    "baseline",
    "gold",
    "silver",
    "bronze",
)

_FONT = "Liberation Sans"  # vl-convert carries it
_MEASURED = 12.75  # no chart asks for this size itself; shown as 12 px
LOOK = 4
"""Raised when this module changes what a chart looks like: cached drawings of an older look are not used."""


def colour(role: str) -> str:
    """A colour of the stylesheet by its role (`actual`, `forecast`, `baseline`, `text`, …)."""
    if role not in ROLES:
        raise ValueError(f"no colour has the role {role!r}")
    return f"var(--sg-{role})"


def config(lang: str, currency: str = "DKK", size: float = 12) -> dict[str, Any]:
    """The Vega-Lite configuration: hairline grid on the value axis, no frames, the reader's numbers and months."""
    format = formats.of(lang, currency)
    text = {
        "labelFontSize": size,
        "titleFontSize": size,
        "labelColor": colour("muted"),
        "titleColor": colour("muted"),
        "titleFontWeight": "normal",
        "labelFontWeight": "normal",
    }
    axis = {
        **text,
        "domain": False,
        "ticks": False,
        "gridColor": colour("line"),
        "labelPadding": 6,
        "titlePadding": 8,
        "labelLimit": 240,
    }
    return {
        "aria": False,
        "background": None,
        "font": _FONT,
        "padding": 0,
        "locale": {"number": format.chart_number_locale(), "time": format.chart_time_locale()},
        "view": {"stroke": None},
        "axis": axis,
        "axisQuantitative": {"grid": True, "tickCount": 5},
        "axisBand": {"grid": False},
        "axisPoint": {"grid": False},
        "axisTemporal": {"grid": False},
        "header": text,
        "legend": {
            **text,
            "orient": "top",
            "title": None,
            "symbolType": "square",
            "symbolStrokeWidth": 0,
            "offset": 12,
            "labelLimit": 240,
        },
        "mark": {"color": colour("actual")},
        "bar": {"color": colour("actual"), "cornerRadius": 0},
        "rect": {"color": colour("actual")},
        "area": {"color": colour("accent-soft"), "line": False},
        "line": {"color": colour("actual"), "strokeWidth": 2.5, "strokeJoin": "round"},
        "trail": {"color": colour("actual")},
        "point": {"color": colour("actual"), "filled": True, "size": 60},
        "circle": {"color": colour("actual"), "size": 60},
        "rule": {"color": colour("line-strong"), "strokeWidth": 1},
        "tick": {"color": colour("text"), "thickness": 2},
        "text": {"color": colour("text"), "fontSize": size, "font": _FONT},
        "range": {
            "category": list(CATEGORIES),
            "ordinal": list(STEPS),
            "ramp": list(STEPS),
            "heatmap": list(STEPS),
            "diverging": list(STEPS),
        },
    }


# --- what charts share


def hours(rows: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """The rows with these columns of minutes as hours, for an axis whose steps are whole hours."""
    import polars as pl

    return rows.with_columns(pl.col(*columns) / 60)


def units(rows: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """The rows with these columns of minor units as whole units of the currency."""
    import polars as pl

    return rows.with_columns(pl.col(*columns) / 100)


def halo(text: alt.Chart) -> alt.Chart:
    """A text mark that stays readable where it crosses lines: the stylesheet draws its ground round the letters."""
    mark = text.mark if isinstance(text.mark, dict) else text.mark.to_dict()
    mark = {"type": mark} if isinstance(mark, str) else mark
    copy = text.copy()
    copy.mark = {**mark, "stroke": colour("raised"), "strokeWidth": 4}
    return copy


def heat_scale(limits: list[float]) -> alt.Scale:
    """A threshold scale of the six steps; `limits` are the five borders (a `var()` colour cannot be mixed, so never a
    gradient).
    """
    import altair as alt

    return alt.Scale(type="threshold", domain=limits, range=list(STEPS[: len(limits) + 1]))


def money_axis(lang: str, currency: str = "DKK", **more: Any) -> alt.Axis:
    """An axis of whole units of the currency, in millions or thousands as the reader writes them (d3's own suffixes
    are English).
    """
    import altair as alt

    words = formats.WORDS["da" if lang == "da" else "nb" if lang in ("nb", "no") else "en"]
    space = "" if words is formats.WORDS["en"] else formats.NO_BREAK
    millions, thousands = f"{space}{words['million']}", f"{space}{words['thousand']}"
    expression = (
        f"abs(datum.value) >= 1e6 ? format(datum.value / 1e6, ',.1~f') + '{millions}' : "
        f"abs(datum.value) >= 1e3 ? format(datum.value / 1e3, ',.0f') + '{thousands}' : format(datum.value, ',.0f')"
    )
    return alt.Axis(labelExpr=expression, **more)


def week_axis(lang: str, **more: Any) -> alt.Axis:
    """An axis of ISO weeks written `2026-W12`, shown as `U12`."""
    import altair as alt

    letter = formats.of(lang).week_short("2026-W01")[0]
    return alt.Axis(labelExpr=f"'{letter}' + slice(datum.label, 6)", labelAngle=0, **more)


# --- drawing


@dataclass(frozen=True)
class Drawing:
    """A chart as the page holds it: two SVGs, the sentence for who cannot see them, and the spec of the interactive
    one.
    """

    wide: str
    narrow: str
    label: str
    spec: Mapping[str, Any] | None = None
    """Without a configuration: the page holds that once for all its charts."""

    def __html__(self) -> str:
        return self.wide + self.narrow


def specification(chart: Any, width: int) -> dict[str, Any]:
    """The chart's Vega-Lite spec without a configuration, as wide as asked for, its axes included."""
    # validate=False: the chart was checked against the schema when it was put together
    spec = chart.to_dict(validate=False)
    spec.pop("config", None)
    spec.pop("$schema", None)
    composed = any(kind in spec for kind in ("hconcat", "vconcat", "concat", "repeat")) or "facet" in spec
    if not composed and spec.get("width") in (None, width):
        spec["width"] = width
        spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    return spec


def svg(
    spec: Mapping[str, Any], lang: str, *, kind: str = "sg-wide", currency: str = "DKK", cache: Path | None = None
) -> str:
    """The spec as an SVG of ours: same input, same bytes. `kind` is its class; `cache` a folder for finished
    drawings.
    """
    full = {**spec, "config": config(lang, currency, _MEASURED)}
    text = json.dumps(full, sort_keys=True, ensure_ascii=False, default=str)
    key = hashlib.sha256(f"{LOOK} {_versions()} {kind} {text}".encode()).hexdigest()[:32]
    kept = cache / "charts" / f"{key}.svg" if cache is not None else None
    if kept is not None and kept.is_file():
        return kept.read_text(encoding="utf-8")
    import vl_convert

    drawn = ours(vl_convert.vegalite_to_svg(full), spec["description"], kind, key[:8])
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}")  # two builds at once each write their own
        part.write_text(drawn, encoding="utf-8")
        part.replace(kept)
    return drawn


@lru_cache(maxsize=1)
def _versions() -> str:
    import vl_convert

    return f"{importlib.metadata.version('vl-convert-python')} {vl_convert.get_vega_version()}"


_EMPTY = re.compile(r'<path class="(?:background|foreground)"(?![^>]*(?:fill|stroke)=)[^>]*/>')
_UNSEEN = re.compile(r'<text[^>]*opacity="0"[^>]*>[^<]*</text>')
_NOISE = re.compile(
    r" (?:aria-hidden|aria-label|aria-roledescription|role|pointer-events|font-family|font-style|xmlns:xlink|version)="
    r'"[^"]*"|'
    r' (?:opacity="1"|font-weight="normal"|stroke-miterlimit="10"|transform="translate\(0,0\)")'
)
_LONG = re.compile(r"-?\d+\.\d{3,}")
_TAG = re.compile(r"<[^>]*>")
_HALO = re.compile(r' stroke="var\(--sg-raised\)"(?: stroke-width="4")?')


def ours(drawn: str, label: str, kind: str, key: str) -> str:
    """Vega's SVG made part of a page: named for readers, ids of its own, nothing unseen, no font, two decimals."""
    drawn = _UNSEEN.sub("", _EMPTY.sub("", drawn))
    drawn = drawn.replace(f'font-size="{_MEASURED}px"', 'font-size="12px"')

    def clean(found: re.Match[str]) -> str:
        tag = _NOISE.sub("", found[0])
        if tag.startswith("<text") and "var(--sg-raised)" in tag and _HALO.search(tag):
            tag = _HALO.sub("", tag, count=1).replace("<text", '<text class="sg-halo"', 1)
            tag = tag.replace(' stroke-width="4"', "")
        return _LONG.sub(
            lambda number: f"{round(float(number[0]), 2):g}" if abs(float(number[0])) < 1e5 else number[0], tag
        )

    drawn = _TAG.sub(clean, drawn)
    drawn = re.sub(r"[\t\n\r ]+", " ", drawn)  # not \s: a no-break space holds a number together
    for _ in range(6):  # groups emptied above, from the inside out
        slim = re.sub(r"<g[^>]*></g>", "", drawn)
        if slim == drawn:
            break
        drawn = slim
    for number, name in enumerate(dict.fromkeys(re.findall(r' id="([^"]+)"', drawn))):
        drawn = drawn.replace(f'id="{name}"', f'id="c{key}{number}"').replace(f"url(#{name})", f"url(#c{key}{number})")
    text = "".join(char if char.isalnum() or char == " " else f"&#{ord(char)};" for char in label)
    return drawn.replace(' class="marks"', f' class="{kind}" role="img" aria-label="{text}"', 1)


def figure(
    function: Callable[..., Any],
    results: Mapping[str, Any],
    words: Callable[..., str],
    lang: str,
    *,
    currency: str = "DKK",
    cache: Path | None = None,
) -> Drawing | None:
    """The chart of a function, wide and narrow; None when it has nothing to draw.

    Raises:
        ValueError: when the chart has no description, which is all that some readers have.
    """
    chart = function(results, WIDE, words, lang)
    if chart is None:
        return None
    wide = specification(chart, WIDE)
    if not wide.get("description"):
        raise ValueError(f"{function.__module__}.{function.__qualname__}: the chart has no description")
    narrow = specification(function(results, NARROW, words, lang), NARROW)
    narrow.setdefault("description", wide["description"])
    return Drawing(
        svg(wide, lang, kind="sg-wide", currency=currency, cache=cache),
        svg(narrow, lang, kind="sg-narrow", currency=currency, cache=cache),
        wide["description"],
        told(wide),
    )


def told(spec: Mapping[str, Any], inherited: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The spec for a reader's pointer: each mark tells its values by the titles the chart gives them.

    A field without a title of its own (days, names) becomes the heading: the reader never sees a field's name.
    """
    spec = dict(spec)
    encoding = {**(inherited or {}), **spec.get("encoding", {})}
    for several in ("layer", "hconcat", "vconcat", "concat"):
        if several in spec:
            spec[several] = [told(part, encoding) for part in spec[several]]
    if isinstance(spec.get("spec"), Mapping):
        spec["spec"] = told(spec["spec"], encoding)
    if "mark" not in spec or "tooltip" in encoding:
        return spec
    fields: list[dict[str, Any]] = []
    for name, channel in encoding.items():
        if not isinstance(channel, Mapping) or "field" not in channel:
            continue
        if name.endswith(("Offset", "2")) or name in ("order", "detail"):
            continue
        guide = channel.get("axis") or channel.get("legend") or {}
        entry = {key: channel[key] for key in ("field", "type", "aggregate", "bin", "timeUnit") if key in channel}
        entry["title"] = channel.get("title") or "title"
        if guide.get("format"):
            entry["format"] = guide["format"]
        if entry["title"] not in [field["title"] for field in fields]:
            fields.append(entry)
    spec["encoding"] = {
        **spec.get("encoding", {}),
        "tooltip": sorted(fields, key=lambda entry: entry["title"] != "title") or None,
    }
    return spec


def bundle() -> str:
    """The script that draws interactive charts (`window.vegaEmbed`), wrapped: a second load must not declare its names
    again.
    """
    import vl_convert

    make: Any = vl_convert.javascript_bundle  # its stub asks for an argument that it does without
    return f"(function(){{{make()}}})();"
