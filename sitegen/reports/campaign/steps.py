"""How a campaign goes on: its steps and their days, how they ended, the letters they use (M18, M26)."""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction
from typing import Any

import polars as pl

from sitegen.metrics.figures import frame, known
from sitegen.metrics.intervals import wilson
from sitegen.reports.campaign import columns

MEETING_STEP = "meeting"
"""The id of the step that a campaign's meetings belong to: a meeting names its campaign, and no step of it."""
MERGE_FIELD = re.compile(r"\{[a-z_]+\.[a-z_]+\}")


def _days(campaign: Any) -> dict[str, dt.date | None]:
    """The planned day of every step: as written, else the earliest day of the steps it follows plus its days; None:
    unknown.
    """
    found: dict[str, dt.date | None] = {}

    def day(id: str, seen: tuple[str, ...] = ()) -> dt.date | None:
        step = campaign.flow.get(id)
        if step is None or id in seen:
            return None
        if step.on is not None:
            return step.on
        earlier = [one for before in step.after if (one := day(before, (*seen, id))) is not None]
        return min(earlier) + dt.timedelta(days=step.days_later or 0) if earlier else None

    for id in campaign.flow:
        found[id] = day(id)
    return found


def _met(meetings: pl.DataFrame, as_of: dt.date) -> dict[str, set[str]]:
    """The cards with a meeting held by the day, by the campaign that the meeting names."""
    held = meetings.filter((pl.col("state") == "held") & (pl.col("date") <= as_of) & pl.col("list").is_not_null())
    found: dict[str, set[str]] = {}
    for id, customer in held.select("list", "customer").iter_rows():
        found.setdefault(id, set()).add(customer)
    return found


def flow(meetings: pl.DataFrame, records: Any, as_of: dt.date) -> pl.DataFrame:
    """Every step of every campaign, in the order of the file: when, after what, with which template, how many cards it
    reached.

    Reached: distinct cards with an activity of the step up to the day; for the step `meeting` also those with a held
    meeting that names the campaign, so that a card with both counts once.

    Source:
        M18, T48; decision 17.
    """
    met = _met(meetings, as_of)
    rows = []
    for id, campaign in records.campaigns.items():
        days = _days(campaign)
        for step_id, step in campaign.flow.items():
            reached = {
                customer
                for customer, card in records.customers.items()
                if any(one.campaign == id and one.step == step_id and one.date <= as_of for one in card.activities)
            }
            if step_id == MEETING_STEP:
                reached |= met.get(id, set())
            template = records.templates.get(step.template)
            rows.append(
                {
                    "key": f"{id}/{step_id}",
                    "step": step_id,
                    "name": step.name,
                    "day": known(days[step_id], "unknown-part"),
                    "fixed": "yes" if step.on is not None else "no",
                    "after": ", ".join(campaign.flow[one].name for one in step.after if one in campaign.flow),
                    "when": ", ".join(step.when),
                    "days_later": known(step.days_later, "not-relevant"),
                    "template": step.template or "",
                    "template_name": _template_name(template, step.template or ""),
                    "outcomes": ", ".join(step.outcomes),
                    "end": "yes" if step.end else "no",
                    "done": len(reached),
                }
            )
    return frame(columns.FLOW, rows)


def _template_name(template: Any, id: str) -> str:
    """The template's name, else its first heading, else its id."""
    if template is None:
        return id
    heading = next((line.lstrip("# ").strip() for line in template.text.splitlines() if line.startswith("#")), "")
    return template.name or heading or id


def _below_heading(text: str, name: str) -> str:
    """The text without its first heading, where that is the name it is shown under."""
    first, _, rest = text.lstrip().partition("\n")
    return rest.lstrip() if first.startswith("#") and first.lstrip("# ").strip() == name else text


def outcomes(records: Any, as_of: dt.date) -> pl.DataFrame:
    """Every step's outcomes: how many activities ended so, of those of the step; what has none is its own row (M18,
    G8).
    """
    rows = []
    for id, campaign in records.campaigns.items():
        for step_id in campaign.flow:
            ended = [
                activity.outcome or ""
                for card in records.customers.values()
                for activity in card.activities
                if activity.campaign == id and activity.step == step_id and activity.date <= as_of
            ]
            for outcome in sorted(set(ended), key=lambda one: (one == "", one)):
                k, n = ended.count(outcome), len(ended)
                limits = wilson(k, n) if n < 30 else None
                row = {
                    "key": f"{id}/{step_id}/{outcome or 'none'}",
                    "step": campaign.flow[step_id].name,
                    "outcome": outcome,
                }
                row |= {"count": k, "share": Fraction(k, n), "share_k": k, "share_n": n}
                rows.append(row | {"share_low": limits and limits[0], "share_high": limits and limits[1]})
    return frame(columns.OUTCOMES, rows)


def templates(records: Any) -> pl.DataFrame:
    """The templates that every campaign uses, with their text; the merge fields stand in it as they are written."""
    rows = []
    for id, campaign in records.campaigns.items():
        used = [step.template for step in campaign.flow.values()] + [campaign.script]
        for template_id in dict.fromkeys(one for one in used if one is not None):
            template = records.templates.get(template_id)
            if template is not None:
                fields = sorted(set(MERGE_FIELD.findall(template.text)))
                rows.append(
                    {
                        "key": f"{id}/{template_id}",
                        "template": template_id,
                        "name": _template_name(template, template_id),
                        "number": known(template.number, "not-relevant"),
                        "text": _below_heading(template.text, _template_name(template, template_id)),
                        "fields": " ".join(fields),
                    }
                )
    return frame(columns.TEMPLATES, rows)
