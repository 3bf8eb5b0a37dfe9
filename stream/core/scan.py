"""All phrases of the rulebook in one text: one pass, sorted by what they are."""

from bisect import bisect_right
from typing import Any

import msgspec

from stream.core.book import Book, CuePhrase, Guard, Named, Trigger
from stream.core.normalise import Text
from stream.core.phrases import Hit


class Scan(msgspec.Struct):
    """Hits of one text by kind, token indexes counting the whole text; guards and cues by the number of their sentence,
    cues once more in a row."""

    names: list[Hit[Named]]
    triggers: list[Hit[Trigger]]
    guards: dict[int, list[Hit[Guard]]]
    cues: list[Hit[CuePhrase]]
    cues_in: dict[int, list[Hit[CuePhrase]]]


def scan(text: Text, book: Book) -> Scan:
    """One pass over the text with all phrases of the rulebook."""
    numbers = [number for number, sentence in enumerate(text.sentences) if sentence.tokens]
    starts = [text.sentences[number].first for number in numbers]
    out = Scan([], [], {}, [], {})
    sinks: dict[type, list[Hit[Any]]] = {Named: out.names, Trigger: out.triggers, CuePhrase: out.cues}
    for hit in book.matcher.find(text.tokens, starts):
        kind = type(hit.what)
        if kind is Guard:
            out.guards.setdefault(numbers[bisect_right(starts, hit.first) - 1], []).append(hit)  # type: ignore[arg-type]
            continue
        sinks[kind].append(hit)
        if kind is CuePhrase:
            out.cues_in.setdefault(numbers[bisect_right(starts, hit.first) - 1], []).append(hit)  # type: ignore[arg-type]
    return out
