"""What the newsroom is told, with which level and words, and each reason to tell nothing."""

from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stream.core.correlate import Support
from stream.core.decide import LINE, clip, first_words, is_stale, line, reckon
from stream.core.machine import Machine
from stream.core.policy import LEVELS, Policy
from stream.core.reasons import HOLD_REASONS
from stream.core.records import Alert, Attribution, First, Hold, Mentions
from tests.core.mention_log import FACTS, NOON, POLICY, machine, mention, record, withdrawal

# the machine that runs the tests may be busy: how long an example takes says nothing
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

CALL = mention("contact.call", "USA RUS")
SAID = Attribution(kind="official", text="سخنگوی وزارت خارجه")


def decide(given_record: Mentions, policy: Policy = POLICY) -> Alert | Hold:
    """The only decision on the first record of a log."""
    (decision,) = Machine(policy, FACTS).apply(0, given_record)
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
    assert (made.severity, made.level) == ("minor", "bulletin")
    assert made.why == ("lead", "severity minor: routine", "first +1: bulletin", "maturity stable")
    assert (made.evidence, made.trigger, made.attribution) == (call.evidence, call.trigger, SAID)
    assert (made.rule, made.rulebook) == ("contact.call", "book")
    assert (made.published, made.references) == (NOON, ())
    (source,) = made.sources
    assert (source.uri, source.outlet, source.url) == ("IRNA/1", "IRNA", "https://example.org/1")


def test_an_experimental_rule_alerts_and_says_so() -> None:
    made = alert(record("IRNA/1", mention("contact.call", "USA RUS", rule="experimental")))
    assert made.why[-1] == "maturity experimental"


@pytest.mark.parametrize(
    ("kind", "fields", "level", "steps"),
    [
        ("war.start", {}, "flash", 1),
        ("war.start", {"status": "claimed"}, "urgent", 2),
        ("war.start", {"status": "claimed", "headline": False}, "bulletin", 3),
        ("war.start", {"first": First()}, "flash", 2),
        ("attack.armed", {}, "urgent", 1),
        ("attack.armed", {"first": First()}, "urgent", 2),
        ("contact.call", {}, "routine", 1),
        ("contact.call", {"headline": False}, "routine", 2),
        ("contact.call", {"first": First()}, "bulletin", 2),
        ("contact.call", {"first": First(claimed=False)}, "routine", 1),
    ],
)
def test_levels(kind: str, fields: dict[str, Any], level: str, steps: int) -> None:
    fresh = machine()
    fresh.apply(0, record("IRNA/1", mention(kind, "RUS UKR", **fields)))
    (event,) = fresh._correlator.state.events.values()
    found, why = reckon(event.view, FACTS[kind].severity, POLICY)
    assert found == level
    assert len(why) == steps


# --- notify -----------------------------------------------------------------------------------------------------------


def test_only_the_second_independent_outlet_notifies_once() -> None:
    fresh = machine()
    outlets = ["IRNA/1", "copy/1", "ISNA/1", "Mehr/1"]
    alerts = [
        one
        for n, uri in enumerate(outlets)
        for one in fresh.apply(n, record(uri, CALL, signature="IRNA/1" if uri == "copy/1" else uri))
        if isinstance(one, Alert)
    ]
    assert [(a.kind, a.notify, len(a.sources)) for a in alerts] == [
        ("create", True, 1),
        ("update", False, 2),
        ("update", True, 3),
        ("update", False, 4),
    ]
    assert [a.event for a in alerts] == [alerts[0].event] * 4
    assert alerts[3].references == tuple(a.id for a in alerts[:3])


def test_another_article_of_the_same_outlet_supports_in_silence() -> None:
    fresh = machine()
    fresh.apply(0, record("IRNA/1", CALL))
    (again,) = fresh.apply(1, record("IRNA/2", CALL))
    assert isinstance(again, Hold)
    assert again.reason == "repeat"
    (update,) = fresh.apply(2, withdrawal("IRNA/1"))
    assert isinstance(update, Alert)
    assert (update.kind, [source.uri for source in update.sources]) == ("update", ["IRNA/2"])


def test_a_claim_that_becomes_fact_notifies() -> None:
    fresh = machine()
    (claim,) = fresh.apply(0, record("IRNA/1", mention("attack.armed", "ISR", "IRN", status="claimed")))
    (fact,) = fresh.apply(1, record("IRNA/2", mention("attack.armed", "ISR", "IRN")))
    (later,) = fresh.apply(2, record("IRNA/3", mention("attack.armed", "ISR", "IRN", status="claimed")))
    assert isinstance(claim, Alert)
    assert isinstance(fact, Alert)
    assert isinstance(later, Hold)
    assert (claim.level, claim.status) == ("bulletin", "claimed")
    assert (fact.kind, fact.notify, fact.level, fact.status) == ("update", True, "urgent", "happened")


def test_shown_sources_are_bounded() -> None:
    fresh = machine()
    for n in range(30):
        decisions = fresh.apply(n, record(f"outlet{n}/1", CALL))
    assert isinstance(decisions[0], Alert)
    assert len(decisions[0].sources) == POLICY.bounds.sources_shown


# --- the line ---------------------------------------------------------------------------------------------------------


def test_lines() -> None:
    title = "🔴 بلینکن و لاوروف تلفنی گفت‌وگو کردند\nکانال خبر"
    fresh = machine()
    lines = [
        one.line
        for n, given_record in enumerate(
            [
                record("IRNA/1", CALL, title=title),
                record("ISNA/1", mention("contact.call", "USA RUS", status="claimed", attribution=SAID), title=title),
                record("TASS/1", mention("contact.call", "USA RUS", headline=False, text="دو وزیر گفت‌وگو کردند")),
                record("x/1", CALL, title="", outlet=None),
                withdrawal("IRNA/1"),
                *[withdrawal(uri) for uri in ("ISNA/1", "TASS/1", "x/1")],
            ]
        )
        for one in fresh.apply(n, given_record)
        if isinstance(one, Alert)
    ]
    claim = "ادعا | سخنگوی وزارت خارجه: بلینکن و لاوروف تلفنی گفت‌وگو کردند (ISNA)"
    evidence = "وزیران خارجهٔ دو کشور تلفنی گفت‌وگو کردند"
    assert lines == [
        "عادی | بلینکن و لاوروف تلفنی گفت‌وگو کردند (IRNA)",
        f"عادی | تکمیلی | {claim}",
        "عادی | تکمیلی | دو وزیر گفت‌وگو کردند (TASS)",
        f"عادی | تکمیلی | {evidence}",
        f"عادی | تکمیلی | {claim}",
        "عادی | تکمیلی | دو وزیر گفت‌وگو کردند (TASS)",
        f"عادی | تکمیلی | {evidence}",
        f"لغو هشدار | {evidence}",
    ]


def test_who_says_it_is_not_said_twice() -> None:
    call = mention("contact.call", "USA RUS", attribution=Attribution(kind="official", text="لاوروف"))
    assert alert(record("IRNA/1", call, title="لاوروف: با بلینکن گفت‌وگو کردم")).line.count("لاوروف") == 1
    outlet = mention("contact.call", "USA RUS", attribution=Attribution(kind="outlet", text="ایرنا"))
    (made,) = machine(outlets={"IRNA": "ایرنا"}).apply(0, record("IRNA/1", outlet))
    assert isinstance(made, Alert)
    assert made.line == "عادی | گفت‌وگوی تلفنی وزیران خارجه (ایرنا)"


@calm
@given(
    title=st.text(max_size=300),
    evidence=st.text(min_size=1, max_size=300),
    who=st.text(max_size=300),
    outlet=st.none() | st.text(max_size=300),
    headline=st.booleans(),
    kind=st.sampled_from(["create", "update", "correct", "cancel"]),
    level=st.sampled_from(LEVELS),
    status=st.sampled_from(["happened", "claimed", "called_off"]),
)
def test_a_line_is_short_and_holds_a_verbatim_slice(  # type: ignore[no-untyped-def]
    title, evidence, who, outlet, headline, kind, level, status
) -> None:
    told = mention(
        "contact.call",
        status=status,
        text=evidence,
        headline=headline,
        attribution=Attribution(kind="official", text=who),
    )
    cause = Support(
        uri="u", version="1", outlet=outlet, url=None, title=title, published=None, signature="", mention=told
    )
    made = line(kind, level, cause, POLICY, {})
    assert len(made) <= LINE
    words = first_words(cause)
    assert words in title or words in evidence
    assert words in made or words[:10].rstrip(" ،؛,;:-–") in made


@pytest.mark.parametrize(
    ("text", "size", "clipped"),
    [
        ("یک دو سه", 8, "یک دو سه"),
        ("یک دو سه", 7, "یک دو…"),
        ("یک دو، سه", 7, "یک دو…"),
        ("یکدوسه", 4, "یکد…"),
        ("یک دو سه چهار", 6, "یک دو…"),
        ("و چهارشنبه‌سوری", 9, "و چهارشن…"),
    ],
)
def test_clip(text: str, size: int, clipped: str) -> None:
    assert clip(text, size) == clipped
