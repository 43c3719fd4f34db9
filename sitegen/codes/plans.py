"""Codes of plans, segments and key figures."""

from __future__ import annotations

from sitegen.codes.code import Code, error, warning

PLANS: dict[str, Code] = {
    "goal-without-parent": warning(
        "the goal '%(id)s' supports no business goal", "write `supports:`, or `business_goal: true`"
    ),
    "goal-circle": error("the goal '%(id)s' supports itself by way of others", "delete `supports` in one of them"),
    "activity-incomplete": warning(
        "the activity '%(id)s' lacks: %(keys)s", "write them: what is missing cannot be followed up"
    ),
    "score-without-criterion": error(
        "the plan declares no criterion '%(id)s'", "add it to `prioritising`, or delete it here"
    ),
    "market-map-sum": error(
        "the parts add up to %(total)s, more than the size %(written)s", "mend the size or the parts"
    ),
    "too-many-headlines": error(
        "'%(id)s' is the fourth headline figure for %(audience)s; three are the most",
        "delete `headline: true` in one of them",
        audience="marketing",
    ),
    "agreement-old": warning(
        "'%(id)s' agreed to version %(written)s, and the plan is in version %(last)s",
        "show what changed, and write `agreed:` anew",
    ),
    "sales-month-missing": warning(
        "months without sales figures: %(months)s",
        "write what was budgeted and sold; a month whose sales are not known yet has no `actual`",
        audience="marketing",
    ),
}
