"""Every example that a rule carries, each a test of its own named file:line; and the rulebook is clean."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from stream import rulecheck, rulelint
from stream.commands.check import check_rule
from stream.core.rules import Fires, Rule, Silent
from stream.rulebook_reader import load
from stream.rulebook_reader.book import SHIPPED, problems, read_cues
from stream.rulebook_reader.yaml_file import locate

BOOK = load()
CUES = read_cues([SHIPPED])


def examples() -> Iterator[object]:
    for rule in BOOK.rules:
        path = rulecheck.path_of(rule, [SHIPPED])
        assert path is not None
        for keys, example in rulecheck.examples(rule):
            place = f"{path.relative_to(SHIPPED).as_posix()}:{locate(path, *keys)}"
            yield pytest.param(rule, example, id=place)


@pytest.mark.parametrize(("rule", "example"), list(examples()))
def test_an_example_holds(rule: Rule, example: Fires | Silent) -> None:
    assert rulecheck.run_example(rule, example, BOOK) is None


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in BOOK.rules])
def test_a_rule_is_clean(rule: Rule) -> None:
    row, lines = check_rule(rule, BOOK, CUES, [SHIPPED])
    assert [str(line) for line in lines if line.level == "error"] == []
    assert row.idle is not None
    if rule.maturity == "stable":
        assert row.idle == 0, "a stable rule has a proof for each of its phrases"


def test_every_file_can_be_read_and_is_read() -> None:
    assert [str(problem) for problem in problems()] == []
    assert list(rulelint.stray_files(SHIPPED)) == []


def test_the_template_is_a_rule_once_it_has_a_name(tmp_path: Path) -> None:
    template = (SHIPPED / "TEMPLATE.yaml").read_text(encoding="utf-8")
    path = tmp_path / "security" / "town_taken.yaml"
    path.parent.mkdir()
    path.write_text(template.replace("id: TEMPLATE", "id: town_taken", 1), encoding="utf-8")
    book = load(tmp_path)
    rule = next(rule for rule in book.rules if rule.id == "town_taken")
    row, lines = check_rule(rule, book, CUES, [SHIPPED, tmp_path])
    assert lines == []
    assert (row.failed, row.idle) == (0, 0)
    # what the comments of the template teach is all there is
    assert {"TEMPLATE"}.isdisjoint(other.id for other in book.rules)
