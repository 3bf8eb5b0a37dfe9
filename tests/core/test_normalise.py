"""Cutting an article: tokens keep their place, a verb of several words is one, endings belong to their word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stream.core.normalise import sentences_of
from tests.core.texts import text_of, tokens_of


@pytest.mark.parametrize(
    ("printed", "norms"),
    [
        pytest.param("تحريم‌هاي جديد", ["تحریم", "جدید"], id="arabic letters and a plural"),
        pytest.param("تحریم ها", ["تحریم"], id="plural after a space"),
        pytest.param("تحریمهای", ["تحریم"], id="glued plural"),
        pytest.param("آتش‌بس", ["اتشبس"], id="compound with its half-space"),
        pytest.param("آتش بس", ["اتشبس"], id="compound with a space"),
        pytest.param("آتشبس", ["اتشبس"], id="compound without either"),
        pytest.param("گفت‌وگوی تلفنی", ["گفتوگو", "تلفنی"], id="compound with ezafe"),
        pytest.param("گفتگوی تلفنی", ["گفتوگو", "تلفنی"], id="the same in its short spelling"),
        pytest.param("«نقل»", ["«", "نقل", "»"], id="quotation marks"),
        pytest.param("۲۴ اسفند", ["24", "اسفند"], id="digits"),
        pytest.param("سه‌شنبه،", ["سه", "شنبه", "،"], id="a mark after a word"),
    ],
)
def test_words(printed: str, norms: list[str]) -> None:
    assert [token.norm for token in tokens_of(printed)] == norms


@pytest.mark.parametrize(
    ("printed", "lemma", "tense", "negative", "person"),
    [
        pytest.param("خواهند کرد", "کردن", "future", False, "3p", id="future"),
        pytest.param("نخواهد شد", "شدن", "future", True, "3s", id="future negated"),
        pytest.param("کرده است", "کردن", "perfect", False, "3s", id="perfect"),
        pytest.param("کرده‌اند", "کردن", "perfect", False, "3p", id="perfect with a half-space"),
        pytest.param("نکرده است", "کردن", "perfect", True, "3s", id="perfect negated"),
        pytest.param("نکرده بودند", "کردن", "pluperfect", True, "3p", id="pluperfect negated"),
        pytest.param("شده باشد", "شدن", "subjunctive", False, "3s", id="perfect subjunctive"),
        pytest.param("می‌شود", "شدن", "present", False, "3s", id="present with a half-space"),
        pytest.param("نمی شود", "شدن", "present", True, "3s", id="present with a space"),
        pytest.param("می کرد", "کردن", "habitual", False, "3s", id="habitual with a space"),
        pytest.param("می‌کرده است", "کردن", "habitual", False, "3s", id="habitual perfect"),
        pytest.param("کرده بوده است", "کردن", "perfect", False, "", id="perfect of the pluperfect"),
        pytest.param("کرده", "کرده", "participle", False, "", id="participle alone"),
    ],
)
def test_a_verb_of_several_words_is_one_token(
    printed: str, lemma: str, tense: str, negative: bool, person: str
) -> None:
    (token,) = tokens_of(printed)
    assert (token.start, token.end) == (0, len(printed))
    assert token.form is not None
    assert (token.norm, token.form.tense, token.form.negative, token.form.person) == (lemma, tense, negative, person)


def test_an_ending_lengthens_the_token_before_it() -> None:
    printed = "این تحریم ها بود"
    assert [printed[t.start : t.end] for t in tokens_of(printed)] == ["این", "تحریم ها", "بود"]


def test_an_ending_without_a_word_is_dropped() -> None:
    assert [token.norm for token in tokens_of("؟ ها")] == ["؟", "ها"]


@pytest.mark.parametrize(
    ("printed", "sentences"),
    [
        pytest.param("سلام. خوب؟ بله! پایان", ["سلام.", "خوب؟", "بله!", "پایان"], id="each mark ends one"),
        pytest.param("نرخ ۳.۵ درصد شد. تمام", ["نرخ ۳.۵ درصد شد.", "تمام"], id="a point inside a number ends none"),
        pytest.param("در سال ۱۴۰۲. بعد رفت", ["در سال ۱۴۰۲.", "بعد رفت"], id="a full stop after a number"),
        pytest.param("آقای ج. د. گفت.", ["آقای ج. د. گفت."], id="initials end none"),
        pytest.param("«آمد.» رفت", ["«آمد.»", "رفت"], id="the quotation mark goes with it"),
        pytest.param("  \n ", [], id="space alone"),
    ],
)
def test_sentences(printed: str, sentences: list[str]) -> None:
    assert [printed[start:end] for start, end in sentences_of(printed, 0, len(printed))] == sentences


def test_title_and_body_are_cut_apart() -> None:
    text = text_of("متن خبر. دنباله", title="تیتر خبر")
    assert [(s.title, s.part, s.first) for s in text.sentences] == [(True, 0, 0), (False, 1, 2), (False, 1, 5)]
    assert text.tokens == [token for sentence in text.sentences for token in sentence.tokens]


PERSIAN = st.text(alphabet="آابپتجچخدرزسشفکگلمنوهی‌ ئيك۱۲٣.،؛:؟!«»()-…ًـ\n\u200f\u202b", max_size=80)
WORDS = st.lists(
    st.sampled_from(
        """می نمی کرده کرد است خواهد خواهند بود بوده باشد ها های اند ای گفت وگو و آتش بس تحریم تهران که را . ، « » : ۱۲
        به از""".split()
    ),
    max_size=14,
).flatmap(lambda words: st.sampled_from([" ", "\u200c", ""]).map(lambda gap: gap.join(words)))


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=60), PERSIAN, WORDS), st.one_of(st.just(""), PERSIAN))
def test_any_text_is_cut_in_order_and_inside(body: str, title: str) -> None:
    text = text_of(body, title)
    source, at = text.article.text, 0
    for sentence in text.sentences:
        part = text.article.parts[sentence.part]
        assert part.start <= sentence.start < sentence.end <= part.end
        assert text.tokens[sentence.first : sentence.first + len(sentence.tokens)] == sentence.tokens
        for token in sentence.tokens:
            assert max(at, sentence.start) <= token.start < token.end <= sentence.end
            assert source[token.start : token.end].strip()
            assert token.norm
            assert " " not in token.norm
            at = token.end
