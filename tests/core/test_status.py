"""News told apart from plan, denial, claim and background: one sentence for each kind of evidence."""

import pytest

from stream.core.judge import judge
from tests.core.texts import article, book

LONG = "این سخنران از تاریخ شهر و بازار و مدرسه و باغ آن گفت. " * 60


def light(body: str, kind: str, title: str = "") -> set[tuple[str, str]]:
    """Status and time of every mention of a type."""
    return {(m.status, m.time) for m in judge(article(body, title), book()).mentions if m.type == kind}


@pytest.mark.parametrize(
    ("body", "kind", "status", "time"),
    [
        pytest.param("کنیا سفیر اوگاندا را احضار کرد.", "diplomatic.relations", "happened", "current", id="told"),
        pytest.param(
            "منابع آگاه گفتند کنیا سفیر اوگاندا را احضار کرد.",
            "diplomatic.relations",
            "claimed",
            "current",
            id="unnamed sources",
        ),
        pytest.param("ارتش هند آتش‌بس را نقض کرد.", "ceasefire.violated", "claimed", "current", id="an accusation"),
        pytest.param(
            "اتیوپی با نقض توافق رود نیل سد تازه‌ای ساخت.",
            "agreement.breach",
            "claimed",
            "current",
            id="called a breach",
        ),
        pytest.param(
            "سه سرباز هندی بر اثر حمله ارتش پاکستان جان دادند.", "attack.armed", "happened", "current", id="a cause"
        ),
        pytest.param(
            "اتیوپی با بستن مرز خود با اریتره تجارت را فلج کرد.", "restriction", "happened", "current", id="means"
        ),
        pytest.param(
            "هرگونه حمله هند به پاکستان فاجعه است.", "attack.armed", "conditional", "current", id="any attack"
        ),
        pytest.param(
            "تا زمانی که تحریم‌های کوبا برداشته نشود، صبر می‌کنیم.",
            "sanction.lifted",
            "proposed",
            "current",
            id="until it is lifted",
        ),
        pytest.param(
            "نه تحریمی علیه کوبا لغو خواهد شد و نه پولی می‌رسد.",
            "sanction.lifted",
            "denied",
            "current",
            id="neither nor",
        ),
        pytest.param(
            "مصر و سودان نتوانستند به توافق دست یابند.", "agreement.signed", "called_off", "current", id="could not"
        ),
        pytest.param(
            "هفته گذشته کنیا سفیر اوگاندا را احضار کرد.",
            "diplomatic.relations",
            "happened",
            "background",
            id="last week",
        ),
        pytest.param(
            "این نخستین دیدار وزیران خارجه مصر و ترکیه از سال ۲۰۱۳ محسوب می‌شود.",
            "contact.meeting",
            "happened",
            "current",
            id="counts as the first",
        ),
    ],
)
def test_one_sentence(body: str, kind: str, status: str, time: str) -> None:
    assert (status, time) in light(body, kind)


@pytest.mark.parametrize(
    ("body", "kind", "status", "time"),
    [
        pytest.param(
            "وزیر خارجه کنیا که فردا با همتای اوگاندایی خود دیدار خواهد کرد گفت: اگر باران ببارد دیر می‌رسم.",
            "contact.meeting",
            "planned",
            "current",
            id="a condition in somebody's words",
        ),
        pytest.param(
            "اگر هند به پاکستان حمله کند، بازار می‌ریزد.", "attack.armed", "conditional", "current", id="a protasis"
        ),
        pytest.param(
            "ابراز نگرانی مصر از ادامه محاصره دریایی جیبوتی توسط اتیوپی",
            "restriction",
            "happened",
            "current",
            id="fear that it goes on",
        ),
        pytest.param(
            "احتمال حمله هند به پاکستان کم نیست.", "attack.armed", "conditional", "current", id="not unlikely"
        ),
        pytest.param(
            "کنیا و اوگاندا بر سر تبادل صد زندانی به توافق رسیدند.",
            "prisoner.exchange",
            "planned",
            "current",
            id="agreed to come",
        ),
        pytest.param(
            "پاکستان برای حملاتش به هند بهای سنگینی پرداخت.",
            "attack.armed",
            "happened",
            "background",
            id="paid for",
        ),
        pytest.param(
            "دیدار وزیران خارجه مصر و ترکیه برگزار نشد.",
            "contact.meeting",
            "denied",
            "current",
            id="did not take place",
        ),
        pytest.param(
            "اتیوپی بارها به اریتره حمله کرده است.", "attack.armed", "happened", "background", id="often before"
        ),
        pytest.param(
            "کنیا چندین بار سفیر اوگاندا را احضار کرده است.",
            "diplomatic.relations",
            "happened",
            "background",
            id="several times",
        ),
        pytest.param(
            "در انتخابات ۱۹۹۸ ونزوئلا هوگو چاوز پیروز شد.", "politics.vote", "happened", "background", id="a bare year"
        ),
        pytest.param(
            "وقتی هند به پاکستان حمله کرد، من در لاهور بودم.", "attack.armed", "happened", "background", id="when"
        ),
        pytest.param(
            "لبنان از آتش‌سوزی در چند روستا و حمله پهپادی اسرائیل به صور خبر داد.",
            "attack.armed",
            "happened",
            "current",
            id="the second of two things reported",
        ),
        pytest.param(
            "گزارش‌های اولیه از حمله موشکی هند به پاکستان حکایت دارد.",
            "attack.armed",
            "claimed",
            "current",
            id="tell of",
        ),
        pytest.param(
            "حدود ده ساعت پس از حمله هند به پاکستان، بازارها لرزید.",
            "attack.armed",
            "happened",
            "current",
            id="hours ago",
        ),
        pytest.param(
            "لاهور پس از حمله موشکی هند به پاکستان", "attack.armed", "happened", "current", id="under a picture"
        ),
        pytest.param(
            "این فیلم نشان می‌دهد که چگونه هند به پاکستان حمله کرد.", "attack.armed", "happened", "background", id="how"
        ),
        pytest.param(
            "هند و پاکستان به دنبال آتش‌بس فوری هستند.", "ceasefire.declared", "proposed", "current", id="sought"
        ),
        pytest.param("تصاویری از حمله هند به پاکستان", "attack.armed", "happened", "current", id="shown"),
        pytest.param(
            "خبر روزنامه‌ها مبنی بر حمله هند به پاکستان تأیید نشد.",
            "attack.armed",
            "denied",
            "current",
            id="not confirmed",
        ),
        pytest.param(
            "هند هیچ نقشی در حملات دیشب به پاکستان نداشته است.", "attack.armed", "denied", "current", id="no part in it"
        ),
        pytest.param(
            "این فیلم حمله هند به پاکستان در ۲ مارس را نشان می‌دهد.",
            "attack.armed",
            "happened",
            "background",
            id="a date of what is spoken of lies behind",
        ),
        pytest.param(
            "مسکو در تدارک حمله تازه‌ای به اودسا است.", "attack.armed", "planned", "current", id="being prepared"
        ),
        pytest.param(
            "مصر و سودان به دستیابی به توافق نزدیک بودند.",
            "agreement.signed",
            "proposed",
            "current",
            id="they were near one",
        ),
        pytest.param(
            "امیدواریم مصر و سودان به توافق برسند.",
            "agreement.signed",
            "proposed",
            "current",
            id="a deal hoped for is on the table",
        ),
        pytest.param(
            "مصر مخالف امضای توافق با سودان نیست.", "agreement.signed", "proposed", "current", id="not against it"
        ),
        pytest.param(
            "موج سوم حمله هند به پاکستان در حال انجام است.", "attack.armed", "happened", "current", id="in full swing"
        ),
        pytest.param(
            "ارتش پاکستان اصابت سه موشک هند به پیشاور را تأیید می‌کند.",
            "attack.armed",
            "happened",
            "current",
            id="confirmed in the present",
        ),
        pytest.param(
            "احتمال شکست گفتگوها و حمله هند به پاکستان وجود دارد.",
            "attack.armed",
            "conditional",
            "current",
            id="the second of two things possible",
        ),
        pytest.param("هفتمین حمله هوایی هند به پاکستان", "attack.armed", "happened", "current", id="counted"),
        pytest.param(
            "نیروهای اردن به رهگیری موشک‌های هند کمک کردند.", "attack.armed", "happened", "current", id="helped to do it"
        ),
        pytest.param(
            "هیچ متنی برای توافق مصر با سودان تصویب نشده است.",
            "agreement.signed",
            "denied",
            "current",
            id="what was sought is not",
        ),
        pytest.param(
            "نشست‌های مقدماتی پیش از امضای توافق‌نامه مصر و سودان در قاهره برگزار می‌شود.",
            "agreement.signed",
            "planned",
            "current",
            id="before what lies ahead",
        ),
        pytest.param(
            "این مراسم پس از حمله هند به پاکستان برگزار شد.",
            "attack.armed",
            "happened",
            "background",
            id="another thing took place after it",
        ),
        pytest.param("چرا هند به پاکستان حمله کرد؟", "attack.armed", "happened", "background", id="asked why"),
        pytest.param(
            "پاکستان سلاح ساخت و به همین دلیل هند به پاکستان حمله کرد.",
            "attack.armed",
            "happened",
            "background",
            id="told for its reason",
        ),
        pytest.param(
            "هند ابتدا به پاکستان حمله کرد و بعد کنار کشید.", "attack.armed", "happened", "background", id="at first"
        ),
        pytest.param(
            "اجرای قرارداد مستلزم دسترسی و بازرسی آژانس در پاکستان است.",
            "nuclear",
            "proposed",
            "current",
            id="the second of two things needed",
        ),
        pytest.param(
            "مصر و سودان اکنون به توافق صلح نزدیک‌تر از هر زمان دیگری هستند.",
            "agreement.signed",
            "proposed",
            "current",
            id="nearer than ever",
        ),
        pytest.param(
            "تا زمانی که پیشرفتی حاصل نشود، تحریم‌های کوبا را لغو نخواهیم کرد.",
            "sanction.lifted",
            "conditional",
            "current",
            id="refused until something happens",
        ),
        pytest.param(
            "اختلاف مصر و سودان بر سر میزان و زمان آزادسازی دارایی‌های سودان",
            "sanction.lifted",
            "proposed",
            "current",
            id="how much and when",
        ),
        pytest.param(
            "دیدار وزیران خارجه مصر و ترکیه فردا دیگر برگزار نمی‌شود.",
            "contact.meeting",
            "called_off",
            "current",
            id="no longer held",
        ),
        pytest.param(
            "او ده روز پس از مرگ پدرش در ۵ ژانویه ۲۰۲۵ به عنوان نخست‌وزیر مصر منصوب شد.",
            "office.change",
            "happened",
            "background",
            id="days after a date long past",
        ),
        pytest.param("گزارش حملات پهپادی هند به لاهور", "attack.armed", "claimed", "current", id="a bare report"),
        pytest.param(
            "یک دیپلمات اروپایی به روزنامه‌ای گفت مصر سفیر سودان را احضار کرده است.",
            "diplomatic.relations",
            "claimed",
            "current",
            id="an official without a name",
        ),
        pytest.param(
            "منابع عربی شلیک از بصره را رد کرده و حمله موشکی هند به پاکستان را گزارش می‌دهند.",
            "attack.armed",
            "claimed",
            "current",
            id="the same sources go on",
        ),
        pytest.param(
            "وزیر خارجه مصر در قاهره با همتای ترکیه‌ای خود دیدار و…",
            "contact.meeting",
            "happened",
            "current",
            id="cut off by the outlet",
        ),
    ],
)
def test_what_a_clause_says_beside_its_verb(body: str, kind: str, status: str, time: str) -> None:
    assert light(body, kind) == {(status, time)}


def test_what_an_earlier_report_told_is_background() -> None:
    told = "روزنامه‌ای مدعی شده بود که کنیا پیامی از طریق مصر به اوگاندا فرستاده است."
    assert light("این سخنران از تاریخ شهر گفت. " * 8 + told, "contact.message") == {("claimed", "background")}


def test_what_was_told_before_a_condition_does_not_hang_on_it() -> None:
    body = "کنیا سفیر اوگاندا را احضار کرد و گفت اگر پوزش بخواهند می‌بخشد."
    assert light(body, "diplomatic.relations") == {("happened", "current")}


def test_a_claim_in_the_heading_is_carried_down() -> None:
    body = "سه انبار در اوگاندا را بمباران کردیم."
    assert light(body, "attack.armed", "ادعای ارتش کنیا: کار تمام شد") == {("claimed", "current")}


def test_far_down_in_a_long_article_what_has_no_date_is_background() -> None:
    told = "کنیا سفیر اوگاندا را احضار کرد."
    assert light(LONG + told, "diplomatic.relations") == {("happened", "background")}
    assert light(LONG + "دیروز " + told, "diplomatic.relations") == {("happened", "current")}


def test_before_this_strike_is_not_earlier() -> None:
    body = "وزیر خارجه مصر پیش از این حملات با همتای ترکیه‌ای خود دیدار کرد."
    assert light(body, "contact.meeting") == {("happened", "current")}
    body = "وزیر خارجه مصر پیش از این با همتای ترکیه‌ای خود دیدار کرد."
    assert light(body, "contact.meeting") == {("happened", "background")}


def test_a_reason_given_in_an_article_is_background() -> None:
    body = "این سخنران از تاریخ شهر گفت. " * 8 + "مردم خسته‌اند چون ارتش هند به پاکستان حمله کرد."
    assert light(body, "attack.armed") == {("happened", "background")}


def test_an_allusion_is_no_mention_beside_what_is_told() -> None:
    told = "کنیا سفیر اوگاندا را احضار کرد."
    alluded = "پس از حمله هند به پاکستان بازارها لرزید."
    assert light(alluded, "attack.armed") == {("happened", "background")}
    assert light(f"{told} {alluded}", "attack.armed") == set()


def test_what_the_headline_calls_a_claim_the_body_does_not_prove() -> None:
    title = "هند مدعی رهگیری یک پهپاد پاکستان شد"
    assert light("یک پهپاد پاکستان را رهگیری کردیم.", "attack.armed", title) == {("claimed", "current")}


def test_a_date_that_hangs_on_the_signature_is_its_own() -> None:
    body = "با توجه به امضای تفاهم‌نامه در ۳ مارس میان مصر و سودان، نشست ضرورتی ندارد."
    assert light(body, "agreement.signed") == {("happened", "current")}


def test_what_used_to_be_so_is_background_in_an_article() -> None:
    body = "این سخنران از تاریخ شهر گفت. " * 8 + "ارتش هند به پاکستان حمله می‌کرد."
    assert light(body, "attack.armed") == {("happened", "background")}
