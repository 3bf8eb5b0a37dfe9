"""Find all phrases of the rulebook in a text in one pass.

Method: a double-array Aho–Corasick automaton (daachorse) over the normalised words joined by spaces, each phrase padded
by spaces so that it only matches whole words; all overlapping matches are kept and chosen from afterwards (leftmost-longest
on padded phrases would lose a neighbour to the shared space).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import Generic, TypeVar

import msgspec
from daachorse import CharwiseDoubleArrayAhoCorasick

from stream.core.normalise import Joins, Token, norms
from stream.core.words import Words

T = TypeVar("T")
GAP = "…"
WITHIN = 8  # words that «…» may stand for, a relative clause among them not counted
AROUND = 20  # the same in a cue, whose pieces enclose the whole event («از … خبر داد»)
FAR = 32  # tokens, all told


class Hit(msgspec.Struct, Generic[T], gc=False):
    """A phrase found: token indexes, `last` exclusive; `held` are the tokens that its words took (others lie in gaps)."""

    first: int
    last: int
    what: T
    held: tuple[int, ...]


class _Entry(msgspec.Struct, Generic[T], frozen=True):
    """A phrase with «…»: the segments after the first, and all their words."""

    what: T
    rest: tuple[tuple[str, ...], ...]
    within: int
    words: frozenset[str]


_Rows = dict[str, list[tuple[int, _Entry[T]]]]  # by the first word after «…»


class _Bucket(msgspec.Struct, Generic[T]):
    """The phrases with one first segment, of `size` words, numbered in order. Those with «…» are kept by the first word
    after it, so that only those are looked at whose word stands there."""

    size: int
    number: int = 0
    whole: list[tuple[int, T]] = msgspec.field(default_factory=list)
    gapped: dict[str, list[tuple[int, _Entry[T]]]] = msgspec.field(default_factory=dict)

    def add(self, entry: _Entry[T]) -> None:
        """Take a phrase in, once."""
        if entry.rest:
            row = self.gapped.setdefault(entry.rest[0][0], [])
            if all(entry != other for _, other in row):
                row.append((self.number, entry))
        elif all(entry.what != what for _, what in self.whole):
            self.whole.append((self.number, entry.what))
        self.number += 1

    def live(self, present: frozenset[str]) -> _Rows[T]:
        """Of the phrases with «…» those whose other words all stand somewhere among these."""
        if self.gapped.keys().isdisjoint(present):
            return {}
        rows: _Rows[T] = {}
        for word, entries in self.gapped.items():
            if word in present:
                row = [(n, entry) for n, entry in entries if entry.words <= present]
                if row:
                    rows[word] = row
        return rows


def has_words(phrase: str) -> bool:
    """Whether a phrase has a letter or digit on each side of «…»."""
    return all(any(letter.isalnum() for letter in part) for part in phrase.split(GAP))


def segments(phrase: str, words: Words, joins: Joins) -> tuple[tuple[str, ...], ...]:
    """A phrase's words as matched, cut at «…»."""
    return tuple(tuple(norms(piece, words, joins)) for piece in phrase.split(GAP))


class Matcher(Generic[T]):
    """Phrases, compiled once."""

    def __init__(self, phrases: Iterable[tuple[tuple[tuple[str, ...], ...], T, int]]) -> None:
        """Each phrase as its segments of words, what it stands for, and how many words «…» may stand for."""
        buckets: dict[str, _Bucket[T]] = {}
        for parts, what, within in phrases:
            if not parts or not all(parts):
                raise ValueError("a phrase needs words on both sides of «…»")
            bucket = buckets.setdefault(f" {' '.join(parts[0])} ", _Bucket(len(parts[0])))
            words = frozenset(word for part in parts[1:] for word in part)
            bucket.add(_Entry(what, parts[1:], within, words))
        self._buckets = list(buckets.values())
        gapped = [entry for bucket in self._buckets for row in bucket.gapped.values() for _, entry in row]
        self._later = frozenset(words[0] for entry in gapped for words in entry.rest)
        self._within = max([entry.within for entry in gapped], default=0)
        self._automaton = CharwiseDoubleArrayAhoCorasick(list(buckets)) if buckets else None

    def find(self, tokens: Sequence[Token], starts: Sequence[int] = ()) -> list[Hit[T]]:
        """All phrases in the tokens of one text, overlapping ones too, in order of their ends.

        `starts`: the first token of each sentence, in order; no phrase goes over a sentence's end, nor over a token with
        the norm "\\n".
        """
        if self._automaton is None or not tokens:
            return []
        norms = [token.norm for token in tokens]
        line, begins = _line(norms, starts)
        matches = self._automaton.find_overlapping(line)
        present = frozenset(norms)
        live: dict[int, _Rows[T]] = {}
        gaps = _Gaps(tokens, norms, starts, self._later, self._within)
        hits: list[Hit[T]] = []
        for begin, _, number in matches:
            bucket = self._buckets[number]
            rows = live.get(number)
            if rows is None:
                rows = live[number] = bucket.live(present) if bucket.gapped else {}
            if not rows and not bucket.whole:
                continue
            first = bisect_left(begins, begin)
            last = first + bucket.size
            held = (first,) if bucket.size == 1 else tuple(range(first, last))
            if not rows or rows.keys().isdisjoint(norms[last : last + FAR]):
                for _, what in bucket.whole:
                    hits.append(Hit(first, last, what, held))
                continue
            found = [(n, Hit(first, last, what, held)) for n, what in bucket.whole]
            for word in gaps.words(last):
                for n, entry in rows.get(word, ()):
                    more = gaps.fill(last, entry.rest, entry.within)
                    if more:
                        found.append((n, Hit(first, more[-1] + 1, entry.what, held + more)))
            hits += [hit for _, hit in sorted(found, key=_number)]
        return hits


def _line(norms: Sequence[str], starts: Sequence[int]) -> tuple[str, list[int]]:
    """The words with a space around each, sentences apart by a line's end, and where the space before each word stands."""
    if not starts:
        return f" {' '.join(norms)} ", list(accumulate([len(norm) + 1 for norm in norms], initial=0))
    sentences = [norms[a:b] for a, b in pairwise([*starts, len(norms)])]
    begins: list[int] = []
    at = 0
    for sentence in sentences:
        begins += accumulate([len(norm) + 1 for norm in sentence], initial=at)
        at = begins.pop() + 2
    between = " \n "
    return f" {between.join([' '.join(sentence) for sentence in sentences])} ", begins


def _number(found: tuple[int, object]) -> int:
    return found[0]


class _Gaps:
    """What stands after any token of one text, up to where «…» must end; found once for all phrases."""

    def __init__(
        self, tokens: Sequence[Token], norms: Sequence[str], starts: Sequence[int], later: frozenset[str], within: int
    ) -> None:
        """`starts` of sentences; `later` are the words that a segment after «…» can begin with, `within` the most words in any gap."""
        self._tokens, self._norms, self._starts = tokens, norms, starts
        self._later, self._within = later, within
        self._known: dict[int, dict[str, list[tuple[int, int]]]] = {}

    def words(self, at: int) -> dict[str, list[tuple[int, int]]]:
        """The words that a segment after a gap from `at` can begin with: where each stands, in the same sentence, and
        over how many words it is reached."""
        known = self._known.get(at)
        if known is None:
            known = self._known[at] = self._look(at)
        return known

    def fill(self, at: int, rest: tuple[tuple[str, ...], ...], within: int) -> tuple[int, ...]:
        """The tokens of a phrase's other segments, each the nearest one; none where one is missing."""
        held: tuple[int, ...] = ()
        for words in rest:
            size = len(words)
            for start, passed in self.words(at).get(words[0], ()):
                if passed > within:
                    return ()
                if size == 1 or tuple(self._norms[start : start + size]) == words:
                    break
            else:
                return ()
            at = start + size
            held += tuple(range(start, at))
        return held

    def _look(self, at: int) -> dict[str, list[tuple[int, int]]]:
        found: dict[str, list[tuple[int, int]]] = {}
        embedded = False
        passed = 0
        sentence = bisect_right(self._starts, at - 1)  # the one after that of the word before the gap
        end = self._starts[sentence] if sentence < len(self._starts) else len(self._norms)
        for place in range(at, min(at + FAR, end)):
            norm = self._norms[place]
            if norm == "\n" or (norm == ":" and not self._norms[place - 1].isdigit()):
                break
            if norm in self._later:
                found.setdefault(norm, []).append((place, passed))
            if norm == "که":
                embedded = True
            elif self._tokens[place].verb:
                if not embedded:
                    break  # another clause's verb: nothing beyond it
                embedded = False
            elif not embedded and norm[0].isalnum():
                passed += 1
                if passed > self._within:
                    break
        return found
