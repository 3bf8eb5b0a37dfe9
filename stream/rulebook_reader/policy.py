"""Reads and checks policy.yaml."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from stream.core.policy import LEVELS, Kind, Policy
from stream.core.records import Severity, Status
from stream.rulebook_reader.errors import RulebookError
from stream.rulebook_reader.yaml_file import Key, locate, read_yaml

FILE = "policy.yaml"
_DESK = re.compile(r"[a-z][a-z0-9_-]{0,39}\Z")  # the end of a topic's name
_WORD = 16
_TYPE = re.compile(r"[a-z]+(\.[a-z]+)?\Z")


def read_policy(root: Path) -> Policy:
    """Read `policy.yaml` in the rulebook's folder. Raises `RulebookError` for the first thing that is wrong."""
    path = root / FILE
    policy = read_yaml(path, Policy, root)
    for keys, message in _faults(policy):
        raise RulebookError(FILE, locate(path, *keys), message)
    return policy


def _faults(policy: Policy) -> Iterator[tuple[tuple[Key, ...], str]]:
    if not policy.desks:
        yield ("desks",), "at least one desk is needed"
    for n, desk in enumerate(policy.desks):
        if not _DESK.match(desk.id):
            yield ("desks", n, "id"), f"the desk {desk.id!r}: use small Latin letters, digits, - and _, at most 40"
        if desk.id in {other.id for other in policy.desks[:n]}:
            yield ("desks", n, "id"), f"the desk {desk.id!r} stands twice"
        if not desk.title.strip():
            yield ("desks", n, "title"), f"the desk {desk.id!r} needs a title"
    for name, kind in policy.types.items():
        if not _TYPE.match(name):
            yield ("types", name), f"the type {name!r}: use small Latin letters and at most one dot"
        if not kind.label.strip():
            yield ("types", name, "label"), f"the type {name!r} needs a label"
    for n, status in enumerate(policy.alerted):
        if status in policy.alerted[:n]:
            yield ("alerted", n), f"{status!r} stands twice"
    if "happened" not in policy.alerted:
        yield ("alerted",), "'happened' must be among them"
    for names, keys, given in (
        (get_args(Severity), ("levels", "base"), policy.levels.base),
        (LEVELS, ("words", "levels"), policy.words.levels),
        (get_args(Status), ("words", "statuses"), policy.words.statuses),
        (get_args(Kind), ("words", "kinds"), policy.words.kinds),
    ):
        for name in names:
            if name not in given:
                yield keys, f"{'.'.join(keys)} lacks {name!r}"
        for name, word in given.items():
            if len(word) > _WORD:
                yield (*keys, name), f"{'.'.join(keys)}.{name}: at most {_WORD} characters, a line has few"
    for hours in ("merge", "stale", "keep"):
        if not getattr(policy.hours, hours) > 0:
            yield ("hours", hours), f"hours.{hours} must be over 0"
    if policy.hours.keep < policy.hours.merge:
        yield ("hours", "keep"), "hours.keep must not be less than hours.merge: an event would be forgotten while open"
    for bound in ("events", "articles", "sources_shown"):
        if getattr(policy.bounds, bound) < 1:
            yield ("bounds", bound), f"bounds.{bound} must be at least 1"
