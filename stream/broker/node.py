"""What one Kafka node needs around it: its settings file, its log's form, a free port, the tail of its log."""

import random
import socket
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from stream.broker.errors import BrokerError, PortTakenError, StartFailedError

HOST = "127.0.0.1"
NODE = 1
RECORD_LIMIT = 16 * 1024 * 1024
"""Largest batch of records, in bytes, unless the caller or the topic says less."""

DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        # one node: nothing can be kept twice
        "offsets.topic.replication.factor": "1",
        "transaction.state.log.replication.factor": "1",
        "transaction.state.log.min.isr": "1",
        "share.coordinator.state.topic.replication.factor": "1",
        "share.coordinator.state.topic.min.isr": "1",
        # internal topics of 50 partitions make the first consumer wait
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
        # what was let in must fit out again, with its headers
        "message.max.bytes": str(RECORD_LIMIT),
        "replica.fetch.max.bytes": str(RECORD_LIMIT),
    }
)
OURS = frozenset(
    (
        "process.roles",
        "node.id",
        "broker.id",
        "listeners",
        "advertised.listeners",
        "controller.listener.names",
        "controller.quorum.voters",
        "controller.quorum.bootstrap.servers",
        "log.dir",
        "log.dirs",
        "metadata.log.dir",
    )
)
"""Settings that the caller cannot choose: the node's place and ports."""

# The compiler stops at its first level: measured, the node starts in three quarters of the time with half the work, and
# in runs as long as a demo or a test it carries more records a second. The serial collector: two cores, a small heap.
# The last two allow what Java 25 otherwise warns of in Kafka's log.
JVM = (
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:-UsePerfData",
    "-Djava.awt.headless=true",
    "--sun-misc-unsafe-memory-access=allow",
    "--enable-native-access=ALL-UNNAMED",
)

# the lists of all settings in force, at every start, would hide the errors
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
"""


def configuration(settings: Mapping[str, str], data: Path, port: int) -> dict[str, str]:
    """All broker settings of a node with its data in `data` that listens for clients on `port`."""
    inner = free_port(other_than=port)
    return {
        **settings,
        "process.roles": "broker,controller",
        "node.id": str(NODE),
        "listeners": f"PLAINTEXT://{HOST}:{port},CONTROLLER://{HOST}:{inner}",
        "advertised.listeners": f"PLAINTEXT://{HOST}:{port}",
        "controller.listener.names": "CONTROLLER",
        "controller.quorum.voters": f"{NODE}@{HOST}:{inner}",
        "log.dirs": str(data),
    }


def properties(settings: Mapping[str, str]) -> str:
    """Java's properties format in ASCII: other characters are written as UTF-16 escapes."""

    def escaped(value: str) -> str:
        units = memoryview(value.encode("utf-16-le")).cast("H")
        plain = "\\"
        return "".join(
            chr(unit) if 32 < unit < 127 and chr(unit) not in f"{plain}=:#!" else f"{plain}u{unit:04x}"
            for unit in units
        )

    return "".join(f"{escaped(key)}={escaped(value)}\n" for key, value in settings.items())


def cluster_id(data: Path) -> str:
    """The id that the data folder was prepared with. Raises `StartFailedError` where it has none."""
    path = data / "meta.properties"
    for line in path.read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("cluster.id="):
            return line.removeprefix("cluster.id=").strip()
    raise StartFailedError(f"{path} names no cluster: it is damaged; restore it, or delete the folder to start empty")


def is_free(port: int) -> bool:
    """Whether this process could listen there. Raises `PortTakenError` where the system forbids it."""
    with socket.socket() as test:
        test.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            test.bind((HOST, port))
        except PermissionError as error:
            raise PortTakenError(f"port {port} may not be used by this user: choose one from 1024 on") from error
        except OSError:
            return False
        return True


def free_port(other_than: int = 0) -> int:
    """A free port below those that the system gives to outgoing connections.

    One of those could be lost over a restart: a client that tries to reconnect may be given it, and then meets itself.
    """
    try:
        first = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text(encoding="ascii").split()[0])
    except OSError:  # not Linux
        first = 32768
    ports = range(20000, first) if first > 21000 else range(1100, 65536)
    for port in random.SystemRandom().sample(ports, k=200):
        if port != other_than and is_free(port):
            return port
    raise BrokerError("no free port was found in 200 tries")


def tail(path: Path, lines: int, start: int = 0) -> str:
    """The last lines of a log from byte `start` on, out of its last 64 KiB, without the frames of Java's stack traces."""
    if not path.exists():
        return "(no log)"
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - 65536, start))
        kept = [line for line in file.read().decode(errors="replace").splitlines() if not line.startswith("\tat ")]
    return "\n".join(kept[-lines:]) or "(nothing was logged)"
