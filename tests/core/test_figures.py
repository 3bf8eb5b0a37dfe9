"""What a mention's sentences tell besides its event: figures, hour, offices, whose claim it is, what came to light."""

import msgspec
import pytest

from stream.core.judge import judge
from stream.core.records import Mention, Mentions
from tests.core.texts import article, book


def only(body: str) -> Mention:
    (found,) = judge(article(body), book()).mentions
    return found


def test_the_next_sentence_counts_where_it_goes_on_with_the_event() -> None:
    told = "زمین‌لرزه‌ای به بزرگی ۵.۴ ریشتر استان کرمان را لرزاند. "
    assert [(n.kind, n.value) for n in only(told + "در این حادثه ۱۲ نفر کشته شدند.").numbers] == [
        ("magnitude", 5.4),
        ("dead", 12),
    ]
    assert [n.kind for n in only(told + "سال گذشته در بم ۳ نفر کشته شدند.").numbers] == ["magnitude"]


def test_what_weighs_nothing_is_left_out() -> None:
    assert only("زمین‌لرزه‌ای در عمق ۱۰ کیلومتری استان کرمان را لرزاند.").numbers == ()


@pytest.mark.parametrize(
    ("body", "hour"),
    [
        ("زمین‌لرزه ساعت ۹:۳۰ امروز استان کرمان را لرزاند.", "09:30"),
        ("زمین‌لرزه ساعت ۸ صبح امروز استان کرمان را لرزاند.", "08:00"),
        ("زمین‌لرزه ساعت ۹ شب دیروز استان کرمان را لرزاند.", "21:00"),
        ("زمین‌لرزه ساعت ۲۳:۳۰ امروز استان کرمان را لرزاند.", None),  # the text was published at noon
        ("زمین‌لرزه امروز استان کرمان را لرزاند.", None),
    ],
)
def test_the_hour_of_the_event(body: str, hour: str | None) -> None:
    assert only(body).hour == hour


@pytest.mark.parametrize(
    ("body", "roles"),
    [
        ("وزیر خارجه ایران با لاوروف تلفنی گفت‌وگو کرد.", ("foreign_minister",)),
        ("پوتین و وزیر خارجه ترکیه در مسکو دیدار کردند.", ("president", "foreign_minister")),
        ("هیئتی از عراق با مقام‌های ایران در تهران دیدار کرد.", ()),
    ],
)
def test_offices_are_those_that_are_named_or_held(body: str, roles: tuple[str, ...]) -> None:
    assert only(body).roles == roles


@pytest.mark.parametrize(
    ("body", "who"),
    [
        ("ادعای سی‌ان‌ان: ارتش اسرائیل به اصفهان حمله کرد", ("outlet", "سی‌ان‌ان", None)),
        ("ارتش اسرائیل مدعی شد به مرکز نطنز حمله کرده است.", ("party", "ارتش اسرائیل", "ISR")),
        ("نتانیاهو ادعا کرد که ایران به اسرائیل حمله کرد.", ("party", "نتانیاهو", "ISR")),
        ("منابع آگاه گفتند ارتش اسرائیل به اصفهان حمله کرد.", ("unnamed", "منابع آگاه", None)),
    ],
)
def test_whose_claim_it_is(body: str, who: tuple[str, str, str | None]) -> None:
    said = only(body).attribution
    assert said is not None
    assert (said.kind, said.text, said.state) == who


def test_what_only_now_came_to_light_says_so() -> None:
    assert only("دیدار محرمانه مقام‌های ایران و آمریکا در عمان فاش شد.").revealed
    assert not only("مقام‌های ایران و آمریکا در عمان دیدار کردند.").revealed


def test_records_from_before_these_fields_can_still_be_read() -> None:
    old = msgspec.to_builtins(only("ارتش اسرائیل به اصفهان حمله کرد."))
    for name in ("numbers", "roles", "hour", "revealed"):
        del old[name]
    origin = {"topic": "articles", "partition": 0, "offset": 0, "received": "2026-03-04T12:00:00Z"}
    line = msgspec.json.encode({"uri": "u", "mentions": [old], "origin": origin})
    (mention,) = msgspec.json.decode(line, type=Mentions).mentions
    assert (mention.numbers, mention.roles, mention.hour, mention.revealed) == ((), (), None, False)
