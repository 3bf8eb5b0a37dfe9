"""Dates in sentences: a table of expressions, each with what it must mean, all told on Friday 29 July 2022, 21:48."""

import random
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from stream.core.date_lexer import has_cue
from stream.core.date_words import NUMBERS, PHRASES, WORDS
from stream.core.dates import DateSpan, find_dates, pieces

TOLD = datetime(2022, 7, 29, 21, 48, tzinfo=timezone(timedelta(hours=4, minutes=30)))


def found(text: str, anchor: datetime | None = TOLD) -> list[tuple[str, DateSpan]]:
    """The printed phrases with their spans."""
    places = pieces(text)
    spans = find_dates([word for _, _, word in places], anchor)
    return [(text[places[span.first][0] : places[span.last - 1][1]], span) for span in spans]


def days(span: DateSpan) -> str:
    """`2022-07-29`, `2022-07-29..2022-08-02` or `open`."""
    if span.start is None or span.end is None:
        return "open"
    return span.start.isoformat() if span.start == span.end else f"{span.start}..{span.end}"


TABLE = Path(__file__).with_name("date_expressions.txt")

NO_DATES = """
خبرگزاری مهر از نشست خبر داد
مهر گزارش داد که نشست پایان یافت
به گزارش آذر، کارگردان جوان، فیلم آماده است
او می‌رود و می‌آید و کار می‌کند
از این ۲۰ می‌توان گذشت
مه غلیظ جاده را بست
گاز کربن دی‌اکسید در هوا بود
دو تیر شلیک شد و پای او ۳ تیر خورد
بهمن راه روستا را بست
بشار اسد با وزیر دیدار کرد
داروی سرطان و میزان فروش آن
رجب طیب اردوغان سخن گفت
شاخص به صفر رسید
امام جمعه شهر سخن گفت
نماز جمعه برپا شد
چهارشنبه‌سوری را جشن گرفتند
مسافران به شهر دوشنبه رسیدند
در میدان ۷ تیر گرد آمدند
بیمارستان ۲۲ بهمن پر شد
جنبش شش آوریل بیانیه داد
کارگاه به روز شد و روز به روز بهتر می‌شود
دنیای امروز پیچیده است
جنگ ۱۲ روز به درازا کشید
دو روز پیش از حمله هشدار داد
سه هفته پس از زلزله برگشت
دو سال گذشته است و خبری نیست
قیمت ۲۰ درصد بالا رفت و ۱۴۰۰ نفر آمدند
نتیجه ۲:۱ شد
دمای هوا ۳.۵ درجه است
سهم ۲۱/۵ درصدی بازار
۳۱ مهر وجود ندارد
شماره ۰۹۱۲۳۴۵۶۷۸ را بگیرید
خرداد پرحادثه‌ای بود
بهار نام دختر اوست
فصل بهار عربی پایان یافت
کالای ۲۴ ساعته و ۶۰ روزه
"""


def _rows() -> list[tuple[str, str, str, str, str, str]]:
    rows = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            a, b, c, d, e, f = (cell.strip() for cell in line.split("|"))
            rows.append((a, b, c, d, e, f))
    return rows


@pytest.mark.parametrize(("marked", "when", "precision", "calendar", "kind", "future"), _rows())
def test_expression(marked: str, when: str, precision: str, calendar: str, kind: str, future: str) -> None:
    before, rest = marked.split("⟦")
    phrase, after = rest.split("⟧")
    ((printed, span),) = found(before + phrase + after)
    assert printed == phrase
    assert (days(span), span.precision, span.calendar, span.kind) == (when, precision, calendar, kind)
    assert span.future == {"yes": True, "no": False, "-": None}[future]


@pytest.mark.parametrize("text", NO_DATES.strip().splitlines())
def test_no_date(text: str) -> None:
    assert found(text) == []


def test_table_is_large() -> None:
    assert len(_rows()) >= 150


def test_two_readings() -> None:
    """The clause's verb decides between the last and the coming one."""
    ((_, friday),) = found("نشست پنجشنبه برگزار می‌شود")
    assert (friday.start, friday.start_if_future) == (date(2022, 7, 28), date(2022, 8, 4))
    ((_, day),) = found("رزمایش ۲۴ فوریه خواهد بود")
    assert (day.start, day.start_if_future, day.end_if_future) == (
        date(2022, 2, 24),
        date(2023, 2, 24),
        date(2023, 2, 24),
    )
    ((_, written),) = found("رزمایش ۲۴ فوریه ۲۰۲۲ بود")
    assert written.start_if_future is None


def test_nearest_year_turns_after_seven_months() -> None:
    ((_, span),) = found("دیدار ۲۸ دسامبر", datetime(2022, 7, 29, 12, tzinfo=UTC))
    assert span.start == date(2021, 12, 28)
    ((_, span),) = found("دیدار ۲۸ دسامبر", datetime(2022, 8, 29, 12, tzinfo=UTC))
    assert span.start == date(2022, 12, 28)


def test_weekday_chooses_the_year() -> None:
    """10 March was a Thursday in 2022 and a Friday in 2023."""
    anchor = datetime(2022, 12, 1, 12, tzinfo=UTC)
    ((_, span),) = found("نشست جمعه ۱۰ مارس", anchor)
    assert span.start == date(2023, 3, 10)
    ((_, span),) = found("نشست پنجشنبه ۱۰ مارس", anchor)
    assert span.start == date(2022, 3, 10)


def test_dates_that_disagree_stay_two() -> None:
    assert [phrase for phrase, _ in found("در ۲۴ فوریه ۲۰۲۲ (۲۰ تیر)")] == ["۲۴ فوریه ۲۰۲۲", "۲۰ تیر"]


def test_bracket_outside_stays_outside() -> None:
    ((phrase, span),) = found("دیدار دوم (۲۶ ژوئن/۵ تیر) برپا شد")
    assert (phrase, span.start) == ("۲۶ ژوئن/۵ تیر", date(2022, 6, 26))


def test_shared_modifiers() -> None:
    spans = [span.start for _, span in found("دوشنبه و سه‌شنبه هفته گذشته")]
    assert spans == [date(2022, 7, 18), date(2022, 7, 19)]
    spans = [span.start for _, span in found("هفته آینده در روزهای یکشنبه و سه‌شنبه")]
    assert spans == [date(2022, 7, 30), date(2022, 7, 31), date(2022, 8, 2)]
    spans = [span.start for _, span in found("در فروردین، اردیبهشت و خرداد سال گذشته")]
    assert spans == [date(2021, 3, 21), date(2021, 4, 21), date(2021, 5, 22)]


def test_a_year_after_the_last_of_several_days() -> None:
    assert [days(span) for _, span in found("دیدارهای ۲ دی و ۲۵ بهمن سال ۱۳۸۵")] == ["2006-12-23", "2007-02-14"]
    assert [days(span) for _, span in found("دیدارهای ۲ دی و ۲۵ بهمن")] == ["2022-12-23", "2022-02-14"]


def test_opening_hours_are_no_range_of_days() -> None:
    spans = found("بانک یکشنبه تا ساعت ۱۷ باز است")
    assert [(phrase, span.kind) for phrase, span in spans] == [("یکشنبه", "point"), ("ساعت ۱۷", "point")]


def test_clock_takes_the_only_day_of_the_sentence() -> None:
    spans = found("دیروز در پایتخت جلسه‌ای بود که ساعت ۹ پایان یافت")
    assert [(phrase, days(span)) for phrase, span in spans] == [("دیروز", "2022-07-28"), ("ساعت ۹", "2022-07-28")]


def test_without_publication_time_only_full_dates_are_resolved() -> None:
    texts = {
        "دیروز": "open",
        "۷ مرداد": "open",
        "۷ مرداد ۱۴۰۱": "2022-07-29",
        "پنجشنبه": "open",
        "سال ۲۰۱۵": "2015-01-01..2015-12-31",
    }
    assert {text: days(span) for text in texts for _, span in found(text, None)} == texts


def test_unknown_precision_is_no_anchor() -> None:
    words = [word for _, _, word in pieces("دیروز ۷ مرداد ۱۴۰۱")]
    (span,) = find_dates(words, TOLD, "unknown")
    assert days(span) == "2022-07-29"
    (span,) = find_dates(["دیروز"], TOLD, "unknown")
    assert (span.start, span.future) == (None, False)


def test_counted_in_tehran() -> None:
    """21:00 in Greenwich is past midnight in Tehran."""
    ((_, span),) = found("امروز", datetime(2022, 7, 28, 21, 0, tzinfo=UTC))
    assert span.start == date(2022, 7, 29)
    ((_, span),) = found("دو ساعت پیش", datetime(2022, 7, 28, 21, 0, tzinfo=UTC))
    assert span.start == date(2022, 7, 28)


def test_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        find_dates(["امروز"], datetime(2022, 7, 29))  # noqa: DTZ001 - that is the point


def test_glued_words() -> None:
    """A normaliser may leave a written date or a clock time as one word."""
    (span,) = find_dates(["گزارش", "1401/05/07", "،", "21:48"], TOLD)
    assert (span.first, span.last, span.start, span.precision) == (1, 4, date(2022, 7, 29), "minute")


def test_several_in_one_sentence() -> None:
    spans = found("او دیروز گفت که ۲۴ فوریه ۲۰۲۲ آغاز جنگ بود و جمعه آینده بازمی‌گردد")
    assert [phrase for phrase, _ in spans] == ["دیروز", "۲۴ فوریه ۲۰۲۲", "جمعه آینده"]


@pytest.mark.parametrize("text", [row[0].replace("⟦", "").replace("⟧", "") for row in _rows()])
def test_cue_never_hides_a_date(text: str) -> None:
    assert has_cue([word for _, _, word in pieces(text)])


@pytest.mark.parametrize(
    "words", [[], [""], ["-", "/", "."], ["و"] * 300, ["1"] * 300, ["از", "تا"] * 100, ["سال"], ["(", "جمعه"]]
)
def test_odd_input(words: list[str]) -> None:
    assert all(0 <= span.first < span.last <= len(words) for span in find_dates(words, TOLD))


def test_any_words_give_ordered_spans() -> None:
    """Random words of the vocabulary: no error, no overlap, first day never after last."""
    chance = random.Random(1401)
    words = [*WORDS, *PHRASES, *NUMBERS, "1", "05", "31", "88", "1400", "2022", "99999", "21:48", "1401/05/07", "x"]
    for _ in range(3000):
        sentence = chance.choices(words, k=chance.randint(1, 9))
        last = 0
        for span in find_dates(sentence, chance.choice([None, TOLD])):
            assert last <= span.first < span.last <= len(sentence)
            assert span.start is None or (span.end is not None and span.start <= span.end)
            last = span.last
