"""anchors.yaml: read whole, and refused with place and remedy."""

from pathlib import Path

import pytest

from stream.core.letters import fold
from stream.rulebook_reader import RulebookError
from stream.rulebook_reader.anchors import read_anchors
from stream.rulebook_reader.book import SHIPPED

GOOD = 'anchors:\n  - id: flood\n    title: سیل بزرگ\n    day: "2019-03-25"\n    names: [سیل بزرگ]\n'


def test_the_shipped_anchors_differ_by_name_parties_or_day() -> None:
    anchors = read_anchors([SHIPPED])
    assert {"ukraine_war", "gaza_war", "iran_usa_rupture"} <= {anchor.id for anchor in anchors}
    told: dict[tuple[str, frozenset[str], str], str] = {}
    for anchor in anchors:
        for name in (*anchor.names, *anchor.between):
            assert told.setdefault((fold(name), frozenset(anchor.parties), anchor.day), anchor.id) == anchor.id


def test_an_own_file_adds_and_replaces(tmp_path: Path) -> None:
    (tmp_path / "anchors.yaml").write_text(GOOD + GOOD[9:].replace("flood", "gaza_war"), encoding="utf-8")
    anchors = {anchor.id: anchor for anchor in read_anchors([SHIPPED, tmp_path])}
    assert anchors["flood"].day == anchors["gaza_war"].day == "2019-03-25"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        pytest.param(GOOD.replace("2019-03-25", "25.3.2019"), 4, "is no day", id="day"),
        pytest.param(GOOD.replace("[سیل بزرگ]", "[]"), 5, "needs names", id="no names"),
        pytest.param(GOOD.replace("[سیل بزرگ]", '["…"]'), 5, "needs names", id="no words"),
        pytest.param(GOOD + "    between: [جنگ]\n    parties: [IRN]\n", 6, "need two parties", id="between whom"),
        pytest.param(GOOD + GOOD[9:], 6, "stands twice", id="twice"),
        pytest.param(GOOD.replace("title", "tilte"), 3, "tilte", id="unknown key"),
    ],
)
def test_a_fault_has_its_place(tmp_path: Path, text: str, line: int, message: str) -> None:
    (tmp_path / "anchors.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RulebookError, match=message) as error:
        read_anchors([tmp_path])
    assert error.value.line == line
