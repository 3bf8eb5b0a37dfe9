"""Reading publication times: ISO 8601, RFC 2822, Jalali and Gregorian dates in words, in any digits.

A time without an offset is Tehran time, with the summer time that Iran had until 2022 (IANA `Asia/Tehran`). A date alone
is that day's 00:00 in Tehran. Years 1200–1599 are Jalali (Solar Hijri), whatever the separators. Results carry a fixed
offset, so that later arithmetic can't stumble over a change of summer time.
"""

import re
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

TEHRAN = ZoneInfo("Asia/Tehran")

_JALALI = {  # the names in Iran, and those of the same months in Afghanistan
    1: "فروردین حمل",
    2: "اردیبهشت ثور",
    3: "خرداد جوزا",
    4: "تیر سرطان",
    5: "مرداد امرداد اسد",
    6: "شهریور سنبله",
    7: "مهر میزان",
    8: "آبان عقرب",
    9: "آذر قوس",
    10: "دی جدی",
    11: "بهمن دلو",
    12: "اسفند حوت",
}
_GREGORIAN = {
    1: "january jan ژانویه جنوری",
    2: "february feb فوریه فبروری",
    3: "march mar مارس مارچ",
    4: "april apr آوریل آپریل اپریل",
    5: "may مه می",
    6: "june jun ژوئن جون",
    7: "july jul ژوئیه ژوییه جولای جولای",
    8: "august aug اوت آگوست اگست",
    9: "september sep sept سپتامبر سپتمبر",
    10: "october oct اکتبر اکتوبر",
    11: "november nov نوامبر نومبر",
    12: "december dec دسامبر دسمبر",
}
JALALI_MONTHS = {name: number for number, names in _JALALI.items() for name in names.split()}
GREGORIAN_MONTHS = {name: number for number, names in _GREGORIAN.items() for name in names.split()}

# one character to one character, so that places in the folded line are places in the line itself
_FOLD = str.maketrans(
    {
        **{chr(base + n): str(n) for base in (0x06F0, 0x0660) for n in range(10)},
        "ي": "ی",
        "ى": "ی",
        "ك": "ک",
        "٫": ".",
        "\u00a0": " ",
        "\u202f": " ",
        **dict.fromkeys("\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff", " "),
    }
)

_CLOCK = r"(?P<hour>[0-2]?\d):(?P<minute>[0-5]\d)(?::(?P<second>[0-6]\d)(?:[.,](?P<part>\d{1,9}))?)?"
_OFFSET = r"(?:\s?(?P<offset>Z|z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}))?"
_ISO = re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)(?:[T ]{_CLOCK}{_OFFSET})?", re.IGNORECASE)
_BASIC_ISO = re.compile(
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:T(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<part>)"
    rf"{_OFFSET})?",
)
_RFC_2822 = re.compile(r"(?:[A-Za-z]{3,9},?\s+)?\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{4}\s+\d{1,2}:\d{2}(?::\d{2})?(\s+\S+)?")
_MONTH_WORDS = "|".join(sorted((*JALALI_MONTHS, *GREGORIAN_MONTHS), key=len, reverse=True))
_DATE = re.compile(
    r"(?<![\d.:/-])(?:"
    r"(?P<y1>\d{4})\s?(?P<mark>[-/.])\s?(?P<m1>\d{1,2})\s?(?P=mark)\s?(?P<d1>\d{1,2})"
    rf"|(?P<d2>\d{{1,2}})\s*/?\s*(?P<m2>{_MONTH_WORDS})(?!\w)(?:\s+ماه)?[\s,،/]*(?P<y2>\d{{4}})"
    rf"|(?P<m3>{_MONTH_WORDS})\s+(?P<d3>\d{{1,2}}),?\s+(?P<y3>\d{{4}})"
    r")(?![\d/])",
    re.IGNORECASE,
)
_TIME = re.compile(rf"(?<![\d:]){_CLOCK}(?!\d|:\d){_OFFSET}")
# what may stand around a date and a time without changing what they say
_FILLER = re.compile(
    r"(?:شنبه|یک ?شنبه|دو ?شنبه|سه ?شنبه|چهار ?شنبه|پنج ?شنبه|جمعه|ساعت|مورخ|تاریخ|انتشار|روز|به وقت تهران|"
    r"(?:mon|tue|tues|wed|wednes|thu|thurs|fri|sat|satur|sun)(?:day)?|at|[\s,،؛|/:\-–—_.()])+",
    re.IGNORECASE,
)


class Moment(NamedTuple):
    """A point in time (aware) and how exactly it was given."""

    time: datetime
    precision: Literal["second", "minute", "day"]


def fold(text: str) -> str:
    """Digits to ASCII, Arabic letters to Persian, invisible marks to blanks: same length as `text`."""
    return text.translate(_FOLD)


def tehran(naive: datetime) -> datetime:
    """The wall-clock time of Tehran as an aware datetime with a fixed offset of whole minutes."""
    offset = naive.replace(tzinfo=TEHRAN).utcoffset() or timedelta()
    return naive.replace(tzinfo=timezone(timedelta(minutes=round(offset.total_seconds() / 60))))


def _is_jalali(year: int) -> bool:
    return 1200 <= year < 1600


def _day(year: int, month: int, day: int) -> date:
    if _is_jalali(year):
        return JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
    return date(year, month, day)


def _clocked(day: date, groups: dict[str, str | None]) -> Moment:
    if not groups.get("hour"):
        return Moment(tehran(datetime(day.year, day.month, day.day)), "day")  # noqa: DTZ001 - tehran() adds the zone
    second = min(int(groups["second"] or 0), 59)  # a leap second is kept within its minute
    micro = int((groups["part"] or "0")[:6].ljust(6, "0"))
    naive = datetime(day.year, day.month, day.day, int(groups["hour"] or 0), int(groups["minute"] or 0), second, micro)  # noqa: DTZ001
    offset = groups["offset"]
    precision: Literal["second", "minute"] = "second" if groups["second"] else "minute"
    if not offset:
        return Moment(tehran(naive), precision)
    if offset.upper() in {"Z", "UTC", "GMT"}:
        return Moment(naive.replace(tzinfo=timezone.utc), precision)  # noqa: UP017 - one class for all fixed offsets
    digits = offset[1:].replace(":", "").ljust(4, "0")
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return Moment(naive.replace(tzinfo=timezone(-shift if offset[0] == "-" else shift)), precision)


def _in_words(text: str, found: re.Match[str]) -> Moment:
    year = int(found["y1"] or found["y2"] or found["y3"])
    word = found["m1"] or found["m2"] or found["m3"]
    day_number = int(found["d1"] or found["d2"] or found["d3"])
    if word.isdigit():
        day = _day(year, int(word), day_number)
    elif word in JALALI_MONTHS:
        if not _is_jalali(year):
            raise ValueError(f"{year} is no Jalali year")
        day = _day(year, JALALI_MONTHS[word], day_number)
    else:
        day = date(year, GREGORIAN_MONTHS[word.lower()], day_number)
    clock = _TIME.search(text, found.end()) or _TIME.search(text, 0, found.start())
    return _clocked(day, clock.groupdict() if clock else {})


def parse_time(text: str) -> Moment | None:
    """The moment that the whole of `text` names, or None where it names none (or an impossible one)."""
    folded = fold(text).strip()
    if not folded or len(folded) > 100:
        return None
    try:
        if found := _ISO.fullmatch(folded) or _BASIC_ISO.fullmatch(folded):
            return _clocked(_day(int(found["year"]), int(found["month"]), int(found["day"])), found.groupdict())
        if _RFC_2822.fullmatch(folded):
            parsed = parsedate_to_datetime(folded)
            exact: Literal["second", "minute"] = "second" if folded.count(":") > 1 else "minute"
            return Moment(parsed if parsed.tzinfo else tehran(parsed), exact)
        if found := _DATE.search(folded):
            clock = _TIME.search(folded, found.end()) or _TIME.search(folded, 0, found.start())
            spans = sorted([found.span(), clock.span()] if clock else [found.span()])
            edges = [0, *(edge for span in spans for edge in span), len(folded)]
            between = (folded[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
            if all(not rest or _FILLER.fullmatch(rest) for rest in between):
                return _in_words(folded, found)
    except (ValueError, OverflowError):
        return None
    return None


def find_time(line: str) -> Moment | None:
    """The moment that a line names among other words («کد خبر … تاریخ انتشار: ۷ مرداد ۱۴۰۱ - ۲۱:۴۸»), or None."""
    folded = fold(line)
    found = _DATE.search(folded)
    if found is None:
        return None
    try:
        return _in_words(folded, found)
    except (ValueError, OverflowError):
        return None
