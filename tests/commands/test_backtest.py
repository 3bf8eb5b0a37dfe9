"""`dideban backtest`: what an archive would have alerted, and what another rulebook changes."""

from functools import cache
from pathlib import Path
from typing import Any

import orjson
import pytest

from stream.__main__ import main
from stream.commands import backtest as command
from stream.core.book import Book
from stream.rulebook_reader import load
from tests.core.texts import book

CALL = "وزیران خارجه کنیا و اوگاندا امروز تلفنی گفت‌وگو کردند."
RESIGNED = "نخست‌وزیر لیتوانی استعفا کرد."
HARVEST = "برداشت زعفران در دشت‌های نمونه آغاز شد."
RULE = """
id: harvest
title: برداشت
type: accident
maturity: test
severity: minor
desk: society
summary: For the test alone, the gathering of a crop is an event.
references:
  - https://example.org/harvest
detect:
  nouns:
    - برداشت زعفران
false_positives:
  - none
blind_spots:
  - none
tests:
  fires:
    - text: برداشت زعفران آغاز شد.
  silent: []
"""


def article(id_: str, body: str, day: str, outlet: str = "ایسنا") -> dict[str, Any]:
    return {"id": id_, "outlet": outlet, "body": body, "published": f"{day}T12:00:00+03:30"}


ARCHIVE = [
    article("late", RESIGNED, "2026-03-06"),
    article("first", CALL, "2026-03-04"),
    article("again", CALL, "2026-03-04", "ایرنا"),
    article("crop", HARVEST, "2026-03-05"),
    article("quiet", "هوا خوب است.", "2026-03-05"),
]


@cache
def own(folder: Path) -> Book:
    return load(folder)


@pytest.fixture(autouse=True)
def _books(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped rulebook, compiled once for all tests."""
    monkeypatch.delenv("DIDEBAN_RULEBOOK", raising=False)
    monkeypatch.setattr(command, "load", lambda folder: book() if folder is None else own(folder))


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom's folder: a rule of its own, and one of ours made silent."""
    folder = tmp_path_factory.mktemp("rules")
    (folder / "society").mkdir()
    (folder / "society" / "harvest.yaml").write_text(RULE.lstrip(), encoding="utf-8")
    shipped = next(Path(command.__file__).parents[1].glob("rulebook/*/contact_call.yaml"))
    text = shipped.read_text(encoding="utf-8").replace("maturity: test", "maturity: deprecated")
    (folder / "society" / "contact_call.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def archive(tmp_path: Path) -> str:
    path = tmp_path / "archive.jsonl"
    path.write_bytes(b"".join(orjson.dumps(one) + b"\n" for one in ARCHIVE))
    return str(path)


def told(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main(["backtest", *words, "--json"]) == 0
    data: dict[str, Any] = orjson.loads(capsys.readouterr().out)
    return data


def test_per_day_and_type_in_order_of_publication(archive: str, capsys: pytest.CaptureFixture[str]) -> None:
    data = told(capsys, "all", archive)
    assert (data["articles"], data["rejected"]) == (5, 0)
    assert data["used"]["days"] == {"2026-03-04": {"contact.call": 1}, "2026-03-06": {"office.change": 1}}
    assert data["used"]["types"] == {"contact.call": 1, "office.change": 1}
    assert [(a["day"], a["alert"]["type"]) for a in data["used"]["alerts"]] == [
        ("2026-03-04", "contact.call"),
        ("2026-03-06", "office.change"),
    ]
    assert data["used"]["holds"]["no_mention"] == 2
    assert "difference" not in data


def test_one_rule(archive: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "office_change", archive)["used"]["types"] == {"office.change": 1}


def test_the_difference_to_another_folder(archive: str, rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = told(capsys, "all", archive, "--rulebook", str(rules))
    changes = data["difference"]
    assert [(a["day"], a["alert"]["rule"]) for a in changes["won"]] == [("2026-03-05", "harvest")]
    assert [a["alert"]["rule"] for a in changes["lost"]] == ["contact_call"]
    assert changes["changed"] == []
    assert data["other"]["types"] == {"accident": 1, "office.change": 1}
    assert data["other"]["holds"]["rule_silent"] == 2


def test_a_rule_that_only_the_other_folder_has(archive: str, rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = told(capsys, "harvest", archive, "--rulebook", str(rules))
    assert data["used"]["alerts"] == []
    assert len(data["difference"]["won"]) == 1


def test_a_report_for_people(archive: str, rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backtest", "all", archive, "--rulebook", str(rules), "--samples", "1"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("5 articles, 0 rejected; 2 alerts of rule all\n")
    assert "2026-03-06      1  office.change 1" in out
    assert "contact.call              1  ->     0 (-1)" in out
    assert "under the other rulebook: 1 won, 1 lost, 0 changed" in out
    assert out.count("\nsamples ") == 1
    assert "held: no_mention 2" in out


def test_an_article_without_a_date_is_undated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "archive.jsonl"
    path.write_bytes(orjson.dumps({"id": "a", "body": RESIGNED}))
    assert told(capsys, "all", str(path))["used"]["days"] == {"undated": {"office.change": 1}}


def test_wrong_use(archive: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backtest", "no_such_rule", archive]) == 2
    assert "there is no rule 'no_such_rule'; write all, or one of " in capsys.readouterr().err
    assert main(["backtest", "all", "none.jsonl"]) == 2


def test_a_rejected_article_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "archive.jsonl"
    path.write_bytes(orjson.dumps({"id": "a", "body": " "}))
    assert main(["backtest", "all", str(path)]) == 1
    captured = capsys.readouterr()
    assert "archive.jsonl:1: rejected: empty_article" in captured.err
    assert captured.out.startswith("0 articles, 1 rejected; 0 alerts")
