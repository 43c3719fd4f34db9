"""Every code a problem may have: how bad it is, who may read it, its sentence and its hint (English msgids).

A code is stable: people look it up, and other tools filter by it. `tests/cases/bad/<code>/` shows it by example, and
`docs/codes.md` lists them all. GROUPS holds them as that page shows them; a new code goes to the module of its kind.
"""

from __future__ import annotations

from sitegen.codes.code import Code
from sitegen.codes.crm import CAMPAIGNS, CONSENT, CRM
from sitegen.codes.files import FILES, SETTINGS, YAML
from sitegen.codes.plans import PLANS
from sitegen.codes.references import REFERENCES
from sitegen.codes.time import PROJECTS, WEEKS
from sitegen.codes.values import VALUES
from sitegen.codes.workdays import WORKDAYS

__all__ = ["CODES", "GROUPS", "Code"]

GROUPS: dict[str, dict[str, Code]] = {
    "Files": FILES,
    "YAML": YAML,
    "Values": VALUES,
    "References": REFERENCES,
    "Time": WEEKS | WORKDAYS,
    "Projects": PROJECTS,
    "Customers": CRM,
    "Consent": CONSENT,
    "Campaigns": CAMPAIGNS,
    "Plans": PLANS,
    "Settings": SETTINGS,
}

CODES: dict[str, Code] = {name: code for group in GROUPS.values() for name, code in group.items()}
