"""Hard cases of judgement: sentences, and what a careful editor finds in them.

    python -m tests.hard_cases.cases                the share that holds, by category, and what does not
    python -m tests.hard_cases.cases --repaired     takes `fails` from the cases that hold by now
    python -m tests.hard_cases.cases --mark         the same, and marks with `fails` what does not hold

A file a category; a case has

    text, published   (without it: 4 March 2026, noon in Tehran)
    expect            a list of events: `type`; `status` and `time` where only one answer is right; `actors`, `recipients`,
                      `first` and `since` where they are asked
    note              why, where that is not plain
    fails             why it does not hold today; the test is then a strict xfail, so that a repair is noticed

A case holds when every expected event is found, each mention used once, and no other alertable mention is made. Other
quiet mentions (planned, denied, background …) alert nobody and are not counted against it.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from stream.core.book import Book
from stream.core.records import Mention, Status, Time
from stream.rulebook_reader import load
from stream.rulebook_reader.yaml_file import locate, read_yaml
from stream.rulecheck import judged

FOLDER = Path(__file__).parent


class Expected(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One event of a case; what is None is not asked."""

    type: str
    status: Status | None = None
    time: Time | None = None
    actors: tuple[str, ...] | None = None
    recipients: tuple[str, ...] | None = None
    first: bool | None = None
    since: str | None = None


class Case(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One text and its events."""

    text: str
    published: str | None = None
    expect: tuple[Expected, ...] = ()
    note: str | None = None
    fails: str | None = None


class Cases(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file."""

    cases: tuple[Case, ...]


def files() -> list[Path]:
    """The categories."""
    return sorted(FOLDER.glob("*.yaml"))


def read(path: Path) -> tuple[Case, ...]:
    """The cases of a file; a RulebookError says file and line."""
    return read_yaml(path, Cases, FOLDER).cases


@lru_cache(maxsize=1)
def book() -> Book:
    """The shipped rulebook."""
    return load()


def difference(case: Case) -> str | None:
    """What is wrong with a case's judgement, in words; None where it holds."""
    mentions = list(judged(case.text, case.published, book()).mentions)
    wrong = []
    for expected in _strict_first(case.expect):
        found = next((m for m in mentions if not _unlike(expected, m)), None)
        if found is not None:
            mentions.remove(found)
            continue
        near = [m for m in mentions if m.type == expected.type]
        wrong.append(f"{expected.type}: {_unlike(expected, near[0]) if near else 'not found'}")
        for mention in near[:1]:
            mentions.remove(mention)
    wrong += [f"also {m.type} on «{m.trigger}»" for m in mentions if m.alertable]
    return "; ".join(wrong) or None


def _strict_first(expected: Sequence[Expected]) -> list[Expected]:
    """Those that ask for most first, so that a lax one takes no mention from them."""
    return sorted(expected, key=lambda e: -sum(getattr(e, name) is not None for name in e.__struct_fields__))


def _unlike(expected: Expected, mention: Mention) -> str:
    """In what a mention differs; empty where it is the expected event."""
    if expected.type != mention.type:
        return "another type"
    out = [
        f"{name} is {getattr(mention, name)}, should be {getattr(expected, name)}"
        for name in ("status", "time")
        if getattr(expected, name) not in (None, getattr(mention, name))
    ]
    for name in ("actors", "recipients"):
        asked, given = getattr(expected, name), getattr(mention, name)
        if asked is not None and set(asked) != set(given):
            out.append(f"{name} are {' '.join(given) or 'none'}, should be {' '.join(asked) or 'none'}")
    claimed = mention.first is not None and mention.first.claimed
    if expected.first is not None and expected.first != claimed:
        out.append(f"first is {claimed}, should be {expected.first}".lower())
    since = mention.first.since if mention.first is not None else None
    if expected.since is not None and expected.since != since:
        out.append(f"since is «{since}»")
    return ", ".join(out)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the shares; mark if asked to."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.hard_cases.cases", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--repaired", action="store_true", help="take `fails` from the cases that hold")
    parser.add_argument("--mark", action="store_true", help="the same, and mark those that do not hold")
    parser.add_argument("--quiet", action="store_true", help="only the shares")
    options = parser.parse_args(arguments)
    all_, held = Counter[str](), Counter[str]()
    for path in files():
        cases = read(path)
        found = [difference(case) for case in cases]
        all_[path.stem], held[path.stem] = len(cases), found.count(None)
        for n, (case, wrong) in enumerate(zip(cases, found, strict=True)):
            if wrong is not None and not options.quiet:
                print(f"{path.name}:{locate(path, 'cases', n, 'text')}: {wrong}\n    {case.text}")
        if options.mark or options.repaired:
            keep = [wrong if options.mark or case.fails else None for case, wrong in zip(cases, found, strict=True)]
            rewrite(path, keep)
    for name, count in all_.items():
        print(f"{name:<18}{held[name]:4} of {count:4}  {held[name] / count:.2f}")
    print(f"{'all':<18}{held.total():4} of {all_.total():4}  {held.total() / all_.total():.3f}")
    return 0


def rewrite(path: Path, fails: Sequence[str | None]) -> None:
    """Write the `fails` lines of a file anew, one a case that has a reason."""
    blocks: list[list[str]] = []
    head: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("  - "):
            blocks.append([])
        if line.startswith("    fails:"):
            continue
        (blocks[-1] if blocks else head).append(line)
    for block, reason in zip(blocks, fails, strict=True):
        if reason is not None:
            block.append('    fails: "' + reason.replace("\\", "\\\\").replace('"', "'").replace("\n", " ") + '"')
    path.write_text("\n".join([*head, *(line for block in blocks for line in block)]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
