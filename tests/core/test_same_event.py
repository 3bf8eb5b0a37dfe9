"""What contradicts that a mention tells of an event, and what speaks for it."""

from datetime import timedelta
from typing import Any

import pytest

from stream.core.records import Attribution, Mention, Quantity, Where
from stream.core.same_event import CONTRADICTIONS, Agreement, Contradiction, compare, profile
from tests.core.mention_log import NOON, POLICY, mention

SIRIK = Where(id="sirik", exact=True, within=("p-hormozgan", "IRN"))
MINAB = Where(id="minab", exact=True, within=("p-hormozgan", "IRN"))
HORMOZGAN = Where(id="p-hormozgan", exact=False, within=("IRN",))
TEHRAN = Where(id="p-tehran", exact=False, within=("IRN",))
BAGHDAD = Where(id="baghdad", exact=True, within=("IRQ",))
GREEN_ZONE = Where(id="green-zone", exact=True, within=("baghdad", "IRQ"))


def blast(**fields: Any) -> Mention:
    return mention("explosion.unknown", "", "IRN", **fields)


def number(kind: str, value: float, bound: Any = "exact") -> Quantity:
    return Quantity(kind=kind, value=value, bound=bound, text=str(value), start=0, end=1)


def strike(**fields: Any) -> Mention:
    return mention("attack.armed", "USA", "IRN", **fields)


def quake(**fields: Any) -> Mention:
    return mention("disaster.natural", "", "IRN", **fields)


def verdict(event: Mention, other: Mention, hours: float = 0.0, copied: bool = False) -> Contradiction | Agreement:
    return compare(profile([(event, NOON)]), other, NOON + timedelta(hours=hours), POLICY, copied)


def one_event(event: Mention, other: Mention, hours: float = 0.0) -> bool:
    found = verdict(event, other, hours)
    return isinstance(found, Agreement) and found.score >= POLICY.identity.needed


@pytest.mark.parametrize(
    ("event", "other", "hours", "reason"),
    [
        pytest.param(strike(), mention("office.change", "USA"), 0, "type", id="another type"),
        pytest.param(strike(), strike(), 20, "time", id="after the window of the type"),
        pytest.param(strike(day="2026-05-30"), strike(day="2026-06-01"), 0, "time", id="days apart"),
        pytest.param(strike(), strike(fresh=True), 5, "time", id="moments ago, hours after"),
        pytest.param(strike(), mention("attack.armed", "ISR", "IRN"), 0, "parties", id="another actor"),
        pytest.param(strike(), mention("attack.armed", "USA", "YEM"), 0, "parties", id="another victim"),
        pytest.param(
            mention("attack.armed", "ISR", "LBN"),
            mention("attack.armed", "ISR", "IRN IRQ"),
            0,
            "parties",
            id="no hosts",
        ),
        pytest.param(
            mention("contact.call", "USA RUS"), mention("contact.call", "USA CHN"), 0, "parties", id="another call"
        ),
        pytest.param(strike(), mention("attack.armed", "IRN", "USA"), 0, "reversed", id="the answer"),
        pytest.param(
            strike(), mention("attack.armed", "", "USA OMN"), 0, "reversed", id="the one who struck is hit elsewhere"
        ),
        pytest.param(strike(where=(SIRIK,)), strike(where=(MINAB,)), 0, "places", id="two towns of one province"),
        pytest.param(strike(ordinal=4), strike(ordinal=5), 0, "ordinal", id="the fifth wave"),
        pytest.param(
            quake(numbers=(number("magnitude", 4.1),)),
            quake(numbers=(number("magnitude", 5.3),)),
            0,
            "numbers",
            id="another quake",
        ),
    ],
)
def test_contradictions(event: Mention, other: Mention, hours: float, reason: str) -> None:
    assert verdict(event, other, hours) == Contradiction(reason)
    assert reason in CONTRADICTIONS


def test_every_contradiction_is_tried() -> None:
    tried = {case.values[3] for case in test_contradictions.pytestmark[0].args[1]}  # type: ignore[attr-defined]
    assert tried == set(CONTRADICTIONS)


@pytest.mark.parametrize(
    ("event", "other", "hours", "same"),
    [
        pytest.param(strike(), strike(), 2, True, id="nothing but the parties, soon after"),
        pytest.param(strike(), strike(), 13, False, id="nothing but the parties, half a day after"),
        pytest.param(strike(where=(SIRIK,)), strike(where=(SIRIK,)), 10, True, id="the same town"),
        pytest.param(strike(where=(SIRIK,)), strike(where=(HORMOZGAN,)), 1, True, id="its province"),
        pytest.param(strike(where=(SIRIK,)), strike(where=(TEHRAN,)), 1, False, id="another province"),
        pytest.param(blast(where=(SIRIK,)), blast(where=(MINAB,)), 0.25, True, id="a blast heard in two towns"),
        pytest.param(blast(where=(SIRIK,)), blast(where=(MINAB,)), 0.75, False, id="a blast in the next town, later"),
        pytest.param(blast(where=(SIRIK,)), blast(where=(BAGHDAD,)), 0.5, False, id="a blast elsewhere"),
        pytest.param(strike(where=(SIRIK,)), blast(where=(MINAB,)), 0.5, False, id="a blast beside a strike"),
        pytest.param(strike(where=(BAGHDAD,)), strike(where=(GREEN_ZONE,)), 1, True, id="a quarter of the town"),
        pytest.param(strike(fresh=True), strike(fresh=True), 1, True, id="moments ago, both"),
        pytest.param(quake(where=(HORMOZGAN,)), quake(where=(HORMOZGAN,)), 1, True, id="a quake in the province"),
        pytest.param(
            quake(where=(HORMOZGAN,), terms=("سرگز", "آوار", "خانه", "کپر", "چشمه")),
            quake(where=(HORMOZGAN,), terms=("بندر", "اسکله", "پس‌لرزه", "برق", "مردم")),
            9,
            False,
            id="hours later, in other words",
        ),
        pytest.param(
            strike(terms=("نفتکش", "موتورخانه")), strike(terms=("لنج", "باری")), 0.5, False, id="another ship"
        ),
        pytest.param(
            mention("justice", "IRN", terms=("قاچاق", "ایلام", "تریاک", "پلیس", "کیلو")),
            mention("justice", "IRN", terms=("شورا", "شهردار", "رشوه", "ساری", "قاضی")),
            0.5,
            False,
            id="another arrest at home",
        ),
        pytest.param(
            mention("justice", "IRN", terms=("قاچاق", "ایلام", "تریاک", "پلیس", "کیلو")),
            mention("justice", "IRN", terms=("ایلام", "تریاک", "کشف", "کیلو")),
            0.5,
            True,
            id="the same arrest at home",
        ),
        pytest.param(
            mention("explosion.unknown", "", "IRN", where=(SIRIK,)),
            strike(where=(SIRIK,)),
            1,
            True,
            id="a cause is told",
        ),
        pytest.param(
            mention("attack.armed", "IRN", "USA JOR"),
            mention("attack.armed", "IRN", "USA BHR"),
            1,
            False,
            id="other soil",
        ),
        pytest.param(
            mention("attack.armed", "IRN", "USA"), mention("attack.armed", "IRN", "BHR"), 0.2, True, id="hosts"
        ),
        pytest.param(
            strike(numbers=(number("dead", 40),), terms=("بیمارستان", "پرستار", "مجروح", "آمبولانس", "شبانه")),
            strike(numbers=(number("dead", 3),), terms=("پل", "روستا", "راننده", "کامیون", "ظهر")),
            1,
            False,
            id="a far lower toll and other words",
        ),
        pytest.param(
            mention("attack.armed", "IRN", "JOR", terms=("بیست", "ازرق", "رادار")),
            mention("attack.armed", "JOR", "IRN", terms=("بیست", "ازرق", "رادار"), rule="attack_downed"),
            1,
            True,
            id="an interception answers the attack",
        ),
        pytest.param(
            strike(terms=("نفتکش", "لنگر", "شب")),
            strike(terms=("کشتی", "خدمه", "موتور")),
            1,
            True,
            id="a tanker is a ship",
        ),
        pytest.param(
            strike(terms=("نفتکش", "لنگر", "شب")), strike(terms=("لنج", "خدمه", "موتور")), 1, False, id="another vessel"
        ),
        pytest.param(
            strike(),
            mention("attack.armed", "", "IRN", attribution=Attribution(kind="official", text="سنتکام", state="USA")),
            3,
            True,
            id="who says so did it",
        ),
    ],
)
def test_what_speaks_for_one_event(event: Mention, other: Mention, hours: float, same: bool) -> None:
    assert one_event(event, other, hours) is same


def test_a_near_copy_is_contradicted_by_type_time_and_parties_alone() -> None:
    other_town = strike(where=(MINAB,), ordinal=2)
    found = verdict(strike(where=(SIRIK,), ordinal=1), other_town, copied=True)
    assert isinstance(found, Agreement)
    assert found.score > POLICY.identity.needed
    assert verdict(strike(), mention("attack.armed", "ISR", "IRN"), copied=True) == Contradiction("parties")


def test_the_steps_say_what_the_points_are_for() -> None:
    found = verdict(strike(where=(SIRIK,)), strike(where=(SIRIK,)), 7)
    assert isinstance(found, Agreement)
    assert {step.rpartition(" ")[0] for step in found.steps} >= {"apart", "silence", "actors", "recipients", "place"}
    assert found.places == {"sirik"}


def test_the_order_of_reports_does_not_count() -> None:
    reports = [
        (strike(where=(SIRIK,), terms=("نفتکش", "خدمه"), ordinal=1), NOON),
        (strike(day="2026-06-01", numbers=(number("dead", 3),)), NOON + timedelta(hours=1)),
        (mention("explosion.unknown", "", "IRN", persons=("p",), fresh=True), NOON + timedelta(hours=2)),
    ]
    other = strike(where=(SIRIK,), terms=("نفتکش",), numbers=(number("dead", 3),))
    verdicts = [
        compare(profile(order), other, NOON, POLICY, False)
        for order in (reports, reports[::-1], reports[1:] + reports[:1])
    ]
    assert isinstance(verdicts[0], Agreement)
    assert all(isinstance(one, Agreement) and one.score == pytest.approx(verdicts[0].score) for one in verdicts)
