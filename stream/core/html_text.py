"""HTML to lines of text: every half-space kept, blank runs made one, blocks on lines of their own.

The walk is iterative, so that no nesting is too deep for it.
"""

import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from stream.core.draft import Refused


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


BLOCKS = _names(
    "address article aside blockquote body br center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody td tfoot th thead tr "
    "ul"
)
SILENT = _names(
    "script style noscript template svg math iframe object canvas audio video select button input textarea head title "
    "map datalist"
)
_SELF_CLOSING = _names(
    "p li td th tr dd dt option tbody thead img br hr input meta link source area col wbr embed param track base"
)
MOST_NESTED = 1000
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")  # not \s: U+00A0 and what else an editor typed stays


def walk(root: LexborNode, skip: Callable[[LexborNode], bool] | None = None) -> Iterator[tuple[str, str]]:
    """("text", …), ("open", tag) and ("close", tag) in document order, without silent and skipped elements."""
    top = root.mem_id  # nodes are the same when these are; == would compare their whole HTML
    node: LexborNode | None = root
    while node is not None:
        tag = node.tag or ""
        entered = False
        if tag == "-text":
            yield "text", node.text_content or ""
        elif tag not in SILENT and tag[:1] not in {"-", "_", "!"} and not (skip and node.mem_id != top and skip(node)):
            yield "open", tag
            entered = True
        if entered and node.child is not None:
            node = node.child
            continue
        if entered:
            yield "close", tag
        while node is not None and node.mem_id != top and node.next is None:
            node = node.parent
            if node is not None:
                yield "close", node.tag or ""
        node = None if node is None or node.mem_id == top else node.next


def text_lines(root: LexborNode, skip: Callable[[LexborNode], bool] | None = None) -> list[str]:
    """The text under `root`, one string a block, blank ones left out."""
    found: list[str] = []
    pieces: list[str] = []

    def end() -> None:
        line = _BLANKS.sub(" ", "".join(pieces)).strip(" ")
        pieces.clear()
        if line.strip():
            found.append(line)

    for kind, value in walk(root, skip):
        if kind == "text":
            pieces.append(value)
        elif value in BLOCKS:
            end()
    end()
    return found


def _depth(markup: str) -> int:
    """How deep tags are nested at most, elements that close themselves left out."""
    opened: dict[str, int] = {}
    depth = deepest = 0
    for closing, name in _TAG.findall(markup):
        tag = name.lower()
        if tag in _SELF_CLOSING:
            continue
        if not closing:
            opened[tag] = opened.get(tag, 0) + 1
            depth += 1
            deepest = max(deepest, depth)
        elif opened.get(tag):
            opened[tag] -= 1
            depth -= 1
    return deepest


def parse(markup: str) -> LexborHTMLParser:
    """The tree of a page or a fragment (which becomes the body of a page); Refused where it is nested too deep.

    The parser looks through all open elements at each tag, so that nesting costs its square: 18 s for 100,000 <div>.
    """
    if markup.count("<") > 3 * MOST_NESTED and _depth(markup) > MOST_NESTED:
        raise Refused(
            "too_deep", f"HTML is nested more than {MOST_NESTED} elements deep: send the article's part of it."
        )
    return LexborHTMLParser(markup)


def fragment_text(markup: str) -> str:
    """A fragment of (X)HTML as text, one line a block; for bodies and headlines that carry markup."""
    body = parse(markup).body
    return "\n".join(text_lines(body)) if body is not None else ""
