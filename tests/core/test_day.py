"""A day of flashes twice, restarted anywhere, and in another order: the same alerts, the same events."""

from datetime import timedelta

import msgspec
import pytest

from stream.core.machine import Entry, Machine
from stream.rulebook_reader import load
from tests.core.day import Report, apart, arriving, generated, interleaved, outcome

BOOK = load()
GAP = timedelta(hours=2 * BOOK.policy.hours.merge + 1)


@pytest.fixture(scope="module")
def day() -> list[Report]:
    """About four hundred records of some seventy happenings."""
    return generated(BOOK, 120, seed=5)


def machine() -> Machine:
    return Machine(BOOK.policy, BOOK.facts, BOOK.outlet_titles, BOOK.anchors)


def test_the_day_is_a_day_worth_telling(day: list[Report]) -> None:
    log: list[Entry] = [report.record for report in day]
    kinds = outcome(machine(), log).kinds
    assert kinds["create"] > 50
    assert kinds["update"] > 20
    assert kinds["cancel"] > 5


def test_the_same_log_gives_the_same_bytes_twice_and_from_a_snapshot(day: list[Report]) -> None:
    log: list[Entry] = [report.record for report in day]
    one, other = machine(), machine()
    first = [msgspec.json.encode(one.apply(n, entry)) for n, entry in enumerate(log)]
    second = []
    for n, entry in enumerate(log):
        if n % 97 == 50:
            other = Machine.from_bytes(other.to_bytes(), BOOK.policy, BOOK.facts, BOOK.outlet_titles, BOOK.anchors)
        second.append(msgspec.json.encode(other.apply(n, entry)))
        if n % 7 == 0:
            assert msgspec.json.encode(other.apply(max(0, n - 30), log[max(0, n - 30)])) == first[max(0, n - 30)]
    assert second == first
    assert one.to_bytes() == other.to_bytes()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_another_order_gives_the_same_events(day: list[Report], seed: int) -> None:
    groups = apart(day, GAP)
    arrival = max(record.published for group in groups for record in group if record.published) + timedelta(hours=1)
    in_order = arriving((record for group in groups for record in group), arrival)
    expected = outcome(machine(), in_order)
    got = outcome(machine(), arriving(interleaved(groups, seed), arrival))
    assert got.events == expected.events
    assert (got.kinds["create"], got.kinds["cancel"]) == (expected.kinds["create"], expected.kinds["cancel"])
