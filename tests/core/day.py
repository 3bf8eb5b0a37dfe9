"""A day of flashes for tests, in words of our own, judged like any other; and what one log has in common with another."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import orjson

from stream.core.book import Book
from stream.core.judge import judge
from stream.core.machine import Entry, Machine
from stream.core.read import read
from stream.core.records import Alert, Article, Incoming, Limits, Mentions, Origin, Tick, Withdrawn
from stream.service.codec import mentions

START = datetime.fromisoformat("2026-03-04T00:00:00+03:30")
OUTLETS = ("ایرنا", "ایسنا", "مهر", "تسنیم", "فارس", "ایلنا")
STATES = (
    "ایران",
    "عراق",
    "ترکیه",
    "روسیه",
    "چین",
    "پاکستان",
)  # few, so that the same two have to do with each other again

# Each event: what is reported of two states, by several outlets in their own words.
TEMPLATES = (
    (
        "وزیران خارجه {a} و {b} تلفنی گفت‌وگو کردند",
        "وزیر خارجه {a} در تماس تلفنی با همتای خود از {b} دربارهٔ تحولات منطقه گفت‌وگو کرد",
        "گفت‌وگوی تلفنی وزرای خارجه {b} و {a}",
    ),
    (
        "رئیس‌جمهور {a} با نخست‌وزیر {b} دیدار کرد",
        "دیدار رئیس‌جمهور {a} با نخست‌وزیر {b} برگزار شد",
    ),
    (
        "{a} سه شرکت {b} را تحریم کرد",
        "دولت {a} تحریم‌های تازه‌ای علیه {b} وضع کرد",
    ),
    (
        "ارتش {a} به مواضعی در خاک {b} حمله کرد",
        "حمله موشکی {a} به {b}",
    ),
    (
        "{a} و {b} توافقنامه همکاری گمرکی امضا کردند",
        "توافقنامه گمرکی میان {a} و {b} امضا شد",
    ),
)
QUIET = "سازمان هواشناسی اعلام کرد آسمان بیشتر شهرها در روزهای آینده صاف و آفتابی خواهد بود."


class Report(NamedTuple):
    """One record, and which happening of the generator it belongs to (-1: none)."""

    happening: int
    published: datetime
    record: Mentions


def generated(book: Book, happenings: int, seed: int) -> list[Report]:
    """Reports of so many happenings over a day: several outlets, new versions, kills, tombstones, and quiet articles."""
    chance = random.Random(seed)
    reports: list[Report] = []
    pairs = [(a, b) for a in STATES for b in STATES if a != b]
    chance.shuffle(pairs)
    for number in range(happenings):
        texts, (a, b) = chance.choice(TEMPLATES), pairs[number % len(pairs)]
        at = START + timedelta(minutes=chance.randrange(22 * 60))
        for k in range(chance.randint(1, 4)):
            at += timedelta(minutes=chance.randrange(25))
            uri, text = f"urn:{number}:{k}", chance.choice(texts).format(a=a, b=b)
            outlet = chance.choice(OUTLETS)
            reports.append(Report(number, at, judged(book, uri, text, at, outlet)))
            what = chance.random()
            later = at + timedelta(minutes=chance.randrange(1, 20))
            if what < 0.1:
                gone = Withdrawn(uri=uri, outcome="withdrawn", origin=_origin(later))
                reports.append(Report(number, later, gone))
            elif what < 0.2:
                reports.append(
                    Report(number, later, judged(book, uri, text, at, outlet, version="2", pubStatus="canceled"))
                )
            elif what < 0.3:
                fixed = f"اصلاحیه: {QUIET}"
                reports.append(Report(number, later, judged(book, uri, fixed, at, outlet, version="2")))
            elif what < 0.4:
                reports.append(Report(number, later, judged(book, uri, QUIET, at, outlet, version="2")))
    for number in range(happenings):
        at = START + timedelta(minutes=chance.randrange(24 * 60))
        reports.append(Report(-1, at, judged(book, f"urn:quiet:{number}", QUIET, at, chance.choice(OUTLETS))))
    return sorted(reports, key=lambda report: report.record.origin.received)


def judged(book: Book, uri: str, text: str, at: datetime, outlet: str, **more: str) -> Mentions:
    """The record of the log for a text."""
    title, _, body = text.partition("\n")
    value = {"uri": uri, "version": "1", "outlet": outlet, "title": title, "body": body or title, **more}
    value["published"] = at.isoformat()
    article = read(Incoming(value=orjson.dumps(value), arrived=at), Limits(), book.outlet_names)
    assert isinstance(article, Article), article
    return mentions(judge(article, book), book.digest, _origin(at))


def _origin(at: datetime) -> Origin:
    return Origin(topic="articles", partition=0, offset=0, received=at)


def arriving(records: Iterable[Mentions], start: datetime, every: timedelta = timedelta(seconds=1)) -> list[Entry]:
    """The records as they come in one after the other, with a tick now and then."""
    log: list[Entry] = []
    for n, record in enumerate(records):
        at = start + n * every
        if n % 50 == 49:
            log.append(Tick(at=at))
        source = Origin(topic="articles", partition=0, offset=n, received=at)
        fields = {name: getattr(record, name) for name in record.__struct_fields__ if name != "origin"}
        log.append(type(record)(**fields, origin=source))
    return log


class Outcome(NamedTuple):
    """What a log came to, without ids: alerts by kind, and every event's type, members and final state."""

    kinds: Counter[str]
    events: Counter[tuple[object, ...]]


def outcome(machine: Machine, log: Sequence[Entry]) -> Outcome:
    """Let the machine decide the whole log. An event's final state is that of its last alert."""
    kinds: Counter[str] = Counter()
    last: dict[str, Alert] = {}
    members: dict[str, set[str]] = {}
    for offset, entry in enumerate(log):
        for one in machine.apply(offset, entry):
            if isinstance(one, Alert):
                kinds[one.kind] += 1
                last[one.event] = one
                members.setdefault(one.event, set()).update(source.uri for source in one.sources)
    events: Counter[tuple[object, ...]] = Counter(
        (
            alert.type,
            frozenset(members[name]),
            alert.kind == "cancel",
            alert.status,
            alert.level,
            frozenset(alert.actors),
            frozenset(alert.recipients),
            frozenset(source.uri for source in alert.sources),
        )
        for name, alert in last.items()
    )
    return Outcome(kinds, events)


def apart(reports: Iterable[Report], gap: timedelta) -> list[list[Mentions]]:
    """The reports of each happening, in their order; happenings lie `gap` apart by publication."""
    groups: dict[object, list[Report]] = {}
    for n, report in enumerate(reports):
        groups.setdefault(report.happening if report.happening >= 0 else f"quiet {n}", []).append(report)
    shifted: list[list[Mentions]] = []
    for k, group in enumerate(groups.values()):
        by = k * gap - (group[0].published - START)
        shifted.append([_moved(report.record, by) for report in group])
    return shifted


def _moved(record: Mentions, by: timedelta) -> Mentions:
    published = None if record.published is None else record.published + by
    known = {name: getattr(record, name) for name in record.__struct_fields__}
    return type(record)(**{**known, "published": published})


def interleaved(groups: Sequence[Sequence[Mentions]], seed: int) -> list[Mentions]:
    """All records in an order by chance in which each group keeps its own."""
    chance = random.Random(seed)
    turns = [n for n, group in enumerate(groups) for _ in group]
    chance.shuffle(turns)
    rest = [iter(group) for group in groups]
    return [next(rest[n]) for n in turns]
