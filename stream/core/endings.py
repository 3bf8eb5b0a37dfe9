"""What ends by a word: a plan, a threat or something under way is called off, or the party itself denies it.

Told as a `notice`, once, where it ends something that is open here, or where the thing itself is severe; everything else
that is called off or denied is held. Further reports of it join the notice.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from stream.core.agenda import Plan, digest, fit
from stream.core.correlate import Change, Event, Support, reported, together
from stream.core.denials import said_to_deny
from stream.core.policy import SEVERITIES, Policy, RuleFacts, of_types
from stream.core.reckon import reckon
from stream.core.records import Mention, Mentions, TakenBack


class Endings(msgspec.Struct, kw_only=True):
    """The notices of late, as events by id in order of arrival: part of the machine's state."""

    events: dict[str, Event] = {}

    def join(self, record: Mentions, support: Support, policy: Policy) -> Change | None:
        """Put a report to the notice that it repeats."""
        mention, merge = support.mention, timedelta(hours=policy.hours.merge)
        for event in reversed(self.events.values()):
            view = event.view
            if event.type != mention.type or abs(reported(record) - event.opened) > merge:
                continue
            if not fit((view.actors, view.recipients), (mention.actors, mention.recipients)):
                continue
            outlets = {other.outlet for other in event.supports.values()}
            new_source = record.uri not in event.supports and (record.outlet is None or record.outlet not in outlets)
            event.supports[record.uri] = support
            event.view = together(event.supports)
            return Change(kind="joined", event=event, support=support, before=view, new_source=new_source)
        return None

    def begin(
        self,
        record: Mentions,
        support: Support,
        facts: RuleFacts,
        policy: Policy,
        plan: Plan | None,
        ended: Iterable[Event],
    ) -> Change | None:
        """A notice of what ends a plan or open events, or is severe by itself; None where it is neither."""
        mention = support.mention
        ended = list(ended)
        supports = {record.uri: support}
        event = Event(
            id=digest("ending", record.uri, record.version, mention.type, mention.actors, mention.recipients),
            type=mention.type,
            facts=facts,
            opened=reported(record),
            received=record.origin.received,
            supports=supports,
            view=together(supports),
            refers=[message for event in ended for message in event.messages],
        )
        if event.id in self.events:  # the article says so twice
            return None
        if plan is not None:
            event.ends = f"plan {plan.id}"
        elif ended:
            event.ends = f"{'threat' if ended[0].type == 'threat' else 'event'} {ended[0].id}"
        elif SEVERITIES.index(reckon(event, reported(record), policy).severity) >= SEVERITIES.index("severe"):
            event.ends = "severe"
        else:
            return None
        self.events[event.id] = event
        while len(self.events) > policy.bounds.plans:
            del self.events[next(iter(self.events))]
        return Change(kind="opened", event=event, support=support, new_source=True)

    def lose(self, uri: str, taken_back: TakenBack) -> tuple[Change, ...]:
        """An article was taken back: so is what it said of an end."""
        changes = []
        for event in [event for event in self.events.values() if uri in event.supports]:
            before, lost = event.view, event.supports.pop(uri)
            if event.supports:
                event.view = together(event.supports)
            else:
                del self.events[event.id]
            changes.append(Change(kind="lost", event=event, support=lost, before=before, taken_back=taken_back))
        return tuple(changes)

    def advance(self, now: datetime, policy: Policy) -> None:
        """Forget notices that are older than policy keeps events."""
        oldest = now - timedelta(hours=policy.hours.keep)
        while self.events and next(iter(self.events.values())).received < oldest:
            del self.events[next(iter(self.events))]


def retract(events: Iterable[Event], control: str, target: str, taken_back: TakenBack) -> Change | None:
    """Take back the event that has this id, or an alert of this id. It stays open, so that reports of it are known."""
    for event in events:
        if (target == event.id or target in event.messages) and not event.retracted:
            event.retracted = control
            support = next(iter(event.supports.values()))
            return Change(kind="retracted", event=event, support=support, before=event.view, taken_back=taken_back)
    return None


def ends(mention: Mention) -> bool:
    """Whether a mention may end something: now called off, or denied by the party itself, and plainly so."""
    off = mention.status == "called_off" or denied_by_itself(mention)
    return mention.time == "current" and off and plain(mention)


def denies(mention: Mention) -> bool:
    """Whether a mention says now, and plainly, that something did not happen."""
    return mention.time == "current" and mention.status == "denied" and plain(mention)


# Cues under which «not» and «stopped» are wished, feared, asked for or to come, and no report of what is.
_MOODS = frozenset(
    """if may may_before should should_before will will_before aim anniversary archive background presupposed denied_wish
    denied_judgement""".split()
)
_THREATENED = ("attack", "war", "territory", "troops", "restriction", "sanction")
_OFFERED = ("agreement", "ceasefire", "prisoner.exchange", "sanction.lifted")  # «رد کرد» turns an offer down
_DONE = ("past", "perfect", "pluperfect")


def plain(mention: Mention) -> bool:
    """Whether a denial or a call-off tells what is: under no condition, wish or duty, and no refusal («نمی‌کنیم»)."""
    cues = {reason.split(" ")[1] for reason in mention.why if " «" in reason}
    verbs = [reason.removeprefix("verb: ") for reason in mention.why if reason.startswith("verb: ")]
    if cues & _MOODS or "question" in mention.why:
        return False
    if of_types(mention.type, _OFFERED) and any("«رد " in reason for reason in mention.why):
        return False
    negated = [verb.removeprefix("negated, ") for verb in verbs if verb.startswith("negated, ")]
    if mention.status == "denied" and negated:
        return all(tense in _DONE for tense in negated)
    if "denied_existence" in cues or ("denied_before" in cues and not cues & {"denied", "took_place"}):
        return mention.status != "denied" or (not verbs and "no verb" in mention.why)
    return "future" not in verbs and "subjunctive" not in verbs


def denied_by_itself(mention: Mention) -> bool:
    """Whether a party denies its own part."""
    parties = {*mention.actors, *mention.recipients}
    said = said_to_deny(mention)
    speak = {voice.id for voice in mention.stated if voice.kind == "party"}
    if said is not None and said.kind in ("official", "party") and said.state is not None:
        speak.add(said.state)
    return mention.status == "denied" and bool(parties & speak)


def threatens(event: Event, mention: Mention) -> bool:
    """Whether an open event is the threat of what is called off (or the threat itself is taken back): by the same, to the
    same (one side may be unnamed)."""
    view = event.view
    off = mention.status == "called_off" and of_types(mention.type, _THREATENED)
    if event.type != "threat" or not (off or mention.type == "threat") or not {*view.actors} & {*mention.actors}:
        return False
    return not view.recipients or not mention.recipients or bool({*view.recipients} & {*mention.recipients})
