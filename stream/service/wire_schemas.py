"""JSON Schemas of what is no record of ours: articles as others send them, and the headers that go with our records."""

from typing import Any, get_args

from stream.core.reasons import REJECTION_REASONS
from stream.core.records import Kind
from stream.service.codec import SCHEMA

DRAFT = "https://json-schema.org/draft/2020-12/schema"
STAGES = ("read", "judge", "send", "decide")  # of a rejection
_TEXT = {"type": ["string", "null"]}
_LABEL = {"type": ["string", "integer", "null"]}
_TIME = {"type": ["string", "null"], "description": "RFC 3339, or a Jalali or Gregorian date as newspapers print it"}
_NUMBER = {"type": "string", "pattern": "^[0-9]+$"}


def _object(name: str, description: str, required: tuple[str, ...], properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "$schema": DRAFT,
        "$id": SCHEMA.format(name=name, version=1),
        "title": name,
        "description": description,
        "type": "object",
        "properties": properties,
        "required": list(required),
    }


def _cloud_event(name: str, about: str, kinds: tuple[str, ...]) -> dict[str, Any]:
    return _object(
        f"{name}-headers",
        f"Headers of a message about {about}: CloudEvents 1.0 in Kafka's binary mode.",
        ("ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "ce_subject", "ce_dataschema", "content-type"),
        {
            "ce_specversion": {"const": "1.0"},
            "ce_id": {"type": "string", "description": "the message's id: a redelivery has the same"},
            "ce_source": {"type": "string", "description": "urn:dideban: and the consumer group"},
            "ce_type": {"enum": [f"dideban.{name}.{kind}" for kind in kinds]},
            "ce_time": {"type": "string", "format": "date-time", "description": "when the broker took the article"},
            "ce_subject": {"type": "string", "description": "the record's key"},
            "ce_dataschema": {"type": "string", "description": "names the schema and its version"},
            "content-type": {"const": "application/json"},
        },
    )


WRITTEN: dict[str, dict[str, Any]] = {
    "article-input": _object(
        "article-input",
        "An article in the plain form, as a record of the topic articles: title or body is needed, and an id, uri or url.",
        (),
        {
            "uri": _LABEL | {"description": "names the article over all versions; else outlet/id, else url"},
            "id": _LABEL | {"description": "the outlet's own number"},
            "version": _LABEL,
            "outlet": _LABEL | {"description": "as the outlet writes itself, or its id in outlets.yaml"},
            "title": _TEXT,
            "body": _TEXT,
            "published": _TIME,
            "url": _TEXT,
            "versionCreated": _TIME,
            "embargoedUntil": _TIME,
            "pubStatus": {"enum": ["usable", "withheld", "canceled", None]},
        },
    ),
    "rejected-headers": _object(
        "rejected-headers",
        "Headers of a record of the topic articles.rejected, beside its own: why it could not be used, and where it lay.",
        (
            "dideban_stage",
            "dideban_reason",
            "dideban_detail",
            "dideban_topic",
            "dideban_partition",
            "dideban_offset",
            "dideban_time",
            "dideban_version",
        ),
        {
            "dideban_stage": {"enum": list(STAGES)},
            "dideban_reason": {"enum": list(REJECTION_REASONS)},
            "dideban_detail": {"type": "string"},
            "dideban_topic": {"type": "string"},
            "dideban_partition": _NUMBER,
            "dideban_offset": _NUMBER,
            "dideban_time": {"type": "string", "format": "date-time"},
            "dideban_version": {"type": "string"},
            "dideban_value": {"const": "null", "description": "the value and the key were null"},
            "dideban_cut_bytes": _NUMBER | {"description": "the value was too large: only its head is kept"},
            "dideban_cut_sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "dideban_cut_key_bytes": _NUMBER,
            "dideban_cut_headers": _NUMBER,
        },
    ),
    "alert-headers": _cloud_event("alert", "an event", get_args(Kind)),
    "agenda-headers": _cloud_event("agenda", "a plan", ("create", "update", "cancel")),
}
