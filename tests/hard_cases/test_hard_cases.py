"""Each hard case is a test; what does not hold today is a strict xfail with its reason, so that a repair is noticed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from stream.rulebook_reader.yaml_file import locate
from tests.hard_cases import cases

BOOK = cases.book()
ALL = [(path, n, case) for path in cases.files() for n, case in enumerate(cases.read(path))]


def params() -> Iterator[object]:
    for path, n, case in ALL:
        marks = [pytest.mark.xfail(strict=True, raises=AssertionError, reason=case.fails)] if case.fails else []
        yield pytest.param(case, id=f"{path.name}:{locate(path, 'cases', n, 'text')}", marks=marks)


@pytest.mark.parametrize("case", list(params()))
def test_a_case_holds(case: cases.Case) -> None:
    assert cases.difference(case) is None


def test_the_suite_is_large_and_says_nothing_twice() -> None:
    texts = [(case.text, case.published) for _, _, case in ALL]
    assert len(texts) >= 300
    assert len(set(texts)) == len(texts)


def test_every_type_is_told_and_kept_quiet() -> None:
    loud: set[str] = set()
    quiet: set[str] = set()
    for _, _, case in ALL:
        for expected in case.expect:
            alertable = expected.time in (None, "current") and expected.status in (None, "happened", "claimed")
            (loud if alertable else quiet).add(expected.type)
    assert loud == set(BOOK.policy.types)
    assert quiet == set(BOOK.policy.types)


def test_both_outcomes_are_many() -> None:
    silent = sum(not case.expect for _, _, case in ALL)
    assert silent >= 60
    assert len(ALL) - silent >= 240


def test_marks_are_rewritten_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "some.yaml"
    path.write_text('# head\ncases:\n  - text: الف\n    expect: []\n    fails: "old"\n  - text: ب\n', encoding="utf-8")
    cases.rewrite(path, [None, 'new "one"'])
    assert path.read_text(encoding="utf-8") == (
        "# head\ncases:\n  - text: الف\n    expect: []\n  - text: ب\n    fails: \"new 'one'\"\n"
    )
    assert [case.fails for case in cases.read(path)] == [None, "new 'one'"]


def test_what_is_wrong_is_said() -> None:
    wanted = cases.Expected(type="contact.call", status="planned", actors=("KEN",))
    case = cases.Case(text="وزیران خارجه کنیا و اوگاندا امروز تلفنی گفت‌وگو کردند.", expect=(wanted,))
    told = cases.difference(case)
    assert told is not None
    assert "status is happened, should be planned" in told
    assert "actors are KEN UGA, should be KEN" in told
    other = cases.Case(text=case.text, expect=(cases.Expected(type="accident"),))
    assert cases.difference(other) == "accident: not found; also contact.call on «تلفنی گفت‌وگو کردند»"
