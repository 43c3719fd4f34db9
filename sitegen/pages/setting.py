"""What the pages of one build share, where they lie, and what a finished one is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sitegen.report import Report
from sitegen.results import Result

SECTIONS = {
    "home": "Home",
    "plan": "Plan",
    "time": "Time",
    "customers": "Customers",
    "funnel": "Sales funnel",
    "campaigns": "Campaigns",
    "growth": "Growth",
    "support": "Support",
    "data": "Data",
}
"""The parts of the site and their names (msgids)."""

AUDIENCE_NAMES = {"everyone": "Everyone in the house", "marketing": "All of marketing", "management": "Management only"}


@dataclass(frozen=True)
class Page:
    """One finished page: its words as plain text, its content as HTML, its place in the site."""

    title: str
    html: str
    description: str
    path: str
    section: str
    search_text: str
    audience: str
    report: str
    id: str | None = None
    sources: tuple[str, ...] = ()
    """Files of the records (relative to the records' folder) that the page's edit link goes to."""


@dataclass(frozen=True)
class Setting:
    """What the pages of one build share.

    `names` and `sources` tell, for each (kind, id) that this audience may see, the name a reader knows it by and the
    file that holds it; `paged` the (kind, id) that have a page. `edit_base` is the address that a file's path in the
    repository is put after; without one the path is shown as text. `results` holds every result as `<report>.<table>`.
    `commit` is the start of the checked-out commit's hash and `edited` whether the records or `mkdocs.yml` differ from
    it. Both are for home alone: other pages are kept from build to build whatever the commit.
    """

    lang: str
    audience: str
    as_of: dt.date
    currency: str = "DKK"
    organisation: Any = None
    reports: Sequence[Report] = ()
    results: Mapping[str, Result] = field(default_factory=dict)
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    sources: Mapping[tuple[str, str], str] = field(default_factory=dict)
    paged: frozenset[tuple[str, str]] = frozenset()
    records_folder: str = "records"
    edit_base: str | None = None
    templates: Path | None = None
    commit: str | None = None
    edited: bool = False
    version: str = ""
    freshest: dt.date | None = None
    attention: Callable[[], Sequence[Any]] = tuple
    freshness: Callable[[], Sequence[Any]] = tuple
    cache: Path | None = None


def page_path(slug: str, id: str | None = None) -> str:
    """Where a page lies in the site: `budget.html`, `project/seo.html`, `index.html` for home."""
    if id is not None:
        return f"{slug}/{id}.html"
    return "index.html" if slug == "home" else f"{slug}.html"


def setting_of(run: Any, lang: str) -> Setting:
    """The setting of a run (`pipeline.Run`) in one language."""
    import sitegen
    from sitegen import git

    records, organisation = run.records, run.records.organisation
    commit = git.commit(run.home)
    names: dict[tuple[str, str], str] = {}
    holders = {
        "project": records.projects,
        "customer": records.customers,
        "campaign": records.campaigns,
        "person": records.people,
    }
    for kind, held in holders.items():
        for id, record in held.items():
            names[kind, id] = getattr(record, "name", None) or getattr(record, "title", None) or id
    for plan in records.marketing_plans.values():
        for id, activity in (plan.activities or {}).items():
            names["activity", id] = getattr(activity, "name", None) or getattr(activity, "title", None) or id
    newest = [day for _, day, _ in run.freshness if day is not None]
    return Setting(
        lang=lang,
        audience=run.audience,
        as_of=run.as_of,
        currency=getattr(organisation, "currency", None) or "DKK",
        organisation=organisation,
        reports=run.reports,
        results=run.results,
        names=names,
        sources=records.sources,
        paged=frozenset((report.each, id) for report in run.reports if report.each for id in run.ids(report.each)),
        records_folder=run.root.resolve().name,
        edit_base=getattr(run, "edit_base", None),
        templates=run.home / "templates",
        commit=commit.hash[:10] if commit else None,
        edited=commit is not None and git.edited(run.home, (run.root.resolve().name, "mkdocs.yml")),
        version=sitegen.__version__,
        freshest=max(newest, default=None),
        attention=lambda: run.attention,
        freshness=lambda: run.freshness,
        cache=run.cache,
    )
