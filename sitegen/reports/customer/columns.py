"""The columns of the customer report's tables."""

from __future__ import annotations

from sitegen.metrics import vocabulary
from sitegen.metrics.wallet import CELL_NAMES, PLACES, STRATEGIES, TOTAL_IS
from sitegen.reports.customer.history import KINDS
from sitegen.reports.customer.next_steps import RULES
from sitegen.reports.customer.people import ATTITUDES, LEVELS, ROLES
from sitegen.results import Column

STATES = {
    "customer": "Customers",
    "lead": "Leads",
    "inactive": "Inactive",
    "none": "No stage yet",
    "merged": "Merged into another card",
}
STATE = {"customer": "Customer", "lead": "Lead", "inactive": "Inactive", "none": "No stage yet", "merged": "Merged"}

CARDS = (
    Column("name", "text", "Customer", "marketing"),
    Column("state", "text", "Is", "marketing", words=STATE),
    Column("stage", "text", "Stage", "marketing"),
    Column("since", "day", "Since", "marketing"),
    Column("owner", "text", "Salesperson's id", "marketing"),
    Column("owner_name", "text", "Salesperson", "marketing"),
    Column("segment", "text", "Segment", "marketing"),
    Column("industry", "text", "Industry", "marketing"),
    Column("employees", "count", "Employees", "marketing"),
    Column("channel", "text", "Channel", "marketing", words=vocabulary.CHANNELS),
    Column("campaign", "text", "Campaign", "marketing"),
    Column("merged_into", "text", "Merged into", "marketing"),
    Column("period", "text", "Period", "marketing"),
    Column("revenue", "money", "Revenue", "marketing", "In the last complete period"),
    Column("loyalty", "score", "Loyalty", "management", "1 is best, 4 worst"),
    Column("cell", "text", "Cell", "management", words=PLACES),
    Column("cell_before", "text", "Cell before", "management", words=PLACES),
    Column("wanted", "text", "Wanted cell", "management", words=CELL_NAMES),
    Column("wanted_by", "day", "Wanted by", "management"),
    Column("action", "text", "By means of", "management"),
    Column("strategy", "text", "Strategy", "management", words=STRATEGIES),
    Column("contribution", "money", "Contribution", "management"),
    Column("share", "share", "Share of wallet", "management"),
    Column("potential", "money", "Potential", "management"),
    Column("minutes", "minutes", "Hours spent", "marketing", "Hours logged on the customer, all of them"),
    Column("open_complaints", "count", "Open complaints", "marketing"),
    Column("last_contact", "day", "Last contact", "marketing"),
    Column("next_meeting", "day", "Next meeting", "marketing"),
)
SUMMARY = (Column("state", "text", "Is", "marketing", words=STATES), Column("cards", "count", "Cards", "marketing"))
CONTACTS = (
    Column("contact", "text", "Id", "marketing"),
    Column("name", "text", "Name", "marketing"),
    Column("title", "text", "Title", "marketing"),
    Column("function", "text", "Function", "marketing"),
    Column("level", "text", "Level", "marketing", words=LEVELS),
    Column("role", "text", "Role", "marketing", words=ROLES),
    Column("attitude", "text", "Attitude", "marketing", words=ATTITUDES),
    Column("cares_about", "text", "Cares about", "marketing"),
    Column("outside", "text", "Outside the firm", "marketing", words={"yes": "Outside the firm", "no": "In the firm"}),
    Column("email", "text", "E-mail", "marketing"),
    Column(
        "consent",
        "text",
        "Consent",
        "marketing",
        words={"yes": "Given", "withdrawn": "Withdrawn", "none": "Never given"},
    ),
    Column("talks", "text", "Talks with", "marketing"),
    Column("influences", "text", "Influences", "marketing"),
)
OURS = (
    Column("person", "text", "Id", "marketing"),
    Column("name", "text", "Name", "marketing"),
    Column("department", "text", "Department", "marketing"),
)
EVENTS = (
    Column("day", "day", "Day", "marketing"),
    Column("kind", "text", "What", "marketing", words=KINDS),
    Column("type", "text", "Kind of activity", "marketing", words=vocabulary.ACTIVITIES),
    Column("outcome", "text", "Outcome", "marketing", words=vocabulary.OUTCOMES),
    Column("what", "text", "Concerns", "marketing"),
    Column("who", "text", "Who of us", "marketing"),
    Column("contact", "text", "Contact", "marketing"),
    Column("campaign", "text", "Campaign", "marketing"),
    Column("amount", "money", "Amount", "marketing"),
)
SATISFACTION = (
    Column("survey", "text", "Survey", "marketing"),
    Column("asked", "day", "Asked", "marketing"),
    Column("question", "text", "Question", "marketing"),
    Column("mean", "score", "Answer", "marketing", "Mean of the firm's persons"),
    Column("worst", "text", "Worst", "marketing"),
    Column("best", "text", "Best", "marketing"),
    Column("persons", "count", "Persons", "marketing"),
    Column("score", "score", "Score", "marketing", "0 worst, 100 best"),
    Column("score_before", "score", "Score before", "marketing"),
)
BOOKS = (
    Column("period", "text", "Period", "marketing"),
    Column("revenue", "money", "Revenue", "marketing"),
    Column("contribution", "money", "Contribution", "management", "Where all its parts are written"),
    Column("purchases", "money", "Total purchases", "marketing"),
    Column("total_is", "text", "The total is", "marketing", words=TOTAL_IS),
)
OFFERS = (
    Column("product", "text", "Product", "marketing"),
    Column("category", "text", "Category", "marketing"),
)
STEPS = (
    Column("step", "text", "Next step", "marketing", words=RULES),
    Column("about", "text", "Concerns", "marketing"),
    Column("day", "day", "Day", "marketing"),
)
