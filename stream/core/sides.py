"""Who did it to whom, beyond the trigger's own clause: the speaker for «ما», the subject carried over from the clause or
sentence before, the soil it happened on, and the evident other side.
"""

from collections.abc import Sequence

import msgspec

from stream.core.book import Trigger
from stream.core.clauses import Clause
from stream.core.entity import Entity
from stream.core.normalise import Sentence, Token
from stream.core.parties import fill, ids
from stream.core.phrases import Hit
from stream.core.rules import Parties, Slot
from stream.core.site import Verdict
from stream.core.slots import Placed, slots


class Scene(msgspec.Struct):
    """One sentence and what stands around it. `entities`: those of the sentence; `named`: those of the whole text;
    `before`: the sentence before it; `home`: the outlet's own state."""

    sentence: Sentence
    clauses: Sequence[Clause]
    entities: Sequence[Entity]
    named: Sequence[Entity]
    before: Sentence | None
    home: str | None


class Sides(msgspec.Struct):
    """Party ids of each side, the persons among them, the officials and persons as named, and how many persons
    suffered it."""

    actors: list[str]
    recipients: list[str]
    persons: tuple[str, ...]
    officials: tuple[Entity, ...] = ()
    harmed: int = 0


def sides(scene: Scene, parties: Parties, trace: Hit[Trigger], verdict: Verdict, speaker: Entity | None) -> Sides:
    """The two sides of an event as its clause and its surroundings tell them."""
    actors, recipients = _told(scene, parties, trace, verdict, speaker)
    a = ids(actors)
    r = [party for party in ids(recipients) if party not in a]  # a state is not its own recipient
    a, r = _evident(scene, parties, verdict.clause, a, r)
    both = (*actors, *recipients)
    persons = tuple(dict.fromkeys(e.person for e in both if e.person))
    harmed = len({e.person for e in recipients if e.person})
    return Sides(a, r, persons, tuple(e for e in both if e.person or e.role or e.kind == "official"), harmed)


def _told(
    scene: Scene, parties: Parties, trace: Hit[Trigger], verdict: Verdict, speaker: Entity | None
) -> tuple[list[Entity], list[Entity]]:
    clause, tokens, begin = verdict.clause, scene.sentence.tokens, scene.sentence.first
    form = tokens[verdict.verb].form if verdict.verb is not None else None
    ours = form is not None and form.person in ("1s", "1p")
    entities = scene.entities
    if speaker is not None and speaker.parties:
        entities = _with_us(entities, scene.sentence, speaker)
    placed = slots(tokens, clause, entities, begin, trace.held, unnamed=ours)
    told = trace.what.verbal and tokens[trace.held[-1]].form is None  # «یورش برد»: a verb that is spelled like a noun
    named = not told and (verdict.verb is None or verdict.verb not in trace.held)
    led = tokens[trace.first - 1].norm if trace.first and named and parties.places_suffer else ""
    because = led in _CAUSES  # «به دلیل هدف قرار دادن …»: what the clause's subject does is something else
    if ours and speaker is not None and "subject" in parties.actors and not because:
        own = [p for p in placed if p.slot != "subject"]
        actors, recipients = fill(parties, own, None, (trace.first, trace.last), passive=False)
        if parties.places_suffer:  # «جزیرهٔ … را تصرف خواهیم کرد»: whose it is
            places = [p for p in own if p.entity.kind in ("place", "capital") and p.entity.parties]
            taken = [p.entity for p in places if p.slot == "object"]
            recipients = taken[:1] or recipients or [p.entity for p in places[:1]]
        return [speaker, *[a for a in actors if parties.reciprocal]], recipients
    passive = _passive(tokens, verdict, trace)
    occasion = named and verdict.occasion and (form is None or form.lemma in _INTRANSITIVE)
    if named and verdict.verb and (tokens[verdict.verb - 1].norm in _HARM or _died(tokens, verdict.verb)):
        occasion = True  # «با شلیکِ … یک سربازِ X کشته شد»
    deed = led in _THIS and not occasion and form is not None and tokens[(verdict.verb or 1) - 1].norm not in _DONE
    if parties.host_suffers and any(tokens[i].norm in _SHIPS for i in clause.tokens):
        placed = [p for p in placed if p.slot != "in" or not _off_shore(tokens, p.place)]
    if parties.host_suffers:
        placed = _answering(tokens, clause, _manned(tokens, placed), trace)
    if because or deed or (led in _STAGES and form is not None and form.lemma == "بودن"):
        placed = [p for p in placed if p.slot != "subject"]  # «اولویتِ X پایانِ حمله است»: X does not attack
    actors, recipients = fill(
        parties, placed, speaker, (trace.first, trace.last), passive=passive, named=named, occasion=occasion
    )
    if not actors and "subject" not in (*parties.actors, *parties.recipients) and _accused(tokens, verdict):
        actors = [p.entity for p in placed if p.slot == "object" and p.entity.kind not in _SOIL[:1]]
    answered = trace.first > 1 and [t.norm for t in tokens[trace.first - 2 : trace.first]] == ["پاسخ", "به"]
    if answered and not actors and "subject" not in parties.actors:
        recipients = [*recipients, *_subject(placed)]  # «X در پاسخ به نقضِ آتش‌بس …»: X answers the breach
    elif parties.actors and not passive and not because and not deed:
        actors = _carried(scene, parties, trace, clause, actors, recipients)
    if parties.host_suffers:
        known = {*ids(actors), *ids(recipients)}
        soil = _ON_SOIL | ({"from"} & {*parties.recipients})
        hosts = [p.entity for p in placed if p.entity.kind in _SOIL and p.slot in soil]
        recipients = [*recipients, *[h for h in hosts if h.parties and h.parties[0] not in known]]
    if parties.places_act and named and actors and "object" in parties.recipients:
        actors, recipients = _abroad(placed, actors, recipients)
    if parties.places_act and not actors:
        actors = [e for e in entities if e.kind in ("place", "capital") and e.parties][:1]
    if parties.places_act and not actors:
        actors = [msgspec.structs.replace(e, parties=e.fallback) for e in entities if e.kind == "place" and e.fallback][
            :1
        ]
    if parties.places_suffer and not recipients:
        recipients = [e for e in entities if e.kind in ("place", "capital") and e.parties][:1]
    return actors, recipients


def _died(tokens: Sequence[Token], verb: int) -> bool:
    """«جانِ خود را از دست داد»."""
    words = [token.norm for token in tokens[max(0, verb - 5) : verb]]
    return words[-2:] == ["از", "دست"] and "جان" in words


def _off_shore(tokens: Sequence[Token], at: int) -> bool:
    """A ship struck «در نزدیکیِ X», «۲۰ مایلیِ X»: that is where it was, and not whose."""
    return any(token.norm in _COAST for token in tokens[max(0, at - 3) : at])


def _manned(tokens: Sequence[Token], placed: list[Placed]) -> list[Placed]:
    """«رزمندگانِ ما در نیروی دریاییِ X»: who strikes from among a force is that force; it is no place."""
    return [
        msgspec.structs.replace(p, slot="subject")
        if p.slot == "in" and p.place and tokens[p.place - 1].norm == "در" and _of_troops(p.entity, tokens[p.place])
        else p
        for p in placed
    ]


def _of_troops(entity: Entity, head: Token) -> bool:
    return entity.kind == "organisation" and (entity.force or head.norm in _TROOPS)


def _answering(tokens: Sequence[Token], clause: Clause, placed: list[Placed], trace: Hit[Trigger]) -> list[Placed]:
    """«در پاسخ به حملهٔ X به شهرِ Y …»: Y suffered the other attack, not the answer."""
    starts = [i for i in clause.tokens if i + 2 < trace.first and tokens[i].norm in _REPLIES]
    begin = next((i for i in starts if tokens[i + 1].norm == "به"), None)
    if begin is None:
        return placed
    end = next((i for i in range(begin, trace.first) if tokens[i].norm == "،"), trace.first)
    return [p for p in placed if not (begin < p.place < end and p.entity.kind in _SITES and p.slot in _ON_SITE)]


def _abroad(
    placed: Sequence[Placed], actors: list[Entity], recipients: list[Entity]
) -> tuple[list[Entity], list[Entity]]:
    """«بازداشتِ شهروندِ X در Y»: Y's authority acts, X's citizen suffers."""
    owners = {p.entity.first for p in placed if p.slot in ("of", "object")}
    soil = [p.entity for p in placed if p.slot == "in" and p.entity.kind in ("place", "capital") and p.entity.parties]
    if not soil or any(e.first not in owners for e in actors) or set(soil[0].parties) & set(ids(actors)):
        return actors, recipients
    return soil[:1], [*actors, *recipients]


def _accused(tokens: Sequence[Token], verdict: Verdict) -> bool:
    """«… حملاتِ X را نقضِ آتش‌بس خواند», «… محکوم کرد»: the deed's owner broke it."""
    verb = tokens[verdict.verb].form if verdict.verb is not None else None
    if verb is None or not verdict.verb:
        return False
    return verb.lemma in ("خواندن", "دانستن", "نامیدن") or tokens[verdict.verb - 1].norm in ("محکوم", "توصیف")


def _with_us(entities: Sequence[Entity], sentence: Sentence, speaker: Entity) -> list[Entity]:
    """«بالگردِ ما»: the speaker's, as if named there."""
    covered = {i for e in entities for i in range(e.first, e.last)}
    us = [
        msgspec.structs.replace(speaker, first=i, last=i + 1)
        for i, token in enumerate(sentence.tokens, sentence.first)
        if token.norm == "ما" and i not in covered
    ]
    return sorted([*entities, *us], key=lambda e: e.first) if us else list(entities)


def _carried(
    scene: Scene,
    parties: Parties,
    trace: Hit[Trigger],
    clause: Clause,
    actors: list[Entity],
    recipients: Sequence[Entity],
) -> list[Entity]:
    """The subject that a clause leaves out: that of the clause before or above."""
    if "subject" in parties.recipients and "subject" not in parties.actors:
        return actors  # a subject of this rule suffers
    wanted = 2 if parties.reciprocal else 1
    at: Clause | None = clause
    verb = scene.sentence.tokens[clause.verb].form if clause.verb is not None else None
    if "subject" in (*parties.actors, *parties.recipients) or (verb is not None and verb.lemma in _NOT_DOING):
        at = _step(scene, clause)
    while at is not None and len(ids(actors)) < wanted:
        others = slots(scene.sentence.tokens, at, scene.entities, scene.sentence.first, trace.held)
        actors = [*[e for e in _subject(others, wanted) if e not in recipients], *actors]
        at = _step(scene, at)
    return actors


def _step(scene: Scene, at: Clause) -> Clause | None:
    step = at.before if at.before is not None else (at.above if at.kind != "speech" else None)
    return None if step is None else scene.clauses[step]


def _subject(placed: Sequence[Placed], wanted: int = 1) -> list[Entity]:
    return [
        p.entity
        for p in placed
        if p.slot == "subject" and p.entity.parties and p.entity.stands and p.entity.kind not in ("place", "weapon")
    ][:wanted]


def _evident(
    scene: Scene, parties: Parties, clause: Clause, actors: list[str], recipients: list[str]
) -> tuple[list[str], list[str]]:
    """The evident side that is not named: the outlet's own state at home, the counterpart, or the other side of the
    sentence or text."""
    if parties.home and not actors and not recipients and _at_home(scene):
        here = parties.places_act or parties.home == "recipients"
        home = _homely(scene) if here else [scene.home] if scene.home else []
        return (home, []) if parties.home == "actors" else ([], home)
    if parties.home == "actors" and parties.places_act and not actors and recipients == [scene.home]:
        return recipients, []  # «شهردار … بازداشت شد»: by the own state's justice
    if parties.understood and len(actors) < 2:
        return _nearest_two(scene, actors), recipients
    other = parties.counterparts
    if not recipients and len(actors) == 1:
        recipients = (
            [other[actors[0]]] if actors[0] in other else _others(scene, clause, actors) if parties.other_side else []
        )
    elif len(actors) == 1 and actors[0] in other and set(recipients) <= {*other} - {*actors}:
        recipients = [other[actors[0]], *recipients]  # told by its soil alone
    elif not actors and recipients and other.get(recipients[0], recipients[0]) not in recipients:
        actors = [other[recipients[0]]]
    return actors, recipients


def _homely(scene: Scene) -> list[str]:
    """The outlet's own state, or the only one that the text speaks of, where its own is never named."""
    named = ids([e for e in scene.named if e.kind not in ("outlet", "weapon")])
    if len(named) == 1 or scene.home is None:
        return named[:1] if len(named) == 1 else []
    return [scene.home]


def _at_home(scene: Scene) -> bool:
    """Whether nobody else can be meant: no other state is named in the sentence."""
    return not any(e.parties and scene.home not in e.parties for e in scene.entities)


def _others(scene: Scene, clause: Clause, known: Sequence[str]) -> list[str]:
    """The only other party that the clause names, else the sentence, else the nearest in the text."""
    found = [e for e in scene.entities if _counts(e)]
    for within in (set(clause.tokens), None):
        near = [e for e in found if within is None or e.first - scene.sentence.first in within]
        others = [party for party in ids(near) if party not in known]
        if others:
            return others if len(others) == 1 else []
    begin = scene.sentence.first
    around = [e for e in scene.named if _counts(e) and len(e.parties) == 1]
    around.sort(key=lambda e: (e.first > begin, abs(e.first - begin)))
    names = [e.parties[0] for e in around if e.parties[0] not in known]
    return [max(names, key=names.count)] if names else []


def _nearest_two(scene: Scene, known: list[str]) -> list[str]:
    """«دو طرف», «طرفین»: the two sides that the text names nearest, those before it first; unchanged where it names
    fewer."""
    begin, end = scene.sentence.first, scene.sentence.first + len(scene.sentence.tokens)
    around = [e for e in scene.named if _counts(e) and len(e.parties) == 1]
    around.sort(key=lambda e: (e.first >= end, abs(e.first - begin)))
    sides_ = list(dict.fromkeys([*known, *(e.parties[0] for e in around)]))
    return sides_[:2] if len(sides_) > 1 else known


def _counts(e: Entity) -> bool:
    """Whether somebody named can be a side: no place, and no state that only tells whose a newspaper is."""
    return e.kind not in ("place", "outlet") and (e.stands or e.kind not in ("state", "adjective"))


def _passive(tokens: Sequence[Token], verdict: Verdict, trace: Hit[Trigger]) -> bool:
    """«… شد», «… قرار گرفت»: what stands as subject is what was done to."""
    if verdict.verb is None or verdict.verb not in trace.held:
        return False
    verb = tokens[verdict.verb].form
    if verb is None:
        return False
    if verb.lemma == "شدن" and any(tokens[i].norm in _ENTERS for i in trace.held):
        return False  # «ارتش وارد حلب شد», «بر رقه مسلط شد»: the subject did it
    if verb.lemma == "رسیدن":
        return tokens[verdict.verb - 1].norm in _KILLED
    return verb.lemma == "شدن" or (verb.lemma == "گرفتن" and tokens[verdict.verb - 1].norm == "قرار")


_ENTERS = frozenset(["وارد", "مسلط", "چیره", "مستولی", "راهی", "روانه", "متمرکز", "مستقر", "حمله‌ور", "حملهور"])
_KILLED = frozenset(["قتل", "شهادت", "هلاکت"])  # «به قتل رسید»
_SOIL = ("place", "state", "capital")
_ON_SOIL: frozenset[Slot] = frozenset(["in", "to", "object", "against"])
# Verbs whose subject only tells of the event or suffers it («… را نقضِ آتش‌بس خواند», «… کشته شد»).
_NOT_DOING = frozenset(["شدن", "خواندن", "دانستن", "گفتن", "بودن", "رسیدن"])
_THIS = frozenset(["این", "ان", "همین"])
_DONE = frozenset(["انجام", "صورت", "اجرا", "اغاز"])
_TROOPS = frozenset(["نیرو", "نیروی", "نیروهای", "ارتش", "سپاه", "یگان", "گردان", "تیپ", "لشکر"])
_REPLIES = frozenset(["پاسخ", "واکنش", "تلافی", "جواب"])
_SITES = ("place", "capital")
_ON_SITE: frozenset[Slot] = frozenset(["in", "to", "against", "from"])
_STAGES = frozenset(["پایان", "توقف", "ادامه", "اغاز", "قطع"])
_CAUSES = frozenset(["دلیل", "علت", "خاطر", "سبب", "اثر"])
_HARM = frozenset(
    ["کشته", "زخمی", "مجروح", "مصدوم", "شهید", "قتل", "هلاکت", "اسیب", "تلفات", "منهدم", "ویران", "تخریب"]
)
_SHIPS = frozenset(["کشتی", "نفتکش", "لنج", "شناور", "قایق"])
_COAST = frozenset(["نزدیکی", "نزدیک", "حوالی", "سواحل", "ساحل", "مایلی", "مایل"])
_INTRANSITIVE = frozenset(["شدن", "باختن", "یافتن", "دیدن", "رسیدن", "بودن", "رخ", "افتادن"])
