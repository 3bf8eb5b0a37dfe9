"""The smallest Kafka client: one metadata request over a plain socket, to know whether a broker really answers."""

import socket
import struct
from typing import NamedTuple

METADATA, METADATA_VERSION = 3, 2  # the first version that carries the cluster id; Kafka 4 still has it
CORRELATION = 1
CLIENT = b"dideban-probe"


class Answer(NamedTuple):
    """What the broker said of its cluster."""

    cluster_id: str
    brokers: list[tuple[int, str, int]]
    """Node id, host and port of each broker that is up."""


def ask(host: str, port: int, timeout: float = 2.0) -> Answer:
    """Asks for the cluster's metadata, without topics. `timeout` in seconds holds for each step on the wire.

    Raises `OSError` where nobody answers and `ValueError` where the answer is not Kafka's.
    """
    head = struct.pack(">hhih", METADATA, METADATA_VERSION, CORRELATION, len(CLIENT)) + CLIENT
    request = head + struct.pack(">i", 0)  # no topics
    with socket.create_connection((host, port), timeout=timeout) as line:
        line.sendall(struct.pack(">i", len(request)) + request)
        size = struct.unpack(">i", _exactly(line, 4))[0]
        if not 0 < size <= 1 << 20:
            raise ValueError(f"{host}:{port} answers, but not as Kafka does")
        data = _exactly(line, size)
    try:
        return _read(data)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise ValueError(f"{host}:{port} answers, but not as Kafka does") from error


def _exactly(line: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        piece = line.recv(count - len(data))
        if not piece:
            raise ConnectionResetError("the broker closed the connection")
        data += piece
    return data


def _read(data: bytes) -> Answer:
    place = 0

    def number(form: str) -> int:
        nonlocal place
        value: int = struct.unpack_from(form, data, place)[0]
        place += struct.calcsize(form)
        return value

    def text() -> str:
        nonlocal place
        length = max(number(">h"), 0)  # -1: null
        place += length
        return data[place - length : place].decode()

    if number(">i") != CORRELATION:
        raise ValueError("the answer is not to this request")
    brokers = []
    for _ in range(number(">i")):
        node, host, port = number(">i"), text(), number(">i")
        text()  # rack
        brokers.append((node, host, port))
    return Answer(cluster_id=text(), brokers=brokers)
