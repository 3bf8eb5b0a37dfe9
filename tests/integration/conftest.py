"""Fixtures: this test's topics, and workers on them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from stream.broker.kafka import Kafka
from tests.integration.support import Topics, Worker


@pytest.fixture
def topics(kafka: Kafka, topic_prefix: str) -> Topics:
    """Topics of this test alone."""
    return Topics(kafka.bootstrap, topic_prefix)


@pytest.fixture
def worker(topics: Topics, tmp_path: Path) -> Iterator[Callable[..., Worker]]:
    """Makes workers on this test's topics; none outlives the test."""
    with ExitStack() as stack:
        yield lambda **settings: stack.enter_context(Worker(topics, tmp_path, **settings))
