"""Prints what is named in articles: persons, states, organisations, places, dates, numbers, topics.

One line an article: `{"id", "tags": {"persons": [{"start", "end", "text", "id", "name", "state", "role"}], "states",
"organisations", "places": [{"start", "end", "text", "id", "country"}], "roles", "outlets", "dates": [{"start", "end",
"text", "from", "to", "precision", "calendar"}], "numbers": [{"kind", "value", "to", "bound", "unit", …}], "topics":
[{"id", "name", "label", "score", "why"}]}}`. `start` and `end` count characters as evidence does: of title + "\\n" + body for
JSON (the body alone where there is no title), of the page's text for pages. A person whom no lexicon knows has `id` null.

  dideban tag article.txt
  dideban tag archive.jsonl.gz | jq -r '.tags.persons[].name' | sort | uniq -c | sort -rn

Exit codes: 0 done; 1 where something was rejected or a file is damaged; 2 wrong use; 5 the rulebook can't be loaded.
"""

import argparse
from typing import Any

from stream.commands.answers import ends_by_name, print_lines
from stream.commands.detect import add_rulebook, given_id, read_item
from stream.commands.files import Item, check_name
from stream.core.all_tags import LISTS, Tagger, all_tags
from stream.core.judge import PERSIAN
from stream.core.records import Rejection, Withdrawal
from stream.rulebook_reader.tagging import load_tagger


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `dideban tag`."""
    parser.add_argument("files", nargs="+", metavar="FILE", help=".jsonl, .jsonl.gz, .txt, .html, or - for JSON Lines")
    add_rulebook(parser)


@ends_by_name
def run(options: argparse.Namespace) -> int:
    """Print a line an article; 1 where something was rejected."""
    for name in options.files:
        check_name(name)
    tagger = load_tagger(options.rulebook)
    return print_lines(options.files, lambda item: tag_item(item, tagger))


def tag_item(item: Item, tagger: Tagger) -> dict[str, Any]:
    """The line of output for one item."""
    article = read_item(item, tagger.book)
    nothing: dict[str, list[Any]] = {name: [] for name in LISTS}
    if isinstance(article, Rejection):
        rejected = {"stage": article.stage, "reason": article.reason, "detail": f"{item.place}: {article.detail}"}
        return {"id": given_id(item) or article.uri, "tags": nothing, "rejected": rejected}
    if isinstance(article, Withdrawal):
        return {"id": article.uri, "tags": nothing, "withdrawn": True}
    outcome = "judged" if article.language == PERSIAN else "unsupported_language"
    return {"id": given_id(item) or article.uri, "tags": all_tags(article, tagger), "outcome": outcome}
