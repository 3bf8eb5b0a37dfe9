"""The two agents' work, without Faust: a Kafka record in, records out, all awaited.

Reader: articles → read → judge → `articles.tagged` and one record of the log `mentions`, or `articles.rejected`.
Decider (state.py): mentions → machine → `alerts` and `alerts.<desk>`, or `agenda` for what is planned.

Every outcome has a name. What fails is rejected as `internal_error` with its bytes kept; a send that fails is not an
outcome, it ends the process (app.py) before the record can be committed.
"""

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from stream.core.agenda import Agenda
from stream.core.book import Book
from stream.core.judge import judge
from stream.core.machine import Decisions
from stream.core.read import read
from stream.core.records import Alert, Article, Hold, Judgement, Limits, Rejection, Withdrawal
from stream.service import codec, logs
from stream.service.codec import Out, Raw
from stream.service.metrics import Metrics
from stream.service.sender import SendFailed

log = logs.get(__name__)

Stage = str
JSON: codec.Headers = (("content-type", codec.CONTENT_TYPE),)


class SenderLike(Protocol):
    """`stream.service.sender.Sender`."""

    async def send(self, *records: Out) -> None: ...

    async def begin(self, *records: Out) -> Awaitable[None]: ...


@dataclass(frozen=True)
class Names:
    """Full topic names, and how large a record each of them takes (bytes)."""

    articles: str
    tagged: str
    rejected: str
    mentions: str
    alerts: str
    agenda: str
    desks: dict[str, str]
    limits: dict[str, int]


@dataclass(frozen=True)
class Outcome:
    """What one article record led to: what to send, and what to count."""

    name: str
    outs: tuple[Out, ...]
    judgement: Judgement | None = None
    rejection: Rejection | None = None


class Reader:
    """The first agent: all that needs only the article."""

    def __init__(self, book: Book, limits: Limits, names: Names, sender: SenderLike, metrics: Metrics) -> None:
        self._book = book
        self._limits = limits
        self._names = names
        self._sender = sender
        self._metrics = metrics

    async def begin(self, record: Raw) -> Awaitable[None]:
        """Read and judge one record of `articles` and hand on what came of it; what comes back waits for the acks.

        So the next article is judged while the broker answers for this one. Both raise SendFailed.
        """
        outcome = self.judge(record)
        try:
            acknowledged = await self._sender.begin(*outcome.outs)
        except SendFailed:
            raise
        except Exception as error:
            # the producer refuses what we made of it: without this, the record would end every worker that reads it
            log.exception("internal_error", stage="send", **place(record))
            refused = Rejection(stage="judge", reason="internal_error", detail=f"{type(error).__name__}: {error}")
            outcome = self._rejected(record, refused, "send")
            acknowledged = await self._sender.begin(*outcome.outs)
        return self._finish(record, outcome, acknowledged)

    async def _finish(self, record: Raw, outcome: Outcome, acknowledged: Awaitable[None]) -> None:
        with self._metrics.time("send"):
            await acknowledged
        self._count(outcome, record)

    def judge(self, record: Raw) -> Outcome:
        """The outcome of one record, before anything is sent. Raises nothing."""
        stage: Stage = "read"
        try:
            with self._metrics.time("read"):
                result = read(codec.incoming(record), self._limits, self._book.outlet_names)
            if isinstance(result, Rejection):
                return self._rejected(record, result)
            if isinstance(result, Withdrawal):
                return self._withdrawn(record, result)
            stage = "judge"
            return self._judged(record, result)
        except Exception as error:
            log.exception("internal_error", stage=stage, **place(record))
            detail = f"{type(error).__name__}: {error}"
            return self._rejected(record, Rejection(stage="read", reason="internal_error", detail=detail), stage)

    def _judged(self, record: Raw, article: Article) -> Outcome:
        with self._metrics.time("judge"):
            judgement = judge(article, self._book)
        source = codec.origin(record)
        key = article.uri.encode()
        outs = (
            Out(self._names.tagged, key, codec.encode(codec.tagged(judgement, self._book.digest, source)), JSON),
            Out(self._names.mentions, key, codec.encode(codec.mentions(judgement, self._book.digest, source)), JSON),
        )
        for out in outs:
            if out.size > self._names.limits[out.topic]:
                detail = (
                    f"its record for {out.topic} has {out.size} bytes; the topic takes {self._names.limits[out.topic]}"
                )
                return self._rejected(
                    record, Rejection(stage="judge", reason="too_large", detail=detail, uri=article.uri)
                )
        return Outcome(judgement.outcome, outs, judgement)

    def _withdrawn(self, record: Raw, withdrawal: Withdrawal) -> Outcome:
        entry = codec.withdrawn(withdrawal, self._book.digest, codec.origin(record))
        key = withdrawal.uri.encode()
        outs = (Out(self._names.tagged, key, None), Out(self._names.mentions, key, codec.encode(entry), JSON))
        return Outcome("withdrawn", outs)

    def _rejected(self, record: Raw, rejection: Rejection, stage: Stage | None = None) -> Outcome:
        limit = self._names.limits[self._names.rejected]
        out = codec.rejected(record, rejection, self._names.rejected, limit, stage)
        return Outcome("rejected", (out,), rejection=rejection)

    def _count(self, outcome: Outcome, record: Raw) -> None:
        metrics = self._metrics
        metrics.articles.labels(outcome.name).inc()
        if outcome.rejection is not None:
            metrics.rejected.labels(header(outcome.outs[0], "dideban_stage"), outcome.rejection.reason).inc()
            if outcome.rejection.reason != "internal_error":
                log.info("rejected", reason=outcome.rejection.reason, detail=outcome.rejection.detail, **place(record))
        if outcome.judgement is None:
            return
        article = outcome.judgement.article
        if outcome.name == "unsupported_language":
            metrics.languages.labels(article.language, metrics.outlet(article.outlet)).inc()
        for mention in outcome.judgement.mentions:
            metrics.mentions.labels(mention.type, mention.status, mention.time).inc()
        for miss in outcome.judgement.misses:
            metrics.misses.labels(miss.reason).inc()
        if article.published_precision in ("second", "minute"):
            waited = (record.received - article.published).total_seconds()
            metrics.published_received.observe(max(waited, 0.0))


class Teller:
    """The second agent's mouth: sends the decisions of one record of the log."""

    def __init__(self, names: Names, source: str, sender: SenderLike, metrics: Metrics) -> None:
        self._names = names
        self._source = source
        self._sender = sender
        self._metrics = metrics

    async def send(self, record: Raw, decisions: Decisions) -> None:
        """Send every alert to `alerts` and to its desks, plans to `agenda`, count the holds. Raises SendFailed."""
        outs: list[Out] = []
        for decision in decisions:
            if isinstance(decision, Alert):
                event = codec.cloud_event(decision, self._names.alerts, self._source)
                desks = decision.desks or (decision.desk,)
                outs += [event, *(event._replace(topic=self._names.desks[desk]) for desk in desks)]
            elif isinstance(decision, Agenda):
                outs.append(codec.agenda_event(decision, self._names.agenda, self._source))
        if outs:
            await self._sender.send(*outs)
        for decision in decisions:
            if isinstance(decision, Hold):
                self._metrics.holds.labels(decision.reason).inc()
                continue
            if isinstance(decision, Agenda):
                self._metrics.agenda.labels(decision.type, decision.kind).inc()
                continue
            self._metrics.alerts.labels(decision.type, decision.severity).inc()
            age = (datetime.now(UTC) - decision.received).total_seconds()
            self._metrics.received_alert.observe(max(age, 0.0))
            log.info("alert", id=decision.id, type=decision.type, line=decision.line, offset=record.offset)

    async def report(self, record: Raw, error: Exception) -> None:
        """Reject a record of the log that can't be decided. Raises SendFailed."""
        rejection = Rejection(stage="judge", reason="internal_error", detail=f"{type(error).__name__}: {error}")
        limit = self._names.limits[self._names.rejected]
        await self._sender.send(codec.rejected(record, rejection, self._names.rejected, limit, "decide"))
        self._metrics.rejected.labels("decide", rejection.reason).inc()


def header(out: Out, name: str) -> str:
    """The last value of a header, as text."""
    return next(value.decode() for key, value in reversed(out.headers) if key == name and value is not None)


def place(record: Raw) -> dict[str, object]:
    """Where a record lies, for a log line."""
    return {"topic": record.topic, "partition": record.partition, "offset": record.offset}
