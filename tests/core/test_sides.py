"""Who did it to whom: slots in the clause, and what its surroundings tell of the sides it leaves out."""

import pytest

from stream.core.detect import detect
from stream.core.gather import gather
from tests.core.texts import book, text_of

Sides = tuple[tuple[str, ...], tuple[str, ...]]


def told(body: str, kind: str) -> Sides:
    """Actors and recipients of the one mention of a type."""
    (mention,) = [m for m in gather(detect(text_of(body), book()).mentions) if m.type == kind]
    return mention.actors, mention.recipients


ARMED = "attack.armed"


@pytest.mark.parametrize(
    ("sentence", "sides"),
    [
        pytest.param("هند مواضع پاکستان را هدف قرار داد.", (("IND",), ("PAK",)), id="subject and object"),
        pytest.param("مواضع پاکستان در کشمیر را هدف قرار دادیم.", ((), ("PAK",)), id="no name is «ما»"),
        pytest.param("پایگاه کنیا هدف حمله قرار گرفت.", ((), ("KEN",)), id="the passive subject suffers"),
        pytest.param("دو سرباز کنیا در حمله هوایی سومالی کشته شدند.", (("SOM",), ("KEN",)), id="a strike's owner"),
        pytest.param("در این حمله دو دیپلمات کنیایی کشته شدند.", ((), ("KEN",)), id="«این حمله» has no owner"),
        pytest.param(
            "اتیوپی در پاسخ به حمله اریتره، به اریتره حمله کرد.", (("ETH",), ("ERI",)), id="the answered side"
        ),
        pytest.param(
            "تکاوران ما در نیروی دریایی اریتره صبح امروز مواضع اتیوپی را هدف قرار دادند.",
            (("ERI",), ("ETH",)),
            id="from among a force",
        ),
        pytest.param(
            "در پاسخ به حمله اتیوپی به اطراف اسمره مواضع اتیوپی هدف قرار گرفت.",
            ((), ("ETH",)),
            id="where the answered attack struck",
        ),
        pytest.param("یک کشتی با پرچم پاناما هدف حمله قرار گرفت.", ((), ("PAN",)), id="a ship's flag"),
        pytest.param("نفتکشی در نزدیکی سواحل عمان هدف حمله قرار گرفت.", ((), ()), id="a ship off a coast"),
        pytest.param(
            "سه ملوان هندی پس از حمله یمن به یک کشتی جان خود را از دست دادند.",
            (("YEM",), ("IND",)),
            id="who lost his life",
        ),
        pytest.param("ارتش سودان به شهر نیالا، منطقه دارفور حمله کرد.", (("SDN",), ()), id="its own soil"),
        pytest.param("ترکیه به شمال عراق حمله کرد.", (("TUR",), ("IRQ",)), id="the soil"),
        pytest.param("حزب‌الله یک تانک مرکاوا را منهدم کرد.", (("HEZBOLLAH",), ("ISR",)), id="arms show their owner"),
        pytest.param("یک بالگرد آپاچی هند سرنگون شد.", ((), ("IND",)), id="arms whose owner is told"),
        pytest.param(
            "سودان به اهدافی در نایروبی و غرب کنیا حمله کرد.", (("SDN",), ("KEN",)), id="one soil by two names"
        ),
        pytest.param("پهپادهای سودان به انباری در کوبنی، نیجر حمله کردند.", (("SDN",), ("NER",)), id="an unknown town"),
        pytest.param("شلیک موشک از خاک یمن به سمت عمان", (("YEM",), ("OMN",)), id="from where it came"),
        pytest.param("به‌رغم درخواست پرو، ارتش شیلی بولیوی را بمباران کرد.", (("CHL",), ("BOL",)), id="in spite of"),
        pytest.param(
            "وزیر دفاع پرو گفت: یک پهپاد شیلی به پایگاه ما حمله کرد.", (("CHL",), ("PER",)), id="«ما» is the speaker"
        ),
    ],
)
def test_sides_of_a_strike(sentence: str, sides: Sides) -> None:
    assert told(sentence, ARMED) == sides


@pytest.mark.parametrize(
    ("body", "kind", "sides"),
    [
        pytest.param(
            "وزیر دفاع پرو: ارتش آماده است. به شیلی حمله کردیم.", ARMED, (("PER",), ("CHL",)), id="who spoke above"
        ),
        pytest.param(
            "ارمنستان آتش‌بس را نقض کرد و گرجستان اعتراض کرد.",
            "ceasefire.violated",
            (("ARM",), ("GEO",)),
            id="the other side of the sentence",
        ),
        pytest.param(
            "یونان به تهدید ترکیه اعتراض کرد. آنکارا گفت: به‌زودی پاسخ خواهیم داد.",
            "threat",
            (("TUR",), ("GRC",)),
            id="the other side of the text",
        ),
        pytest.param("خبر استعفای وزیر نیرو تکذیب شد.", "meta.denial", (("IRN",), ()), id="at home"),
        pytest.param(
            "نشست خبری در برزیل بود. سه متهم دستگیر شدند.", "justice", (("BRA",), ()), id="the text's only state"
        ),
        pytest.param(
            "آتش‌سوزی در شیلی ادامه دارد. سه خانه در آتش سوخت.", "accident", ((), ("CHL",)), id="the one state"
        ),
        pytest.param(
            "به دلیل نقض تعهدات از سوی آلمان، پرو مرز را بست.", "restriction", (("PER",), ()), id="in the cause"
        ),
        pytest.param(
            "نماینده عمان در سازمان ملل: تنگه هرمز بسته شد.", "restriction", (("IRN",), ()), id="who can shut a strait"
        ),
        pytest.param("به دستور شیلی مرز بسته شد.", "restriction", (("CHL",), ()), id="by order of"),
        pytest.param(
            "وزیر خارجه پرو درباره حملات به سومالی با همتای شیلیایی خود تلفنی گفت‌وگو کرد.",
            "contact.call",
            (("PER", "CHL"), ()),
            id="what it was about",
        ),
        pytest.param(
            "وزیر خارجه پرو در حاشیه نشست سازمان ملل با وزیر خارجه شیلی دیدار کرد.",
            "contact.meeting",
            (("PER", "CHL"), ()),
            id="in the margins of",
        ),
    ],
)
def test_sides_beyond_the_clause(body: str, kind: str, sides: Sides) -> None:
    assert told(body, kind) == sides
