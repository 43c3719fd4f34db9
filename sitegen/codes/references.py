"""Codes of ids: unknown, and used twice."""

from __future__ import annotations

from sitegen.codes.code import (
    DID_YOU_MEAN,
    EACH_BY_ITSELF,
    ONLY_ONE,
    WHICH,
    WRITE_FILE,
    WRITE_IT,
    WRITE_LIST,
    Code,
    error,
    warning,
)

CARD = (DID_YOU_MEAN, WHICH, EACH_BY_ITSELF, ONLY_ONE, WRITE_IT)
"""Hints for an id of a record of its own."""
LISTED = (DID_YOU_MEAN, WHICH, EACH_BY_ITSELF, ONLY_ONE, WRITE_FILE, WRITE_LIST, WRITE_IT)
"""Hints for an id of a list in a file, which may be missing."""

REFERENCES: dict[str, Code] = {
    "unknown-activity": error("no activity of a marketing plan has the id '%(id)s'", *CARD),
    "unknown-campaign": error("no campaign has the id '%(id)s'", *CARD),
    "unknown-category": error("no product category has the id '%(id)s'", *LISTED),
    "unknown-channel": error("no channel in plans/strategy.yml has the id '%(id)s'", *LISTED),
    "unknown-competitor": error("no competitor in crm/stages.yml has the id '%(id)s'", *LISTED),
    "unknown-contact": error("the card of '%(owner)s' has no contact with the id '%(id)s'", *CARD),
    "unknown-customer": error("no customer has the id '%(id)s'", *CARD),
    "unknown-department": error("no department in organisation.yml has the id '%(id)s'", *LISTED),
    "unknown-focus-area": error("no focus area of a marketing plan has the id '%(id)s'", *CARD),
    "unknown-goal": error("no goal of a marketing plan has the id '%(id)s'", *CARD),
    "unknown-inactive": error("no inactive status in crm/stages.yml has the id '%(id)s'", *LISTED),
    "unknown-person": error("no person has the id '%(id)s'", *CARD),
    "unknown-product": error("no product in crm/products.yml has the id '%(id)s'", *LISTED),
    "unknown-project": error("no project has the id '%(id)s'", *CARD),
    "unknown-segment": error("no segment in plans/segments.yml has the id '%(id)s'", *LISTED),
    "unknown-stage": error("no stage in crm/stages.yml has the id '%(id)s'", *LISTED),
    "unknown-stakeholder": error("no stakeholder of a marketing plan has the id '%(id)s'", *CARD),
    "unknown-step": error("the campaign '%(owner)s' has no step with the id '%(id)s'", *CARD),
    "unknown-supplier": error("no supplier in organisation.yml has the id '%(id)s'", *LISTED),
    "unknown-support-area": error("no support area in organisation.yml has the id '%(id)s'", *LISTED),
    "unknown-support-type": error("no support type in organisation.yml has the id '%(id)s'", *LISTED),
    "unknown-target-group": error("no target group in plans/segments.yml has the id '%(id)s'", *CARD),
    "unknown-task": error("the project '%(owner)s' has no task with the id '%(id)s'", *CARD),
    "unknown-template": error("no template has the id '%(id)s'", *CARD),
    "defined-twice": error("the id '%(id)s' is used twice", "choose another id for one of them"),
    "ended-before": warning(
        "%(written)s is after the end of '%(id)s' (%(limit)s)",
        "mend the date, or name somebody or something that was still there",
        audience="marketing",
    ),
}
