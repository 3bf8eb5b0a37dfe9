"""Whose denial a denial is."""

from stream.core.records import Attribution, Mention


def said_to_deny(mention: Mention) -> Attribution | None:
    """Who denies it, where the text says so: no outlet that only reports the denial, and not whose claim is denied."""
    said = mention.attribution
    claimed = any(reason.split(" ")[1:2] == ["claim"] for reason in mention.why)
    return None if said is None or said.kind == "outlet" or claimed else said


def denier(mention: Mention, outlet: str | None) -> str | None:
    """Whose denial it is: the state or party where it is known, else who is said to deny it, else the outlet."""
    said = said_to_deny(mention)
    return (said.state or said.text) if said is not None else outlet
