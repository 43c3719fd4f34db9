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
    "cvr-length": warning(
        "the company number %(written)s has the wrong number of digits, %(actual)s; in %(country)s it has %(wanted)s",
        "mend it; that of a firm in another country may stay as it is",
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
        DID_YOU_MEAN,
        "choose from: %(words)s",
        "write a value of this type",
        audience="marketing",
    ),
    "outside-file": warning(
        "%(written)s does not belong in the file of %(period)s", "mend it, or move it to %(file)s", audience="marketing"
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
    "no-entry-date": warning(
        "the day of the stage '%(id)s' is unknown: the card is left out of times",
        "write `on:` when the day is found",
        audience="marketing",
    ),
    "no-contact-again": warning(
        "the lead is '%(id)s', and has no day to try again", "write `contact_again:`", audience="marketing"
    ),
    "wallet-over-100": warning(
        "in %(written)s the customer bought more from us than it bought in all",
        "mend `revenue`, or `total_purchases`: that is what the customer buys from anyone, from us too",
        audience="marketing",
    ),
    "measures-mixed": error(
        "the figures of %(period)s have no direct cost, and those of other customers have",
        "write `direct_cost:`, or `value: revenue` under `customer_matrix` in organisation.yml",
        audience="management",
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
    "step-circle": error(
        "the step '%(id)s' comes after itself: %(circle)s",
        "delete '%(itself)s' from its own `after`",
        "delete one of the `after`",
        audience="marketing",
    ),
    "outside-campaign": error(
        "%(written)s is outside the campaign (%(first)s to %(last)s)",
        "mend the date, or the campaign's `from` and `to`",
    ),
    "cost-outside-campaign": warning(
        "the cost of %(written)s is outside the campaign (%(first)s to %(last)s)",
        "mend the date, or the campaign's `from` and `to`",
        audience="marketing",
    ),
    "outside-activity": warning(
        "%(written)s is outside the plan's activity '%(id)s' (%(first)s to %(last)s)", "mend one of the two"
    ),
}

CONSENT: dict[str, Code] = {
    "consent-not-asked": error(
        "the newsletter is sent to everybody in its audience, with or without consent (Denmark: markedsføringsloven"
        " § 10; Norway: markedsføringsloven § 15)",
        "write the purpose in the audience: `consent: newsletter`",
        audience="marketing",
    ),
    "unknown-purpose": warning(
        "no contact ever consented to '%(id)s'",
        DID_YOU_MEAN,
        "mend the purpose, or add the consents",
        audience="marketing",
    ),
    "purpose-unused": warning(
        "no campaign asks for consent to '%(id)s'",
        DID_YOU_MEAN,
        "mend the purpose, or write it in the audience of the campaign it was given for",
        audience="marketing",
    ),
    "no-live-consent": error(
        "'%(id)s' had no live consent on %(written)s (Denmark: markedsføringsloven § 10; Norway: markedsføringsloven"
        " § 15)",
        "write to nobody without consent: add it to the card if it was given, or take the entry off",
        audience="marketing",
    ),
    "advertising-refused": error(
        "'%(id)s' refuses advertising in the register of companies (Denmark: CVR-loven § 19)",
        "take it off the list; what was done stays on its card",
        audience="marketing",
    ),
    "look-up-old": warning(
        "'%(id)s' was last looked up in the register of companies on %(written)s, more than %(most)s days ago",
        "look it up, and add the day to `no_advertising` on its card",
        audience="marketing",
    ),
    "no-look-up": warning(
        "no day says when '%(id)s' was looked up in the register of companies",
        "look it up, and write the day on its card: `no_advertising: {2026-03-16: false}`",
        audience="marketing",
    ),
    "no-proof": warning(
        "nothing says how the consent of %(given)s was given, and it must be possible to prove it",
        "write it after the day, such as `how: webinar`; a consent that nobody can prove is deleted",
        audience="management",
    ),
    "proof-old": warning(
        "the consent of %(given)s was last used on %(last)s: its proof is kept for two years after that",
        "delete the consent from the card",
        audience="management",
    ),
}
