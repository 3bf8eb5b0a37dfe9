"""Small stand-ins for what the service talks to: a producer, the log, a machine, a stream of Faust."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from stream.core.controls import Control
from stream.core.machine import Entry
from stream.core.records import Alert, Hold, Mentions, Origin
from stream.service import codec
from stream.service.codec import Out, Raw
from stream.service.offsets import Bounds
from stream.service.sender import SendFailed

MOMENT = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)


def raw(value: bytes | None, key: bytes | None = b"irna/1", offset: int = 0, topic: str = "articles") -> Raw:
    """A record as it came."""
    return Raw(topic, 0, offset, MOMENT + timedelta(seconds=offset), key, value, (("trace", b"7"),))


def entry(offset: int) -> Raw:
    """A record of the log at this offset; its uri says so."""
    source = Origin(topic="articles", partition=0, offset=offset, received=MOMENT)
    return raw(codec.encode(Mentions(uri=f"irna/{offset}", origin=source)), offset=offset, topic="mentions")


def alert(number: int = 1, **more: Any) -> Alert:
    """An alert of the diplomacy desk."""
    fields: dict[str, Any] = {
        "id": f"id{number}",
        "event": f"event{number}",
        "kind": "create",
        "notify": True,
        "line": "گفت‌وگوی تلفنی وزیران خارجه",
        "desk": "diplomacy",
        "type": "contact.call",
        "status": "happened",
        "severity": "minor",
        "level": "bulletin",
        "actors": ("IRN", "SAU"),
        "recipients": (),
        "persons": (),
        "places": (),
        "first": None,
        "day": None,
        "trigger": "گفت‌وگوی تلفنی",
        "evidence": (),
        "attribution": None,
        "sources": (),
        "rule": "contact_call",
        "rulebook": "digest",
        "why": (),
        "published": None,
        "received": MOMENT,
    }
    return Alert(**{**fields, **more})


class Producer:
    """Keeps what is sent. `fail` and `refuse`: topics that are not taken by the broker, or by the client."""

    def __init__(self, fail: str = "", refuse: str = "") -> None:
        self.sent: list[Out] = []
        self.fail = fail
        self.refuse = refuse

    async def send(self, *records: Out) -> None:
        await (await self.begin(*records))

    async def begin(self, *records: Out) -> Awaitable[None]:
        for record in records:
            if record.topic == self.refuse:
                raise AssertionError("the client refuses")
            if record.topic != self.fail:
                self.sent.append(record)
        return self._acknowledge([record.topic for record in records])

    async def _acknowledge(self, names: list[str]) -> None:
        if self.fail in names:
            raise SendFailed(self.fail, TimeoutError("no answer"))


class Log:
    """The log as a list; `reads` remembers what was asked for. `holes`: offsets that are not there."""

    def __init__(self, end: int, committed: int | None, first: int = 0, holes: tuple[int, ...] = ()) -> None:
        self.entries = {offset: entry(offset) for offset in range(first, end) if offset not in holes}
        self.where = Bounds(first, end, committed)
        self.reads: list[tuple[int, int]] = []

    async def bounds(self) -> Bounds:
        return self.where

    async def read(self, start: int, end: int) -> AsyncIterator[Raw]:
        self.reads.append((start, end))
        for offset in range(start, end):
            await asyncio.sleep(0)
            if offset in self.entries:
                yield self.entries[offset]


class Machine:
    """Decides each record as a Hold that names what it has seen, keeps the last `kept` decisions, fails on `poison`."""

    def __init__(self, kept: int = 1000, poison: tuple[int, ...] = ()) -> None:
        self.applied = -1
        self.controls: tuple[Control, ...] = ()
        self.seen: list[int] = []
        self.decisions: dict[int, tuple[Alert | Hold, ...]] = {}
        self._kept = kept
        self._poison = poison

    def apply(self, offset: int, _: Entry) -> tuple[Alert | Hold, ...]:
        if offset <= self.applied:
            return self.decisions.get(offset, (Hold(reason="already_applied"),))
        self.seen.append(offset)
        if offset in self._poison:
            raise KeyError(offset)
        self.applied = offset
        self.decisions[offset] = (Hold(reason=f"after {len(self.seen)}"),)
        self.decisions.pop(offset - self._kept, None)
        return self.decisions[offset]


class Event:
    """A Faust event; `acked` lists the offsets in the order of their acknowledgement."""

    def __init__(self, record: Raw, acked: list[int]) -> None:
        self.message = SimpleNamespace(**{**record._asdict(), "timestamp": record.received.timestamp()})
        self._acked = acked

    def ack(self) -> None:
        self._acked.append(self.message.offset)


class Stream:
    """A Faust stream over some records. Everything but `noack().events()` is missing on purpose."""

    def __init__(self, records: list[Raw]) -> None:
        self.acked: list[int] = []
        self._records = records

    def noack(self) -> "Stream":
        return self

    async def events(self) -> AsyncIterator[Event]:
        for record in self._records:
            yield Event(record, self.acked)
