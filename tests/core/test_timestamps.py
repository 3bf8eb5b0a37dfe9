"""Publication times in all the forms in which they arrive."""

import pytest

from stream.core.timestamps import find_time, fold, parse_time


@pytest.mark.parametrize(
    ("text", "time", "precision"),
    [
        ("2024-03-10T09:30:00+03:30", "2024-03-10T09:30:00+03:30", "second"),
        ("2024-03-10T09:30:00Z", "2024-03-10T09:30:00+00:00", "second"),
        ("2024-03-10T09:30:00.250Z", "2024-03-10T09:30:00.250000+00:00", "second"),
        ("2024-03-10 09:30", "2024-03-10T09:30:00+03:30", "minute"),
        ("20240310T093000Z", "2024-03-10T09:30:00+00:00", "second"),
        ("2024-03-10T09:30:60Z", "2024-03-10T09:30:59+00:00", "second"),
        ("2024-03-10", "2024-03-10T00:00:00+03:30", "day"),
        # summer time in Iran until 2022, none since
        ("2022-07-01T12:00:00", "2022-07-01T12:00:00+04:30", "second"),
        ("2022-12-01T12:00:00", "2022-12-01T12:00:00+03:30", "second"),
        ("2023-07-01T12:00:00", "2023-07-01T12:00:00+03:30", "second"),
        ("2007-07-01", "2007-07-01T00:00:00+03:30", "day"),  # none in 2006 and 2007 either
        ("۱۰ تیر ۱۴۰۱، ۱۲:۰۰", "2022-07-01T12:00:00+04:30", "minute"),
        ("٢٠ اسفند ١٤٠٢ - ٠٩:٣٠", "2024-03-10T09:30:00+03:30", "minute"),
        ("یکشنبه / ۲۰ اسفند ۱۴۰۲ / ۰۹:۳۰", "2024-03-10T09:30:00+03:30", "minute"),
        ("يكشنبه ۲۰ اسفند ۱۴۰۲ ساعت ۹:۳۰:۱۵", "2024-03-10T09:30:15+03:30", "second"),
        ("۰۹:۳۰ - ۱۴۰۲/۱۲/۲۰", "2024-03-10T09:30:00+03:30", "minute"),
        ("1402-12-20", "2024-03-10T00:00:00+03:30", "day"),
        ("۳۰ اسفند ۱۳۹۹", "2021-03-20T00:00:00+03:30", "day"),  # a leap year
        ("۲۰ حوت ۱۴۰۲", "2024-03-10T00:00:00+03:30", "day"),
        ("۱۰ مارس ۲۰۲۴", "2024-03-10T00:00:00+03:30", "day"),
        ("10 March 2024 09:30", "2024-03-10T09:30:00+03:30", "minute"),
        ("March 10, 2024", "2024-03-10T00:00:00+03:30", "day"),
        ("Sun, 10 Mar 2024 09:30:00 +0330", "2024-03-10T09:30:00+03:30", "second"),
        ("Sun, 10 Mar 2024 09:30 GMT", "2024-03-10T09:30:00+00:00", "minute"),
        ("\u200f۲۰ اسفند ۱۴۰۲\u200f", "2024-03-10T00:00:00+03:30", "day"),
    ],
)
def test_times(text: str, time: str, precision: str) -> None:
    found = parse_time(text)
    assert found is not None
    assert (found.time.isoformat(), found.precision) == (time, precision)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "دیروز",
        "ساعت ۹:۳۰",
        "۲۰ اسفند",
        "2024",
        "2024-13-01",
        "2024-02-30",
        "2024-03-10T25:00:00",
        "2024-03-10T09:30:00+99:99",
        "0000-00-00",
        "۳۰ اسفند ۱۴۰۰",  # no leap year
        "1402-12-32",
        "۲۰ اسفند ۲۰۲۴",
        "۲۰ اسفند ۱۴۰۲ جنگ آغاز شد",
        "1710063000",
        "Foo, 40 Mar 2024 09:30:00 +0330",
        "9" * 5000,
        "²³-۴٤-0",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert parse_time(text) is None


def test_a_time_among_other_words() -> None:
    found = find_time("کد خبر: 123456 | تاریخ انتشار: ۲۰ اسفند ۱۴۰۲ - ۰۹:۳۰ | چاپ")
    assert found is not None
    assert found.time.isoformat() == "2024-03-10T09:30:00+03:30"
    assert find_time("هیچ تاریخی اینجا نیست ۱۲") is None


def test_fold_keeps_every_place() -> None:
    line = "كي\u200c۱٢\u200f،"
    assert fold(line) == "کی 12 ،"
    assert len(fold(line)) == len(line)
