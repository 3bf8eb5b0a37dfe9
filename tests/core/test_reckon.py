"""Severity, certainty, urgency and level: every step of the shipped policy, where it holds and where it just does not."""

from typing import Any

import msgspec
import pytest

from stream.core.machine import Machine
from stream.core.policy import CertaintyName
from stream.core.reckon import reckon
from stream.core.records import Alert, Attribution, First, Mention, Quantity, Voice
from tests.core.mention_log import FACTS, NOON, POLICY, machine, mention, record, withdrawal

AGENCY = Voice(id="IRNA", kind="agency")
CHANNEL = Voice(id="channel", kind="anonymous_channel")
AGGREGATOR = Voice(id="aggregator", kind="aggregator")
RUSSIA = Voice(id="RUS", kind="party")
UNNAMED = Attribution(kind="unnamed", text="منابع آگاه")


def alert(told: Mention, publisher: Voice | None = AGENCY, **fields: Any) -> Alert:
    (made,) = machine().apply(0, record("IRNA/1", told, publisher=publisher, **fields))
    assert isinstance(made, Alert)
    return made


def numbers(**kinds: float) -> tuple[Quantity, ...]:
    return tuple(Quantity(kind=kind, value=value, text="1", start=0, end=1) for kind, value in kinds.items())


def steps(made: Alert, axis: str) -> set[str]:
    """Names of the steps of one axis that hold."""
    return {step.split(": ")[1].split(" ")[0].rstrip(",") for step in made.why if step.startswith(f"{axis}: ")}


# --- severity: (type, actors, recipients, fields) that meet a step, and those that just miss it -----------------------

Case = tuple[str, str, str, dict[str, Any]]
SEVERITY: dict[str, tuple[Case, Case, str]] = {
    "hostile_pair": (("attack.armed", "IRN", "USA", {}), ("attack.armed", "IRN", "TUR", {}), "extreme"),
    "powers_fight": (("attack.armed", "USA", "RUS", {}), ("attack.armed", "USA", "YEM", {}), "extreme"),
    "daily_front": (("attack.armed", "ISR", "LBN", {}), ("attack.armed", "ISR", "QAT", {}), "moderate"),
    "hostile_contact": (("contact.call", "IRN USA", "", {}), ("contact.call", "IRN TUR", "", {}), "severe"),
    "head_of_state": (
        ("contact.call", "TUR QAT", "", {"roles": ("emir",)}),
        ("contact.call", "TUR QAT", "", {"roles": ("ambassador",)}),
        "moderate",
    ),
    "minister": (
        ("contact.meeting", "TUR QAT", "", {"roles": ("foreign_minister",)}),
        ("contact.meeting", "TUR QAT", "", {"roles": ("deputy_foreign_minister",)}),
        "moderate",
    ),
    "change_at_the_top": (
        ("office.change", "GBR", "", {"roles": ("prime_minister",)}),
        ("office.change", "GBR", "", {"roles": ("mayor",)}),
        "severe",
    ),
    "change_of_minister": (
        ("office.change", "GBR", "", {"roles": ("defense_minister",)}),
        ("office.change", "GBR", "", {"roles": ("sports_minister",)}),
        "severe",
    ),
    "death_of_minister": (
        ("death.notable", "GBR", "", {"roles": ("defense_minister",)}),
        ("death.notable", "GBR", "", {}),
        "moderate",
    ),
    "attack_on_head_of_state": (
        ("attack.assassination", "", "HTI", {"roles": ("president",)}),
        ("attack.assassination", "", "HTI", {"roles": ("commander",)}),
        "extreme",
    ),
    "against_iran": (("restriction", "LBN", "IRN", {}), ("restriction", "LBN", "SYR", {}), "severe"),
    "first": (
        ("contact.call", "TUR QAT", "", {"first": First()}),
        ("contact.call", "TUR QAT", "", {"first": First(claimed=False)}),
        "moderate",
    ),
    "chokepoint": (
        ("explosion.unknown", "", "", {"places": ("hormuz",)}),
        ("explosion.unknown", "", "", {"places": ("kish",)}),
        "severe",
    ),
    "chokepoint_closed": (
        ("restriction", "IRN", "", {"places": ("hormuz",)}),
        ("restriction", "PAN", "", {"places": ("hormuz",)}),
        "extreme",
    ),
    "nuclear_site": (
        ("attack.armed", "", "UKR", {"places": ("zaporizhzhia-npp",)}),
        ("attack.armed", "", "UKR", {"places": ("kerch-bridge",)}),
        "extreme",
    ),
    "weak_quake": (
        ("disaster.natural", "", "IRN", {"numbers": numbers(magnitude=4.4)}),
        ("disaster.natural", "", "IRN", {"numbers": numbers(magnitude=4.5)}),
        "minor",
    ),
    "strong_quake": (
        ("disaster.natural", "", "IRN", {"numbers": numbers(magnitude=5.5)}),
        ("disaster.natural", "", "IRN", {"numbers": numbers(magnitude=5.4)}),
        "severe",
    ),
    "very_strong_quake": (
        ("disaster.natural", "", "IRN", {"numbers": numbers(magnitude=6.5)}),
        ("disaster.natural", "", "IRN", {"numbers": numbers(magnitude=6.4)}),
        "extreme",
    ),
    "sharp_move": (
        ("economy.shock", "", "", {"numbers": numbers(percent=10)}),
        ("economy.shock", "", "", {"numbers": numbers(percent=9.9)}),
        "severe",
    ),
    "deaths": (
        ("protest", "KEN", "", {"numbers": numbers(dead=1)}),
        ("protest", "KEN", "", {"numbers": numbers(injured=1)}),
        "severe",
    ),
    "several_deaths": (
        ("accident", "", "PAK", {"numbers": numbers(dead=5)}),
        ("accident", "", "PAK", {"numbers": numbers(dead=4)}),
        "severe",
    ),
    "many_deaths": (
        ("attack.armed", "ISR", "LBN", {"numbers": numbers(dead=10)}),
        ("attack.armed", "ISR", "LBN", {"numbers": numbers(dead=9)}),
        "extreme",
    ),
    "very_many_deaths": (
        ("accident", "", "PAK", {"numbers": numbers(dead=30)}),
        ("accident", "", "PAK", {"numbers": numbers(dead=29)}),
        "extreme",
    ),
    "many_injured": (
        ("accident", "", "PAK", {"numbers": numbers(injured=50)}),
        ("accident", "", "PAK", {"numbers": numbers(injured=49)}),
        "severe",
    ),
}


def test_every_step_of_the_policy_is_tried() -> None:
    elsewhere = {"long_silence"}  # needs an archive: test_recall.py
    assert set(SEVERITY) | elsewhere == {step.name for step in POLICY.severity.steps}
    assert set(CERTAINTY) == {step.name for step in POLICY.certainty.steps}


@pytest.mark.parametrize("name", SEVERITY)
def test_a_step_of_severity_holds_and_just_does_not(name: str) -> None:
    (kind, actors, recipients, fields), near, severity = SEVERITY[name]
    made = alert(mention(kind, actors, recipients, **fields))
    assert name in steps(made, "severity")
    assert made.severity == severity
    missed = alert(mention(near[0], near[1], near[2], **near[3]))
    assert name not in steps(missed, "severity")


def test_a_rule_may_have_a_severity_of_its_own() -> None:
    fresh = Machine(POLICY, {"contact.call": msgspec.structs.replace(FACTS["contact.call"], severity="severe")})
    (made,) = fresh.apply(0, record("IRNA/1", mention("contact.call", "TUR QAT")))
    assert isinstance(made, Alert)
    assert (made.severity, made.why[0]) == ("severe", "severity: severe (contact.call)")


# --- certainty --------------------------------------------------------------------------------------------------------

CALL = mention("contact.call", "TUR QAT", stated=(Voice(id="TUR", kind="party"),))
STRIKE = mention("attack.armed", "RUS", "UKR")
CERTAINTY: dict[CertaintyName, tuple[Alert, Alert, str]] = {}


def two(first: Mention, second: Mention, **fields: Any) -> Alert:
    """The second of two reports of one event, each of an agency of its own."""
    fresh = machine()
    fresh.apply(0, record("IRNA/1", first))
    (made,) = fresh.apply(1, record("Mehr/1", second, **fields))
    assert isinstance(made, Alert)
    return made


def _strike(dead: int) -> Mention:
    return mention("attack.armed", "RUS", "UKR", numbers=numbers(dead=dead))


CERTAINTY["own_word"] = (alert(CALL), alert(mention("contact.call", "TUR QAT")), "observed")
CERTAINTY["second_origin"] = (
    two(mention("contact.call", "TUR QAT"), mention("contact.call", "TUR QAT")),
    two(mention("contact.call", "TUR QAT"), mention("contact.call", "TUR QAT", status="claimed")),
    "observed",
)
CERTAINTY["belligerent"] = (
    alert(mention("attack.armed", "RUS", "UKR", stated=(RUSSIA,))),
    alert(mention("attack.armed", "RUS", "UKR", stated=(Voice(id="TUR", kind="party"),))),
    "likely",
)
CERTAINTY["contradicted"] = (two(_strike(20), _strike(10)), two(_strike(20), _strike(11)), "likely")
CERTAINTY["unnamed"] = (
    alert(mention("contact.call", "TUR QAT", attribution=UNNAMED)),
    alert(mention("contact.call", "TUR QAT", attribution=Attribution(kind="official", text="سخنگو"))),
    "possible",
)
CERTAINTY["unvouched"] = (
    alert(mention("contact.call", "TUR QAT"), CHANNEL),
    alert(mention("contact.call", "TUR QAT"), AGENCY),
    "possible",
)


def _denied(by: Attribution | None) -> Alert:
    """The second report of an event that one denial stands against."""
    fresh = machine()
    fresh.apply(0, record("IRNA/1", STRIKE))
    (event,) = fresh._correlator.state.events.values()
    (report,) = event.supports.values()
    if by is not None:
        no = mention("attack.armed", "RUS", "UKR", status="denied", attribution=by)
        event.denials["TASS/1"] = msgspec.structs.replace(report, uri="TASS/1", outlet="TASS", mention=no)
    (made,) = fresh.apply(1, record("Mehr/1", STRIKE))
    assert isinstance(made, Alert)
    return made


CERTAINTY["denied"] = (_denied(Attribution(kind="official", text="ارتش روسیه")), _denied(None), "likely")


@pytest.mark.parametrize("name", sorted(CERTAINTY))
def test_a_step_of_certainty_holds_and_just_does_not(name: CertaintyName) -> None:
    made, missed, certainty = CERTAINTY[name]
    assert name in steps(made, "certainty")
    assert made.certainty == certainty
    assert name not in steps(missed, "certainty")


def test_a_single_first_report_alerts_at_once_with_less_than_full_certainty() -> None:
    made = alert(STRIKE)
    assert (made.kind, made.notify, made.certainty, made.independent) == ("create", True, "likely", 1)


def test_a_claim_is_possible_however_many_repeat_it() -> None:
    fresh = machine()
    claim = mention("attack.armed", "IRN", "USA", status="claimed")
    for n in range(20):
        made, *_ = fresh.apply(n, record(f"outlet{n}/1", claim))
        assert isinstance(made, Alert)
        assert (made.certainty, made.level) == ("possible", "bulletin")


@pytest.mark.parametrize("voice", [CHANNEL, AGGREGATOR, Voice(id="x", kind="person"), Voice(id="x", kind="unlisted")])
def test_who_vouches_for_nothing_is_possible_and_bulletin_at_most(voice: Voice) -> None:
    for told in (mention("war.start", "RUS", "UKR"), mention("war.start", "RUS", "UKR", stated=(RUSSIA,))):
        made = alert(told, voice)
        assert (made.severity, made.certainty, made.level) == ("extreme", "possible", "bulletin")
    confirmed = two(mention("war.start", "RUS", "UKR"), mention("war.start", "RUS", "UKR"))
    assert (confirmed.certainty, confirmed.level) == ("observed", "flash")


@pytest.mark.parametrize(
    ("channels", "voices", "certainty"),
    [
        pytest.param(("one", "two"), ("RUS", "TUR"), "observed", id="two channels, two origins"),
        pytest.param(("one", "one"), ("RUS", "TUR"), "possible", id="one channel, two origins"),
        pytest.param(("one", "two"), ("RUS", "RUS"), "possible", id="two channels, one origin"),
    ],
)
def test_two_independent_origins_whom_two_channels_quote_lift_the_cap(
    channels: tuple[str, ...], voices: tuple[str, ...], certainty: str
) -> None:
    fresh = machine()
    for n, (channel, voice) in enumerate(zip(channels, voices, strict=True)):
        told = mention("contact.call", "RUS TUR", stated=(Voice(id=voice, kind="party"),), text=f"گفت‌وگوی {voice}")
        publisher = Voice(id=channel, kind="anonymous_channel")
        made = list(fresh.apply(n, record(f"{channel}/{n}", told, publisher=publisher)))
    alerts = [one for one in made if isinstance(one, Alert)]
    event = next(iter(fresh._correlator.state.events.values()))
    found = alerts[-1].certainty if alerts else reckon(event, NOON, POLICY).certainty
    assert found == certainty


# --- urgency and level ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "day", "hour", "urgency", "level"),
    [
        (0, None, None, "immediate", "flash"),
        (0, "2026-06-01", None, "immediate", "flash"),
        (0, "2026-06-01", "06:00", "immediate", "flash"),
        (0, "2026-06-01", "05:59", "expected", "urgent"),
        (0, "2026-05-31", None, "expected", "urgent"),  # its day ended 12 hours ago
        (-6, "2026-05-31", None, "immediate", "flash"),  # at six in the morning of the night after
        (0, "2026-05-31", "12:00", "expected", "urgent"),
        (0, "2026-05-31", "11:59", "past", "routine"),
        (0, "2026-05-30", None, "past", "routine"),
    ],
)
def test_an_old_event_makes_no_flash(hours: float, day: str | None, hour: str | None, urgency: str, level: str) -> None:
    made = alert(mention("war.start", "RUS", "UKR", day=day, hour=hour), hours=hours)
    assert (made.urgency, made.level) == (urgency, level)


@pytest.mark.parametrize(("later", "level"), [(6, "flash"), (7, "urgent"), (23, "urgent")])
def test_an_event_grows_old_from_its_first_report(later: float, level: str) -> None:
    fresh = machine()
    fresh.apply(0, record("IRNA/1", mention("war.start", "RUS", "UKR")))
    (made,) = fresh.apply(1, record("Mehr/1", mention("war.start", "RUS", "UKR"), hours=later))
    assert isinstance(made, Alert)
    assert made.level == level


def test_what_is_told_far_from_the_beginning_is_one_degree_lower() -> None:
    deep = mention("war.start", "RUS", "UKR", headline=False)
    (evidence,) = deep.evidence
    below = mention("war.start", "RUS", "UKR", headline=False, evidence=(type(evidence)(start=300, end=301, text="x"),))
    assert (alert(deep).level, alert(below).level) == ("flash", "urgent")
    assert "level: not_headline, -1: urgent" in alert(below).why


def test_every_step_is_named_in_why() -> None:
    made = alert(mention("attack.armed", "IRN", "USA", status="claimed", numbers=numbers(dead=12)), CHANNEL)
    assert made.why == (
        "severity: severe (attack.armed)",
        "severity: hostile_pair (IRN–USA), +1: extreme",
        "severity: deaths (12 dead), at least severe: extreme",
        "severity: many_deaths (12 dead), at least extreme: extreme",
        "certainty: possible (claimed)",
        "certainty: unvouched, at most possible: possible",
        "urgency: immediate (0 h)",
        "level: flash (extreme)",
        "level: possible, at most bulletin: bulletin",
        "notify: create",
        "maturity stable",
    )


def test_a_contradicting_toll_is_shown_with_its_evidence() -> None:
    made = two(_strike(20), _strike(4), url="https://example.org/mehr")
    (against,) = made.contradictions
    assert (against.kind, against.report.uri, against.report.url) == ("numbers", "Mehr/1", "https://example.org/mehr")
    assert (against.against.uri, bool(against.report.evidence)) == ("IRNA/1", True)
    assert two(_strike(4), _strike(20)).contradictions == ()


def test_an_event_whose_last_report_is_withdrawn_can_still_be_reckoned() -> None:
    fresh = machine()
    fresh.apply(0, record("IRNA/1", STRIKE))
    (made,) = fresh.apply(1, withdrawal("IRNA/1"))
    assert isinstance(made, Alert)
    assert (made.kind, made.independent) == ("cancel", 0)
    assert made.published == NOON


def test_a_denial_is_shown_beside_the_report_that_it_denies() -> None:
    made = _denied(Attribution(kind="official", text="ارتش  روسیه"))
    (against,) = made.contradictions
    assert (against.kind, against.by) == ("denied", "ارتش روسیه")
    assert (against.against.uri, against.report.uri) == ("IRNA/1", "TASS/1")
    assert made.notify_reason == "denial"


def test_an_alert_shows_whose_word_it_is_and_who_passes_it_on() -> None:
    told = mention("contact.call", "TUR QAT", stated=(Voice(id="TASS", kind="agency"),))
    made = two(told, mention("contact.call", "TUR QAT"))
    shown = [(one.origin.id if one.origin else None, one.relays, one.firsthand) for one in made.origins]
    assert shown == [("TASS", ("IRNA",), True), ("Mehr", (), True)]


def test_an_outlet_of_the_state_is_not_the_state_announcing_its_own_act() -> None:
    outlet = Voice(id="Anadolu", kind="agency", country="TUR", state=True)
    assert "own_word" not in steps(alert(mention("contact.call", "TUR QAT"), outlet), "certainty")
    assert "belligerent" in steps(alert(mention("attack.armed", "TUR", "SYR"), outlet), "certainty")
