"""What makes two reports reports of one event, as the newsroom sets it in policy.yaml under `identity`."""

from collections.abc import Collection, Mapping

import msgspec


class Identity(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`hours`: how far apart reports may be published, by type; else hours.merge.

    `becomes`: what an event of a type may turn out to be («an explosion» to be a strike). `alike`: groups of types between
    which outlets waver. `needed`: points that must speak for one event. `unlike`: points off where reports share no words,
    by type, else `unlike_else`: many where the same parties do the same to others every day (arrests at home). `recurs`:
    types of which the same parties may make another one within hours. `heard`: types whose event several towns of a
    province tell of at once, each for itself. `answers`: rules that
    tell an attack from the side that met it (a missile shot down). `hosts`: the states on whose soil others keep forces,
    by whose forces they are: a strike on a base is told as one on either. `things`: words of what can be hit for
    itself wherever it is, as the normaliser writes them; `vaguely`: those of them that may name any of the others.
    """

    hours: Mapping[str, float] = {}
    becomes: Mapping[str, tuple[str, ...]] = {}
    alike: tuple[tuple[str, ...], ...] = ()
    needed: float
    unlike: Mapping[str, float] = {}
    unlike_else: float
    recurs: frozenset[str] = frozenset()
    heard: frozenset[str] = frozenset()
    answers: frozenset[str] = frozenset()
    hosts: Mapping[str, tuple[str, ...]] = {}
    things: frozenset[str] = frozenset()
    vaguely: frozenset[str] = frozenset()

    def grows(self, kind: str, other: str) -> bool:
        """Whether an event of one type may turn out to be of the other."""
        return other in self.becomes.get(kind, ())

    def akin(self, kind: str, other: str) -> bool:
        """Whether reports of the two types may tell one event."""
        return (
            kind == other
            or self.grows(kind, other)
            or self.grows(other, kind)
            or any(kind in group and other in group for group in self.alike)
        )

    def carries(self, kinds: Collection[str]) -> bool:
        """Whether what these types tell is heard beyond the town that names it."""
        return self.heard.issuperset(kinds)

    def among(self, words: Collection[str]) -> frozenset[str]:
        """The things that are among the words."""
        return self.things.intersection(words)

    def unlikeness(self, kind: str) -> float:
        """Points off where two reports of this type share no words."""
        return self.unlike.get(kind, self.unlike_else)

    def hosted(self, one: Collection[str], other: Collection[str]) -> bool:
        """Whether one side names forces and the other the soil on which they stand."""
        return any(
            (guest in one and host in other) or (guest in other and host in one)
            for guest, hosts in self.hosts.items()
            for host in hosts
        )

    def soil(self, parties: Collection[str]) -> frozenset[str]:
        """Those of the parties on whose soil another of them keeps forces."""
        return frozenset(
            host for guest, hosts in self.hosts.items() if guest in parties for host in hosts if host in parties
        )
