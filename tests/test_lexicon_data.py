"""The hand-made lexicon files keep the promises that their head comments make: shape, ids, references, no duplicates."""

import re
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
import yaml
from babel.core import get_global

from stream.core.letters import ZWNJ, fold

PARTIES = frozenset(
    "EU UN UNSC IAEA NATO OPEC ICC ICJ OIC ARABLEAGUE GCC HEZBOLLAH HAMAS ANSARALLAH PIJ ISIS TALIBAN PKK SDF HTS MEK".split()
)
ORGANISATION_KINDS = frozenset(
    "igo armed government ministry military agency court party company bank media university ngo weapon".split()
)
PLACE_KINDS = frozenset("city province region sea strait site island river base border".split())
OUTLET_CLASSES = frozenset(
    "agency broadcaster official_organ newspaper site aggregator anonymous_channel person".split()
)
MINIMUM = {"states": 240, "organisations": 300, "generic": 50, "places": 900, "outlets": 200}
PHRASES = {
    "states": ("names", "weak", "adjectives", "capitals"),
    "organisations": ("names", "weak"),
    "generic": ("names",),
    "places": ("names", "weak"),
    "outlets": ("names", "weak", "handles"),
}
FIELDS = {
    "states": {"id", "name", *PHRASES["states"]},
    "organisations": {"id", "name", "kind", "state", "party", "members", *PHRASES["organisations"]},
    "generic": {"id", "kind", "default", *PHRASES["generic"]},
    "places": {"id", "name", "kind", "country", "countries", "capital", "within", *PHRASES["places"]},
    "outlets": {"id", "name", "class", "country", "owner", "state", *PHRASES["outlets"]},
}
Entry = dict[str, Any]


def load(path: str) -> Any:
    return yaml.safe_load(files("stream").joinpath("rulebook", path).read_text(encoding="utf-8"))


ORGANISATIONS = load("lexicon/organisations.yaml")
LISTS: dict[str, list[Entry]] = {
    "states": load("lexicon/states.yaml"),
    "organisations": ORGANISATIONS["organisations"],
    "generic": ORGANISATIONS["generic"],
    "places": load("lexicon/places.yaml"),
    "outlets": load("outlets.yaml")["outlets"],
}
FILES = {
    "states": ("states",),
    "organisations": ("organisations", "generic"),
    "places": ("places",),
    "outlets": ("outlets",),
}
STATES = frozenset(entry["id"] for entry in LISTS["states"])


def spelled(phrase: str) -> str:
    """One spelling a phrase: what the normaliser makes equal letter by letter, and the half-space as a space."""
    return " ".join(fold(phrase).replace(ZWNJ, " ").split())


def phrases(kind: str, entry: Entry) -> Iterator[str]:
    for field in PHRASES[kind]:
        yield from entry.get(field, [])


def wrong_lists(kind: str, entry: Entry) -> list[str]:
    """The fields of phrases that are present and not a filled list of clean strings."""
    return [
        field
        for field in PHRASES[kind]
        if field in entry
        and not (
            isinstance(entry[field], list)
            and entry[field]
            and all(isinstance(phrase, str) and phrase == phrase.strip() and phrase for phrase in entry[field])
        )
    ]


@pytest.mark.parametrize("kind", LISTS)
def test_entries_have_the_documented_shape(kind: str) -> None:
    for entry in LISTS[kind]:
        assert entry.keys() <= FIELDS[kind], entry
        assert not wrong_lists(kind, entry), entry
        assert any(phrases(kind, entry)), entry
        assert kind == "generic" or isinstance(entry["name"], str), entry


@pytest.mark.parametrize("kind", LISTS)
def test_there_are_enough_entries(kind: str) -> None:
    assert len(LISTS[kind]) >= MINIMUM[kind]


@pytest.mark.parametrize("file", FILES)
def test_ids_are_unique_in_a_file(file: str) -> None:
    ids = Counter(entry["id"] for kind in FILES[file] for entry in LISTS[kind])
    assert [name for name, count in ids.items() if count > 1] == []


@pytest.mark.parametrize("file", FILES)
def test_no_phrase_is_listed_twice_in_a_file(file: str) -> None:
    entries = [(kind, entry) for kind in FILES[file] for entry in LISTS[kind]]
    printed = Counter(
        spelled(phrase)
        for kind, entry in entries
        for field in PHRASES[kind]
        if field != "handles"
        for phrase in entry.get(field, [])
    )
    handles = Counter(handle.lower() for _, entry in entries for handle in entry.get("handles", []))
    assert [phrase for phrase, count in (printed | handles).items() if count > 1] == []


@pytest.mark.parametrize("kind", LISTS)
def test_phrases_are_written_with_persian_letters(kind: str) -> None:
    wrong = re.compile("[يكىۀ\u0640\u0660-\u0669\u00a0]")
    assert [phrase for entry in LISTS[kind] for phrase in phrases(kind, entry) if wrong.search(phrase)] == []


def test_states_are_iso_codes() -> None:
    iso = {code for code in get_global("territory_aliases") if re.fullmatch("[A-Z]{3}", code)} | {"XKX"}
    assert sorted(STATES - iso) == []
    assert not STATES & PARTIES


def test_other_ids_are_slugs_or_parties() -> None:
    slug = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
    initials = re.compile(r"[A-Z]+(-[a-z]+)?")  # agencies known by theirs: IRNA
    assert [e["id"] for e in LISTS["outlets"] if not slug.fullmatch(e["id"]) and not initials.fullmatch(e["id"])] == []
    for kind in ("organisations", "generic", "places"):
        allowed = PARTIES if kind == "organisations" else frozenset()
        assert [e["id"] for e in LISTS[kind] if not slug.fullmatch(e["id"]) and e["id"] not in allowed] == []


def test_every_party_has_an_organisation_that_stands_for_itself() -> None:
    own = {entry["id"]: entry["party"] for entry in LISTS["organisations"] if entry["id"] in PARTIES}
    assert own == {party: party for party in PARTIES}


def test_organisations_refer_to_known_kinds_states_and_parties() -> None:
    for entry in LISTS["organisations"]:
        assert entry["kind"] in ORGANISATION_KINDS, entry
        assert entry.get("state", "IRN") in STATES, entry
        assert entry.get("party", "EU") in PARTIES, entry
        assert set(entry.get("members", ())) <= STATES, entry
        assert len({"state", "party", "members"} & entry.keys()) <= 1, entry
    for entry in LISTS["generic"]:
        assert entry["kind"] in ORGANISATION_KINDS, entry
        assert entry.get("default", "IRN") in STATES, entry


def test_places_refer_to_known_kinds_and_states() -> None:
    for entry in LISTS["places"]:
        assert entry["kind"] in PLACE_KINDS, entry
        assert ("country" in entry) != ("countries" in entry), entry
        assert {*entry.get("countries", ()), *([entry["country"]] if "country" in entry else ())} <= STATES, entry
        assert entry.get("capital", True) is True, entry


def test_places_lie_within_places_of_the_list_and_no_circle() -> None:
    within = {entry["id"]: entry.get("within") for entry in LISTS["places"]}
    country = {entry["id"]: entry.get("country") for entry in LISTS["places"]}
    for place, at in within.items():
        seen = {place}
        while at is not None:
            assert at in within, place
            assert at not in seen, place
            assert country[at] == country[place], place
            seen.add(at)
            at = within[at]


def test_a_state_has_one_capital_at_most() -> None:
    capitals = Counter(entry["country"] for entry in LISTS["places"] if entry.get("capital"))
    assert [state for state, count in capitals.items() if count > 1] == []


def test_outlets_refer_to_known_classes_and_states() -> None:
    handle = re.compile(r"[A-Za-z0-9_]+|[a-z0-9.-]+\.[a-z]+(/[a-z]+)?")
    for entry in LISTS["outlets"]:
        assert entry["class"] in OUTLET_CLASSES, entry
        assert entry.get("country", "IRN") in STATES, entry
        assert isinstance(entry["state"], bool), entry
        assert isinstance(entry["owner"], str), entry
        assert all(handle.fullmatch(name) for name in entry.get("handles", ())), entry
