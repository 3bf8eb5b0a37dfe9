"""docs/rules.md explains every key of a rule, docs/glossary.md every event type."""

import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from stream.core import rules
from stream.core.records import Status
from stream.core.rules import Cue, Detect, Fires, Needs, Parties, Rule, Scope, Silent, Slot
from stream.rulebook_reader import load

DOCS = Path(__file__).parents[2] / "docs"


def words(page: str) -> set[str]:
    """Everything in backquotes."""
    return set(re.findall(r"`([^`\n]+)`", (DOCS / page).read_text(encoding="utf-8")))


@pytest.mark.parametrize("form", [Rule, Detect, Parties, Needs, rules.Tests, Fires, Silent, Cue])
def test_every_key_of_a_rule_is_explained(form: type[msgspec.Struct]) -> None:
    told = words("rules.md")
    # `foreign: true` explains foreign
    named = told | {word.partition(":")[0] for word in told} | {"phrases"}
    assert [name for name in form.__struct_fields__ if name not in named] == []


def test_every_slot_and_scope_is_explained() -> None:
    assert [name for name in (*get_args(Slot), *get_args(Scope)) if name not in words("rules.md")] == []


def test_every_type_and_status_is_in_the_glossary() -> None:
    page = (DOCS / "glossary.md").read_text(encoding="utf-8")
    policy = load().policy
    rows = re.findall(r"^\| `([a-z.]+)` \| (R?) ?\|", page, re.MULTILINE)
    assert {name: bool(mark) for name, mark in rows} == {name: type_.reciprocal for name, type_ in policy.types.items()}
    assert [status for status in get_args(Status) if f"| `{status}` |" not in page] == []


def test_every_party_in_capitals_is_in_the_glossary() -> None:
    lexicon = load().lexicon
    states = {state.id for state in lexicon.states}
    own = {org.party or org.id for org in lexicon.organisations.organisations if org.state is None and not org.members}
    known = words("glossary.md")
    assert {party for party in own if party.isupper() and party not in states} - known == set()
