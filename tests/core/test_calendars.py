"""Calendars against persiantools, Python's own and Babel, over many years."""

from datetime import UTC, date, datetime, timedelta

import pytest
from babel.dates import format_date
from persiantools.jdatetime import JalaliDate

from stream.core import calendars
from stream.core.calendars import Calendar, from_date, month_length, month_span, to_date, week_span, year_span
from stream.core.date_words import WORDS
from stream.core.letters import fold

CALENDARS: tuple[Calendar, ...] = ("jalali", "gregorian", "hijri")


@pytest.mark.parametrize("calendar", CALENDARS)
def test_there_and_back(calendar: Calendar) -> None:
    first = date(1850, 1, 1).toordinal()
    for ordinal in range(first, date(2100, 1, 1).toordinal(), 7):
        day = date.fromordinal(ordinal)
        assert to_date(calendar, *from_date(calendar, day)) == day


def test_jalali_as_persiantools() -> None:
    for year in range(1250, 1480):
        assert to_date("jalali", year, 1, 1) == JalaliDate(year, 1, 1).to_gregorian()  # type: ignore[no-untyped-call]
        assert (to_date("jalali", year, 12, 30) is not None) == JalaliDate.is_leap(year)


def test_jalali_new_years() -> None:
    """Known first days of Farvardin."""
    known = {1357: (1978, 3, 21), 1375: (1996, 3, 20), 1400: (2021, 3, 21), 1403: (2024, 3, 20), 1405: (2026, 3, 21)}
    assert {year: to_date("jalali", year, 1, 1) for year in known} == {year: date(*day) for year, day in known.items()}


def test_gregorian_as_python() -> None:
    for year in range(1800, 2101):
        assert to_date("gregorian", year, 3, 1) == date(year, 3, 1)
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        assert month_length("gregorian", year, 2) == (29 if leap else 28)


def test_hijri_months_and_cycle() -> None:
    """Thirty years have eleven leap days; a year runs on into the next without gap."""
    spans = [year_span("hijri", year) for year in range(1411, 1441)]
    lengths = [(span[1] - span[0]).days + 1 for span in spans if span]
    assert (sum(lengths), set(lengths)) == (10631, {354, 355})
    for year in range(1300, 1500):
        for month in range(1, 12):
            one, following = month_span("hijri", year, month), month_span("hijri", year, month + 1)
            assert one is not None
            assert following is not None
            assert one[1] + timedelta(days=1) == following[0]


@pytest.mark.parametrize(
    ("hijri", "seen"),
    [
        ((1443, 9, 1), date(2022, 4, 3)),
        ((1443, 10, 1), date(2022, 5, 3)),
        ((1445, 1, 10), date(2023, 7, 28)),
        ((1447, 1, 10), date(2025, 7, 6)),
        ((1446, 12, 10), date(2025, 6, 7)),
    ],
)
def test_hijri_within_a_day_of_what_iran_saw(hijri: tuple[int, int, int], seen: date) -> None:
    day = to_date("hijri", *hijri)
    assert day is not None
    assert abs((day - seen).days) <= 1


@pytest.mark.parametrize(
    ("calendar", "year", "month", "day"),
    [
        ("jalali", 1401, 12, 30),
        ("jalali", 1401, 7, 31),
        ("jalali", 1401, 13, 1),
        ("jalali", 0, 1, 1),
        ("gregorian", 2022, 2, 29),
        ("gregorian", 10_000, 1, 1),
        ("hijri", 1443, 1, 31),
        ("hijri", 1443, 0, 1),
    ],
)
def test_no_such_day(calendar: Calendar, year: int, month: int, day: int) -> None:
    assert to_date(calendar, year, month, day) is None


def test_months_and_weekdays_named_as_in_babel() -> None:
    """CLDR's Persian names of months and weekdays are in the vocabulary, with the same number."""
    for month in range(1, 13):
        name = fold(format_date(date(2022, month, 1), "LLLL", locale="fa"))
        assert WORDS[name][1] == ("gregorian", month)
    for day in range(1, 8):
        name = fold(format_date(date(2022, 8, day), "EEEE", locale="fa")).replace("\u200c", "")
        assert WORDS[name] == ("W", date(2022, 8, day).weekday())
    for number, name in enumerate(calendars.MONTHS, 1):
        assert WORDS[fold(name)][1] == ("jalali", number)


def test_add_months_keeps_to_the_month() -> None:
    assert calendars.add_months("gregorian", date(2022, 1, 31), 1) == date(2022, 2, 28)
    assert calendars.add_months("gregorian", date(2022, 1, 31), -2) == date(2021, 11, 30)
    assert calendars.add_months("jalali", date(2022, 7, 29), -7) == date(2021, 12, 28)
    with pytest.raises(ValueError, match="out of the gregorian calendar"):
        calendars.add_months("gregorian", date(9998, 12, 1), 1)


def test_week_is_saturday_to_friday() -> None:
    for day in range(23, 30):
        assert week_span(date(2022, 7, day)) == (date(2022, 7, 23), date(2022, 7, 29))


def test_jalali_text() -> None:
    assert calendars.jalali_text(date(2022, 7, 29)) == "۷ مرداد ۱۴۰۱"
    assert calendars.jalali_text(date(2024, 3, 19)) == "۲۹ اسفند ۱۴۰۲"


def test_tehran_day() -> None:
    assert calendars.tehran_day(datetime(2022, 7, 28, 19, 29, tzinfo=UTC)) == date(2022, 7, 28)
    assert calendars.tehran_day(datetime(2022, 7, 28, 19, 31, tzinfo=UTC)) == date(2022, 7, 29)
    with pytest.raises(ValueError, match="no time zone"):
        calendars.tehran_day(datetime(2022, 7, 29))  # noqa: DTZ001 - that is the point


def test_hijri_begins_in_622() -> None:
    assert from_date("hijri", date(622, 7, 19)) == (1, 1, 1)
    with pytest.raises(ValueError, match="before the first day"):
        from_date("hijri", date(622, 7, 18))
