"""The whole rulebook: an own folder over the shipped one, and every fault with its file and line."""

from pathlib import Path

import pytest

from stream.core.rules import Fires
from stream.rulebook_reader import RulebookError, load
from stream.rulebook_reader.book import SHIPPED, problems, rule_files
from stream.rulecheck import run_example

RULE = """id: town_taken
title: تصرف شهر
type: territory.seized
maturity: experimental
severity: severe
desk: security
summary: A town is taken.
references:
  - docs/glossary.md
detect:
  triggers:
    - تصرف کرد
  unless:
    property:
      - تصرف عدوانی
false_positives: []
blind_spots: []
tests:
  fires: []
  silent: []
"""


def own(folder: Path, **files: str) -> Path:
    """An own rulebook: `security__x` is security/x.yaml."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_an_own_rule_is_added(tmp_path: Path) -> None:
    shipped, book = load(), load(own(tmp_path, security__town_taken=RULE))
    assert {r.id for r in book.rules} - {r.id for r in shipped.rules} == {"town_taken"}
    assert book.facts["town_taken"].type == "territory.seized"
    assert book.digest != shipped.digest


def test_an_own_rule_replaces_the_shipped_one_of_its_id(tmp_path: Path) -> None:
    text = RULE.replace("id: town_taken", "id: contact_call")
    book = load(own(tmp_path, anywhere__contact_call=text))
    assert len(book.rules) == len(load().rules)
    assert book.facts["contact_call"].type == "territory.seized"


def test_own_lexicon_entries_add_and_replace(tmp_path: Path) -> None:
    states = (
        "- id: ZZZ\n  name: سرزمین آزمون\n  names:\n    - سرزمین آزمون\n"
        "- id: FRA\n  name: فرانسهٔ دیگر\n  names:\n    - فرانسه\n"
    )
    shipped, book = load(), load(own(tmp_path, lexicon__states=states))
    names = {state.id: state.name for state in book.lexicon.states}
    assert names["ZZZ"] == "سرزمین آزمون"
    assert names["FRA"] == "فرانسهٔ دیگر"
    assert len(book.lexicon.states) == len(shipped.lexicon.states) + 1


def test_an_own_policy_replaces_the_shipped_one(tmp_path: Path) -> None:
    policy = (SHIPPED / "policy.yaml").read_text(encoding="utf-8").replace("merge: 24", "merge: 12")
    assert load(own(tmp_path, policy=policy)).policy.hours.merge == 12


def test_loading_twice_gives_one_digest() -> None:
    assert load().digest == load().digest


@pytest.mark.parametrize(
    ("wrong", "line", "message"),
    [
        pytest.param(
            RULE.replace("id: town_taken", "id: other"),
            1,
            "differs from the file's name; call it 'town_taken'",
            id="id",
        ),
        pytest.param(RULE.replace("territory.seized", "territory.siezed"), 3, "unknown event type", id="type"),
        pytest.param(RULE.replace("desk: security", "desk: sport"), 6, "unknown desk 'sport'; one of", id="desk"),
        pytest.param(RULE.replace("triggers:", "trigers:"), 11, "did you mean 'triggers'?", id="key"),
        pytest.param(RULE.replace("severity: severe", "severity: high"), 5, "unknown value 'high'", id="value"),
        pytest.param(RULE.replace("  triggers:\n    - تصرف کرد\n", ""), 10, "needs triggers or nouns", id="no phrase"),
        pytest.param(RULE.replace("تصرف کرد", "تصرف … "), 12, "has no words (on each side of «…»)", id="open gap"),
        pytest.param(RULE.replace("- تصرف عدوانی", '- "،"'), 15, "«،» has no words", id="a mark alone"),
        pytest.param(RULE.replace("title: تصرف شهر\n", ""), 1, "missing key 'title'", id="no title"),
    ],
)
def test_a_wrong_rule_is_told_with_its_line(tmp_path: Path, wrong: str, line: int, message: str) -> None:
    folder = own(tmp_path, security__town_taken=wrong)
    with pytest.raises(RulebookError) as caught:
        load(folder)
    assert message in str(caught.value)
    assert str(caught.value).startswith(f"security/town_taken.yaml:{line}: ")
    assert [str(problem) for problem in problems(folder)] == [str(caught.value)]


@pytest.mark.parametrize(
    ("name", "text", "start"),
    [
        pytest.param(
            "lexicon__states", "- id: ZZZ\n  name: x\n  names:\n    - '-'\n", "lexicon/states.yaml:4: '-'", id="a name"
        ),
        pytest.param(
            "lexicon__cues",
            "cues:\n  - id: x\n    scope: [clause]\n    phrases:\n      - «»\n",
            "lexicon/cues.yaml:5: '«»' has no words",
            id="a cue",
        ),
        pytest.param("lexicon__cues", "cues:\n  - id: x\n    scope: [claus]\n", "lexicon/cues.yaml:3: ", id="a scope"),
        pytest.param("lexicon__spelling", "words: []\nkeeps: []\n", "lexicon/spelling.yaml:2: ", id="a key"),
        pytest.param("policy", "desks: []\n", "policy.yaml:1: ", id="policy"),
    ],
)
def test_a_wrong_file_of_another_kind_is_told_with_its_line(tmp_path: Path, name: str, text: str, start: str) -> None:
    folder = own(tmp_path, **{name: text})
    with pytest.raises(RulebookError) as caught:
        load(folder)
    assert str(caught.value).startswith(start)
    assert str(caught.value) in [str(problem) for problem in problems(folder)]


def test_two_rules_of_one_id_are_refused(tmp_path: Path) -> None:
    folder = own(tmp_path, economy__town_taken=RULE, security__town_taken=RULE)
    with pytest.raises(RulebookError) as caught:
        load(folder)
    assert str(caught.value) == (
        "security/town_taken.yaml:1: economy/town_taken.yaml has the same id; rename one file and its id"
    )
    assert [str(problem) for problem in problems(folder)] == [str(caught.value)]


def test_every_file_with_a_problem_is_told(tmp_path: Path) -> None:
    bad = RULE.replace("desk: security", "desk: sport")
    folder = own(tmp_path, a__one=bad.replace("town_taken", "one"), b__two=bad.replace("town_taken", "two"))
    assert [problem.file for problem in problems(folder)] == ["a/one.yaml", "b/two.yaml"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="does not exist; create it or unset the setting"):
        load(tmp_path / "none")


def test_what_is_no_rule_is_not_read_as_one(tmp_path: Path) -> None:
    folder = own(tmp_path, TEMPLATE="x", outlets="x", policy="x", lexicon__states="x", security__town_taken=RULE)
    assert [path.name for path in rule_files(folder)] == ["town_taken.yaml"]


def test_a_class_that_nobody_defines_is_an_error_with_its_place(tmp_path: Path) -> None:
    rule = (SHIPPED / "TEMPLATE.yaml").read_text(encoding="utf-8").replace("id: TEMPLATE", "id: own_rule")
    lines = rule.replace("    - تصرف کرد\n", "    - <ناشناخته> … تصرف کرد\n")
    (tmp_path / "own_rule.yaml").write_text(lines, encoding="utf-8")
    number = 1 + lines[: lines.index("<ناشناخته>")].count("\n")
    with pytest.raises(RulebookError, match="there is no word class ناشناخته") as error:
        load(tmp_path)
    assert error.value.line == number


def test_own_classes_serve_own_rules(tmp_path: Path) -> None:
    rule = (SHIPPED / "TEMPLATE.yaml").read_text(encoding="utf-8").replace("id: TEMPLATE", "id: own_rule")
    (tmp_path / "own_rule.yaml").write_text(
        rule.replace("    - تصرف کرد\n", "    - <گرفتن> کرد\n    - تصرف کرد\n"), encoding="utf-8"
    )
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "classes.yaml").write_text(
        "classes:\n  - id: گرفتن\n    summary: taking\n    words: [اشغال, تسخیر]\n", encoding="utf-8"
    )
    own = next(r for r in load(tmp_path).rules if r.id == "own_rule")
    example = Fires(text="نیروهای چاد یک پایگاه مرزی را تسخیر کردند.", actors=("TCD",))
    assert run_example(own, example, load(tmp_path)) is None
