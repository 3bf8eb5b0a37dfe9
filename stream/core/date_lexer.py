"""From the words of a sentence to classes and values: the string that the rules of date_rules.py match.

Number words become one number («بیست و یکم», «هزار و چهارصد و یک»), phrases one word («پنج شنبه», «پس فردا»).
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from stream.core.date_spans import Anchor
from stream.core.date_words import AND_NUMBERS, FROM_THERE, IN, NOT_AGO, NOT_PAST, NUMBERS, PHRASES, WORDS
from stream.core.letters import fold

# A date needs one of these, or two numbers with a mark between them.
_CUES = frozenset(word for word, (kind, _) in WORDS.items() if kind in "JjkGgmHiWDRvMadcuUSLFr") | {
    first
    for first, others in PHRASES.items()
    if any(kind in "WDGgHFRrSi" for _, (kind, _) in others) and first not in {fold("به"), fold("دو"), fold("یک")}
}
_CUES |= {
    fold(word) for word in ("شنبه", "شب", "میلادی", "شمسی", "خورشیدی", "قمری", "تازگی", "بامداد", "شامگاه", "سحرگاه")
}
_CUES |= {str(year) for years in (range(1300, 1451), range(1900, 2061)) for year in years}
_KNOWN = frozenset(WORDS) | frozenset(PHRASES) | frozenset(NUMBERS)
_WRITTEN = re.compile(r"\d ?[/.-] ?\d{1,2} ?[/.-] ?\d")
_GLUED = re.compile(r"\d+(?:[/.:-]\d+)+")
_ORDINAL = re.compile(r"(\d{1,2})(?:م|ام|مین|امین)")
_AND, _TH, _THOUSAND = fold("و"), frozenset(map(fold, ("ام", "م"))), fold("هزار")
_FROM = fold("از")
_BIG = frozenset(map(fold, ("هزار", "میلیون", "میلیارد", "تریلیون")))
_FIRST, _AFTER_FIRST = fold("اول"), frozenset("avdE")
_STEPS = re.compile(r"\d+|[/.:-]")


class Line:
    """A sentence as classes. `values[n]` belongs to `classes[n]`, which begins at word `at[n]`; `at` has one more."""

    __slots__ = ("anchor", "at", "classes", "values", "words")

    def __init__(self, words: Sequence[str], classes: str, values: list[Any], at: list[int], anchor: Anchor | None):
        self.words, self.classes, self.values, self.at, self.anchor = words, classes, values, at, anchor

    @property
    def today(self) -> date:
        """Publication day; only asked where there is an anchor, else a day that nothing falls on."""
        return self.anchor.today if self.anchor else date.min

    @property
    def clocked(self) -> bool:
        """Whether the minute of publication is known."""
        return self.anchor is not None and self.anchor.clocked

    def cls(self, n: int) -> str:
        """Class of token n, "" outside of the sentence."""
        return self.classes[n] if 0 <= n < len(self.classes) else ""

    def word(self, n: int) -> str:
        """First word of token n, "" outside of the sentence."""
        return self.words[self.at[n]] if 0 <= n < len(self.classes) else ""

    def before(self, n: int) -> str:
        """The word before token n."""
        at = self.at[n]
        return self.words[at - 1] if at else ""


def has_cue(words: Sequence[str]) -> bool:
    """Whether the words may hold a date; False is certain."""
    if not _CUES.isdisjoint(words):
        return True
    joined = " ".join(words)
    return ("/" in joined or "-" in joined or "." in joined) and _WRITTEN.search(joined) is not None


def lex(words: Sequence[str], anchor: Anchor | None) -> Line:
    """Classes and values of a sentence's words."""
    classes: list[str] = []
    values: list[Any] = []
    at: list[int] = []
    i, count = 0, len(words)
    while i < count:
        word = words[i]
        kind, value, size = "_", None, 1
        if word in _KNOWN:
            kind, value, size = _known(words, i)
        elif "0" <= word < ":":  # begins with a digit
            if word.isdecimal():
                kind, value, size = _digits(words, i)
            elif _glued(word, i, classes, values, at):
                i += 1
                continue
            elif found := _ORDINAL.fullmatch(word):
                kind, value = "o", int(found[1])
        classes.append(kind)
        values.append(value)
        at.append(i)
        i += size
    at.append(count)
    return Line(words, "".join(classes), values, at, anchor)


def _known(words: Sequence[str], i: int) -> tuple[str, Any, int]:
    """Class, value and number of words of the longest entry of the vocabulary that begins at word i."""
    word = words[i]
    for others, (kind, value) in PHRASES.get(word, ()):
        if tuple(words[i + 1 : i + 1 + len(others)]) == others:
            return kind, value, len(others) + 1
    if word in WORDS:
        kind, value = WORDS[word]
        return (_modifier(words, i, kind, value) if kind in "pf" else kind), value, 1
    if word in NUMBERS:
        return _number(words, i)
    return "_", None, 1


def _modifier(words: Sequence[str], i: int, kind: str, value: str) -> str:
    """«پیش بینی», «قبل از», «گذشته است» are no «ago»."""
    following = words[i + 1] if i + 1 < len(words) else ""
    if value in ("ago", "after") and following in NOT_AGO:
        apart = following == _FROM and i + 2 < len(words) and words[i + 2] in FROM_THERE
        return kind if apart else "_"  # «دقایقی پیش از دسترس خارج شد»
    if value == "past" and following in NOT_PAST and IN.isdisjoint(words[max(0, i - 4) : i]):
        return "_"
    return kind


def _glued(word: str, i: int, classes: list[str], values: list[Any], at: list[int]) -> bool:
    """«1401/05/07», «21:48» as one word: its numbers and marks one by one, all at the same word."""
    if not _GLUED.fullmatch(word):
        return False
    for piece in _STEPS.findall(word):
        if piece.isdecimal():
            kind, value = _class_of(piece)
            classes.append(kind)
            values.append(value)
        else:
            classes.append(piece)
            values.append(None)
        at.append(i)
    return True


def _class_of(digits: str) -> tuple[str, int]:
    value = int(digits) if len(digits) < 9 else 0
    if len(digits) == 2 and digits[0] == "0":
        return "0", value
    return _sized(value, len(digits) <= 2), value


def _sized(value: int, short: bool) -> str:
    if short:
        return "n" if 1 <= value <= 31 else "z" if value > 31 else "N"
    if 1200 <= value <= 1500:
        return "y"
    return "Y" if 1800 <= value <= 2100 else "N"


def _digits(words: Sequence[str], i: int) -> tuple[str, int, int]:
    word = words[i]
    following = words[i + 1] if i + 1 < len(words) else ""
    if following in _TH and len(word) <= 2:
        return "o", int(word), 2
    if following in _BIG:
        return "N", 0, 2
    kind, value = _class_of(word)
    return kind, value, 1


def _number(words: Sequence[str], i: int) -> tuple[str, int, int]:
    """The number that the words from i on spell: class, value, how many words."""
    total, last, j, ordinal = 0, 10_000, i, False
    while j < len(words):
        word = words[j]
        entry = NUMBERS.get(word)
        if entry is None and total:
            entry = AND_NUMBERS.get(word)
        if entry is None:
            break
        value, is_ordinal = entry
        size = 1
        if value < 1000 and not is_ordinal and j + 1 < len(words) and words[j + 1] == _THOUSAND:
            value, size = value * 1000, 2
        rank = 1000 if value >= 1000 else 100 if value >= 100 else 10 if value >= 20 else 1
        if rank >= last:
            break
        total, last, j, ordinal = total + value, rank, j + size, is_ordinal
        if ordinal or j >= len(words):
            break
        if words[j] in _TH:
            j, ordinal = j + 1, True
            break
        if words[j] == _AND and j + 1 < len(words) and words[j + 1] in NUMBERS:
            following, _ = NUMBERS[words[j + 1]]
            if (100 if following >= 100 else 10 if following >= 20 else 1) < last and following < 1000:
                j += 1
                continue
            break
        if words[j] in AND_NUMBERS and last > 1:
            continue
        break
    if ordinal:
        return ("o" if total <= 31 else "N"), total, j - i
    if words[i] == _FIRST:
        return "o", 1, 1
    if j < len(words) and words[j] in _BIG:
        return "N", 0, j + 1 - i
    return _sized(total, total < 100), total, j - i
