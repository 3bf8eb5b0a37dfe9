"""Who did it to whom: the slot of each named party in the trigger's clause, and the roles that a rule fills from them.

A slot is read off the words around a name, as Persian marks it: «را» after, a preposition before, ezafe after the event
noun, or nothing (the subject).
"""

from collections.abc import Sequence

import msgspec

from stream.core.clauses import Clause
from stream.core.normalise import Token
from stream.core.rules import Parties, Slot
from stream.core.tag import Entity

_PREPOSITIONS: dict[str, Slot] = {
    "علیه": "against",
    "ضد": "against",
    "برضد": "against",
    "برابر": "against",
    "به": "to",
    "روی": "to",
    "سمت": "to",
    "سوی": "to",
    "بر": "against",
    "با": "with",
    "توسط": "by",
    "بوسیله": "by",
    "میان": "between",
    "بین": "between",
    "از": "from",
    "در": "in",
    "برای": "to",
    "خاک": "in",
    "داخل": "in",
    "جانب": "by",
    "طرف": "by",
    "دست": "by",
    "درباره": "near",
    "پیرامون": "near",
}
_BY = frozenset(["سوی", "جانب", "طرف", "سو"])  # «از سویِ»
_HARD_STOPS = frozenset(["که", "؛", ":", "\n"])
_QUOTES = frozenset(["«", "»", '"', "”", "“"])
_AND = frozenset(["و", "،", "یا", "همچنین"])
# Words that show a party through what belongs to it: «شرکت‌های ایرانی», «خاک لبنان», «جنگنده‌های اسرائیل»
_PART_OF = frozenset(["شماری", "برخی", "یکی", "تعدادی", "بخشی", "بسیاری", "بعضی", "دسته", "دسته‌ای", "چند"])
_LOOK_BACK = 9
_CAPITAL_ACTS: frozenset[Slot] = frozenset(["subject", "by", "with", "between", "against"])


class Placed(msgspec.Struct, gc=False):
    """An entity with its slot in a clause."""

    entity: Entity
    slot: Slot
    place: int  # token index within the sentence


def slots(
    tokens: Sequence[Token], clause: Clause, entities: Sequence[Entity], first: int, held: Sequence[int]
) -> list[Placed]:
    """Slots of the entities of one clause. `entities` count tokens in the text, `first` is the sentence's first token;
    `held`, the tokens of the trigger's words, count within the sentence."""
    inside = set(clause.tokens)
    placed: list[Placed] = []
    starts = {e.first - first for e in entities}
    covered = {i for e in entities for i in range(e.first - first, e.last - first)}
    for entity in entities:
        at = entity.first - first
        if at not in inside or entity.kind == "outlet":
            continue
        if all(i in held for i in range(at, entity.last - first)):
            continue
        placed.append(Placed(entity, _slot(tokens, inside, entity, first, held, placed, starts, covered), at))
    return placed


def _slot(
    tokens: Sequence[Token],
    inside: set[int],
    entity: Entity,
    first: int,
    held: Sequence[int],
    placed: Sequence[Placed],
    starts: set[int],
    covered: set[int],
) -> Slot:
    at, end = entity.first - first, entity.last - first
    # a list: «ایران و روسیه», «آلمان، فرانسه و انگلیس»
    if placed and at and tokens[at - 1].norm in _AND:
        before = placed[-1]
        if (
            tokens[at - 1].norm == "،"
            and before.entity.kind == "place"
            and entity.kind in ("place", "state", "capital")
        ):
            return before.slot  # «در صور، جنوب لبنان»
        comma_only = tokens[at - 1].norm == "،" and not (
            end < len(tokens) and tokens[end].norm in _AND and end + 1 in starts
        )
        if before.entity.last - first == at - 1 and not comma_only:
            return before.slot
    marker: Slot | None = None
    i = at - 1
    steps = 0
    while i >= 0 and steps < _LOOK_BACK:
        if i not in inside:
            break
        norm = tokens[i].norm
        if norm in _QUOTES:
            i -= 1
            continue
        if i in held and not tokens[i].verb and norm not in _PREPOSITIONS:
            return "object" if end < len(tokens) and tokens[end].norm == "را" else "of"
        if i in covered:
            beside = placed[-1].entity if placed else None
            if steps == 0 and beside and beside.last - first == at and beside.kind in ("place", "capital"):
                return placed[-1].slot  # «مسکو روسیه»
            break  # past another name, what stands there marks that one
        if norm in _HARD_STOPS or tokens[i].verb or norm == "را":
            break
        if norm in _AND and steps == 0:
            break
        if norm in ("،", "(", ")"):
            break
        found = _PREPOSITIONS.get(norm)
        if found is not None:
            prior = tokens[i - 1].norm if i else ""
            if norm in _BY or norm == "دست":
                if prior == ("به" if norm == "دست" else "از"):
                    return "by"
                if norm != "سوی":
                    i -= 1
                    steps += 1
                    continue
            if norm == "از" and (prior in _PART_OF or prior.isdigit()):
                i -= 1  # «علیه شماری از شرکت‌های …»: part of a whole, the marker stands before
                steps += 1
                continue
            marker = "near" if norm in ("در", "به", "بر") and _about(tokens, i) else found
            break
        i -= 1
        steps += 1
    if marker is not None:
        return marker
    subject_before = any(p.slot in ("subject", "of", "by") for p in placed)
    aside = False  # within a prepositional phrase between the object and its «را»
    for k in range(end, min(end + 2 * _LOOK_BACK, len(tokens))):
        norm = tokens[k].norm
        if norm == "را" and k in inside:
            return "object" if k == end or subject_before else "subject"
        if norm in _PREPOSITIONS:
            aside = True
        if (k in starts and not aside) or norm == "خود" or tokens[k].verb or norm in _HARD_STOPS or norm == "،":
            break
    return "subject"


_ABOUT = frozenset(
    ["مورد", "خصوص", "باره", "دلیل", "خاطر", "سر", "زمینه", "قبال", "رغم", "منظور", "نقل", "گفته", "گزارش"]
)


def _about(tokens: Sequence[Token], i: int) -> bool:
    """«در موردِ», «به دلیلِ», «بر سرِ»: what follows is what it is about, no party."""
    return i + 1 < len(tokens) and tokens[i + 1].norm in _ABOUT


def fill(
    parties: Parties,
    placed: Sequence[Placed],
    speaker: Entity | None,
    trigger: tuple[int, int],
    *,
    passive: bool,
    named: bool = False,
    occasion: bool = False,
) -> tuple[list[Entity], list[Entity]]:
    """The entities that a rule takes as actors and recipients, in text order.

    `passive`: the subject suffers. `named`: the trigger is a noun, whose owner («حملهٔ X») comes before the clause's
    subject. `occasion`: that noun only tells when («در حملهٔ …»), and the verbless or intransitive clause's subject is who
    suffered.
    """
    usable = [p for p in placed if p.entity.parties and p.entity.kind not in ("place", "outlet")]
    if parties.reciprocal:
        wanted = set(parties.actors)
        actors = [p.entity for p in usable if p.slot in wanted and p.entity.stands]
        if len(ids(actors)) < 2:
            actors += [p.entity for p in usable if p.slot in parties.last_resort and p.entity.stands]
        if speaker is not None and len(ids(actors)) < 2 and speaker.parties:
            actors = [speaker, *actors]
        return actors, []
    acting: list[tuple[int, Placed]] = []
    suffering: list[Placed] = []
    both: list[Placed] = []
    for p in usable:
        slot: Slot = p.slot
        if (passive or occasion) and slot == "subject" and p.place < trigger[1]:
            slot = "object"
        if p.entity.kind == "capital" and slot not in _CAPITAL_ACTS:
            continue  # «زندان تهران»: a place, no party
        does = slot in parties.actors and p.entity.stands
        suffers = slot in parties.recipients
        if does and suffers:
            both.append(p)
        elif does:
            rank = parties.actors.index(slot)
            acting.append((rank - len(parties.actors) if named and slot in ("of", "by") else rank, p))
        elif suffers:
            suffering.append(p)
    if both:
        # «تحریم‌های آمریکا علیه …» is by America, «تحریم‌های سوریه را لغو کرد» is on Syria
        if acting or not suffering:
            suffering += both if acting else []
            acting += [] if acting else [(0, p) for p in both]
        else:
            acting += [(0, p) for p in both]
    found = _best(acting)
    out_actors = [p.entity for p in found]
    if not out_actors and speaker is not None and "speaker" in parties.actors:
        out_actors = [speaker]
    return out_actors, [p.entity for p in suffering if p not in found]


def _best(found: list[tuple[int, Placed]]) -> list[Placed]:
    """Those in the most preferred slot that is filled."""
    if not found:
        return []
    best = min(rank for rank, _ in found)
    return [p for rank, p in found if rank == best]


def ids(entities: Sequence[Entity]) -> list[str]:
    """Party ids of entities, each once, in order."""
    out: list[str] = []
    for entity in entities:
        for party in entity.parties:
            if party not in out:
                out.append(party)
    return out
