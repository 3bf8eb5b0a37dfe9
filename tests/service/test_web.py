"""The pages, the labels' closed lists, and the logs."""

import asyncio
import io
import json
import logging
from collections.abc import AsyncIterator, Iterator

import aiohttp
import pytest
from pydantic import SecretStr

from stream.core.controls import Control, Selector
from stream.service import logs
from stream.service.exits import Exit, Stop
from stream.service.metrics import Metrics
from stream.service.web import Pages
from tests.service.fakes import MOMENT


class Site:
    """Pages on a free port, and what they answer."""

    def __init__(self) -> None:
        self.metrics = Metrics(frozenset({"irna"}))
        self.why_not = "the state is being rebuilt from the log"
        self.refreshed = 0
        self.controls: tuple[Control, ...] | None = None
        self.pages = Pages(self.metrics, lambda: self.why_not, self._refresh, lambda: self.controls)
        self.port = 0

    def _refresh(self) -> None:
        self.refreshed += 1

    async def get(self, path: str, accept: str = "") -> tuple[int, str, str]:
        """Status, content type, text."""
        url = f"http://127.0.0.1:{self.port}{path}"
        async with aiohttp.ClientSession() as session, session.get(url, headers={"Accept": accept}) as answer:
            return answer.status, answer.headers["Content-Type"], await answer.text()


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """Pages that listen."""
    it = Site()
    it.port = await it.pages.start("127.0.0.1", 0)
    yield it
    await it.pages.stop()


async def test_ready_says_why_not(site: Site) -> None:
    assert (await site.get("/readyz"))[::2] == (503, "the state is being rebuilt from the log\n")
    assert "dideban_ready 0.0" in (await site.get("/metrics"))[2]
    site.why_not = ""
    assert (await site.get("/readyz"))[::2] == (200, "ok\n")
    assert "dideban_ready 1.0" in (await site.get("/metrics"))[2]


async def test_controls_in_force_are_listed_by_who_holds_the_log(site: Site) -> None:
    assert (await site.get("/controls"))[0] == 503
    site.controls = (Control(action="mute", who="سردبیر", because="آزمون", at=MOMENT, select=Selector(party="IRN")),)
    status, kind, text = await site.get("/controls")
    assert (status, kind) == (200, "application/json; charset=utf-8")
    [control] = json.loads(text)
    assert (control["action"], control["who"], control["select"]) == ("mute", "سردبیر", {"party": "IRN"})


async def test_live_while_the_loop_beats(site: Site) -> None:
    assert (await site.get("/livez"))[::2] == (200, "ok\n")
    site.pages._beat = asyncio.get_running_loop().time() - 60
    status, _, text = await site.get("/livez")
    assert status == 503
    assert text.startswith("the loop has not beaten for 6")


async def test_metrics_come_fresh_in_the_form_that_is_asked_for(site: Site) -> None:
    assert (await site.get("/metrics"))[1].startswith("text/plain")
    _, content_type, text = await site.get("/metrics", "application/openmetrics-text; version=1.0.0")
    assert content_type.startswith("application/openmetrics-text")
    assert text.endswith("# EOF\n")
    assert site.refreshed == 2


async def test_a_taken_port_has_its_exit_code(site: Site) -> None:
    other = Pages(Metrics(), str, lambda: None)
    with pytest.raises(Stop, match=f"DIDEBAN_WEB_PORT: 127.0.0.1:{site.port} can't be used") as caught:
        await other.start("127.0.0.1", site.port)
    assert caught.value.code is Exit.PORT_TAKEN


def test_outlets_that_the_rulebook_does_not_know_share_one_label() -> None:
    metrics = Metrics(frozenset({"irna"}))
    assert [metrics.outlet(name) for name in ("irna", "a blog", None)] == ["irna", "other", "other"]


def test_a_stage_is_measured_also_when_it_fails() -> None:
    metrics = Metrics()
    with pytest.raises(ZeroDivisionError), metrics.time("judge"):
        raise ZeroDivisionError
    assert metrics.registry.get_sample_value("dideban_stage_seconds_count", {"stage": "judge"}) == 1


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What is logged, as text; logging is afterwards as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in logs.QUIET}
    stream = io.StringIO()
    logs.set_up("INFO", stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


def test_logs_are_json_lines_with_persian_and_without_secrets(written: io.StringIO) -> None:
    log = logs.get("stream.test")
    hidden = {"sasl_password": "open sesame", "key": SecretStr("open sesame")}
    log.info("alert", line="گفت‌وگوی تلفنی", **hidden)
    logging.getLogger("aiokafka.conn").warning("broker %s is gone", "kafka1")
    logging.getLogger("faust.app").info("nobody needs this")
    try:
        raise ValueError("a defect")
    except ValueError:
        log.exception("crashed")
    assert "گفت‌وگوی تلفنی" in written.getvalue()
    assert "sesame" not in written.getvalue()
    first, second, third = (json.loads(line) for line in written.getvalue().splitlines())
    assert (first["message"], first["level"], first["logger"]) == ("alert", "info", "stream.test")
    assert (second["message"], second["level"]) == ("broker kafka1 is gone", "warning")
    assert "ValueError: a defect" in third["exception"]
    assert first["time"].endswith("Z")


def test_a_broker_that_is_gone_fills_no_disk() -> None:
    now = [0.0]
    filter_ = logs.Sparingly(seconds=10, clock=lambda: now[0])

    def line(name: str, text: str) -> logging.LogRecord:
        return logging.LogRecord(name, logging.ERROR, "", 0, text, None, None)

    passed = []
    for second in range(12):
        now[0] = float(second)
        passed += [second for record in [line("aiokafka.conn", "gone")] if filter_.filter(record)]
    again = line("aiokafka.conn", "gone")
    now[0] = 20.0
    assert passed == [0, 10]
    assert filter_.filter(again)
    assert vars(again)["held_back"] == 1
    assert all(filter_.filter(line("stream.service", "ours")) for _ in range(3))
