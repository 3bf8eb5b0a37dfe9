"""Who or what is named in a text, as tagging finds it and the rules read it."""

from typing import Literal

import msgspec

EntityKind = Literal[
    "state", "adjective", "capital", "organisation", "group", "official", "person", "place", "outlet", "weapon"
]
DEFAULT_STATE = "IRN"


# «…، منطقهٔ X»: where, though a comma stands between
PLACE_HEADS = frozenset(["منطقه", "شهر", "شهرک", "استان", "حومه", "پایتخت", "جنوب", "شمال", "شرق", "غرب", "بندر"])


class Entity(msgspec.Struct, gc=False):
    """A named thing at tokens [first, last). `parties`: ids it counts as; `person`, `role`: lexicon ids."""

    first: int
    last: int
    kind: EntityKind
    id: str
    name: str
    parties: tuple[str, ...] = ()
    person: str | None = None
    role: str | None = None
    stands: bool = True
    former: bool = False
    places: tuple[str, ...] = ()  # place ids where a name is also a place (capitals)
    weak: bool = False  # also a common word; kept only beside another cue
    force: bool = False  # an army or police: bare, it is that of whoever speaks
    fallback: tuple[str, ...] = ()  # whose an office or body is that stands without a state, if the text tells nothing;
    # of a strait, the shore that can shut it


def begin_of(entity: Entity) -> int:
    """Its first token: what entities of a text are sorted by."""
    return entity.first
