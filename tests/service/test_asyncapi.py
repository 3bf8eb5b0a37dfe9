"""The AsyncAPI document is one by its specification, names what is there, and its examples are what the schemas say."""

import gzip
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import orjson
import pytest
import yaml
from referencing import Registry, Resource

from stream.commands import schemas
from stream.core.agenda import Agenda
from stream.core.judge import judge
from stream.core.machine import Machine
from stream.core.read import read
from stream.core.records import Alert, Article, Incoming
from stream.demo.samples import load_samples
from stream.rulebook_reader import load
from stream.service import codec, topics
from stream.service.examples import examples
from stream.service.settings import Settings

ROOT = Path(__file__).parents[2]
DOCUMENT: dict[str, Any] = yaml.safe_load((ROOT / "docs" / "asyncapi.yaml").read_text("utf-8"))
MESSAGES: dict[str, Any] = DOCUMENT["components"]["messages"]
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
BOOK = load()


def test_it_is_an_asyncapi_document() -> None:
    specification = orjson.loads(gzip.decompress((ROOT / "tests/vendor/asyncapi-3.0.0.json.gz").read_bytes()))
    check = jsonschema.Draft7Validator(specification)
    check.validate(DOCUMENT)
    assert not check.is_valid(DOCUMENT | {"operations": {"x": {"action": "take"}}})


def looked_up(ref: str) -> Any:
    found: Any = DOCUMENT
    for step in ref.removeprefix("#/").split("/"):
        found = found[step]
    return found


def test_every_reference_within_it_leads_somewhere() -> None:
    used = set()
    for channel in DOCUMENT["channels"].values():
        for name, message in channel["messages"].items():
            assert looked_up(message["$ref"])["name"] == name
            used.add(name)
    assert used == set(MESSAGES) == set(examples())
    for operation in DOCUMENT["operations"].values():
        own = looked_up(operation["channel"]["$ref"])["messages"].values()
        assert [looked_up(message["$ref"]) for message in operation["messages"]] == list(own)


def test_every_topic_is_a_channel() -> None:
    wanted = topics.table(Settings.model_construct(), tuple(desk.id for desk in BOOK.policy.desks))
    addresses = {channel["address"] for channel in DOCUMENT["channels"].values()}
    desk = DOCUMENT["channels"]["desk"]
    for topic in wanted:
        if topic.kind == "desk":
            assert desk["address"].format(desk=topic.name.rpartition(".")[2]) == topic.name
        else:
            assert topic.name in addresses
    assert desk["parameters"]["desk"]["enum"] == [one.id for one in BOOK.policy.desks]
    assert len(addresses) == len({topic.kind for topic in wanted})


# --- examples ---------------------------------------------------------------------------------------------------------


def validator(given: dict[str, Any]) -> jsonschema.Draft202012Validator:
    """For a schema as it stands in the document: in place, or in a file beside it."""
    if "schemaFormat" not in given:
        return jsonschema.Draft202012Validator(given)
    name, _, fragment = given["schema"]["$ref"].partition("#")
    file = (ROOT / "docs" / name).resolve()
    assert file.is_relative_to(ROOT / "stream" / "schemas")
    contents = orjson.loads(file.read_bytes())
    registry: Registry[Any] = Registry().with_resource(contents["$id"], Resource.from_contents(contents))
    return jsonschema.Draft202012Validator({"$ref": f"{contents['$id']}#{fragment}"}, registry=registry)


@pytest.mark.parametrize("name", MESSAGES)
def test_an_example_is_what_its_schemas_say(name: str) -> None:
    message = MESSAGES[name]
    (example,) = message["examples"]
    validator(message["payload"]).validate(example["payload"])
    if "headers" in message:
        validator(message["headers"]).validate(example["headers"])
        first = next(iter(example["headers"]))
        lacking = {name: value for name, value in example["headers"].items() if name != first}
        assert not validator(message["headers"]).is_valid(lacking)


@pytest.mark.parametrize(
    "name",
    [name for name, message in MESSAGES.items() if "schemaFormat" in message["payload"] and name != "articles.plain"],
)
def test_the_schema_of_an_example_can_say_no(name: str) -> None:
    (example,) = MESSAGES[name]["examples"]
    payload = example["payload"]
    check = validator(MESSAGES[name]["payload"])
    for field, value in payload.items():
        wrong = "no object" if isinstance(value, dict) else {"no": "such value"}
        assert not check.is_valid(payload | {field: wrong}), field


@pytest.mark.parametrize("name", [name for name in MESSAGES if name.startswith("articles.")])
def test_an_example_of_an_article_can_be_read(name: str) -> None:
    example = examples()[name]
    value = example.payload
    if isinstance(value, dict):
        raw: bytes | None = orjson.dumps(value)
    else:
        raw = None if value is None else value.encode()
    headers = tuple((key, text.encode()) for key, text in example.headers.items())
    key = None if example.key is None else example.key.encode()
    article = read(Incoming(value=raw, key=key, headers=headers, arrived=NOW), outlets=BOOK.outlet_names)
    if raw is None:
        assert getattr(article, "uri", None) == example.key
        return
    assert isinstance(article, Article), article
    form = name.partition(".")[2]
    assert article.form == {"plain": "json"}.get(form, form)
    assert example.key in (None, article.uri)


@pytest.mark.parametrize("name", [name for name in MESSAGES if name.startswith("mentions.")])
def test_an_example_of_the_log_is_taken_by_the_machine(name: str) -> None:
    raw = codec.Raw("mentions", 0, 0, NOW, None, orjson.dumps(examples()[name].payload))
    entry = codec.decode_entry(raw)
    assert orjson.loads(codec.encode(entry)) == examples()[name].payload
    Machine(BOOK.policy, BOOK.facts, BOOK.outlet_titles, BOOK.anchors).apply(0, entry)


# --- what the code really makes ---------------------------------------------------------------------------------------


def test_what_comes_of_the_demo_fits_the_schemas() -> None:
    checks = {name: jsonschema.Draft202012Validator(one) for name, one in schemas.all_schemas().items()}
    machine = Machine(BOOK.policy, BOOK.facts, BOOK.outlet_titles, BOOK.anchors)
    made: set[str] = set()

    def check(name: str, value: bytes | None) -> None:
        checks[name].validate(orjson.loads(value or b""))
        made.add(name)

    for n, sample in enumerate(load_samples()):
        item = sample.item
        raw = codec.Raw("articles", 0, n, NOW, item.key, item.value, item.headers)
        article = read(codec.incoming(raw), outlets=BOOK.outlet_names)
        if not isinstance(article, Article):
            continue
        judgement = judge(article, BOOK)
        check("tagged", codec.encode(codec.tagged(judgement, BOOK.digest, codec.origin(raw))))
        record = codec.mentions(judgement, BOOK.digest, codec.origin(raw))
        check("mentions", codec.encode(record))
        for decision in machine.apply(n, record):
            if isinstance(decision, Alert):
                name, out = "alert", codec.cloud_event(decision, "alerts", "urn:dideban:test")
            elif isinstance(decision, Agenda):
                name, out = "agenda", codec.agenda_event(decision, "agenda", "urn:dideban:test")
            else:
                continue
            check(name, out.value)
            check(f"{name}-headers", orjson.dumps({key: (data or b"").decode() for key, data in out.headers}))
    assert made >= {"tagged", "mentions", "alert", "alert-headers"}
