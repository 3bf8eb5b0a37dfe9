"""The person and role lists of the rulebook: whole, consistent and free of names that mean two people."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LEXICON = Path(__file__).resolve().parent.parent / "stream" / "rulebook" / "lexicon"
PERSONS: list[dict[str, Any]] = yaml.safe_load((LEXICON / "persons.yaml").read_text(encoding="utf-8"))
ROLE_FILE: dict[str, Any] = yaml.safe_load((LEXICON / "roles.yaml").read_text(encoding="utf-8"))
ROLES: list[dict[str, Any]] = ROLE_FILE["roles"]

PARTIES = _words(
    "EU UN UNSC IAEA NATO OPEC ICC ICJ OIC ARABLEAGUE GCC HEZBOLLAH HAMAS ANSARALLAH PIJ ISIS TALIBAN PKK SDF HTS MEK"
)
STATES = _words(
    """
    AFG ALB DZA ARG ARM AUS AUT AZE BHR BGD BLR BEL BIH BRA BGR CAN CHL CHN COL CUB CYP CZE DNK EGY EST ETH FIN FRA GEO
    DEU GRC HUN ISL IND IDN IRN IRQ IRL ISR ITA JPN JOR KAZ KEN XKX KWT KGZ LVA LBN LBY LTU LUX MYS MEX MDA MNG MNE MAR MMR NIC SLV ECU BOL RWA
    NLD NZL NGA PRK MKD NOR OMN PAK PAN PSE PER PHL POL PRT QAT ROU RUS SAU SRB SGP SVK SVN SOM ZAF KOR ESP SDN SWE CHE
    SYR TWN TJK THA TUN TUR TKM UGA UKR ARE GBR USA UZB VAT VEN VNM YEM ZWE
    """
)
KINDS = _words("official military party civilian religious")
RANKS = _words("head deputy_head minister deputy envoy commander spokesperson legislator judge cleric expert official")
FOLD = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ؤ": "و",
        "\u200c": " ", "-": " ", ".": " ", "،": " ", "ء": None, "ـ": None,
    }
)  # fmt: skip


def fold(text: str) -> str:
    """The wording without marks, hamzas and half-spaces: at least as coarse as the step that normalises articles."""
    return " ".join(re.sub("[\u064b-\u065f\u0670]", "", text.translate(FOLD)).split())


def test_there_are_enough_persons_and_roles() -> None:
    assert len(PERSONS) >= 450
    assert len(ROLES) >= 90


def test_every_person_has_exactly_the_documented_keys() -> None:
    keys = {"id", "name", "state", "kind", "roles", "names", "weak"}
    assert [person.get("id") for person in PERSONS if set(person) != keys] == []


def test_every_role_has_exactly_the_documented_keys() -> None:
    keys = {"id", "title", "rank", "needs", "stands", "names"}
    assert set(ROLE_FILE) == {"roles", "relational"}
    assert [role.get("id") for role in ROLES if set(role) - {"abroad"} != keys] == []
    assert [entry for entry in ROLE_FILE["relational"] if set(entry) != {"id", "names"} or not entry["names"]] == []


def test_identifiers_are_unique_and_plain() -> None:
    for entries, pattern in ((PERSONS, r"[a-z0-9]+(-[a-z0-9]+)*"), (ROLES, r"[a-z]+(_[a-z]+)*")):
        ids = [entry["id"] for entry in entries]
        assert sorted({one for one in ids if ids.count(one) > 1}) == []
        assert [one for one in ids if not re.fullmatch(pattern, one)] == []


def test_persons_name_known_states_kinds_and_roles() -> None:
    role_ids = {role["id"] for role in ROLES}
    assert [p["id"] for p in PERSONS if p["state"] not in STATES | PARTIES] == []
    assert [p["id"] for p in PERSONS if p["kind"] not in KINDS] == []
    assert [(p["id"], held["role"]) for p in PERSONS for held in p["roles"] if held["role"] not in role_ids] == []


def test_years_in_office_are_years_in_order() -> None:
    wrong = [
        (p["id"], held)
        for p in PERSONS
        for held in p["roles"]
        if set(held) - {"role", "from", "to"} or not 1900 <= held["from"] <= held.get("to", 2026) <= 2026
    ]
    assert wrong == []


def test_roles_have_known_rank_and_need() -> None:
    assert [r["id"] for r in ROLES if r["rank"] not in RANKS] == []
    assert [r["id"] for r in ROLES if r["needs"] not in {"state", "body", "none"}] == []
    assert [r["id"] for r in ROLES if not isinstance(r["stands"], bool)] == []
    standing = {r["id"] for r in ROLES if r["stands"]}
    assert {"president", "foreign_minister", "ambassador", "foreign_spokesperson", "commander"} <= standing
    assert standing.isdisjoint({"legislator", "senator", "expert", "analyst", "athlete", "friday_imam"})


def test_no_name_stands_for_two_persons() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for person in PERSONS:
        for name in person["names"]:
            owners[fold(name)].add(person["id"])
    assert {name: sorted(ids) for name, ids in owners.items() if len(ids) > 1} == {}


def test_a_weak_name_of_one_person_is_no_full_name_of_another() -> None:
    owners = {fold(name): person["id"] for person in PERSONS for name in person["names"]}
    clashes = [
        (person["id"], name, owners[fold(name)])
        for person in PERSONS
        for name in person["weak"]
        if fold(name) in owners
    ]
    assert clashes == []


def test_no_wording_means_two_roles() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for role in ROLES:
        for name in role["names"]:
            owners[fold(name)].add(role["id"])
    assert {name: sorted(ids) for name, ids in owners.items() if len(ids) > 1} == {}


def test_every_name_is_written_in_persian_and_has_no_stray_blank() -> None:
    texts = [text for entry in PERSONS for text in [entry["name"], *entry["names"], *entry["weak"]]]
    texts += [text for role in ROLES for text in [role["title"], *role["names"]]]
    assert [text for text in texts if not re.search("[\u0621-\u06cc]", text) or re.search("[A-Za-z]", text)] == []
    assert [text for text in texts if text != text.strip() or "  " in text or text.endswith("\u200c")] == []
    assert [p["id"] for p in PERSONS if not p["names"]] == []
