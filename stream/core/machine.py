"""Steps 5 and 6 in a row: a deterministic machine over the ordered log `mentions`.

State is a function of the log: the same records at the same offsets give byte-equal decisions, and an offset that was
applied already changes nothing.
"""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from stream.core.correlate import SCHEMA_VERSION, Correlator, State
from stream.core.decide import message, not_alertable
from stream.core.policy import Policy, RuleFacts
from stream.core.records import Alert, Hold, Mentions, Record

Decisions = tuple[Alert | Hold, ...]

KEPT = 1000  # decisions kept at hand, to be given again


class Stored(Record, frozen=True, kw_only=True):
    """The decisions of one offset, apart by kind so that they can be read back; `order` is True for an alert."""

    offset: int
    alerts: tuple[Alert, ...]
    holds: tuple[Hold, ...]
    order: tuple[bool, ...]


class Snapshot(Record, frozen=True, kw_only=True):
    """The machine as bytes."""

    schema_version: int = SCHEMA_VERSION
    applied: int
    state: State
    recent: tuple[Stored, ...]


class _Version(Record, frozen=True, kw_only=True):
    schema_version: int


class StateError(ValueError):
    """A snapshot that this version can't use; begin anew from the log."""


class Machine:
    """Open events and what was decided. `facts`: by rule id; `outlets`: how a line names an outlet, by id.

    Raises ValueError for facts that the policy doesn't know.

    After an exception out of `apply` the machine must not be used again: start anew from a snapshot and the log.
    """

    def __init__(
        self,
        policy: Policy,
        facts: Mapping[str, RuleFacts],
        outlets: Mapping[str, str] = MappingProxyType({}),
        kept: int = KEPT,
    ) -> None:
        desks = {desk.id for desk in policy.desks}
        for rule in facts.values():
            if rule.desk not in desks:
                raise ValueError(f"rule {rule.rule}: its desk {rule.desk!r} is not in policy.yaml")
            if rule.type not in policy.types:
                raise ValueError(f"rule {rule.rule}: its type {rule.type!r} is not in policy.yaml")
        self._policy = policy
        self._facts = facts
        self._outlets = outlets
        self._kept = kept
        self._applied = -1
        self._recent: dict[int, Decisions] = {}
        self._correlator = Correlator(policy, State())

    @property
    def applied(self) -> int:
        """The highest offset that was applied, -1 before the first."""
        return self._applied

    @property
    def open_events(self) -> int:
        """How many events are open."""
        return len(self._correlator.state.events)

    def events_of(self, uri: str) -> tuple[str, ...]:
        """Ids of the open events that an article supports."""
        return self._correlator.events_of(uri)

    def apply(self, offset: int, record: Mentions) -> Decisions:
        """Decide on one record of the log: an alert or a Hold for each mention, and for each event that loses support.

        An offset at or below `applied` changes nothing: it gets its decisions of then.
        """
        if offset <= self._applied:
            return self._recent.get(offset, (Hold(reason="already_applied", detail=str(offset), uri=record.uri),))
        self._correlator.advance(record.origin.received)
        decisions = self._decide(offset, record)
        self._applied = offset
        self._recent[offset] = decisions
        while len(self._recent) > self._kept:
            del self._recent[next(iter(self._recent))]
        return decisions

    def _decide(self, offset: int, record: Mentions) -> Decisions:
        if record.kind == "withdrawal":
            return self._withdraw(record, "nothing_to_withdraw")
        held = self._correlator.order(offset, record)
        if held is not None:
            return (held,)
        if record.pub_status == "canceled":
            return self._withdraw(record, "nothing_to_withdraw")
        if record.pub_status == "withheld":
            return self._withdraw(record, "withheld")
        if record.embargoed_until is not None and record.embargoed_until > record.origin.received:
            return (Hold(reason="embargoed", detail=record.embargoed_until.isoformat(), uri=record.uri),)
        if record.outcome == "unsupported_language":
            return (Hold(reason="unsupported_language", detail=record.language, uri=record.uri),)
        if not record.mentions:
            return (Hold(reason="no_mention", uri=record.uri),)
        decisions: list[Alert | Hold] = []
        for mention in record.mentions:
            facts = self._facts.get(mention.rule)
            held = not_alertable(mention, record, self._policy, facts)
            if held is not None or facts is None:
                decisions.append(held or Hold(reason="rule_unknown", uri=record.uri, type=mention.type))
            else:
                change = self._correlator.join(record, mention, facts)
                decisions.append(message(change, record, self._policy, self._outlets))
        return tuple(decisions)

    def _withdraw(self, record: Mentions, otherwise: str) -> Decisions:
        changes = self._correlator.withdraw(record.uri)
        told = tuple(message(change, record, self._policy, self._outlets) for change in changes)
        return told or (Hold(reason=otherwise, uri=record.uri),)

    def to_bytes(self) -> bytes:
        """The whole state; equal for equal logs."""
        recent = tuple(
            Stored(
                offset=offset,
                alerts=tuple(one for one in decisions if isinstance(one, Alert)),
                holds=tuple(one for one in decisions if isinstance(one, Hold)),
                order=tuple(isinstance(one, Alert) for one in decisions),
            )
            for offset, decisions in self._recent.items()
        )
        # JSON and not msgpack, which turns every time to UTC: alerts must come out the same after a restart
        return msgspec.json.encode(Snapshot(applied=self._applied, state=self._correlator.state, recent=recent))

    @classmethod
    def from_bytes(
        cls,
        data: bytes,
        policy: Policy,
        facts: Mapping[str, RuleFacts],
        outlets: Mapping[str, str] = MappingProxyType({}),
        kept: int = KEPT,
    ) -> "Machine":
        """The machine as it was. Raises `StateError` for bytes of another schema version, or that are none."""
        try:
            version = msgspec.json.decode(data, type=_Version).schema_version
            if version != SCHEMA_VERSION:
                raise StateError(f"a snapshot of schema version {version}; this is version {SCHEMA_VERSION}")
            snapshot = msgspec.json.decode(data, type=Snapshot)
        except msgspec.DecodeError as error:
            raise StateError(f"not a snapshot: {error}") from None
        machine = cls(policy, facts, outlets, kept)
        machine._applied = snapshot.applied
        machine._correlator = Correlator(policy, snapshot.state)
        for stored in snapshot.recent:
            alerts, holds = iter(stored.alerts), iter(stored.holds)
            machine._recent[stored.offset] = tuple(next(alerts) if alert else next(holds) for alert in stored.order)
        return machine
