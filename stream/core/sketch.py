"""A text as a small sketch, by which near copies are known whatever a relay changed in them.

MinHash over shingles of three words: the share of equal places of two sketches estimates the share of common shingles
(Jaccard). A copy in which one word in twenty differs keeps about two thirds of them; two reports of one event in words of
their own share less than a tenth. Only words in Persian letters and numbers count: handles, links and emoji differ.
"""

import re
from base64 import b85decode, b85encode
from struct import pack, unpack

from rensa import RMinHash

from stream.core.letters import fold_word

PLACES = 128
ROWS = 4  # places that are looked up together: a copy that shares half shares some four of them almost surely
NEAR = 0.55  # estimated share of common shingles from which a text is a copy
_SEED = 7
_SHORT = 6  # words; what is shorter is no text that could be told from another
_WORD = re.compile(r"[0-9\u0621-\u06d3\u06f0-\u06f9]+")


def sketch(text: str) -> str:
    """The sketch of a text, 160 characters; "" where it has too few words. The same on every machine.

    >>> one = sketch("زلزله‌ای به بزرگی ۵ شهر قائن را در استان خراسان جنوبی لرزاند")
    >>> two = sketch("🔴 زلزله‌ای به بزرگی 5 شهر قائن را در استان خراسان جنوبی لرزاند @kanal")
    >>> len(one), one == two, likeness(one, two)
    (160, True, 1.0)
    >>> likeness(one, sketch("زمین‌لرزهٔ پنج‌ریشتری مردم قائن را به خیابان‌ها کشاند و خسارتی نداشت")) < 0.1
    True
    """
    words = [word for word in map(fold_word, _WORD.findall(text)) if word]
    if len(words) < _SHORT:
        return ""
    made = RMinHash(num_perm=PLACES, seed=_SEED)
    made.update([" ".join(words[n : n + 3]) for n in range(len(words) - 2)])
    return b85encode(pack(f"{PLACES}B", *(value & 0xFF for value in made.digest()))).decode()


def places(sketch: str) -> tuple[int, ...]:
    """The places of a sketch. Raises ValueError for what is none."""
    data = b85decode(sketch)
    if len(data) != PLACES:
        raise ValueError(f"a sketch of {len(data)} places; wanted {PLACES}")
    return unpack(f"{PLACES}B", data)


def bands(sketch: str) -> tuple[str, ...]:
    """Keys of which near copies share at least one."""
    data = b85decode(sketch).hex()
    width = 2 * ROWS
    return tuple(f"{n}:{data[n : n + width]}" for n in range(0, len(data), width))


def likeness(one: str, other: str) -> float:
    """Estimated share of common shingles, 0 to 1; 0 where either text was too short."""
    if not one or not other:
        return 0.0
    pairs = zip(places(one), places(other), strict=True)
    equal = sum(a == b for a, b in pairs) / PLACES
    return max(0.0, (equal - 1 / 256) / (1 - 1 / 256))  # one byte a place: one in 256 agrees by chance
