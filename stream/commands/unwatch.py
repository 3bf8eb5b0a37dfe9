"""Ends a watch before its time: the one with this id, or every watch that selects exactly what is given.

One that stands in a file of controls (DIDEBAN_CONTROLS) comes back when the files change; take it out of the file.

  dideban unwatch 3f0c9a7be1d24c58a6b1f7702c9d4e11 --because "تمام شد"
  dideban unwatch --type economy --outlet تسنیم --because "تمام شد"
"""

import argparse

from stream.commands import asking


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `dideban unwatch`."""
    parser.add_argument("id", nargs="?", default="", metavar="ID", help="as `dideban watch` printed it")
    asking.add_selector(parser)
    asking.add_reason(parser)


def run(options: argparse.Namespace) -> int:
    """Send the control record."""
    return asking.ask("unwatch", options, options.id)
