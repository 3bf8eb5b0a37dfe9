"""All phrases of the rulebook in one text: one pass, sorted by what they are."""

from typing import Any

import msgspec

from stream.core.book import Book, CuePhrase, Guard, Named, Trigger
from stream.core.normalise import Text, Token
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
    line: list[Token] = []
    breaks: list[int] = []  # before each token of the line
    for number, sentence in enumerate(text.sentences):
        line += sentence.tokens
        line.append(Token(0, 0, "\n"))
        breaks += [number] * (len(sentence.tokens) + 1)
    out = Scan([], [], {}, [], {})
    sinks: dict[type, list[Hit[Any]]] = {Named: out.names, Trigger: out.triggers, CuePhrase: out.cues}
    for hit in book.matcher.find(line):
        back = breaks[hit.first]
        if back:
            hit.first -= back
            hit.last -= back
            held = hit.held
            hit.held = (held[0] - back,) if len(held) == 1 else tuple([i - back for i in held])
        kind = type(hit.what)
        if kind is Guard:
            out.guards.setdefault(back, []).append(hit)  # type: ignore[arg-type]
            continue
        sinks[kind].append(hit)
        if kind is CuePhrase:
            out.cues_in.setdefault(back, []).append(hit)  # type: ignore[arg-type]
    return out
