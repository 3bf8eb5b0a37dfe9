"""Numbers with what they count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.core.dates import pieces
from stream.core.numbers import find_numbers
from stream.core.numerals import amount_at


def found(text: str) -> list[tuple[object, ...]]:
    """Kind, value and printed words of each number."""
    return [(q.kind, q.value, q.text) for q in find_numbers(text, pieces(text))]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        pytest.param("۱۲", 12, id="persian digits"),
        pytest.param("٤٢", 42, id="arabic digits"),
        pytest.param("12,500", 12500, id="thousands with a comma"),
        pytest.param("۱۲٬۵۰۰٬۰۰۰", 12_500_000, id="thousands with their own mark"),
        pytest.param("۷٫۸", 7.8, id="decimal mark"),
        pytest.param("۷.۸", 7.8, id="decimal point"),
        pytest.param("۷/۸", 7.8, id="decimal slash"),
        pytest.param("3/0", 0.3, id="decimal slash read from the right"),
        pytest.param("بیست و پنج", 25, id="number words"),
        pytest.param("صد و بیست و پنج", 125, id="hundreds"),
        pytest.param("سه هزار و دویست", 3200, id="thousands in words"),
        pytest.param("دو میلیون و ۳۰۰ هزار", 2_300_000, id="digits and scales"),
        pytest.param("دو و نیم میلیون", 2_500_000, id="and a half"),
        pytest.param("هزار", 1000, id="a bare scale"),
        pytest.param("۱.۵ میلیارد", 1_500_000_000, id="decimal and scale"),
    ],
)
def test_an_amount_is_read(printed: str, value: float) -> None:
    cut = pieces(f"{printed} نفر")
    amount = amount_at(cut, 0)
    assert amount is not None
    assert amount.value == pytest.approx(value)
    assert cut[amount.last][2] == "نفر"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "۱۲ نفر کشته و ۳۰ نفر زخمی شدند.", [("dead", 12, "۱۲ نفر"), ("injured", 30, "۳۰ نفر")], id="after it"
        ),
        pytest.param("۱۲ کشته و ۳۰ زخمی", [("dead", 12, "۱۲ کشته"), ("injured", 30, "۳۰ زخمی")], id="right after it"),
        pytest.param("شمار کشته‌ها به ۱۲۵ نفر رسید", [("dead", 125, "۱۲۵ نفر")], id="before it"),
        pytest.param("انفجار جان ۷ نفر را گرفت", [("dead", 7, "۷ نفر")], id="took their lives"),
        pytest.param("بازداشت ۵ نفر در کرج", [("arrested", 5, "۵ نفر")], id="arrested"),
        pytest.param("حدود ۲۰ نفر مفقود شدند", [("missing", 20, "۲۰ نفر")], id="missing"),
        pytest.param("صدها هزار نفر آواره شدند", [("displaced", 100_000, "صدها هزار نفر")], id="displaced"),
        pytest.param("شورش ۸۰ زندانی", [("prisoners", 80, "۸۰ زندانی")], id="prisoners"),
        pytest.param(
            "یک سرباز کشته شد و ۱۲ نفر به خانه رفتند", [("dead", 1, "یک سرباز"), ("people", 12, "۱۲ نفر")], id="others"
        ),
        pytest.param("۸۰ نفر در جلسه بودند", [("people", 80, "۸۰ نفر")], id="persons to whom nothing happened"),
        pytest.param("زلزله‌ای به بزرگی ۵.۲ ریشتر", [("magnitude", 5.2, "۵.۲ ریشتر")], id="magnitude"),
        pytest.param("زمین‌لرزه‌ای به قدرت ۶٫۱ رخ داد", [("magnitude", 6.1, "۶٫۱")], id="magnitude without a unit"),
        pytest.param("تورم به ۴۰ درصد رسید", [("percent", 40, "۴۰ درصد")], id="percent"),
        pytest.param("۳٪ رشد", [("percent", 3, "۳٪")], id="percent sign"),
        pytest.param("۵۰۰ تن گندم", [("amount", 500, "۵۰۰ تن")], id="tons of goods"),
        pytest.param("۱۲ تن از نمایندگان", [("people", 12, "۱۲ تن")], id="the same word for persons"),
        pytest.param("تلفن ۰۲۱-۸۸۸۸ و نتیجه ۳-۱", [], id="telephones and scores"),
        pytest.param("در ۲۴ استان بارید", [], id="what counts nothing of these"),
        pytest.param("هیچ عددی نیست", [], id="none"),
    ],
)
def test_kinds(text: str, expected: list[tuple[object, ...]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        pytest.param("۲ میلیارد دلار", 2_000_000_000, "USD", id="dollars"),
        pytest.param("$۵۰ میلیون", 50_000_000, "USD", id="sign before it"),
        pytest.param("۳۰۰ دلار کانادا", 300, "CAD", id="dollars of a state"),
        pytest.param("۱۲,۵۰۰ تومان", 12500, "IRT", id="toman"),
        pytest.param("۵۰ همت", 50 * 10**12, "IRT", id="a thousand milliard toman"),
        pytest.param("۲۰ یورو", 20, "EUR", id="euro"),
        pytest.param("۳۵۰ کیلومتر مربع", 350, "km2", id="a unit of two words"),
        pytest.param("۲.۵ میلیون بشکه نفت", 2_500_000, "bbl", id="barrels"),
        pytest.param("۴۰ درجه", 40, "deg", id="degrees"),
    ],
)
def test_units(text: str, value: float, unit: str) -> None:
    (one,) = find_numbers(text, pieces(text))
    assert (one.value, one.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "bound", "value", "to"),
    [
        pytest.param("۱۲ نفر کشته شدند", "exact", 12, None, id="exact"),
        pytest.param("دست‌کم ۱۲ نفر کشته شدند", "at_least", 12, None, id="at least"),
        pytest.param("بیش از ۴۰ نفر کشته شدند", "at_least", 40, None, id="more than"),
        pytest.param("حدود ۴۰ نفر کشته شدند", "about", 40, None, id="about"),
        pytest.param("حداکثر ۴۰ نفر کشته شدند", "at_most", 40, None, id="at most"),
        pytest.param("ده‌ها نفر کشته شدند", "several", 10, None, id="tens"),
        pytest.param("چند هزار نفر کشته شدند", "several", 1000, None, id="some thousands"),
        pytest.param("۱۲ تا ۱۵ نفر کشته شدند", "exact", 12, 15, id="a range"),
        pytest.param("۲ تا ۳ هزار نفر کشته شدند", "exact", 2000, 3000, id="a range with one scale"),
    ],
)
def test_bounds(text: str, bound: str, value: float, to: float | None) -> None:
    (one,) = find_numbers(text, pieces(text))
    assert (one.bound, one.value, one.to, one.kind) == (bound, value, to, "dead")


def test_a_date_is_no_number() -> None:
    text = "در ۱۲ نفر"
    assert find_numbers(text, pieces(text), taken=[(3, 5)]) == []


@given(st.text(alphabet="۱۲۳۰ ،,.٫/-‌ونفرهزارکشته$٪ده", max_size=40))
def test_whatever_stands_there_spans_are_slices(text: str) -> None:
    for one in find_numbers(text, pieces(text)):
        assert text[one.start : one.end] == one.text
        assert one.text
