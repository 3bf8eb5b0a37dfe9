"""`dideban detect`: the lines that others read and score."""

import gzip
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from stream.__main__ import main

TITLE = "کنیا سفیر اوگاندا را احضار کرد"
BODY = "وزارت خارجه کنیا امروز برای نخستین بار پس از بحران آب سفیر اوگاندا را احضار کرد. هوا خوب است."
ARTICLE = {"id": "a-1", "outlet": "ایسنا", "title": TITLE, "body": BODY, "published": "2026-03-04T12:00:00+03:30"}


def lines(capsysbinary: pytest.CaptureFixture[bytes]) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in capsysbinary.readouterr().out.splitlines()]


def write(path: Path, *articles: object) -> Path:
    data = b"".join(a + b"\n" if isinstance(a, bytes) else orjson.dumps(a) + b"\n" for a in articles)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def test_a_line_has_the_shape_that_is_scored(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["detect", str(write(tmp_path / "in.jsonl", ARTICLE))]) == 0
    (line,) = lines(capsysbinary)
    assert line["id"] == "a-1"
    assert line["outcome"] == "judged"
    assert {"outlet", "published", "title", "language"} <= set(line["article"])
    assert line["article"]["title"] == TITLE
    assert line["article"]["published"] == "2026-03-04T12:00:00+03:30"
    assert line["article"]["language"] == "fa"
    (mention,) = line["mentions"]
    wanted = {
        "type",
        "status",
        "time",
        "actors",
        "recipients",
        "places",
        "trigger",
        "evidence",
        "rule",
        "attribution",
        "day",
    }
    assert wanted <= set(mention)
    assert (mention["type"], mention["status"], mention["time"]) == ("diplomatic.relations", "happened", "current")
    assert (mention["actors"], mention["recipients"]) == (["KEN"], ["UGA"])
    assert mention["first"] == {"claimed": True, "since": "بحران آب"}
    assert mention["headline_event"] is True
    assert mention["day"] == "2026-03-04"


@pytest.mark.parametrize("title", [TITLE, "", None], ids=["with a title", "an empty title", "no title"])
def test_evidence_counts_characters_of_title_and_body(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], title: str | None
) -> None:
    given = {**ARTICLE, "title": title} if title is not None else {k: v for k, v in ARTICLE.items() if k != "title"}
    assert main(["detect", str(write(tmp_path / "in.jsonl", given))]) == 0
    (line,) = lines(capsysbinary)
    text = f"{title}\n{BODY}" if title else BODY
    found = [e for mention in line["mentions"] for e in mention["evidence"]]
    assert found
    assert all(e["text"] == text[e["start"] : e["end"]] for e in found)


def test_first_is_left_out_where_nothing_is_claimed(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    body = "وزارت خارجه کنیا امروز سفیر اوگاندا را احضار کرد."
    assert main(["detect", str(write(tmp_path / "in.jsonl", {**ARTICLE, "title": "", "body": body}))]) == 0
    (line,) = lines(capsysbinary)
    assert [mention["type"] for mention in line["mentions"]] == ["diplomatic.relations"]
    assert "first" not in line["mentions"][0]


def test_an_article_without_events_has_an_empty_list(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert (
        main(["detect", str(write(tmp_path / "in.jsonl", {"id": "b", "body": "امروز هوای شهر آفتابی و خوب است."}))])
        == 0
    )
    (line,) = lines(capsysbinary)
    assert (line["id"], line["mentions"]) == ("b", [])
    assert line["article"]["published"] is None


def test_a_foreign_article_is_named(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    body = "The minister met with the president of the country in the capital and said that they agreed on the plan."
    assert main(["detect", str(write(tmp_path / "in.jsonl", {"id": "c", "body": body}))]) == 0
    (line,) = lines(capsysbinary)
    assert (line["outcome"], line["mentions"], line["article"]["language"]) == ("unsupported_language", [], "en")


@pytest.mark.parametrize(
    ("given", "reason", "id_"),
    [
        pytest.param({"id": "e", "title": "", "body": " "}, "empty_article", "e", id="nothing in it"),
        pytest.param(b'{"id": "e", "body": ', "not_json", None, id="half of a line"),
        pytest.param("سخنی که هیچ جی‌سان نیست".encode(), "not_json", None, id="words that are no JSON"),
        pytest.param(b"null", "unknown_form", None, id="JSON that is no object"),
        pytest.param({"id": "e", "body": 7}, "wrong_type", "e", id="a number for a text"),
        pytest.param(
            {"id": "e", "body": "متن", "published": "2999-01-01T00:00:00Z"}, "published_in_future", "e", id="future"
        ),
        pytest.param(b'{"id": "e", "body": "\xff"}', "not_utf8", None, id="not UTF-8"),
    ],
)
def test_a_rejected_line_is_told_and_the_run_goes_on(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], given: object, reason: str, id_: str | None
) -> None:
    path = write(tmp_path / "in.jsonl", given, ARTICLE)
    assert main(["detect", str(path)]) == 1
    rejected, good = lines(capsysbinary)
    assert set(rejected) == {"id", "mentions", "rejected"}
    assert rejected["mentions"] == []
    assert set(rejected["rejected"]) == {"stage", "reason", "detail"}
    assert (rejected["rejected"]["stage"], rejected["rejected"]["reason"]) == ("read", reason)
    assert f"{path}:1" in rejected["rejected"]["detail"]
    assert id_ is None or rejected["id"] == id_
    assert good["id"] == "a-1"


def test_gzip_and_several_files_in_their_order(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    first = write(tmp_path / "in.jsonl.gz", ARTICLE, {**ARTICLE, "id": "a-2"})
    second = write(tmp_path / "more.jsonl", {**ARTICLE, "id": "a-3"})
    assert main(["detect", str(first), str(second)]) == 0
    assert [line["id"] for line in lines(capsysbinary)] == ["a-1", "a-2", "a-3"]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: data[:-12], id="cut off"),
        pytest.param(lambda data: data[:10] + b"\xff" + data[11:], id="no such code in it"),
        pytest.param(lambda data: data[:-8] + b"\0" * 8, id="another checksum"),
    ],
)
def test_a_damaged_gzip_ends_it_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], damage: Callable[[bytes], bytes]
) -> None:
    path = write(tmp_path / "in.jsonl.gz", ARTICLE)
    path.write_bytes(damage(path.read_bytes()))
    assert main(["detect", str(path)]) == 1
    assert f"{path} can't be read" in capsys.readouterr().err


def test_standard_input_is_json_lines() -> None:
    data = orjson.dumps(ARTICLE) + b"\n\n" + orjson.dumps({**ARTICLE, "id": "a-2"})
    done = subprocess.run([sys.executable, "-m", "stream", "detect", "-"], input=data, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert [orjson.loads(line)["id"] for line in done.stdout.splitlines()] == ["a-1", "a-2"]
    assert "کنیا".encode() in done.stdout  # Persian unescaped


def test_a_page_and_html_are_one_article_each(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    page = tmp_path / "page.txt"
    page.write_text(f"{TITLE}\n\n{BODY}\n", encoding="utf-8")
    html = tmp_path / "page.html"
    html.write_text(
        f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1><p>{BODY}</p></article></body></html>",
        encoding="utf-8",
    )
    assert main(["detect", str(page), str(html)]) == 0
    text, _ = found = lines(capsysbinary)
    assert len(found) == 2
    source = page.read_text(encoding="utf-8")
    evidence = [e for mention in text["mentions"] for e in mention["evidence"]]
    assert evidence
    assert all(e["text"] == source[e["start"] : e["end"]] for e in evidence)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("none.jsonl", "no such file", id="not there"),
        pytest.param("notes.pdf", "the ending must be", id="unknown ending"),
    ],
)
def test_wrong_files_end_it_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, said: str) -> None:
    if name.endswith(".pdf"):
        (tmp_path / name).write_bytes(b"x")
    assert main(["detect", str(tmp_path / name)]) == 2
    assert said in capsys.readouterr().err


def test_a_wrong_rulebook_ends_it_with_5(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert main(["detect", "-", "--rulebook", str(tmp_path / "none")]) == 5
    assert "does not exist" in capsys.readouterr().err
    monkeypatch.setenv("DIDEBAN_RULEBOOK", str(tmp_path / "another"))
    assert main(["detect", "-"]) == 5
    assert "another" in capsys.readouterr().err
