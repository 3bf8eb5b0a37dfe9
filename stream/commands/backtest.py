"""Shows what an archive would have alerted: per day and type, with samples.

The articles arrive in order of their publication and go the whole way: judged, merged into events, decided by policy. So
repeats, stale and embargoed news are held as they would have been. RULE is a rule's id, or `all`.

With `--rulebook DIR` the same is done under that folder over the shipped rulebook, and the difference is shown: alerts
that would be won, lost, or say something else. Without it the rulebook in use (DIDEBAN_RULEBOOK, else as shipped) alone.

  dideban backtest all archive.jsonl.gz
  dideban backtest sanction_imposed archive.jsonl.gz --samples 20
  dideban backtest all archive.jsonl.gz --rulebook my-rules

Exit codes: 0 done; 1 where an article was rejected or a file is damaged; 2 wrong use; 5 a rulebook can't be loaded.
"""

import argparse
import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import orjson

from stream.backtest import Difference, Outcome, Told, backtest, difference, in_order
from stream.commands.answers import ends_by_name
from stream.commands.detect import read_item
from stream.commands.files import check_name, items
from stream.core.book import Book
from stream.core.records import Article, Rejection
from stream.rulebook_reader import load
from stream.service.exits import Exit, Stop

ALL = "all"
SEED = 7  # the same archive shows the same samples


class Result(msgspec.Struct):
    """One run: under the rulebook in use, and under another one where asked for."""

    rule: str
    articles: int
    rejected: int
    used: Outcome
    other: Outcome | None
    difference: Difference | None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `dideban backtest`."""
    parser.add_argument("rule", metavar="RULE", help="id of a rule, or all")
    parser.add_argument(
        "archive", metavar="ARCHIVE", help="articles: .jsonl, .jsonl.gz, .txt, .html, or - for JSON Lines"
    )
    parser.add_argument("--rulebook", type=Path, metavar="DIR", help="the rulebook folder to compare with")
    parser.add_argument(
        "--samples", type=int, default=10, metavar="N", help="alerts to show of each kind (default: 10)"
    )
    parser.add_argument("--json", action="store_true", help="all alerts and figures as one JSON object")


@ends_by_name
def run(options: argparse.Namespace) -> int:
    """Run the archive, print what came of it."""
    check_name(options.archive)
    own = os.environ.get("DIDEBAN_RULEBOOK") or None
    used = load(None if own is None else Path(own))
    other = None if options.rulebook is None else load(options.rulebook)
    result = compare(options.rule, options.archive, used, other)
    if options.json:
        sys.stdout.write(orjson.dumps(as_data(result), option=orjson.OPT_APPEND_NEWLINE).decode())
    else:
        sys.stdout.write(report(result, max(options.samples, 0)))
    return Exit.NO if result.rejected else Exit.DONE


def compare(rule: str, archive: str, used: Book, other: Book | None) -> Result:
    """Both runs over one archive. Raises Stop(USAGE) for a rule that neither rulebook has."""
    known = {*used.facts, *(other.facts if other is not None else ())}
    if rule != ALL and rule not in known:
        raise Stop(Exit.USAGE, f"there is no rule {rule!r}; write all, or one of {', '.join(sorted(known))}")
    articles: list[Article] = []
    rejected = 0
    for item in items(archive):
        article = read_item(item, used)
        if isinstance(article, Article):
            articles.append(article)
        elif isinstance(article, Rejection):
            rejected += 1
            print(f"{item.place}: rejected: {article.reason}: {article.detail}", file=sys.stderr)
    articles = in_order(articles)
    only = None if rule == ALL else rule
    mine = backtest(articles, used, only)
    theirs = None if other is None else backtest(articles, other, only)
    changes = None if theirs is None else difference(mine, theirs)
    return Result(rule, len(articles), rejected, mine, theirs, changes)


def as_data(result: Result) -> dict[str, Any]:
    """Everything as plain data."""
    out: dict[str, Any] = {"rule": result.rule, "articles": result.articles, "rejected": result.rejected}
    out["used"] = _outcome_data(result.used)
    if result.other is not None and result.difference is not None:
        out["other"] = _outcome_data(result.other)
        out["difference"] = {
            "won": [_told_data(told) for told in result.difference.won],
            "lost": [_told_data(told) for told in result.difference.lost],
            "changed": [{"used": _told_data(a), "other": _told_data(b)} for a, b in result.difference.changed],
        }
    return out


def _outcome_data(outcome: Outcome) -> dict[str, Any]:
    return {
        "alerts": [_told_data(told) for told in outcome.told],
        "days": {day: dict(types) for day, types in outcome.days().items()},
        "types": dict(outcome.types()),
        "holds": dict(outcome.holds),
    }


def _told_data(told: Told) -> dict[str, Any]:
    return {"day": told.day, "uri": told.uri, "alert": msgspec.to_builtins(told.alert)}


# --- for a person -------------------------------------------------------------------------------------------------


def report(result: Result, samples: int) -> str:
    """Days, types, samples, and the difference."""
    used = result.used
    lines = [
        f"{result.articles} articles, {result.rejected} rejected; {len(used.told)} alerts of rule {result.rule}",
        "",
    ]
    for day, types in sorted(used.days().items()):
        lines.append(f"{day}  {types.total():5}  {', '.join(f'{name} {n}' for name, n in types.most_common())}")
    lines += ["", *_types(result)]
    if used.holds:
        lines += ["", "held: " + ", ".join(f"{reason} {n}" for reason, n in used.holds.most_common())]
    lines += _samples("samples", used.told, samples)
    if result.difference is not None:
        changes = result.difference
        counts = f"{len(changes.won)} won, {len(changes.lost)} lost, {len(changes.changed)} changed"
        lines += ["", f"under the other rulebook: {counts}"]
        lines += _samples("won", changes.won, samples)
        lines += _samples("lost", changes.lost, samples)
        for old, new in _some(changes.changed, samples):
            lines += ["", f"changed {old.day} {old.uri}", f"  used:  {_says(old)}", f"  other: {_says(new)}"]
            lines.append(f"  {new.alert.line}")
    return "\n".join(lines) + "\n"


def _types(result: Result) -> list[str]:
    mine = result.used.types()
    theirs = result.other.types() if result.other is not None else None
    out = []
    for name in sorted({*mine, *(theirs or ())}, key=lambda n: (-mine[n], n)):
        more = f"  -> {theirs[name]:5} ({theirs[name] - mine[name]:+d})" if theirs is not None else ""
        out.append(f"{name:<22}{mine[name]:5}{more}")
    return out


def _samples(name: str, told: Sequence[Told], most: int) -> list[str]:
    out: list[str] = []
    for one in _some(told, most):
        out += ["", f"{name} {one.day} {one.uri}", f"  {_says(one)}", f"  {one.alert.line}"]
    return out


def _some(all_: Sequence[Any], most: int) -> list[Any]:
    """At most so many, drawn evenly and in their order."""
    if len(all_) <= most:
        return list(all_)
    chosen = sorted(random.Random(SEED).sample(range(len(all_)), most))  # noqa: S311  (a sample, no secret)
    return [all_[n] for n in chosen]


def _says(told: Told) -> str:
    alert = told.alert
    parties = ", ".join(alert.actors) or "-"
    if alert.recipients:
        parties += f" → {', '.join(alert.recipients)}"
    return f"{alert.kind} {alert.type}, {alert.status}, {alert.level}; {parties}; rule {alert.rule}"
