"""Step 2. Article → Text: sentences of tokens, each with its place in what the outlet published.

The article's text is cut, never rewritten. Words are cut at spaces, half-spaces and punctuation; a verb spread over
several words («خواهند کرد», «نمی شود», «کرده‌اند») is one token; an ending («ها», «های») belongs to its word.
"""

import re
from collections.abc import Mapping, Sequence

import msgspec

from stream.core.letters import fold
from stream.core.records import Article
from stream.core.verbs import ALL_WILL, COPULAS, VerbForm
from stream.core.words import PLURALS, PREFIXES, Unit, Words

# A sentence ends at its mark; a full stop inside a number or after a single letter («ج. د.») does not end one. The mark
# comes first in the pattern, what may not stand before it second: so the search only halts at marks.
_END = re.compile(
    r"""[.!؟?…](?:
        (?<!\.)[!؟?…]*
        | (?<=\.)(?<!\d\.)(?<![\s.][^\W\d_]\.)\.*
        | (?<=\d\.)(?!\d)
    )[»\"”)\]]*""",
    re.VERBOSE,
)


class Token(msgspec.Struct, gc=False):
    """A word (or a verb of several words, or a mark) at its place; `norm` is what phrases are matched by."""

    start: int
    end: int
    norm: str
    form: VerbForm | None = None
    verb: bool = False  # whether it can be a clause's verb: its form is finite


class Sentence(msgspec.Struct):
    """Tokens of one sentence; `first` is its first token's index in the text, `part` its place in `Article.parts`."""

    tokens: list[Token]
    first: int
    part: int
    title: bool
    start: int
    end: int


class Text(msgspec.Struct):
    """A cut article. `tokens` are those of all sentences in order."""

    article: Article
    sentences: list[Sentence]
    tokens: list[Token]


class Joins(msgspec.Struct, frozen=True):
    """Words printed as several that are one: first word → (the others, the one word), longest first."""

    table: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]


def cut(text: str, start: int, end: int, words: Words, joins: Joins, *, phrase: bool = False) -> list[Token]:
    """Tokens of `text[start:end]`; in a `phrase` a participle stays one («کشته شده»), in running text it may be a verb."""
    units: list[Unit] = []
    places: list[int] = []  # where the counting of each unit begins
    known = words.known
    at = start
    for printed in text[start:end].split(" "):
        found = known.get(printed)
        for unit in words.units(printed) if found is None else found:
            units.append(unit)
            places.append(at)
        at += len(printed) + 1
    return _tokens(units, places, joins, phrase=phrase)


def norms(phrase: str, words: Words, joins: Joins) -> list[str]:
    """The words that a phrase of the rulebook is matched by."""
    return [token.norm for token in cut(phrase, 0, len(phrase), words, joins, phrase=True)]


def _tokens(units: Sequence[Unit], places: Sequence[int], joins: Joins, *, phrase: bool) -> list[Token]:
    """Put units together: endings to their words, verbs of several words, compounds written apart."""
    tokens: list[Token] = []
    table = joins.table
    i, count = 0, len(units)
    while i < count:
        unit, at = units[i], places[i]
        if unit.plain and unit.word not in table:  # four of five
            tokens.append(Token(at + unit.start, at + unit.end, unit.norm))
            i += 1
            continue
        if unit.ending or (unit.norm in PLURALS and tokens and not _mark(tokens[-1].norm)):
            if tokens:
                tokens[-1].end = at + unit.end
            i += 1
            continue
        taken = _join(units, i, joins) if unit.word in table else None
        if taken is not None:
            size, one = taken
            i += size
            tokens.append(Token(at + unit.start, places[i - 1] + units[i - 1].end, one))
            continue
        form, size = _verb(units, i)
        if form is None:
            tokens.append(Token(at + unit.start, at + unit.end, unit.norm))
            i += 1
            continue
        if form.tense == "participle" and not phrase and _bare_perfect(units, i, form):
            form = form.become("perfect")
        i += size
        name = unit.norm if form.tense == "participle" else form.lemma
        tokens.append(Token(at + unit.start, places[i - 1] + units[i - 1].end, name, form, form.finite))
    return tokens


def _mark(norm: str) -> bool:
    return len(norm) == 1 and not norm.isalnum()


def _join(units: Sequence[Unit], i: int, joins: Joins) -> tuple[int, str] | None:
    for others, one in joins.table[units[i].word]:
        size = 1 + len(others)
        if i + size > len(units):
            continue
        rest = [units[i + k].word for k in range(1, size)]
        if all(a == b or (k == size - 2 and a == b + "ی") for k, (a, b) in enumerate(zip(rest, others, strict=True))):
            return size, one
    return None


def _verb(units: Sequence[Unit], i: int) -> tuple[VerbForm | None, int]:
    """The verb that begins at unit i, and how many units it takes."""
    unit = units[i]
    norm, form = unit.word, unit.form
    following = units[i + 1] if i + 1 < len(units) else None
    if following is not None and following.latent is not None:
        following = msgspec.structs.replace(following, form=following.latent)
    if norm in PREFIXES:
        if following is None or following.form is None or not (following.form.bare or following.form.tense == "past"):
            spoken = _spoken(following)
            if spoken is not None:
                return spoken.become("present", negative=norm == "نمی"), 2
            if following is not None and following.form is not None and following.form.tense == "participle":
                found, size = _perfect(units, i + 1, following.form)
                return found.become("habitual", negative=norm == "نمی"), size + 1
            return None, 1
        tense = "habitual" if following.form.tense == "past" else "present"
        return following.form.become(tense, negative=norm == "نمی"), 2
    word = _printed_will(unit)
    if word is not None and following is not None and following.form is not None:
        if following.form.tense == "past" and following.form.person == "3s":
            negative, person = ALL_WILL[word]
            return following.form.become("future", negative=negative, person=person), 2
        if following.word == "بود":
            negative, person = ALL_WILL[word]
            return following.form.become("future", negative=negative, person=person), 2
    if form is None:
        return None, 1
    if form.tense == "participle":
        return _perfect(units, i, form)
    return form, 1


def _spoken(unit: Unit | None) -> VerbForm | None:
    """«می کنه»: a spoken present whose ending looks like a participle's."""
    return unit.form if unit is not None and unit.form is not None and unit.form.tense == "subjunctive" else None


def _printed_will(unit: Unit) -> str | None:
    """The auxiliary of the future, which is also a form of «خواستن»."""
    return unit.word if unit.word in ALL_WILL else None


def _perfect(units: Sequence[Unit], i: int, form: VerbForm) -> tuple[VerbForm, int]:
    """A participle and what makes a finite verb of it; alone it stays a participle."""
    if i + 1 >= len(units):
        return form, 1
    following = units[i + 1]
    person = COPULAS.get(following.word)
    if person is not None and following.word != "ای" and (following.ending or following.word != "ام"):
        return form.become("perfect", person=person), 2
    auxiliary = following.form
    if auxiliary is not None and auxiliary.lemma == "بودن":
        if auxiliary.tense == "past":
            return form.become("pluperfect", negative=auxiliary.negative, person=auxiliary.person), 2
        if auxiliary.tense == "subjunctive":
            return form.become("subjunctive", negative=auxiliary.negative, person=auxiliary.person), 2
        if auxiliary.tense == "present":
            return form.become("perfect", negative=auxiliary.negative, person=auxiliary.person), 2
        if auxiliary.tense == "participle":  # «کرده بوده است»
            _, size = _perfect(units, i + 1, auxiliary)
            return form.become("perfect"), size + 1
    return form, 1


_ENDS = frozenset(["و", "ولی", "اما", "یا", "،", "؛", ".", "!", "»", "…", ")", "/", "#", "|"])
_LIGHT = frozenset(["کردن", "شدن", "دادن", "گرفتن", "یافتن", "داشتن", "زدن", "رفتن", "امدن", "رسیدن", "کشتن", "اوردن"])


def _ends(units: Sequence[Unit], i: int, form: VerbForm) -> bool:
    """Whether a clause can end before unit i; «… آغاز کرده تا …» tells the aim, «… انجام شده تا کنون» describes."""
    if units[i].word == "تا":
        return form.lemma in ("کردن", "شدن") and i + 1 < len(units) and units[i + 1].word not in _TILL
    return units[i].word in _ENDS


_TILL = frozenset(["کنون", "به", "این", "ان", "امروز", "پایان", "زمان"])


_COUNTS = frozenset("یک دو سه چهار پنج شش هفت هشت نه ده چند چندین".split())


def _bare_perfect(units: Sequence[Unit], i: int, form: VerbForm) -> bool:
    """A participle without «است» that still is its clause's verb («… آغاز کرده و …», «… نشده،»).

    After a plural's written ezafe it only describes («آمریکایی‌های بازداشت شده و …»).
    """
    if form.lemma not in _LIGHT or i == 0 or (i + 1 < len(units) and not _ends(units, i + 1, form)):
        return False
    if form.lemma == "کشتن" and (units[i - 1].word[0].isdigit() or units[i - 1].word in _COUNTS):
        return False  # «با شش کشته»: the dead
    return form.lemma != "شدن" or not any(unit.word.endswith("های") for unit in units[max(0, i - 3) : i])


def sentences_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the sentences of `text[start:end]`, without surrounding space."""
    out = []
    for stop in [*(match.end() for match in _END.finditer(text, start, end)), end]:
        last = stop
        while start < last and text[start].isspace():
            start += 1
        while last > start and text[last - 1].isspace():
            last -= 1
        if start < last:
            out.append((start, last))
        start = stop
    return out


def normalise(article: Article, words: Words, joins: Joins) -> Text:
    """Cut an article's parts into sentences and tokens."""
    sentences: list[Sentence] = []
    tokens: list[Token] = []
    for number, part in enumerate(article.parts):
        for start, end in sentences_of(article.text, part.start, part.end):
            found = cut(article.text, start, end, words, joins)
            if found:
                sentences.append(
                    Sentence(
                        tokens=found, first=len(tokens), part=number, title=part.kind == "title", start=start, end=end
                    )
                )
                tokens.extend(found)
    return Text(article=article, sentences=sentences, tokens=tokens)


__all__ = ["Joins", "Sentence", "Text", "Token", "cut", "fold", "normalise", "norms", "sentences_of"]
