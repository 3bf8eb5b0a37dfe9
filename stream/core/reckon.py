"""How much an event matters, how soon, and how sure it is (CAP 1.2's severity, urgency, certainty); from them its level.

By policy alone, never by volume: that many tell an event makes it no graver, and copies make it no surer. Every step has
a name and stands in the alert's `why`.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import product

from stream.core.calendars import TEHRAN
from stream.core.correlate import Event, Support
from stream.core.denials import denier, said_to_deny
from stream.core.origins import independent, origins_of
from stream.core.past import Past
from stream.core.policy import (
    CERTAINTIES,
    LEVELS,
    SEVERITIES,
    CertaintyName,
    Policy,
    SeverityStep,
    When,
    of_types,
)
from stream.core.records import Certainty, Contradiction, Level, Record, Severity, Source, Urgency
from stream.core.voice import OriginRelays

_NO_PAST = Past()


class Reckoning(Record, frozen=True, kw_only=True):
    """What an event comes to at one moment. `toll`: the highest number of dead that is told; `independent`: origins that
    vouch and are independent; `vouched`: somebody answers for it firsthand."""

    severity: Severity
    urgency: Urgency
    certainty: Certainty
    level: Level
    toll: int
    independent: int
    vouched: bool
    deniers: int  # how many deny it
    contradictions: tuple[Contradiction, ...]
    origins: tuple[OriginRelays, ...]
    why: tuple[str, ...]


def reckon(event: Event, at: datetime, policy: Policy, past: Past = _NO_PAST) -> Reckoning:
    """Weigh an event as all its supports tell it. `at`: when the report that causes this was published; `past`: what the
    archive says of it."""
    supports = list(event.supports.values())
    origins = origins_of(supports)
    against = contradictions(event)
    severity, graver = _severity(event, supports, policy, past)
    certainty, surer = _certainty(event, supports, origins, against, policy)
    urgency, sooner = _urgency(event, supports, at, policy)
    level, higher = _level(event, severity, certainty, urgency, policy)
    return Reckoning(
        severity=severity,
        urgency=urgency,
        certainty=certainty,
        level=level,
        toll=int(highest(supports, "dead")),
        independent=independent(origins),
        vouched=answered_for(origins),
        deniers=len({denier(denial.mention, denial.outlet) for denial in event.denials.values()}),
        contradictions=against,
        origins=origins,
        why=(*graver, *surer, *sooner, *higher),
    )


def answered_for(origins: Sequence[OriginRelays]) -> bool:
    """Whether somebody answers for the event: firsthand, or two independent origins whom at least two channels quote (one
    channel alone could have made up both)."""
    if any(one.vouches and one.firsthand for one in origins):
        return True
    channels = {relay for one in origins if one.vouches for relay in one.relays}
    return independent(origins) >= 2 and len(channels) >= 2


# --- severity ---------------------------------------------------------------------------------------------------------


def _severity(event: Event, supports: Sequence[Support], policy: Policy, past: Past) -> tuple[Severity, list[str]]:
    usual = policy.types[event.type].severity
    severity = max((s.severity or usual for s in supports), key=SEVERITIES.index, default=usual)
    why = [f"severity: {severity} ({event.type})"]
    for step in policy.severity.steps:
        because = _holds(step.when, event, supports, policy, past)
        if because is None:
            continue
        rank = SEVERITIES.index(severity)
        to = _moved(step, rank)
        severity = SEVERITIES[to]
        why.append(f"severity: {step.name}{f' ({because})' if because else ''}, {_effect(step)}: {severity}")
    return severity, why


def _moved(step: SeverityStep, rank: int) -> int:
    if step.at_least is not None:
        return max(rank, SEVERITIES.index(step.at_least))
    if step.at_most is not None:
        return min(rank, SEVERITIES.index(step.at_most))
    if step.step > 0:
        return max(rank, min(rank + step.step, SEVERITIES.index(step.up_to)))
    return max(rank + step.step, 0)


def _effect(step: SeverityStep) -> str:
    if step.at_least is not None:
        return f"at least {step.at_least}"
    return f"at most {step.at_most}" if step.at_most is not None else f"{step.step:+d}"


def _holds(when: When, event: Event, supports: Sequence[Support], policy: Policy, past: Past) -> str | None:
    """None where a condition fails; else what met them, in words."""
    view, lists = event.view, policy.severity
    found: list[str] = []
    if when.types and not of_types(event.type, when.types):
        return None
    for wanted, have in (
        (lists.offices[when.offices] if when.offices else (), [r for s in supports for r in s.mention.roles]),
        (lists.sites[when.site] if when.site else (), view.places),
        (when.party, (*view.actors, *view.recipients)),
    ):
        met = [name for name in dict.fromkeys(have) if name in wanted]
        if wanted and not met:
            return None
        found += met
    if when.against:
        met = [name for name in view.recipients if name in when.against]
        if not met or set(view.actors) & {*when.against} or not view.actors:
            return None
        found += met
    if when.pair is not None:
        pair = _pair(event, lists.pairs[when.pair])
        if pair is None:
            return None
        found.append("–".join(pair))
    if when.first and (view.first is None or not view.first.claimed or past.contradicted):
        return None
    if when.silence and past.silence is None:
        return None
    for kind, least in (
        ("dead", when.dead),
        ("injured", when.injured),
        ("magnitude", when.magnitude),
        ("percent", when.percent),
    ):
        if least is not None:
            most = highest(supports, kind)
            if most < least:
                return None
            found.append(f"{most:g} {kind}")
    if when.magnitude_under is not None:
        most = highest(supports, "magnitude")
        if not 0 < most < when.magnitude_under:
            return None
        found.append(f"{most:g} magnitude")
    return ", ".join(found)


def _pair(event: Event, pairs: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    """The pair of the list that the event stands between: one on each side, or both where all are actors."""
    actors, recipients = set(event.view.actors), set(event.view.recipients)
    for one, other in pairs:
        if {one, other} <= actors or any({a, r} == {one, other} for a, r in product(actors, recipients)):
            return one, other
    return None


def highest(supports: Iterable[Support], kind: str) -> float:
    """The highest number of that kind that any support tells; 0 where none does."""
    return max((n.value for support in supports for n in support.mention.numbers if n.kind == kind), default=0)


# --- certainty --------------------------------------------------------------------------------------------------------


def _certainty(
    event: Event,
    supports: Sequence[Support],
    origins: Sequence[OriginRelays],
    against: Sequence[Contradiction],
    policy: Policy,
) -> tuple[Certainty, list[str]]:
    certainty = policy.certainty.statuses[event.view.status]
    why = [f"certainty: {certainty} ({event.view.status})"]
    told = [s for s in supports if s.mention.status == event.view.status]
    fact = event.view.status == "happened"
    actors = set(event.view.actors)
    parties = actors | set(event.view.recipients)
    speak = [_speaker(one) for one in origins if one.vouches]
    own = {one.origin.id for one in origins if one.origin is not None and one.origin.kind == "party"}
    fighting = of_types(event.type, policy.certainty.belligerent_types)
    tests: dict[CertaintyName, Callable[[], bool]] = {
        "own_word": lambda: fact and not fighting and bool(own & actors),
        "second_origin": lambda: fact and independent(origins_of(told)) >= 2,
        "denied": lambda: any(c.kind == "denied" for c in against),
        "contradicted": lambda: any(c.kind == "numbers" for c in against),
        "unnamed": lambda: bool(told) and all(_unnamed(s) for s in told),
        "belligerent": lambda: fighting and bool(speak) and all(s in parties for s in speak),
        "unvouched": lambda: not answered_for(origins),
    }
    for step in policy.certainty.steps:
        if not tests[step.name]():
            continue
        rank = CERTAINTIES.index(certainty)
        if step.at_most is not None:
            rank = min(rank, CERTAINTIES.index(step.at_most))
            effect = f"at most {step.at_most}"
        else:
            rank = min(max(rank + step.step, CERTAINTIES.index("unlikely")), len(CERTAINTIES) - 1)
            effect = f"{step.step:+d}"
        certainty = CERTAINTIES[rank]
        why.append(f"certainty: {step.name}, {effect}: {certainty}")
    return certainty, why


def _speaker(one: OriginRelays) -> str | None:
    """The party whose word an origin is: itself, or the state that owns or directs the outlet."""
    if one.origin is None:
        return None
    if one.origin.kind == "party":
        return one.origin.id
    return one.origin.country if one.origin.state else None


def _unnamed(support: Support) -> bool:
    said = support.mention.attribution
    return said is not None and said.kind == "unnamed"


# --- contradictions ---------------------------------------------------------------------------------------------------


def contradictions(event: Event) -> tuple[Contradiction, ...]:
    """Each denial, against the first report; and each toll of half or less of what an earlier report of another outlet
    told (a higher one is growth)."""
    reports = list(event.supports.values())
    if not reports:
        return ()
    out = [
        Contradiction(kind="denied", by=_denier(denial), against=source(reports[0]), report=source(denial))
        for denial in event.denials.values()
    ]
    most, teller = 0.0, reports[0]
    for report in reports:
        told = [n.value for n in report.mention.numbers if n.kind == "dead" and n.bound in _FIRM]
        if not told:
            continue
        if max(told) * 2 <= most and report.outlet != teller.outlet:
            out.append(Contradiction(kind="numbers", against=source(teller), report=source(report)))
        if max(told) > most:
            most, teller = max(told), report
    return tuple(out)


_FIRM = ("exact", "about", "at_most")


def _denier(denial: Support) -> str:
    said = said_to_deny(denial.mention)
    return " ".join(said.text.split()) if said is not None else ""


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


# --- urgency and level ------------------------------------------------------------------------------------------------


def happened_by(event: Event, supports: Iterable[Support]) -> datetime:
    """The latest moment at which the event can have taken place: the hour or day that is told, or its first report."""
    day = event.view.day
    hour = next((s.mention.hour for s in supports if s.mention.hour and s.mention.day in (None, day)), None)
    on = date.fromisoformat(day) if day else event.opened.astimezone(TEHRAN).date()
    if hour is not None:
        moment = datetime.combine(on, time.fromisoformat(hour), TEHRAN)
    else:
        moment = end_of(on)
    return min(moment, event.opened)


def end_of(day: date) -> datetime:
    """Midnight in Tehran after a day."""
    return datetime.combine(day + timedelta(days=1), time(), TEHRAN)


def _urgency(event: Event, supports: Sequence[Support], at: datetime, policy: Policy) -> tuple[Urgency, list[str]]:
    age = (at - happened_by(event, supports)).total_seconds() / 3600
    bounds = policy.urgency
    urgency: Urgency = "immediate" if age <= bounds.immediate else "expected" if age <= bounds.expected else "past"
    return urgency, [f"urgency: {urgency} ({max(age, 0):.0f} h)"]


def _level(
    event: Event, severity: Severity, certainty: Certainty, urgency: Urgency, policy: Policy
) -> tuple[Level, list[str]]:
    levels = policy.levels
    level = levels.severity[severity]
    why = [f"level: {level} ({severity})"]
    if levels.not_headline and not _prominent(event, levels.headline):
        level = LEVELS[min(max(LEVELS.index(level) + levels.not_headline, 0), len(LEVELS) - 1)]
        why.append(f"level: not_headline, {levels.not_headline:+d}: {level}")
    for name, most in ((certainty, levels.certainty[certainty]), (urgency, levels.urgency[urgency])):
        if LEVELS.index(most) < LEVELS.index(level):
            level = most
            why.append(f"level: {name}, at most {most}: {level}")
    return level, why


def _prominent(event: Event, headline: int) -> bool:
    """Whether an article tells it in its title or first line, or so near its beginning that a flash consists of it."""
    return event.view.headline or any(s.mention.evidence[0].start < headline for s in event.supports.values())
