"""What waits or stands for a time: embargoed articles, mutes and watches. All of it ends by the time of a record."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from stream.core.controls import Control, Selector, Subject, higher, selects
from stream.core.records import Hold, Level, Mentions
from stream.core.versions import newer

EMBARGOED = 1000  # articles that wait, at most
CONTROLS = 1000  # mutes and watches in force, at most


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """An article version whose hour has not come, and where it lay in the log."""

    offset: int
    record: Mentions


class Standing(msgspec.Struct, kw_only=True):
    """Part of the machine's state: waiting articles by uri, controls by id, both in order of arrival."""

    waiting: dict[str, Waiting] = {}
    controls: dict[str, Control] = {}

    # --- embargoes ----------------------------------------------------------------------------------------------------

    def wait(self, offset: int, record: Mentions) -> tuple[Hold, ...]:
        """Keep an article until its hour; a Hold for it, and for one that had to go for it."""
        held = self.waiting.get(record.uri)
        if held is not None:
            than = (held.record.version, held.record.version_created, held.offset)
            if record.version != held.record.version and not newer(
                record.version, record.version_created, offset, than
            ):
                known = f"{record.version}, known: {held.record.version}"
                return (Hold(reason="older_version", detail=known, uri=record.uri),)
        self.waiting.pop(record.uri, None)
        self.waiting[record.uri] = Waiting(offset=offset, record=record)
        until = record.embargoed_until.isoformat() if record.embargoed_until else ""
        holds = [Hold(reason="embargoed", detail=until, uri=record.uri)]
        while len(self.waiting) > EMBARGOED:
            uri = next(iter(self.waiting))
            del self.waiting[uri]
            holds.append(Hold(reason="embargo_dropped", uri=uri))
        return tuple(holds)

    def forget(self, uri: str) -> bool:
        """The article may not be used any more, or a newer version is out; whether one waited."""
        return self.waiting.pop(uri, None) is not None

    def due(self, now: datetime) -> Iterator[Waiting]:
        """Take out what need not wait any longer, by its hour and then by its place in the log."""
        ready = [one for one in self.waiting.values() if one.record.embargoed_until <= now]  # type: ignore[operator]
        for one in sorted(ready, key=lambda one: (one.record.embargoed_until, one.offset)):
            del self.waiting[one.record.uri]
            yield one

    # --- mutes and watches --------------------------------------------------------------------------------------------

    def expire(self, now: datetime) -> None:
        """End what stands until now."""
        for name in [c.id for c in self.controls.values() if c.until is not None and c.until <= now]:
            del self.controls[name]

    def set(self, control: Control, now: datetime | None) -> tuple[Hold, ...]:
        """Put a mute or watch in force; a Hold where nothing comes of it."""
        if control.select == Selector():
            return (Hold(reason="control_empty", detail=control.id),)
        if control.until is not None and now is not None and control.until <= now:
            return (Hold(reason="control_over", detail=control.until.isoformat()),)
        if any(other.asks == control.asks for other in self.controls.values()):
            return (Hold(reason="control_known", detail=control.id),)
        self.controls[control.id] = control
        while len(self.controls) > CONTROLS:
            del self.controls[next(iter(self.controls))]
        return ()

    def lift(self, control: Control) -> tuple[Hold, ...]:
        """End the mutes (or watches) that the control names by id or selector; a Hold where there is none."""
        action = "mute" if control.action == "unmute" else "watch"
        ended = [
            one.id
            for one in self.controls.values()
            if one.action == action
            and (one.id == control.target if control.target else one.select == control.select != Selector())
        ]
        for name in ended:
            del self.controls[name]
        return () if ended else (Hold(reason="nothing_to_lift", detail=control.target or control.select.words),)

    def unmuted(self, desks: Iterable[str], subject: Subject) -> tuple[tuple[str, ...], Control | None]:
        """The desks that no mute keeps it from, and the first mute that kept it from one."""
        first: Control | None = None
        left = []
        mutes = [one for one in self.controls.values() if one.action == "mute" and selects(one.select, subject)]
        for desk in desks:
            mute = next((one for one in mutes if one.select.desk in (None, desk)), None)
            first = first or mute
            if mute is None:
                left.append(desk)
        return tuple(left), first

    def watched(self, level: Level, subject: Subject, desks: Iterable[str]) -> tuple[Level, tuple[str, ...]]:
        """The level raised by the watches that concern it, and each step in words."""
        steps = []
        for one in self.controls.values():
            if one.action != "watch" or one.level is None or not selects(one.select, subject):
                continue
            if one.select.desk not in (None, *desks) or not higher(level, one.level):
                continue
            level = one.level
            steps.append(f"watch {one.id[:8]} by {one.who} ({one.select.words}): {level}")
        return level, tuple(steps)
