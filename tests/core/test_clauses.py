"""Where one clause ends and the next begins, and which stands above which."""

import pytest

from stream.core.clauses import clauses_of
from tests.core.texts import tokens_of


def cut(sentence: str) -> list[tuple[str, int | None, str]]:
    """Kind, clause above and printed words of each clause."""
    tokens = tokens_of(sentence)
    clauses, where = clauses_of(tokens)
    assert len(where) == len(tokens)
    assert sorted(i for clause in clauses for i in clause.tokens) == list(range(len(tokens)))
    assert all(clauses[number].tokens.count(i) == 1 for i, number in enumerate(where))
    return [(c.kind, c.above, " ".join(sentence[tokens[i].start : tokens[i].end] for i in c.tokens)) for c in clauses]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("ترکیه پاسخ داد", [("main", None, "ترکیه پاسخ داد")], id="one clause"),
        pytest.param("دیدار دو وزیر", [("main", None, "دیدار دو وزیر")], id="a headline without a verb"),
        pytest.param(
            "وزیر آمد و رئیس رفت", [("main", None, "وزیر آمد"), ("main", None, "و رئیس رفت")], id="a verb ends a clause"
        ),
        pytest.param(
            "رئیس گفت که وزیر رفت", [("main", None, "رئیس گفت"), ("told", 0, "که وزیر رفت")], id="what is told"
        ),
        pytest.param(
            "بانکی که دیروز تحریم شد اعتراض کرد",
            [("main", None, "بانکی اعتراض کرد"), ("relative", 0, "که دیروز تحریم شد")],
            id="a relative clause inside",
        ),
        pytest.param(
            "سخنگو : وزیر رفت", [("main", None, "سخنگو :"), ("speech", 0, "وزیر رفت")], id="who speaks, before a colon"
        ),
        pytest.param(
            "جشنی که قرار است فردا برگزار شود آزاد است",
            [
                ("main", None, "جشنی آزاد است"),
                ("relative", 0, "که قرار است"),
                ("relative", 0, "فردا برگزار شود"),
            ],
            id="a plan in a relative clause",
        ),
        pytest.param("ساعت ۲۱:۴۸ رفت", [("main", None, "ساعت ۲۱ : ۴۸ رفت")], id="the colon of a time"),
        pytest.param(
            "ترکیه پاسخ داد؛ یونان رفت",
            [("main", None, "ترکیه پاسخ داد"), ("main", None, "؛ یونان رفت")],
            id="a semicolon",
        ),
        pytest.param(
            "با بیان اینکه وزیر رفت خندید",
            [("main", None, "با بیان اینکه وزیر رفت"), ("main", None, "خندید")],
            id="a conjunction written as one word",
        ),
        pytest.param(
            "دو مرز بسته شده و سه مرز باز شدند",
            [("main", None, "دو مرز بسته شده"), ("main", None, "و سه مرز باز شدند")],
            id="a participle without its auxiliary",
        ),
    ],
)
def test_clauses(sentence: str, expected: list[tuple[str, int | None, str]]) -> None:
    assert cut(sentence) == expected


def test_every_clause_knows_its_verb() -> None:
    tokens = tokens_of("وزیر آمد و رئیس رفت و دیدار دو وزیر")
    clauses, _ = clauses_of(tokens)
    assert [tokens[c.verb].norm if c.verb is not None else None for c in clauses] == ["امدن", "رفتن", None]
    assert [c.before for c in clauses] == [None, 0, 1]


def test_no_tokens_are_one_empty_clause() -> None:
    clauses, where = clauses_of([])
    assert [(c.kind, c.tokens) for c in clauses] == [("main", [])]
    assert where == []
