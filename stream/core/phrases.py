"""Find all phrases of the rulebook in a text in one pass.

Method: a double-array Aho–Corasick automaton (daachorse) over the normalised words joined by spaces, each phrase padded
by spaces so that it only matches whole words; all overlapping matches are kept and chosen from afterwards (leftmost-longest
on padded phrases would lose a neighbour to the shared space).
"""

from collections.abc import Iterable, Sequence
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
    what: T
    size: int  # words of the first segment
    rest: tuple[tuple[str, ...], ...]
    within: int


def segments(phrase: str, words: Words, joins: Joins) -> tuple[tuple[str, ...], ...]:
    """A phrase's words as matched, cut at «…»."""
    return tuple(tuple(norms(piece, words, joins)) for piece in phrase.split(GAP))


class Matcher(Generic[T]):
    """Phrases, compiled once."""

    def __init__(self, phrases: Iterable[tuple[tuple[tuple[str, ...], ...], T, int]]) -> None:
        """Each phrase as its segments of words, what it stands for, and how many words «…» may stand for."""
        entries: dict[str, list[_Entry[T]]] = {}
        for parts, what, within in phrases:
            if not parts or not all(parts):
                raise ValueError("a phrase needs words on both sides of «…»")
            entry = _Entry(what, len(parts[0]), parts[1:], within)
            bucket = entries.setdefault(" " + " ".join(parts[0]) + " ", [])
            if entry not in bucket:
                bucket.append(entry)
        self._entries = list(entries.values())
        self._automaton = CharwiseDoubleArrayAhoCorasick(list(entries)) if entries else None

    def find(self, tokens: Sequence[Token]) -> list[Hit[T]]:
        """All phrases in the tokens of one text, overlapping ones too, in order of their ends.

        Sentences are kept apart by the caller: a token with the norm "\\n" between them matches nothing.
        """
        if self._automaton is None or not tokens:
            return []
        line = " " + " ".join([token.norm for token in tokens]) + " "
        index: dict[int, int] = {}
        at = 0
        for number, token in enumerate(tokens):
            index[at] = number
            at += len(token.norm) + 1
        hits: list[Hit[T]] = []
        for start, _, number in self._automaton.find_overlapping(line):
            first = index[start]
            for entry in self._entries[number]:
                last = first + entry.size
                held = tuple(range(first, last))
                if entry.rest:
                    found = self._rest(tokens, last, entry.rest, entry.within)
                    if found is None:
                        continue
                    held += found
                    last = found[-1] + 1
                hits.append(Hit(first, last, entry.what, held))
        return hits

    @staticmethod
    def _rest(
        tokens: Sequence[Token], at: int, rest: tuple[tuple[str, ...], ...], within: int
    ) -> tuple[int, ...] | None:
        """Where the other segments stand, each at most so many words after the one before, in the same sentence."""
        held: tuple[int, ...] = ()
        for words in rest:
            embedded = False
            passed = 0
            for start in range(at, min(at + FAR, len(tokens) - len(words) + 1)):
                token = tokens[start]
                if token.norm == "\n":
                    return None
                if token.norm == words[0] and all(
                    tokens[start + k].norm == word for k, word in enumerate(words[1:], start=1)
                ):
                    held += tuple(range(start, start + len(words)))
                    at = start + len(words)
                    break
                if token.norm == "که":
                    embedded = True
                elif token.verb:
                    if not embedded:
                        return None  # another clause's verb came first
                    embedded = False
                elif not embedded and token.norm[0].isalnum():
                    passed += 1
                    if passed > within:
                        return None
            else:
                return None
        return held
