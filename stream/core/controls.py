"""What the newsroom asks for: mutes, watches, and alerts taken back, as records of the log, and whom they concern."""

from datetime import datetime
from hashlib import sha256
from typing import Literal

import msgspec

from stream.core.policy import LEVELS
from stream.core.records import Level, Record

Action = Literal["mute", "unmute", "watch", "unwatch", "retract"]


class Selector(Record, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Which alerts a control is about: all that is given must hold; nothing given selects nothing.

    `type`: a type or a family of types ("attack"). `party`: on either side; `pair`: both are parties. `place` and
    `person` are lexicon ids, `outlet` that of the report which causes the message, `desk` one of the alert's desks.
    """

    type: str | None = None
    party: str | None = None
    place: str | None = None
    outlet: str | None = None
    person: str | None = None
    pair: tuple[str, str] | None = None
    desk: str | None = None

    @property
    def words(self) -> str:
        """What is given, for people: "type attack, pair ISR IRN"."""
        given = ((name, getattr(self, name)) for name in self.__struct_fields__)
        return ", ".join(
            f"{name} {value if isinstance(value, str) else ' '.join(value)}" for name, value in given if value
        )


class Control(Record, frozen=True, kw_only=True, tag_field="kind", tag="control"):
    """One change that the newsroom asks for: a record of the log `mentions`, in force from its place on.

    `mute` and `watch` have a selector and, where they end, `until`; `level` is the least that a watch raises to.
    `unmute` and `unwatch` name a control by its id, or all with the same selector; `retract` names an alert (or event).
    """

    schema_version: int = 1
    id: str = ""  # digest of the rest
    action: Action
    who: str
    because: str
    at: datetime  # when it was asked for; only shown: what counts is the place in the log
    until: datetime | None = None
    select: Selector = Selector()
    level: Level | None = None
    target: str = ""
    source: Literal["command", "file"] = "command"

    @property
    def words(self) -> str:
        """What it asks for, for people."""
        what = self.target or self.select.words
        return f"{self.action} {what}" + (f" to {self.level}" if self.level else "")

    @property
    def asks(self) -> tuple[object, ...]:
        """What makes it the same as another one, whenever that was asked for."""
        return self.action, self.select, self.level, self.until, self.target, self.who, self.because, self.source


def named(control: Control) -> Control:
    """The same with its id: a digest of its content."""
    content = msgspec.json.encode(msgspec.structs.replace(control, id=""))
    return msgspec.structs.replace(control, id=sha256(content).hexdigest()[:32])


class Subject(Record, frozen=True, kw_only=True):
    """What a message is about, as far as selectors ask."""

    type: str
    parties: frozenset[str]
    places: frozenset[str]
    persons: frozenset[str]
    outlet: str | None


def selects(select: Selector, subject: Subject) -> bool:
    """Whether all that is given holds; `desk` is the caller's matter."""
    if select == Selector():
        return False
    return (
        (select.type is None or in_family(subject.type, select.type))
        and (select.party is None or select.party in subject.parties)
        and (select.place is None or select.place in subject.places)
        and (select.person is None or select.person in subject.persons)
        and (select.outlet is None or select.outlet == subject.outlet)
        and (select.pair is None or subject.parties.issuperset(select.pair))
    )


def in_family(type_: str, name: str) -> bool:
    """ "attack.armed" is of the type "attack.armed" and of the family "attack"."""
    return type_ == name or type_.startswith(f"{name}.")


def higher(level: Level, least: Level) -> bool:
    """Whether `least` lies above `level`."""
    return LEVELS.index(least) > LEVELS.index(level)
