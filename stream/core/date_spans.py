"""What a date phrase means in days: the arithmetic that the grammar of dates.py calls.

`Anchor` is the publication time; without one every relative or incomplete date stays open (None).
"""

from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from stream.core.calendars import (
    TEHRAN,
    Calendar,
    add_months,
    from_date,
    month_span,
    tehran_day,
    to_date,
    week_span,
    year_span,
)

Grain = Literal["minute", "hour", "part_of_day", "day", "week", "month", "season", "year", "decade", "approximate"]
Kind = Literal["point", "range", "duration_ago", "duration_ahead"]
Days = tuple[date, date]

# An occurrence further back than this is less likely meant than the next one.
_LONG_AGO = timedelta(days=214)
# «چند … پیش»: nearest and furthest, in units
_FEW = (2, 10)
_RECENT = {"c": 12, "R": 10, "v": 6, "M": 6, "a": 5, "d": 3, "u": 120}


class DateSpan(msgspec.Struct, frozen=True, kw_only=True):
    """A date in a sentence. `first`, `last`: word indexes, last exclusive. `start`, `end`: days in Tehran, inclusive;
    None where the phrase can't be resolved (no publication time, or it counts from something told elsewhere).

    `calendar` is the one that the phrase names, "relative" where it names none. `future`: whether the days lie after
    (True) or before (False) the publication, None where they hold its day or nothing is known. A phrase that may mean
    the last or the next occurrence («جمعه», «۲۴ فوریه») has the likelier past one in `start`, `end` and the coming
    one in `start_if_future`, `end_if_future`: the clause's verb decides."""

    first: int
    last: int
    start: date | None
    end: date | None
    precision: Grain
    calendar: Literal["jalali", "gregorian", "hijri", "relative"]
    future: bool | None
    kind: Kind = "point"
    start_if_future: date | None = None
    end_if_future: date | None = None


class Choice(msgspec.Struct, frozen=True):
    """Days as likely meant, and as meant if they lie ahead (None: no second reading)."""

    days: Days | None
    ahead: Days | None = None


OPEN = Choice(None)


class Anchor(msgspec.Struct, frozen=True):
    """The publication time in Tehran; `clocked`: its minute is known."""

    now: datetime
    today: date
    clocked: bool

    @classmethod
    def at(cls, moment: datetime, *, clocked: bool) -> "Anchor":
        """Of an aware time."""
        return cls(moment.astimezone(TEHRAN), tehran_day(moment), clocked)


def two_digit(calendar: Calendar, number: int, *, zero: bool) -> int | None:
    """The full year of «سال ۸۸» (1388), «سال ۰۲» (1402), «اکتبر ۷۳» (1973); None where too short to tell."""
    if calendar == "gregorian":
        return (2000 if zero or number <= 31 else 1900) + number
    if calendar == "hijri":
        return number  # «سال ۶۱ هجری» is meant as printed
    if zero:
        return 1400 + number
    return 1300 + number if 20 <= number <= 99 else None


def native_years(calendar: Calendar, year: int) -> list[tuple[int, Calendar | None]]:
    """Years of `calendar` that a printed year may be; with it the calendar that the printed year really is of."""
    foreign = year >= 1700 if calendar != "gregorian" else year < 1700
    if not foreign:
        return [(year, None)]
    if calendar == "gregorian":  # «۲۴ فوریه ۱۴۰۰»
        return [(year + 621, "jalali"), (year + 622, "jalali")]
    if calendar == "jalali":
        return [(year - 622, "gregorian"), (year - 621, "gregorian")]
    first = from_date("hijri", date(year, 1, 1))[0]
    return [(first, "gregorian"), (first + 1, "gregorian")]


def day_in(calendar: Calendar, year: int, month: int, day: int) -> date | None:
    """The day in a printed year, which may be another calendar's."""
    for native, printed in native_years(calendar, year):
        found = to_date(calendar, native, month, day)
        if found is not None and (printed is None or from_date(printed, found)[0] == year):
            return found
    return None


def month_in(calendar: Calendar, year: int, month: int) -> Days | None:
    """The month in a printed year, which may be another calendar's."""
    for native, printed in native_years(calendar, year):
        days = month_span(calendar, native, month)
        if days is not None and (printed is None or from_date(printed, days[0])[0] == year):
            return days
    return None


def occurrences(calendar: Calendar, month: int, day: int | None, around: date) -> list[Days]:
    """The day (or the month, where `day` is None) in the years around a day, in order of time."""
    year = from_date(calendar, around)[0]
    found: list[Days] = []
    for each in range(year - 5 if day in (29, 30) else year - 2, year + 3):
        if day is None:
            days = month_span(calendar, each, month)
        else:
            one = to_date(calendar, each, month, day)
            days = (one, one) if one is not None else None
        if days is not None:
            found.append(days)
    return found


def nearest(all_days: list[Days], today: date) -> Choice:
    """The last that began by today, unless that is more than seven months ago; and the next one."""
    past = [days for days in all_days if days[0] <= today]
    coming = [days for days in all_days if days[1] >= today]
    if not past:
        return Choice(coming[0] if coming else None)
    if not coming:
        return Choice(past[-1])
    if today - past[-1][1] > _LONG_AGO:
        return Choice(coming[0], coming[0])
    return Choice(past[-1], coming[0])


def before(all_days: list[Days], today: date) -> Choice:
    """The last that was over before today («فوریه گذشته»)."""
    past = [days for days in all_days if days[1] < today]
    return Choice(past[-1] if past else None)


def after(all_days: list[Days], today: date) -> Choice:
    """The first that begins after today («مرداد آینده»)."""
    coming = [days for days in all_days if days[0] > today]
    return Choice(coming[0] if coming else None)


def weekday(anchor: Anchor, number: int, which: str) -> Choice:
    """A weekday (Monday 0): "near" at or before today, "past" before, "next" after, "week-1" … in a week near today."""
    today = anchor.today
    if which.startswith("week"):
        first = week_span(today + timedelta(weeks=int(which[4:])))[0]
        day = first + timedelta(days=(number - 5) % 7)
        return Choice((day, day))
    back = (today.weekday() - number) % 7
    ahead = (number - today.weekday()) % 7
    if which == "past":
        day = today - timedelta(days=back or 7)
        return Choice((day, day))
    coming = today + timedelta(days=ahead if which == "near" else ahead or 7)
    if which == "next":
        return Choice((coming, coming))
    day = today - timedelta(days=back)
    return Choice((day, day), (coming, coming))


def unit_near(anchor: Anchor, unit: str, shift: int, calendar: Calendar) -> Days | None:
    """The day, week, month, year or decade that lies `shift` of them from today's: -1 last, 0 this, 1 next."""
    today = anchor.today
    try:
        if unit == "R":
            day = today + timedelta(days=shift)
            return day, day
        if unit == "v":
            return week_span(today + timedelta(weeks=shift))
        if unit == "M":
            year, month, _ = from_date(calendar, add_months(calendar, today, shift))
            return month_span(calendar, year, month)
        year = from_date(calendar, today)[0]
        if unit == "a":
            return year_span(calendar, year + shift)
        return year_span(calendar, (year // 10 + shift) * 10, 10)
    except (ValueError, OverflowError):
        return None


def shifted(anchor: Anchor, unit: str, count: float, calendar: Calendar) -> date | None:
    """The day so many units from now (negative: ago)."""
    try:
        if unit in ("c", "minute", "second"):
            seconds = {"c": 3600, "minute": 60, "second": 1}[unit]
            return (anchor.now + timedelta(seconds=seconds * count)).date()
        if unit in ("R", "v", "s"):
            return anchor.today + timedelta(days=round(count * (7 if unit == "v" else 1)))
        return add_months(calendar, anchor.today, round(count * {"M": 1, "a": 12, "d": 120}[unit]))
    except (ValueError, OverflowError):
        return None


def around(unit: str, day: date | None, calendar: Calendar) -> Days | None:
    """The calendar unit that holds a day: «دو ماه پیش» is a month, «سه سال پیش» a year."""
    if day is None:
        return None
    if unit == "v":
        return week_span(day)
    year, month, _ = from_date(calendar, day)
    if unit == "M":
        return month_span(calendar, year, month)
    if unit == "a":
        return year_span(calendar, year)
    if unit == "d":
        return year_span(calendar, year // 10 * 10, 10)
    return day, day


def few(anchor: Anchor, unit: str, direction: int, calendar: Calendar, *, point: bool) -> Days | None:
    """«چند روز پیش» (`point`: two to ten of them away), «روزهای اخیر» (from then till now)."""
    if unit == "u":
        unit = "minute"
    far = _RECENT["u" if unit in ("minute", "second") else unit if unit in _RECENT else "R"]
    near = 0 if not point or unit in ("c", "minute", "second") else _FEW[0]
    if point and unit in ("R", "s"):
        far = _FEW[1]
    one, other = shifted(anchor, unit, direction * far, calendar), shifted(anchor, unit, direction * near, calendar)
    if one is None or other is None:
        return None
    return min(one, other), max(one, other)


def edge(which: str, days: Days | None) -> Days | None:
    """The part of a period that «اوایل», «اواسط», «اواخر», «پایان», «نیمه دوم» name."""
    if days is None:
        return None
    first, last = days
    length = (last - first).days + 1
    third = length // 3
    if which == "begin":
        return first, first
    if which == "end":
        return last, last
    if which == "early":
        return first, first + timedelta(days=max(third - 1, 0))
    if which == "mid":
        return first + timedelta(days=third), last - timedelta(days=third)
    if which == "late":
        return last - timedelta(days=max(third - 1, 0)), last
    middle = first + timedelta(days=length // 2)
    return (first, middle - timedelta(days=1)) if which == "half1" else (middle, last)


def last_friday(days: Days | None) -> Days | None:
    """«روز قدس»: the last Friday of a month."""
    if days is None:
        return None
    day = days[1] - timedelta(days=(days[1].weekday() - 4) % 7)
    return day, day


def eve(choice: Choice) -> Choice:
    """With the evening before: «شب جمعه», and every night of the lunar calendar."""

    def wider(days: Days | None) -> Days | None:
        return (days[0] - timedelta(days=1), days[1]) if days else None

    return Choice(wider(choice.days), wider(choice.ahead))


def season(number: int, year: int) -> Days | None:
    """A season (0 spring) of a Jalali year; of a Gregorian year, as the northern seasons fall into it."""
    first = month_in("jalali", year, 3 * number + 1)
    if first is None:
        return None
    return first[0], add_months("jalali", first[0], 3) - timedelta(days=1)
