"""Step 1. Read: the bytes of one record become an article, a withdrawal or a rejection with its named reason.

The form is what the caller says, else what the Content-Type header says, else what the bytes look like. Nothing here
raises for any bytes; the text of an article is never rewritten.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from stream.core.dateline import find_dateline, resolve
from stream.core.draft import Draft, Refused
from stream.core.language import detect_language
from stream.core.read_html import read_html
from stream.core.read_json import read_json
from stream.core.read_page import read_imprint, read_page
from stream.core.records import Article, Form, Incoming, Limits, Part, Rejection, Withdrawal
from stream.core.timestamps import Moment

_NO_OUTLETS: Mapping[str, str] = MappingProxyType({})
_DEFAULT_LIMITS = Limits()
_MEDIA_TYPES: dict[str, Form] = {
    "application/json": "json",
    "application/ninjs+json": "ninjs",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "page",
}
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main|div|section|h1|p|meta|!--)\b", re.IGNORECASE)
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|yclid|igshid|mc_cid|mc_eid|ref|ref_src|share|source", re.IGNORECASE)
_MARKUP = re.compile(r"<[?!A-Za-z]")
_DATELINE_WITHIN = 3  # paragraphs: ISNA puts «به گزارش ایسنا،» after the lead
_IMPRINT_WITHIN = 6  # lines at either end of a JSON body that may tell its time
_VISIBLE = re.compile(r"[^\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")


def read(
    incoming: Incoming, limits: Limits = _DEFAULT_LIMITS, outlets: Mapping[str, str] = _NO_OUTLETS
) -> Article | Withdrawal | Rejection:
    """Read one record. `outlets` maps outlets as printed («ایرنا») to their ids ("IRNA"); unknown ones stay as printed.

    Raises nothing for any bytes: what can't be read comes back as a `Rejection` with a word of `REJECTION_REASONS`.
    """
    draft: Draft | None = None
    try:
        if incoming.value is None:
            return _withdrawal(incoming.key)
        draft = _by_form(_decode(incoming.value), incoming)
        return _article(draft, incoming, limits, outlets)
    except Refused as refused:
        uri = _identity(draft, draft.outlet) if draft else (incoming.key or b"").decode("utf-8", "replace") or None
        return Rejection(stage="read", reason=refused.reason, detail=refused.detail, uri=uri)


def _withdrawal(key: bytes | None) -> Withdrawal:
    if not key:
        raise Refused("tombstone_without_key", "a null value without a key: key it with the uri of the article.")
    return Withdrawal(uri=_decode(key))


def _decode(value: bytes) -> str:
    try:
        return value.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise Refused("not_utf8", f"byte {error.start} is not UTF-8 ({error.reason}): encode as UTF-8.") from None


def _declared(incoming: Incoming) -> Form | None:
    """The form by the caller or by a Content-Type header; Refused where that names a form or charset we don't read."""
    if incoming.form is not None:
        return incoming.form
    for name, raw in incoming.headers:
        if name.lower() != "content-type":
            continue
        kind, *parameters = raw.decode("ascii", "replace").lower().split(";")
        for parameter in parameters:
            key, _, charset = parameter.strip().partition("=")
            if key == "charset" and charset.strip("\"' ") not in {"utf-8", "utf8", "us-ascii"}:
                raise Refused("not_utf8", f"header content-type says charset {charset[:40]!r}: encode as UTF-8.")
        form = _MEDIA_TYPES.get(kind.strip())
        if form is None and kind.strip() != "application/octet-stream":
            raise Refused(
                "unknown_form", f"header content-type is {kind[:60]!r}: send one of {', '.join(_MEDIA_TYPES)}."
            )
        return form
    return None


def _by_form(text: str, incoming: Incoming) -> Draft:
    form = _declared(incoming)
    if not _VISIBLE.search(text):
        raise Refused("empty_article", "the value is empty: send title or body, or null to withdraw an article.")
    if form is None:
        head = text.lstrip()
        if head[0] in "{[":
            form = "json"
        elif _HTML.match(head):
            form = "html"
        else:
            form = "page"
    if form in {"json", "ninjs"}:
        return read_json(text)
    if form == "html":
        return read_html(text)
    if any(char < " " and char not in "\t\n\r\f\v" for char in text[:1000]):
        raise Refused("unknown_form", "control characters: this is no text. Send JSON, HTML or the text of a page.")
    if _MARKUP.match(text.lstrip()):
        raise Refused(
            "unknown_form",
            "markup that is not HTML, or is not announced as HTML: send JSON, text/html or the text of a page.",
        )
    return read_page(text)


def _take_dateline(draft: Draft, outlet: str | None, outlets: Mapping[str, str]) -> None:
    """Read the dateline from the first paragraphs into the draft, and let their parts begin after it."""
    tried = 0
    for n, part in enumerate(draft.parts):
        if part.kind != "body":
            continue
        found = find_dateline(draft.text[part.start : part.end], outlet, outlets)
        if found:
            draft.place = found.place or draft.place
            draft.agency = found.agency
            if part.start + found.length < part.end:
                draft.parts[n] = Part(kind="body", start=part.start + found.length, end=part.end)
            else:
                del draft.parts[n]  # the dateline stands on a line of its own
            return
        tried += 1
        if tried == _DATELINE_WITHIN:
            return


def canonical_url(url: str) -> str | None:
    """A url by which copies are known: lower-case host, no fragment, no tracking parameters; None where it is none."""
    try:
        scheme, host, path, query, _ = urlsplit(url.strip())
        if scheme.lower() not in {"http", "https"} or not host:
            return None
        kept = [(k, v) for k, v in parse_qsl(query, keep_blank_values=True) if not _TRACKING.fullmatch(k)]
    except ValueError:
        return None
    return urlunsplit((scheme.lower(), host.lower(), path, urlencode(kept), ""))


def _digest(*pieces: str) -> str:
    return hashlib.sha256("\x1f".join(pieces).encode()).hexdigest()[:24]


def _identity(draft: Draft, outlet: str | None) -> str:
    if draft.uri:
        return draft.uri
    if draft.id:
        return f"{outlet}/{draft.id}" if outlet else draft.id
    if draft.code and outlet:  # a printed code is an id only within its outlet
        return f"{outlet}/{draft.code}"
    if draft.url and (url := canonical_url(draft.url)):
        return url
    return f"digest:{_digest(draft.text)}"


def _published(draft: Draft, incoming: Incoming, limits: Limits) -> Moment | None:
    found = draft.published
    if found is None and draft.form in {"json", "ninjs"}:  # a body pasted from a page may hold its imprint
        all_lines = draft.body.splitlines()
        found = read_imprint(all_lines[:_IMPRINT_WITHIN] + all_lines[_IMPRINT_WITHIN:][-_IMPRINT_WITHIN:]).published
        if found and (found.time > incoming.arrived or found.time.year < limits.earliest_year):
            return None  # a date that the text tells, not the time of its publication
    if found is None:
        return None
    if found.time > incoming.arrived + timedelta(hours=limits.future_hours):
        raise Refused(
            "published_in_future",
            f"published {found.time.isoformat()} lies over {limits.future_hours:g} h after arrival "
            f"({incoming.arrived.isoformat()}): check the sender's clock and offset.",
        )
    if found.time.year < limits.earliest_year:
        raise Refused("published_absurd", f"published in the year {found.time.year}: check the field.")
    return found


def _article(draft: Draft, incoming: Incoming, limits: Limits, outlets: Mapping[str, str]) -> Article:
    size = len(draft.body)
    if size * 4 > limits.body_bytes and (size := len(draft.body.encode())) > limits.body_bytes:
        raise Refused("too_large", f"the body has {size} bytes, the limit is {limits.body_bytes}: split or shorten it.")
    if not _VISIBLE.search(draft.title) and not _VISIBLE.search(draft.body):
        raise Refused("empty_article", "title and body are both empty: send at least one of them.")
    published = _published(draft, incoming, limits)
    outlet = resolve(draft.outlet.strip(), outlets) if draft.outlet and draft.outlet.strip() else None
    _take_dateline(draft, outlet, outlets)
    if outlet is None and draft.agency:
        outlet = resolve(draft.agency, outlets)
    judged = "\n".join(draft.text[part.start : part.end] for part in draft.parts)
    return Article(
        uri=_identity(draft, outlet),
        version=draft.version or _digest(draft.text, draft.pub_status, str(draft.embargoed_until or "")),
        version_created=draft.version_created,
        form=draft.form,
        outlet=outlet,
        published=published.time if published else incoming.arrived,
        published_precision=published.precision if published else "unknown",
        title=draft.title,
        body=draft.body,
        text=draft.text,
        parts=tuple(draft.parts),
        url=draft.url,
        language=detect_language(judged or draft.text),
        pub_status=draft.pub_status,
        embargoed_until=draft.embargoed_until,
        code=draft.code,
        reporter_code=draft.reporter_code,
        dateline_place=draft.place,
        dateline_agency=draft.agency,
    )
