"""The worker's pages: /metrics for Prometheus, /livez and /readyz for whoever watches the process, /controls for editors.

They are answered by the worker's own loop, so an answer proves that the loop turns. /livez also looks at a beat that a
timer keeps; /readyz says no, and why, until partitions are assigned and the state is rebuilt, and during rebalances.
/controls lists the mutes and watches in force, where this worker holds the log's partition.
"""

import asyncio
from collections.abc import Callable

import msgspec
from aiohttp import web
from prometheus_client import disable_created_metrics
from prometheus_client.exposition import choose_encoder

from stream.core.controls import Control
from stream.service.exits import Exit, Stop
from stream.service.metrics import Metrics

BEAT_SECONDS = 1.0
BEAT_LIMIT = 15.0


class Pages:
    """The web server. `ready` gives the reason why not, or an empty string; `refresh` brings gauges up to date.

    `controls` gives what is in force, or None where another worker knows.
    """

    def __init__(
        self,
        metrics: Metrics,
        ready: Callable[[], str],
        refresh: Callable[[], None],
        controls: Callable[[], tuple[Control, ...] | None] = lambda: None,
    ) -> None:
        self._metrics = metrics
        self._ready = ready
        self._refresh = refresh
        self._controls = controls
        self._runner: web.AppRunner | None = None
        self._beating: asyncio.Task[None] | None = None
        self._beat = 0.0

    async def start(self, host: str, port: int) -> int:
        """Listen; give the port. Raises Stop(PORT_TAKEN)."""
        disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each, of no use to anyone
        app = web.Application()
        app.add_routes(
            [
                web.get("/metrics", self._page_metrics),
                web.get("/livez", self._page_live),
                web.get("/readyz", self._page_ready),
                web.get("/controls", self._page_controls),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise Stop(Exit.PORT_TAKEN, f"DIDEBAN_WEB_PORT: {host}:{port} can't be used: {error.strerror}") from error
        self._beating = asyncio.create_task(self._keep_beat(), name="beat")
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Stop listening."""
        if self._beating is not None:
            self._beating.cancel()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _keep_beat(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            self._beat = loop.time()
            await asyncio.sleep(BEAT_SECONDS)

    async def _page_live(self, _: web.Request) -> web.Response:
        age = asyncio.get_running_loop().time() - self._beat
        return _say(f"the loop has not beaten for {age:.1f} s" if age > BEAT_LIMIT else "")

    async def _page_ready(self, _: web.Request) -> web.Response:
        return _say(self._ready())

    async def _page_controls(self, _: web.Request) -> web.Response:
        controls = self._controls()
        if controls is None:
            return _say("another worker holds the log, or its state is being rebuilt")
        return web.Response(body=msgspec.json.encode(controls), content_type="application/json", charset="utf-8")

    async def _page_metrics(self, request: web.Request) -> web.Response:
        self._refresh()
        self._metrics.ready.set(0 if self._ready() else 1)
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
        return web.Response(body=encode(self._metrics.registry), headers={"Content-Type": content_type})


def _say(why_not: str) -> web.Response:
    return web.Response(text=(why_not or "ok") + "\n", status=503 if why_not else 200)
