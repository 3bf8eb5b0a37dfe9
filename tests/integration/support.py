"""The worker as a process of its own, and a Kafka client that this project did not write."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import confluent_kafka
from confluent_kafka.admin import (  # type: ignore[attr-defined]  # its types hide them
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    NewTopic,
    ResourceType,
)

T = TypeVar("T")
LIMIT = 60.0  # seconds that a test waits for anything


def until(what: str, ask: Callable[[], T | None], limit: float = LIMIT) -> T:
    """Ask until the answer is true; fail with `what` when it never is."""
    deadline = time.monotonic() + limit
    while time.monotonic() < deadline:
        if answer := ask():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"waited {limit:g} s in vain: {what}")


class Record(NamedTuple):
    """A record as confluent-kafka read it."""

    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: list[tuple[str, bytes | None]]

    @classmethod
    def of(cls, message: confluent_kafka.Message) -> "Record":
        """The parts of a message."""
        parts: Any = message
        return cls(parts.partition(), parts.offset(), parts.key(), parts.value(), list(parts.headers() or []))

    @property
    def json(self) -> Any:
        """The value, decoded."""
        assert self.value is not None
        return json.loads(self.value)

    def header(self, name: str) -> str:
        """The last header of this name."""
        return (dict(self.headers)[name] or b"").decode()


class Topics:
    """The topics of one test, by short name, read and written with confluent-kafka."""

    def __init__(self, bootstrap: str, prefix: str) -> None:
        self.bootstrap = bootstrap
        self.prefix = prefix
        self.group = f"{prefix}group"
        self.admin = AdminClient({"bootstrap.servers": bootstrap, "log_level": 0})

    def create(self, name: str, partitions: int, **config: str) -> None:
        """Create a topic; keys of `config` with `_` for the dots."""
        kafka_words = {key.replace("_", "."): value for key, value in config.items()}
        topic = NewTopic(self.prefix + name, partitions, 1, config=kafka_words)
        self.admin.create_topics([topic])[self.prefix + name].result(LIMIT)

    def partitions(self, name: str) -> int:
        """How many partitions it has; 0 where it is missing."""
        found = self.admin.list_topics(timeout=LIMIT).topics.get(self.prefix + name)
        return len(found.partitions) if found else 0

    def configure(self, name: str, **config: str) -> None:
        """Change a topic's configuration."""
        setting = AlterConfigOpType.SET
        entries = [
            ConfigEntry(key.replace("_", "."), value, incremental_operation=setting) for key, value in config.items()
        ]
        resource = ConfigResource(ResourceType.TOPIC, self.prefix + name, incremental_configs=entries)
        for future in self.admin.incremental_alter_configs([resource]).values():
            future.result(LIMIT)

    def send(self, name: str, *records: dict[str, Any]) -> None:
        """Send records (`value`, `key`, `headers`) and wait for every acknowledgement."""
        producer = confluent_kafka.Producer({"bootstrap.servers": self.bootstrap, "message.max.bytes": 16_000_000})
        delivered: list[object] = []
        for record in records:
            producer.produce(self.prefix + name, on_delivery=lambda error, _: delivered.append(error), **record)
            producer.poll(0)
        assert producer.flush(LIMIT) == 0
        producer.close()
        assert delivered == [None] * len(records)

    def _client(self) -> confluent_kafka.Consumer:
        return confluent_kafka.Consumer(
            {"bootstrap.servers": self.bootstrap, "group.id": self.group, "enable.auto.commit": False}
        )

    def ends(self, name: str) -> list[int]:
        """The end offset of every partition."""
        return until(f"{name} has leaders", lambda: self._ends(name))[0]

    def _ends(self, name: str) -> tuple[list[int]] | None:
        client = self._client()
        try:
            places = [confluent_kafka.TopicPartition(self.prefix + name, n) for n in range(self.partitions(name))]
            return ([client.get_watermark_offsets(place, timeout=LIMIT)[1] for place in places],)
        except confluent_kafka.KafkaException as error:
            if error.args[0].retriable() or error.args[0].code() == confluent_kafka.KafkaError.NOT_LEADER_FOR_PARTITION:
                return None  # a topic just created
            raise
        finally:
            client.close()

    def committed(self, name: str) -> list[int]:
        """What the worker's group has committed, a partition; 0 where nothing."""
        client = self._client()
        try:
            places = [confluent_kafka.TopicPartition(self.prefix + name, n) for n in range(self.partitions(name))]
            return [max(place.offset, 0) for place in client.committed(places, timeout=LIMIT)]
        finally:
            client.close()

    def settle(self) -> None:
        """Wait until everything on `articles`, then everything on `mentions`, is handled and committed."""
        for name in ("articles", "mentions"):
            until(f"{name} is committed", lambda name=name: self.committed(name) == self.ends(name))  # type: ignore[misc]

    def read(self, name: str) -> list[Record]:
        """Everything on a topic, from the first record to the present end."""
        ends = self.ends(name)
        wanted = sum(ends)
        client = confluent_kafka.Consumer(
            {
                "bootstrap.servers": self.bootstrap,
                "group.id": f"{self.prefix}reader",
                "enable.auto.commit": False,
                "auto.offset.reset": "earliest",
                "fetch.message.max.bytes": 16_000_000,
            }
        )
        client.assign([confluent_kafka.TopicPartition(self.prefix + name, n, 0) for n in range(len(ends))])
        found: list[Record] = []
        try:
            deadline = time.monotonic() + LIMIT
            while len(found) < wanted and time.monotonic() < deadline:
                found += [Record.of(m) for m in client.consume(wanted - len(found), 0.2) if m.error() is None]
        finally:
            client.close()
        assert len(found) == wanted
        return found


class Worker:
    """`dideban run` in a process of its own."""

    def __init__(self, topics: Topics, folder: Path, **settings: str) -> None:
        self.topics = topics
        self._log = folder / f"worker-{time.monotonic_ns()}.jsonl"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DIDEBAN_")}
        ours = {
            "BROKER": topics.bootstrap,
            "GROUP": topics.group,
            "TOPIC_PREFIX": topics.prefix,
            "WEB_PORT": "0",
            "COMMIT_INTERVAL": "0.2",
            "SESSION_TIMEOUT": "6",
            "TICK": "0",  # tests count the records of the log
            "DATA_DIR": str(folder / "data"),
            **settings,
        }
        self._environment = {**kept, **{f"DIDEBAN_{name}": value for name, value in ours.items()}}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Worker":
        """Start the process; do not wait."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "stream", "run"], env=self._environment, stdout=log, stderr=log
            )
        return self

    def ready(self) -> "Worker":
        """Start, and wait until /readyz says yes."""
        self.start()
        until("the worker is ready", lambda: self.page("/readyz")[0] == 200 or self._ended())
        assert self._process is not None
        assert self._process.poll() is None, self.log()
        return self

    def until(self, what: str, ask: Callable[[], bool]) -> None:
        """`until`, and a worker that ends meanwhile fails at once with its log."""
        until(what, lambda: ask() or self._ended())
        assert not self._ended(), f"ended while a test waited: {what}\n{self.log()}"

    def _ended(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    @property
    def port(self) -> int | None:
        """The port of its pages, as it logged it."""
        found = [line["port"] for line in self.lines() if line.get("message") == "web listening"]
        return found[-1] if found else None

    def page(self, path: str) -> tuple[int, str]:
        """Status and text of one of its pages; (0, "") while nothing listens."""
        if self.port is None:
            return 0, ""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=LIMIT) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def metric(self, name: str) -> float:
        """The value of one sample, as it is written in /metrics; 0 where it is not there."""
        for line in self.page("/metrics")[1].splitlines():
            sample, _, value = line.rpartition(" ")
            if sample == name:
                return float(value)
        return 0.0

    def log(self) -> str:
        """Everything that it wrote."""
        return self._log.read_text("utf-8") if self._log.exists() else ""

    def lines(self) -> list[dict[str, Any]]:
        """Its log lines that are whole."""
        found = []
        for line in self.log().splitlines():
            try:
                found.append(json.loads(line))
            except ValueError:
                continue
        return found

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and give the exit code."""
        assert self._process is not None
        self._process.send_signal(number)
        return self._process.wait(LIMIT)

    def wait(self) -> int:
        """Wait for the process to end by itself; give the exit code."""
        assert self._process is not None
        return self._process.wait(LIMIT)

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait(LIMIT)
