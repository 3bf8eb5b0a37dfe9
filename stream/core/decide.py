"""Step 6. Decide: whether and how the newsroom is told of a change of an event, by policy and the record's own time."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import msgspec

from stream.core.correlate import Change, Event, reported
from stream.core.line import line
from stream.core.notify import reasons, remember
from stream.core.past import Past
from stream.core.policy import LEVELS, Policy, RuleFacts
from stream.core.recall import in_words, steps
from stream.core.reckon import Reckoning, end_of, reckon, source
from stream.core.records import Alert, Also, Hold, Kind, Level, Mention, Mentions, Message, Source
from stream.core.voice import OriginRelays

_NO_PAST = Past()
Watched = Callable[[Level], tuple[Level, tuple[str, ...]]]


def not_alertable(mention: Mention, record: Mentions, policy: Policy, facts: RuleFacts | None) -> Hold | None:
    """The reason why nobody is alerted to this mention whatever else is known, or None. `facts`: of its rule.

    What only now came to light is news however old it is.
    """
    reason, detail = "", ""
    if mention.time != "current" and not mention.revealed:
        reason, detail = "not_current", mention.status
    elif mention.status not in policy.alerted:
        reason = f"status_{mention.status}"
    elif (held := unusable(mention, record, policy, facts)) is not None:
        return held
    elif is_stale(mention.day, reported(record), policy.hours.stale) and not mention.revealed:
        reason, detail = "stale", mention.day or ""
    return Hold(reason=reason, detail=detail, uri=record.uri, type=mention.type) if reason else None


def unusable(mention: Mention, record: Mentions, policy: Policy, facts: RuleFacts | None) -> Hold | None:
    """The reason why nothing is decided from a mention of this rule, or None."""
    if facts is None:
        return Hold(reason="rule_unknown", detail=mention.rule, uri=record.uri, type=mention.type)
    if facts.maturity in policy.silent_maturities:
        detail = f"{mention.rule}: {facts.maturity}"
        return Hold(reason="rule_silent", detail=detail, uri=record.uri, type=mention.type)
    return None


def is_stale(day: str | None, at: datetime, hours: float) -> bool:
    """True where even the end of that day in Tehran lies more than `hours` before `at`."""
    return day is not None and at - end_of(date.fromisoformat(day)) > timedelta(hours=hours)


def _unwatched(level: Level) -> tuple[Level, tuple[str, ...]]:
    return level, ()


def message(
    change: Change,
    record: Mentions,
    policy: Policy,
    outlets: Mapping[str, str],
    watched: Watched = _unwatched,
    past: Past = _NO_PAST,
) -> tuple[Alert, Reckoning] | Hold:
    """The alert about this change and the reckoning behind it, or the Hold of a change that nobody needs to see.

    Who gets it is not said yet; once it goes out, `note` has to follow. `outlets`: how the line names an outlet, by id.
    `watched` raises a level, and says why; `past`: what the archive says of the event.
    """
    event = change.event
    kind = kind_of(change)
    cause = change.support
    if change.kind == "lost" and event.supports:
        cause = next(iter(event.supports.values()))
    now = reckon(event, reported(record), policy, past)
    level, watches = watched(LEVELS[event.told.rank] if kind == "cancel" else now.level)
    now = msgspec.structs.replace(now, level=level, why=(*now.why, *watches))
    because = reasons(kind, change, now, policy)
    if not because and adds_nothing(change):
        return Hold(reason="repeat", detail=event.id, uri=record.uri, type=event.type)
    mention, view = cause.mention, event.view
    archive = in_words(past, policy.types[event.type].label, policy.words.past, outlets)
    now = msgspec.structs.replace(now, why=(*steps(past, archive), *now.why))
    received = record.origin.received
    told = line(
        kind,
        level,
        now.certainty,
        cause,
        received,
        policy.words,
        outlets,
        now.independent,
        absent=change.kind == "absent",
    )
    alert = Alert(
        id="",
        event=event.id,
        kind=kind,
        notify=bool(because),
        line=told,
        desk=event.facts.desk,
        type=event.type,
        status=view.status,
        severity=now.severity,
        level=level,
        actors=view.actors,
        recipients=view.recipients,
        persons=view.persons,
        places=view.places,
        first=view.first,
        day=view.day,
        trigger=mention.trigger,
        evidence=mention.evidence,
        attribution=mention.attribution,
        sources=sources(event, policy.bounds.sources_shown),
        rule=mention.rule,
        rulebook=record.rulebook,
        why=why(mention, now, because, event),
        published=cause.published,
        received=received,
        references=(*event.refers, *event.messages),
        notify_reason=because[0] if because else "",
        urgency=now.urgency,
        certainty=now.certainty,
        independent=now.independent,
        origins=origins(now.origins, policy.bounds.sources_shown),
        url=cause.url,
        also=also(record, mention) if cause.uri == record.uri else (),
        contradictions=now.contradictions,
        absent=tuple(event.absent),
        taken_back=change.taken_back,
        history=tuple(event.history),
        first_check=past.check,
        silence=past.silence,
        archive=archive,
    )
    return msgspec.structs.replace(alert, id=alert_id(alert)), now


def kind_of(change: Change) -> Kind:
    """The kind of message about a change."""
    event, before, after = change.event, change.before, change.event.view
    if change.kind == "retracted" or not event.supports:
        return "cancel"
    if before is None or not event.messages:
        return "notice" if event.ends else "create"
    weaker = before.status == "happened" and after.status != "happened"
    return "correct" if weaker or (change.taken_back is not None and before != after) else "update"


def adds_nothing(change: Change) -> bool:
    """Whether a report is a mere repetition: of no new outlet or denier, and with it the event says what it said before."""
    told = change.kind in ("joined", "denied")
    return told and not change.new_source and change.before == change.event.view


def why(mention: Mention, now: Reckoning, because: tuple[str, ...], event: Event) -> tuple[str, ...]:
    """The cues of the mention, every step of the reckoning, why people are notified, and the rule's maturity."""
    notified = f"notify: {', '.join(because)}" if because else "notify: no, in silence"
    ended = (f"ends: {event.ends}",) if event.ends else ()
    return (*mention.why, *ended, *now.why, notified, f"maturity {event.facts.maturity}")


def also(record: Mentions, told: Mention) -> tuple[Also, ...]:
    """What else the article says now."""
    return tuple(
        Also(type=m.type, status=m.status, actors=m.actors, recipients=m.recipients, evidence=m.evidence)
        for m in record.mentions
        if m.time == "current" and m != told
    )


def note(event: Event, alert: Alert, now: Reckoning, policy: Policy) -> None:
    """Remember in the event what was told of it, once it goes out."""
    event.told = remember(event.told, now, notified=alert.notify)
    event.messages.append(alert.id)
    told = Message(
        id=alert.id,
        kind=alert.kind,
        level=alert.level,
        notify_reason=alert.notify_reason,
        line=alert.line,
        at=alert.received,
    )
    event.history = [*event.history, told][-policy.bounds.history_shown :]


def alert_id(alert: Alert) -> str:
    """Digest of the event and of what the message says, whenever and by whichever rulebook it says it."""
    says = msgspec.structs.replace(
        alert, received=datetime.min.replace(tzinfo=UTC), rulebook="", why=(), references=(), history=()
    )
    content = sha256(msgspec.json.encode((says, len(alert.references)))).hexdigest()
    return sha256(f"{alert.event} {alert.kind} {content}".encode()).hexdigest()[:32]


def origins(found: Sequence[OriginRelays], shown: int) -> tuple[OriginRelays, ...]:
    """The first origins of an event, each with the first who pass it on."""
    return tuple(
        msgspec.structs.replace(one, relays=one.relays[:shown], uris=one.uris[:shown]) for one in found[:shown]
    )


def sources(event: Event, shown: int) -> tuple[Source, ...]:
    """The first articles that support the event, in order of arrival."""
    return tuple(source(support) for support in list(event.supports.values())[:shown])
