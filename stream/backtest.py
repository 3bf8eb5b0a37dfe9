"""What an archive would have alerted: the whole way from article to decision, by the articles' own times, without Kafka."""

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from stream.core.book import Book
from stream.core.calendars import tehran_day
from stream.core.judge import judge
from stream.core.machine import Machine
from stream.core.records import Alert, Article, Hold, Origin
from stream.service.codec import mentions

UNDATED = "undated"  # the day of articles that do not say when they were published
Key = tuple[str, str]  # uri of the article that caused it, event type


class Told(msgspec.Struct, frozen=True):
    """One alert that would have notified, and the day on which it would have come."""

    day: str
    uri: str
    alert: Alert

    @property
    def key(self) -> Key:
        """What makes it the same alert under another rulebook."""
        return self.uri, self.alert.type


class Outcome(msgspec.Struct):
    """All that one rulebook makes of an archive."""

    told: list[Told]
    holds: Counter[str]  # by reason
    judged: int

    def days(self) -> Mapping[str, Counter[str]]:
        """Alerts by day and type."""
        out: dict[str, Counter[str]] = {}
        for told in self.told:
            out.setdefault(told.day, Counter())[told.alert.type] += 1
        return out

    def types(self) -> Counter[str]:
        """Alerts by type."""
        return Counter(told.alert.type for told in self.told)


class Difference(msgspec.Struct):
    """Alerts of one rulebook that the other lacks, and those that say something else."""

    lost: list[Told]
    won: list[Told]
    changed: list[tuple[Told, Told]]


def in_order(articles: Iterable[Article]) -> list[Article]:
    """By publication, as they would have arrived; articles of one minute as they stand in the archive."""
    return sorted(articles, key=lambda article: article.published)


def backtest(articles: Iterable[Article], book: Book, rule: str | None = None) -> Outcome:
    """Let the articles (in order of their publication) arrive one after the other. `rule`: only its alerts, and holds of its type."""
    type_ = None if rule is None or rule not in book.facts else book.facts[rule].type
    machine = Machine(book.policy, book.facts, book.outlet_titles, book.anchors)
    out = Outcome([], Counter(), 0)
    for offset, article in enumerate(articles):
        origin = Origin(topic="archive", partition=0, offset=offset, received=article.published)
        out.judged += 1
        for decision in machine.apply(offset, mentions(judge(article, book), book.digest, origin)):
            if isinstance(decision, Hold):
                if type_ in (None, decision.type):
                    out.holds[decision.reason] += 1
            elif isinstance(decision, Alert) and decision.notify and rule in (None, decision.rule):
                out.told.append(Told(_day(article), article.uri, decision))
    return out


def _day(article: Article) -> str:
    return UNDATED if article.published_precision == "unknown" else tehran_day(article.published).isoformat()


def difference(before: Outcome, after: Outcome) -> Difference:
    """What changes from one rulebook to the other. Alerts are the same where one article causes them for one type; where
    it causes several, those that say the same are taken together first."""
    old, new = _by_key(before), _by_key(after)
    out = Difference([], [], [])
    for key in {**old, **new}:
        mine, theirs = list(old.get(key, ())), list(new.get(key, ()))
        for told in list(mine):
            same = next((other for other in theirs if _says(told.alert) == _says(other.alert)), None)
            if same is not None:
                mine.remove(told)
                theirs.remove(same)
        both = min(len(mine), len(theirs))
        out.changed += zip(mine[:both], theirs[:both], strict=True)
        out.lost += mine[both:]
        out.won += theirs[both:]
    return out


def _by_key(outcome: Outcome) -> dict[Key, list[Told]]:
    out: dict[Key, list[Told]] = {}
    for told in outcome.told:
        out.setdefault(told.key, []).append(told)
    return out


def _says(alert: Alert) -> tuple[object, ...]:
    first = alert.first is not None and alert.first.claimed
    return (alert.kind, alert.status, alert.level, set(alert.actors), set(alert.recipients), first, alert.desk)
