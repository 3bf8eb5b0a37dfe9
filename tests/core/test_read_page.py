"""Step 1 on page text with its chrome, in the forms of several agencies."""

from datetime import UTC, datetime

import pytest

from stream.core.read import read
from stream.core.records import Article, Incoming, Rejection

ARRIVED = datetime(2024, 3, 10, 12, 0, tzinfo=UTC)
OUTLETS = {"ایرنا": "IRNA", "ایسنا": "ISNA", "مهر": "MEHR", "تسنیم": "TASNIM", "فارس": "FARS"}
LEAD = "وزیران خارجه دو کشور همسایه پیش از ظهر دوشنبه در آنکارا با یکدیگر دیدار و گفت وگو کردند."
SECOND = "یکی از آن دو گفت: گذرگاههای مرزی باز میمانند و دیدار بعدی در بهار خواهد بود."

IRNA = f"""۱۴ اسفند ۱۴۰۲، ۹:۱۵
کد خبرنگار: 1234
کد خبر: 85409999
T T
۳ نفر

برچسبها

پروندهٔ خبری

دیدار وزیران خارجه در آنکارا

آنکارا - ایرنا - {LEAD}

{SECOND}

نظر شما

captcha
شما در حال پاسخ به نظر «» هستید."""

ISNA = f"""خبرگزاری ایسنا
صفحه اصلی
سیاسی
اقتصادی
دوشنبه / ۱۴ اسفند ۱۴۰۲ / ۰۹:۱۵
دسته‌بندی: سیاست خارجی
کد خبر: 1402121409999
خبرنگار : 71999
دیدار وزیران خارجه در آنکارا
{LEAD}
به گزارش ایسنا، {SECOND}
انتهای پیام
لینک کوتاه
https://isna.example/xdAbCd
برچسب‌ها:
آنکارا
نظرات
لطفا عدد مقابل را در جعبه متن وارد کنید و دکمه ارسال را بزنید و منتظر بمانید."""

MEHR = f"""شناسه خبر: 6041234
سیاست > خاورمیانه
دیدار وزیران خارجه در آنکارا
۱۴ اسفند ۱۴۰۲، ۰۹:۱۵
به گزارش خبرنگار مهر، {LEAD}
{SECOND}
اخبار مرتبط
سفیر پیشین چه گفت
کد خبر 6041234
برچسب ها"""

TASNIM = f"""اخبار سیاسی
اخبار سیاست خارجی
۱۴ اسفند ۱۴۰۲ - ۰۹:۱۵
دیدار وزیران خارجه در آنکارا
به گزارش گروه سیاسی خبرگزاری تسنیم، {LEAD}
بیشتر بخوانید
سفیر پیشین چه گفت
{SECOND}
انتهای پیام/"""

FARS = f"""تاریخ به روزرسانی: 1402/12/15 - 10:00
تاریخ انتشار: 1402/12/14 - 09:15
نسخه چاپی
دیدار وزیران خارجه در آنکارا
خبرگزاری فارس - گروه سیاسی: {LEAD}
{SECOND}
انتهای پیام/ن"""


def page(text: str) -> Article:
    found = read(Incoming(value=text.encode(), arrived=ARRIVED), outlets=OUTLETS)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    ("text", "outlet", "agency", "code", "reporter"),
    [
        (IRNA, "IRNA", "ایرنا", "85409999", "1234"),
        (ISNA, "ISNA", "ایسنا", "1402121409999", "71999"),
        (MEHR, "MEHR", "مهر", "6041234", None),
        (TASNIM, "TASNIM", "تسنیم", None, None),
        (FARS, "FARS", "فارس", None, None),
    ],
)
def test_pages_of_five_agencies(text: str, outlet: str, agency: str, code: str | None, reporter: str | None) -> None:
    found = page(text)
    assert (found.form, found.text, found.outlet, found.dateline_agency) == ("page", text, outlet, agency)
    assert (found.code, found.reporter_code) == (code, reporter)
    assert found.published.isoformat() == "2024-03-04T09:15:00+03:30"
    assert found.published_precision == "minute"
    assert [(part.kind, text[part.start : part.end]) for part in found.parts] == [
        ("title", "دیدار وزیران خارجه در آنکارا"),
        ("body", LEAD),
        ("body", SECOND),
    ]
    assert found.uri == (f"{outlet}/{code}" if code else found.uri)


def test_a_title_that_asks() -> None:
    found = page(f"سیاست\nآیا وزیران خارجه دو کشور این بار در آنکارا دیدار می‌کنند؟\n{LEAD}\n{SECOND}")
    assert found.title == "آیا وزیران خارجه دو کشور این بار در آنکارا دیدار می‌کنند؟"


def test_a_text_of_one_line_is_a_body() -> None:
    found = page("وزیر خارجه وارد آنکارا شد")
    assert (found.title, found.body) == ("", "وزیر خارجه وارد آنکارا شد")


def test_a_short_text_begins_with_its_title() -> None:
    found = page("وزیر خارجه در آنکارا\n\nوزیر خارجه وارد آنکارا شد")
    assert (found.title, found.body) == ("وزیر خارجه در آنکارا", "وزیر خارجه وارد آنکارا شد")


@pytest.mark.parametrize("text", ["سلام", "۱۴ اسفند ۱۴۰۲، ۹:۱۵\nکد خبر: 85409999\nنظر شما\ncaptcha", "T T"])
def test_a_page_of_chrome_alone(text: str) -> None:
    found = read(Incoming(value=text.encode(), arrived=ARRIVED))
    assert isinstance(found, Rejection)
    assert found.reason == "no_text"
