"""Whose word an event rests on: origins and their relays, what vouches, and how many are independent."""

import msgspec
import pytest

from stream.core.origins import independent, origins_of, vouched
from stream.core.records import Voice
from stream.core.voice import OriginRelays


class Report(msgspec.Struct, frozen=True, kw_only=True):
    uri: str
    outlet: str | None
    publisher: Voice | None = None
    stated: tuple[Voice, ...] = ()
    copy_of: str = ""


IRNA = Voice(id="IRNA", kind="agency", owner="دولت", country="IRN", state=True)
ISNA = Voice(id="ISNA", kind="agency", owner="دانشگاه", country="IRN")
FARS = Voice(id="fars", kind="agency", owner="سپاه", country="IRN", state=True)
TASNIM = Voice(id="tasnim", kind="agency", owner="سپاه", country="IRN", state=True)
TASS = Voice(id="TASS", kind="agency", owner="دولت روسیه", country="RUS", state=True)
CHANNEL = Voice(id="channel", kind="anonymous_channel")
OTHER = Voice(id="other", kind="anonymous_channel")
DIGEST = Voice(id="digest", kind="aggregator")
SOMEBODY = Voice(id="somebody", kind="person")
IRAN = Voice(id="IRN", kind="party", owner="IRN", country="IRN")


def report(uri: str, publisher: Voice | None, *stated: Voice, copy_of: str = "") -> Report:
    outlet = None if publisher is None else publisher.id
    return Report(uri=uri, outlet=outlet, publisher=publisher, stated=stated, copy_of=copy_of)


def told(*reports: Report) -> list[tuple[str | None, tuple[str, ...], tuple[str, ...]]]:
    """Origin, relays and articles."""
    return [(one.origin.id if one.origin else None, one.relays, one.uris) for one in origins_of(reports)]


def test_an_outlet_is_the_origin_of_its_own_news() -> None:
    assert told(report("a", IRNA), report("b", ISNA)) == [("IRNA", (), ("a",)), ("ISNA", (), ("b",))]


def test_what_is_stated_is_the_origin_and_the_chain_are_relays() -> None:
    reports = [report("a", ISNA, IRNA, TASS), report("b", FARS, TASS), report("c", TASS)]
    assert told(*reports) == [("TASS", ("ISNA", "IRNA", "fars"), ("a", "b", "c"))]
    assert independent(origins_of(reports)) == 1


def test_a_copy_has_the_origin_of_the_text_that_it_copies() -> None:
    assert told(report("a", IRNA), report("b", ISNA, copy_of="a"), report("c", FARS, copy_of="b")) == [
        ("IRNA", ("ISNA", "fars"), ("a", "b", "c"))
    ]


def test_a_copy_that_states_its_origin_tells_that_of_the_text_before() -> None:
    assert told(report("a", CHANNEL), report("b", ISNA, TASS, copy_of="a")) == [
        ("TASS", ("channel", "ISNA"), ("a", "b"))
    ]


def test_of_a_copied_text_without_an_origin_the_first_outlet_that_could_be_one_is() -> None:
    assert told(report("a", CHANNEL), report("b", FARS, copy_of="a")) == [("fars", ("channel",), ("a", "b"))]


def test_a_copy_of_a_text_that_tells_another_event_stands_for_itself() -> None:
    assert told(report("b", ISNA, copy_of="a")) == [("ISNA", (), ("b",))]


def test_channels_and_aggregators_are_no_origin() -> None:
    origins = origins_of([report("a", CHANNEL), report("b", OTHER), report("c", DIGEST), report("d", None)])
    assert [(one.origin, one.relays) for one in origins] == [(None, ("channel", "other", "digest"))]
    assert not vouched(origins)
    assert independent(origins) == 0


def test_a_person_is_an_origin_that_vouches_for_nothing() -> None:
    (origin,) = origins_of([report("a", SOMEBODY)])
    assert origin == OriginRelays(origin=SOMEBODY, uris=("a",), vouches=False, firsthand=True)


def test_an_outlet_that_is_not_listed_vouches_for_nothing() -> None:
    origins = origins_of([Report(uri="a", outlet="A Blog")])
    assert [one.origin for one in origins] == [Voice(id="A Blog", kind="unlisted")]
    assert (vouched(origins), independent(origins)) == (False, 0)


def test_a_channel_that_names_its_origin_passes_it_on_at_second_hand() -> None:
    (origin,) = origins_of([report("a", CHANNEL, TASS)])
    assert (origin.vouches, origin.firsthand) == (True, False)
    (origin,) = origins_of([report("a", CHANNEL, TASS), report("b", ISNA, TASS)])
    assert (origin.vouches, origin.firsthand) == (True, True)


@pytest.mark.parametrize(
    ("reports", "count"),
    [
        pytest.param([report("a", IRNA), report("b", ISNA)], 2, id="two"),
        pytest.param([report("a", FARS), report("b", TASNIM)], 1, id="two of one owner"),
        pytest.param([report("a", IRNA), report("b", IRNA)], 1, id="one twice"),
        pytest.param([report("a", IRNA), report("b", CHANNEL)], 1, id="a channel beside it"),
        pytest.param([report("a", IRNA), report("b", ISNA, copy_of="a")], 1, id="a copy"),
        pytest.param([report("a", IRNA), report("b", None)], 1, id="nobody"),
        pytest.param([report("a", FARS), report("b", ISNA, IRAN)], 1, id="a state and its own outlet"),
        pytest.param([report("a", TASS), report("b", ISNA, IRAN)], 2, id="a state and another's outlet"),
        pytest.param([report("a", CHANNEL, TASS), report("b", OTHER, IRAN)], 2, id="two stated by channels"),
    ],
)
def test_independent(reports: list[Report], count: int) -> None:
    assert independent(origins_of(reports)) == count
    assert independent(origins_of(reversed(reports))) == count
