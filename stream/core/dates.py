"""Step 3. Dates: from the words of a sentence to days.

A sentence becomes a string of classes, a letter a word (date_words.py); each rule is a regular expression over that
string and a reading of what it matched (date_rules.py); neighbours that name one date are then put together
(«پنجشنبه ۲۴ فوریه (۵ اسفند ۱۴۰۰)»). A sentence without a cue word costs one set comparison.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import pairwise

from stream.core.date_atoms import Atom
from stream.core.date_lexer import Line, has_cue, lex
from stream.core.date_rules import RULES
from stream.core.date_spans import Anchor, Choice, DateSpan, Days, Grain, nearest, occurrences
from stream.core.letters import fold, fold_word
from stream.core.records import Precision

# What may stand between two names of one day.
_BESIDE = re.compile(r",?R?l?,?")
_BESIDE_CLOCK = re.compile(r"[,-]?R?l?|w_")
_PAIR = re.compile(r",?x|/|-|,?\(x?R?")
_UNTIL = re.compile(r"Z[Rl]?|-")
_GRAINS: tuple[Grain, ...] = ("minute", "hour", "part_of_day", "day", "week", "month", "season", "year", "decade")
# Places of a time zone whose name has two words.
_ZONE_OF_TWO = frozenset(map(fold, "شرق غرب مرکز بیت تل اروپای هنگ سن لس ابو کی رژیم سرزمینهای ایالات".split()))
_PIECE = re.compile(r"\d+|(?:[^\W\d_]|[\u0610-\u061a\u064b-\u065f\u0670\u0640])+|[^\s\u200b-\u200f]")


def pieces(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, str]]:
    """Words and marks of `text[start:end]` as `find_dates` reads them: (start, end, folded word), plurals kept."""
    found = _PIECE.finditer(text, start, len(text) if end is None else end)
    return [(m.start(), m.end(), fold_word(m.group())) for m in found]


def find_dates(words: Sequence[str], anchor: datetime | None, precision: Precision = "minute") -> list[DateSpan]:
    """Dates that the words of one sentence name, in order, without overlap.

    `words` are folded (letters.fold), split at half-spaces, marks as words of their own. `anchor` is the publication
    time; where it is None or its `precision` "unknown", only dates with a year of their own are resolved.
    ValueError where `anchor` has no zone.
    """
    if not has_cue(words):
        return []
    known = None if anchor is None or precision == "unknown" else anchor
    line = lex(words, None if known is None else Anchor.at(known, clocked=precision in ("minute", "second")))
    atoms = _atoms(line)
    if not atoms:
        return []
    return [_span(line, atom) for atom in _joined(line, atoms) if atom.role != "loose"]


def _atoms(line: Line) -> list[Atom]:
    atoms: list[Atom] = []
    at, classes, count = 0, line.classes, len(line.classes)
    while at < count:
        for pattern, read in RULES.get(classes[at], ()):
            match = pattern.match(classes, at)
            if match is None:
                continue
            atom = read(line, match)
            if atom is not None:
                atoms.append(atom)
                at = atom.b - 1
                break
        at += 1
    return atoms


def _joined(line: Line, atoms: list[Atom]) -> list[Atom]:
    for atom in atoms:
        _zone(line, atom)
    return _borrow(_folded(line, _folded(line, atoms, _one), _range))


def _folded(line: Line, atoms: list[Atom], join: Callable[[Line, Atom, Atom], Atom | None]) -> list[Atom]:
    out: list[Atom] = []
    for each in atoms:
        atom = each
        while out and len(line.classes[out[-1].b : atom.a]) <= 4:
            both = join(line, out[-1], atom)
            if both is None:
                break
            out.pop()
            atom = both
        out.append(atom)
    return out


def _borrow(atoms: list[Atom]) -> list[Atom]:
    """A clock time without a day of its own is that of the only day named in the sentence; a weekday soon after a week
    («هفته آینده در روزهای یکشنبه و سه شنبه») is that week's."""
    for week, atom in pairwise(atoms):
        if atom.role == "weekday" and atom.weekday is not None and atom.a - week.b <= 3:
            inside = week.week or (week.role == "period" and week.precision == "week" and week.days)
            if inside and atom.ahead is not None:
                day = date.fromordinal(inside[0].toordinal() + (atom.weekday - 5) % 7)
                atom.days, atom.ahead, atom.week = (day, day), None, inside
    days = [atom for atom in atoms if atom.role in ("day", "weekday", "deictic") and atom.kind == "point"]
    if len(days) == 1:
        for atom in atoms:
            if atom.role == "time":
                atom.days, atom.ahead, atom.future = days[0].days, days[0].ahead, days[0].future
    return atoms


def _zone(line: Line, atom: Atom) -> None:
    """Take «به وقت محلی» in."""
    if line.cls(atom.b) == "w" and atom.role in ("time", "loose", "day", "weekday", "deictic"):
        place = line.classes[atom.b + 1 : atom.b + (3 if line.word(atom.b + 1) in _ZONE_OF_TWO else 2)]
        if place and not place.strip("_"):
            atom.b += 1 + len(place)


def _one(line: Line, a: Atom, b: Atom) -> Atom | None:
    """Both as one date, or None where they are two."""
    gap = line.classes[a.b : b.a]
    clocks = {"time", "loose"}
    if a.role in clocks or b.role in clocks:
        if a.role in clocks and b.role in clocks:
            return None
        day, clock = (b, a) if a.role in clocks else (a, b)
        if day.role in ("day", "weekday", "deictic") and day.kind == "point" and _BESIDE_CLOCK.fullmatch(gap):
            return _merged(line, a, b, day, clock.precision)
        return None
    named = {"day", "weekday", "deictic"}
    if a.role in named and b.role in named and a.kind == b.kind == "point":
        if _BESIDE.fullmatch(gap) and a.role != b.role:
            return _same_day(line, a, b)
        closes = "(" not in gap or line.cls(b.b) == ")"
        if _PAIR.fullmatch(gap) and closes and (a.role != b.role or a.calendar != b.calendar):
            return _closed(line, _same_day(line, a, b), gap)
        if gap in ("&", ",") and a.pair and b.calendar not in ("relative", a.calendar):
            return _same_day(line, a, b)
    if a.role == b.role == "month" and a.calendar != b.calendar and _PAIR.fullmatch(gap) and a.days and b.days:
        start, end = max(a.days[0], b.days[0]), min(a.days[1], b.days[1])
        if start <= end and ("(" not in gap or line.cls(b.b) == ")"):
            both = _merged(line, a, b, b if b.explicit and not a.explicit else a, a.precision)
            both.days, both.ahead = (start, end), None
            return _closed(line, both, gap)
    if a.role == b.role == "day" and a.kind == b.kind == "range" and a.calendar != b.calendar and _PAIR.fullmatch(gap):
        leader = b if b.explicit else a
        closes = "(" not in gap or line.cls(b.b) == ")"
        agree = not (a.days and b.days) or abs((a.days[0] - b.days[0]).days) <= 2
        if closes and agree:
            return _closed(line, _merged(line, a, b, leader, a.precision), gap)
    return None


def _closed(line: Line, atom: Atom | None, gap: str) -> Atom | None:
    if atom is not None and "(" in gap and line.cls(atom.b) == ")":
        atom.b += 1
    return atom


def _merged(line: Line, a: Atom, b: Atom, leader: Atom, precision: Grain) -> Atom:
    both = leader.copy()
    both.a, both.b = a.a, b.b
    both.precision = min(precision, leader.precision, key=lambda grain: _GRAINS.index(grain) if grain in _GRAINS else 9)
    if both.days == (line.today, line.today) and line.clocked:
        both.future = None
    return both


def _same_day(line: Line, a: Atom, b: Atom) -> Atom | None:
    """Two names of one day: the one with a year leads, a weekday chooses among years, «امروز» needs neither."""
    rank = {"weekday": 0, "deictic": 1, "day": 2}
    leader, other = (a, b) if (a.explicit, rank[a.role]) >= (b.explicit, rank[b.role]) else (b, a)
    if {a.role, b.role} == {"day", "deictic"} and not leader.explicit:  # «امروز، ۷ مرداد»: today's year
        leader, other = other, leader
    both = _merged(line, a, b, leader, other.precision)
    if leader.calendar == "relative" and other.calendar != "relative":
        both.calendar = other.calendar
    if a.role == b.role == "day":
        both.pair = True
        if leader.days and other.month and not _agrees(leader.days[0], other):
            return None
        if not leader.explicit and leader.days and a.calendar == "hijri":
            both.days = other.days or leader.days
    if other.role == "weekday" and not leader.explicit and leader.month and line.anchor is not None:
        both.days, both.ahead = _on_weekday(line, leader, other) or (both.days, both.ahead)
    return both


def _agrees(day: date, other: Atom) -> bool:
    """Whether a day may be called by the other's day and month, give or take a day (two for the moon)."""
    if other.calendar == "relative" or other.month is None or other.day is None:
        return True
    slack = 2 if other.calendar == "hijri" else 1
    around = occurrences(other.calendar, other.month, other.day, day)
    return any(abs((days[0] - day).days) <= slack for days in around)


def _on_weekday(line: Line, day: Atom, named: Atom) -> tuple[Days | None, Days | None] | None:
    if day.calendar == "relative" or day.month is None:
        return None
    fitting = [
        days
        for days in occurrences(day.calendar, day.month, day.day, line.today)
        if days[0].weekday() == named.weekday and abs((days[0] - line.today).days) < 550
    ]
    if not fitting:
        return None
    choice: Choice = nearest(fitting, line.today)
    return choice.days, choice.ahead


def _range(line: Line, a: Atom, b: Atom) -> Atom | None:
    """«از … تا …»: from the first's first day to the second's last; a missing year is the other's."""
    gap = line.classes[a.b : b.a]
    if not _UNTIL.fullmatch(gap) or not a.kind == b.kind == "point" or {"loose", "time"} & {a.role, b.role}:
        return None
    if gap == "-" and (a.calendar != b.calendar or a.calendar == "relative" or a.role != b.role):
        return None
    if "hijri" in (a.calendar, b.calendar) and a.calendar != b.calendar:
        return None
    first, last = a.days, b.days
    if a.month and a.calendar != "relative" and not a.explicit and last and (b.explicit or line.anchor is not None):
        before = [d for d in occurrences(a.calendar, a.month, a.day, last[1]) if d[0] <= last[1]]
        first = before[-1] if before else first
    elif first and b.month and b.calendar != "relative" and not b.explicit and a.explicit:
        later = [d for d in occurrences(b.calendar, b.month, b.day, first[0]) if d[1] >= first[0]]
        last = later[0] if later else last
    elif first and b.role == "weekday" and b.weekday is not None:
        step = (b.weekday - first[0].weekday()) % 7
        end = date.fromordinal(first[0].toordinal() + step)
        last = (end, end)
    both = _merged(line, a, b, b, a.precision)
    both.kind, both.ahead = "range", None
    both.explicit = a.explicit or b.explicit
    if first is None or last is None or first[0] > last[1]:
        both.days = None
    else:
        both.days = (first[0], last[1])
    both.role = "range"
    return both


def _span(line: Line, atom: Atom) -> DateSpan:
    start, end = atom.days or (None, None)
    future = atom.future
    if future is None and line.anchor is not None and start is not None and end is not None:
        future = True if start > line.today else False if end < line.today else None
    ahead = atom.ahead if atom.ahead != atom.days else None
    return DateSpan(
        first=line.at[atom.a],
        last=line.at[atom.b],
        start=start,
        end=end,
        precision=atom.precision,
        calendar=atom.calendar,
        future=future,
        kind=atom.kind,
        start_if_future=ahead[0] if ahead else None,
        end_if_future=ahead[1] if ahead else None,
    )


__all__ = ["DateSpan", "find_dates", "has_cue", "pieces"]
