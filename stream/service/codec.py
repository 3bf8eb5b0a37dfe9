"""Bytes ↔ records: the only module that knows the wire.

Everything is JSON with Persian unescaped; the same record always gives the same bytes (no clock, no random id), so that
a record sent twice can be told by its id. Alerts are CloudEvents 1.0 in Kafka's binary mode: attributes in `ce_`
headers, data in the value. A rejected record keeps its bytes, key and headers; `dideban_` headers say why.
"""

import hashlib
import re
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

import msgspec

from stream import __version__
from stream.core.agenda import Agenda
from stream.core.letters import fold
from stream.core.machine import Entry
from stream.core.records import (
    Alert,
    Article,
    Incoming,
    Judgement,
    Mention,
    Mentions,
    Origin,
    Record,
    Rejection,
    Tag,
    Tick,
    Withdrawal,
    Withdrawn,
)

Headers = tuple[tuple[str, bytes | None], ...]  # Kafka allows null; the core sees it as empty

SCHEMA = "urn:dideban:schema:{name}:{version}"
CONTENT_TYPE = b"application/json"
_NO_LETTERS = re.compile(r"[\W_]+")
HEAD_BYTES = 16 * 1024  # what is kept of a value that is too large to be rejected whole
KEY_HEAD_BYTES = 1024
FRAME_BYTES = 256  # a batch's head and a record's lengths, generously


class Raw(NamedTuple):
    """One Kafka record as it came, whoever read it. `received`: when the broker took it."""

    topic: str
    partition: int
    offset: int
    received: datetime
    key: bytes | None
    value: bytes | None
    headers: Headers = ()


class Out(NamedTuple):
    """One record to send."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers = ()

    @property
    def size(self) -> int:
        """Bytes that this record takes in a batch of its own, at most."""
        return FRAME_BYTES + _size(self.key, self.value, self.headers)


class Tagged(Record, frozen=True, kw_only=True):
    """One record of `articles.tagged`: an article version with all that was found in it."""

    schema_version: int = 1
    article: Article
    outcome: Literal["judged", "unsupported_language"]
    tags: tuple[Tag, ...]
    mentions: tuple[Mention, ...]
    rulebook: str
    origin: Origin


def _size(key: bytes | None, value: bytes | None, headers: Headers) -> int:
    return (
        len(key or b"") + len(value or b"") + sum(len(name.encode()) + len(data or b"") + 10 for name, data in headers)
    )


# --- in -----------------------------------------------------------------------------------------------------------


def raw(message: Any, ticks: float = 1.0) -> Raw:
    """A record as Faust (timestamp in seconds) or aiokafka (`ticks=1000`: in milliseconds) gives it.

    Where the broker knows no time of arrival (a timestamp of -1), it is the present.
    """
    pairs = message.headers or ()
    if hasattr(pairs, "items"):
        pairs = pairs.items()
    known = message.timestamp is not None and message.timestamp >= 0
    return Raw(
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
        received=datetime.fromtimestamp(message.timestamp / ticks, UTC) if known else datetime.now(UTC),
        key=message.key,
        value=message.value,
        headers=tuple((str(name), value) for name, value in pairs),
    )


def incoming(record: Raw) -> Incoming:
    """A Kafka record as the core reads it."""
    headers = tuple((name, value or b"") for name, value in record.headers)
    return Incoming(value=record.value, key=record.key, headers=headers, arrived=record.received)


def origin(record: Raw) -> Origin:
    """Where a record lay, and when the broker took it."""
    return Origin(topic=record.topic, partition=record.partition, offset=record.offset, received=record.received)


_entries: msgspec.json.Decoder[Entry] = msgspec.json.Decoder(Entry)


def decode_entry(record: Raw) -> Entry:
    """One record of the log. Raises ValueError (msgspec's errors are ValueErrors) where it is none.

    A tick from a worker whose clock is ahead of the broker's tells the broker's time, so that it can't end anything early.
    """
    if record.value is None:
        raise ValueError("a record of the log has no value")
    entry = _entries.decode(record.value)
    if isinstance(entry, Tick) and entry.at > record.received:
        return msgspec.structs.replace(entry, at=record.received)
    return entry


# --- out ----------------------------------------------------------------------------------------------------------


def encode(record: Record) -> bytes:
    """A record as JSON: fields in the order of the record, Persian unescaped, times in RFC 3339."""
    return msgspec.json.encode(record)


def tagged(judgement: Judgement, rulebook: str, source: Origin) -> Tagged:
    """The record for `articles.tagged`."""
    return Tagged(
        article=judgement.article,
        outcome=judgement.outcome,
        tags=judgement.tags,
        mentions=judgement.mentions,
        rulebook=rulebook,
        origin=source,
    )


def mentions(judgement: Judgement, rulebook: str, source: Origin) -> Mentions:
    """The record for the log `mentions`: also for an article without any mention, since a version replaces another."""
    article = judgement.article
    return Mentions(
        uri=article.uri,
        version=article.version,
        version_created=article.version_created,
        outlet=article.outlet,
        title=article.title,
        url=article.url,
        published=article.published,
        published_precision=article.published_precision,
        pub_status=article.pub_status,
        embargoed_until=article.embargoed_until,
        language=article.language,
        outcome=judgement.outcome,
        signature=signature(article.text),
        publisher=judgement.publisher,
        sketch=judgement.sketch,
        correction=judgement.correction,
        live=judgement.live,
        mentions=judgement.mentions,
        rulebook=rulebook,
        origin=source,
    )


def withdrawn(withdrawal: Withdrawal, rulebook: str, source: Origin) -> Withdrawn:
    """The record for the log `mentions` that says: the source has withdrawn this article."""
    return Withdrawn(uri=withdrawal.uri, outcome="withdrawn", rulebook=rulebook, origin=source)


def signature(text: str) -> str:
    """A digest that verbatim copies share: folded letters and digits alone, whatever stands between them."""
    letters = _NO_LETTERS.sub("", fold(text))
    return hashlib.sha256(letters.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def stamp(moment: datetime) -> bytes:
    """A time for a header: RFC 3339 in UTC."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z").encode()


def cloud_event(alert: Alert, topic: str, source: str) -> Out:
    """An alert as CloudEvents 1.0 in Kafka's binary mode; key = event id. `source` names this service (a URI)."""
    return _cloud_event(alert, "alert", alert.event, topic, source)


def agenda_event(agenda: Agenda, topic: str, source: str) -> Out:
    """A message about a plan in the same form; key = plan id."""
    return _cloud_event(agenda, "agenda", agenda.plan, topic, source)


def _cloud_event(data: Alert | Agenda, name: str, subject: str, topic: str, source: str) -> Out:
    attributes = {
        "ce_specversion": b"1.0",
        "ce_id": data.id.encode(),
        "ce_source": source.encode(),
        "ce_type": f"dideban.{name}.{data.kind}".encode(),
        "ce_time": stamp(data.received),
        "ce_subject": subject.encode(),
        "ce_dataschema": SCHEMA.format(name=name, version=data.schema_version).encode(),
        "content-type": CONTENT_TYPE,
    }
    return Out(topic, subject.encode(), encode(data), tuple(attributes.items()))


def rejected(record: Raw, rejection: Rejection, topic: str, limit: int, stage: str | None = None) -> Out:
    """A rejected record: original bytes, key and headers, and why.

    Where that does not fit into `limit` bytes (the rejected topic's), the head of the value and its SHA-256 stay, and
    the headers say where the whole one lies. `stage` overrides the rejection's for steps after `judge`.
    """
    why: Headers = (
        ("dideban_stage", (stage or rejection.stage).encode()),
        ("dideban_reason", rejection.reason.encode()),
        ("dideban_detail", rejection.detail.encode("utf-8", "replace")[:2000]),
        ("dideban_topic", record.topic.encode()),
        ("dideban_partition", str(record.partition).encode()),
        ("dideban_offset", str(record.offset).encode()),
        ("dideban_time", stamp(record.received)),
        ("dideban_version", __version__.encode()),
    )
    if record.key is None and record.value is None:  # aiokafka sends no record without both
        return Out(topic, None, b"", record.headers + why + (("dideban_value", b"null"),))
    whole = Out(topic, record.key, record.value, record.headers + why)
    if whole.size <= limit:
        return whole
    cut: Headers = (
        ("dideban_cut_bytes", str(len(record.value or b"")).encode()),
        ("dideban_cut_sha256", hashlib.sha256(record.value or b"").hexdigest().encode()),
    )
    key, headers = record.key, record.headers
    if len(key or b"") > KEY_HEAD_BYTES:
        cut += (("dideban_cut_key_bytes", str(len(key or b"")).encode()),)
        key = (key or b"")[:KEY_HEAD_BYTES]
    if _size(None, None, headers) > HEAD_BYTES:
        cut += (("dideban_cut_headers", str(len(headers)).encode()),)
        headers = ()
    return Out(topic, key, (record.value or b"")[:HEAD_BYTES], headers + why + cut)
