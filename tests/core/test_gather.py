"""Several sentences about one event are one mention; two events stay two."""

from typing import Any

import pytest

from stream.core.gather import ANAPHOR, gather
from stream.core.records import Evidence, First, Mention


def mention(number: int = 0, **changes: Any) -> Mention:
    """A sanction by the EU on Belarus, told in sentence `number`."""
    evidence = Evidence(start=10 * number, end=10 * number + 5, text=f"جمله{number}")
    given: dict[str, Any] = {
        "type": "sanction.imposed",
        "status": "happened",
        "time": "current",
        "actors": ("EU",),
        "recipients": ("BLR",),
        "trigger": "تحریم کرد",
        "evidence": (evidence,),
        "rule": "sanction_imposed",
    }
    return Mention(**{**given, **changes})


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({}, id="the same again"),
        pytest.param({"recipients": ()}, id="one side unnamed"),
        pytest.param({"actors": (), "recipients": ()}, id="both sides unnamed"),
        pytest.param({"recipients": ("BLR", "RUS")}, id="one party more"),
        pytest.param({"status": "claimed"}, id="a claim beside a fact"),
        pytest.param({"day": "2026-03-04"}, id="the day told once"),
    ],
)
def test_one_event(other: dict[str, Any]) -> None:
    (made,) = gather([mention(), mention(1, **other)])
    assert made.status == "happened"
    assert {e.text for e in made.evidence} == {"جمله0", "جمله1"}
    assert set(made.actors) >= {"EU"}
    assert set(made.recipients) >= {"BLR"}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"type": "sanction.lifted"}, id="another type"),
        pytest.param({"recipients": ("RUS",)}, id="another recipient"),
        pytest.param({"actors": ("USA",)}, id="another actor"),
        pytest.param({"status": "planned"}, id="a plan beside what happened"),
        pytest.param({"status": "denied"}, id="a denial"),
        pytest.param({"time": "background"}, id="an older one"),
    ],
)
def test_two_events(other: dict[str, Any]) -> None:
    both = [mention(), mention(1, **other)]
    assert gather(both) == tuple(both)


def test_two_background_events_of_two_days_stay_two() -> None:
    both = [mention(n, time="background", day=day) for n, day in enumerate(("2018-05-08", "2019-06-24"))]
    assert gather(both) == tuple(both)


def test_the_fuller_parties_win() -> None:
    (made,) = gather([mention(actors=(), recipients=("BLR",)), mention(1, actors=("EU", "GBR"), recipients=("BLR",))])
    assert (made.actors, made.recipients) == (("EU", "GBR"), ("BLR",))


def test_a_fact_after_a_claim_is_the_one_kept() -> None:
    (made,) = gather([mention(status="claimed"), mention(1)])
    assert (made.status, made.evidence[0].text) == ("happened", "جمله1")


def test_what_only_one_sentence_tells_is_kept() -> None:
    (made,) = gather(
        [
            mention(headline=True, first=First(), persons=("a",), places=("minsk",)),
            mention(1, first=First(since="جنگ سرد"), persons=("b",), day="2026-03-04"),
        ]
    )
    assert made.headline
    assert made.first == First(since="جنگ سرد")
    assert (made.persons, made.places, made.day) == (("a", "b"), ("minsk",), "2026-03-04")


def test_at_most_three_pieces_of_evidence() -> None:
    (made,) = gather([mention(n) for n in range(5)])
    assert len(made.evidence) == 3


def test_the_order_of_the_text_stays() -> None:
    told = [mention(0, type="protest"), mention(1), mention(2, type="protest"), mention(3, type="accident")]
    assert [m.type for m in gather(told)] == ["protest", "sanction.imposed", "accident"]


def test_nothing_is_nothing() -> None:
    assert gather([]) == ()


def strike(number: int = 0, **changes: Any) -> Mention:
    """A strike by Kenya on Somalia, told in sentence `number`."""
    return mention(number, **{"type": "attack.armed", "actors": ("KEN",), "recipients": ("SOM",), **changes})


def test_strikes_by_one_side_are_one() -> None:
    (made,) = gather([strike(), strike(1, recipients=("ETH",))])
    assert (made.actors, made.recipients) == (("KEN",), ("SOM", "ETH"))


def test_strikes_by_two_sides_are_two() -> None:
    both = [strike(), strike(1, actors=("SOM",), recipients=())]
    assert gather(both) == tuple(both)


def test_a_clash_beside_what_one_side_did_is_that() -> None:
    (made,) = gather([strike(actors=("SOM", "KEN"), recipients=()), strike(1)])
    assert (made.actors, made.recipients) == (("KEN",), ("SOM",))


def test_who_suffered_told_without_a_doer_joins_the_strike() -> None:
    (made,) = gather([strike(), strike(1, actors=(), recipients=("KEN", "SOM"))])
    assert (made.actors, made.recipients) == (("KEN",), ("SOM",))


def test_a_sentence_that_refers_back_joins_whatever_its_time() -> None:
    (made,) = gather([strike(), strike(1, actors=(), time="background", why=(ANAPHOR,))])
    assert (made.time, len(made.evidence)) == ("current", 2)


def test_what_fits_only_after_another_joined_is_joined_too() -> None:
    made = gather(
        [mention(actors=()), mention(1, actors=(), recipients=("RUS",)), mention(2, recipients=("BLR", "RUS"))]
    )
    assert [m.recipients for m in made] == [("BLR", "RUS")]


def test_a_killing_in_a_strike_is_told_once() -> None:
    made = gather([strike(type="attack.assassination"), strike()])
    assert [m.type for m in made] == ["attack.assassination"]
