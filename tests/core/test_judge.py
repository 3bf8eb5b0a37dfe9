"""One article through normalise, tag and detect: what comes out proves itself, whatever went in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stream.core.detect import MISS_REASONS
from stream.core.judge import judge
from stream.core.records import Judgement
from tests.core.texts import article, book

TITLE = "کنیا سفیر اوگاندا را احضار کرد"
BODY = (
    "وزارت خارجه کنيا امروز سفير اوگاندا را احضار كرد. کنیا هفته آینده سفیر تانزانیا را احضار خواهد کرد. "
    "The talks between the two ministers were held in the capital of the country on Monday. "
    "حزب‌های مخالف در کنیا انتخابات را تحریم کردند."
)


def assert_proves_itself(judgement: Judgement) -> None:
    source = judgement.article.text
    for mention in judgement.mentions:
        assert mention.evidence
        assert mention.trigger in source
        assert all(e.text == source[e.start : e.end] != "" for e in mention.evidence)
        assert mention.rule in book().facts
        assert mention.type == book().facts[mention.rule].type
    for miss in judgement.misses:
        assert miss.reason in MISS_REASONS
        assert 0 <= miss.start < miss.end <= len(source)
    for tag in judgement.tags:
        assert tag.text == source[tag.start : tag.end]


def test_a_title_and_its_lead_are_one_event() -> None:
    judgement = judge(article(BODY, TITLE), book())
    assert_proves_itself(judgement)
    loud = [m for m in judgement.mentions if m.alertable]
    assert [(m.type, m.actors, m.recipients, m.headline, m.day) for m in loud] == [
        ("diplomatic.relations", ("KEN",), ("UGA",), True, "2026-03-04")
    ]
    assert loud[0].evidence[0].text == TITLE


def test_a_plan_stays_beside_what_happened() -> None:
    judgement = judge(article(BODY, TITLE), book())
    planned = [m for m in judgement.mentions if m.status == "planned"]
    assert [(m.actors, m.recipients) for m in planned] == [(("KEN",), ("TZA",))]
    assert any(reason.startswith("verb: future") for reason in planned[0].why)


def test_a_silent_rule_says_why() -> None:
    judgement = judge(article(BODY, TITLE), book())
    (miss,) = [m for m in judgement.misses if m.rule == "sanction_imposed"]
    assert miss.reason == "excluded"
    assert judgement.article.text[miss.start : miss.end] == "تحریم کردند"


def test_a_foreign_sentence_meets_no_rule() -> None:
    judgement = judge(article(BODY, TITLE), book())
    begin = judgement.article.text.index("The talks")
    end = judgement.article.text.index("حزب‌های")
    assert not [t for t in judgement.tags if begin <= t.start < end]


@pytest.mark.parametrize("language", ["en", "ar", "ckb"])
def test_another_language_meets_no_rule(language: str) -> None:
    judgement = judge(article(BODY, TITLE, language=language), book())
    assert judgement.outcome == "unsupported_language"
    assert (judgement.tags, judgement.mentions, judgement.misses) == ((), (), ())


def test_judging_twice_gives_the_same() -> None:
    assert judge(article(BODY, TITLE), book()) == judge(article(BODY, TITLE), book())


SENTENCES = st.lists(
    st.sampled_from(
        """کنیا اوگاندا را در به از با علیه و که سفیر احضار کرد شد خواهد کرده است تحریم دیدار گفت‌وگو حمله آتش‌بس : ، . « »
        اگر باید نباید وزیر خارجه همتای خود امروز فردا دیروز نخستین بار پس جنگ آغاز لغو تکذیب مدعی برای درخواست ! ؟ ( )
        نیست می شود نکردند ۲۰۱۵ سال گذشته انجام زندانی آزاد تهران نیویورک ارتش""".split()
    ),
    max_size=30,
).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(SENTENCES, st.one_of(st.just(""), SENTENCES))
def test_any_words_are_judged_and_prove_themselves(body: str, title: str) -> None:
    assert_proves_itself(judge(article(body, title), book()))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_judged(body: str) -> None:
    assert_proves_itself(judge(article(body), book()))
