"""docs/reasons.md holds the tables of reasons as they are in the code."""

import re
from pathlib import Path

import pytest

from stream.core.detect import MISS_REASONS
from stream.core.ledger import FIRST_REASONS
from stream.core.reasons import HOLD_REASONS, NOTIFY_REASONS, REJECTION_REASONS

DOCUMENT = Path(__file__).parents[2] / "docs" / "reasons.md"


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        ("REJECTION_REASONS", REJECTION_REASONS),
        ("MISS_REASONS", MISS_REASONS),
        ("HOLD_REASONS", HOLD_REASONS),
        ("NOTIFY_REASONS", NOTIFY_REASONS),
        ("FIRST_REASONS", FIRST_REASONS),
    ],
)
def test_the_table_is_the_one_in_the_code(name: str, reasons: dict[str, str]) -> None:
    found = re.search(f"<!-- table: {name} -->\n(.*?)<!-- end -->", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    rows = "".join(f"| `{reason}` | {meaning} |\n" for reason, meaning in reasons.items())
    assert found[1] == f"| reason | meaning |\n|---|---|\n{rows}"


@pytest.mark.parametrize("reason", [*REJECTION_REASONS, *MISS_REASONS, *HOLD_REASONS, *NOTIFY_REASONS, *FIRST_REASONS])
def test_a_reason_is_one_plain_word(reason: str) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z0-9]+)*", reason)
