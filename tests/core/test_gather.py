"""Several sentences about one event are one mention; two events stay two."""

from typing import Any

import pytest

from stream.core.gather import gather
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
