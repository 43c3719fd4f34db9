"""Harvest: the detailed time report as CSV.

Columns: Date, Client, Project, Project Code, Task, Notes, Hours, Hours Rounded, Billable?, Invoiced?, Approved?, First
Name, Last Name, Employee Id, Roles, Teams, Employee?, Billable Rate, Billable Amount, Cost Rate, Cost Amount, Currency,
External Reference URL; which of them are there depends on the account. Dates are ISO, or as the account writes them
(8/25/2023, 26.01.2015); hours are decimal, with a comma where the account has one ("7,5"). Hours count, Hours Rounded
are for invoices. Accounts that track start and end have columns for them, which are not read. No column has the entry's
id.

Facts from support.getharvest.com ("Importing and exporting data", "Detailed time and detailed expense reports") and
from published exports.
"""

from __future__ import annotations

from sitegen.importers.tracker import Tracker

TRACKER = Tracker(
    "harvest",
    {
        "date": ("date",),
        "hours": ("hours",),
        "email": ("email",),
        "first_name": ("first name",),
        "last_name": ("last name",),
        "client": ("client",),
        "project": ("project",),
        "project_code": ("project code",),
        "task": ("task",),
        "note": ("notes",),
    },
)
