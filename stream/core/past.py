"""What the archive says of a contact: the check of a claim to be the first, and a long silence before it."""

from typing import Literal

from stream.core.base import Record


class Anchor(Record, frozen=True, kw_only=True):
    """What the press counts firsts from (`rulebook/anchors.yaml`). `day`: ISO date in Tehran; `between`: names that count
    only where both sides of the contact are among the parties; `parties` decide, too, between anchors with one name."""

    id: str
    title: str
    day: str
    names: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()


class PastContact(Record, frozen=True, kw_only=True):
    """An earlier contact that the archive knows. `day`: ISO date in Tehran."""

    type: str
    day: str
    outlet: str | None
    uri: str
    title: str = ""


class FirstCheck(Record, frozen=True, kw_only=True):
    """What the archive says of a claim to be the first: `none_known`, `contradicted` (by `contact`), or `unknown` for
    one of FIRST_REASONS.

    `between`: the parties or persons looked up; `since`: the day (ISO) that the claim counts from, `anchor` its name;
    `begins`: the first day of the archive; `outlets`: how many fed it; `gaps`: days without news, (first, last). `others`:
    where persons were looked up, an earlier contact of their sides that is not known as theirs.
    """

    result: Literal["none_known", "contradicted", "unknown"]
    reason: str = ""
    between: tuple[str, ...] = ()
    since: str | None = None
    anchor: str | None = None
    begins: str | None = None
    outlets: int = 0
    gaps: tuple[tuple[str, str], ...] = ()
    contact: PastContact | None = None
    others: PastContact | None = None


class Silence(Record, frozen=True, kw_only=True):
    """A contact of a pair after so many days without one that the archive knows."""

    days: int
    last: PastContact


class Past(Record, frozen=True, kw_only=True):
    """All that the archive says of one event; nothing of what is no contact."""

    check: FirstCheck | None = None
    silence: Silence | None = None

    @property
    def contradicted(self) -> bool:
        """Whether a claim to be the first is known to be wrong."""
        return self.check is not None and self.check.result == "contradicted"
