"""Which events there are, and who tells them, does not hang on the order of arrival; and what is remembered is bounded."""

from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stream.core.machine import Machine
from stream.core.records import Alert, Mention, Mentions, Origin, Where
from tests.core.mention_log import FACTS, NOON, POLICY, machine, mention, record

calm = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
APART = timedelta(hours=2 * POLICY.hours.merge)
WORDS = ("پل", "قطار", "روستا", "شبانه", "بازار", "مدرسه")
TOWNS = tuple(Where(id=name, exact=True, within=("IRN",)) for name in ("sirik", "minab", "jask"))


@st.composite
def happenings(draw: st.DrawFn) -> list[list[Mentions]]:
    """Events two merge windows apart, each with its reports of one hour: all name who suffered it, some who did it."""
    out = []
    for number in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["attack.armed", "contact.call", "sanction.imposed"]))
        where = draw(st.sampled_from([(), *((town,) for town in TOWNS)]))
        told = draw(st.lists(st.sampled_from(WORDS), min_size=3, max_size=3, unique=True))
        reports = []
        for n in range(draw(st.integers(1, 5))):
            actor = draw(st.sampled_from(["USA", "USA", ""])) if kind != "contact.call" else "USA"
            terms = tuple(draw(st.permutations(told)))
            one: Mention = mention(kind, actor, "IRN", where=where, terms=terms)
            at = NOON + number * APART + timedelta(minutes=draw(st.integers(0, 60)))
            reports.append(record(f"{draw(st.sampled_from(['IRNA', 'ISNA']))}/{number}-{n}", one, published=at))
        out.append(reports)
    return out


def arrived(records: list[Mentions], at: datetime) -> list[Mentions]:
    """The records as they arrive in this order, one a second."""
    return [
        msgspec.structs.replace(
            one, origin=Origin(topic="articles", partition=0, offset=n, received=at + timedelta(seconds=n))
        )
        for n, one in enumerate(records)
    ]


def outcome(records: list[Mentions]) -> tuple[set[frozenset[str]], int]:
    """Articles by event, and how often an event was created."""
    fresh = machine()
    creates = 0
    for offset, one in enumerate(arrived(records, NOON + timedelta(days=30))):
        creates += sum(isinstance(d, Alert) and d.kind == "create" for d in fresh.apply(offset, one))
    events = fresh._correlator.state.events.values()
    return {frozenset(event.supports) for event in events}, creates


@calm
@given(data=st.data(), groups=happenings())
def test_any_order_of_arrival_gives_the_same_events(data: st.DataObject, groups: list[list[Mentions]]) -> None:
    records = [one for group in groups for one in group]
    expected = {frozenset(one.uri for one in group) for group in groups}
    assert outcome(records) == (expected, len(groups))
    assert outcome(data.draw(st.permutations(records))) == (expected, len(groups))


@calm
@given(data=st.data(), groups=happenings())
def test_the_final_state_is_the_same_up_to_ids(data: st.DataObject, groups: list[list[Mentions]]) -> None:
    def views(records: list[Mentions]) -> set[tuple[object, ...]]:
        fresh = machine()
        for offset, one in enumerate(arrived(records, NOON + timedelta(days=30))):
            fresh.apply(offset, one)
        return {
            (event.type, frozenset(event.supports), frozenset(event.view.actors), frozenset(event.view.recipients))
            for event in fresh._correlator.state.events.values()
        }

    records = [one for group in groups for one in group]
    assert views(records) == views(data.draw(st.permutations(records)))


@pytest.mark.parametrize("many", [400, 800])
def test_the_size_of_the_state_has_a_bound(many: int) -> None:
    """Twice as many articles leave no more behind: all that is kept is counted or ages."""
    bounds = msgspec.structs.replace(POLICY.bounds, events=20, articles=40)
    small = Machine(msgspec.structs.replace(POLICY, bounds=bounds), FACTS, kept=10)
    for n in range(many):
        told = mention("attack.armed", f"A{n % 7}", f"B{n % 11}", where=(TOWNS[n % 3],), terms=WORDS[n % 4 :])
        article = record(f"IRNA/{n}", told, hours=n / 60, signature=f"s{n}")
        small.apply(n, article)
    small.apply(many, record("IRNA/last", hours=many / 60))  # what is too much goes when the next record comes
    correlator = small._correlator
    assert len(correlator.state.events) <= 20
    assert len(correlator.state.seen) <= 40 + 1
    assert len(correlator._open_events) <= 20
    assert len(correlator._copies) <= 40 + 1
    assert len(small.to_bytes()) < 400_000
