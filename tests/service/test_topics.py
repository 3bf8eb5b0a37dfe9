"""The table of topics, its sizes, and the shapes that are refused."""

import pytest

from stream.service import topics
from stream.service.exits import Exit, Stop
from stream.service.settings import load_settings

DESKS = ("diplomacy", "economy")


def shapes(**partitions: int) -> dict[str, topics.State]:
    """What the broker would say; missing topics have no partitions."""
    names = [topic.name for topic in topics.table(load_settings(), DESKS)]
    return {name: topics.State(partitions.get(name, 0), 1_000_000) for name in names}


def test_every_desk_has_its_topic_and_every_name_its_prefix() -> None:
    names = [topic.name for topic in topics.table(load_settings(topic_prefix="news."), DESKS)]
    assert names == [
        "news.articles",
        "news.articles.tagged",
        "news.articles.rejected",
        "news.mentions",
        "news.alerts",
        "news.alerts.diplomacy",
        "news.alerts.economy",
        "news.agenda",
    ]


def test_the_log_has_one_partition_and_is_kept_for_ever() -> None:
    [log] = [topic for topic in topics.table(load_settings(partitions=9), DESKS) if topic.kind == "mentions"]
    assert log.partitions == 1
    assert log.config == {
        "cleanup.policy": "delete",
        "retention.ms": "-1",
        "retention.bytes": "-1",
        "message.timestamp.type": "LogAppendTime",
    }


def test_a_log_of_several_partitions_is_refused_with_the_remedy() -> None:
    wanted = topics.table(load_settings(), DESKS)
    topics.check_shapes(wanted, shapes(mentions=1, articles=7))
    topics.check_shapes(wanted, shapes())
    with pytest.raises(Stop, match=r"mentions has 2 partitions but must have exactly one.*DIDEBAN_MENTIONS") as caught:
        topics.check_shapes(wanted, shapes(mentions=2))
    assert caught.value.code is Exit.WRONG_TOPIC


@pytest.mark.parametrize("cleanup", ["compact", "compact,delete"])
def test_a_log_that_is_compacted_is_refused_with_the_remedy(cleanup: str) -> None:
    wanted = topics.table(load_settings(), DESKS)
    found = shapes(mentions=1, articles=1)
    found["articles"] = found["articles"]._replace(cleanup=cleanup)
    topics.check_shapes(wanted, found)
    found["mentions"] = found["mentions"]._replace(cleanup=cleanup)
    with pytest.raises(Stop, match=r"mentions is compacted.*set its cleanup\.policy to delete") as caught:
        topics.check_shapes(wanted, found)
    assert caught.value.code is Exit.WRONG_TOPIC


@pytest.mark.parametrize(
    ("largest", "body"), [(1_048_588, 1_000_000), (50_000_000, 1_000_000), (1_048_588, 20_000_000)]
)
def test_outputs_take_more_than_the_largest_input_and_the_largest_body_twice(largest: int, body: int) -> None:
    size = topics.output_bytes(largest, body)
    assert size > largest + 100_000
    assert size > 2 * body


def test_the_module_documents_every_topic() -> None:
    said = topics.__doc__ or ""
    for topic in topics.table(load_settings(), ("<desk>",)):
        assert f"| `{topic.name}` |" in said
