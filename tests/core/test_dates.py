"""Dates in sentences: a table of expressions, each with what it must mean, all told on Friday 29 July 2022, 21:48."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from stream.core.date_lexer import has_cue
from stream.core.dates import DateSpan, find_dates, pieces

TOLD = datetime(2022, 7, 29, 21, 48, tzinfo=timezone(timedelta(hours=4, minutes=30)))


def found(text: str, anchor: datetime | None = TOLD) -> list[tuple[str, DateSpan]]:
    """The printed phrases with their spans."""
    places = pieces(text)
    spans = find_dates([word for _, _, word in places], anchor)
    return [(text[places[span.first][0] : places[span.last - 1][1]], span) for span in spans]


def days(span: DateSpan) -> str:
    """`2022-07-29`, `2022-07-29..2022-08-02` or `open`."""
    if span.start is None or span.end is None:
        return "open"
    return span.start.isoformat() if span.start == span.end else f"{span.start}..{span.end}"


# A line each: sentence with the phrase in ⟦⟧ | days | precision | calendar | kind | future (yes, no, -)
TABLE = """
# jalali
گزارش ⟦۷ مرداد ۱۴۰۱⟧ رسید | 2022-07-29 | day | jalali | point | -
وزیر ⟦هفتم مرداد⟧ سخن گفت | 2022-07-29 | day | jalali | point | -
نامه را ⟦دوم اسفندماه ۱۴۰۰⟧ فرستادند | 2022-02-21 | day | jalali | point | no
قیمت نان در ⟦مرداد ۱۴۰۱⟧ بالا رفت | 2022-07-23..2022-08-22 | month | jalali | point | -
طرح در ⟦سال ۱۴۰۱⟧ پایان می‌گیرد | 2022-03-21..2023-03-20 | year | jalali | point | -
ناآرامی‌های ⟦سال ۸۸⟧ را به یاد دارند | 2009-03-21..2010-03-20 | year | jalali | point | no
این پل در ⟦سال ۰۲⟧ گشوده می‌شود | 2023-03-21..2024-03-19 | year | jalali | point | yes
سینمای ⟦دهه شصت⟧ را بررسی کردند | 1981-03-21..1991-03-20 | decade | jalali | point | no
مهلت ⟦1401/05/07⟧ است | 2022-07-29 | day | jalali | point | -
کد سند ⟦۱۴۰۱-۵-۷⟧ خورده است | 2022-07-29 | day | jalali | point | -
تاریخ ⟦۹۸/۵/۷⟧ روی برگه بود | 2019-07-29 | day | jalali | point | no
نامه مورخ ⟦۲۸/خرداد/۱۴۰۱⟧ را خواندند | 2022-06-18 | day | jalali | point | no
رأی را ⟦بیست و یکم تیر⟧ دادند | 2022-07-12 | day | jalali | point | no
رأی را ⟦بیست‌ویکم تیر⟧ دادند | 2022-07-12 | day | jalali | point | no
پیمان را ⟦سی‌ام خرداد هزار و چهارصد و یک⟧ نوشتند | 2022-06-20 | day | jalali | point | no
دادگاه ⟦۱۵ مرداد سال گذشته⟧ رأی داد | 2021-08-06 | day | jalali | point | no
سفر ⟦۱۵ مرداد امسال⟧ آغاز می‌شود | 2022-08-06 | day | jalali | point | yes
مرز را ⟦سوم خرداد ماه سال جاری⟧ باز کردند | 2022-05-24 | day | jalali | point | no
کتابخانه ⟦۲۰ شهریور⟧ باز می‌شود | 2022-09-11 | day | jalali | point | yes
یاد ⟦۲۲ بهمن ۵۷⟧ را گرامی داشتند | 1979-02-11 | day | jalali | point | no
روستا از ⟦۱۴ اسفند (۱۳۴۶)⟧ برق دارد | 1968-03-04 | day | jalali | point | no
سیل ⟦فروردین ۹۸⟧ را فراموش نکرده‌اند | 2019-03-21..2019-04-20 | month | jalali | point | no
طرح از ⟦مهرماه⟧ آغاز می‌شود | 2022-09-23..2022-10-22 | month | jalali | point | yes
باران در ⟦ماه آبان⟧ بیشتر می‌شود | 2022-10-23..2022-11-21 | month | jalali | point | yes
آمار ⟦مهر ۱۴۰۰⟧ را دادند | 2021-09-23..2021-10-22 | month | jalali | point | no
گرما در ⟦خرداد⟧ زودتر رسید | 2022-05-22..2022-06-21 | month | jalali | point | no
سد تا ⟦اواخر مرداد⟧ پر می‌ماند | 2022-08-13..2022-08-22 | approximate | jalali | point | yes
ثبت‌نام در ⟦نیمه اول مرداد⟧ است | 2022-07-23..2022-08-06 | approximate | jalali | point | -
مهلت تا ⟦پایان شهریور ۱۴۰۱⟧ است | 2022-09-22 | approximate | jalali | point | yes
بازار ⟦اوایل تیر⟧ آرام بود | 2022-06-22..2022-07-01 | approximate | jalali | point | no
باغ‌ها در ⟦بهار ۱۴۰۰⟧ سرما دیدند | 2021-03-21..2021-06-21 | season | jalali | point | no
برق در ⟦تابستان گذشته⟧ کم بود | 2021-06-22..2021-09-22 | season | jalali | point | no
جشنواره را ⟦پاییز امسال⟧ برگزار می‌کنند | 2022-09-23..2022-12-21 | season | jalali | point | yes
ثبت‌نام ⟦سال تحصیلی ۱۴۰۱-۱۴۰۲⟧ آغاز شد | 2022-03-21..2024-03-19 | year | jalali | range | -
آمار ⟦سال‌های ۱۳۹۸ تا ۱۴۰۰⟧ را دادند | 2019-03-21..2022-03-20 | year | jalali | range | no
او از ⟦۱۳۹۵ تا ۱۳۹۸⟧ استاندار بود | 2016-03-20..2020-03-19 | year | jalali | range | no
نمایشگاه از ⟦۱۰ تا ۱۵ مرداد⟧ باز است | 2022-08-01..2022-08-06 | day | jalali | range | yes
آزمون ⟦بیستم و بیست‌ویکم شهریور⟧ است | 2022-09-11..2022-09-12 | day | jalali | range | yes
شمار زائران از ⟦۳۰ آذر تا ۵ دی ۱۴۰۰⟧ شمرده شد | 2021-12-21..2021-12-26 | day | jalali | range | no
تورم از ⟦فروردین تا خرداد ۱۴۰۱⟧ بالا رفت | 2022-03-21..2022-06-21 | month | jalali | range | no
وداع ⟦۲۰، ۲۱ و ۲۲ تیر⟧ بود | 2022-07-11..2022-07-13 | day | jalali | range | no
دادگاه از ⟦شنبه ۱۸ تیر تا دوشنبه ۲۰ تیر⟧ برپا بود | 2022-07-09..2022-07-11 | day | jalali | range | no
مدرسه‌ها ⟦شنبه و یکشنبه ۱۸ و ۱۹ تیر⟧ بسته بود | 2022-07-09..2022-07-10 | day | jalali | range | no
بانوان در ⟦یازدهم عقرب ۱۴۰۰⟧ گرد آمدند | 2021-11-02 | day | jalali | point | no
والی کابل در ⟦۲۴ اسد ۱۴۰۰⟧ شهر را ترک کرد | 2021-08-15 | day | jalali | point | no
سال کبیسه نبود: ⟦۳۰ اسفند ۱۴۰۰⟧ | open | day | jalali | point | -
# gregorian
نیروها ⟦۲۴ فوریه ۲۰۲۲⟧ از مرز گذشتند | 2022-02-24 | day | gregorian | point | no
نیروها ⟦۲۴ فوریه⟧ از مرز گذشتند | 2022-02-24 | day | gregorian | point | no
نیروها ⟦بیست و چهارم فوریه⟧ از مرز گذشتند | 2022-02-24 | day | gregorian | point | no
از ⟦فوریه گذشته⟧ گفت‌وگویی نبود | 2022-02-01..2022-02-28 | month | gregorian | point | no
تا ⟦ژوئیه آینده⟧ صبر می‌کنند | 2023-07-01..2023-07-31 | month | gregorian | point | yes
پیمان ⟦سال ۲۰۱۵ میلادی⟧ پابرجاست | 2015-01-01..2015-12-31 | year | gregorian | point | no
پیمان ⟦سال ۲۰۱۵⟧ پابرجاست | 2015-01-01..2015-12-31 | year | gregorian | point | no
پیمان ⟦سال میلادی ۲۰۱۵⟧ پابرجاست | 2015-01-01..2015-12-31 | year | gregorian | point | no
در ⟦دو هزار و بیست و دو میلادی⟧ رخ داد | 2022-01-01..2022-12-31 | year | gregorian | point | -
سفیر در ⟦۲۳ جولای⟧ رسید | 2022-07-23 | day | gregorian | point | no
سفیر در ⟦۲۳ ژوئیه⟧ رسید | 2022-07-23 | day | gregorian | point | no
سفیر در ⟦۲۳ ژولای⟧ رسید | 2022-07-23 | day | gregorian | point | no
نشست ⟦۳ آگوست⟧ برپا می‌شود | 2022-08-03 | day | gregorian | point | yes
نشست ⟦۱۰ جنوری ۲۰۲۲⟧ برپا شد | 2022-01-10 | day | gregorian | point | no
نشست ⟦۱۰ ژانویه ۲۰۲۲⟧ برپا شد | 2022-01-10 | day | gregorian | point | no
ارتش در ⟦۱۷ تموز ۲۰۱۸⟧ وارد شهر شد | 2018-07-17 | day | gregorian | point | no
حکم ⟦۲ کانون الثانی ۲۰۲۰⟧ بیرون آمد | 2020-01-02 | day | gregorian | point | no
آنها ⟦۵ تشرین الاول ۲۰۲۱⟧ آمدند | 2021-10-05 | day | gregorian | point | no
شورا ⟦۳ می ۲۰۲۲⟧ رأی داد | 2022-05-03 | day | gregorian | point | no
شورا ⟦۱۴ مه⟧ رأی داد | 2022-05-14 | day | gregorian | point | no
صادرات در ⟦ماه می⟧ کم شد | 2022-05-01..2022-05-31 | month | gregorian | point | no
صادرات در ⟦مه ۲۰۲۲⟧ کم شد | 2022-05-01..2022-05-31 | month | gregorian | point | no
گزارش ⟦2022-02-24⟧ رسید | 2022-02-24 | day | gregorian | point | no
گزارش ⟦24/02/2022⟧ رسید | 2022-02-24 | day | gregorian | point | no
گزارش ⟦24.02.2022⟧ رسید | 2022-02-24 | day | gregorian | point | no
موسیقی ⟦دهه ۱۹۹۰⟧ را دوست دارد | 1990-01-01..1999-12-31 | decade | gregorian | point | no
موسیقی ⟦دهه نود میلادی⟧ را دوست دارد | 1990-01-01..1999-12-31 | decade | gregorian | point | no
تولید از ⟦ژانویه ۲۰۲۱ تا مارس ۲۰۲۲⟧ رشد کرد | 2021-01-01..2022-03-31 | month | gregorian | range | no
تولید از ⟦سال ۲۰۱۵ تا ۲۰۱۸⟧ رشد کرد | 2015-01-01..2018-12-31 | year | gregorian | range | no
کنفرانس از ⟦۷ تا ۹ ژوئن⟧ برپا بود | 2022-06-07..2022-06-09 | day | gregorian | range | no
کارخانه در ⟦اوایل سال ۲۰۱۵⟧ ساخته شد | 2015-01-01..2015-05-01 | approximate | gregorian | point | no
پس از حملات ⟦۱۱ سپتامبر⟧ سفر سخت شد | 2001-09-11 | day | gregorian | point | no
بازار ⟦۲۰ ژوئن سال جاری⟧ بسته بود | 2022-06-20 | day | gregorian | point | no
بازار ⟦شب کریسمس ۲۰۲۱⟧ آرام بود | 2021-12-25 | part_of_day | gregorian | point | no
فروش ⟦ژوئن (خرداد)⟧ کم بود | 2022-06-01..2022-06-21 | month | gregorian | point | no
# lunar hijri
او ⟦۲۱ رمضان ۱۴۴۳⟧ درگذشت | 2022-04-23 | day | hijri | point | no
دسته‌ها ⟦نهم محرم⟧ راه افتادند | 2022-08-07 | day | hijri | point | yes
در سه ⟦ماه رجب⟧ و شعبان روزه گرفت | 2022-02-03..2022-03-04 | month | hijri | point | no
بازار در ⟦ماه مبارک رمضان⟧ بسته بود | 2022-04-03..2022-05-02 | month | hijri | point | no
مردم ⟦روز عاشورا⟧ به خیابان می‌آیند | 2022-08-08 | day | hijri | point | yes
مردم ⟦عید فطر⟧ را جشن گرفتند | 2022-05-03 | day | hijri | point | no
چراغانی ⟦نیمه شعبان⟧ برپا شد | 2022-03-19 | day | hijri | point | no
راهپیمایی ⟦روز قدس⟧ برپا شد | 2022-04-29 | day | hijri | point | no
هیئت در ⟦شب پنجم محرم⟧ گرد می‌آید | 2022-08-02..2022-08-03 | part_of_day | hijri | point | yes
نامه ⟦۳۰ ذیحجه ۱۴۴۳⟧ رسید | 2022-07-30 | day | hijri | point | yes
کاروان ⟦سال ۶۱ هجری قمری⟧ به کربلا رسید | 0680-10-04..0681-09-22 | year | hijri | point | no
# pairs
جنگ ⟦روز پنجشنبه ۲۴ فوریه (۵ اسفند ۱۴۰۰)⟧ آغاز شد | 2022-02-24 | day | jalali | point | no
جنگ ⟦۲۴ فوریه (۵ اسفند)⟧ آغاز شد | 2022-02-24 | day | gregorian | point | no
جنگ ⟦۲۴ فوریه برابر با ۵ اسفند⟧ آغاز شد | 2022-02-24 | day | gregorian | point | no
جنگ ⟦۵ اسفند ۱۴۰۰ (۲۴ فوریه)⟧ آغاز شد | 2022-02-24 | day | jalali | point | no
جنگ ⟦پنج‌شنبه ۲۴ فوریه ۲۰۲۲ مصادف با ۵ اسفند⟧ آغاز شد | 2022-02-24 | day | gregorian | point | no
نشست ⟦جمعه ۷ مرداد ۱۴۰۱ برابر با ۲۹ ژوئیه ۲۰۲۲ و ۳۰ ذیحجه ۱۴۴۳⟧ بود | 2022-07-29 | day | jalali | point | -
همایش ⟦۵ و ۷ سپتامبر (۱۴ و ۱۶ شهریور)⟧ است | 2022-09-05..2022-09-07 | day | gregorian | range | yes
وزیر ⟦دیروز (پنجشنبه)⟧ سخن گفت | 2022-07-28 | day | relative | point | no
وزیر ⟦امروز، جمعه ۷ مرداد⟧ سخن گفت | 2022-07-29 | day | jalali | point | -
# weekdays
وزیر ⟦جمعه⟧ سخن گفت | 2022-07-29 | day | relative | point | -
وزیر ⟦روز پنجشنبه⟧ سخن گفت | 2022-07-28 | day | relative | point | no
وزیر ⟦سه‌شنبه⟧ سخن گفت | 2022-07-26 | day | relative | point | no
وزیر ⟦سه شنبه⟧ سخن گفت | 2022-07-26 | day | relative | point | no
وزیر ⟦یک شنبه⟧ سخن گفت | 2022-07-24 | day | relative | point | no
وزیر ⟦شنبه گذشته⟧ سخن گفت | 2022-07-23 | day | relative | point | no
وزیر ⟦جمعه گذشته⟧ سخن گفت | 2022-07-22 | day | relative | point | no
وزیر ⟦جمعه آینده⟧ سخن می‌گوید | 2022-08-05 | day | relative | point | yes
وزیر ⟦جمعه هفته آینده⟧ سخن می‌گوید | 2022-08-05 | day | relative | point | yes
وزیر ⟦شنبه هفته گذشته⟧ سخن گفت | 2022-07-16 | day | relative | point | no
وزیر ⟦سه‌شنبه این هفته⟧ سخن گفت | 2022-07-26 | day | relative | point | no
صدای انفجار ⟦پنجشنبه شب⟧ شنیده شد | 2022-07-28 | part_of_day | relative | point | no
صدای انفجار ⟦شامگاه شنبه⟧ شنیده شد | 2022-07-23 | part_of_day | relative | point | no
صدای انفجار ⟦بامداد روز دوشنبه⟧ شنیده شد | 2022-07-25 | part_of_day | relative | point | no
هشدار تا ⟦دوشنبه⟧ برقرار است | 2022-08-01 | day | relative | point | yes
جلسه از ⟦شنبه تا چهارشنبه⟧ ادامه داشت | 2022-07-23..2022-07-27 | day | relative | range | no
پرواز ⟦چهارشنبه به وقت محلی⟧ نشست | 2022-07-27 | day | relative | point | no
# days around today
وزیر ⟦امروز⟧ رسید | 2022-07-29 | day | relative | point | -
وزیر ⟦دیروز⟧ رسید | 2022-07-28 | day | relative | point | no
وزیر ⟦پریروز⟧ رسید | 2022-07-27 | day | relative | point | no
وزیر ⟦امشب⟧ می‌رسد | 2022-07-29 | part_of_day | relative | point | -
وزیر ⟦دیشب⟧ رسید | 2022-07-28 | part_of_day | relative | point | no
وزیر ⟦فردا⟧ می‌رسد | 2022-07-30 | day | relative | point | yes
وزیر ⟦فردا شب⟧ می‌رسد | 2022-07-30 | part_of_day | relative | point | yes
وزیر ⟦پس‌فردا⟧ می‌رسد | 2022-07-31 | day | relative | point | yes
وزیر ⟦بامداد امروز⟧ رسید | 2022-07-29 | part_of_day | relative | point | -
وزیر ⟦امروز صبح⟧ رسید | 2022-07-29 | part_of_day | relative | point | -
وزیر ⟦روز گذشته⟧ رسید | 2022-07-28 | day | relative | point | no
وزیر ⟦شب گذشته⟧ رسید | 2022-07-28 | part_of_day | relative | point | no
وزیر ⟦صبح روز گذشته⟧ رسید | 2022-07-28 | part_of_day | relative | point | no
# counted from now
موشک ⟦۴۸ ساعت پیش⟧ فرود آمد | 2022-07-27 | hour | relative | duration_ago | no
موشک ⟦نیم ساعت پیش⟧ فرود آمد | 2022-07-29 | hour | relative | duration_ago | no
موشک ⟦ساعاتی پیش⟧ فرود آمد | 2022-07-29 | hour | relative | duration_ago | no
موشک ⟦دقایقی قبل⟧ فرود آمد | 2022-07-29 | minute | relative | duration_ago | no
موشک ⟦لحظاتی پیش⟧ فرود آمد | 2022-07-29 | minute | relative | duration_ago | no
شبکه ⟦دقایقی پیش⟧ از دسترس خارج شد | 2022-07-29 | minute | relative | duration_ago | no
سفیر ⟦دو روز پیش⟧ رسید | 2022-07-27 | day | relative | duration_ago | no
سفیر ⟦۲ روز قبل⟧ رسید | 2022-07-27 | day | relative | duration_ago | no
سفیر ⟦سه هفته قبل⟧ رسید | 2022-07-02..2022-07-08 | week | relative | duration_ago | no
سفیر ⟦دو ماه پیش⟧ رسید | 2022-05-22..2022-06-21 | month | relative | duration_ago | no
سفیر ⟦ده سال پیش⟧ رسید | 2012-03-20..2013-03-20 | year | relative | duration_ago | no
سفیر ⟦یک سال و نیم پیش⟧ رسید | 2020-03-20..2021-03-20 | year | relative | duration_ago | no
سفیر ⟦دو سال و سه ماه پیش⟧ رسید | 2020-03-20..2021-03-20 | year | relative | duration_ago | no
سفیر ⟦چند روز پیش⟧ رسید | 2022-07-19..2022-07-27 | approximate | relative | duration_ago | no
سفیر ⟦چند ساعت بعد⟧ رسید | open | hour | relative | duration_ahead | -
سفیر ⟦دو روز بعد⟧ رسید | open | day | relative | duration_ahead | -
سفیر ⟦سه روز دیگر⟧ می‌رسد | 2022-08-01 | day | relative | duration_ahead | yes
سفیر ⟦دو یا سه ماه دیگر⟧ می‌رسد | 2022-09-23..2022-11-21 | month | relative | duration_ahead | yes
بازار در ⟦چند روز آینده⟧ باز می‌شود | 2022-07-29..2022-08-08 | approximate | relative | range | yes
بازار طی ⟦دو روز آینده⟧ باز می‌شود | 2022-07-29..2022-07-31 | day | relative | range | yes
ده تن ظرف ⟦۲۴ ساعت گذشته⟧ جان دادند | 2022-07-28..2022-07-29 | hour | relative | range | no
ده تن در ⟦شش روز اخیر⟧ جان دادند | 2022-07-23..2022-07-29 | day | relative | range | no
گفت‌وگوها در ⟦روزهای آینده⟧ ادامه دارد | 2022-07-29..2022-08-08 | approximate | relative | range | yes
بارش در ⟦سال‌های اخیر⟧ کم بود | 2017-07-29..2022-07-29 | approximate | relative | range | no
بارش در ⟦یکی دو سال اخیر⟧ کم بود | 2020-07-28..2022-07-29 | year | relative | range | no
بهای نان ⟦اخیراً⟧ بالا رفت | 2022-07-19..2022-07-29 | approximate | relative | range | no
مردم ⟦این روزها⟧ نگران‌اند | 2022-07-19..2022-07-29 | approximate | relative | point | -
# weeks, months, years around now
هیئت ⟦هفته آینده⟧ می‌آید | 2022-07-30..2022-08-05 | week | relative | point | yes
هیئت ⟦هفته گذشته⟧ آمد | 2022-07-16..2022-07-22 | week | relative | point | no
هیئت ⟦هفته جاری⟧ آمد | 2022-07-23..2022-07-29 | week | relative | point | -
هیئت ⟦این هفته⟧ آمد | 2022-07-23..2022-07-29 | week | relative | point | -
هیئت ⟦هفته پیش رو⟧ می‌آید | 2022-07-30..2022-08-05 | week | relative | point | yes
هیئت ⟦آخر هفته⟧ می‌آید | 2022-07-28..2022-07-29 | week | relative | point | -
هیئت ⟦اوایل هفته آینده⟧ می‌آید | 2022-07-30..2022-07-31 | approximate | relative | point | yes
هیئت ⟦ماه گذشته⟧ آمد | 2022-06-22..2022-07-22 | month | relative | point | no
هیئت ⟦ماه گذشته میلادی⟧ آمد | 2022-06-01..2022-06-30 | month | gregorian | point | no
هیئت تا ⟦پایان ماه جاری (میلادی)⟧ می‌آید | 2022-07-31 | approximate | gregorian | point | yes
هیئت ⟦پنجم ماه گذشته⟧ آمد | 2022-06-26 | day | relative | point | no
هیئت ⟦دوازدهم ماه جاری⟧ می‌آید | 2022-08-03 | day | relative | point | yes
رشد ⟦سال گذشته⟧ چهار درصد بود | 2021-03-21..2022-03-20 | year | relative | point | no
رشد ⟦سال گذشته میلادی⟧ چهار درصد بود | 2021-01-01..2021-12-31 | year | gregorian | point | no
رشد ⟦پارسال⟧ چهار درصد بود | 2021-03-21..2022-03-20 | year | relative | point | no
رشد ⟦سال جاری⟧ کم است | 2022-03-21..2023-03-20 | year | relative | point | -
برای ⟦امسال⟧ پیش‌بینی می‌کنند | 2022-03-21..2023-03-20 | year | relative | point | -
کار تا ⟦پایان سال جاری⟧ تمام است | 2023-03-20 | approximate | relative | point | yes
کار تا ⟦پایان سال⟧ تمام است | 2023-03-20 | approximate | relative | point | yes
کشور در ⟦دو دهه گذشته⟧ دگرگون شد | 2002-07-29..2022-07-29 | decade | relative | range | no
# clock times
پیام ⟦۷ مرداد ۱۴۰۱، ۲۱:۴۸⟧ رسید | 2022-07-29 | minute | jalali | point | -
پیام ⟦ساعت ۹ صبح جمعه⟧ رسید | 2022-07-29 | hour | relative | point | -
پیام ⟦ساعت ۲۱:۴۸ روز پنجشنبه ۶ مرداد به وقت محلی⟧ رسید | 2022-07-28 | minute | jalali | point | no
پیام ⟦ساعت ۱۴ به وقت گرینویچ⟧ رسید | 2022-07-29 | hour | relative | point | -
پیام ⟦ساعت ده و نیم صبح فردا⟧ می‌رسد | 2022-07-30 | minute | relative | point | yes
پیام ⟦ساعت ۱ و ۵۲ دقیقه امروز⟧ رسید | 2022-07-29 | minute | relative | point | -
پیام ⟦بامداد⟧ رسید | 2022-07-29 | part_of_day | relative | point | -
# named days
دیدار ⟦نوروز ۱۴۰۱⟧ را به یاد دارد | 2022-03-21 | day | jalali | point | no
سفرهای ⟦تعطیلات نوروز⟧ بیشتر بود | 2022-03-21..2022-04-02 | day | jalali | range | no
مردم ⟦شب یلدا⟧ گرد می‌آیند | 2022-12-21 | day | jalali | point | yes
"""

NO_DATES = """
خبرگزاری مهر از نشست خبر داد
مهر گزارش داد که نشست پایان یافت
به گزارش آذر، کارگردان جوان، فیلم آماده است
او می‌رود و می‌آید و کار می‌کند
از این ۲۰ می‌توان گذشت
مه غلیظ جاده را بست
گاز کربن دی‌اکسید در هوا بود
دو تیر شلیک شد و پای او ۳ تیر خورد
بهمن راه روستا را بست
بشار اسد با وزیر دیدار کرد
داروی سرطان و میزان فروش آن
رجب طیب اردوغان سخن گفت
شاخص به صفر رسید
امام جمعه شهر سخن گفت
نماز جمعه برپا شد
چهارشنبه‌سوری را جشن گرفتند
مسافران به شهر دوشنبه رسیدند
در میدان ۷ تیر گرد آمدند
بیمارستان ۲۲ بهمن پر شد
جنبش شش آوریل بیانیه داد
کارگاه به روز شد و روز به روز بهتر می‌شود
دنیای امروز پیچیده است
جنگ ۱۲ روز به درازا کشید
دو روز پیش از حمله هشدار داد
سه هفته پس از زلزله برگشت
دو سال گذشته است و خبری نیست
قیمت ۲۰ درصد بالا رفت و ۱۴۰۰ نفر آمدند
نتیجه ۲:۱ شد
دمای هوا ۳.۵ درجه است
سهم ۲۱/۵ درصدی بازار
۳۱ مهر وجود ندارد
شماره ۰۹۱۲۳۴۵۶۷۸ را بگیرید
خرداد پرحادثه‌ای بود
بهار نام دختر اوست
فصل بهار عربی پایان یافت
کالای ۲۴ ساعته و ۶۰ روزه
"""


def _rows() -> list[tuple[str, str, str, str, str, str]]:
    rows = []
    for line in TABLE.strip().splitlines():
        if not line.startswith("#"):
            a, b, c, d, e, f = (cell.strip() for cell in line.split("|"))
            rows.append((a, b, c, d, e, f))
    return rows


@pytest.mark.parametrize(("marked", "when", "precision", "calendar", "kind", "future"), _rows())
def test_expression(marked: str, when: str, precision: str, calendar: str, kind: str, future: str) -> None:
    before, rest = marked.split("⟦")
    phrase, after = rest.split("⟧")
    ((printed, span),) = found(before + phrase + after)
    assert printed == phrase
    assert (days(span), span.precision, span.calendar, span.kind) == (when, precision, calendar, kind)
    assert span.future == {"yes": True, "no": False, "-": None}[future]


@pytest.mark.parametrize("text", NO_DATES.strip().splitlines())
def test_no_date(text: str) -> None:
    assert found(text) == []


def test_table_is_large() -> None:
    assert len(_rows()) >= 150


def test_two_readings() -> None:
    """The clause's verb decides between the last and the coming one."""
    ((_, friday),) = found("نشست پنجشنبه برگزار می‌شود")
    assert (friday.start, friday.start_if_future) == (date(2022, 7, 28), date(2022, 8, 4))
    ((_, day),) = found("رزمایش ۲۴ فوریه خواهد بود")
    assert (day.start, day.start_if_future, day.end_if_future) == (
        date(2022, 2, 24),
        date(2023, 2, 24),
        date(2023, 2, 24),
    )
    ((_, written),) = found("رزمایش ۲۴ فوریه ۲۰۲۲ بود")
    assert written.start_if_future is None


def test_nearest_year_turns_after_seven_months() -> None:
    ((_, span),) = found("دیدار ۲۸ دسامبر", datetime(2022, 7, 29, 12, tzinfo=UTC))
    assert span.start == date(2021, 12, 28)
    ((_, span),) = found("دیدار ۲۸ دسامبر", datetime(2022, 8, 29, 12, tzinfo=UTC))
    assert span.start == date(2022, 12, 28)


def test_weekday_chooses_the_year() -> None:
    """10 March was a Thursday in 2022 and a Friday in 2023."""
    anchor = datetime(2022, 12, 1, 12, tzinfo=UTC)
    ((_, span),) = found("نشست جمعه ۱۰ مارس", anchor)
    assert span.start == date(2023, 3, 10)
    ((_, span),) = found("نشست پنجشنبه ۱۰ مارس", anchor)
    assert span.start == date(2022, 3, 10)


def test_dates_that_disagree_stay_two() -> None:
    assert [phrase for phrase, _ in found("در ۲۴ فوریه ۲۰۲۲ (۲۰ تیر)")] == ["۲۴ فوریه ۲۰۲۲", "۲۰ تیر"]


def test_bracket_outside_stays_outside() -> None:
    ((phrase, span),) = found("دیدار دوم (۲۶ ژوئن/۵ تیر) برپا شد")
    assert (phrase, span.start) == ("۲۶ ژوئن/۵ تیر", date(2022, 6, 26))


def test_shared_modifiers() -> None:
    spans = [span.start for _, span in found("دوشنبه و سه‌شنبه هفته گذشته")]
    assert spans == [date(2022, 7, 18), date(2022, 7, 19)]
    spans = [span.start for _, span in found("هفته آینده در روزهای یکشنبه و سه‌شنبه")]
    assert spans == [date(2022, 7, 30), date(2022, 7, 31), date(2022, 8, 2)]
    spans = [span.start for _, span in found("در فروردین، اردیبهشت و خرداد سال گذشته")]
    assert spans == [date(2021, 3, 21), date(2021, 4, 21), date(2021, 5, 22)]


def test_clock_takes_the_only_day_of_the_sentence() -> None:
    spans = found("دیروز در پایتخت جلسه‌ای بود که ساعت ۹ پایان یافت")
    assert [(phrase, days(span)) for phrase, span in spans] == [("دیروز", "2022-07-28"), ("ساعت ۹", "2022-07-28")]


def test_without_publication_time_only_full_dates_are_resolved() -> None:
    texts = {
        "دیروز": "open",
        "۷ مرداد": "open",
        "۷ مرداد ۱۴۰۱": "2022-07-29",
        "پنجشنبه": "open",
        "سال ۲۰۱۵": "2015-01-01..2015-12-31",
    }
    assert {text: days(span) for text in texts for _, span in found(text, None)} == texts


def test_unknown_precision_is_no_anchor() -> None:
    words = [word for _, _, word in pieces("دیروز ۷ مرداد ۱۴۰۱")]
    (span,) = find_dates(words, TOLD, "unknown")
    assert days(span) == "2022-07-29"
    (span,) = find_dates(["دیروز"], TOLD, "unknown")
    assert (span.start, span.future) == (None, False)


def test_counted_in_tehran() -> None:
    """21:00 in Greenwich is past midnight in Tehran."""
    ((_, span),) = found("امروز", datetime(2022, 7, 28, 21, 0, tzinfo=UTC))
    assert span.start == date(2022, 7, 29)
    ((_, span),) = found("دو ساعت پیش", datetime(2022, 7, 28, 21, 0, tzinfo=UTC))
    assert span.start == date(2022, 7, 28)


def test_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        find_dates(["امروز"], datetime(2022, 7, 29))  # noqa: DTZ001 - that is the point


def test_glued_words() -> None:
    """A normaliser may leave a written date or a clock time as one word."""
    (span,) = find_dates(["گزارش", "1401/05/07", "،", "21:48"], TOLD)
    assert (span.first, span.last, span.start, span.precision) == (1, 4, date(2022, 7, 29), "minute")


def test_several_in_one_sentence() -> None:
    spans = found("او دیروز گفت که ۲۴ فوریه ۲۰۲۲ آغاز جنگ بود و جمعه آینده بازمی‌گردد")
    assert [phrase for phrase, _ in spans] == ["دیروز", "۲۴ فوریه ۲۰۲۲", "جمعه آینده"]


@pytest.mark.parametrize("text", [row[0].replace("⟦", "").replace("⟧", "") for row in _rows()])
def test_cue_never_hides_a_date(text: str) -> None:
    assert has_cue([word for _, _, word in pieces(text)])


@pytest.mark.parametrize(
    "words", [[], [""], ["-", "/", "."], ["و"] * 300, ["1"] * 300, ["از", "تا"] * 100, ["سال"], ["(", "جمعه"]]
)
def test_odd_input(words: list[str]) -> None:
    assert all(0 <= span.first < span.last <= len(words) for span in find_dates(words, TOLD))
