"""The producer: idempotent, every send awaited, a failed one raised.

Faust's own producer only logs a failed send and commits all the same, and is not idempotent; so agents send through
this one, and a record counts as done only when the broker has acknowledged everything that came of it.
"""

import asyncio
from collections.abc import Awaitable
from typing import Any

import aiokafka
import aiokafka.errors

from stream.service.codec import Out


class SendFailed(Exception):  # noqa: N818  (the name of the exit code)
    """The broker did not take a record."""

    def __init__(self, topic: str, why: BaseException) -> None:
        super().__init__(f"{topic}: {type(why).__name__}: {why}")
        self.topic = topic


class Sender:
    """Sends records and waits for all replicas' acknowledgement. `linger` is in seconds."""

    def __init__(self, arguments: dict[str, Any], *, linger: float, max_bytes: int) -> None:
        self._producer = aiokafka.AIOKafkaProducer(
            **arguments,
            enable_idempotence=True,
            acks="all",
            linger_ms=int(linger * 1000),
            # aiokafka measures the record alone; the broker's limit on the topic is what counts
            max_request_size=max_bytes,
        )

    async def start(self) -> None:
        """Connect. Raises aiokafka's errors."""
        await self._producer.start()

    async def stop(self) -> None:
        """Send what is under way and disconnect."""
        await self._producer.stop()

    async def send(self, *records: Out) -> None:
        """Send records and wait until all are acknowledged. Raises SendFailed."""
        await (await self.begin(*records))

    async def begin(self, *records: Out) -> Awaitable[None]:
        """Hand records to the producer, in order; what comes back waits until all are acknowledged.

        Both raise SendFailed. Records of one topic and key keep their order, within a call and between calls.
        """
        under_way: list[tuple[str, asyncio.Future[Any]]] = []
        for record in records:
            try:
                future = await self._producer.send(
                    record.topic, value=record.value, key=record.key, headers=list(record.headers)
                )
            except (aiokafka.errors.KafkaError, OSError) as error:
                raise SendFailed(record.topic, error) from error
            under_way.append((record.topic, future))
        return _acknowledged(under_way)


async def _acknowledged(under_way: "list[tuple[str, asyncio.Future[Any]]]") -> None:
    results = await asyncio.gather(*(future for _, future in under_way), return_exceptions=True)
    for (topic, _), result in zip(under_way, results, strict=True):
        if isinstance(result, BaseException):
            raise SendFailed(topic, result) from result
