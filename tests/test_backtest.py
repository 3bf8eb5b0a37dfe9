"""What changes between two runs over one archive."""

from collections import Counter

import msgspec

from stream.backtest import Outcome, Told, backtest, difference, in_order
from tests.core.texts import article, book

CALL = "وزیران خارجه کنیا و اوگاندا امروز تلفنی گفت‌وگو کردند."


def outcome(*told: Told) -> Outcome:
    return Outcome(list(told), Counter(), len(told))


def alert(**changes: object) -> Told:
    (told,) = backtest([article(CALL)], book()).told
    return Told(told.day, told.uri, msgspec.structs.replace(told.alert, **changes))


def test_the_same_alerts_are_no_difference() -> None:
    changes = difference(outcome(alert()), outcome(alert(rulebook="another", rule="another")))
    assert (changes.won, changes.lost, changes.changed) == ([], [], [])


def test_another_status_is_a_change() -> None:
    before, after = alert(), alert(status="claimed")
    assert difference(outcome(before), outcome(after)).changed == [(before, after)]


def test_several_alerts_of_one_article_and_type_are_told_apart() -> None:
    first, second = alert(), alert(actors=("CHL", "PER"))
    changes = difference(outcome(first, second), outcome(second))
    assert (changes.lost, changes.won, changes.changed) == ([first], [], [])
    changes = difference(outcome(second), outcome(first, second))
    assert (changes.lost, changes.won, changes.changed) == ([], [first], [])


def test_in_order_keeps_the_archives_order_within_a_minute() -> None:
    one, other = article("الف"), article("ب")
    assert in_order([one, other]) == [one, other]
