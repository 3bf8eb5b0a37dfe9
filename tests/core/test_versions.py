"""Which version is the newer one."""

from datetime import UTC, datetime

import pytest

from stream.core.versions import newer, version_number

EARLY, LATE = datetime(2024, 3, 10, 9, tzinfo=UTC), datetime(2024, 3, 10, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("version", "created", "order", "than", "expected"),
    [
        ("10", None, 1, ("9", None, 2), True),  # numbers, not letters
        ("2", LATE, 2, ("3", EARLY, 1), False),
        ("2.10", None, 1, ("2.9", None, 2), True),
        ("ab12", LATE, 1, ("cd34", EARLY, 2), True),
        ("ab12", EARLY, 2, ("cd34", LATE, 1), False),
        ("ab12", None, 2, ("cd34", LATE, 1), True),
        ("ab12", None, 1, ("cd34", None, 2), False),
        ("3", LATE, 9, ("3", EARLY, 1), False),  # the same version again
    ],
)
def test_newer(
    version: str, created: datetime | None, order: int, than: tuple[str, datetime | None, int], expected: bool
) -> None:
    assert newer(version, created, order, than) is expected


@pytest.mark.parametrize(("version", "number"), [("7", (7,)), ("2.1", (2, 1)), ("ab", None), ("", None), ("۷", None)])
def test_version_number(version: str, number: tuple[int, ...] | None) -> None:
    assert version_number(version) == number
