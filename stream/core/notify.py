"""Whether a change of an event is pushed to people, and by which named reason; everything else changes it in silence.

Compared is with what was told before, at its highest: a toll that is corrected down and told again is no news, and the
second origin counts once.
"""

from collections.abc import Iterable

from stream.core.correlate import Change, Told
from stream.core.policy import LEVELS, Policy
from stream.core.reckon import Reckoning
from stream.core.records import Kind


def reasons(kind: Kind, change: Change, now: Reckoning, policy: Policy) -> tuple[str, ...]:
    """Words of NOTIFY_REASONS that hold, the weightiest first; empty: in silence."""
    if kind in ("create", "cancel", "correct", "notice"):
        return (kind,)
    told, before, after = change.event.told, change.before, change.event.view
    found = []
    numbers = sum(one.kind == "numbers" for one in now.contradictions)
    if now.deniers > told.deniers:
        found.append("denial")
    if numbers > told.contradictions:
        found.append("contradiction")
    if before is not None and before.status != "happened" and after.status == "happened":
        found.append("claimed_to_happened")
    if LEVELS.index(now.level) > told.rank:
        found.append("level_raised")
    found += _toll(told, now, policy.notify.toll_marks)
    if now.independent >= 2 and not told.second_origin:
        found.append("second_origin")
    return tuple(found)


def _toll(told: Told, now: Reckoning, marks: Iterable[int]) -> list[str]:
    if not now.toll:
        return []
    if not told.toll:
        return ["first_toll"]
    if any(told.toll < mark <= now.toll for mark in marks):
        return ["toll_past"]
    return ["toll_doubled"] if now.toll >= 2 * told.toll else []


def remember(told: Told, now: Reckoning, *, notified: bool) -> Told:
    """What has been told after this message. A toll counts as told once people were notified of it."""
    numbers = sum(one.kind == "numbers" for one in now.contradictions)
    return Told(
        rank=max(told.rank, LEVELS.index(now.level)),
        second_origin=told.second_origin or now.independent >= 2,
        toll=max(told.toll, now.toll) if notified else told.toll,
        deniers=max(told.deniers, now.deniers),
        contradictions=max(told.contradictions, numbers),
    )
