"""The shipped policy is whole, and a wrong one is told by line."""

from pathlib import Path

import pytest

import stream
from stream.core.policy import Policy
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
    assert policy.levels.base["extreme"] == "flash"
    assert policy.alerted == ("happened", "claimed")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: security", "id: diplomacy", "policy.yaml:7: the desk 'diplomacy' stands twice"),
        ("id: security", "id: Security Desk", "policy.yaml:7: the desk 'Security Desk': use small Latin letters"),
        ("title: سیاست", 'title: " "', "policy.yaml:10: the desk 'politics' needs a title"),
        ("  threat:", "  Threat:", "the type 'Threat': use small Latin letters"),
        ("label: ترور", 'label: ""', "the type 'attack.assassination' needs a label"),
        ("  - claimed\n", "  - happened\n", "'happened' stands twice"),
        ("  - claimed\n", "  - claime\n", "unknown value 'claime'; did you mean 'claimed'?"),
        ("  - happened\n", "  - denied\n", "'happened' must be among them"),
        ("    urgent: مهم\n", "    urgent: خیلی خیلی خیلی مهم\n", "words.levels.urgent: at most 16 characters"),
        ("    minor: routine\n", "", "levels.base lacks 'minor'"),
        ("    urgent: مهم\n", "", "words.levels lacks 'urgent'"),
        ("    denied: تکذیب\n", "", "words.statuses lacks 'denied'"),
        ("    cancel: لغو هشدار\n", "", "words.kinds lacks 'cancel'"),
        ("  stale: 48", "  stale: 0", "hours.stale must be over 0"),
        ("  keep: 48", "  keep: 12", "hours.keep must not be less than hours.merge"),
        ("  events: 20000", "  events: 0", "bounds.events must be at least 1"),
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


def test_a_policy_without_desks_is_refused(tmp_path: Path) -> None:
    start, end = SHIPPED.index("desks:"), SHIPPED.index("# A closed list: all")
    (tmp_path / "policy.yaml").write_text(SHIPPED[:start] + "desks: []\n" + SHIPPED[end:], encoding="utf-8")
    with pytest.raises(RulebookError, match="at least one desk is needed"):
        read_policy(tmp_path)
