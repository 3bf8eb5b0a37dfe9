"""Step 6. Decide: whether and how the newsroom is told of a change of an event, by policy and the record's own time."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import msgspec

from stream.core.correlate import Change, Event, Support, View, reported
from stream.core.origins import independent, origins_of
from stream.core.policy import LEVELS, Kind, Level, Policy, RuleFacts
from stream.core.records import Alert, Attribution, Contradiction, Hold, Mention, Mentions, Severity, Source

Watched = Callable[[Level], tuple[Level, tuple[str, ...]]]

LINE = 140  # characters of a line
WHO = 40  # of them at most for who says it

_TEHRAN = ZoneInfo("Asia/Tehran")


def not_alertable(mention: Mention, record: Mentions, policy: Policy, facts: RuleFacts | None) -> Hold | None:
    """The reason why nobody is alerted to this mention whatever else is known, or None. `facts`: of its rule."""
    reason, detail = "", ""
    if mention.time != "current":
        reason, detail = "not_current", mention.status
    elif mention.status not in policy.alerted:
        reason = f"status_{mention.status}"
    elif facts is None:
        reason, detail = "rule_unknown", mention.rule
    elif facts.maturity in policy.silent_maturities:
        reason, detail = "rule_silent", f"{mention.rule}: {facts.maturity}"
    elif is_stale(mention.day, reported(record), policy.hours.stale):
        reason, detail = "stale", mention.day or ""
    return Hold(reason=reason, detail=detail, uri=record.uri, type=mention.type) if reason else None


def is_stale(day: str | None, at: datetime, hours: float) -> bool:
    """True where even the end of that day in Tehran lies more than `hours` before `at`."""
    if day is None:
        return False
    end = datetime.combine(date.fromisoformat(day) + timedelta(days=1), time(), _TEHRAN)
    return at - end > timedelta(hours=hours)


def _unwatched(level: Level) -> tuple[Level, tuple[str, ...]]:
    return level, ()


def message(
    change: Change, record: Mentions, policy: Policy, outlets: Mapping[str, str], watched: Watched = _unwatched
) -> Alert | Hold:
    """The alert about this change, or the Hold of a change that nobody needs to see. Who gets it is not said yet.

    `outlets`: how the line names an outlet, by id. `watched` raises a level, and says why.
    """
    event, before, after = change.event, change.before, change.event.view
    cause = change.support
    kind: Kind
    if change.kind == "retracted" or not event.supports:
        kind, notify = "cancel", True
    elif before is None or not event.messages:
        kind, notify = "create", True
    elif change.kind == "denied" and change.new_source:
        kind, notify = "update", True
    elif change.kind == "absent":
        kind, notify = "update", False
    elif change.kind in ("joined", "denied") and not change.new_source and before == after:
        return Hold(reason="repeat", detail=event.id, uri=record.uri, type=event.type)
    else:
        weaker = before.status == "happened" and after.status != "happened"
        stronger = before.status != "happened" and after.status == "happened"
        second = (
            change.kind == "joined" and not event.second_told and independent(origins_of(event.supports.values())) >= 2
        )
        corrects = weaker or (change.taken_back is not None and before != after)
        kind, notify = ("correct" if corrects else "update"), corrects or stronger or second
        event.second_told = event.second_told or second
        if change.kind == "lost":
            cause = next(iter(event.supports.values()))
    level, steps = reckon(after, event.facts.severity, policy)
    level, watches = watched(level)
    mention = cause.mention
    alert = Alert(
        id="",
        event=event.id,
        kind=kind,
        notify=notify,
        line=(denial_line if change.kind == "denied" else line)(kind, level, cause, policy, outlets),
        desk=event.facts.desk,
        type=event.type,
        status=after.status,
        severity=event.facts.severity,
        level=level,
        actors=after.actors,
        recipients=after.recipients,
        persons=after.persons,
        places=after.places,
        first=after.first,
        day=after.day,
        trigger=mention.trigger,
        evidence=mention.evidence,
        attribution=mention.attribution,
        sources=sources(event, policy.bounds.sources_shown),
        rule=mention.rule,
        rulebook=record.rulebook,
        why=(*mention.why, *steps, *watches, f"maturity {event.facts.maturity}"),
        published=cause.published,
        received=record.origin.received,
        references=tuple(event.messages),
        contradictions=contradictions(event),
        absent=tuple(event.absent),
        taken_back=change.taken_back,
    )
    return msgspec.structs.replace(alert, id=_id(alert))


def _id(alert: Alert) -> str:
    """Digest of the event and of what the message says, whenever and by whichever rulebook it says it."""
    says = msgspec.structs.replace(alert, received=datetime.min.replace(tzinfo=UTC), rulebook="", why=(), references=())
    content = sha256(msgspec.json.encode((says, len(alert.references)))).hexdigest()
    return sha256(f"{alert.event} {alert.kind} {content}".encode()).hexdigest()[:32]


def sources(event: Event, shown: int) -> tuple[Source, ...]:
    """The first articles that support the event, in order of arrival."""
    return tuple(source(support) for support in list(event.supports.values())[:shown])


def source(support: Support) -> Source:
    """A report as an alert shows it."""
    return Source(
        uri=support.uri,
        version=support.version,
        outlet=support.outlet,
        url=support.url,
        title=support.title,
        published=support.published,
        evidence=support.mention.evidence,
    )


def contradictions(event: Event) -> tuple[Contradiction, ...]:
    """Each denial of the event, against the first report of it."""
    against = next(iter(event.supports.values()), None)
    if against is None:
        return ()
    return tuple(
        Contradiction(kind="denied", by=denier(denial, {}), against=source(against), report=source(denial))
        for denial in event.denials.values()
    )


def reckon(view: View, severity: Severity, policy: Policy) -> tuple[Level, tuple[str, ...]]:
    """The level of an event, and each step of the reckoning in words."""
    level = policy.levels.base[severity]
    steps = [f"severity {severity}: {level}"]
    holds = {
        "claimed": view.status == "claimed",
        "not_headline": not view.headline,
        "first": view.first is not None and view.first.claimed,
    }
    for modifier in policy.levels.modifiers:
        if not holds[modifier.name]:
            continue
        rank = LEVELS.index(level)
        to = min(max(rank + modifier.step, 0), len(LEVELS) - 1)
        if modifier.step > 0:
            to = max(rank, min(to, LEVELS.index(modifier.at_most)))
        level = LEVELS[to]
        steps.append(f"{modifier.name} {modifier.step:+d}: {level}")
    return level, tuple(steps)


def line(kind: Kind, level: Level, cause: Support, policy: Policy, outlets: Mapping[str, str]) -> str:
    """At most 140 characters: level, kind and status in a word each, who says it, a verbatim slice, the outlet.

    The status is that of this report: a mere claim stays one in the line, though others tell the event as fact.
    """
    words = policy.words
    head = [words.levels[level]] if kind != "cancel" else []
    head += [words.kinds[kind], words.statuses[cause.mention.status]]
    start = " | ".join(word for word in head if word)
    start += " | " if start else ""
    outlet = outlets.get(cause.outlet, cause.outlet) if cause.outlet else ""
    end = f" ({clip(outlet, WHO)})" if outlet else ""
    told = first_words(cause)
    who = _who(cause.mention.attribution, told, outlet)
    return start + who + clip(told, LINE - len(start) - len(who) - len(end)) + end


def denial_line(kind: Kind, level: Level, cause: Support, policy: Policy, outlets: Mapping[str, str]) -> str:
    """At most 140 characters: level, «تکذیب شد از سوی …», a verbatim slice of the denial, the outlet."""
    words = policy.words
    outlet = outlets.get(cause.outlet, cause.outlet) if cause.outlet else ""
    end = f" ({clip(outlet, WHO)})" if outlet else ""
    head = [words.levels[level], words.kinds[kind], f"{words.denied_by} {clip(denier(cause, outlets), WHO)}"]
    start = " | ".join(word for word in head if word) + " | "
    return start + clip(first_words(cause), LINE - len(start) - len(end)) + end


def denier(cause: Support, outlets: Mapping[str, str]) -> str:
    """Who is said to deny it, else the outlet that does."""
    said = cause.mention.attribution
    if said is not None:
        return " ".join(said.text.split())
    return outlets.get(cause.outlet, cause.outlet) if cause.outlet else "—"


def first_words(cause: Support) -> str:
    """The title where it tells the event, else the evidence: its first line, from the first letter on."""
    text = cause.title if cause.mention.headline and cause.title.strip() else cause.mention.evidence[0].text
    start = next((n for n, letter in enumerate(text) if letter.isalnum() or letter in "«\"'(["), 0)
    return text[start:].split("\n", 1)[0].rstrip()


def _who(said: Attribution | None, told: str, outlet: str) -> str:
    if said is None or said.text in told or said.text == outlet:
        return ""
    return f"{clip(' '.join(said.text.split()), WHO)}: "


def clip(text: str, size: int) -> str:
    """The text, or its first words and "…", in at most `size` characters."""
    if len(text) <= size:
        return text
    cut = text[: size - 1]
    if not text[size - 1].isspace() and cut.rfind(" ") >= size // 2:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ،؛,;:-–") + "…"
