"""Each reason to notify people, and that nothing else does."""

from typing import Any

import pytest

from stream.core.machine import Machine
from stream.core.reasons import NOTIFY_REASONS
from stream.core.records import Alert, Attribution, Hold, Mention, Mentions, Quantity, Voice
from tests.core.mention_log import machine, mention, record, withdrawal

CALL = mention("contact.call", "USA RUS")
OF_TOLLS = ("first_toll", "toll_past", "toll_doubled", "contradiction")
CHANNEL: dict[str, Any] = {"publisher": Voice(id="channel", kind="anonymous_channel")}


def strike(status: str = "happened", dead: int = 0, **fields: Any) -> Mention:
    numbers = (Quantity(kind="dead", value=dead, unit="persons", text=str(dead), start=0, end=1),) if dead else ()
    return mention("attack.armed", "RUS", "UKR", status=status, numbers=numbers, **fields)


def told(*log: Mentions) -> list[tuple[str, str]]:
    """Kind and reason of each alert; «» where nobody is notified, "repeat" where nothing is sent."""
    fresh = machine()
    out = []
    for n, given in enumerate(log):
        for one in fresh.apply(n, given):
            if isinstance(one, Hold):
                out.append(("hold", one.reason))
            else:
                assert isinstance(one, Alert)
                assert one.notify == bool(one.notify_reason)
                assert one.notify_reason in {"", *NOTIFY_REASONS}
                assert any(step.startswith("notify: ") for step in one.why)
                out.append((one.kind, one.notify_reason))
    return out


def test_the_second_independent_origin_notifies_once() -> None:
    outlets = ["IRNA/1", "copy/1", "ISNA/1", "Mehr/1"]
    log = [record(uri, CALL, signature="IRNA/1" if uri == "copy/1" else uri) for uri in outlets]
    assert told(*log) == [("create", "create"), ("update", ""), ("update", "second_origin"), ("update", "")]


def test_a_channel_that_does_not_say_whose_word_it_is_is_no_second_origin() -> None:
    assert told(record("IRNA/1", CALL), record("channel/1", CALL, **CHANNEL)) == [("create", "create"), ("update", "")]


def test_another_article_of_the_same_outlet_supports_in_silence() -> None:
    log = [record("IRNA/1", CALL), record("IRNA/2", CALL), withdrawal("IRNA/1")]
    assert told(*log) == [("create", "create"), ("hold", "repeat"), ("update", "")]


def test_a_claim_that_becomes_fact_notifies_and_not_the_other_way() -> None:
    log = [record("IRNA/1", strike("claimed")), record("IRNA/2", strike()), record("IRNA/3", strike("claimed"))]
    assert told(*log) == [("create", "create"), ("update", "claimed_to_happened"), ("hold", "repeat")]


def test_a_level_notifies_when_it_is_higher_than_ever() -> None:
    channel = record("channel/1", CALL, **CHANNEL)
    first = mention("contact.call", "USA RUS", first=None, roles=("foreign_minister",))
    assert told(channel, record("IRNA/1", first)) == [("create", "create"), ("update", "level_raised")]
    assert told(record("IRNA/1", first), record("Mehr/1", first)) == [("create", "create"), ("update", "second_origin")]


@pytest.mark.parametrize(
    ("tolls", "reasons"),
    [
        pytest.param((0, 3), ["first_toll"], id="first"),
        pytest.param((3, 4), [""], id="a little more"),
        pytest.param((3, 6), ["toll_doubled"], id="doubled"),
        pytest.param((9, 10), ["toll_past"], id="past ten"),
        pytest.param((10, 11), [""], id="ten is told"),
        pytest.param((45, 50), ["toll_past"], id="past fifty"),
        pytest.param((60, 100), ["toll_past"], id="past a hundred"),
        pytest.param((110, 150), [""], id="between"),
        pytest.param((110, 220), ["toll_doubled"], id="far"),
        pytest.param((0, 0), [""], id="none"),
        pytest.param((3, 4, 5, 8), ["", "", "toll_doubled"], id="twice what was notified"),
        pytest.param((10, 5), ["contradiction"], id="half"),
        pytest.param((10, 6), [""], id="more than half"),
    ],
)
def test_tolls(tolls: tuple[int, ...], reasons: list[str]) -> None:
    fresh = machine()
    found = []
    for n, toll in enumerate(tolls):
        (made,) = fresh.apply(n, record(f"out{n}/1", strike(dead=toll)))
        assert isinstance(made, Alert)
        because = next(step for step in made.why if step.startswith("notify: "))
        found.append([reason for reason in because.removeprefix("notify: ").split(", ") if reason in OF_TOLLS])
    assert found == [[], *[[reason] if reason else [] for reason in reasons]]


def test_the_first_toll_notifies_though_the_outlet_is_known() -> None:
    assert told(record("IRNA/1", strike()), record("IRNA/2", strike(dead=1))) == [
        ("create", "create"),
        ("update", "first_toll"),
    ]


def test_a_withdrawal_of_the_only_fact_corrects_and_of_the_last_report_cancels() -> None:
    log = [record("IRNA/1", strike()), record("Mehr/1", strike("claimed")), withdrawal("IRNA/1"), withdrawal("Mehr/1")]
    assert told(*log) == [
        ("create", "create"),
        ("update", "second_origin"),
        ("correct", "correct"),
        ("cancel", "cancel"),
    ]


def test_a_cancel_keeps_the_level_that_was_told() -> None:
    fresh: Machine = machine()
    (made,) = fresh.apply(0, record("IRNA/1", strike()))
    (cancelled,) = fresh.apply(1, withdrawal("IRNA/1"))
    assert isinstance(made, Alert)
    assert isinstance(cancelled, Alert)
    assert (cancelled.level, cancelled.references) == (made.level, (made.id,))


def test_several_reasons_stand_in_why_and_the_weightiest_in_the_field() -> None:
    fresh = machine()
    fresh.apply(0, record("IRNA/1", strike("claimed", attribution=Attribution(kind="unnamed", text="یک منبع"))))
    (made,) = fresh.apply(1, record("Mehr/1", strike(dead=12)))
    assert isinstance(made, Alert)
    assert made.notify_reason == "claimed_to_happened"
    assert "notify: claimed_to_happened, level_raised, first_toll, second_origin" in made.why
