"""The Faust app with its two agents: bytes in, one try around the whole, acknowledged last.

What Faust does by itself and we can't have (measured: docs/decisions/0001-two-agents-one-log.md): it acknowledges a record whose agent raised
or was cancelled, commits past a failed send, and skips what it can't decode. So both streams are `noack`, values are
raw bytes, sends go through our own producer and are awaited, and a record is acknowledged as the last thing. A failure
that is not the record's own ends the process by name before any later record can be committed.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, cast

import aiokafka.errors
import faust
from faust.types import TP

from stream.service import codec, logs, offsets
from stream.service.agents import Names, Reader
from stream.service.codec import Raw
from stream.service.connection import client_arguments, tls_context
from stream.service.exits import Exit, end_now
from stream.service.metrics import Progress
from stream.service.offsets import Partition
from stream.service.sender import SendFailed
from stream.service.settings import Settings
from stream.service.state import Decider, LogUnreadable

log = logs.get(__name__)

UNDER_WAY = 64  # records of one agent whose sends the broker has not acknowledged yet, at most

Begin = Callable[[Raw], Awaitable[Awaitable[None] | None]]
End = Callable[[Exit], object]


def fail_stop(error: BaseException, end: End = end_now) -> None:
    """Say why and end the process at once; nothing that is not done gets committed."""
    code = {SendFailed: Exit.SEND_FAILED, LogUnreadable: Exit.LOG_UNREADABLE}.get(type(error), Exit.CRASHED)
    log.critical(code.name.lower(), detail=str(error), exit_code=int(code), exc_info=code is Exit.CRASHED)
    end(code)


class Line:
    """Records whose sends are under way; acknowledges them to Faust strictly in order, each when its sends are done.

    In order, because Faust takes the highest acknowledged offset of a run for all below it. At most `length` wait.
    """

    def __init__(self, progress: Progress, end: End, length: int = UNDER_WAY) -> None:
        self._progress = progress
        self._end = end
        self._queue: asyncio.Queue[tuple[Any, Raw, Awaitable[None] | None]] = asyncio.Queue(length)

    async def put(self, event: Any, record: Raw, rest: Awaitable[None] | None) -> None:
        """Queue a record; `rest` is what has to be awaited before it counts as done."""
        await self._queue.put((event, record, rest))

    async def run(self) -> None:
        """Acknowledge for ever."""
        while True:
            event, record, rest = await self._queue.get()
            try:
                if rest is not None:
                    await rest
            except Exception as error:  # noqa: BLE001  (whatever it is: it ends the process by name)
                fail_stop(error, self._end)
                return
            event.ack()
            self._progress.done(record.topic, record.partition, record.offset)


def work(begin: Begin, progress: Progress, end: End = end_now) -> Callable[[Any], AsyncIterator[int]]:
    """The body of an agent: `begin` does a record's work, `Line` acknowledges it; yields every record's offset."""

    async def agent(stream: Any) -> AsyncIterator[int]:
        line = Line(progress, end)
        running = asyncio.create_task(line.run(), name="acknowledge")
        try:
            async for event in stream.noack().events():
                record = codec.raw(event.message)
                try:
                    rest = await begin(record)
                except Exception as error:  # noqa: BLE001  (whatever it is: it ends the process by name)
                    fail_stop(error, end)
                else:
                    await line.put(event, record, rest)
                yield record.offset
        finally:
            running.cancel()

    return agent


def faust_settings(settings: Settings) -> dict[str, Any]:
    """Faust's settings from ours. Everything of Faust that we do not use is off: tables, web, leader, replies."""
    context = tls_context(settings)
    credentials: Any = None
    if settings.sasl_mechanism and settings.sasl_password:
        credentials = faust.SASLCredentials(
            username=settings.sasl_user,
            password=settings.sasl_password.get_secret_value(),
            mechanism=settings.sasl_mechanism,
            ssl_context=context,
        )
    elif context is not None:
        credentials = faust.SSLCredentials(context)
    return {
        "broker": [f"kafka://{address}" for address in settings.broker.split(",")],
        "broker_credentials": credentials,
        "broker_client_id": settings.group,
        "broker_session_timeout": settings.session_timeout,
        "broker_heartbeat_interval": min(3.0, settings.session_timeout / 3),
        "broker_commit_interval": settings.commit_interval,
        "broker_max_poll_records": 500,
        "consumer_group_instance_id": settings.instance,
        "consumer_auto_offset_reset": "earliest",
        "datadir": settings.data_dir.absolute(),
        "store": "memory://",
        "table_standby_replicas": 0,
        "topic_allow_declare": False,
        "topic_disable_leader": True,
        "reply_create_topic": False,
        "stream_wait_empty": True,
        "web_enabled": False,
        "worker_redirect_stdouts": False,
    }


def build(settings: Settings, names: Names, reader: Reader, decider: Decider, progress: Progress) -> faust.App:
    """The app, ready to start: agent `read` on articles, agent `decide` on the log, and what follows assignments."""
    app = faust.App(settings.group, monitor=progress, **faust_settings(settings))
    for name, topic, begin in (("read", names.articles, reader.begin), ("decide", names.mentions, decider.decide)):
        channel = app.topic(topic, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw")
        app.agent(channel, name=name, concurrency=1)(work(begin, progress))
    log_partition = TP(names.mentions, 0)

    async def assigned(_: faust.App, assigned: set[TP], **__: Any) -> None:
        # nothing of this is awaited: the group waits for us here; agent `decide` waits by itself
        if log_partition in assigned:
            decider.assigned().add_done_callback(ended)
        app.add_future(_note_positions(settings, progress, [(tp.topic, tp.partition) for tp in assigned]))

    async def revoked(_: faust.App, revoked: set[TP], **__: Any) -> None:
        if log_partition in revoked:
            decider.revoked()

    app.on_partitions_assigned.connect(cast(Any, assigned))
    app.on_partitions_revoked.connect(cast(Any, revoked))
    return app


async def _note_positions(settings: Settings, progress: Progress, mine: list[Partition]) -> None:
    """Lag must be right also for a partition of which nothing was handled yet: ask where the group stands."""
    progress.keep_only(mine)
    try:
        found = await offsets.look(client_arguments(settings), settings.group, mine)
    except (aiokafka.errors.KafkaError, OSError) as error:
        log.warning("positions unknown; lag shows only what is handled from now on", detail=str(error))
        return
    for partition, bounds in found.items():
        progress.committed.setdefault(partition, bounds.next)


def ended(task: "asyncio.Task[None]") -> None:
    """What runs beside the agents has ended: by itself only with an error, which ends the process."""
    if not task.cancelled() and (error := task.exception()) is not None:
        fail_stop(error)


def is_ready(app: faust.App, decider: Decider, names: Names) -> str:
    """Why the worker is not ready, or an empty string. A standby without partitions is ready."""
    if not app.started or app.consumer_generation_id <= 0:
        return "not in the consumer group yet"
    if app.rebalancing:
        return "the group is rebalancing"
    if TP(names.mentions, 0) in app.consumer.assignment() and not decider.ready:
        return "the state is being rebuilt from the log"
    return ""
