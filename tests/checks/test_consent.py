"""Whom a campaign may write to and call, and how long a proof is kept."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.checks.conftest import ORGANISATION

CARD = "crm/customers/nordisk-data.yml"
LIST = "crm/campaigns/liste.yml"
TODAY = dt.date(2026, 6, 30)


def card(more: str) -> str:
    return f"name: Nordisk Data A/S\n{more}"


def written(consent: str, day: str, type: str = "newsletter", campaign: str = "") -> str:
    named = f", campaign: {campaign}" if campaign else ""
    return card(
        f"contacts: {{karen: {{consent: {consent}}}}}\n"
        f"activities: [{{date: {day}, type: {type}, contact: karen{named}}}]\n"
    )


@pytest.mark.parametrize(
    ("day", "allowed"), [("2026-01-11", False), ("2026-01-12", True), ("2026-05-01", True), ("2026-05-02", False)]
)
def test_a_consent_lives_from_the_day_it_was_given_until_the_day_before_it_was_withdrawn(found, day, allowed):
    consent = "{news: [{given: 2026-01-12, withdrawn: 2026-05-02}]}"
    assert (found({CARD: written(consent, day)}) == []) is allowed


def test_a_consent_given_again_lives_again(found):
    consent = "{news: [{given: 2026-01-12, withdrawn: 2026-02-02}, {given: 2026-03-02}]}"
    assert found({CARD: written(consent, "2026-02-15")}) == [("no-live-consent", f"{CARD}:3:60")]
    assert found({CARD: written(consent, "2026-03-02")}) == []


def test_a_consent_to_letters_allows_no_newsletter_and_one_to_e_mail_no_sms(found):
    for channel, type, allowed in (("letter", "newsletter", False), ("email", "sms", False), ("sms", "sms", True)):
        text = written(f"{{news: [{{given: 2026-01-12, channel: {channel}}}]}}", "2026-03-02", type)
        assert (found({CARD: text}) == []) is allowed


def test_a_consent_to_another_purpose_than_the_campaigns_does_not_count(found):
    campaign = "name: Nyhedsbrev\nkind: newsletter\naudience: {consent: news}\n"
    other = written("{events: [{given: 2026-01-12}], news: []}", "2026-03-02", campaign="liste")
    assert ("no-live-consent", f"{CARD}:3:60") in found({LIST: campaign, CARD: other})
    same = written("{news: [{given: 2026-01-12}]}", "2026-03-02", campaign="liste")
    assert found({LIST: campaign, CARD: same}) == []


def test_what_the_contact_did_and_letters_by_post_need_no_consent(found):
    for type in ("newsletter-click", "letter", "call", "webinar"):
        assert found({CARD: written("{}", "2026-03-02", type)}) == []


def call_list(to: str = "") -> str:
    return f"name: Liste\nkind: call-list\nfrom: 2026-02-02\n{to}members: [nordisk-data]\n"


def test_a_firm_that_refused_after_the_list_was_over_could_be_called(found):
    """The list ends on 31 March; refused on 1 April, on 31 March, and with a list that has no end."""
    refused = card("no_advertising: {2026-01-05: false, 2026-04-01: true}\n")
    assert found({LIST: call_list("to: 2026-03-31\n"), CARD: refused}) == []
    assert [code for code, _ in found({LIST: call_list("to: 2026-04-01\n"), CARD: refused})] == ["advertising-refused"]
    assert [code for code, _ in found({LIST: call_list(), CARD: refused})] == ["advertising-refused"]


def test_a_look_up_is_asked_for_while_the_list_is_in_use_only(found):
    """Looked up on 1 April: 90 days before 30 June, 91 before 1 July. The list of 1 July is over, or not begun."""
    firm = card("no_advertising: {2026-04-01: false}\n")
    july = dt.date(2026, 7, 1)
    assert found({LIST: call_list(), CARD: firm}, TODAY) == []
    assert found({LIST: call_list(), CARD: firm}, july) == [("look-up-old", f"{LIST}:4:11")]
    assert found({LIST: call_list("to: 2026-06-30\n"), CARD: firm}, july) == []
    assert found({LIST: call_list(), CARD: card("")}, dt.date(2026, 2, 1)) == []
    assert found({LIST: call_list(), CARD: card("")}, dt.date(2026, 2, 2)) == [("no-look-up", f"{LIST}:4:11")]


@pytest.mark.parametrize("country", ["NO", "SE"])
def test_outside_denmark_no_look_up_is_asked_for(found, country):
    """A refusal that somebody wrote down counts everywhere."""
    organisation = ORGANISATION.replace("DK\n", f"{country}\n", 1)
    firm = card("no_advertising: {2025-01-01: false}\n")
    assert found({"organisation.yml": organisation, LIST: call_list(), CARD: card("")}, TODAY) == []
    assert found({"organisation.yml": organisation, LIST: call_list(), CARD: firm}, TODAY) == []
    refused = card("no_advertising: true\n")
    told = found({"organisation.yml": organisation, LIST: call_list(), CARD: refused}, TODAY)
    assert [code for code, _ in told] == ["advertising-refused"]


@pytest.mark.parametrize(("given", "old"), [("2024-06-30", False), ("2024-06-29", True)])
def test_a_proof_that_was_never_used_is_kept_for_two_years_after_it_was_given(found, given, old):
    text = card(f"contacts: {{karen: {{consent: {{news: [{{given: {given}, how: messe}}]}}}}}}\n")
    assert found({CARD: text}, TODAY) == ([("proof-old", f"{CARD}:2:57")] if old else [])


def test_a_proof_given_on_29_february_is_kept_until_28_february(found):
    text = card("contacts: {karen: {consent: {news: [{given: 2024-02-29, how: messe}]}}}\n")
    assert found({CARD: text}, dt.date(2026, 2, 28)) == []
    assert found({CARD: text}, dt.date(2026, 3, 1)) == [("proof-old", f"{CARD}:2:57")]


def test_an_activity_after_a_consent_was_withdrawn_is_no_use_of_it(found):
    """Withdrawn on 1 March 2024; the click of May 2026 was under the consent of 2025."""
    campaign = "name: Nyhedsbrev\nkind: newsletter\naudience: {consent: news}\n"
    consents = "[{given: 2024-01-05, how: a, withdrawn: 2024-03-01}, {given: 2025-01-05, how: b}]"
    text = card(
        f"contacts: {{karen: {{consent: {{news: {consents}}}}}}}\n"
        "activities: [{date: 2026-05-02, type: newsletter-click, campaign: liste, contact: karen}]\n"
    )
    assert found({LIST: campaign, CARD: text}, TODAY) == [("proof-old", f"{CARD}:2:57")]


@pytest.mark.parametrize(
    ("campaign", "codes"),
    [
        ("audience: {consent: news}\n", ["proof-old"]),
        ("audience: {consent: nesw}\n", ["unknown-purpose"]),
        ("audience: {}\n", ["consent-not-asked"]),
        ("audience: {consent: news}\nx: 1\n", ["unknown-key"]),
    ],
)
def test_no_proof_is_called_old_while_the_purpose_of_a_campaign_is_not_known(found, campaign, codes):
    """Given in 2023 and never used: old in June 2026, but for the mistake in a campaign."""
    text = card("contacts: {karen: {consent: {news: [{given: 2023-01-05, how: messe}]}}}\n")
    files = {LIST: "name: Nyhedsbrev\nkind: newsletter\n" + campaign, CARD: text}
    assert [code for code, _ in found(files, TODAY)] == codes


def test_no_proof_is_called_old_on_a_card_with_an_error_or_used_in_a_campaign_that_is_not_known(found):
    text = card("contacts: {karen: {consent: {news: [{given: 2023-01-05, how: messe}]}}}\n")
    assert [code for code, _ in found({CARD: text + "x: 1\n"}, TODAY)] == ["unknown-key"]
    used = text + "activities: [{date: 2026-03-02, type: call, campaign: lost, contact: karen}]\n"
    assert [code for code, _ in found({CARD: used}, TODAY)] == ["unknown-campaign"]


def test_a_purpose_is_unused_only_where_campaigns_ask_for_others(found):
    other = card("contacts: {karen: {consent: {news: [{given: 2026-01-05}], events: [{given: 2026-01-05}]}}}\n")
    campaign = "name: Nyhedsbrev\nkind: newsletter\naudience: {consent: news}\n"
    assert found({CARD: other}) == []
    assert found({LIST: campaign, CARD: other}) == [("purpose-unused", f"{CARD}:2:59")]


@pytest.mark.parametrize(
    ("consent", "wanted"),
    [
        ("{given: 2024-06-30}", True),
        ("{given: 2024-06-29}", False),
        ("{given: 2024-06-30, how: webinar}", False),
        ("{given: 2024-06-30, withdrawn: 2024-07-02}", True),
    ],
)
def test_how_a_consent_was_given_is_asked_for_as_long_as_its_proof_must_be_kept(found, consent, wanted):
    """Two years after its last use; a consent that was taken back may have been used until then."""
    text = card(f"contacts: {{karen: {{consent: {{news: [{consent}]}}}}}}\n")
    codes = [code for code, _ in found({CARD: text}, TODAY)]
    assert codes == (["no-proof"] if wanted else [])


def test_a_use_keeps_the_proof_of_an_old_consent_wanted(found):
    campaign = "name: Nyhedsbrev\nkind: newsletter\naudience: {consent: news}\n"
    text = written("{news: [{given: 2023-01-12}]}", "2024-06-30", campaign="liste")
    assert found({LIST: campaign, CARD: text}, TODAY) == [("no-proof", f"{CARD}:2:38")]
