"""Bytes and records: the same record gives the same bytes, nothing that came in is lost on the way out."""

import hashlib
import json
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from stream import __version__
from stream.core.records import Mentions, Origin, Rejection
from stream.service import codec
from tests.service.fakes import MOMENT, alert, raw

BAD = Rejection(stage="read", reason="not_json", detail="line 1: «{»")


def headers(out: codec.Out) -> dict[str, bytes | None]:
    """The headers of a record; the last of a name counts."""
    return dict(out.headers)


def test_records_of_faust_and_of_aiokafka_become_the_same() -> None:
    message = {"topic": "articles", "partition": 2, "offset": 9, "key": b"k", "value": None}
    faust = SimpleNamespace(**message, timestamp=1780306200.25, headers={"a": b"1"})
    aiokafka = SimpleNamespace(**message, timestamp=1780306200250, headers=(("a", b"1"),))
    assert codec.raw(faust) == codec.raw(aiokafka, ticks=1000)
    assert codec.raw(faust).received == datetime(2026, 6, 1, 9, 30, 0, 250000, tzinfo=UTC)


@pytest.mark.parametrize("stamp", [None, -1, -0.001])
def test_a_record_without_a_time_arrived_now(stamp: float | None) -> None:
    message = SimpleNamespace(topic="t", partition=0, offset=0, key=None, value=b"", timestamp=stamp, headers=None)
    before = datetime.now(UTC)
    assert before <= codec.raw(message).received <= datetime.now(UTC)


def test_the_core_sees_a_null_header_as_empty() -> None:
    record = raw(b"x")._replace(headers=(("a", None), ("b", b"1")))
    assert codec.incoming(record).headers == (("a", b""), ("b", b"1"))


def test_a_record_of_the_log_comes_back_as_it_was_with_persian_unescaped() -> None:
    source = Origin(topic="articles", partition=0, offset=1, received=MOMENT)
    record = Mentions(uri="irna/1", title="گفت‌وگوی تلفنی", origin=source)
    data = codec.encode(record)
    assert codec.decode_entry(raw(data)) == record
    assert "گفت‌وگوی تلفنی".encode() in data
    assert codec.encode(record) == data


def test_a_signature_is_that_of_the_letters() -> None:
    assert codec.signature("تهران، ایرنا - آسمان صاف است.") == codec.signature("تهران ایرنا\nآسمان  صاف\u200c است")
    assert codec.signature("تحريم‌هاي «تازه» در ۲۴ ساعت") == codec.signature(
        "تحریم های تازه در 24 ساعت!"
    )  # other keyboards
    assert codec.signature("آسمان صاف است") != codec.signature("آسمان ابری است")


def test_an_alert_is_a_cloud_event_of_the_records_own_time() -> None:
    out = codec.cloud_event(alert(), "alerts", "urn:dideban:test")
    assert out.key == b"event1"
    assert headers(out) == {
        "ce_specversion": b"1.0",
        "ce_id": b"id1",
        "ce_source": b"urn:dideban:test",
        "ce_type": b"dideban.alert.create",
        "ce_time": b"2026-06-01T09:30:00Z",
        "ce_subject": b"event1",
        "ce_dataschema": b"urn:dideban:schema:alert:1",
        "content-type": b"application/json",
    }
    assert codec.cloud_event(alert(), "alerts", "urn:dideban:test") == out


def test_a_rejected_record_keeps_bytes_key_and_headers_and_says_why() -> None:
    out = codec.rejected(raw(b"\xff{", offset=3), BAD, "articles.rejected", 10_000)
    assert (out.topic, out.key, out.value) == ("articles.rejected", b"irna/1", b"\xff{")
    assert out.headers[0] == ("trace", b"7")
    assert headers(out) == {
        "trace": b"7",
        "dideban_stage": b"read",
        "dideban_reason": b"not_json",
        "dideban_detail": "line 1: «{»".encode(),
        "dideban_topic": b"articles",
        "dideban_partition": b"0",
        "dideban_offset": b"3",
        "dideban_time": b"2026-06-01T09:30:03Z",
        "dideban_version": __version__.encode(),
    }


def test_what_was_rejected_before_keeps_its_first_reason_and_the_new_one_counts() -> None:
    first = codec.rejected(raw(b"x"), BAD, "articles.rejected", 10_000)
    again = codec.rejected(raw(b"x")._replace(headers=first.headers), BAD, "articles.rejected", 10_000, "decide")
    stages = [value for name, value in again.headers if name == "dideban_stage"]
    assert stages == [b"read", b"decide"]


def test_a_record_too_large_to_be_rejected_whole_leaves_head_digest_and_place() -> None:
    record = raw(b"x" * 90_000, key=b"k" * 3000)._replace(headers=(("a", b"y" * 20_000), ("b", b"z")))
    out = codec.rejected(record, BAD, "articles.rejected", 40_000)
    assert out.size <= 40_000
    assert out.value == b"x" * codec.HEAD_BYTES
    assert out.key == b"k" * codec.KEY_HEAD_BYTES
    found = headers(out)
    assert found["dideban_cut_bytes"] == b"90000"
    assert found["dideban_cut_sha256"] == hashlib.sha256(b"x" * 90_000).hexdigest().encode()
    assert found["dideban_cut_key_bytes"] == b"3000"
    assert found["dideban_cut_headers"] == b"2"
    assert found["dideban_offset"] == b"0"
    assert "a" not in found


def test_a_record_of_nothing_says_that_its_value_was_null() -> None:
    out = codec.rejected(raw(None, key=None), BAD, "articles.rejected", 10_000)
    assert (out.key, out.value) == (None, b"")
    assert headers(out)["dideban_value"] == b"null"


def test_a_long_detail_is_cut_and_stays_whole_letters_or_is_replaced() -> None:
    long = Rejection(stage="read", reason="wrong_type", detail="خ" * 5000)
    detail = headers(codec.rejected(raw(b"x"), long, "articles.rejected", 10_000))["dideban_detail"]
    assert detail == ("خ" * 1000).encode()


def test_alert_data_is_json_of_the_record() -> None:
    data = json.loads(codec.cloud_event(alert(), "alerts", "urn:x").value or b"")
    assert data["actors"] == ["IRN", "SAU"]
    assert data["received"] == "2026-06-01T09:30:00Z"
