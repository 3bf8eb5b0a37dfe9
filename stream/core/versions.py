"""Which of two versions of an article is the newer one."""

from datetime import datetime


def version_number(version: str) -> tuple[int, ...] | None:
    """A version as numbers ("7" → (7,), "2.10" → (2, 10)), or None where it is a digest or a word."""
    pieces = version.split(".")
    if all(piece.isascii() and piece.isdigit() and len(piece) < 19 for piece in pieces):
        return tuple(map(int, pieces))
    return None


def newer(version: str, created: datetime | None, order: int, than: tuple[str, datetime | None, int]) -> bool:
    """True where a version replaces another: by number where both have one, then by creation, then by record order.

    `created` is `version_created`, `order` any number that grows with the record's place in its log; `than` holds the
    same three of the version in hand. The same version again is never newer, wherever it stands.
    """
    other_version, other_created, other_order = than
    if version == other_version:
        return False
    mine, theirs = version_number(version), version_number(other_version)
    if mine is not None and theirs is not None and mine != theirs:
        return mine > theirs
    if created is not None and other_created is not None and created != other_created:
        return created > other_created
    return order > other_order
