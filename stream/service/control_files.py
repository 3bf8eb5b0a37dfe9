"""Mutes and watches that stand in files, sent to the log as control records when the files change.

The files are the standing truth: what is new in them is put in force, what is gone from them is lifted. Only the worker
that holds the log's partition reads them, and compares them with what is in force. A file with a fault changes nothing;
the log says which line is wrong.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import msgspec

from stream.core.controls import Control, named
from stream.rulebook_reader import RulebookError
from stream.rulebook_reader.controls import Names, dates, read_controls
from stream.service import codec, logs
from stream.service.agents import JSON, SenderLike
from stream.service.clock import Now, wall_clock
from stream.service.codec import Out

log = logs.get(__name__)

KEY = b"control"
LOOK_SECONDS = 0.5  # between looks at the files' dates


class ControlFiles:
    """Keeps the log `topic` in step with the files at `path`, while `holds()` says that it is ours.

    `in_force()` gives the controls that the machine knows.
    """

    def __init__(
        self,
        path: Path,
        topic: str,
        names: Names,
        sender: SenderLike,
        holds: Callable[[], bool],
        in_force: Callable[[], tuple[Control, ...]],
        now: Now = wall_clock,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._path = path
        self._topic = topic
        self._names = names
        self._sender = sender
        self._holds = holds
        self._in_force = in_force
        self._now = now
        self._sleep = sleep
        self._seen: tuple[tuple[str, int, int], ...] | None = None  # None: to be compared, whatever the dates

    async def run(self) -> None:
        """Look for ever. Raises SendFailed."""
        while True:
            await self.look()
            await self._sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Send what has changed since the last look, or since the partition came to us."""
        if not self._holds():
            self._seen = None
            return
        seen = tuple(dates(self._path))
        if seen == self._seen:
            return
        self._seen = seen
        try:
            stand = read_controls(self._path, self._names, self._now())
        except RulebookError as error:
            log.error("a file of controls can't be used; nothing is changed", detail=str(error))
            return
        outs = [Out(self._topic, KEY, codec.encode(control), JSON) for control in self._changes(stand)]
        if outs:
            await self._sender.send(*outs)

    def _changes(self, stand: list[Control]) -> Iterator[Control]:
        there = [one for one in self._in_force() if one.source == "file"]
        asked, wanted = {one.asks for one in there}, {one.asks for one in stand}
        for one in there:
            if one.asks not in wanted:
                lifted = Control(
                    action="unmute" if one.action == "mute" else "unwatch",
                    who=one.who,
                    because="it no longer stands in the files",
                    at=self._now(),
                    target=one.id,
                    source="file",
                )
                yield named(lifted)
        for one in stand:
            if one.asks not in asked:
                yield named(msgspec.structs.replace(one, id=""))
