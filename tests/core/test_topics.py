"""Topics of texts: IPTC's top level by events and words."""

from functools import cache

import pytest

from stream.core.judge import judge
from stream.core.topics import Topic, Topics
from stream.rulebook_reader.book import SHIPPED
from stream.rulebook_reader.tagging import read_topics
from tests.core.texts import article, book, text_of


@cache
def topics() -> Topics:
    return Topics(read_topics([SHIPPED], book().policy.types), book())


def found(body: str, title: str = "") -> tuple[Topic, ...]:
    return topics().find(text_of(body, title), judge(article(body, title), book()).mentions)


@pytest.mark.parametrize(
    ("code", "body"),
    [
        pytest.param("01000000", "این فیلم سینمایی در جشنواره اکران شد.", id="arts"),
        pytest.param("02000000", "دادگاه متهم را به زندان محکوم کرد.", id="crime and law"),
        pytest.param("03000000", "زلزله‌ای ۵ ریشتری نپال را لرزاند.", id="disaster"),
        pytest.param("04000000", "قیمت دلار و سکه در بازار بالا رفت.", id="economy"),
        pytest.param("05000000", "دانش‌آموزان از شنبه به مدرسه می‌روند.", id="education"),
        pytest.param("06000000", "آلودگی هوا و محیط زیست بررسی شد.", id="environment"),
        pytest.param("07000000", "واکسن تازه بیماران را درمان می‌کند.", id="health"),
        pytest.param("08000000", "خانواده سلطنتی رکورد گینس را شکست.", id="human interest"),
        pytest.param("09000000", "کارگران درباره دستمزد و بیکاری حرف زدند.", id="labour"),
        pytest.param("10000000", "گردشگران در هتل ماندند و آشپزی آموختند.", id="lifestyle"),
        pytest.param("11000000", "وزیر خارجه کنیا با همتای اوگاندایی خود دیدار کرد.", id="politics"),
        pytest.param("12000000", "زائران برای نماز جمعه به حرم رفتند.", id="religion"),
        pytest.param("13000000", "دانشمندان با هوش مصنوعی سیاره‌ای یافتند.", id="science"),
        pytest.param("14000000", "مهاجران و پناهجویان در فقر زندگی می‌کنند.", id="society"),
        pytest.param("15000000", "تیم ملی فوتبال با هدایت سرمربی تازه قهرمان شد.", id="sport"),
        pytest.param("16000000", "جنگنده‌های اسرائیل جنوب لبنان را بمباران کردند.", id="conflict"),
        pytest.param("17000000", "هواشناسی: بارش باران و وزش باد در راه است.", id="weather"),
    ],
)
def test_a_text_has_its_topic_first(code: str, body: str) -> None:
    assert found(body)[0].id == f"medtop:{code}"


def test_a_text_about_nothing_has_none() -> None:
    assert found("او سلام کرد و رفت.") == ()


def test_a_passing_word_of_a_long_text_is_no_topic() -> None:
    body = " ".join(["او از این کار خوشحال بود."] * 6) + " در راه فیلم دید."
    assert found(body) == ()


def test_an_event_is_evidence_and_is_named() -> None:
    first = found("دولت کنیا علیه دو شرکت اوگاندایی تحریم وضع کرد.")[0]
    assert "sanction.imposed" in first.why
    assert first.score >= 4


def test_the_list_is_the_top_level() -> None:
    entries = read_topics([SHIPPED], book().policy.types)
    assert [entry.id for entry in entries] == [f"{n:02}000000" for n in range(1, 18)]
    assert len({entry.label for entry in entries}) == 17
    known = set(book().policy.types) | {name.partition(".")[0] for name in book().policy.types}
    assert {type_ for entry in entries for type_ in entry.types} <= known
    covered = {name for entry in entries for name in entry.types}
    assert [t for t in book().policy.types if t not in covered and t.partition(".")[0] not in covered] == []
