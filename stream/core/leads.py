"""The line that others stand under: «رویترز:», «ادعای X: …»."""

from collections.abc import Sequence

from stream.core.book import CuePhrase
from stream.core.normalise import Sentence, Text
from stream.core.phrases import Hit

_NEAR_TOP = 5  # tokens within which a heading begins with «ادعای …»
CARRIES = 8  # sentences that a line such as «رویترز:» stands over


def lead_of(text: Text, number: int) -> Sentence | None:
    """The line before that ends in a colon and tells whose words follow («وزیر خارجه … به …:»)."""
    for n in range(number - 1, max(-1, number - 1 - CARRIES), -1):
        sentence = text.sentences[n]
        if sentence.tokens[-1].norm == ":" and len(sentence.tokens) <= 25:
            return sentence
    return None


def heading(text: Text, cues: Sequence[Hit[CuePhrase]]) -> list[Hit[CuePhrase]]:
    """«ادعای X: …» over a short text: the lines below are the same one's words."""
    first = text.sentences[0]
    colon = next((n for n, token in enumerate(first.tokens) if token.norm == ":"), 0)
    return [h for h in cues if h.last <= min(colon, _NEAR_TOP) and h.what.cue.status == "claimed"]
