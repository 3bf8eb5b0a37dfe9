"""`dideban evaluate`: figures on label files, and the errors with their text."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from stream.__main__ import main
from stream.commands import evaluate
from tests.core.texts import book

TEXTS = [
    {"id": "a", "title": "", "body": "وزیران خارجه کنیا و اوگاندا امروز تلفنی گفت‌وگو کردند."},
    {"id": "b", "title": "", "body": "پلیس کرواسی هشت نفر را بازداشت کرد."},
    {"id": "c", "title": "", "body": "نخست‌وزیر لیتوانی استعفا کرد."},
    {"id": "d", "title": "", "body": "هوا خوب است."},
    {"id": "not labelled", "title": "", "body": "پارلمان غنا بودجه را تصویب کرد."},
]


def label(type_: str, status: str = "happened", actors: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "type": type_,
        "status": status,
        "time": "current",
        "actors": actors,
        "evidence": "x",
        "headline_event": True,
    }


GOLD = [
    {"id": "a", "mentions": [label("contact.call", actors=("KEN", "UGA"))], "note": ""},
    {"id": "b", "mentions": [label("justice", actors=("HRV",)), label("protest")]},
    {"id": "c", "mentions": [label("office.change", "planned", ("LTU",))]},
    {"id": "d", "mentions": []},
    {"id": "no text", "mentions": [label("threat")]},
]


@pytest.fixture(autouse=True)
def _one_book(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped rulebook, compiled once for all tests."""
    monkeypatch.setattr(evaluate, "load", lambda _: book())


def write(path: Path, rows: list[Any]) -> str:
    path.write_bytes(b"".join(row if isinstance(row, bytes) else orjson.dumps(row) + b"\n" for row in rows))
    return str(path)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    texts = [{**text, "published": "2026-03-04T12:00:00+03:30"} for text in TEXTS]
    return write(tmp_path / "gold.jsonl", GOLD), write(tmp_path / "texts.jsonl", texts)


def test_figures_as_json(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", *files, "--json"]) == 0
    told = orjson.loads(capsys.readouterr().out)
    assert told["texts"] == 5
    share = {"right": 2, "found": 3, "gold": 4, "precision": 0.6667, "recall": 0.5, "f1": 0.5714}
    assert told["alertable"] == share
    assert told["family"] == share
    assert (told["text"]["right"], told["text"]["found"], told["text"]["gold"]) == (2, 3, 3)
    assert (told["parties"]["right"], told["parties"]["found"], told["parties"]["gold"]) == (3, 3, 3)
    assert told["status"] == {"right": 2, "paired": 3}
    assert told["time"] == {"right": 3, "paired": 3}
    assert told["leaks"] == {"leaked": 1, "found": 1}
    assert told["quiet"] == {"found": 1, "gold": 1}
    assert told["types"]["justice"]["f1"] == 1.0
    assert {"gold": "current/planned", "judged": "current/happened", "count": 1} in told["confusion"]
    assert [(e["kind"], e["id"]) for e in told["errors"]] == [
        ("missed", "b"),
        ("leaked", "c"),
        ("missed", "no text"),
    ]
    assert told["errors"][1]["text"] == TEXTS[2]["body"]


def test_a_report_for_people(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", *files]) == 0
    out = capsys.readouterr().out
    assert "5 labelled texts, 4 judged" in out
    assert "P 0.667  R 0.500  F1 0.571   (2 right, 3 found, 4 labelled)" in out
    assert "current/planned -> current/happened" in out
    assert "leaked c\n  labelled: office.change, current, planned; LTU" in out
    assert str(TEXTS[2]["body"]) in out
    assert "(not judged)" in out


@pytest.mark.parametrize(
    ("more", "kinds"),
    [
        pytest.param(["--kind", "leaked"], ["leaked"], id="one kind"),
        pytest.param(["--errors", "1"], ["missed"], id="so many"),
        pytest.param(["--errors", "0"], [], id="none"),
    ],
)
def test_errors_can_be_chosen(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str], more: list[str], kinds: list[str]
) -> None:
    assert main(["evaluate", *files, "--json", *more]) == 0
    assert [error["kind"] for error in orjson.loads(capsys.readouterr().out)["errors"]] == kinds


@pytest.mark.parametrize(
    ("gold", "said"),
    [
        pytest.param([b"{"], "gold.jsonl:1: no label", id="no JSON"),
        pytest.param([{"id": "a"}], "gold.jsonl:1: no label", id="no mentions"),
        pytest.param(
            [GOLD[3], {"id": "a", "mentions": [label("justice", "happend")]}],
            "gold.jsonl:2: no label: Invalid enum value 'happend'",
            id="an unknown status",
        ),
        pytest.param([GOLD[0], GOLD[0]], "gold.jsonl:2: the id 'a' stands twice", id="one text twice"),
        pytest.param([], "holds no labels", id="empty"),
    ],
)
def test_wrong_labels_end_it_with_2(
    tmp_path: Path, files: tuple[str, str], capsys: pytest.CaptureFixture[str], gold: list[Any], said: str
) -> None:
    assert main(["evaluate", write(tmp_path / "gold.jsonl", gold), files[1]]) == 2
    assert said in capsys.readouterr().err


def test_missing_files_end_it_with_2(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "none.jsonl", files[1]]) == 2
    assert main(["evaluate", files[0], "none.jsonl"]) == 2
    assert capsys.readouterr().err.count("none.jsonl") == 2


def test_texts_of_other_ids_end_it_with_2(
    tmp_path: Path, files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", files[0], write(tmp_path / "other.jsonl", [{"id": "z", "body": "متن"}])]) == 2
    assert "holds none of the texts" in capsys.readouterr().err


def test_a_rejected_text_is_told(tmp_path: Path, files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    texts = write(tmp_path / "some.jsonl", [{"id": "a", "body": " "}])
    assert main(["evaluate", files[0], texts]) == 1
    assert "some.jsonl:1: rejected: empty_article" in capsys.readouterr().err
