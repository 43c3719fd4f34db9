"""Toggl Track: the detailed report as CSV.

Columns: User, Email, Client, Project, Task, Description, Billable, Start date, Start time, End date, End time,
Duration, Tags, Amount (…); newer exports have Member, Stop date and Stop time. UTF-8, in newer ones with a byte order
mark; commas; ISO dates; 24-hour times with seconds. Headers are English whatever the user's language. The duration
follows the profile: 0:47:06 (improved), 47:06 min and 12 sec (classic), 0.79 h (decimal); Toggl's help asks for
"improved" where a file is to be read again. No column has the entry's id.

Facts from support.toggl.com ("Editing and uploading a CSV file") and from exports that others publish with their tests.
"""

from __future__ import annotations

from sitegen.importers.tracker import Tracker

TRACKER = Tracker(
    "toggl",
    {
        "date": ("start date",),
        "start": ("start time",),
        "end": ("end time", "stop time"),
        "end_date": ("end date", "stop date"),
        "hours": ("duration",),
        "person": ("user", "member"),
        "email": ("email",),
        "client": ("client",),
        "project": ("project",),
        "task": ("task",),
        "note": ("description",),
    },
)
