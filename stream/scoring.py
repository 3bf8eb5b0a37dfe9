"""Scores judged mentions against labelled ones, and keeps what went wrong.

A mention is alertable when it is current and happened or claimed. An alertable judged one is right when the labelled text
has an alertable mention of its type; each is used once, and where several could pair, those that share most parties do.
`family` takes types of one first word for equal. A text is positive when it holds any alertable mention. Status, time and
leaks are counted over all pairs of one type, alertable or not.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

import msgspec

from stream.core.records import First, Mention, Status, Time


class Labelled(msgspec.Struct, frozen=True):
    """What a label file says of one event, as far as it is scored."""

    type: str
    status: Status
    time: Time
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    first: First | None = None
    trigger: str = ""

    @property
    def alertable(self) -> bool:
        """What a newsroom would be alerted to."""
        return self.time == "current" and self.status in ("happened", "claimed")

    @property
    def parties(self) -> frozenset[tuple[str, str]]:
        """Ids with the role they have."""
        return frozenset([("actor", id_) for id_ in self.actors] + [("recipient", id_) for id_ in self.recipients])


class Share(msgspec.Struct):
    """How many were found, how many there are, how many of the found ones are right."""

    right: int = 0
    found: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.found + self.gold
        return 2 * self.right / both if both else 0.0

    def add(self, right: int, found: int, gold: int) -> None:
        """Count more of it."""
        self.right += right
        self.found += found
        self.gold += gold


class Fault(NamedTuple):
    """One difference. `missed`: only in the labels; `spurious`: only judged; `leaked`: quiet in the labels and judged
    alertable; `status`, `time`: paired, and not alike."""

    kind: Literal["missed", "spurious", "leaked", "status", "time"]
    id: str
    gold: Labelled | None
    judged: Labelled | None


class Scores(msgspec.Struct):
    """All figures of one run."""

    texts: int = 0
    alertable: Share = msgspec.field(default_factory=Share)
    family: Share = msgspec.field(default_factory=Share)
    text: Share = msgspec.field(default_factory=Share)
    parties: Share = msgspec.field(default_factory=Share)
    first: Share = msgspec.field(default_factory=Share)
    types: dict[str, Share] = msgspec.field(default_factory=lambda: defaultdict(Share))
    paired: int = 0
    status_right: int = 0
    time_right: int = 0
    quiet_gold: int = 0  # planned, denied, background … mentions in the labels
    quiet_found: int = 0  # of them, found with any status
    quiet_leaked: int = 0  # of those found, judged alertable
    confusion: Counter[tuple[str, str]] = msgspec.field(default_factory=Counter)  # (gold, judged) as "time/status"
    faults: list[Fault] = msgspec.field(default_factory=list)


def labelled(mention: Mention) -> Labelled:
    """A judged mention in the form of a label."""
    return Labelled(
        type=mention.type,
        status=mention.status,
        time=mention.time,
        actors=mention.actors,
        recipients=mention.recipients,
        first=mention.first,
        trigger=mention.trigger,
    )


Pairs = tuple[list[tuple[Labelled, Labelled]], list[Labelled], list[Labelled]]


def pairs(gold: Sequence[Labelled], judged: Sequence[Labelled], key: Callable[[Labelled], str]) -> Pairs:
    """Pairs of equal key, those with most parties in common first; then the labels and the mentions left alone."""
    ranked = [
        (len(a.parties & b.parties), n, k) for n, a in enumerate(gold) for k, b in enumerate(judged) if key(a) == key(b)
    ]
    ranked.sort(key=lambda r: (-r[0], r[1], r[2]))
    mine: dict[int, int] = {}
    theirs: set[int] = set()
    for _, n, k in ranked:
        if n not in mine and k not in theirs:
            mine[n] = k
            theirs.add(k)
    alone = [a for n, a in enumerate(gold) if n not in mine]
    return [(gold[n], judged[k]) for n, k in mine.items()], alone, [b for k, b in enumerate(judged) if k not in theirs]


def score(gold: Mapping[str, Sequence[Labelled]], judged: Mapping[str, Sequence[Labelled]]) -> Scores:
    """Score every labelled text; one that was not judged counts as judged without a mention."""
    scores = Scores(texts=len(gold))
    for id_, wanted in gold.items():
        _text(scores, id_, wanted, judged.get(id_, ()))
    return scores


def _type(mention: Labelled) -> str:
    return mention.type


def _family(mention: Labelled) -> str:
    return mention.type.split(".")[0]


def _text(scores: Scores, id_: str, wanted: Sequence[Labelled], found: Sequence[Labelled]) -> None:
    loud, heard = [m for m in wanted if m.alertable], [m for m in found if m.alertable]
    matched, missed, spurious = pairs(loud, heard, _type)
    scores.alertable.add(len(matched), len(heard), len(loud))
    scores.family.add(len(pairs(loud, heard, _family)[0]), len(heard), len(loud))
    scores.text.add(int(bool(loud and heard)), int(bool(heard)), int(bool(loud)))
    for gold, judged in matched:
        scores.types[gold.type].right += 1
        scores.parties.add(len(gold.parties & judged.parties), len(judged.parties), len(gold.parties))
    for mention in loud:
        scores.types[mention.type].gold += 1
    for mention in heard:
        scores.types[mention.type].found += 1
    said, told = [[m for m in group if m.first is not None and m.first.claimed] for group in (wanted, found)]
    scores.first.add(len(pairs(said, told, _type)[0]), len(told), len(said))
    scores.quiet_gold += sum(not m.alertable for m in wanted)
    leaked = []
    for gold, judged in pairs(wanted, found, _type)[0]:
        _pair(scores, id_, gold, judged)
        if not gold.alertable and judged.alertable:
            leaked.append(judged)
    scores.faults += [Fault("missed", id_, m, None) for m in missed]
    scores.faults += [Fault("spurious", id_, None, m) for m in spurious if not any(m is other for other in leaked)]


def _pair(scores: Scores, id_: str, gold: Labelled, judged: Labelled) -> None:
    scores.paired += 1
    scores.status_right += gold.status == judged.status
    scores.time_right += gold.time == judged.time
    scores.confusion[f"{gold.time}/{gold.status}", f"{judged.time}/{judged.status}"] += 1
    leak = not gold.alertable and judged.alertable
    if not gold.alertable:
        scores.quiet_found += 1
        scores.quiet_leaked += leak
    if leak:
        scores.faults.append(Fault("leaked", id_, gold, judged))
    elif gold.status != judged.status:
        scores.faults.append(Fault("status", id_, gold, judged))
    elif gold.time != judged.time:
        scores.faults.append(Fault("time", id_, gold, judged))
