"""Any other CSV: columns with plain English or Danish names, or with those that the map's `columns` says.

`hours` takes decimals (1.5, 1,5) and clocks (1:30), `minutes` decimals; `id` is the row's own id, which makes a second
import of it add nothing whatever else changes in the row.
"""

from __future__ import annotations

from sitegen.importers.tracker import Tracker

TRACKER = Tracker(
    "csv",
    {
        "date": ("date", "dato", "day", "dag"),
        "start": ("start", "from", "begin", "fra"),
        "end": ("end", "to", "stop", "til", "slut"),
        "end_date": ("end date",),
        "hours": ("hours", "timer", "duration", "varighed"),
        "minutes": ("minutes", "minutter"),
        "person": ("person", "user", "name", "navn", "medarbejder", "bruger"),
        "email": ("email", "e-mail"),
        "first_name": ("first name", "fornavn"),
        "last_name": ("last name", "efternavn"),
        "client": ("client", "customer", "kunde"),
        "project": ("project", "projekt"),
        "project_code": ("project code", "projektkode"),
        "task": ("task", "activity", "opgave", "aktivitet"),
        "note": ("note", "notes", "description", "beskrivelse", "tekst"),
        "id": ("id",),
    },
)
