"""The grammar of Persian dates: regular expressions over the classes of date_words.py, each with its reading.

`RULES[letter]` holds the rules that may begin with that class, in the order in which they are tried. A reading gives
an `Atom`, or None where the words beside it say that it is no date («خبرگزاری مهر», «۳ تیر شلیک شد», «امام جمعه»).
"""

import re
from collections.abc import Callable
from copy import copy
from datetime import date
from typing import Literal

from stream.core import date_spans as spans
from stream.core.calendars import Calendar, from_date, month_span, to_date, year_span
from stream.core.date_lexer import Line
from stream.core.date_spans import OPEN, Choice, Days, Grain, Kind
from stream.core.date_words import (
    AFTER_MAY,
    AGENCY,
    COUNTED,
    FRIDAY,
    IN,
    SHOT,
    STREET,
    TODAY,
)
from stream.core.letters import fold

Role = Literal["day", "weekday", "deictic", "month", "period", "time", "loose", "range"]
Read = Callable[[Line, "re.Match[str]"], "Atom | None"]


class Atom:
    """A date phrase before its neighbours are looked at: tokens a to b, days, and what it says of itself."""

    def __init__(
        self,
        a: int,
        b: int,
        role: Role,
        choice: Choice | Days | None,
        precision: Grain,
        calendar: Literal["jalali", "gregorian", "hijri", "relative"] = "relative",
        kind: Kind = "point",
        *,
        month: int | None = None,
        day: int | None = None,
        weekday: int | None = None,
        explicit: bool = False,
        future: bool | None = None,
    ) -> None:
        self.a, self.b, self.role = a, b, role
        found = choice if isinstance(choice, Choice) else Choice(choice)
        self.days, self.ahead = found.days, found.ahead
        self.precision, self.calendar, self.kind = precision, calendar, kind
        self.month, self.day, self.weekday = month, day, weekday
        self.explicit, self.future = explicit, future
        self.pair = False

    def copy(self) -> "Atom":
        """Another one with the same content."""
        return copy(self)


_TAIL = r"(?P<y>,?a?e?[yY]e*|a?[z0]e*|L|ae*[pfb]e*|Ta|Mb|[pf])"
_MONTH = r"(?P<m>[JjkGgmHi])"
_OTHER_YEAR = frozenset(map(fold, "همان آن".split()))
_WORKING = frozenset(map(fold, "کاری متوالی پیاپی تحصیلی".split()))
_YEAR_KINDS = frozenset(map(fold, "تحصیلی مالی زراعی آبی بودجه".split()))
_CUE_BEFORE = frozenset(map(fold, "روز شب ظهر عصر شام صبح ایام روزهای شبهای ایام تعطیلات عید مراسم".split()))
_NO_MONTH_BEFORE = frozenset(map(fold, "انقلاب جنگ".split()))
_DUSHANBE = frozenset(map(fold, "شهر پایتخت فرودگاه".split()))
_DUSHANBE_AFTER = frozenset(map(fold, "پایتخت تاجیکستان".split()))
_BLACK = frozenset(map(fold, "سوری سیاه بازار خونین ها های نصر".split()))
_UNIT_GRAIN: dict[str, Grain] = {
    "R": "day",
    "s": "day",
    "v": "week",
    "M": "month",
    "a": "year",
    "d": "decade",
    "c": "hour",
    "u": "minute",
    "minute": "minute",
    "second": "minute",
}
_SHIFT = {"p": -1, "f": 1, "b": 0}


def _group(line: Line, match: "re.Match[str]", name: str) -> list[tuple[str, object]]:
    """Classes and values under a named group."""
    start, end = match.span(name)
    return [] if start < 0 else [(line.classes[n], line.values[n]) for n in range(start, end)]


def _value(line: Line, match: "re.Match[str]", name: str) -> object:
    return line.values[match.start(name)]


def _number(line: Line, match: "re.Match[str]", name: str) -> int:
    value = line.values[match.start(name)]
    return value if isinstance(value, int) else 0


class _Year:
    """What follows a month or season: a printed year, or a shift («سال گذشته»), or nearness («گذشته»)."""

    def __init__(self, line: Line, match: "re.Match[str] | None", calendar: Calendar) -> None:
        self.year: int | None = None
        self.shift: int | None = None
        self.side = ""
        tail = _group(line, match, "y") if match else []
        self.given = bool(tail)
        kinds = "".join(kind for kind, _ in tail)
        for kind, value in tail:
            if kind in "yY" and isinstance(value, int):
                self.year = value
            elif kind in "z0" and isinstance(value, int):
                self.year = spans.two_digit(calendar, value, zero=kind == "0")
            elif kind == "L" and isinstance(value, int):
                self.shift = value
        for kind, value in tail:
            if kind == "e" and value == "gregorian" and self.year and self.year < 1500:
                self.year = None
        if "a" in kinds and self.year is None:
            self.shift = next((_SHIFT[kind] for kind in kinds if kind in _SHIFT), 0)
        elif kinds == "Mb":
            self.shift = None
            self.side = "near"
        elif kinds in ("p", "f"):
            self.side = kinds


def _near(line: Line, calendar: Calendar, month: int, day: int | None, year: _Year) -> Choice:
    """Days of a month (or of one of its days) in the year that the text gives or leaves open."""
    if year.year is not None:
        if day is None:
            return Choice(spans.month_in(calendar, year.year, month))
        one = spans.day_in(calendar, year.year, month, day)
        return Choice((one, one) if one else None)
    if line.anchor is None:
        return OPEN
    if year.shift is not None:
        wanted = from_date(calendar, line.today)[0] + year.shift
        if day is None:
            return Choice(month_span(calendar, wanted, month))
        one = to_date(calendar, wanted, month, day)
        return Choice((one, one) if one else None)
    found = spans.occurrences(calendar, month, day, line.today)
    if year.side == "p":
        return spans.before(found, line.today)
    if year.side == "f":
        return spans.after(found, line.today)
    return spans.nearest(found, line.today)


def _month_at(line: Line, n: int) -> tuple[Calendar, int]:
    value = line.values[n]
    return value[0], value[1]


def _no_day(line: Line, match: "re.Match[str]", kind: str) -> bool:
    """Whether the words beside a day and a weak month say that it is none."""
    m, start, end = match.start("m"), match.start(), match.end()
    if line.before(start) in STREET:
        return True
    after = line.word(m + 1)
    beside = "M" in line.classes[start:end] or match.start("y") >= 0 or line.cls(start) in "Rts"
    if kind in "gk":
        return not (beside or line.cls(start - 1) == "W" or (kind == "g" and after in AFTER_MAY and after != fold("و")))
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


def _day(line: Line, match: "re.Match[str]") -> Atom | None:
    m = match.start("m")
    kind = line.classes[m]
    if _no_day(line, match, kind):
        return None
    calendar, month = _month_at(line, m)
    day, end = _number(line, match, "d"), match.end()
    year = _Year(line, match, calendar)
    if match.start("y") >= 0 and match.group("y") in ("z", "0") and line.word(end) in COUNTED:
        year, end = _Year(line, None, calendar), match.start("y")
    choice = _near(line, calendar, month, day, year)
    if line.word(match.end()) in _OTHER_YEAR:
        choice = OPEN
    part = bool({"t", "s"} & set(match.group()))
    grain: Grain = "part_of_day" if part else "day"
    explicit = year.year is not None
    if (
        to_date(calendar, 1403 if calendar == "jalali" else 2024 if calendar == "gregorian" else 1442, month, day)
        is None
    ):
        return None  # «۳۱ مهر»
    return Atom(match.start(), end, "day", choice, grain, calendar, month=month, day=day, explicit=explicit)


def _days(line: Line, match: "re.Match[str]") -> Atom | None:
    """«۱۰ تا ۱۵ مرداد», «۱۰، ۱۱ و ۱۲ مرداد»."""
    last = _day(line, match)
    if last is None or (last.days is None and line.anchor is not None):
        return None
    first = _number(line, match, "d1")
    if first >= (last.day or 0):
        return None
    last.kind, last.a = "range", match.start("d0")
    if last.days:
        size = (last.day or 0) - first
        last.days = (date.fromordinal(last.days[0].toordinal() - size), last.days[1])
        if last.ahead:
            last.ahead = (date.fromordinal(last.ahead[0].toordinal() - size), last.ahead[1])
    return last


def _day_of_month(line: Line, match: "re.Match[str]") -> Atom | None:
    """«پنجم ماه گذشته», «۱۵ این ماه»."""
    shift = next((_SHIFT[kind] for kind in match.group() if kind in _SHIFT), 0)
    days = spans.unit_near(line.anchor, "M", shift, "jalali") if line.anchor else None
    day = _number(line, match, "d")
    if days is not None:
        one = date.fromordinal(days[0].toordinal() + day - 1)
        days = (one, one) if one <= days[1] else None
    return Atom(match.start(), match.end(), "day", days, "day", "relative")


def _month(line: Line, match: "re.Match[str]") -> Atom | None:
    m, start, end = match.start("m"), match.start(), match.end()
    kind = line.classes[m]
    calendar, month = _month_at(line, m)
    year = _Year(line, match, calendar)
    edge = line.values[start] if line.classes[start] == "E" else None
    if match.start("y") >= 0 and match.group("y") in ("z", "0", "az") and line.word(end) in COUNTED:
        year, end = _Year(line, None, calendar), match.start("y")
    named = "M" in line.classes[start:end] or len(line.values[m]) > 2
    before = line.before(start)
    if before in AGENCY or (before in _NO_MONTH_BEFORE and not year.given):
        return None
    if edge == "mid" and calendar == "hijri" and month in (8, 9):
        choice = _near(line, calendar, month, 15, year)
        return Atom(start, end, "day", choice, "day", calendar, month=month, day=15, explicit=year.year is not None)
    sure = named or year.given
    if kind == "J":
        sure = sure or edge is not None or before in IN
    elif kind == "j":
        sure = sure or edge is not None
    elif kind == "G":
        sure = True
    elif kind == "H":
        sure = sure or edge is not None
    elif kind in "gik":
        sure = named or (year.year is not None and year.year > 1200 and kind != "k")
    elif kind == "m":
        sure = named or (year.year is not None and year.year > 1800)
    if not sure:
        return None
    choice = _near(line, calendar, month, None, year)
    grain: Grain = "month"
    if isinstance(edge, str):
        choice = Choice(spans.edge(edge, choice.days), spans.edge(edge, choice.ahead))
        grain = "approximate"
    return Atom(start, end, "month", choice, grain, calendar, month=month, explicit=year.year is not None)


def _era(line: Line, match: "re.Match[str]") -> Calendar | None:
    for kind, value in zip(match.group(), line.values[match.start() : match.end()], strict=True):
        if kind == "e" and value in ("jalali", "gregorian", "hijri"):
            return value  # type: ignore[no-any-return]
    return None


def _calendar_of(year: int, era: Calendar | None) -> Calendar:
    return era or ("gregorian" if year >= 1700 else "jalali")


def _years(line: Line, match: "re.Match[str]") -> Atom | None:
    """«سال ۱۴۰۱», «سال ۸۸», «سال‌های ۱۳۹۸ تا ۱۴۰۰», «۲۰۱۵ میلادی»."""
    start, end = match.start(), match.end()
    era = _era(line, match)
    found: list[int] = []
    for n in range(start, end):
        kind, value = line.classes[n], line.values[n]
        if kind in "yY":
            found.append(value)
        elif kind in "z0n":
            full = spans.two_digit(era or "jalali", value, zero=kind == "0")
            if full is None or line.word(end) in COUNTED:
                return None
            found.append(full)
        elif (kind == "U" and value != "a") or (kind == "_" and line.word(n) not in _YEAR_KINDS):
            return None
    if not found or found[0] > found[-1] or (line.classes[start] in "yY" and line.word(end) in COUNTED):
        return None
    calendar = _calendar_of(found[0], era)
    first, last = year_span(calendar, found[0]), year_span(calendar, found[-1])
    days = (first[0], last[1]) if first and last else None
    grain: Grain = "year"
    if line.classes[start] == "E":
        days, grain = spans.edge(str(line.values[start]), days), "approximate"
    kind_of: Kind = "range" if len(found) > 1 else "point"
    return Atom(start, end, "period", days, grain, calendar, kind_of, explicit=True)


def _from_to_year(line: Line, match: "re.Match[str]") -> Atom | None:
    atom = _years(line, match)
    if atom is not None:
        atom.a += 1
    return atom


def _decade(line: Line, match: "re.Match[str]") -> Atom | None:
    value, era = _number(line, match, "n"), _era(line, match)
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


def _season(line: Line, match: "re.Match[str]") -> Atom | None:
    number = _number(line, match, "s")
    year = _Year(line, match, "jalali")
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


def _weekday(line: Line, match: "re.Match[str]") -> Atom | None:
    w, start, end = match.start("w"), match.start(), match.end()
    before, after = line.before(start), line.word(end)
    number = _number(line, match, "w")
    bare = start == w
    if bare and number == 4 and before in FRIDAY:
        return None
    if bare and number == 0 and (before in _DUSHANBE or after in _DUSHANBE_AFTER):
        return None
    if after in _BLACK or before == fold("هر"):
        return None
    q = match.group("q") or ""
    which = "near"
    if "v" in q:
        which = f"week{next((_SHIFT[kind] for kind in q if kind in _SHIFT), 0)}"
    elif q == "p":
        which = "past"
    elif q == "f":
        which = "next"
    elif q == "b":
        which = "week0"
    choice = spans.weekday(line.anchor, number, which) if line.anchor else OPEN
    if match.group("t") == "s" and line.cls(start + 1) != "R" and choice.days:  # «شب جمعه» is Thursday's night
        eve = date.fromordinal(choice.days[0].toordinal() - 1)
        choice = Choice((eve, choice.days[1]), choice.ahead)
    part = match.group("t") or match.group("t2")
    return Atom(start, end, "weekday", choice, "part_of_day" if part else "day", weekday=number)


def _deictic(line: Line, match: "re.Match[str]") -> Atom | None:
    offset, part = line.values[match.start("d")]
    if offset == 0 and line.before(match.start()) in TODAY and not part and match.start() == match.start("d"):
        return None
    days = spans.unit_near(line.anchor, "R", offset, "jalali") if line.anchor else None
    grain: Grain = "part_of_day" if part or match.group("t") or match.group("t2") else "day"
    return Atom(match.start(), match.end(), "deictic", days, grain, future=offset > 0 if offset else None)


def _last_night(line: Line, match: "re.Match[str]") -> Atom | None:
    """«شب گذشته», «صبح روز گذشته», «روز گذشته»."""
    kind = match.group()[-1]
    value = line.values[match.end() - 1]
    if value in ("recent", "ahead", "after") or line.before(match.start()) in (fold("یک"), fold("هر")):
        return None
    days = spans.unit_near(line.anchor, "R", _SHIFT[kind], "jalali") if line.anchor else None
    grain: Grain = "part_of_day" if match.group()[0] in "ts" else "day"
    return Atom(match.start(), match.end(), "deictic", days, grain, future=kind == "f")


def _this_part(line: Line, match: "re.Match[str]") -> Atom | None:
    """«بامداد» alone is today's; only words that mean nothing else, and not before a name."""
    if line.word(match.start()) not in _ONLY_TIMES or line.before(match.start()) in AGENCY:
        return None
    days = spans.unit_near(line.anchor, "R", 0, "jalali") if line.anchor else None
    return Atom(match.start(), match.end(), "deictic", days, "part_of_day")


_ONLY_TIMES = frozenset(map(fold, "بامداد شامگاه سحرگاه".split()))


def _period(line: Line, match: "re.Match[str]") -> Atom | None:
    """«هفته گذشته», «ماه جاری», «سال گذشته میلادی», «این هفته», «پایان سال», «امسال»."""
    start, end = match.start(), match.end()
    text = match.group()
    era = _era(line, match)
    named = next((n for n in range(start, end) if line.classes[n] in "vMaLd"), start)
    unit = "a" if line.classes[named] == "L" else line.classes[named]
    shift = line.values[named] if line.classes[named] == "L" else 0
    for n in range(start, end):
        kind, value = line.classes[n], line.values[n]
        if kind in _SHIFT:
            if value == "ahead" or (value == "recent" and unit == "v"):
                return None
            if value == "recent":
                return _few(line, start, end, unit, "p", point=False)
            shift = _SHIFT[kind]
    calendar = era or "jalali"
    days = spans.unit_near(line.anchor, unit, shift, calendar) if line.anchor else None
    grain = _UNIT_GRAIN[unit]
    if text[0] == "E":
        edge = str(line.values[start])
        if unit == "v" and edge == "end":
            days = (date.fromordinal(days[1].toordinal() - 1), days[1]) if days else None
        else:
            days, grain = spans.edge(edge, days), "approximate"
    future = None if not shift else shift > 0
    return Atom(start, end, "period", days, grain, era or "relative", future=future)


def _bare_edge(line: Line, match: "re.Match[str]") -> Atom | None:
    """«پایان سال», «آخر هفته», not «پایان ماه‌های»."""
    if line.values[match.start()] not in ("end", "begin", "early", "late") or line.cls(match.end()) in ("X", "e", "T"):
        return None
    return _period(line, match)


def _duration(line: Line, match: "re.Match[str]") -> Atom | None:
    """«۴۸ ساعت پیش», «دو سال و نیم قبل», «۲۴ ساعت گذشته», «سه روز دیگر»."""
    start, end = match.start(), match.end()
    counts = _group(line, match, "n")
    n_at, u_at = match.start("n"), match.start("u")
    unit = line.classes[u_at] if line.classes[u_at] != "u" else line.values[u_at]
    kind, value = line.classes[match.start("p")], line.values[match.start("p")]
    if line.classes[n_at] == "q":
        return _few(line, start, end, str(unit), kind, point=value in ("ago", "ahead"), value=str(value))
    if line.cls(match.start("u") + 1) == "_" and line.word(u_at + 1) not in _WORKING:
        return None
    numbers = [v for _, v in counts if isinstance(v, int)]
    low = float(numbers[0]) if numbers else 0.5
    high = float(numbers[-1]) if numbers else 0.5
    if match.group("h"):
        low, high = low + 0.5, high + 0.5
    sign = -1 if kind == "p" else 1
    grain = _UNIT_GRAIN[str(unit)]
    past = kind == "p"
    if value == "after" or line.anchor is None or not high:
        return Atom(start, end, "period", None, grain, kind="duration_ago" if past else "duration_ahead")
    day = spans.shifted(line.anchor, str(unit), sign * high, "jalali")
    if match.start("u2") >= 0 and day is not None:
        small = line.classes[match.start("u2")]
        moved = spans.Anchor(line.anchor.now, day, line.anchor.clocked)
        if small in "RMva":
            day = spans.shifted(moved, small, sign * _number(line, match, "n2"), "jalali")
    if value in ("past", "recent", "next"):
        days = None if day is None else (min(day, line.today), max(day, line.today))
        return Atom(start, end, "period", days, grain, kind="range", future=not past)
    days = spans.around(str(unit), day, "jalali")
    if low != high:
        other = spans.around(str(unit), spans.shifted(line.anchor, str(unit), sign * low, "jalali"), "jalali")
        days = (min(days[0], other[0]), max(days[1], other[1])) if days and other else None
    ago: Kind = "duration_ago" if past else "duration_ahead"
    return Atom(start, end, "period", days, grain, kind=ago, future=not past)


def _few(line: Line, a: int, b: int, unit: str, kind: str, *, point: bool, value: str = "") -> Atom | None:
    past = kind == "p"
    days = None
    if line.anchor is not None and value != "after":
        days = spans.few(line.anchor, unit, -1 if past else 1, "jalali", point=point)
    grain: Grain = _UNIT_GRAIN[unit] if unit in ("c", "u", "minute", "second") else "approximate"
    way: Kind = ("duration_ago" if past else "duration_ahead") if point else "range"
    return Atom(a, b, "period", days, grain, kind=way, future=not past)


def _indefinite(line: Line, match: "re.Match[str]") -> Atom | None:
    """«ساعاتی پیش», «روزهای آینده», «چند هفته اخیر», «این روزها»."""
    u = match.start("u")
    unit = str(line.values[u]) if line.classes[u] in "Uu" else line.classes[u]
    p = match.start("p")
    if p < 0:  # «این روزها»
        if unit != "R":
            return None
        days = spans.few(line.anchor, "R", -1, "jalali", point=False) if line.anchor else None
        return Atom(match.start(), match.end(), "period", days, "approximate")
    value = str(line.values[p])
    return _few(line, match.start(), match.end(), unit, line.classes[p], point=value in ("ago", "ahead"), value=value)


def _numeric(line: Line, match: "re.Match[str]") -> Atom | None:
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


def _clock(line: Line, match: "re.Match[str]") -> Atom | None:
    """«ساعت ۲۱:۴۸», «ساعت ۹ صبح», «ساعت ده و نیم»; not «۲۴ ساعت ۳ …»."""
    hour = _number(line, match, "h")
    start = match.start()
    if hour > 24 or line.cls(start - 1) in ("n", "z", "N", "q", "0"):
        return None
    if line.cls(match.end()) in ("M", "a", "v") or (line.cls(match.end()) == "_" and line.word(match.end()) in COUNTED):
        return None
    grain: Grain = "minute" if ":" in match.group() or "&" in match.group() else "hour"
    days = (line.today, line.today) if line.anchor else None
    return Atom(start, match.end(), "time", days, grain)


def _loose_clock(line: Line, match: "re.Match[str]") -> Atom | None:
    """«۲۱:۴۸» counts only beside a day."""
    minute = line.values[match.start("m")]
    if line.values[match.start()] > 24 or minute > 59 or line.cls(match.end()) == ":":
        return None
    return Atom(match.start(), match.end(), "loose", None, "minute")


def _named(line: Line, match: "re.Match[str]") -> Atom | None:
    f, start, end = match.start("f"), match.start(), match.end()
    calendar, month, day, size, needs = line.values[f]
    year = _Year(line, match, calendar)
    if needs and not (
        year.given or start < f or line.before(start) in _CUE_BEFORE or line.cls(start - 1) in ("A", "Z")
    ):
        return None
    choice = _near(line, calendar, month, day, year)

    def longer(days: Days | None) -> Days | None:
        return (days[0], date.fromordinal(days[1].toordinal() + size - 1)) if days else None

    choice = Choice(longer(choice.days), longer(choice.ahead))
    kind: Kind = "point" if size == 1 else "range"
    return Atom(start, end, "day", choice, "day", calendar, kind, month=month, day=day, explicit=year.year is not None)


def _recently(line: Line, match: "re.Match[str]") -> Atom | None:
    days = spans.few(line.anchor, "R", -1, "jalali", point=False) if line.anchor else None
    return Atom(match.start(), match.end(), "period", days, "approximate", kind="range", future=False)


_TABLE: tuple[tuple[str, str, Read], ...] = (
    ("yYn0z", r"[yY](?P<s>[/.-])[n0](?P=s)[n0]|[n0](?P<v>[/.-])[n0](?P=v)[yY]|[z0]/[n0]/[n0]", _numeric),
    ("RUno0", rf"(?:RX?|U)?(?P<d0>(?:[no0],)*(?P<d1>[no0])[Z&,-](?P<d>[no0])M?{_MONTH}M?{_TAIL}?)", _days),
    ("tsRno0", rf"(?:[ts]R?|R)?(?P<d>[no0])M?{_MONTH}M?{_TAIL}?t?", _day),
    ("Rno0", r"R?(?P<d>o(?=M[pf])|[no0](?=Mb|TM))[MT][pfbM]", _day_of_month),
    ("EMJjkGgmHi", rf"E?M?{_MONTH}M?{_TAIL}?", _month),
    (
        "EaU",
        r"E?(?:aX|U)[yYz0](?:[Z&,-]a?[yYz0])+e*|E?a[yYz](?:[Z-]a?[yYz0])e*|E?ae*[yYz0]e*|a_[yY](?:[-/][yY])?",
        _years,
    ),
    ("A", r"Aa?[yY]e*Za?[yY]e*", _from_to_year),
    ("yY", r"[yY]e+", _years),
    ("Ed", r"E?d(?P<n>[nzyYN])e*", _decade),
    ("ETS", rf"E?(?:T(?P<t>)|)(?P<s>S)(?:{_TAIL}|(?(t)|(?!)))", _season),
    ("tsRW", r"(?:(?P<t>[ts])R?|R)?(?P<w>W)(?P<q>Tv|v[pfb]|[pfb])?(?P<t2>[ts])?", _weekday),
    ("tsRD", r"(?:(?P<t>[ts])R?|R)?(?P<d>D)(?P<t2>[ts])?", _deictic),
    ("tsR", r"[ts]?R[pf]|[ts]p", _last_night),
    (
        "nzNyYq0h",
        r"(?P<n>n[nZ-]n|[nzNyYq0h])(?P<u>[RaMcvdsu])(?P<h>&h)?(?:&(?P<n2>n)(?P<u2>[RaMcvu]))?_?(?P<p>[pf])",
        _duration,
    ),
    ("qTURaMcvd", r"(?:T(?P<t>)|q?)(?P<u>U|[RaMcvd]X)(?:(?P<p>[pf])|(?(t)|(?!)))", _indefinite),
    ("EvMadTL", r"E?(?:[vMad]e*[pfb]e*|T[vM]|Le*)", _period),
    ("E", r"E[vMa]", _bare_edge),
    ("c", r"c(?P<h>[n0N])(?::[n0zN]|&[n0z]u|&h)?(?:[Z&-]c?[n0](?::[n0zN])?)?[ts]?", _clock),
    ("n0", r"[n0]:(?P<m>[n0zN])", _loose_clock),
    ("tsRF", rf"(?:[ts]|R)?(?P<f>F){_TAIL}?", _named),
    ("t", r"t", _this_part),
    ("r", r"r", _recently),
)
RULES: dict[str, list[tuple["re.Pattern[str]", Read]]] = {}
for _starts, _pattern, _read in _TABLE:
    for _letter in _starts:
        RULES.setdefault(_letter, []).append((re.compile(_pattern), _read))
