"""Scores of small label files, counted by hand and by the definition of the task."""

from typing import Any

import msgspec
import pytest

from stream.scoring import Labelled, Scores, Share, pairs, score


def mention(
    type_: str, status: str = "happened", time: str = "current", actors: str = "", recipients: str = "", **more: Any
) -> Labelled:
    """A label; ids with spaces between."""
    plain = {"type": type_, "status": status, "time": time, "actors": actors.split(), "recipients": recipients.split()}
    return msgspec.convert({**plain, **more}, Labelled)


FIRST: dict[str, Any] = {"first": {"claimed": True, "since": None}}
GOLD = {
    "right": [mention("contact.call", actors="KEN UGA", **FIRST)],
    "missed": [mention("protest", actors="SRB")],
    "family": [mention("attack.terror", recipients="PAK")],
    "leak": [mention("office.change", "planned", actors="LTU")],
    "quiet": [mention("justice", "denied", actors="HRV"), mention("accident", time="background", recipients="NPL")],
    "two": [
        mention("attack.armed", actors="RUS", recipients="UKR"),
        mention("attack.armed", "claimed", actors="UKR", recipients="RUS"),
    ],
    "none": [],
    "extra": [],
    "unjudged": [mention("threat", actors="PRK", recipients="JPN")],
}
JUDGED = {
    "right": [mention("contact.call", "claimed", actors="KEN", **FIRST), mention("contact.call", actors="KEN UGA")],
    "missed": [],
    "family": [mention("attack.armed", recipients="PAK AFG")],
    "leak": [mention("office.change", actors="LTU")],
    "quiet": [mention("justice", "conditional", actors="HRV")],
    "two": [
        mention("attack.armed", actors="UKR", recipients="RUS"),
        mention("attack.armed", actors="RUS", recipients="UKR", time="background"),
    ],
    "none": [],
    "extra": [mention("protest", **FIRST)],
    "not labelled": [mention("protest")],
}


@pytest.fixture
def scores() -> Scores:
    return score(GOLD, JUDGED)


@pytest.mark.parametrize(
    ("name", "right", "found", "gold"),
    [
        pytest.param("alertable", 2, 6, 6, id="alertable mentions"),
        pytest.param("family", 3, 6, 6, id="families of types"),
        pytest.param("text", 3, 5, 5, id="texts"),
        pytest.param("parties", 4, 4, 4, id="parties of what is right"),
        pytest.param("first", 1, 2, 1, id="first claims"),
    ],
)
def test_shares(scores: Scores, name: str, right: int, found: int, gold: int) -> None:
    assert getattr(scores, name) == Share(right, found, gold)


def test_pairs_of_one_type_whatever_their_status(scores: Scores) -> None:
    assert (scores.paired, scores.status_right, scores.time_right) == (5, 2, 4)
    assert (scores.quiet_gold, scores.quiet_found, scores.quiet_leaked) == (3, 2, 1)
    assert scores.confusion == {
        ("current/happened", "current/happened"): 1,
        ("current/planned", "current/happened"): 1,
        ("current/denied", "current/conditional"): 1,
        ("current/happened", "background/happened"): 1,
        ("current/claimed", "current/happened"): 1,
    }


def test_types_have_their_own_figures(scores: Scores) -> None:
    assert scores.types["attack.armed"] == Share(1, 2, 2)
    assert scores.types["contact.call"] == Share(1, 2, 1)
    assert scores.types["protest"] == Share(0, 1, 1)
    assert "justice" not in scores.types


def test_faults_are_named(scores: Scores) -> None:
    told = {(fault.kind, fault.id) for fault in scores.faults}
    assert {("missed", "missed"), ("missed", "unjudged"), ("leaked", "leak"), ("spurious", "extra")} <= told
    assert {
        ("status", "quiet"),
        ("time", "two"),
        ("status", "two"),
        ("spurious", "family"),
        ("missed", "family"),
    } <= told
    assert ("spurious", "leak") not in told, "a leak is told once"


def test_a_text_that_was_not_judged_counts_as_silent() -> None:
    scores = score(GOLD, {})
    assert scores.alertable == Share(0, 0, 6)
    assert (scores.paired, scores.text.gold) == (0, 5)
    assert (scores.alertable.precision, scores.alertable.recall, scores.alertable.f1) == (0.0, 0.0, 0.0)


def test_f1_is_the_harmonic_mean() -> None:
    share = Share(right=3, found=4, gold=6)
    assert (share.precision, share.recall) == (0.75, 0.5)
    assert share.f1 == pytest.approx(0.6)


def test_those_that_share_parties_pair_first() -> None:
    gold = [mention("justice", actors="A"), mention("justice", actors="B C")]
    judged = [mention("justice", actors="B C"), mention("justice", actors="D")]
    matched, alone, spare = pairs(gold, judged, lambda m: m.type)
    assert {(a.actors, b.actors) for a, b in matched} == {(("B", "C"), ("B", "C")), (("A",), ("D",))}
    assert (alone, spare) == ([], [])
