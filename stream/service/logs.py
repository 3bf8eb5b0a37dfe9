"""Logs: one JSON object a line on standard error, Persian as it is, the same for our words and for Faust's.

Faust and aiokafka speak at WARNING: at DEBUG they build a record for every message, a tenth of the whole work.
Secrets never come here: settings keep them as `SecretStr`, and what looks like one by name is masked again.
"""

import logging
import sys
from collections.abc import Callable
from time import monotonic
from typing import Any, TextIO

import orjson
import structlog

_SECRET_WORDS = ("password", "secret", "token")
QUIET = ("faust", "mode", "aiokafka", "asyncio", "aiohttp")


class Sparingly(logging.Filter):
    """Lets the same line of Faust or aiokafka through once in `seconds`: a broker that is gone fills no disk.

    The next one that passes says in `held_back` how many there were.
    """

    def __init__(self, seconds: float = 10.0, clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._seconds = seconds
        self._clock = clock
        self._seen: dict[str, tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this line may pass."""
        if not record.name.startswith(QUIET):
            return True
        said, now = f"{record.name} {record.getMessage()}", self._clock()
        last, held = self._seen.get(said, (-self._seconds, 0))
        if now - last < self._seconds:
            self._seen[said] = last, held + 1
            return False
        if len(self._seen) > 1000:  # lines with offsets in them never come again
            self._seen.clear()
        self._seen[said] = now, 0
        if held:
            record.held_back = held
        return True


def _mask(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    for name in event:
        if any(word in name.lower() for word in _SECRET_WORDS):
            event[name] = "***"
    return event


def _dump(event: Any, **_: Any) -> str:
    return orjson.dumps(event, default=str).decode()


def set_up(level: str, stream: TextIO | None = None) -> None:
    """Send all logs of this process through one JSON formatter at `level`."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        structlog.processors.format_exc_info,
        _mask,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.EventRenamer("message"),
                structlog.processors.JSONRenderer(serializer=_dump),
            ],
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(), *shared],
        )
    )
    handler.addFilter(Sparingly())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


def get(name: str) -> structlog.stdlib.BoundLogger:
    """A logger; words of its own go in as keyword arguments."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger
