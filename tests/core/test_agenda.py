"""What is planned goes to the agenda and never to alerts; what ends by a word is told as a notice, or held."""

from typing import Any

import pytest

from stream.core.agenda import Agenda
from stream.core.endings import plain
from stream.core.judge import judge
from stream.core.machine import Decision, Machine
from stream.core.records import Alert, Attribution, Hold, Mention, Mentions, Voice
from tests.core.mention_log import FACTS, POLICY, machine, mention, record, withdrawal
from tests.core.texts import article, book

TALKS = mention("contact.meeting", "TUR QAT", status="planned", day="2026-06-05", hour="10:00")
LATER = mention("contact.meeting", "TUR QAT", status="planned")
OFF = mention("contact.meeting", "TUR QAT", status="called_off", text="نشست دو کشور لغو شد", attribution=None)
MINISTRY = Attribution(kind="official", text="وزارت خارجهٔ ترکیه", state="TUR")
DENIED = mention("contact.meeting", "TUR QAT", status="denied", attribution=MINISTRY)
THREAT = mention("threat", "USA", "IRN")
STRIKE = mention("attack.armed", "USA", "IRN")
HALT = mention("attack.armed", "USA", "IRN", status="called_off")


def run(*log: Mentions) -> list[Decision]:
    fresh = machine()
    return [one for n, given in enumerate(log) for one in fresh.apply(n, given)]


def words(decisions: list[Decision]) -> list[str]:
    """Kind of an alert, "agenda" and kind, or the reason of a Hold."""
    return [
        f"agenda {one.kind} {one.because}".strip()
        if isinstance(one, Agenda)
        else one.reason
        if isinstance(one, Hold)
        else f"{one.kind} {one.notify_reason}".strip()
        for one in decisions
    ]


# --- agenda -----------------------------------------------------------------------------------------------------------


def test_a_plan_with_a_date_goes_to_the_agenda() -> None:
    (made,) = run(record("IRNA/1", TALKS, url="https://example.org/1"))
    assert isinstance(made, Agenda)
    assert (made.kind, made.type, made.day, made.hour) == ("create", "contact.meeting", "2026-06-05", "10:00")
    assert (made.actors, made.desk, made.url) == (("TUR", "QAT"), "diplomacy", "https://example.org/1")
    assert (made.text, made.evidence) == ("گفت‌وگوی تلفنی وزیران خارجه", TALKS.evidence)
    assert [source.uri for source in made.sources] == ["IRNA/1"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        pytest.param(LATER, ["status_planned"], id="without a date"),
        pytest.param(
            mention("contact.meeting", "TUR QAT", status="planned", day="2026-05-31"), ["status_planned"], id="over"
        ),
        pytest.param(
            mention("contact.meeting", "TUR QAT", status="planned", day="2026-06-01"), ["agenda create"], id="today"
        ),
        pytest.param(
            mention("contact.meeting", "TUR QAT", status="planned", time="background"), ["not_current"], id="old"
        ),
        pytest.param(
            mention("contact.call", "TUR QAT", status="planned", rule="deprecated"), ["rule_silent"], id="silent"
        ),
        pytest.param(mention("contact.call", "TUR QAT", status="planned", rule="none"), ["rule_unknown"], id="unknown"),
    ],
)
def test_what_is_put_on_the_agenda(given: Mention, told: list[str]) -> None:
    assert words(run(record("IRNA/1", given))) == told


def test_a_plan_is_told_once_and_again_when_more_take_part() -> None:
    three = mention("contact.meeting", "TUR QAT IRN", status="planned", day="2026-06-05")
    other = mention("contact.meeting", "TUR QAT", status="planned", day="2026-06-08")
    log = [record("IRNA/1", TALKS), record("ISNA/1", TALKS), record("Mehr/1", three), record("AFP/1", other)]
    decisions = run(*log)
    assert words(decisions) == ["agenda create", "agenda_known", "agenda update", "agenda create"]
    plans = [one.plan for one in decisions if isinstance(one, Agenda)]
    assert plans[0] == plans[1] != plans[2]
    assert len({one.id for one in decisions if isinstance(one, Agenda)}) == 3


def test_a_plan_that_gets_its_date_later_is_then_told() -> None:
    assert words(run(record("IRNA/1", LATER), record("ISNA/1", TALKS))) == ["status_planned", "agenda create"]


def test_a_plan_is_taken_back_with_its_last_report() -> None:
    log = [record("IRNA/1", TALKS), record("ISNA/1", TALKS), withdrawal("IRNA/1"), withdrawal("ISNA/1")]
    assert words(run(*log)) == ["agenda create", "agenda_known", "nothing_to_withdraw", "agenda cancel taken_back"]
    newer = record("IRNA/1", mention("contact.meeting", "TUR QAT", status="planned", day="2026-06-09"), version="2")
    assert words(run(record("IRNA/1", TALKS), newer)) == ["agenda create", "agenda create", "agenda cancel taken_back"]
    assert words(run(record("IRNA/1", TALKS), record("IRNA/1", TALKS, version="2"))) == [
        "agenda create",
        "agenda_known",
    ]


def test_plans_are_forgotten_when_their_day_is_over_or_they_grow_old() -> None:
    fresh = machine()
    fresh.apply(0, record("IRNA/1", TALKS))
    fresh.apply(
        1,
        record("IRNA/2", LATER, hours=1),
    )
    fresh.apply(2, record("IRNA/3", mention("contact.call", "USA RUS", status="planned"), hours=2))
    assert len(fresh._plans.plans) == 2
    fresh.apply(3, record("IRNA/4", hours=24 * 5))
    assert [plan.type for plan in fresh._plans.plans.values()] == ["contact.call"]
    fresh.apply(4, record("IRNA/5", hours=24 * 7 + 3))
    assert not fresh._plans.plans


# --- notices ----------------------------------------------------------------------------------------------------------


def notices(*log: Mentions) -> list[Alert]:
    return [one for one in run(*log) if isinstance(one, Alert) and one.kind == "notice"]


@pytest.mark.parametrize("off", [OFF, DENIED], ids=["called off", "denied by the party itself"])
@pytest.mark.parametrize("plan", [TALKS, LATER], ids=["dated", "undated"])
def test_the_end_of_a_plan_is_a_notice(off: Mention, plan: Mention) -> None:
    decisions = run(record("IRNA/1", plan), record("ISNA/1", off, hours=1))
    (made,) = [one for one in decisions if isinstance(one, Alert)]
    assert (made.kind, made.notify, made.notify_reason, made.status) == ("notice", True, "notice", off.status)
    assert any(step.startswith("ends: plan ") for step in made.why)
    agenda = [f"{one.kind} {one.because}" for one in decisions if isinstance(one, Agenda)]
    assert agenda == ([] if plan is LATER else ["create ", f"cancel {off.status}"])


@pytest.mark.parametrize(
    "off",
    [
        pytest.param(OFF, id="nothing planned"),
        pytest.param(DENIED, id="nothing to deny"),
    ],
)
def test_what_ends_nothing_and_is_not_severe_is_held(off: Mention) -> None:
    assert words(run(record("ISNA/1", off))) == [f"status_{off.status}"]
    other = mention("contact.meeting", "USA RUS", status="planned")
    assert words(run(record("IRNA/1", other), record("ISNA/1", off))) == ["status_planned", f"status_{off.status}"]


def test_a_denial_by_others_ends_no_plan() -> None:
    other = mention(
        "contact.meeting", "TUR QAT", status="denied", attribution=Attribution(kind="official", text="x", state="USA")
    )
    assert words(run(record("IRNA/1", TALKS), record("ISNA/1", other))) == ["agenda create", "status_denied"]
    old = mention("contact.meeting", "TUR QAT", status="called_off", time="background")
    assert words(run(record("IRNA/1", TALKS), record("ISNA/1", old))) == ["agenda create", "not_current"]


def test_the_end_of_what_is_under_way_refers_to_its_alerts() -> None:
    (begun, ended) = run(record("IRNA/1", STRIKE), record("ISNA/1", HALT, hours=2))
    assert isinstance(begun, Alert)
    assert isinstance(ended, Alert)
    assert (ended.kind, ended.references) == ("notice", (begun.id,))
    assert f"ends: event {begun.event}" in ended.why


def test_the_end_of_a_threat_refers_to_it() -> None:
    attack = mention("troops.move", "USA", "IRN", status="called_off")
    (threat, ended) = run(record("IRNA/1", THREAT), record("ISNA/1", attack, hours=2))
    assert isinstance(threat, Alert)
    assert isinstance(ended, Alert)
    assert (ended.kind, ended.references) == ("notice", (threat.id,))
    assert f"ends: threat {threat.event}" in ended.why
    stranger = mention("troops.move", "TUR", "QAT", status="called_off")
    assert words(run(record("IRNA/1", THREAT), record("ISNA/1", stranger)))[1] == "status_called_off"


def test_what_is_severe_by_itself_is_told_though_nothing_was_known() -> None:
    (made,) = notices(record("IRNA/1", HALT))
    assert "ends: severe" in made.why
    assert (made.severity, made.line.split(" | ")[1:3]) == ("extreme", ["اعلان", "لغو شد"])


def test_further_reports_join_the_notice() -> None:
    channel: dict[str, Any] = {"publisher": Voice(id="channel", kind="anonymous_channel")}
    log = [record("channel/1", HALT, **channel), record("IRNA/1", HALT), record("IRNA/2", HALT), record("Mehr/1", HALT)]
    assert words(run(*log)) == ["notice notice", "update level_raised", "repeat", "update second_origin"]


def test_a_notice_is_cancelled_when_its_last_report_is_withdrawn() -> None:
    decisions = run(record("IRNA/1", HALT), withdrawal("IRNA/1"))
    assert words(decisions) == ["notice notice", "cancel cancel"]
    assert isinstance(decisions[1], Alert)
    assert isinstance(decisions[0], Alert)
    assert decisions[1].references == (decisions[0].id,)


def test_a_denial_by_the_party_of_what_was_alerted_is_an_update_of_it() -> None:
    happened = mention("contact.meeting", "TUR QAT")
    decisions = run(record("IRNA/1", happened), record("ISNA/1", DENIED))
    assert words(decisions) == ["create create", "update denial"]
    assert isinstance(decisions[1], Alert)
    assert "تکذیب شد از سوی وزارت خارجهٔ ترکیه: " in decisions[1].line[:60]


def test_a_restart_gives_plans_and_notices_back() -> None:
    log = [record("IRNA/1", TALKS), record("ISNA/1", OFF), record("Mehr/1", OFF), record("AFP/1", HALT)]
    whole = machine()
    expected = [whole.apply(n, given) for n, given in enumerate(log)]
    half = machine()
    for n, given in enumerate(log[:2]):
        half.apply(n, given)
    again = Machine.from_bytes(half.to_bytes(), POLICY, FACTS)
    assert [again.apply(n, given) for n, given in enumerate(log)] == expected
    assert again.to_bytes() == whole.to_bytes()


@pytest.mark.parametrize(
    ("status", "why", "holds"),
    [
        ("called_off", (), True),
        ("called_off", ("predicate: called_off «متوقف شد»",), True),
        ("called_off", ("before: called_off_before «لغو»", "no verb"), True),
        ("called_off", ("predicate: called_off «متوقف شد»", "matrix: should «باید»"), False),
        ("called_off", ("predicate: called_off «متوقف شد»", "sentence: if «اگر»"), False),
        ("called_off", ("predicate: called_off «متوقف شد»", "clause: will «به زودی»"), False),
        ("denied", ("predicate: denied «تکذیب کرد»", "before: about «دربارهٔ»"), True),
        ("denied", ("before: denied_before «هیچ»", "predicate: took_place «گزارش شد»", "verb: negated, past"), True),
        ("denied", ("verb: negated, perfect",), True),
        ("denied", ("verb: negated, present",), False),
        ("denied", ("verb: negated, future",), False),
        ("denied", ("before: denied_before «هیچ»",), False),
        ("denied", ("predicate: denied_wish «نیازی به»",), False),
        ("denied", ("question", "verb: negated, past"), False),
    ],
)
def test_only_what_is_plainly_off_or_denied_ends_something(status: Any, why: tuple[str, ...], holds: bool) -> None:
    off = mention(
        "attack.armed",
        "USA",
        "IRN",
        status=status,
        why=why,
        attribution=Attribution(kind="official", text="x", state="USA"),
    )
    told = words(run(record("IRNA/1", STRIKE), record("ISNA/1", off)))[1]
    expected = {"called_off": "notice notice", "denied": "update denial"}[status]
    assert told == (expected if holds else f"status_{status}")


def test_what_the_rules_call_off_and_deny_is_read_so() -> None:
    for body, holds in (
        ("ارتش ترکیه حمله به شمال سوریه را متوقف کرد.", True),
        ("ارتش ترکیه باید حمله به شمال سوریه را متوقف کند.", False),
        ("ترکیه حمله به شمال سوریه را تکذیب کرد.", True),
        ("ارتش ترکیه به شمال سوریه حمله نکرده است.", True),
        ("ارتش ترکیه به شمال سوریه حمله نخواهد کرد.", False),
    ):
        (told,) = [m for m in judge(article(body), book()).mentions if m.type == "attack.armed"]
        assert (plain(told) and told.status in ("denied", "called_off")) == holds, body
