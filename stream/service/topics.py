"""The topics: one table of what each is, what is created where it is missing, and the sizes that records may have.

| topic | partitions | cleanup | kept | key | value |
| --- | --- | --- | --- | --- | --- |
| `articles` | `DIDEBAN_PARTITIONS` | delete | 7 days | article uri | an article in any input form |
| `articles.tagged` | `DIDEBAN_PARTITIONS` | delete | 7 days | article uri | article, tags and mentions; null: withdrawn |
| `articles.rejected` | 1 | delete | 30 days | as it came | the original bytes; headers say why |
| `mentions` | 1 | delete | for ever | article uri | all mentions of one article version |
| `alerts` | 1 | delete | 30 days | event id | one alert, CloudEvents 1.0 |
| `alerts.<desk>` | 1 | delete | 30 days | event id | the alerts of one desk |
| `agenda` | 1 | delete | 30 days | plan id | what is planned for a day, CloudEvents 1.0 |

`mentions` is the ordered log from which everything is decided: one partition, nothing thrown away. `articles` may
exist with any number of partitions and is taken as it is. Sizes: what Kafka let in must fit out again, so the output
topics take more than the largest input (its original bytes with our headers), and `ROOM` times the largest body (a
tagged article holds its text twice, and JSON may grow by escapes).
"""

import asyncio
from typing import Literal, NamedTuple

import aiokafka.errors
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from stream.service.exits import Exit, Stop
from stream.service.settings import Settings

DAY_MS = 86_400_000
_LOOKS, _BETWEEN_LOOKS = 150, 0.2  # a busy broker takes its time
FOR_EVER = -1
ROOM = 4
HEADROOM = 256 * 1024  # for headers, tags and the frame of a batch

Kind = Literal["articles", "tagged", "rejected", "mentions", "alerts", "desk", "agenda"]


class Topic(NamedTuple):
    """What one topic is to be."""

    name: str
    kind: Kind
    partitions: int
    retention_ms: int
    cleanup: str = "delete"

    @property
    def config(self) -> dict[str, str]:
        """The topic's configuration in Kafka's words, without its size."""
        config = {"cleanup.policy": self.cleanup, "retention.ms": str(self.retention_ms)}
        if self.retention_ms == FOR_EVER:
            config["retention.bytes"] = "-1"
        # a producer's clock, or its idea of a publication time, must not delete a record or make latency negative
        config["message.timestamp.type"] = "LogAppendTime"
        return config


class State(NamedTuple):
    """What the broker says of one topic. `partitions` is 0 where the topic is missing; sizes are bytes."""

    partitions: int
    max_bytes: int
    cleanup: str = "delete"
    retention_ms: int = FOR_EVER


def table(settings: Settings, desks: tuple[str, ...]) -> tuple[Topic, ...]:
    """Every topic of ours, with full names. `desks` is policy's closed list."""
    name = settings.topic
    return (
        Topic(name(settings.articles), "articles", settings.partitions, 7 * DAY_MS),
        Topic(name(settings.tagged), "tagged", settings.partitions, 7 * DAY_MS),
        Topic(name(settings.rejected), "rejected", 1, 30 * DAY_MS),
        Topic(name(settings.mentions), "mentions", 1, FOR_EVER),
        Topic(name(settings.alerts), "alerts", 1, 30 * DAY_MS),
        *(Topic(name(f"{settings.alerts}.{desk}"), "desk", 1, 30 * DAY_MS) for desk in desks),
        Topic(name(settings.agenda), "agenda", 1, 30 * DAY_MS),
    )


def check_shapes(wanted: tuple[Topic, ...], found: dict[str, State]) -> None:
    """Refuse a log that is not one ordered log. Raises Stop(WRONG_TOPIC) with the remedy."""
    for topic in wanted:
        partitions = found[topic.name].partitions
        if topic.kind == "mentions" and partitions > 1:
            raise Stop(
                Exit.WRONG_TOPIC,
                f"Topic {topic.name} has {partitions} partitions but must have exactly one, since its order decides: "
                "delete it, or choose another name by DIDEBAN_MENTIONS or DIDEBAN_TOPIC_PREFIX.",
            )
        if topic.kind == "mentions" and "compact" in found[topic.name].cleanup:
            raise Stop(
                Exit.WRONG_TOPIC,
                f"Topic {topic.name} is compacted, which takes away older versions of what was decided from: set its "
                "cleanup.policy to delete, or choose another name by DIDEBAN_MENTIONS or DIDEBAN_TOPIC_PREFIX.",
            )


def output_bytes(largest_input: int, body_bytes: int) -> int:
    """`max.message.bytes` of output topics so that every input fits out again."""
    return max(largest_input, ROOM * body_bytes) + HEADROOM


async def look(admin: AIOKafkaAdminClient, names: list[str]) -> dict[str, State]:
    """What the broker says of these topics. Raises KafkaError where it refuses to say."""
    listed = set(await admin.list_topics())  # asking for a missing topic by name could create it
    there = [name for name in names if name in listed]
    found = {name: State(0, 0) for name in names}
    if not there:
        return found
    configs: dict[str, dict[str, str]] = {}
    wanted = dict.fromkeys(("max.message.bytes", "cleanup.policy", "retention.ms"))
    asked = [ConfigResource(ConfigResourceType.TOPIC, name, configs=wanted) for name in there]
    for response in await admin.describe_configs(asked):
        for code, message, _, name, entries in response.resources:
            if code:
                raise aiokafka.errors.for_code(code)(f"topic {name}: {message}")
            configs[name] = {entry[0]: entry[1] for entry in entries}
    for described in await admin.describe_topics(there):
        config = configs[described["topic"]]
        found[described["topic"]] = State(
            partitions=len(described["partitions"]),
            max_bytes=int(config["max.message.bytes"]),
            cleanup=config["cleanup.policy"],
            retention_ms=int(config["retention.ms"]),
        )
    return found


async def create(admin: AIOKafkaAdminClient, topics: list[Topic], replication: int, max_bytes: int) -> None:
    """Create topics; one that another worker created meanwhile is fine.

    `max_bytes` is the size of output topics; `articles` keeps the broker's default. Raises Stop(WRONG_TOPIC) where the
    broker refuses.
    """
    new = []
    for topic in topics:
        config = topic.config if topic.kind == "articles" else {**topic.config, "max.message.bytes": str(max_bytes)}
        new.append(NewTopic(topic.name, topic.partitions, replication, topic_configs=config))
    response = await admin.create_topics(new, timeout_ms=30_000)
    for name, code, *rest in response.topic_errors:
        if code not in (0, aiokafka.errors.TopicAlreadyExistsError.errno):
            why = (rest[0] if rest else "") or aiokafka.errors.for_code(code).__name__
            raise Stop(Exit.WRONG_TOPIC, f"Topic {name} can't be created: {why}")


async def default_replication(admin: AIOKafkaAdminClient) -> int:
    """The broker's `default.replication.factor`: aiokafka speaks too old a protocol to let the broker choose."""
    node = (await admin.describe_cluster())["controller_id"]
    asked = ConfigResource(ConfigResourceType.BROKER, str(node), configs={"default.replication.factor": None})
    [response] = await admin.describe_configs([asked])
    for code, message, *_, entries in response.resources:
        if code:
            raise aiokafka.errors.for_code(code)(f"DIDEBAN_REPLICATION=-1 asks the broker for its default: {message}")
        for entry in entries:
            if entry[0] == "default.replication.factor":
                return int(entry[1])
    return 1


async def prepare(
    admin: AIOKafkaAdminClient, settings: Settings, desks: tuple[str, ...]
) -> tuple[dict[str, State], list[str]]:
    """Create what is missing, refuse wrong shapes.

    Gives what every topic is now, and the names of those just created. Raises Stop(WRONG_TOPIC).
    """
    wanted = table(settings, desks)
    names = [topic.name for topic in wanted]
    found = await look(admin, names)
    check_shapes(wanted, found)
    created: list[str] = []
    # articles first: its size, which the broker may choose, sizes the others
    for group in ([wanted[0]], list(wanted[1:])):
        missing = [topic for topic in group if not found[topic.name].partitions]
        if missing:
            largest = found[wanted[0].name].max_bytes
            replicas = settings.replication if settings.replication > 0 else await default_replication(admin)
            await create(admin, missing, replicas, output_bytes(largest, settings.body_bytes))
            created += [topic.name for topic in missing]
            found = await _appeared(admin, names, missing)
    check_shapes(wanted, found)
    return found, created


async def _appeared(admin: AIOKafkaAdminClient, names: list[str], missing: list[Topic]) -> dict[str, State]:
    """Look until the created topics show up in the broker's metadata, for half a minute."""
    for _ in range(_LOOKS):
        try:
            found = await look(admin, names)
        except aiokafka.errors.UnknownTopicOrPartitionError:
            found = {}
        if found and all(found[topic.name].partitions for topic in missing):
            return found
        await asyncio.sleep(_BETWEEN_LOOKS)
    raise Stop(Exit.WRONG_TOPIC, f"Topics {', '.join(t.name for t in missing)} were created but do not show up.")
