"""Ticks: at every full minute, only while the log is ours."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest

from stream.core.records import Tick
from stream.service import codec
from stream.service.clock import Ticker, full
from stream.service.sender import SendFailed
from tests.service.fakes import MOMENT, Producer, raw


class Time:
    """A clock that goes on by what is slept; raises after `count` sleeps."""

    def __init__(self, count: int, start: datetime = MOMENT) -> None:
        self.now = start
        self._left = count

    async def sleep(self, seconds: float) -> None:
        self._left -= 1
        if self._left < 0:
            raise asyncio.CancelledError
        self.now += timedelta(seconds=seconds)


async def ticks(time: Time, every: float = 60, *, ours: list[bool] | None = None) -> list[str]:
    """What is sent until the time ends."""
    producer, holds = Producer(), iter(ours or [])
    it = Ticker("mentions", producer, lambda: next(holds, True), every, lambda: time.now, time.sleep)
    with pytest.raises(asyncio.CancelledError):
        await it.run()
    return [json.loads(out.value or b"")["at"] for out in producer.sent]


async def test_a_tick_tells_each_full_minute() -> None:
    start = datetime(2026, 6, 1, 9, 30, 41, tzinfo=UTC)
    assert await ticks(Time(2, start)) == ["2026-06-01T09:30:00Z", "2026-06-01T09:31:00Z", "2026-06-01T09:32:00Z"]


async def test_only_who_holds_the_log_ticks() -> None:
    assert await ticks(Time(3), ours=[False, True, False, True]) == ["2026-06-01T09:31:00Z", "2026-06-01T09:33:00Z"]


async def test_a_tick_that_the_broker_does_not_take_is_raised() -> None:
    with pytest.raises(SendFailed):
        await Ticker("mentions", Producer(fail="mentions"), lambda: True, 60).run()


def test_full() -> None:
    assert full(MOMENT + timedelta(seconds=7.9), 5) == MOMENT + timedelta(seconds=5)


def test_a_clock_ahead_of_the_brokers_tells_the_brokers_time() -> None:
    late = raw(codec.encode(Tick(at=MOMENT + timedelta(days=9))), topic="mentions")
    assert codec.decode_entry(late) == Tick(at=MOMENT)
    early = Tick(at=MOMENT - timedelta(seconds=1))
    assert codec.decode_entry(raw(codec.encode(early))) == early
