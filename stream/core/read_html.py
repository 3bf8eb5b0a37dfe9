"""Step 1. Read an HTML page: title, lead and body, dates, outlet and url.

Trusted in this order: microdata and the class names of the Iranian agencies' systems, JSON-LD, meta tags, and at last the
block with the most text in paragraphs (as Readability does it: Arc90, 2009). No half-space is lost.
"""

import re
from collections.abc import Iterator
from typing import Any

import orjson
from selectolax.lexbor import LexborHTMLParser, LexborNode

from stream.core.chrome import is_furniture, paragraphs
from stream.core.draft import Draft, Refused
from stream.core.html_text import parse, text_lines
from stream.core.read_page import Imprint, read_imprint
from stream.core.records import Part
from stream.core.timestamps import Moment, parse_time

_ARTICLE_TYPES = re.compile(r"\w*(?:Article|Posting)")
_CHROME_NAME = re.compile(
    r"(?:^|[\s_-])(?:comments?|disqus|related|tags?|share|sharing|social|breadcrumbs?|side-?bar|advert\w*|ads?|print|"
    r"pagination|newsletter|subscribe|promo|rating|poll|captcha|toolbar|item-nav|item-code|short-?link|hidden|"
    r"read-?more|most-?(?:read|viewed)|footer|menu|nav|navbar)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CHROME_TAGS = frozenset(("nav", "aside", "footer", "form", "figure", "button"))
_TITLES = (
    '[itemprop="headline"]',
    ".item-title h1",
    ".item-title .title",
    "article h1",
    "main h1",
    "h1.title",
    ".first-title",
    ".news-title",
    "h1",
    ".item-title",
)
_LEADS = (
    'p[itemprop="description"]',
    ".item-summary .introtext",
    ".introtext",
    "p.summary",
    ".lead",
    "p.lead",
    ".item-lead",
)
_BODIES = (
    '[itemprop="articleBody"]',
    ".item-body .item-text",
    ".item-text",
    ".story-body",
    ".news-body",
    ".article-body",
    ".entry-content",
    ".post-content",
    ".nt-body",
    "article .body",
    "article .story",
)
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_SITE_SUFFIX = re.compile(r"\s+[-–—|:«»]+\s+[^-–—|:«»]{2,40}$")


def _attribute(tree: LexborHTMLParser, selector: str, name: str) -> str | None:
    for node in tree.css(selector):
        value = node.attributes.get(name)
        if value and value.strip():
            return value.strip()
    return None


def _linked_data(tree: LexborHTMLParser) -> dict[str, Any]:
    """The first JSON-LD object of an article's type, {} without one; broken scripts are passed over."""
    for script in tree.css('script[type="application/ld+json"]'):
        try:
            waiting = [orjson.loads(script.text(strip=True) or "null")]
        except orjson.JSONDecodeError:
            continue
        while waiting:
            thing = waiting.pop(0)
            if isinstance(thing, list):
                waiting += thing
            elif isinstance(thing, dict):
                kinds = thing.get("@type")
                kinds = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(kind, str) and _ARTICLE_TYPES.fullmatch(kind) for kind in kinds):
                    return thing
                waiting.append(thing.get("@graph"))
    return {}


def _word(value: object) -> str | None:
    """A JSON-LD value as text: itself, or the name or id of the thing that it is."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id") or value.get("url")
    return value.strip() or None if isinstance(value, str) else None


def _is_chrome_node(node: LexborNode) -> bool:
    if node.tag in _CHROME_TAGS:
        return True
    attributes = node.attributes
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return name != " " and _CHROME_NAME.search(name) is not None


def _one_line(node: LexborNode) -> str:
    return " ".join(text_lines(node))


def _title(tree: LexborHTMLParser, data: dict[str, Any]) -> str:
    for selector in _TITLES:
        for node in tree.css(selector):
            title = node.attributes.get("content") or _one_line(node)
            if len(title.split()) > 1:
                return title.strip()
    named = _word(data.get("headline")) or _attribute(tree, 'meta[property="og:title"]', "content")
    if named:
        return named
    head = tree.css_first("title")
    printed = _BLANKS.sub(" ", head.text() if head is not None else "").strip()
    return _SITE_SUFFIX.sub("", printed) if len(printed) < 500 else printed


def _densest(tree: LexborHTMLParser) -> LexborNode | None:
    """The element with the most text in its own paragraphs: each <p> counts for its parent, half for the one above."""
    scores: dict[int, float] = {}
    nodes: dict[int, LexborNode] = {}
    above: LexborNode | None
    for paragraph in tree.css("p"):
        size = len(paragraph.text(deep=True, strip=True))
        above = paragraph.parent
        for share in (1.0, 0.5):
            if size < 25 or above is None or above.tag in {"html", "-document"} or _is_chrome_node(above):
                break
            scores[above.mem_id] = scores.get(above.mem_id, 0.0) + share * size
            nodes[above.mem_id] = above
            above = above.parent
    return nodes[max(scores, key=lambda key: scores[key])] if scores else None


def _body_lines(tree: LexborHTMLParser) -> list[str]:
    for selector in _BODIES:
        found: list[str] = []
        for node in tree.css(selector):
            found += text_lines(node, _is_chrome_node)
        if sum(map(len, found)) > 40:
            return found
    articles = [text_lines(node, _is_chrome_node) for node in tree.css("article")]
    largest = max(articles, key=lambda article: sum(map(len, article)), default=[])
    if sum(map(len, largest)) > 200:
        return largest
    densest = _densest(tree)
    if densest is not None:
        return text_lines(densest, _is_chrome_node)
    return largest or (text_lines(tree.body, _is_chrome_node) if tree.body is not None else [])


def _times(tree: LexborHTMLParser, data: dict[str, Any]) -> Iterator[str | None]:
    yield _word(data.get("datePublished"))
    for selector, name in (
        ('meta[property="article:published_time"]', "content"),
        ('[itemprop="datePublished"]', "content"),
        ('[itemprop="datePublished"]', "datetime"),
        (
            'meta[name="dc.Date"], meta[name="DC.date.issued"], meta[name="pubdate"], meta[name="publishdate"]',
            "content",
        ),
        ("article time[datetime], .item-date time[datetime], time[pubdate]", "datetime"),
    ):
        yield _attribute(tree, selector, name)


def _published(tree: LexborHTMLParser, data: dict[str, Any], imprint: Imprint) -> Moment | None:
    """The time that the page's metadata gives, else the one that it prints; a page's broken metadata is no ground to refuse."""
    dated: Moment | None = None
    for value in _times(tree, data):
        if value and (found := parse_time(value)):
            if found.precision != "day":
                return found
            dated = dated or found
    return imprint.published or dated


def read_html(markup: str) -> Draft:
    """A draft from an HTML page. Its text is title + "\\n" + body as extracted; Refused with `no_text` without any."""
    tree = parse(markup)
    data = _linked_data(tree)
    title = _title(tree, data)
    found = _body_lines(tree)
    lead = next((line for node in tree.css(", ".join(_LEADS)) if (line := _one_line(node))), "")
    if lead and not any(lead in line for line in found):
        found.insert(0, lead)
    if found and found[0] == title:
        del found[0]
    found = [line for n, line in enumerate(found) if n == 0 or line != found[n - 1]]
    if not found and (said := _word(data.get("articleBody"))):
        found = [line for line in said.splitlines() if line.strip()]
    if not any(len(line.split()) > 2 and not is_furniture(line) for line in [title, *found]):
        raise Refused("no_text", "the page holds no article text: no paragraph, no title. Send the article's own page.")
    body = "\n".join(found)
    text = f"{title}\n{body}" if title else body
    parts = [Part(kind="title", start=0, end=len(title))] if title else []
    parts += paragraphs(text, len(title) + 1 if title else 0, len(text))
    imprint = read_imprint(text_lines(tree.body) if tree.body is not None else [])
    modified = _word(data.get("dateModified")) or _attribute(tree, 'meta[property="article:modified_time"]', "content")
    created = parse_time(modified) if modified else None
    url = (
        _attribute(tree, 'link[rel="canonical"]', "href")
        or _attribute(tree, 'meta[property="og:url"]', "content")
        or _word(data.get("url"))
        or _word(data.get("mainEntityOfPage"))
    )
    return Draft(
        form="html",
        title=title,
        body=body,
        text=text,
        parts=parts,
        url=url,
        outlet=_word(data.get("publisher")) or _attribute(tree, 'meta[property="og:site_name"]', "content"),
        version=_word(data.get("version")),
        version_created=created.time if created else None,
        published=_published(tree, data, imprint),
        code=imprint.code,
        reporter_code=imprint.reporter_code,
    )
