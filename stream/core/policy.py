"""What the newsroom decides, as records: desks, severity, certainty, levels, windows, and the words of a line.

The values live in `stream/rulebook/policy.yaml`, docs/policy.md explains them to editors;
`stream.rulebook_reader.policy` reads and checks them.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

from stream.core.identity import Identity
from stream.core.records import Certainty, Kind, Level, Maturity, Record, Severity, Status, Urgency

LEVELS: tuple[Level, ...] = ("routine", "bulletin", "urgent", "flash")  # lowest first, as the next two
SEVERITIES: tuple[Severity, ...] = ("minor", "moderate", "severe", "extreme")
CERTAINTIES: tuple[Certainty, ...] = ("unknown", "unlikely", "possible", "likely", "observed")


class RuleFacts(Record, frozen=True, kw_only=True):
    """What decisions need to know of a rule."""

    rule: str
    type: str
    title: str
    desk: str
    maturity: Maturity
    severity: Severity | None = None  # the rule's own, where it is not its type's


class Setting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of all that stands in policy.yaml: an unknown key is an error."""


class Desk(Setting, frozen=True, kw_only=True):
    """Who gets alerts: `id` is also the ending of the topic `alerts.<desk>`."""

    id: str
    title: str


class Route(Setting, frozen=True, kw_only=True):
    """Who gets an alert: `desks`, where all that is given holds. `types`: types or families; `level`: at least this one."""

    desks: tuple[str, ...]
    types: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    level: Level = "routine"


class EventType(Setting, frozen=True, kw_only=True):
    """One of the event types. `severity`: before anything raises or lowers it. Reciprocal: all parties are actors, in no
    order."""

    label: str
    severity: Severity
    reciprocal: bool = False


class When(Setting, frozen=True, kw_only=True):
    """Conditions of a step; all that are given must hold.

    `types`: the event's type or the family before its dot is among them. `offices`, `site`, `pair` name a list of the
    policy: a party is named by, or holds, one of these offices; it is told of one of these places; it stands between the
    two of a pair. `party`: one of these takes part. `against`: one of these suffers it from another. `first`: said to be
    the first of its kind, and nothing known against it; `silence`: a contact after a long silence. `dead`, `injured`, `percent`, `magnitude`: at least so many; `magnitude_under`: less.
    """

    types: tuple[str, ...] = ()
    offices: str | None = None
    site: str | None = None
    pair: str | None = None
    party: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    first: bool = False
    silence: bool = False
    dead: int | None = None
    injured: int | None = None
    magnitude: float | None = None
    magnitude_under: float | None = None
    percent: float | None = None


class SeverityStep(Setting, frozen=True, kw_only=True):
    """A named step of the severity's reckoning, with one effect: `step` so many degrees up (as far as `up_to`) or down,
    or at least, or at most, this degree."""

    name: str
    when: When
    step: int = 0
    up_to: Severity = "extreme"
    at_least: Severity | None = None
    at_most: Severity | None = None


class SeverityPolicy(Setting, frozen=True, kw_only=True):
    """Lists by name: pairs of parties, offices (ids of roles.yaml), sites (ids of places.yaml); and the steps in order."""

    pairs: Mapping[str, tuple[tuple[str, str], ...]]
    offices: Mapping[str, tuple[str, ...]]
    sites: Mapping[str, tuple[str, ...]]
    steps: tuple[SeverityStep, ...]


CertaintyName = Literal["own_word", "second_origin", "denied", "contradicted", "unnamed", "belligerent", "unvouched"]


class CertaintyStep(Setting, frozen=True, kw_only=True):
    """A named step of the certainty's reckoning: degrees up or down, or at most this degree."""

    name: CertaintyName
    step: int = 0
    at_most: Certainty | None = None


class CertaintyPolicy(Setting, frozen=True, kw_only=True):
    """The certainty by status, the steps in their order, and the types in which whoever acts is a belligerent."""

    statuses: Mapping[Status, Certainty]
    steps: tuple[CertaintyStep, ...]
    belligerent_types: tuple[str, ...]


class UrgencyPolicy(Setting, frozen=True, kw_only=True):
    """Hours since the event: up to `immediate`, then up to `expected`; older is `past`."""

    immediate: float
    expected: float


class Levels(Setting, frozen=True, kw_only=True):
    """The level by severity; how far certainty and urgency let it go at most; `not_headline`: degrees for an event that no
    article tells in its title, its first line or its first `headline` characters."""

    severity: Mapping[Severity, Level]
    certainty: Mapping[Certainty, Level]
    urgency: Mapping[Urgency, Level]
    headline: int
    not_headline: int = 0


class Notify(Setting, frozen=True, kw_only=True):
    """Tolls that are told when they are passed."""

    toll_marks: tuple[int, ...]


class Windows(Setting, frozen=True, kw_only=True):
    """Hours. `merge`: how far apart reports of one event may be published. `stale`: an older event is not alerted.

    `keep`: how long after its opening an event, and after its arrival an article version, is remembered. `plans`: how long
    a plan without a date is.
    """

    merge: float
    stale: float
    keep: float
    plans: float


class Bounds(Setting, frozen=True, kw_only=True):
    """Numbers that keep memory and messages bounded; the oldest are forgotten first."""

    events: int
    articles: int
    plans: int  # and notices
    sources_shown: int  # in one alert: the first ones
    history_shown: int  # in one alert: the last messages


class LedgerPolicy(Setting, frozen=True, kw_only=True):
    """The ledger of contacts. `articles_a_day`: so many articles make a day one that the archive has seen; `pairs`: kept
    at most; `apart_days`: contacts nearer to each other may be one, told twice (`apart_undated_days`: where the text does not
    tell the day); `silence_days`: after so many days without
    a contact the next one says so, by type."""

    articles_a_day: int = 20
    pairs: int = 50_000
    apart_days: int = 2
    apart_undated_days: int = 7
    silence_days: Mapping[str, int] = {}


PAST_WORDS: Mapping[str, frozenset[str]] = {  # what may stand in braces in each sentence of `PastWords`
    "none_known": frozenset(["kind", "since"]),
    "contradicted": frozenset(["kind", "day", "outlet"]),
    "told_before": frozenset(["kind", "day", "outlet"]),
    "others": frozenset(["kind", "day", "outlet"]),
    "begins": frozenset(["begins"]),
    "empty": frozenset(),
    "gap": frozenset(["since", "days"]),
    "since_unknown": frozenset(),
    "several_parties": frozenset(),
    "silence": frozenset(["kind", "days", "day", "outlet"]),
}


class PastWords(Setting, frozen=True, kw_only=True):
    """What the archive says of a contact, as sentences; PAST_WORDS says what may stand in braces in each."""

    none_known: str
    contradicted: str
    told_before: str
    others: str
    begins: str
    empty: str
    gap: str
    since_unknown: str
    several_parties: str
    silence: str


class Words(Setting, frozen=True, kw_only=True):
    """Persian words of an alert's line. An empty status word: plain fact, nothing is said. `unverified`: a fact that
    nobody vouches for; `denied_by` stands before who denies it; `origins`, `event`, `report` stand beside their numbers."""

    levels: Mapping[Level, str]
    statuses: Mapping[Status, str]
    kinds: Mapping[Kind, str]
    unverified: str
    denied_by: str
    absent: str = "در نسخهٔ تازه نیست"  # what a source told and its newer version does not
    origins: str
    event: str
    report: str
    past: PastWords


class Policy(Setting, frozen=True, kw_only=True):
    """policy.yaml as a whole."""

    desks: tuple[Desk, ...]
    types: Mapping[str, EventType]
    alerted: tuple[Status, ...]
    silent_maturities: tuple[Maturity, ...]
    severity: SeverityPolicy
    certainty: CertaintyPolicy
    urgency: UrgencyPolicy
    levels: Levels
    notify: Notify
    hours: Windows
    bounds: Bounds
    ledger: LedgerPolicy = LedgerPolicy()
    words: Words
    routes: tuple[Route, ...] = ()
    identity: Identity

    def window(self, kind: str) -> float:
        """How many hours apart reports of one event of this type may be published."""
        return self.identity.hours.get(kind, self.hours.merge)


def of_types(kind: str, types: tuple[str, ...]) -> bool:
    """Whether an event type, or its family («attack» of «attack.armed»), is among the types."""
    return kind in types or kind.partition(".")[0] in types
