"""The ledger of contacts: what it remembers, and what it says of a claim to be the first."""

from datetime import date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.core.ledger import LATEST, Contact, Contacts, Ledger, Line, pairs
from stream.core.past import Anchor, FirstCheck
from stream.core.policy import LedgerPolicy
from stream.core.records import First, Mention
from tests.core.mention_log import TEHRAN, mention

POLICY = LedgerPolicy(articles_a_day=2, pairs=3, silence_days={"contact.call": 100})
ANCHORS = (
    Anchor(id="war", title="جنگ اوکراین", day="2022-02-24", names=("جنگ اوکراین",), parties=("RUS", "UKR")),
    Anchor(id="one", title="قطع روابط یکم", day="1980-04-07", between=("قطع روابط",), parties=("IRN", "USA")),
    Anchor(id="two", title="قطع روابط دوم", day="2016-01-03", between=("قطع روابط",), parties=("IRN", "SAU")),
    Anchor(id="far", title="جنگ بعدی", day="2023-10-07", names=("جنگ اوکراین",), parties=("RUS", "UKR")),
)
AT = datetime(2022, 7, 29, 20, 0, tzinfo=TEHRAN)


def ledger(*covered: tuple[str, str]) -> Ledger:
    """A ledger that has seen all days of these spans."""
    made = Ledger(Contacts(), ANCHORS, POLICY)
    made.state.coverage.spans = list(covered)
    return made


def call(actors: str = "RUS USA", since: str | None = "جنگ اوکراین", first: bool = True, **fields: Any) -> Mention:
    claim = First(since=since) if first else None
    return mention("contact.call", actors, first=claim, **fields)


def contact(day: str, event: str = "", uri: str = "") -> Contact:
    return Contact(day=day, uri=uri or f"article of {day}", outlet="IRNA", event=event)


def checked(made: Ledger, told: Mention) -> FirstCheck:
    found = made.check(told, "this event", AT)
    assert found is not None
    return found


def test_nothing_known_since_the_anchor() -> None:
    made = ledger(("2021-01-01", "2022-07-28"))
    found = checked(made, call())
    assert (found.result, found.since, found.anchor) == ("none_known", "2022-02-24", "جنگ اوکراین")
    assert found.between == ("RUS", "USA")
    assert found.begins == "2021-01-01"


def test_a_contact_before_the_anchor_contradicts_nothing() -> None:
    made = ledger(("2021-01-01", "2022-07-28"))
    made.note(call(), contact("2022-02-20"))
    assert checked(made, call()).result == "none_known"


def test_a_contact_since_the_anchor_contradicts_and_is_shown() -> None:
    made = ledger(("2021-01-01", "2022-07-28"))
    made.note(call(), contact("2022-05-13"))
    found = checked(made, call())
    assert found.result == "contradicted"
    assert found.contact is not None
    assert (found.contact.day, found.contact.outlet) == ("2022-05-13", "IRNA")


def test_the_first_since_an_anchor_outlives_the_latest() -> None:
    made = ledger(("2021-01-01", "2024-07-28"))
    made.note(call(), contact("2022-03-01"))
    for n in range(LATEST + 1):
        made.note(call(), contact(f"2024-01-{n + 1:02}"))
    found = checked(made, call())
    assert found.result == "contradicted"
    assert found.contact is not None
    assert found.contact.day == "2022-03-01"


def test_its_own_event_and_later_contacts_do_not_contradict() -> None:
    made = ledger(("2021-01-01", "2022-07-28"))
    made.note(call(), contact("2022-07-20", event="this event"))
    made.note(call(), contact("2022-08-03"))
    assert checked(made, call()).result == "none_known"


def test_another_pair_or_kind_does_not_contradict() -> None:
    made = ledger(("2021-01-01", "2022-07-28"))
    made.note(call("RUS TUR"), contact("2022-05-13"))
    made.note(mention("contact.meeting", "RUS USA"), contact("2022-05-14"))
    assert checked(made, call()).result == "none_known"


def test_persons_are_looked_up_where_two_are_known() -> None:
    made = ledger(("2021-01-01", "2022-07-28"))
    made.note(call(persons=("lavrov", "blinken")), contact("2022-05-13"))
    assert checked(made, call(persons=("blinken", "lavrov"))).result == "contradicted"
    others = checked(made, call(persons=("putin", "biden")))
    assert (others.result, others.between) == ("none_known", ("biden", "putin"))


@pytest.mark.parametrize(
    ("covered", "reason", "gaps"),
    [
        pytest.param((), "archive_begins_later", (("2022-02-24", "2022-07-28"),), id="an empty archive"),
        pytest.param(
            (("2022-06-01", "2022-07-28"),),
            "archive_begins_later",
            (("2022-02-24", "2022-05-31"),),
            id="begins later",
        ),
        pytest.param(
            (("2022-01-01", "2022-03-31"), ("2022-05-01", "2022-07-28")),
            "archive_gap",
            (("2022-04-01", "2022-04-30"),),
            id="a gap",
        ),
    ],
)
def test_an_archive_with_a_hole_proves_nothing(
    covered: tuple[tuple[str, str], ...], reason: str, gaps: tuple[tuple[str, str], ...]
) -> None:
    found = checked(ledger(*covered), call())
    assert (found.result, found.reason, found.gaps) == ("unknown", reason, gaps)


def test_a_hole_does_not_hide_a_contradiction() -> None:
    made = ledger()
    made.note(call(), contact("2022-05-13"))
    assert checked(made, call()).result == "contradicted"


@pytest.mark.parametrize(
    ("since", "day"),
    [
        ("سال ۲۰۱۵", "2015-12-31"),
        ("۲۰۱۵", "2015-12-31"),
        ("هفت سال اخیر", "2015-07-29"),
        ("چهل و هفت سال", "1975-07-29"),
        ("آغاز جنگ اوکراین", "2022-02-24"),
        ("آغاز جنگِ اوکراین در زمستان گذشته", "2022-02-24"),
    ],
)
def test_from_when_a_claim_counts(since: str, day: str) -> None:
    assert checked(ledger(), call(since=since)).since == day


def test_parties_decide_between_anchors_of_one_name() -> None:
    made = ledger()
    assert checked(made, call("IRN USA", since="قطع روابط دو کشور")).anchor == "قطع روابط یکم"
    assert checked(made, call("IRN SAU", since="قطع روابط دو کشور")).anchor == "قطع روابط دوم"


def test_a_name_of_many_things_counts_only_between_the_parties() -> None:
    assert checked(ledger(), call("TUR ISR", since="قطع روابط دو کشور")).reason == "since_unknown"
    assert checked(ledger(), call("IRN TUR", since="قطع روابط")).reason == "since_unknown"


def test_what_has_not_begun_yet_is_no_anchor() -> None:
    assert checked(ledger(), call(since="جنگ اوکراین")).anchor == "جنگ اوکراین"


@pytest.mark.parametrize(("since", "then"), [(None, "contradicted"), ("آن روز بارانی", "unknown")])
def test_a_claim_from_an_unknown_day(since: str | None, then: str) -> None:
    made = ledger(("2001-01-01", "2022-07-28"))
    found = checked(made, call(since=since))
    assert (found.result, found.reason) == ("unknown", "since_unknown")
    made.note(call(), contact("2010-05-13"))
    assert checked(made, call(since=since)).result == then


def test_several_parties_are_no_pair() -> None:
    found = checked(ledger(("2001-01-01", "2022-07-28")), call("RUS USA TUR"))
    assert (found.result, found.reason) == ("unknown", "several_parties")


def test_without_a_claim_or_a_contact_nothing_is_checked() -> None:
    assert ledger().check(call(first=False), "e", AT) is None
    assert ledger().check(mention("attack.armed", "RUS", "UKR", first=First(since=None)), "e", AT) is None


def test_only_what_took_place_is_noted() -> None:
    made = ledger()
    for status in ("claimed", "planned", "denied"):
        made.note(call(status=status), contact("2022-05-13"))
    made.note(mention("attack.armed", "RUS", "UKR"), contact("2022-05-13"))
    assert made.state == Contacts()


def test_noting_again_changes_nothing() -> None:
    made = ledger()
    made.note(call(), contact("2022-05-13", event="e"))
    before = msgspec.json.encode(made.state)
    made.note(call(), contact("2022-05-13", event="e"))
    made.note(call(), contact("2022-05-14", event="e", uri="another article of the same event"))
    assert msgspec.json.encode(made.state) == before


def test_the_pairs_told_of_longest_ago_are_forgotten() -> None:
    made = ledger()
    for n, other in enumerate(("FRA", "GBR", "DEU", "CHN")):
        made.note(call(f"RUS {other}"), contact(f"2022-05-1{n}"))
        made.note(call("RUS USA"), contact(f"2022-06-1{n}"))
    assert [key.split()[:2] for key in made.state.lines] == [["DEU", "RUS"], ["CHN", "RUS"], ["RUS", "USA"]]


def test_a_day_counts_as_seen_with_enough_articles() -> None:
    made = ledger()
    day = date(2022, 7, 1)
    made.cover(day, "IRNA")
    assert made.state.coverage.spans == []
    made.cover(day, "ISNA")
    assert made.state.coverage.spans == [("2022-07-01", "2022-07-01")]
    for far in (2, 1, 3):
        for _ in range(2):
            made.cover(day + timedelta(days=far), "IRNA")
    assert made.state.coverage.spans == [("2022-07-01", "2022-07-04")]
    assert made.state.coverage.outlets == {"IRNA": ("2022-07-01", "2022-07-04"), "ISNA": ("2022-07-01", "2022-07-01")}
    assert made.state.coverage.counts == {}


def test_a_contact_after_a_long_silence() -> None:
    made = ledger(("2021-01-01", "2022-07-28"))
    made.note(call(), contact("2022-02-15"))
    found = made.silence(call(first=False), "this event", AT)
    assert found is not None
    assert (found.days, found.last.day) == (164, "2022-02-15")


@pytest.mark.parametrize(
    ("covered", "last"),
    [
        pytest.param(("2021-01-01", "2022-07-28"), "2022-06-01", id="a short one"),
        pytest.param(("2022-03-01", "2022-07-28"), "2022-02-15", id="not seen whole"),
        pytest.param(("2021-01-01", "2022-07-28"), None, id="no earlier contact known"),
    ],
)
def test_no_long_silence(covered: tuple[str, str], last: str | None) -> None:
    made = ledger(covered)
    if last is not None:
        made.note(call(), contact(last))
    assert made.silence(call(first=False), "this event", AT) is None


def test_pairs_are_of_two() -> None:
    assert list(pairs(call("USA RUS", persons=("b", "a")))) == ["RUS USA", "~a b"]
    assert list(pairs(call("USA RUS TUR"))) == []
    assert list(pairs(call("USA"))) == []


@given(st.lists(st.dates(date(1979, 1, 1), date(2024, 12, 31)), max_size=30))
def test_firsts_are_the_first_contacts_since_each_anchor(days: list[date]) -> None:
    made = ledger()
    for day in days:
        made.note(call(), contact(day.isoformat()))
    expected = {min((d.isoformat() for d in days if d.isoformat() > a.day), default=None) for a in ANCHORS} - {None}
    (line,) = list(made.state.lines.values()) or [Line()]
    assert [one.day for one in line.firsts] == sorted(day for day in expected if day)
    latest = sorted({day.isoformat() for day in days})[-LATEST:]
    assert [one.day for one in line.latest] == latest
