"""Lints the rulebook and runs every example that its rules carry.

DIR is the newsroom's own rulebook folder; it is checked as it is used, over the shipped one. Every fault is one line:
file:line, what is wrong and what to do. Warnings (idle phrases among them) are for the editor's eye and fail nothing.

A phrase is idle when no example of its rule notices that it is deleted: it lacks a proof, or it is not needed.

  dideban check
  dideban check my-rules --rule sanction_imposed --idle

Exit codes: 0 no fault; 1 faults; 2 wrong use (no such folder, no such rule).
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from rich.console import Console
from rich.table import Table

from stream import rulecheck, rulelint
from stream.core.book import Book
from stream.core.rules import Cues, Rule
from stream.rulebook_reader import RulebookError, load
from stream.rulebook_reader.book import SHIPPED, phrases_of, problems, read_cues
from stream.rulebook_reader.tagging import read_people, read_topics
from stream.rulebook_reader.yaml_file import locate
from stream.service.exits import Exit


class Line(NamedTuple):
    """One line of the report."""

    file: str
    line: int  # 0: the file as a whole
    level: Literal["error", "warning", "idle"]
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {'' if self.level == 'error' else self.level + ': '}{self.message}"


class Row(NamedTuple):
    """What the table says of one rule."""

    rule: Rule
    file: str
    examples: int
    failed: int
    idle: int | None  # None: not counted, since examples fail
    phrases: int


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `dideban check`."""
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="the newsroom's own rulebook folder")
    parser.add_argument("--rule", metavar="ID", help="only this rule")
    parser.add_argument("--idle", action="store_true", help="name the idle phrases, not only their number")


def run(options: argparse.Namespace) -> int:
    """Check and report; 1 where something is wrong."""
    own = own_folder(options.folder)
    if own is not None and not own.is_dir():
        print(f"{own}: no such folder", file=sys.stderr)
        return Exit.USAGE
    roots = [SHIPPED] if own is None else [SHIPPED, own]
    lines = [Line(name, 0, "error", what) for root in roots for name, what in rulelint.stray_files(root)]
    rows: list[Row] = []
    try:
        book = load(own)
    except RulebookError:  # the first of perhaps several
        lines += [Line(e.file, e.line, "error", e.message) for e in problems(own)]
    else:
        rules = [rule for rule in book.rules if options.rule in (None, rule.id)]
        if not rules:
            known = ", ".join(sorted(rule.id for rule in book.rules))
            print(f"there is no rule {options.rule!r}; known are {known}", file=sys.stderr)
            return Exit.USAGE
        lines += _tagging(roots, book)
        cues = read_cues(roots)
        for rule in rules:
            row, told = check_rule(rule, book, cues, roots)
            rows.append(row)
            lines += told
    _report(lines, rows, named=options.idle)
    return Exit.NO if any(line.level == "error" for line in lines) else Exit.DONE


def _tagging(roots: list[Path], book: Book) -> list[Line]:
    """What is wrong in the files that only `dideban tag` reads."""
    lines = []
    for read in (read_people, lambda given: read_topics(given, book.policy.types)):
        try:
            read(roots)
        except RulebookError as error:
            lines.append(Line(error.file, error.line, "error", error.message))
    return lines


def own_folder(folder: Path | None) -> Path | None:
    """The own folder; None where it is the shipped one itself, which is always checked."""
    return None if folder is None or folder.resolve() == SHIPPED.resolve() else folder


def check_rule(rule: Rule, book: Book, cues: Cues, roots: list[Path]) -> tuple[Row, list[Line]]:
    """Lint a rule, run its examples, look for idle phrases."""
    path = rulecheck.path_of(rule, roots)
    assert path is not None  # noqa: S101  (load read it there)
    root = next(root for root in reversed(roots) if path.is_relative_to(root))
    file = path.relative_to(root).as_posix()
    lines = [Line(file, locate(path, *f.keys), f.level, f.message) for f in rulelint.lint_rule(rule, book, cues)]
    faults = list(rulecheck.faults_of(rule, book))
    lines += [Line(file, locate(path, *fault.keys), "error", fault.message) for fault in faults]
    idle = None if faults else rulecheck.idle(book, rule)
    lines += [
        Line(file, locate(path, *i.keys), "idle", f"«{i.phrase}»: no example notices its deletion") for i in idle or ()
    ]
    examples = len(rule.tests.fires) + len(rule.tests.silent)
    count = None if idle is None else len(idle)
    return Row(rule, file, examples, len(faults), count, len(list(phrases_of(rule)))), lines


def _report(lines: list[Line], rows: list[Row], *, named: bool) -> None:
    shown = [line for line in lines if named or line.level != "idle"]
    for line in _sorted(shown):
        print(line)
    console = Console(highlight=False, soft_wrap=True)
    if console.is_terminal and rows:
        console.print(_table(rows))
    errors = sum(line.level == "error" for line in lines)
    warnings = sum(line.level == "warning" for line in lines)
    idle = sum(row.idle or 0 for row in rows)
    examples = sum(row.examples for row in rows)
    words = [
        _count(len(rows), "rule"),
        _count(examples, "example"),
        _count(errors, "error"),
        _count(warnings, "warning"),
    ]
    words.append(f"{_count(idle, 'idle phrase')} of {sum(row.phrases for row in rows)}")
    console.print(
        ", ".join(words) + ("" if named or not idle else " (--idle names them)"), style="red" if errors else "green"
    )


def _sorted(lines: list[Line]) -> Iterator[Line]:
    """Errors last, next to the summary; each file's lines together."""
    yield from sorted(lines, key=lambda line: (line.level == "error", line.file, line.line))


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _table(rows: list[Row]) -> Table:
    table = Table(box=None, header_style="bold")
    for name in ("rule", "type", "maturity", "examples", "failed", "idle"):
        table.add_column(name, justify="right" if name in ("examples", "failed", "idle") else "left")
    for row in rows:
        idle = "?" if row.idle is None else f"{row.idle}/{row.phrases}"
        style = "red" if row.failed else ""
        table.add_row(row.file, row.rule.type, row.rule.maturity, str(row.examples), str(row.failed), idle, style=style)
    return table
