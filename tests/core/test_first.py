"""«نخستین … پس از …»: whether the event is told as the first of its kind, and counted from what."""

import pytest

from stream.core.clauses import clauses_of
from stream.core.first import first_claim
from stream.core.records import First
from tests.core.texts import text_of


def claim(body: str, trigger: str) -> First | None:
    """The claim for the trigger, found by its printed first and last word."""
    text = text_of(body)
    (sentence,) = text.sentences
    begin = body.index(trigger)
    inside = [i for i, t in enumerate(sentence.tokens) if begin <= t.start < begin + len(trigger)]
    clauses, where = clauses_of(sentence.tokens)
    clause = clauses[where[inside[-1]]]
    return first_claim(sentence, body, inside, clause.tokens)


@pytest.mark.parametrize(
    ("body", "trigger", "since"),
    [
        pytest.param("وزیران کنیا و غنا برای نخستین بار دیدار کردند", "دیدار کردند", None, id="for the first time"),
        pytest.param("وزیران کنیا و غنا برای اولین مرتبه دیدار کردند", "دیدار کردند", None, id="in other words"),
        pytest.param("نخستین دیدار کنیا و غنا انجام شد", "دیدار", None, id="the first meeting"),
        pytest.param(
            "آن دو برای نخستین بار پس از بحران قهوه با هم دیدار کردند", "دیدار کردند", "بحران قهوه", id="after"
        ),
        pytest.param(
            "آن دو برای نخستین بار بعد از زلزله دیدار کردند", "دیدار کردند", "زلزله", id="after, in other words"
        ),
        pytest.param("نخستین دیدار از سال ۲۰۱۵ با غنا", "دیدار", "سال ۲۰۱۵", id="since a year"),
        pytest.param("نخستین دیدار کنیا و غنا از سال ۲۰۱۵ برگزار شد", "دیدار", "سال ۲۰۱۵", id="up to the verb's noun"),
        pytest.param("نخستین دیدار دو وزیر پس از جنگ سرد بود", "دیدار", "جنگ سرد", id="a verb without a noun"),
        pytest.param("اولین دیدار از زمان انتخابات در آکرا", "دیدار", "انتخابات", id="since the time of"),
    ],
)
def test_a_first(body: str, trigger: str, since: str | None) -> None:
    assert claim(body, trigger) == First(claimed=True, since=since)


@pytest.mark.parametrize(
    ("body", "trigger"),
    [
        pytest.param("وزیران کنیا و غنا دیدار کردند", "دیدار کردند", id="no word of it"),
        pytest.param("نخستین دور گفتگو و دیدار دو وزیر", "دیدار", id="the first round of several"),
        pytest.param("در نخستین روز سفر دیدار کرد", "دیدار کرد", id="the first day"),
        pytest.param(
            "نخستین وزیر زن کشور با همتای خود در آکرا دیدار کرد", "دیدار کرد", id="somebody else is the first"
        ),
        pytest.param("وزیری که برای نخستین بار رأی آورد دیدار کرد", "دیدار کرد", id="in another clause"),
    ],
)
def test_no_first(body: str, trigger: str) -> None:
    assert claim(body, trigger) is None
