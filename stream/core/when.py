"""Current, background or still ahead: what the dates of a sentence say of its event."""

from datetime import date, timedelta
from itertools import pairwise

from stream.core.clauses import Clause
from stream.core.date_spans import DateSpan
from stream.core.records import Status, Time
from stream.core.site import Site, Verdict
from stream.core.verbs import VerbForm

RECENT = timedelta(days=3)
LONG_AGO = timedelta(days=60)
HALF_YEAR = timedelta(days=180)
FIRST = frozenset(["نخستین", "اولین"])
_BESIDE = 3  # tokens between a noun and the date that is its own
_LONG_AGO = 2000  # no text that is read here was news before
_LONG = frozenset(["week", "month", "season", "year", "decade"])


def _counted_from(site: Site, first: int) -> bool:
    """A date inside «از زمان آغاز جنگ در …» dates what is counted from, not the event."""
    for i in range(first - 1, max(-1, first - 8), -1):
        norm = site.tokens[i].norm
        if site.tokens[i].verb or norm in ("،", "؛", ":"):
            return False
        if norm == "از" and i and site.tokens[i - 1].norm in ("پس", "بعد", "پیش", "قبل"):
            return True
        following = site.tokens[i + 1].norm
        if norm == "از" and following in ("زمان", "هنگام", "اغاز", "ابتدای", "ابتدا"):
            return True
        if norm == "از" and following in ("سال", "ماه"):
            return any(token.norm in FIRST for token in site.tokens[:i])
    return False


_SHORT = frozenset(["روز", "ساعت", "ساعات", "هفته", "دقیقه", "دقایق"])


def _soon_after(site: Site, first: int) -> bool:
    """«ده روز پس از کشته شدنش در نهم اسفند»: long ago as well."""
    words = [token.norm for token in site.tokens[max(0, first - 10) : first]]
    return any(a in _SHORT and b in ("پس", "بعد") for a, b in pairwise(words))


def _just_now(past: date | None, future: date, today: date | None) -> bool:
    """«از روز چهارم مه … می‌شود» on the fifth: this year's day, not the next one's."""
    return past is not None and today is not None and today - RECENT <= past <= today and future - today > HALF_YEAR


_WEEKDAY = frozenset(["شنبه", "یکشنبه", "دوشنبه", "سهشنبه", "چهارشنبه", "پنجشنبه", "جمعه"])


def _weekday_past(site: Site, span: DateSpan) -> bool:
    norms = [token.norm for token in site.tokens[span.first : span.last + 1]]
    return any(a in _WEEKDAY and b == "گذشته" for a, b in pairwise(norms))


_OF_A_YEAR = frozenset(
    ["انتخابات", "بحران", "جنگ", "نشست", "اجلاس", "دیدار", "کودتا", "انقلاب", "زلزله", "توافق", "قرارداد"]
)


def _year_of(site: Site, clause: Clause) -> int | None:
    """«در انتخابات ۱۹۹۸», «بحران ۲۰۰۸»: a bare year that is over by the day of publication."""
    for i in clause.tokens:
        norm = site.tokens[i].norm
        if i and norm.isdigit() and len(norm) == 4 and site.tokens[i - 1].norm in _OF_A_YEAR:
            year = int(norm)
            this = site.published
            gregorian = year if year > 1900 else year + 621
            over = 1921 <= gregorian < (this.year - 1 if this is not None else 2000)
            if over and not _counted_from(site, i):
                return year
    return None


def _tonight(site: Site, span: DateSpan, verb: VerbForm | None) -> bool:
    """«امشب … حمله می‌کنیم»: who speaks of himself in the present says what he is going to do."""
    if verb is None or site.tokens[span.first].norm != "امشب":
        return False
    return verb.tense == "present" and verb.person in ("1s", "1p")


def by_dates(
    site: Site, clause: Clause, verdict: Verdict, time: Time, why: list[str], statuses: set[Status]
) -> tuple[Time, bool]:
    """Current or background by the dates of the clause, else of the sentence before the trigger."""
    mine = [d for d in site.dates if site.where[min(d.first, len(site.where) - 1)] == clause.number]
    if not mine:
        mine = [d for d in site.dates if d.first < site.first and clause.kind != "relative"][-1:]
    today = site.published
    if not mine and (year := _year_of(site, clause)) is not None and time == "current":
        time = "background"
        why.append(f"date: past year {year}")
    ahead = False
    plan = bool(statuses & {"planned", "proposed", "conditional"})
    verb = site.tokens[verdict.verb].form if verdict.verb is not None else None
    spoken_of = verdict.presupposed and site.named == "happened" and verb is not None and verb.tense == "present"
    coming = plan or (verb is not None and not spoken_of and verb.tense in ("present", "future", "subjunctive"))
    told: Time | None = None
    for span in mine:
        start, end = span.start, span.end
        future = span.start_if_future
        if (
            coming
            and future is not None
            and not (start is not None and start == today)
            and not _just_now(start, future, today)
        ):
            start, end = future, span.end_if_future
        if _counted_from(site, span.first):
            if end is not None and today is not None and end < today - LONG_AGO and _soon_after(site, span.first):
                told = "background"
                why.append(f"date: soon after {end.isoformat()}")
            continue
        if start is None or end is None:
            if told is None and _weekday_past(site, span):
                told = "background"  # «پنجشنبه گذشته» in a text without a date: not of its own day
                why.append("date: past week")
            if (
                span.future is False
                and span.precision in _LONG
                and told is None
                and not (site.result and span.precision == "week")
            ):
                told = "background"  # «سال گذشته», whatever the day of publication
                why.append("date: past " + span.precision)
            continue
        if verdict.day is None and span.precision in ("minute", "hour", "part_of_day", "day") and start == end:
            verdict.day = start
        if today is None:
            if told is None and (span.precision in _LONG or (start is not None and start.year < _LONG_AGO)):
                told = "background"  # «در مه ۲۰۱۸»: news of its own day does not name the year
                why.append("date: past " + span.precision)
            continue
        if end < today - RECENT or (
            span.precision == "week" and span.future is False and start < today - RECENT and not site.result
        ):
            told = "background"
            why.append(f"date: {end.isoformat()}")
        elif start > today or (span.future and end >= today) or (not plan and _tonight(site, span, verb)):
            ahead = True
            told = "current"
            why.append(f"date ahead: {start.isoformat()}")
        elif start >= today - RECENT and told is None:
            if min(abs(span.first - site.last), abs(site.first - span.last)) <= _BESIDE:
                verdict.presupposed = False  # «حملات شب گذشته …»: news, whatever the clause says of it
            told = "current"
            why.append(f"date: {start.isoformat()}")
    anniversary = any("anniversary" in reason or "archive" in reason for reason in why)
    if told is not None and not (anniversary and told == "current"):
        time = told
    return time, ahead
