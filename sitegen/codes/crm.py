"""Codes of customer cards, surveys, support cases and campaigns."""

from __future__ import annotations

from sitegen.codes.code import DID_YOU_MEAN, Code, error, warning

CRM: dict[str, Code] = {
    "stage-order": error(
        "the stage of %(written)s stands after a later one",
        "put the stages in order, the oldest first",
        audience="marketing",
    ),
    "stage-of-meeting": warning(
        "the stage '%(id)s' is brought about by a meeting, and the card has meetings",
        "delete it here: the meeting says it already",
        audience="marketing",
    ),
    "inactive-without-reason": error(
        "an inactive lead needs a reason",
        "write `reason:` with one of the statuses in crm/stages.yml",
        audience="marketing",
    ),
    "inactive-needs": error("'%(id)s' needs %(needed)s", "write `%(needed)s:`", audience="marketing"),
    "reason-without-inactive": error(
        "a reason belongs to the stage inactive only", "delete it, or write `stage: inactive`", audience="marketing"
    ),
    "meeting-without-date": error(
        "a meeting with the state %(written)s needs its date", "write `date:`", audience="marketing"
    ),
    "cvr-twice": error(
        "another card has the company number %(written)s",
        "merge the cards: `merged_into:` in one of them",
        audience="marketing",
    ),
    "merged-circle": error(
        "'%(id)s' is merged into a card that is merged into it",
        "delete `merged_into` in one of them",
        audience="marketing",
    ),
    "figures-overlap": error(
        "the figures of %(written)s overlap those of another period",
        "keep the shorter periods, or the longer one",
        audience="marketing",
    ),
    "time-cost-twice": error(
        "the time cost of %(written)s is written here, and hours are logged on the customer in it",
        "delete `time_cost`, or the customer from the hours",
        audience="management",
    ),
    "unknown-criterion": error(
        "organisation.yml has no criterion '%(id)s'",
        DID_YOU_MEAN,
        "add it to `criteria` in organisation.yml",
        audience="marketing",
    ),
    "criterion-elsewhere": error(
        "the criterion '%(id)s' may be filled in on: %(where)s",
        "move it, or change `on` in organisation.yml",
        audience="marketing",
    ),
    "bad-criterion-value": error(
        "'%(written)s' cannot be the value of '%(id)s' (%(type)s)",
        "choose from: %(words)s",
        "write a value of this type",
        audience="marketing",
    ),
    "case-twice": error("another case has the id '%(id)s'", "give one of them another id"),
    "question-without-scale": error(
        "the question '%(id)s' has no scale", "write `worst:` and `best:`, or `open: true`"
    ),
    "unknown-question": error(
        "the survey has no question '%(id)s'", DID_YOU_MEAN, "mend the id, or add the question", audience="marketing"
    ),
    "answer-outside-scale": error(
        "'%(written)s' is not on the scale from %(least)s to %(most)s",
        "write a whole number on the scale, dont-know, not-relevant or null",
        audience="marketing",
    ),
}

CAMPAIGNS: dict[str, Code] = {
    "outcome-without-step": error(
        "no step follows the outcome '%(id)s' of '%(step)s'",
        "add a step with `after: %(step)s` and `when: %(id)s`",
        audience="marketing",
    ),
    "step-without-end": error(
        "the branch stops at the step '%(id)s'",
        "write `end: true`, or outcomes and the steps that follow",
        audience="marketing",
    ),
    "unknown-outcome": error(
        "no step before this has the outcome '%(id)s'",
        DID_YOU_MEAN,
        "mend it, or add it to the step's outcomes",
        audience="marketing",
    ),
    "variants-alike": warning(
        "the variants do not differ in '%(id)s', which is tested", "let them differ in it", audience="marketing"
    ),
    "variants-differ": warning(
        "the variants differ in '%(id)s' too, not only in '%(variable)s'",
        "test one thing at a time",
        audience="marketing",
    ),
    "variants-unequal": warning(
        "the variants have different `%(id)s`", "run them on the same days with the same budget", audience="marketing"
    ),
    "unknown-merge-field": error(
        "there is no merge field {%(written)s}",
        "did you mean {%(nearest)s}?",
        "choose one from the list of merge fields",
        audience="marketing",
    ),
}
