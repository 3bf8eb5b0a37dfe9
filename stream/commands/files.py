"""Reads articles from files and standard input, for every command that takes FILE."""

import gzip
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import orjson

from stream.core.dateline import resolve
from stream.core.read import read
from stream.core.records import Article, Form, Incoming, Limits
from stream.service.exits import Exit, Stop

_PAGES: dict[str, tuple[Form, bytes]] = {
    ".txt": ("page", b"text/plain; charset=utf-8"),
    ".html": ("html", b"text/html; charset=utf-8"),
    ".htm": ("html", b"text/html; charset=utf-8"),
}
_LINE_TYPE = b"application/json"  # so that the worker, too, takes a broken line for no page
_NO_OUTLETS: Mapping[str, str] = MappingProxyType({})


class Item(NamedTuple):
    """One record to send, and where it stands in the file."""

    place: str
    value: bytes
    key: bytes | None
    headers: tuple[tuple[str, bytes], ...]
    form: Form | None


def check_name(name: str) -> None:
    """Raises Stop(USAGE) for a file that is not there or has an ending that we do not know."""
    if name == "-":
        return
    path = Path(name)
    if not path.is_file():
        raise Stop(Exit.USAGE, f"{name}: no such file")
    if path.suffix not in _PAGES and not name.endswith((".jsonl", ".jsonl.gz")):
        raise Stop(Exit.USAGE, f"{name}: the ending must be .jsonl, .jsonl.gz, .txt, .html or .htm")


def items(name: str, outlets: Mapping[str, str] = _NO_OUTLETS) -> Iterator[Item]:
    """The records of one file. `outlets`: outlets as printed → ids, as in the rulebook, for the keys.

    Raises Stop(NO) where a .gz is damaged or a file can't be read.
    """
    path = Path(name)
    try:
        if path.suffix in _PAGES:
            form, content_type = _PAGES[path.suffix]
            value = path.read_bytes()
            yield Item(name, value, _page_key(value, form, outlets), (("content-type", content_type),), form)
            return
        with ExitStack() as stack:
            lines: Iterable[bytes]
            if name == "-":
                lines = sys.stdin.buffer
            elif name.endswith(".gz"):
                lines = stack.enter_context(gzip.open(path, "rb"))
            else:
                lines = stack.enter_context(path.open("rb"))
            for number, line in enumerate(lines, 1):
                value = line.rstrip(b"\r\n")
                if value:
                    headers = (("content-type", _LINE_TYPE),)
                    yield Item(f"{name}:{number}", value, line_key(value, outlets), headers, "json")
    except (OSError, EOFError, zlib.error) as error:
        raise Stop(Exit.NO, f"{name} can't be read: {error}") from error


def line_key(value: bytes, outlets: Mapping[str, str]) -> bytes | None:
    """The key of a JSON article: its uri, else outlet/id, else its url; None where there is none."""
    try:
        article: Any = orjson.loads(value)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(article, dict):
        return None
    if article.get("uri"):
        return str(article["uri"]).encode()
    if article.get("id") is not None and article.get("outlet"):
        return f"{resolve(str(article['outlet']).strip(), outlets)}/{article['id']}".encode()
    return str(article["url"]).encode() if article.get("url") else None


def _page_key(value: bytes, form: Form, outlets: Mapping[str, str]) -> bytes | None:
    article = read(Incoming(value=value, arrived=datetime.now(UTC), form=form), Limits(), outlets)
    return article.uri.encode() if isinstance(article, Article) else None
