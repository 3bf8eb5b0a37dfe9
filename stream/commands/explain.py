"""Shows, sentence by sentence, which rule fired and why the others stayed silent.

Every sentence comes with what was found in it: names, dates, and each rule that came near. A rule that fired shows
status, time, parties and the cues that decided; a silent one shows its named reason (docs/reasons.md). Below stand the
events as they leave the article, several sentences about one event put together.

  dideban explain article.txt
  dideban explain flashes.jsonl --rule sanction_imposed
  dideban explain article.html --json | jq '.sentences[].rules'

`--json` prints one object a line and article. Exit codes: 0 done; 1 where something was rejected; 2 wrong use; 5
the rulebook can't be loaded.
"""

import argparse
import sys
from typing import Any

import msgspec
import orjson
from rich.console import Console
from rich.text import Text as Line

from stream.commands.answers import ends_by_name
from stream.commands.detect import add_rulebook, given_id, line_of, read_item
from stream.commands.files import Item, check_name, items
from stream.core.book import Book
from stream.core.dates import find_dates, pieces
from stream.core.detect import MISS_REASONS, Found, detect
from stream.core.judge import PERSIAN, judge, persian_text
from stream.core.normalise import Sentence, normalise
from stream.core.reasons import HOLD_REASONS, REJECTION_REASONS
from stream.core.records import Article, Mention, Miss, Rejection, Tag, Withdrawal
from stream.core.tag import tags
from stream.rulebook_reader import load
from stream.service.exits import Exit, Stop

FOREIGN = "foreign_sentence"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `dideban explain`."""
    parser.add_argument("files", nargs="+", metavar="FILE", help=".jsonl, .jsonl.gz, .txt, .html, or - for JSON Lines")
    parser.add_argument("--json", action="store_true", help="one JSON object a line and article")
    parser.add_argument("--rule", metavar="ID", help="only what this rule makes of it")
    add_rulebook(parser)


@ends_by_name
def run(options: argparse.Namespace) -> int:
    """Explain every article; 1 where something was rejected."""
    rejected = 0
    for name in options.files:
        check_name(name)
    book = load(options.rulebook)
    if options.rule is not None and options.rule not in book.facts:
        known = ", ".join(sorted(book.facts))
        raise Stop(Exit.USAGE, f"there is no rule {options.rule!r}; known are {known}")
    console = Console(highlight=False, soft_wrap=True)
    for name in options.files:
        for item in items(name):
            told = explain(item, book, options.rule)
            rejected += "rejected" in told
            if options.json:
                sys.stdout.write(orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE).decode())
            else:
                console.print(pretty(told, item.place))
    return Exit.NO if rejected else Exit.DONE


def explain(item: Item, book: Book, rule: str | None = None) -> dict[str, Any]:
    """All that is known of one item, as plain data."""
    article = read_item(item, book)
    if isinstance(article, Rejection):
        rejected = {"stage": article.stage, "reason": article.reason, "detail": article.detail}
        return {"id": given_id(item) or article.uri, "rejected": rejected}
    if isinstance(article, Withdrawal):
        return {"id": article.uri, "withdrawn": True}
    line = line_of(judge(article, book), given_id(item))
    facts = {**line["article"], "form": article.form}
    mentions = [m for m in line["mentions"] if rule in (None, m["rule"])]
    out = {"id": line["id"], "article": facts, "outcome": line["outcome"], "mentions": mentions}
    return {**out, "sentences": _sentences(article, book, rule)}


def _sentences(article: Article, book: Book, rule: str | None) -> list[dict[str, Any]]:
    """Every sentence with what was found in it; none of a text that meets no rule."""
    if article.language != PERSIAN:
        return []
    text = persian_text(article, book)
    found = detect(text, book)
    all_tags = tags(found.entities, text)
    kept = {sentence.start for sentence in text.sentences}
    return [
        _sentence(article, sentence, found, all_tags, rule)
        if sentence.start in kept
        else {**_place(article, sentence), "skipped": FOREIGN}
        for sentence in normalise(article, book.words, book.joins).sentences
    ]


def _place(article: Article, sentence: Sentence) -> dict[str, Any]:
    start, end = sentence.start, sentence.end
    return {"start": start, "end": end, "text": article.text[start:end], "title": sentence.title}


def _sentence(
    article: Article, sentence: Sentence, found: Found, all_tags: tuple[Tag, ...], rule: str | None
) -> dict[str, Any]:
    def inside(start: int) -> bool:
        return sentence.start <= start < sentence.end

    near: list[tuple[int, dict[str, Any]]] = [
        (m.evidence[0].start, _fired(m)) for m in found.mentions if inside(m.evidence[0].start)
    ]
    near += [(m.start, _silent(m, article)) for m in found.misses if inside(m.start)]
    return {
        **_place(article, sentence),
        "tags": [_without_empty(msgspec.to_builtins(tag)) for tag in all_tags if inside(tag.start)],
        "dates": _dates(article, sentence),
        "rules": [told for _, told in sorted(near, key=lambda n: n[0]) if rule in (None, told["rule"])],
    }


def _fired(mention: Mention) -> dict[str, Any]:
    built = msgspec.to_builtins(mention)
    return {"rule": built.pop("rule"), "outcome": "alertable" if mention.alertable else "quiet", **built}


def _silent(miss: Miss, article: Article) -> dict[str, Any]:
    built = msgspec.to_builtins(miss)
    return {"rule": built.pop("rule"), "outcome": "silent", "trigger": article.text[miss.start : miss.end], **built}


def _dates(article: Article, sentence: Sentence) -> list[dict[str, Any]]:
    words = pieces(article.text, sentence.start, sentence.end)
    known = article.published_precision != "unknown"
    spans = find_dates(
        [word for _, _, word in words], article.published if known else None, article.published_precision
    )
    out = []
    for span in spans:
        start, end = words[span.first][0], words[span.last - 1][1]
        days = {name: day and day.isoformat() for name, day in (("from", span.start), ("to", span.end))}
        out.append({"text": article.text[start:end], "start": start, "end": end, **days, "precision": span.precision})
    return out


def _without_empty(built: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in built.items() if value is not None}


# --- for a person -------------------------------------------------------------------------------------------------


def pretty(told: dict[str, Any], place: str) -> Line:
    """An explanation for a terminal. Persian stands on lines of its own, so that right-to-left text stays readable."""
    line = Line(f"── {place}\n", "bold")
    if "rejected" in told:
        reason = told["rejected"]["reason"]
        line.append(f"rejected: {reason}", "red").append(
            f": {REJECTION_REASONS[reason]}\n{told['rejected']['detail']}\n"
        )
        return line
    if told.get("withdrawn"):
        return line.append("withdrawn by its source: it holds no text\n")
    _facts(line, told)
    for sentence in told["sentences"]:
        _sentence_lines(line, sentence)
    return _events(line, told)


def _facts(line: Line, told: dict[str, Any]) -> None:
    article = told["article"]
    published = article["published"] or "unknown"
    for name, value in (
        ("id", told["id"]),
        ("outlet", article["outlet"] or "unknown"),
        ("published", f"{published} (precision: {article['published_precision']})"),
        ("language", article["language"]),
        ("form", article["form"]),
        ("dateline", " · ".join(filter(None, (article["dateline_place"], article["dateline_agency"])))),
        ("code", article["code"]),
    ):
        if value:
            line.append(f"{name:<10}", "dim").append(f"{value}\n")
    if told["outcome"] != "judged":
        line.append(f"{told['outcome']}", "red").append(f": {HOLD_REASONS[told['outcome']]}\n")


def _sentence_lines(line: Line, sentence: dict[str, Any]) -> None:
    where = f"\n[{sentence['start']}–{sentence['end']}]{' title' if sentence['title'] else ''}\n"
    line.append(where, "dim").append(sentence["text"].replace("\n", " ") + "\n", "bold")
    if "skipped" in sentence:
        line.append(f"  skipped: {sentence['skipped']}: {MISS_REASONS[sentence['skipped']]}\n", "dim")
        return
    for tag in sentence["tags"]:
        words = [f"  {tag['kind']} {tag['id']}", *(f"{n}={tag[n]}" for n in ("state", "role") if n in tag)]
        line.append(" ".join(words) + "\n", "dim").append(f"    {tag['text']}\n")
    for found in sentence["dates"]:
        days = "not resolved" if found["from"] is None else f"{found['from']} to {found['to']}"
        line.append(f"  date {days} ({found['precision']})\n", "dim").append(f"    {found['text']}\n")
    for rule in sentence["rules"]:
        _rule_lines(line, rule)


_COLOURS = {"alertable": "green", "quiet": "yellow", "silent": "red"}


def _rule_lines(line: Line, rule: dict[str, Any]) -> None:
    line.append(f"  {rule['outcome']:<10}", _COLOURS[rule["outcome"]]).append(rule["rule"], "bold")
    if rule["outcome"] == "silent":
        detail = f" ({rule['detail']})" if rule["detail"] else ""
        line.append(f": {rule['reason']}{detail}: {MISS_REASONS[rule['reason']]}\n")
        line.append(f"    {rule['trigger']}\n")
        return
    line.append(f": {rule['type']}, {rule['status']}, {rule['time']}; {_parties(rule)}\n")
    line.append(f"    {rule['trigger']}\n")
    for evidence in rule["why"] or ("no cue: told as plain fact",):
        line.append(f"    because {evidence}\n", "dim")
    if rule["first"]:
        line.append(f"    first of its kind{', since' if rule['first']['since'] else ''}\n")
        if rule["first"]["since"]:
            line.append(f"    {rule['first']['since']}\n")
    if rule["attribution"]:
        line.append(f"    told by {rule['attribution']['kind']}\n", "dim").append(
            f"    {rule['attribution']['text']}\n"
        )


def _parties(mention: dict[str, Any]) -> str:
    actors = ", ".join(mention["actors"]) or "nobody named"
    return f"{actors} → {', '.join(mention['recipients'])}" if mention["recipients"] else actors


def _events(line: Line, told: dict[str, Any]) -> Line:
    if not told["mentions"]:
        return line.append("\nno event leaves this article\n", "dim")
    line.append(f"\n{len(told['mentions'])} leave{'s' if len(told['mentions']) == 1 else ''} this article:\n", "dim")
    for mention in told["mentions"]:
        head = f"  {mention['type']}, {mention['status']}, {mention['time']}; {_parties(mention)}"
        line.append(head + (f"; day {mention['day']}" if mention["day"] else "") + "\n")
        for evidence in mention["evidence"]:
            line.append("    " + evidence["text"].replace("\n", " ") + "\n")
    return line
