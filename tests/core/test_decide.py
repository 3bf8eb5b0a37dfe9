"""What the newsroom is told, with which level and words, and each reason to tell nothing."""

import msgspec
import pytest

from stream.core.agenda import Agenda
from stream.core.decide import is_stale
from stream.core.machine import Machine
from stream.core.policy import Policy
from stream.core.reasons import HOLD_REASONS
from stream.core.records import Alert, Attribution, First, Hold, Mentions
from tests.core.mention_log import FACTS, NOON, POLICY, machine, mention, record, withdrawal

CALL = mention("contact.call", "USA RUS")
SAID = Attribution(kind="official", text="سخنگوی وزارت خارجه")


def decide(given_record: Mentions, policy: Policy = POLICY) -> Alert | Hold:
    """The only decision on the first record of a log."""
    (decision,) = Machine(policy, FACTS).apply(0, given_record)
    assert not isinstance(decision, Agenda)
    return decision


def alert(given_record: Mentions) -> Alert:
    decision = decide(given_record)
    assert isinstance(decision, Alert)
    return decision


# --- reasons to hold --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        (record("IRNA/1"), "no_mention"),
        (record("IRNA/1", outcome="unsupported_language", language="ar"), "unsupported_language"),
        (record("IRNA/1", mention("contact.call", "USA RUS", time="background")), "not_current"),
        (record("IRNA/1", mention("contact.call", "USA RUS", time="background", status="planned")), "not_current"),
        (record("IRNA/1", mention("contact.call", "USA RUS", status="planned")), "status_planned"),
        (record("IRNA/1", mention("contact.call", "USA RUS", status="proposed")), "status_proposed"),
        (record("IRNA/1", mention("contact.call", "USA RUS", status="conditional")), "status_conditional"),
        (record("IRNA/1", mention("contact.call", "USA RUS", status="denied")), "status_denied"),
        (record("IRNA/1", mention("contact.call", "USA RUS", status="called_off")), "status_called_off"),
        (record("IRNA/1", mention("contact.call", "USA RUS", day="2026-05-29")), "stale"),
        (record("IRNA/1", mention("contact.call", "USA RUS", rule="deprecated")), "rule_silent"),
        (record("IRNA/1", mention("contact.call", "USA RUS", rule="none")), "rule_unknown"),
        (record("IRNA/1", CALL, pub_status="withheld"), "withheld"),
        (record("IRNA/1", CALL, embargoed_until=NOON.replace(hour=13)), "embargoed"),
        (withdrawal("IRNA/1"), "nothing_to_withdraw"),
    ],
)
def test_each_hold_has_its_named_reason(held: Mentions, reason: str) -> None:
    decision = decide(held)
    assert isinstance(decision, Hold)
    assert decision.reason == reason
    assert decision.reason in HOLD_REASONS
    assert decision.uri == "IRNA/1"


def test_claims_can_be_held_by_policy() -> None:
    decision = decide(
        record("IRNA/1", mention("contact.call", "USA RUS", status="claimed")),
        msgspec.structs.replace(POLICY, alerted=("happened",)),
    )
    assert isinstance(decision, Hold)
    assert decision.reason == "status_claimed"


def test_each_mention_gets_one_decision_in_order() -> None:
    decisions = machine().apply(
        0,
        record(
            "IRNA/1",
            mention("prisoner.release", "RUS", status="proposed"),
            CALL,
            mention("war.start", "RUS", "UKR", time="background"),
        ),
    )
    assert [one.reason if isinstance(one, Hold) else one.kind for one in decisions] == [
        "status_proposed",
        "create",
        "not_current",
    ]


@pytest.mark.parametrize(
    ("day", "stale"),
    [("2026-06-01", False), ("2026-05-31", False), ("2026-05-30", False), ("2026-05-29", True), (None, False)],
)
def test_an_event_is_stale_when_even_the_end_of_its_day_is_too_long_ago(day: str | None, stale: bool) -> None:
    assert is_stale(day, NOON, 48) is stale


def test_an_old_article_about_its_own_day_is_not_stale() -> None:
    old = NOON.replace(year=2022)
    call = mention("contact.call", "USA RUS", day=old.date().isoformat())
    assert isinstance(decide(record("IRNA/1", call, published=old)), Alert)


# --- the alert --------------------------------------------------------------------------------------------------------


def test_an_alert_carries_all_that_the_mention_says() -> None:
    first = First(since="جنگ اوکراین")
    call = mention(
        "contact.call", "USA RUS", persons=("lavrov",), first=first, day="2026-06-01", why=("lead",), attribution=SAID
    )
    made = alert(record("IRNA/1", call, url="https://example.org/1"))
    assert (made.kind, made.notify, made.desk, made.type, made.status) == (
        "create",
        True,
        "diplomacy",
        "contact.call",
        "happened",
    )
    assert (made.actors, made.persons, made.first, made.day) == (("USA", "RUS"), ("lavrov",), first, "2026-06-01")
    assert (made.severity, made.level) == ("moderate", "bulletin")
    assert made.why == (
        "lead",
        "first claim: unknown, since_unknown, RUS–USA",
        "بایگانی ما نمی‌داند از کِی شمرده می‌شود",
        "severity: minor (contact.call)",
        "severity: first, +1: moderate",
        "certainty: likely (happened)",
        "urgency: immediate (0 h)",
        "level: bulletin (moderate)",
        "notify: create",
        "maturity stable",
    )
    assert (made.urgency, made.certainty, made.notify_reason) == ("immediate", "likely", "create")
    assert (made.url, made.independent) == ("https://example.org/1", 1)
    assert (made.evidence, made.trigger, made.attribution) == (call.evidence, call.trigger, SAID)
    assert (made.rule, made.rulebook) == ("contact.call", "book")
    assert (made.published, made.references) == (NOON, ())
    (source,) = made.sources
    assert (source.uri, source.outlet, source.url) == ("IRNA/1", "IRNA", "https://example.org/1")


def test_an_experimental_rule_alerts_and_says_so() -> None:
    made = alert(record("IRNA/1", mention("contact.call", "USA RUS", rule="experimental")))
    assert made.why[-1] == "maturity experimental"


def test_what_came_to_light_only_now_is_told_however_old_it_is() -> None:
    for fields in ({"day": "2026-05-01"}, {"day": "2026-05-01", "time": "background"}):
        made = alert(record("IRNA/1", mention("contact.meeting", "IRN USA", revealed=True, **fields)))
        assert (made.urgency, made.level) == ("past", "routine")


def test_an_alert_shows_what_else_the_article_says_now() -> None:
    planned = mention("contact.meeting", "USA RUS", status="planned")
    old = mention("war.start", "RUS", "UKR", time="background")
    (made, *_) = machine().apply(0, record("IRNA/1", CALL, planned, old))
    assert isinstance(made, Alert)
    (other,) = made.also
    assert (other.type, other.status, other.evidence) == ("contact.meeting", "planned", planned.evidence)


def test_an_alert_carries_the_history_of_its_event() -> None:
    fresh = machine()
    made = [
        one
        for n in range(15)
        for one in fresh.apply(n, record(f"outlet{n}/1", CALL, hours=n / 10))
        if isinstance(one, Alert)
    ]
    assert made[0].history == ()
    assert [told.id for told in made[3].history] == [one.id for one in made[:3]] == list(made[3].references)
    assert (made[1].history[0].line, made[1].history[0].notify_reason) == (made[0].line, "create")
    assert len(made[14].history) == POLICY.bounds.history_shown
    assert len(made[14].references) == 14


def test_shown_sources_are_bounded() -> None:
    fresh = machine()
    for n in range(30):
        decisions = fresh.apply(n, record(f"outlet{n}/1", CALL))
    assert isinstance(decisions[0], Alert)
    assert len(decisions[0].sources) == POLICY.bounds.sources_shown
