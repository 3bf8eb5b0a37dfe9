"""What the newsroom decides, as records: desks, levels, windows, what is alerted, and the words of a line.

The values live in `stream/rulebook/policy.yaml`; `stream.rulebook_reader.policy` reads and checks them.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

from stream.core.records import Maturity, Record, Severity, Status

Level = Literal["flash", "urgent", "bulletin", "routine"]
Kind = Literal["create", "update", "correct", "cancel"]

LEVELS: tuple[Level, ...] = ("routine", "bulletin", "urgent", "flash")  # lowest first


class RuleFacts(Record, frozen=True, kw_only=True):
    """What decisions need to know of a rule."""

    rule: str
    type: str
    title: str
    desk: str
    severity: Severity
    maturity: Maturity


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
    """One of the event types. Reciprocal: all parties are actors, in no order."""

    label: str
    reciprocal: bool = False


class Modifier(Setting, frozen=True, kw_only=True):
    """A named step of the level's reckoning: so many levels up or down, upwards to `at_most`."""

    name: Literal["claimed", "not_headline", "first"]
    step: int
    at_most: Level = "flash"


class Levels(Setting, frozen=True, kw_only=True):
    """The level by severity, and what changes it, in this order."""

    base: Mapping[Severity, Level]
    modifiers: tuple[Modifier, ...] = ()


class Windows(Setting, frozen=True, kw_only=True):
    """Hours. `merge`: how far apart reports of one event may be published. `stale`: an older event is not alerted.

    `keep`: how long after its opening an event, and after its arrival an article version, is remembered.
    """

    merge: float
    stale: float
    keep: float


class Bounds(Setting, frozen=True, kw_only=True):
    """Numbers that keep memory and messages bounded; the oldest are forgotten first."""

    events: int
    articles: int
    sources_shown: int  # in one alert: the first ones


class Words(Setting, frozen=True, kw_only=True):
    """Persian words of an alert's line. An empty status word: plain fact, nothing is said."""

    levels: Mapping[Level, str]
    statuses: Mapping[Status, str]
    kinds: Mapping[Kind, str]
    denied_by: str = "تکذیب شد از سوی"  # before who denies an event


class Policy(Setting, frozen=True, kw_only=True):
    """policy.yaml as a whole."""

    desks: tuple[Desk, ...]
    types: Mapping[str, EventType]
    alerted: tuple[Status, ...]
    silent_maturities: tuple[Maturity, ...]
    levels: Levels
    hours: Windows
    bounds: Bounds
    words: Words
    routes: tuple[Route, ...] = ()
