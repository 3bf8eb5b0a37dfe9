"""The worker's only look at the wall clock that decides anything: a tick a minute into the log.

Whoever holds the log's partition sends it, so that embargoes, mutes and watches end also while no article comes. What a
tick says becomes true by its place in the log; one that comes late or twice changes nothing (`Machine.apply`).
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from stream.core.records import Tick
from stream.service import codec
from stream.service.agents import JSON, SenderLike
from stream.service.codec import Out

KEY = b"tick"

Now = Callable[[], datetime]


def wall_clock() -> datetime:
    """The time of this machine, in UTC."""
    return datetime.now(UTC)


def full(moment: datetime, every: float) -> datetime:
    """The last full `every` seconds before a moment: with 60 the full minute."""
    return datetime.fromtimestamp(moment.timestamp() // every * every, UTC)


class Ticker:
    """Sends ticks to the log `topic` while `holds()` says that it is ours. `every`: seconds between ticks."""

    def __init__(
        self,
        topic: str,
        sender: SenderLike,
        holds: Callable[[], bool],
        every: float,
        now: Now = wall_clock,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._topic = topic
        self._sender = sender
        self._holds = holds
        self._every = every
        self._now = now
        self._sleep = sleep

    async def run(self) -> None:
        """Tick for ever. Raises SendFailed."""
        while True:
            at = full(self._now(), self._every)
            if self._holds():
                await self._sender.send(Out(self._topic, KEY, codec.encode(Tick(at=at)), JSON))
            await self._sleep(max(at.timestamp() + self._every - self._now().timestamp(), 0.01))
