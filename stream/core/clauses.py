"""Cut a sentence into clauses and say which stands above which.

Persian puts the verb last, so a finite verb ends its clause; «که» after a noun opens a relative clause, after a verb the
clause that is told; a colon sets who speaks before what is said. This is a shallow cut by verbs and conjunctions, not a
parse: it is what status, time and parties need, in linear time.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

from stream.core.normalise import Token

ClauseKind = Literal["main", "told", "relative", "speech"]

_MODAL = frozenset(["توانستن"])
_OPENERS = frozenset(
    ["،", "؛", ":", "-", "–", "—", "«", "»", '"', "”", "“", "(", ")", "…", ".", "!", "؟", "?", "|", "/"]
)
_AND = frozenset(["و", "ولی", "اما", "بلکه", "یا", "لیکن", "سپس"])
_SUBORDINATORS = frozenset(["اگر", "چنانچه", "تا", "چون", "زیرا", "وقت", "درحال", "هرچند", "گرچه"])


class Clause(msgspec.Struct):
    """Tokens that belong to one verb. `tokens`: indexes within the sentence, in order; a relative clause inside it is
    not among them. `verb`: index of its finite verb or None; `above`: the clause it is told or governed by."""

    number: int
    kind: ClauseKind
    above: int | None
    tokens: list[int] = msgspec.field(default_factory=list)
    verb: int | None = None
    before: int | None = None  # the clause before it in the same row


def clauses_of(tokens: Sequence[Token]) -> tuple[list[Clause], list[int]]:
    """The clauses of a sentence, and for each token the number of its clause."""
    clauses = [Clause(0, "main", None)]
    where: list[int] = []
    current = 0
    held: list[int] = []  # clauses interrupted by a relative clause
    ended = False

    def open_clause(kind: ClauseKind, above: int | None, before: int | None) -> int:
        clauses.append(Clause(len(clauses), kind, above, before=before))
        return len(clauses) - 1

    for i, token in enumerate(tokens):
        norm = token.norm
        verb = token.verb and token.form is not None and token.form.lemma not in _MODAL
        if not verb and token.form is not None and token.form.tense == "infinitive":
            verb = clauses[current].verb is None and _spoken_past(tokens, i)
        if not verb and clauses[current].kind == "relative" and _said_next(tokens, i):
            verb = True
        if norm == ":" and i + 1 < len(tokens) and not _clock(tokens, i):
            clauses[current].tokens.append(i)
            where.append(current)
            current = open_clause("speech", current, None)
            held.clear()
            ended = False
            continue
        if norm == "که" and i:
            last = tokens[i - 1]
            if last.norm in ("،", "این", "»", '"') and i > 1:
                last = tokens[i - 2] if last.norm != "این" else last
            if ended or (last.form is not None and last.form.finite) or last.norm == "این" or _telling(tokens, i):
                above = clauses[current].number
                current = open_clause("told", above, None)
            else:
                held.append(current)
                current = open_clause("relative", current, None)
            ended = False
        elif ended and (norm not in _OPENERS or norm in ("؛", "«")) and not verb:
            if norm in _SUBORDINATORS:
                current = open_clause("main", current, current)
            elif norm not in _AND and norm != "؛" and speech(tokens, clauses[current].verb):
                current = open_clause("told", current, None)  # «گفت …» without «که»
            else:
                current = open_clause(clauses[current].kind, clauses[current].above, current)
            ended = False
        elif ended and verb:
            current = open_clause(clauses[current].kind, clauses[current].above, current)
            ended = False
        elif norm == "؛":
            current = open_clause("main", None, current)
            held.clear()
            ended = False
        clauses[current].tokens.append(i)
        where.append(current)
        if verb:
            clauses[current].verb = i
            if clauses[current].kind == "relative" and held and not _hurdle(tokens, i):
                current = held.pop()
                ended = False
            else:
                ended = True
    return clauses, where


_HURDLES = frozenset(
    ["قرار", "ممکن", "لازم", "ضروری", "بنا", "قصد", "نظر", "احتمال", "امکان", "موظف", "ناچار", "مجبور"]
)


def _hurdle(tokens: Sequence[Token], i: int) -> bool:
    """«… که قرار است فردا برگزار شود»: the relative clause goes on to what is planned."""
    return tokens[i - 1].norm in _HURDLES and any(
        token.verb and token.form is not None and token.form.tense == "subjunctive" for token in tokens[i + 1 : i + 12]
    )


def _clock(tokens: Sequence[Token], i: int) -> bool:
    """Whether the colon at i is that of a time («۲۱:۴۸»)."""
    return bool(i) and tokens[i - 1].norm.isdigit() and tokens[i + 1].norm.isdigit()


_TELLING = frozenset(["بیان", "اعلام", "تاکید", "گزارش", "خبر", "ادعا", "احتمال", "حاکی", "مدعی", "معتقد", "گفته"])


_SAYING = frozenset(["گفتن", "نوشتن", "افزودن"])
_SAID = _TELLING | {"تصریح", "اظهار", "اضافه", "خاطرنشان", "نشان", "ابراز", "تکذیب", "هشدار", "یاداور", "مشخص", "تایید"}


def _said_next(tokens: Sequence[Token], i: int) -> bool:
    """«مقامی که نامش فاش نشده مدعی شد …»: a participle that ends its relative clause before a word of saying."""
    form = tokens[i].form
    following = tokens[i + 1].norm if i + 1 < len(tokens) else ""
    return form is not None and form.tense == "participle" and (following in _SAID or following == "گفتن")


def speech(tokens: Sequence[Token], verb: int | None) -> bool:
    """Whether a clause's verb tells what comes next («گفت», «اعلام کرد», «مدعی شد»)."""
    if verb is None:
        return False
    form = tokens[verb].form
    if form is None:
        return False
    return form.lemma in _SAYING or (bool(verb) and tokens[verb - 1].norm in _SAID)


def _telling(tokens: Sequence[Token], i: int) -> bool:
    """«با بیان اینکه», «احتمال دارد که»: a noun that tells, not one that is described."""
    return any(tokens[k].norm in _TELLING for k in range(max(0, i - 2), i))


def _spoken_past(tokens: Sequence[Token], i: int) -> bool:
    """«خبر دادن.» at the sentence's end: the spoken third person, spelled like the infinitive."""
    return i > 0 and all(not token.norm[0].isalnum() for token in tokens[i + 1 :])
