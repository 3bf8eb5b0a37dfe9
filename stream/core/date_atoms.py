"""What a rule of the date grammar reads: an `Atom`, and the year that follows a month.

`Match` groups are spans of tokens: one letter a token.
"""

import re
from collections.abc import Callable
from copy import copy
from typing import Literal

from stream.core import date_spans as spans
from stream.core.calendars import Calendar, from_date, month_span, to_date
from stream.core.date_lexer import Line
from stream.core.date_spans import OPEN, Choice, Days, Grain, Kind
from stream.core.date_words import COUNTED

Role = Literal["day", "weekday", "deictic", "month", "period", "time", "loose", "range"]


Read = Callable[[Line, "re.Match[str]"], "Atom | None"]


# A year after a month: printed, in brackets, of two digits, or «سال گذشته», «امسال», «ماه جاری», «گذشته».
TAIL = r"(?P<y>,?a?e?[yY](?:e|\(e\))*|\(a?[yY](?:e|\(e\))*\)|a?[z0](?:e|\(e\))*|L|a(?:e|\(e\))*[pfb](?:e|\(e\))*|Ta|Mb|[pf])"
UNIT_GRAIN: dict[str, Grain] = {
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


SHIFT = {"p": -1, "f": 1, "b": 0}


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
        self.pair = False  # two calendars named it
        self.week: Days | None = None  # the week that a weekday was counted in

    def copy(self) -> "Atom":
        """Another one with the same content."""
        return copy(self)


def group(line: Line, match: "re.Match[str]", name: str) -> list[tuple[str, object]]:
    """Classes and values under a named group."""
    start, end = match.span(name)
    return [] if start < 0 else [(line.classes[n], line.values[n]) for n in range(start, end)]


def number_at(line: Line, match: "re.Match[str]", name: str) -> int:
    value = line.values[match.start(name)]
    return value if isinstance(value, int) else 0


class YearTail:
    """What follows a month or season: a printed year, or a shift («سال گذشته»), or nearness («گذشته»)."""

    def __init__(self, line: Line, match: "re.Match[str] | None", calendar: Calendar) -> None:
        self.year: int | None = None
        self.shift: int | None = None
        self.side = ""
        tail = group(line, match, "y") if match else []
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
            self.shift = next((SHIFT[kind] for kind in kinds if kind in SHIFT), 0)
        elif kinds == "Mb":
            self.shift = None
            self.side = "near"
        elif kinds in ("p", "f"):
            self.side = kinds


def in_year(line: Line, calendar: Calendar, month: int, day: int | None, year: YearTail) -> Choice:
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


def month_at(line: Line, n: int) -> tuple[Calendar, int]:
    value = line.values[n]
    return value[0], value[1]


def era_of(line: Line, match: "re.Match[str]") -> Calendar | None:
    for kind, value in zip(match.group(), line.values[match.start() : match.end()], strict=True):
        if kind == "e" and value in ("jalali", "gregorian", "hijri"):
            return value  # type: ignore[no-any-return]
    return None


def counts(line: Line, end: int) -> bool:
    """Whether a number that ends there counts things («۹۸ نفر») or goes on («۵۳.۹»)."""
    if line.cls(end) in (".", "/") and line.cls(end + 1) in ("n", "z", "y", "Y", "N", "0"):
        return True
    return line.word(end) in COUNTED
