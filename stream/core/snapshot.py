"""The machine's state as bytes, and back: all history and the decisions at hand."""

from collections.abc import Iterator

import msgspec

from stream.core.agenda import Agenda, Plans
from stream.core.correlate import SCHEMA_VERSION, State
from stream.core.endings import Endings
from stream.core.ledger import Contacts
from stream.core.records import Alert, Hold, Record
from stream.core.standing import Standing

Decision = Alert | Agenda | Hold
Decisions = tuple[Decision, ...]

_LETTERS: dict[type, str] = {Alert: "a", Agenda: "p", Hold: "h"}


class StateError(ValueError):
    """A snapshot that this version can't use; begin anew from the log."""


class Stored(Record, frozen=True, kw_only=True):
    """The decisions of one offset, apart by kind so that they can be read back; `order`: a letter for the kind of each."""

    offset: int
    alerts: tuple[Alert, ...]
    agenda: tuple[Agenda, ...]
    holds: tuple[Hold, ...]
    order: str

    @property
    def decisions(self) -> Decisions:
        """What was stored, in its order."""
        kinds: dict[str, Iterator[Decision]] = {"a": iter(self.alerts), "p": iter(self.agenda), "h": iter(self.holds)}
        return tuple(next(kinds[letter]) for letter in self.order)


class Snapshot(Record, frozen=True, kw_only=True):
    """The machine as bytes."""

    schema_version: int = SCHEMA_VERSION
    applied: int
    state: State
    standing: Standing
    plans: Plans
    endings: Endings
    contacts: Contacts
    recent: tuple[Stored, ...]


class _Version(Record, frozen=True, kw_only=True):
    schema_version: int


def stored(offset: int, decisions: Decisions) -> Stored:
    """The decisions of one offset, as they are kept."""
    return Stored(
        offset=offset,
        alerts=tuple(one for one in decisions if isinstance(one, Alert)),
        agenda=tuple(one for one in decisions if isinstance(one, Agenda)),
        holds=tuple(one for one in decisions if isinstance(one, Hold)),
        order="".join(_LETTERS[type(one)] for one in decisions),
    )


def to_bytes(snapshot: Snapshot) -> bytes:
    """JSON and not msgpack, which turns every time to UTC: alerts must come out the same after a restart."""
    return msgspec.json.encode(snapshot)


def from_bytes(data: bytes) -> Snapshot:
    """What `to_bytes` gave. Raises `StateError` for bytes of another schema version, or that are none."""
    try:
        version = msgspec.json.decode(data, type=_Version).schema_version
        if version != SCHEMA_VERSION:
            raise StateError(f"a snapshot of schema version {version}; this is version {SCHEMA_VERSION}")
        return msgspec.json.decode(data, type=Snapshot)
    except msgspec.DecodeError as error:
        raise StateError(f"not a snapshot: {error}") from None
