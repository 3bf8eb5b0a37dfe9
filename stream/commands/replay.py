"""Sends a file of articles to a topic, at any speed.

`.jsonl` and `.jsonl.gz` hold an article a line, `.txt` (page text) and `.html` are one each, `-` reads JSON Lines from
standard input. The bytes go out as they are, also those that can't be read: the worker is to name them. Records are
keyed by article as the worker names it (uri, else outlet/id, else url), so that all versions of one stay in order.
Kafka's timestamps are never set from `published`: retention would delete old ones at once.

  dideban replay articles.jsonl.gz --to articles --rate 200
  dideban replay day.jsonl --to articles --rate realtime×60     a day in 24 minutes, by `published`
  dideban replay page.html note.txt --to articles
"""

import argparse
import asyncio
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

import aiokafka
import aiokafka.errors
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from stream.commands.files import Item, check_name, items
from stream.core.read import read
from stream.core.records import Article, Incoming, Limits
from stream.rulebook_reader import RulebookError, load
from stream.service import topics
from stream.service.codec import Out
from stream.service.connection import client_arguments, connect
from stream.service.exits import Exit, Stop
from stream.service.options import add_broker, settings_of, topic_named
from stream.service.settings import Settings

_RATE = re.compile(r"(?P<rate>\d+(\.\d+)?)|realtime([×x*](?P<speed>\d+(\.\d+)?))?|(?P<max>max)")
_UNDER_WAY = 1000  # records sent and not acknowledged yet, at most
_LINGER_MS = 5


class Rate(NamedTuple):
    """`per_second` records a second, or `speed` times as fast as they were published, or (both None) at once."""

    per_second: float | None = None
    speed: float | None = None


@dataclass
class Tally:
    """What became of the records."""

    sent: int = 0
    failed: list[str] = field(default_factory=list)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `dideban replay`."""
    parser.add_argument("files", nargs="+", metavar="FILE", help=".jsonl, .jsonl.gz, .txt, .html, or - for JSON Lines")
    parser.add_argument("--to", required=True, metavar="TOPIC", help="where to: articles, or any full name")
    parser.add_argument(
        "--rate", type=rate, default=Rate(), metavar="N|realtime×K|max", help="records a second; default: max"
    )
    add_broker(parser)


def rate(text: str) -> Rate:
    """Read `--rate`. Raises argparse's error for anything else."""
    found = _RATE.fullmatch(text.strip())
    number = found and (found["rate"] or found["speed"])
    if not found or (number and float(number) == 0):
        raise argparse.ArgumentTypeError(f"{text!r} is neither a number, nor realtime×K, nor max")
    if found["max"]:
        return Rate()
    return Rate(per_second=float(found["rate"])) if found["rate"] else Rate(speed=float(found["speed"] or 1))


def run(options: argparse.Namespace) -> int:
    """Send everything; 1 where a record could not be sent."""
    try:
        for name in options.files:
            check_name(name)
        settings = settings_of(options)
        outlets = load(settings.rulebook).outlet_names
        tally = asyncio.run(_replay(settings, options, outlets))
    except RulebookError as error:
        print(error, file=sys.stderr)
        return Exit.WRONG_RULEBOOK
    except Stop as stop:
        print(stop, file=sys.stderr)
        return stop.code
    for failed in tally.failed[:20]:
        print(failed, file=sys.stderr)
    print(f"{tally.sent} records sent, {len(tally.failed)} not", file=sys.stderr)
    return Exit.NO if tally.failed else Exit.DONE


class Pace:
    """When the next record is due, by the rate. Times are those of `time.monotonic`, in seconds."""

    def __init__(self, wanted: Rate, start: float) -> None:
        self._wanted = wanted
        self._start = start
        self._count = 0
        self._last = start
        self._first: datetime | None = None

    def due(self, item: Item) -> float:
        """The moment at which this record is to go out. A record without a time goes with the one before it."""
        self._count += 1
        if self._wanted.per_second is not None:
            return self._start + (self._count - 1) / self._wanted.per_second
        if self._wanted.speed is None:
            return self._start
        arrived = datetime.now(UTC)
        article = read(Incoming(value=item.value, arrived=arrived, form=item.form), Limits(future_hours=1e6), {})
        if not isinstance(article, Article) or article.published_precision == "unknown":
            return self._last
        self._first = self._first or article.published
        self._last = self._start + (article.published - self._first).total_seconds() / self._wanted.speed
        return self._last


async def _replay(settings: Settings, options: argparse.Namespace, outlets: Mapping[str, str]) -> Tally:
    topic = topic_named(settings, options.to)
    admin = await connect(settings)
    try:
        state = (await topics.look(admin, [topic]))[topic]
    finally:
        await admin.close()
    if not state.partitions:
        raise Stop(Exit.NO, f"There is no topic {topic}. `dideban topics` creates ours.")
    producer = aiokafka.AIOKafkaProducer(
        **client_arguments(settings),
        enable_idempotence=True,
        linger_ms=_LINGER_MS,
        max_request_size=state.max_bytes + topics.HEADROOM,
    )
    tally = Tally()
    await producer.start()
    try:
        with _bar() as bar:
            task = bar.add_task(f"→ {topic}", total=None)
            found = (item for name in options.files for item in items(name, outlets))
            pace = Pace(options.rate, time.monotonic())
            fitting = _fitting(found, topic, state.max_bytes, tally)
            await _send_all(producer, topic, fitting, pace, tally, lambda: bar.update(task, completed=tally.sent))
            bar.update(task, total=tally.sent)
    finally:
        await producer.stop()
    return tally


def _fitting(found: Iterable[Item], topic: str, limit: int, tally: Tally) -> Iterator[Item]:
    """Leave out what the topic does not take: after one refusal aiokafka's idempotent producer fails for ever."""
    for item in found:
        size = Out(topic, item.key, item.value, item.headers).size
        if size > limit:
            tally.failed.append(f"{item.place}: {size} bytes; {topic} takes {limit} (max.message.bytes)")
        else:
            yield item


async def _send_all(
    producer: "aiokafka.AIOKafkaProducer",
    topic: str,
    found: Iterable[Item],
    pace: Pace,
    tally: Tally,
    moved: Callable[[], object],
) -> None:
    """Send each item when it is due, and count what became of it."""
    under_way: list[tuple[Item, Any]] = []
    for item in found:
        wait = pace.due(item) - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)
        try:
            future = await producer.send(topic, item.value, key=item.key, headers=list(item.headers))
        except aiokafka.errors.KafkaError as error:
            tally.failed.append(f"{item.place}: {type(error).__name__}: {error}")
            continue
        under_way.append((item, future))
        if len(under_way) >= _UNDER_WAY or wait > 0:
            under_way = await _settle(under_way, tally, all_of_them=len(under_way) >= _UNDER_WAY)
            moved()
    await _settle(under_way, tally, all_of_them=True)
    moved()


async def _settle(under_way: list[tuple[Item, Any]], tally: Tally, *, all_of_them: bool) -> list[tuple[Item, Any]]:
    """Count what the broker has answered; give the rest. `all_of_them` waits for every answer."""
    if all_of_them:
        await asyncio.gather(*(future for _, future in under_way), return_exceptions=True)
    rest = []
    for item, future in under_way:
        if not future.done():
            rest.append((item, future))
        elif error := future.exception():
            tally.failed.append(f"{item.place}: {type(error).__name__}: {error}")
        else:
            tally.sent += 1
    return rest


def _bar() -> Progress:
    """A bar on standard error, only where a person looks."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, disable=not console.is_terminal)
