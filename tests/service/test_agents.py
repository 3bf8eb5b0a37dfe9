"""The first agent's outcomes and the second agent's mouth, on fakes of Kafka and the real core."""

import json
from datetime import timedelta
from typing import Any

import jsonschema
import pytest

from stream.commands import schemas
from stream.core.agenda import Agenda
from stream.core.records import Hold, Limits
from stream.rulebook_reader import load
from stream.service import agents
from stream.service.agents import Names, Reader, Teller
from stream.service.codec import Raw
from stream.service.metrics import Metrics
from stream.service.sender import SendFailed
from tests.service.fakes import MOMENT, Producer, alert, entry, raw

BOOK = load()
OUTLET = BOOK.outlet_names["ایرنا"]
NAMES = Names(
    articles="articles",
    tagged="articles.tagged",
    rejected="articles.rejected",
    mentions="mentions",
    alerts="alerts",
    desks={"diplomacy": "alerts.diplomacy"},
    agenda="agenda",
    limits=dict.fromkeys(("articles", "articles.tagged", "articles.rejected", "mentions"), 1_000_000),
)
QUIET = "سازمان هواشناسی اعلام کرد آسمان بیشتر شهرها در روزهای آینده صاف و آفتابی خواهد بود."


def article(**fields: Any) -> bytes:
    """A plain article in JSON."""
    plain = {"id": "1", "outlet": "ایرنا", "title": "هوای آفتابی", "body": QUIET, **fields}
    return json.dumps(plain, ensure_ascii=False).encode()


def reader(producer: Producer, metrics: Metrics | None = None, **limits: int) -> Reader:
    """The first agent with the shipped rulebook; `limits` of the topics replace those of NAMES."""
    names = Names(**{**vars(NAMES), "limits": {**NAMES.limits, **{k.replace("_", "."): v for k, v in limits.items()}}})
    known = frozenset(BOOK.outlet_names.values())
    return Reader(BOOK, Limits(), names, producer, metrics or Metrics(known))


async def handle(it: Reader, record: Raw) -> None:
    """Both halves of the work."""
    await (await it.begin(record))


def sample(metrics: Metrics, name: str, **labels: str) -> float:
    """The value of a metric."""
    return metrics.registry.get_sample_value(name, labels) or 0.0


async def test_an_article_goes_to_the_tagged_and_to_the_log_under_its_uri() -> None:
    producer, metrics = Producer(), Metrics(frozenset({OUTLET}))
    await handle(reader(producer, metrics), raw(article(published="2026-06-01T12:59:30+03:30"), offset=4))
    uri = f"{OUTLET}/1".encode()
    assert [(out.topic, out.key) for out in producer.sent] == [("articles.tagged", uri), ("mentions", uri)]
    tagged, log = (json.loads(out.value or b"") for out in producer.sent)
    assert tagged["article"]["body"] == QUIET
    assert tagged["rulebook"] == log["rulebook"] == BOOK.digest
    assert log["origin"] == {"topic": "articles", "partition": 0, "offset": 4, "received": "2026-06-01T09:30:04Z"}
    assert len(log["signature"]) == 32
    assert sample(metrics, "dideban_articles_total", outcome="judged") == 1
    assert sample(metrics, "dideban_published_received_seconds_sum") == 34


async def test_a_language_that_the_rules_do_not_read_is_counted_by_outlet() -> None:
    producer, metrics = Producer(), Metrics(frozenset({OUTLET}))
    english = "The weather office says that it will be sunny in the city over the next few days, with light winds."
    await handle(reader(producer, metrics), raw(article(title="Sunny days ahead in the city", body=english)))
    assert json.loads(producer.sent[1].value or b"")["outcome"] == "unsupported_language"
    assert sample(metrics, "dideban_articles_by_language_total", language="en", outlet=OUTLET) == 1


async def test_a_tombstone_goes_on_and_into_the_log() -> None:
    producer = Producer()
    await handle(reader(producer), raw(None, key=b"irna/1"))
    tagged, log = producer.sent
    assert (tagged.topic, tagged.key, tagged.value) == ("articles.tagged", b"irna/1", None)
    assert json.loads(log.value or b"")["kind"] == "withdrawal"


async def test_what_can_not_be_read_is_rejected_and_counted() -> None:
    producer, metrics = Producer(), Metrics()
    await handle(reader(producer, metrics), raw(b"\xff\xfe"))
    assert [out.topic for out in producer.sent] == ["articles.rejected"]
    assert sample(metrics, "dideban_rejected_total", stage="read", reason="not_utf8") == 1
    assert sample(metrics, "dideban_articles_total", outcome="rejected") == 1


async def test_a_defect_of_ours_is_an_internal_error_with_the_bytes_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(agents, "judge", broken)
    producer, metrics = Producer(), Metrics()
    await handle(reader(producer, metrics), raw(article()))
    [out] = producer.sent
    assert out.value == article()
    assert dict(out.headers)["dideban_detail"] == b"ZeroDivisionError: oh"
    assert sample(metrics, "dideban_rejected_total", stage="judge", reason="internal_error") == 1


async def test_what_the_producer_refuses_is_an_internal_error_and_not_the_end_of_every_worker() -> None:
    producer, metrics = Producer(refuse="mentions"), Metrics()
    await handle(reader(producer, metrics), raw(article()))
    assert producer.sent[-1].topic == "articles.rejected"
    assert sample(metrics, "dideban_rejected_total", stage="send", reason="internal_error") == 1


async def test_a_record_that_does_not_fit_its_topic_is_rejected_before_anything_is_sent() -> None:
    producer = Producer()
    await handle(reader(producer, articles_tagged=500), raw(article()))
    [out] = producer.sent
    assert dict(out.headers)["dideban_reason"] == b"too_large"
    assert dict(out.headers)["dideban_stage"] == b"judge"


async def test_a_send_that_fails_is_raised_and_nothing_is_counted() -> None:
    metrics = Metrics()
    with pytest.raises(SendFailed, match="mentions: TimeoutError"):
        await handle(reader(Producer(fail="mentions"), metrics), raw(article()))
    assert sample(metrics, "dideban_articles_total", outcome="judged") == 0


async def test_alerts_go_out_twice_and_holds_are_counted() -> None:
    producer, metrics = Producer(), Metrics()
    teller = Teller(NAMES, "urn:dideban:test", producer, metrics)
    await teller.send(entry(5), (alert(1), Hold(reason="no_mention"), alert(2, received=MOMENT + timedelta(days=9999))))
    assert [out.topic for out in producer.sent] == ["alerts", "alerts.diplomacy"] * 2
    assert producer.sent[0][1:] == producer.sent[1][1:]
    assert sample(metrics, "dideban_alerts_total", type="contact.call", severity="minor") == 2
    assert sample(metrics, "dideban_holds_total", reason="no_mention") == 1
    assert sample(metrics, "dideban_received_alert_seconds_count") == 2


async def test_what_is_planned_goes_to_the_agenda_alone() -> None:
    producer, metrics = Producer(), Metrics()
    plan = Agenda(
        id="a1",
        plan="p1",
        kind="create",
        desk="diplomacy",
        type="contact.meeting",
        text="x",
        day="2026-06-05",
        received=MOMENT,
    )
    await Teller(NAMES, "urn:dideban:test", producer, metrics).send(entry(5), (plan,))
    [out] = producer.sent
    found = dict(out.headers)
    assert (out.topic, out.key, found["ce_type"], found["ce_id"]) == ("agenda", b"p1", b"dideban.agenda.create", b"a1")
    assert found["ce_dataschema"] == b"urn:dideban:schema:agenda:1"
    assert sample(metrics, "dideban_agenda_total", type="contact.meeting", kind="create") == 1
    jsonschema.Draft202012Validator(schemas.schema("agenda")).validate(json.loads(out.value or b""))


async def test_nothing_decided_sends_nothing() -> None:
    producer = Producer()
    await Teller(NAMES, "urn:dideban:test", producer, Metrics()).send(entry(5), ())
    assert producer.sent == []


async def test_a_record_of_the_log_that_can_not_be_decided_is_rejected_from_there() -> None:
    producer, metrics = Producer(), Metrics()
    await Teller(NAMES, "urn:dideban:test", producer, metrics).report(entry(5), KeyError("x"))
    [out] = producer.sent
    found = dict(out.headers)
    assert (found["dideban_stage"], found["dideban_reason"]) == (b"decide", b"internal_error")
    assert (found["dideban_topic"], found["dideban_offset"]) == (b"mentions", b"5")
    assert sample(metrics, "dideban_rejected_total", stage="decide", reason="internal_error") == 1
