"""Time trackers' files → entries in the files of the weeks: one module a tracker, which says what its columns mean;
a help desk's file → support cases in the files of the months (`desk`, `cases`, `cases_plan`).

`sheet` makes a table of bytes, `cells` finds what its columns mean, `values` days and times of cells, `names` ids of
names, `rows` entries of rows, `plan` the texts that would be written, and `checked` finds them right with all other
records. Every row becomes an entry, was imported before, stays out, or is named with its reason.
"""

from __future__ import annotations

from sitegen.importers import clockify, harvest, kimai, table, toggl
from sitegen.importers.tracker import Tracker

TRACKERS: dict[str, Tracker] = {
    tracker.name: tracker
    for tracker in (toggl.TRACKER, clockify.TRACKER, harvest.TRACKER, kimai.TRACKER, table.TRACKER)
}
