"""Articles and sentences for the tests of the core, cut and judged with the shipped rulebook."""

from datetime import datetime
from functools import cache

from stream.core.book import Book
from stream.core.normalise import Text, Token, cut, normalise
from stream.core.records import Article, Part
from stream.rulebook_reader import load

PUBLISHED = datetime.fromisoformat("2026-03-04T12:00:00+03:30")


@cache
def book() -> Book:
    """The shipped rulebook, compiled once."""
    return load()


def article(body: str, title: str = "", *, language: str = "fa", outlet: str | None = None) -> Article:
    """An article as the reader makes it of plain JSON."""
    text = f"{title}\n{body}" if title else body
    at = len(text) - len(body)
    parts = [Part(kind="title", start=0, end=len(title))] if title else []
    return Article(
        uri="test/1",
        version="1",
        form="json",
        outlet=outlet,
        published=PUBLISHED,
        published_precision="minute",
        title=title,
        body=body,
        text=text,
        parts=(*parts, Part(kind="body", start=at, end=len(text))),
        language=language,
    )


def text_of(body: str, title: str = "") -> Text:
    """A cut article."""
    return normalise(article(body, title), book().words, book().joins)


def tokens_of(sentence: str) -> list[Token]:
    """The tokens of one sentence."""
    return cut(sentence, 0, len(sentence), book().words, book().joins)
