"""Step 1 on JSON: forms, identity, text and parts, and every rejection by its name."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stream.core.read import canonical_url, read
from stream.core.reasons import REJECTION_REASONS
from stream.core.records import Article, Incoming, Limits, Rejection, Withdrawal

ARRIVED = datetime(2024, 3, 10, 12, 0, tzinfo=UTC)
OUTLETS = {"ایرنا": "IRNA", "ایسنا": "ISNA", "مهر": "MEHR"}
TITLE = "وزیران خارجه دو همسایه دیدار کردند"
BODY = "وزیران خارجه‌ی دو کشور همسایه صبح یکشنبه در آنکارا دیدار کردند.\nآن‌ها درباره‌ی مرز گفت‌وگو می‌کنند."


def incoming(value: Any, **more: Any) -> Incoming:
    data = value if isinstance(value, bytes) or value is None else json.dumps(value, ensure_ascii=False).encode()
    return Incoming(value=data, arrived=ARRIVED, **more)


def article(value: Any, **more: Any) -> Article:
    found = read(incoming(value, **more), outlets=OUTLETS)
    assert isinstance(found, Article), found
    return found


def parts(found: Article) -> list[tuple[str, str]]:
    return [(part.kind, found.text[part.start : part.end]) for part in found.parts]


def test_plain_json() -> None:
    found = article(
        {
            "id": 17,
            "title": TITLE,
            "body": BODY,
            "outlet": "ایرنا",
            "published": "2024-03-10T09:30:00",
            "url": "https://example.org/a",
            "version": 3,
        }
    )
    assert (found.uri, found.version, found.outlet, found.form) == ("IRNA/17", "3", "IRNA", "json")
    assert found.published.isoformat() == "2024-03-10T09:30:00+03:30"
    assert found.published_precision == "second"
    assert found.text == f"{TITLE}\n{BODY}"
    assert parts(found) == [("title", TITLE), *(("body", line) for line in BODY.split("\n"))]
    assert found.language == "fa"


@pytest.mark.parametrize("title", [None, ""])
def test_without_a_title_the_text_is_the_body(title: str | None) -> None:
    found = article({"id": "a", "title": title, "body": BODY})
    assert found.text == BODY
    assert found.published == ARRIVED
    assert found.published_precision == "unknown"


def test_text_is_never_rewritten() -> None:
    odd = "\u202bمتن\u00a0كهنه ي‌ ما\u200f  با  دو  فاصله\u202c\r\nسطر دوم\u2028سطر سوم\u200d "
    found = article({"id": "a", "title": " عنوان ", "body": odd})
    assert found.text == f" عنوان \n{odd}"
    assert parts(found)[0] == ("title", "عنوان")
    assert [line for kind, line in parts(found) if kind == "body"][1:] == ["سطر دوم", "سطر سوم\u200d"]


def test_a_byte_order_mark_is_tolerated() -> None:
    assert article(b"\xef\xbb\xbf" + json.dumps({"id": "a", "body": BODY}).encode()).uri == "a"


@pytest.mark.parametrize(
    ("fields", "uri"),
    [
        ({"uri": "urn:x:1", "id": "7", "outlet": "ایرنا"}, "urn:x:1"),
        ({"id": "7", "outlet": "ایرنا"}, "IRNA/7"),
        ({"id": "7", "outlet": "روزنامه‌ی ناشناس"}, "روزنامه‌ی ناشناس/7"),
        ({"id": "7"}, "7"),
        ({"url": "HTTPS://News.Example.ORG/a/b?utm_source=x&id=3#top"}, "https://news.example.org/a/b?id=3"),
    ],
)
def test_identity(fields: dict[str, Any], uri: str) -> None:
    assert article({"body": BODY, **fields}).uri == uri


def test_without_any_name_the_content_names_the_article() -> None:
    first, again, other = (article({"body": body}) for body in (BODY, BODY, BODY + " افزوده"))
    assert first.uri.startswith("digest:")
    assert first.uri == again.uri != other.uri


def test_the_version_is_a_digest_of_the_content() -> None:
    first = article({"id": "1", "body": BODY})
    assert first.version == article({"id": "1", "body": BODY}).version
    assert first.version != article({"id": "1", "body": BODY, "pubStatus": "canceled"}).version


@pytest.mark.parametrize("url", ["not a url", "http://[", "ftp://example.org/a", ""])
def test_what_is_no_url_names_nothing(url: str) -> None:
    assert canonical_url(url) is None


def test_status_and_embargo_are_kept() -> None:
    found = article({"id": "1", "body": BODY, "pubStatus": "withheld", "embargoedUntil": "2024-03-11T00:00:00Z"})
    assert found.pub_status == "withheld"
    assert found.embargoed_until == datetime(2024, 3, 11, tzinfo=UTC)


def test_a_flash_without_its_channel() -> None:
    body = (
        "🔴\nسخنگوی دولت از پایان گفت‌وگوها خبر داد\n🔹\nاو گفت متن آماده است. @some_channel - Link\n#فوری #خبر\n"
        "به کانال ما بپیوندید\n📲\n@some_channel\n|\nLink\nشعار کانال\nhttps://example.org/x\n3️⃣"
    )
    found = article({"id": "1", "body": body})
    assert [line for _, line in parts(found)] == ["سخنگوی دولت از پایان گفت‌وگوها خبر داد", "او گفت متن آماده است."]


def test_names_and_tags_inside_a_sentence_stay() -> None:
    body = "شبکه‌ی CNN خبر داد: #ترامپ وارد دوحه شد\n@channel"
    assert parts(article({"id": "1", "body": body})) == [("body", "شبکه‌ی CNN خبر داد: #ترامپ وارد دوحه شد")]


@pytest.mark.parametrize(
    "line",
    [
        "وزرای کشورهای عضو شورای همکاری در دوحه دیدار کردند",
        "او خواهان عضویت در پیمان شد",
        "وزیر به شورشیان: به ما بپیوندید",
        "۱۲",
    ],
)
def test_news_is_no_furniture(line: str) -> None:
    assert parts(article({"id": "1", "body": f"سطر نخست خبر\n{line}"}))[1:] == [("body", line)]


@pytest.mark.parametrize(
    "line",
    [
        "@\nSomeChannel",
        "عضو شوید",
        "برای عضویت در کانال",
        "اینجا\nبخوانید.",
        "شرح کامل این گزارش را",
        "انتهای پیام/ن",
        "t.me/x",
    ],
)
def test_furniture(line: str) -> None:
    assert parts(article({"id": "1", "body": f"سطر نخست خبر\n{line}"})) == [("body", "سطر نخست خبر")]


@pytest.mark.parametrize(
    ("body", "place", "agency", "begin"),
    [
        ("نیویورک- ایرنا- دو وزیر دیدار کردند.", "نیویورک", "ایرنا", "دو وزیر"),
        ("تهران - ایسنا - دو وزیر دیدار کردند.", "تهران", "ایسنا", "دو وزیر"),
        ("به گزارش خبرنگار مهر، دو وزیر دیدار کردند.", None, "مهر", "دو وزیر"),
        ("به گزارش خبرنگار مهر از شیراز، دو وزیر آمدند.", "شیراز", "مهر", "دو وزیر"),
        ("ایسنا/خراسان رضوی دو وزیر دیدار کردند.", "خراسان رضوی", "ایسنا", "دو وزیر"),
        ("پکن، ۲۹ اسفند (شینهوا) - دو وزیر دیدار کردند.", "پکن", "شینهوا", "دو وزیر"),
        ("خبرگزاری فارس - گروه سیاسی: دو وزیر دیدار کردند.", None, "فارس", "دو وزیر"),
        ("به گزارش ایسنا به نقل از تاس، دو وزیر آمدند.", None, "ایسنا", "به نقل از تاس"),
    ],
)
def test_dateline(body: str, place: str | None, agency: str, begin: str) -> None:
    found = article({"id": "1", "body": body})
    assert (found.dateline_place, found.dateline_agency) == (place, agency)
    assert found.text == body
    assert parts(found)[0][1].startswith(begin)
    assert found.outlet == OUTLETS.get(agency, agency)


@pytest.mark.parametrize(
    "body",
    [
        "رویترز: دو وزیر دیدار کردند.",
        "به گزارش رویترز، دو وزیر دیدار کردند.",
        "فوری / رویترز: دو وزیر دیدار کردند.",
        "روسیه - اوکراین - جنگ ادامه دارد.",
    ],
)
def test_an_attribution_is_no_dateline(body: str) -> None:
    found = article({"id": "1", "body": body, "outlet": "ایسنا"})
    assert found.dateline_agency is None
    assert parts(found) == [("body", body)]


def test_a_missing_time_is_read_from_the_text() -> None:
    found = article({"id": "1", "body": f"۱۹ اسفند ۱۴۰۲ - ۲۱:۴۸\n{BODY}"})
    assert (found.published.isoformat(), found.published_precision) == ("2024-03-09T21:48:00+03:30", "minute")


def test_a_withdrawal_and_a_null_without_a_key() -> None:
    assert read(incoming(None, key=b"IRNA/7")) == Withdrawal(uri="IRNA/7")
    for key in (None, b""):
        found = read(incoming(None, key=key))
        assert isinstance(found, Rejection)
        assert found.reason == "tombstone_without_key"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (b"\xff\xfe{\x00", "not_utf8"),
        ("متن".encode("cp1256"), "not_utf8"),
        (b'{"id": 1, "body": ', "not_json"),
        (b'{"id": 1} trailing', "not_json"),
        (b'{"id": "\\ud800", "body": "x"}', "not_json"),
        (b'{"id": 1, "body": "x", "v": NaN}', "not_finite"),
        (b'{"id": 1, "body": "x", "v": -Infinity}', "not_finite"),
        (b'{"id": 1, "body": "x", "v": 1e999}', "not_finite"),
        (b'{"a":' * 100_000, "too_deep"),
        (b"[" * 100_000, "too_deep"),
        (b"<div>" * 100_000, "too_deep"),
        ({"id": 1, "body": 5}, "wrong_type"),
        ({"id": 1, "title": ["x"], "body": "x"}, "wrong_type"),
        ({"id": True, "body": "x"}, "wrong_type"),
        ({"id": 1.5, "body": "x"}, "wrong_type"),
        ({"id": {}, "body": "x"}, "wrong_type"),
        ({"id": 1, "body": "x", "published": 1700000000}, "wrong_type"),
        ({"id": 1, "body": "x", "pubStatus": "gone"}, "wrong_type"),
        ({"uri": "a", "headlines": "x"}, "wrong_type"),
        ({"uri": "a", "bodies": [{"role": "main"}]}, "wrong_type"),
        ({"name": "x"}, "unknown_form"),
        ([{"id": 1}], "unknown_form"),
        (b"\x00\x01\x02", "unknown_form"),
        (b"<?xml version='1.0'?><newsItem/>", "unknown_form"),
        (b"", "empty_article"),
        (b" \n\xe2\x80\x8f ", "empty_article"),
        ({"id": 1}, "empty_article"),
        ({"id": 1, "title": " ", "body": "\u200c\n"}, "empty_article"),
        ({"id": 1, "body": "ب" * 500_001}, "too_large"),
        ({"id": 1, "body": "x", "published": "2024-03-12T12:00:00Z"}, "published_in_future"),
        ({"id": 1, "body": "x", "published": "9999-12-31T23:59:59Z"}, "published_in_future"),
        ({"id": 1, "body": "x", "published": "1700-01-01"}, "published_absurd"),
        ({"id": 1, "body": "x", "published": "دیروز"}, "published_absurd"),
        ({"id": 1, "body": "x", "published": "2024-02-31"}, "published_absurd"),
        ("سلام".encode(), "no_text"),
    ],
)
def test_each_bad_input_has_its_reason(value: Any, reason: str) -> None:
    found = read(incoming(value))
    assert isinstance(found, Rejection)
    assert (found.stage, found.reason) == ("read", reason)
    assert found.reason in REJECTION_REASONS
    assert found.detail.isprintable()
    assert len(found.detail) < 300


def test_a_rejection_names_the_article_where_it_can() -> None:
    found = read(incoming({"uri": "urn:1", "body": "x", "published": "2030-01-01"}))
    assert isinstance(found, Rejection)
    assert found.uri == "urn:1"


def test_the_limits_are_the_callers() -> None:
    late = {"id": 1, "body": "متن خبر", "published": "2024-03-12T12:00:00Z"}
    assert isinstance(read(incoming(late), Limits(future_hours=72)), Article)
    small = read(incoming({"id": 1, "body": "متن خبر"}), Limits(body_bytes=12))
    assert isinstance(small, Rejection)
    assert small.reason == "too_large"
    assert isinstance(read(incoming({"id": 1, "body": "متن خبر"}), Limits(body_bytes=13)), Article)


@pytest.mark.parametrize(
    ("header", "outcome"),
    [
        (b"application/json", "json"),
        (b"application/json; charset=UTF-8", "json"),
        (b"text/plain; charset=utf-8", "page"),
        (b"application/octet-stream", "json"),
        (b"application/json; charset=windows-1256", "not_utf8"),
        (b"image/png", "unknown_form"),
    ],
)
def test_the_content_type_decides(header: bytes, outcome: str) -> None:
    value = {"id": "1", "title": TITLE, "body": BODY}
    found = read(incoming(value, headers=(("Content-Type", header),)))
    assert (found.form if isinstance(found, Article) else getattr(found, "reason", None)) == outcome


NINJS = {
    "uri": "https://news.example.org/items/1",
    "standard": {"name": "ninjs", "version": "3.1"},
    "type": "text",
    "version": "4",
    "firstCreated": "2024-03-10T08:00:00+03:30",
    "versionCreated": "2024-03-10T09:00:00+03:30",
    "pubStatus": "usable",
    "embargoedUntil": "2024-03-10T10:00:00+03:30",
    "language": "en",
    "located": "آنکارا",
    "infoSources": [{"name": "کسی", "role": "writer"}, {"name": "ایرنا", "role": "publisher"}],
    "headlines": [{"role": "teaser", "value": "تیتر کوتاه"}, {"role": "main", "value": TITLE}],
    "bodies": [
        {"role": "main", "contentType": "application/xhtml+xml", "value": "<p>متن <b>نشانه</b>‌دار</p>"},
        {"role": "main", "contentType": "text/plain", "value": BODY},
    ],
}


def test_ninjs_3() -> None:
    found = article(NINJS)
    assert (found.uri, found.version, found.form, found.outlet) == (NINJS["uri"], "4", "ninjs", "IRNA")
    assert (found.title, found.body, found.text) == (TITLE, BODY, f"{TITLE}\n{BODY}")
    assert found.published.isoformat() == "2024-03-10T08:00:00+03:30"
    assert found.version_created is not None
    assert found.version_created.isoformat() == "2024-03-10T09:00:00+03:30"
    assert found.embargoed_until is not None
    assert (found.language, found.url, found.dateline_place) == ("fa", NINJS["uri"], "آنکارا")


def test_ninjs_markup_keeps_half_spaces() -> None:
    body = "<div><p>آن‌ها می‌روند&zwnj; و <i>کتاب‌</i>ها را\n می‌برند.</p><p>سطر دوم<br/>سطر سوم</p></div>"
    found = article(
        {"uri": "a", "headline": TITLE, "body_xhtml": body, "versioncreated": "2024-03-10", "pubstatus": "canceled"}
    )
    assert found.body == "آن‌ها می‌روند‌ و کتاب‌ها را می‌برند.\nسطر دوم\nسطر سوم"
    assert (found.pub_status, found.published_precision) == ("canceled", "day")


def test_plain_with_a_ninjs_name_is_plain() -> None:
    assert article({"id": "1", "body": BODY, "versionCreated": "2024-03-10T09:00:00Z"}).form == "json"


_MANY = 300_000


@pytest.mark.parametrize(
    "text",
    [
        "a" + "." * _MANY + "ب",
        "@" * _MANY,
        "@a " * (_MANY // 3),
        "a." * (_MANY // 2),
        "-\u00a0" * (_MANY // 3),
        "- " * 40 + "۲۰ اسفند ۱۴۰۲ " + "- " * 20 + "x",
        "#" * _MANY + "ب",
        "\u200c" * (_MANY // 2),
        "به گزارش " * (_MANY // 20),
        "متن\n" * (_MANY // 8),
        "https://" * (_MANY // 8),
    ],
)
@pytest.mark.parametrize("form", ["json", "page", "html"])
def test_hostile_texts_end(text: str, form: Any) -> None:
    values = {
        "json": json.dumps({"id": 1, "body": f"متن خبر\n{text}", "published": text[:100]}).encode(),
        "page": f"متن خبر تازه\n{text}".encode(),
        "html": f"<title>{text}</title><p class='{text}'>{text}".encode(),
    }
    for value in (values[form], values[form].replace(b"published", b"p")):
        found = read(Incoming(value=value, form=form, arrived=ARRIVED))
        assert not isinstance(found, Rejection) or found.reason in REJECTION_REASONS


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode), st.binary(max_size=20) | st.none())
def test_no_bytes_raise(value: bytes, key: bytes | None) -> None:
    found = read(Incoming(value=value, key=key, arrived=ARRIVED))
    assert not isinstance(found, Rejection) or found.reason in REJECTION_REASONS


_NAMES = ["id", "uri", "title", "body", "outlet", "published", "url", "version", "headlines", "bodies", "pubStatus"]
_NAMES += ["embargoedUntil", "versionCreated", "infoSources", "body_xhtml", "value", "name", "role", "contentType"]
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=60)
    | st.sampled_from(["2024-01-01", BODY]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_NAMES), inner, max_size=6),
    max_leaves=12,
)


@settings(max_examples=500, deadline=None)
@given(st.dictionaries(st.sampled_from(_NAMES), _VALUES, max_size=10))
def test_no_json_raises_and_parts_lie_in_the_text(value: dict[str, Any]) -> None:
    found = read(Incoming(value=json.dumps(value).encode(), arrived=ARRIVED))
    if isinstance(found, Article):
        last = 0
        for part in found.parts:
            assert last <= part.start < part.end <= len(found.text)
            last = part.end
    else:
        assert isinstance(found, Rejection)
        assert found.reason in REJECTION_REASONS


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="<>/=\"' abpdiv!-&;h1ب‌\n", max_size=200), st.sampled_from(["html", "page"]))
def test_no_page_raises(value: str, form: Any) -> None:
    found = read(Incoming(value=value.encode(), form=form, arrived=ARRIVED))
    assert not isinstance(found, Rejection) or found.reason in REJECTION_REASONS
