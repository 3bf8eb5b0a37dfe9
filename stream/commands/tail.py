"""Watches a topic: alerts as a person reads them, anything else as JSON lines.

It reads without a group, so it takes nothing from the workers, and goes on until Ctrl-C or `--count`.

  dideban tail alerts
  dideban tail alerts.diplomacy --from-start --json | jq -r .line
  dideban tail articles.rejected --from-start
"""

import argparse
import asyncio
import re
import sys
from collections.abc import AsyncIterator

import aiokafka
import aiokafka.errors
import msgspec
import orjson
from rich.console import Console
from rich.text import Text

from stream.core.records import Alert
from stream.service import codec
from stream.service.codec import Raw
from stream.service.connection import client_arguments, connect
from stream.service.exits import Exit, Stop
from stream.service.options import add_broker, settings_of, topic_named
from stream.service.settings import Settings

_COLOURS = {"extreme": "bold red", "severe": "red", "moderate": "yellow", "minor": "cyan"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # what others sent must not steer the terminal
_SHOWN = 400  # characters of a value that is no alert


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `dideban tail`."""
    parser.add_argument("topic", metavar="TOPIC", help="alerts, alerts.DESK, articles.rejected, … or any full name")
    add_broker(parser)
    parser.add_argument("--from-start", action="store_true", help="begin with the oldest record, not with the next")
    parser.add_argument("--json", action="store_true", help="print the values as they are, one a line")
    parser.add_argument("--count", type=_count, metavar="N", help="end after N records")


def _count(word: str) -> int:
    if not word.isdecimal() or int(word) == 0:
        raise argparse.ArgumentTypeError(f"{word!r} is no number of records: wanted 1 or more")
    return int(word)


def run(options: argparse.Namespace) -> int:
    """Print records until interrupted."""
    try:
        settings = settings_of(options)
        return asyncio.run(_tail(settings, options))
    except Stop as stop:
        print(stop, file=sys.stderr)
        return stop.code


async def _tail(settings: Settings, options: argparse.Namespace) -> int:
    topic = topic_named(settings, options.topic)
    console = Console(highlight=False, soft_wrap=True)
    count = 0
    async for record in follow(settings, topic, from_start=options.from_start):
        if options.json:
            sys.stdout.write((record.value or b"null").decode("utf-8", "replace") + "\n")
            sys.stdout.flush()
        else:
            console.print(pretty(record))
        count += 1
        if options.count is not None and count >= options.count:
            break
    return Exit.DONE


async def follow(settings: Settings, topic: str, *, from_start: bool) -> AsyncIterator[Raw]:
    """Records of all partitions as they come. Raises Stop where the broker or the topic is not there."""
    admin = await connect(settings)
    try:
        there = topic in await admin.list_topics()
    finally:
        await admin.close()
    if not there:
        raise Stop(Exit.NO, f"There is no topic {topic}. `dideban topics` shows and creates ours.")
    consumer = aiokafka.AIOKafkaConsumer(
        topic,
        **client_arguments(settings),
        group_id=None,
        auto_offset_reset="earliest" if from_start else "latest",
        isolation_level="read_committed",
    )
    try:
        await consumer.start()
        async for message in consumer:
            yield codec.raw(message, ticks=1000)
    except aiokafka.errors.KafkaError as error:
        raise Stop(Exit.NO, f"{topic} can't be read: {type(error).__name__}: {error}") from error
    finally:
        await consumer.stop()


def pretty(record: Raw) -> Text:
    """A record for a person: an alert in full, a rejected record with its reason, else the beginning of the value."""
    headers = {name: (value or b"").decode("utf-8", "replace") for name, value in record.headers}
    if headers.get("ce_type", "").startswith("dideban.alert.") and record.value is not None:
        return _alert(msgspec.json.decode(record.value, type=Alert))
    place = f"{record.topic}[{record.partition}] {record.offset}"
    text = Text(f"{record.received.astimezone():%H:%M:%S}  {place}  ", "dim")
    if reason := headers.get("dideban_reason"):
        text.append(f"{headers.get('dideban_stage')}: {reason}", "red").append(f"  {headers.get('dideban_detail')}  ")
    return text.append(_beginning(record.value))


def _beginning(value: bytes | None) -> str:
    if value is None:
        return "null"
    try:
        shown = orjson.dumps(orjson.loads(value)).decode()
    except orjson.JSONDecodeError:
        shown = value.decode("utf-8", "replace")
    shown = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", shown)
    return shown if len(shown) <= _SHOWN else shown[:_SHOWN] + " …"


def _alert(alert: Alert) -> Text:
    colour = _COLOURS[alert.severity]
    text = Text(f"{alert.received.astimezone():%H:%M:%S}  ", "dim")
    text.append(f"{alert.level.upper()} ", colour).append(alert.line, "bold").append("\n")
    words = [
        f"{alert.kind}",
        alert.type,
        alert.status,
        f"{alert.severity}, {alert.urgency}, {alert.certainty}",
        f"desk {alert.desk}",
        f"event {alert.event[:12]}",
    ]
    text.append("          " + " · ".join(words) + "\n", "dim")
    parties = ", ".join(alert.actors) + (f" → {', '.join(alert.recipients)}" if alert.recipients else "")
    places = f" ({', '.join(alert.places)})" if alert.places else ""
    text.append(f"          {parties}{places}\n")
    if alert.archive:
        text.append(f"          {alert.archive}\n", "cyan")
    for evidence in alert.evidence:
        text.append("          «").append(evidence.text.replace("\n", " "), "italic").append("»\n")
    sources = ", ".join(source.outlet or source.uri for source in alert.sources)
    return text.append(f"          {sources}", "dim")
