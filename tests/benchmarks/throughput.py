"""How many articles a second one worker does, and how long an alert takes, beside a Faust agent that only passes on.

    python -m tests.benchmarks.throughput
    python -m tests.benchmarks.throughput --texts articles.jsonl.gz --count 2000 --rate 20 --seconds 30

Both run on the same Kafka, one after the other: a backlog for the throughput, a steady rate for the latency. Latencies
are differences of the broker's own times (LogAppendTime, milliseconds): of an alert, or of its record of the log, to the
article that it came of. `python -m tests.benchmarks.throughput --passing-on PREFIX` is that other agent.
"""

import argparse
import gzip
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import confluent_kafka

from stream.broker.kafka import Kafka
from stream.service.loop import use_uvloop
from tests.integration.support import LIMIT, Topics, Worker, until
from tests.integration.texts import article, call

PARTITIONS = 4
LONG = 600.0  # seconds that a backlog may take
WORDS = (
    "وزیر خارجه کشور گفت روابط دو کشور در ماه‌های گذشته رو به بهبود بوده است و رایزنی‌ها ادامه دارد دولت اعلام کرد "
    "برنامهٔ تازه‌ای برای اقتصاد آماده شده است و مجلس آن را هفتهٔ آینده بررسی می‌کند مردم شهر از ساخت جاده استقبال کردند"
).split()
STATES = (
    "ایران عراق ترکیه قطر عمان روسیه چین هند پاکستان فرانسه آلمان ژاپن مصر سوریه لبنان اردن کویت بحرین یمن ارمنستان "
    "ترکمنستان تاجیکستان ازبکستان قزاقستان اندونزی مالزی برزیل ونزوئلا کوبا ایتالیا اسپانیا سوئیس"
).split()


def main() -> None:
    """Measure and print a table, or be the agent that passes on."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, help=".jsonl or .jsonl.gz of articles; default: generated ones")
    parser.add_argument("--count", type=int, default=2000, help="articles of the backlog")
    parser.add_argument("--rate", type=float, default=20.0, help="articles a second while latency is measured")
    parser.add_argument("--seconds", type=float, default=30.0, help="how long latency is measured")
    parser.add_argument("--passing-on", metavar="PREFIX", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.passing_on:
        pass_on(options.passing_on)
        return
    count, steady = options.count, int(options.rate * options.seconds)
    values = list(read(options.texts, count + steady) if options.texts else generated(count, steady))
    backlog, later = values[:count], values[count:] or values
    print(f"{len(values)} articles of {sum(map(len, values)) / len(values) / 1000:.1f} kB on {os.cpu_count()} CPUs,")
    print(f"shared with the broker; load of the machine before: {os.getloadavg()[0]:.1f}")
    with Kafka() as kafka, tempfile.TemporaryDirectory() as folder:
        ours = measure_worker(kafka, Path(folder), backlog, later, options.rate)
        theirs = measure_passing_on(kafka, backlog, later, options.rate)
    for name, found in (("dideban run", ours), ("a Faust agent that only passes on", theirs)):
        print(f"\n{name}")
        for what, figure in found.items():
            print(f"  {what:<44}{figure}")


def generated(count: int, steady: int) -> Iterator[bytes]:
    """Own texts of about 4 kB. After the first `count`, every fourth tells of a call of two foreign ministers."""
    chance = random.Random(1)
    pairs = list(itertools.combinations(STATES, 2))
    for number in range(count + steady):
        body = "؛ ".join(" ".join(chance.choices(WORDS, k=15)) for _ in range(30)) + "."
        if number >= count and number % 4 == 0:
            fields = json.loads(call(number, *pairs[number // 4 % len(pairs)])["value"])
            yield json.dumps({**fields, "body": fields["body"] + "\n" + body}, ensure_ascii=False).encode()
        else:
            yield article(number, " ".join(chance.choices(WORDS, k=9)), body)["value"]


def read(path: Path, count: int) -> Iterator[bytes]:
    """The first lines of a file."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
        for _, line in zip(range(count), lines, strict=False):
            yield line.strip()


def records(values: list[bytes], start: int = 0) -> list[dict[str, Any]]:
    """Values as records to send, keyed by their place, with ids of their own so that none is a repeat."""
    out = []
    for number, value in enumerate(values, start):
        fields = json.loads(value)
        fields["id"] = f"{fields.get('id')}-{number}"
        fields.pop("uri", None)
        out.append({"key": str(number).encode(), "value": json.dumps(fields, ensure_ascii=False).encode()})
    return out


def steadily(topics: Topics, values: list[bytes], rate: float) -> None:
    """Send the articles at this rate."""
    producer = confluent_kafka.Producer({"bootstrap.servers": topics.bootstrap, "linger.ms": 0})
    begin = time.monotonic()
    for number, record in enumerate(records(values, start=1_000_000)):
        time.sleep(max(0.0, begin + number / rate - time.monotonic()))
        producer.produce(f"{topics.prefix}articles", **record)
        producer.poll(0)
    producer.flush(LIMIT)
    producer.close()


def times(topics: Topics, name: str, start: int) -> list[tuple[float, Any]]:
    """Append time (seconds) and value of the records of a topic of one partition, from an offset on."""
    end = topics.ends(name)[0]
    client = confluent_kafka.Consumer(
        {"bootstrap.servers": topics.bootstrap, "group.id": f"{topics.prefix}times", "enable.auto.commit": False}
    )
    client.assign([confluent_kafka.TopicPartition(topics.prefix + name, 0, start)])
    found: list[tuple[float, Any]] = []
    while len(found) < end - start:
        for message in client.consume(1000, 0.5):
            parts: Any = message
            found.append((parts.timestamp()[1] / 1000, json.loads(parts.value())))
    client.close()
    return found


def quantiles(seconds: list[float]) -> str:
    """Median, 99th of a hundred and the worst, in milliseconds."""
    if not seconds:
        return "none"
    ordered = sorted(seconds)
    p50, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000 for part in (0.5, 0.99))
    return f"p50 {p50:.0f} ms, p99 {p99:.0f} ms, max {ordered[-1] * 1000:.0f} ms (n={len(ordered)})"


def since_received(record: dict[str, Any], appended: float) -> float:
    """Seconds from the article's arrival to this record's."""
    received = record["origin"]["received"] if "origin" in record else record["received"]
    return appended - datetime.fromisoformat(received).timestamp()


def measure_worker(kafka: Kafka, folder: Path, values: list[bytes], later: list[bytes], rate: float) -> dict[str, str]:
    """The figures of `dideban run`."""
    topics = Topics(kafka.bootstrap, "ours.")
    topics.create("articles", PARTITIONS, message_timestamp_type="LogAppendTime")
    topics.send("articles", *records(values))
    with Worker(topics, folder, COMMIT_INTERVAL="1") as worker:
        worker.start()
        begin, done = watch(lambda: handled(topics), len(values))
        found = {"articles a second, backlog": f"{(len(values) - done) / (time.monotonic() - begin):.0f}"}
        topics.settle()
        for stage in ("read", "judge", "decide"):
            total, count = (
                worker.metric(f'dideban_stage_seconds_{what}{{stage="{stage}"}}') for what in ("sum", "count")
            )
            found[f"ms for {stage}, mean"] = f"{total / max(count, 1) * 1000:.2f}"
        log, alerts = topics.ends("mentions")[0], topics.ends("alerts")[0]
        steadily(topics, later, rate)
        topics.settle()
        told = [since_received(value, at) for at, value in times(topics, "mentions", log)]
        found[f"received → mentions at {rate:g}/s"] = quantiles(told)
        told = [since_received(value, at) for at, value in times(topics, "alerts", alerts)]
        found[f"received → alert at {rate:g}/s"] = quantiles(told)
        found["alerts in all"] = str(topics.ends("alerts")[0])
    return found


def handled(topics: Topics) -> int:
    """How many articles the worker has read: each has its record in the log or among the rejected."""
    return sum(sum(topics.ends(name)) for name in ("mentions", "articles.rejected") if topics.partitions(name))


def watch(count: Any, wanted: int) -> tuple[float, int]:
    """Wait until `count()` is `wanted`; give when it first rose and what it was then."""
    until("the first record is done", count, LONG)
    begin, done = time.monotonic(), int(count())
    until("all is done", lambda: count() >= wanted, LONG)
    return begin, done


@contextmanager
def passing_on(kafka: Kafka, prefix: str) -> Iterator[None]:
    """The other agent, in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.throughput", "--passing-on", prefix]
    process = subprocess.Popen(command, env={**os.environ, "BROKER": kafka.bootstrap}, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.kill()
        process.wait(LIMIT)


def measure_passing_on(kafka: Kafka, values: list[bytes], later: list[bytes], rate: float) -> dict[str, str]:
    """The figures of the agent that only passes on, on topics of the same form."""
    topics = Topics(kafka.bootstrap, "theirs.")
    for name, partitions in (("articles", PARTITIONS), ("out", 1)):
        topics.create(name, partitions, message_timestamp_type="LogAppendTime")
    topics.send("articles", *records(values))
    with ExitStack() as stack:
        stack.enter_context(passing_on(kafka, topics.prefix))
        begin, done = watch(lambda: topics.ends("out")[0], len(values))
        found = {"articles a second, backlog": f"{(len(values) - done) / (time.monotonic() - begin):.0f}"}
        steadily(topics, later, rate)
        until("all is passed on", lambda: topics.ends("out")[0] >= len(values) + len(later))
        told = [at - value["received"] for at, value in times(topics, "out", len(values))]
        found[f"received → passed on at {rate:g}/s"] = quantiles(told)
    return found


def pass_on(prefix: str) -> None:
    """A Faust agent: bytes in, a small record with the time of arrival out; no decoding, no judging, linger 0."""
    use_uvloop()
    import logging

    import faust

    app = faust.App(
        f"{prefix}passing-on",
        broker=f"kafka://{os.environ['BROKER']}",
        datadir=tempfile.mkdtemp(),
        store="memory://",
        producer_linger=0.0,
        topic_allow_declare=False,
        topic_disable_leader=True,
        table_standby_replicas=0,
        consumer_auto_offset_reset="earliest",
        web_enabled=False,
    )
    raw = app.topic(f"{prefix}articles", key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw")
    out = app.topic(f"{prefix}out", key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw")

    @app.agent(raw)
    async def agent(stream: Any) -> None:
        async for event in stream.events():
            await out.send(key=event.message.key, value=b'{"received": %f}' % event.message.timestamp)

    worker = faust.Worker(app, loglevel="WARNING", quiet=True)
    for name in ("faust", "mode", "aiokafka"):
        logging.getLogger(name).setLevel(logging.WARNING)
    worker.execute_from_commandline()


if __name__ == "__main__":
    main()
