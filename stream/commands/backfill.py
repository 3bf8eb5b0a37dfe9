"""Feeds the ledger of contacts from archives, so that claims to be the first can be checked.

The articles are judged here, in a process of its own beside the workers; who had contact with whom, and how many articles
there are of each day, goes to the log `mentions` as records of history. No alert comes of them, and the articles
themselves go nowhere. An archive may be given again, or overlap with another or with what was live: nothing counts twice.

One core judges some hundreds of articles a second. Several runs may go on at once if each has years of its own: of one day
and outlet, two runs count only the larger part.

The days are sent last, so that a run that is interrupted makes no day count as seen.

With --dry-run nothing is sent and no Kafka is needed: each contact is printed as a JSON line. What the archive covers is
told on standard error in either case.

  dideban backfill 2019.jsonl.gz 2020.jsonl.gz
  dideban backfill --dry-run archive.jsonl > contacts.jsonl

Exit codes: 0 done; 1 where an article was rejected, a file is damaged or a record could not be sent; 2 wrong use; 3 broker
not reachable; 5 the rulebook can't be loaded.
"""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta

import msgspec
from aiokafka.admin import AIOKafkaAdminClient

from stream.backfill import Reading
from stream.commands.answers import ends_by_name
from stream.commands.detect import add_rulebook, read_item
from stream.commands.files import check_name, items
from stream.core.book import Book
from stream.core.history import History
from stream.core.records import Article, Rejection
from stream.rulebook_reader import load
from stream.service import codec, topics
from stream.service.codec import Out
from stream.service.connection import client_arguments, connect
from stream.service.exits import Exit, Stop
from stream.service.options import add_broker, settings_of
from stream.service.sender import Sender, SendFailed
from stream.service.settings import Settings

_LINGER = 0.005
_SHOWN = 20  # gaps that are listed


class Archive:
    """The files that are read, and how many of their records were rejected."""

    def __init__(self, files: list[str], book: Book) -> None:
        self._files = files
        self._book = book
        self.reading = Reading(book, datetime.now(UTC))
        self.rejected = 0

    def records(self) -> Iterator[History]:
        """All records of history, in the order in which they are to be sent. Raises Stop for a damaged file."""
        for name in self._files:
            for item in items(name):
                article = read_item(item, self._book)
                if isinstance(article, Article):
                    yield from self.reading.add(article)
                elif isinstance(article, Rejection):
                    self.rejected += 1
                    print(f"{item.place}: rejected: {article.reason}: {article.detail}", file=sys.stderr)
        yield from self.reading.end()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `dideban backfill`."""
    parser.add_argument(
        "files", nargs="+", metavar="ARCHIVE", help=".jsonl, .jsonl.gz, .txt, .html, or - for JSON Lines"
    )
    parser.add_argument("--dry-run", action="store_true", help="send nothing; print the contacts")
    add_rulebook(parser)
    add_broker(parser)


@ends_by_name
def run(options: argparse.Namespace) -> int:
    """Send everything (or print the contacts), then say what the archive covers; 1 where something was rejected."""
    for name in options.files:
        check_name(name)
    if options.dry_run:
        archive = Archive(options.files, load(options.rulebook))
        for history in archive.records():
            for contact in history.contacts:
                sys.stdout.write(msgspec.json.encode(contact).decode() + "\n")
    else:
        settings = settings_of(options)
        archive = Archive(options.files, load(options.rulebook or settings.rulebook))
        asyncio.run(_send(settings, archive.records()))
    sys.stderr.write(summary(archive.reading, archive.rejected))
    return Exit.NO if archive.rejected else Exit.DONE


async def _send(settings: Settings, records: Iterable[History]) -> None:
    """Send record after record to the log. Raises Stop."""
    topic = settings.topic(settings.mentions)
    async with _log(settings, topic) as sender:
        for history in records:
            out = Out(topic, history.id.encode(), codec.encode(history), (("content-type", codec.CONTENT_TYPE),))
            try:
                await sender.send(out)
            except SendFailed as error:
                raise Stop(Exit.NO, f"not all was sent; the same run may be made again: {error}") from error


@asynccontextmanager
async def _log(settings: Settings, topic: str) -> AsyncIterator[Sender]:
    """A sender to the log, which has to be there and to be one. Raises Stop."""
    admin: AIOKafkaAdminClient = await connect(settings)
    try:
        found = await topics.look(admin, [topic])
    finally:
        await admin.close()
    if not found[topic].partitions:
        raise Stop(Exit.NO, f"There is no topic {topic}. `dideban topics` creates ours.")
    topics.check_shapes(tuple(one for one in topics.table(settings, ()) if one.name == topic), found)
    sender = Sender(client_arguments(settings), linger=_LINGER, max_bytes=found[topic].max_bytes + topics.HEADROOM)
    await sender.start()
    try:
        yield sender
    finally:
        await sender.stop()


def summary(reading: Reading, rejected: int) -> str:
    """What was read and what the archive covers, for a person."""
    coverage = reading.ledger.coverage
    left = "".join(f", {n} {why}" for why, n in reading.left_out.most_common())
    lines = [f"{reading.articles} articles of {len(coverage.outlets)} outlets{left}, {rejected} rejected"]
    kinds = ", ".join(f"{kind} {n}" for kind, n in reading.kinds.most_common()) or "none"
    lines.append(f"contacts: {kinds}; {len(reading.ledger.lines)} pairs by kind")
    days = sum((date.fromisoformat(b) - date.fromisoformat(a)).days + 1 for a, b in coverage.spans)
    lines.append(f"days seen: {days}, days with too few articles: {len(coverage.counts)}")
    lines += [f"  {a} to {b}" for a, b in coverage.spans[:_SHOWN]]
    if len(coverage.spans) > _SHOWN:
        lines.append(f"  and {len(coverage.spans) - _SHOWN} more")
    gaps = [
        (date.fromisoformat(a[1]) + timedelta(days=1), date.fromisoformat(b[0]) - timedelta(days=1))
        for a, b in zip(coverage.spans, coverage.spans[1:], strict=False)
    ]
    if gaps:
        lines.append(f"gaps between them: {len(gaps)}, {sum((b - a).days + 1 for a, b in gaps)} days")
    return "\n".join(lines) + "\n"
