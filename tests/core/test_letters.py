"""One spelling per word, and what is dropped or kept on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.core.letters import DROPPED, ZWNJ, fold


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        pytest.param("كتاب", "کتاب", id="arabic kaf"),
        pytest.param("علي", "علی", id="arabic yeh"),
        pytest.param("عیسى", "عیسی", id="alef maksura"),
        pytest.param("رئیس", "رییس", id="yeh with hamza"),
        pytest.param("مسأله", "مساله", id="alef with hamza"),
        pytest.param("مؤسسه", "موسسه", id="waw with hamza"),
        pytest.param("آمریکا", "امریکا", id="alef with madda"),
        pytest.param("نامهٔ", "نامه", id="hamza above"),
        pytest.param("نامۀ", "نامه", id="heh with yeh above"),
        pytest.param("مکة", "مکه", id="teh marbuta"),
        pytest.param("اوّل", "اول", id="shadda"),
        pytest.param("تحـــریم", "تحریم", id="kashida"),
        pytest.param("\u202bتهران\u202c", "تهران", id="direction marks"),
        pytest.param("۱۴۰۴", "1404", id="persian digits"),
        pytest.param("٢٠٢٦", "2026", id="arabic digits"),
        pytest.param("NATO", "nato", id="latin"),
        pytest.param("آتش\u200cبس", "اتش\u200cبس", id="half-space stays"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_fold(printed: str, folded: str) -> None:
    assert fold(printed) == folded


@given(st.text())
def test_folding_twice_is_folding_once(word: str) -> None:
    once = fold(word)
    assert fold(once) == once
    assert not DROPPED & set(once)
    assert once.count(ZWNJ) == word.count(ZWNJ)
