"""The AsyncAPI 3 document of all topics: what each is, who writes and reads it, keys, headers, schemas and an example.

It names the schemas of `stream/schemas` by their place beside it, and is written by `dideban schemas` as docs/asyncapi.yaml.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import yaml

from stream import __version__
from stream.service import topics
from stream.service.examples import Example, examples
from stream.service.settings import Settings

SCHEMAS = "../stream/schemas"  # seen from docs/
_FORMAT = "application/schema+json;version=draft-2020-12"
_JSON = "application/json"
_AS_DELIVERED = Settings.model_construct()  # whatever the environment says


class _Message(NamedTuple):
    """A message: its summary, the schema of its value (a file of SCHEMAS with a fragment, or a schema), content type, what
    the key is, and the schema of its headers."""

    summary: str
    payload: str | dict[str, Any]
    key: str
    content_type: str = _JSON
    headers: str = ""


_URI = "the article's uri"
_NULL = {"type": "null"}
_MESSAGES = {
    "articles.plain": _Message("An article in plain JSON.", "article-input.json", "not looked at"),
    "articles.ninjs": _Message(
        "An article in ninjs 3.1, https://iptc.org/standards/ninjs/ (names of ninjs 1 and 2 too).",
        {"type": "object"},
        "not looked at",
    ),
    "articles.page": _Message("The text of a page, in UTF-8.", {"type": "string"}, "not looked at", "text/plain"),
    "articles.html": _Message("A page in HTML.", {"type": "string"}, "not looked at", "text/html"),
    "articles.tombstone": _Message("No value: the article is withdrawn by its source.", _NULL, _URI),
    "tagged.article": _Message("An article version with its tags and mentions.", "tagged.json", _URI),
    "tagged.tombstone": _Message("No value: the article is withdrawn.", _NULL, _URI),
    "rejected": _Message(
        "A record that could not be used, byte for byte; the headers say why and where it lay.",
        {},
        "as it came",
        "application/octet-stream",
        "rejected-headers.json",
    ),
    "mentions.article": _Message("One article version with all its mentions.", "mentions.json#/$defs/Mentions", _URI),
    "mentions.withdrawal": _Message("The article is withdrawn.", "mentions.json#/$defs/Withdrawn", _URI),
    "mentions.tick": _Message("It is now so late.", "mentions.json#/$defs/Tick", "a constant"),
    "mentions.control": _Message(
        "What the newsroom asks for: a mute, a watch, an alert taken back.",
        "mentions.json#/$defs/Control",
        "a constant",
    ),
    "mentions.history": _Message("A part of an archive.", "mentions.json#/$defs/History", "its id"),
    "alert": _Message(
        "One message about one event: CloudEvents 1.0 in binary mode.",
        "alert.json",
        "the event's id",
        headers="alert-headers.json",
    ),
    "agenda": _Message(
        "One message about one plan with a date: CloudEvents 1.0 in binary mode.",
        "agenda.json",
        "the plan's id",
        headers="agenda-headers.json",
    ),
}

# kind of topic → title, its messages, and what the worker does there with the reason
_CHANNELS: dict[topics.Kind, tuple[str, tuple[str, ...], dict[str, str]]] = {
    "articles": (
        "Articles come in here, in any of these forms; taken as it is, whatever its partitions.",
        ("articles.plain", "articles.ninjs", "articles.page", "articles.html", "articles.tombstone"),
        {"receive": "Reads and judges each article."},
    ),
    "tagged": (
        "Articles with all that was found in them, for search and archives.",
        ("tagged.article", "tagged.tombstone"),
        {"send": "Hands on each article with tags and mentions."},
    ),
    "rejected": ("What could not be used.", ("rejected",), {"send": "Keeps what could not be used, by name."}),
    "mentions": (
        "The ordered log from which everything is decided: one partition, nothing thrown away.",
        ("mentions.article", "mentions.withdrawal", "mentions.tick", "mentions.control", "mentions.history"),
        {"send": "Writes one record for each article version.", "receive": "Correlates and decides, record by record."},
    ),
    "alerts": ("All alerts.", ("alert",), {"send": "Tells the newsroom."}),
    "desk": ("The alerts of one desk.", ("alert",), {"send": "Tells one desk."}),
    "agenda": ("What is planned for a day.", ("agenda",), {"send": "Tells what is planned."}),
}


def document(desks: Sequence[str]) -> dict[str, Any]:
    """The document, for topics as they are named and shaped where no setting says otherwise."""
    channels: dict[str, Any] = {}
    operations: dict[str, Any] = {}
    for topic in topics.table(_AS_DELIVERED, tuple(desks)):
        kind = topic.kind
        if kind in channels:
            continue  # all desks have one channel
        title, messages, work = _CHANNELS[kind]
        address = topic.name
        if kind == "desk":
            address = f"{topic.name.rpartition('.')[0]}.{{desk}}"
        channels[kind] = {
            "address": address,
            "description": title,
            "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages},
            **(
                {"parameters": {"desk": {"enum": list(desks), "description": "id of a desk"}}} if kind == "desk" else {}
            ),
            "bindings": {"kafka": _binding(topic)},
        }
        for action, summary in work.items():
            operations[f"{action}.{kind}"] = {
                "action": action,
                "channel": {"$ref": f"#/channels/{kind}"},
                "summary": summary,
                "messages": [{"$ref": f"#/channels/{kind}/messages/{name}"} for name in messages],
            }
    shown = examples()
    return {
        "asyncapi": "3.0.0",
        "id": "urn:dideban",
        "info": {
            "title": "Dideban",
            "version": __version__,
            "description": "Real-time alerting for Persian newsrooms: articles in, alerts out. Names of topics, and a prefix "
            "for all of them, are settings (settings.md). The operations are the worker's.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": _JSON,
        "servers": {
            "kafka": {
                "host": "{broker}",
                "protocol": "kafka",
                "variables": {"broker": {"default": _AS_DELIVERED.broker}},
            }
        },
        "channels": channels,
        "operations": operations,
        "components": {"messages": {name: _message(name, one, shown[name]) for name, one in _MESSAGES.items()}},
    }


def text(desks: Sequence[str]) -> str:
    """The document as YAML."""
    return yaml.safe_dump(document(desks), sort_keys=False, allow_unicode=True, width=120)


def _binding(topic: topics.Topic) -> dict[str, Any]:
    return {
        "partitions": topic.partitions,
        "topicConfiguration": {"cleanup.policy": [topic.cleanup], "retention.ms": topic.retention_ms},
        "bindingVersion": "0.5.0",
    }


def _message(name: str, one: _Message, example: Example) -> dict[str, Any]:
    shown: dict[str, Any] = {"name": name}
    if one.headers:
        shown["headers"] = example.headers
    shown["payload"] = example.payload
    return {
        "name": name,
        "summary": one.summary,
        "contentType": one.content_type,
        **({"headers": _schema(one.headers)} if one.headers else {}),
        "payload": _schema(one.payload),
        "bindings": {"kafka": {"key": {"type": "string", "description": one.key}, "bindingVersion": "0.5.0"}},
        "examples": [shown],
    }


def _schema(given: str | dict[str, Any]) -> dict[str, Any]:
    if isinstance(given, dict):
        return given
    return {"schemaFormat": _FORMAT, "schema": {"$ref": f"{SCHEMAS}/{given}"}}
