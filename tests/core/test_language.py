"""Languages by script and function words, never by ی and ک alone."""

import pytest

from stream.core.language import detect_language, foreign_sentence

SENTENCES = [
    ("fa", "وزیران خارجه دو کشور همسایه صبح یکشنبه در آنکارا دیدار کردند"),
    ("fa", "وزير خارجه با همتاي خود درباره ي مرز گفتگو كرد"),  # Persian in Arabic letters
    ("fa", "رئيس جمهوري وارد كابل شد"),
    ("fa", "ولسوالی‌های ولایت هرات مکاتب دخترانه را باز می‌نمایند و والی از آن استقبال کرد"),  # Dari
    ("fa", "زلزله ۵ ریشتری در کرمان"),
    ("fa", "نمایندۀ ویژۀ سازمان ملل"),
    ("fa", "الان صدای انفجار"),
    ("fa", "بیانیه قرارگاه خاتم الانبیا"),
    ("fa", "هیئت مسئولان هیئت مدیره هیئت رئیسه"),
    ("ar", "قال وزير الخارجية في مؤتمر صحفي إن المفاوضات مع الوفد لم تحقق أي تقدم"),
    ("ar", "أعلنت وزارة الدفاع عن وصول قوات جديدة إلى الحدود الشرقية"),
    ("ar", "الرئيس: لا تفاوض تحت النار"),
    ("ckb", "سەرۆکی هەرێم لەگەڵ وەزیری دەرەوە کۆبووەوە و باسی پەیوەندییەکانیان کرد"),
    ("azb", "پرئزیدنت بو گون باکی‌دا تورکیه خاریجی ایشلر ناظیری ایله گؤروشدو و ایکی اؤلکه آراسیندا علاقه‌لردن دانیشدی"),
    ("ur", "وزیر اعظم نے کہا ہے کہ دونوں ملکوں کے درمیان تجارت میں اضافہ ہو رہا ہے"),
    ("ps", "د بهرنیو چارو وزیر وویل چې له ګاونډیو هېوادونو سره به ښې اړیکې ولري"),
    ("ug", "ھۆكۈمەت بۈگۈن يىغىن ئاچتى ۋە بىر قارار چىقاردى"),
    ("he", "ראש הממשלה אמר היום כי המשא ומתן נמשך"),
    ("en", "The foreign ministers of the two countries met on Friday"),
    ("tr", "Dışişleri Bakanı bugün yaptığı açıklamada görüşmelerin devam ettiğini söyledi"),
    ("az", "Prezident bu gün Bakıda görüş keçirib və bəyanat verib"),
    ("kmr", "Wezîrê derve li Hewlêrê bi serok re civiya û axivî"),
    ("de", "Die Minister haben sich am Freitag mit dem Gesandten in der Hauptstadt getroffen"),
    ("fr", "Les ministres se sont réunis dans la capitale pour une rencontre"),
    ("ru", "Министр иностранных дел заявил о продолжении переговоров"),
    ("uk", "Міністр закордонних справ заявив, що переговори тривають"),
    ("tg", "Вазири корҳои хориҷӣ гуфт, ки музокирот идома дорад"),
    ("hy", "Արտաքին գործերի նախարարը հանդիպեց"),
    ("zh", "外交部长周五会见了来访的客人"),
]


@pytest.mark.parametrize(("language", "sentence"), SENTENCES)
def test_languages(language: str, sentence: str) -> None:
    assert detect_language(sentence) == language


@pytest.mark.parametrize(("language", "sentence"), [pair for pair in SENTENCES if len(pair[1].split()) > 2])
def test_foreign_sentences(language: str, sentence: str) -> None:
    assert foreign_sentence(sentence) == (language != "fa")


@pytest.mark.parametrize("text", ["", "🔴🔴 123", "https://example.org/abc @channel"])
def test_nothing_to_go_by(text: str) -> None:
    assert detect_language(text) == "und"
    assert not foreign_sentence(text)


def test_a_name_is_not_foreign() -> None:
    assert not foreign_sentence("Boeing 737")
    assert not foreign_sentence("شرکت SpaceX ماهواره‌ی Starlink را به مدار فرستاد")


def test_a_persian_text_may_quote() -> None:
    quote = "The ministers of the two countries have met and they will meet again in the spring. "
    assert detect_language(f"وزیر خارجه در پیامی نوشت\n{quote * 4}") == "fa"
    assert detect_language(quote * 4 + "وزیر خارجه") == "en"
