"""Builders for tests of the life of alerts: controls, ticks, and what a log led to, in words."""

from datetime import timedelta
from typing import Any

from stream.core.agenda import Agenda
from stream.core.controls import Control, Selector, named
from stream.core.machine import Decision, Entry, Machine
from stream.core.reasons import HOLD_REASONS
from stream.core.records import Alert, Hold, Tick
from tests.core.mention_log import NOON, machine


def control(action: str, *, hours: float | None = None, **fields: Any) -> Control:
    """`hours`: until when, after noon."""
    until = None if hours is None else NOON + timedelta(hours=hours)
    select = Selector(**{name: fields.pop(name) for name in tuple(fields) if name in Selector.__struct_fields__})
    known: dict[str, Any] = {
        "action": action,
        "who": "سردبیر",
        "because": "آزمون",
        "at": NOON,
        "until": until,
        "select": select,
    }
    return named(Control(**known | fields))


def tick(hours: float) -> Tick:
    return Tick(at=NOON + timedelta(hours=hours))


def decisions(*log: Entry, it: Machine | None = None) -> list[list[Decision]]:
    """What each record of a log led to; each reason has its name."""
    fresh = it or machine()
    out = [list(fresh.apply(offset, entry)) for offset, entry in enumerate(log)]
    assert all(one.reason in HOLD_REASONS for some in out for one in some if isinstance(one, Hold))
    return out


def kinds(*log: Entry, it: Machine | None = None) -> list[str]:
    """ "create!" (with notify) or the reason of a Hold, a word a decision."""
    return [
        f"{one.kind}{'!' * one.notify}" if isinstance(one, Alert) else one.reason
        for some in decisions(*log, it=it)
        for one in some
        if not isinstance(one, Agenda)
    ]


def last(*log: Entry, it: Machine | None = None) -> Alert:
    """The last alert."""
    return [one for some in decisions(*log, it=it) for one in some if isinstance(one, Alert)][-1]
