"""Page chrome: lines that stand around an article and are not of it.

Two kinds: what channels add to a flash (handles, links, join-us lines, hashtags, lone emoji) and what sites print around
a text (codes, tags, comment forms, share buttons). A line is judged alone; where an article begins and ends on a page is
judged by read_page.
"""

import re
from collections.abc import Iterator

from stream.core.records import Part

_LINE = re.compile(r"[^\r\n\u2028\u2029\v\f\x85]+")
_WORDY = re.compile(r"[^\W_]")
_LETTER = re.compile(r"[^\W\d_]")
# a whole line of channel furniture: handles, links, bare site names, hashtags and the signs between them
_FURNITURE = re.compile(
    r"(?:"
    r"@[A-Za-z0-9_]{3,}(?:@[A-Za-z0-9_]{3,})*"
    r"|(?:https?://|www\.)\S+"
    r"|(?:[A-Za-z0-9-]+\.)+(?:com|ir|net|org|me|io|tv|news|info|co|app|site|live|link|ly)(?:/\S*)?"
    r"|\#[^\s#]+"
    r"|Links?\b|Join\b|Source\b|Telegram\b|Instagram\b|Twitter\b|YouTube\b|X\b"
    r"|[^\w@#]+"
    r")+",
    re.IGNORECASE,
)
_JOIN = re.compile(
    r"(?:به (?:ما|کانال\b.{0,40}) (?:در .{1,30} )?بپیوندید|عضو(?:یت)? (?:کانال|شوید|شید|در کانال)|کانال (?:ما|.{1,30}) را دنبال کنید|"
    r"ما را (?:در .{1,40} )?دنبال کنید|لینک (?:کانال|عضویت|خبر)|کلیک کنید$|اینجا کلیک|(?:join|follow) us)",
    re.IGNORECASE,
)


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """(start, end) of every line of `text` that is not blank, without the blanks around it."""
    for found in _LINE.finditer(text, start, len(text) if end is None else end):
        line = found.group()
        bare = line.strip()
        if bare:
            at = found.start() + line.index(bare)
            yield at, at + len(bare)


def is_furniture(line: str) -> bool:
    """True where a line says nothing: no word, or only handles, links, hashtags and join-us words."""
    if not _WORDY.search(line):
        return True
    if len(line) > 200:
        return False
    return _FURNITURE.fullmatch(line) is not None or (len(line) < 100 and _JOIN.search(line) is not None)


def paragraphs(text: str, start: int, end: int) -> list[Part]:
    """The lines between `start` and `end` as body parts, furniture left out."""
    return [Part(kind="body", start=a, end=b) for a, b in lines(text, start, end) if not is_furniture(text[a:b])]
