"""Numbers as they are printed: digits with their marks, number words, scales, and what is said of their exactness.

Works on the pieces of a sentence (`dates.pieces`): start, end, folded word. `amount_at` reads one number: «۱۲», «۱۲٬۵۰۰»,
«۷٫۸», «دو میلیون و ۳۰۰ هزار», «بیست و پنج», «ده‌ها هزار».
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

from stream.core.letters import fold

Bound = Literal["exact", "at_least", "at_most", "about", "several"]
Piece = tuple[int, int, str]  # start, end, folded word


class Amount(msgspec.Struct, frozen=True):
    """A number at pieces [first, last). `to`: the upper end of a range. `several`: some multiple of `value` («ده‌ها»: 10)."""

    first: int
    last: int
    value: float
    to: float | None = None
    bound: Bound = "exact"


_UNITS = "یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده".split()
_TENS = "بیست سی چهل پنجاه شصت هفتاد هشتاد نود".split()
_HUNDREDS = "صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد".split()
WORDS: dict[str, int] = {
    **{fold(word): n for n, word in enumerate(_UNITS, 1)},
    **{fold(word): 10 * n for n, word in enumerate(_TENS, 2)},
    **{fold(word): 100 * n for n, word in enumerate(_HUNDREDS, 1)},
    fold("هیجده"): 18,
    fold("یکصد"): 100,
    fold("یازده"): 11,
}
SCALES: dict[str, int] = {
    fold("هزار"): 10**3,
    fold("میلیون"): 10**6,
    fold("ملیون"): 10**6,
    fold("میلیارد"): 10**9,
    fold("بیلیون"): 10**9,
    fold("تریلیون"): 10**12,
}
# «ده‌ها», «صدها», «هزاران»: some multiples
_SEVERAL: dict[tuple[str, ...], int] = {
    ("ده", "ها"): 10,
    ("دهها",): 10,
    ("صد", "ها"): 100,
    ("صدها",): 100,
    ("هزاران",): 1000,
    ("هزار", "ها"): 1000,
    ("هزارها",): 1000,
    ("میلیون", "ها"): 10**6,
    ("میلیونها",): 10**6,
}
_BOUNDS: tuple[tuple[tuple[str, ...], Bound], ...] = tuple(
    (tuple(fold(words).split()), bound)  # type: ignore[misc]
    for bound, group in (
        (
            "at_least",
            "دست کم|دستکم|حداقل|لااقل|کم کم|بیش از|بیشتر از|بالغ بر|افزون بر|متجاوز از|فراتر از|بالای|بیش تر از",
        ),
        ("at_most", "حداکثر|کمتر از|نزدیک به سقف|زیر|تا سقف"),
        ("about", "حدود|نزدیک به|تقریبا|حدودا|در حدود|قریب به|نزدیک"),
    )
    for words in group.split("|")
)
_FEW = frozenset(["چند", "چندین"])
_STARTS = frozenset([*WORDS, *SCALES, *(words[0] for words in _SEVERAL), *_FEW])
_DECIMAL = frozenset([".", "٫", "/"])
_THOUSANDS = frozenset([",", "٬", "،", "."])
_DASH = frozenset(["-", "–", "—", "تا", "الی"])
AND = "و"


def starts_number(word: str) -> bool:
    """Whether a number can begin with this word."""
    return word in _STARTS or word.isdecimal()


def amount_at(pieces: Sequence[Piece], i: int) -> Amount | None:
    """The number that begins at piece i with its range and bound; None where there is none."""
    found = _one(pieces, i) if starts_number(pieces[i][2]) else None
    if found is None:
        return None
    value, last, bound = found
    to: float | None = None
    if bound == "exact" and last + 1 < len(pieces) and pieces[last][2] in _DASH:
        other = _one(pieces, last + 1)
        if other is not None and other[2] == "exact":
            upper = other[0]
            lower = _same_scale(value, upper, pieces, last)
            if upper > lower:
                value, to, last = lower, upper, other[1]
    if bound == "exact":
        bound = _bound(pieces, i)
    return Amount(i, last, value, to, bound)


def _same_scale(low: float, high: float, pieces: Sequence[Piece], last: int) -> float:
    """«۲ تا ۳ میلیون»: the scale holds for both."""
    if pieces[last - 1][2] in SCALES:
        return low
    for scale in sorted(SCALES.values(), reverse=True):
        if high >= scale and low < 1000:
            return low * scale
    return low


def _bound(pieces: Sequence[Piece], i: int) -> Bound:
    before = [piece[2] for piece in pieces[max(0, i - 3) : i]]
    for words, bound in _BOUNDS:
        if tuple(before[-len(words) :]) == words:
            return bound
    return "exact"


def _one(pieces: Sequence[Piece], i: int) -> tuple[float, int, Bound] | None:
    """Value, end and exactness of one number."""
    for size in (2, 1):
        words = tuple(piece[2] for piece in pieces[i : i + size])
        several = _SEVERAL.get(words)
        if several is not None:
            value, end = float(several), i + size
            while end < len(pieces) and pieces[end][2] in SCALES:
                value *= SCALES[pieces[end][2]]
                end += 1
            return value, end, "several"
    if pieces[i][2] in _FEW:
        if i + 1 < len(pieces) and pieces[i + 1][2] in SCALES:
            return float(SCALES[pieces[i + 1][2]]), i + 2, "several"
        return None
    return _sum(pieces, i)


def _sum(pieces: Sequence[Piece], i: int) -> tuple[float, int, Bound] | None:
    """«دو میلیون و ۳۰۰ هزار و ۵»: groups of falling scale joined by «و»."""
    first = _group(pieces, i)
    if first is None:
        return None
    total, end, scale = first
    while scale > 1 and end + 1 < len(pieces) and pieces[end][2] == AND:
        following = _group(pieces, end + 1)
        if following is None or following[2] >= scale:
            break
        total += following[0]
        end, scale = following[1], following[2]
    return total, end, "exact"


def _group(pieces: Sequence[Piece], i: int) -> tuple[float, int, int] | None:
    """A number below thousand or in digits, with its scale words: value, end, scale."""
    if pieces[i][2] in SCALES:  # «هزار نفر»
        value, end = 1.0, i
    else:
        plain = _digits(pieces, i) or _words(pieces, i)
        if plain is None:
            return None
        value, end = plain
    if end < len(pieces) and pieces[end][2] == "نیم" and pieces[end - 1][2] == AND:
        end += 1
    scale = 1
    while end < len(pieces) and pieces[end][2] in SCALES:
        scale *= SCALES[pieces[end][2]]
        end += 1
    if end + 1 < len(pieces) and pieces[end][2] == AND and pieces[end + 1][2] == "نیم" and scale == 1:
        value += 0.5  # «دو و نیم میلیون»
        end += 2
        while end < len(pieces) and pieces[end][2] in SCALES:
            scale *= SCALES[pieces[end][2]]
            end += 1
    return value * scale, end, scale


def _words(pieces: Sequence[Piece], i: int) -> tuple[float, int] | None:
    """«صد و بیست و پنج»."""
    value = WORDS.get(pieces[i][2])
    if value is None:
        return None
    end, low = i + 1, _step(value)
    while end + 1 < len(pieces) and pieces[end][2] == AND:
        following = WORDS.get(pieces[end + 1][2])
        if following is None or following >= low or low <= 1:
            break
        value += following
        end, low = end + 2, _step(following)
    return float(value), end


def _step(value: int) -> int:
    """What may follow must be smaller: after a hundred the tens, after a ten the ones."""
    return 100 if value >= 100 else 10 if value >= 20 else 1


def _digits(pieces: Sequence[Piece], i: int) -> tuple[float, int] | None:
    """Digits with thousands' marks or a decimal mark; the marks stand without spaces."""
    word = pieces[i][2]
    if not word.isdecimal():
        return None
    text, end, whole = word, i + 1, True
    while end + 1 < len(pieces) and pieces[end + 1][2].isdecimal() and _tight(pieces, end):
        mark, digits = pieces[end][2], pieces[end + 1][2]
        if (
            mark in _THOUSANDS
            and len(digits) == 3
            and len(text) <= 3 * end
            and whole
            and len(word) <= 3
            and word != "0"
        ):
            text += digits
        elif mark == "/" and digits == "0" and whole:
            text, whole = f"0.{text}", False  # «3/0» of the older press, read from the right: 0.3
        elif mark in _DECIMAL and whole:
            text += "." + digits
            whole = False
        else:
            return None  # a date, a score, a telephone number
        end += 2
    return float(text), end


def _tight(pieces: Sequence[Piece], mark: int) -> bool:
    return pieces[mark - 1][1] == pieces[mark][0] and pieces[mark][1] == pieces[mark + 1][0]
