"""Any other CSV: columns with plain English, Danish or Norwegian names, or with those that the map's `columns` says.

`hours` takes decimals (1.5, 1,5) and clocks (1:30), `minutes` decimals; `id` is the row's own id, which makes a second
import of it add nothing whatever else changes in the row.
"""

from __future__ import annotations

from sitegen.importers.tracker import Tracker

TRACKER = Tracker(
    "csv",
    {
        "date": ("date", "dato", "day", "dag"),
        "start": ("start", "from", "begin", "fra", "start time", "starttid"),
        "end": ("end", "to", "stop", "til", "slut", "slutt", "end time", "sluttid"),
        "end_date": ("end date", "slutdato", "sluttdato"),
        "hours": (
            "hours",
            "timer",
            "antal timer",
            "antall timer",
            "timeantal",
            "timetal",
            "timeantall",
            "number of hours",
            "hours worked",
            "duration",
            "varighed",
            "varighet",
        ),
        "minutes": ("minutes", "minutter", "antal minutter", "antall minutter", "number of minutes"),
        "person": (
            "person",
            "user",
            "name",
            "navn",
            "medarbejder",
            "medarbeider",
            "ansat",
            "ansatt",
            "bruger",
            "bruker",
        ),
        "email": ("email", "e-mail", "e-post", "epost"),
        "first_name": ("first name", "fornavn"),
        "last_name": ("last name", "efternavn", "etternavn"),
        "client": ("client", "customer", "kunde"),
        "project": ("project", "projekt", "prosjekt"),
        "project_code": ("project code", "projektkode", "prosjektkode"),
        "task": ("task", "activity", "opgave", "oppgave", "aktivitet"),
        "note": (
            "note",
            "notes",
            "notat",
            "description",
            "beskrivelse",
            "tekst",
            "bemærkning",
            "bemærkninger",
            "merknad",
            "merknader",
            "kommentar",
            "kommentarer",
            "comment",
            "comments",
            "remark",
            "remarks",
        ),
        "id": ("id",),
    },
)
