"""The log `mentions` and what is decided from it: state = f(log), rebuilt by reading, never kept by Faust.

Faust delivers the log's records from the committed offset on, and sometimes again, and after a rebalance (rarely) it
jumps over some. `Decider` needs no more than the offset of each record that it is given:

- when the partition is assigned, the machine is brought to the committed offset and no further, since it keeps the
  decisions of the last `KEPT` records only and those after the committed offset are still to be sent;
- before a record is decided, every record below it has been applied: what is missing is read from the log itself;
- a record at or below the applied offset changes nothing, its stored decision comes again (`Machine.apply`);
- the decisions of all records from the committed offset on are sent, also of those that Faust jumped over;
- a record on which the machine fails is rejected; the machine, half changed, is thrown away and rebuilt without it.

So nothing is lost and nothing decided twice differently, whatever Faust repeats, skips or commits late.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import aiokafka.errors
from aiokafka import TopicPartition

from stream.core.controls import Control
from stream.core.machine import KEPT, Decisions, Entry
from stream.core.records import Hold
from stream.service import codec, logs, offsets
from stream.service.codec import Raw
from stream.service.metrics import Metrics
from stream.service.offsets import Bounds

log = logs.get(__name__)


class MachineLike(Protocol):
    """`stream.core.machine.Machine`: deterministic, idempotent by offset."""

    @property
    def applied(self) -> int: ...

    @property
    def controls(self) -> tuple[Control, ...]: ...

    def apply(self, offset: int, entry: Entry, /) -> Decisions: ...


class LogUnreadable(Exception):  # noqa: N818  (the name of the exit code)
    """The log can't be read, so nothing can be decided."""


class MentionsLog:
    """Reads the log with a plain consumer, in no group; only what is committed."""

    def __init__(self, arguments: dict[str, Any], topic: str, group: str) -> None:
        self._arguments = arguments
        self._partition = TopicPartition(topic, 0)
        self._group = group

    async def bounds(self) -> Bounds:
        """Where the log begins and ends, and what our group has committed of it."""
        found = await offsets.look(self._arguments, self._group, [self._partition])
        return found[self._partition.topic, self._partition.partition]

    async def read(self, start: int, end: int) -> AsyncIterator[Raw]:
        """All records from `start` to before `end`. Holes are normal: markers of transactions, deleted records."""
        async with offsets.plain_consumer(self._arguments) as consumer:
            consumer.assign([self._partition])
            consumer.seek(self._partition, start)
            while await consumer.position(self._partition) < end:
                for message in (await consumer.getmany(timeout_ms=1000)).get(self._partition, ()):
                    if message.offset < end:
                        yield codec.raw(message, ticks=1000)


class LogLike(Protocol):
    """What `Decider` needs of the log."""

    async def bounds(self) -> Bounds: ...

    def read(self, start: int, end: int) -> AsyncIterator[Raw]: ...


@contextmanager
def _unreadable() -> Iterator[None]:
    """Names what goes wrong while the log is read."""
    try:
        yield
    except (aiokafka.errors.KafkaError, OSError) as error:
        raise LogUnreadable(f"{type(error).__name__}: {error}") from error


Report = Callable[[Raw, Exception], Awaitable[None]]
Send = Callable[[Raw, Decisions], Awaitable[None]]


class Decider:
    """Owns the machine that `make` makes.

    `send` sends the decisions of one record; `report` rejects a record that can't be decided. Both are awaited before
    the record counts as done. `kept` is how many decisions the machine keeps.
    """

    def __init__(
        self,
        make: Callable[[], MachineLike],
        source: LogLike,
        send: Send,
        report: Report,
        metrics: Metrics,
        kept: int = KEPT,
    ) -> None:
        self._make = make
        self._log = source
        self._send = send
        self._report = report
        self._metrics = metrics
        self._kept = kept
        self._machine = make()
        self._lock = asyncio.Lock()
        self._first = 0  # the log begins here: what lay below is deleted
        self._applied = 0  # every record below this offset has been applied
        self._told = 0  # the decisions of every record below this offset have been sent, by us or before us
        self._poison: set[int] = set()  # the machine fails on these
        self._preparing: asyncio.Task[None] | None = None
        self.ready = False

    @property
    def controls(self) -> tuple[Control, ...]:
        """The mutes and watches in force."""
        return self._machine.controls

    def assigned(self) -> "asyncio.Task[None]":
        """The log's partition is ours: rebuild the state. Gives the task; `decide` waits for it by itself."""
        self.ready = False
        self._preparing = asyncio.create_task(self._prepare(self._preparing), name="rebuild the state")
        return self._preparing

    def revoked(self) -> None:
        """The partition is another worker's: the state stays and is brought up to date when it comes back."""
        self.ready = False

    async def _prepare(self, previous: "asyncio.Task[None] | None") -> None:
        if previous is not None:
            await asyncio.wait([previous])
        started = asyncio.get_running_loop().time()
        async with self._lock:
            with _unreadable():
                bounds = await self._log.bounds()
                if bounds.committed is not None and bounds.committed > bounds.end:
                    log.warning("the log is shorter than what is committed: it begins anew", **bounds._asdict())
                    bounds = bounds._replace(committed=None)
                    self._restart()
                self._first, self._told = bounds.first, bounds.next
                if self._applied - self._told > self._kept:
                    self._restart()  # its decisions from the committed offset on are not at hand any more
                count = await self._catch_up(self._applied, self._told)
        self.ready = self._preparing is asyncio.current_task()
        seconds = round(asyncio.get_running_loop().time() - started, 3)
        log.info("state rebuilt", records=count, committed=bounds.committed, seconds=seconds)

    async def decide(self, record: Raw) -> None:
        """Decide one record that the consumer delivered and send what was decided. Raises SendFailed, LogUnreadable."""
        if self._preparing is not None:
            await asyncio.shield(self._preparing)
        async with self._lock:
            with _unreadable():
                await self._catch_up(min(self._applied, self._told), record.offset)
            await self._step(record)

    async def _catch_up(self, start: int, end: int) -> int:
        """Apply the records from `start` to before `end`; tell those that nobody told. Gives how many there were."""
        count = 0
        start = max(start, self._first)
        if start < end:
            async for record in self._log.read(start, end):
                count += 1
                if record.offset >= self._told:
                    self._metrics.jumps.inc()
                    log.warning("the consumer jumped over a record of the log; it was read again", offset=record.offset)
                await self._step(record)
            self._applied = max(self._applied, end)
            self._told = max(self._told, end)
        return count

    async def _step(self, record: Raw) -> None:
        """Apply one record, and tell its decisions if it is not below `_told`."""
        tell = record.offset >= self._told or record.offset < self._applied
        decisions, error = await self._apply(record, tell)
        if tell and error is not None:
            await self._report(record, error)
        elif tell:
            await self._send(record, decisions)
        self._applied = max(self._applied, record.offset + 1)
        self._told = max(self._told, record.offset + 1)

    async def _apply(self, record: Raw, tell: bool) -> tuple[Decisions, Exception | None]:
        """The decisions, or the error of a record that can't be decided; it then counts as one without content."""
        try:
            entry = codec.decode_entry(record)
        except ValueError as error:
            log.error("a record of the log can't be read", offset=record.offset, detail=str(error))
            return (), error
        if record.offset in self._poison:
            return (), ValueError("the machine fails on this record")
        try:
            with self._metrics.time("decide"):
                decisions = self._machine.apply(record.offset, entry)
        except Exception as error:
            log.exception("a record of the log can't be decided", offset=record.offset)
            await self._rebuild_without(record.offset)
            return (), error
        self._metrics.log_applied.set(self._machine.applied)
        if tell and isinstance(entry, Control):
            _log_control(record.offset, entry, decisions)
        return decisions, None

    async def _rebuild_without(self, offset: int) -> None:
        """A machine that failed may be half changed: make a new one and read the log up to the record again."""
        self._poison.add(offset)
        self._machine = self._make()
        async for record in self._log.read(self._first, offset):
            if record.offset in self._poison:
                continue
            try:
                entry = codec.decode_entry(record)
            except ValueError:
                continue
            self._machine.apply(record.offset, entry)

    def _restart(self) -> None:
        self._machine = self._make()
        self._applied = self._first


def _log_control(offset: int, control: Control, decisions: Decisions) -> None:
    """Say who changed what and why, and what came of it: nothing but a name where it changed nothing."""
    held = ", ".join(f"{one.reason} {one.detail}".strip() for one in decisions if isinstance(one, Hold))
    log.info(
        "control",
        offset=offset,
        id=control.id,
        asks=control.words,
        who=control.who,
        because=control.because,
        until=control.until.isoformat() if control.until else None,
        source=control.source,
        held=held or None,
    )
