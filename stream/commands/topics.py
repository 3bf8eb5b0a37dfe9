"""Shows every topic that Dideban uses, as it is on the broker, and creates what is missing.

An existing `articles` topic is taken as it is. Where a topic of ours has the wrong shape, this says so and ends with 4,
as `dideban run` would. `--dry-run` creates nothing; `--json` prints one object a topic.

  dideban topics --broker kafka1:9092
"""

import argparse
import asyncio
import json
import sys

from rich.console import Console
from rich.table import Table

from stream.rulebook_reader.errors import RulebookError
from stream.service import topics
from stream.service.connection import connect
from stream.service.exits import Exit, Stop
from stream.service.options import add_broker, settings_of
from stream.service.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `dideban topics`."""
    add_broker(parser)
    parser.add_argument("--dry-run", action="store_true", help="create nothing; end with 1 where a topic is missing")
    parser.add_argument("--json", action="store_true", help="one JSON object a topic")


def run(options: argparse.Namespace) -> int:
    """Show and create; 0 where all topics are there."""
    from stream.rulebook_reader import load  # noqa: PLC0415  (compiles the rulebook: not for --help)

    try:
        settings = settings_of(options)
        desks = tuple(desk.id for desk in load(settings.rulebook).policy.desks)
        found, created = asyncio.run(_look(settings, desks, dry=options.dry_run))
    except RulebookError as error:
        print(error, file=sys.stderr)
        return Exit.WRONG_RULEBOOK
    except Stop as stop:
        print(stop, file=sys.stderr)
        return stop.code
    wanted = topics.table(settings, desks)
    rows = [(topic, found[topic.name], topic.name in created) for topic in wanted]
    if options.json:
        for topic, state, new in rows:
            row = {"topic": topic.name, "kind": topic.kind, "partitions": state.partitions}
            print(json.dumps({**row, "max_message_bytes": state.max_bytes, "created": new}))
    else:
        _print(rows)
    return Exit.DONE if all(state.partitions for _, state, _ in rows) else Exit.NO


async def _look(settings: Settings, desks: tuple[str, ...], *, dry: bool) -> tuple[dict[str, topics.State], list[str]]:
    admin = await connect(settings)
    try:
        if not dry:
            return await topics.prepare(admin, settings, desks)
        wanted = topics.table(settings, desks)
        found = await topics.look(admin, [topic.name for topic in wanted])
        topics.check_shapes(wanted, found)
        return found, []
    finally:
        await admin.close()


def _duration(ms: int) -> str:
    if ms == topics.FOR_EVER:
        return "for ever"
    return f"{ms / topics.DAY_MS:g} days" if ms >= topics.DAY_MS else f"{ms / 1000:g} s"


def _print(rows: list[tuple[topics.Topic, topics.State, bool]]) -> None:
    table = Table(box=None, header_style="bold")
    for name in ("topic", "partitions", "kept", "largest record", ""):
        table.add_column(name, justify="right" if name in ("partitions", "largest record") else "left")
    for topic, state, new in rows:
        kept = _duration(state.retention_ms) if state.partitions else ""
        size = f"{state.max_bytes / 1e6:.1f} MB" if state.partitions else ""
        note = "created" if new else "" if state.partitions else "missing"
        table.add_row(topic.name, str(state.partitions or "-"), kept, size, note)
    Console().print(table)
