"""Kimai: the timesheet export as CSV.

Columns of the default template: date, begin, end, duration, currency, prices, name, user, e-mail, account number,
customer, project, activity, description, billable, tags and more, with headers in the language of the template: Date,
Begin, End, Duration, Name, User, Customer, Project, Activity, Description in English (older: From, To), Dato, Fra, Til,
Varighed, Navn, Brugernavn, Kunde, Projekt, Aktivitet, Beskrivelse in Danish. Comma or semicolon; ISO dates; 24 hours;
the duration is decimal (0.11) or h:mm. An entry over midnight has only its first day. A last row of totals may hold
formulas (`=SUBTOTAL(…)`). A text that a spreadsheet would take for a formula has an apostrophe in front.

Facts from kimai.org ("Duration format", "Importer") and from the program's public source and tests.
"""

from __future__ import annotations

from sitegen.importers.tracker import Tracker

TRACKER = Tracker(
    "kimai",
    {
        "date": ("date", "dato"),
        "start": ("begin", "from", "start", "fra"),
        "end": ("end", "to", "slut", "til"),
        "hours": ("duration", "varighed"),
        "person": ("name", "navn", "user", "bruger", "username", "brugernavn"),
        "email": ("email", "e-mail"),
        "client": ("customer", "kunde"),
        "project": ("project", "projekt"),
        "project_code": ("project number", "projektnummer"),
        "task": ("activity", "aktivitet"),
        "note": ("description", "beskrivelse"),
    },
)
