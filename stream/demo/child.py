"""The worker as a child process: started, known to be ready, stopped, and never left behind.

It runs under the guard of `stream/broker`, so that it ends with its owner even where that is killed.
"""

import asyncio
import os
import signal
import sys
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import aiohttp
import orjson

from stream.broker import guard
from stream.service.exits import Exit, Stop

READY_LIMIT = 60.0
"""Seconds; 2 to 4 are usual."""
STOP_LIMIT = 20.0
_KNOCK = 0.05
_KEPT = 40  # lines of its log at hand for an error


class Worker:
    """`async with Worker(environment)`: `dideban run` with these variables besides ours, ready when the block begins.

    `log` gets all that it logs. Raises Stop where it ends before it is ready, with the last lines of its log.
    """

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        self._environment = {**environment, "DIDEBAN_WEB_PORT": "0"}
        self._log = log
        self._tail: deque[str] = deque(maxlen=_KEPT)
        self._port: asyncio.Future[int]
        self._process: asyncio.subprocess.Process
        self._reading: asyncio.Task[None]
        self._pipe = -1

    async def __aenter__(self) -> Self:
        theirs, self._pipe = os.pipe()
        self._port = asyncio.get_running_loop().create_future()
        watched = [sys.executable, "-I", "-S", guard.__file__, str(theirs), str(os.getpid()), str(STOP_LIMIT), ""]
        try:
            self._process = await asyncio.create_subprocess_exec(
                *watched,
                *(sys.executable, "-m", "stream", "run"),
                env=dict(self._environment),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
                pass_fds=(theirs,),
                start_new_session=True,  # a terminal's Ctrl-C is ours to handle
                limit=1 << 24,
            )
        finally:
            os.close(theirs)
        self._reading = asyncio.create_task(self._read())
        try:
            await asyncio.wait_for(self._until_ready(), READY_LIMIT)
        except TimeoutError:
            await self._end()
            raise Stop(Exit.NO, f"The worker was not ready within {READY_LIMIT:g} s.\n{self.last_words()}") from None
        except BaseException:
            await self._end()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._end()

    async def ended(self) -> int:
        """Waits for it to end by itself; its exit code."""
        return await self._process.wait()

    def last_words(self) -> str:
        """The last lines of its log."""
        return "\n".join(["The worker's log ends with:", *self._tail])

    async def _read(self) -> None:
        """Keeps its log, and finds in it the port of its pages."""
        stream = self._process.stderr
        if stream is None:
            return
        with self._log.open("ab") as log:
            async for line in stream:
                log.write(line)
                log.flush()
                self._tail.append(line.decode("utf-8", "replace").rstrip())
                if b'"web listening"' in line and not self._port.done():
                    self._port.set_result(int(orjson.loads(line)["port"]))

    async def _until_ready(self) -> None:
        gone = asyncio.create_task(self._process.wait())
        try:
            await asyncio.wait([gone, self._port], return_when=asyncio.FIRST_COMPLETED)
            async with aiohttp.ClientSession() as session:
                while not gone.done():
                    if await self._is_ready(session, f"http://127.0.0.1:{self._port.result()}/readyz"):
                        return
                    await asyncio.wait([gone], timeout=_KNOCK)
            await self._reading
            raise Stop(Exit.NO, f"The worker ended with code {gone.result()} at once.\n{self.last_words()}")
        finally:
            gone.cancel()

    @staticmethod
    async def _is_ready(session: aiohttp.ClientSession, url: str) -> bool:
        try:
            async with session.get(url) as response:
                return response.status == 200
        except aiohttp.ClientError:
            return False

    async def _end(self) -> None:
        if self._pipe < 0:
            return
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self._process.wait(), STOP_LIMIT)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        await self._reading
        with suppress(BrokenPipeError):  # tells the guard that nothing is left to do
            os.write(self._pipe, b"x")
        os.close(self._pipe)
        self._pipe = -1
