"""Names of somebody or something that had ended before the day they are named for."""

from __future__ import annotations

KASPER = {"time/people/kasper.yml": "name: Kasper\nemployed: {from: 2024-01-01, to: 2026-02-28}\n"}
CARD = "crm/customers/nordisk-data.yml"


def test_who_left_may_be_named_until_the_last_day_and_where_no_day_is_written(found):
    for day, told in (("2026-02-28", []), ("2026-03-01", [("ended-before", f"{CARD}:2:52")])):
        text = f"name: N\nmeetings: [{{booked: {day}, state: booked, by: kasper}}]\n"
        assert found({**KASPER, CARD: text}) == told
    assert found({**KASPER, CARD: "name: N\nowner: kasper\n"}) == []


def test_the_place_is_that_of_the_late_name_not_of_the_first(found):
    owner = "owner:\n  2026-01-01: kasper\n  2026-05-01: kasper\n"
    assert found({**KASPER, CARD: f"name: N\n{owner}"}) == [("ended-before", f"{CARD}:4:15")]


def test_what_a_campaign_brought_about_may_come_after_it_but_not_its_own_steps(found):
    campaign = {"crm/campaigns/a.yml": "name: A\nkind: event\nto: 2026-03-31\nflow: {call: {name: C, end: true}}\n"}
    meeting = "meetings: [{booked: 2026-04-07, state: booked, list: a}]\n"
    click = "activities: [{date: 2026-04-07, type: click, campaign: a}]\n"
    assert found({**campaign, CARD: f"name: N\n{meeting}{click}"}) == []
    call = "activities: [{date: 2026-04-07, type: call, campaign: a, step: call}]\n"
    assert found({**campaign, CARD: f"name: N\n{call}"}) == [("ended-before", f"{CARD}:2:55")]
