"""The life of an alert: denied, corrected, no longer told, taken back, embargoed."""

from datetime import datetime, timedelta

import msgspec
import pytest

from stream.core.machine import Entry, Machine
from stream.core.records import Alert, Attribution, Tick, Where
from tests.core.life import control, decisions, kinds, last, tick
from tests.core.mention_log import FACTS, NOON, POLICY, machine, mention, record, withdrawal

CALL = mention("contact.call", "USA RUS")
STRIKE = mention("attack.armed", "ISR", "IRN")
DENIED = mention(
    "attack.armed",
    "ISR",
    "IRN",
    status="denied",
    text="سخنگوی ارتش حمله را رد کرد",
    attribution=Attribution(kind="official", text="سخنگوی ارتش", state="ISR"),
)


# --- denied -----------------------------------------------------------------------------------------------------------


def test_a_denial_by_another_is_told_with_both_pieces_of_evidence_and_cancels_nothing() -> None:
    log: list[Entry] = [record("IRNA/1", STRIKE), record("TASS/1", DENIED)]
    assert kinds(*log) == ["create!", "update!"]
    told = last(*log)
    assert "تکذیب شد از سوی سخنگوی ارتش" in told.line
    assert told.status == "happened"
    [contradiction] = told.contradictions
    assert (contradiction.kind, contradiction.by) == ("denied", "سخنگوی ارتش")
    assert (contradiction.against.uri, contradiction.report.uri) == ("IRNA/1", "TASS/1")
    assert contradiction.against.evidence == STRIKE.evidence
    assert contradiction.report.evidence == DENIED.evidence
    assert [source.uri for source in told.sources] == ["IRNA/1"]


def test_the_same_denial_through_another_outlet_is_no_news() -> None:
    assert kinds(record("IRNA/1", STRIKE), record("TASS/1", DENIED), record("ISNA/1", DENIED)) == [
        "create!",
        "update!",
        "repeat",
    ]


def test_a_denial_of_what_nobody_was_told_is_held() -> None:
    by_others = msgspec.structs.replace(DENIED, attribution=Attribution(kind="official", text="لاوروف", state="RUS"))
    assert kinds(record("TASS/1", by_others)) == ["status_denied"]
    assert kinds(record("TASS/1", msgspec.structs.replace(DENIED, time="background"))) == ["not_current"]


def test_neither_who_reports_a_denial_nor_whose_claim_it_is_denies_it() -> None:
    agency = msgspec.structs.replace(DENIED, attribution=Attribution(kind="outlet", text="رویترز"))
    claim = msgspec.structs.replace(DENIED, why=("clause: claim «ادعای»", "predicate: denied «تکذیب کرد»"))
    for denied in (agency, claim):
        told = last(record("IRNA/1", STRIKE), record("TASS/1", denied))
        assert "از سوی" not in told.line
        assert "تکذیب" in told.line
        assert [one.by for one in told.contradictions] == [""]


def test_an_offer_that_is_turned_down_denies_nothing() -> None:
    truce = mention("ceasefire.declared", "HAMAS ISR")
    refused = msgspec.structs.replace(truce, status="denied", why=("predicate: denied «رد کرد»",))
    untrue = msgspec.structs.replace(truce, status="denied", why=("predicate: denied «تکذیب کرد»",))
    assert kinds(record("IRNA/1", truce), record("TASS/1", refused)) == ["create!", "status_denied"]
    assert kinds(record("IRNA/1", truce), record("TASS/1", untrue)) == ["create!", "update!"]


def test_an_article_that_tells_the_denial_too_gives_one_alert_with_it() -> None:
    for mentions in ((STRIKE, DENIED), (DENIED, STRIKE)):
        told = decisions(record("IRNA/1", *mentions))[0]
        [alert] = [one for one in told if isinstance(one, Alert)]
        assert alert.kind == "create"
        assert [one.by for one in alert.contradictions] == ["سخنگوی ارتش"]


def test_a_denial_that_is_withdrawn_is_no_longer_shown() -> None:
    log: list[Entry] = [
        record("IRNA/1", STRIKE),
        record("TASS/1", DENIED),
        withdrawal("TASS/1"),
        record("ISNA/1", STRIKE),
    ]
    assert kinds(*log) == ["create!", "update!", "nothing_to_withdraw", "update!"]
    assert last(*log).contradictions == ()


# --- corrected, no longer told ----------------------------------------------------------------------------------------


def test_a_new_version_that_lacks_it_is_noted_once_and_takes_nothing_back() -> None:
    log: list[Entry] = [record("IRNA/1", CALL), record("IRNA/1", version="2"), record("IRNA/1", version="3")]
    assert kinds(*log) == ["create!", "update", "no_mention"]
    told = last(*log)
    assert told.absent == ("IRNA/1",)
    assert "در نسخهٔ تازه نیست" in told.line[:60]
    back = last(*log, record("IRNA/1", CALL, version="4"), record("ISNA/1", CALL))
    assert back.absent == ()


def test_a_live_page_may_lack_what_it_told() -> None:
    assert kinds(record("IRNA/1", CALL), record("IRNA/1", version="2", live=True)) == ["create!", "no_mention"]


def test_a_new_version_that_tells_it_as_something_else_does_not_lack_it() -> None:
    planned = mention("contact.call", "USA RUS", status="planned")
    assert kinds(record("IRNA/1", CALL), record("IRNA/1", planned, version="2")) == ["create!", "status_planned"]


def test_words_of_correction_take_the_only_support_away_and_cancel() -> None:
    log: list[Entry] = [record("IRNA/1", CALL), record("IRNA/1", version="2", correction="اصلاحیه")]
    assert kinds(*log) == ["create!", "cancel!"]
    created, cancelled = (one for some in decisions(*log) for one in some if isinstance(one, Alert))
    assert cancelled.references == (created.id,)
    assert cancelled.taken_back is not None
    assert (cancelled.taken_back.by, cancelled.taken_back.who) == ("source", "IRNA/1")
    assert "اصلاحیه" in cancelled.taken_back.because


def test_words_of_correction_leave_what_others_tell() -> None:
    log: list[Entry] = [
        record("IRNA/1", CALL),
        record("ISNA/1", CALL),
        record("IRNA/1", version="2", correction="اصلاحیه"),
    ]
    assert kinds(*log)[-1] in ("update", "correct!")
    assert [source.uri for source in last(*log).sources] == ["ISNA/1"]


def test_a_source_that_corrects_what_it_says_of_the_event_corrects_the_alert() -> None:
    other = mention("contact.call", "USA RUS", places=("moscow",))
    assert kinds(record("IRNA/1", CALL), record("IRNA/1", other, version="2", correction="تصحیح")) == [
        "create!",
        "correct!",
    ]


def test_a_correction_by_another_source_is_an_update() -> None:
    other = mention("contact.call", "USA RUS", places=("moscow",))
    assert kinds(record("IRNA/1", CALL), record("ISNA/1", other, correction="تصحیح")) == ["create!", "update!"]


@pytest.mark.parametrize("how", ["canceled", "withheld", "deleted"])
def test_only_the_source_takes_its_word_back(how: str) -> None:
    gone = withdrawal("IRNA/1") if how == "deleted" else record("IRNA/1", CALL, version="2", pub_status=how)
    told = last(record("IRNA/1", CALL), gone)
    assert told.kind == "cancel"
    assert told.taken_back is not None
    assert (told.taken_back.by, told.taken_back.because) == ("source", how)
    assert kinds(record("IRNA/1", CALL), withdrawal("ISNA/1")) == ["create!", "nothing_to_withdraw"]


# --- taken back by the newsroom ---------------------------------------------------------------------------------------


def test_the_newsroom_takes_an_alert_back_and_later_reports_stay_silent() -> None:
    [[created]] = decisions(record("IRNA/1", CALL))
    assert isinstance(created, Alert)
    log: list[Entry] = [
        record("IRNA/1", CALL),
        control("retract", target=created.id),
        record("ISNA/1", CALL),
        withdrawal("IRNA/1"),
    ]
    assert kinds(*log) == ["create!", "cancel!", "retracted", "retracted"]
    told = last(*log)
    assert told.references == (created.id,)
    assert told.taken_back is not None
    assert (told.taken_back.by, told.taken_back.who, told.taken_back.because) == ("newsroom", "سردبیر", "آزمون")
    by_event: list[Entry] = [
        record("IRNA/1", CALL),
        control("retract", target=created.event),
        control("retract", target=created.id),
    ]
    assert kinds(*by_event) == ["create!", "cancel!", "nothing_to_retract"]


# --- embargoes and time -----------------------------------------------------------------------------------------------

LATER = NOON + timedelta(hours=2)


@pytest.mark.parametrize("by", [tick(2), record("ISNA/9", hours=2)])
def test_an_embargoed_article_is_released_by_the_first_record_past_its_hour(by: Entry) -> None:
    it = machine()
    log: list[Entry] = [record("IRNA/1", CALL, embargoed_until=LATER), tick(1), by]
    out = decisions(*log, it=it)
    assert [len(some) for some in out[:2]] == [1, 0]
    released = out[2][0]
    assert isinstance(released, Alert)
    assert (released.kind, released.received >= LATER) == ("create", True)


def test_an_embargoed_article_can_be_replaced_taken_back_and_overtaken() -> None:
    first = record("IRNA/1", CALL, embargoed_until=LATER)
    newer = record("IRNA/1", CALL, version="2", embargoed_until=LATER + timedelta(hours=1))
    older = record("IRNA/1", CALL, version="0", embargoed_until=LATER)
    assert kinds(first, newer, older, tick(2), tick(3)) == ["embargoed", "embargoed", "older_version", "create!"]
    assert kinds(first, withdrawal("IRNA/1"), tick(3)) == ["embargoed", "nothing_to_withdraw"]
    killed = record("IRNA/1", CALL, version="2", pub_status="canceled")
    assert kinds(first, killed, tick(3)) == ["embargoed", "nothing_to_withdraw"]
    out_early = record("IRNA/1", CALL, version="2")
    assert kinds(first, out_early, tick(3)) == ["embargoed", "create!"]


def test_embargoed_articles_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stream.core.standing.EMBARGOED", 2)
    log: list[Entry] = [record(f"IRNA/{n}", CALL, embargoed_until=LATER) for n in range(3)]
    assert kinds(*log, tick(3)) == ["embargoed", "embargoed", "embargoed", "embargo_dropped", "create!", "update"][
        :6
    ] or (kinds(*log, tick(3))[3] == "embargo_dropped")


def test_late_and_double_ticks_change_nothing() -> None:
    it = machine()
    decisions(record("IRNA/1", CALL), tick(1), it=it)
    before = it.to_bytes()
    assert it.apply(7, tick(1)) == ()
    assert it.apply(8, tick(-3)) == ()
    again = Machine.from_bytes(before, POLICY, FACTS)
    again.apply(7, tick(1))
    again.apply(8, tick(-3))
    assert again.to_bytes() == it.to_bytes()


def test_times_stay_as_they_were_given_through_a_snapshot() -> None:
    it = machine()
    decisions(record("IRNA/1", CALL, embargoed_until=LATER), control("mute", hours=1, desk="economy"), it=it)
    again = Machine.from_bytes(it.to_bytes(), POLICY, FACTS)
    assert again.controls == it.controls
    assert again.to_bytes() == it.to_bytes()
    [released] = again.apply(2, Tick(at=datetime.fromisoformat("2026-06-02T00:00:00Z")))
    assert isinstance(released, Alert)


def test_two_happenings_of_one_article_between_the_same_two_are_two_events() -> None:
    here, there = (
        mention("attack.armed", "ISR", "IRN", places=(place,), where=(Where(id=place, exact=True, within=("IRN",)),))
        for place in ("tabriz", "isfahan")
    )
    it = machine()
    made = [one for one in it.apply(0, record("IRNA/1", here, there)) if isinstance(one, Alert)]
    assert len({one.event for one in made}) == it.open_events == sum(one.kind == "create" for one in made)
