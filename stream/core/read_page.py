"""Step 1. Read the text of a page, with its chrome: title, paragraphs, codes, publication time.

The text is one of an article page of an Iranian agency as a browser shows or copies it: publication line, codes, share
buttons and tags, then title and paragraphs, then the comment form. Lines are compared without blanks and half-spaces, for
they come with either or none («برچسبها», «برچسب ها»).
"""

import re
from typing import NamedTuple

from stream.core.chrome import is_end_mark, is_furniture, lines
from stream.core.draft import Draft, Refused
from stream.core.records import Part
from stream.core.timestamps import Moment, find_time, fold, parse_time

_DIGIT = re.compile(r"\d")
_CODE = re.compile(r"(?:کد|شناسه|شماره)\s*(?:خبر|مطلب|محتوا)\s*[:؛]?\s*([A-Za-z]?\d[\d-]{2,20})")
_REPORTER = re.compile(r"(?:کد\s*)?(?:خبرنگار|نویسنده)\s*[:؛]?\s*(\d{2,8})")
_PUBLISHED_LABEL = re.compile(r"انتشار|تاریخ خبر|زمان مخابره|تاریخ مخابره")
_OTHER_DATE_LABEL = re.compile(r"به ?روز ?رسانی|ویرایش|بازدید|چاپ شده")
_SECTION = re.compile(r"\W*(?:صفحه (?:اصلی|نخست)|خانه|سرویس|گروه|دسته ?بندی|اخبار)\b[^.؟!]{0,50}")
_COUNTER = re.compile(r"[\d\W]*(?:نفر|نظر|بازدید|دیدگاه|دقیقه|بار|پسند|کامنت|رای|امتیاز|از\W*\d+)?[\d\W]*")
_SQUEEZE = re.compile(r"[\s\u200c\u0654\u0640:؛.،|/«»\"()\[\]-]+")

# whole lines, compared squeezed
_CHROME = frozenset(
    _SQUEEZE.sub("", name)
    for name in (
        "T T|TT|A A|AA|برچسب ها|برچسب|کلیدواژه ها|کلید واژه|کلمات کلیدی|تگ ها|پرونده خبری|پرونده های خبری|اشتراک گذاری|"
        "به اشتراک بگذارید|اشتراک|چاپ|پرینت|نسخه چاپی|ذخیره|دانلود|کپی لینک|کپی|لینک کوتاه|لینک کوتاه خبر|لینک خبر|کپی شد|"
        "ارسال به دوستان|ارسال|خروجی|اندازه متن|اندازه قلم|فونت|ایمیل|تلگرام|واتساپ|توییتر|فیسبوک|لینکدین|سروش|ایتا|بله|"
        "روبیکا|ورود|ثبت نام|جستجو|جستجوی پیشرفته|منو|آرشیو|درباره ما|تماس با ما|پیوندها|آب و هوا|اوقات شرعی|عضویت|RSS|"
        "خبرگزاری|نظرات|نظر|نظر شما|عکس|فیلم|ویدئو|ویدیو|صوت|چندرسانه ای|گالری|اینفوگرافیک|سیاسی|سیاست|سیاست خارجی|"
        "اقتصاد|اقتصادی|اجتماعی|جامعه|فرهنگی|فرهنگ|فرهنگ و هنر|ورزش|ورزشی|بین الملل|جهان|استان ها|علمی|دانش و فناوری|حوادث|"
        "سلامت|بازار|عکس خبری|تیتر یک|خبر|گزارش|یادداشت|مصاحبه|گفتگو|captcha|نام|نام شما|کد امنیتی"
    ).split("|")
)
_COMMENTS = tuple(  # how the lines begin after which nothing belongs to the article
    _SQUEEZE.sub("", name)
    for name in (
        "نظر شما|نظرات شما|ارسال نظر|ثبت نظر|دیدگاه شما|دیدگاه ها|نظرات بینندگان|نظرات کاربران|شما در حال پاسخ به نظر|"
        "captcha|پربازدیدترین|پربیننده ترین|آخرین اخبار|تازه ترین اخبار|تازه های|کلیه حقوق|تمامی حقوق|تمام حقوق|"
        "نظری ارسال نشده|مطالب پیشنهادی|اخبار پیشنهادی|وب گردی|پیشنهاد سردبیر|افزودن دیدگاه|دیدگاهتان را"
    ).split("|")
)
_RELATED = tuple(
    _SQUEEZE.sub("", name)
    for name in "اخبار مرتبط|مطالب مرتبط|خبرهای مرتبط|بیشتر بخوانید|بیشتر بدانید|در همین رابطه|در همین زمینه|همچنین بخوانید".split(
        "|"
    )
)
_TAGS = frozenset(_SQUEEZE.sub("", name) for name in "برچسب ها|برچسب|کلیدواژه ها|کلمات کلیدی|تگ ها".split("|"))
_SENTENCE_END = re.compile(r"[.؟!?…:»\"”)]\s*$")


class Imprint(NamedTuple):
    """What the page says of the article outside of its text."""

    published: Moment | None = None
    code: str | None = None
    reporter_code: str | None = None


def squeeze(line: str) -> str:
    """A line as it is compared: one spelling of letters and digits, no blanks, half-spaces or separators."""
    return _SQUEEZE.sub("", fold(line))


def read_imprint(page_lines: list[str]) -> Imprint:
    """Publication time, article code and reporter code from the lines of a page."""
    code: str | None = None
    reporter: str | None = None
    best: tuple[int, Moment] | None = None
    for line in page_lines:
        if len(line) > 160 or not _DIGIT.search(line):
            continue
        bare = fold(line)
        if code is None and (found := _CODE.search(bare)):
            code = found[1]
        if reporter is None and (found := _REPORTER.search(bare)):
            reporter = found[1]
        rank = _imprint_rank(bare)
        if rank and (moment := find_time(line)):
            rank += 1 if moment.precision != "day" else 0
            if best is None or rank > best[0]:
                best = (rank, moment)
    return Imprint(best[1] if best else None, code, reporter)


def _imprint_rank(bare: str) -> int:
    """How surely a line gives the time of publication: 0 not at all."""
    if _OTHER_DATE_LABEL.search(bare) and not _PUBLISHED_LABEL.search(bare):
        return 0
    if _PUBLISHED_LABEL.search(bare):
        return 4
    if parse_time(bare) is not None:
        return 3
    # «اخبار سیاسی - ۷ مرداد ۱۴۰۱ - ۲۱:۴۸», «کد خبر: … ۷ مرداد ۱۴۰۱»: little else beside the date
    return 2 if len(bare) < 70 and (re.search(r"\d:\d\d", bare) or _CODE.search(bare)) and len(bare.split()) < 14 else 0


def _is_imprint(bare: str) -> bool:
    if len(bare) > 120 or not _DIGIT.search(bare):
        return False
    if _CODE.search(bare) or (_REPORTER.search(bare) and len(bare) < 40) or parse_time(bare) is not None:
        return True
    return _imprint_rank(bare) > 0 and find_time(bare) is not None


def is_chrome(line: str, *, above: bool) -> bool:
    """True where a line of a page is not of the article: furniture, imprint, names of buttons and sections, counters.

    `above` the title more lines are chrome: «گروه سیاسی» is a section there, and a heading among the paragraphs.
    """
    if is_furniture(line):
        return True
    if len(line) > 120:
        return False
    squeezed = squeeze(line)
    if not squeezed or squeezed in _CHROME or squeezed.casefold() in _CHROME:
        return True
    bare = fold(line)
    return (
        _COUNTER.fullmatch(bare) is not None
        or _is_imprint(bare)
        or (
            above
            and len(line) < 60
            and ":" not in line[-1:]
            and _SECTION.fullmatch(bare) is not None
            and len(bare.split()) < 6
        )
        or squeezed.startswith(("شمادرحالپاسخ", "لینککوتاه", "کدخبر", "کدخبرنگار", "شناسهخبر"))
    )


def _closes(line: str) -> bool:
    if is_end_mark(line):
        return True
    return len(line) < 80 and squeeze(line).startswith(_COMMENTS)


def _is_paragraph(line: str) -> bool:
    words = len(line.split())
    return words >= 25 or (words >= 9 and _SENTENCE_END.search(line) is not None)


def _is_question(text: str, shown: list[tuple[int, int]], at: int) -> bool:
    """True for a title that ends like a sentence: short, with ؟ or !, and a longer paragraph follows."""
    line = text[slice(*shown[at])]
    if len(line.split()) >= 20 or not line.endswith(("؟", "?", "!")) or at + 1 >= len(shown):
        return False
    following = text[slice(*shown[at + 1])]
    return len(following) > len(line) and _is_paragraph(following)


def _layout(text: str) -> tuple[tuple[int, int] | None, list[tuple[int, int]]]:
    """Where the title and the paragraphs of a page lie."""
    all_lines = list(lines(text))
    shown = [(a, b) for a, b in all_lines if not is_chrome(text[a:b], above=True) and not _closes(text[a:b])]
    first = next((n for n, (a, b) in enumerate(shown) if _is_paragraph(text[a:b])), None)
    title: tuple[int, int] | None = None
    if first is None:  # no paragraph: a flash, or a title alone
        if len(shown) > 1:
            title, shown = shown[0], shown[1:]
    else:
        before = [n for n in range(first) if len(text[slice(*shown[n])].split()) >= 3]
        if _is_question(text, shown, first) and not (before and len(text[slice(*shown[before[-1]])].split()) >= 5):
            before = [first]
        if before:
            title = shown[before[-1]]
            shown = shown[before[-1] + 1 :]
        else:
            shown = shown[first:]
    body_from = shown[0][0] if shown else len(text)
    return title, _body(text, [span for span in all_lines if span[0] >= body_from])


def _body(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    skipping = False  # after «بیشتر بخوانید» and after tags, titles of other articles follow
    for a, b in spans:
        line = text[a:b]
        if found and _closes(line):
            break
        squeezed = squeeze(line) if b - a < 60 else ""
        if found and squeezed and (squeezed in _TAGS or squeezed.startswith(_RELATED)):
            skipping = True
            continue
        if skipping and not _is_paragraph(line):
            continue
        skipping = False
        if not is_chrome(line, above=False):
            found.append((a, b))
    return found


def read_page(text: str) -> Draft:
    """A draft from the text of a page; `text` of the draft is the whole page. Refused with `no_text` without any."""
    title, body = _layout(text)
    if len(body) == 1 and title is None and len(text[slice(*body[0])].split()) < 3:
        body = []
    if not body and title is None:
        raise Refused("no_text", "the page holds no line of three words that is not chrome: send the article's text.")
    imprint = read_imprint([text[a:b] for a, b in lines(text)])
    parts = [Part(kind="title", start=title[0], end=title[1])] if title else []
    parts += [Part(kind="body", start=a, end=b) for a, b in body]
    return Draft(
        form="page",
        title=text[slice(*title)] if title else "",
        body=text[body[0][0] : body[-1][1]] if body else "",
        text=text,
        parts=parts,
        published=imprint.published,
        code=imprint.code,
        reporter_code=imprint.reporter_code,
    )
