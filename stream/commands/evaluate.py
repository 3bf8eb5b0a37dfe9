"""Scores the judgement on labelled news.

GOLD holds one text a line: `{"id", "mentions": [{"type", "status", "time", "actors", "recipients", "first"}]}`; TEXTS the
articles, as `dideban detect` reads them. Printed are precision, recall and F1 (alertable mentions, families of types,
texts, parties, first claims), the same for each type, how status and time were confused, and the errors with their text.
A labelled text that TEXTS lacks counts as judged without a mention; a text without a label is left out.

  dideban evaluate gold.jsonl texts.jsonl
  dideban evaluate gold.jsonl texts.jsonl --errors 200 --kind leaked
  dideban evaluate gold.jsonl texts.jsonl --rulebook my-rules --json

Exit codes: 0 done; 1 where a text was rejected or a file is damaged; 2 wrong use; 5 the rulebook can't be loaded.
"""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import orjson

from stream.commands.answers import ends_by_name
from stream.commands.detect import add_rulebook, given_id, read_item
from stream.commands.files import check_name, items
from stream.core.book import Book
from stream.core.judge import judge
from stream.core.records import Article, Rejection
from stream.rulebook_reader import load
from stream.scoring import Fault, Labelled, Scores, Share, labelled, score
from stream.service.exits import Exit, Stop

KINDS = ("missed", "spurious", "leaked", "status", "time")
SHARES = ("alertable", "family", "text", "parties", "first")
SHOWN = 600  # characters of a text beside an error


class _Line(msgspec.Struct, frozen=True):
    """A line of GOLD; other fields of it are not looked at."""

    id: str
    mentions: tuple[Labelled, ...]


class Judged(msgspec.Struct):
    """What became of TEXTS: mentions and text by id, and how many were rejected."""

    mentions: dict[str, tuple[Labelled, ...]]
    texts: dict[str, str]
    rejected: int


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `dideban evaluate`."""
    parser.add_argument("gold", metavar="GOLD", help="labels, JSON Lines")
    parser.add_argument("texts", metavar="TEXTS", help="the labelled articles: .jsonl or .jsonl.gz")
    parser.add_argument("--errors", type=int, default=20, metavar="N", help="show at most N errors (default: 20)")
    parser.add_argument("--kind", choices=KINDS, help="only errors of this kind")
    parser.add_argument("--json", action="store_true", help="all figures and errors as one JSON object")
    add_rulebook(parser)


@ends_by_name
def run(options: argparse.Namespace) -> int:
    """Judge, score, print."""
    gold = read_gold(options.gold)
    check_name(options.texts)
    judged = judge_texts(options.texts, load(options.rulebook), gold)
    if not judged.mentions and not judged.rejected:
        print(
            f"{options.texts} holds none of the texts that {options.gold} labels; their ids must be equal",
            file=sys.stderr,
        )
        return Exit.USAGE
    scores = score(gold, judged.mentions)
    faults = [fault for fault in scores.faults if options.kind in (None, fault.kind)][: max(options.errors, 0)]
    if options.json:
        told = {**as_data(scores), "errors": [_fault_data(fault, judged.texts) for fault in faults]}
        sys.stdout.write(orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE).decode())
    else:
        sys.stdout.write(report(scores, faults, judged, len(gold)))
    return Exit.NO if judged.rejected else Exit.DONE


def read_gold(name: str) -> dict[str, tuple[Labelled, ...]]:
    """Labels by id. Raises Stop(USAGE) with file, line and what is wrong."""
    path = Path(name)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Stop(Exit.USAGE, f"{name} can't be read: {error.strerror or error}") from error
    out: dict[str, tuple[Labelled, ...]] = {}
    for number, line in enumerate(raw.splitlines(), 1):
        if not line.strip():
            continue
        try:
            found = msgspec.json.decode(line, type=_Line)
        except msgspec.MsgspecError as error:
            raise Stop(Exit.USAGE, f"{name}:{number}: no label: {error}") from error
        if found.id in out:
            raise Stop(Exit.USAGE, f"{name}:{number}: the id {found.id!r} stands twice; a text has one line")
        out[found.id] = found.mentions
    if not out:
        raise Stop(Exit.USAGE, f"{name} holds no labels; write one text a line")
    return out


def judge_texts(name: str, book: Book, gold: Mapping[str, object]) -> Judged:
    """Judge the labelled texts of a file."""
    out = Judged({}, {}, 0)
    for item in items(name):
        id_ = given_id(item)
        if id_ is None or id_ not in gold:
            continue
        article = read_item(item, book)
        if isinstance(article, Rejection):
            out.rejected += 1
            print(f"{item.place}: rejected: {article.reason}: {article.detail}", file=sys.stderr)
        elif isinstance(article, Article):
            out.mentions[id_] = tuple(map(labelled, judge(article, book).mentions))
            out.texts[id_] = article.text
    return out


def as_data(scores: Scores) -> dict[str, Any]:
    """All figures as plain data."""
    shares = {name: _share_data(getattr(scores, name)) for name in SHARES}
    confusion = [{"gold": g, "judged": j, "count": n} for (g, j), n in scores.confusion.most_common()]
    return {
        "texts": scores.texts,
        **shares,
        "status": {"right": scores.status_right, "paired": scores.paired},
        "time": {"right": scores.time_right, "paired": scores.paired},
        "leaks": {"leaked": scores.quiet_leaked, "found": scores.quiet_found},
        "quiet": {"found": scores.quiet_found, "gold": scores.quiet_gold},
        "types": {name: _share_data(share) for name, share in _by_size(scores)},
        "confusion": confusion,
    }


def _share_data(share: Share) -> dict[str, Any]:
    figures = {name: round(getattr(share, name), 4) for name in ("precision", "recall", "f1")}
    return {"right": share.right, "found": share.found, "gold": share.gold, **figures}


def _fault_data(fault: Fault, texts: Mapping[str, str]) -> dict[str, Any]:
    sides = {name: msgspec.to_builtins(side) for name, side in (("gold", fault.gold), ("judged", fault.judged)) if side}
    return {"kind": fault.kind, "id": fault.id, **sides, "text": texts.get(fault.id)}


def _by_size(scores: Scores) -> list[tuple[str, Share]]:
    return sorted(scores.types.items(), key=lambda t: (-t[1].gold, -t[1].found, t[0]))


# --- for a person -------------------------------------------------------------------------------------------------


def report(scores: Scores, faults: list[Fault], judged: Judged, labels: int) -> str:
    """The figures, then the errors."""
    lines = [f"{labels} labelled texts, {len(judged.mentions)} judged"]
    lines += [_row(name, getattr(scores, name)) for name in SHARES]
    lines += [
        _part("status", scores.status_right, scores.paired, "right of the mentions of one type in both"),
        _part("time", scores.time_right, scores.paired, "right of the same"),
        _part("leaks", scores.quiet_leaked, scores.quiet_found, "quiet mentions that came out alertable"),
        _part("quiet", scores.quiet_found, scores.quiet_gold, "quiet mentions found, whatever their status"),
        "",
    ]
    lines += [_row(name, share) for name, share in _by_size(scores)]
    wrong = [(pair, n) for pair, n in scores.confusion.most_common() if pair[0] != pair[1]]
    lines += ["", "labelled as -> judged as"] if wrong else []
    lines += [f"{n:5}  {gold} -> {found}" for (gold, found), n in wrong]
    for fault in faults:
        lines += ["", f"{fault.kind} {fault.id}"]
        lines += [f"  {name}: {_told(m)}" for name, m in (("labelled", fault.gold), ("judged", fault.judged)) if m]
        lines += ["  " + judged.texts.get(fault.id, "(not judged)")[:SHOWN].replace("\n", " / ")]
    return "\n".join(lines) + "\n"


def _row(name: str, share: Share) -> str:
    figures = f"P {share.precision:.3f}  R {share.recall:.3f}  F1 {share.f1:.3f}"
    return f"{name:<22}{figures}   ({share.right} right, {share.found} found, {share.gold} labelled)"


def _part(name: str, part: int, whole: int, meaning: str) -> str:
    return f"{name:<22}{part / whole if whole else 0.0:.3f}   ({part} of {whole}: {meaning})"


def _told(mention: Labelled) -> str:
    parties = ", ".join(mention.actors) or "-"
    if mention.recipients:
        parties += f" → {', '.join(mention.recipients)}"
    first = "; first" if mention.first is not None and mention.first.claimed else ""
    return f"{mention.type}, {mention.time}, {mention.status}; {parties}{first}; «{mention.trigger}»"
