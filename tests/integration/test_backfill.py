"""An archive on a real Kafka: `dideban backfill`, and what becomes of claims to be the first in alerts that come after it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.integration.support import Topics, Worker
from tests.integration.test_commands import dideban
from tests.integration.texts import article, call

DAYS = (*(f"2022-02-{n}" for n in range(20, 29)), *(f"2022-03-{n:02}" for n in range(1, 10)))


def first(number: str, one: str, other: str) -> dict[str, Any]:
    """A call that is said to be the first since the war began, on the tenth of March."""
    title = f"نخستین تماس تلفنی وزیران خارجه {one} و {other} از آغاز جنگ اوکراین"
    body = f"وزیران امور خارجه {one} و {other} امروز برای نخستین بار از آغاز جنگ اوکراین تلفنی گفت‌وگو کردند."
    return article(number, title, body, published="2022-03-10T12:00:00+03:30")


def archive(path: Path) -> str:
    """Enough articles of every day, and among them a call of Turkey and Qatar after the war began."""
    lines = [
        article(f"{day}-{n}", f"هوای روز {n}", "آسمان بیشتر شهرها صاف است.", published=f"{day}T09:00:00+03:30")
        for day in DAYS
        for n in range(20)
    ]
    lines.append(call("old", "ترکیه", "قطر", published="2022-02-27T10:00:00+03:30"))
    path.write_bytes(b"\n".join(line["value"] for line in lines))
    return str(path)


def test_claims_are_checked_against_what_an_archive_brought(
    topics: Topics, worker: Callable[..., Worker], tmp_path: Path
) -> None:
    running = worker().ready()
    given = archive(tmp_path / "archive.jsonl")
    for _ in range(2):  # the second time counts nothing
        sent = dideban(topics, "backfill", given)
        assert sent.returncode == 0, sent.stderr
        assert "contacts: contact.call 1; 1 pairs by kind" in sent.stderr
        assert "days seen: 18, days with too few articles: 0\n  2022-02-20 to 2022-03-09\n" in sent.stderr
    topics.settle()
    assert [record.json["kind"] for record in topics.read("mentions")] == ["history"] * 4
    assert running.metric('dideban_holds_total{reason="history_known"}') == 2
    assert sum(topics.ends("alerts")) == 0  # no alert comes of an archive

    topics.send("articles", first("new", "ایران", "عربستان"), first("again", "ترکیه", "قطر"))
    running.until("both are told", lambda: sum(topics.ends("alerts")) == 2)
    alerts = {tuple(sorted(record.json["actors"])): record.json for record in topics.read("alerts")}
    new, again = alerts["IRN", "SAU"], alerts["QAT", "TUR"]

    assert new["first_check"]["result"] == "none_known"
    assert (new["first_check"]["since"], new["first_check"]["begins"]) == ("2022-02-24", "2022-02-20")
    assert new["archive"] == "در بایگانی ما از جنگ اوکراین (۵ اسفند ۱۴۰۰) گفت‌وگوی تلفنی دیگری ثبت نشده"
    assert again["first_check"]["result"] == "contradicted"
    assert (again["first_check"]["contact"]["day"], again["first_check"]["contact"]["uri"]) == (
        "2022-02-27",
        "IRNA/old",
    )
    assert again["archive"] in again["why"]
    assert not any("severity: first," in step for step in again["why"])
    assert any("severity: first," in step for step in new["why"])


def test_without_a_log_nothing_is_sent(topics: Topics, tmp_path: Path) -> None:
    sent = dideban(topics, "backfill", archive(tmp_path / "archive.jsonl"))
    assert sent.returncode == 1
    assert f"There is no topic {topics.prefix}mentions. `dideban topics` creates ours." in sent.stderr
