"""One spelling per letter: Arabic and Persian forms, digits, marks.

`fold` never sees the article's text itself, only a word cut out of it: what the outlet published stays as it is.
"""

from functools import lru_cache

ZWNJ = "\u200c"

# آ is folded too: «امریکا» and «آمریکا», «اتش بس» and «آتش بس» are one; ئ becomes ی: «رئیس» and «رییس» are one.
_SAME = {
    "ي": "ی",
    "ى": "ی",
    "ې": "ی",
    "ۍ": "ی",
    "ئ": "ی",
    "ك": "ک",
    "ڪ": "ک",
    "ګ": "گ",
    "ة": "ه",
    "ۀ": "ه",
    "ە": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "أ": "ا",
    "إ": "ا",
    "ٱ": "ا",
    "آ": "ا",
    "ؤ": "و",
}
_DIGITS = {chr(base + n): str(n) for base in (0x0660, 0x06F0) for n in range(10)}
_MARKS = (
    [chr(c) for c in range(0x064B, 0x0660)]  # harakat, maddah, hamza above and below
    + ["\u0670", "\u0640", "\u200d", "\u200e", "\u200f", "\u061c", "\ufeff", "\u2060", "\u00ad", "\u200b"]
    + [chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
)
DROPPED = frozenset(_MARKS)
_TABLE = str.maketrans({**_SAME, **_DIGITS, **dict.fromkeys(_MARKS, "")})


def fold(word: str) -> str:
    """One spelling per word; half-spaces are kept.

    >>> fold("تحريم") == fold("تحـریم") == fold("تَحریم") == "تحریم"
    True
    >>> fold("رئیس") == fold("رییس"), fold("۲۴"), fold("COVID")
    (True, '24', 'covid')
    """
    return word.translate(_TABLE).lower()


@lru_cache(maxsize=1 << 15)
def fold_word(word: str) -> str:
    """The same for single words, which come again and again."""
    return fold(word)
