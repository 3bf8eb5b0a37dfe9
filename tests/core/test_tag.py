"""Names in a text: who, with which role, for which state."""

import pytest

from stream.core.entity import Entity
from stream.core.scan import scan
from stream.core.tag import tag, tags
from tests.core.texts import book, text_of


def entities(sentence: str, country: str | None = None) -> list[tuple[str, str, tuple[str, ...]]]:
    """Kind, printed words and parties of everything named."""
    text = text_of(sentence)
    source = text.article.text

    def printed(entity: Entity) -> str:
        return source[text.tokens[entity.first].start : text.tokens[entity.last - 1].end]

    return [(e.kind, printed(e), e.parties) for e in tag(text, scan(text, book()).names, country)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("در شمال کنیا", [("state", "کنیا", ("KEN",))], id="state"),
        pytest.param("دو بانک برزیلی", [("adjective", "برزیلی", ("BRA",))], id="adjective of a state"),
        pytest.param("رایزنی مسکو", [("capital", "مسکو", ("RUS",))], id="capital"),
        pytest.param("بیانیه اتحادیه اروپا", [("organisation", "اتحادیه اروپا", ("EU",))], id="organisation"),
        pytest.param("حزب‌الله لبنان", [("group", "حزب‌الله لبنان", ("HEZBOLLAH",))], id="group with its country"),
        pytest.param("وزارت خارجه هلند", [("organisation", "وزارت خارجه هلند", ("NLD",))], id="ministry of a state"),
        pytest.param("وزیر دفاع ژاپن آمد", [("official", "وزیر دفاع ژاپن", ("JPN",))], id="role and state"),
        pytest.param("نخست وزير هند", [("official", "نخست وزير هند", ("IND",))], id="role in arabic letters"),
        pytest.param("همتای مصری خود", [("official", "همتای مصری", ("EGY",))], id="counterpart"),
        pytest.param("همتای خود", [], id="counterpart of nobody named"),
        pytest.param(
            "آنتونی بلینکن، وزیر امور خارجه آمریکا",
            [("official", "آنتونی بلینکن، وزیر امور خارجه آمریکا", ("USA",))],
            id="name and office are one",
        ),
        pytest.param("کنیا و برزیل", [("state", "کنیا", ("KEN",)), ("state", "برزیل", ("BRA",))], id="two in a row"),
        pytest.param("هیچ نامی نیست", [], id="nobody"),
    ],
)
def test_tag(sentence: str, expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    assert entities(sentence) == expected


def test_an_office_without_a_state_is_the_one_named_before() -> None:
    found = entities("وزیر دفاع ژاپن آمد. وزیر دفاع سپس رفت.")
    assert [parties for _, _, parties in found] == [("JPN",), ("JPN",)]


@pytest.mark.parametrize(
    ("country", "parties"),
    [
        pytest.param(None, ("IRN",), id="an unknown outlet is read as an Iranian one"),
        pytest.param("IRN", ("IRN",), id="an Iranian outlet"),
        pytest.param("GBR", (), id="a foreign outlet tells nothing"),
    ],
)
def test_a_bare_office_is_read_by_its_outlet(country: str | None, parties: tuple[str, ...]) -> None:
    ((_, _, found),) = entities("رئیس‌جمهور سخن گفت", country)
    assert found == parties


def test_tags_are_verbatim_slices() -> None:
    text = text_of("وزیر دفاع ژاپن با آنتونی بلینکن در شهر توکیو دیدار كرد.", title="توکيو")
    made = tags(tag(text, scan(text, book()).names, None), text)
    assert {"role", "person"} <= {one.kind for one in made}
    assert all(one.text == text.article.text[one.start : one.end] for one in made)


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        pytest.param("نخست‌وزیر سخن گفت", (), id="an office that Iran has not is nobody's in Iran"),
        pytest.param("دبیرکل سخن گفت", (), id="an office of some body"),
        pytest.param("رئیس‌جمهور فراری مالی سخن گفت", ("MLI",), id="a word between office and state"),
        pytest.param("دولت ترامپ سخن گفت", ("USA",), id="the government of its head"),
        pytest.param("نیروی دریایی ارتش پرو سخن گفت", ("PER",), id="a body of a body"),
    ],
)
def test_whose_office_or_body(sentence: str, parties: tuple[str, ...]) -> None:
    assert [found for _, _, found in entities(sentence)] == [parties]


def test_a_body_without_a_state_is_the_one_named_before() -> None:
    found = entities("مجلس شیلی رأی داد. مجلس سپس تعطیل شد.")
    assert [parties for _, _, parties in found] == [("CHL",), ("CHL",)]


def test_a_surname_that_many_bear_is_nobody_foreign_behind_a_learned_title() -> None:
    assert entities("دکتر مالکی سخن گفت") == []


def test_a_name_at_a_lines_end_is_none_of_the_next_lines_office() -> None:
    text = text_of("وزیر دفاع ژاپن آمد.", title="سخنان آنتونی بلینکن")
    assert [e.kind for e in tag(text, scan(text, book()).names, None)] == ["person", "official"]
