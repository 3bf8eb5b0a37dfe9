"""What a mention's own sentence tells besides its event: figures, the hour, and the offices of those who take part.

Looked for only where a mention was found, so that texts without one cost nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from stream.core.calendars import TEHRAN, tehran_day
from stream.core.date_spans import DateSpan
from stream.core.dates import pieces
from stream.core.entity import Entity
from stream.core.lexicon import Office
from stream.core.normalise import Sentence
from stream.core.numbers import WEIGHTY_WORDS, find_numbers
from stream.core.records import Article, Quantity

# What a desk reckons with; lengths, weights and bare counts say nothing of an event's weight.
KINDS = frozenset(
    """dead injured missing arrested displaced hostages prisoners people magnitude percent money""".split()
)
_EVENING = frozenset(["عصر", "شب", "بعدازظهر", "ظهر", "شامگاه", "غروب"])
_NIGHT = frozenset(["شب"])
_CLOCK = ("hour", "minute")
_STARTS = frozenset(["اغاز", "ابتدای", "ابتدا", "شروع", "زمان", "هنگام"])


def weighs(sentence: Sentence, words: frozenset[str] = WEIGHTY_WORDS) -> bool:
    """Whether a sentence can hold such a number at all: what is counted is named."""
    return not words.isdisjoint([token.norm for token in sentence.tokens])


def figures(article: Article, sentence: Sentence, dates: Sequence[DateSpan]) -> tuple[Quantity, ...]:
    """The numbers of one sentence that weigh an event, without the totals of a whole war («از آغاز جنگ …»). `dates` by
    the sentence's tokens, as `View.dates`."""
    if not weighs(sentence):
        return ()
    tokens = sentence.tokens
    total = any(a.norm == "از" and b.norm in _STARTS for a, b in pairwise(tokens))
    taken = [(tokens[d.first].start, tokens[d.last - 1].end) for d in dates]
    words = pieces(article.text, sentence.start, sentence.end)
    found = find_numbers(article.text, words, taken)
    return tuple(q for q in found if q.kind in KINDS and not (total and q.unit == "persons"))


def told_hour(article: Article, sentence: Sentence, dates: Iterable[DateSpan], day: str | None) -> str | None:
    """The hour in Tehran at which the sentence says that the event of that day took place, as "14:30"; None where it
    tells none, several, or one that has not come yet."""
    found: set[str] = set()
    for span in dates:
        if span.precision not in _CLOCK or span.start is None or span.start != span.end or span.kind != "point":
            continue
        if day is not None and span.start.isoformat() != day:
            continue
        start, end = sentence.tokens[span.first].start, sentence.tokens[span.last - 1].end
        hour = _clock([word for _, _, word in pieces(article.text, start, end)])
        if hour is not None and not _to_come(article.published, span, hour):
            found.add(hour)
    return found.pop() if len(found) == 1 else None


def _clock(words: Sequence[str]) -> str | None:
    """«ساعت ۱۴ : ۳۰», «ساعت ۹ شب»: the first number is the hour, one after a colon the minute."""
    at = next((n for n, word in enumerate(words) if n and words[n - 1] == "ساعت" and word.isdecimal()), None)
    if at is None:
        return None
    hour, minute = int(words[at]), 0
    if at + 2 < len(words) and words[at + 1] in (":", ".") and words[at + 2].isdecimal():
        minute = int(words[at + 2])
    rest = set(words)
    if hour == 12 and rest & _NIGHT:
        hour = 0
    elif hour < 12 and rest & _EVENING and not (rest & _NIGHT and hour < 6):
        hour += 12
    return f"{hour % 24:02d}:{minute:02d}" if hour <= 24 and minute < 60 else None


def _to_come(published: datetime, span: DateSpan, hour: str) -> bool:
    now = published.astimezone(TEHRAN)
    return span.start == tehran_day(published) and hour > f"{now:%H:%M}"


def offices(entities: Iterable[Entity], known: Mapping[str, Sequence[Office]], year: int | None) -> tuple[str, ...]:
    """Ids of the offices of those who take part: as the text names them, else as the lexicon knows the person's in that
    year. What somebody once was does not count."""
    out: list[str] = []
    for entity in entities:
        if entity.former:
            continue
        if entity.role is not None:
            out.append(entity.role)
        elif entity.person is not None and year is not None:
            held = [office.role for office in known.get(entity.person, ()) if _covers(office, year)]
            out += held[-1:]
    return tuple(dict.fromkeys(out))


def _covers(office: Office, year: int) -> bool:
    return (office.start is None or office.start <= year) and (office.end is None or year <= office.end)
