"""Who did it to whom: the roles that a rule fills from the slots of the parties named in its clause."""

from collections.abc import Sequence

from stream.core.entity import Entity
from stream.core.rules import Parties, Slot
from stream.core.slots import Placed

_SPEAKING = ("official", "organisation", "person")
_CAPITAL_ACTS: frozenset[Slot] = frozenset(["subject", "by", "with", "between", "against"])


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
        usable = [p for p in usable if p.entity.kind != "weapon"]
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
        if slot == "of" and p.target and parties.places_suffer:
            slot = "object"
        if slot == "subject" and (
            occasion or (passive and p.place < trigger[1]) or (p.target and parties.places_suffer)
        ):
            slot = "object"
        recalled = slot == "from" and slot in parties.recipients and not parties.places_suffer
        if p.entity.kind == "capital" and slot not in _CAPITAL_ACTS and not recalled:
            continue  # «زندان تهران»: a place, no party; «سفیر خود را از تهران فراخواند»: one
        does = slot in parties.actors and p.entity.stands
        suffers = slot in parties.recipients
        if named and slot == "subject" and suffers and not does and p.entity.kind == "group":
            acting.append((len(parties.actors), p))  # «X مسئولیتِ حمله را پذیرفت»
            continue
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
    if named and not occasion:  # who speaks of the event does not suffer it, where another does
        others = [p for p in suffering if p.slot != "subject" or p.entity.kind not in _SPEAKING]
        suffering = others or suffering
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
