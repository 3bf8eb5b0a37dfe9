"""`dideban explain`: each sentence, what came near, and why it fired or stayed silent."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from stream.__main__ import main

TITLE = "کنیا سفیر اوگاندا را احضار کرد"
BODY = (
    "کنیا هفته آینده سفیر تانزانیا را احضار خواهد کرد. حزب‌های مخالف در کنیا انتخابات را تحریم کردند. "
    "The talks between the two ministers were held in the capital of the country on Monday. هوا خوب است."
)
ARTICLE = {"id": "a-1", "outlet": "ایسنا", "title": TITLE, "body": BODY, "published": "2026-03-04T12:00:00+03:30"}
FOREIGN = "The minister met with the president of the country in the capital and said that they agreed on the plan."


@pytest.fixture
def given(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    articles = [ARTICLE, {"id": "e", "body": ""}, {"id": "f", "body": FOREIGN}]
    path.write_bytes(b"".join(orjson.dumps(article) + b"\n" for article in articles))
    return path


def told(capsysbinary: pytest.CaptureFixture[bytes]) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in capsysbinary.readouterr().out.splitlines()]


def test_json_tells_every_sentence(given: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["explain", str(given), "--json"]) == 1  # one line was rejected
    article, rejected, foreign = told(capsysbinary)
    text = f"{TITLE}\n{BODY}"
    sentences = article["sentences"]
    assert [s["title"] for s in sentences] == [True, False, False, False, False]
    assert all(s["text"] == text[s["start"] : s["end"]] for s in sentences)
    fired, planned, excluded, skipped, quiet = sentences
    (rule,) = [r for r in fired["rules"] if r["rule"] == "relations"]
    assert (rule["outcome"], rule["status"], rule["actors"], rule["recipients"]) == (
        "alertable",
        "happened",
        ["KEN"],
        ["UGA"],
    )
    (rule,) = [r for r in planned["rules"] if r["rule"] == "relations"]
    assert (rule["outcome"], rule["status"]) == ("quiet", "planned")
    assert any(why.startswith("verb: future") for why in rule["why"])
    assert [(d["text"], d["precision"]) for d in planned["dates"]] == [("هفته آینده", "week")]
    assert planned["dates"][0]["from"] > "2026-03-04"
    (rule,) = [r for r in excluded["rules"] if r["rule"] == "sanction_imposed"]
    assert (rule["outcome"], rule["reason"], rule["trigger"]) == ("silent", "excluded", "تحریم کردند")
    assert "boycott" in rule["detail"]
    assert skipped["skipped"] == "foreign_sentence"
    assert (quiet["rules"], quiet["tags"]) == ([], [])
    assert {tag.get("state") for tag in fired["tags"]} >= {"KEN", "UGA"}
    assert {m["type"] for m in article["mentions"]} >= {"diplomatic.relations"}
    assert {"outlet", "published", "language", "form"} <= set(article["article"])
    assert rejected == {"id": "e", "rejected": {**rejected["rejected"], "stage": "read", "reason": "empty_article"}}
    assert (foreign["outcome"], foreign["sentences"]) == ("unsupported_language", [])


def test_one_rule_only(given: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["explain", str(given), "--json", "--rule", "sanction_imposed"]) == 1
    article, *_ = told(capsysbinary)
    assert article["mentions"] == []
    assert {rule["rule"] for s in article["sentences"] for rule in s.get("rules", ())} == {"sanction_imposed"}


def test_for_a_person_persian_stands_on_its_own_lines(given: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(given)]) == 1
    out = capsys.readouterr().out
    lines = out.splitlines()
    assert TITLE in lines
    assert "  alertable relations: diplomatic.relations, happened, current; KEN → UGA" in lines
    assert "    تحریم کردند" in lines
    assert "  skipped: foreign_sentence: the sentence is not Persian" in lines
    assert "rejected: empty_article: title and body are both empty" in lines
    assert "unsupported_language: the article is not Persian; its text meets no rule" in lines
    assert "no event leaves this article" in lines
    assert any(line.startswith("published ") and "(precision: " in line for line in lines)
    assert "because verb: future" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["none.txt"], "no such file", id="no file"),
        pytest.param(["-", "--rule", "contact_cal"], "there is no rule 'contact_cal'; known are ", id="no rule"),
    ],
)
def test_wrong_use_ends_it_with_2(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", *words]) == 2
    assert said in capsys.readouterr().err


def test_a_rulebook_that_is_not_there_ends_it_with_5(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "-", "--rulebook", "no-such-folder"]) == 5
    assert "does not exist" in capsys.readouterr().err
