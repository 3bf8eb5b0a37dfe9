"""Whose word an event rests on: origins, and the outlets that only pass them on.

What is counted is the origin, not the channel. A report's origin is, in this order: the voice that its text states last
(«ایرنا به نقل از تاس»: TASS); the origin of an earlier text that it copies; its own outlet. An aggregator or an anonymous
channel is no origin of what it tells: there the origin is unknown, and unknown is never independent.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from stream.core.voice import OriginRelays, Voice

_PASSES_ON = frozenset(["aggregator", "anonymous_channel"])  # tells others' news without saying whose
_VOUCHES = frozenset(["agency", "broadcaster", "official_organ", "newspaper", "site", "party"])


class Report(Protocol):
    """What is looked at of a support (`correlate.Support`)."""

    @property
    def uri(self) -> str: ...
    @property
    def outlet(self) -> str | None: ...
    @property
    def publisher(self) -> Voice | None: ...
    @property
    def stated(self) -> tuple[Voice, ...]: ...
    @property
    def copy_of(self) -> str: ...


def origins_of(reports: Iterable[Report]) -> tuple[OriginRelays, ...]:
    """The origins of an event's reports (in order of arrival), those that came first first."""
    reports = list(reports)
    found: dict[str, tuple[Voice | None, list[Report]]] = {}
    for copies in _copies(reports):
        common = next((voice for voice in map(_own_origin, copies) if voice is not None), None)
        for report in copies:
            voice = report.stated[-1] if report.stated else common
            found.setdefault(_key(voice), (voice, []))[1].append(report)
    order = {report.uri: n for n, report in enumerate(reports)}
    groups = [(voice, sorted(rest, key=lambda r: order[r.uri])) for voice, rest in found.values()]
    groups.sort(key=lambda group: order[group[1][0].uri])
    return tuple(_origin_relays(voice, rest) for voice, rest in groups)


def vouched(origins: Sequence[OriginRelays]) -> bool:
    """Whether somebody answers for the event: without it an event is possible at most."""
    return any(one.vouches for one in origins)


def independent(origins: Sequence[OriginRelays]) -> int:
    """How many origins that vouch are independent of each other.

    Two outlets of one owner are one; outlets of a state and that state's own officials are one.
    """
    voices = [one.origin for one in origins if one.vouches and one.origin is not None]
    speaking = {voice.id for voice in voices if voice.kind == "party"}
    return len({_owner(voice, speaking) for voice in voices})


def _owner(voice: Voice, speaking: set[str]) -> str:
    if voice.state and voice.country in speaking:
        return voice.country
    return voice.owner or voice.id


def _own_origin(report: Report) -> Voice | None:
    """Whose word a report is by itself; None for unknown."""
    if report.stated:
        return report.stated[-1]
    voice = publisher_of(report)
    return None if voice is None or voice.kind in _PASSES_ON else voice


def publisher_of(report: Report) -> Voice | None:
    """The report's outlet as a voice; None where it names none."""
    if report.publisher is not None:
        return report.publisher
    return Voice(id=report.outlet, kind="unlisted") if report.outlet is not None else None


def _key(voice: Voice | None) -> str:
    return "" if voice is None else f"{voice.kind == 'party'} {voice.id}"


def _copies(reports: list[Report]) -> list[list[Report]]:
    """The reports in groups of near copies; a copy stands with the text that it copies."""
    copied = {report.uri: report.copy_of for report in reports}
    groups: dict[str, list[Report]] = {}
    for report in reports:
        uri, met = report.uri, set[str]()
        while copied.get(copied[uri]) is not None and uri not in met:  # no text copies itself, whatever a record says
            met.add(uri)
            uri = copied[uri]
        groups.setdefault(min(met) if uri in met else uri, []).append(report)
    return list(groups.values())


def _origin_relays(voice: Voice | None, reports: list[Report]) -> OriginRelays:
    relays: dict[str, None] = {}
    firsthand = False
    for report in reports:
        publisher = publisher_of(report)
        for told in (*((publisher,) if publisher else ()), *report.stated[:-1]):
            if voice is None or told.id != voice.id:
                relays[told.id] = None
        if publisher is not None:
            firsthand = firsthand or publisher.kind in _VOUCHES or (voice is not None and publisher.id == voice.id)
    return OriginRelays(
        origin=voice,
        relays=tuple(relays),
        uris=tuple(report.uri for report in reports),
        vouches=voice is not None and voice.kind in _VOUCHES,
        firsthand=voice is not None and firsthand,
    )
