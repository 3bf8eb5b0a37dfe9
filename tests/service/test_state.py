"""The decider: every record decided once and told, whatever Faust repeats, jumps over or commits late."""

import asyncio

import pytest

from stream.core.machine import Decisions
from stream.core.records import Hold
from stream.service.codec import Raw
from stream.service.metrics import Metrics
from stream.service.offsets import Bounds
from stream.service.sender import SendFailed
from stream.service.state import Decider, LogUnreadable
from tests.service.fakes import Log, Machine, entry


class Told:
    """What was sent and what was reported, by offset."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, str]] = []
        self.reported: list[tuple[int, str]] = []
        self.broken = False

    async def send(self, record: Raw, decisions: Decisions) -> None:
        if self.broken:
            raise SendFailed("alerts", TimeoutError())
        self.sent += [(record.offset, one.reason) for one in decisions if isinstance(one, Hold)]

    async def report(self, record: Raw, error: Exception) -> None:
        self.reported.append((record.offset, type(error).__name__))


def decider(log: Log, told: Told, *, poison: tuple[int, ...] = (), kept: int = 1000) -> Decider:
    """A decider on this log."""
    return Decider(lambda: Machine(kept, poison), log, told.send, told.report, Metrics(), kept)


async def test_state_is_rebuilt_to_the_committed_offset_and_nothing_is_told_meanwhile() -> None:
    log, told = Log(end=10, committed=7), Told()
    it = decider(log, told)
    before = it.ready
    await it.assigned()
    assert (before, it.ready) == (False, True)
    assert log.reads == [(0, 7)]
    assert told.sent == []
    await it.decide(entry(7))
    assert told.sent == [(7, "after 8")]


async def test_a_new_group_decides_from_the_beginning() -> None:
    log, told = Log(end=3, committed=None), Told()
    it = decider(log, told)
    await it.assigned()
    for offset in range(3):
        await it.decide(entry(offset))
    assert told.sent == [(0, "after 1"), (1, "after 2"), (2, "after 3")]
    assert log.reads == []


async def test_a_decision_waits_for_the_rebuilding() -> None:
    log, told = Log(end=50, committed=40), Told()
    it = decider(log, told)
    it.assigned()
    await it.decide(entry(40))
    assert told.sent == [(40, "after 41")]


async def test_a_redelivered_record_gets_its_stored_decision_told_again() -> None:
    log, told = Log(end=5, committed=3), Told()
    it = decider(log, told)
    await it.assigned()
    await it.decide(entry(3))
    await it.decide(entry(4))
    await it.decide(entry(3))
    assert told.sent == [(3, "after 4"), (4, "after 5"), (3, "after 4")]


async def test_records_that_the_consumer_jumped_over_are_read_again_and_told() -> None:
    log, told = Log(end=9, committed=2), Told()
    it = decider(log, told)
    await it.assigned()
    await it.decide(entry(6))
    assert told.sent == [(offset, f"after {offset + 1}") for offset in (2, 3, 4, 5, 6)]


async def test_holes_of_the_log_are_normal() -> None:
    log, told = Log(end=9, committed=2, holes=(3, 4, 5)), Told()
    it = decider(log, told)
    await it.assigned()
    await it.decide(entry(2))
    await it.decide(entry(6))
    assert told.sent == [(2, "after 3"), (6, "after 4")]


async def test_what_another_worker_decided_meanwhile_is_applied_and_not_told() -> None:
    log, told = Log(end=20, committed=2), Told()
    it = decider(log, told)
    await it.assigned()
    await it.decide(entry(2))
    it.revoked()
    assert not it.ready
    log.where = log.where._replace(committed=15)
    await it.assigned()
    await it.decide(entry(15))
    assert log.reads == [(0, 2), (3, 15)]
    assert told.sent == [(2, "after 3"), (15, "after 16")]


async def test_a_commit_too_far_behind_for_the_kept_decisions_rebuilds_from_the_beginning() -> None:
    log, told = Log(end=20, committed=0), Told()
    it = decider(log, told, kept=3)
    await it.assigned()
    for offset in range(10):
        await it.decide(entry(offset))
    told.sent.clear()
    await it.assigned()  # the commit is still at 0: decisions of 0 to 6 are not kept any more
    for offset in range(10):
        await it.decide(entry(offset))
    assert told.sent == [(offset, f"after {offset + 1}") for offset in range(10)]


async def test_a_log_that_was_made_anew_begins_anew() -> None:
    log, told = Log(end=2, committed=500), Told()
    it = decider(log, told)
    await asyncio.wait_for(it.assigned(), 5)
    await it.decide(entry(0))
    assert told.sent == [(0, "after 1")]


async def test_a_log_whose_beginning_is_deleted_is_read_from_what_is_left() -> None:
    log, told = Log(end=9, committed=6, first=4), Told()
    it = decider(log, told)
    await it.assigned()
    assert log.reads == [(4, 6)]


async def test_a_record_on_which_the_machine_fails_is_reported_and_the_machine_made_anew_without_it() -> None:
    log, told = Log(end=6, committed=1), Told()
    it = decider(log, told, poison=(2,))
    await it.assigned()
    for offset in range(1, 5):
        await it.decide(entry(offset))
    assert told.reported == [(2, "KeyError")]
    assert told.sent == [(1, "after 2"), (3, "after 3"), (4, "after 4")]


async def test_a_value_that_is_no_record_of_the_log_is_reported_in_place() -> None:
    log, told = Log(end=3, committed=0), Told()
    it = decider(log, told)
    await it.assigned()
    for value in (b"{", b'{"uri": 5}', None, "نه".encode("cp1256")):
        await it.decide(entry(0)._replace(value=value))
    assert [name for _, name in told.reported] == ["DecodeError", "ValidationError", "ValueError", "DecodeError"]
    await it.decide(entry(1))
    assert told.sent == [(1, "after 1")]


async def test_a_failed_send_is_raised_and_the_record_comes_again() -> None:
    log, told = Log(end=3, committed=0), Told()
    it = decider(log, told)
    await it.assigned()
    told.broken = True
    with pytest.raises(SendFailed):
        await it.decide(entry(0))
    told.broken = False
    await it.decide(entry(0))
    assert told.sent == [(0, "after 1")]


async def test_a_log_that_can_not_be_read_ends_in_its_named_error() -> None:
    class Broken(Log):
        async def bounds(self) -> Bounds:
            raise ConnectionResetError("gone")

    it = decider(Broken(end=1, committed=0), Told())
    with pytest.raises(LogUnreadable, match="gone"):
        await it.assigned()
    with pytest.raises(LogUnreadable, match="gone"):
        await it.decide(entry(0))
