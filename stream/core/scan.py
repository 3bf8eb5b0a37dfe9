"""All phrases of the rulebook in one text: one pass, sorted by what they are."""

import msgspec

from stream.core.book import Book, CuePhrase, Guard, Named, Trigger
from stream.core.normalise import Text, Token
from stream.core.phrases import Hit


class Scan(msgspec.Struct):
    """Hits of one text by kind, token indexes counting the whole text."""

    names: list[Hit[Named]]
    triggers: list[Hit[Trigger]]
    guards: list[Hit[Guard]]
    cues: list[Hit[CuePhrase]]


def scan(text: Text, book: Book) -> Scan:
    """One pass over the text with all phrases of the rulebook."""
    line: list[Token] = []
    breaks: list[int] = []  # before each token of the line
    for number, sentence in enumerate(text.sentences):
        line += sentence.tokens
        line.append(Token(0, 0, "\n"))
        breaks += [number] * (len(sentence.tokens) + 1)
    out = Scan([], [], [], [])
    for hit in book.matcher.find(line):
        back = breaks[hit.first]
        if back:
            hit.first -= back
            hit.last -= back
            hit.held = tuple([i - back for i in hit.held])
        match hit.what:
            case Named():
                out.names.append(hit)  # type: ignore[arg-type]
            case Trigger():
                out.triggers.append(hit)  # type: ignore[arg-type]
            case Guard():
                out.guards.append(hit)  # type: ignore[arg-type]
            case _:
                out.cues.append(hit)  # type: ignore[arg-type]
    return out
