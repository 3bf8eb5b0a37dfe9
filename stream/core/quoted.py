"""Who speaks in a quotation that an earlier sentence opened: «X نوشت: «… . …»»."""

from collections.abc import Collection, Sequence

from stream.core.entity import Entity
from stream.core.normalise import Sentence

_BEFORE_IT = 2  # tokens before the opening mark among which the colon stands


def quoted(text: str, before: Sequence[Sentence], named: Sequence[Entity], mute: Collection[str]) -> Entity | None:
    """The speaker of the quotation that is still open after the sentences `before` of the text, nearest last.

    `named`: entities of the whole text in order; `mute`: kinds that speak for nobody. None where no quotation is open or
    no colon stands before it.
    """
    depth = 0
    for sentence in reversed(before):
        part = text[sentence.start : sentence.end]
        if "«" not in part:
            depth += part.count("»")
            continue
        for i in range(len(sentence.tokens) - 1, -1, -1):
            norm = sentence.tokens[i].norm
            depth += (norm == "»") - (norm == "«")
            if depth < 0:
                return _named_before(sentence, i, named, mute)
    return None


def _named_before(sentence: Sentence, mark: int, named: Sequence[Entity], mute: Collection[str]) -> Entity | None:
    """The official or person, else the first name, before the colon that leads to the mark."""
    near = range(mark - 1, max(-1, mark - 1 - _BEFORE_IT), -1)
    colon = next((i for i in near if sentence.tokens[i].norm == ":"), None)
    if colon is None:
        return None
    end = sentence.first + colon
    said = [e for e in named if sentence.first <= e.first < end and e.kind not in mute and e.parties]
    return next((e for e in said if e.kind in ("official", "person")), said[0] if said else None)
