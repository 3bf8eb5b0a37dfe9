"""`dideban cluster`: which articles tell of one event."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from stream.__main__ import main

CALL = "کنیا سفیر اوگاندا را احضار کرد."


def article(id_: str, body: str, hour: int, **fields: str) -> dict[str, str]:
    return {"id": id_, "outlet": "ایلنا", "body": body, "published": f"2026-03-04T{hour:02}:00:00+03:30"} | fields


def cluster(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], *given: object, code: int = 0) -> list[Any]:
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"".join((one if isinstance(one, bytes) else orjson.dumps(one)) + b"\n" for one in given))
    assert main(["cluster", str(path)]) == code
    return [orjson.loads(line) for line in capsysbinary.readouterr().out.splitlines()]


def test_articles_of_one_event_have_its_id(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    lines = cluster(
        tmp_path,
        capsysbinary,
        article("a", CALL, 8),
        article("b", "هوا خوب است.", 9),
        article(
            "c",
            "سفیر اوگاندا در نایروبی احضار شد؛ کنیا اعتراض کرد. کنیا سفیر اوگاندا را احضار کرد.",
            10,
            outlet="ایسنا",
        ),
        article("d", "زلزله‌ای به بزرگی ۶ ریشتر ژاپن را لرزاند.", 11),
    )
    assert [line["id"] for line in lines] == ["a", "b", "c", "d"]
    events = [line["events"] for line in lines]
    assert [len(one) for one in events] == [1, 0, 1, 1]
    assert events[0] == events[2] != events[3]


def test_the_same_articles_give_the_same_ids(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    given = [article("a", CALL, 8), article("b", "کنیا سفیر اوگاندا را احضار کرد", 9, outlet="ایسنا")]
    assert cluster(tmp_path, capsysbinary, *given) == cluster(tmp_path, capsysbinary, *given)


def test_what_cannot_be_read_has_no_event_and_is_named(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (line, _) = cluster(tmp_path, capsysbinary, b'{"id": 1', article("a", CALL, 8), code=1)
    assert line["events"] == []
    assert line["rejected"]["reason"] == "not_json"


def test_wrong_use(tmp_path: Path) -> None:
    assert main(["cluster", str(tmp_path / "none.jsonl")]) == 2
