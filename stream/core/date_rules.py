"""The grammar of Persian dates: regular expressions over the classes of date_words.py, each with its reading.

`RULES[letter]` holds the rules that may begin with that class, in the order in which they are tried.
"""

import re

from stream.core import date_relative as relative
from stream.core import date_written as written
from stream.core.date_atoms import TAIL, Read

_MONTH = r"(?P<m>[JjkGgmHi])"
_TABLE: tuple[tuple[str, str, Read], ...] = (
    ("yYn0z", r"[yY](?P<s>[/.-])[n0](?P=s)[n0]|[n0](?P<v>[/.-])[n0](?P=v)[yY]|[z0]/[n0]/[n0]", written.numeric),
    (
        "RUWno0",
        rf"(?:RX?|U)?(?P<d0>(?:W(?:[&,]W)*,?)?(?:[no0],)*(?P<d1>[no0])[Z&,-](?P<d>[no0])M?{_MONTH}M?{TAIL}?)",
        written.some_days,
    ),
    (
        "tsRno0",
        rf"(?:[ts]R?|R)?(?P<d>[no0])(?:(?P<s>[/-])|M?){_MONTH}(?(s)(?P=s)(?=[yYz0])|M?){TAIL}?t?",
        written.one_day,
    ),
    ("Rno0", r"R?(?P<d>o(?=M[pf])|[no0](?=Mb|TM))[MT][pfbM]", written.day_of_month),
    ("EMJjkGgmHi", rf"E?M?{_MONTH}M?{TAIL}?", written.one_month),
    (
        "EaU",
        r"E?(?:aX|U)[yYz0](?:[Z&,-]a?[yYz0])+(?:e|\(e\))*|E?a[yYz](?:[Z-]a?[yYz0])(?:e|\(e\))*|E?a(?:e|\(e\))*[yYz0](?:e|\(e\))*|a_[yY](?:[-/][yY])?",
        written.years,
    ),
    ("A", r"Aa?[yY](?:e|\(e\))*Za?[yY](?:e|\(e\))*", written.from_to_year),
    ("yY", r"[yY]e+", written.years),
    ("Ed", r"E?d(?P<n>[nzyYN])(?:e|\(e\))*", written.decade),
    ("ETS", rf"E?(?:T(?P<t>)|)(?P<s>S)(?:{TAIL}|(?(t)|(?!)))", written.season),
    ("tsRW", r"(?:(?P<t>[ts])R?|R)?(?P<w>W)(?P<q>Tv|v[pfb]|[pfb])?(?P<t2>[ts])?", relative.weekday),
    ("tsRD", r"(?:(?P<t>[ts])R?|R)?(?P<d>D)(?P<t2>[ts])?", relative.deictic),
    ("tsR", r"[ts]?R[pf]|[ts]p", relative.last_night),
    (
        "nzNyYq0h",
        r"(?P<n>n[nZ+-]n|[nzNyYq0h])(?P<u>[RaMcvdsu])(?P<h>&h)?(?:&(?P<n2>n)(?P<u2>[RaMcvu]))?_?(?P<p>[pf])",
        relative.duration,
    ),
    ("qTURaMcvd", r"(?:T(?P<t>)|q?)(?P<u>U|[RaMcvd]X)(?:(?P<p>[pf])|(?(t)|(?!)))", relative.indefinite),
    ("EvMadTL", r"E?(?:[vMad](?:e|\(e\))*[pfb](?:e|\(e\))*|T[vM]|L(?:e|\(e\))*)", relative.period),
    ("E", r"E[vMa]", relative.bare_edge),
    ("c", r"c(?P<h>[n0N])(?:[:.][n0zN]|&[n0z]u(?:&[n0z]u)?|&h)?(?:[Z&-]c?[n0](?::[n0zN])?)?[ts]?", relative.clock),
    ("n0", r"[n0]:(?P<m>[n0zN])", relative.loose_clock),
    ("tsRF", rf"(?:[ts]|R)?(?P<f>F){TAIL}?", written.named),
    ("t", r"t", relative.this_part),
    ("r", r"r", relative.recently),
)
RULES: dict[str, list[tuple["re.Pattern[str]", Read]]] = {}
for _starts, _pattern, _read in _TABLE:
    _compiled = re.compile(_pattern)
    for _letter in _starts:
        RULES.setdefault(_letter, []).append((_compiled, _read))
