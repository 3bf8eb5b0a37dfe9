"""Every way in which a rulebook file can be wrong is told with file, line and remedy."""

from pathlib import Path
from typing import Literal

import msgspec
import pytest

from stream.rulebook_reader.errors import RulebookError
from stream.rulebook_reader.yaml_file import locate, read_yaml


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    word: str
    status: Literal["happened", "planned"] = "happened"
    weight: int = 1
    on: bool = True

    def __post_init__(self) -> None:
        if self.weight < 0:
            raise ValueError("the weight is below 0")


class Book(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    triggers: tuple[Cue, ...] = ()
    desks: dict[str, Cue] = {}
    levels: dict[Literal["flash", "urgent"], tuple[int, ...]] = {}
    one: Cue | None = None


def read(folder: Path, text: str | bytes) -> Book:
    path = folder / "economy" / "sanctions.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_yaml(path, Book, folder)


def test_a_good_file_is_a_frozen_value(tmp_path: Path) -> None:
    book = read(
        tmp_path,
        "title: تحریم‌ها\ntriggers:\n  - word: no\n    status: planned\n  - word: 2022-07-29\n    on: false\n"
        "desks:\n  no: {word: '12'}\n  12: {word: yes, weight: 3}\nlevels:\n  flash:\n    - 1\n    - 2\none: null\n",
    )
    assert book.title == "تحریم‌ها"
    assert book.triggers == (Cue("no", "planned"), Cue("2022-07-29", on=False))
    assert book.desks == {"no": Cue("12"), "12": Cue("yes", weight=3)}
    assert book.levels == {"flash": (1, 2)}
    assert book.one is None


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("title: a\ntrigers:\n  - word: b\n", 2, "unknown key 'trigers'; did you mean 'triggers'?"),
        ("title: a\nzzz: 1\n", 2, "unknown key 'zzz'; known are title, triggers, desks, levels, one"),
        ("title: a\ntriggers:\n  - word: b\n  - word: c\n    wieght: 2\n", 5, "unknown key 'wieght'; did you mean"),
        ("title: a\none:\n  word: c\n  wieght: 2\n", 4, "unknown key 'wieght'; did you mean 'weight'?"),
        ("title: a\ntriggers:\n  - word: b\n  - status: planned\n", 4, "missing key 'word'"),
        ("triggers:\n  - word: b\n", 1, "missing key 'title'"),
        ("title: a\ntriggers:\n  - word: 12\n", 3, "triggers[0].word: expected a text, found int; put it in quotes"),
        ("title: a\ntriggers:\n  - word: b\n    on: yes\n", 4, "expected bool, found a text; write true or false"),
        ("title: a\ntriggers: b\n", 2, "triggers: expected a list, found a text; begin each item with '- '"),
        ("title: a\ntriggers:\n", 2, "triggers: expected a list, found nothing"),
        ("title: a\none:\n  - b\n", 2, "one: expected a mapping (key: value) or nothing, found a list"),
        (
            "title: a\ntriggers:\n  - word: b\n    status: planed\n",
            4,
            "unknown value 'planed'; did you mean 'planned'?",
        ),
        ("title: a\ntriggers:\n  - word: b\n    weight: -1\n", 3, "triggers[0]: the weight is below 0"),
        ("title: a\ndesks:\n  x: {word: b}\n  y: {word: 7}\n  z: {word: 8}\n", 4, "desks.y.word: expected a text"),
        ("title: a\ndesks:\n  x: {word: b}\n  y: {word: b, wort: c}\n", 4, "unknown key 'wort'; did you mean 'word'?"),
        ("title: a\nlevels:\n  urgent:\n    - 1\n    - b\n", 5, "levels.urgent[1]: expected int, found a text"),
        ("title: a\nlevels:\n  urgent:\n    - 1\n  flsh:\n    - 1\n", 5, "unknown key 'flsh'; did you mean 'flash'?"),
        ("title: a\ntriggers:\n  - word: b\ntitle: c\n", 4, "the key 'title' stands twice; first in line 1"),
        ("title: a\ntriggers:\n\t- word: b\n", 3, "a tab where the line begins; indent with spaces"),
        ("title: a\none: [b\n", 3, "not YAML: did not find expected"),
        ("title: a\none: b: c\n", 2, "not YAML: mapping values are not allowed"),
        ("title: a\n---\ntitle: b\n", 2, "not YAML: but found another document"),
        ("title: نه\none: \x01\n", 2, "not YAML: control characters are not allowed (U+0001)"),
        ("title: &t a\none:\n  word: *t\n", 1, "used again as an alias"),
        ("title: a\none: &o\n  word: *o\n", 2, "used again as an alias"),
        ("title: !!binary aGE=\n", 1, "the tag 'tag:yaml.org,2002:binary' is not read here"),
        ("title: a\none: !cue {word: b}\n", 2, "the tag '!cue' is not read here"),
        ("title: a\n? [b]\n: c\n", 2, "a key must be a single word or text"),
        ("", 1, "the file is empty"),
        ("# nothing yet\n", 1, "the file is empty"),
        ("- a\n", 1, "expected a mapping (key: value), found a list"),
        (b"title: a\none: \xff\n", 2, "is not UTF-8"),
    ],
)
def test_a_bad_file_is_told_with_its_line(tmp_path: Path, text: str | bytes, line: int, message: str) -> None:
    with pytest.raises(RulebookError) as caught:
        read(tmp_path, text)
    assert message in caught.value.message
    assert caught.value.line == line
    assert str(caught.value).startswith(f"economy/sanctions.yaml:{line}: ")


def test_a_missing_file_is_told_without_a_line(tmp_path: Path) -> None:
    with pytest.raises(RulebookError) as caught:
        read_yaml(tmp_path / "none.yaml", Book, tmp_path)
    assert str(caught.value) == "none.yaml: can't be read: No such file or directory"


def test_a_file_outside_of_the_root_is_told_by_its_whole_path(tmp_path: Path) -> None:
    with pytest.raises(RulebookError) as caught:
        read_yaml(tmp_path / "none.yaml", Book, tmp_path / "elsewhere")
    assert caught.value.file == str(tmp_path / "none.yaml")


def test_locate_names_the_line_of_any_value(tmp_path: Path) -> None:
    read(tmp_path, "# head\ntitle: a\ntriggers:\n  - word: b\n  -\n    word: >\n      c\n    weight: 2\n")
    path = tmp_path / "economy" / "sanctions.yaml"
    assert locate(path) == 2
    assert locate(path, "triggers") == 3
    assert locate(path, "triggers", 0) == 4
    assert locate(path, "triggers", 1, "word") == 6
    assert locate(path, "triggers", 1, "weight") == 8
    assert locate(path, "triggers", 1, "no such key") == 6
    assert locate(path, "triggers", 9) == 3
    assert locate(path, "title", "deeper") == 2
    assert locate(tmp_path / "none.yaml", "title") == 0


def test_the_python_loader_reads_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stream.rulebook_reader.yaml_file._LOADER", __import__("yaml").SafeLoader)
    assert read(tmp_path, "title: نه\none:\n  word: yes\n").one == Cue("yes")
    with pytest.raises(RulebookError) as caught:
        read(tmp_path, "title: نه نه\none: \x01\n")
    assert caught.value.line == 2
