"""`dideban demo` as a person starts it: everything comes out as expected, and nothing is left running."""

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest
from confluent_kafka.admin import AdminClient

from stream.broker.kafka import Kafka
from stream.demo.samples import load_samples
from tests.integration.support import until

LIMIT = 120.0
DIDEBAN = [sys.executable, "-m", "stream"]
ALL_AS_EXPECTED = "{0} of {0} articles as expected".format(len(load_samples()))


def start(folder: Path, *options: str) -> subprocess.Popen[str]:
    """The demo with all its temporary files below `folder`, by which its processes are known."""
    return subprocess.Popen(
        [*DIDEBAN, "demo", "--rate", "0", *options],
        env={**os.environ, "TMPDIR": str(folder), "COLUMNS": "400"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def processes(folder: Path) -> list[int]:
    """Processes whose command line or environment names the folder."""
    found = []
    for path in Path("/proc").iterdir():
        if not path.name.isdigit() or int(path.name) == os.getpid():
            continue
        try:
            said = (path / "cmdline").read_bytes() + (path / "environ").read_bytes()
        except OSError:  # it has ended, or is another user's
            continue
        if os.fsencode(folder) in said:
            found.append(int(path.name))
    return found


def read_until(stream: IO[str] | None, words: str) -> str:
    """What the demo prints up to a line with these words."""
    assert stream is not None
    said = []
    for line in stream:
        said.append(line)
        if words in line:
            return "".join(said)
    raise AssertionError(f"it ended without {words!r}:\n{''.join(said)}")


@pytest.mark.kafka
def test_all_samples_come_out_as_expected_and_own_articles_follow(tmp_path: Path) -> None:
    demo = start(tmp_path)
    try:
        said = read_until(demo.stdout, "Ctrl-C ends it")
        assert ALL_AS_EXPECTED in said, said
        assert len(processes(tmp_path)) >= 3

        own = tmp_path / "own.jsonl"
        own.write_text('{"id": "1", "outlet": "آزمون", "title": "", "body": ""}\n', encoding="utf-8")
        command = re.search(r"^ *DIDEBAN_BROKER=(\S+) (\S+ replay FILE --to articles)$", said, re.MULTILINE)
        assert command is not None
        words = [str(own) if word == "FILE" else word for word in shlex.split(command[2])]
        sent = subprocess.run(words, env={**os.environ, "DIDEBAN_BROKER": command[1]}, check=False)
        assert sent.returncode == 0
        assert "empty_article" in read_until(demo.stdout, "empty_article")

        demo.send_signal(signal.SIGINT)
        rest, _ = demo.communicate(timeout=LIMIT)
        assert demo.returncode == 0, rest
    finally:
        demo.kill()
        demo.communicate(timeout=LIMIT)  # also after a failure: another test would get the warning
    assert processes(tmp_path) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["own.jsonl"]


def test_on_a_kafka_of_ones_own_it_deletes_its_topics(tmp_path: Path, kafka: Kafka) -> None:
    demo = start(tmp_path, "--once", "--broker", kafka.bootstrap)
    said, _ = demo.communicate(timeout=LIMIT)
    assert demo.returncode == 0, said
    assert ALL_AS_EXPECTED in said
    admin = AdminClient({"bootstrap.servers": kafka.bootstrap})
    left = [name for name in admin.list_topics(timeout=10).topics if name.startswith("dideban-demo-")]
    assert left == []
    assert processes(tmp_path) == []


@pytest.mark.kafka
def test_killed_it_leaves_nothing_running(tmp_path: Path) -> None:
    demo = start(tmp_path)
    read_until(demo.stdout, "articles go in")
    demo.kill()
    demo.communicate(timeout=LIMIT)
    until("no process of the demo is left", lambda: not processes(tmp_path) or None)
    assert processes(tmp_path) == []


def test_without_a_broker_it_says_so(tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path), "DIDEBAN_BROKER_WAIT": "0.5"}
    command = [*DIDEBAN, "demo", "--once", "--broker", "127.0.0.1:1"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=LIMIT, check=False)
    assert done.returncode == 3
    assert "127.0.0.1:1" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_rate_must_be_a_number(tmp_path: Path) -> None:
    done = subprocess.run([*DIDEBAN, "demo", "--rate", "fast"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "'fast' is no rate" in done.stderr
