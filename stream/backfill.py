"""What an archive tells the ledger of contacts: articles in, records of history out, whatever their order."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from stream.core.book import Book
from stream.core.calendars import tehran_day
from stream.core.history import History, HistoryContact, HistoryDay, named
from stream.core.judge import judge
from stream.core.ledger import Contacts, Ledger, is_contact, pairs
from stream.core.records import Article, Mention

CONTACTS = 200  # in one record of history
DAYS = 2000  # of one outlet each, in one record
TITLE = 200  # characters of a title that are kept


class Reading:
    """An archive that is being read. `now`: an article whose embargo ends later is left out.

    `ledger` is what the records alone make of an empty ledger; the counts say what became of the articles.
    """

    def __init__(self, book: Book, now: datetime) -> None:
        self._book = book
        self._now = now
        self._ledger = Ledger(Contacts(), book.anchors, book.policy.ledger)
        self._days: Counter[tuple[str, str]] = Counter()  # articles by day and outlet
        self._waiting: list[HistoryContact] = []
        self.articles = 0
        self.left_out: Counter[str] = Counter()  # articles by why: not_usable, embargoed, undated
        self.kinds: Counter[str] = Counter()  # contacts by type

    @property
    def ledger(self) -> Contacts:
        """The ledger that has taken all records so far."""
        return self._ledger.state

    def add(self, article: Article) -> Iterator[History]:
        """Read one article; a record whenever enough contacts have come together."""
        why = self._unfit(article)
        if why:
            self.left_out[why] += 1
            return
        self.articles += 1
        day = tehran_day(article.published).isoformat()
        self._days[day, article.outlet or ""] += 1
        judgement = judge(article, self._book)
        for mention in judgement.mentions:
            contact = self._contact(article, mention, day)
            if contact is not None:
                self.kinds[contact.type] += 1
                self._waiting.append(contact)
        while len(self._waiting) >= CONTACTS:
            yield self._record(contacts=tuple(self._waiting[:CONTACTS]))
            del self._waiting[:CONTACTS]

    def end(self) -> Iterator[History]:
        """The rest of the contacts, and then the days: an archive that was read half covers none."""
        if self._waiting:
            yield self._record(contacts=tuple(self._waiting))
            self._waiting = []
        days = [
            HistoryDay(day=day, outlet=outlet or None, articles=n) for (day, outlet), n in sorted(self._days.items())
        ]
        for start in range(0, len(days), DAYS):
            yield self._record(days=tuple(days[start : start + DAYS]))

    def _record(self, contacts: tuple[HistoryContact, ...] = (), days: tuple[HistoryDay, ...] = ()) -> History:
        history = named(History(contacts=contacts, days=days, rulebook=self._book.digest))
        self._ledger.take(history)
        return history

    def _unfit(self, article: Article) -> str:
        if article.pub_status != "usable":
            return "not_usable"
        if article.embargoed_until is not None and article.embargoed_until > self._now:
            return "embargoed"
        return "undated" if article.published_precision == "unknown" else ""

    def _contact(self, article: Article, mention: Mention, day: str) -> HistoryContact | None:
        """The contact that a mention tells as a fact of now, where it is one of just two sides."""
        told = is_contact(mention.type) and mention.status == "happened" and mention.time == "current"
        silent = self._book.facts[mention.rule].maturity in self._book.policy.silent_maturities
        if not told or silent or not any(pairs(mention)):
            return None
        return HistoryContact(
            type=mention.type,
            day=min(mention.day or day, day),
            actors=mention.actors,
            recipients=mention.recipients,
            persons=mention.persons,
            uri=article.uri,
            outlet=article.outlet,
            title=article.title[:TITLE],
        )
