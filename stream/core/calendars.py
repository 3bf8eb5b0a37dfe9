"""Jalali, Gregorian and lunar Hijri days, and the days of Tehran.

Jalali conversion is persiantools' (33-year rule for the years of news). Lunar Hijri is the tabular ("civil") calendar of
the 30-year cycle with leap years 2 5 7 10 13 16 18 21 24 26 29 (Reingold and Dershowitz, Calendrical Calculations,
§7.1): months begin when the moon is seen, so a day that it names may be one day off, in Iran mostly one too early.
"""

from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

Calendar = Literal["jalali", "gregorian", "hijri"]

TEHRAN = ZoneInfo("Asia/Tehran")
MONTHS = (
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)
_LAST_YEAR = {"jalali": 3177, "gregorian": 9998, "hijri": 9600}
_HIJRI_EPOCH = date(622, 7, 19).toordinal()  # 1 Muharram 1: 16 July 622 of the Julian calendar
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def tehran_day(moment: datetime) -> date:
    """The day in Tehran of an aware time. ValueError where it has no zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone: give an aware datetime")
    return moment.astimezone(TEHRAN).date()


def to_date(calendar: Calendar, year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day (any lunar month may have been seen to have 30).

    >>> to_date("jalali", 1401, 5, 7), to_date("jalali", 1401, 12, 30)
    (datetime.date(2022, 7, 29), None)
    """
    if not (1 <= year <= _LAST_YEAR[calendar] and 1 <= month <= 12):
        return None
    if not 1 <= day <= (30 if calendar == "hijri" else month_length(calendar, year, month)):
        return None
    if calendar == "gregorian":
        return date(year, month, day)
    if calendar == "jalali":
        return JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
    return date.fromordinal(_hijri_ordinal(year, month, day))


def from_date(calendar: Calendar, day: date) -> tuple[int, int, int]:
    """Year, month, day in that calendar. ValueError before the calendar's first day.

    >>> from_date("jalali", date(2022, 7, 29))
    (1401, 5, 7)
    """
    if calendar == "gregorian":
        return day.year, day.month, day.day
    if calendar == "jalali":
        found = JalaliDate.to_jalali(day)  # type: ignore[no-untyped-call]
        return found.year, found.month, found.day
    return _hijri(day)


def month_length(calendar: Calendar, year: int, month: int) -> int:
    """Days of a month."""
    if calendar == "gregorian":
        following = date(year + month // 12, month % 12 + 1, 1)
        return (following - date(year, month, 1)).days
    if calendar == "jalali":
        if month < 12:
            return 31 if month <= 6 else 30
        return 30 if JalaliDate.is_leap(year) else 29
    return 30 if month % 2 or (month == 12 and _hijri_leap(year)) else 29


def month_span(calendar: Calendar, year: int, month: int) -> tuple[date, date] | None:
    """First and last day of a month; None where the calendar has no such month."""
    first = to_date(calendar, year, month, 1)
    if first is None:
        return None
    return first, first + timedelta(days=month_length(calendar, year, month) - 1)


def year_span(calendar: Calendar, year: int, years: int = 1) -> tuple[date, date] | None:
    """First and last day of so many years beginning with `year`; None where the calendar lacks them."""
    first, following = to_date(calendar, year, 1, 1), to_date(calendar, year + years, 1, 1)
    if first is None or following is None:
        return None
    return first, following - timedelta(days=1)


def add_months(calendar: Calendar, day: date, months: int) -> date:
    """The same day of another month, or that month's last where it is shorter. ValueError out of the calendar."""
    year, month, number = from_date(calendar, day)
    year, month = year + (month - 1 + months) // 12, (month - 1 + months) % 12 + 1
    span = month_span(calendar, year, month)
    if span is None:
        raise ValueError(f"{months} months from {day.isoformat()} lie out of the {calendar} calendar")
    return min(span[0] + timedelta(days=number - 1), span[1])


def week_span(day: date) -> tuple[date, date]:
    """The Iranian week of a day: Saturday to Friday."""
    first = day - timedelta(days=(day.weekday() + 2) % 7)
    return first, first + timedelta(days=6)


def jalali_text(day: date) -> str:
    """A day as a Persian newspaper writes it.

    >>> jalali_text(date(2022, 7, 29))
    '۷ مرداد ۱۴۰۱'
    """
    year, month, number = from_date("jalali", day)
    return f"{number} {MONTHS[month - 1]} {year}".translate(_PERSIAN_DIGITS)


def _hijri_leap(year: int) -> bool:
    return (11 * year + 14) % 30 < 11


def _hijri_ordinal(year: int, month: int, day: int) -> int:
    return _HIJRI_EPOCH - 1 + 354 * (year - 1) + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + day


def _hijri(day: date) -> tuple[int, int, int]:
    ordinal = day.toordinal()
    if ordinal < _HIJRI_EPOCH:
        raise ValueError(f"{day.isoformat()} lies before the first day of the lunar Hijri calendar")
    year = (30 * (ordinal - _HIJRI_EPOCH) + 10646) // 10631
    within = ordinal - _hijri_ordinal(year, 1, 1)
    month = min(12, (11 * within + 330) // 325)
    return year, month, ordinal - _hijri_ordinal(year, month, 1) + 1
