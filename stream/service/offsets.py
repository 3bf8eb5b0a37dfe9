"""Where partitions begin and end, and what our group has committed, asked of the broker outside of the group."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import aiokafka
from aiokafka import TopicPartition

Partition = tuple[str, int]


class Bounds(NamedTuple):
    """Offsets of one partition: the first that is kept, the one after the last, the group's next (None: none yet)."""

    first: int
    end: int
    committed: int | None

    @property
    def next(self) -> int:
        """Where the group goes on reading: nothing committed, or what is deleted, means the beginning."""
        return self.first if self.committed is None else max(self.committed, self.first)


def plain_consumer(arguments: dict[str, Any], group: str | None = None) -> "aiokafka.AIOKafkaConsumer":
    """A consumer that joins no group and sees only what is committed. With `group` it can ask for its offsets."""
    return aiokafka.AIOKafkaConsumer(
        **arguments,
        group_id=group,
        enable_auto_commit=False,
        isolation_level="read_committed",
        auto_offset_reset="earliest",
    )


async def look(arguments: dict[str, Any], group: str, partitions: Iterable[Partition]) -> dict[Partition, Bounds]:
    """Bounds of partitions, by (topic, partition). Raises aiokafka's errors."""
    wanted = [TopicPartition(*partition) for partition in partitions]
    async with plain_consumer(arguments, group) as consumer:
        consumer.assign(wanted)
        first, end = await consumer.beginning_offsets(wanted), await consumer.end_offsets(wanted)
        return {(at.topic, at.partition): Bounds(first[at], end[at], await consumer.committed(at)) for at in wanted}
