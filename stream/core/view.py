"""One sentence under the rules: its clauses, cues, dates and names, and what each trigger in it comes to."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

from stream.core.book import RESULT, Book, CuePhrase, Trigger
from stream.core.calendars import tehran_day
from stream.core.clauses import Clause, clauses_of
from stream.core.date_spans import DateSpan
from stream.core.entity import DEFAULT_STATE, Entity, begin_of
from stream.core.figures import figures, offices, told_hour, weighs
from stream.core.first import first_claim
from stream.core.gather import ANAPHOR
from stream.core.leads import CARRIES, heading, lead_of
from stream.core.normalise import Sentence, Text, Token
from stream.core.numbers import TOLL_WORDS
from stream.core.phrases import Hit
from stream.core.quoted import quoted
from stream.core.records import Attribution, Evidence, Mention, Miss, Quantity
from stream.core.rules import Rule
from stream.core.scan import Scan
from stream.core.sentence_dates import dates_of
from stream.core.sides import Scene, Sides, sides
from stream.core.site import Site, Verdict
from stream.core.slots import Placed, slots
from stream.core.status import decide_status
from stream.core.when import RECENT

T = TypeVar("T")


class View:
    """One sentence with what was found in it; all indexes inside count its own tokens."""

    def __init__(
        self, text: Text, sentence: Sentence, number: int, hits: Scan, entities: Sequence[Entity], book: Book
    ) -> None:
        self.text, self.sentence, self.number, self.book = text, sentence, number, book
        self.begin = sentence.first
        outlet = text.article.outlet
        self.home = book.outlet_countries.get(outlet, DEFAULT_STATE) if outlet else DEFAULT_STATE
        self._hits, self._named = hits, entities
        self.guards = hits.guards.get(number, [])

    # The rest is looked for once a trigger passes its guards.

    @cached_property
    def clauses(self) -> Sequence[Clause]:
        return self._clauses[0]

    @cached_property
    def where(self) -> Sequence[int]:
        """The number of each token's clause."""
        return self._clauses[1]

    @cached_property
    def _clauses(self) -> tuple[Sequence[Clause], Sequence[int]]:
        return clauses_of(self.sentence.tokens)

    @cached_property
    def entities(self) -> list[Entity]:
        """The sentence's."""
        return self._within(self.sentence)

    def _within(self, sentence: Sentence) -> list[Entity]:
        first = bisect_left(self._named, sentence.first, key=begin_of)
        return list(self._named[first : bisect_left(self._named, sentence.first + len(sentence.tokens), key=begin_of)])

    @cached_property
    def scene(self) -> Scene:
        return Scene(
            sentence=self.sentence,
            clauses=self.clauses,
            entities=self.entities,
            named=self._named,
            before=self.text.sentences[self.number - 1] if self.number else None,
            home=self.home,
        )

    @cached_property
    def cues(self) -> list[Hit[CuePhrase]]:
        """The sentence's."""
        return [_shift(hit, self.begin) for hit in self._hits.cues_in.get(self.number, ())]

    @cached_property
    def lead(self) -> Sentence | None:
        return lead_of(self.text, self.number)

    @cached_property
    def carried(self) -> list[Hit[CuePhrase]]:
        """Cues of the lead, or of the line that heads a flash."""
        if self.lead is not None:
            a, b = self.lead.first, self.lead.first + len(self.lead.tokens)
            return [h for h in self._hits.cues if a <= h.first < b and "lead" in h.what.cue.scope]
        few = self.number and len(self.text.sentences) <= CARRIES
        return heading(self.text, self._hits.cues) if few else []

    @cached_property
    def teller(self) -> Entity | None:
        """Who speaks in the lead."""
        named = self._within(self.lead) if self.lead is not None else []
        return next((e for e in reversed(named) if e.kind not in _MUTE and e.parties), None)

    @cached_property
    def dates(self) -> list[DateSpan]:
        """Dates of the sentence; looked for once a trigger passes its guards."""
        return dates_of(self.sentence, self.text.article)

    def judge(self, hit: Hit[Trigger]) -> Mention | Miss:
        rule = self.book.rules[hit.what.rule]
        here = _shift(hit, self.begin)
        miss = self._guarded(rule, hit)
        if miss is not None:
            return miss
        article = self.text.article
        known = article.published_precision != "unknown"
        verdict = decide_status(
            Site(
                tokens=self.sentence.tokens,
                clauses=self.clauses,
                where=self.where,
                first=here.first,
                last=here.last,
                held=here.held,
                verbal=_tells(hit, self.sentence.tokens[here.held[-1]]) or self._spoken(hit, here),
                cues=self.cues,
                dates=self.dates,
                published=tehran_day(article.published) if known else None,
                flash=self.sentence.title or len(self.text.sentences) <= _FLASH,
                deep=self.begin > _DEEP and (not known or len(self.text.tokens) > 2 * _DEEP),
                result=any(g.what.rule == hit.what.rule and g.what.name == RESULT for g in self.guards),
                present=rule.detect.present,
                carried=self.carried,
                telling=hit.what.phrase in rule.detect.occasions,
                negative=hit.what.negative,
                uttered=rule.detect.uttered,
                named=rule.detect.named,
                deal=rule.type == "agreement.signed",
                accuses=rule.detect.accuses,
                deaf_to=rule.detect.deaf_to,
            ),
            rule.detect.noun_alone,
        )
        if verdict.silenced is not None:
            return self._miss(rule, hit, "no_event", verdict.silenced)
        speaker = self._speaker(verdict.clause) or self._first_person(verdict)
        who = sides(self.scene, rule.detect.parties, here, verdict, speaker)
        a = who.actors
        if hit.what.future and rule.detect.uttered and speaker is not None and not set(speaker.parties) & set(a):
            return self._miss(rule, hit, "no_event", "said of another")
        if hit.what.future and rule.detect.uttered and speaker is None and self._foretold(verdict):
            return self._miss(rule, hit, "no_event", "said of another")
        miss = self._needs(rule, hit, who) or self._somewhere(rule, hit, here, verdict)
        if miss is not None:
            return miss
        return self._mention(rule, here, verdict, who, speaker)

    def _spoken(self, hit: Hit[Trigger], here: Hit[Trigger]) -> bool:
        """«حریم هوایی رو بستن»: a spoken third person, spelled like the infinitive, that ends its clause."""
        last = here.held[-1]
        return hit.what.verbal and self.clauses[self.where[last]].verb == last

    def _foretold(self, verdict: Verdict) -> bool:
        """«یک تحلیلگر: … حمله خواهد کرد»: told in the third person by somebody who stands for no side."""
        form = self.sentence.tokens[verdict.verb].form if verdict.verb is not None else None
        number = verdict.clause.above if verdict.clause.kind == "told" else verdict.clause.number
        spoken = number is not None and self.clauses[number].kind == "speech"
        return spoken and form is not None and form.person in ("3s", "3p")

    def _guarded(self, rule: Rule, hit: Hit[Trigger]) -> Miss | None:
        held = set(hit.held)
        found = False
        for guard in self.guards:
            if guard.what.rule != hit.what.rule or guard.what.name == RESULT:
                continue
            if not guard.what.name:
                found = True
            elif not set(guard.held) <= held or len(guard.held) > len(hit.held):
                return self._miss(rule, hit, "excluded", f"{guard.what.name} «{guard.what.phrase}»")
        if rule.detect.with_any and not found:
            return self._miss(rule, hit, "with_any", "")
        return None

    def _speaker(self, clause: Clause) -> Entity | None:
        """Who speaks: the last official or body in the clause before the colon, or the teller above."""
        at: Clause | None = clause
        while at is not None and at.above is not None:
            above = self.clauses[at.above]
            if at.kind in ("speech", "told"):
                inside = set(above.tokens)
                named = [
                    e for e in self.entities if e.first - self.begin in inside and e.kind not in _MUTE and e.parties
                ]
                if named:
                    return next((e for e in named if e.kind in ("official", "person")), named[0])
            at = above
        if self.teller is not None:
            return self.teller
        before = self.text.sentences[max(0, self.number - CARRIES) : self.number]
        return quoted(self.text.article.text, before, self.scene.named, _MUTE)

    def _first_person(self, verdict: Verdict) -> Entity | None:
        """Whose «ما» it is where the sentence names nobody: who spoke last («X: …») above."""
        form = self.sentence.tokens[verdict.verb].form if verdict.verb is not None else None
        if form is None or form.person not in ("1s", "1p"):
            return None
        for sentence in reversed(self.text.sentences[max(0, self.number - CARRIES) : self.number]):
            colon = next((i for i, t in enumerate(sentence.tokens, sentence.first) if t.norm == ":"), None)
            if colon is not None:
                said = [e for e in self.scene.named if sentence.first <= e.first and e.last <= colon]
                named = [e for e in said if e.kind not in _MUTE and e.parties]
                if named:
                    return named[-1]
        return None

    def _needs(self, rule: Rule, hit: Hit[Trigger], who: Sides) -> Miss | None:
        needs = rule.detect.needs
        for name, have, wanted in (
            ("parties", len({*who.actors, *who.recipients}), needs.parties),
            ("actors", len(who.actors), needs.actors),
            ("recipients", len(who.recipients), needs.recipients),
            ("officials", len(who.officials), needs.officials),
            ("persons", who.harmed, needs.persons),
        ):
            if have < wanted:
                return self._miss(rule, hit, "parties", f"{have} of {wanted} {name}")
        return None

    def _somewhere(self, rule: Rule, hit: Hit[Trigger], here: Hit[Trigger], verdict: Verdict) -> Miss | None:
        """The miss of a rule that needs to hear where it happened."""
        needs, inside = rule.detect.needs, verdict.clause.tokens
        towns = sum(e.kind in _TOWN and e.first - self.begin in inside for e in self.entities) if needs.towns else 0
        if not needs.places or towns < needs.towns:
            return self._miss(rule, hit, "parties", f"{towns} of {needs.towns} towns") if towns < needs.towns else None
        placed = slots(self.sentence.tokens, verdict.clause, self.entities, self.begin, here.held)
        have = sum(p.slot == "in" and self._soil(p) for p in placed)
        return self._miss(rule, hit, "parties", f"{have} of {needs.places} places") if have < needs.places else None

    def _soil(self, placed: Placed) -> bool:
        """«در مسکو», «در فرودگاه مسکو», «در روسیه»; not «در حملهٔ روسیه»."""
        near = [t.norm for t in self.sentence.tokens[max(0, placed.place - 2) : placed.place]]
        return "در" in (near[-1:] if placed.entity.kind == "state" else near) and placed.entity.kind in _SOIL

    def _mention(
        self,
        rule: Rule,
        here: Hit[Trigger],
        verdict: Verdict,
        who: Sides,
        speaker: Entity | None,
    ) -> Mention:
        tokens = self.sentence.tokens
        source = self.text.article.text
        start, end = tokens[verdict.clause.tokens[0]].start, tokens[verdict.clause.tokens[-1]].end
        day = verdict.day.isoformat() if verdict.day else None
        return Mention(
            type=rule.type,
            status=verdict.status,
            time=verdict.time,
            actors=tuple(who.actors),
            recipients=tuple(who.recipients),
            persons=who.persons,
            places=self._places(verdict.clause),
            first=first_claim(self.sentence, source, here.held, verdict.clause.tokens),
            trigger=source[tokens[here.first].start : tokens[here.last - 1].end],
            evidence=(Evidence(start=start, end=end, text=source[start:end]),),
            rule=rule.id,
            attribution=self._attribution(verdict, speaker),
            day=day,
            headline=self.sentence.title or self.number == 0,
            why=(*verdict.why, *([ANAPHOR] if self._refers_back(here, verdict) else [])),
            numbers=(*figures(self.text.article, self.sentence, self.dates), *self._sequel()),
            roles=offices(who.officials, self.book.offices, self._year()),
            hour=told_hour(self.text.article, self.sentence, self.dates, day),
            revealed=any(reason.split(" ")[1:2] == [REVEALED] for reason in verdict.why),
        )

    def _year(self) -> int | None:
        article = self.text.article
        return None if article.published_precision == "unknown" else article.published.year

    def _sequel(self) -> tuple[Quantity, ...]:
        """Tolls and magnitudes of the next sentence where it goes on with the event («در این حمله ۱۲ نفر کشته شدند»);
        of all sentences of a flash."""
        after = self.text.sentences[self.number + 1 :]
        if len(self.text.sentences) > _FLASH:
            norms = [token.norm for sentence in after[:1] for token in sentence.tokens[:_OPENING]]
            after = after[:1] if any(a in _THIS and b in _EVENTS for a, b in pairwise(norms)) else []
        else:
            after = [*self.text.sentences[: self.number], *after]
        found: list[Quantity] = []
        for sentence in (one for one in after if weighs(one, TOLL_WORDS)):
            dates = dates_of(sentence, self.text.article)
            if not any(self._past(date) for date in dates):
                found += figures(self.text.article, sentence, dates)
        return tuple(q for q in found if q.kind in _TOLL)

    def _past(self, date: DateSpan) -> bool:
        """Whether what a sentence of this date tells is of another day than the news."""
        if date.end is None:
            return date.future is False
        return date.end < tehran_day(self.text.article.published) - RECENT

    def _places(self, clause: Clause) -> tuple[str, ...]:
        """Places of the event's clause, else of its sentence."""
        inside = set(clause.tokens)
        tokens = self.sentence.tokens
        named = [(e.first - self.begin, e.id) for e in self.entities if e.kind == "place"]
        named += [  # «در بغداد»: the town, not its government
            (e.first - self.begin, e.places[0])
            for e in self.entities
            if e.kind == "capital" and e.places and tokens[max(0, e.first - self.begin - 1)].norm in _IN
        ]
        here = [id_ for at, id_ in named if at in inside]
        return tuple(dict.fromkeys(here or [id_ for _, id_ in named]))

    def _refers_back(self, here: Hit[Trigger], verdict: Verdict) -> bool:
        """«این حمله …», «در جریان این حمله … هدف قرار گرفت»."""
        tokens = self.sentence.tokens
        if here.first and tokens[here.first - 1].norm in _THIS:
            return True
        inside = verdict.clause.tokens
        return any(
            tokens[i].norm in _THIS and i + 1 in inside and tokens[i + 1].norm in _EVENTS
            for i in inside
            if i < here.first
        )

    def _attribution(self, verdict: Verdict, speaker: Entity | None) -> Attribution | None:
        tokens, source = self.sentence.tokens, self.text.article.text
        hit = verdict.attribution
        if hit is not None and hit.what.cue.attribution is not None:
            where = self.text.tokens if hit in self.carried else tokens
            claimer = self._claimer(hit, speaker)
            if claimer is not None:
                text = source[self.text.tokens[claimer.first].start : self.text.tokens[claimer.last - 1].end]
                whose = claimer.parties[0] if claimer.parties else None
                return Attribution(kind="outlet" if claimer.kind == "outlet" else "party", text=text, state=whose)
            text = source[where[hit.held[0]].start : where[hit.held[-1]].end]
            state = speaker.parties[0] if speaker is not None and speaker.parties else None
            return Attribution(kind=hit.what.cue.attribution, text=text, state=state)
        lead = next((e for e in self.entities if e.kind == "outlet"), None)
        for kind, entity in (("official", speaker), ("outlet", lead)):
            if entity is not None:
                text = source[self.text.tokens[entity.first].start : self.text.tokens[entity.last - 1].end]
                state = entity.parties[0] if entity.parties else None
                return Attribution(kind=kind, text=text, state=state)  # type: ignore[arg-type]
        return None

    def _claimer(self, hit: Hit[CuePhrase], speaker: Entity | None) -> Entity | None:
        """Whose claim it is where the cue says only that it is one («ادعای X», «X مدعی شد»)."""
        carried = hit in self.carried
        tokens, begin = (self.text.tokens, 0) if carried else (self.sentence.tokens, self.begin)
        if not any(tokens[i].norm.startswith(_CLAIM) for i in hit.held):
            return None
        after = [e for e in self.scene.named if 0 <= e.first - begin - hit.last <= 1 and e.kind not in _MUTE]
        if after and not tokens[hit.held[-1]].verb:
            return after[0]
        return speaker

    def _miss(self, rule: Rule, hit: Hit[Trigger], reason: str, detail: str) -> Miss:
        tokens = self.text.tokens
        return Miss(
            rule=rule.id,
            reason=reason,
            detail=detail,
            start=tokens[hit.first].start,
            end=tokens[hit.last - 1].end,
        )


_SOIL = ("place", "capital", "state")
_TOWN = ("place", "capital")
_MUTE = ("place", "weapon")  # speak for nobody
_CLAIM = ("ادعا", "مدعی")
_THIS = frozenset(["این", "همین"])
_EVENTS = frozenset(
    ["حمله", "حملات", "حادثه", "انفجار", "زلزله", "دیدار", "تماس", "گفتگو", "اقدام", "عملیات", "رویداد"]
)
REVEALED = "revealed"  # the cue that says: it only now came to light
_TOLL = frozenset(["dead", "injured", "missing", "magnitude"])
_OPENING = 6  # tokens within which a sentence says that it goes on with the event before
_FLASH = 5  # a text of at most so many sentences is a flash: what it tells is its news
_DEEP = 260  # tokens after which a long or undated article tells its background
_IN = frozenset(["در", "شهر", "حومه", "مرکز", "جنوب", "شمال", "شرق", "غرب", "اسمان", "فرودگاه"])


def _tells(hit: Hit[Trigger], last: Token) -> bool:
    """Whether a trigger tells its event itself: it ends in a finite verb, known as one («درگذشت» is not) or not."""
    return last.verb or (hit.what.verbal and last.form is None)


def _shift(hit: Hit[T], begin: int) -> Hit[T]:
    """A hit counted from the sentence's first token."""
    return Hit(hit.first - begin, hit.last - begin, hit.what, tuple(i - begin for i in hit.held))
