"""«نخستین … پس از …»: whether a clause claims to tell a first, and what it is counted from."""

from collections.abc import Sequence

from stream.core.normalise import Sentence, Token
from stream.core.records import First

_FIRST = frozenset(["نخستین", "اولین"])
_TIME_WORD = frozenset(["بار", "مرتبه", "دفعه"])
# What follows «نخستین» without making the event itself the first of its kind
_ROUTINE = frozenset(["دور", "مرحله", "روز", "ساعت", "گام", "بخش", "نشست", "جلسه", "فرصت", "هفته", "سالگرد", "موج"])
_MANY_SIDED = frozenset(["سه", "سه‌جانبه", "سهجانبه", "دو", "دوجانبه", "چهارجانبه", "مشترک", "سران", "رسمی"])
_WHOLE = frozenset(["برای", "در", "پس", "بعد", "از"])  # «برای نخستین بار», «نخستین بار پس از»
_CONTACTS = frozenset(["تماس", "دیدار", "ملاقات", "گفتگو", "سفر"])  # «در نخستین تماسِ … با یکدیگر دیدار کردند»
_SINCE = frozenset(["از", "پس", "بعد"])
_LIGHT = frozenset(["کردن", "شدن", "دادن", "گرفتن", "یافتن"])  # verbs that take the word before them
_STOP = frozenset(
    ["با", "در", "به", "تلفنی", "،", "؛", ":", "و", "را", "میان", "بین", ".", "(", ")", "»", "«", "برای", "که"]
)


def first_claim(sentence: Sentence, text: str, held: Sequence[int], clause: Sequence[int]) -> First | None:
    """The claim of the trigger whose words are the tokens `held` of a sentence, within its clause."""
    first = held[0]
    tokens = sentence.tokens
    inside = set(clause)
    for i in range(len(tokens)):
        if tokens[i].norm not in _FIRST:
            continue
        following = tokens[i + 1].norm if i + 1 < len(tokens) else ""
        above = following in _TIME_WORD and i < first and _told_by_copula(tokens, i, first)
        if i not in inside and not above:
            continue
        beside = {tokens[k].norm for k in (i - 1, i + 2) if 0 <= k < len(tokens)}
        whole_event = following in _TIME_WORD and bool(beside & _WHOLE)
        routine = following in _ROUTINE and not (i + 2 < len(tokens) and tokens[i + 2].norm in _MANY_SIDED)
        names_event = i < first <= i + 4 and not routine
        occasion = i < first and i and tokens[i - 1].norm in ("در", "طی", "جریان") and following in _CONTACTS
        if not (whole_event or names_event or above or occasion):
            continue
        since = _since(tokens, text, i, held)
        if _in_role(tokens, i, inside, since):
            continue
        return First(claimed=True, since=since)
    return None


def _told_by_copula(tokens: Sequence[Token], i: int, before: int) -> bool:
    """«این نخستین بار از زمان … است که دو طرف دیدار می‌کنند»."""
    for k in range(i + 2, min(before, i + 12)):
        form = tokens[k].form
        if form is not None and form.finite:
            return form.lemma in ("بودن", "باشیدن") and tokens[k + 1].norm == "که"
    return False


_ROLE = frozenset(["تصدی", "عنوان", "خارجی", "جدید", "انتصاب", "سمت"])


def _in_role(tokens: Sequence[Token], i: int, inside: set[int], since: str | None) -> bool:
    """«نخستین سفر خارجی …», «… خود», «… به عنوان وزیر»: the first of a term of office or of a person's, not of a pair's."""
    near = [tokens[k].norm for k in range(i, min(i + 6, len(tokens)))]
    whole = {tokens[k].norm for k in inside}
    if "خود" in near or "خودش" in near:
        return since is None
    return bool(set(near) & _ROLE) or "تصدی" in whole or "عنوان" in whole


_AGO = frozenset(["اخیر", "گذشته", "سو"])


def _light(token: Token) -> bool:
    return token.form is not None and token.form.lemma in _LIGHT


def _since(tokens: Sequence[Token], text: str, after: int, trigger: Sequence[int]) -> str | None:
    """The words after «پس از», «از زمان», «از سال», up to the next preposition, the trigger or a verb with its noun."""
    end = min(len(tokens), max(trigger[-1] + 11, after + 14))
    for i in range(after + 1, end):  # «در هفت سال اخیر», «از سال ۲۰۰۹ به این سو»
        if tokens[i].norm in _AGO and any(tokens[k].norm in ("سال", "دهه", "ماه") for k in range(max(0, i - 5), i)):
            begin = i
            while begin > after + 1 and tokens[begin - 1].norm not in ("در", "از", "طی", "ظرف"):
                begin -= 1
            if i - begin <= 6:
                return text[tokens[begin].start : tokens[i].end]
    for i in range(after + 1, end):
        norm = tokens[i].norm
        if norm == "از":
            before = tokens[i - 1].norm
            begin = i + 1
            following = tokens[begin].norm if begin < len(tokens) else ""
            if before in ("پس", "بعد"):
                pass
            elif following in ("زمان", "هنگام"):
                begin += 1
            elif (
                following not in ("سال", "ماه", "جنگ", "انقلاب", "اغاز", "ابتدای", "پایان") and not following.isdigit()
            ):
                continue
            stop = begin
            while stop < len(tokens) and stop < begin + 7:
                token = tokens[stop]
                if (token.norm in _STOP and not (token.norm == "و" and stop > begin)) or token.verb or stop in trigger:
                    break
                stop += 1
            if stop < len(tokens) and stop - begin > 1 and stop not in trigger and _light(tokens[stop]):
                stop -= 1  # «… برگزار شد»
            if stop > begin:
                return text[tokens[begin].start : tokens[stop - 1].end]
    return None
