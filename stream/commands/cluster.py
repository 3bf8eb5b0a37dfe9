"""Puts articles that tell of one event together, and prints for each which events it tells of.

One line an article: `{"id", "events": [ids]}`; an article that nobody would be alerted to has none. The articles go the
whole way without Kafka, in the order of the files: judged, and joined to the open events, each by its own time of publication
(the present where it tells none). So a withdrawal takes its article out of what comes after it.

  dideban cluster archive.jsonl.gz > posts.jsonl

Exit codes: 0 done; 1 where something was rejected or a file is damaged; 2 wrong use; 5 the rulebook can't be loaded.
"""

import argparse
from typing import Any

from stream.commands.answers import ends_by_name, print_lines
from stream.commands.detect import add_rulebook, given_id, read_item
from stream.commands.files import Item, check_name
from stream.core.book import Book
from stream.core.judge import judge
from stream.core.machine import Machine
from stream.core.records import Article, Origin, Rejection
from stream.rulebook_reader import load
from stream.service.codec import mentions


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `dideban cluster`."""
    parser.add_argument("files", nargs="+", metavar="FILE", help=".jsonl, .jsonl.gz, .txt, .html, or - for JSON Lines")
    add_rulebook(parser)


@ends_by_name
def run(options: argparse.Namespace) -> int:
    """Print a line an article; 1 where something was rejected."""
    for name in options.files:
        check_name(name)
    clusters = Clusters(load(options.rulebook))
    return print_lines(options.files, clusters.line_of)


class Clusters:
    """A machine that is given one article after the other."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.machine = Machine(book.policy, book.facts, book.outlet_titles, book.anchors)

    def line_of(self, item: Item) -> dict[str, Any]:
        """Let an article arrive, and tell the events that it belongs to."""
        article = read_item(item, self.book)
        if isinstance(article, Rejection):
            rejected = {"stage": article.stage, "reason": article.reason, "detail": f"{item.place}: {article.detail}"}
            return {"id": given_id(item) or article.uri, "events": [], "rejected": rejected}
        offset = self.machine.applied + 1
        if not isinstance(article, Article):
            return {"id": article.uri, "events": [], "withdrawn": True}
        origin = Origin(topic="archive", partition=0, offset=offset, received=article.published)
        self.machine.apply(offset, mentions(judge(article, self.book), self.book.digest, origin))
        return {"id": given_id(item) or article.uri, "events": list(self.machine.events_of(article.uri))}
