"""What is planned: with a date it goes to the topic `agenda`, never to alerts; and every plan is remembered, so that its end
can be told.

Reports of one plan: same type, parties that do not contradict, and the same day where both tell one.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Literal

import msgspec

from stream.core.calendars import tehran_day
from stream.core.correlate import Support, reported
from stream.core.line import first_words
from stream.core.policy import Policy, RuleFacts
from stream.core.reckon import end_of, source
from stream.core.records import Attribution, Evidence, Hold, Mention, Mentions, Record, Source


class Agenda(Record, frozen=True, kw_only=True):
    """One message about one plan with a date: a record of the topic `agenda`. `text`: a verbatim slice of the report.

    `because`, of a cancel: `called_off`, `denied` (by the party itself), `taken_back` (by all its sources).
    """

    schema_version: int = 1
    id: str  # digest of the plan's id and of what the message says
    plan: str  # digest of the mention that told it first
    kind: Literal["create", "update", "cancel"]
    because: Literal["", "called_off", "denied", "taken_back"] = ""
    desk: str
    type: str
    text: str
    day: str  # ISO date in Tehran
    hour: str | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    attribution: Attribution | None = None
    evidence: tuple[Evidence, ...] = ()
    url: str | None = None
    sources: tuple[Source, ...] = ()
    rule: str = ""
    rulebook: str = ""
    why: tuple[str, ...] = ()
    published: datetime | None = None
    received: datetime


class Plan(msgspec.Struct, kw_only=True):
    """An open plan. `day` is None where no report tells one; `messages`: how many told it."""

    id: str
    type: str
    desk: str
    received: datetime
    day: str | None
    sources: dict[str, Support]  # by uri, in order of arrival
    messages: int = 0

    @property
    def told(self) -> bool:
        """Whether it is on the agenda."""
        return self.messages > 0

    @property
    def parties(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Actors and recipients that its reports name together."""
        mentions = [support.mention for support in self.sources.values()]
        return union(m.actors for m in mentions), union(m.recipients for m in mentions)


class Plans(msgspec.Struct, kw_only=True):
    """All open plans by id, in order of arrival: part of the machine's state."""

    plans: dict[str, Plan] = {}
    swept: datetime | None = None  # when old ones were last looked for

    def put(self, record: Mentions, support: Support, facts: RuleFacts, policy: Policy) -> tuple[str, Agenda | Hold]:
        """Note a planned mention: on the agenda where it is dated and new, else held. Gives the plan's id too."""
        mention = support.mention
        day = mention.day if mention.day is not None and mention.day >= today(record) else None
        name = digest(record.uri, record.version, mention.type, mention.actors, mention.recipients, day)
        plan = self.find(mention, day) or self.plans.get(name)
        if plan is None:
            plan = Plan(
                id=name,
                type=mention.type,
                desk=facts.desk,
                received=record.origin.received,
                day=day,
                sources={},
            )
            self.plans[plan.id] = plan
            while len(self.plans) > policy.bounds.plans:
                del self.plans[next(iter(self.plans))]
        before = plan.parties
        plan.sources[record.uri] = support
        plan.day = plan.day or day
        if plan.day is None:
            return plan.id, Hold(reason="status_planned", uri=record.uri, type=mention.type)
        if plan.told and plan.parties == before:
            return plan.id, Hold(reason="agenda_known", detail=plan.id, uri=record.uri, type=mention.type)
        kind: Literal["create", "update"] = "update" if plan.told else "create"
        return plan.id, agenda(kind, plan, record, policy)

    def find(self, mention: Mention, day: str | None) -> Plan | None:
        """The latest open plan that the mention is about."""
        for plan in reversed(self.plans.values()):
            same_day = plan.day is None or day is None or plan.day == day
            if plan.type == mention.type and same_day and fit(plan.parties, (mention.actors, mention.recipients)):
                return plan
        return None

    def lose(self, record: Mentions, kept: Iterable[str], policy: Policy) -> tuple[Agenda, ...]:
        """The article no longer tells its plans, but those with the ids `kept`; a plan without a report is taken back."""
        out = []
        for plan in [p for p in self.plans.values() if record.uri in p.sources and p.id not in kept]:
            if len(plan.sources) > 1:
                del plan.sources[record.uri]
                continue
            del self.plans[plan.id]
            if plan.told:
                out.append(agenda("cancel", plan, record, policy, "taken_back"))
        return tuple(out)

    def end(
        self, plan: Plan, record: Mentions, policy: Policy, because: Literal["called_off", "denied"]
    ) -> Agenda | None:
        """The plan is off; what the agenda is told, if it was there."""
        del self.plans[plan.id]
        return agenda("cancel", plan, record, policy, because) if plan.told else None

    def advance(self, now: datetime, policy: Policy) -> None:
        """Forget plans whose day is over, and those without a day that are older than policy keeps; looked for hourly."""
        if self.swept is not None and now - self.swept < timedelta(hours=1):
            return
        self.swept = now
        oldest = now - timedelta(hours=policy.hours.plans)
        over = [
            plan.id
            for plan in self.plans.values()
            if (plan.received < oldest if plan.day is None else end_of(date.fromisoformat(plan.day)) < now)
        ]
        for name in over:
            del self.plans[name]


def agenda(
    kind: Literal["create", "update", "cancel"],
    plan: Plan,
    record: Mentions,
    policy: Policy,
    because: Literal["", "called_off", "denied", "taken_back"] = "",
) -> Agenda:
    """The message about a plan as its reports tell it together, in the words of the latest."""
    supports = list(plan.sources.values())
    mentions = [support.mention for support in supports]
    latest, mention = supports[-1], mentions[-1]
    actors, recipients = plan.parties
    made = Agenda(
        id="",
        plan=plan.id,
        kind=kind,
        because=because,
        desk=plan.desk,
        type=plan.type,
        text=first_words(latest),
        day=plan.day or "",
        hour=next((m.hour for m in mentions if m.hour), None),
        actors=actors,
        recipients=recipients,
        persons=union(m.persons for m in mentions),
        places=union(m.places for m in mentions),
        attribution=mention.attribution,
        evidence=mention.evidence,
        url=latest.url,
        sources=tuple(source(support) for support in supports[: policy.bounds.sources_shown]),
        rule=mention.rule,
        rulebook=record.rulebook,
        why=mention.why,
        published=latest.published,
        received=record.origin.received,
    )
    plan.messages += 1
    return msgspec.structs.replace(made, id=digest(plan.id, plan.messages, kind, because, actors, recipients))


def fit(one: tuple[Sequence[str], Sequence[str]], other: tuple[Sequence[str], Sequence[str]]) -> bool:
    """Whether actors and recipients of two reports may be the same: some party in common, and one names all of the other."""
    mine, theirs = {*one[0], *one[1]}, {*other[0], *other[1]}
    return bool(mine & theirs) and (mine <= theirs or theirs <= mine)


def today(record: Mentions) -> str:
    """The day of the report in Tehran."""
    return tehran_day(reported(record)).isoformat()


def union(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """All names, each once, in order."""
    return tuple(dict.fromkeys(name for group in groups for name in group))


def digest(*parts: object) -> str:
    """An id that depends on its parts alone."""
    return sha256(msgspec.json.encode(parts)).hexdigest()[:32]
