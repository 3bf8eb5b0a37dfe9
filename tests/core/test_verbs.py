"""Verb forms: infinitive, tense, polarity and person of what is printed."""

import pytest

from stream.core.letters import fold
from stream.core.verbs import COMMON, VerbForm, conjugate, infinitive, read_stems

FORMS = conjugate(read_stems(["جنگید#جنگ", "لغزید#لغز"]))


@pytest.mark.parametrize(
    ("printed", "lemma", "tense", "negative", "person"),
    [
        pytest.param("کرد", "کردن", "past", False, "3s", id="past"),
        pytest.param("کردند", "کردن", "past", False, "3p", id="past plural"),
        pytest.param("نکردیم", "کردن", "past", True, "1p", id="past negated"),
        pytest.param("میکند", "کردن", "present", False, "3s", id="present"),
        pytest.param("نمیکنند", "کردن", "present", True, "3p", id="present negated"),
        pytest.param("نمیکرد", "کردن", "habitual", True, "3s", id="habitual negated"),
        pytest.param("بکنند", "کردن", "subjunctive", False, "3p", id="subjunctive"),
        pytest.param("نکند", "کردن", "subjunctive", True, "3s", id="subjunctive negated"),
        pytest.param("کرده", "کردن", "participle", False, "", id="participle"),
        pytest.param("نکرده", "کردن", "participle", True, "", id="participle negated"),
        pytest.param("کردن", "کردن", "infinitive", False, "", id="infinitive"),
        pytest.param("نکردن", "کردن", "infinitive", True, "", id="infinitive negated"),
        pytest.param("نیامد", "آمدن", "past", True, "3s", id="negation before alef with madda"),
        pytest.param("بیایند", "آمدن", "subjunctive", False, "3p", id="subjunctive before alef with madda"),
        pytest.param("میآید", "آمدن", "present", False, "3s", id="glide after alef with madda"),
        pytest.param("نیفتاد", "افتادن", "past", True, "3s", id="negation before alef"),
        pytest.param("بیفتد", "افتادن", "subjunctive", False, "3s", id="subjunctive before alef"),
        pytest.param("دارد", "داشتن", "present", False, "3s", id="present without its prefix"),
        pytest.param("ندارند", "داشتن", "present", True, "3p", id="and negated"),
        pytest.param("است", "بودن", "present", False, "3s", id="is"),
        pytest.param("نیستند", "بودن", "present", True, "3p", id="are not"),
        pytest.param("نباشد", "بودن", "subjunctive", True, "3s", id="be not"),
        pytest.param("گردید", "شدن", "past", False, "3s", id="a verb that only differs in style"),
        pytest.param("نمودند", "کردن", "past", False, "3p", id="another one"),
        pytest.param("میکنه", "کردن", "present", False, "3s", id="spoken"),
        pytest.param("لغزیدند", "لغزیدن", "past", False, "3p", id="a verb of the list"),
    ],
)
def test_a_form_is_read(printed: str, lemma: str, tense: str, negative: bool, person: str) -> None:
    form = FORMS[fold(printed)]
    assert (form.lemma, form.tense, form.negative, form.person) == (fold(lemma), tense, negative, person)


@pytest.mark.parametrize(
    "word",
    [
        pytest.param("شکست", id="defeat, not broke"),
        pytest.param("ساخت", id="making, not made"),
        pytest.param("بازداشت", id="arrest, not arrested"),
        pytest.param("پرداخت", id="payment, not paid"),
        pytest.param("وارد", id="entering, a nonverbal part"),
        pytest.param("باید", id="a cue, no verb of a clause"),
        pytest.param("شاید", id="another one"),
        pytest.param("میان", id="between, not a spoken come"),
    ],
)
def test_a_noun_is_no_verb(word: str) -> None:
    assert fold(word) not in FORMS


@pytest.mark.parametrize(
    ("tense", "finite"), [("past", True), ("future", True), ("participle", False), ("infinitive", False)]
)
def test_finite(tense: str, finite: bool) -> None:
    assert VerbForm("کردن", tense).finite is finite


def test_a_negation_once_seen_stays() -> None:
    form = VerbForm("کردن", "participle", True).become("perfect", person="3p")
    assert form == VerbForm("کردن", "perfect", True, "3p")


def test_a_past_wins_over_another_verbs_subjunctive() -> None:
    form = conjugate([("کشت", "کش"), ("کشید", "کش")])["کشید"]
    assert (form.lemma, form.tense) == ("کشیدن", "past")


def test_stems_of_news_come_first_and_win_shared_forms() -> None:
    stems = read_stems(["", "بی‌نشان", "زیست#زی", "کرد#کر", "شد#شو"])
    assert ("زیست", "زی") in stems
    assert stems.index(("کرد", "کن")) < stems.index(("کرد", "کر"))
    assert {past for past, _ in stems} >= set(COMMON)
    assert all(past and present for past, present in stems)


def test_infinitive_of_a_stem() -> None:
    assert infinitive("داد") == "دادن"
    assert infinitive("گشت") == "شدن"
