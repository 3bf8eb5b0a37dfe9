"""The shipped policy is whole, and a wrong one is told by line."""

from pathlib import Path

import pytest

import stream
from stream.core.policy import Policy
from stream.rulebook_reader import load
from stream.rulebook_reader.book import problems
from stream.rulebook_reader.errors import RulebookError
from stream.rulebook_reader.policy import read_policy

ROOT = Path(stream.__file__).parent / "rulebook"
SHIPPED = (ROOT / "policy.yaml").read_text(encoding="utf-8")


def test_the_shipped_policy_is_whole() -> None:
    policy = read_policy(ROOT)
    assert isinstance(policy, Policy)
    assert len(policy.types) == 32
    assert [desk.id for desk in policy.desks] == ["diplomacy", "security", "politics", "economy", "society"]
    assert policy.types["contact.call"].reciprocal
    assert not policy.types["attack.armed"].reciprocal
    assert policy.levels.severity["extreme"] == "flash"
    assert policy.alerted == ("happened", "claimed")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: security", "id: diplomacy", "policy.yaml:7: the desk 'diplomacy' stands twice"),
        ("id: security", "id: Security Desk", "policy.yaml:7: the desk 'Security Desk': use small Latin letters"),
        ("title: سیاست", 'title: " "', "policy.yaml:10: the desk 'politics' needs a title"),
        ("  threat:\n    label", "  Threat:\n    label", "the type 'Threat': use small Latin letters"),
        ("label: ترور", 'label: ""', "the type 'attack.assassination' needs a label"),
        ("  - claimed\n", "  - happened\n", "'happened' stands twice"),
        ("  - claimed\n", "  - claime\n", "unknown value 'claime'; did you mean 'claimed'?"),
        ("  - happened\n", "  - denied\n", "'happened' must be among them"),
        ("    urgent: مهم\n", "    urgent: خیلی خیلی خیلی مهم\n", "words.levels.urgent: at most 16 characters"),
        ("    minor: routine\n", "", "levels.severity lacks 'minor'"),
        ("    possible: bulletin\n", "", "levels.certainty lacks 'possible'"),
        ("    past: routine\n", "", "levels.urgency lacks 'past'"),
        ("    denied: unlikely\n", "", "certainty.statuses lacks 'denied'"),
        ("    claimed: ادعا\n", '    claimed: ""\n', "words.statuses.claimed: a claim must not look like a fact"),
        ("  unverified: تأییدنشده ", '  unverified: "" ', "words.unverified: 1 to 16 characters"),
        ("    cancel: لغو هشدار\n", "    cancel: لغو هشدار ماست\n    # ", "words.kinds lacks 'notice'"),
        ("  expected: 24\n", "  expected: 6\n", "urgency: immediate must be over 0, and less than expected"),
        ("  toll_marks: [10, 50, 100]", "  toll_marks: [10, 100, 50]", "notify.toll_marks must rise, each at least 1"),
        ("  not_headline: -1", "  not_headline: -4", "levels.not_headline: at most 3 degrees up or down"),
        ("      - [CHN, TWN]\n", "      - [CHN, CHN]\n", "the pair CHN and CHN: a party is no pair with itself"),
        ("      - [CHN, TWN]\n", "      - [CHN, Taiwan]\n", "'Taiwan' is no party: write its id in capitals"),
        ("    - name: powers_fight\n", "    - name: hostile_pair\n", "the step 'hostile_pair' stands twice"),
        ("    - name: powers_fight\n", "    - name: Powers\n", "the step 'Powers': use small Latin letters and _"),
        (
            "pair: powers}\n      step: 1\n",
            "pair: powers}\n",
            "the step 'powers_fight' needs exactly one effect: step, at_least",
        ),
        ("pair: powers}\n      step: 1\n", "pair: powers}\n      step: 4\n", "at most 3 degrees up or down"),
        (
            "pair: powers}\n",
            "pair: power}\n",
            "there is no list 'power'; did you mean 'powers'?; the policy has at_war, hostile",
        ),
        ("when: {first: true}", "when: {}", "at least one condition is needed, else the step always holds"),
        ("site: nuclear}", "site: atomic}", "there is no list 'atomic'"),
        ("percent: 10}", "percent: -1}", "percent must be over 0"),
        ("against: [IRN]}\n      step: 1", "against: [IRN]}\n      step: -1", "up_to needs a step upwards"),
        ("types: [economy.shock], ", "types: [economy.shok], ", "family 'economy.shok'; did you mean 'economy.shock'?"),
        ("    - name: own_word ", "    - name: own_words ", "did you mean 'own_word'?"),
        ("    - name: denied  ", "    - name: unnamed ", "the step 'unnamed' stands twice"),
        ("    urgent: مهم\n", "", "words.levels lacks 'urgent'"),
        ("    denied: تکذیب\n", "", "words.statuses lacks 'denied'"),
        ("    cancel: لغو هشدار\n", "", "words.kinds lacks 'cancel'"),
        ("  stale: 48", "  stale: 0", "hours.stale must be over 0"),
        ("  keep: 168 ", "  keep: 12 ", "hours.keep must not be less than hours.merge"),
        ("  events: 20000", "  events: 0", "bounds.events must be at least 1"),
        ("  apart_days: 2", "  apart_days: 0", "ledger.apart_days must be at least 1"),
        ("    empty: بایگانی ما", "    empty: از {since}", "words.past.empty: nothing may stand in braces"),
        ("از {begins} آغاز", "از {begin} آغاز", "words.past.begins: {begins} may stand in braces"),
        (
            "when: {first: true}\n      step: 1\n      up_to: moderate",
            "when: {first: true}\n      step: 1\n      up_to: severe",
            "the step 'first': a first claim or a silence alone raises no higher than bulletin; set up_to",
        ),
        ("  merge: 24", "  merge: a day", "hours.merge: expected float, found a text"),
    ],
)
def test_a_wrong_policy_is_told_by_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert SHIPPED.count(old) == 1
    (tmp_path / "policy.yaml").write_text(SHIPPED.replace(old, new), encoding="utf-8")
    with pytest.raises(RulebookError) as caught:
        read_policy(tmp_path)
    assert message in str(caught.value)
    assert caught.value.line > 0


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "      - defense_minister\n",
            "      - defence_minister\n",
            "lexicon/roles.yaml has no 'defence_minister'; did you mean",
        ),
        ("      - natanz\n", "      - natans\n", "lexicon/places.yaml has no 'natans'; did you mean 'natanz'?"),
    ],
)
def test_offices_and_sites_must_be_in_the_lexicon(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert SHIPPED.count(old) == 1
    (tmp_path / "policy.yaml").write_text(SHIPPED.replace(old, new), encoding="utf-8")
    with pytest.raises(RulebookError) as caught:
        load(tmp_path)
    assert message in str(caught.value)
    assert caught.value.line == SHIPPED[: SHIPPED.index(old)].count("\n") + 1
    assert [str(fault) for fault in problems(tmp_path)] == [str(caught.value)]


def test_a_policy_without_desks_is_refused(tmp_path: Path) -> None:
    start, end = SHIPPED.index("desks:"), SHIPPED.index("# A closed list: all")
    (tmp_path / "policy.yaml").write_text(SHIPPED[:start] + "desks: []\n" + SHIPPED[end:], encoding="utf-8")
    with pytest.raises(RulebookError, match="at least one desk is needed"):
        read_policy(tmp_path)
