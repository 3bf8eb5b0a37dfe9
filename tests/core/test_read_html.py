"""Step 1 on HTML pages: every half-space kept, metadata in its order of trust, chrome left out."""

from datetime import UTC, datetime

import pytest

from stream.core.html_text import fragment_text
from stream.core.read import read
from stream.core.records import Article, Incoming, Rejection

ARRIVED = datetime(2024, 3, 10, 12, 0, tzinfo=UTC)
OUTLETS = {"ایرنا": "IRNA"}
TITLE = "وزیران درباره‌ی مرز گفت‌وگو کردند"
LEAD = "وزیران خارجه‌ی دو کشور همسایه روز شنبه در تهران درباره‌ی مرزها گفت‌وگو کردند."
FIRST = "آن‌ها می‌خواهند پیمان‌نامه‌ای بنویسند و گذرگاه‌های تازه‌ای بگشایند که سال‌هاست بسته‌اند."
LAST = "این گفت‌وگوها ادامه می‌یابد و دیدار بعدی در بهار است."
JSON_LD = (
    '<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": ["NewsArticle"], "version": "7", '
    '"datePublished": "2024-03-09T10:11:12+03:30", "dateModified": "2024-03-09T12:00:00+03:30", '
    '"publisher": {"@type": "Organization", "name": "ایرنا"}}]}</script>'
)
AGENCY = f"""<!DOCTYPE html><html><head><title>{TITLE} - ایرنا</title>
<link rel="canonical" href="https://WWW.news.example/fa/85409999?utm_source=a#x">{JSON_LD}
<script type="application/ld+json">{{broken</script><style>.a{{}}</style></head>
<body><nav><li>صفحه اصلی</li></nav><div class="item-nav">کد خبر: 85409999</div>
<div class="item-title"><h1><a itemprop="headline">{TITLE}</a></h1></div>
<p class="summary introtext" itemprop="description">تهران - ایرنا - {LEAD}</p>
<div class="item-body"><div class="item-text" itemprop="articleBody"><p>{FIRST}</p><script>x()</script>
<div class="related">خبر مرتبط</div><p>{LAST}</p></div></div>
<section class="comments"><p>نظر شما درباره‌ی این خبر چیست و چه می‌گویید؟</p></section></body></html>"""
PLAIN = f"""<html><head><meta property="og:title" content="{TITLE}">
<meta property="article:published_time" content="2024-03-09T10:11:12+03:30"></head>
<body><div id="menu"><p>این فهرست بلندی از پیوندهاست که هیچ ربطی به خبر ندارد و نباید خوانده شود.</p></div>
<div><div><p>{LEAD}</p><p>{FIRST}</p><p>{LAST}</p></div></div><footer><p>تمام حقوق این وب‌سایت محفوظ است.</p></footer>
</body></html>"""
MICRODATA = f"""<article><h1>{TITLE}</h1><time datetime="2024-03-09">۱۹ اسفند ۱۴۰۲</time>
<p>{LEAD}</p><p>{FIRST}</p><aside>تبلیغ</aside><p>{LAST}</p></article>"""


def html(markup: str) -> Article:
    found = read(Incoming(value=markup.encode(), arrived=ARRIVED), outlets=OUTLETS)
    assert isinstance(found, Article), found
    return found


def test_an_agency_page() -> None:
    found = html(AGENCY)
    assert (found.form, found.title, found.outlet, found.code) == ("html", TITLE, "IRNA", "85409999")
    assert found.text == f"{TITLE}\nتهران - ایرنا - {LEAD}\n{FIRST}\n{LAST}"
    assert [found.text[part.start : part.end] for part in found.parts] == [TITLE, LEAD, FIRST, LAST]
    assert found.published.isoformat() == "2024-03-09T10:11:12+03:30"
    assert found.version_created is not None
    assert (found.version, found.version_created.hour) == ("7", 12)
    assert (found.uri, found.dateline_place) == ("IRNA/85409999", "تهران")


def test_a_page_without_semantics() -> None:
    found = html(PLAIN)
    assert (found.title, found.body) == (TITLE, f"{LEAD}\n{FIRST}\n{LAST}")
    assert found.published.isoformat() == "2024-03-09T10:11:12+03:30"


def test_an_article_element() -> None:
    found = html(MICRODATA)
    assert [found.text[part.start : part.end] for part in found.parts if part.kind == "body"][-3:] == [
        LEAD,
        FIRST,
        LAST,
    ]
    assert (found.title, found.published_precision) == (TITLE, "day")


def test_the_canonical_url_names_a_page_without_a_code() -> None:
    assert html(AGENCY.replace("کد خبر: 85409999", "")).uri == "https://www.news.example/fa/85409999"


@pytest.mark.parametrize("markup", [AGENCY, PLAIN, MICRODATA])
def test_no_half_space_is_lost(markup: str) -> None:
    found = html(markup)
    assert found.text.count("\u200c") == (TITLE + LEAD + FIRST + LAST).count("\u200c")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>می‌روم و <b>کتاب‌</b>ها را\n  می&zwnj;خوانم</p>", "می‌روم و کتاب‌ها را می‌خوانم"),
        ("یک<br>دو<br/><br/>سه", "یک\nدو\nسه"),
        ("<ul><li>یک<li>دو</ul><!-- نه --><style>نه</style>", "یک\nدو"),
        ("فاصله&nbsp;ثابت", "فاصله\u00a0ثابت"),
        ("", ""),
    ],
)
def test_fragments(markup: str, text: str) -> None:
    assert fragment_text(markup) == text


@pytest.mark.parametrize("markup", ["<html></html>", "<html><body><script>1</script></body></html>", "<p>سلام</p>"])
def test_a_page_without_text(markup: str) -> None:
    found = read(Incoming(value=markup.encode(), arrived=ARRIVED))
    assert isinstance(found, Rejection)
    assert found.reason == "no_text"


def test_nesting_can_not_hide_behind_closing_tags() -> None:
    found = read(Incoming(value=b"<html>" + b"<div></b>" * 20_000, arrived=ARRIVED))
    assert isinstance(found, Rejection)
    assert found.reason == "too_deep"
