"""`dideban topics`, `replay` and `tail` on a real Kafka, as a person calls them."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.support import LIMIT, Topics
from tests.integration.texts import OUTLET, call, weather


def dideban(topics: Topics, *words: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DIDEBAN_")}
    ours = {"DIDEBAN_BROKER": topics.bootstrap, "DIDEBAN_TOPIC_PREFIX": topics.prefix, "COLUMNS": "200"}
    command = [sys.executable, "-m", "stream", *words]
    return subprocess.run(command, env=kept | ours, capture_output=True, text=True, timeout=LIMIT, check=False)


def test_topics_shows_creates_and_shows_again(topics: Topics) -> None:
    topics.create("articles", 7)
    dry = dideban(topics, "topics", "--dry-run", "--json")
    assert dry.returncode == 1
    assert {row["partitions"] for row in map(json.loads, dry.stdout.splitlines())} == {0, 7}
    made = dideban(topics, "topics")
    assert made.returncode == 0
    assert made.stdout.count("created") == 10
    rows = {row["topic"]: row for row in map(json.loads, dideban(topics, "topics", "--json").stdout.splitlines())}
    assert rows[f"{topics.prefix}articles"]["partitions"] == 7
    assert rows[f"{topics.prefix}mentions"]["partitions"] == 1
    largest = rows[f"{topics.prefix}articles"]["max_message_bytes"]
    assert all(row["max_message_bytes"] > largest for row in rows.values() if row["kind"] != "articles")
    assert not any(row["created"] for row in rows.values())


def test_topics_refuses_a_log_of_two_partitions(topics: Topics) -> None:
    topics.create("mentions", 2)
    refused = dideban(topics, "topics")
    assert refused.returncode == 4
    assert refused.stderr.count("\n") == 1
    assert "must have exactly one" in refused.stderr
    assert topics.partitions("alerts") == 0


def test_replay_sends_every_form_and_tail_shows_it(topics: Topics, tmp_path: Path) -> None:
    topics.create("articles", 3)
    lines = [call(1)["value"], weather(2)["value"], b"{broken"]
    with gzip.open(tmp_path / "some.jsonl.gz", "wb") as packed:
        packed.write(b"\n".join(lines))
    (tmp_path / "page.txt").write_text("هوای آفتابی\nآسمان بیشتر شهرها صاف است.", "utf-8")
    files = [str(tmp_path / "some.jsonl.gz"), str(tmp_path / "page.txt")]
    sent = dideban(topics, "replay", *files, "--to", "articles", "--rate", "1000")
    assert (sent.returncode, sent.stderr) == (0, "4 records sent, 0 not\n")
    found = {record.value: record for record in topics.read("articles")}
    assert found.keys() == {*lines, (tmp_path / "page.txt").read_bytes()}
    assert found[lines[0]].key == f"{OUTLET}/1".encode()
    assert found[lines[2]].key is None
    page = found[(tmp_path / "page.txt").read_bytes()]
    assert page.headers == [("content-type", b"text/plain; charset=utf-8")]

    seen = dideban(topics, "tail", "articles", "--from-start", "--json", "--count", "4")
    assert seen.returncode == 0
    assert "{broken\n" in seen.stdout


def test_what_the_broker_does_not_take_is_said_with_its_line(topics: Topics, tmp_path: Path) -> None:
    topics.create("articles", 1, max_message_bytes="2000")
    long = json.dumps({"title": "خبر", "body": "متن " * 2000}, ensure_ascii=False).encode()
    (tmp_path / "some.jsonl").write_bytes(b"\n".join([weather(1)["value"], long, weather(2)["value"]]))
    sent = dideban(topics, "replay", str(tmp_path / "some.jsonl"), "--to", "articles", "--rate", "50")
    assert sent.returncode == 1
    assert f"{tmp_path}/some.jsonl:2: " in sent.stderr
    assert f"{topics.prefix}articles takes 2000 (max.message.bytes)" in sent.stderr
    assert "2 records sent, 1 not" in sent.stderr


@pytest.mark.parametrize("words", [("tail", "articles"), ("replay", "FILE", "--to", "articles")])
def test_a_topic_that_is_not_there_is_said(topics: Topics, tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "some.jsonl").write_bytes(weather(1)["value"])
    refused = dideban(topics, *(str(tmp_path / "some.jsonl") if word == "FILE" else word for word in words))
    assert refused.returncode == 1
    assert f"There is no topic {topics.prefix}articles." in refused.stderr
