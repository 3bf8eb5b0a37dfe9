"""Settings file, ports, the tail of a log, and the metadata question to what is no Kafka."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from stream.broker import node, probe
from stream.broker.errors import StartFailedError


@contextmanager
def answering(answer: bytes) -> Iterator[int]:
    """The port of a server that reads a request, sends `answer` and closes; for one client."""
    with socket.create_server((node.HOST, 0)) as server:
        server.settimeout(30)

        def serve() -> None:
            line, _ = server.accept()
            with line:
                line.recv(4096)
                line.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1]
        thread.join()


def framed(body: bytes) -> bytes:
    """The body with its length before it."""
    return struct.pack(">i", len(body)) + body


def test_settings_are_written_in_ascii_whatever_the_folder_is_called() -> None:
    assert node.properties({"log.dirs": "/خبر a\\b", "x": "a=b\nc"}) == (
        "log.dirs=/\\u062e\\u0628\\u0631\\u0020a\\u005cb\nx=a\\u003db\\u000ac\n"
    )


def test_chosen_settings_win_over_the_defaults_but_not_over_the_place() -> None:
    chosen = node.configuration({"num.partitions": "7", "log.dirs": "/other"}, Path("/data"), 20001)
    assert chosen["num.partitions"] == "7"
    assert chosen["log.dirs"] == "/data"
    assert chosen["advertised.listeners"] == "PLAINTEXT://127.0.0.1:20001"
    assert not chosen["controller.quorum.voters"].endswith(":20001")


def test_a_taken_port_is_seen_and_a_free_one_is_outside_of_the_outgoing_range() -> None:
    with socket.create_server((node.HOST, 0)) as server:
        taken = server.getsockname()[1]
        assert not node.is_free(taken)
    assert 1024 < node.free_port() < 65536


def test_the_tail_begins_at_this_start_and_leaves_stack_frames_out(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    log.write_text("old\n", encoding="utf-8")
    start = log.stat().st_size
    with log.open("a", encoding="utf-8") as file:
        file.write("one\nERROR two\n\tat a.B(c)\nthree\n")
    assert node.tail(log, 2, start) == "ERROR two\nthree"
    assert node.tail(log, 9, start) == "one\nERROR two\nthree"
    assert node.tail(log, 9, log.stat().st_size) == "(nothing was logged)"
    assert node.tail(tmp_path / "none", 9) == "(no log)"


def test_a_data_folder_without_a_cluster_id_is_named(tmp_path: Path) -> None:
    (tmp_path / "meta.properties").write_text("version=1\n", encoding="ascii")
    with pytest.raises(StartFailedError, match=r"meta\.properties names no cluster: it is damaged"):
        node.cluster_id(tmp_path)


def test_an_answer_is_read() -> None:
    def text(word: str) -> bytes:
        return struct.pack(">h", len(word)) + word.encode()

    broker = struct.pack(">i", 1) + text("127.0.0.1") + struct.pack(">i", 9092) + struct.pack(">h", -1)
    body = struct.pack(">ii", probe.CORRELATION, 1) + broker + text("the-cluster") + struct.pack(">ii", 1, 0)
    with answering(framed(body)) as port:
        assert probe.ask(node.HOST, port) == ("the-cluster", [(1, "127.0.0.1", 9092)])


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        framed(struct.pack(">i", probe.CORRELATION)),
        framed(struct.pack(">ii", probe.CORRELATION + 1, 0)),
        framed(struct.pack(">ii", probe.CORRELATION, 1) + b"\x00\x00\x00\x01\x7f\xff"),
    ],
    ids=["http", "cut short", "not to this request", "broken string"],
)
def test_what_is_not_kafka_is_told_apart(answer: bytes) -> None:
    with answering(answer) as port, pytest.raises(ValueError, match=r"not as Kafka does|not to this request"):
        probe.ask(node.HOST, port)


def test_who_says_nothing_is_not_up(unused: Callable[[], int]) -> None:
    with answering(b"") as port, pytest.raises(ConnectionError):
        probe.ask(node.HOST, port)
    with pytest.raises(ConnectionRefusedError):
        probe.ask(node.HOST, unused())


@pytest.fixture
def unused() -> Callable[[], int]:
    """Gives a port where nobody listens."""
    return node.free_port
