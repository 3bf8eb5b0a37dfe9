"""The vocabulary of Persian dates: word → class (one letter, the alphabet of the grammar in dates.py) and value.

Classes: n day number 1–31, 0 one written with a leading zero, o ordinal, z 32–99, y year 12xx–14xx, Y year 18xx–20xx,
N any other number; months: J Jalali, j Jalali that is also a name or a thing («مهر», «تیر»), k Afghan names that are
common words («اسد»), G Gregorian, g one that is also a word («آب»), m «می» and «مه», H Hijri, i Hijri that is also a
name or a number («رجب», «صفر»); W weekday, D «امروز»; t part of day, s «شب»; units R day, v week, M month, a year,
d decade, c hour, u minute, second; U units without a count, X «ها»; q «چند», h «نیم»; p past, f future, b current;
T «این», L «امسال», E «اوایل», S season, F named day, r «اخیرا», e era, x «برابر با», l «مورخ», w «به وقت»,
A «از», Z «تا», & «و», + «یا»; marks stand for themselves; _ anything else.
"""

from typing import Any

from stream.core.letters import fold

Entry = tuple[str, Any]

WORDS: dict[str, Entry] = {}
PHRASES: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}  # first word → the others; longest first
NUMBERS: dict[str, tuple[int, bool]] = {}  # number word → value, ordinal


def _put(kind: str, value: Any, text: str) -> None:
    for item in text.split("|"):
        first, *rest = fold(item).split()
        if rest:
            PHRASES.setdefault(first, []).append((tuple(rest), (kind, value)))
        else:
            WORDS[first] = (kind, value)


_JALALI = (
    ("J", "فروردین"),
    ("J", "اردیبهشت|اردی بهشت"),
    ("J", "خرداد"),
    ("j", "تیر"),
    ("J", "مرداد|امرداد"),
    ("J", "شهریور"),
    ("j", "مهر"),
    ("j", "آبان"),
    ("j", "آذر"),
    ("j", "دی"),
    ("j", "بهمن"),
    ("J", "اسفند"),
)
_AFGHAN = ("حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت")
# Iran, Afghanistan, then the Levant
_GREGORIAN = (
    ("ژانویه|ژانویۀ|جنوری|ینایر|یناير", "کانون الثانی|کانون دوم"),
    ("فوریه|فوریۀ|فبروری|فبرایر", "شباط"),
    ("مارس|مارچ", "آذار"),
    ("آوریل|اپریل|آپریل|ابریل", "نیسان"),
    ("", "ایار|مای|مایو"),
    ("ژوئن|ژوین|ژون|یونیو|حزیران", "جون"),
    ("ژوئیه|ژوئیۀ|ژولای|جولای|ژوییه|یولیو|جولایی", "تموز"),
    ("اوت|آگوست|اگست|آگست|اوگست", "آب"),
    ("سپتامبر|سپتمبر|سبتامبر|ایلول", ""),
    ("اکتبر|اکتوبر|اوکتبر", "تشرین الاول|تشرین اول"),
    ("نوامبر|نومبر|نوفمبر", "تشرین الثانی|تشرین دوم"),
    ("دسامبر|دسمبر|دیسامبر", "کانون الاول|کانون اول"),
)
_HIJRI = (
    ("محرم|محرم الحرام", ""),
    ("", "صفر|صفر المظفر"),
    ("ربیع الاول|ربیع اول|ربیعالاول", ""),
    ("ربیع الثانی|ربیع الاخر|ربیع ثانی|ربیعالثانی", ""),
    ("جمادی الاول|جمادی الاولی|جمادیالاول", ""),
    ("جمادی الثانی|جمادی الثانیه|جمادی الاخر|جمادی الاخره|جمادیالثانی", ""),
    ("", "رجب|رجب المرجب"),
    ("", "شعبان|شعبان المعظم"),
    ("رمضان|رمضان المبارک", ""),
    ("شوال|شوال المکرم", ""),
    ("ذیقعده|ذی القعده|ذی قعده|ذوالقعده|ذیالقعده", ""),
    ("ذیحجه|ذی الحجه|ذی حجه|ذوالحجه|ذیالحجه", ""),
)


def _months() -> None:
    for number, (kind, name) in enumerate(_JALALI, 1):
        _put(kind, ("jalali", number), name)
        # «اسفندماه»: the month's word is glued on, so that even a weak name is a month
        _put("J", ("jalali", number, "ماه"), "|".join(f"{each}ماه" for each in name.split("|")))
    for number, name in enumerate(_AFGHAN, 1):
        _put("k", ("jalali", number), name)
    for number, (sure, weak) in enumerate(_GREGORIAN, 1):
        if sure:
            _put("G", ("gregorian", number), sure)
        if weak:
            _put("g", ("gregorian", number), weak)
    _put("m", ("gregorian", 5), "می|مه")
    for number, (sure, weak) in enumerate(_HIJRI, 1):
        if sure:
            _put("H", ("hijri", number), sure)
        if weak:
            _put("i", ("hijri", number), weak)


def _days() -> None:
    # datetime's count: Monday 0
    for number, name in enumerate(("دو", "سه", "چهار", "پنج"), 0):
        _put("W", number, f"{name} شنبه|{name}شنبه")
    _put("W", 4, "جمعه|آدینه")
    _put("W", 5, "شنبه")
    _put("W", 6, "یک شنبه|یکشنبه")
    for offset, part, names in (
        (0, False, "امروز"),
        (0, True, "امشب|امروزظهر|امروزصبح"),
        (-1, False, "دیروز"),
        (-1, True, "دیشب"),
        (-2, False, "پریروز"),
        (-2, True, "پریشب"),
        (1, False, "فردا"),
        (1, True, "فرداشب"),
        (2, False, "پس فردا|پسفردا"),
    ):
        _put("D", (offset, part), names)
    _put("t", "early", "بامداد|سحر|سحرگاه|صبح|صبحگاه|نیمه شب|نیمهشب|بامدادان|پگاه")
    _put("t", "noon", "ظهر|پیش از ظهر|قبل از ظهر")
    _put("t", "late", "عصر|بعدازظهر|بعد از ظهر|غروب|شامگاه|شامگاهان")
    _put("s", "late", "شب")
    for offset, name in ((0, "امسال"), (-1, "پارسال"), (-2, "پیرارسال")):
        _put("L", offset, name)
    for number, name in enumerate(("بهار", "تابستان", "پاییز|پائیز", "زمستان"), 0):
        _put("S", number, name)
    # calendar, month, day, days, whether it needs «روز», «شب», «عید» … or a year beside it
    for value, names in (
        (("jalali", 1, 1, 1, False), "عید نوروز|عید باستانی نوروز"),
        (("jalali", 1, 1, 13, False), "تعطیلات نوروز|تعطیلات نوروزی|ایام نوروز"),
        (("jalali", 1, 1, 1, True), "نوروز"),
        (("jalali", 1, 13, 1, False), "سیزده بدر|سیزده به در|سیزدهبدر"),
        (("jalali", 9, 30, 1, False), "شب یلدا"),
        (("jalali", 11, 12, 11, False), "دهه فجر|دهه مبارک فجر"),
        (("gregorian", 12, 25, 1, False), "کریسمس|عید کریسمس"),
        (("hijri", 1, 9, 1, True), "تاسوعا|تاسوعای حسینی"),
        (("hijri", 1, 10, 1, True), "عاشورا|عاشورای حسینی"),
        (("hijri", 1, 9, 2, False), "تاسوعا و عاشورا|تاسوعا و عاشورای حسینی"),
        (("hijri", 2, 20, 1, True), "اربعین|اربعین حسینی"),
        (("hijri", 8, 15, 1, False), "نیمه شعبان"),
        (("hijri", 9, 0, 1, False), "روز قدس|روز جهانی قدس"),  # the last Friday
        (("hijri", 10, 1, 1, False), "عید فطر|عید سعید فطر"),
        (("hijri", 12, 10, 1, False), "عید قربان|عید سعید قربان"),
        (("hijri", 12, 18, 1, False), "عید غدیر|عید سعید غدیر|عید غدیر خم|عید سعید غدیر خم"),
    ):
        _put("F", value, names)


def _units() -> None:
    for kind, name in (
        ("R", "روز|شبانه روز|شبانهروز"),
        ("v", "هفته"),
        ("M", "ماه|ماه مبارک"),
        ("a", "سال"),
        ("d", "دهه"),
        ("c", "ساعت"),
    ):
        _put(kind, kind, name)
    _put("u", "minute", "دقیقه")
    _put("u", "second", "ثانیه")
    # unit and whether the phrase means several of them
    for value, names in (
        ("R", "روزها|روزهای|روزهایی|ایام"),
        ("v", "هفتهها|هفتههای|هفتههایی"),
        ("M", "ماهها|ماههای|ماههایی"),
        ("a", "سالها|سالهای|سالهایی|سالیان|سنوات"),
        ("d", "دههها|دهههای"),
        ("c", "ساعات|ساعاتی|ساعتها|ساعتهای|ساعتی"),
        ("u", "دقایق|دقایقی|دقیقهها|دقیقههای|لحظاتی|لحظات|لحظه ای|لحظهای|دقیقه ای|دقیقهای|ثانیههای"),
    ):
        _put("U", value, names)
    _put("X", None, "ها|های|هایی")
    _put("q", None, "چند|چندین")
    for low, names in ((1, "یکی دو|یک دو|یکی دوتا"), (2, "دو سه"), (3, "سه چهار"), (4, "چهار پنج")):
        _put("q", (low, low + 1), names)
    _put("h", None, "نیم")


def _modifiers() -> None:
    _put("p", "past", "گذشته")
    _put("p", "ago", "پیش|قبل|قبلی|پیشین|قبلتر|پیشتر")
    _put("p", "recent", "اخیر")
    _put("f", "next", "آینده|آتی|پیش رو|پیش روی|پیشرو|پیشروی")
    _put("f", "ahead", "دیگر|دیگه")
    _put("f", "after", "بعد|بعدی")
    _put("b", None, "جاری|کنونی|فعلی|حاضر")
    _put("T", None, "این|همین")
    _put("r", None, "اخیرا|به تازگی|بتازگی|بهتازگی|تازگی ها|تازگیها")
    _put("e", "gregorian", "میلادی")
    _put("e", "jalali", "شمسی|خورشیدی|هجری شمسی|هجری خورشیدی")
    _put("e", "hijri", "قمری|هجری قمری|هجری")
    _put("x", None, "برابر|برابر با|مطابق|مطابق با|مصادف با|مصادف|معادل|معادل با|مصادف است با|برابر است با|همزمان با")
    _put("l", None, "مورخ|مورخه|تاریخ|به تاریخ")
    _put("w", None, "به وقت|بهوقت")
    _put("A", None, "از")
    _put("Z", None, "تا")
    _put("&", None, "و")
    _put("+", None, "یا")
    for value, names in (
        ("early", "اوایل|اوائل"),
        ("mid", "اواسط|میانه|میانه های|میانههای|نیمه"),
        ("late", "اواخر|روزهای پایانی|روزهای آخر|هفته های پایانی|ماه های پایانی|ماههای پایانی"),
        ("begin", "ابتدای|آغاز|شروع|اول|روزهای نخست|روزهای ابتدایی|روزهای آغازین"),
        ("end", "پایان|انتهای|آخر|پایانی"),
        ("half1", "نیمه اول|نیمه نخست|نیمه ی اول|نیمه ی نخست|نیم سال اول"),
        ("half2", "نیمه دوم|نیمه ی دوم|نیم سال دوم"),
    ):
        _put("E", value, names)
    for mark, kind in (("،", ","), (",", ","), ("(", "("), (")", ")"), ("/", "/"), ("-", "-"), ("–", "-"), (":", ":")):
        WORDS[mark] = (kind, None)
    WORDS["."] = (".", None)


def _number_words() -> None:
    units = "یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده".split()
    tens = "بیست سی چهل پنجاه شصت هفتاد هشتاد نود".split()
    hundreds = "صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد".split()
    plain = dict(enumerate(units, 1))
    plain |= {10 * n: word for n, word in enumerate(tens, 2)}
    plain |= {100 * n: word for n, word in enumerate(hundreds, 1)}
    plain[1000] = "هزار"
    for value, word in plain.items():
        NUMBERS[fold(word)] = (value, False)
        NUMBERS[fold(word + "م")] = (value, True)
    for value, words in {1: "اول یکم نخست", 3: "سوم", 30: "سیام", 18: "هیجدهم", 15: "پونزدهم"}.items():
        for word in words.split():
            NUMBERS[fold(word)] = (value, True)
    NUMBERS[fold("هیجده")] = (18, False)
    del NUMBERS[fold("سهم")], NUMBERS[fold("سیم")], NUMBERS[fold("صدم")]  # share, wire, hundredth
    for value, word in list(plain.items()):
        if 20 <= value <= 30:  # «بیستودوم»: both half-spaces lost
            for low, other in enumerate(units[:9], 1):
                NUMBERS[fold(word + "و" + other)] = (value + low, False)
                NUMBERS[fold(word + "و" + other + "م")] = (value + low, True)
            NUMBERS[fold(word + "ویکم")] = (value + 1, True)
            NUMBERS[fold(word + "وسوم")] = (value + 3, True)
    # an ordinal after a half-space that keeps the «و»: «بیست‌ویکم»
    for number in range(1, 10):
        for word in [w for w, (value, _) in NUMBERS.items() if value == number]:
            AND_NUMBERS["و" + word] = NUMBERS[word]


AND_NUMBERS: dict[str, tuple[int, bool]] = {}

_months()
_days()
_units()
_modifiers()
_number_words()
del WORDS[fold("اول")]  # an ordinal; dates.py reads it as «begin» before «سال» and «هفته»
for _items in PHRASES.values():
    _items.sort(key=lambda item: -len(item[0]))

# Beside these a word is no date: before it …
AGENCY = frozenset(map(fold, "خبرگزاری خبرگذاری گزارش خبرنگار آژانس روزنامه شرکت بنیاد بانک مدرسه".split()))
STREET = frozenset(
    map(
        fold,
        """خیابان میدان بلوار بیمارستان پارک دانشگاه ورزشگاه بنیاد پل شهرک مدرسه دبیرستان ایستگاه مترو سالن تیپ لشکر
        بزرگراه اتوبان کوچه فلکه چهارراه سد پالایشگاه مجتمع جاده باشگاه استادیوم نیروگاه کارخانه گروهان""".split(),
    )
)
FRIDAY = frozenset(map(fold, "امام ایمه ائمه نماز خطیب خطیبان خطبه خطبههای امامان سنت دعای امامت".split()))
TODAY = frozenset(map(fold, "دنیای دنیا جهان جامعه نسل بشر انسان نام روزنامه".split()))
IN = frozenset(map(fold, "در از تا طی پایان اوایل اواخر ابتدای آغاز نیمه طول برای حدود".split()))
# … or after it.
NOT_AGO = frozenset(
    map(
        fold,
        """از بینی نویس گیری برد بردن رفت رفته می نمی خواهد نیاز فرض پا پای داوری گفتار شرط زمینه آمده آمد روی برود
        گرفته گرفت بردند میرود گام گامان ران تازی دستی دستانه فروش پرداخت آگهی کش""".split(),
    )
)
FROM_THERE = frozenset(map(fold, "دسترس سوی طریق جانب طرف داخل خاک پایگاه فرودگاه".split()))
NOT_PAST = frozenset(map(fold, "است باشد نگر ها های".split()))
COUNTED = frozenset(
    map(
        fold,
        """درصد نفر تن هزار میلیون میلیارد کیلومتر متر دلار ساله روز ماه سال بار مورد کشور شهر استان کیلو واحد ساعت
        دقیقه امتیاز گل بازی هکتار تومان ریال کیلوگرم گرم واحدی نفره نماینده شهید زخمی کشته یورو فروند دستگاه""".split(),
    )
)
# Days that are names of events, by the noun before them, with the year of the event …
EVENTS = frozenset(
    map(
        fold,
        "حملات حمله حادثه حوادث واقعه وقایع کودتای قیام انقلاب عملیات فاجعه جنایت شهدای رویداد رویدادهای قربانیان".split(),
    )
)
KNOWN = {
    ("gregorian", 9, 11): 2001,
    ("gregorian", 10, 7): 2023,
    ("jalali", 3, 15): 1342,
    ("jalali", 4, 7): 1360,
    ("jalali", 5, 28): 1332,
    ("jalali", 6, 17): 1357,
    ("jalali", 11, 22): 1357,
}
# … and of groups, which are no dates.
NAMES = frozenset(map(fold, "جنبش گروه سازمان جبهه حزب تیپ گردان".split()))
# After «۳ می» only these show that it is the month.
AFTER_MAY = frozenset(
    map(
        fold,
        "در به از با برای تا و که این بر ماه میلادی گذشته امسال سال آینده نیز هم ، , ( ) . - / : » « ؛ ! ؟ ?".split(),
    )
)
SHOT = frozenset(
    map(
        fold,
        "شلیک خورد خورده هوایی خلاص جنگی ضربه چراغ برق اصابت اندازی غیب را جنگی مستقیم کلاشینکف پروژکتور اضافی".split(),
    )
)
