"""What a person sees while Kafka is fetched and started: bars and a line on stderr, gone when it is up.

with starting(console) as seen, Kafka(progress=seen.progress, on_stage=seen.stage) as kafka:
"""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

from stream.broker.jars import KAFKA_VERSION

STAGES = {
    "jars": "Checking Kafka's files",
    "format": "Preparing the data folder",
    "start": f"Starting Apache Kafka {KAFKA_VERSION}",
    "up": f"Apache Kafka {KAFKA_VERSION} is up",
}


class Seen:
    """The two callbacks of `Kafka`. On a stream that is not a terminal each stage is one plain line."""

    def __init__(self, console: Console, bars: Progress) -> None:
        self._console, self._bars = console, bars
        self._download: TaskID | None = None
        self._stage: TaskID | None = None
        self._told = False

    def stage(self, name: str) -> None:
        """`Kafka`'s `on_stage`."""
        if not self._console.is_terminal:
            self._console.print(STAGES[name])
        elif self._stage is None:
            self._stage = self._bars.add_task(STAGES[name], total=None)
        else:
            self._bars.update(self._stage, description=STAGES[name])

    def progress(self, done: int, total: int) -> None:
        """`Kafka`'s `progress`."""
        if not self._console.is_terminal:
            if not self._told:
                self._told = True
                self._console.print(f"Downloading Kafka ({total / 1e6:.0f} MB, this once)")
        elif self._download is None:
            self._download = self._bars.add_task("Downloading Kafka (this once)", total=total, completed=done)
        else:
            self._bars.update(self._download, completed=done, total=total)


class _Size(ProgressColumn):
    """Megabytes of a download; nothing beside a stage, which has no size."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.completed / 1e6:.0f}/{task.total / 1e6:.0f} MB" if task.total else "")


@contextmanager
def starting(console: Console) -> Iterator[Seen]:
    """Shows progress on the console until the block ends."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), _Size(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        yield Seen(console, bars)
