"""Kafka's jars: downloaded once by their Maven coordinates, checked at every start, never taken on trust.

`jars.lock` beside this file pins each jar: coordinate, file name, size in bytes, SHA-256. The cache is
`$DIDEBAN_CACHE_DIR`, else `$XDG_CACHE_HOME/dideban`, else `~/.cache/dideban`; a second start downloads nothing. Where
downloads come from is jgo's affair: its own configuration file may name a mirror.

`python -m stream.broker.jars` resolves the roots below anew and writes the lock (for a new version of Kafka).
"""

import fcntl
import hashlib
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from stream.broker.errors import BrokerError, ExtraMissingError, JarDigestError, JarUnavailableError

KAFKA_VERSION = "4.3.1"
KAFKA = f"org.apache.kafka:kafka_2.13:{KAFKA_VERSION}"
# Kafka speaks slf4j 1.7 and ships log4j2 without the piece between them: without it no error is ever seen. Its version
# must be that of log4j-core.
BINDING = "org.apache.logging.log4j:log4j-slf4j-impl:2.25.4"
LOCK = Path(__file__).with_name("jars.lock")
TRIES = 3
PAUSE = 1.0
AT_ONCE = 4

Progress = Callable[[int, int], None]
"""Called with the bytes that are there and the bytes wanted, of all jars together; from several threads, one at a time."""


class Jar(NamedTuple):
    """One line of the lock."""

    coordinate: str
    name: str
    size: int
    sha256: str


def read_lock(path: Path = LOCK) -> list[Jar]:
    """The pinned jars. Raises `BrokerError` with the line where the file is damaged."""
    jars = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        match line.split():
            case [coordinate, name, size, sha256] if size.isdecimal() and len(sha256) == 64 and "/" not in name:
                jars.append(Jar(coordinate, name, int(size), sha256))
            case _:
                raise BrokerError(f"{path.name} line {number}: wanted 'coordinate file bytes sha256', found {line!r}")
    return jars


def cache_dir() -> Path:
    """Where downloads are kept (see the module's docstring); need not exist yet."""
    if own := os.environ.get("DIDEBAN_CACHE_DIR"):
        return Path(own).expanduser().absolute()
    base = os.environ.get("XDG_CACHE_HOME", "")
    # the XDG specification has relative paths ignored
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".cache") / "dideban"


def ensure_jars(progress: Progress | None = None, lock: Path = LOCK) -> list[Path]:
    """Paths of all jars, in the lock's order, each with the digest that the lock names.

    Downloads what is missing; several processes may call this at once, one of them then does the work.
    Raises `JarDigestError`, `JarUnavailableError`, `ExtraMissingError`, or `BrokerError` where the cache cannot be written.
    """
    jars = read_lock(lock)
    folder = cache_dir() / "jars"
    if any(not (folder / jar.name).exists() for jar in jars):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with _one_at_a_time(folder / ".lock", lambda: _report(jars, folder, progress)):
                _download([jar for jar in jars if not (folder / jar.name).exists()], folder, progress)
        except OSError as error:
            raise BrokerError(
                f"the cache {folder} cannot be written ({error}); set DIDEBAN_CACHE_DIR to a folder that can"
            ) from error
    for jar in jars:
        _check(jar, folder / jar.name, remedy="delete that file and start again")
    return [folder / jar.name for jar in jars]


def _check(jar: Jar, path: Path, remedy: str) -> None:
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != jar.sha256:
        raise JarDigestError(
            f"{jar.coordinate} is not the jar that was pinned: {path} has SHA-256 {found}, wanted {jar.sha256}; {remedy}"
        )


@contextmanager
def _one_at_a_time(path: Path, meanwhile: Callable[[], None]) -> Iterator[None]:
    """Holds the file's lock: across processes and threads, and gone with its holder however that ends."""
    with path.open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                meanwhile()
                time.sleep(0.1)
        yield


def _report(jars: list[Jar], folder: Path, progress: Progress | None) -> None:
    """Tells of another process's download."""
    if progress is not None:
        progress(sum(jar.size for jar in jars if (folder / jar.name).exists()), sum(jar.size for jar in jars))


def _download(jars: list[Jar], folder: Path, progress: Progress | None) -> None:
    """Fetches each jar aside, checks it and moves it in: what has its name in the folder is whole."""
    if not jars:
        return
    meter = _Meter(sum(jar.size for jar in jars), progress)
    meter.add(0)
    with (
        tempfile.TemporaryDirectory(prefix=".download-", dir=folder) as aside,
        ThreadPoolExecutor(AT_ONCE, thread_name_prefix="jars") as pool,
    ):
        context = _maven(Path(aside), meter)
        works = [pool.submit(_fetch, jar, context, folder) for jar in jars]
        try:
            for work in works:
                work.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _fetch(jar: Jar, context: Any, folder: Path) -> None:
    import requests  # noqa: PLC0415  (comes with jgo)

    artifact = context.create_dependency(jar.coordinate).artifact
    for attempt in range(1, TRIES + 1):
        try:
            path: Path = context.resolver.download(artifact)
            break
        except (requests.RequestException, RuntimeError) as error:
            artifact.cached_path.unlink(missing_ok=True)
            if attempt == TRIES:
                raise JarUnavailableError(
                    f"{jar.coordinate} could not be downloaded in {TRIES} tries: {error}; is the network up? "
                    "(jgo's configuration file may name a mirror under [repositories])"
                ) from error
            time.sleep(PAUSE * attempt)
    _check(jar, path, remedy="the repository or a proxy on the way served something else")
    path.replace(folder / jar.name)


class _Meter:
    """jgo's progress callback of one file, added up over all."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.total, self.done, self.progress, self.guard = total, 0, progress, threading.Lock()

    @contextmanager
    def __call__(self, _name: str, _size: int) -> Iterator[Callable[[int], None]]:
        yield self.add

    def add(self, count: int) -> None:
        with self.guard:
            self.done += count
            if self.progress is not None:
                self.progress(min(self.done, self.total), self.total)


def _maven(cache: Path, meter: _Meter | None = None) -> Any:
    try:
        from jgo.config import GlobalSettings  # noqa: PLC0415
        from jgo.maven import MavenContext, PythonResolver  # noqa: PLC0415
    except ImportError as error:
        raise ExtraMissingError("jgo") from error
    context = MavenContext(resolver=PythonResolver(progress_callback=meter), repo_cache=cache, timeout=30)
    mirrors = GlobalSettings.load().repositories
    # asked in this order; a mirror named as jgo's own repository takes its place
    context.remote_repos = {**mirrors, **{k: v for k, v in context.remote_repos.items() if k not in mirrors}}
    return context


def write_lock(path: Path = LOCK) -> int:
    """Resolves `KAFKA` anew, writes the lock and gives the number of jars. Needs the network."""
    with tempfile.TemporaryDirectory() as aside:
        context = _maven(Path(aside))
        # Kafka alone: resolved together with the binding, that one's parent would bring another kafka-clients.
        direct, further = context.resolver.resolve([context.create_dependency(KAFKA)])
        found = [dependency.artifact for dependency in direct + further]
        binding = context.create_dependency(BINDING).artifact
        core = next(artifact.version for artifact in found if artifact.artifactId == "log4j-core")
        if binding.version != core:
            raise BrokerError(f"Kafka brings log4j-core {core}: set BINDING to that version, it is {binding.version}")
        lines = ["# coordinate file bytes sha256; written by: python -m stream.broker.jars\n"]
        for artifact in sorted([*found, binding], key=lambda artifact: (artifact.groupId, artifact.artifactId)):
            data = artifact.resolve().read_bytes()
            coordinate = f"{artifact.groupId}:{artifact.artifactId}:{artifact.version}"
            lines.append(f"{coordinate} {artifact.filename} {len(data)} {hashlib.sha256(data).hexdigest()}\n")
        path.write_text("".join(lines), encoding="utf-8")
        return len(lines) - 1


if __name__ == "__main__":
    sys.stdout.write(f"{write_lock()} jars in {LOCK.name}\n")
