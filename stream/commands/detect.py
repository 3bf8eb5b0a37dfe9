"""Judges articles from files or standard input and prints one JSON object a line and article.

`.jsonl` and `.jsonl.gz` hold an article a line; `.txt` (the text of a page) and `.html` are one each; `-` reads JSON
Lines. Evidence offsets count characters of title + "\\n" + body for JSON (the body alone where there is no title), of the
page's text for pages. A line that can't be read gives `{"id", "mentions": [], "rejected": {"stage", "reason", "detail"}}`
and the run goes on.

  dideban detect article.txt
  zcat archive.jsonl.gz | dideban detect - > mentions.jsonl

Exit codes: 0 done; 1 where something was rejected or a file is damaged; 2 wrong use; 5 the rulebook can't be loaded.
"""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import orjson

from stream.commands.answers import ends_by_name, print_lines
from stream.commands.files import Item, check_name
from stream.core.book import Book
from stream.core.judge import judge
from stream.core.read import read
from stream.core.records import Article, Incoming, Judgement, Limits, Rejection, Withdrawal
from stream.rulebook_reader import load


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `dideban detect`."""
    parser.add_argument("files", nargs="+", metavar="FILE", help=".jsonl, .jsonl.gz, .txt, .html, or - for JSON Lines")
    add_rulebook(parser)


def add_rulebook(parser: argparse.ArgumentParser) -> None:
    """The option that every command with a rulebook has."""
    default = os.environ.get("DIDEBAN_RULEBOOK") or None
    parser.add_argument(
        "--rulebook",
        type=Path,
        default=default,
        metavar="DIR",
        help="the newsroom's own rulebook over the shipped one (default: DIDEBAN_RULEBOOK)",
    )


@ends_by_name
def run(options: argparse.Namespace) -> int:
    """Print a line an article; 1 where something was rejected."""
    for name in options.files:
        check_name(name)
    book = load(options.rulebook)
    return print_lines(options.files, lambda item: detect_item(item, book))


def read_item(item: Item, book: Book) -> Article | Withdrawal | Rejection:
    """An item of a file as an article."""
    incoming = Incoming(value=item.value, key=item.key, headers=item.headers, arrived=datetime.now(UTC), form=item.form)
    return read(incoming, Limits(), book.outlet_names)


def detect_item(item: Item, book: Book) -> dict[str, Any]:
    """The line of output for one item."""
    article = read_item(item, book)
    if isinstance(article, Rejection):
        rejected = {"stage": article.stage, "reason": article.reason, "detail": f"{item.place}: {article.detail}"}
        return {"id": given_id(item) or article.uri, "mentions": [], "rejected": rejected}
    if isinstance(article, Withdrawal):
        return {"id": article.uri, "mentions": [], "withdrawn": True}
    return line_of(judge(article, book), given_id(item))


def given_id(item: Item) -> str | None:
    """The id that the input itself gives, if it is JSON and gives one."""
    try:
        data = orjson.loads(item.value)
    except orjson.JSONDecodeError:
        return None
    found = (data.get("id") or data.get("uri")) if isinstance(data, dict) else None
    return str(found) if isinstance(found, str | int) else None


def line_of(judgement: Judgement, given: str | None) -> dict[str, Any]:
    """A judgement as the line that is printed."""
    article = judgement.article
    known = article.published_precision != "unknown"
    return {
        "id": given or article.uri,
        "mentions": [_mention(m) for m in judgement.mentions],
        "outcome": judgement.outcome,
        "article": {
            "uri": article.uri,
            "version": article.version,
            "outlet": article.outlet,
            "published": article.published.isoformat() if known else None,
            "published_precision": article.published_precision,
            "title": article.title,
            "language": article.language,
            "url": article.url,
            "code": article.code,
            "reporter_code": article.reporter_code,
            "dateline_place": article.dateline_place,
            "dateline_agency": article.dateline_agency,
            "pubStatus": article.pub_status,
        },
    }


def _mention(mention: Any) -> dict[str, Any]:
    built = msgspec.to_builtins(mention)
    built["headline_event"] = built.pop("headline")
    if built["first"] is None:
        del built["first"]  # the guidelines leave it out where nothing is claimed
    return dict(built)
