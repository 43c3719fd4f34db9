"""What readers call the ids that an organisation's records choose freely, where many choose the same (msgids).

Channels, kinds of activities, outcomes and measures are named in the records by an id alone. An id that is not here is
shown as the records write it, with spaces for its hyphens.
"""

from __future__ import annotations

CHANNELS = {
    "direct": "Direct traffic",
    "email": "E-mail",
    "events": "Events",
    "facebook": "Facebook",
    "google-ads": "Google Ads",
    "instagram": "Instagram",
    "letter": "Letter",
    "linkedin": "LinkedIn",
    "newsletter": "Newsletter",
    "organic": "Organic search",
    "partners": "Partners",
    "phone": "Telephone",
    "referral": "Recommendation",
    "seo": "Search engines",
    "social": "Social media",
    "website": "Website",
}
ACTIVITIES = {
    "call": "Telephone call",
    "click": "Click",
    "download": "Download",
    "email": "E-mail",
    "event": "Event",
    "letter": "Letter",
    "meeting": "Meeting",
    "newsletter-click": "Click in the newsletter",
    "survey": "Survey",
    "trial": "Trial",
    "visit": "Visit to the website",
    "webinar": "Webinar",
}
OUTCOMES = {
    "accepts": "said yes",
    "agreement": "agreement made",
    "answers": "answered",
    "clicks": "clicked",
    "completed": "completed",
    "declines": "said no",
    "growth": "sees growth",
    "later": "later",
    "less-interesting": "less interesting",
    "no-answer": "no answer",
    "order": "ordered",
    "proposal": "wants a proposal",
    "reads": "read it",
    "thinks": "thinks it over",
    "unsubscribes": "unsubscribed",
}
MEASURES = {
    "agreements": "Agreements",
    "answers": "Answers",
    "clicks": "Clicks",
    "customers": "Customers",
    "downloads": "Downloads",
    "leads": "Leads",
    "meetings": "Meetings",
    "orders": "Orders",
    "proposals": "Proposals",
    "sign-ups": "Sign-ups",
    "subscribers": "Subscribers",
    "visitors": "Visitors",
}
VARIABLES = {
    "audience": "the audience",
    "channel": "the channel",
    "day": "the day",
    "format": "the format",
    "picture": "the picture",
    "subject": "the subject line",
    "text": "the text",
    "time": "the time of day",
}
"""What the variants of an A/B test may differ in."""
