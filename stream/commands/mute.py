"""Holds alerts back for a time. Their events go on being followed, and are told when the mute has ended and a report comes.

Corrections and cancels of what was told before pass every mute. It holds from the next record on, on all workers,
without a restart; its id is printed, `dideban unmute ID` ends it earlier. Names may be ids or as they are printed.

  dideban mute --type economy --outlet تسنیم --for 8h --because "گزارش‌های روزانهٔ بازار"
  dideban mute --pair IRN IRQ --desk economy --until 18:00 --because "زائران" --who سردبیر
"""

import argparse

from stream.commands import asking


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `dideban mute`."""
    asking.add_selector(parser)
    asking.add_end(parser, required=True)
    asking.add_reason(parser)


def run(options: argparse.Namespace) -> int:
    """Send the control record."""
    return asking.ask("mute", options)
