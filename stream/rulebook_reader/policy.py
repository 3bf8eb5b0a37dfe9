"""Reads and checks policy.yaml."""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import msgspec

from stream.core.controls import in_family
from stream.core.lexicon import Lexicon
from stream.core.line import HEAD
from stream.core.policy import LEVELS, PAST_WORDS, SEVERITIES, CertaintyName, CertaintyStep, Policy, SeverityStep, When
from stream.core.records import Certainty, Kind, Severity, Status, Urgency
from stream.rulebook_reader.errors import RulebookError
from stream.rulebook_reader.yaml_file import Key, locate, read_yaml

FILE = "policy.yaml"
_DESK = re.compile(r"[a-z][a-z0-9_-]{0,39}\Z")  # the end of a topic's name
_WORD = 16
_WHO = 12  # characters of a line's head that must be left for who says it
_TYPE = re.compile(r"[a-z]+(\.[a-z]+)?\Z")
_NAME = re.compile(r"[a-z]+(_[a-z0-9]+)*\Z")
_PARTY = re.compile(r"[A-Z]{2,}\Z")

Fault = tuple[tuple[Key, ...], str]


def read_policy(root: Path) -> Policy:
    """Read `policy.yaml` in the rulebook's folder. Raises `RulebookError` for the first thing that is wrong."""
    path = root / FILE
    policy = read_yaml(path, Policy, root)
    for keys, message in _faults(policy):
        raise RulebookError(FILE, locate(path, *keys), message)
    return policy


def check_names(root: Path, policy: Policy, lexicon: Lexicon) -> None:
    """Whether the offices and sites that the policy names are in the lexicon. Raises `RulebookError`."""
    known = {
        "offices": ("roles.yaml", [role.id for role in lexicon.roles.roles], policy.severity.offices),
        "sites": ("places.yaml", [place.id for place in lexicon.places], policy.severity.sites),
    }
    for key, (file, ids, lists) in known.items():
        for name, members in lists.items():
            for n, member in enumerate(members):
                if member not in ids:
                    message = f"lexicon/{file} has no {member!r}{_near(member, ids)}"
                    raise RulebookError(FILE, locate(root / FILE, "severity", key, name, n), message)


def _faults(policy: Policy) -> Iterator[Fault]:
    yield from _lists(policy)
    yield from _severity(policy)
    yield from _certainty(policy)
    yield from _numbers(policy)
    yield from _words(policy)
    yield from _identity(policy)


def _lists(policy: Policy) -> Iterator[Fault]:
    if not policy.desks:
        yield ("desks",), "at least one desk is needed"
    for n, desk in enumerate(policy.desks):
        if not _DESK.match(desk.id):
            yield ("desks", n, "id"), f"the desk {desk.id!r}: use small Latin letters, digits, - and _, at most 40"
        if desk.id in {other.id for other in policy.desks[:n]}:
            yield ("desks", n, "id"), f"the desk {desk.id!r} stands twice"
        if not desk.title.strip():
            yield ("desks", n, "title"), f"the desk {desk.id!r} needs a title"
    for name, kind in policy.types.items():
        if not _TYPE.match(name):
            yield ("types", name), f"the type {name!r}: use small Latin letters and at most one dot"
        if not kind.label.strip():
            yield ("types", name, "label"), f"the type {name!r} needs a label"
    yield from _route_faults(policy)
    for n, status in enumerate(policy.alerted):
        if status in policy.alerted[:n]:
            yield ("alerted", n), f"{status!r} stands twice"
    if "happened" not in policy.alerted:
        yield ("alerted",), "'happened' must be among them"


def _severity(policy: Policy) -> Iterator[Fault]:
    severity = policy.severity
    for name, pairs in severity.pairs.items():
        for n, pair in enumerate(pairs):
            keys: tuple[Key, ...] = ("severity", "pairs", name, n)
            if pair[0] == pair[1]:
                yield keys, f"the pair {' and '.join(pair)}: a party is no pair with itself"
            yield from _parties(keys, pair)
    used: set[str] = set()
    for n, step in enumerate(severity.steps):
        keys = ("severity", "steps", n)
        if not _NAME.match(step.name):
            yield (*keys, "name"), f"the step {step.name!r}: use small Latin letters and _"
        if step.name in used:
            yield (*keys, "name"), f"the step {step.name!r} stands twice"
        used.add(step.name)
        yield from _effect(keys, step)
        yield from _when((*keys, "when"), step.when, policy)
        if step.when.first or step.when.silence:
            yield from _alone(keys, step, policy)


def _alone(keys: tuple[Key, ...], step: SeverityStep, policy: Policy) -> Iterator[Fault]:
    """What a text claims of itself, or a silence, is no ground for more than a bulletin."""
    bare = msgspec.structs.replace(step.when, types=(), first=False, silence=False) == When()
    highest = policy.levels.severity.get(step.at_least or step.up_to)
    if bare and (step.step > 0 or step.at_least) and highest in LEVELS[LEVELS.index("bulletin") + 1 :]:
        yield (
            keys,
            f"the step {step.name!r}: a first claim or a silence alone raises no higher than bulletin; set up_to",
        )


def _effect(keys: tuple[Key, ...], step: SeverityStep | CertaintyStep) -> Iterator[Fault]:
    least = step.at_least if isinstance(step, SeverityStep) else None
    if sum((step.step != 0, least is not None, step.at_most is not None)) != 1:
        may = "step, at_least or at_most" if isinstance(step, SeverityStep) else "step or at_most"
        yield keys, f"the step {step.name!r} needs exactly one effect: {may}"
    if abs(step.step) >= len(SEVERITIES):
        yield (*keys, "step"), f"the step {step.name!r}: at most 3 degrees up or down"
    if isinstance(step, SeverityStep) and step.up_to != "extreme" and step.step <= 0:
        yield (*keys, "up_to"), f"the step {step.name!r}: up_to needs a step upwards"


def _when(keys: tuple[Key, ...], when: When, policy: Policy) -> Iterator[Fault]:
    if when == When():
        yield keys, "at least one condition is needed, else the step always holds"
    yield from _types((*keys, "types"), when.types, policy)
    for name, given, lists in (
        ("offices", when.offices, policy.severity.offices),
        ("site", when.site, policy.severity.sites),
        ("pair", when.pair, policy.severity.pairs),
    ):
        if given is not None and given not in lists:
            yield (*keys, name), f"there is no list {given!r}{_near(given, lists)}; the policy has {_names(lists)}"
    yield from _parties((*keys, "party"), when.party)
    yield from _parties((*keys, "against"), when.against)
    for name in ("dead", "injured", "magnitude", "magnitude_under", "percent"):
        number = getattr(when, name)
        if number is not None and not number > 0:
            yield (*keys, name), f"{name} must be over 0"


def _certainty(policy: Policy) -> Iterator[Fault]:
    yield from _types(("certainty", "belligerent_types"), policy.certainty.belligerent_types, policy)
    names = [step.name for step in policy.certainty.steps]
    for n, step in enumerate(policy.certainty.steps):
        keys = ("certainty", "steps", n)
        if step.name in names[:n]:
            yield (*keys, "name"), f"the step {step.name!r} stands twice"
        yield from _effect(keys, step)
    for name in get_args(CertaintyName):
        if name not in names:
            yield ("certainty", "steps"), f"certainty.steps lacks {name!r}"


def _types(keys: tuple[Key, ...], types: Iterable[str], policy: Policy) -> Iterator[Fault]:
    known = {*policy.types, *(name.partition(".")[0] for name in policy.types)}
    for n, name in enumerate(types):
        if name not in known:
            yield (*keys, n), f"unknown event type or family {name!r}{_near(name, known)}"


def _parties(keys: tuple[Key, ...], parties: Iterable[str]) -> Iterator[Fault]:
    for n, party in enumerate(parties):
        if not _PARTY.match(party):
            yield (*keys, n), f"{party!r} is no party: write its id in capitals, as in docs/glossary.md"


def _numbers(policy: Policy) -> Iterator[Fault]:
    for hours in ("merge", "stale", "keep", "plans"):
        if not getattr(policy.hours, hours) > 0:
            yield ("hours", hours), f"hours.{hours} must be over 0"
    if policy.hours.keep < policy.hours.merge:
        yield ("hours", "keep"), "hours.keep must not be less than hours.merge: an event would be forgotten while open"
    for name in ("articles_a_day", "pairs", "apart_days", "apart_undated_days"):
        if getattr(policy.ledger, name) < 1:
            yield ("ledger", name), f"ledger.{name} must be at least 1"
    for contact, days in policy.ledger.silence_days.items():
        if contact not in policy.types or not contact.startswith("contact."):
            yield ("ledger", "silence_days", contact), f"{contact!r} is no type of contact"
        elif days < 1:
            yield ("ledger", "silence_days", contact), "at least one day"
    if not 0 < policy.urgency.immediate < policy.urgency.expected:
        yield ("urgency",), "urgency: immediate must be over 0, and less than expected"
    for bound in ("events", "articles", "plans", "sources_shown", "history_shown"):
        if getattr(policy.bounds, bound) < 1:
            yield ("bounds", bound), f"bounds.{bound} must be at least 1"
    if abs(policy.levels.not_headline) >= len(LEVELS):
        yield ("levels", "not_headline"), "levels.not_headline: at most 3 degrees up or down"
    marks = policy.notify.toll_marks
    if list(marks) != sorted({*marks}) or any(mark < 1 for mark in marks):
        yield ("notify", "toll_marks"), "notify.toll_marks must rise, each at least 1"


def _words(policy: Policy) -> Iterator[Fault]:
    words = policy.words
    tables: tuple[tuple[Iterable[str], tuple[str, str], Mapping[Any, str]], ...] = (
        (get_args(Status), ("certainty", "statuses"), policy.certainty.statuses),
        (get_args(Severity), ("levels", "severity"), policy.levels.severity),
        (get_args(Certainty), ("levels", "certainty"), policy.levels.certainty),
        (get_args(Urgency), ("levels", "urgency"), policy.levels.urgency),
        (LEVELS, ("words", "levels"), words.levels),
        (get_args(Status), ("words", "statuses"), words.statuses),
        (get_args(Kind), ("words", "kinds"), words.kinds),
    )
    for names, keys, given in tables:
        for name in names:
            if name not in given:
                yield keys, f"{'.'.join(keys)} lacks {name!r}"
        for name, word in given.items():
            if keys[0] == "words" and len(word) > _WORD:
                yield (*keys, name), f"{'.'.join(keys)}.{name}: at most {_WORD} characters, a line has few"
    for key in ("unverified", "denied_by", "origins", "event", "report"):
        if not 0 < len(getattr(words, key).strip()) <= _WORD:
            yield ("words", key), f"words.{key}: 1 to {_WORD} characters, a line has few"
    for key, may in PAST_WORDS.items():
        try:
            used = {name for _, name, _, _ in Formatter().parse(getattr(words.past, key)) if name is not None}
        except ValueError:
            used = {"{"}
        if used - may:
            known = ", ".join("{" + name + "}" for name in sorted(may)) or "nothing"
            yield ("words", "past", key), f"words.past.{key}: {known} may stand in braces"
    if not words.statuses["claimed"].strip():
        yield ("words", "statuses", "claimed"), "words.statuses.claimed: a claim must not look like a fact"
    longest = [max(map(len, table.values())) for table in (words.levels, words.kinds, words.statuses)]
    longest[2] = max(longest[2], len(words.unverified), len(words.denied_by))
    if sum(longest) + 3 * len(" | ") > HEAD - _WHO:
        most = HEAD - _WHO - 3 * len(" | ")
        yield ("words",), f"words: the longest of levels, kinds and statuses together at most {most} characters"


def _near(name: str, known: Iterable[str]) -> str:
    found = get_close_matches(name, list(known), n=1)
    return f"; did you mean {found[0]!r}?" if found else ""


def _names(lists: Iterable[str]) -> str:
    return ", ".join(sorted(lists)) or "none"


def _identity(policy: Policy) -> Iterator[Fault]:
    identity = policy.identity
    named: list[tuple[tuple[Key, ...], str]] = []
    for table in ("hours", "unlike", "becomes"):
        named += [(("identity", table, kind), kind) for kind in getattr(identity, table)]
    named += [(("identity", "becomes", kind), other) for kind, others in identity.becomes.items() for other in others]
    named += [(("identity", "alike", n), kind) for n, group in enumerate(identity.alike) for kind in group]
    named += [(("identity", name), kind) for name in ("recurs", "heard") for kind in sorted(getattr(identity, name))]
    for keys, kind in named:
        if kind not in policy.types:
            yield keys, f"identity names the type {kind!r}, which is not among the types{_near(kind, policy.types)}"
    for kind, hours in identity.hours.items():
        if not 0 < hours <= policy.hours.keep:
            yield ("identity", "hours", kind), f"identity.hours.{kind} must be over 0 and not over hours.keep"


def _route_faults(policy: Policy) -> Iterator[Fault]:
    desks = {desk.id for desk in policy.desks}
    for n, route in enumerate(policy.routes):
        if not route.desks:
            yield ("routes", n, "desks"), "a route needs at least one desk"
        for k, desk in enumerate(route.desks):
            if desk not in desks:
                yield ("routes", n, "desks", k), f"unknown desk {desk!r}; one of {', '.join(sorted(desks))}"
        for k, name in enumerate(route.types):
            if not any(in_family(type_, name) for type_ in policy.types):
                yield ("routes", n, "types", k), f"unknown event type or family {name!r}"
