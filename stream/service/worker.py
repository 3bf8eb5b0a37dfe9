"""The worker's life: reach the broker, prepare the topics, start the app, stop by a signal, end with a code.

Import this module only after `use_uvloop()`: Faust's consumer thread makes its own loop by the policy in force.
"""

import asyncio
import signal
from collections.abc import Coroutine
from time import perf_counter
from typing import Any

import faust
from faust.types import TP

from stream.core.book import Book
from stream.core.machine import Machine
from stream.core.records import Limits
from stream.rulebook_reader.controls import Names as ControlNames
from stream.service import logs, topics
from stream.service.agents import Names, Reader, Teller
from stream.service.app import build, ended, is_ready
from stream.service.clock import Ticker
from stream.service.connection import client_arguments, connect
from stream.service.control_files import ControlFiles
from stream.service.exits import Exit, end_now
from stream.service.metrics import Metrics, Progress
from stream.service.sender import Sender
from stream.service.settings import Settings
from stream.service.state import Decider, MentionsLog
from stream.service.web import Pages

log = logs.get(__name__)

Helper = Ticker | ControlFiles

STOP_SECONDS = 20.0  # a graceful stop takes about one; supervisors wait 30 before they kill


def names_of(settings: Settings, book: Book, found: dict[str, topics.State]) -> Names:
    """Full topic names and their sizes, as the broker has them."""
    name = settings.topic
    return Names(
        articles=name(settings.articles),
        tagged=name(settings.tagged),
        rejected=name(settings.rejected),
        mentions=name(settings.mentions),
        alerts=name(settings.alerts),
        agenda=name(settings.agenda),
        desks={desk: name(f"{settings.alerts}.{desk}") for desk in desks_of(book)},
        limits={topic: state.max_bytes for topic, state in found.items()},
    )


def desks_of(book: Book) -> tuple[str, ...]:
    """The desks of the policy, by id."""
    return tuple(desk.id for desk in book.policy.desks)


async def serve(settings: Settings, book: Book) -> Exit:
    """Run until a signal comes or the app crashes. Raises Stop where it can't begin."""
    stop = asyncio.Event()
    beginning = asyncio.create_task(_begin(settings, book), name="begin")

    def asked() -> None:
        if stop.is_set():
            log.warning("asked to stop a second time: at once", exit_code=int(Exit.STOP_CUT_SHORT))
            end_now(Exit.STOP_CUT_SHORT)
        stop.set()
        beginning.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, asked)
    try:
        app, sender, pages, helpers = await beginning
    except asyncio.CancelledError:
        log.info("stopped before it was ready")
        return Exit.DONE
    running = [asyncio.create_task(helper.run(), name=type(helper).__name__) for helper in helpers]
    for task in running:
        task.add_done_callback(ended)
    code = await _run(app, stop)
    for task in running:
        task.cancel()
    await _in_time(sender.stop(), "sender")
    await pages.stop()
    log.info("stopped")
    return code


async def _begin(settings: Settings, book: Book) -> tuple[faust.App, Sender, Pages, list[Helper]]:
    """Everything up to the app's start. Raises Stop."""
    admin = await connect(settings)
    try:
        found, created = await topics.prepare(admin, settings, desks_of(book))
    finally:
        await admin.close()
    names = names_of(settings, book, found)
    _check_sizes(settings, names)
    log.info("topics ready", created=created, articles_partitions=found[names.articles].partitions)

    metrics = Metrics(frozenset(book.outlet_names.values()))
    metrics.begin(book.facts.values())
    progress = Progress(metrics)
    arguments = client_arguments(settings)
    largest = max(names.limits.values()) + topics.HEADROOM
    sender = Sender(arguments, linger=settings.linger, max_bytes=largest)
    teller = Teller(names, f"urn:dideban:{settings.group}", sender, metrics)
    source = MentionsLog(arguments, names.mentions, settings.group)
    decider = Decider(
        lambda: Machine(book.policy, book.facts, book.outlet_titles, book.anchors),
        source,
        teller.send,
        teller.report,
        metrics,
    )
    limits = Limits(body_bytes=settings.body_bytes)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    app = build(settings, names, Reader(book, limits, names, sender, metrics), decider, progress)
    pages = Pages(
        metrics,
        lambda: is_ready(app, decider, names),
        lambda: refresh(app, metrics, progress),
        lambda: decider.controls if decider.ready else None,
    )
    port = await pages.start(settings.web_host, settings.web_port)
    log.info("web listening", host=settings.web_host, port=port)
    await sender.start()
    return app, sender, pages, _helpers(settings, book, names, sender, decider)


def _helpers(settings: Settings, book: Book, names: Names, sender: Sender, decider: Decider) -> list[Helper]:
    """What sends to the log besides the first agent, while its partition is ours."""
    helpers: list[Helper] = []
    if settings.tick:
        helpers.append(Ticker(names.mentions, sender, lambda: decider.ready, settings.tick))
    if settings.controls is not None:
        known = ControlNames(book)
        helpers.append(
            ControlFiles(
                settings.controls, names.mentions, known, sender, lambda: decider.ready, lambda: decider.controls
            )
        )
    return helpers


async def _run(app: faust.App, stop: asyncio.Event) -> Exit:
    """Start the app, wait for a signal or a crash, stop it: that commits what is handled."""
    app.in_worker = True
    stopping = asyncio.create_task(stop.wait())
    running = asyncio.create_task(_start(app))
    await asyncio.wait([stopping, running], return_when=asyncio.FIRST_COMPLETED)
    crashed = app.crashed or (running.done() and running.exception() is not None)
    if crashed:
        error = app.crash_reason or running.exception()
        log.critical("crashed", detail=str(error), exc_info=error, exit_code=int(Exit.CRASHED))
    log.info("stopping", signal=stop.is_set())
    for task in (stopping, running):
        task.cancel()
    await _in_time(app.stop(), "app")
    await asyncio.gather(stopping, running, return_exceptions=True)
    return Exit.CRASHED if crashed else Exit.DONE


async def _in_time(stopping: Coroutine[Any, Any, None], what: str) -> None:
    """Stop a part; where it does not end (Faust's consumer can hang after the broker was gone), end the process."""
    try:
        await asyncio.wait_for(stopping, STOP_SECONDS)
    except TimeoutError:
        code = Exit.STOP_CUT_SHORT
        log.critical(code.name.lower(), part=what, seconds=STOP_SECONDS, exit_code=int(code))
        end_now(code)


async def _start(app: faust.App) -> None:
    await app.start()
    await app.wait_until_stopped()


def _check_sizes(settings: Settings, names: Names) -> None:
    """Say where an output topic that existed is too small for the largest input; the records are cut then."""
    wanted = topics.output_bytes(names.limits[names.articles], settings.body_bytes)
    for name, size in names.limits.items():
        if name != names.articles and size < wanted:
            log.warning("topic is smaller than the largest input may need", topic=name, max_bytes=size, wanted=wanted)


def refresh(app: faust.App, metrics: Metrics, progress: Progress) -> None:
    """Bring lag and commit age up to date, for one look at /metrics."""
    metrics.lag.clear()
    for tp in app.consumer.assignment() if app.started else ():
        end, position = _end(app, tp), progress.position(tp.topic, tp.partition)
        if end is not None and position is not None:
            metrics.lag.labels(tp.topic, str(tp.partition)).set(max(end - position, 0))
    metrics.commit_age.set(perf_counter() - progress.commit_moved if progress.waiting else 0.0)


def _end(app: faust.App, tp: TP) -> int | None:
    """The offset after the partition's last record, as of the last fetch; None where nothing was fetched yet."""
    try:
        end: int | None = app.consumer.highwater(tp)
    except Exception:  # noqa: BLE001  (the consumer's thread may lose the partition at this moment)
        log.debug("no end of partition", topic=tp.topic, partition=tp.partition)
        return None
    return end
