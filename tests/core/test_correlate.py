"""Which reports are one event, and how article versions take part in it."""

import msgspec
import pytest

from stream.core.machine import Decision, Machine
from stream.core.records import Alert, Hold, Mention, Mentions
from tests.core.mention_log import FACTS, NOON, POLICY, machine, mention, record, withdrawal


def run(*records: Mentions) -> list[Decision]:
    """All decisions of a fresh machine, in order."""
    fresh = machine()
    return [one for offset, given in enumerate(records) for one in fresh.apply(offset, given)]


def kinds(decisions: list[Decision]) -> list[str]:
    """ "create", "update!" (with notify) or the reason of a Hold."""
    assert all(isinstance(one, Alert | Hold) for one in decisions)
    told = [one for one in decisions if isinstance(one, Alert | Hold)]
    return [f"{one.kind}{'!' * one.notify}" if isinstance(one, Alert) else one.reason for one in told]


CALL = mention("contact.call", "USA RUS")
STRIKE = mention("attack.armed", "ISR", "IRN")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(CALL, CALL, True, id="the same parties"),
        pytest.param(CALL, mention("contact.call", "RUS USA"), True, id="reciprocal: in another order"),
        pytest.param(CALL, mention("contact.call", "USA", "RUS"), True, id="reciprocal: told as actor and recipient"),
        pytest.param(CALL, mention("contact.call", "RUS"), True, id="reciprocal: one party unnamed"),
        pytest.param(CALL, mention("contact.call", "RUS USA CHN"), True, id="reciprocal: one more party"),
        pytest.param(CALL, mention("contact.call", "USA CHN"), False, id="reciprocal: another party"),
        pytest.param(CALL, mention("contact.call"), False, id="reciprocal: no party named"),
        pytest.param(CALL, mention("contact.meeting", "USA RUS"), False, id="another type"),
        pytest.param(STRIKE, mention("attack.armed", "", "IRN"), True, id="actor unnamed"),
        pytest.param(STRIKE, mention("attack.armed", "ISR"), True, id="recipient unnamed"),
        pytest.param(STRIKE, mention("attack.armed", "IRN", "ISR"), False, id="the other way round"),
        pytest.param(STRIKE, mention("attack.armed", "USA", "IRN"), False, id="another actor"),
        pytest.param(STRIKE, mention("attack.armed"), False, id="nobody named"),
        pytest.param(
            mention("attack.armed", "ISR"), mention("attack.armed", "", "IRN"), False, id="no party in common"
        ),
        pytest.param(mention("accident"), mention("accident"), True, id="nobody named in both"),
        pytest.param(
            mention("attack.armed", "ISR", "IRN", day="2026-05-31"),
            mention("attack.armed", "ISR", "IRN", day="2026-06-01"),
            True,
            id="days of one night",
        ),
        pytest.param(
            mention("attack.armed", "ISR", "IRN", day="2026-05-30"),
            mention("attack.armed", "ISR", "IRN", day="2026-06-01"),
            False,
            id="days apart",
        ),
    ],
)
def test_same_event(one: Mention, other: Mention, same: bool) -> None:
    for first, second in ((one, other), (other, one)):
        decisions = kinds(run(record("IRNA/1", first), record("ISNA/1", second, hours=1)))
        assert decisions == ["create!", "update!" if same else "create!"]


@pytest.mark.parametrize(("hours", "kind"), [(24, "update!"), (24.1, "create!"), (-24, "update!"), (-24.1, "create!")])
def test_reports_within_the_merge_window_are_one_event(hours: float, kind: str) -> None:
    assert kinds(run(record("IRNA/1", CALL), record("ISNA/1", CALL, hours=hours))) == ["create!", kind]


def test_articles_of_other_years_that_arrive_together_are_events_of_their_own() -> None:
    old = record("IRNA/1", CALL, published=NOON.replace(year=2022))
    again = record("ISNA/1", CALL, published=NOON.replace(year=2022, hour=13))
    assert kinds(run(old, record("IRNA/2", CALL), again)) == ["create!", "create!", "update!"]


def test_an_article_without_a_time_counts_by_its_arrival() -> None:
    assert kinds(run(record("IRNA/1", CALL), record("ISNA/1", CALL, published=None))) == ["create!", "update!"]


def test_an_event_names_all_parties_that_its_reports_name() -> None:
    last = run(
        record("IRNA/1", mention("attack.armed", "", "IRN", persons=("p1",), places=("Tehran",))),
        record("ISNA/1", mention("attack.armed", "ISR", "IRN", persons=("p2",), places=("Tehran",), day="2026-06-01")),
    )[-1]
    assert isinstance(last, Alert)
    assert (last.actors, last.recipients, last.persons, last.places) == (("ISR",), ("IRN",), ("p1", "p2"), ("Tehran",))
    assert last.day == "2026-06-01"
    assert [source.uri for source in last.sources] == ["IRNA/1", "ISNA/1"]


def test_of_two_events_that_fit_the_one_with_exactly_these_parties_is_joined() -> None:
    decisions = run(
        record("IRNA/1", mention("contact.call", "USA RUS")),
        record("IRNA/2", mention("contact.call", "USA CHN")),
        record("ISNA/1", mention("contact.call", "USA RUS"), hours=1),
        record("Mehr/1", mention("contact.call", "USA"), hours=1),
    )
    assert kinds(decisions) == ["create!", "create!", "update!", "update!"]
    events = [one.event for one in decisions if isinstance(one, Alert)]
    assert events[2] == events[0]
    assert events[3] in events[:2]


def test_two_mentions_of_one_event_in_one_article_are_one_alert() -> None:
    assert kinds(run(record("IRNA/1", CALL, mention("contact.call", "USA")))) == ["create!", "repeat"]


def test_a_second_mention_that_tells_the_claim_as_fact_counts() -> None:
    decisions = run(record("IRNA/1", mention("contact.call", "USA RUS", status="claimed"), CALL))
    assert kinds(decisions) == ["create!", "update!"]
    assert [one.status for one in decisions if isinstance(one, Alert)] == ["claimed", "happened"]


# --- versions ---------------------------------------------------------------------------------------------------------


def test_the_same_version_again_changes_nothing() -> None:
    assert kinds(run(*[record("IRNA/1", CALL)] * 4)) == ["create!"] + ["same_version"] * 3


def test_a_newer_version_replaces_the_article_as_a_source() -> None:
    longer = mention("contact.call", "USA RUS", day="2026-06-01")
    decisions = run(record("IRNA/1", CALL), record("IRNA/1", longer, version="2"), record("IRNA/1", CALL, version="3"))
    assert kinds(decisions) == ["create!", "update", "update"]
    assert [s.version for one in decisions if isinstance(one, Alert) for s in one.sources] == ["1", "2", "3"]


def test_a_newer_version_that_adds_nothing_is_a_repeat() -> None:
    assert kinds(run(record("IRNA/1", CALL), record("IRNA/1", CALL, version="2"))) == ["create!", "repeat"]


def test_an_older_version_is_held() -> None:
    assert kinds(run(record("IRNA/1", version="10"), record("IRNA/1", CALL, version="9"))) == [
        "no_mention",
        "older_version",
    ]


def test_a_version_that_takes_the_fact_back_to_a_claim_corrects() -> None:
    claim = mention("contact.call", "USA RUS", status="claimed")
    decisions = run(record("IRNA/1", CALL), record("IRNA/1", claim, version="2"))
    assert kinds(decisions) == ["create!", "correct!"]


# --- taking back ------------------------------------------------------------------------------------------------------


def test_the_withdrawal_of_the_only_source_cancels() -> None:
    created, cancelled = run(record("IRNA/1", CALL), withdrawal("IRNA/1", hours=1))
    assert isinstance(created, Alert)
    assert isinstance(cancelled, Alert)
    assert (cancelled.kind, cancelled.notify, cancelled.sources) == ("cancel", True, ())
    assert cancelled.event == created.event
    assert cancelled.references == (created.id,)
    assert cancelled.evidence == created.evidence


def test_the_withdrawal_of_one_of_two_sources_is_an_update_in_silence() -> None:
    decisions = run(record("IRNA/1", CALL), record("ISNA/1", CALL), withdrawal("IRNA/1"), withdrawal("ISNA/1"))
    assert kinds(decisions) == ["create!", "update!", "update", "cancel!"]
    third = decisions[2]
    assert isinstance(third, Alert)
    assert [source.uri for source in third.sources] == ["ISNA/1"]
    assert "ISNA: " in third.line


def test_when_the_source_that_told_the_fact_is_withdrawn_the_claim_remains_and_is_told() -> None:
    claim = mention("contact.call", "USA RUS", status="claimed")
    decisions = run(record("IRNA/1", claim), record("ISNA/1", CALL), withdrawal("ISNA/1"))
    assert kinds(decisions) == ["create!", "update!", "correct!"]


@pytest.mark.parametrize("status", ["canceled", "withheld"])
def test_a_version_that_its_source_kills_or_holds_back_cancels(status: str) -> None:
    killed = record("IRNA/1", CALL, version="2", pub_status=status)
    assert kinds(run(record("IRNA/1", CALL), killed)) == ["create!", "cancel!"]


def test_a_kill_cancels_whatever_version_it_names() -> None:
    same = record("IRNA/1", CALL, pub_status="canceled")
    assert kinds(run(record("IRNA/1", CALL), same, same)) == ["create!", "cancel!", "nothing_to_withdraw"]
    assert kinds(run(record("IRNA/1", CALL, version="2"), same)) == ["create!", "older_version"]


def test_a_killed_article_that_comes_late_is_not_alerted() -> None:
    killed = record("IRNA/1", version="2", pub_status="canceled")
    assert kinds(run(killed, record("IRNA/1", CALL))) == ["nothing_to_withdraw", "older_version"]


def test_a_withdrawn_article_that_is_sent_again_is_not_alerted() -> None:
    decisions = run(record("IRNA/1", CALL), withdrawal("IRNA/1"), record("IRNA/1", CALL))
    assert kinds(decisions) == ["create!", "cancel!", "same_version"]


def test_an_unknown_article_can_be_withdrawn() -> None:
    assert kinds(run(withdrawal("IRNA/1"))) == ["nothing_to_withdraw"]


def test_one_article_can_cancel_several_events() -> None:
    both = record("IRNA/1", CALL, STRIKE)
    assert kinds(run(both, withdrawal("IRNA/1"))) == ["create!", "create!", "cancel!", "cancel!"]


def test_a_cancelled_event_can_come_again_from_elsewhere() -> None:
    decisions = run(record("IRNA/1", CALL), withdrawal("IRNA/1"), record("ISNA/1", CALL, hours=1))
    assert kinds(decisions) == ["create!", "cancel!", "create!"]


def test_what_only_names_the_same_parties_does_not_look_back_at_an_event() -> None:
    fresh = machine()
    strike = mention("attack.armed", "ISR", "IRN", persons=("a-person",), terms=("پل", "قطار", "روستا"))
    vague = mention("attack.armed", "ISR", "IRN", time="background", terms=("پل", "کارگر", "جاده"))
    tied = msgspec.structs.replace(vague, terms=strike.terms)
    given = [record("IRNA/1", strike), record("ISNA/1", vague), record("TASS/1", tied)]
    for offset, one in enumerate(given):
        fresh.apply(offset, one)
    (event,) = fresh._correlator.state.events.values()
    assert list(event.looked_back) == ["TASS/1"]
    assert not fresh.events_of("ISNA/1")


def test_a_withdrawn_article_no_longer_denies_nor_looks_back() -> None:
    fresh = machine()
    strike = mention("attack.armed", "ISR", "IRN", terms=("پل", "قطار", "روستا"))
    before = msgspec.structs.replace(strike, time="background")
    denial = msgspec.structs.replace(strike, status="denied", why=("predicate: denied «تکذیب کرد»",))
    for offset, given in enumerate(
        [record("IRNA/1", strike), record("ISNA/1", before, denial, hours=1), record("TASS/1", strike, hours=1)]
    ):
        fresh.apply(offset, given)
    (event,) = fresh._correlator.state.events.values()
    assert "ISNA/1" in event.denials
    assert "ISNA/1" in event.looked_back
    fresh.apply(3, withdrawal("ISNA/1"))
    assert not event.denials
    assert not event.looked_back
    assert list(event.supports) == ["IRNA/1", "TASS/1"]


def test_withheld_and_embargoed_articles_wait_and_may_come_again_as_the_same_version() -> None:
    withheld = record("IRNA/1", CALL, pub_status="withheld")
    embargoed = record("IRNA/1", CALL, hours=1, embargoed_until=NOON.replace(hour=15))
    released = record("IRNA/1", CALL, hours=3, embargoed_until=NOON.replace(hour=15))
    assert kinds(run(withheld, embargoed, released)) == ["withheld", "embargoed", "create!", "same_version"]


# --- memory -----------------------------------------------------------------------------------------------------------


def test_events_and_articles_are_forgotten_after_their_time() -> None:
    fresh, kept = machine(), int(POLICY.hours.keep)
    for offset in range(kept + 100):
        party = f"A{offset % 7} B{offset % 11}"
        fresh.apply(offset, record(f"IRNA/{offset}", mention("contact.call", party), hours=offset))
        assert fresh.open_events <= kept + 1
    state = fresh._correlator.state
    assert len(state.seen) == kept + 1
    assert state.now == record("", hours=kept + 99).origin.received
    assert kinds(list(fresh.apply(kept + 100, withdrawal(f"IRNA/{kept + 99}", hours=kept + 99)))) == ["cancel!"]
    assert kinds(list(fresh.apply(kept + 101, withdrawal("IRNA/1", hours=kept + 99)))) == ["nothing_to_withdraw"]


def test_beyond_the_bounds_the_oldest_are_forgotten() -> None:
    bounds = msgspec.structs.replace(POLICY.bounds, events=3, articles=5)
    small = Machine(msgspec.structs.replace(POLICY, bounds=bounds), FACTS)
    for offset in range(20):
        small.apply(offset, record(f"IRNA/{offset}", mention("contact.call", f"A{offset} B")))
    small.apply(20, record("IRNA/20"))
    assert small.open_events == 3
    assert list(small._correlator.state.seen) == [f"IRNA/{n}" for n in range(15, 21)]


def test_a_withdrawal_after_its_event_was_forgotten_finds_nothing() -> None:
    fresh = machine()
    fresh.apply(0, record("IRNA/1", CALL))
    kept = int(POLICY.hours.keep)
    fresh.apply(1, record("IRNA/1", version="2", hours=kept - 8))
    assert kinds(list(fresh.apply(2, withdrawal("IRNA/1", hours=kept + 12)))) == ["nothing_to_withdraw"]


def test_time_never_goes_back() -> None:
    fresh = machine()
    fresh.apply(0, record("IRNA/1", CALL, hours=100))
    fresh.apply(1, record("IRNA/2", hours=0))
    assert fresh._correlator.state.now == record("", hours=100).origin.received
