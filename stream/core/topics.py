"""Step 3. Topics: which top-level concepts of the IPTC Media Topics a text is about.

Evidence: the types of the events that it tells, and the words of `lexicon/topics.yaml`. An event or a word of the title
weighs more than a word of the body; each word counts once, however often it stands there.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from stream.core.book import Book
from stream.core.normalise import Text, Token
from stream.core.phrases import WITHIN, Matcher, segments
from stream.core.records import Mention, Record

_EVENT = 4  # weight of an event type
_TITLE = 3  # of a word of the title (or of a text of few sentences)
_BODY = 1
_LEAST = 3  # what a topic needs
_SHARE = 3  # a topic of less than a third of the first one's weight is left out
_MOST = 4  # topics a text
_SHORT = 3  # sentences up to which every word counts as one of the title


class Topic(Record, frozen=True, kw_only=True):
    """A top-level concept of the IPTC Media Topics (`id`: medtop:…) that a text is about; `why`: event types and words."""

    id: str
    name: str
    label: str
    score: int
    why: tuple[str, ...] = ()


class TopicEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One concept: `types` are event types or the first word of them."""

    id: str
    name: str
    label: str
    types: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class TopicList(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`lexicon/topics.yaml`."""

    topics: tuple[TopicEntry, ...]


class Topics:
    """The list, compiled once against a rulebook."""

    def __init__(self, entries: Iterable[TopicEntry], book: Book) -> None:
        self._entries = {entry.id: entry for entry in entries}
        self._matcher: Matcher[tuple[str, str]] = Matcher(
            (segments(word, book.words, book.joins), (entry.id, word), WITHIN)
            for entry in self._entries.values()
            for word in entry.words
        )
        self._types: dict[str, list[str]] = defaultdict(list)
        for entry in self._entries.values():
            for type_ in entry.types:
                self._types[type_].append(entry.id)

    def entry(self, id_: str) -> TopicEntry:
        """A concept by its code. Raises KeyError for an unknown one."""
        return self._entries[id_]

    def find(self, text: Text, mentions: Sequence[Mention]) -> tuple[Topic, ...]:
        """Topics of a text, the weightiest first."""
        weights: dict[str, dict[str, int]] = defaultdict(dict)
        for mention in mentions:
            for id_ in self._of_type(mention.type):
                weights[id_][mention.type] = _EVENT
        short = len(text.sentences) <= _SHORT
        line: list[Token] = []
        heads: list[bool] = []
        for sentence in text.sentences:
            line += [*sentence.tokens, Token(0, 0, "\n")]
            heads += [sentence.title or short] * (len(sentence.tokens) + 1)
        for hit in self._longest(line):
            id_, word = hit[2]
            weight = _TITLE if heads[hit[0]] else _BODY
            weights[id_][word] = max(weight, weights[id_].get(word, 0))
        totals = sorted(((sum(w.values()), id_) for id_, w in weights.items()), key=lambda t: (-t[0], t[1]))
        kept = [(total, id_) for total, id_ in totals if total >= _LEAST and total * _SHARE >= totals[0][0]]
        return tuple(self._topic(id_, total, weights[id_]) for total, id_ in kept[:_MOST])

    def _of_type(self, type_: str) -> list[str]:
        family = type_.partition(".")[0]
        found = self._types.get(type_, []) + (self._types.get(family, []) if family != type_ else [])
        return list(dict.fromkeys(found))

    def _longest(self, line: Sequence[Token]) -> list[tuple[int, int, tuple[str, str]]]:
        """Of overlapping words the longest, so that «موج گرما» is no other word's «موج»."""
        hits = sorted(((h.first, h.last, h.what) for h in self._matcher.find(line)), key=lambda h: (h[0] - h[1], h[0]))
        taken: dict[int, tuple[int, int]] = {}
        out = []
        for first, last, what in hits:
            if all(taken.get(i, (first, last)) == (first, last) for i in range(first, last)):
                taken.update(dict.fromkeys(range(first, last), (first, last)))
                out.append((first, last, what))
        return out

    def _topic(self, id_: str, total: int, weights: dict[str, int]) -> Topic:
        entry = self._entries[id_]
        why = sorted(weights, key=lambda word: (-weights[word], word))
        return Topic(id=f"medtop:{id_}", name=entry.name, label=entry.label, score=total, why=tuple(why[:8]))
