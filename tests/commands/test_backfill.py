"""`dideban backfill --dry-run`: what an archive would tell the ledger, without Kafka."""

from pathlib import Path

import orjson
import pytest

from stream.__main__ import main


def archive(folder: Path, *lines: object) -> str:
    path = folder / "archive.jsonl"
    path.write_bytes(b"".join((one if isinstance(one, bytes) else orjson.dumps(one)) + b"\n" for one in lines))
    return str(path)


def article(number: int, day: int, body: str = "هوای بیشتر شهرها آفتابی است.") -> dict[str, str]:
    published = f"2026-03-{day:02}T10:00:00+03:30"
    return {"id": str(number), "outlet": "ایلنا", "title": body, "body": body, "published": published}


def test_a_dry_run_prints_the_contacts_and_what_is_covered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    days = [article(100 * day + n, day) for day in (1, 2, 5) for n in range(25)]
    call = article(1, 2, "وزیران خارجه کنیا و اوگاندا تلفنی گفت‌وگو کردند.")
    assert main(["backfill", "--dry-run", archive(tmp_path, *days, call, article(2, 9))]) == 0
    out, err = capsys.readouterr()
    (contact,) = (orjson.loads(line) for line in out.splitlines())
    assert (contact["type"], contact["day"], contact["actors"]) == ("contact.call", "2026-03-02", ["KEN", "UGA"])
    assert err.splitlines() == [
        "77 articles of 1 outlets, 0 rejected",
        "contacts: contact.call 1; 1 pairs by kind",
        "days seen: 3, days with too few articles: 1",
        "  2026-03-01 to 2026-03-02",
        "  2026-03-05 to 2026-03-05",
        "gaps between them: 1, 2 days",
    ]


def test_what_cannot_be_read_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backfill", "--dry-run", archive(tmp_path, b'{"id": 1', article(1, 1))]) == 1
    err = capsys.readouterr().err
    assert "archive.jsonl:1: rejected: not_json" in err
    assert "1 articles of 1 outlets, 1 rejected" in err


def test_wrong_use(tmp_path: Path) -> None:
    assert main(["backfill", "--dry-run", str(tmp_path / "none.jsonl")]) == 2
