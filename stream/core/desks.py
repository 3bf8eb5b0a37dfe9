"""Which desks get an alert: those of every route that it meets, else the desk of the rule that opened its event."""

from stream.core.controls import Subject, in_family
from stream.core.policy import LEVELS, Policy, Route
from stream.core.records import Level


def routed(policy: Policy, default: str, level: Level, subject: Subject) -> tuple[str, ...]:
    """The desks, each once, in the order of the routes."""
    met = [desk for route in policy.routes if _meets(route, level, subject) for desk in route.desks]
    return tuple(dict.fromkeys(met)) or (default,)


def _meets(route: Route, level: Level, subject: Subject) -> bool:
    return (
        LEVELS.index(level) >= LEVELS.index(route.level)
        and (not route.types or any(in_family(subject.type, name) for name in route.types))
        and (not route.places or not subject.places.isdisjoint(route.places))
        and (not route.parties or not subject.parties.isdisjoint(route.parties))
    )
