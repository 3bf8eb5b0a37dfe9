"""The slot of each named party in the trigger's clause.

A slot is read off the words around a name, as Persian marks it: «را» after, a preposition before, ezafe after the event
noun, or nothing (the subject).
"""

from collections.abc import Sequence

import msgspec

from stream.core.clauses import Clause
from stream.core.entity import PLACE_HEADS, Entity
from stream.core.normalise import Token
from stream.core.rules import Slot

_PREPOSITIONS: dict[str, Slot] = {
    "علیه": "against",
    "ضد": "against",
    "برضد": "against",
    "برابر": "against",
    "به": "to",
    "روی": "to",
    "سمت": "to",
    "راهی": "to",
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
    "تو": "in",
    "توی": "in",
    "درباره": "near",
    "پیرامون": "near",
    "رغم": "near",
    "علیرغم": "near",
    "باوجود": "near",
}
_BY = frozenset(["سوی", "جانب", "طرف", "سو"])  # «از سویِ»
_HARD_STOPS = frozenset(["که", "اینکه", "انکه", "؛", ":", "\n"])
_QUOTES = frozenset(["«", "»", '"', "”", "“"])
_AND = frozenset(["و", "،", "یا", "همچنین"])
_BEFORE_OR_AFTER = frozenset(["پس", "بعد", "پیش", "قبل"])  # «پس از جنگ اوکراین»: when, not who
_SINCE = frozenset(["زمان", "هنگام", "اغاز", "ابتدای", "شروع", "پایان"])
_PART_OF = frozenset(["شماری", "برخی", "یکی", "تعدادی", "بخشی", "بسیاری", "بعضی", "دسته", "دسته‌ای", "چند"])
# «در حملهٔ X کشته شد»: the occasion names who did it
_STRIKES = frozenset(["حمله", "بمباران", "عملیات", "شلیک", "تجاوز", "یورش", "اتش", "ضربه", "موشک", "پهپاد", "گلوله"])
_ORDERS = frozenset(["تصمیم", "دستور", "فرمان", "حکم"])  # «با تصمیمِ X», «به دستورِ X»
_TOLD_BY = frozenset(["اعلام", "گزارش", "گفته", "نوشته", "ادعا", "بیانیه", "اظهارات"])  # «طبق اعلامِ X»
_ACCORDING = frozenset(["طبق", "بنابر", "براساس", "اساس", "بنا", "برپایه"])
_THIS = frozenset(["این", "ان", "همین"])
_STRUCK_IN = frozenset(["در", "طی", "اثر", "با", "جریان", "نتیجه"])
# «مواضعِ X», «خاکِ X»: what is aimed at, and so its owner
_TARGETS = frozenset(["هدف", "اهداف", "مواضع", "موضع", "زیرساخت", "تاسیسات", "پایگاه", "مقر", "تجهیزات", "خاک"])
# Nouns that take a name by their own preposition («مذاکرات با X», «حملات به X»): in a phrase that tells what it is about
# or what for, that name is no party.
_TAKES: dict[str, frozenset[str]] = {
    "با": frozenset(
        ["مذاکره", "مذاکرات", "گفتگو", "توافق", "رابطه", "روابط", "جنگ", "درگیری", "تنش", "تفاهم", "مقابله"]
    ),
    "به": frozenset(["حمله", "حملات", "تجاوز", "کمک", "سفر", "شلیک", "پاسخ", "تعرض"]),
    "در": frozenset(["عملیات", "جنگ", "درگیری", "تنش", "بحران", "اوضاع", "وضعیت", "تحولات", "حضور"]),
    "علیه": frozenset(),
    "میان": frozenset(),
    "بین": frozenset(),
}
_OWNED = frozenset(["متعلق", "وابسته"])
_ANSWERED = frozenset(["پاسخ", "واکنش", "تلافی", "جواب"])  # «در پاسخ به … از سوی X»: X is the other side
# «مذاکراتِ مسکو»: where, unless a second capital follows
_VENUED = frozenset(["مذاکره", "مذاکرات", "توافق", "تفاهم", "نشست", "اجلاس", "بیانیه", "کنفرانس", "روند"])
_HELD_BY = frozenset(["زندان", "اسارت", "حبس"])  # «از زندانِ X آزاد شد»
# «در ادامه،», «در پاسخ،»: no place stands there
_LINKS = frozenset(
    ["ادامه", "نهایت", "واکنش", "پاسخ", "نتیجه", "مجموع", "پایان", "مقابل", "عوض", "حقیقت", "واقع", "ابتدا", "گذشته"]
)
_TOPIC = frozenset(["درباره", "پیرامون", "راجع", "خصوص", "مورد", "زمینه", "موضوع"])
_AIMS = frozenset(
    [
        "تشدید",
        "ادامه",
        "پیگیری",
        "حمایت",
        "مقابله",
        "جلوگیری",
        "توقف",
        "پایان",
        "حل",
        "بررسی",
        "کاهش",
        "حمله",
        "میانجیگری",
    ]
)
_LOOK_BACK = 9
_DOERS: frozenset[Slot] = frozenset(["subject", "of", "by"])


class Placed(msgspec.Struct, gc=False):
    """An entity with its slot in a clause. `target`: it stands there as owner of what is aimed at («مواضعِ X»)."""

    entity: Entity
    slot: Slot
    place: int  # token index within the sentence
    target: bool = False


_HOLDERS = frozenset(["state", "organisation", "official"])  # whose office a trigger of an office may end in


def slots(
    tokens: Sequence[Token],
    clause: Clause,
    entities: Sequence[Entity],
    first: int,
    held: Sequence[int],
    *,
    unnamed: bool = False,
) -> list[Placed]:
    """Slots of the entities of one clause. `entities` count tokens in the text, `first` is the sentence's first token;
    `held`, the tokens of the trigger's words, count within the sentence. `unnamed`: the subject is «ما» or «من»."""
    reader = _Reader(tokens, clause, entities, first, held, unnamed)
    for entity in entities:
        at, end = entity.first - first, entity.last - first
        if at not in reader.inside or entity.kind == "outlet":
            continue
        if all(i in held for i in range(at, end)):
            if entity.kind in _HOLDERS and end == max(held) and tokens[end].norm == "شدن":  # «نخست‌وزیر X شد»
                reader.placed.append(Placed(entity, "of", at))
            continue
        reader.placed.append(Placed(entity, reader.slot(entity, at, end), at, reader.aimed_at(at)))
    return reader.placed


class _Reader:
    """Reads slots off one clause, name by name from its beginning."""

    def __init__(
        self,
        tokens: Sequence[Token],
        clause: Clause,
        entities: Sequence[Entity],
        first: int,
        held: Sequence[int],
        unnamed: bool,
    ) -> None:
        self.tokens, self.first, self.held, self.unnamed = tokens, first, held, unnamed
        self.inside = set(clause.tokens)
        self.ends = {e.first - first: e.last - first for e in entities}
        self.covered = {i for start, end in self.ends.items() for i in range(start, end)}
        self.by_end = {e.last - first: e for e in entities}
        self.placed: list[Placed] = []

    def slot(self, entity: Entity, at: int, end: int) -> Slot:
        return self._listed(entity, at, end) or self._before(entity, at, end) or self._after(entity, end)

    def aimed_at(self, at: int) -> bool:
        """Whether «مواضع», «خاک» … stands right before, or one word before."""
        for i in (at - 1, at - 2):
            if i not in self.inside or i in self.covered or self.tokens[i].norm in _PREPOSITIONS:
                return False
            if self.tokens[i].norm in _TARGETS:
                return i not in self.held
        return False

    def _norm(self, i: int) -> str:
        return self.tokens[i].norm if 0 <= i < len(self.tokens) else ""

    def _ra(self, i: int) -> bool:
        """«را», spoken «رو» (but not «رو به»)."""
        return self._norm(i) == "را" or (self._norm(i) == "رو" and self._norm(i + 1) != "به")

    def _listed(self, entity: Entity, at: int, end: int) -> Slot | None:
        """A list: «ایران و روسیه», «آلمان، فرانسه و انگلیس»."""
        if not self.placed:
            return None
        before = self.placed[-1]
        if (
            self._norm(at - 1) in PLACE_HEADS
            and self._norm(at - 2) == "و"
            and before.entity.last - self.first == at - 2
        ):
            return before.slot  # «در تهران و غرب ایران»
        if self._norm(at - 1) not in _AND:
            return None
        comma = self._norm(at - 1) == "،"
        if comma and before.entity.kind == "place" and entity.kind in ("place", "state", "capital"):
            return before.slot  # «در صور، جنوب لبنان»
        if before.entity.last - self.first == at - 1 and not (comma and not self._goes_on(end)):
            return before.slot
        return None

    def _goes_on(self, end: int) -> bool:
        """Whether after a name a list goes on to its «و»."""
        while self._norm(end) == "،" and end + 1 in self.ends:
            end = self.ends[end + 1]
        return self._norm(end) in _AND and end + 1 in self.ends and self._norm(end) != "،"

    def _before(self, entity: Entity, at: int, end: int) -> Slot | None:
        """The slot that the words before a name give it."""
        i, steps = at - 1, 0
        while i >= 0 and steps < _LOOK_BACK and i in self.inside:
            token = self.tokens[i]
            norm = token.norm
            if norm in _QUOTES:
                i -= 1
                continue
            if steps == 0 and entity.kind == "capital" and norm in _VENUED and self._norm(end) not in _AND:
                return "near"
            if i in self.held and not token.verb and norm not in _PREPOSITIONS:
                if norm in _HELD_BY:
                    return "by"
                if steps and self._norm(i - 1) in _THIS:
                    return None  # «در این حمله سه دیپلمات X کشته شدند»: the noun has no owner
                doing = token.form is not None and token.form.tense == "infinitive"
                return "object" if doing or self._ra(end) else "of"
            if i in self.covered:
                return self._beside(entity, i) if steps == 0 else None
            if norm == "،" and steps == 0 and entity.kind == "state" and self._norm(i - 2) == "در":
                return None if self._norm(i - 1) in _LINKS else "in"  # «در کاپوتنیا، روسیه»
            if norm in _HARD_STOPS or token.verb or self._ra(i) or (norm in _AND and steps == 0):
                return None
            if norm in _THIS and steps == 1 and entity.kind != "adjective":
                return None  # «در پی این حمله X …»: the phrase ends before the name
            if norm == "پرچم":
                return "object" if self._norm(i - 1) in ("با", "تحت", "دارای") else "near"  # a ship «با پرچمِ X»
            if norm in ("،", "(", ")"):
                return "in" if norm == "،" and self._norm(i + 1) in PLACE_HEADS and steps else None
            if token.form is not None and token.form.tense == "infinitive" and not token.verb and steps == 0:
                return "near"  # «با متهم کردنِ X»: object of another act
            if norm in _STRIKES and steps < 3 and self._norm(i - 1) in _STRUCK_IN and not self._about(i - 1):
                return "by"
            if norm in _TOLD_BY and steps == 0 and self._norm(i - 1) in _ACCORDING:
                return "near"
            if norm in _ORDERS and steps == 0 and self._norm(i - 1) in ("با", "به", "طبق", "بنابر"):
                return "by"
            found = _PREPOSITIONS.get(norm)
            if found is not None:
                prior = self._norm(i - 1)
                if norm in _BY or norm == "دست":
                    if prior == ("به" if norm == "دست" else "از"):
                        return "against" if self._answered(i) else "near" if self._cause(i, end) else "by"
                    if norm != "سوی":
                        i -= 1
                        steps += 1
                        continue
                if norm in ("خاک", "داخل") and prior == "از":
                    return "from"
                if norm == "به" and prior in _ANSWERED:
                    return "against"
                if norm == "به" and prior in _OWNED:
                    return "object"  # «کشتیِ متعلق به X را …», «مقرِ وابسته به X هدف قرار گرفت»
                if not (
                    norm == "از" and (self._norm(i + 1) in ("جمله", "قبیل") or prior in _PART_OF or prior.isdigit())
                ):  # «علیه شماری از …»: part of a whole
                    aside = (norm in ("در", "به", "بر") and self._about(i)) or self._aside(i) or self._cause(i, end)
                    since = norm == "از" and (prior in _BEFORE_OR_AFTER or self._norm(i + 1) in _SINCE)
                    return "near" if aside or since else found
            i -= 1
            steps += 1
        return None

    def _beside(self, entity: Entity, i: int) -> Slot | None:
        """«مسکو روسیه», «ناوگان پنجم نیروی دریایی آمریکا»: one name belongs to the other and stands where it does."""
        before = self.placed[-1] if self.placed else None
        if before is None or before.entity.last - self.first != i + 1:
            return None  # past another name, what stands there marks that one
        kin = not before.entity.parties or set(before.entity.parties) & set(entity.parties)
        return before.slot if before.entity.kind in ("place", "capital", "weapon") or kin else None

    def _about(self, i: int) -> bool:
        """«در موردِ», «به دلیلِ», «بر سرِ»: what follows is what it is about, no party."""
        return self._norm(i + 1) in _ABOUT

    def _answered(self, i: int) -> bool:
        """Whether «در پاسخ به» stands before, in the same phrase."""
        for k in range(i - 1, max(0, i - 9), -1):
            if k not in self.inside or k in self.covered or k in self.held or self.tokens[k].verb:
                return False
            if self._norm(k) == "به" and self._norm(k - 1) in _ANSWERED:
                return True
        return False

    def _cause(self, i: int, end: int) -> bool:
        """«به دلیلِ … از سوی X، …»: X is in the cause that a comma parts from the event."""
        first = min(self.held, default=0)
        if end > first or all(self._norm(k) != "،" for k in range(end, first)):
            return False
        back = range(i, max(-1, i - 2 * _LOOK_BACK), -1)
        return any(k in self.inside and self._norm(k) in ("دلیل", "علت", "خاطر") for k in back)

    def _aside(self, i: int) -> bool:
        """«درباره حملات به X», «برای پیگیری مذاکرات با X»: the preposition belongs to a noun of such a phrase."""
        nouns = _TAKES.get(self._norm(i))
        at = i - 1
        while nouns and at in self.covered and at not in self.held:
            at -= 1  # «درباره حضورِ X در …»
        if nouns is None or at in self.held or (nouns and self._norm(at) not in nouns):
            return False
        for k in range(at, max(-1, at - 6), -1):
            norm = self._norm(k)
            if k not in self.inside or k in self.covered or k in self.held or norm == "،" or self.tokens[k].verb:
                return False
            if norm in _TOPIC or (norm == "برای" and self._norm(k + 1) in _AIMS):
                return True
        return False

    def _of_a_list(self, entity: Entity, end: int) -> bool:
        """«A، …، B و C را …» of one state: all are what it was done to."""
        for k in range(end, len(self.tokens)):
            if self.tokens[k].verb or self._norm(k) in _HARD_STOPS:
                return False
            if self._ra(k) and k in self.inside:
                last = self.by_end.get(k)
                if last is None or k == end or self._norm(end) != "،" or last.parties != entity.parties:
                    return False
                return {entity.kind, last.kind} <= {"official", "person"}
        return False

    def _after(self, entity: Entity, end: int) -> Slot:
        """Nothing marks the name before it: subject, or object where «را» follows."""
        if self._of_a_list(entity, end):
            return "object"
        acting = [p for p in self.placed if p.slot in _DOERS]
        subject_before = self.unnamed or bool(acting)
        other = self.unnamed or any(
            p.slot == "subject" and p.entity.parties and not set(p.entity.parties) & set(entity.parties) for p in acting
        )
        aside = False  # within a prepositional phrase between the object and its «را»
        for k in range(end, min(end + (4 if other else 2) * _LOOK_BACK, len(self.tokens))):
            token = self.tokens[k]
            if self._ra(k) and k in self.inside:
                return "object" if k == end or subject_before or self.tokens[k - 1].norm == "،" else "subject"
            if token.norm in _PREPOSITIONS:
                aside = True
            if token.verb or token.norm in _HARD_STOPS or (token.norm == "خود" and not other):
                break
            if other or (token.norm == "،" and self._ra(k + 1)):
                continue
            if (k in self.ends and not aside) or token.norm == "،":
                break
        return "subject"


_ABOUT = frozenset(
    ["مورد", "خصوص", "باره", "دلیل", "خاطر", "سر", "زمینه", "قبال", "رغم", "منظور", "نقل", "گفته", "گزارش", "حاشیه"]
)
