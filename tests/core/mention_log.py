"""Builders for tests: records of the log `mentions`, the shipped policy, and facts of rules that need no rule file."""

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, get_args

import stream
from stream.core.machine import Machine
from stream.core.past import Anchor
from stream.core.policy import RuleFacts
from stream.core.records import Evidence, Maturity, Mention, Mentions, Origin, Voice, Withdrawn
from stream.rulebook_reader.policy import read_policy

POLICY = read_policy(Path(stream.__file__).parent / "rulebook")
TEHRAN = timezone(timedelta(hours=3, minutes=30))
NOON = datetime(2026, 6, 1, 12, 0, tzinfo=TEHRAN)

FACTS = {
    kind: RuleFacts(
        rule=kind,
        type=kind,
        title=kind,
        desk="diplomacy",
        maturity="stable",
    )
    for kind in POLICY.types
} | {
    maturity: RuleFacts(rule=maturity, type="contact.call", title=maturity, desk="diplomacy", maturity=maturity)
    for maturity in get_args(Maturity)
}


ANCHORS = (Anchor(id="war", title="جنگ اوکراین", day="2022-02-24", names=("جنگ اوکراین",), parties=("RUS", "UKR")),)


def machine(**options: Any) -> Machine:
    return Machine(POLICY, FACTS, anchors=ANCHORS, **options)


def mention(kind: str, actors: str = "", recipients: str = "", **fields: Any) -> Mention:
    """`actors` and `recipients` as words: "USA RUS"."""
    text = fields.pop("text", "وزیران خارجهٔ دو کشور تلفنی گفت‌وگو کردند")
    known: dict[str, Any] = {
        "type": kind,
        "status": "happened",
        "time": "current",
        "actors": tuple(actors.split()),
        "recipients": tuple(recipients.split()),
        "trigger": "گفت‌وگو کردند",
        "evidence": (Evidence(start=0, end=len(text), text=text),),
        "rule": kind,
        "headline": True,
    }
    return Mention(**known | fields)


def record(uri: str, *mentions: Mention, hours: float = 0, **fields: Any) -> Mentions:
    """An article version that was published and arrived `hours` after noon."""
    at = NOON + timedelta(hours=hours)
    known: dict[str, Any] = {
        "uri": uri,
        "version": "1",
        "outlet": uri.split("/", maxsplit=1)[0],
        "title": "گفت‌وگوی تلفنی وزیران خارجه",
        "published": at,
        "published_precision": "minute",
        "signature": f"text of {uri}",
        "mentions": mentions,
        "rulebook": "book",
        "origin": Origin(topic="articles", partition=0, offset=0, received=at + timedelta(seconds=5)),
    }
    known |= fields
    if known["outlet"] is not None:
        known = {"publisher": Voice(id=known["outlet"], kind="agency")} | known
    return Mentions(**known)


def withdrawal(uri: str, hours: float = 0) -> Withdrawn:
    at = NOON + timedelta(hours=hours, seconds=5)
    return Withdrawn(uri=uri, outcome="withdrawn", origin=Origin(topic="articles", partition=0, offset=0, received=at))
