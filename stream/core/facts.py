"""What a mention carries besides, so that reports of one event can be told from those of another: where, words, ordinal.

All is taken from what was tagged and matched already; nothing here reads a whole text again.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from stream.core.entity import Entity
from stream.core.lexicon import Place
from stream.core.normalise import Sentence, Text, Token
from stream.core.phrases import Hit
from stream.core.records import Mention, Where

TERMS = 24  # of one mention at most
_NAME = 5  # Latin letters from which on a word may be a name
_BEFORE_NAME = frozenset([" ", "\n", "«", "(", "/"])
_FLASH = 70  # tokens: a text of at most so many is about one thing
_EXACT = frozenset(["city", "site", "base", "island", "border"])
_ORDINALS = {
    "اول": 1,
    "نخست": 1,
    "اولین": 1,
    "نخستین": 1,
    "دوم": 2,
    "دومین": 2,
    "سوم": 3,
    "سومین": 3,
    "چهارم": 4,
    "چهارمین": 4,
    "پنجم": 5,
    "پنجمین": 5,
    "ششم": 6,
    "ششمین": 6,
    "هفتم": 7,
    "هفتمین": 7,
    "هشتم": 8,
    "هشتمین": 8,
    "نهم": 9,
    "نهمین": 9,
    "دهم": 10,
    "دهمین": 10,
}
_AROUND = frozenset(["منطقه", "ناحیه", "حومه", "قضا", "قضای"])
_MOMENTS = frozenset("لحظه لحظات لحظاتی دقیقه دقایقی دقایق".split())
_AGO = frozenset(["پیش", "قبل"])
_NOW = frozenset(["هماکنون", "هم‌اکنون"])
_COUNTED = frozenset("بار موج دور مرحله نوبت مرتبه حمله نشست دیدار تماس گفتگو محموله گروه سری".split())
_ROUNDS = frozenset("موج دور مرحله نوبت نشست گروه سری".split())  # «موج پنجم»: counted after the noun too


def around(text: Text, entities: Iterable[Entity]) -> set[str]:
    """Places that the text names only for what lies around them («روستای … در منطقهٔ صور»)."""
    wide: dict[str, bool] = {}
    for entity in entities:
        if entity.kind == "place":
            before = text.tokens[entity.first - 1].norm if entity.first else ""
            wide[entity.id] = wide.get(entity.id, True) and before in _AROUND
    return {id_ for id_, is_wide in wide.items() if is_wide}


def where(places: Iterable[str], known: Mapping[str, Place], wide: Collection[str] = frozenset()) -> tuple[Where, ...]:
    """Each place with what it lies in: provinces, regions, the state last. `wide`: towns that stand for what lies around them."""
    out = []
    for id_ in places:
        place = known.get(id_)
        if place is None:
            continue
        within: list[str] = []
        at = place
        while at.within is not None and at.within not in within and at.within in known:
            within.append(at.within)
            at = known[at.within]
        exact = place.kind in _EXACT and not (place.kind == "city" and id_ in wide)
        out.append(Where(id=id_, exact=exact, within=(*within, *((at.country,) if at.country else ()))))
    return tuple(out)


def covered(hits: Iterable[Sequence[Hit[Any]]], entities: Iterable[Entity]) -> set[int]:
    """Tokens that triggers, cues and guards hold, or names of states, bodies, places and outlets."""
    out = {n for group in hits for hit in group for n in hit.held}
    for entity in entities:
        if entity.kind not in ("person", "official"):
            out.update(range(entity.first, entity.last))
    return out


def terms(text: Text, mention: Mention, taken: Collection[int], common: Collection[str]) -> tuple[str, ...]:
    """The words that tell this event from others of its kind: no names of parties, no words of the rule, none that news
    uses every day. Of a flash all its words, else those of the mention's sentence and of the title that tells it."""
    found: dict[str, None] = {}
    for sentence in _own(text, mention):
        for n, token in enumerate(sentence.tokens, sentence.first):
            foreign = token.norm.isascii() and token.norm.isalpha()
            if n in taken or token.norm in common:
                continue
            if _named(text, token) if foreign else _tells(token):
                found[token.norm] = None
    return tuple(found)[:TERMS]


def ordinal(text: Text, mention: Mention) -> int | None:
    """«دومین بار», «موج پنجم»: the how-manieth of its kind, where the mention's clause says so."""
    at = mention.evidence[0]
    for sentence in text.sentences:
        if not (sentence.start < at.end and sentence.end > at.start):
            continue
        words = [t.norm for t in sentence.tokens if at.start <= t.start < at.end]
        for n, word in enumerate(words):
            if word not in _ORDINALS:
                continue
            after = words[n + 1] if n + 1 < len(words) else ""
            before = words[n - 1] if n else ""
            if (word.endswith("ین") and after in _COUNTED) or before in _ROUNDS or (before == "بار" and word != "اول"):
                return _ORDINALS[word]
    return None


def fresh(text: Text, mention: Mention) -> bool:
    """«لحظاتی پیش», «دقایقی قبل», «هم‌اکنون»: it happened within the hour."""
    at = mention.evidence[0]
    for sentence in text.sentences:
        if sentence.start < at.end and sentence.end > at.start:
            words = [token.norm for token in sentence.tokens]
            if any(word in _MOMENTS and next_ in _AGO for word, next_ in pairwise(words)) or not _NOW.isdisjoint(words):
                return True
    return False


def _own(text: Text, mention: Mention) -> Sequence[Sentence]:
    if len(text.tokens) <= _FLASH:
        return text.sentences
    at = mention.evidence[0]
    own = [s for s in text.sentences if s.start < at.end and s.end > at.start]
    return own if not mention.headline or text.sentences[0] in own else [text.sentences[0], *own]


def _named(text: Text, token: Token) -> bool:
    """A ship's or maker's name in Latin letters; no handle, hashtag, link or unit."""
    return len(token.norm) >= _NAME and text.article.text[token.start - 1 : token.start] in _BEFORE_NAME


def _tells(token: Token) -> bool:
    """A word of at least three letters, or a number of at least two digits; no verb."""
    word = token.norm
    if token.verb or word[:1] < "0":
        return False
    return len(word) >= (2 if word[0].isdigit() else 3)
