"""Within one version a schema may only add: every kind of break is told by its place, and what adds is none."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stream.commands import schemas
from stream.service.additive import breaks

ROOT = Path(__file__).parents[2]
Doc = dict[str, Any]


def test_nothing_breaks_with_what_was_released() -> None:
    assert schemas.broken_promises(ROOT) == []


def test_everything_is_released() -> None:
    missing = [path.name for path in schemas.released(ROOT) if not path.exists()]
    assert missing == [], "run `dideban schemas --release`"


def changed(name: str, change: Callable[[Doc], object]) -> list[str]:
    """What breaks where the schema of this name is changed so."""
    before = schemas.all_schemas()[name]
    after = copy.deepcopy(before)
    change(after)
    assert after != before
    return breaks(before, after)


def fields(document: Doc, name: str) -> Doc:
    found: Doc = document["$defs"][name]["properties"]
    return found


def required(document: Doc, name: str) -> list[str]:
    found: list[str] = document["$defs"][name]["required"]
    return found


def test_the_same_schema_does_not_break() -> None:
    for one in schemas.all_schemas().values():
        assert breaks(one, copy.deepcopy(one)) == []


def another_kind(document: Doc) -> None:
    document["anyOf"].append({"$ref": "#/$defs/Mark"})
    document["$defs"]["Mark"] = {"type": "object", "properties": {"kind": {"enum": ["mark"]}}, "required": ["kind"]}


def a_field_that_must_be_there(document: Doc) -> None:
    fields(document, "Alert")["colour"] = {"type": "string"}
    required(document, "Alert").append("colour")


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("alert", lambda d: fields(d, "Alert").update(colour={"type": "string", "default": ""})),
        ("alert", lambda d: fields(d, "Alert")["kind"]["enum"].append("test")),
        ("alert", lambda d: d.update(description="other words")),
        ("mentions", another_kind),
        ("rejected-headers", lambda d: d["properties"].update(dideban_more={"type": "string"})),
    ],
    ids=["a field", "a word of a list", "a description", "a kind of record", "a header"],
)
def test_what_only_adds_is_no_break(name: str, change: Callable[[Doc], object]) -> None:
    assert changed(name, change) == []


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        ("alert", lambda d: fields(d, "Alert").pop("line"), "line: is gone"),
        ("alert", lambda d: fields(d, "Evidence").pop("text"), "evidence[].text: is gone"),
        ("alert", lambda d: fields(d, "PastContact").pop("day"), "first_check.contact.day: is gone"),
        (
            "alert",
            lambda d: fields(d, "Alert").update(independent={"type": "string"}),
            "independent: type was 'integer', is 'string'",
        ),
        ("alert", lambda d: required(d, "Alert").append("url"), "url: is newly required"),
        ("alert", a_field_that_must_be_there, "colour: is newly required"),
        ("alert", lambda d: required(d, "Alert").remove("line"), "line: is no longer always there"),
        (
            "alert",
            lambda d: fields(d, "Alert")["level"]["enum"].remove("flash"),
            "level: the values ['flash'] are gone",
        ),
        ("alert", lambda d: fields(d, "Alert")["level"].pop("enum"), "level: is no closed list any more"),
        (
            "alert",
            lambda d: fields(d, "Alert")["day"]["anyOf"].append({"type": "integer"}),
            "day: may now also be integer",
        ),
        (
            "alert",
            lambda d: fields(d, "Alert")["day"]["anyOf"].remove({"type": "null"}),
            "day: null is no longer possible",
        ),
        (
            "alert",
            lambda d: fields(d, "FirstCheck")["gaps"]["items"]["prefixItems"].pop(),
            "first_check.gaps[][]: had 2 items, has 1",
        ),
        ("mentions", lambda d: fields(d, "Tick").pop("at"), "at: is gone"),
        ("mentions", lambda d: d["anyOf"].pop(2), "the record: Tick is no longer possible"),
        ("rejected-headers", lambda d: d["properties"].pop("dideban_stage"), "dideban_stage: is gone"),
        ("article-input", lambda d: d.update(required=["uri"]), "uri: is newly required"),
    ],
)
def test_a_break_is_told_by_its_place(name: str, change: Callable[[Doc], object], told: str) -> None:
    assert told in changed(name, change)
