"""What an archive tells the ledger: contacts first, then its days; the same whatever its order, and nothing twice."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import orjson
import pytest

from stream.backfill import CONTACTS, Reading
from stream.core.history import History
from stream.core.ledger import Contacts, Ledger
from stream.core.read import read
from stream.core.records import Article, Incoming, Limits
from stream.rulebook_reader import load

BOOK = load()
NOW = datetime(2026, 6, 1, tzinfo=UTC)
CALL = "وزیران خارجه کنیا و اوگاندا تلفنی گفت‌وگو کردند."
QUIET = "آسمان بیشتر شهرها در روزهای آینده صاف و آفتابی خواهد بود و دمای هوا بالا می‌رود."


def article(number: int, body: str = CALL, published: str | None = "2026-03-04T10:00:00+03:30", **more: Any) -> Article:
    value = {"id": str(number), "outlet": "ایلنا", "title": body, "body": body, "published": published, **more}
    found = read(Incoming(value=orjson.dumps(value), arrived=NOW), Limits(), BOOK.outlet_names)
    assert isinstance(found, Article), found
    return found


def records(*articles: Article) -> tuple[list[History], Reading]:
    reading = Reading(BOOK, NOW)
    found = [history for one in articles for history in reading.add(one)]
    return [*found, *reading.end()], reading


def ledger(*batches: History) -> Contacts:
    made = Ledger(Contacts(), BOOK.anchors, BOOK.policy.ledger)
    for history in batches:
        made.take(history)
    return made.state


def test_contacts_and_days_are_counted() -> None:
    found, reading = records(*(article(n, QUIET) for n in range(30)), article(30), article(31))
    contacts, days = found
    assert [(c.type, c.day, c.actors, c.outlet) for c in contacts.contacts] == [
        ("contact.call", "2026-03-04", ("KEN", "UGA"), "ILNA")
    ] * 2
    assert [(d.day, d.outlet, d.articles) for d in days.days] == [("2026-03-04", "ILNA", 32)]
    assert (reading.articles, reading.kinds["contact.call"]) == (32, 2)
    assert reading.ledger.coverage.spans == [("2026-03-04", "2026-03-04")]
    assert reading.ledger.lines.keys() == {"KEN UGA contact.call"}


def test_days_come_last_so_that_half_an_archive_covers_none() -> None:
    found, _ = records(*(article(n) for n in range(CONTACTS + 5)))
    assert [(len(one.contacts), bool(one.days)) for one in found] == [(CONTACTS, False), (5, False), (0, True)]
    assert ledger(*found[:-1]).coverage.spans == []
    assert ledger(*found).coverage.spans == [("2026-03-04", "2026-03-04")]


def test_the_same_archive_gives_the_same_records_and_counts_once() -> None:
    articles = [article(n, CALL if n % 3 else QUIET) for n in range(15)]
    found, _ = records(*articles)
    again, _ = records(*articles)
    assert [one.id for one in found] == [one.id for one in again]
    once = ledger(*found)
    assert msgspec.json.encode(ledger(*found, *again)) == msgspec.json.encode(once)
    other, _ = records(*articles[7:], *articles[:7])  # as two files in another order
    both = ledger(*found, *other)
    assert (both.lines, both.coverage) == (once.lines, once.coverage)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"published": None}, "undated"),
        ({"embargoed": "2026-07-01T00:00:00Z"}, "embargoed"),
        ({"pubStatus": "canceled"}, "not_usable"),
        ({"pubStatus": "withheld"}, "not_usable"),
    ],
)
def test_what_may_not_be_used_is_left_out_by_name(more: dict[str, Any], why: str) -> None:
    found, reading = records(article(1, **more))
    assert (found, reading.articles, dict(reading.left_out)) == ([], 0, {why: 1})


@pytest.mark.parametrize(
    "body",
    [
        "وزیران خارجه کنیا و اوگاندا فردا تلفنی گفت‌وگو می‌کنند.",
        "کنیا گفت‌وگوی تلفنی با اوگاندا را تکذیب کرد.",
        "کنیا سفیر اوگاندا را احضار کرد.",
        QUIET,
    ],
)
def test_only_contacts_that_took_place_are_remembered(body: str) -> None:
    found, _ = records(article(1, body))
    assert [one.contacts for one in found] == [()]


def test_a_contact_has_the_day_that_the_text_tells() -> None:
    found, _ = records(article(1, "وزیران خارجه کنیا و اوگاندا دیروز تلفنی گفت‌وگو کردند."))
    assert [contact.day for contact in found[0].contacts] == ["2026-03-03"]
