"""Writes what is generated from the code: JSON Schemas of the records on the wire, and the tables in docs/.

`stream/schemas/*.json` (article, tagged, mentions, alert, agenda) come from the record types, `docs/settings.md` from the
settings, `docs/exit-codes.md` from the exit codes. All are committed; a test fails when they drift. `--check` writes
nothing and ends with 1 where something would change.

  dideban schemas
  dideban schemas --check
"""

import argparse
import sys
from inspect import cleandoc
from pathlib import Path
from typing import Any, get_args

import msgspec
import orjson

from stream.core.agenda import Agenda
from stream.core.machine import Entry
from stream.core.records import Alert, Article
from stream.service import exits, settings
from stream.service.codec import SCHEMA, Tagged

ROOT = Path(__file__).parents[2]
TYPES: dict[str, tuple[Any, str]] = {  # a record, or a union of records that are told apart by `kind`
    "article": (Article, "One version of one published text, as the core knows it."),
    "tagged": (Tagged, "A record of the topic articles.tagged: an article with tags and mentions."),
    "mentions": (
        Entry,
        "A record of the ordered log mentions: an article version, a withdrawal, a tick, a control or a part of an archive.",
    ),
    "alert": (Alert, "The data of a CloudEvent on the topics alerts and alerts.<desk>."),
    "agenda": (Agenda, "The data of a CloudEvent on the topic agenda: what is planned for a day."),
}
BEGIN, END = "<!-- written by `dideban schemas` -->", "<!-- end -->"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `dideban schemas`."""
    parser.add_argument("--check", action="store_true", help="write nothing; 1 where a file would change")


def run(options: argparse.Namespace) -> int:
    """Write, or check; give the exit code."""
    changed = [path for path, text in generated(ROOT).items() if not path.exists() or path.read_text("utf-8") != text]
    for path in changed:
        print(f"{path.relative_to(ROOT)} {'is out of date' if options.check else 'written'}", file=sys.stderr)
        if not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(generated(ROOT)[path], "utf-8")
    return exits.Exit.NO if changed and options.check else exits.Exit.DONE


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one record on the wire."""
    type_, description = TYPES[name]
    body = _dedented(msgspec.json.schema(type_, ref_template="#/$defs/{name}"))
    first = next(iter(get_args(type_)), type_)
    version = next((field.default for field in msgspec.structs.fields(first) if field.name == "schema_version"), 1)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA.format(name=name, version=version)}
    return {**head, "title": name, "description": description, **body}


def _dedented(part: Any) -> Any:
    """Descriptions come from docstrings, whose indentation Python keeps before 3.13 and drops from then on."""
    if isinstance(part, dict):
        return {k: cleandoc(v) if k == "description" and isinstance(v, str) else _dedented(v) for k, v in part.items()}
    return [_dedented(one) for one in part] if isinstance(part, list) else part


def generated(root: Path) -> dict[Path, str]:
    """Every generated file of a checkout, by path. The docs are there only in a checkout, not in a wheel."""
    files = {}
    for name in TYPES:
        data = orjson.dumps(schema(name), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        files[root / "stream" / "schemas" / f"{name}.json"] = data.decode()
    for name, table in (("settings", settings.table()), ("exit-codes", exits.table())):
        page = root / "docs" / f"{name}.md"
        if page.exists():
            before, begin, rest = page.read_text("utf-8").partition(BEGIN)
            _, end, after = rest.partition(END)
            if not (begin and end):
                raise SystemExit(f"{page}: the lines {BEGIN} and {END} are missing")
            files[page] = f"{before}{BEGIN}\n{table}{END}{after}"
    return files
