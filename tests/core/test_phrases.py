"""Phrases of several words, with gaps, found in one pass over the tokens."""

import pytest

from stream.core.normalise import Token
from stream.core.phrases import WITHIN, Matcher, segments
from tests.core.texts import book, tokens_of


def matcher(*phrases: str) -> Matcher[str]:
    return Matcher((segments(phrase, book().words, book().joins), phrase, WITHIN) for phrase in phrases)


def found(sentence: str, *phrases: str) -> list[str]:
    """The printed words that each hit spans."""
    tokens = tokens_of(sentence)
    hits = matcher(*phrases).find(tokens)
    return [sentence[tokens[hit.first].start : tokens[hit.last - 1].end] for hit in hits]


@pytest.mark.parametrize(
    ("sentence", "phrase", "printed"),
    [
        pytest.param("یونان بانک را تحریم کرد", "تحریم کرد", ["تحریم کرد"], id="side by side"),
        pytest.param("یونان بانک را تحریم خواهد کرد", "تحریم کرد", ["تحریم خواهد کرد"], id="another form of the verb"),
        pytest.param("آن را تحريم نمی‌کنند", "تحریم کرد", ["تحريم نمی‌کنند"], id="arabic letters, negated"),
        pytest.param("تحریم تازه‌ای وضع کرد", "تحریم … وضع کرد", ["تحریم تازه‌ای وضع کرد"], id="over a gap"),
        pytest.param("تحریم وضع کرد", "تحریم … وضع کرد", ["تحریم وضع کرد"], id="over an empty gap"),
        pytest.param(
            "تحریم یک دو سه چهار پنج شش هفت هشت وضع کرد",
            "تحریم … وضع کرد",
            ["تحریم یک دو سه چهار پنج شش هفت هشت وضع کرد"],
            id="eight words",
        ),
        pytest.param("تحریم یک دو سه چهار پنج شش هفت هشت نه وضع کرد", "تحریم … وضع کرد", [], id="nine are too many"),
        pytest.param("تحریم شد و قانون وضع کرد", "تحریم … وضع کرد", [], id="another verb comes first"),
        pytest.param(
            "تحریم بانکی که دیروز ورشکست شد وضع کرد",
            "تحریم … وضع کرد",
            ["تحریم بانکی که دیروز ورشکست شد وضع کرد"],
            id="over a relative clause",
        ),
        pytest.param("تحریم … وضع", "تحریم … وضع کرد", [], id="the rest is missing"),
        pytest.param("ضدتحریم کرد", "تحریم کرد", [], id="only whole words"),
        pytest.param("تحریم و تحریم کرد", "تحریم", ["تحریم", "تحریم"], id="twice"),
        pytest.param("", "تحریم", [], id="nothing to look in"),
    ],
)
def test_find(sentence: str, phrase: str, printed: list[str]) -> None:
    assert found(sentence, phrase) == printed


def test_overlapping_phrases_are_all_found() -> None:
    assert sorted(found("بسته تحریم تازه", "بسته تحریم", "تحریم تازه", "تحریم")) == [
        "بسته تحریم",
        "تحریم",
        "تحریم تازه",
    ]


def test_held_are_the_words_of_the_phrase_not_of_its_gaps() -> None:
    tokens = tokens_of("تحریم بسیار تازه وضع کرد")
    (hit,) = matcher("تحریم … وضع کرد").find(tokens)
    assert (hit.first, hit.last, hit.held) == (0, 5, (0, 3, 4))


def test_a_gap_does_not_reach_into_the_next_sentence() -> None:
    tokens = [*tokens_of("تحریم تازه"), Token(0, 0, "\n"), *tokens_of("وضع کرد")]
    assert matcher("تحریم … وضع کرد").find(tokens) == []


def test_two_rules_may_have_one_phrase() -> None:
    both = Matcher([((("تحریم",),), n, WITHIN) for n in (1, 2, 2)])
    assert sorted(hit.what for hit in both.find(tokens_of("تحریم"))) == [1, 2]


def test_a_matcher_without_phrases_finds_nothing() -> None:
    assert Matcher[str]([]).find(tokens_of("تحریم")) == []


@pytest.mark.parametrize("parts", [(), ((),), (("تحریم",), ())], ids=["no segment", "no word", "no word after the gap"])
def test_a_phrase_needs_words(parts: tuple[tuple[str, ...], ...]) -> None:
    with pytest.raises(ValueError, match="needs words"):
        Matcher([(parts, "x", WITHIN)])
