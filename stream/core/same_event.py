"""Whether a mention tells of an open event: what contradicts it, and how much speaks for it.

A contradiction has a name and ends the matter (`Contradiction`). Where there is none, each thing that the two have in common
counts, and each that they could have in common and have not counts against (`Agreement`); the policy says how much a type
needs. A near copy of a report of the event is one, unless its type or parties contradict.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

import msgspec

from stream.core.policy import Policy
from stream.core.records import Mention, Quantity, Where

SUPPORTS = 40  # reports of an event whose words are looked at: the latest
_FEW = 3  # words below which a report says too little to differ
_TOLL = ("dead", "injured", "arrested", "missing", "hostages")
_ENOUGH = 5  # words from which on two reports could have one in common
_AGAIN = 0.15  # less for the parties of a type that recurs
_LIKE = 0.3  # share of common words below which reports differ
_GROWN = 2.0  # how many times less a later exact toll may be: what outlets are behind, not another event
_SILENCE = timedelta(hours=4)  # after which a report is half a point less likely to be of the same event
_HOUR = timedelta(hours=1.5)  # how long «moments ago» may lie behind the first report
_EARSHOT = timedelta(minutes=30)  # within which blasts that towns of one province hear are one
_TIES = frozenset(["place", "place within", "thing", "magnitude", "toll", "ordinal", "copy", "persons"])
_HALF = 1.5  # points of half the words
_FELT = 0.6  # magnitudes further apart are other quakes: agencies differ by less

CONTRADICTIONS = {
    "type": "neither type may be, or become, the other",
    "time": "reported, or said to have happened, too far apart for the type",
    "parties": "each names a party that the other can't have",
    "reversed": "what one side did to the other",
    "places": "each names a place of its own, and neither lies in the other",
    "ordinal": "another time or wave of the same",
    "numbers": "another magnitude",
}


Reporting = tuple[Mention, datetime]  # what a report says, and when it was published


class Profile(msgspec.Struct):
    """What the reports of an event say together. Built of sets, so that their order does not count."""

    types: dict[str, int] = {}
    opened: datetime | None = None
    reported: list[datetime] = []
    fresh: list[datetime] = []  # when it was reported as just happened
    actors: set[str] = set()
    recipients: set[str] = set()
    persons: set[str] = set()
    days: set[str] = set()
    exact: set[str] = set()  # towns, sites, bases
    areas: set[str] = set()  # all places, and what they lie in but for the state
    ordinals: set[int] = set()
    magnitudes: list[float] = []
    tolls: dict[str, list[tuple[datetime, float]]] = {}
    terms: list[frozenset[str]] = []

    def add(self, report: Reporting) -> None:
        """Take in a report."""
        mention, at = report
        self.types[mention.type] = self.types.get(mention.type, 0) + 1
        self.opened = at if self.opened is None else min(self.opened, at)
        self.reported.append(at)
        del self.reported[:-SUPPORTS]
        if mention.fresh:
            self.fresh.append(at)
        self.actors.update(mention.actors)
        self.recipients.update(mention.recipients)
        self.persons.update(mention.persons)
        if mention.day is not None:
            self.days.add(mention.day)
        exact, areas = spots(mention.where)
        self.exact |= exact
        self.areas |= areas
        if mention.ordinal is not None:
            self.ordinals.add(mention.ordinal)
        for number in mention.numbers:
            if number.kind == "magnitude":
                self.magnitudes.append(float(number.value))
            elif number.kind in _TOLL and number.bound == "exact":
                self.tolls.setdefault(number.kind, []).append((at, float(number.value)))
        if mention.terms:
            self.terms.append(frozenset(mention.terms))
            del self.terms[:-SUPPORTS]

    def fresh_near(self, at: datetime) -> bool:
        """Whether another report near that time says that it has just happened: a relay may copy that late."""
        return any(abs(at - other) <= _HOUR for other in self.fresh)


def profile(reports: Iterable[Reporting]) -> Profile:
    """The profile of these reports."""
    out = Profile()
    for report in reports:
        out.add(report)
    return out


class Contradiction(msgspec.Struct, frozen=True):
    """Why they are not one; `reason` is one of `CONTRADICTIONS`."""

    reason: str


class Agreement(msgspec.Struct, frozen=True):
    """How much speaks for it, and the points of each step; `places`: exact ones that both name."""

    score: float
    points: tuple[tuple[str, float], ...]
    places: frozenset[str] = frozenset()

    @property
    def tied(self) -> bool:
        """Whether more than the parties says so: the place, a thing, a number, a copy, or half of the words."""
        return any(name in _TIES and value > 0 for name, value in self.points) or self._worded

    @property
    def _worded(self) -> bool:
        return any(name == "words" and value >= _HALF for name, value in self.points)

    @property
    def steps(self) -> tuple[str, ...]:
        """The points in words."""
        return tuple(f"{name} {value:+.2f}" for name, value in self.points if value)


Steps = list[tuple[str, float]]


def compare(event: Profile, mention: Mention, at: datetime, policy: Policy, copied: bool) -> Contradiction | Agreement:
    """The mention of a report of that time against an event. `copied`: its text is a near copy of one of the reports."""
    if not any(policy.identity.akin(kind, mention.type) for kind in event.types):
        return Contradiction("type")
    steps: Steps = []
    for part in _parts(event, mention, at, policy, copied):
        if isinstance(part, str):
            return Contradiction(part)
        steps += part
    if copied:
        steps.append(("copy", 4.0))
    if mention.type not in event.types:
        grows = policy.identity.grows
        grown = any(grows(kind, mention.type) or grows(mention.type, kind) for kind in event.types)
        steps.append(("another type", -0.5 if grown else -1.2))
    return Agreement(
        score=sum(value for _, value in steps),
        points=tuple(steps),
        places=frozenset(place.id for place in mention.where if place.exact and place.id in event.exact),
    )


def _parts(event: Profile, mention: Mention, at: datetime, policy: Policy, copied: bool) -> Iterator[str | Steps]:
    """Name of a contradiction, or points, one thing after the other: what costs least first."""
    reciprocal = policy.types[mention.type].reciprocal
    yield _time(event, mention, at, policy)
    yield _parties(event, mention, policy, reciprocal)
    if not copied:
        yield _places(event, mention, _in_earshot(event, mention, at, policy))
        yield _ordinal(event, mention)
        yield _numbers(event, mention, at)
        yield _persons(event, mention, reciprocal)
        yield _words(event, mention, policy)
        yield _things(event, mention, policy)


def _time(event: Profile, mention: Mention, at: datetime, policy: Policy) -> str | Steps:
    window = timedelta(hours=policy.window(mention.type))
    apart = abs(at - event.opened) if event.opened is not None else timedelta()
    if apart > window or (mention.fresh and apart > _HOUR and not event.fresh_near(at)):
        return "time"
    if mention.day is not None and event.days:
        day = date.fromisoformat(mention.day)  # outlets write of the same night by its evening or its morning
        nearest = min(abs(date.fromisoformat(other) - day) for other in event.days)
        if nearest > timedelta(days=1):
            return "time"
    steps = [("apart", -0.5 * (apart / window))]
    if mention.type in policy.identity.recurs:
        gap = min((abs(at - other) for other in event.reported), default=apart)  # news of one event comes in a row
        steps.append(("silence", -min(1.0, 0.5 * (gap / _SILENCE))))
    return steps


def _parties(event: Profile, mention: Mention, policy: Policy, reciprocal: bool) -> str | Steps:
    actors, recipients = set(mention.actors), set(mention.recipients)
    if not actors and not reciprocal and not event.recipients & speaking(mention):
        actors = speaking(mention) - recipients  # «سپاه: … هدف قرار گرفت»: whoever says so of the other side did it
    if reciprocal:
        mine, theirs = actors | recipients, event.actors | event.recipients
        common = mine & theirs
        if mine and theirs and (not common or (mine - theirs and theirs - mine and len(common) < 2)):
            return "parties"
        if not mine and not theirs:
            return [("nobody named", 1.5)]
        return [("parties", (0.0, 1.5, 2.0)[min(2, len(common))])]
    if (actors & event.recipients) - event.actors or (recipients & event.actors) - event.recipients:
        answers = mention.rule in policy.identity.answers
        fits = actors & event.recipients and recipients & event.actors
        return [("answered", 0.75)] if answers and fits else "reversed"
    if not (actors or recipients or event.actors or event.recipients):
        return [("nobody named", 1.5)]
    steps = [_side("actors", actors, event.actors, policy), _side("recipients", recipients, event.recipients, policy)]
    named = [step for step in steps if step is not None]
    if len(named) < len(steps):
        return "parties"
    nobody = not (actors or recipients) or not (event.actors or event.recipients)
    if not nobody and all(value < 1 for _, value in named) and (actors or event.actors):
        return "parties"  # of each another side is named: nothing says that it is one
    soil = policy.identity.soil(recipients | event.recipients)
    if recipients & soil and event.recipients & soil and not recipients & event.recipients & soil:
        named.append(("other soil", -1.0))
    if mention.type in policy.identity.recurs:  # the same two do it to each other again and again
        named.append(("again and again", -_AGAIN * sum(value for _, value in named)))
    return named


def _side(name: str, mine: set[str], theirs: set[str], policy: Policy) -> tuple[str, float] | None:
    """What one side's names say; None where they contradict."""
    if mine & theirs:
        return name, 1.0
    if not mine and not theirs:
        return f"no {name}", 0.5
    if not mine or not theirs:
        return f"{name} unnamed", 0.5
    hosted = name == "recipients" and policy.identity.hosted(mine, theirs)
    return (f"{name} hosted", 0.5) if hosted else None


def _persons(event: Profile, mention: Mention, reciprocal: bool) -> str | Steps:
    mine = set(mention.persons)
    if not mine or not event.persons:
        return []
    if mine & event.persons:
        return [("persons", 0.5)]
    return [("persons", -1.0)] if reciprocal else []


def _ordinal(event: Profile, mention: Mention) -> str | Steps:
    if mention.ordinal is None or not event.ordinals:
        return []
    return [("ordinal", 1.0)] if mention.ordinal in event.ordinals else "ordinal"


def _numbers(event: Profile, mention: Mention, at: datetime) -> str | Steps:
    steps: Steps = []
    for number in mention.numbers:
        if number.kind == "magnitude" and event.magnitudes:
            if min(abs(float(number.value) - other) for other in event.magnitudes) > _FELT:
                return "numbers"
            steps.append(("magnitude", 1.0))
        elif number.kind in _TOLL and number.bound == "exact":
            steps += _toll(event, number, at)
    return steps[:1]


def _toll(event: Profile, number: Quantity, at: datetime) -> Steps:
    """Tolls only grow: one that is reported later and is far lower may be another event's, or contradict."""
    value = float(number.value)
    for told, other in event.tolls.get(number.kind, ()):
        late, early = (value, other) if at >= told else (other, value)
        if early > _FEW and late * _GROWN < early:
            return [("lower toll", -0.5)]
        if value == other and value > 1:
            return [("toll", 0.75)]
    return []


def _in_earshot(event: Profile, mention: Mention, at: datetime, policy: Policy) -> bool:
    """Whether a blast may be heard here that was told from another town: it was reported just now."""
    near = any(abs(at - other) <= _EARSHOT for other in event.reported)
    return near and policy.identity.carries((mention.type, *event.types))


def _places(event: Profile, mention: Mention, heard: bool = False) -> str | Steps:
    """`heard`: another town of the same province is no other place."""
    exact, areas = spots(mention.where)
    if not areas or not event.areas:
        lone = exact and len(event.terms) > 1  # several reports, and none of them names a place
        return [("a place", -0.5)] if lone else []
    if exact and event.exact:
        if exact & event.exact:
            return [("place", 2.0)]
        if heard and areas & event.areas:
            return [("area", 0.25)]
        return [("place within", 1.5)] if exact & event.areas or areas & event.exact else "places"
    if areas & event.areas:
        return [("area", 1.0 if not (exact or event.exact) else 0.25)]
    return [("elsewhere", -1.0)]


def _words(event: Profile, mention: Mention, policy: Policy) -> Steps:
    mine = frozenset(mention.terms)
    if not mine or not event.terms:
        return []
    best = max(len(mine & other) / max(_FEW, min(len(mine), len(other))) for other in event.terms)
    steps = [("words", 3.0 * best)]
    if best < _LIKE:
        said = min(len(mine), max(len(other) for other in event.terms), _ENOUGH) / _ENOUGH
        steps.append(("other words", -policy.identity.unlikeness(mention.type) * (1 - best / _LIKE) * said))
    return steps


def _things(event: Profile, mention: Mention, policy: Policy) -> Steps:
    """Whether both are about one thing (a ship, an aircraft): what hits one is no strike on a town, nor on another."""
    if not mention.terms or not event.terms:
        return []
    mine = policy.identity.among(mention.terms)
    theirs = [policy.identity.among(words) for words in event.terms]
    if not mine:
        told = sum(bool(other) for other in theirs)
        return [("another thing", -0.5)] if 2 * told > len(theirs) else []
    if not any(mine & other for other in theirs):
        vague = policy.identity.vaguely
        return [("thing", 0.0)] if mine & vague or any(other & vague for other in theirs) else [("another thing", -1.0)]
    return [("thing", 0.5)] if any(mine <= other or other <= mine for other in theirs if other) else []


def speaking(mention: Mention) -> set[str]:
    """The state or party whose official or communiqué tells it."""
    said = mention.attribution
    return {said.state} if said is not None and said.kind in ("official", "party") and said.state else set()


def spots(where: Iterable[Where]) -> tuple[set[str], set[str]]:
    """Exact places; and all places with what they lie in, but for the state."""
    exact, areas = set(), set()
    for place in where:
        if place.exact:
            exact.add(place.id)
        areas.add(place.id)
        areas.update(name for name in place.within if name[:1].islower())
    return exact, areas
