"""What `replay` sends and when, and what `tail` shows."""

import gzip
import json
from argparse import ArgumentTypeError
from pathlib import Path

import pytest

from stream.__main__ import main
from stream.commands.files import Item, check_name, items
from stream.commands.replay import Pace, Rate, rate
from stream.commands.tail import pretty
from stream.core.records import Evidence, Rejection, Source
from stream.service import codec
from stream.service.codec import Raw
from stream.service.exits import Exit, Stop
from tests.service.fakes import MOMENT, alert, raw


def line(**fields: object) -> bytes:
    """A line of JSON."""
    return json.dumps(
        {"title": "آسمان صاف است", "body": "هوای امروز آفتابی است.", **fields}, ensure_ascii=False
    ).encode()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("200", Rate(per_second=200)),
        ("0.5", Rate(per_second=0.5)),
        ("realtime", Rate(speed=1)),
        ("realtime×60", Rate(speed=60)),
        ("realtime*1.5", Rate(speed=1.5)),
        ("realtimex10", Rate(speed=10)),
        ("max", Rate()),
    ],
)
def test_rates(text: str, wanted: Rate) -> None:
    assert rate(text) == wanted


@pytest.mark.parametrize("text", ["fast", "-1", "0", "realtime×0", "realtime60", ""])
def test_a_rate_that_is_none_says_so(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="neither a number, nor realtime×K, nor max"):
        rate(text)


def test_a_rate_spaces_records_evenly() -> None:
    pace = Pace(Rate(per_second=4), 100.0)
    item = Item("f:1", line(), None, (), None)
    assert [pace.due(item) for _ in range(3)] == [100.0, 100.25, 100.5]


def test_realtime_goes_by_the_publication_times() -> None:
    pace = Pace(Rate(speed=60), 100.0)
    times = ["2026-06-01T12:00:00+03:30", "2026-06-01T12:01:00+03:30", None, "2026-06-01T13:00:00+03:30"]
    due = [pace.due(Item("f", line(published=t) if t else line(), None, (), None)) for t in times]
    assert due == [100.0, 101.0, 101.0, 160.0]


def test_lines_go_out_as_they_are_keyed_by_article(tmp_path: Path) -> None:
    lines = [
        line(uri="u1"),
        line(id="7", outlet="خبرگزاری نمونه"),
        line(url="https://example.org/a"),
        b"{broken",
        b"[]",
    ]
    (tmp_path / "a.jsonl").write_bytes(b"\r\n".join([*lines, b"", b""]))
    with gzip.open(tmp_path / "a.jsonl.gz", "wb") as packed:
        packed.write(b"\n".join(lines))
    for name in ("a.jsonl", "a.jsonl.gz"):
        found = list(items(str(tmp_path / name)))
        assert [item.value for item in found] == lines
        keys = [b"u1", "خبرگزاری نمونه/7".encode(), b"https://example.org/a", None, None]
        assert [item.key for item in found] == keys
        assert found[1].place == f"{tmp_path / name}:2"
        assert {item.headers for item in found} == {(("content-type", b"application/json"),)}


def test_an_outlet_that_the_rulebook_knows_is_keyed_as_the_worker_will(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(line(id="7", outlet="ایرنا"))
    [item] = items(str(tmp_path / "a.jsonl"), {"ایرنا": "IRNA"})
    assert item.key == b"IRNA/7"


def test_a_page_is_one_record_with_its_content_type(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body><h1>هوا</h1><p>هوای امروز تهران آفتابی است.</p></body></html>")
    [item] = items(str(tmp_path / "a.html"))
    assert item.headers == (("content-type", b"text/html; charset=utf-8"),)
    assert item.form == "html"
    assert (item.key or b"").startswith(b"digest:")


def test_files_that_can_not_be_replayed_say_why(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    with pytest.raises(Stop, match="the ending must be") as caught:
        check_name(str(tmp_path / "a.pdf"))
    assert caught.value.code is Exit.USAGE
    with pytest.raises(Stop, match="no such file"):
        check_name(str(tmp_path / "b.jsonl"))
    (tmp_path / "c.jsonl.gz").write_bytes(b"not gzip at all")
    with pytest.raises(Stop, match=r"c\.jsonl\.gz can't be read"):
        list(items(str(tmp_path / "c.jsonl.gz")))


def test_an_alert_is_shown_in_full() -> None:
    source = Source(uri="IRNA/1", version="1", outlet="IRNA", url=None, title="", published=None, evidence=())
    told = alert(
        evidence=(Evidence(start=0, end=5, text="تلفنی"),),
        sources=(source,),
        recipients=("OMN",),
        archive="بایگانی خالی",
    )
    out = codec.cloud_event(told, "alerts", "urn:x")
    shown = pretty(Raw("alerts", 0, 1, MOMENT, out.key, out.value, out.headers)).plain
    for part in (
        "BULLETIN گفت‌وگوی تلفنی",
        "create · contact.call · happened · minor",
        "IRN, SAU → OMN",
        "بایگانی خالی\n",
        "«تلفنی»",
        "IRNA",
    ):
        assert part in shown


def test_other_records_are_shown_in_one_line() -> None:
    rejection = Rejection(stage="read", reason="not_utf8", detail="byte 0")
    out = codec.rejected(raw(b"\xff"), rejection, "articles.rejected", 10_000)
    shown = pretty(Raw("articles.rejected", 0, 1, MOMENT, out.key, out.value, out.headers)).plain
    assert "read: not_utf8  byte 0  \ufffd" in shown
    assert pretty(raw(None)).plain.endswith("null")
    assert pretty(raw(line(body="x" * 900))).plain.endswith(" …")
    assert "\x1b" not in pretty(raw(b"\x1b[2J")).plain  # a terminal would clear its screen


@pytest.mark.parametrize("count", ["0", "-1", "many"])
def test_a_number_of_records_must_be_one(count: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["tail", "alerts", "--count", count])
    assert "no number of records" in capsys.readouterr().err
