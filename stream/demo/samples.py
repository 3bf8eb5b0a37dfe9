"""The sample articles, in the order of sending."""

from pathlib import Path
from typing import NamedTuple

import msgspec

from stream.commands.files import Item, items
from stream.core.machine import Decisions
from stream.core.records import Alert

FOLDER = Path(__file__).parent
ARTICLES = FOLDER / "articles.jsonl"

_KINDS = {"create": "alert", "update": "update", "correct": "correct", "cancel": "cancel", "notice": "notice"}


class Sample(NamedTuple):
    """One record to send. `expected`: its alerts as "alert:contact.call", none for silence; `why` it is to be silent."""

    item: Item
    expected: tuple[str, ...]
    why: str


def load_samples() -> list[Sample]:
    """All samples. Raises ValueError where articles and expectations do not match one to one."""
    expectations = msgspec.json.decode((FOLDER / "expectations.json").read_bytes(), type=dict[str, str])
    found = {f"line {number}": item for number, item in enumerate(items(str(ARTICLES)), 1)}
    for path in sorted(FOLDER.iterdir()):
        if path.suffix in {".txt", ".html"}:
            found[path.name] = next(items(str(path)))
    if found.keys() != expectations.keys():
        raise ValueError(f"samples without expectation, or the reverse: {sorted(found.keys() ^ expectations.keys())}")
    samples = []
    for name, expect in expectations.items():
        kind, _, rest = expect.partition(":")
        quiet = kind == "quiet"
        samples.append(Sample(found[name], () if quiet else (expect,), rest.strip() if quiet else ""))
    return samples


def told(decisions: Decisions) -> tuple[str, ...]:
    """The alerts among the decisions, in the words of `Sample.expected`."""
    return tuple(f"{_KINDS[one.kind]}:{one.type}" for one in decisions if isinstance(one, Alert))
