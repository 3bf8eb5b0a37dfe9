"""Within one article: several sentences about one event are one mention, with the clearest evidence.

Same event: same type, same time, parties that do not contradict (one side unnamed fits). Of a claim and a fact the fact
stays; a plan, a denial or a proposal stays beside what happened, since it may be another event.
"""

from collections.abc import Sequence

import msgspec

from stream.core.records import Mention
from stream.core.status import PRESUPPOSED, VERBLESS

_TOLD = ("happened", "claimed")


def gather(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """One mention per event, in the order of the text."""
    out = _without_references(_without_vague(_without_sounds(_without_general(mentions))))
    while True:  # what is joined may now fit what stood apart before
        joined = _once(out)
        if len(joined) == len(out):
            return tuple(joined)
        out = joined


def _once(mentions: Sequence[Mention]) -> list[Mention]:
    out: list[Mention] = []
    for mention in mentions:
        for n, other in _candidates(out, mention):
            if _same(other, mention):
                out[n] = _joined(other, mention)
                break
        else:
            out.append(mention)
    return out


def _candidates(out: Sequence[Mention], mention: Mention) -> list[tuple[int, Mention]]:
    """What a mention may belong to, the likeliest first: that with whom it shares most, of equals the first."""
    parties = {*mention.actors, *mention.recipients}
    return sorted(enumerate(out), key=lambda item: -len(parties & {*item[1].actors, *item[1].recipients}))


def _without_general(mentions: Sequence[Mention]) -> list[Mention]:
    """A killing in a strike or shooting is told once: what the same clause tells of it as an attack says no more."""
    killed = {(m.evidence[0].start, m.actors) for m in mentions if m.type == "attack.assassination"}
    told = _GENERAL | {"explosion.unknown"}
    return [m for m in mentions if m.type not in told or (m.evidence[0].start, m.actors) not in killed]


def _without_sounds(mentions: Sequence[Mention]) -> list[Mention]:
    """An explosion whose cause the text tells nearby, a strike or a bomb at the same place, is no unknown one."""
    causes = [m for m in mentions if m.type in _GENERAL and m.status in _TOLD and m.time == "current"]
    return [m for m in mentions if m.type != "explosion.unknown" or not any(_explains(c, m) for c in causes)]


def _explains(cause: Mention, heard: Mention) -> bool:
    near = abs(cause.evidence[0].start - heard.evidence[0].start) <= _NEARBY
    if cause.places and heard.places and not {*cause.places} & {*heard.places}:
        return False  # another town's
    return near and (not cause.recipients or bool({*cause.recipients} & {*heard.recipients}))


def _without_vague(mentions: Sequence[Mention]) -> list[Mention]:
    """A headline without a verb («سفر … به …») leaves open whether it happened: what the text says of it counts."""
    out = []
    for n, mention in enumerate(mentions):
        if mention.headline and VERBLESS in mention.why and mention.status == "happened":
            told = [m for m in mentions[n + 1 :] if m.type == mention.type and _fit(m.actors, mention.actors)]
            clear = [m for m in told if VERBLESS not in m.why and not any(w.startswith("presupposed") for w in m.why)]
            if clear and not any(m.status in _TOLD and m.time == "current" for m in clear):
                continue
        out.append(mention)
    return out


def _without_references(mentions: Sequence[Mention]) -> list[Mention]:
    """Where a text tells an event, one that another noun only alludes to, undated, is no mention of its own."""
    if not any(m.status in _TOLD and m.time == "current" for m in mentions):
        return list(mentions)
    return [m for m in mentions if m.time != "background" or not _alludes(m)]


def _alludes(mention: Mention) -> bool:
    why = mention.why
    return any(w.startswith(PRESUPPOSED) for w in why) and not any(w.startswith("date:") for w in why)


ANAPHOR = "refers back: «این …»"  # the sentence speaks of the event that the one before told
_NEXT = 3  # characters between two clauses of one sentence
_GENERAL = frozenset(["attack.armed", "attack.terror"])
_NEARBY = 400  # characters
_SINGLE = frozenset(["disaster.natural", "accident"])  # two of them in one text are two mentions


def _same(a: Mention, b: Mention) -> bool:
    if a.type != b.type:
        return False
    if _clash(a, b) or _clash(b, a):
        return a.time == b.time  # «تبادل آتش میان X و Y» beside what one of them did
    if not b.actors and a.actors and a.time == b.time and 0 <= b.evidence[0].start - a.evidence[0].end <= _NEXT:
        return True  # «… و منهدم شد»: the clause goes on
    if set(a.actors) & set(b.recipients) or set(a.recipients) & set(b.actors):
        return not (a.actors and b.actors) and bool(set(a.recipients) & set(b.recipients))  # else the other side's act
    if ANAPHOR in b.why and a.status in _TOLD and b.status in _TOLD:
        return _fit((*a.actors, *a.recipients), (*b.actors, *b.recipients))
    if a.time != b.time:
        return False
    if a.status != b.status and not (a.status in _TOLD and b.status in _TOLD):
        return False
    if a.type in _SINGLE and a.places and b.places and not set(a.places) & set(b.places):
        return False
    if a.day is not None and b.day is not None and a.day != b.day and a.time == "background":
        return False
    if a.type == "attack.armed" and set(a.actors) & set(b.actors):
        return True  # strikes by one side in one report are one
    return _fit(a.actors, b.actors) and _fit(a.recipients, b.recipients)


def _clash(a: Mention, b: Mention) -> bool:
    """Whether `a` names as actors both sides of `b`."""
    return bool(b.actors and b.recipients) and not a.recipients and {*a.actors} == {*b.actors, *b.recipients}


def _fit(a: Sequence[str], b: Sequence[str]) -> bool:
    """One side unnamed, or named in part, fits."""
    return not a or not b or set(a) <= set(b) or set(b) <= set(a)


def _marked(a: Mention) -> bool:
    """A headline that calls it a claim («ادعای …», «مدعی … شد»): what the body repeats proves nothing more."""
    return a.headline and any("claim «" in w and ("ادعا" in w or "مدعی" in w) for w in a.why)


def _joined(a: Mention, b: Mention) -> Mention:
    """Keep the stronger status and the fuller parties; evidence of the one kept, the other's beside it."""
    proven = a.status == "claimed" and b.status == "happened" and not _marked(a)
    best, other = (b, a) if proven else (a, b)
    if len(b.actors) + len(b.recipients) > len(a.actors) + len(a.recipients) and a.status == b.status:
        best, other = b, a
    fuller_actors = best.actors if len(best.actors) >= len(other.actors) else other.actors
    fuller_recipients = tuple(dict.fromkeys((*best.recipients, *other.recipients)))
    if _clash(a, b) or _clash(b, a):
        one_sided = b if _clash(a, b) else a
        fuller_actors, fuller_recipients = one_sided.actors, one_sided.recipients
    evidence = best.evidence + tuple(e for e in other.evidence if e not in best.evidence)
    return msgspec.structs.replace(
        best,
        actors=fuller_actors,
        recipients=tuple(r for r in fuller_recipients if r not in fuller_actors),
        persons=tuple(dict.fromkeys((*best.persons, *other.persons))),
        places=tuple(dict.fromkeys((*best.places, *other.places))),
        first=best.first if best.first and best.first.since else other.first or best.first,
        evidence=evidence[:3],
        attribution=best.attribution or other.attribution,
        day=best.day or other.day,
        headline=best.headline or other.headline,
        numbers=tuple(dict.fromkeys((*best.numbers, *other.numbers))),
        roles=tuple(dict.fromkeys((*best.roles, *other.roles))),
        hour=best.hour or other.hour,
        revealed=best.revealed or other.revealed,
    )
