"""What became of each article: read from the topics, with the reason of each silence.

Reasons to hold are not on any topic; they follow from the log. So a second machine reads the log here, and what it
decides must come out of the worker too: an alert is shown when it has arrived on `alerts`, with the id worked out here.
"""

from collections import deque
from types import TracebackType
from typing import Any, NamedTuple, Self

import aiokafka
import msgspec
from aiokafka import TopicPartition

from stream.core.book import Book
from stream.core.machine import Decisions, Machine
from stream.core.records import Alert, Mentions
from stream.service import codec
from stream.service.connection import client_arguments
from stream.service.settings import Settings

Place = tuple[int, int]  # partition and offset in `articles`


class Outcome(NamedTuple):
    """What became of one record of `articles`.

    `delays`: seconds from its arrival at the broker to that of each alert. `rejected`: reason and detail.
    """

    place: Place
    record: Mentions | None = None
    decisions: Decisions = ()
    delays: tuple[float, ...] = ()
    rejected: tuple[str, str] | None = None


class Watch:
    """`async with Watch(settings, book)`, then `next()` over and over. The topics must exist, and be the demo's own."""

    def __init__(self, settings: Settings, book: Book) -> None:
        self._machine = Machine(book.policy, book.facts, book.outlet_titles, book.anchors)
        names = (settings.mentions, settings.rejected, settings.alerts)
        self._mentions, self._rejected, self._alerts = (settings.topic(name) for name in names)
        self._consumer = aiokafka.AIOKafkaConsumer(
            **client_arguments(settings), enable_auto_commit=False, isolation_level="read_committed"
        )
        self._waiting: deque[Outcome] = deque()
        self._arrived: dict[str, float] = {}  # seconds since 1970 by alert id

    async def __aenter__(self) -> Self:
        partitions = [TopicPartition(name, 0) for name in (self._mentions, self._rejected, self._alerts)]
        try:
            await self._consumer.start()
            self._consumer.assign(partitions)
            await self._consumer.seek_to_beginning(*partitions)
        except BaseException:
            await self._consumer.stop()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._consumer.stop()

    async def next(self) -> Outcome:
        """The next article's outcome, in the order of the log, when all its alerts have arrived."""
        while True:
            if self._waiting:
                outcome = self._waiting[0]
                alerts = [one for one in outcome.decisions if isinstance(one, Alert)]
                if all(alert.id in self._arrived for alert in alerts):
                    self._waiting.popleft()
                    delays = tuple(self._arrived.pop(alert.id) - alert.received.timestamp() for alert in alerts)
                    return outcome._replace(delays=delays)
            self._take(await self._consumer.getone())

    def _take(self, message: Any) -> None:
        record = codec.raw(message, ticks=1000)
        if record.topic == self._mentions:
            entry = codec.decode_entry(record)
            decisions = self._machine.apply(record.offset, entry)
            if isinstance(entry, Mentions):
                place = (entry.origin.partition, entry.origin.offset)
                self._waiting.append(Outcome(place, entry, decisions))
        elif record.topic == self._rejected:
            said = {name: (value or b"").decode("utf-8", "replace") for name, value in record.headers}
            place = (int(said["dideban_partition"]), int(said["dideban_offset"]))
            self._waiting.append(Outcome(place, rejected=(said["dideban_reason"], said["dideban_detail"])))
        else:
            alert = msgspec.json.decode(record.value or b"", type=Alert)
            self._arrived[alert.id] = record.received.timestamp()
