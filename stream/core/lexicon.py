"""Who and what can be named: states, organisations, persons, roles, places, as typed records of the lexicon files."""

from typing import Literal

import msgspec

from stream.core.revisions import Revisions
from stream.core.voice import OutletKind


class _Form(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class State(_Form, frozen=True, kw_only=True):
    """A state or territory; `id` ISO 3166 alpha-3. `weak` names count only beside a role or another cue."""

    id: str
    name: str
    names: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()


class Organisation(_Form, frozen=True, kw_only=True):
    """An organisation, armed group or office. It stands for `party` if given, else for its `state`, else for its
    `members`, else (an id in capitals) for itself."""

    id: str
    name: str
    kind: str
    state: str | None = None
    party: str | None = None
    members: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()


class Generic(_Form, frozen=True, kw_only=True):
    """A kind of body whose state is the next word («ارتش …»); `default`: the state of a bare use in Iranian press."""

    id: str
    kind: str
    names: tuple[str, ...]
    default: str | None = None


class Organisations(_Form, frozen=True, kw_only=True):
    """`organisations.yaml`."""

    organisations: tuple[Organisation, ...]
    generic: tuple[Generic, ...] = ()


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """A role that a person had, with years (inclusive)."""

    role: str
    start: int | None = msgspec.field(default=None, name="from")
    end: int | None = msgspec.field(default=None, name="to")


class Person(_Form, frozen=True, kw_only=True):
    """A person in the news, and the state or group the person stands for."""

    id: str
    name: str
    state: str | None = None
    kind: Literal["official", "military", "party", "civilian", "religious"] = "official"
    roles: tuple[Office, ...] = ()
    names: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()


class Role(_Form, frozen=True, kw_only=True):
    """An office by its head words, without the state. `stands`: the holder's act counts as the state's; `abroad`: there
    is none at home (Iran has no prime minister), so that a bare use means nobody there."""

    id: str
    title: str
    rank: str
    names: tuple[str, ...]
    needs: Literal["state", "body", "none"] = "state"
    stands: bool = True
    abroad: bool = False


class Relation(_Form, frozen=True, kw_only=True):
    """A word that names an official by relation («همتای … خود»)."""

    id: str
    names: tuple[str, ...]
    title: str = ""


class Roles(_Form, frozen=True, kw_only=True):
    """`roles.yaml`."""

    roles: tuple[Role, ...]
    relational: tuple[Relation, ...] = ()


class Place(_Form, frozen=True, kw_only=True):
    """A place; `country` ISO alpha-3, `countries` for what lies between several; `within`: the place it lies in."""

    id: str
    name: str
    kind: str
    country: str | None = None
    countries: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    capital: bool = False
    within: str | None = None


class Outlet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A source of articles, and how it is printed."""

    id: str
    name: str
    kind: OutletKind = msgspec.field(name="class")
    country: str | None = None
    owner: str | None = None
    state: bool = False
    names: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()


class Outlets(_Form, frozen=True, kw_only=True):
    """`outlets.yaml`."""

    outlets: tuple[Outlet, ...]


class Lexicon(msgspec.Struct, frozen=True, kw_only=True):
    """All of it."""

    states: tuple[State, ...]
    organisations: Organisations
    persons: tuple[Person, ...]
    roles: Roles
    places: tuple[Place, ...]
    outlets: tuple[Outlet, ...]
    revisions: Revisions = Revisions()
