"""What every template of a language is made with: where templates lie, and the names and filters they all have."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2

from sitegen.formats import Format
from sitegen.metrics import severity
from sitegen.pages import drawing
from sitegen.pages.escaping import plain, prose, slug, template_json, trusted, url, yaml_text
from sitegen.pages.figures import escape_figure
from sitegen.pages.setting import AUDIENCE_NAMES, SECTIONS, Setting
from sitegen.pages.speech import Speech
from sitegen.periods import week_of, weeks_of_month

PACKAGE = Path(__file__).resolve().parent.parent

GUIDE_DAY = dt.date(2026, 3, 16)
"""The day of docs/getting-started.md: what is to be copied is of its week where nothing has a day yet."""

_FILTERS = ("safe", "urlize", "xmlattr", "tojson", "forceescape", "escape", "e")
"""Filters of jinja2 that make markup of text past our own escape function: taken away."""


def environment(setting: Setting, format: Format, speech: Speech, **names: Any) -> jinja2.Environment:
    """The templates of a language, with `names` among what they all know."""
    own = setting.templates
    loaders: list[jinja2.BaseLoader] = [jinja2.FileSystemLoader(own)] if own is not None and own.is_dir() else []
    loaders += [jinja2.FileSystemLoader(PACKAGE / "templates"), jinja2.FunctionLoader(_report_template)]
    environment = jinja2.Environment(
        loader=jinja2.ChoiceLoader(loaders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=speech.show,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
        auto_reload=False,
        bytecode_cache=_compiled(setting.cache),
    )
    for name in _FILTERS:
        environment.filters.pop(name, None)
    environment.globals.update(
        _=speech.say,
        gettext=speech.say,
        ngettext=speech.nsay,
        lang=speech.lang,
        as_of=setting.as_of,
        organisation=setting.organisation,
        audience=setting.audience,
        audience_name=AUDIENCE_NAMES[setting.audience],
        setting=setting,
        format=format,
        day=speech.day,
        month=lambda day: trusted(format.month(day)),
        week=speech.week,
        week_span=speech.weeks,
        month_weeks=lambda day: weeks_of_month(day, setting.as_of),
        this_week=week_of(setting.as_of),
        sample_week=week_of(setting.as_of if setting.freshest else max(setting.as_of, GUIDE_DAY)),
        next_week=week_of(setting.as_of).next().start,
        week_name=lambda week: trusted(f'<span class="sg-num">{format.week(week)}</span>'),
        period=lambda period: trusted(f'<span class="sg-num">{escape_figure(format.period(period))}</span>'),
        number=lambda value, digits=0: trusted(format.number(value, digits)),
        money=lambda minor: trusted(format.money(minor)),
        plain=plain,
        prose=prose,
        slug=slug,
        url=url,
        template_json=template_json,
        yaml_text=yaml_text,
        draw=drawing,
        chart_config=lambda: _chart_config(speech.lang, setting.currency),
        name_of=lambda kind, id: setting.names.get((kind, id), id),
        sections=SECTIONS,
        severity=severity,
        **names,
    )
    return environment


def _compiled(cache: Path | None) -> jinja2.BytecodeCache:
    """Compiled templates, kept beside the other caches: compiling them costs more than a small page."""
    if cache is None:
        return _COMPILED
    folder = cache / "templates"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return jinja2.FileSystemBytecodeCache(str(folder))


class _Compiled(jinja2.BytecodeCache):
    """Templates are translated to Python once a process, whatever the number of languages."""

    def __init__(self) -> None:
        self._kept: dict[str, Any] = {}

    def load_bytecode(self, bucket: Any) -> None:
        kept = self._kept.get(bucket.key)
        if kept is not None and kept[0] == bucket.checksum:
            bucket.code = kept[1]

    def dump_bytecode(self, bucket: Any) -> None:
        self._kept[bucket.key] = (bucket.checksum, bucket.code)


_COMPILED = _Compiled()


@lru_cache(maxsize=8)
def _chart_config(lang: str, currency: str) -> Mapping[str, Any]:
    from sitegen import theme

    return theme.config(lang, currency)


def _report_template(name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """The templates of the reports' own folders: `reports/budget.md.j2` is `sitegen/reports/budget/page.md.j2`."""
    found = re.fullmatch(r"reports/([a-z_]+)(\.record)?\.md\.j2", name)
    if not found:
        return None
    path = PACKAGE / "reports" / found[1] / ("record.md.j2" if found[2] else "page.md.j2")
    return (path.read_text(encoding="utf-8"), str(path), lambda: True) if path.is_file() else None
