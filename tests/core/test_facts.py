"""What a mention carries to tell its event from others."""

from datetime import datetime
from functools import cache

import msgspec
import orjson
import pytest

from stream.core.book import Book
from stream.core.judge import judge
from stream.core.read import read
from stream.core.records import Article, Incoming, Mention, Where
from stream.rulebook_reader import load

AT = datetime.fromisoformat("2026-03-04T12:00:00+03:30")


@cache
def book() -> Book:
    return load()


def told(body: str) -> Mention:
    """The first mention of a text."""
    value = {"id": "1", "body": body, "outlet": "ایلنا", "published": AT.isoformat()}
    article = read(Incoming(value=orjson.dumps(value), arrived=AT, form="json"), outlets=book().outlet_names)
    assert isinstance(article, Article)
    return judge(article, book()).mentions[0]


def test_a_place_comes_with_what_it_lies_in() -> None:
    places = {one.id: one for one in told("زلزله‌ای به بزرگی ۵ ریشتر میناب در استان هرمزگان را لرزاند.").where}
    assert places["minab"] == Where(id="minab", exact=True, within=("p-hormozgan", "IRN"))
    assert places["p-hormozgan"] == Where(id="p-hormozgan", exact=False, within=("IRN",))


def test_a_town_named_for_its_surroundings_is_no_exact_place() -> None:
    assert [one.exact for one in told("زلزله‌ای به بزرگی ۵ ریشتر روستای گورزانگ در منطقه میناب را لرزاند.").where] == [
        False
    ]
    twice = told("زلزله‌ای به بزرگی ۵ ریشتر میناب را لرزاند. در منطقه میناب چند خانه آسیب دید.")
    assert [one.exact for one in twice.where] == [True]


def test_a_capital_is_a_place_where_something_happens_in_it_and_a_government_where_it_acts() -> None:
    assert [one.id for one in told("انفجار مهیبی در بغداد رخ داد.").where] == ["baghdad"]
    assert told("بغداد سفیر ترکیه را احضار کرد.").where == ()


def test_terms_leave_out_parties_places_words_of_the_rule_and_daily_words() -> None:
    terms = told("زلزله‌ای به بزرگی ۵ ریشتر امروز میناب را لرزاند و کلبه‌ای متروک از جا کنده شد.").terms
    assert {"کلبه", "متروک"} <= {term.removesuffix("‌ای") for term in terms}
    assert not {"زلزله", "میناب", "امروز", "را", "لرزاند"} & set(terms)


def test_a_name_in_latin_letters_tells_a_thing_apart_and_a_handle_none() -> None:
    terms = told("کنیا به کشتی Marengo اوگاندا حمله کرد. @kenyanews").terms
    assert "marengo" in terms
    assert "kenyanews" not in terms


@pytest.mark.parametrize(
    ("body", "ordinal"),
    [
        pytest.param("کنیا برای دومین بار سفیر اوگاندا را احضار کرد.", 2, id="the second time"),
        pytest.param("موج پنجم حملات موشکی ایران به اسرائیل آغاز شد.", 5, id="the fifth wave"),
        pytest.param("کنیا سفیر اوگاندا را احضار کرد.", None, id="none"),
        pytest.param("کنیا سفیر اوگاندا را در طبقهٔ دوم وزارتخانه احضار کرد.", None, id="of something else"),
    ],
)
def test_ordinal(body: str, ordinal: int | None) -> None:
    assert told(body).ordinal == ordinal


@pytest.mark.parametrize(
    ("body", "fresh"),
    [
        pytest.param("لحظاتی پیش انفجاری در بغداد رخ داد.", True, id="moments ago"),
        pytest.param("دقایقی قبل انفجاری در بغداد رخ داد.", True, id="minutes ago"),
        pytest.param("دیشب انفجاری در بغداد رخ داد.", False, id="last night"),
    ],
)
def test_fresh(body: str, fresh: bool) -> None:
    assert told(body).fresh is fresh


def test_old_records_decode() -> None:
    old = b'{"type":"contact.call","status":"happened","time":"current","trigger":"t","evidence":[],"rule":"r"}'
    mention = msgspec.json.decode(old, type=Mention)
    assert (mention.where, mention.terms, mention.ordinal, mention.fresh, mention.stated) == ((), (), None, False, ())
