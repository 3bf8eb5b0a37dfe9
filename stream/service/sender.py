"""The producer: idempotent, every send awaited, a failed one raised.

Faust's own producer only logs a failed send and commits all the same, and is not idempotent; so agents send through
this one, and a record counts as done only when the broker has acknowledged everything that came of it.
"""

import asyncio
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
        """Send all records of one decision together; comes back when all are acknowledged. Raises SendFailed.

        Records of one topic and key keep their order, within a call and between calls.
        """
        futures = []
        for record in records:
            try:
                futures.append(
                    await self._producer.send(
                        record.topic, value=record.value, key=record.key, headers=list(record.headers)
                    )
                )
            except (aiokafka.errors.KafkaError, OSError) as error:
                raise SendFailed(record.topic, error) from error
        for record, result in zip(records, await asyncio.gather(*futures, return_exceptions=True), strict=True):
            if isinstance(result, BaseException):
                raise SendFailed(record.topic, result) from result
