"""The one line of an alert: at most 140 characters, the first 60 of which can stand alone.

They carry the level, the kind of message, a status word unless it is plain fact, and who says it: the one to whom the text
attributes it, else its outlet. Then a slice of title or evidence, letter by letter; we compose no sentence. In brackets the
outlet, how many independent origins, the hour of the event where it is told, and the hour of the report, in Tehran.
"""

from collections.abc import Mapping
from datetime import date, datetime

from stream.core.calendars import TEHRAN, jalali_text
from stream.core.correlate import Support
from stream.core.denials import said_to_deny
from stream.core.policy import CERTAINTIES, Words
from stream.core.records import Attribution, Certainty, Kind, Level

LINE = 140  # characters of a line
HEAD = 60  # of them that can stand alone
WHO = 40  # at most for who says it
OUTLET = 24  # at most for the outlet in brackets
_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_UNSURE = CERTAINTIES.index("possible")
_JOINS = ("و", "که")
_NO_NAME = ("ادعا", "مدعی", "شنیده")  # words of claiming that name nobody


def line(
    kind: Kind,
    level: Level,
    certainty: Certainty,
    cause: Support,
    received: datetime,
    words: Words,
    outlets: Mapping[str, str],
    origins: int = 0,
    *,
    absent: bool = False,
) -> str:
    """The line about one report. `received`: its arrival; `origins`: independent ones; `outlets`: names to show, by id.
    `absent`: the report's newer version no longer tells it.

    The status is that of this report: a mere claim stays one in the line, though others tell the event as fact.
    """
    status = words.statuses[cause.mention.status]
    if not status and CERTAINTIES.index(certainty) <= _UNSURE and kind != "cancel":
        status = words.unverified
    if absent:
        status = words.absent
    outlet = " ".join((outlets.get(cause.outlet, cause.outlet) if cause.outlet else "").split())
    told = first_words(cause)
    denied = cause.mention.status == "denied"
    said_by = _who(said_to_deny(cause.mention) if denied else cause.mention.attribution)
    who = said_by or outlet
    if denied and kind == "update" and said_by:
        status = words.denied_by  # «تکذیب شد از سوی X: …»
    parts = [words.levels[level] if kind != "cancel" else "", words.kinds[kind], status]
    start = "".join(f"{word} | " for word in parts if word)
    if status == words.denied_by:
        start = start.removesuffix(" | ") + " "
    said = f"{clip(who, min(WHO, HEAD - len(start) - 2))}: " if who else ""
    if who and who in (start + told)[:HEAD] and status != words.denied_by:
        said = ""
    tail = _tail(cause, received, words, "" if said and who == outlet else outlet, origins)
    return start + said + clip(told, LINE - len(start) - len(said) - len(tail)) + tail


def first_words(cause: Support) -> str:
    """The title where it tells the event, else the evidence: its first line, from the first letter on; of a clause without
    the «و» or «که» that joined it to the one before."""
    titled = cause.mention.headline and bool(cause.title.strip())
    text = cause.title if titled else cause.mention.evidence[0].text
    start = next((n for n, letter in enumerate(text) if letter.isalnum() or letter in "«\"'(["), 0)
    told = text[start:].split("\n", 1)[0].rstrip()
    first, _, rest = told.partition(" ")
    return rest.lstrip() if first in _JOINS and not titled and rest.strip() else told


def _who(said: Attribution | None) -> str:
    text = " ".join(said.text.split()) if said is not None else ""
    return "" if text.startswith(_NO_NAME) else text


def _tail(cause: Support, received: datetime, words: Words, outlet: str, origins: int) -> str:
    report = (cause.published or received).astimezone(TEHRAN)
    facts = [clip(outlet, OUTLET)] if outlet else []
    facts.append(f"{origins} {words.origins}".translate(_DIGITS))
    when = _when(cause, report)
    if when:
        facts.append(f"{words.event} {when}")
    facts.append(f"{words.report} {report:%H:%M}".translate(_DIGITS))
    return f" ({'، '.join(facts)})"


def _when(cause: Support, report: datetime) -> str:
    """The event's hour; its day, where that is not the report's."""
    mention = cause.mention
    parts = []
    if mention.day is not None and mention.day != report.date().isoformat():
        parts.append(jalali_text(date.fromisoformat(mention.day)).rpartition(" ")[0])
    if mention.hour is not None:
        parts.append(mention.hour.translate(_DIGITS))
    return " ".join(parts)


def clip(text: str, size: int) -> str:
    """The text, or its first words and "…", in at most `size` characters."""
    if len(text) <= size:
        return text
    cut = text[: size - 1]
    if not text[size - 1].isspace() and cut.rfind(" ") >= size // 2:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ،؛,;:-–") + "…"
