"""Step 1. Read JSON: the plain form, and ninjs 3.1 (with the names of ninjs 1 and 2 where they differ).

Plain: `{id|uri, title, body, outlet, published, url, version}`, besides `versionCreated`, `pubStatus`, `embargoedUntil`.
ninjs: https://iptc.org/standards/ninjs/ (`headlines`, `bodies`, `firstCreated`, `infoSources` …).
"""

import re
from typing import Any, cast

import orjson

from stream.core.chrome import paragraphs
from stream.core.draft import Draft, Refused, moment
from stream.core.html_text import fragment_text
from stream.core.records import Form, Part, PubStatus

_PLAIN = frozenset({"id", "uri", "title", "body", "outlet", "published", "url", "version"})
_NINJS = frozenset(
    (
        *(
            "headlines",
            "bodies",
            "pubStatus",
            "versionCreated",
            "firstCreated",
            "contentCreated",
            "infoSources",
            "standard",
        ),
        *("headline", "pubstatus", "versioncreated", "firstcreated", "contentcreated", "infosources"),
        *("body_text", "body_html", "body_xhtml", "body_nitf"),
    )
)
# the plain form has these too; only beside "title" or "body" of its own they make no ninjs
_SHARED = frozenset(("pubStatus", "versionCreated"))
_SOURCE_ROLES = ("publisher", "provider", "source", "originator")
_MAIN_ROLES = ("main", "plain", "text", "richtext")
_MARKUP = re.compile(r"html|xml", re.IGNORECASE)
_NOT_FINITE = re.compile(r"[\[:,]\s*-?(?:NaN|Infinity|inf)\b", re.IGNORECASE)


def decode_json(text: str) -> object:
    """The decoded value; Refused with `not_json`, `too_deep` or `not_finite`."""
    try:
        return cast(object, orjson.loads(text))
    except orjson.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        around = text[max(0, error.pos - 12) : error.pos + 12]
        if "depth" in error.msg or "recursion" in error.msg.lower():
            raise Refused("too_deep", f"JSON is nested too deep at {place}: send flat objects.") from None
        if "infinity" in error.msg or _NOT_FINITE.search(around):
            raise Refused(
                "not_finite", f"JSON has no NaN or Infinity, found at {place}: leave the field out or give null."
            ) from None
        raise Refused("not_json", f"JSON does not parse at {place}: {error.msg}.") from None


def _string(record: dict[str, Any], *names: str) -> str | None:
    """The first of the named fields that is there; Refused where it is no string."""
    for name in names:
        value = record.get(name)
        if value is None:
            continue
        if not isinstance(value, str):
            raise Refused("wrong_type", f'field "{name}" is {_kind(value)}: give a string.')
        return value
    return None


def _label(record: dict[str, Any], name: str) -> str | None:
    """An identifier: a string or a whole number, in string form; None where it is missing or blank."""
    value = record.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        raise Refused("wrong_type", f'field "{name}" is a fraction: give a string or a whole number.')
    found = _string(record, name)
    return found.strip() or None if found else None


def _kind(value: object) -> str:
    kinds = {
        str: "a string",
        bool: "true or false",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "an object",
    }
    return kinds.get(type(value), "null")


def _status(record: dict[str, Any]) -> PubStatus:
    value = (_string(record, "pubStatus", "pubstatus") or "usable").strip().lower()
    if value == "cancelled":
        value = "canceled"
    if value not in {"usable", "withheld", "canceled"}:
        raise Refused("wrong_type", f'field "pubStatus" is {value[:40]!r}: give usable, withheld or canceled.')
    return cast(PubStatus, value)


def _common(record: dict[str, Any], form: Form, title: str, body: str) -> Draft:
    """A draft with text, parts and what both JSON forms call by the same names."""
    text = f"{title}\n{body}" if title else body
    start = len(title) + 1 if title else 0
    parts: list[Part] = []
    if bare := title.strip():
        at = title.index(bare)
        parts.append(Part(kind="title", start=at, end=at + len(bare)))
    parts += paragraphs(text, start, len(text))
    draft = Draft(form=form, title=title, body=body, text=text, parts=parts)
    draft.uri = _label(record, "uri")
    draft.version = _label(record, "version")
    draft.pub_status = _status(record)
    if created := _string(record, "versionCreated", "versioncreated"):
        draft.version_created = moment(created, "versionCreated").time
    if embargoed := _string(record, "embargoedUntil", "embargoed", "embargoeduntil"):
        draft.embargoed_until = moment(embargoed, "embargoedUntil").time
    return draft


def read_plain(record: dict[str, Any]) -> Draft:
    """A draft from the plain form."""
    draft = _common(record, "json", _string(record, "title") or "", _string(record, "body") or "")
    draft.id = _label(record, "id")
    draft.outlet = _label(record, "outlet")
    draft.url = _string(record, "url")
    if published := _string(record, "published"):
        draft.published = moment(published, "published")
    return draft


def _valued(record: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects of a ninjs array whose `value` is a string (ninjs 3; in ninjs 2.0 bodies carry it too)."""
    items = record.get(name)
    if items is None:
        return []
    if not isinstance(items, list):
        raise Refused("wrong_type", f'field "{name}" is {_kind(items)}: give a list of objects with "value".')
    for item in items:
        if not isinstance(item, dict) or not isinstance(item.get("value"), str):
            raise Refused(
                "wrong_type", f'field "{name}" holds {_kind(item)}: each must be an object with a string "value".'
            )
    return items


def _plainness(item: dict[str, Any]) -> tuple[bool, bool, int]:
    """Sorts the main body before teasers, plain text before markup."""
    role = str(item.get("role") or "main").rsplit("/", 1)[-1].lower()
    return (
        not item["value"].strip(),
        bool(_MARKUP.search(str(item.get("contentType") or item.get("contenttype") or ""))),
        _MAIN_ROLES.index(role) if role in _MAIN_ROLES else len(_MAIN_ROLES),
    )


def _ninjs_text(record: dict[str, Any], many: str, *single: str) -> str:
    """The best of an array like `bodies`, else the first of the single fields; markup becomes text."""
    if items := sorted(_valued(record, many), key=_plainness):
        best = items[0]
        marked = _MARKUP.search(str(best.get("contentType") or best.get("contenttype") or ""))
        return fragment_text(best["value"]) if marked else cast(str, best["value"])
    for name in single:
        if value := _string(record, name):
            return fragment_text(value) if _MARKUP.search(name) or name == "body_nitf" else value
    return ""


def _ninjs_outlet(record: dict[str, Any]) -> str | None:
    """The publisher, provider or source among `infoSources`, else `provider`, `source`, the holder of the copyright."""
    sources = record.get("infoSources") or record.get("infosources") or []
    if not isinstance(sources, list):
        raise Refused("wrong_type", f'field "infoSources" is {_kind(sources)}: give a list of objects with "name".')
    named = [
        (str(s.get("role") or "").rsplit("/", 1)[-1].lower(), s.get("name")) for s in sources if isinstance(s, dict)
    ]
    named = [(role, name) for role, name in named if isinstance(name, str) and name.strip()]
    ordered = sorted(named, key=lambda s: _SOURCE_ROLES.index(s[0]) if s[0] in _SOURCE_ROLES else len(_SOURCE_ROLES))
    if ordered:
        return cast(str, ordered[0][1]).strip()
    return _string(record, "provider", "source", "copyrightHolder", "copyrightholder")


def read_ninjs(record: dict[str, Any]) -> Draft:
    """A draft from ninjs. Published is when the first version was created, for the text speaks of that day."""
    title = _ninjs_text(record, "headlines", "headline") or _string(record, "title") or ""
    body = _ninjs_text(record, "bodies", "body_text", "body_xhtml", "body_html", "body_nitf", "body")
    draft = _common(record, "ninjs", " ".join(title.splitlines()) if "\n" in title else title, body)
    draft.outlet = _ninjs_outlet(record)
    for name in (
        "firstCreated",
        "firstcreated",
        "contentCreated",
        "contentcreated",
        "versionCreated",
        "versioncreated",
    ):
        if draft.published is None and (value := _string(record, name)):
            draft.published = moment(value, name)
    draft.place = _string(record, "located")
    link = _string(record, "url", "canonicalUrl")
    draft.url = link or (draft.uri if draft.uri and draft.uri.startswith(("http://", "https://")) else None)
    return draft


def read_json(text: str) -> Draft:
    """A draft from JSON text: ninjs or plain, by the names of its fields."""
    value = decode_json(text)
    if not isinstance(value, dict):
        raise Refused("unknown_form", f"JSON is {_kind(value)} at the top: send one object an article.")
    record: dict[str, Any] = value
    hints = _NINJS.intersection(record)
    if hints and not (hints <= _SHARED and ("title" in record or "body" in record)):
        return read_ninjs(record)
    if not _PLAIN.isdisjoint(record):
        return read_plain(record)
    known = ", ".join(sorted(_PLAIN))
    raise Refused("unknown_form", f"JSON without any field we know ({known}, or those of ninjs): rename its fields.")
