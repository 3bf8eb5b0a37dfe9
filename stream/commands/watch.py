"""Raises alerts to at least a level: a pair, a person, a place that matters today. It never lowers one.

It holds from the next record on, on all workers, without a restart; its id is printed, `dideban unwatch ID` ends it.
Each alert that it raises says so in `why`, with who asked for it. Names may be ids or as they are printed.

  dideban watch --pair ایران آمریکا --level urgent --for 3d --because "دور تازهٔ گفت‌وگوها"
  dideban watch --place hormuz --level flash --because "رزمایش" --who "میز امنیت"
"""

import argparse

from stream.commands import asking


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `dideban watch`."""
    asking.add_selector(parser)
    asking.add_level(parser)
    asking.add_end(parser, required=False)
    asking.add_reason(parser)


def run(options: argparse.Namespace) -> int:
    """Send the control record."""
    return asking.ask("watch", options)
