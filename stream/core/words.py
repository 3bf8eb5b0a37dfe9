"""From a printed word to what it is matched by: folded, freed of endings, split or joined as the vocabulary asks.

The vocabulary is every word of every phrase in the rulebook. A word is brought to a form of the vocabulary where one of
its possible readings stands there, and is left alone otherwise: so a lost half-space is repaired exactly where it
matters, and no dictionary's guess changes a word that nobody looks for.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from stream.core.letters import DROPPED, ZWNJ, fold
from stream.core.verbs import ALL_WILL, LATENT, VerbForm

# A word with its half-spaces and marks, or one punctuation mark.
_WORD = re.compile(
    r"(?:[^\W_]|[\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad])+|[^\s\u200b-\u200f]"
)

# Endings that stand alone after a half-space, and the plural ones also after a space.
PLURALS = frozenset({"ها", "های", "هایی", "هایش", "هایشان", "هایمان", "هایم", "هایت"})
ENDINGS = PLURALS | {"ی", "ای", "یی", "اش", "ش", "شان", "مان", "تان", "ام", "ات", "م", "ت", "اند", "ایم", "اید"}
ENDINGS |= {"شون", "مون", "تون", "هاشون", "هامون"}  # spoken
# Glued endings, longest first. «ی» covers ezafe and indefinite.
_GLUED = (
    "هایشان",
    "هایمان",
    "هایش",
    "هایی",
    "های",
    "ها",
    "یان",
    "گان",
    "شان",
    "مان",
    "هاشون",
    "شون",
    "مون",
    "یی",
    "ای",
    "ان",
    "ی",
    "ش",
)


_GLUED_IN = {last: tuple(e for e in _GLUED if e[-1] == last) for last in {e[-1] for e in _GLUED}}
_SIGNS = {"٪": "درصد", "%": "درصد"}
# What makes a present or habitual of the form after it.
PREFIXES = frozenset({"می", "نمی", "همی"})
# Remembered are at most so long strings between two spaces: longer ones hardly come back.
_LONG = 40


class Unit(msgspec.Struct, frozen=True, gc=False):
    """A piece of a printed word: `start`, `end` count characters from the space before; `word` is the piece folded."""

    start: int
    end: int
    word: str
    norm: str
    form: VerbForm | None = None
    latent: VerbForm | None = None  # what it is beside «می» or «خواهد», where it is no verb alone
    ending: bool = False  # a plural, ezafe or enclitic that belongs to the unit before it
    plain: bool = False  # no verb, no part of one and no ending: a token by itself, unless it begins a join


def _unit(
    start: int, end: int, word: str, norm: str, form: VerbForm | None = None, latent: VerbForm | None = None
) -> Unit:
    plain = form is None and norm not in PLURALS and word not in PREFIXES and word not in ALL_WILL
    return Unit(start, end, word, norm, form, latent, False, plain)


class Words:
    """The analyser. Pure apart from its cache, which only remembers what it would compute again."""

    def __init__(
        self,
        forms: Mapping[str, VerbForm],
        vocabulary: Iterable[str] = (),
        glued: Mapping[str, tuple[str, ...]] | None = None,
        keep: Iterable[str] = (),
        same: Mapping[str, str] | None = None,
        cache_size: int = 200_000,
    ) -> None:
        """`vocabulary` and `keep` hold folded words (`keep`: never freed of an ending), `glued` maps a word printed
        without its half-space to its pieces, `same` a spelling to the one that phrases use."""
        self.forms = forms
        self.vocabulary = frozenset(vocabulary)
        self.keep = frozenset(keep)
        self.same = dict(same or {})
        self.glued = dict(glued or {})
        self.known: dict[str, tuple[Unit, ...]] = {}  # what `units` remembers
        self._cache_size = cache_size

    def units(self, printed: str) -> tuple[Unit, ...]:
        """The units of what is printed between two spaces: words (half-spaces inside) and punctuation marks."""
        units = self.known.get(printed)
        if units is None:
            units = tuple(unit for match in _WORD.finditer(printed) for unit in self._analyse(match))
            if len(printed) <= _LONG:
                if len(self.known) >= self._cache_size:
                    self.known.clear()
                self.known[printed] = units
        return units

    def _analyse(self, match: re.Match[str]) -> Sequence[Unit]:
        start, word = match.start(), match.group()
        if not start and word in self.known:  # now with a mark after it
            return self.known[word]
        units: list[Unit] = []
        for piece in word.split(ZWNJ):
            end = start + len(piece)
            if piece:
                units.extend(self._piece(piece, start, after=bool(units)))
            start = end + 1
        return units

    def _piece(self, piece: str, start: int, *, after: bool) -> list[Unit]:
        folded = fold(piece)
        if not folded:
            return []
        end = start + len(piece)
        if after and folded in ENDINGS:
            return [Unit(start, end, folded, folded, ending=True)]
        parts = self.glued.get(folded) or self._split_glued(folded)
        if parts is None:
            norm, form = self.reduce(folded)
            latent = self.forms.get(LATENT + folded) if form is None else None
            return [_unit(start, end, folded, norm, form, latent)]
        units = []
        at = 0  # in the folded word
        kept = [n for n, letter in enumerate(piece) if letter not in DROPPED]
        for part in parts:
            stop = at + len(part)
            norm, form = self.reduce(part)
            last = start + (kept[stop] if stop < len(kept) else len(piece))
            units.append(_unit(start + (kept[at] if at < len(kept) else 0), last, part, norm, form))
            at = stop
        return units

    def _split_glued(self, word: str) -> tuple[str, ...] | None:
        """A compound of the rulebook printed without its half-space and with an ending."""
        if word in self.vocabulary or word in self.forms:
            return None
        if word.endswith("هارو") and self._base(word[:-2]) in self.vocabulary:
            return word[:-2], "رو"  # «پروازهارو»: spoken «پروازها را»
        for ending in _GLUED_IN.get(word[-1], ()):
            if word.endswith(ending):
                parts = self.glued.get(word[: -len(ending)])
                if parts is not None:
                    return (*parts[:-1], parts[-1] + ending)
        return None

    def reduce(self, word: str) -> tuple[str, VerbForm | None]:
        """What a folded word is matched by, and its verb form if it is one."""
        form = self.forms.get(word)
        if form is not None:
            return (word if form.tense == "participle" else form.lemma), form
        norm = _SIGNS.get(word) or self._base(word)
        return self.same.get(norm, norm), None

    def _base(self, word: str) -> str:
        known = self.vocabulary
        if word in known or word in self.keep:
            return word
        for ending in _GLUED_IN.get(word[-1], ()):
            stem = word[: -len(ending)]
            if len(stem) < 3 or not word.endswith(ending):
                continue
            if ending in ("یان", "گان"):  # «ایرانیان», «نمایندگان»
                for other in (stem + "ی", stem + "ه"):
                    if other in known:
                        return other
            if stem in known:
                return stem
        if word.endswith("ات") and word[:-2] + "ه" in known:  # «حملات»
            return word[:-2] + "ه"
        if len(word) == 3 and word[2] == "ی" and word[1] in "او" and word[:2] in known:  # «گوی»
            return word[:2]
        for copula in ("ند", "ست"):  # «آنجاست»
            stem = word[: -len(copula)]
            if word.endswith(copula) and stem in known and stem.endswith(("ا", "و")):
                return stem
        return word
