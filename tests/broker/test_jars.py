"""The jars: pinned, checked, fetched once. No network here: a stand-in for jgo serves bytes made on the spot."""

import hashlib
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from stream.broker import jars
from stream.broker.errors import BrokerError, ExtraMissingError, JarDigestError, JarUnavailableError

NAMES = ("a-1.jar", "b-2.jar", "c-3.jar")


def content(name: str) -> bytes:
    """What the true jar holds."""
    return f"the true {name}".encode() * 100


class Repository:
    """Stands in for jgo: one object as context and resolver, counting what was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.served: dict[str, bytes] = {name: content(name) for name in NAMES}
        self.failures = 0
        self.release = threading.Event()
        self.release.set()

    def open(self, cache: Path, meter: Any = None) -> Any:
        def create_dependency(coordinate: str) -> Any:
            name = f"{coordinate.split(':')[1]}-{coordinate.split(':')[2]}.jar"
            return SimpleNamespace(artifact=SimpleNamespace(name=name, cached_path=cache / name))

        def download(artifact: Any) -> Path:
            self.asked.append(artifact.name)
            assert self.release.wait(30)
            if self.failures:
                self.failures -= 1
                artifact.cached_path.write_bytes(b"half")
                raise RuntimeError("the line broke")
            assert not artifact.cached_path.exists()
            data = self.served[artifact.name]
            with meter(artifact.name, len(data)) as add:
                artifact.cached_path.write_bytes(data)
                add(len(data))
            path: Path = artifact.cached_path
            return path

        return SimpleNamespace(create_dependency=create_dependency, resolver=SimpleNamespace(download=download))


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    """A lock of three small jars."""
    lines = [
        f"org.example:{name[0]}:{name[2]} {name} {len(content(name))} {hashlib.sha256(content(name)).hexdigest()}\n"
        for name in NAMES
    ]
    path = tmp_path / "jars.lock"
    path.write_text("# a comment\n" + "".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of this test's own."""
    monkeypatch.setenv("DIDEBAN_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache" / "jars"


@pytest.fixture
def repository(monkeypatch: pytest.MonkeyPatch) -> Repository:
    """The stand-in, in jgo's place; a pause between tries is no pause here."""
    served = Repository()
    monkeypatch.setattr(jars, "_maven", served.open)
    monkeypatch.setattr("stream.broker.jars.PAUSE", 0.0)
    return served


def test_the_shipped_lock_pins_kafka_its_log_binding_and_no_address() -> None:
    pinned = jars.read_lock()
    coordinates = {jar.coordinate for jar in pinned}
    assert {jars.KAFKA, jars.BINDING} <= coordinates
    assert f"org.apache.kafka:kafka-clients:{jars.KAFKA_VERSION}" in coordinates
    assert len({jar.name for jar in pinned}) == len(pinned)
    assert "//" not in jars.LOCK.read_text(encoding="utf-8")


def test_the_binding_fits_the_log4j_that_kafka_brings() -> None:
    versions = {jar.coordinate.rsplit(":", 1)[1] for jar in jars.read_lock() if "logging.log4j" in jar.coordinate}
    assert versions == {jars.BINDING.rsplit(":", 1)[1]}


def test_a_second_start_downloads_nothing(lock: Path, cache: Path, repository: Repository) -> None:
    first = jars.ensure_jars(lock=lock)
    assert [path.name for path in first] == list(NAMES)
    assert [path.read_bytes() for path in first] == [content(name) for name in NAMES]
    assert jars.ensure_jars(lock=lock) == first
    assert sorted(repository.asked) == list(NAMES)
    assert sorted(path.name for path in cache.iterdir()) == [".lock", *NAMES]


def test_only_what_is_missing_is_downloaded(lock: Path, cache: Path, repository: Repository) -> None:
    jars.ensure_jars(lock=lock)
    (cache / NAMES[1]).unlink()
    repository.asked.clear()
    jars.ensure_jars(lock=lock)
    assert repository.asked == [NAMES[1]]


def test_progress_ends_at_the_whole(lock: Path, cache: Path, repository: Repository) -> None:
    heard: list[tuple[int, int]] = []
    jars.ensure_jars(lambda done, total: heard.append((done, total)), lock)
    total = sum(len(content(name)) for name in NAMES)
    assert heard[0] == (0, total)
    assert heard[-1] == (total, total)
    assert heard == sorted(heard)


def test_a_changed_jar_in_the_cache_is_refused_by_name(lock: Path, cache: Path, repository: Repository) -> None:
    jars.ensure_jars(lock=lock)
    (cache / NAMES[1]).write_bytes(b"something else")
    with pytest.raises(JarDigestError, match=r"org\.example:b:2 is not the jar that was pinned: .*b-2\.jar .*delete"):
        jars.ensure_jars(lock=lock)


def test_a_jar_served_with_another_content_is_refused_and_not_kept(
    lock: Path, cache: Path, repository: Repository
) -> None:
    repository.served[NAMES[2]] = b"planted"
    with pytest.raises(JarDigestError, match=r"org\.example:c:3 is not the jar that was pinned"):
        jars.ensure_jars(lock=lock)
    assert not (cache / NAMES[2]).exists()


def test_a_broken_line_is_tried_again(lock: Path, cache: Path, repository: Repository) -> None:
    repository.failures = 2
    assert len(jars.ensure_jars(lock=lock)) == len(NAMES)
    assert len(repository.asked) == len(NAMES) + 2


def test_no_network_is_said_with_the_coordinate(lock: Path, cache: Path, repository: Repository) -> None:
    repository.failures = 1000
    with pytest.raises(JarUnavailableError, match=r"org\.example:[abc]:. could not be downloaded in 3 tries"):
        jars.ensure_jars(lock=lock)
    assert [path.name for path in cache.iterdir()] == [".lock"]


def test_of_two_at_once_one_downloads_and_the_other_waits(lock: Path, cache: Path, repository: Repository) -> None:
    repository.release.clear()
    waits = threading.Event()

    def second_hears(_done: int, _total: int) -> None:
        waits.set()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(jars.ensure_jars, None, lock)
        while not repository.asked and not first.done():
            threading.Event().wait(0.01)
        second = pool.submit(jars.ensure_jars, second_hears, lock)
        assert waits.wait(30)
        repository.release.set()
        assert first.result(30) == second.result(30)
    assert sorted(repository.asked) == list(NAMES)


def test_a_cache_that_cannot_be_written_names_the_remedy(
    lock: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("DIDEBAN_CACHE_DIR", str(tmp_path / "file"))
    with pytest.raises(BrokerError, match="set DIDEBAN_CACHE_DIR"):
        jars.ensure_jars(lock=lock)


def test_without_jgo_the_extra_is_named(lock: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jgo.config", None)
    with pytest.raises(ExtraMissingError, match=r"jgo is not installed.*pip install 'dideban\[broker\]'"):
        jars.ensure_jars(lock=lock)


@pytest.mark.parametrize("line", ["a:b:1 b-1.jar 10", "a:b:1 b-1.jar ten " + "0" * 64, "a:b:1 ../b.jar 1 " + "0" * 64])
def test_a_damaged_lock_is_named_by_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "jars.lock"
    path.write_text(f"# comment\n{line}\n", encoding="utf-8")
    with pytest.raises(BrokerError, match=r"jars\.lock line 2: wanted 'coordinate file bytes sha256'"):
        jars.read_lock(path)


def test_where_the_cache_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("DIDEBAN_CACHE_DIR", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert jars.cache_dir() == tmp_path / ".cache" / "dideban"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative/is/ignored")
    assert jars.cache_dir() == tmp_path / ".cache" / "dideban"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert jars.cache_dir() == tmp_path / "xdg" / "dideban"
    monkeypatch.setenv("DIDEBAN_CACHE_DIR", "~/mine")
    assert jars.cache_dir() == tmp_path / "mine"
