"""The one line of an alert: what its first 60 characters carry, the verbatim slice, outlet, origins and hours."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stream.core.correlate import Support
from stream.core.line import HEAD, LINE, clip, first_words, line
from stream.core.policy import CERTAINTIES, LEVELS
from stream.core.records import Alert, Attribution, Mention, Voice
from tests.core.mention_log import NOON, POLICY, machine, mention, record, withdrawal

# the machine that runs the tests may be busy: how long an example takes says nothing
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

CALL = mention("contact.call", "USA RUS")
SAID = Attribution(kind="official", text="سخنگوی وزارت خارجه")
ARMY = Attribution(kind="official", text="ارتش روسیه", state="RUS")
CHANNEL: dict[str, Any] = {"publisher": Voice(id="channel", kind="anonymous_channel")}


def only(told: Mention, uri: str = "IRNA/1", **fields: Any) -> str:
    outlets = {"IRNA": "ایرنا", "channel": "کانال"}
    (made,) = machine(outlets=outlets).apply(0, record(uri, told, **fields))
    assert isinstance(made, Alert)
    return made.line


def test_lines_of_an_events_life() -> None:
    title = "🔴 بلینکن و لاوروف تلفنی گفت‌وگو کردند\nکانال خبر"
    fresh = machine()
    lines = [
        one.line
        for n, given_record in enumerate(
            [
                record("IRNA/1", CALL, title=title),
                record("ISNA/1", mention("contact.call", "USA RUS", status="claimed", attribution=SAID), title=title),
                record("TASS/1", mention("contact.call", "USA RUS", headline=False, text="دو وزیر گفت‌وگو کردند")),
                withdrawal("IRNA/1"),
                withdrawal("ISNA/1"),
                withdrawal("TASS/1"),
            ]
        )
        for one in fresh.apply(n, given_record)
        if isinstance(one, Alert)
    ]
    words = "بلینکن و لاوروف تلفنی گفت‌وگو کردند"
    assert lines == [
        f"عادی | IRNA: {words} (۱ منبع، گزارش ۱۲:۰۰)",
        f"عادی | تکمیلی | ادعا | سخنگوی وزارت خارجه: {words} (ISNA، ۲ منبع، گزارش ۱۲:۰۰)",
        "عادی | تکمیلی | TASS: دو وزیر گفت‌وگو کردند (۳ منبع، گزارش ۱۲:۰۰)",
        f"عادی | تکمیلی | ادعا | سخنگوی وزارت خارجه: {words} (ISNA، ۲ منبع، گزارش ۱۲:۰۰)",
        "عادی | اصلاح | TASS: دو وزیر گفت‌وگو کردند (۱ منبع، گزارش ۱۲:۰۰)",
        "لغو هشدار | TASS: دو وزیر گفت‌وگو کردند (۰ منبع، گزارش ۱۲:۰۰)",
    ]


@pytest.mark.parametrize("kind", ["official", "party"])
def test_a_belligerent_is_named_in_the_head_on_its_own_and_its_enemys_acts(kind: Any) -> None:
    said = Attribution(kind=kind, text="ارتش روسیه", state="RUS")
    for sides in (("RUS", "UKR"), ("UKR", "RUS")):
        told = only(mention("attack.armed", *sides, attribution=said), title="یک انبار مهمات در جنوب منفجر شد")
        assert "ارتش روسیه" in told[:HEAD]
    assert "RIA: " in only(mention("attack.armed", "RUS", "UKR"), "RIA/1")[:HEAD]  # nobody else said: its outlet


def test_a_fact_that_only_a_channel_tells_is_called_unverified() -> None:
    assert only(CALL, "channel/1", title="دو وزیر گفت‌وگو کردند", **CHANNEL) == (
        "عادی | تأییدنشده | کانال: دو وزیر گفت‌وگو کردند (۰ منبع، گزارش ۱۲:۰۰)"
    )
    assert "تأییدنشده" not in only(CALL)


def test_the_hour_and_day_of_the_event_where_they_are_told() -> None:
    assert only(mention("contact.call", "USA RUS", day="2026-06-01", hour="09:30")).endswith(
        "(۱ منبع، رخداد ۰۹:۳۰، گزارش ۱۲:۰۰)"
    )
    assert only(mention("contact.call", "USA RUS", day="2026-05-31")).endswith("(۱ منبع، رخداد ۱۰ خرداد، گزارش ۱۲:۰۰)")


def test_who_says_it_is_not_said_twice() -> None:
    call = mention("contact.call", "USA RUS", attribution=Attribution(kind="official", text="لاوروف"))
    assert only(call, title="لاوروف: با بلینکن گفت‌وگو کردم").count("لاوروف") == 1
    outlet = mention("contact.call", "USA RUS", attribution=Attribution(kind="outlet", text="ایرنا"))
    assert only(outlet, title="گفت‌وگوی دو وزیر") == "عادی | ایرنا: گفت‌وگوی دو وزیر (۱ منبع، گزارش ۱۲:۰۰)"


def test_words_of_claiming_are_nobodys_name() -> None:
    call = mention("contact.call", "USA RUS", status="claimed", attribution=Attribution(kind="unnamed", text="ادعای"))
    assert only(call, title="گفت‌وگوی دو وزیر").startswith("عادی | ادعا | ایرنا: گفت‌وگوی دو وزیر")


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        ("و دو وزیر گفت‌وگو کردند", "دو وزیر گفت‌وگو کردند"),
        ("که دو وزیر گفت‌وگو کردند", "دو وزیر گفت‌وگو کردند"),
        ("ورود وزیر به بغداد", "ورود وزیر به بغداد"),
        ("و", "و"),
    ],
)
def test_a_clause_begins_without_the_word_that_joined_it(evidence: str, words: str) -> None:
    told = mention("contact.call", text=evidence, headline=False)
    assert first_words(support(told)) == words


def support(told: Mention, title: str = "", outlet: str | None = None) -> Support:
    return Support(
        uri="u", version="1", outlet=outlet, url=None, title=title, published=None, signature="", mention=told
    )


@calm
@given(
    title=st.text(max_size=300),
    evidence=st.text(min_size=1, max_size=300),
    who=st.text(max_size=300),
    outlet=st.none() | st.text(max_size=300),
    headline=st.booleans(),
    kind=st.sampled_from(sorted(POLICY.words.kinds)),
    level=st.sampled_from(LEVELS),
    certainty=st.sampled_from(CERTAINTIES),
    status=st.sampled_from(["happened", "claimed", "called_off", "denied"]),
    hour=st.none() | st.just("23:59"),
    day=st.none() | st.just("2026-05-20"),
)
def test_a_line_is_short_and_holds_a_verbatim_slice(  # type: ignore[no-untyped-def]
    title, evidence, who, outlet, headline, kind, level, certainty, status, hour, day
) -> None:
    said = Attribution(kind="official", text=who)
    told = mention(
        "contact.call", status=status, text=evidence, headline=headline, attribution=said, hour=hour, day=day
    )
    cause = support(told, title, outlet)
    made = line(kind, level, certainty, cause, NOON, POLICY.words, {}, 12)
    assert len(made) <= LINE
    words = first_words(cause)
    assert words in title or words in evidence
    assert words in made or words[:10].rstrip(" ،؛,;:-–") in made
    if kind != "cancel":
        assert POLICY.words.levels[level] in made[:HEAD]
    assert POLICY.words.statuses[status] in made[:HEAD]
    named = " ".join(who.split()) or " ".join((outlet or "").split())
    if named and not named.startswith(("ادعا", "مدعی", "شنیده")):
        assert named[:15].strip() in made[:HEAD]


@pytest.mark.parametrize(
    ("text", "size", "clipped"),
    [
        ("یک دو سه", 8, "یک دو سه"),
        ("یک دو سه", 7, "یک دو…"),
        ("یک دو، سه", 7, "یک دو…"),
        ("یکدوسه", 4, "یکد…"),
        ("یک دو سه چهار", 6, "یک دو…"),
        ("و چهارشنبه‌سوری", 9, "و چهارشن…"),
    ],
)
def test_clip(text: str, size: int, clipped: str) -> None:
    assert clip(text, size) == clipped
