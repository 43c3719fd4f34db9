"""Codes of what people worked: days, absence, planning, rates."""

from __future__ import annotations

from sitegen.codes.code import Code, warning

WORKDAYS: dict[str, Code] = {
    "weekend-work": warning(
        "%(written)s is on a weekend, and no working day of '%(id)s'",
        "mend the date, or leave it if it is right",
        audience="marketing",
    ),
    "holiday-work": warning(
        "%(written)s is a day off: %(name)s", "mend the date, or leave it if it is right", audience="marketing"
    ),
    "work-while-absent": warning(
        "'%(id)s' was away all day on %(written)s, and worked",
        "mend the date, or write the hours away as `hours:` of the absence",
        audience="marketing",
    ),
    "clock-hours": warning(
        "the hours of '%(id)s' end in .15, .30 or .45, and never in .25 or .75: %(written)s is %(read)s",
        "for %(meant)s write %(repair)s or %(meant)s; leave it if it is right",
        audience="marketing",
    ),
    "far-off-day": warning(
        "%(written)s is more than half a year after the last day before it with hours (%(before)s)",
        "did you mean %(nearest)s? Write that, and move the entry to the file of week %(week)s",
        "mend the date, or leave it if it is right",
        audience="marketing",
    ),
    "day-not-logged": warning(
        "nothing is logged on %(written)s", "log what was done, or write the day under `absent`", audience="marketing"
    ),
    "rate-missing": warning(
        "'%(id)s' has no hourly rate on %(day)s, and logged hours from that day on",
        "write a rate that holds from that day or before; until then, costs are unknown",
        audience="management",
    ),
    "nobody-asked": warning(
        "'%(id)s' was not planned for this week, and nobody is named who asked for it",
        "write `asked_by: <department>`, or book it",
        audience="marketing",
    ),
    "too-coarse": warning(
        "%(written)s of the hours of '%(person)s' in the last %(weeks)s weeks went to '%(id)s' as a whole",
        "give the project `tasks:`, and log on those",
        audience="marketing",
    ),
}
