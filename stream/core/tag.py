"""Step 3. Text → entities: who and what is named, with role and state.

«آنتونی بلینکن، وزیر امور خارجه آمریکا» is one entity; «وزیر دفاع ژاپن» is resolved through role and state though no
lexicon knows the person; «همتای روس خود» is the counterpart in Russia.
"""

from collections.abc import Sequence

import msgspec

from stream.core.book import Named
from stream.core.entity import DEFAULT_STATE, PLACE_HEADS, Entity, EntityKind
from stream.core.normalise import Text, Token
from stream.core.phrases import Hit
from stream.core.records import Tag
from stream.core.whose import gap_between, resolve, with_this_country

_BETWEEN = frozenset(
    [
        "جدید",
        "تازه",
        "منتخب",
        "موقت",
        "وقت",
        "فعلی",
        "کنونی",
        "ارشد",
        "دایم",
        "کل",
        "مستعفی",
        "اطلاعاتی",
        "امنیتی",
        "نظامی",
    ]
)
_FORMER = frozenset(["سابق", "پیشین", "اسبق", "فراری", "مخلوع", "برکنار", "فقید"])
_BETWEEN |= _FORMER
_EPITHETS = frozenset(["تروریستی", "تروریست", "متجاوز", "اشغالگر", "جنایتکار", "متخاصم", "غاصب", "خونخوار", "دشمن"])
_QUOTES = frozenset(["«", "»", '"'])
_BRANCHES = frozenset(["هوایی", "فضایی", "دریایی", "زمینی", "موشکی", "امنیتی", "انتظامی", "اطلاعاتی", "پدافندی"])
_MEDIA = frozenset(
    [
        "منبع",
        "منابع",
        "رسانه",
        "روزنامه",
        "شبکه",
        "خبرگزاری",
        "خبرنگار",
        "تلویزیون",
        "سایت",
        "تحلیلگر",
        "کارشناس",
        "مجله",
    ]
)
_HONORIFICS = frozenset(
    ["اقا", "دکتر", "سردار", "سرلشکر", "ژنرال", "سید", "حجت", "ایت", "امیر", "مهندس", "خانم", "شیخ"]
)
_LEARNED = frozenset(["دکتر", "مهندس", "سید", "حجت", "ایت", "سردار", "امیر"])  # before a surname: somebody at home
_CONTACTS = frozenset(
    ["دیدار", "ملاقات", "سفر", "تماس", "گفتگو", "مذاکره", "مذاکرات", "مکالمه", "رایزنی", "تلفنی", "ورود", "نامه"]
)
_SUPPORT = frozenset(
    ["کشور", "دولت", "جمهوری", "شهر", "استان", "در", "به", "علیه", "با", "شمال", "جنوب", "شرق", "غرب", "مردم"]
)


def tag(text: Text, hits: Sequence[Hit[Named]], outlet_country: str | None) -> list[Entity]:
    """Resolve the names found in a text into entities, in order. `hits` are those of all names, overlapping."""
    chosen = _choose(hits)
    entities: list[Entity] = []
    parts = [_part(hit_group) for hit_group in chosen]
    told = frozenset(n.id for part in parts for n in part.named if n.kind == "person" and not n.weak)
    at = 0
    for sentence in text.sentences:  # a name at a line's end is none of the office that the next line begins with
        end = sentence.first + len(sentence.tokens)
        begin = at
        while at < len(parts) and parts[at].first < end:
            at += 1
        if at > begin:
            entities += _combine(parts[begin:at], text.tokens, told)
    resolve(entities, outlet_country, text.tokens)
    return with_this_country(entities, text.tokens)


class _Part(msgspec.Struct):
    first: int
    last: int
    named: tuple[Named, ...]

    def of(self, *kinds: str) -> Named | None:
        for named in self.named:
            if named.kind in kinds:
                return named
        return None


def _choose(hits: Sequence[Hit[Named]]) -> list[list[Hit[Named]]]:
    """Longest first, none overlapping; equal spans together."""
    by_span: dict[tuple[int, int], list[Hit[Named]]] = {}
    for hit in hits:
        by_span.setdefault((hit.first, hit.last), []).append(hit)
    taken: set[int] = set()
    out = []
    for first, last in sorted(by_span, key=lambda s: (s[0] - s[1], s[0])):
        if taken.isdisjoint(range(first, last)):
            taken.update(range(first, last))
            out.append(by_span[first, last])
    return sorted(out, key=lambda group: group[0].first)


_ORDER = ("person", "organisation", "state", "capital", "adjective", "generic", "role", "relation", "place", "outlet")


def _part(group: list[Hit[Named]]) -> _Part:
    named = [hit.what for hit in group]
    if len(named) > 1:
        named.sort(key=lambda n: (n.weak, _ORDER.index(n.kind), n.id))
    return _Part(group[0].first, group[0].last, tuple(named))


def _combine(parts: list[_Part], tokens: Sequence[Token], told: frozenset[str]) -> list[Entity]:
    """Right to left: a role takes the state or body after it, a person the role beside it. `told`: the persons whom the
    text names in full."""
    done: list[Entity | _Part] = []  # in reverse order
    for part in reversed(parts):
        after = done[-1] if done else None
        made = _head(part, after if isinstance(after, Entity) else None, tokens, told)
        if made is not None:
            entity, used = made
            if used:
                done.pop()
            after = done[-1] if done else None
            if isinstance(after, Entity) and _apposition(entity, after, tokens):
                done.pop()
                entity = _joined(entity, after)
            done.append(entity)
    entities = [e for e in reversed(done) if isinstance(e, Entity)]
    return [e for n, e in enumerate(entities) if not e.weak or _listed(entities, n, tokens)]


def _listed(entities: list[Entity], n: int, tokens: Sequence[Token]) -> bool:
    """«… عراق و مصر»: a weak name in a row with a sure one."""
    before = entities[n - 1] if n else None
    return (
        before is not None and not before.weak and gap_between(tokens, before.last, entities[n].first) in (["و"], ["،"])
    )


def _head(
    part: _Part, after: Entity | None, tokens: Sequence[Token], told: frozenset[str]
) -> tuple[Entity, bool] | None:
    """The entity that a part makes, and whether it took the entity after it."""
    gap = gap_between(tokens, _past_epithets(tokens, part.last), after.first) if after is not None else None
    near = gap is not None and (not gap or (len(gap) == 1 and gap[0] in _BETWEEN))
    former = bool(gap) and near and gap is not None and gap[0] in _FORMER
    generic, role, relation = part.of("generic"), part.of("role"), part.of("relation")
    strong = next((n for n in part.named if not n.weak), None)
    if generic is not None and (strong is None or strong.kind == "generic"):
        if after is not None and near and _owns(after, gap == []):
            entity = _entity(part, generic, "organisation", after.parties)
            entity.last = after.last
            entity.force = generic.detail in ("military", "agency")
            entity.fallback = (generic.default,) if generic.default else after.fallback
            if after.parties:
                entity.id = f"{generic.id}:{after.parties[0]}"
            return entity, True
        entity = _entity(part, generic, "organisation", ())
        entity.force = generic.detail in ("military", "agency")
        entity.fallback = (generic.default,) if generic.default else ()
        return entity, False
    if role is not None and (strong is None or strong.kind == "role"):
        entity = _entity(part, role, "official", ())
        entity.role, entity.stands, entity.former = role.id, role.stands, former
        entity.fallback = (role.default,) if role.default else ()
        if after is not None and near and after.kind in ("state", "adjective", "capital", "organisation", "group"):
            entity.last, entity.parties = after.last, after.parties
            entity.fallback = entity.fallback or after.fallback  # «فرمانده نیروی زمینی»
            return entity, True
        if after is not None and after.kind == "place" and gap == []:  # «استاندار خوزستان»
            entity.last, entity.parties = after.last, after.parties
            return entity, True
        return entity, False
    if relation is not None:
        if after is not None and gap == [] and after.kind in ("state", "adjective", "capital"):
            entity = _entity(part, relation, "official", after.parties)
            entity.last = after.last
            return entity, True
        return None
    if strong is None:
        weak = next((n for n in part.named if n.id in told), part.named[0])
        if weak.kind in ("role", "relation", "generic"):
            return None
        kind: EntityKind = "group" if weak.group else weak.kind  # type: ignore[assignment]
        entity = _entity(part, weak, kind, weak.parties)
        entity.weak = weak.id not in told and not _supported(part, weak, after, near, tokens)
        return entity, False
    kind = "group" if strong.group else "weapon" if strong.detail == "weapon" else strong.kind  # type: ignore[assignment]
    entity = _entity(part, strong, kind, strong.parties)
    if kind == "place" and after is not None and gap == [] and after.kind == "state" and _headed(part, tokens):
        entity.parties = after.parties  # «استان بابل عراق»: it lies where the text says
    owned = kind in ("organisation", "group", "weapon")
    if owned and after is not None and gap == [] and after.kind in ("state", "adjective"):
        entity.last = after.last  # «حوثی‌های یمن»: the group, no second party
        if kind == "weapon":
            entity.parties = after.parties  # «آپاچی هند»: whose the text says
        return entity, True
    if kind == "place" and strong.default:
        entity.fallback = (strong.default,)
    if kind in ("state", "adjective") and part.first and tokens[part.first - 1].norm in _MEDIA:
        entity.stands = False  # «رسانه‌های روسی»: no act of the state
    place = part.of("place")
    if place is not None:
        entity.places = (place.id,)
    return entity, False


def _headed(part: _Part, tokens: Sequence[Token]) -> bool:
    """«استانِ X», «شهرِ X»."""
    return not PLACE_HEADS.isdisjoint(token.norm for token in tokens[max(0, part.first - 1) : part.first + 1])


def _akin(weak: Named, office: Entity) -> bool:
    """Whether an office can be that of a person with a common surname: of one state, or bare and so at home."""
    return not set(weak.parties).isdisjoint(office.parties or (DEFAULT_STATE,))


def _past_epithets(tokens: Sequence[Token], i: int) -> int:
    """Past «تروریستی و متجاوز», «و فضایی» between a body and its state."""
    at = i
    while at < len(tokens):
        if tokens[at].norm in _EPITHETS or (tokens[at].norm in _QUOTES and at == i):
            at += 1
        elif tokens[at].norm == "و" and at + 1 < len(tokens) and tokens[at + 1].norm in _EPITHETS | _BRANCHES:
            at += 2
        else:
            break
    return at


def _owns(after: Entity, close: bool) -> bool:
    """Whose a body is: a state's, a leader's («دولت ترامپ»), or part of another body («نیروی دریایی ارتش»)."""
    if after.kind in ("state", "adjective", "capital"):
        return bool(after.parties)
    if after.kind == "place":
        return close and bool(after.parties)  # «پلیس کرمانشاه»
    return close and ((after.kind == "person" and bool(after.parties)) or after.kind == "organisation")


def _supported(part: _Part, weak: Named, after: Entity | None, near: bool, tokens: Sequence[Token]) -> bool:
    """A name that is also a common word counts beside a title, a role, a preposition or another name."""
    before = tokens[part.first - 1].norm if part.first else ""
    beside = after is not None and near and not after.weak
    joined = after is not None and gap_between(tokens, part.last, after.first) in (["و"], ["،"]) and not after.weak
    if weak.kind == "person":
        if joined and after is not None and after.kind in ("official", "person"):
            return True  # «روحانی و پوتین»
        if part.last < len(tokens) and tokens[part.last].norm == ":":
            return True  # «روحانی: …»
        if _in_contact(part, after, tokens):
            return True
        honoured = before in _HONORIFICS and (before not in _LEARNED or DEFAULT_STATE in weak.parties)
        return honoured or (beside and after is not None and after.kind == "official" and _akin(weak, after))
    return joined or before in _SUPPORT


def _in_contact(part: _Part, after: Entity | None, tokens: Sequence[Token]) -> bool:
    """«دیدارِ X», «با X تلفنی …», «X با پوتین …»: who takes part in a contact is a person."""
    before = [token.norm for token in tokens[max(0, part.first - 2) : part.first]]
    following = [token.norm for token in tokens[part.last : part.last + 2]]
    if before and (before[-1] in _CONTACTS or (before[0] in _CONTACTS and before[-1] in ("با", "تلفنی"))):
        return True
    if before and before[0] in _CONTACTS and following[:1] in (["با"], ["به"]):
        return True  # «سفر غیرمنتظرهٔ X به …»
    if before[-1:] == ["با"]:
        return bool(following) and following[0] in _CONTACTS
    if following[:1] == ["با"] and after is not None and after.first == part.last + 1:
        return after.kind in ("official", "person") and not after.weak
    return following[:1] == ["در"] and following[1] in _CONTACTS if len(following) > 1 else False


def _entity(part: _Part, named: Named, kind: EntityKind, parties: tuple[str, ...]) -> Entity:
    entity = Entity(part.first, part.last, kind, named.id, named.name, parties, stands=named.stands)
    if named.kind == "person":
        entity.person, entity.role = named.id, None
    return entity


def _apposition(left: Entity, right: Entity, tokens: Sequence[Token]) -> bool:
    """Whether two neighbours are one person: name and office in either order."""
    gap = gap_between(tokens, left.last, right.first)
    if gap not in ([], ["،"], ["("], ["اقای"], ["سید"]) and not (len(gap) == 1 and gap[0] in _HONORIFICS):
        return False
    if left.kind == "person" and right.kind == "official" and right.person is None:
        return _agree(left, right)
    if left.kind == "official" and left.person is None and right.kind == "person":
        return _agree(left, right) and not (gap == ["،"] and not left.parties)
    return False


def _agree(a: Entity, b: Entity) -> bool:
    return not a.parties or not b.parties or bool(set(a.parties) & set(b.parties))


def _joined(left: Entity, right: Entity) -> Entity:
    person, office = (left, right) if left.person else (right, left)
    return Entity(
        left.first,
        right.last,
        "official" if office.stands else "person",
        person.id,
        person.name,
        person.parties or office.parties,
        person=person.person,
        role=office.role,
        stands=person.stands or office.stands,
        former=office.former,
    )


def tags(entities: Sequence[Entity], text: Text) -> tuple[Tag, ...]:
    """Entities as records for the wire."""
    kinds = {"adjective": "state", "capital": "state", "group": "organisation", "official": "person"}
    out = []
    for e in entities:
        if e.kind == "weapon":
            continue  # shows whose side is meant, names nobody
        start, end = text.tokens[e.first].start, text.tokens[e.last - 1].end
        kind = "role" if e.kind == "official" and e.person is None else kinds.get(e.kind, e.kind)
        out.append(
            Tag(
                kind=kind,
                id=e.person or e.id,
                text=text.article.text[start:end],
                start=start,
                end=end,
                state=e.parties[0] if e.parties else None,
                role=e.role,
                name=e.name,
            )
        )
    return tuple(out)
