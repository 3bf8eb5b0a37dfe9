"""Metrics: stable names `dideban_*`, seconds and bytes, labels from closed lists (never a url, a title, an id).

Histograms have an edge at every promise: an alert within 1 s of an article's arrival, published to received in 1, 5 and
30 minutes.
"""

import logging
import platform
from collections.abc import Iterable, MutableMapping
from time import perf_counter
from types import TracebackType
from typing import Any

import faust
from faust.sensors import Monitor
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector

from stream import __version__
from stream.core.policy import SEVERITIES, RuleFacts
from stream.core.reasons import HOLD_REASONS, REJECTION_REASONS

OTHER = "other"
STAGE_EDGES = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
ALERT_EDGES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0)
PUBLISHED_EDGES = (1.0, 5.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0, 21600.0, 86400.0)


class Metrics:
    """All metrics of one worker in a registry of its own. `outlets` is the closed list for labels."""

    def __init__(self, outlets: frozenset[str] = frozenset()) -> None:
        self.registry = registry = CollectorRegistry()
        self._outlets = outlets
        self.articles = Counter("dideban_articles", "Articles by what became of them", ["outcome"], registry=registry)
        self.languages = Counter(
            "dideban_articles_by_language",
            "Articles in a language that the rules do not read",
            ["language", "outlet"],
            registry=registry,
        )
        self.stage_seconds = Histogram(
            "dideban_stage_seconds", "Time of one stage", ["stage"], buckets=STAGE_EDGES, registry=registry
        )
        self.mentions = Counter(
            "dideban_mentions", "Mentions found in articles", ["type", "status", "time"], registry=registry
        )
        self.misses = Counter("dideban_misses", "Rules that came near and stayed silent", ["reason"], registry=registry)
        self.alerts = Counter("dideban_alerts", "Alerts sent", ["type", "severity"], registry=registry)
        self.agenda = Counter("dideban_agenda", "Plans sent to the agenda", ["type", "kind"], registry=registry)
        self.holds = Counter("dideban_holds", "Decisions to send nothing", ["reason"], registry=registry)
        self.rejected = Counter("dideban_rejected", "Records rejected", ["stage", "reason"], registry=registry)
        self.published_received = Histogram(
            "dideban_published_received_seconds",
            "From an article's publication to its arrival on Kafka",
            buckets=PUBLISHED_EDGES,
            registry=registry,
        )
        self.received_alert = Histogram(
            "dideban_received_alert_seconds",
            "From an article's arrival on Kafka to the broker's acknowledgement of its alert",
            buckets=ALERT_EDGES,
            registry=registry,
        )
        self.lag = Gauge(
            "dideban_consumer_lag_messages",
            "Records of a partition of ours that are not handled yet",
            ["topic", "partition"],
            registry=registry,
        )
        self.commit_age = Gauge(
            "dideban_last_commit_age_seconds",
            "Time since the last commit while something handled is not committed, else 0",
            registry=registry,
        )
        self.rebalances = Counter("dideban_rebalances", "Rebalances of the consumer group", registry=registry)
        self.jumps = Counter(
            "dideban_log_jumps",
            "Records of the log that the consumer skipped and a second read found",
            registry=registry,
        )
        self.log_applied = Gauge(
            "dideban_log_applied_offset", "Offset of the last record of the log that was applied", registry=registry
        )
        self.ready = Gauge("dideban_ready", "1 while /readyz says yes", registry=registry)
        Info("dideban_build", "Version of this worker", registry=registry).info(
            {"version": __version__, "python": platform.python_version(), "faust": str(faust.__version__)}
        )
        ProcessCollector(registry=registry)
        GCCollector(registry=registry)
        for outcome in ("judged", "unsupported_language", "withdrawn", "rejected"):
            self.articles.labels(outcome)

    def begin(self, facts: Iterable[RuleFacts]) -> None:
        """Let the series of closed lists begin at nought: `increase()` misses the first count of a series that is new."""
        for rule in facts:
            for severity in SEVERITIES:
                self.alerts.labels(rule.type, severity)
        for reason in HOLD_REASONS:
            self.holds.labels(reason)
        for reason in REJECTION_REASONS:
            self.rejected.labels("judge" if reason == "internal_error" else "read", reason)

    def outlet(self, name: str | None) -> str:
        """An outlet's label: its name where the rulebook knows it, else `other`."""
        return name if name in self._outlets else OTHER

    def time(self, stage: str) -> "Stopwatch":
        """`with metrics.time("judge"): …`."""
        return Stopwatch(self.stage_seconds.labels(stage))


class Stopwatch:
    """Measures a block into a histogram, also when it raises."""

    def __init__(self, histogram: Histogram) -> None:
        self._histogram = histogram
        self._started = 0.0

    def __enter__(self) -> None:
        self._started = perf_counter()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._histogram.observe(perf_counter() - self._started)


class Progress(Monitor):
    """What Faust tells us of commits and rebalances, and how far each partition is handled.

    Offsets here are "next": the offset after the last record that counts.
    """

    logger = logging.getLogger("faust.progress")  # else its coming and going would be logged as ours

    def __init__(self, metrics: Metrics) -> None:
        super().__init__()
        self._metrics = metrics
        self.handled: dict[tuple[str, int], int] = {}
        self.committed: dict[tuple[str, int], int] = {}
        self.commit_moved = perf_counter()

    def done(self, topic: str, partition: int, offset: int) -> None:
        """A record is handled: all that came of it is acknowledged."""
        if not self.waiting:
            self.commit_moved = perf_counter()
        self.handled[topic, partition] = offset + 1

    def keep_only(self, mine: list[tuple[str, int]]) -> None:
        """Forget partitions that are another worker's now."""
        for known in (self.handled, self.committed):
            for partition in known.keys() - set(mine):
                del known[partition]

    def position(self, topic: str, partition: int) -> int | None:
        """The next offset to be handled, as far as it is known."""
        return self.handled.get((topic, partition), self.committed.get((topic, partition)))

    @property
    def waiting(self) -> bool:
        """Whether something handled is not committed yet."""
        return any(offset > self.committed.get(at, -1) for at, offset in self.handled.items())

    def on_tp_commit(self, tp_offsets: MutableMapping[faust.types.TP, int]) -> None:
        super().on_tp_commit(tp_offsets)
        self.commit_moved = perf_counter()
        for at, offset in tp_offsets.items():
            self.committed[at.topic, at.partition] = offset

    def on_rebalance_end(self, app: faust.types.AppT, state: dict[str, Any]) -> None:
        super().on_rebalance_end(app, state)
        self._metrics.rebalances.inc()
