"""The worker reads articles from Kafka, judges them by the rulebook, and sends alerts.

It is set by environment variables DIDEBAN_* (docs/settings.md); the options below go first. Start as many as
`articles` has partitions; each takes its share. It ends with 0 on SIGTERM or Ctrl-C, after committing what it has
handled; every other code has a name in docs/exit-codes.md and is best answered by starting it anew.

  dideban run
  DIDEBAN_BROKER=kafka1:9092,kafka2:9092 DIDEBAN_GROUP=newsroom dideban run
"""

import argparse
import asyncio
import os
import signal
import sys

from stream.rulebook_reader.errors import RulebookError
from stream.service import logs
from stream.service.exits import Exit, Stop
from stream.service.settings import load_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `dideban run`."""
    parser.add_argument("--broker", metavar="HOST:PORT[,…]", help="Kafka brokers (DIDEBAN_BROKER)")
    parser.add_argument("--web-port", type=int, metavar="PORT", help="port of /metrics, /livez, /readyz; 0: a free one")
    parser.add_argument("--rulebook", metavar="DIR", help="folder of own rules (DIDEBAN_RULEBOOK)")
    parser.add_argument("--log-level", metavar="LEVEL", help="DEBUG, INFO, WARNING or ERROR (DIDEBAN_LOG_LEVEL)")


def run(options: argparse.Namespace) -> int:
    """Run the worker until it is stopped; give the exit code."""
    try:
        settings = load_settings(
            broker=options.broker,
            web_port=options.web_port,
            rulebook=options.rulebook,
            log_level=options.log_level,
        )
    except Stop as stop:
        print(stop, file=sys.stderr)
        return stop.code
    logs.set_up(settings.log_level)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(Exit.DONE))  # until the worker has its own: nothing is in hand
    log = logs.get(__name__)
    # Faust looks for its own variables: none of them may change the worker behind our settings
    for name in [name for name in os.environ if name.startswith("FAUST_")]:
        del os.environ[name]

    from stream.rulebook_reader import load  # noqa: PLC0415  (only when it is to run)
    from stream.service.loop import use_uvloop  # noqa: PLC0415

    use_uvloop()
    from stream.service.worker import serve  # noqa: PLC0415  (imports Faust: after uvloop)

    try:
        book = load(settings.rulebook)
    except RulebookError as error:
        log.critical("wrong_rulebook", detail=str(error), exit_code=int(Exit.WRONG_RULEBOOK))
        return Exit.WRONG_RULEBOOK
    log.info("starting", digest=book.digest, rules=len(book.facts), settings=settings.model_dump(mode="json"))
    try:
        return asyncio.run(serve(settings, book))
    except Stop as stop:
        log.critical(stop.code.name.lower(), detail=str(stop), exit_code=int(stop.code))
        return stop.code
    except Exception as error:
        log.critical("crashed", detail=str(error), exit_code=int(Exit.CRASHED), exc_info=True)
        return Exit.CRASHED
