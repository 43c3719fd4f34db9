"""The columns of the campaign report's tables."""

from __future__ import annotations

from sitegen.metrics import vocabulary
from sitegen.metrics.wallet import CELL_NAMES, STRATEGIES
from sitegen.reports.campaign.audience import CONDITIONS
from sitegen.results import Column

KINDS = {
    "programme": "Programme",
    "call-list": "Call list",
    "newsletter": "Newsletter",
    "advertising": "Advertising",
    "event": "Event",
}
STATES = {"planned": "Planned", "running": "Running", "over": "Over"}
MEASURES = {
    **vocabulary.MEASURES,
    "meetings": "Meetings held",
    "meetings_booked": "Meetings booked",
    "customers": "New customers",
    "moves": "Moves in the matrix",
}
JUDGED_ON = {"clicks": "clicks", "leads": "leads", "shares": "shares", "likes": "likes"}
YES_NO = {"yes": "Yes", "no": "No"}

CAMPAIGNS = (
    Column("name", "text", "Campaign", "marketing"),
    Column("kind", "text", "Kind", "marketing", words=KINDS),
    Column("state", "text", "State", "marketing", words=STATES),
    Column("purpose", "text", "Purpose", "marketing"),
    Column("strategy", "text", "Strategy", "marketing", words=STRATEGIES),
    Column("owner", "text", "Owner's id", "marketing"),
    Column("owner_name", "text", "Owner", "marketing"),
    Column("activity", "text", "Activity of the plan", "marketing"),
    Column("project", "text", "Project", "marketing"),
    Column("from", "day", "From", "marketing"),
    Column("to", "day", "To", "marketing"),
    Column("audience", "count", "For", "marketing", "Cards that all its conditions hold, or that are on its list"),
    Column("reached", "count", "Reached", "marketing", "Cards with an activity of the campaign"),
    Column("leads", "count", "Leads", "marketing", "Cards that name it as their source"),
    Column("meetings_booked", "count", "Meetings booked", "marketing", "Meetings that name it as their source"),
    Column("meetings", "count", "Meetings held", "marketing"),
    Column("customers", "count", "New customers", "marketing", "Attributed, not incremental"),
    Column("hit_rate", "share", "Hit rate", "marketing", "Members with a meeting booked ÷ members called"),
    Column("minutes", "minutes", "Hours", "marketing", "Hours logged on its project between its first and last day"),
    Column("cost", "money", "Outside cost", "marketing"),
)
AUDIENCE = (
    Column("condition", "text", "Condition", "marketing", words=CONDITIONS),
    Column("values", "text", "Is", "marketing"),
    Column("left", "count", "Left", "marketing"),
    Column("fell", "count", "Fell away", "marketing"),
)
FLOW = (
    Column("step", "text", "Id", "marketing"),
    Column("name", "text", "Step", "marketing"),
    Column("day", "day", "Day", "marketing"),
    Column("fixed", "text", "The day is written", "marketing", words=YES_NO),
    Column("after", "text", "After", "marketing"),
    Column("when", "text", "When", "marketing"),
    Column("days_later", "days", "Days later", "marketing"),
    Column("template", "text", "Template's id", "marketing"),
    Column("template_name", "text", "Template", "marketing"),
    Column("outcomes", "text", "Outcomes", "marketing"),
    Column("end", "text", "Ends the flow", "marketing", words=YES_NO),
    Column("done", "count", "Cards reached", "marketing", "With an activity of the step, or held its meeting"),
)
OUTCOMES = (
    Column("step", "text", "Step", "marketing"),
    Column("outcome", "text", "Outcome", "marketing", words=vocabulary.OUTCOMES),
    Column("count", "count", "How many", "marketing"),
    Column("share", "share", "Of the step", "marketing"),
)
GOALS = (
    Column("measure", "text", "Goal", "marketing", words=MEASURES),
    Column("from", "text", "From", "marketing", words=CELL_NAMES),
    Column("to", "text", "To", "marketing", words=CELL_NAMES),
    Column("goal", "count", "Wanted", "marketing"),
    Column("result", "count", "So far", "marketing"),
    Column("reached", "share", "Reached", "marketing"),
)
COSTS = (
    Column("day", "day", "Day", "marketing"),
    Column("what", "text", "What", "marketing"),
    Column("amount", "money", "Amount", "marketing"),
)
TESTS = (
    Column("test", "text", "Test", "marketing"),
    Column("hypothesis", "text", "We believed", "marketing"),
    Column("for", "text", "For", "marketing"),
    Column("variable", "text", "What differs", "marketing", words=vocabulary.VARIABLES),
    Column("judged_on", "text", "Judged on", "marketing", words=JUDGED_ON),
    Column("planned_reach", "count", "Planned reach", "marketing"),
    Column("learned", "text", "Learned", "marketing"),
    Column("next", "text", "Next test", "marketing"),
)
VARIANTS = (
    Column("test", "text", "Test", "marketing"),
    Column("variant", "text", "Variant", "marketing"),
    Column("is", "text", "Is", "marketing"),
    Column("from", "day", "From", "marketing"),
    Column("to", "day", "To", "marketing"),
    Column("reach", "count", "Persons reached", "marketing"),
    Column("did", "count", "Did it", "marketing"),
    Column("rate", "share", "Rate", "marketing", "Those who did it ÷ persons reached"),
    Column("spent", "money", "Spent", "marketing"),
    Column("lead_price", "money", "Price of a lead", "marketing"),
)
TEMPLATES = (
    Column("template", "text", "Id", "marketing"),
    Column("name", "text", "Template", "marketing"),
    Column("number", "count", "Number", "marketing"),
    Column("text", "text", "Text", "marketing"),
    Column("fields", "text", "Merge fields", "marketing"),
)
STANDING = (
    Column("stage", "text", "Stage", "marketing"),
    Column("state", "text", "State", "marketing", words={"inactive": "Inactive", "none": "No stage yet"}),
    Column("cards", "count", "Cards", "marketing"),
)
