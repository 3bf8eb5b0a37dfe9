"""What the machine asks the ledger of contacts, and what it lets it know: in order, once, and taken back with the event."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from stream.core.history import History, HistoryContact, HistoryDay, named
from stream.core.machine import Machine
from stream.core.past import Anchor, FirstCheck
from stream.core.policy import LEVELS
from stream.core.records import Alert, First, Hold, Mention
from tests.core.mention_log import FACTS, NOON, POLICY, mention, record, withdrawal

WAR = Anchor(id="war", title="جنگ اوکراین", day="2026-03-01", names=("جنگ اوکراین",), parties=("RUS", "UKR"))
TODAY = NOON.date()  # 2026-06-01


def call(actors: str = "TUR QAT", first: bool = False, **fields: Any) -> Mention:
    return mention("contact.call", actors, first=First(since="جنگ اوکراین") if first else None, **fields)


def history(*days: str, since: str = "2025-01-01", until: str = "2026-05-31") -> History:
    """An archive with every day from `since` on, and calls of Turkey and Qatar on some."""
    first, last = date.fromisoformat(since), date.fromisoformat(until)
    seen = [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]
    return named(
        History(
            contacts=tuple(
                HistoryContact(type="contact.call", day=day, actors=("TUR", "QAT"), uri=f"old {day}", outlet="IRNA")
                for day in days
            ),
            days=tuple(HistoryDay(day=day, outlet="IRNA", articles=30) for day in seen),
        )
    )


class Log:
    """A machine that is given one record after the other."""

    def __init__(self, *entries: Any) -> None:
        self.machine = Machine(POLICY, FACTS, {"IRNA": "ایرنا"}, (WAR,))
        for entry in entries:
            self.give(entry)

    def give(self, entry: Any) -> tuple[Any, ...]:
        return self.machine.apply(self.machine.applied + 1, entry)

    def alert(self, entry: Any) -> Alert:
        (made,) = self.give(entry)
        assert isinstance(made, Alert), made
        return made


# --- a claim to be the first ------------------------------------------------------------------------------------------


def test_a_claim_that_nothing_is_known_against() -> None:
    made = Log(history("2026-02-27")).alert(record("ISNA/1", call(first=True)))
    assert made.first_check is not None
    assert (made.first_check.result, made.first_check.since) == ("none_known", "2026-03-01")
    assert made.archive == "در بایگانی ما از جنگ اوکراین (۱۰ اسفند ۱۴۰۴) گفت‌وگوی تلفنی دیگری ثبت نشده"
    assert made.archive in made.why
    assert "first claim: none_known, QAT–TUR, since 2026-03-01, archive from 2025-01-01, 2 outlets" in made.why
    assert (made.severity, made.level) == ("moderate", "bulletin")


def test_a_claim_that_the_archive_contradicts_makes_nothing_graver() -> None:
    made = Log(history("2026-04-10")).alert(record("ISNA/1", call(first=True)))
    assert made.first_check is not None
    assert made.first_check.contact is not None
    assert (made.first_check.result, made.first_check.contact.uri) == ("contradicted", "old 2026-04-10")
    assert made.archive == "در بایگانی ما گفت‌وگوی تلفنی دیگری هست: ۲۱ فروردین ۱۴۰۵، ایرنا"
    assert (made.severity, made.level) == ("minor", "routine")
    assert made.first == First(since="جنگ اوکراین")  # what the text says stays what it says


@pytest.mark.parametrize(
    ("archive", "reason", "words"),
    [
        (None, "archive_begins_later", "بایگانی ما هنوز خالی است"),
        (history(since="2026-04-01"), "archive_begins_later", "بایگانی ما از ۱۲ فروردین ۱۴۰۵ آغاز می‌شود"),
        (history(until="2026-05-20"), "archive_gap", "بایگانی ما از جنگ اوکراین (۱۰ اسفند ۱۴۰۴) تاکنون ۱۱ روز کم دارد"),
    ],
)
def test_an_archive_that_can_not_say_says_why(archive: History | None, reason: str, words: str) -> None:
    log = Log() if archive is None else Log(archive)
    made = log.alert(record("ISNA/1", call(first=True)))
    assert made.first_check is not None
    assert (made.first_check.result, made.first_check.reason, made.archive) == ("unknown", reason, words)
    assert made.level == "bulletin"


def test_a_claim_that_a_later_report_brings_is_checked() -> None:
    log = Log(history("2026-04-10"))
    assert log.alert(record("ISNA/1", call())).first_check is None
    made = log.alert(record("Mehr/1", call(first=True), hours=1))
    assert made.kind == "update"
    assert made.first_check is not None
    assert made.first_check.result == "contradicted"


def test_a_contact_of_others_of_the_same_sides_is_shown() -> None:
    told = call(first=True, persons=("fidan", "mohammed-bin-abdulrahman"))
    made = Log(history("2026-04-10")).alert(record("ISNA/1", told))
    assert made.first_check is not None
    assert made.first_check.others is not None
    assert (made.first_check.result, made.first_check.others.day) == ("none_known", "2026-04-10")
    assert made.first_check.between == ("fidan", "mohammed-bin-abdulrahman")
    assert made.archive.endswith("ثبت نشده؛ از همین دو طرف، نه این دو تن: گفت‌وگوی تلفنی، ۲۱ فروردین ۱۴۰۵، ایرنا")


# --- what the stream tells is remembered ------------------------------------------------------------------------------


def check(log: Log, days: int = 4, dated: bool = True) -> FirstCheck:
    """What becomes of a claim so many days later. `dated`: its text tells the day."""
    day = (TODAY + timedelta(days=days)).isoformat() if dated else None
    made = log.alert(record("ISNA/later", call(first=True, day=day), hours=24 * days + 3))
    assert made.first_check is not None
    return made.first_check


def contradicted(log: Log) -> bool:
    return check(log).result == "contradicted"


def test_its_own_reports_do_not_contradict_an_event() -> None:
    log = Log(history())
    for n, outlet in enumerate(("ISNA", "Mehr", "Fars")):
        made = log.alert(record(f"{outlet}/1", call(first=True), hours=10 * n))
        assert made.first_check is not None
        assert made.first_check.result == "none_known"


def test_what_the_stream_told_contradicts_later() -> None:
    assert contradicted(Log(record("IRNA/1", call())))


@pytest.mark.parametrize(
    ("days", "dated", "result"),
    [
        pytest.param(1, True, "unknown", id="the day before"),
        pytest.param(2, True, "contradicted", id="another day"),
        pytest.param(2, False, "unknown", id="told days later without its day"),
        pytest.param(7, False, "contradicted", id="too long ago to be told as new"),
    ],
)
def test_a_contact_of_the_days_before_may_be_the_same_one(days: int, dated: bool, result: str) -> None:
    found = check(Log(record("IRNA/1", call()), record("IRNA/2", hours=24 * days)), days, dated)
    assert (found.result, found.reason) == (result, "told_before" if result == "unknown" else "")
    assert found.contact is not None
    assert found.contact.uri == "IRNA/1"


def test_a_contact_that_may_be_the_same_one_is_shown() -> None:
    log = Log(record("IRNA/1", call()))
    made = log.alert(record("ISNA/later", call(first=True), hours=60))
    assert made.archive == "در بایگانی ما گفت‌وگوی تلفنی دیگری هست که شاید همین باشد: ۱۱ خرداد ۱۴۰۵، ایرنا"
    assert made.level == "bulletin"


def test_a_contact_that_is_too_old_to_be_told_is_remembered() -> None:
    late = record("IRNA/1", call(day=(TODAY - timedelta(days=10)).isoformat()))
    log = Log()
    assert [one.reason for one in log.give(late)] == ["stale"]
    assert check(log, days=1, dated=False).result == "contradicted"
    log = Log(late, withdrawal("IRNA/1", hours=1))
    assert not log.machine.ledger.lines


@pytest.mark.parametrize("status", ["claimed", "planned", "denied"])
def test_what_did_not_happen_is_not_remembered(status: str) -> None:
    assert not contradicted(Log(record("IRNA/1", call(status=status))))


def test_a_claim_that_becomes_fact_is_remembered() -> None:
    assert contradicted(Log(record("IRNA/1", call(status="claimed")), record("Mehr/1", call(), hours=1)))


@pytest.mark.parametrize(
    "taken_back",
    [
        withdrawal("IRNA/1", hours=1),
        record("IRNA/1", version="2", pub_status="canceled", hours=1),
        record("IRNA/1", version="2", correction="اصلاحیه", hours=1),
    ],
)
def test_a_contact_that_is_taken_back_is_forgotten(taken_back: Any) -> None:
    log = Log(record("IRNA/1", call()))
    assert log.machine.ledger.lines
    log.give(taken_back)
    assert not log.machine.ledger.lines
    assert not contradicted(log)


def test_a_contact_that_others_still_tell_stays() -> None:
    log = Log(record("IRNA/1", call()), record("Mehr/1", call(), hours=1), withdrawal("IRNA/1", hours=2))
    assert contradicted(log)
    (line,) = log.machine.ledger.lines.values()
    assert [contact.uri for contact in line.latest] == ["Mehr/1", "ISNA/later"]


def test_what_was_taken_back_leaves_the_next_as_the_first_since() -> None:
    log = Log(record("IRNA/1", call()), record("IRNA/2", call(), hours=72), withdrawal("IRNA/1", hours=80))
    (line,) = log.machine.ledger.lines.values()
    assert [contact.uri for contact in line.latest] == ["IRNA/2"]
    assert [contact.uri for contact in line.firsts] == ["IRNA/2"]


# --- a long silence ---------------------------------------------------------------------------------------------------


def test_a_contact_after_a_long_silence_says_so_and_is_a_bulletin() -> None:
    made = Log(history("2025-06-01")).alert(record("ISNA/1", call()))
    assert made.silence is not None
    assert (made.silence.days, made.silence.last.day) == (365, "2025-06-01")
    assert made.archive == "پس از ۳۶۵ روز؛ آخرین گفت‌وگوی تلفنی در بایگانی ما: ۱۱ خرداد ۱۴۰۴، ایرنا"
    assert "severity: long_silence, +1: moderate" in made.why
    assert (made.severity, made.level) == ("moderate", "bulletin")


def test_a_short_silence_is_none() -> None:
    made = Log(history("2026-01-01")).alert(record("ISNA/1", call()))
    assert (made.silence, made.archive, made.level) == (None, "", "routine")


def test_a_claim_of_no_fact_ends_no_silence() -> None:
    assert Log(history("2025-06-01")).alert(record("ISNA/1", call(status="claimed"))).silence is None


# Whatever else raises a contact, a claim or a silence adds no more than a bulletin.
@pytest.mark.parametrize("kind", ["contact.call", "contact.meeting", "contact.message"])
@pytest.mark.parametrize("pair", ["TUR QAT", "RUS USA", "IRN USA"])
@pytest.mark.parametrize("roles", [(), ("foreign_minister",), ("president",)])
def test_neither_raises_the_level_above_bulletin(kind: str, pair: str, roles: tuple[str, ...]) -> None:
    def told(log: Log, **fields: Any) -> int:
        made = log.alert(record("ISNA/1", mention(kind, pair, roles=roles, **fields)))
        return LEVELS.index(made.level)

    archive = msgspec.structs.replace(
        history(since="2024-01-01"),
        contacts=(HistoryContact(type=kind, day="2024-05-01", actors=tuple(pair.split()), uri="old", outlet=None),),
    )
    plain, bulletin = told(Log()), LEVELS.index("bulletin")
    for level in (told(Log(), first=First(since="جنگ اوکراین")), told(Log(archive))):
        assert plain <= level <= max(plain, bulletin)


# --- records of history -----------------------------------------------------------------------------------------------


def test_a_record_of_history_alerts_nobody_and_counts_once() -> None:
    log = Log()
    assert log.give(history("2026-04-10")) == ()
    before = msgspec.json.encode(log.machine.ledger)
    assert log.give(history("2026-04-10")) == (Hold(reason="history_known", detail=history("2026-04-10").id),)
    assert msgspec.json.encode(log.machine.ledger) == before


def test_an_archive_that_overlaps_with_another_counts_no_article_twice() -> None:
    def part(articles: int, rulebook: str) -> History:
        days = (HistoryDay(day="2026-04-10", outlet="IRNA", articles=articles),)
        return named(History(days=days, rulebook=rulebook))

    log = Log(part(12, "a"), part(12, "b"), part(15, "c"))
    assert log.machine.ledger.coverage.spans == []
    log.give(named(History(days=(HistoryDay(day="2026-04-10", outlet="Mehr", articles=5),))))
    assert log.machine.ledger.coverage.spans == [("2026-04-10", "2026-04-10")]


def test_history_survives_a_restart() -> None:
    log = Log(history("2026-04-10"), record("IRNA/1", call("RUS USA")))
    again = Machine.from_bytes(log.machine.to_bytes(), POLICY, FACTS, {"IRNA": "ایرنا"}, (WAR,))
    assert again.ledger == log.machine.ledger
    log.machine = again
    assert contradicted(log)


def test_articles_cover_their_days_once() -> None:
    log = Log(*(record(f"IRNA/{n}") for n in range(10)), *(record(f"IRNA/{n}") for n in range(10)))
    assert log.machine.ledger.coverage.counts == {TODAY.isoformat(): {"IRNA": 10}}
    for n in range(10):
        log.give(record(f"Mehr/{n}"))
    assert log.machine.ledger.coverage.spans == [(TODAY.isoformat(), TODAY.isoformat())]
