"""Watch the whole way of an article, on a real Kafka: about 40 Persian articles go in, alerts come out.

It starts Apache Kafka (needs the extra: pip install 'dideban[broker]') and a worker, sends the sample articles and
shows each alert as it comes: line, type, severity, parties, evidence, sources. Half of the articles must stay quiet;
each shows the reason. Then it waits for articles of yours, until Ctrl-C. Nothing is left running.

  dideban demo
  dideban demo --rate 0.5                     more slowly
  dideban demo --broker kafka1:9092           on a Kafka of yours, in topics of its own that are deleted in the end
  dideban demo --once                         end after the samples; 1 where one was not as expected

Exit codes: 0 ended by Ctrl-C, or --once and all as expected; 1 not as expected, or the worker failed; 2 wrong use, or the
extra is not installed; 3 no broker; 130 interrupted before the samples were through.
"""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from types import FrameType

import aiokafka
import aiokafka.errors
from rich.console import Console

from stream.broker.display import starting
from stream.broker.errors import BrokerError, ExtraMissingError
from stream.broker.kafka import Kafka
from stream.commands.files import Item
from stream.core.book import Book
from stream.core.judge import judge
from stream.core.read import read
from stream.core.records import Article, Incoming, Miss
from stream.demo.child import Worker
from stream.demo.samples import ARTICLES, Sample, load_samples, told
from stream.demo.screen import Screen
from stream.demo.watch import Outcome, Watch
from stream.rulebook_reader import RulebookError, load
from stream.service import topics
from stream.service.connection import client_arguments, connect
from stream.service.exits import Exit, Stop
from stream.service.settings import PREFIX, Settings, load_settings

RATE = 2.0
OUTCOME_LIMIT = 60.0
"""Seconds for one article; some milliseconds are usual."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `dideban demo`."""
    parser.add_argument("--broker", metavar="HOST:PORT[,…]", help="use this Kafka instead of starting one")
    parser.add_argument(
        "--rate", type=_rate, default=RATE, metavar="N", help="articles a second; 0: at once (default: %(default)g)"
    )
    parser.add_argument("--once", action="store_true", help="end after the samples instead of waiting for yours")


def run(options: argparse.Namespace) -> int:
    """Show the demo; give the exit code (see the module's docstring)."""
    began = time.monotonic()
    console = Console(highlight=False, soft_wrap=True)
    notes = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        book = load()
        with ExitStack() as stack:
            _handle(stack, signal.SIGTERM, signal.default_int_handler)  # ends in order, as by Ctrl-C
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dideban-demo-")))
            broker, prefix = options.broker, ""
            if broker is None:
                broker = _start_kafka(stack, notes).bootstrap
            else:
                prefix = f"dideban-demo-{uuid.uuid4().hex[:8]}."
            for number in (signal.SIGINT, signal.SIGTERM):  # a second Ctrl-C must not leave it half stopped
                stack.callback(signal.signal, number, signal.SIG_IGN)
            settings = _settings(broker, prefix, keep=options.broker is not None)
            show = Show(settings, book, console, notes, mine=options.broker is not None)
            return asyncio.run(show.run(folder, began, options.rate, once=options.once))
    except ExtraMissingError as error:
        notes.print(f"dideban demo: {error}", markup=False)
        return Exit.USAGE
    except BrokerError as error:
        notes.print(f"dideban demo: {error}", markup=False)
        return Exit.BROKER_UNREACHABLE
    except RulebookError as error:
        notes.print(f"dideban demo: {error}", markup=False)
        return Exit.WRONG_RULEBOOK
    except Stop as stop:
        notes.print(f"dideban demo: {stop}", markup=False)
        return stop.code


def _rate(word: str) -> float:
    try:
        rate = float(word)
    except ValueError:
        rate = -1.0
    if not 0 <= rate < float("inf"):
        raise argparse.ArgumentTypeError(f"{word!r} is no rate: wanted articles a second, 0 for at once")
    return rate


def _handle(stack: ExitStack, number: signal.Signals, handler: Callable[[int, FrameType | None], None]) -> None:
    """Handles a signal so until the stack unwinds; Ctrl-C gets back its handler then, too."""
    for one in (number, signal.SIGINT):
        stack.callback(signal.signal, one, signal.getsignal(one))
    signal.signal(number, handler)


def _start_kafka(stack: ExitStack, notes: Console) -> Kafka:
    with starting(notes) as seen:
        return stack.enter_context(Kafka(progress=seen.progress, on_stage=seen.stage))


def _settings(broker: str, prefix: str, *, keep: bool) -> Settings:
    """Settings for our clients; the environment's (a login, say) only count for a Kafka that is not ours."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        if not keep or name == f"{PREFIX}RULEBOOK":  # what is expected of the samples goes by the shipped one
            del os.environ[name]
    return load_settings(broker=broker, topic_prefix=prefix, group=f"{prefix}demo", partitions=1)


class Show:
    """The demo on a running Kafka. `mine`: the Kafka is the person's own, so the topics are deleted in the end."""

    def __init__(self, settings: Settings, book: Book, console: Console, notes: Console, *, mine: bool) -> None:
        self._settings = settings
        self._book = book
        self._console = console
        self._notes = notes
        self._mine = mine
        self._screen = Screen(console, book)
        self._through = False  # all samples were shown
        self._unexpected: list[str] = []

    async def run(self, folder: Path, began: float, rate: float, *, once: bool) -> int:
        """Worker, samples, then articles of the person who watches, until a signal; give the exit code."""
        asked = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, asked.set)
        playing = asyncio.create_task(self._play(folder, began, rate, once=once))
        asking = asyncio.create_task(asked.wait())
        await asyncio.wait([playing, asking], return_when=asyncio.FIRST_COMPLETED)
        asking.cancel()
        if not playing.done():
            self._notes.print("Stopping")
            playing.cancel()
            await asyncio.wait([playing])
        if playing.cancelled():
            return Exit.DONE if self._through else Exit.INTERRUPTED
        return playing.result()

    async def _play(self, folder: Path, began: float, rate: float, *, once: bool) -> int:
        samples = load_samples()
        settings = self._settings
        await (await connect(settings)).close()
        async with AsyncExitStack() as stack:
            if self._mine:
                stack.push_async_callback(self._delete_topics)
            with self._notes.status("Starting the worker"):
                worker = await stack.enter_async_context(Worker(_environment(settings, folder), folder / "worker.log"))
                watch = await stack.enter_async_context(Watch(settings, self._book))
                producer = aiokafka.AIOKafkaProducer(**client_arguments(settings), enable_idempotence=True)
                await producer.start()
                stack.push_async_callback(producer.stop)
            self._notes.print(f"Kafka is at {settings.broker}, the worker is ready: {len(samples)} articles go in\n")
            first = 0.0
            for number, sample in enumerate(samples):
                if rate and number:
                    await asyncio.sleep(1 / rate)
                outcome = await self._send(producer, sample, worker, watch)
                first = first or (time.monotonic() - began if outcome.delays else 0.0)
            self._through = True
            self._screen.sums(len(samples))
            self._console.print(f"first alert {first:.1f} s after the command began")
            self._console.print(f"{len(samples) - len(self._unexpected)} of {len(samples)} articles as expected")
            for words in self._unexpected:
                self._console.print(f"  {words}", markup=False)
            if once:
                return Exit.NO if self._unexpected else Exit.DONE
            self._console.print(self._invitation(), markup=False)
            while True:
                self._screen.outcome(await self._next(worker, watch, limit=None))

    async def _send(
        self, producer: "aiokafka.AIOKafkaProducer", sample: Sample, worker: Worker, watch: Watch
    ) -> Outcome:
        """Send one sample and show what becomes of it, and of what others may have sent meanwhile."""
        item = sample.item
        topic = self._settings.topic(self._settings.articles)
        sent = await producer.send_and_wait(topic, item.value, key=item.key, headers=list(item.headers))
        while True:
            outcome = await self._next(worker, watch, OUTCOME_LIMIT)
            if outcome.place != (sent.partition, sent.offset):
                self._screen.outcome(outcome)
                continue
            found = told(outcome.decisions)
            wanted = ", ".join(sample.expected) or f"quiet, {sample.why}"
            name = Path(item.place).name
            if found != sample.expected:
                self._unexpected.append(f"{name}: {', '.join(found) or 'quiet'}; expected: {wanted}")
            unexpected = "" if found == sample.expected else wanted
            self._screen.outcome(outcome, name, self._misses(item, outcome), unexpected)
            return outcome

    async def _next(self, worker: Worker, watch: Watch, limit: float | None) -> Outcome:
        """The next outcome. Raises Stop where the worker ends, or none comes in `limit` seconds."""
        coming, ended = asyncio.create_task(watch.next()), asyncio.create_task(worker.ended())
        try:
            await asyncio.wait([coming, ended], timeout=limit, return_when=asyncio.FIRST_COMPLETED)
            if coming.done():
                return coming.result()
            happened = f"ended with code {ended.result()}" if ended.done() else f"said nothing for {limit:g} s"
            raise Stop(Exit.NO, f"The worker {happened}.\n{worker.last_words()}")
        finally:
            coming.cancel()
            ended.cancel()

    def _misses(self, item: Item, outcome: Outcome) -> tuple[Miss, ...]:
        """Which rules came near, for an article in which none found anything."""
        if outcome.record is None or outcome.record.mentions:
            return ()
        incoming = Incoming(value=item.value, arrived=outcome.record.origin.received, form=item.form)
        article = read(incoming, outlets=self._book.outlet_names)
        return judge(article, self._book).misses if isinstance(article, Article) else ()

    def _invitation(self) -> str:
        settings = self._settings
        command = Path(sys.executable).with_name("dideban")
        prefix = f" {PREFIX}TOPIC_PREFIX={settings.topic_prefix}" if settings.topic_prefix else ""
        return (
            "\nNow articles of yours. In another terminal:\n\n"
            f"  {PREFIX}BROKER={settings.broker}{prefix} {command} replay FILE --to {settings.articles}\n\n"
            'FILE: .jsonl with {"id", "outlet", "title", "body", "published", "url"} a line'
            f" (as {ARTICLES}),\n.txt with the text of a page, or .html. What comes of them is shown here; Ctrl-C ends it.\n"
        )

    async def _delete_topics(self) -> None:
        names = [topic.name for topic in topics.table(self._settings, tuple(d.id for d in self._book.policy.desks))]
        admin = await connect(self._settings)
        try:
            await admin.delete_topics(sorted(set(names) & set(await admin.list_topics())))
        except aiokafka.errors.KafkaError as error:
            self._notes.print(f"Topics {self._settings.topic_prefix}* are left behind: {error}", markup=False)
        finally:
            await admin.close()


def _environment(settings: Settings, folder: Path) -> dict[str, str]:
    """The worker's variables."""
    return {
        **os.environ,
        f"{PREFIX}BROKER": settings.broker,
        f"{PREFIX}TOPIC_PREFIX": settings.topic_prefix,
        f"{PREFIX}GROUP": settings.group,
        f"{PREFIX}PARTITIONS": str(settings.partitions),
        f"{PREFIX}DATA_DIR": str(folder),
    }
