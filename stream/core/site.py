"""Where a trigger stands, and what the weighing of it found: the records that status, cues and dates share."""

from collections.abc import Sequence
from datetime import date

import msgspec

from stream.core.book import CuePhrase
from stream.core.clauses import Clause
from stream.core.date_spans import DateSpan
from stream.core.normalise import Token
from stream.core.phrases import Hit
from stream.core.records import Status, Time

# Words that may stand between a governing phrase and its noun («احتمالِ ادامهٔ حمله»).
FILLERS = frozenset(
    [
        "هرگونه",
        "هر",
        "شرکت",
        "حضور",
        "در",
        "مورد",
        "خصوص",
        "افزایش",
        "گسترش",
        "تشدید",
        "توسعه",
        "زمان",
        "گونه",
        "یک",
        "این",
        "ان",
        "انجام",
        "برگزاری",
        "وقوع",
        "بروز",
        "برقراری",
        "اعلام",
        "جدید",
        "تازه",
        "دوباره",
        "مجدد",
        "احتمالی",
        "ادامه",
        "اجرا",
        "فوری",
        "کامل",
        "موقت",
        "دور",
        "نخستین",
        "اولین",
        "اعمال",
        "وضع",
        "شروع",
        "اغاز",
    ]
)


class Site(msgspec.Struct):
    """Where a trigger stands: all indexes count tokens of the sentence."""

    tokens: Sequence[Token]
    clauses: Sequence[Clause]
    where: Sequence[int]
    first: int
    last: int
    held: tuple[int, ...]
    verbal: bool
    cues: Sequence[Hit[CuePhrase]]
    dates: Sequence[DateSpan]
    published: date | None
    flash: bool  # the title, or a text of few sentences
    result: bool = False  # the sentence tells a result of the event
    present: Status = "planned"  # what a verbal trigger in the present tells
    telling: bool = False  # the noun tells the event even as an occasion
    deaf_to: Sequence[str] = ()  # ids of cues that do not count for this rule
    negative: bool = False  # the trigger is itself written with a negative verb («صحت ندارد»)
    uttered: bool = False  # saying it is the event: a condition or the future takes nothing from it
    deep: bool = False  # far down in a long article: what it tells without a date is rarely its news
    named: Status = "happened"  # what a noun is of which a present says something else
    deal: bool = False  # an agreement: one that may come is on the table already
    accuses: bool = False  # told as a fact it is still a claim
    carried: Sequence[Hit[CuePhrase]] = ()  # cues of the line above that tells whose words these are


class Verdict(msgspec.Struct):
    """What the clause says. `silenced`: the name of a cue that makes it no event; `why`: the names of all evidence."""

    status: Status
    time: Time
    why: list[str]
    verb: int | None
    clause: Clause
    silenced: str | None = None
    attribution: Hit[CuePhrase] | None = None
    day: date | None = None
    presupposed: bool = False
    occasion: bool = False  # the noun only tells on what occasion («در حملهٔ …»)
