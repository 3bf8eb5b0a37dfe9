"""How the process ends: every exit code by name, one list for code, docs and supervisors.

A worker that can't keep its promise ends, with a name, before Faust's next commit passes the record in hand: the
supervisor starts it anew and the record comes again. Doing a record twice is harmless, losing one is not.
docs/exit-codes.md holds the same list; a test compares them.
"""

import logging
import os
import sys
from enum import IntEnum
from typing import NoReturn


class Exit(IntEnum):
    """Exit codes of `dideban`. 0 to 5 and 130 hold for all verbs, the others for `dideban run`."""

    DONE = 0
    NO = 1
    USAGE = 2
    BROKER_UNREACHABLE = 3
    WRONG_TOPIC = 4
    WRONG_RULEBOOK = 5
    CRASHED = 70
    SEND_FAILED = 71
    LOG_UNREADABLE = 72
    PORT_TAKEN = 73
    STOP_CUT_SHORT = 74
    INTERRUPTED = 130


MEANINGS = {
    Exit.DONE: "done; a worker: stopped by a signal, everything handled is committed",
    Exit.NO: "it ran and the answer is no: a failed check, a rejected input, a record that could not be sent",
    Exit.USAGE: "wrong use: an unknown option, a setting that does not fit; the message names it",
    Exit.BROKER_UNREACHABLE: "no broker answered within DIDEBAN_BROKER_WAIT seconds, or it refused the login",
    Exit.WRONG_TOPIC: "a topic of ours has the wrong shape; the message names the topic and the remedy",
    Exit.WRONG_RULEBOOK: "the rulebook can't be loaded; the message has file and line",
    Exit.CRASHED: "a defect of ours or of Faust; the log has the traceback; start it anew",
    Exit.SEND_FAILED: "the broker did not take a record; its source is not committed; start it anew",
    Exit.LOG_UNREADABLE: "the log `mentions` can't be read, so nothing can be decided; start it anew",
    Exit.PORT_TAKEN: "DIDEBAN_WEB_PORT is in use by another process",
    Exit.STOP_CUT_SHORT: "a graceful stop took over 20 s, or was asked for twice; what was not committed comes again",
    Exit.INTERRUPTED: "interrupted from the keyboard",
}


class Stop(Exception):  # noqa: N818  (it ends a command, it is not always an error)
    """Ends a command with `code` and one sentence for the person who called it."""

    def __init__(self, code: Exit, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def end_now(code: Exit) -> NoReturn:
    """End the process at once, without Faust's graceful stop, which would commit. Log the reason before."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def table() -> str:
    """The list as a Markdown table, as docs/exit-codes.md holds it."""
    rows = [f"| {code.value} | `{code.name.lower()}` | {MEANINGS[code]} |" for code in Exit]
    return "\n".join(["| code | name | meaning |", "| ---: | --- | --- |", *rows]) + "\n"
