"""What an article says of its own versions: that it corrects an earlier one, or that it goes on changing (a live page)."""

import re
from collections import Counter
from functools import lru_cache
from urllib.parse import urlsplit

import msgspec

from stream.core.letters import ZWNJ, fold
from stream.core.records import Article

_MARK = 3  # letters: shorter words stand everywhere
_REACH = 400  # characters at either end of the body: where a correction is told
_PARTS = re.compile(r"[:؛|/()\[\]«»\-–—ـ]+")
_NO_WORD = re.compile(r"[\W_]+")


class Revisions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`lexicon/revisions.yaml`. `headings` are whole parts of a title, between marks; `phrases` stand anywhere near an end."""

    headings: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    live_headings: tuple[str, ...] = ()
    live_phrases: tuple[str, ...] = ()  # in the title
    live_urls: tuple[str, ...] = ()  # words of the url's path


def correction(article: Article, words: Revisions) -> str:
    """The first words of correction that stand in the title, or near an end of the body; empty where there are none."""
    if heading := _heading(words.headings, article.title):
        return heading
    body = article.body
    ends = body if len(body) <= 2 * _REACH else f"{body[:_REACH]}\n{body[-_REACH:]}"
    return _first(words.phrases, f"{article.title}\n{ends}")


def is_live(article: Article, words: Revisions) -> bool:
    """Whether the title or the url says that the page goes on changing."""
    if _heading(words.live_headings, article.title):
        return True
    if _first(words.live_phrases, article.title):
        return True
    path = _NO_WORD.split(_path(article.url).lower()) if article.url else ()
    return any(word in path for word in words.live_urls)


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _heading(headings: tuple[str, ...], title: str) -> str:
    """The first of the headings that is a whole part of the title."""
    if not _may_hold(headings, title):
        return ""
    parts = {_plain(part) for part in _PARTS.split(title)}
    return next((heading for heading in headings if _plained(heading) in parts), "")


def _may_hold(phrases: tuple[str, ...], text: str) -> bool:
    letters = text.replace("ي", "ی").replace("ك", "ک")
    return any(hint in letters for hint in _hints(phrases))  # hardly any text


def _first(phrases: tuple[str, ...], text: str) -> str:
    if not _may_hold(phrases, text):
        return ""
    plain = f" {_plain(text)} "
    return next((phrase for phrase in phrases if f" {_plained(phrase)} " in plain), "")


def _plain(text: str) -> str:
    """The words, folded, with one space between them: a half-space counts as a space."""
    return " ".join(_NO_WORD.sub(" ", fold(text).replace(ZWNJ, " ")).split())


@lru_cache(maxsize=64)
def _hints(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Few words of which each phrase has one; of those that stand in most phrases the longest first."""
    left = [set(_plain(phrase).split()) for phrase in phrases]
    chosen = []
    while left:
        count = Counter(word for words in left for word in words if len(word) > _MARK)
        count = count or Counter(word for words in left for word in words)
        best = max(count, key=lambda word: (count[word], len(word), word))
        chosen.append(best)
        left = [words for words in left if best not in words]
    return tuple(chosen)


@lru_cache(maxsize=1024)
def _plained(phrase: str) -> str:
    return _plain(phrase)
