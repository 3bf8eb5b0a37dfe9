"""`dideban tag`: what is named, and where."""

from functools import cache
from pathlib import Path
from typing import Any

import orjson
import pytest

from stream.__main__ import main
from stream.commands.files import items
from stream.commands.tag import tag_item
from stream.core.all_tags import LISTS, Tagger
from stream.rulebook_reader import RulebookError
from stream.rulebook_reader.book import SHIPPED
from stream.rulebook_reader.tagging import load_tagger, read_people, read_topics

TITLE = "زلزله ۵٫۲ ریشتری کرمان را لرزاند"
BODY = (
    "دکتر رضا کریمی، رئیس اورژانس، گفت: ۱۲ نفر کشته شدند. آنتونی بلینکن، وزیر خارجه آمریکا روز جمعه در دمشق با نماینده "
    "سازمان ملل دیدار کرد. ایرنا خبر داد که وزیر دفاع ژاپن به این کشور می‌رود."
)
ARTICLE = {"id": "t-1", "outlet": "ایسنا", "title": TITLE, "body": BODY, "published": "2022-03-06T12:00:00+03:30"}


@cache
def tagger() -> Tagger:
    return load_tagger()


def tag(tmp_path: Path, *given: object) -> list[dict[str, Any]]:
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"".join(orjson.dumps(one) + b"\n" for one in given))
    return [orjson.loads(orjson.dumps(tag_item(item, tagger()))) for item in items(str(path))]


@pytest.fixture
def tags(tmp_path: Path) -> dict[str, list[dict[str, Any]]]:
    (line,) = tag(tmp_path, ARTICLE)
    assert (line["id"], line["outcome"]) == ("t-1", "judged")
    found: dict[str, list[dict[str, Any]]] = line["tags"]
    return found


def rows(tags: dict[str, list[dict[str, Any]]], name: str, *fields: str) -> list[tuple[Any, ...]]:
    return [tuple(row[field] for field in fields) for row in tags[name]]


def test_all_lists_are_there_and_spans_count_as_evidence_does(tags: dict[str, list[dict[str, Any]]]) -> None:
    assert set(tags) == set(LISTS)
    text = f"{TITLE}\n{BODY}"
    placed = [row for name in LISTS if name != "topics" for row in tags[name]]
    assert len(placed) >= 10
    assert all(text[row["start"] : row["end"]] == row["text"] for row in placed)


def test_persons_of_the_lexicon_and_beyond(tags: dict[str, list[dict[str, Any]]]) -> None:
    assert rows(tags, "persons", "text", "id", "state", "role") == [
        ("رضا کریمی", None, None, "organisation_head"),
        ("آنتونی بلینکن", "antony-blinken", "USA", "foreign_minister"),
    ]
    assert tags["persons"][0]["name"] == "رضا کریمی"


def test_states_places_and_organisations(tags: dict[str, list[dict[str, Any]]]) -> None:
    assert rows(tags, "states", "text", "id") == [
        ("آمریکا", "USA"),
        ("دمشق", "SYR"),
        ("ژاپن", "JPN"),
        ("این کشور", "JPN"),
    ]
    assert rows(tags, "places", "text", "country") == [("کرمان", "IRN"), ("دمشق", "SYR")]
    assert ("سازمان ملل", "UN") in rows(tags, "organisations", "text", "id")
    assert rows(tags, "outlets", "text") == [("ایرنا",)]
    assert ("وزیر دفاع ژاپن", "JPN") in rows(tags, "roles", "text", "state")


def test_dates_numbers_and_topics(tags: dict[str, list[dict[str, Any]]]) -> None:
    fields = ("text", "from", "to", "precision", "calendar")
    assert rows(tags, "dates", *fields) == [("روز جمعه", "2022-03-04", "2022-03-04", "day", "relative")]
    assert rows(tags, "numbers", "kind", "value", "text") == [
        ("magnitude", 5.2, "۵٫۲ ریشتری"),
        ("dead", 12, "۱۲ نفر"),
    ]
    assert tags["topics"][0]["id"] == "medtop:03000000"
    assert set(tags["topics"][0]) == {"id", "name", "label", "score", "why"}


@pytest.mark.parametrize(
    ("body", "first"),
    [
        pytest.param("جمعه با همتای خود دیدار خواهد کرد.", "2022-03-11", id="the future: the coming one"),
        pytest.param("جمعه با همتای خود دیدار کرد.", "2022-03-04", id="the past: the last one"),
    ],
)
def test_a_weekday_goes_by_the_verb(tmp_path: Path, body: str, first: str) -> None:
    (line,) = tag(tmp_path, {**ARTICLE, "title": "", "body": f"وزیر خارجه کنیا {body}"})
    assert line["tags"]["dates"][0]["from"] == first


def test_a_person_s_office_goes_by_the_year(tmp_path: Path) -> None:
    body = "آنتونی بلینکن سخن گفت."
    early, late = tag(
        tmp_path,
        {"id": "a", "body": body, "published": "2010-01-01T12:00:00Z"},
        {"id": "b", "body": body, "published": "2023-01-01T12:00:00Z"},
    )
    assert early["tags"]["persons"][0]["role"] != "foreign_minister"
    assert late["tags"]["persons"][0]["role"] == "foreign_minister"


def test_another_name_that_begins_alike_is_not_the_known_one(tmp_path: Path) -> None:
    (line,) = tag(tmp_path, {"id": "a", "body": "بلینکن‌پور به کنیا رفت."})
    assert [row["id"] for row in line["tags"]["persons"] if row["id"]] == []


def test_a_foreign_article_has_empty_lists(tmp_path: Path) -> None:
    body = "The minister met with the president of the country in the capital and said that they agreed on the plan."
    (line,) = tag(tmp_path, {"id": "e", "body": body})
    assert line["outcome"] == "unsupported_language"
    assert line["tags"] == {name: [] for name in LISTS}


def test_a_rejected_line_is_told(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(orjson.dumps({"id": "e", "body": " "}) + b"\n" + orjson.dumps(ARTICLE))
    assert main(["tag", str(path)]) == 1
    rejected, good = [orjson.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert (rejected["id"], rejected["rejected"]["reason"]) == ("e", "empty_article")
    assert rejected["tags"] == {name: [] for name in LISTS}
    assert good["id"] == "t-1"


def test_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tag", str(tmp_path / "none.jsonl")]) == 2
    assert "no such file" in capsys.readouterr().err
    (tmp_path / "in.jsonl").write_bytes(b"")
    assert main(["tag", str(tmp_path / "in.jsonl"), "--rulebook", str(tmp_path / "none")]) == 5


def test_own_words_and_topics_add_to_the_shipped_ones(tmp_path: Path) -> None:
    folder = tmp_path / "lexicon"
    folder.mkdir()
    shipped = (SHIPPED / "lexicon" / "topics.yaml").read_text(encoding="utf-8")
    own = "topics:\n  - id: '15000000'\n    name: sport\n    label: ورزش ما\n    words:\n      - چوگان\n"
    (folder / "topics.yaml").write_text(own, encoding="utf-8")
    mine = load_tagger(tmp_path).topics
    assert "ورزش ما" not in shipped
    assert mine.entry("15000000").label == "ورزش ما"
    assert mine.entry("17000000").name == "weather"
    (folder / "topics.yaml").write_text(own.replace("چوگان", '"…"'), encoding="utf-8")
    with pytest.raises(RulebookError, match=r"topics\.yaml:6: .*no words"):
        read_topics([tmp_path], [])


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        pytest.param("people", "given:\n  - '…'\n", "people.yaml:2: '…' has no words", id="a name without letters"),
        pytest.param("people", "givn:\n  - مریم\n", "people.yaml:1: unknown key 'givn'", id="an unknown list"),
        pytest.param(
            "topics",
            "topics:\n  - id: x\n    name: x\n    label: x\n    types:\n      - attack.verbal\n",
            "topics.yaml:6: unknown event type 'attack.verbal'",
            id="an unknown type",
        ),
    ],
)
def test_wrong_files_are_named_by_check_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, text: str, said: str
) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / f"{file}.yaml").write_text(text, encoding="utf-8")
    assert main(["check", str(tmp_path), "--rule", "contact_call"]) == 1
    assert said in capsys.readouterr().out
    (tmp_path / "in.jsonl").write_bytes(b"")
    assert main(["tag", str(tmp_path / "in.jsonl"), "--rulebook", str(tmp_path)]) == 5
    assert said in capsys.readouterr().err


def test_own_names_add_to_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "people.yaml").write_text("given:\n  - موریندا\n", encoding="utf-8")
    words = read_people([SHIPPED, tmp_path])
    assert {"موریندا", "محمد"} <= set(words.given)
    assert words.titles == read_people([SHIPPED]).titles


@pytest.mark.parametrize(
    ("body", "name", "expected"),
    [
        pytest.param(
            "کتاب تازه بلینکن منتشر شد.", "persons", [("بلینکن", "antony-blinken")], id="no first name we know"
        ),
        pytest.param("کتاب مریم بلینکن منتشر شد.", "persons", [("مریم بلینکن", None)], id="another first name"),
        pytest.param(
            "کتاب آنتونی بلینکن منتشر شد.", "persons", [("آنتونی بلینکن", "antony-blinken")], id="the own one"
        ),
        pytest.param("وزیر دفاع کنیا آمد.", "states", [("کنیا", "KEN")], id="the state of an office"),
        pytest.param("وزیر دفاع روسیه آمد.", "states", [("روسیه", "RUS")], id="a name of two spellings, once"),
        pytest.param("ارتش کنیا آمد.", "states", [("کنیا", "KEN")], id="the state of a body"),
        pytest.param("استاندار خوزستان آمد.", "places", [("خوزستان", "p-khuzestan")], id="the province of an office"),
        pytest.param("بانک مرکزی اروپا سخن گفت.", "places", [], id="part of a longer name"),
        pytest.param("او به نایروبی رفت.", "places", [("نایروبی", "nairobi")], id="a capital is a place"),
        pytest.param("او به نایروبی رفت.", "states", [("نایروبی", "KEN")], id="and stands for its state"),
    ],
)
def test_names_inside_names(tmp_path: Path, body: str, name: str, expected: list[tuple[str, str | None]]) -> None:
    (line,) = tag(tmp_path, {"id": "a", "body": body})
    assert [(row["text"], row["id"]) for row in line["tags"][name]] == expected
