"""What every test may use: the one broker of the session, and names that no other test has.

A test that asks for `kafka` gets the mark `kafka` by itself. A test that kills or stops its broker starts one of its
own (`from stream.broker.kafka import Kafka`).
"""

import re
import uuid
from collections.abc import Iterator

import pytest

from stream.broker.kafka import Kafka


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what needs the broker, so that `-m "not kafka"` runs the rest."""
    for item in items:
        if "kafka" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.kafka)


@pytest.fixture(scope="session")
def kafka() -> Iterator[Kafka]:
    """A real Kafka, started with the first test that wants it and shared by all; topics are not created by use."""
    with Kafka() as broker:
        yield broker


@pytest.fixture
def topic_prefix(request: pytest.FixtureRequest) -> str:
    """A prefix for topics, groups and transactional ids that is this test's alone; ends in a dot."""
    name = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower()).strip("-")[:40]
    return f"{name}-{uuid.uuid4().hex[:8]}."
