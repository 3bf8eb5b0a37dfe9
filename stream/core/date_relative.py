"""Dates counted from the publication: weekdays, «دیروز», «هفته گذشته», «۴۸ ساعت پیش», clock times.

A reading gives an `Atom`, or None where the words beside it say that it is no date («امام جمعه», «دنیای امروز»).
"""

import re
from datetime import date

from stream.core import date_spans as spans
from stream.core.date_atoms import SHIFT, UNIT_GRAIN, Atom, era_of, group, number_at
from stream.core.date_lexer import Line
from stream.core.date_spans import OPEN, Choice, Grain, Kind, eve
from stream.core.date_words import AGENCY, COUNTED, FRIDAY, TODAY
from stream.core.letters import fold

_WORKING = frozenset(map(fold, "کاری متوالی پیاپی تحصیلی".split()))


_DUSHANBE = frozenset(map(fold, "شهر پایتخت فرودگاه".split()))


_DUSHANBE_AFTER = frozenset(map(fold, "پایتخت تاجیکستان".split()))


_BLACK = frozenset(map(fold, "سوری سیاه خونین ها های نصر".split()))


_ONLY_TIMES = frozenset(map(fold, "بامداد شامگاه سحرگاه".split()))


_MARKET = fold("بازار")
_SHARED = re.compile(r"(?:[&,]R?W)+(?P<q>Tv|v[pfb]|[pfb])")


def weekday(line: Line, match: "re.Match[str]") -> Atom | None:
    w, start, end = match.start("w"), match.start(), match.end()
    before, after = line.before(start), line.word(end)
    number = number_at(line, match, "w")
    bare = start == w
    if bare and number == 4 and before in FRIDAY:
        return None
    if bare and number == 0 and (before in _DUSHANBE or after in _DUSHANBE_AFTER):
        return None
    if after in _BLACK or (bare and after == _MARKET) or before == fold("هر"):
        return None
    q = match.group("q") or ""
    if not q and (shared := _SHARED.match(line.classes, match.end())):  # «دوشنبه و سه شنبه هفته گذشته»
        q = shared.group("q")
    which = "near"
    if "v" in q:
        which = f"week{next((SHIFT[kind] for kind in q if kind in SHIFT), 0)}"
    elif q == "p":
        which = "past"
    elif q == "f":
        which = "next"
    elif q == "b":
        which = "week0"
    choice = spans.weekday(line.anchor, number, which) if line.anchor else OPEN
    if match.group("t") == "s" and line.cls(start + 1) != "R":  # «شب جمعه» is Thursday's night
        choice = eve(choice)
    if which == "near" and line.cls(start - 1) == "Z" and choice.ahead:  # «تا جمعه»
        choice = Choice(choice.ahead, choice.ahead)
    part = match.group("t") or match.group("t2")
    return Atom(start, end, "weekday", choice, "part_of_day" if part else "day", weekday=number)


def deictic(line: Line, match: "re.Match[str]") -> Atom | None:
    offset, part = line.values[match.start("d")]
    if offset == 0 and line.before(match.start()) in TODAY and not part and match.start() == match.start("d"):
        return None
    days = spans.unit_near(line.anchor, "R", offset, "jalali") if line.anchor else None
    grain: Grain = "part_of_day" if part or match.group("t") or match.group("t2") else "day"
    return Atom(match.start(), match.end(), "deictic", days, grain, future=offset > 0 if offset else None)


def last_night(line: Line, match: "re.Match[str]") -> Atom | None:
    """«شب گذشته», «صبح روز گذشته», «روز گذشته»."""
    kind = match.group()[-1]
    value = line.values[match.end() - 1]
    if value in ("recent", "ahead", "after") or line.before(match.start()) in (fold("یک"), fold("هر")):
        return None
    days = spans.unit_near(line.anchor, "R", SHIFT[kind], "jalali") if line.anchor else None
    grain: Grain = "part_of_day" if match.group()[0] in "ts" else "day"
    return Atom(match.start(), match.end(), "deictic", days, grain, future=kind == "f")


def this_part(line: Line, match: "re.Match[str]") -> Atom | None:
    """«بامداد» alone is today's; only words that mean nothing else, and not before a name."""
    if line.word(match.start()) not in _ONLY_TIMES or line.before(match.start()) in AGENCY:
        return None
    days = spans.unit_near(line.anchor, "R", 0, "jalali") if line.anchor else None
    return Atom(match.start(), match.end(), "deictic", days, "part_of_day")


def period(line: Line, match: "re.Match[str]") -> Atom | None:
    """«هفته گذشته», «ماه جاری», «سال گذشته میلادی», «این هفته», «پایان سال», «امسال»."""
    start, end = match.start(), match.end()
    text = match.group()
    era = era_of(line, match)
    named = next((n for n in range(start, end) if line.classes[n] in "vMaLd"), start)
    unit = "a" if line.classes[named] == "L" else line.classes[named]
    shift = line.values[named] if line.classes[named] == "L" else 0
    for n in range(start, end):
        kind, value = line.classes[n], line.values[n]
        if kind in SHIFT:
            if value == "ahead" or (value == "recent" and unit == "v"):
                return None
            if value == "recent":
                return _few(line, start, end, unit, "p", point=False)
            shift = SHIFT[kind]
    calendar = era or "jalali"
    days = spans.unit_near(line.anchor, unit, shift, calendar) if line.anchor else None
    grain = UNIT_GRAIN[unit]
    if text[0] == "E":
        edge = str(line.values[start])
        if unit == "v" and edge == "end":
            days = (date.fromordinal(days[1].toordinal() - 1), days[1]) if days else None
        else:
            days, grain = spans.edge(edge, days), "approximate"
    future = None if not shift else shift > 0
    return Atom(start, end, "period", days, grain, era or "relative", future=future)


def bare_edge(line: Line, match: "re.Match[str]") -> Atom | None:
    """«پایان سال», «آخر هفته», not «پایان ماه‌های»."""
    if line.values[match.start()] not in ("end", "begin", "early", "late") or line.cls(match.end()) in ("X", "e", "T"):
        return None
    return period(line, match)


def duration(line: Line, match: "re.Match[str]") -> Atom | None:
    """«۴۸ ساعت پیش», «دو سال و نیم قبل», «۲۴ ساعت گذشته», «سه روز دیگر»."""
    start, end = match.start(), match.end()
    counts = group(line, match, "n")
    n_at, u_at = match.start("n"), match.start("u")
    unit = line.classes[u_at] if line.classes[u_at] != "u" else line.values[u_at]
    kind, value = line.classes[match.start("p")], line.values[match.start("p")]
    if line.classes[n_at] == "q" and line.values[n_at] is None:
        return _few(line, start, end, str(unit), kind, point=value in ("ago", "ahead"), value=str(value))
    if line.cls(match.start("u") + 1) == "_" and line.word(u_at + 1) not in _WORKING:
        return None
    numbers = [v for _, v in counts if isinstance(v, int)]
    if line.classes[n_at] == "q":  # «یکی دو»
        numbers = list(line.values[n_at])
    low = float(numbers[0]) if numbers else 0.5
    high = float(numbers[-1]) if numbers else 0.5
    if match.group("h"):
        low, high = low + 0.5, high + 0.5
    sign = -1 if kind == "p" else 1
    grain = UNIT_GRAIN[str(unit)]
    past = kind == "p"
    span = value in ("past", "recent", "next")
    kind_of: Kind = "range" if span else "duration_ago" if past else "duration_ahead"
    if value == "after" or line.anchor is None or not high:
        return Atom(start, end, "period", None, grain, kind=kind_of, future=None if value == "after" else not past)
    day = spans.shifted(line.anchor, str(unit), sign * high, "jalali")
    if match.start("u2") >= 0 and day is not None:
        small = line.classes[match.start("u2")]
        moved = spans.Anchor(line.anchor.now, day, line.anchor.clocked)
        if small in "RMva":
            day = spans.shifted(moved, small, sign * number_at(line, match, "n2"), "jalali")
    if span:
        days = None if day is None else (min(day, line.today), max(day, line.today))
        return Atom(start, end, "period", days, grain, kind=kind_of, future=not past)
    days = spans.around(str(unit), day, "jalali")
    if low != high:
        other = spans.around(str(unit), spans.shifted(line.anchor, str(unit), sign * low, "jalali"), "jalali")
        days = (min(days[0], other[0]), max(days[1], other[1])) if days and other else None
    return Atom(start, end, "period", days, grain, kind=kind_of, future=not past)


def _few(line: Line, a: int, b: int, unit: str, kind: str, *, point: bool, value: str = "") -> Atom | None:
    past = kind == "p"
    days = None
    if line.anchor is not None:
        days = spans.few(line.anchor, unit, -1 if past else 1, "jalali", point=point)
    grain: Grain = UNIT_GRAIN[unit] if unit in ("c", "u", "minute", "second") else "approximate"
    if value == "after":  # «ساعاتی بعد» counts from what was told before
        return Atom(a, b, "period", None, grain, kind="duration_ahead")
    way: Kind = ("duration_ago" if past else "duration_ahead") if point else "range"
    return Atom(a, b, "period", days, grain, kind=way, future=not past)


def indefinite(line: Line, match: "re.Match[str]") -> Atom | None:
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


def clock(line: Line, match: "re.Match[str]") -> Atom | None:
    """«ساعت ۲۱:۴۸», «ساعت ۹ صبح», «ساعت ده و نیم»; not «۲۴ ساعت ۳ …»."""
    hour = number_at(line, match, "h")
    start = match.start()
    if hour > 24 or line.cls(start - 1) in ("n", "z", "N", "q", "0"):
        return None
    if line.cls(match.end()) in ("M", "a", "v") or (line.cls(match.end()) == "_" and line.word(match.end()) in COUNTED):
        return None
    grain: Grain = "minute" if {":", ".", "&"} & set(match.group()) else "hour"
    days = (line.today, line.today) if line.anchor else None
    return Atom(start, match.end(), "time", days, grain)


def loose_clock(line: Line, match: "re.Match[str]") -> Atom | None:
    """«۲۱:۴۸» counts only beside a day."""
    minute = line.values[match.start("m")]
    if line.values[match.start()] > 24 or minute > 59 or line.cls(match.end()) == ":":
        return None
    return Atom(match.start(), match.end(), "loose", None, "minute")


def recently(line: Line, match: "re.Match[str]") -> Atom | None:
    days = spans.few(line.anchor, "R", -1, "jalali", point=False) if line.anchor else None
    return Atom(match.start(), match.end(), "period", days, "approximate", kind="range", future=False)
