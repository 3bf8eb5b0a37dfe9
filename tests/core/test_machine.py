"""The machine: the same decisions for a redelivered record, after a restart, and for any order of arrival."""

import json
from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stream.core.agenda import Agenda
from stream.core.controls import Control, Selector, named
from stream.core.correlate import SCHEMA_VERSION
from stream.core.history import History, HistoryContact, HistoryDay
from stream.core.history import named as named_history
from stream.core.machine import Entry, Machine, StateError
from stream.core.policy import LEVELS
from stream.core.reasons import HOLD_REASONS
from stream.core.records import Alert, First, Hold, Mention, Mentions, Tick, Where
from stream.core.sketch import sketch
from tests.core.mention_log import ANCHORS, FACTS, NOON, POLICY, machine, mention, record, withdrawal

# the machine that runs the tests may be busy: how long an example takes says nothing
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

CALL = mention("contact.call", "USA RUS")


def alert(first: Mentions) -> Alert:
    """The only decision on the first record of a log."""
    (decision,) = machine().apply(0, first)
    assert isinstance(decision, Alert)
    return decision


# --- a deterministic machine ------------------------------------------------------------------------------------------

SKETCHES = [sketch("سخنگوی وزارت نیرو گفت سد کرخه به نیمه رسید " + rest) for rest in ("و تمام", "و آب کم است")]
TOWN = Where(id="sirik", exact=True, within=("p-hormozgan", "IRN"))
OTHER_TOWN = Where(id="minab", exact=True, within=("p-hormozgan", "IRN"))

_MENTIONS = st.builds(
    mention,
    st.sampled_from(["contact.call", "attack.armed", "war.start"]),
    st.sampled_from(["USA RUS", "USA", "RUS", ""]),
    st.sampled_from(["", "UKR"]),
    status=st.sampled_from(["happened", "happened", "claimed", "planned", "planned", "called_off", "denied"]),
    day=st.none() | st.sampled_from(["2026-06-01", "2026-06-05"]),
    headline=st.booleans(),
    first=st.sampled_from([None, First(), First(since="جنگ اوکراین"), First(since="پنج سال گذشته")]),
    where=st.sampled_from([(), (TOWN,), (TOWN, OTHER_TOWN)]),
    terms=st.sampled_from([(), ("پل", "قطار"), ("پل", "قطار", "روستا", "شبانه"), ("بیمارستان",)]),
    ordinal=st.sampled_from([None, None, 1, 2]),
    fresh=st.booleans(),
)


_HISTORY = st.builds(
    History,
    contacts=st.lists(
        st.builds(
            HistoryContact,
            type=st.just("contact.call"),
            day=st.sampled_from(["2022-03-01", "2025-05-01", "2026-05-25", "2026-06-01"]),
            actors=st.just(("RUS", "USA")),
            uri=st.sampled_from(["IRNA/0", "old/1", "old/2"]),
            outlet=st.sampled_from([None, "IRNA"]),
        ),
        max_size=3,
    ).map(tuple),
    days=st.just((HistoryDay(day="2026-05-30", outlet="IRNA", articles=12),)),
).map(named_history)


def _hours(most: int) -> st.SearchStrategy[datetime]:
    return st.integers(0, most).map(lambda hours: NOON + timedelta(hours=hours))


def _controls(hours: int) -> st.SearchStrategy[Control]:
    """Mutes, watches and what lifts them. `target` "2": the third alert that the log makes, put in by `_settled`."""
    select = st.builds(
        Selector,
        type=st.sampled_from([None, "contact", "attack.armed"]),
        party=st.sampled_from([None, "RUS", "UKR"]),
        outlet=st.sampled_from([None, None, "IRNA"]),
        desk=st.sampled_from([None, None, "diplomacy", "economy"]),
    )
    known = {"who": st.just("سردبیر"), "because": st.sampled_from("ab"), "at": st.just(NOON)}
    stands = st.builds(
        Control,
        action=st.sampled_from(["mute", "mute", "watch", "unmute", "unwatch"]),
        select=select,
        until=st.none() | _hours(hours),
        level=st.sampled_from(LEVELS),
        **known,
    )
    retracts = st.builds(Control, action=st.just("retract"), target=st.sampled_from("0123"), **known)
    return st.one_of(stands, stands, retracts).map(named)


def _settled(log: list[Entry]) -> list[Entry]:
    """The log, with the ids of real alerts in what takes them back."""
    it, ids, settled = machine(), ["none"], list[Entry]()
    for offset, entry in enumerate(log):
        if isinstance(entry, Control) and entry.target:
            entry = named(msgspec.structs.replace(entry, target=ids[min(int(entry.target), len(ids) - 1)]))
        settled.append(entry)
        ids += [one.id for one in it.apply(offset, entry) if isinstance(one, Alert)]
    return settled


def _logs(hours: int) -> st.SearchStrategy[list[Entry]]:
    """Logs whose records lie within so many hours, in any order."""
    article = st.builds(
        record,
        st.sampled_from([f"{outlet}/{n}" for outlet in ("IRNA", "ISNA", "Mehr") for n in range(3)]),
        _MENTIONS,
        _MENTIONS,
        hours=st.integers(0, hours),
        version=st.sampled_from(["1", "2", "3"]),
        pub_status=st.sampled_from(["usable"] * 6 + ["canceled", "withheld"]),
        signature=st.sampled_from("abcdef"),
        sketch=st.sampled_from(["", *SKETCHES]),
        embargoed_until=st.sampled_from([None, None, None, 1, 20]).map(lambda h: h and NOON + timedelta(hours=h)),
        correction=st.sampled_from(["", "", "اصلاحیه"]),
        live=st.sampled_from([False, False, True]),
    )
    taken_back = st.builds(withdrawal, st.sampled_from(["IRNA/0", "ISNA/0"]), hours=st.integers(0, hours))
    ticks = st.builds(Tick, at=_hours(hours))
    one = st.one_of(article, article, article, article, taken_back, ticks, _controls(hours), _HISTORY)
    return st.lists(one, max_size=25).map(_settled)


@calm
@given(log=_logs(80), again=st.lists(st.tuples(st.integers(0, 24), st.integers(0, 24)), max_size=20))
def test_redelivered_records_give_the_same_decisions(log: list[Entry], again: list[tuple[int, int]]) -> None:
    once = machine()
    decisions = [msgspec.json.encode(once.apply(offset, entry)) for offset, entry in enumerate(log)]
    other = machine()
    for offset, entry in enumerate(log):
        assert msgspec.json.encode(other.apply(offset, entry)) == decisions[offset]
        for _, back in (pair for pair in again if pair[0] == offset and pair[1] <= offset):
            assert msgspec.json.encode(other.apply(back, log[back])) == decisions[back]
    assert other.to_bytes() == once.to_bytes()


@calm
@given(log=_logs(80), cut=st.integers(0, 25))
def test_a_restart_from_a_snapshot_gives_equal_bytes(log: list[Entry], cut: int) -> None:
    whole, first = machine(), machine()
    expected = [msgspec.json.encode(whole.apply(n, entry)) for n, entry in enumerate(log)]
    for offset, entry in enumerate(log[:cut]):
        first.apply(offset, entry)
    second = Machine.from_bytes(first.to_bytes(), POLICY, FACTS, anchors=ANCHORS)
    assert second.applied == first.applied
    assert [msgspec.json.encode(second.apply(n, r)) for n, r in enumerate(log)] == expected
    assert second.to_bytes() == whole.to_bytes()


@calm
@given(log=_logs(80))
def test_the_log_as_bytes_gives_the_same_alerts(log: list[Entry]) -> None:
    once, other = machine(), machine()
    for offset, entry in enumerate(log):
        again = msgspec.json.decode(msgspec.json.encode(entry), type=Entry)
        assert again == entry
        assert other.apply(offset, again) == once.apply(offset, entry)


@calm
@given(log=_logs(int(POLICY.hours.keep)))
def test_events_alerts_and_sources_stay_in_step(log: list[Entry]) -> None:
    fresh = machine()
    alive: dict[str, Alert] = {}
    ids: list[str] = []
    for offset, entry in enumerate(log):
        for one in fresh.apply(offset, entry):
            if isinstance(one, Hold):
                assert one.reason in HOLD_REASONS
                continue
            ids.append(one.id)
            if isinstance(one, Agenda):
                continue
            assert (one.kind in ("create", "notice")) == (one.event not in alive)
            assert one.desks
            assert one.desk == one.desks[0]
            by_newsroom = one.taken_back is not None and one.taken_back.by == "newsroom"
            assert bool(one.sources) == (one.kind != "cancel" or by_newsroom)
            if one.event in alive:
                assert one.references[-1] == alive[one.event].id
            else:
                assert one.kind == "notice" or one.references == ()
            if one.kind in ("correct", "cancel"):
                assert set(one.desks) >= set(alive[one.event].desks)
            alive[one.event] = one
            if one.kind == "cancel":
                del alive[one.event]
    assert len(set(ids)) == len(ids)


def test_ids_depend_on_the_record_alone() -> None:
    one, other = alert(record("IRNA/1", CALL)), alert(record("IRNA/1", CALL, hours=0, rulebook="another"))
    assert (one.id, one.event) == (other.id, other.event)
    assert len(one.id) == len(one.event) == 32
    assert alert(record("IRNA/1", CALL, version="2")).event != one.event


def test_decisions_of_long_ago_are_no_longer_at_hand() -> None:
    fresh = machine(kept=3)
    decisions = [fresh.apply(n, record(f"IRNA/{n}", CALL)) for n in range(0, 20, 2)]
    assert fresh.applied == 18
    assert fresh.apply(18, record("IRNA/18", CALL)) == decisions[-1]
    assert fresh.apply(14, record("IRNA/14", CALL)) == decisions[-3]
    for old in (12, 13):
        (hold,) = fresh.apply(old, record("IRNA/12", CALL))
        assert isinstance(hold, Hold)
        assert hold.reason == "already_applied"
    assert fresh.open_events == 1


def test_only_snapshots_of_this_schema_are_taken() -> None:
    data = json.loads(machine().to_bytes())
    data["schema_version"] = 999
    with pytest.raises(StateError, match="a snapshot of schema version 999; this is version"):
        Machine.from_bytes(json.dumps(data).encode(), POLICY, FACTS)
    with pytest.raises(StateError, match="not a snapshot"):
        Machine.from_bytes(b"nothing", POLICY, FACTS)
    with pytest.raises(StateError, match="not a snapshot"):
        Machine.from_bytes(json.dumps({"schema_version": SCHEMA_VERSION}).encode(), POLICY, FACTS)


@pytest.mark.parametrize(("field", "value"), [("desk", "sport"), ("type", "contact.fax")])
def test_rules_that_the_policy_does_not_know_are_refused(field: str, value: str) -> None:
    facts = {"r": msgspec.structs.replace(FACTS["contact.call"], rule="r", **{field: value})}
    with pytest.raises(ValueError, match=f"rule r: its {field} '{value}' is not in policy.yaml"):
        Machine(POLICY, facts)


def test_all_statuses_have_a_reason_or_are_alerted() -> None:
    statuses = msgspec.inspect.type_info(Mention)
    assert isinstance(statuses, msgspec.inspect.StructType)
    status = next(f.type for f in statuses.fields if f.name == "status")
    assert isinstance(status, msgspec.inspect.LiteralType)
    assert {f"status_{name}" for name in status.values if name != "happened"} <= set(HOLD_REASONS)
