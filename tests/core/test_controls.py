"""What the newsroom steers: mutes, watches, and which desks are told."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from stream.core.controls import named
from stream.core.machine import Entry, Machine
from stream.core.policy import Route
from stream.core.records import Alert, Hold
from tests.core.life import control, decisions, kinds, last, tick
from tests.core.mention_log import FACTS, NOON, POLICY, machine, mention, record, withdrawal

CALL = mention("contact.call", "USA RUS")


# --- mutes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "select",
    [
        {"type": "contact.call"},
        {"type": "contact"},
        {"party": "RUS"},
        {"pair": ("RUS", "USA")},
        {"place": "moscow"},
        {"person": "lavrov"},
        {"outlet": "IRNA"},
        {"desk": "diplomacy"},
        {"type": "contact", "party": "USA", "outlet": "IRNA"},
    ],
)
def test_what_a_mute_selects_is_held_and_the_event_goes_on(select: dict[str, Any]) -> None:
    call = mention("contact.call", "USA RUS", places=("moscow",), persons=("lavrov",))
    mute = control("mute", hours=5, **select)
    it = machine()
    [_, [held], *_] = decisions(mute, record("IRNA/1", call), it=it)
    assert isinstance(held, Hold)
    assert (held.reason, held.detail) == ("muted", f"{mute.id} by سردبیر: آزمون")
    assert it.open_events == 1


@pytest.mark.parametrize(
    "select",
    [
        {"type": "contact.meeting"},
        {"type": "con"},
        {"party": "CHN"},
        {"pair": ("USA", "CHN")},
        {"outlet": "ISNA"},
        {"desk": "economy"},
        {"type": "contact", "party": "CHN"},
    ],
)
def test_what_a_mute_does_not_select_is_told(select: dict[str, Any]) -> None:
    assert kinds(control("mute", hours=5, **select), record("IRNA/1", CALL)) == ["create!"]


def test_a_mute_ends_by_the_time_of_a_record_and_the_event_is_told_then() -> None:
    log: list[Entry] = [control("mute", hours=2, party="RUS"), record("IRNA/1", CALL), record("ISNA/1", CALL, hours=1)]
    assert kinds(*log, record("Mehr/1", CALL, hours=2)) == ["muted", "muted", "create!"]
    assert kinds(*log, tick(2), record("Mehr/1", CALL, hours=1.5)) == ["muted", "muted", "create!"]


def test_a_mute_is_lifted_by_its_id_or_by_what_it_selects() -> None:
    mute = control("mute", hours=5, party="RUS")
    told = record("IRNA/1", CALL)
    assert kinds(mute, control("unmute", target=mute.id), told) == ["create!"]
    assert kinds(mute, control("unmute", party="RUS"), told) == ["create!"]
    assert kinds(mute, control("unmute", party="USA"), told) == ["nothing_to_lift", "muted"]
    assert kinds(mute, control("unwatch", target=mute.id), told) == ["nothing_to_lift", "muted"]
    assert kinds(control("unmute"), told) == ["nothing_to_lift", "create!"]


def test_a_control_that_says_nothing_new_is_named() -> None:
    mute = control("mute", hours=5, party="RUS")
    assert kinds(mute, mute, named(msgspec.structs.replace(mute, at=NOON + timedelta(minutes=1)))) == [
        "control_known",
        "control_known",
    ]
    assert kinds(tick(6), mute) == ["control_over"]
    assert kinds(control("mute", hours=5)) == ["control_empty"]


def test_controls_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stream.core.standing.CONTROLS", 2)
    it = machine()
    decisions(*[control("mute", hours=5, party=party) for party in ("IRN", "USA", "RUS")], it=it)
    assert [one.select.party for one in it.controls] == ["USA", "RUS"]


def test_what_becomes_of_an_event_that_nobody_was_told_of_is_no_news() -> None:
    mute = control("mute", hours=5, party="RUS")
    assert kinds(mute, record("IRNA/1", CALL), withdrawal("IRNA/1")) == ["muted", "never_told"]


def test_a_correction_and_a_cancel_pass_every_mute() -> None:
    mute = control("mute", hours=5, party="RUS")
    assert kinds(record("IRNA/1", CALL), mute, withdrawal("IRNA/1")) == ["create!", "cancel!"]
    claim = mention("contact.call", "USA RUS", status="claimed")
    log: list[Entry] = [
        record("IRNA/1", CALL),
        record("ISNA/1", claim),
        mute,
        record("Mehr/1", CALL),
        withdrawal("IRNA/1"),
    ]
    assert kinds(*log, withdrawal("Mehr/1"))[-1] == "correct!"


# --- watches ----------------------------------------------------------------------------------------------------------


def test_a_watch_raises_the_level_and_says_why() -> None:
    watch = control("watch", level="urgent", pair=("USA", "RUS"))
    told = last(watch, record("IRNA/1", CALL))
    assert told.level == "urgent"
    assert f"watch {watch.id[:8]} by سردبیر (pair USA RUS): urgent" in told.why
    assert last(record("IRNA/1", CALL)).level == "routine"
    assert last(watch, control("unwatch", target=watch.id), record("IRNA/1", CALL)).level == "routine"
    assert last(watch, record("IRNA/1", mention("war.start", "USA", "RUS"))).level == "flash"  # never lowered
    other = control("watch", level="urgent", desk="economy", party="RUS")
    assert last(other, record("IRNA/1", CALL)).level == "routine"
    ended = control("watch", level="urgent", party="RUS", hours=1)
    assert last(ended, record("IRNA/1", CALL, hours=2)).level == "routine"


# --- desks ------------------------------------------------------------------------------------------------------------


def routed(*routes: Route) -> Machine:
    return Machine(msgspec.structs.replace(POLICY, routes=routes), FACTS)


def test_an_alert_goes_to_the_desks_of_all_its_routes_else_to_that_of_its_rule() -> None:
    routes = (
        Route(desks=("security", "politics"), types=("contact",), parties=("RUS",)),
        Route(desks=("economy", "security"), places=("moscow",)),
        Route(desks=("society",), level="flash"),
    )
    in_moscow = mention("contact.call", "USA RUS", places=("moscow",))
    told = last(record("IRNA/1", in_moscow), it=routed(*routes))
    assert (told.desk, told.desks) == ("security", ("security", "politics", "economy"))
    assert last(record("IRNA/1", CALL), it=routed(*routes)).desks == ("security", "politics")
    assert last(record("IRNA/1", mention("contact.call", "USA CHN")), it=routed(*routes)).desks == ("diplomacy",)
    assert last(record("IRNA/1", mention("war.start", "USA", "CHN")), it=routed(*routes)).desks == ("society",)


def test_a_mute_of_one_desk_leaves_the_others() -> None:
    routes = (Route(desks=("security", "politics"), types=("contact",)),)
    told = last(control("mute", hours=5, desk="security"), record("IRNA/1", CALL), it=routed(*routes))
    assert told.desks == ("politics",)


def test_a_cancel_reaches_every_desk_that_was_ever_told() -> None:
    routes = (Route(desks=("security",), level="bulletin"), Route(desks=("politics",), parties=("CHN",)))
    log: list[Entry] = [
        record("IRNA/1", CALL),
        control("watch", level="urgent", party="RUS"),
        record("ISNA/1", mention("contact.call", "USA RUS CHN")),
        control("mute", hours=5, type="contact"),
        withdrawal("IRNA/1"),
        withdrawal("ISNA/1"),
    ]
    out = [one.desks for some in decisions(*log, it=routed(*routes)) for one in some if isinstance(one, Alert)]
    assert out[0] == ("diplomacy",)
    assert set(out[1]) == {"diplomacy", "security", "politics"}
    assert set(out[-1]) == {"diplomacy", "security", "politics"}
