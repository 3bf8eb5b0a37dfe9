"""Page chrome: lines that stand around an article and are not of it.

Two kinds: what channels add to a flash (handles, links, join-us lines, hashtags, lone emoji) and what sites print around
a text (codes, tags, comment forms, share buttons). Lines are judged here one by one, but for a channel's signature at the
end; where an article begins and ends on a page is judged by read_page.
"""

import re
from collections.abc import Iterator

from stream.core.records import Part

_LINE = re.compile(r"[^\r\n\u2028\u2029\v\f\x85]+")
_WORDY = re.compile(r"[^\W_]")
_LETTER = re.compile(r"[^\W\d_]")
_LABEL = re.compile(
    r"@\w*|https?://\S+|www\.\S+|#[\w\u200c]+"
    r"|(?<![\w.-])(?:[a-z0-9-]{1,40}\.){1,4}(?:com|ir|net|org|me|io|tv|news|info|co|app|site|live|link|ly|uk)\b(?:/\S*)?",
    re.IGNORECASE,
)
_LABEL_SIGNS = re.compile(r"[@#]|\.[a-z]|https?:", re.IGNORECASE)
_LINK_WORDS = frozenset(("link", "links", "join", "source", "telegram", "instagram", "twitter", "youtube", "x"))
_ADDRESSED = re.compile(  # to the reader, about the channel or the site
    r"بپیوندید|دنبال کنید|عضو (?:کانال|شوید|شید|شو\W*$)|عضویت در (?:کانال|گروه|خبرنامه)|کلیک کنید|لینک (?:کانال|عضویت|خبر|کوتاه)"
    r"|^(?:اینجا|بیشتر|مشروح|شرح کامل|متن کامل|ادامه|جزئیات|در|کامل)\b.{0,60}(?:بخوانید|ببینید|بشنوید)\W*$"
    r"|^(?:اینجا|بخوانید|ببینید|(?:مشروح|شرح کامل|متن کامل)(?: این)? (?:خبر|گزارش|گفت.?.?گو|مصاحبه)(?: را)?)\W*$"
    r"|^(?:join|follow) us\b",
    re.IGNORECASE,
)
_SAID = re.compile(r"[:«\"].*\w")  # «وزیر: به ما بپیوندید» is news
_END_MARK = re.compile(r"\W*انتهای ?پیام\W*\S{0,12}\W*")
_HANDLE = re.compile(r"@[A-Za-z]\w{2,}")
_TRAILING = re.compile(
    r"\s+(?:[-|–—ـ]\s+)?(?:@\w{3,}|https?://\S+)?(?:\s*(?:[-|–—ـ]\s*)?(?:@\w{3,}|https?://\S+|Link))*$"
)
_ONE_LATIN_WORD = re.compile(r"\W*[A-Za-z][A-Za-z0-9_.]{2,}\W*")
_SENTENCE_END = (".", "!", "؟", "?", "…", ":", "»", "؛", "،")


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """(start, end) of every line of `text` that is not blank, without the blanks around it."""
    for found in _LINE.finditer(text, start, len(text) if end is None else end):
        line = found.group()
        bare = line.strip()
        if bare:
            at = found.start() + line.index(bare)
            yield at, at + len(bare)


def is_furniture(line: str) -> bool:
    """True where a line tells nothing: no word, or only handles, links, hashtags, or a call to join, follow or click."""
    if not _LETTER.search(line):
        return not _WORDY.search(line) or "\u20e3" in line  # a number may belong to the text, a keycap never
    rest = line
    if len(line) > 2000:
        return False
    if _LABEL_SIGNS.search(line):
        rest = _LABEL.sub(" ", line)
        if not _LETTER.search(rest):
            return True
    if len(rest) < 60 and rest.isascii() and _LINK_WORDS.issuperset(re.findall("[a-z]+", rest.lower())):
        return True
    return len(line) < 100 and _ADDRESSED.search(line) is not None and not _SAID.search(line)


def is_end_mark(line: str) -> bool:
    """True for the line with which ISNA, Fars and Tasnim close a text."""
    return len(line) < 40 and _END_MARK.fullmatch(line) is not None


def paragraphs(text: str, start: int, end: int) -> list[Part]:
    """The lines between `start` and `end` as body parts: without furniture, an end mark and all after it, a signature."""
    found: list[tuple[int, int]] = []
    last_handle = -1  # index in `found` where a channel's handle stood last
    split_handle = False  # «@» on a line, the name on the next
    for a, b in lines(text, start, end):
        line = text[a:b]
        if is_end_mark(line):
            break
        if is_furniture(line) or (split_handle and _ONE_LATIN_WORD.fullmatch(line[:60])):
            if "@" in line:
                last_handle = len(found)
            split_handle = line == "@"
            continue
        split_handle = False
        found.append((a, b - _trailing_labels(line)))
        if line[0] == "@" and b - a < 60 and _HANDLE.match(line) and len(line.split()) <= 4:
            found.pop()  # «@channel its motto»
            last_handle = len(found)
    # what follows the last handle in at most four words, and lone Latin names at the very end, are signatures
    if last_handle > 0 and all(_is_motto(text[a:b]) for a, b in found[last_handle:]):
        del found[last_handle:]
    while len(found) > 1 and found[-1][1] - found[-1][0] < 60 and _ONE_LATIN_WORD.fullmatch(text, *found[-1]):
        found.pop()
    return [Part(kind="body", start=a, end=b) for a, b in found]


def _trailing_labels(line: str) -> int:
    """How many characters at the end of a line are handles and links («… @channel - Link»)."""
    tail = line[-90:]
    if "@" not in tail and "http" not in tail and not tail.endswith("Link"):
        return 0
    found = _TRAILING.search(tail)
    return len(tail) - found.start() if found and found.start() else 0


def _is_motto(line: str) -> bool:
    return len(line) <= 40 and len(line.split()) <= 4 and not line.endswith(_SENTENCE_END)
