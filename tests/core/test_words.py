"""From a printed word to its units: endings taken off, half-spaces repaired, where the vocabulary asks for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.core.letters import ZWNJ, fold
from stream.core.verbs import conjugate
from stream.core.words import Words

FORMS = conjugate([("کرد", "کن"), ("گفت", "گو")])
WORDS = Words(
    FORMS,
    vocabulary=map(
        fold,
        ["تحریم", "پهپاد", "ایرانی", "نماینده", "آتش", "بس", "گو", "دانا", "جهانی", "جهان", "کشور", "موشک", "باران"],
    ),
    glued={"اتشبس": ("اتش", "بس"), "موشکباران": ("موشک", "باران")},
    keep=map(fold, ["جهانی", "تنها"]),
    same={"پهباد": "پهپاد"},
)


@pytest.mark.parametrize(
    ("printed", "norms"),
    [
        pytest.param("تحریم", ["تحریم"], id="as it is"),
        pytest.param("تحریمها", ["تحریم"], id="glued plural"),
        pytest.param("تحریم‌های", ["تحریم", "های"], id="plural after a half-space"),
        pytest.param("تحریمهایشان", ["تحریم"], id="plural and possessor"),
        pytest.param("تحریمی", ["تحریم"], id="indefinite"),
        pytest.param("ایرانیان", ["ایرانی"], id="plural of a name in yeh"),
        pytest.param("نمایندگان", ["نماینده"], id="plural of a word in heh"),
        pytest.param("آتشبس", ["اتش", "بس"], id="lost half-space"),
        pytest.param("موشکبارانی", ["موشک", "باران"], id="lost half-space and an ending"),
        pytest.param("آتش‌بس", ["اتش", "بس"], id="half-space in place"),
        pytest.param("داناست", ["دانا"], id="copula glued to a vowel"),
        pytest.param("جهانی", ["جهانی"], id="a word to keep"),
        pytest.param("تنها", ["تنها"], id="what only looks like a plural"),
        pytest.param("پهباد", ["پهپاد"], id="another spelling"),
        pytest.param("بازرگانی", ["بازرگانی"], id="a word that nobody looks for is left alone"),
        pytest.param("نکردند", ["کردن"], id="a verb by its infinitive"),
        pytest.param("کرده", ["کرده"], id="a participle stays"),
        pytest.param("", [], id="nothing"),
        pytest.param(ZWNJ, [], id="half-space alone"),
        pytest.param("\u064b", [], id="a mark alone"),
    ],
)
def test_units(printed: str, norms: list[str]) -> None:
    assert [unit.norm for unit in WORDS.units(printed)] == norms


def test_an_ending_is_marked() -> None:
    stem, ending = WORDS.units("کشور‌های")
    assert (stem.ending, ending.ending) == (False, True)


def test_places_of_a_split_word_skip_what_folding_drops() -> None:
    printed = "آتَشـبس"
    first, second = WORDS.units(printed)
    assert fold(printed[first.start : first.end]) == "اتش"
    assert fold(printed[second.start : second.end]) == "بس"


def test_a_full_cache_is_emptied_and_gives_the_same() -> None:
    words = Words(FORMS, ["تحریم"], cache_size=1)
    before = words.units("تحریمها")
    assert words.units("کرد")[0].norm == "کردن"
    assert words.units("تحریمها") == before


@given(st.text(alphabet="آتشبسیهاگکرد‌\u064b\u0640ئ۱a", max_size=20))
def test_units_lie_in_the_word_in_order(printed: str) -> None:
    at = 0
    for unit in WORDS.units(printed):
        assert at <= unit.start <= unit.end <= len(printed)
        at = unit.end
        assert unit.norm
