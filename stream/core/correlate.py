"""Step 5. Correlate: which mentions, of whichever articles, tell of one event.

What makes them one is weighed in same_event.py; this module keeps the state. Nothing here knows of alerts: a `Change` says what a record did to an event.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

import msgspec

from stream.core.copies import Copies
from stream.core.denials import denier
from stream.core.open_events import OpenEvents
from stream.core.policy import Policy, RuleFacts
from stream.core.records import (
    First,
    Hold,
    Mention,
    Mentions,
    Message,
    Record,
    Severity,
    Status,
    TakenBack,
    Voice,
)
from stream.core.same_event import Reporting
from stream.core.versions import newer

SCHEMA_VERSION = 10  # of `State`: raised with every change of its shape
LOOKED_BACK = 100  # articles that are remembered to look back at an event


class Support(Record, frozen=True, kw_only=True):
    """One article version that tells of an event, with what it says."""

    uri: str
    version: str
    outlet: str | None
    url: str | None
    title: str
    published: datetime | None
    reported: datetime | None = None  # published, or arrived where it does not say
    signature: str
    publisher: Voice | None = None
    copy_of: str = ""  # uri of the earlier text that this one is a near copy of
    severity: Severity | None = None  # its rule's own, where that is not its type's
    mention: Mention

    @property
    def stated(self) -> tuple[Voice, ...]:
        """Whose word the text says it is; the origin last."""
        return self.mention.stated


class View(Record, frozen=True, kw_only=True):
    """What all supports of an event say together."""

    status: Status
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    persons: tuple[str, ...]
    places: tuple[str, ...]
    first: First | None
    day: str | None
    headline: bool


class Told(Record, frozen=True, kw_only=True):
    """What was told of an event so far, at its highest. `rank`: of the level, -1 before the first message."""

    rank: int = -1
    second_origin: bool = False
    toll: int = 0
    deniers: int = 0
    contradictions: int = 0


class Event(msgspec.Struct, kw_only=True):
    """An open event. `opened` is the first report's publication, `received` its arrival."""

    id: str
    type: str
    facts: RuleFacts  # of the rule that opened it
    opened: datetime
    received: datetime
    supports: dict[str, Support]  # by uri, in order of arrival
    view: View
    denials: dict[str, Support] = {}  # reports that deny it, by uri, in order of arrival
    told: Told = Told()
    messages: list[str] = []  # ids of its alerts, in order
    history: list[Message] = []  # the last of them, as many as policy shows
    desks: list[str] = []  # that got one of them
    looked_back: dict[str, str] = {}  # articles that only look back at it, by uri: the version; the latest ones
    absent: dict[str, str] = {}  # by uri of a support: the version that no longer tells it
    ends: str = ""  # of a notice: what it ends, or "severe"
    refers: list[str] = []  # of a notice: ids of the alerts about what it ends
    retracted: str = ""  # id of the control by which the newsroom took its alert back


class Seen(msgspec.Struct, kw_only=True):
    """The newest version of an article that was decided on, and the events that it supports."""

    version: str
    created: datetime | None
    offset: int
    received: datetime
    events: list[str] = []
    sketch: str = ""  # of a text that supports events, and its signature
    signature: str = ""


class State(msgspec.Struct, kw_only=True):
    """All history; dicts in order of arrival, so that the oldest stand first."""

    schema_version: int = SCHEMA_VERSION
    now: datetime | None = None  # the latest arrival so far
    events: dict[str, Event] = {}
    seen: dict[str, Seen] = {}


class Change(Record, frozen=True, kw_only=True):
    """What one record did to one event. `event` is as it stands now, `before` what it said until now."""

    kind: Literal["opened", "joined", "lost", "denied", "absent", "retracted"]
    event: Event
    support: Support  # that was added, or taken away, or denies, or lacks it now, or is the first of all
    before: View | None = None
    new_source: bool = False  # an article of an outlet not among the sources before
    taken_back: TakenBack | None = None  # lost, retracted; joined, where the source corrects itself


class Correlator:
    """The open events and known article versions. Mutable, deterministic, without a clock."""

    def __init__(self, policy: Policy, state: State) -> None:
        self.policy = policy
        self.state = state
        self._open_events = OpenEvents(policy)
        self._copies = Copies()
        for uri, seen in state.seen.items():
            self._copies.add(uri, seen.sketch, seen.signature)
        for event in state.events.values():
            self._open_events.put(event.id, _reports(event))

    def order(self, offset: int, record: Mentions) -> Hold | None:
        """Hold a version that is not news; remember one that is.

        Withheld and embargoed versions are not remembered: the same version may come again to be published.
        """
        seen = self.state.seen.get(record.uri)
        if seen is not None:
            than = (seen.version, seen.created, seen.offset)
            if record.version == seen.version:
                if record.pub_status != "canceled":
                    return Hold(reason="same_version", detail=record.version, uri=record.uri)
            elif not newer(record.version, record.version_created, offset, than):
                return Hold(reason="older_version", detail=f"{record.version}, known: {seen.version}", uri=record.uri)
        if record.pub_status != "withheld" and not self.embargoed(record):
            self._remember(offset, record)
        return None

    def embargoed(self, record: Mentions) -> bool:
        """Whether the article may not be used yet."""
        embargo, now = record.embargoed_until, self.state.now or record.origin.received
        return embargo is not None and embargo > now

    def _remember(self, offset: int, record: Mentions) -> None:
        seen = self.state.seen.pop(record.uri, None)  # to the end: the oldest stand first
        self.state.seen[record.uri] = Seen(
            version=record.version,
            created=record.version_created,
            offset=offset,
            received=record.origin.received,
            events=seen.events if seen else [],
            sketch=seen.sketch if seen else "",
            signature=seen.signature if seen else "",
        )

    def join(self, record: Mentions, mention: Mention, facts: RuleFacts) -> tuple[Change, ...]:
        """Put the mention to the open events that it fits best (several only by its places), or open one."""
        near = self._near(record)
        support = _support(record, mention, next(iter(near), ""), facts.severity)
        events = self.fitting(record, mention)
        if not events:
            return (self._open(record, support, facts),)
        changes = []
        for event in events:
            # a text of another event, of another day, may be as like: what counts here is whom it copies in this one
            copied = next((uri for uri in near if uri in event.supports), support.copy_of)
            changes.append(self._join(record, msgspec.structs.replace(support, copy_of=copied), event, facts))
        return tuple(changes)

    def _join(self, record: Mentions, support: Support, event: Event, facts: RuleFacts) -> Change:
        outlets = {other.outlet for other in event.supports.values()}
        new_source = record.uri not in event.supports and (record.outlet is None or record.outlet not in outlets)
        before, mention = event.view, support.mention
        held = event.supports.get(record.uri)
        if held is None or held.version != record.version or _stronger(mention, held.mention):
            event.supports[record.uri] = support
            event.view = together(event.supports)
            if held is None:
                self._open_events.add(event.id, (mention, reported(record)))
            else:
                self._open_events.put(event.id, _reports(event))
            if self.policy.identity.grows(event.type, mention.type):
                event.type, event.facts = mention.type, facts
        event.absent.pop(record.uri, None)
        self._link(record, event)
        return Change(kind="joined", event=event, support=support, before=before, new_source=new_source)

    def events_of(self, uri: str) -> tuple[str, ...]:
        """Ids of the open events that an article tells of: that it supports, and those that it only looks back at or
        denies."""
        return tuple(event.id for event in sorted(self._linked(uri), key=lambda event: uri not in event.supports))

    def look_back(self, record: Mentions, mention: Mention) -> tuple[Event, ...]:
        """The open events that a mention is about which is no news by itself; that it looks back at them is noted.

        It gives them no support: what is only presupposed has no origin of its own.
        """
        events = self.fitting(record, mention, more=1.0)
        for event in events if mention.status in ("happened", "claimed") else ():
            if record.uri not in event.supports:
                event.looked_back.pop(record.uri, None)
                event.looked_back[record.uri] = record.version
                while len(event.looked_back) > LOOKED_BACK:
                    del event.looked_back[next(iter(event.looked_back))]
                self._link(record, event)
        return events

    def fitting(self, record: Mentions, mention: Mention, more: float = 0.0) -> tuple[Event, ...]:
        """The open events that the mention is about, the likeliest first. `more`: points asked beyond the usual."""
        copied = {event for uri in self._near(record) for event in self.events_of(uri)}
        events = self.state.events
        found = self._open_events.find(
            mention, reported(record), lambda id_: record.uri in events[id_].supports, copied, more
        )
        return tuple(events[id_] for id_ in found)

    def deny(self, record: Mentions, mention: Mention) -> tuple[Change, ...]:
        """Note that a report denies open events. The source's own new version stands beside what it said before."""
        denial = _support(record, mention, next(iter(self._near(record)), ""))
        changes = []
        for event in self.fitting(record, mention):
            known = {denier(other.mention, other.outlet) for other in event.denials.values()}
            new = denier(mention, record.outlet) not in known
            event.denials[record.uri] = denial
            self._link(record, event)
            change = Change(kind="denied", event=event, support=denial, before=event.view, new_source=new)
            changes.append(change)
        return tuple(changes)

    def report(self, record: Mentions, mention: Mention, facts: RuleFacts) -> Support:
        """A mention as a report, that no event has yet."""
        return _support(record, mention, next(iter(self._near(record)), ""), facts.severity)

    def supported(self, uri: str) -> tuple[Event, ...]:
        """The open events that an article supports."""
        return tuple(event for event in self._linked(uri) if uri in event.supports)

    def lacks(self, record: Mentions, event: Event) -> Change | None:
        """Note that an article's new version no longer tells the event; None where that was noted before."""
        if record.uri in event.absent:
            return None
        event.absent[record.uri] = record.version
        return Change(kind="absent", event=event, support=event.supports[record.uri], before=event.view)

    def lose(self, uri: str, event: Event, taken_back: TakenBack) -> Change:
        """Take the article's support from an event; an event without support is forgotten."""
        before, lost = event.view, event.supports.pop(uri)
        event.absent.pop(uri, None)
        if event.supports:
            event.view = together(event.supports)
            self._open_events.put(event.id, _reports(event))
        else:
            self._forget(event)
        seen = self.state.seen.get(uri)
        if seen is not None and not (uri in event.denials or uri in event.looked_back):
            seen.events = [name for name in seen.events if name != event.id]
        return Change(kind="lost", event=event, support=lost, before=before, taken_back=taken_back)

    def withdraw(self, uri: str, taken_back: TakenBack) -> tuple[Change, ...]:
        """Take the article's support from all its events, and its denials; nothing that it says counts any more."""
        for event in self._linked(uri):
            event.denials.pop(uri, None)
            event.looked_back.pop(uri, None)
        return tuple(self.lose(uri, event, taken_back) for event in self.supported(uri))

    def advance(self, at: datetime) -> datetime:
        """Move on to this time, if it is later, and forget what is older than the policy keeps; give what is now."""
        state, bounds = self.state, self.policy.bounds
        state.now = now = max(at, state.now or at)
        oldest = now - timedelta(hours=self.policy.hours.keep)
        while state.events:
            event = next(iter(state.events.values()))
            if event.received >= oldest and len(state.events) <= bounds.events:
                break
            self._forget(event)
        while state.seen:
            uri, seen = next(iter(state.seen.items()))
            if seen.received >= oldest and len(state.seen) <= bounds.articles:
                break
            del state.seen[uri]
            self._copies.remove(uri)
        return now

    def _linked(self, uri: str) -> list[Event]:
        seen = self.state.seen.get(uri)
        return [self.state.events[name] for name in (seen.events if seen else ()) if name in self.state.events]

    def _near(self, record: Mentions) -> tuple[str, ...]:
        """The earlier texts that this one copies, the likest first."""
        return self._copies.find(record.uri, record.sketch, record.signature)

    def _open(self, record: Mentions, support: Support, facts: RuleFacts) -> Change:
        mention = support.mention
        name = _digest(record.uri, record.version, mention.type, mention.actors, mention.recipients, mention.day)
        while name in self.state.events:  # the article tells of two such, in two places
            name = _digest(name)
        event = Event(
            id=name,
            type=mention.type,
            facts=facts,
            opened=reported(record),
            received=record.origin.received,
            supports={record.uri: support},
            view=together({record.uri: support}),
        )
        self.state.events[event.id] = event
        self._open_events.put(event.id, _reports(event))
        self._link(record, event)
        return Change(kind="opened", event=event, support=support, new_source=True)

    def _link(self, record: Mentions, event: Event) -> None:
        seen = self.state.seen[record.uri]
        if event.id not in seen.events:
            seen.events.append(event.id)
        if (seen.sketch, seen.signature) != (record.sketch, record.signature):
            seen.sketch, seen.signature = record.sketch, record.signature
            self._copies.add(record.uri, record.sketch, record.signature)

    def _forget(self, event: Event) -> None:
        del self.state.events[event.id]
        self._open_events.remove(event.id)


def _support(record: Mentions, mention: Mention, copy_of: str, severity: Severity | None = None) -> Support:
    return Support(
        uri=record.uri,
        version=record.version,
        outlet=record.outlet,
        url=record.url,
        title=record.title,
        published=record.published,
        reported=reported(record),
        signature=record.signature,
        publisher=record.publisher,
        copy_of=copy_of,
        severity=severity,
        mention=mention,
    )


def reported(record: Mentions) -> datetime:
    """When the article was published, or arrived where it does not say."""
    return record.published or record.origin.received


def together(supports: dict[str, Support]) -> View:
    """What the supports say together: the strongest status, all parties, the first that tells it for the rest."""
    mentions = [support.mention for support in supports.values()]
    return View(
        status="happened" if any(m.status == "happened" for m in mentions) else mentions[0].status,
        actors=_union(m.actors for m in mentions),
        recipients=_union(m.recipients for m in mentions),
        persons=_union(m.persons for m in mentions),
        places=_union(m.places for m in mentions),
        first=next((m.first for m in mentions if m.first), None),
        day=next((m.day for m in mentions if m.day), None),
        headline=any(m.headline for m in mentions),
    )


def _union(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group))


def _stronger(mention: Mention, than: Mention) -> bool:
    return mention.status == "happened" and than.status != "happened"


def _reports(event: Event) -> list[Reporting]:
    return [(support.mention, support.reported or event.opened) for support in event.supports.values()]


def _digest(*parts: object) -> str:
    return sha256(msgspec.json.encode(parts)).hexdigest()[:32]
