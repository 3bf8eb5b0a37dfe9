"""Whose an office or body is that stands without a state: «این کشور», «او», the one named before, or the outlet's own."""

from collections.abc import Sequence

import msgspec

from stream.core.entity import DEFAULT_STATE, Entity
from stream.core.normalise import Token


def with_this_country(entities: list[Entity], tokens: Sequence[Token]) -> list[Entity]:
    """«این کشور» stands for the state named before it."""
    looked = [n for n, token in enumerate(tokens) if token.norm in _LOOKED]
    if not looked:
        return entities
    covered = {i for e in entities for i in range(e.first, e.last)}
    added = []
    for i in [n - 1 for n in looked if n and tokens[n].norm == "کشور"]:
        if tokens[i].norm in ("این", "ان") and i not in covered and i + 1 not in covered:
            before = [e for e in entities if e.last <= i and e.kind in _STATELY and len(e.parties) == 1]
            owner = any(e.last == i and e.kind in ("official", "organisation") for e in entities)
            if before and not owner:
                last = before[-1]
                added.append(Entity(i, i + 2, "state", last.parties[0], last.name, last.parties))
    added += _pronouns(entities, [n for n in looked if n not in covered and tokens[n].norm != "کشور"])
    return sorted([*entities, *added], key=lambda e: e.first) if added else entities


_LOOKED = frozenset(["کشور", "او", "وی"])


def _pronouns(entities: list[Entity], places: Sequence[int]) -> list[Entity]:
    """«او», «وی» (the tokens at `places`) stand for the person named last."""
    out = []
    people = [e for e in entities if e.kind in ("official", "person") and e.parties]
    for i in places:
        before = [e for e in people if e.last <= i]
        if before:
            last = before[-1]
            out.append(msgspec.structs.replace(last, first=i, last=i + 1))
    return out


def _stationed(body: Entity, following: Sequence[Entity], tokens: Sequence[Token]) -> tuple[str, ...]:
    """«پاسگاه پلیس در X»: the police of the state where it stands."""
    here = body.last < len(tokens) and tokens[body.last].norm == "در"
    return next((e.parties for e in following if here and e.first - body.last <= _WITHIN and e.kind in _LAND), ())


_WITHIN = 4  # tokens from «در» to the place
_LAND = frozenset(["place", "state", "capital"])
_STATELY = frozenset(["state", "adjective", "capital", "official", "organisation", "person"])


def gap_between(tokens: Sequence[Token], start: int, end: int) -> list[str]:
    """The words between two places: at most two of them, since whoever asks wants to hear of none or one."""
    return [token.norm for token in tokens[start : min(end, start + 2)]]


def _this_country(entity: Entity, tokens: Sequence[Token]) -> bool:
    """«ارتش این کشور», «رئیس‌جمهور کشورش»."""
    after = gap_between(tokens, entity.last, min(entity.last + 2, len(tokens)))
    return after[:2] in (["این", "کشور"], ["ان", "کشور"]) or after[:1] == ["کشورش"] or after[:2] == ["کشور", "خود"]


_APART = frozenset(["را", "و", "که", "به", "از", "در", "با", "بر", "برای", "تا", "علیه", "درباره", "میان", "بین"])


def _further(office: Entity, following: Sequence[Entity], tokens: Sequence[Token]) -> tuple[str, ...]:
    """«معاون هیئت دیپلماتیک X»: the state that a few words further ends the office's title."""
    for after in following:
        between = tokens[office.last : after.first]
        titled = all(t.norm[0].isalpha() and not t.verb and t.norm not in _APART for t in between)
        if 0 < len(between) <= 3 and titled and after.kind in ("state", "adjective", "organisation"):
            return after.parties
    return ()


def _of_both(entity: Entity, tokens: Sequence[Token]) -> bool:
    """«وزیران خارجه دو کشور»: of two states, not of one's own."""
    after = gap_between(tokens, entity.last, min(entity.last + 2, len(tokens)))
    return after[:1] == ["دو"] and after[1:] in (["کشور"], ["طرف"], ["دولت"], ["کره"])


def resolve(entities: list[Entity], outlet_country: str | None, tokens: Sequence[Token]) -> None:
    """Give an office or body without a state the one that «این کشور» means, or that it had before in this text, else
    the outlet's own."""
    known: dict[str, tuple[str, ...]] = {}
    at_home = outlet_country in (None, DEFAULT_STATE)
    last: tuple[str, ...] = ()
    leader: tuple[str, ...] = ()
    for n, entity in enumerate(entities):
        if not entity.parties and entity.kind in ("official", "organisation") and _this_country(entity, tokens):
            entity.parties = last
        if not entity.parties and (entity.kind == "official" or (entity.force and not entity.fallback)):
            entity.parties = _further(entity, entities[n + 1 : n + 2], tokens)
        if entity.kind in ("state", "adjective", "capital", "official", "organisation", "person") and entity.parties:
            last = entity.parties
        if entity.kind in ("official", "person") and entity.parties:
            leader = entity.parties
        office = entity.role if entity.kind == "official" else None
        if entity.kind == "organisation":
            office = entity.id.partition(":")[0]
        if office is None:
            continue
        if entity.parties:
            known.setdefault(office, entity.parties)
        elif entity.stands and not _of_both(entity, tokens):
            bare = entity.fallback if at_home or entity.kind == "organisation" else ()
            if entity.kind == "organisation" and not entity.fallback and entity.force:
                bare = leader or (() if last else _stationed(entity, entities[n + 1 : n + 2], tokens))
                bare = bare or ((DEFAULT_STATE,) if at_home and not last else ())  # «نتانیاهو: ارتش …»
            entity.parties = known.get(office, bare)
