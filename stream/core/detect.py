"""Step 4. Tagged text × rules → mentions, or misses with their reason.

Sentence by sentence: where a trigger stands, its clause is cut out, its status and time are weighed, the parties are
placed, and one mention is made or a miss named. Sentences about the same event are then one mention (`gather`).
"""

from collections.abc import Sequence

import msgspec

from stream.core.book import Book, Trigger
from stream.core.entity import Entity
from stream.core.normalise import Text, Token
from stream.core.phrases import Hit
from stream.core.records import Mention, Miss
from stream.core.scan import Scan, scan
from stream.core.tag import tag
from stream.core.view import View

MISS_REASONS = {
    "excluded": "a phrase of the rule's `unless` stands in the sentence",
    "with_any": "none of the phrases that the rule asks for stands in the sentence",
    "parties": "too few parties of the kinds that the rule needs are named",
    "no_event": "a cue says that no event is told (reaction, figure of speech, sport)",
    "foreign_sentence": "the sentence is not Persian",
}


class Found(msgspec.Struct):
    """Everything found in one text: phrases, entities in order, mentions of each sentence, misses."""

    hits: Scan
    entities: list[Entity]
    mentions: list[Mention]
    misses: list[Miss]


def detect(text: Text, book: Book) -> Found:
    """Tag a text and find the events it tells."""
    article = text.article
    hits = scan(text, book)
    country = book.outlet_countries.get(article.outlet or "")
    entities = tag(text, hits.names, country)
    mentions: list[Mention] = []
    misses: list[Miss] = []
    by_sentence = _by_sentence(text, hits.triggers)
    for number in sorted(by_sentence):
        sentence = text.sentences[number]
        view = View(text, sentence, number, hits, entities, book)
        made: list[tuple[str, set[int]]] = []  # of overlapping triggers of one kind the first that holds
        for hit in _ranked([h for h in by_sentence[number] if _timely(h, text.tokens)]):
            kind, held = _kind(book.rules[hit.what.rule].type), set(hit.held)
            if any(kind == other and held & taken for other, taken in made):
                continue
            found = view.judge(hit)
            if isinstance(found, Mention):
                mentions.append(found)
                made.append((kind, held))
            else:
                misses.append(found)
    mentions.sort(key=lambda m: m.evidence[0].start)
    return Found(hits, entities, mentions, misses)


def _kind(event: str) -> str:
    """Types of which the same words tell only one: «در مسکو گفت‌وگو کردند» is a meeting and no call."""
    return "contact" if event.startswith("contact.") else event


def _by_sentence(text: Text, triggers: Sequence[Hit[Trigger]]) -> dict[int, list[Hit[Trigger]]]:
    out: dict[int, list[Hit[Trigger]]] = {}
    number = 0
    for hit in sorted(triggers, key=lambda h: (h.first, -h.last, h.what.rule)):
        while hit.first >= text.sentences[number].first + len(text.sentences[number].tokens):
            number += 1
        out.setdefault(number, []).append(hit)
    return out


def _timely(hit: Hit[Trigger], tokens: Sequence[Token]) -> bool:
    """A trigger written with a negative verb only counts with one; one written in the future only of what lies ahead, in
    the present only of oneself or the passive."""
    form = tokens[hit.held[-1]].form
    if hit.what.negative and form is not None and not form.negative:
        return False
    if not hit.what.future or form is None or form.tense == "future":
        return True
    return form.tense == "present" and (form.person in ("1s", "1p") or form.lemma == "شدن")


def _ranked(hits: Sequence[Hit[Trigger]]) -> list[Hit[Trigger]]:
    """Those that tell most first: verbal before noun, then the longer."""
    return sorted(hits, key=lambda h: (not h.what.verbal, -len(h.held), h.first, h.what.rule))
