"""Between events and the ledger of contacts: what the archive says of an event, in words, and what an event adds to it."""

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from stream.core.calendars import jalali_text, tehran_day
from stream.core.correlate import Change, Event, Support
from stream.core.ledger import Contact, Ledger, is_contact, pairs
from stream.core.past import FirstCheck, Past, PastContact
from stream.core.policy import PastWords
from stream.core.records import Mention, Mentions

_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_NOTHING = Past()


def look_up(ledger: Ledger, event: Event) -> Past:
    """The check of an event's claim to be the first; without a claim, a long silence before it."""
    if not is_contact(event.type) or not event.supports or event.view.status not in ("happened", "claimed"):
        return _NOTHING
    told = [_told(event, support) for support in event.supports.values()]
    claim = next((one for one in told if one.first is not None and one.first.claimed), None)
    if claim is not None:
        return Past(check=ledger.check(claim, event.id, event.opened))
    if event.view.status != "happened":
        return _NOTHING
    first = next((one for one in told if any(pairs(one))), told[0])
    return Past(silence=ledger.silence(first, event.id, event.opened))


def remember(ledger: Ledger, change: Change) -> None:
    """Let the ledger know of a change: a contact that took place, or one that no longer counts."""
    event = change.event
    if not is_contact(event.type):
        return
    if change.kind in ("lost", "retracted") or change.taken_back is not None:
        ledger.forget(event.id)
        supports = () if event.retracted else tuple(event.supports.values())
    else:
        supports = (change.support,) if change.kind in ("opened", "joined") and not event.retracted else ()
    for support in supports:
        told = _told(event, support)
        day = told.day or tehran_day(event.opened).isoformat()
        contact = Contact(day=day, uri=support.uri, outlet=support.outlet, event=event.id, title=support.title)
        ledger.note(told, contact)


def remember_late(ledger: Ledger, record: Mentions, mention: Mention) -> None:
    """Let the ledger know of a contact that is too old to be told: it took place all the same."""
    if mention.day is not None:
        ledger.note(mention, Contact(day=mention.day, uri=record.uri, outlet=record.outlet, title=record.title))


def _told(event: Event, support: Support) -> Mention:
    """What a report says, as a report of this event: its type and day are the event's."""
    return msgspec.structs.replace(support.mention, type=event.type, day=event.view.day or support.mention.day)


# --- in words ---------------------------------------------------------------------------------------------------------


def in_words(past: Past, kind: str, words: PastWords, outlets: Mapping[str, str]) -> str:
    """A sentence for the newsroom; empty where the archive says nothing. `kind`: what such contacts are called."""
    silence, check = past.silence, past.check
    if silence is not None:
        days = str(silence.days).translate(_DIGITS)
        return words.silence.format(days=days, kind=kind, **_contact(silence.last, outlets))
    if check is None:
        return ""
    others = words.others.format(kind=kind, **_contact(check.others, outlets)) if check.others else ""
    return "؛ ".join(part for part in (_checked(check, kind, words, outlets), others) if part)


def _checked(check: FirstCheck, kind: str, words: PastWords, outlets: Mapping[str, str]) -> str:
    if check.contact is not None:
        known = words.contradicted if check.result == "contradicted" else words.told_before
        return known.format(kind=kind, **_contact(check.contact, outlets))
    since = _since(check)
    if check.result == "none_known":
        return words.none_known.format(kind=kind, since=since)
    if check.reason == "archive_begins_later":
        return (
            words.begins.format(begins=jalali_text(date.fromisoformat(check.begins))) if check.begins else words.empty
        )
    if check.reason == "archive_gap":
        return words.gap.format(since=since, days=str(_missing(check)).translate(_DIGITS))
    return words.several_parties if check.reason == "several_parties" else words.since_unknown


def steps(past: Past, note: str) -> Iterator[str]:
    """What the archive says, for `why`."""
    check, silence = past.check, past.silence
    if check is not None:
        facts = [f"first claim: {check.result}", check.reason, "–".join(check.between)]
        facts.append(f"since {check.since}" if check.since else "")
        facts.append(f"archive from {check.begins}, {check.outlets} outlets" if check.begins else "")
        yield ", ".join(fact for fact in facts if fact)
    if silence is not None:
        yield f"silence: {silence.days} days, last {silence.last.day}"
    if note:
        yield note


def _contact(contact: PastContact, outlets: Mapping[str, str]) -> dict[str, str]:
    outlet = outlets.get(contact.outlet, contact.outlet) if contact.outlet else ""
    return {"day": jalali_text(date.fromisoformat(contact.day)), "outlet": outlet or contact.uri}


def _since(check: FirstCheck) -> str:
    day = jalali_text(date.fromisoformat(check.since)) if check.since else ""
    return f"{check.anchor} ({day})" if check.anchor else day


def _missing(check: FirstCheck) -> int:
    return sum((date.fromisoformat(last) - date.fromisoformat(first)).days + 1 for first, last in check.gaps)
