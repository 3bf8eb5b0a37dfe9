"""Whose word the text says it is."""

from datetime import datetime
from functools import cache

import orjson
import pytest

from stream.core.book import Book
from stream.core.judge import judge
from stream.core.read import read
from stream.core.records import Article, Incoming
from stream.rulebook_reader import load

AT = datetime.fromisoformat("2026-03-04T12:00:00+03:30")


@cache
def book() -> Book:
    return load()


def voices(body: str, outlet: str | None = "ایلنا") -> list[list[str]]:
    """Ids of the voices of each mention."""
    value = {"id": "1", "body": body, "outlet": outlet, "published": AT.isoformat()}
    article = read(Incoming(value=orjson.dumps(value), arrived=AT, form="json"), outlets=book().outlet_names)
    assert isinstance(article, Article)
    return [[voice.id for voice in mention.stated] for mention in judge(article, book()).mentions]


@pytest.mark.parametrize(
    ("body", "chain"),
    [
        pytest.param("کنیا سفیر اوگاندا را احضار کرد.", [], id="none"),
        pytest.param("رویترز: کنیا سفیر اوگاندا را احضار کرد.", ["reuters"], id="before a colon"),
        pytest.param("شبکه سی‌ان‌ان: کنیا سفیر اوگاندا را احضار کرد.", ["CNN"], id="with its kind"),
        pytest.param("ادعای سی‌ان‌ان؛ کنیا سفیر اوگاندا را احضار کرد.", ["CNN"], id="a claim of"),
        pytest.param("کنیا به نقل از تاس سفیر اوگاندا را احضار کرد.", ["TASS"], id="a weak name after its cue"),
        pytest.param("ایرنا به نقل از تاس: کنیا سفیر اوگاندا را احضار کرد.", ["IRNA", "TASS"], id="a chain"),
        pytest.param("رویترز گزارش داد کنیا سفیر اوگاندا را احضار کرد.", ["reuters"], id="before a verb of telling"),
        pytest.param("کنیا سفیر اوگاندا را احضار کرد/ ایسنا", ["ISNA"], id="at the end"),
        pytest.param("کنیا سفیر اوگاندا را احضار کرد (رویترز)", ["reuters"], id="in brackets"),
        pytest.param("رویترز:\nکنیا سفیر اوگاندا را احضار کرد.", ["reuters"], id="on the line above"),
        pytest.param(
            "کنیا سفیر اوگاندا را احضار کرد.\nرویترز این خبر را منتشر کرد.", ["reuters"], id="on a line below"
        ),
        pytest.param("ایلنا: کنیا سفیر اوگاندا را احضار کرد.", [], id="the outlet itself"),
        pytest.param(
            "کنیا سفیر اوگاندا را در پی حمله به دفتر رویترز احضار کرد.", [], id="an outlet that is written about"
        ),
    ],
)
def test_stated(body: str, chain: list[str]) -> None:
    assert voices(body) == [chain]


def test_an_official_is_the_origin_of_what_the_state_tells_of_itself() -> None:
    assert voices("وزارت خارجه کنیا: سفیر اوگاندا را احضار کردیم.") == [["KEN"]]
    assert voices("رویترز: وزارت خارجه کنیا اعلام کرد سفیر اوگاندا احضار شد.")[0][0] == "reuters"


def test_each_line_of_a_digest_has_its_own_source() -> None:
    body = "رویترز: کنیا سفیر اوگاندا را احضار کرد.\nتاس: زلزله‌ای به بزرگی ۶ ریشتر ژاپن را لرزاند."
    assert voices(body) == [["reuters"], ["TASS"]]


def test_what_is_known_of_the_outlet_comes_along() -> None:
    value = {"id": "1", "body": "کنیا سفیر اوگاندا را احضار کرد.", "outlet": "تسنیم"}
    article = read(Incoming(value=orjson.dumps(value), arrived=AT, form="json"), outlets=book().outlet_names)
    assert isinstance(article, Article)
    publisher = judge(article, book()).publisher
    assert publisher is not None
    assert (publisher.id, publisher.kind, publisher.country, publisher.state) == ("tasnim", "agency", "IRN", True)
    assert publisher.owner == book().voices["fars"].owner
    assert book().voices["reuters"].owner != book().voices["AFP"].owner
