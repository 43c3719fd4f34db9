"""Clockify: the detailed report as CSV.

Columns: Project, Client, Description, Task, User, Group, Email, Tags, Billable, Start Date, Start Time, End Date, End
Time, Duration (h), Duration (decimal), Billable Rate (…), Billable Amount (…), Date of creation; newer ones have Type
and Invoiced too. Every cell stands in quotes. Dates and times follow the profile: 01/15/2024, 19/02/2026, 18.08.2026
or 2026-02-19, with 24 hours or AM and PM. Duration (h) is hh:mm:ss or h:mm by the duration format, Duration (decimal)
has two decimals: 0:34:57 is 0.58, so the clock counts. No column has the entry's id.

Facts from clockify.me/help ("Duration format", "Understand & use your reports") and from published exports.
"""

from __future__ import annotations

from sitegen.importers.tracker import Tracker

TRACKER = Tracker(
    "clockify",
    {
        "date": ("start date",),
        "start": ("start time",),
        "end": ("end time",),
        "end_date": ("end date",),
        "hours": ("duration (h)", "duration (decimal)", "time (h)", "time (decimal)"),
        "person": ("user",),
        "email": ("email",),
        "client": ("client",),
        "project": ("project",),
        "task": ("task",),
        "note": ("description",),
    },
)
