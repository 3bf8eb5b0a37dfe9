"""What the commands that judge files share: how they end, and how they print a line an article."""

import argparse
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import orjson

from stream.commands.files import Item, items
from stream.rulebook_reader import RulebookError
from stream.service.exits import Exit, Stop

Run = Callable[[argparse.Namespace], int]


def ends_by_name(run: Run) -> Run:
    """A command's `run` that ends with a sentence and its exit code where the rulebook or a file can't be used."""

    @wraps(run)
    def ending(options: argparse.Namespace) -> int:
        try:
            return run(options)
        except RulebookError as error:
            print(error, file=sys.stderr)
            return Exit.WRONG_RULEBOOK
        except Stop as stop:
            print(stop, file=sys.stderr)
            return stop.code

    return ending


def print_lines(files: list[str], line_of: Callable[[Item], dict[str, Any]]) -> int:
    """Print a JSON object a line and item of the files; 1 where something was rejected. Raises Stop."""
    rejected = 0
    out = sys.stdout.buffer
    for name in files:
        for item in items(name):
            line = line_of(item)
            rejected += "rejected" in line
            out.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
            if name == "-":
                out.flush()
    return Exit.NO if rejected else Exit.DONE
