"""Coordinates of the small drawings that record pages repeat: bars, sparklines, the growth wheel, timelines, decision
maps.

No sums and no judgement here: finished numbers in, points of an SVG out. The markup is in
`templates/drawings.html.j2`, the colours are the stylesheet's. Templates reach these functions as `draw.<name>`. A
value may be a Figure or a plain number.
"""

from sitegen.pages.drawing.decisions import decision_map, short
from sitegen.pages.drawing.heat import heat_limits, heat_step
from sitegen.pages.drawing.lines import bar, columns, donut, goal, points, spark, strip
from sitegen.pages.drawing.timelines import timeline
from sitegen.pages.drawing.wheels import wheel

__all__ = [
    "bar",
    "columns",
    "decision_map",
    "donut",
    "goal",
    "heat_limits",
    "heat_step",
    "points",
    "short",
    "spark",
    "strip",
    "timeline",
    "wheel",
]
