"""Writes what is generated from the code: JSON Schemas of the records on the wire, and the tables in docs/.

`stream/schemas/*.json` come from the record types (and, for what others send and for headers, from
`stream/service/wire_schemas.py`), `docs/asyncapi.yaml` from the table of topics, `docs/settings.md` from the settings,
`docs/exit-codes.md` from the exit codes. All are committed; a test fails when they drift. `--check` writes nothing and ends
with 1 where something would change.

`stream/schemas/released` holds the schemas as they were released, by version. Within one version a schema may only add:
where it breaks with the released one, that is told, and the exit code is 1. `--release` takes the present ones for released.

  dideban schemas
  dideban schemas --check
  dideban schemas --release
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
from stream.rulebook_reader.book import SHIPPED
from stream.rulebook_reader.policy import read_policy
from stream.service import asyncapi, exits, settings
from stream.service.additive import breaks
from stream.service.codec import SCHEMA, Tagged
from stream.service.wire_schemas import DRAFT, WRITTEN

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
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--check", action="store_true", help="write nothing; 1 where a file would change")
    choice.add_argument("--release", action="store_true", help="take the present schemas for released, if none breaks")


def run(options: argparse.Namespace) -> int:
    """Write, or check; give the exit code."""
    wanted = generated(ROOT)
    changed = [path for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in changed:
        print(f"{path.relative_to(ROOT)} {'is out of date' if options.check else 'written'}", file=sys.stderr)
        if not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], "utf-8")
    broken = broken_promises(ROOT)
    for place in broken:
        print(f"{place}; within one version a schema may only add: raise its schema_version", file=sys.stderr)
    if options.release and not broken:
        for path, text in released(ROOT).items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    return exits.Exit.NO if broken or (changed and options.check) else exits.Exit.DONE


def released(root: Path) -> dict[Path, str]:
    """Where the present schemas lie once they are released, by name and version, and their text."""
    found = {}
    for name, one in all_schemas().items():
        version = one["$id"].rpartition(":")[2]
        found[root / "stream" / "schemas" / "released" / f"{name}-{version}.json"] = _text(one)
    return found


def broken_promises(root: Path) -> list[str]:
    """Where the present schemas break with those released, as "file: place: what"."""
    return [
        f"{path.relative_to(root)}: {place}"
        for path, text in released(root).items()
        if path.exists()
        for place in breaks(orjson.loads(path.read_bytes()), orjson.loads(text))
    ]


def all_schemas() -> dict[str, dict[str, Any]]:
    """Every schema by name: of our records, of what others send, and of headers."""
    return {**{name: schema(name) for name in TYPES}, **WRITTEN}


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one record on the wire."""
    type_, description = TYPES[name]
    body = _dedented(msgspec.json.schema(type_, ref_template="#/$defs/{name}"))
    first = next(iter(get_args(type_)), type_)
    version = next((field.default for field in msgspec.structs.fields(first) if field.name == "schema_version"), 1)
    head = {"$schema": DRAFT, "$id": SCHEMA.format(name=name, version=version)}
    return {**head, "title": name, "description": description, **body}


def _dedented(part: Any) -> Any:
    """Descriptions come from docstrings, whose indentation Python keeps before 3.13 and drops from then on."""
    if isinstance(part, dict):
        return {k: cleandoc(v) if k == "description" and isinstance(v, str) else _dedented(v) for k, v in part.items()}
    return [_dedented(one) for one in part] if isinstance(part, list) else part


def _text(schema: dict[str, Any]) -> str:
    return orjson.dumps(schema, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def generated(root: Path) -> dict[Path, str]:
    """Every generated file of a checkout, by path. The docs are there only in a checkout, not in a wheel."""
    files = {}
    for name, one in all_schemas().items():
        files[root / "stream" / "schemas" / f"{name}.json"] = _text(one)
    if (root / "docs").is_dir():
        files[root / "docs" / "asyncapi.yaml"] = asyncapi.text([desk.id for desk in read_policy(SHIPPED).desks])
    for name, table in (("settings", settings.table()), ("exit-codes", exits.table())):
        page = root / "docs" / f"{name}.md"
        if page.exists():
            before, begin, rest = page.read_text("utf-8").partition(BEGIN)
            _, end, after = rest.partition(END)
            if not (begin and end):
                raise SystemExit(f"{page}: the lines {BEGIN} and {END} are missing")
            files[page] = f"{before}{BEGIN}\n{table}{END}{after}"
    return files
