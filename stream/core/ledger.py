"""The ledger of contacts: who had spoken, met or written with whom before, so that «نخستین تماس از زمان …» can be checked.

Fed by the stream and by a backfill of archives, asked by day. It keeps, for each pair of parties or persons and each
kind of contact, the latest contacts and the first one since every anchor (a war, a rupture …), and which days it has
seen news of: an archive with a hole proves nothing about the days in it.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from stream.core.base import Record
from stream.core.calendars import tehran_day
from stream.core.dates import find_dates, pieces
from stream.core.history import History, HistoryContact
from stream.core.letters import fold
from stream.core.numerals import amount_at
from stream.core.past import Anchor, FirstCheck, PastContact, Silence
from stream.core.policy import LedgerPolicy
from stream.core.records import Mention

LATEST = 8  # contacts kept of a pair and kind, besides the first since each anchor
BATCHES = 10_000  # ids of records of history that are kept; taking an older one again does no harm, only work
_DAY = timedelta(days=1)
_MANY = 64  # names of contacts that are held for each pair on the average, before those of forgotten ones are let go

FIRST_REASONS = {
    "since_unknown": "the text does not say from when, or by a name that anchors.yaml lacks",
    "several_parties": "the contact has not exactly two sides, so that no pair can be looked up",
    "told_before": "the archive knows a contact of the days just before, which may be this one",
    "archive_begins_later": "the archive begins after the day that the claim counts from",
    "archive_gap": "the archive has days without news between that day and the contact",
}


class Contact(Record, frozen=True, kw_only=True):
    """One contact of a pair. `event`: the id of its event where the stream told it."""

    day: str
    uri: str
    outlet: str | None = None
    event: str = ""
    title: str = ""


class Line(msgspec.Struct, kw_only=True):
    """What is known of one pair and kind, by day: the latest contacts, and those that are the first since some anchor."""

    latest: list[Contact] = []
    firsts: list[Contact] = []


class Coverage(msgspec.Struct, kw_only=True):
    """Which days the archive has seen: `counts` of articles by outlet on days that are not covered yet, `spans` of covered
    days (first, last), in order, apart by at least a day; `outlets` with their first and last day."""

    counts: dict[str, dict[str, int]] = {}
    spans: list[tuple[str, str]] = []
    outlets: dict[str, tuple[str, str]] = {}


class Contacts(msgspec.Struct, kw_only=True):
    """The ledger's state. `lines`: by «pair kind»; the pair that was told of longest ago stands first. `batches`: ids of
    the records of history that were taken, the latest last."""

    lines: dict[str, Line] = {}
    coverage: Coverage = msgspec.field(default_factory=Coverage)
    batches: list[str] = []


class Ledger:
    """Reads and writes `Contacts`. Deterministic, without a clock."""

    def __init__(self, state: Contacts, anchors: Sequence[Anchor], policy: LedgerPolicy) -> None:
        self.state = state
        self._anchor_days = sorted({anchor.day for anchor in anchors})
        self._policy = policy
        named = [(name, anchor, False) for anchor in anchors for name in anchor.names]
        named += [(name, anchor, True) for anchor in anchors for name in anchor.between]
        self._told = self._all_told()  # events and uris of all contacts, and of some that are no longer kept
        self._names = [(_letters(name), anchor, between) for name, anchor, between in named]
        self._names.sort(key=lambda entry: -len(entry[0]))

    def cover(self, day: date, outlet: str | None, articles: int | None = None) -> None:
        """An article of this day came in; so many (policy) make the day a covered one.

        With `articles` an archive has so many of that outlet's; those that came in before are taken to be among them.
        """
        coverage, iso = self.state.coverage, day.isoformat()
        if outlet is not None:
            first, last = coverage.outlets.get(outlet, (iso, iso))
            coverage.outlets[outlet] = (min(first, iso), max(last, iso))
        if any(first <= iso <= last for first, last in reversed(coverage.spans)):
            return
        counts = coverage.counts.setdefault(iso, {})
        known = counts.get(outlet or "", 0)
        counts[outlet or ""] = known + 1 if articles is None else max(known, articles)
        if sum(counts.values()) >= self._policy.articles_a_day:
            del coverage.counts[iso]
            coverage.spans = _with_day(coverage.spans, day)

    def note(self, mention: Mention | HistoryContact, contact: Contact) -> None:
        """Remember a contact that took place. An event or article that is known already changes nothing."""
        if not is_contact(mention.type) or mention.status != "happened":
            return
        for pair in pairs(mention):
            key = f"{pair} {mention.type}"
            line = self.state.lines.pop(key, None) or Line()
            self.state.lines[key] = line
            if any(_same(contact, other) for other in line.latest):
                continue
            self._told.update((contact.event, contact.uri))
            insort(line.latest, contact, key=_by_day)
            self._keep_first(line, contact)
            del line.latest[:-LATEST]
        while len(self.state.lines) > self._policy.pairs:
            del self.state.lines[next(iter(self.state.lines))]
        if len(self._told) > _MANY * (1 + len(self.state.lines)):
            self._told = self._all_told()

    def _all_told(self) -> set[str]:
        contacts = (c for line in self.state.lines.values() for c in (*line.latest, *line.firsts))
        return {name for contact in contacts for name in (contact.event, contact.uri)}

    def forget(self, name: str) -> None:
        """What is known by this event, or from the article with this uri, does not count any more: it was taken back."""

        if not name or name not in self._told:
            return

        def gone(contact: Contact) -> bool:
            return name in (contact.event, contact.uri)

        for key, line in list(self.state.lines.items()):
            if not any(gone(contact) for contact in (*line.latest, *line.firsts)):
                continue
            line.latest = [contact for contact in line.latest if not gone(contact)]
            line.firsts = [contact for contact in line.firsts if not gone(contact)]
            for contact in line.latest:
                self._keep_first(line, contact)
            if not line.latest and not line.firsts:
                del self.state.lines[key]

    def take(self, history: History) -> bool:
        """Take in what an archive holds; False where this record was taken before."""
        if history.id in self.state.batches:
            return False
        self.state.batches.append(history.id)
        del self.state.batches[:-BATCHES]
        for told in history.contacts:
            self.note(told, Contact(day=told.day, uri=told.uri, outlet=told.outlet, title=told.title))
        for seen in history.days:
            self.cover(date.fromisoformat(seen.day), seen.outlet, seen.articles)
        return True

    def _keep_first(self, line: Line, contact: Contact) -> None:
        before = bisect_left(self._anchor_days, contact.day)
        if not before or any(self._anchor_days[before - 1] < c.day <= contact.day for c in line.firsts):
            return  # the first since no anchor: since the last one before it there is another, and so since all
        known, line.firsts, last = sorted((*line.firsts, contact), key=_by_day), [], ""
        for one in known:
            if bisect_left(self._anchor_days, one.day) > bisect_left(self._anchor_days, last):
                line.firsts.append(one)  # an anchor lies between it and the contact before it
            last = one.day

    def check(self, mention: Mention, event: str, at: datetime) -> FirstCheck | None:
        """What the archive says of a contact's claim to be the first; None without such a claim.

        `event`: its own event, which does not contradict it. `at`: publication; it dates a contact without a day.
        """
        if mention.first is None or not mention.first.claimed or not is_contact(mention.type):
            return None
        told = list(pairs(mention))
        if not told:
            return FirstCheck(result="unknown", reason="several_parties")
        pair = told[-1]  # of persons, where two are known
        between = tuple(pair.removeprefix("~").split())
        day = mention.day or tehran_day(at).isoformat()
        since, anchor = self._since(mention.first.since, mention, at)
        line = self.state.lines.get(f"{pair} {mention.type}", Line())
        apart = self._policy.apart_days if mention.day else self._policy.apart_undated_days
        nearest = date.fromisoformat(day) - timedelta(days=apart)
        unclear = since is None and mention.first.since is not None
        found = None if unclear else _found(line, since, day, event)
        coverage = self.state.coverage
        known: dict[str, Any] = {
            "between": between,
            "since": since and since.isoformat(),
            "anchor": anchor.title if anchor else None,
            "begins": coverage.spans[0][0] if coverage.spans else None,
            "outlets": len(coverage.outlets),
        }
        if found is None and not unclear and len(told) > 1:
            sides = _found(self.state.lines.get(f"{told[0]} {mention.type}", Line()), since, day, event)
            known["others"] = sides and _past(mention.type, sides)
        if found is not None and found.day <= nearest.isoformat():
            return FirstCheck(result="contradicted", contact=_past(mention.type, found), **known)
        if found is not None:
            return FirstCheck(result="unknown", reason="told_before", contact=_past(mention.type, found), **known)
        if since is None:
            return FirstCheck(result="unknown", reason="since_unknown", **known)
        gaps = _gaps(coverage.spans, since, date.fromisoformat(day) - _DAY)
        if gaps and (not coverage.spans or coverage.spans[0][0] > since.isoformat()):
            return FirstCheck(result="unknown", reason="archive_begins_later", gaps=gaps, **known)
        if gaps:
            return FirstCheck(result="unknown", reason="archive_gap", gaps=gaps, **known)
        return FirstCheck(result="none_known", **known)

    def silence(self, mention: Mention, event: str, at: datetime) -> Silence | None:
        """A contact after a silence longer than the policy's; None where it is shorter or the archive has a gap in it."""
        limit = self._policy.silence_days.get(mention.type)
        told = [pair for pair in pairs(mention) if not pair.startswith("~")]
        if limit is None or len(told) != 1:
            return None
        day = date.fromisoformat(mention.day) if mention.day else tehran_day(at)
        line = self.state.lines.get(f"{told[0]} {mention.type}", Line())
        before = [c for c in line.latest if c.day < day.isoformat() and c.event != event]
        if not before:
            return None
        last = before[-1]
        days = (day - date.fromisoformat(last.day)).days
        if days <= limit or _gaps(self.state.coverage.spans, date.fromisoformat(last.day), day - _DAY):
            return None
        return Silence(days=days, last=_past(mention.type, last))

    def _since(self, words: str | None, mention: Mention, at: datetime) -> tuple[date | None, Anchor | None]:
        """The day that a claim counts from: an anchor's, a date's first day, or so many years before."""
        if words is None:
            return None, None
        letters = _letters(words)
        today, sides = tehran_day(at).isoformat(), {*mention.actors, *mention.recipients}
        found = [
            (name, anchor)
            for name, anchor, between in self._names
            if name in letters and anchor.day < today and not (between and sides - set(anchor.parties))
        ]
        if found:
            longest = [anchor for name, anchor in found if len(name) == len(found[0][0])]
            best = max(longest, key=lambda anchor: (len(sides & set(anchor.parties)), anchor.day))
            return date.fromisoformat(best.day), best
        return _day_of(words, at), None


def _found(line: Line, since: date | None, before: str, event: str) -> Contact | None:
    """The first known contact between two days that is not of this event."""
    start = since.isoformat() if since else ""
    known = [c for c in (*line.firsts, *line.latest) if start < c.day < before and c.event != event]
    return min(known, key=_by_day, default=None)


def _by_day(contact: Contact) -> tuple[str, str, str]:
    return contact.day, contact.uri, contact.event


def is_contact(kind: str) -> bool:
    """Whether events of this type are contacts."""
    return kind.startswith("contact.")


def pairs(mention: Mention | HistoryContact) -> Iterator[str]:
    """The pair of two sides («IRN USA»), then the pair of two persons («~ id id»); none where there are not just two."""
    for mark, names in (("", {*mention.actors, *mention.recipients}), ("~", set(mention.persons))):
        if len(names) == 2:
            yield mark + " ".join(sorted(names))


def _past(kind: str, contact: Contact) -> PastContact:
    return PastContact(type=kind, day=contact.day, outlet=contact.outlet, uri=contact.uri, title=contact.title)


def _same(one: Contact, other: Contact) -> bool:
    return (bool(one.event) and one.event == other.event) or (one.uri, one.day) == (other.uri, other.day)


def _with_day(spans: list[tuple[str, str]], day: date) -> list[tuple[str, str]]:
    """The spans with one more day, neighbours joined."""
    first = last = day.isoformat()
    out: list[tuple[str, str]] = []
    for begin, end in spans:
        if end == (day - _DAY).isoformat():
            first = begin
        elif begin == (day + _DAY).isoformat():
            last = end
        else:
            out.append((begin, end))
    insort(out, (first, last))
    return out


def _gaps(spans: Sequence[tuple[str, str]], start: date, end: date) -> tuple[tuple[str, str], ...]:
    """The days from `start` to `end`, both inclusive, that no span covers, as (first, last)."""
    gaps: list[tuple[str, str]] = []
    at = start
    for begin, last in spans:
        first, final = date.fromisoformat(begin), date.fromisoformat(last)
        if final < at:
            continue
        if first > end:
            break
        if first > at:
            gaps.append((at.isoformat(), (first - _DAY).isoformat()))
        at = final + _DAY
    if at <= end:
        gaps.append((at.isoformat(), end.isoformat()))
    return tuple(gaps)


def _letters(text: str) -> str:
    return re.sub(r"\W+", " ", fold(text).replace("\u200c", "")).replace(" ", "")


def _day_of(words: str, at: datetime) -> date | None:
    """The day that «سال ۲۰۱۵», «هفت سال اخیر» or «۴۷ سال» count from: what lies after it would be another contact."""
    today = tehran_day(at)
    for spelled in (words, f"سال {words}"):  # «از ۲۰۱۵»
        for span in find_dates([word for _, _, word in pieces(spelled)], at):
            if span.start is None or span.end is None or span.start >= today:
                continue
            return span.start if span.kind == "range" or span.end >= today else span.end
    found = pieces(words)
    for n in range(len(found)):
        amount = amount_at(found, n)
        if amount is not None and amount.last < len(found) and found[amount.last][2] == "سال":
            return _years_before(today, int(amount.value))
    return None


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=max(day.year - years, 1))
    except ValueError:  # the 29th of February
        return day.replace(year=day.year - years, day=28)
