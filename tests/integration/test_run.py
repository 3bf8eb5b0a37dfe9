"""The worker on a real Kafka: one alert an event, whatever comes again, is killed or is of the wrong shape."""

import signal
from collections.abc import Callable

import jsonschema
import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event

from stream.commands.schemas import schema
from tests.integration.support import Record, Topics, Worker, until
from tests.integration.texts import article, call, weather

NewWorker = Callable[..., Worker]
DESK = "alerts.diplomacy"


def ids(messages: list[Record]) -> list[str]:
    """The ids of alerts, in order."""
    return [message.header("ce_id") for message in messages]


def test_one_article_gives_one_alert_and_one_on_its_desk_and_repeats_give_none(
    topics: Topics, worker: NewWorker
) -> None:
    running = worker().ready()
    topics.send("articles", call(1))
    topics.settle()
    [alert], [on_desk] = topics.read("alerts"), topics.read(DESK)
    assert alert.value == on_desk.value
    assert alert.headers == on_desk.headers
    assert alert.json["type"] == "contact.call"

    topics.send("articles", call(1), call(1), call(1))
    topics.settle()
    assert topics.ends("alerts") == [1]
    assert topics.ends(DESK) == [1]
    assert running.metric('dideban_articles_total{outcome="judged"}') == 4
    assert running.metric('dideban_alerts_total{severity="moderate",type="contact.call"}') == 1
    assert running.end() == 0


def test_alerts_are_valid_cloud_events_for_a_client_that_is_not_ours(topics: Topics, worker: NewWorker) -> None:
    worker().ready()
    topics.send("articles", call(1))
    topics.settle()
    [message] = topics.read("alerts")
    event = from_binary_event(
        KafkaMessage(
            headers={name: value or b"" for name, value in message.headers}, key=message.key, value=message.value or b""
        )
    )
    data = message.json
    assert event.get_data() == data
    assert event.get_type() == "dideban.alert.create"
    assert event.get_id() == data["id"]
    assert event.get_subject() == data["event"] == (message.key or b"").decode()
    assert event.get_datacontenttype() == "application/json"
    assert event.get_dataschema() == schema("alert")["$id"]
    assert event.get_time() is not None
    jsonschema.Draft202012Validator(schema("alert")).validate(data)
    assert "گفت‌وگوی تلفنی" in (message.value or b"").decode()


def test_every_article_version_has_its_record_in_the_log_and_among_the_tagged(
    topics: Topics, worker: NewWorker
) -> None:
    running = worker().ready()
    english = "The weather office says that it will be sunny in the city over the next few days, with light winds."
    topics.send("articles", call(1), weather(2), article(3, "Sunny days ahead in the city", english))
    topics.settle()
    log = {m["uri"]: m for m in (message.json for message in topics.read("mentions"))}
    tagged = {m["article"]["uri"]: m for m in (message.json for message in topics.read("articles.tagged"))}
    assert log.keys() == tagged.keys()
    assert sorted((m["outcome"], len(m["mentions"])) for m in log.values()) == [
        ("judged", 0),
        ("judged", 1),
        ("unsupported_language", 0),
    ]
    for name, found in (("mentions", log), ("tagged", tagged)):
        validator = jsonschema.Draft202012Validator(schema(name))
        for record in found.values():
            validator.validate(record)
    assert all(m["origin"]["topic"] == f"{topics.prefix}articles" for m in log.values())
    assert running.metric('dideban_articles_by_language_total{language="en",outlet="IRNA"}') == 1


def test_a_worker_killed_in_the_middle_loses_nothing_and_gives_no_second_alert_id(
    topics: Topics, worker: NewWorker
) -> None:
    pairs = [("ایران", other) for other in ("عربستان سعودی", "عراق", "ترکیه", "قطر", "عمان", "روسیه", "چین", "هند")]
    articles = [call(f"c{number}", *pair) for number, pair in enumerate(pairs)]
    filler = [weather(f"w{number}") for number in range(600)]
    mixed = [
        record
        for number, record in enumerate(filler)
        for record in (record, *articles[number // 60 :][: number % 60 == 0])
    ]
    topics.create("articles", 4)
    topics.send("articles", *mixed)
    # the first worker commits nothing, so that the second one does all again; it is killed in the middle of that
    first = worker(INSTANCE="one", COMMIT_INTERVAL="60").start()
    first.until("the log has begun", lambda: sum(topics.ends("mentions")) > 100)
    first.end(signal.SIGKILL)
    assert sum(topics.committed("articles")) == 0
    before = sum(topics.ends("mentions"))
    second = worker(INSTANCE="one").start()
    second.until("the log goes on", lambda: sum(topics.ends("mentions")) > before + 100)
    second.end(signal.SIGKILL)

    worker(INSTANCE="one").ready()
    topics.settle()
    assert topics.ends("mentions") > [len(mixed)]
    events = {message.json["event"] for message in topics.read("alerts")}
    assert len(events) == len(pairs)
    assert len(set(ids(topics.read("alerts")))) == len(pairs)
    assert set(ids(topics.read("alerts"))) == set(ids(topics.read(DESK)))
    uris = {message.json["uri"] for message in topics.read("mentions")}
    assert len(uris) == len(mixed)


def test_a_graceful_stop_commits_what_is_done(topics: Topics, worker: NewWorker) -> None:
    running = worker(COMMIT_INTERVAL="30").ready()
    topics.send("articles", *(weather(number) for number in range(20)))
    until("all is handled", lambda: running.metric("dideban_log_applied_offset") == 19)
    assert sum(topics.committed("articles")) < 20
    assert running.end(signal.SIGINT) == 0
    assert sum(topics.committed("articles")) == 20
    assert topics.committed("mentions") == [20]


def test_a_restarted_worker_rebuilds_its_state_and_knows_a_repeat(topics: Topics, worker: NewWorker) -> None:
    worker(INSTANCE="one").ready()
    topics.send("articles", call(1))
    topics.settle()
    second = worker(INSTANCE="two").ready()
    until("both workers are in the group", lambda: second.metric("dideban_rebalances_total") >= 1)
    topics.send("articles", call(2, published="2026-11-25T10:00:00+03:30"), call(1))
    topics.settle()
    alerts = [message.json for message in topics.read("alerts")]
    assert len({alert["event"] for alert in alerts}) == 1
    assert sum(alert["kind"] == "create" for alert in alerts) == 1


def test_existing_articles_are_taken_as_they_are(topics: Topics, worker: NewWorker) -> None:
    topics.create("articles", 7)
    running = worker().ready()
    topics.send("articles", *(weather(number) for number in range(30)))
    topics.settle()
    assert topics.partitions("articles") == 7
    assert sum(topics.ends("mentions")) == 30
    lags = [
        running.metric(f'dideban_consumer_lag_messages{{partition="{n}",topic="{topics.prefix}articles"}}')
        for n in range(7)
    ]
    assert lags == [0.0] * 7


def test_a_log_of_two_partitions_is_refused_in_one_sentence(topics: Topics, worker: NewWorker) -> None:
    topics.create("mentions", 2)
    refused = worker().start()
    assert refused.wait() == 4
    [said] = [line for line in refused.lines() if line["level"] == "critical"]
    assert said["message"] == "wrong_topic"
    assert f"{topics.prefix}mentions has 2 partitions but must have exactly one" in said["detail"]


def test_a_failed_send_ends_the_worker_before_the_commit_and_the_article_comes_again(
    topics: Topics, worker: NewWorker
) -> None:
    failing = worker(INSTANCE="one").ready()
    topics.configure("articles.tagged", max_message_bytes="300")
    topics.send("articles", call(1))
    assert failing.wait() == 71
    assert sum(topics.committed("articles")) == 0
    topics.configure("articles.tagged", max_message_bytes="3000000")
    worker(INSTANCE="one").ready()
    topics.settle()
    assert len(set(ids(topics.read("alerts")))) == 1


def test_a_worker_that_waits_for_its_broker_can_be_stopped(topics: Topics, worker: NewWorker) -> None:
    waiting = worker(BROKER="127.0.0.1:1", BROKER_WAIT="300").start()
    until("it has begun", waiting.lines)
    assert waiting.end(signal.SIGTERM) == 0


def test_pages(topics: Topics, worker: NewWorker) -> None:
    running = worker().ready()
    assert running.page("/livez") == (200, "ok\n")
    assert running.page("/readyz") == (200, "ok\n")
    status, text = running.page("/metrics")
    assert status == 200
    for name in ("dideban_build_info", "dideban_stage_seconds", "dideban_received_alert_seconds", "dideban_rebalances"):
        assert f"# HELP {name}" in text
    assert running.metric("dideban_ready") == 1


@pytest.mark.parametrize(
    ("settings", "code", "said"),
    [
        ({"BROKER": "127.0.0.1:1", "BROKER_WAIT": "0.5"}, 3, "No Kafka broker answers at 127.0.0.1:1"),
        ({"BROKRE": "127.0.0.1:1"}, 2, "DIDEBAN_BROKRE is no setting of Dideban; did you mean DIDEBAN_BROKER?"),
        ({"BROKER": "kafka"}, 2, "DIDEBAN_BROKER: 'kafka' is not host:port"),
    ],
)
def test_a_wrong_start_ends_with_its_code(
    topics: Topics, worker: NewWorker, settings: dict[str, str], code: int, said: str
) -> None:
    refused = worker(**settings).start()
    assert refused.wait() == code
    assert said in refused.log()
