"""Dates by the calendar: days, months, seasons, years, decades, named days.

A reading gives an `Atom`, or None where the words beside it say that it is no date («خبرگزاری مهر», «۳ تیر شلیک شد»).
"""

import re
from datetime import date
from typing import Literal

from stream.core import date_spans as spans
from stream.core.calendars import Calendar, from_date, to_date, year_span
from stream.core.date_atoms import SHIFT, TAIL, Atom, YearTail, counts, era_of, in_year, month_at, number_at
from stream.core.date_lexer import Line
from stream.core.date_spans import OPEN, Choice, Days, Grain, Kind, eve
from stream.core.date_words import AFTER_MAY, AGENCY, EVENTS, IN, KNOWN, NAMES, SHOT, STREET
from stream.core.letters import fold

_LATER_DAY = re.compile(rf"(?:[,&]R?[no0]M?[JjGgHm])+M?(?=,?[ayYzL(]){TAIL}")
LISTED = re.compile(rf"(?:[,&+Z-]M?[JjGH])+M?{TAIL}?")
_MONTH_BEFORE = re.compile(r"[JjG][&+,]$")
_FOG, _OF_FOG = fold("مه"), frozenset(map(fold, "غلیظ آلود گرفتگی رقیق پاش".split()))
_OTHER_YEAR = frozenset(map(fold, "همان آن".split()))


_YEAR_KINDS = frozenset(map(fold, "تحصیلی مالی زراعی آبی بودجه".split()))


_CUE_BEFORE = frozenset(map(fold, "روز شب ظهر عصر شام صبح ایام روزهای شبهای ایام تعطیلات عید مراسم".split()))


_NO_MONTH_BEFORE = frozenset(map(fold, "انقلاب جنگ".split()))


def _no_day(line: Line, match: "re.Match[str]", kind: str) -> bool:
    """Whether the words beside a day and a weak month say that it is none."""
    m, start, end = match.start("m"), match.start(), match.end()
    if line.before(start) in STREET:
        return True
    d = match.start("d")
    if line.classes[d : d + 2] == "nM" and not line.word(d)[:1].isdigit():
        return True  # «سه ماه رجب، شعبان و رمضان»
    after = line.word(m + 1)
    beside = "M" in line.classes[start:end] or match.start("y") >= 0 or line.cls(start) in "Rts"
    if kind in "gk":
        return not (beside or line.cls(start - 1) == "W" or (kind == "g" and after in AFTER_MAY and after != fold("و")))
    if kind == "m" and line.word(m) == _FOG:
        return after in _OF_FOG
    if kind == "m":
        shown = beside or line.cls(start - 1) in ("W", "(") or not after
        return not (shown or after in AFTER_MAY)
    if line.values[m] == ("jalali", 4):
        words_only = not line.word(match.start("d"))[:1].isdigit() and line.cls(match.start("d")) == "n"
        return not beside and (words_only or after in SHOT)
    if line.values[m] == ("jalali", 10):
        return not beside and after == fold("اکسید")
    if line.values[m] == ("hijri", 2):
        return line.cls(match.start("d")) != "o" and not beside
    return False


def one_day(line: Line, match: "re.Match[str]") -> Atom | None:
    m = match.start("m")
    kind = line.classes[m]
    if _no_day(line, match, kind):
        return None
    calendar, month = month_at(line, m)
    day, end = number_at(line, match, "d"), match.end()
    year = YearTail(line, match, calendar)
    if match.start("y") >= 0 and match.group("y") in ("z", "0") and counts(line, end):
        year, end = YearTail(line, None, calendar), match.start("y")
    before = line.before(match.start())
    later = _LATER_DAY.match(line.classes, end)
    if not year.given and later is not None:  # «۲ دی و ۲۵ بهمن سال ۱۳۸۵»
        year = YearTail(line, later, calendar)
    if not year.given and before in NAMES:
        return None
    if not year.given and before in EVENTS and (calendar, month, day) in KNOWN:
        known = KNOWN[calendar, month, day]
        one = to_date(calendar, known, month, day)
        if one is not None and (line.anchor is None or one <= line.today):
            year.year = known
    choice = in_year(line, calendar, month, day, year)
    if line.word(match.end()) in _OTHER_YEAR:
        choice = OPEN
    if calendar == "hijri" and line.classes[match.start()] == "s":
        choice = eve(choice)
    part = bool({"t", "s"} & set(match.group()))
    grain: Grain = "part_of_day" if part else "day"
    explicit = year.year is not None
    if (
        to_date(calendar, 1403 if calendar == "jalali" else 2024 if calendar == "gregorian" else 1442, month, day)
        is None
    ):
        return None  # «۳۱ مهر»
    return Atom(match.start(), end, "day", choice, grain, calendar, month=month, day=day, explicit=explicit)


def some_days(line: Line, match: "re.Match[str]") -> Atom | None:
    """«۱۰ تا ۱۵ مرداد», «۱۰، ۱۱ و ۱۲ مرداد»."""
    last = one_day(line, match)
    if last is None or (last.days is None and line.anchor is not None):
        return None
    first = next(line.values[n] for n in range(match.start("d0"), match.end("d0")) if line.classes[n] in "no0")
    if first >= (last.day or 0):
        return None
    last.kind, last.a = "range", match.start("d0")
    if last.days:
        size = (last.day or 0) - first
        last.days = (date.fromordinal(last.days[0].toordinal() - size), last.days[1])
        if last.ahead:
            last.ahead = (date.fromordinal(last.ahead[0].toordinal() - size), last.ahead[1])
    return last


def day_of_month(line: Line, match: "re.Match[str]") -> Atom | None:
    """«پنجم ماه گذشته», «۱۵ این ماه»."""
    shift = next((SHIFT[kind] for kind in match.group() if kind in SHIFT), 0)
    days = spans.unit_near(line.anchor, "M", shift, "jalali") if line.anchor else None
    day = number_at(line, match, "d")
    if days is not None:
        one = date.fromordinal(days[0].toordinal() + day - 1)
        days = (one, one) if one <= days[1] else None
    return Atom(match.start(), match.end(), "day", days, "day", "relative")


def one_month(line: Line, match: "re.Match[str]") -> Atom | None:
    m, start, end = match.start("m"), match.start(), match.end()
    kind = line.classes[m]
    calendar, month = month_at(line, m)
    year = YearTail(line, match, calendar)
    edge = line.values[start] if line.classes[start] == "E" else None
    if match.start("y") >= 0 and match.group("y") in ("z", "0", "az") and counts(line, end):
        year, end = YearTail(line, None, calendar), match.start("y")
    named = "M" in line.classes[start:end] or len(line.values[m]) > 2
    before = line.before(start)
    if line.cls(start - 1) in ("n", "o", "0") and not named and start == m:
        return None  # a day that was refused
    if before in AGENCY or (before in _NO_MONTH_BEFORE and not year.given):
        return None
    if edge == "mid" and calendar == "hijri" and month in (8, 9):
        choice = in_year(line, calendar, month, 15, year)
        return Atom(start, end, "day", choice, "day", calendar, month=month, day=15, explicit=year.year is not None)
    listed = LISTED.match(line.classes, end)
    if listed is not None and not year.given and listed.group("y"):  # «فروردین و خرداد سال جاری»
        year = YearTail(line, listed, calendar)
    sure = named or year.given
    if before == "(" and line.cls(end) in (")", "/") and kind in "JjG":  # «ژوئن (خرداد)»
        sure = True
    if kind == "J":
        sure = sure or edge is not None or before in IN or _MONTH_BEFORE.search(line.classes, 0, start) is not None
    elif kind == "j":
        sure = sure or edge is not None or (before in IN and listed is not None)
    elif kind == "G":
        sure = True
    elif kind == "H":
        sure = sure or edge is not None or before == fold("در")
    elif kind in "gik":
        sure = named or (year.year is not None and year.year > 1200 and kind != "k")
    elif kind == "m":
        sure = named or (year.year is not None and year.year > 1800)
    if not sure:
        return None
    choice = in_year(line, calendar, month, None, year)
    grain: Grain = "month"
    if isinstance(edge, str):
        choice = Choice(spans.edge(edge, choice.days), spans.edge(edge, choice.ahead))
        grain = "approximate"
    return Atom(start, end, "month", choice, grain, calendar, month=month, explicit=year.year is not None)


def _calendar_of(year: int, era: Calendar | None) -> Calendar:
    return era or ("gregorian" if year >= 1700 else "jalali")


def years(line: Line, match: "re.Match[str]") -> Atom | None:
    """«سال ۱۴۰۱», «سال ۸۸», «سال‌های ۱۳۹۸ تا ۱۴۰۰», «۲۰۱۵ میلادی»."""
    start, end = match.start(), match.end()
    era = era_of(line, match)
    found: list[int] = []
    for n in range(start, end):
        kind, value = line.classes[n], line.values[n]
        if kind in "yY":
            found.append(value)
        elif kind in "z0n":
            full = spans.two_digit(era or "jalali", value, zero=kind == "0")
            if full is None or counts(line, end):
                return None
            found.append(full)
        elif (kind == "U" and value != "a") or (kind == "_" and line.word(n) not in _YEAR_KINDS):
            return None
    if not found or found[0] > found[-1] or (line.classes[start] in "yY" and counts(line, end)):
        return None
    calendar = _calendar_of(found[0], era)
    first, last = year_span(calendar, found[0]), year_span(calendar, found[-1])
    days = (first[0], last[1]) if first and last else None
    grain: Grain = "year"
    if line.classes[start] == "E":
        days, grain = spans.edge(str(line.values[start]), days), "approximate"
    kind_of: Kind = "range" if len(found) > 1 else "point"
    return Atom(start, end, "period", days, grain, calendar, kind_of, explicit=True)


def from_to_year(line: Line, match: "re.Match[str]") -> Atom | None:
    atom = years(line, match)
    if atom is not None:
        atom.a += 1
    return atom


def decade(line: Line, match: "re.Match[str]") -> Atom | None:
    value, era = number_at(line, match, "n"), era_of(line, match)
    if value % 10 or value == 0:
        return None
    if value < 100:
        if value < 20:
            return None
        value += 1900 if era == "gregorian" else 1300
    calendar = _calendar_of(value, era)
    if not 1200 <= value <= 2100:
        return None
    days = year_span(calendar, value, 10)
    grain: Grain = "decade"
    if line.classes[match.start()] == "E":
        days, grain = spans.edge(str(line.values[match.start()]), days), "approximate"
    return Atom(match.start(), match.end(), "period", days, grain, calendar, explicit=True)


def season(line: Line, match: "re.Match[str]") -> Atom | None:
    number = number_at(line, match, "s")
    year = YearTail(line, match, "jalali")
    calendar: Literal["jalali", "relative"] = "jalali"
    if year.year is not None:
        days = Choice(spans.season(number, year.year))
    elif line.anchor is None:
        days = OPEN
    else:
        now = from_date("jalali", line.today)[0]
        options = [d for y in range(now - 2, now + 3) if (d := spans.season(number, y)) is not None]
        if year.shift is not None:
            days = Choice(spans.season(number, now + year.shift))
        elif year.side == "p":
            days = spans.before(options, line.today)
        elif year.side == "f":
            days = spans.after(options, line.today)
        else:
            days = spans.nearest(options, line.today)
    grain: Grain = "season"
    if line.classes[match.start()] == "E":
        edge = str(line.values[match.start()])
        days, grain = Choice(spans.edge(edge, days.days), spans.edge(edge, days.ahead)), "approximate"
    return Atom(match.start(), match.end(), "period", days, grain, calendar, explicit=year.year is not None)


def numeric(line: Line, match: "re.Match[str]") -> Atom | None:
    """«1401/05/07», «24.02.2022», «98/5/7»."""
    start, end = match.start(), match.end()
    if line.cls(start - 1) in ("/", "-", ".", ":") and line.cls(start - 2) in ("n", "z", "y", "Y", "N", "0"):
        return None
    if line.cls(end) in ("/", ".") and line.cls(end + 1) in ("n", "z", "y", "Y", "N", "0"):
        return None
    a, b, c = line.values[start], line.values[start + 2], line.values[start + 4]
    kinds = line.classes[start] + line.classes[start + 4]
    if kinds[1] in "yY":
        a, c = c, a
    elif kinds[0] in "z0":
        full = spans.two_digit("jalali", a, zero=kinds[0] == "0")
        if line.classes[start + 1] != "/" or full is None:
            return None
        a = full
    calendar: Calendar = "gregorian" if a >= 1700 else "jalali"
    found = to_date(calendar, a, b, c)
    if found is None and kinds[1] in "yY":  # month first
        found = to_date(calendar, a, c, b)
    if found is None:
        return None
    return Atom(start, end, "day", (found, found), "day", calendar, month=b, day=c, explicit=True)


def named(line: Line, match: "re.Match[str]") -> Atom | None:
    f, start, end = match.start("f"), match.start(), match.end()
    calendar, month, day, size, needs = line.values[f]
    year = YearTail(line, match, calendar)
    if needs and not (
        year.given or start < f or line.before(start) in _CUE_BEFORE or line.cls(start - 1) in ("A", "Z")
    ):
        return None
    choice = in_year(line, calendar, month, day or None, year)
    if not day:
        choice = Choice(spans.last_friday(choice.days), spans.last_friday(choice.ahead))

    def longer(days: Days | None) -> Days | None:
        return (days[0], date.fromordinal(days[1].toordinal() + size - 1)) if days else None

    choice = Choice(longer(choice.days), longer(choice.ahead))
    if calendar == "hijri" and line.classes[start] == "s":
        choice = eve(choice)
    kind: Kind = "point" if size == 1 else "range"
    grain: Grain = "part_of_day" if line.classes[start] in "ts" else "day"
    return Atom(start, end, "day", choice, grain, calendar, kind, month=month, day=day, explicit=year.year is not None)
