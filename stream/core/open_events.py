"""The open events, indexed so that a mention meets only those that it could belong to.

An event stands in the index under each type and each party that it has, or under none, at the hours of its publication, so
that what is looked at does not grow with all that is open.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta

from stream.core.policy import Policy
from stream.core.records import Mention
from stream.core.same_event import Agreement, Profile, Reporting, compare, profile, speaking, spots

MOST = 3  # events that one mention may belong to
_NOBODY = ""
_HOURS = 6  # of publication that one key holds
_Key = tuple[str, str, int]  # type, party, six hours


class OpenEvents:
    """Profiles of the open events by id. Mutable, deterministic: what is found depends on what is open, not on how it
    came to be."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._identity = policy.identity
        self._profiles: dict[str, Profile] = {}
        self._keys: dict[str, tuple[_Key, ...]] = {}
        self._holders: dict[_Key, dict[str, None]] = {}
        self._akin = {
            kind: tuple(other for other in policy.types if policy.identity.akin(kind, other)) for kind in policy.types
        }

    def __len__(self) -> int:
        return len(self._profiles)

    def put(self, id_: str, reports: Iterable[Reporting]) -> None:
        """An event with these reports, in place of what was known of it; without any it is forgotten."""
        self.remove(id_)
        made = profile(reports)
        if made.opened is None:
            return
        self._profiles[id_] = made
        self._index(id_, made)

    def add(self, id_: str, report: Reporting) -> None:
        """A further report of an event."""
        made = self._profiles[id_]
        made.add(report)
        self._index(id_, made)

    def remove(self, id_: str) -> None:
        """Forget an event."""
        self._profiles.pop(id_, None)
        self._unindex(id_)

    def find(
        self, mention: Mention, at: datetime, holds: Callable[[str], bool], copied: Collection[str], more: float = 0.0
    ) -> tuple[str, ...]:
        """Ids of the events that a report of that time tells of, the likeliest first; more than one only where it names
        places of each. `holds`: whether an event has a version of the report's article; `copied`: events that have a
        text of which the report is a near copy. `more`: points asked beyond the usual; then more than the parties must
        tie them."""
        found: list[tuple[float, bool, datetime, str, Agreement]] = []
        for id_ in self._near(mention, at, copied):
            event = self._profiles[id_]
            made = compare(event, mention, at, self._policy, id_ in copied)
            if not isinstance(made, Agreement) or event.opened is None:
                continue
            own = holds(id_)
            if more and not (own or made.tied):
                continue
            if made.score + (1.0 if own else 0.0) >= self._identity.needed + more:
                found.append((made.score + (2.0 if own else 0.0), own, event.opened, id_, made))
        found.sort(key=lambda one: one[:4], reverse=True)
        return _by_places(mention, [(id_, made) for *_, id_, made in found])

    def _near(self, mention: Mention, at: datetime, copied: Collection[str]) -> Iterable[str]:
        window = timedelta(hours=self._policy.window(mention.type))
        named = {*mention.actors, *mention.recipients}
        parties = sorted(named | speaking(mention)) if named else [_ANYBODY]
        seen: dict[str, None] = {}
        for hours in range(_hours(at - window), _hours(at + window) + 1):
            for kind in self._akin.get(mention.type, ()):
                for party in (_NOBODY, *parties):
                    seen |= self._holders.get((kind, party, hours), {})
        for id_ in sorted(copied):
            if id_ in self._profiles:
                seen[id_] = None
        return seen

    def _index(self, id_: str, made: Profile) -> None:
        parties = sorted(made.actors | made.recipients)
        named = (*parties, _ANYBODY) if parties else (_NOBODY, _ANYBODY)
        hours = [_hours(made.opened)] if made.opened is not None else []
        keys = tuple((kind, party, at) for kind in made.types for party in named for at in hours)
        if keys == self._keys.get(id_):
            return
        self._unindex(id_)
        self._keys[id_] = keys
        for key in keys:
            self._holders.setdefault(key, {})[id_] = None

    def _unindex(self, id_: str) -> None:
        for key in self._keys.pop(id_, ()):
            held = self._holders[key]
            del held[id_]
            if not held:
                del self._holders[key]


_ANYBODY = "*"


def _hours(at: datetime) -> int:
    return int(at.timestamp() // (3600 * _HOURS))


def _by_places(mention: Mention, found: list[tuple[str, Agreement]]) -> tuple[str, ...]:
    """The likeliest event; and of the others those that have places of the mention that the ones before have not."""
    if not found:
        return ()
    out = [found[0][0]]
    told = set(found[0][1].places)
    exact, _ = spots(mention.where)
    if told and len(exact) > 1:
        for id_, made in found[1:]:
            if len(out) < MOST and made.places and not made.places & told:
                out.append(id_)
                told |= made.places
    return tuple(out)
