"""REPORTS: the ordered list of reports, which is the navigation (but for one that is `first` in its section).

To add one: its folder, and one line here.
"""

from __future__ import annotations

from sitegen.report import Report
from sitegen.reports.activity import REPORT as ACTIVITY
from sitegen.reports.booked_registered import REPORT as BOOKED_REGISTERED
from sitegen.reports.budget import REPORT as BUDGET
from sitegen.reports.campaign import REPORT as CAMPAIGN
from sitegen.reports.customer import REPORT as CUSTOMER
from sitegen.reports.customer_matrix import REPORT as CUSTOMER_MATRIX
from sitegen.reports.estimates import REPORT as ESTIMATES
from sitegen.reports.funnel import REPORT as FUNNEL
from sitegen.reports.growth_wheel import REPORT as GROWTH_WHEEL
from sitegen.reports.home import REPORT as HOME
from sitegen.reports.lending import REPORT as LENDING
from sitegen.reports.make_or_buy import REPORT as MAKE_OR_BUY
from sitegen.reports.marketing_plan import REPORT as MARKETING_PLAN
from sitegen.reports.monthly_talk import REPORT as MONTHLY_TALK
from sitegen.reports.person import REPORT as PERSON
from sitegen.reports.pivot import REPORT as PIVOT
from sitegen.reports.portfolio import REPORT as PORTFOLIO
from sitegen.reports.project import REPORT as PROJECT
from sitegen.reports.resource_plan import REPORT as RESOURCE_PLAN
from sitegen.reports.sales_temperature import REPORT as SALES_TEMPERATURE
from sitegen.reports.time_now import REPORT as TIME_NOW
from sitegen.reports.time_use import REPORT as TIME_USE

REPORTS: tuple[Report, ...] = (
    MARKETING_PLAN,
    ACTIVITY,
    SALES_TEMPERATURE,
    BUDGET,
    PORTFOLIO,
    TIME_USE,
    BOOKED_REGISTERED,
    RESOURCE_PLAN,
    PROJECT,
    PERSON,
    MONTHLY_TALK,
    LENDING,
    MAKE_OR_BUY,
    ESTIMATES,
    PIVOT,
    TIME_NOW,  # its figures are those of the others of the section
    CUSTOMER_MATRIX,
    CUSTOMER,
    FUNNEL,
    CAMPAIGN,
    GROWTH_WHEEL,
    HOME,  # last: its figures are those of the others
)

SECTIONS = ("home", "plan", "time", "customers", "funnel", "campaigns", "growth", "data")
"""The parts of the site in the order of the navigation; a report's `section` is one of them."""
