"""Steps 5 and 6 in a row: a deterministic machine over the ordered log `mentions`.

State is a function of the log: the same records at the same offsets give byte-equal decisions, and an offset that was
applied already changes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from types import MappingProxyType
from typing import Literal

import msgspec

from stream.core import snapshot
from stream.core.agenda import Agenda, Plans
from stream.core.calendars import tehran_day
from stream.core.controls import Control, Subject
from stream.core.correlate import Change, Correlator, Event, State, reported
from stream.core.decide import message, not_alertable, note, unusable
from stream.core.desks import routed
from stream.core.endings import Endings, denies, ends, retract, threatens
from stream.core.history import History
from stream.core.ledger import Contacts, Ledger
from stream.core.past import Anchor
from stream.core.policy import Policy, RuleFacts
from stream.core.recall import look_up, remember, remember_late
from stream.core.records import Alert, Hold, Level, Mention, Mentions, Origin, TakenBack, Tick, Withdrawn
from stream.core.snapshot import Decision as Decision  # noqa: PLC0414  (others take these three from here)
from stream.core.snapshot import Decisions as Decisions  # noqa: PLC0414
from stream.core.snapshot import Snapshot, stored
from stream.core.snapshot import StateError as StateError  # noqa: PLC0414
from stream.core.standing import Standing

Entry = Mentions | Withdrawn | Tick | Control | History  # a record of the log
DENIAL = "meta.denial"
KEPT = 1000  # decisions kept at hand, to be given again


def subject_of(change: Change) -> Subject:
    """What a message about this change would be about."""
    view = change.event.view
    return Subject(
        type=change.event.type,
        parties=frozenset(view.actors + view.recipients),
        places=frozenset(view.places),
        persons=frozenset(view.persons),
        outlet=change.support.outlet,
    )


def _corrected(record: Mentions) -> TakenBack:
    return TakenBack(by="source", who=record.uri, because=f"corrected: {record.correction}")


class Machine:
    """Open events and what was decided. `facts`: by rule id; `outlets`: how a line names an outlet, by id; `anchors`: what
    firsts are counted from.

    Raises ValueError for facts that the policy doesn't know.

    After an exception out of `apply` the machine must not be used again: start anew from a snapshot and the log.
    """

    def __init__(
        self,
        policy: Policy,
        facts: Mapping[str, RuleFacts],
        outlets: Mapping[str, str] = MappingProxyType({}),
        anchors: Sequence[Anchor] = (),
        kept: int = KEPT,
    ) -> None:
        desks = {desk.id for desk in policy.desks}
        for rule in facts.values():
            if rule.desk not in desks:
                raise ValueError(f"rule {rule.rule}: its desk {rule.desk!r} is not in policy.yaml")
            if rule.type not in policy.types:
                raise ValueError(f"rule {rule.rule}: its type {rule.type!r} is not in policy.yaml")
        self._policy = policy
        self._facts = facts
        self._outlets = outlets
        self._kept = kept
        self._applied = -1
        self._recent: dict[int, Decisions] = {}
        self._correlator = Correlator(policy, State())
        self._standing = Standing()
        self._plans = Plans()
        self._endings = Endings()
        self._ledger = Ledger(Contacts(), anchors, policy.ledger)

    @property
    def applied(self) -> int:
        """The highest offset that was applied, -1 before the first."""
        return self._applied

    @property
    def open_events(self) -> int:
        """How many events are open."""
        return len(self._correlator.state.events)

    def events_of(self, uri: str) -> tuple[str, ...]:
        """Ids of the open events that an article supports."""
        return self._correlator.events_of(uri)

    @property
    def ledger(self) -> Contacts:
        """The ledger of contacts; not to be changed."""
        return self._ledger.state

    @property
    def controls(self) -> tuple[Control, ...]:
        """The mutes and watches in force, in order of arrival."""
        return tuple(self._standing.controls.values())

    def apply(self, offset: int, entry: Entry) -> Decisions:
        """Decide on one record of the log: an alert or a Hold for each mention, and for each event that it changes.

        Time goes on by the record's own: what it makes due (embargoes, ends of mutes) comes before what it says itself.
        An offset at or below `applied` changes nothing: it gets its decisions of then.
        """
        if offset <= self._applied:
            uri = entry.uri if isinstance(entry, Mentions) else ""
            return self._recent.get(offset, (Hold(reason="already_applied", detail=str(offset), uri=uri),))
        if isinstance(entry, Mentions):
            decisions = self._go_on(entry.origin.received) + self._decide(offset, entry)
        elif isinstance(entry, Tick):
            decisions = self._go_on(entry.at)
        elif isinstance(entry, History):
            decisions = () if self._ledger.take(entry) else (Hold(reason="history_known", detail=entry.id),)
        else:
            decisions = self._control(entry)
        self._applied = offset
        self._recent[offset] = decisions
        while len(self._recent) > self._kept:
            del self._recent[next(iter(self._recent))]
        return decisions

    def _go_on(self, at: datetime) -> Decisions:
        """It is `at` now, or later: end what ends by then, and decide on the articles whose hour has come."""
        now = self._correlator.advance(at)
        self._standing.expire(now)
        self._plans.advance(now, self._policy)
        self._endings.advance(now, self._policy)
        decisions: Decisions = ()
        for one in self._standing.due(now):
            origin = msgspec.structs.replace(one.record.origin, received=now)
            decisions += self._decide(one.offset, msgspec.structs.replace(one.record, origin=origin))
        return decisions

    def _decide(self, offset: int, record: Mentions) -> Decisions:
        if isinstance(record, Withdrawn):
            return self._withdraw(record, "nothing_to_withdraw", "deleted")
        known = record.uri in self._correlator.state.seen
        told_before = self._correlator.supported(record.uri)
        held = self._correlator.order(offset, record)
        if held is not None:
            return (held,)
        if record.pub_status == "canceled":
            return self._withdraw(record, "nothing_to_withdraw", "canceled")
        if record.pub_status == "withheld":
            return self._withdraw(record, "withheld", "withheld")
        if self._correlator.embargoed(record):
            return self._standing.wait(offset, record)
        self._standing.forget(record.uri)
        if not known:
            self._ledger.cover(tehran_day(reported(record)), record.outlet)
        if record.outcome == "unsupported_language":
            return (Hold(reason="unsupported_language", detail=record.language, uri=record.uri),)
        decisions: list[Decision] = []
        still: set[str] = set()  # ids of events that this version tells of
        planned: set[str] = set()  # and of plans
        own = {event.id for event in told_before} if record.correction else set()
        for mention in record.mentions:
            if mention.time == "current" and mention.status == "planned":
                decisions.append(self._plan(record, mention, planned))
                still.update(event.id for event in self._correlator.fitting(record, mention))
            else:
                decisions += self._mentioned(record, mention, still, own)
        if known:
            decisions += self._plans.lose(record, planned, self._policy)
        for event in told_before:
            if event.id not in still:
                decisions += self._missing(record, event)
        return tuple(decisions) or (Hold(reason="no_mention", uri=record.uri),)

    def _plan(self, record: Mentions, mention: Mention, planned: set[str]) -> Agenda | Hold:
        """What is planned never goes to alerts: with a date to the agenda, else it is only remembered."""
        facts = self._facts.get(mention.rule)
        held = unusable(mention, record, self._policy, facts)
        if held is not None or facts is None:
            return held or Hold(reason="rule_unknown", uri=record.uri, type=mention.type)
        plan, made = self._plans.put(record, self._correlator.report(record, mention, facts), facts, self._policy)
        planned.add(plan)
        return made

    def _ended(self, record: Mentions, mention: Mention, facts: RuleFacts) -> Iterator[Decision]:
        """The notice of what is called off, or denied by the party itself; nothing where it ends nothing."""
        report = self._correlator.report(record, mention, facts)
        change = self._endings.join(record, report, self._policy)
        if change is not None:
            yield self._told(change, record)
            return
        plan = self._plans.find(mention, mention.day)
        running = self._correlator.fitting(record, mention) if mention.status == "called_off" else ()
        threats = (event for event in self._correlator.state.events.values() if threatens(event, mention))
        ended = [event for event in (*running, *threats) if event.messages and not event.retracted]
        change = self._endings.begin(record, report, facts, self._policy, plan, ended)
        if change is None:
            return
        yield self._told(change, record)
        if plan is not None:
            because: Literal["denied", "called_off"] = "denied" if mention.status == "denied" else "called_off"
            told = self._plans.end(plan, record, self._policy, because)
            if told is not None:
                yield told

    def _mentioned(
        self, record: Mentions, mention: Mention, still: set[str], own: AbstractSet[str]
    ) -> Iterator[Decision]:
        """`still` gets the events that it is about; `own` are those that the article told before and now corrects."""
        facts = self._facts.get(mention.rule)
        if denies(mention):
            denials = [change for change in self._correlator.deny(record, mention) if change.event.messages]
            still.update(change.event.id for change in denials)
            if denials:
                yield from (self._told(change, record) for change in denials)
                return
        told_too = any(m.type == mention.type and m.alertable for m in record.mentions)  # one alert tells both
        if ends(mention) and not told_too and facts and unusable(mention, record, self._policy, facts) is None:
            notices = list(self._ended(record, mention, facts))
            if notices:
                still.update(event.id for event in self._correlator.fitting(record, mention))
                yield from notices
                return
        denied = self._denied_event(record) if mention.type == DENIAL else None
        if denied is not None:
            yield Hold(reason="told_as_denial", detail=denied, uri=record.uri, type=DENIAL)
            return
        held = not_alertable(mention, record, self._policy, facts)
        if held is not None and held.reason == "stale":
            remember_late(self._ledger, record, mention)
        if held is not None or facts is None:
            still.update(event.id for event in self._correlator.look_back(record, mention))
            yield held or Hold(reason="rule_unknown", uri=record.uri, type=mention.type)
            return
        changes = self._correlator.join(record, mention, facts)
        still.update(change.event.id for change in changes)
        for other in record.mentions:  # what the same article says against it is no news of its own
            if other.type == mention.type and denies(other):
                self._correlator.deny(record, other)
        for change in changes:
            if change.event.id in own and change.before != change.event.view:
                change = msgspec.structs.replace(change, taken_back=_corrected(record))
            yield self._told(change, record)

    def _denied_event(self, record: Mentions) -> str | None:
        """The open and told event that the article denies by another mention; its denial of the news is no event beside."""
        for other in record.mentions:
            if denies(other):
                for event in self._correlator.fitting(record, other):
                    if event.messages:
                        return event.id
        return None

    def _missing(self, record: Mentions, event: Event) -> Iterator[Alert | Hold]:
        """A new version no longer tells an event that the article told: taken back only where it says so."""
        if record.correction:
            yield self._told(self._correlator.lose(record.uri, event, _corrected(record)), record)
        elif not record.live:
            change = self._correlator.lacks(record, event)
            if change is not None:
                yield self._told(change, record)

    def _withdraw(self, record: Mentions, otherwise: str, how: str) -> Decisions:
        self._standing.forget(record.uri)
        taken_back = TakenBack(by="source", who=record.uri, because=how)
        changes = (*self._correlator.withdraw(record.uri, taken_back), *self._endings.lose(record.uri, taken_back))
        told: Decisions = tuple(self._told(change, record) for change in changes)
        told += self._plans.lose(record, (), self._policy)
        self._ledger.forget(record.uri)  # also where its event is closed
        return told or (Hold(reason=otherwise, uri=record.uri),)

    def _control(self, control: Control) -> Decisions:
        if control.action in ("mute", "watch"):
            return self._standing.set(control, self._correlator.state.now)
        if control.action != "retract":
            return self._standing.lift(control)
        taken_back = TakenBack(by="newsroom", who=control.who, because=control.because)
        events = (*self._correlator.state.events.values(), *self._endings.events.values())
        change = retract(events, control.id, control.target, taken_back)
        if change is None:
            return (Hold(reason="nothing_to_retract", detail=control.target),)
        now = self._correlator.state.now or control.at
        origin = Origin(topic="", partition=0, offset=-1, received=now)
        remember(self._ledger, change)
        return (self._send(change, Mentions(uri=change.support.uri, origin=origin)),)

    def _told(self, change: Change, record: Mentions) -> Alert | Hold:
        """The message about a change, to whom it may concern, or the reason why there is none."""
        event = change.event
        if event.retracted:
            return Hold(reason="retracted", detail=event.id, uri=record.uri, type=event.type)
        told = self._send(change, record)
        remember(self._ledger, change)  # after its message, which is checked against what was known before
        return told

    def _send(self, change: Change, record: Mentions) -> Alert | Hold:
        event = change.event
        if change.kind not in ("opened", "joined") and not event.messages:
            return Hold(reason="never_told", detail=event.id, uri=record.uri, type=event.type)
        subject = subject_of(change)

        def watched(level: Level) -> tuple[Level, tuple[str, ...]]:
            desks = routed(self._policy, event.facts.desk, level, subject)
            return self._standing.watched(level, subject, desks)

        past = look_up(self._ledger, event)
        made = message(change, record, self._policy, self._outlets, watched, past)
        if isinstance(made, Hold):
            return made
        decision, now = made
        desks = tuple(event.desks)
        if decision.kind not in ("correct", "cancel"):  # those reach all who were told, and no one else
            wanted = dict.fromkeys((*routed(self._policy, event.facts.desk, decision.level, subject), *desks))
            desks, mute = self._standing.unmuted(wanted, subject)
            if mute is not None and not desks:
                detail = f"{mute.id} by {mute.who}: {mute.because}"
                return Hold(reason="muted", detail=detail, uri=record.uri, type=event.type)
        note(event, decision, now, self._policy)
        event.desks += [desk for desk in desks if desk not in event.desks]
        return msgspec.structs.replace(decision, desk=desks[0], desks=desks)

    def to_bytes(self) -> bytes:
        """The whole state; equal for equal logs."""
        return snapshot.to_bytes(
            Snapshot(
                applied=self._applied,
                state=self._correlator.state,
                standing=self._standing,
                plans=self._plans,
                endings=self._endings,
                contacts=self._ledger.state,
                recent=tuple(stored(offset, decisions) for offset, decisions in self._recent.items()),
            )
        )

    @classmethod
    def from_bytes(
        cls,
        data: bytes,
        policy: Policy,
        facts: Mapping[str, RuleFacts],
        outlets: Mapping[str, str] = MappingProxyType({}),
        anchors: Sequence[Anchor] = (),
        kept: int = KEPT,
    ) -> "Machine":
        """The machine as it was. Raises `StateError` for bytes of another schema version, or that are none."""
        known = snapshot.from_bytes(data)
        machine = cls(policy, facts, outlets, anchors, kept)
        machine._applied = known.applied
        machine._correlator = Correlator(policy, known.state)
        machine._standing = known.standing
        machine._plans, machine._endings = known.plans, known.endings
        machine._ledger = Ledger(known.contacts, anchors, policy.ledger)
        machine._recent = {one.offset: one.decisions for one in known.recent}
        return machine
