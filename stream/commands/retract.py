"""Takes an alert back: a cancel goes to every desk that was told of its event, past all mutes, with who and why.

ALERT is the id of any message of the event (`dideban tail alerts --json | jq -r .id`), or the event's own. More reports of
the event are held as `retracted` from then on.

  dideban retract 9b1f0c77a2e84d0db3a55c1e0f6d2a90 --because "تصویر از سال گذشته است" --who سردبیر
"""

import argparse

from stream.commands import asking


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `dideban retract`."""
    parser.add_argument("alert", metavar="ALERT", help="id of an alert or event")
    asking.add_reason(parser)


def run(options: argparse.Namespace) -> int:
    """Send the control record."""
    return asking.ask("retract", options, options.alert)
