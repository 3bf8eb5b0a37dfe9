"""Bad input through Kafka: every kind ends in its named outcome, keeps its bytes, and the worker goes on."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from stream import __version__
from tests.integration.support import Topics, Worker
from tests.integration.texts import article, call, weather

NewWorker = Callable[..., Worker]

LONG = "متن خبر دربارهٔ هوای امروز. "


def plain(**fields: Any) -> bytes:
    """A plain JSON article; NaN and lone surrogates pass."""
    return json.dumps(
        {"id": "9", "outlet": "ایرنا", "title": "خبر", "body": LONG, **fields}, ensure_ascii=False
    ).encode()


BAD: dict[str, tuple[bytes | None, str]] = {
    "not UTF-8": ("آسمان صاف است".encode("utf-16"), "not_utf8"),
    "Persian of an old code page": ("خبر تازه".encode("cp1256"), "not_utf8"),
    "not JSON": ('{"title": "خبر", "body": '.encode(), "not_json"),
    "a title that is a number": (plain(title=5), "wrong_type"),
    "a body that is a list": (plain(body=["یک", "دو"]), "wrong_type"),
    "JSON of unknown fields": (b'{"temperature": 21}', "unknown_form"),
    "JSON that is no object": (b"[1, 2, 3]", "unknown_form"),
    "title and body empty": (plain(title="", body=""), "empty_article"),
    "title and body of blanks": (plain(title=" \u200c", body="\n\t"), "empty_article"),
    "a body over the limit": (plain(body=LONG * 25_000), "too_large"),
    "a nesting bomb": (b'{"title": ' + b"[" * 200_000, "too_deep"),
    "NaN": (b'{"id": "9", "title": "x", "body": "y", "rank": NaN}', "not_finite"),
    "published next year": (plain(published="2099-01-01T00:00:00Z"), "published_in_future"),
    "published in the year 12": (plain(published="0012-01-01T00:00:00Z"), "published_absurd"),
    "published some day": (plain(published="پریروز شاید"), "published_absurd"),
    "a tombstone without a key": (None, "tombstone_without_key"),
    "a page without text": (b"<html><head><title></title></head><body><nav>x</nav></body></html>", "no_text"),
    "nothing at all": (b"", "empty_article"),
}


def test_every_bad_record_is_rejected_by_name_with_all_that_it_came_with(topics: Topics, worker: NewWorker) -> None:
    topics.create("articles", 1)
    running = worker().ready()
    sent = [
        {
            "value": value,
            "key": None if value is None else f"key {number}".encode(),
            "headers": [("trace", f"{number}".encode()), ("empty", b""), ("null", None)],
        }
        for number, (value, _) in enumerate(BAD.values())
    ]
    topics.send("articles", *sent, call(1))
    topics.settle()

    rejected = {int(record.header("dideban_offset")): record for record in topics.read("articles.rejected")}
    outcomes = {name: rejected[number].header("dideban_reason") for number, name in enumerate(BAD)}
    assert outcomes == {name: reason for name, (_, reason) in BAD.items()}
    for number, original in enumerate(sent):
        record = rejected[number]
        nothing = original["value"] is None and original["key"] is None  # no producer of ours can send that
        assert record.value == (b"" if nothing else original["value"])
        assert nothing == (("dideban_value", b"null") in record.headers)
        assert record.key == original["key"]
        assert record.headers[:3] == original["headers"]
        assert record.header("dideban_stage") == "read"
        assert record.header("dideban_detail")
        assert record.header("dideban_topic") == f"{topics.prefix}articles"
        assert record.header("dideban_partition") == "0"
        assert record.header("dideban_time").endswith("Z")
        assert record.header("dideban_version") == __version__
    assert len(topics.read("alerts")) == 1
    assert running.metric('dideban_articles_total{outcome="rejected"}') == len(BAD)
    assert running.metric('dideban_rejected_total{reason="too_deep",stage="read"}') == 1
    assert running.end() == 0


def test_a_tombstone_withdraws_and_an_article_without_id_gets_one(topics: Topics, worker: NewWorker) -> None:
    running = worker().ready()
    nameless = {"value": json.dumps({"title": "آسمان صاف است", "body": LONG}, ensure_ascii=False).encode()}
    topics.send("articles", call(1), nameless)
    topics.settle()
    uri = next(record.json["article"]["uri"] for record in topics.read("articles.tagged") if record.json["mentions"])
    topics.send("articles", {"key": uri.encode(), "value": None})
    topics.settle()

    log = [record.json for record in topics.read("mentions")]
    assert [(entry["kind"], entry["outcome"]) for entry in log if entry["uri"] == uri][-1] == (
        "withdrawal",
        "withdrawn",
    )
    assert [entry["uri"].partition(":")[0] for entry in log if entry["uri"] != uri] == ["digest"]
    gone = [record for record in topics.read("articles.tagged") if record.value is None]
    assert [record.key for record in gone] == [uri.encode()]
    assert [record.json["kind"] for record in topics.read("alerts")] == ["create", "cancel"]
    assert running.metric('dideban_articles_total{outcome="withdrawn"}') == 1


@pytest.mark.parametrize("room", ["roomy", "narrow"])
def test_the_largest_record_that_kafka_let_in_fits_out_again_or_leaves_its_digest(
    topics: Topics, worker: NewWorker, room: str
) -> None:
    topics.create("articles", 1, max_message_bytes="5000000")
    if room == "narrow":
        topics.create("articles.rejected", 1, max_message_bytes="100000")
    running = worker().ready()
    large = b'{"title": "' + b"x" * 4_900_000
    headers = [("trace", b"1")]
    topics.send("articles", {"key": b"k" * 5000, "value": large, "headers": headers}, weather(1))
    topics.settle()
    [record] = topics.read("articles.rejected")
    assert record.header("dideban_reason") == "not_json"
    assert record.headers[0] == headers[0]
    if room == "roomy":
        assert (record.key, record.value) == (b"k" * 5000, large)
    else:
        assert record.value == large[: 16 * 1024]
        assert record.key == b"k" * 1024
        assert record.header("dideban_cut_bytes") == str(len(large))
        assert record.header("dideban_cut_sha256") == hashlib.sha256(large).hexdigest()
        assert record.header("dideban_cut_key_bytes") == "5000"
        assert record.header("dideban_offset") == "0"
        assert any(line["message"].startswith("topic is smaller") for line in running.lines())
    assert topics.ends("mentions") == [1]


def test_an_article_whose_tagged_form_does_not_fit_is_rejected_as_too_large(topics: Topics, worker: NewWorker) -> None:
    topics.create("articles", 1)
    topics.create("articles.tagged", 1, max_message_bytes="20000")
    worker().ready()
    topics.send("articles", article(1, "خبری بسیار بلند", LONG * 400), call(2))
    topics.settle()
    [record] = topics.read("articles.rejected")
    assert (record.header("dideban_stage"), record.header("dideban_reason")) == ("judge", "too_large")
    assert [entry.json["uri"] for entry in topics.read("mentions")] == ["IRNA/2"]
