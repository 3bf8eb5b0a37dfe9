"""Reads and checks anchors.yaml: what the press counts firsts from."""

from datetime import date
from pathlib import Path

import msgspec

from stream.core.past import Anchor
from stream.core.phrases import has_words
from stream.rulebook_reader.errors import RulebookError
from stream.rulebook_reader.yaml_file import locate, read_yaml

FILE = "anchors.yaml"


class _Entry(Anchor, frozen=True, forbid_unknown_fields=True):
    """One entry."""


class Anchors(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file."""

    anchors: tuple[_Entry, ...]


def read_anchors(roots: list[Path]) -> tuple[Anchor, ...]:
    """All anchors; an entry of a later root with the same id replaces one. Raises RulebookError with place and remedy."""
    out: dict[str, Anchor] = {}
    for root in roots:
        path = root / FILE
        if not path.exists():
            continue
        seen: set[str] = set()
        for n, anchor in enumerate(read_yaml(path, Anchors, root).anchors):
            for key, message in _faults(anchor, seen):
                raise RulebookError(FILE, locate(path, "anchors", n, key), message)
            seen.add(anchor.id)
            out[anchor.id] = anchor
    return tuple(out.values())


def _faults(anchor: Anchor, seen: set[str]) -> list[tuple[str, str]]:
    faults = []
    if anchor.id in seen:
        faults.append(("id", f"the anchor {anchor.id!r} stands twice; rename one"))
    try:
        date.fromisoformat(anchor.day)
    except ValueError:
        faults.append(("day", f"{anchor.day!r} is no day; write it like 2022-02-24"))
    for key, names in (("names", anchor.names), ("between", anchor.between)):
        if not all(has_words(name) for name in names):
            faults.append((key, "an anchor needs names, each with words"))
    if not anchor.names and not anchor.between:
        faults.append(("names", "an anchor needs names, or names between its parties"))
    if anchor.between and len(anchor.parties) < 2:
        faults.append(("between", "names between parties need two parties at least"))
    return faults
