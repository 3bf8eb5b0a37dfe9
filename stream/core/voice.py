"""Who tells: outlets and parties as sources of a report, and one of them with those who pass it on."""

from typing import Literal

from stream.core.base import Record

OutletKind = Literal[
    "agency", "broadcaster", "official_organ", "newspaper", "site", "aggregator", "anonymous_channel", "person"
]
VoiceKind = Literal[OutletKind, "party", "unlisted"]


class Voice(Record, frozen=True, kw_only=True):
    """Who tells: an outlet with what outlets.yaml knows of it (its class is `kind`), or a party about itself.

    `owner` is None where nobody or everybody could be it; `state`: a state owns, pays or directs it. An outlet that
    outlets.yaml does not list is `unlisted`.
    """

    id: str
    kind: VoiceKind
    owner: str | None = None
    country: str | None = None
    state: bool = False


class OriginRelays(Record, frozen=True, kw_only=True):
    """One origin and who passes it on.

    `origin` is None where it is unknown. `relays`: outlets that pass it on, in order of arrival, without the origin
    itself. `uris`: the articles that rest on it. `vouches`: somebody answers for it, which no unknown origin, person or
    unlisted outlet does. `firsthand`: an article of the origin itself, or of an outlet that answers for having heard it,
    is among them; without one only channels say that the origin said it.
    """

    origin: Voice | None
    relays: tuple[str, ...] = ()
    uris: tuple[str, ...] = ()
    vouches: bool = False
    firsthand: bool = False
