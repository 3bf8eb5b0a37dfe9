"""`dideban`: one verb, one file in `stream/commands/`.

A command module has `add_arguments(parser)` and `run(options) -> int` (the exit code). Only the module of the verb that
was called is imported, so that `dideban --help` answers at once.

Exit codes: 0 done; 1 it ran and the answer is no (a failed check, a rejected input); 2 wrong use; 3 broker not
reachable; 4 a topic of ours has the wrong shape; 5 the rulebook can't be loaded; 130 interrupted. A worker's own codes
are in docs/exit-codes.md.
"""

import argparse
import sys
from importlib import import_module

from stream import __version__

VERBS = {
    "demo": "start a real Kafka, replay sample articles and watch the alerts come out",
    "run": "run the worker: articles in, alerts out",
    "detect": "judge files or stdin without Kafka: one JSON line an article",
    "explain": "show, sentence by sentence, which rule fired and why the others stayed silent",
    "cluster": "put articles that tell of one event together: which events each one tells of",
    "tag": "print the persons, states, places, dates, numbers and topics of articles",
    "evaluate": "score the judgement on labelled news: by type, status and time, with the errors",
    "backtest": "show what an archive would have alerted, and what another rulebook would change",
    "check": "lint the rulebook and run every example that its rules carry",
    "backfill": "feed the ledger of contacts from archives, so that claims to be the first can be checked",
    "replay": "send a file of articles to a topic, at any speed",
    "tail": "watch a topic",
    "mute": "hold alerts back for a time, by type, party, place, outlet, person or desk",
    "unmute": "end a mute",
    "watch": "raise alerts to at least a level, by the same",
    "unwatch": "end a watch",
    "retract": "take an alert back: a cancel goes to all who got it",
    "topics": "show the topics that Dideban uses and create what is missing",
    "kafka": "run Apache Kafka from Python packages, for development",
    "schemas": "write the JSON Schemas of the records, and the AsyncAPI document of the topics",
}


def main(argv: list[str] | None = None) -> int:
    """Run one verb and give its exit code."""
    try:
        options = _parsed(sys.argv[1:] if argv is None else argv)
        return int(options.run(options))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `dideban detect … | head`
        sys.stderr.close()
        return 0


def _parsed(words: list[str]) -> argparse.Namespace:
    """Options and `run` of the verb that is called; its module is imported here, and of no other verb."""
    parser = argparse.ArgumentParser(
        prog="dideban",
        description="Real-time alerting for Persian newsrooms.",
        epilog="Start with `dideban demo`. Every verb explains itself: `dideban VERB --help`.",
    )
    parser.add_argument("--version", action="version", version=f"dideban {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    chosen = next((word for word in words if word in VERBS), None)
    for verb, summary in VERBS.items():
        sub = verbs.add_parser(verb, help=summary, description=summary[0].upper() + summary[1:] + ".")
        sub.formatter_class = argparse.RawDescriptionHelpFormatter
        if verb == chosen:
            module = import_module(f"stream.commands.{verb}")
            sub.epilog = (module.__doc__ or "").strip()
            module.add_arguments(sub)
            sub.set_defaults(run=module.run)
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
