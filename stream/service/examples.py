"""One example of everything on the wire, built from the records of the code, for the AsyncAPI document.

The outlet, its articles and what they tell are made up. Nothing here is judged: a rule that changes changes no example.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, NamedTuple

import orjson

from stream.core.agenda import Agenda
from stream.core.controls import Control, Selector
from stream.core.controls import named as named_control
from stream.core.history import History, HistoryContact, HistoryDay
from stream.core.history import named as named_history
from stream.core.past import FirstCheck, PastContact
from stream.core.records import (
    Alert,
    Article,
    Evidence,
    First,
    Judgement,
    Mention,
    Origin,
    Part,
    Record,
    Rejection,
    Source,
    Tick,
    Voice,
    Withdrawal,
)
from stream.service import codec
from stream.service.codec import Out, Raw

_TEHRAN = timezone(timedelta(hours=3, minutes=30))
_PUBLISHED = datetime(2026, 3, 4, 10, 15, tzinfo=_TEHRAN)
_RECEIVED = datetime(2026, 3, 4, 6, 45, 7, tzinfo=UTC)
_RULEBOOK = "0123456789abcdef"
_TITLE = "نخستین تماس تلفنی وزیران خارجه کنیا و اوگاندا از ۲۰۲۴"
_BODY = "وزیران خارجه کنیا و اوگاندا برای نخستین بار از ۲۰۲۴ تلفنی گفت‌وگو کردند."
_AHEAD = "وزیر خارجه کنیا شنبه در کامپالا با همتای خود دیدار می‌کند."
_URI, _URL = "ILNA/1001", "https://example.org/1001"
_SOURCE = "urn:dideban:dideban"


class Example(NamedTuple):
    """A record as it stands on a topic: key and headers as text, the value as text or decoded from JSON."""

    key: str | None
    headers: dict[str, str]
    payload: Any


def _evidence(text: str, part: str) -> Evidence:
    start = text.index(part)
    return Evidence(start=start, end=start + len(part), text=part)


_TEXT = f"{_TITLE}\n{_BODY}"
_ARTICLE = Article(
    uri=_URI,
    version="1",
    form="json",
    outlet="ILNA",
    published=_PUBLISHED,
    published_precision="minute",
    title=_TITLE,
    body=_BODY,
    text=_TEXT,
    parts=(
        Part(kind="title", start=0, end=len(_TITLE)),
        Part(kind="body", start=len(_TITLE) + 1, end=len(_TEXT)),
    ),
    url=_URL,
)
_MENTION = Mention(
    type="contact.call",
    status="happened",
    time="current",
    actors=("KEN", "UGA"),
    first=First(since="۲۰۲۴"),
    trigger="تماس تلفنی",
    evidence=(_evidence(_TEXT, _TITLE), _evidence(_TEXT, _BODY)),
    rule="contact_call",
    headline=True,
    roles=("foreign_minister",),
)
_JUDGED = Judgement(
    article=_ARTICLE,
    mentions=(_MENTION,),
    publisher=Voice(id="ILNA", kind="agency", owner="خانه کارگر", country="IRN"),
)
_ORIGIN = Origin(topic="articles", partition=2, offset=4711, received=_RECEIVED)
_SHOWN = Source(
    uri=_URI,
    version="1",
    outlet="ILNA",
    url=_URL,
    title=_TITLE,
    published=_PUBLISHED,
    evidence=_MENTION.evidence,
)
_ALERT = Alert(
    id="8d4f0f7f3c0b4f7e9a53c6f1a1d2e3f4",
    event="1c5b9a7e2f604d8b8a7d6c5b4a392817",
    kind="create",
    notify=True,
    line=f"خبر | ایلنا: {_TITLE} (۱ منبع، گزارش ۱۰:۱۵)",
    desk="diplomacy",
    desks=("diplomacy",),
    type="contact.call",
    status="happened",
    severity="moderate",
    level="bulletin",
    actors=("KEN", "UGA"),
    recipients=(),
    persons=(),
    places=(),
    first=_MENTION.first,
    day=None,
    trigger=_MENTION.trigger,
    evidence=_MENTION.evidence,
    attribution=None,
    sources=(_SHOWN,),
    rule="contact_call",
    rulebook=_RULEBOOK,
    why=("severity: minor (contact.call)", "severity: first, +1: moderate", "notify: create"),
    published=_PUBLISHED,
    received=_RECEIVED,
    notify_reason="create",
    urgency="immediate",
    certainty="likely",
    independent=1,
    url=_URL,
    first_check=FirstCheck(
        result="unknown",
        reason="told_before",
        between=("KEN", "UGA"),
        since="2024-12-31",
        begins="2023-01-01",
        outlets=4,
        contact=PastContact(type="contact.call", day="2026-03-01", outlet="ISNA", uri="ISNA/77"),
    ),
    archive="در بایگانی ما گفت‌وگوی تلفنی دیگری هست که شاید همین باشد: ۱۰ اسفند ۱۴۰۴، ایسنا",
)
_AGENDA = Agenda(
    id="5b7f1d0c9e8a47b6a5f4e3d2c1b0a998",
    plan="0a1b2c3d4e5f60718293a4b5c6d7e8f9",
    kind="create",
    desk="diplomacy",
    type="contact.meeting",
    text=_AHEAD,
    day="2026-03-07",
    actors=("KEN", "UGA"),
    places=("kampala",),
    evidence=(Evidence(start=0, end=len(_AHEAD), text=_AHEAD),),
    url=_URL,
    rule="contact_ahead",
    rulebook=_RULEBOOK,
    published=_PUBLISHED,
    received=_RECEIVED,
)
_CONTROL = named_control(
    Control(
        action="mute",
        who="سردبیر",
        because="هر ساعت گزارش می‌شود",
        at=_RECEIVED,
        until=datetime(2026, 3, 4, 18, 0, tzinfo=_TEHRAN),
        select=Selector(type="attack", pair=("ISR", "LBN")),
    )
)
_HISTORY = named_history(
    History(
        contacts=(
            HistoryContact(
                type="contact.call", day="2024-11-02", actors=("KEN", "UGA"), uri="ISNA/12", outlet="ISNA", title=_TITLE
            ),
        ),
        days=(HistoryDay(day="2024-11-02", outlet="ISNA", articles=212),),
        rulebook=_RULEBOOK,
    )
)


def examples() -> Mapping[str, Example]:
    """One example of each message, by the message's name in the AsyncAPI document."""
    plain = {"id": "1001", "outlet": "ایلنا", "title": _TITLE, "body": _BODY, "published": _PUBLISHED.isoformat()}
    ninjs = {
        "uri": "urn:example:1001",
        "standard": {"name": "ninjs", "version": "3.1"},
        "headlines": [{"value": _TITLE}],
        "bodies": [{"value": _BODY, "contentType": "text/plain"}],
        "firstCreated": _PUBLISHED.isoformat(),
        "pubStatus": "usable",
        "infoSources": [{"role": "publisher", "name": "ایلنا"}],
    }
    broken = Raw("articles", 2, 4712, _RECEIVED, b"ILNA/1002", b'{"title": ')
    refused = Rejection(stage="read", reason="not_json", detail="JSON does not parse at line 1, column 11.")
    log = [
        ("mentions.article", codec.mentions(_JUDGED, _RULEBOOK, _ORIGIN), _URI),
        ("mentions.withdrawal", codec.withdrawn(Withdrawal(uri=_URI), _RULEBOOK, _ORIGIN), _URI),
        ("mentions.tick", Tick(at=_RECEIVED), "tick"),
        ("mentions.control", _CONTROL, "control"),
        ("mentions.history", _HISTORY, _HISTORY.id),
    ]
    return {
        "articles.plain": _json(_URI, plain),
        "articles.ninjs": _json("urn:example:1001", ninjs),
        "articles.page": Example(None, {"content-type": "text/plain; charset=utf-8"}, f"{_TITLE}\n{_BODY}\n"),
        "articles.html": Example(
            None,
            {"content-type": "text/html; charset=utf-8"},
            f"<html><head><title>{_TITLE}</title></head><body><h1>{_TITLE}</h1><p>{_BODY}</p></body></html>",
        ),
        "articles.tombstone": Example(_URI, {}, None),
        "tagged.article": _record(_URI, codec.tagged(_JUDGED, _RULEBOOK, _ORIGIN)),
        "tagged.tombstone": Example(_URI, {}, None),
        "rejected": _out(codec.rejected(broken, refused, "articles.rejected", 10**6), text=True),
        **{name: _record(key, record) for name, record, key in log},
        "alert": _out(codec.cloud_event(_ALERT, "alerts", _SOURCE)),
        "agenda": _out(codec.agenda_event(_AGENDA, "agenda", _SOURCE)),
    }


def _json(key: str, value: Any) -> Example:
    return Example(key, {"content-type": "application/json"}, value)


def _record(key: str, record: Record) -> Example:
    return _json(key, orjson.loads(codec.encode(record)))


def _out(out: Out, *, text: bool = False) -> Example:
    value = (out.value or b"").decode()
    headers = {name: (data or b"").decode() for name, data in out.headers}
    return Example(None if out.key is None else out.key.decode(), headers, value if text else orjson.loads(value))
