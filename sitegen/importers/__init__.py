"""Other programs' files → entries in the files of the records: hours of time trackers in those of the weeks, a help
desk's cases in those of the months.

`sheet` makes a table of bytes, `cells` finds what its columns mean, `values` days and times of cells, `names` ids of
names. What a file is about has its own: for hours `tracker` (and a module a tracker, which says what its columns
mean), `rows` and `hours`; for cases `desk`, `cases` and `support`. `importer` is what they have in common, `plan` the
texts that would be written, and `checked` finds them right with all other records. Every row becomes an entry, was
imported before, stays out, or is named with its reason.
"""

from __future__ import annotations

from typing import Any

from sitegen.importers import clockify, harvest, kimai, table, toggl
from sitegen.importers.hours import Hours
from sitegen.importers.importer import Importer
from sitegen.importers.support import Support

IMPORTERS: dict[str, Importer[Any, Any]] = {
    importer.name: importer
    for importer in (
        Hours(toggl.TRACKER),
        Hours(clockify.TRACKER),
        Hours(harvest.TRACKER),
        Hours(kimai.TRACKER),
        Hours(table.TRACKER),
        Support(),
    )
}
