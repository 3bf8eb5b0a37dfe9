"""Near copies: sketches that hold on every machine, and an index that finds them and forgets."""

import pytest

from stream.core.copies import Copies
from stream.core.sketch import NEAR, PLACES, bands, likeness, places, sketch

TEXT = (
    "سخنگوی وزارت نیرو گفت بارش‌های سه روز گذشته سد کرخه را به نیمهٔ گنجایش رساند و آب‌رسانی به روستاهای پایین‌دست از فردا "
    "آغاز می‌شود. او افزود دو روستا هنوز راه ندارند و بالگردهای هلال احمر به آن‌ها نان و آب می‌برند."
)
SHORT = "زلزله کرمان را لرزاند"


def changed(text: str, every: int) -> str:
    """The text with another word at every such place."""
    return " ".join(f"دگر{n}" if n % every == every - 1 else word for n, word in enumerate(text.split()))


def test_a_sketch_is_the_same_on_every_machine() -> None:
    assert sketch(TEXT)[:20] == "eWR-552ct*Hr40<9#~+v"
    assert len(places(sketch(TEXT))) == PLACES


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param("🔴 " + TEXT.replace("ی", "ي") + "\n@kanal https://example.org", id="marks and letters"),
        pytest.param(TEXT.replace("سه", "۳"), id="one word"),
        pytest.param(changed(TEXT, 20), id="one word in twenty"),
    ],
)
def test_a_copy_is_like_its_text(copy: str) -> None:
    assert likeness(sketch(TEXT), sketch(copy)) >= NEAR
    assert set(bands(sketch(TEXT))) & set(bands(sketch(copy)))


def test_another_report_of_the_same_is_not_like_it() -> None:
    other = "وزارت نیرو: سد کرخه نیمه‌پر شد و از فردا آب به روستاهای پایین‌دست می‌رسد؛ دو روستا راه ندارند و هلال احمر نان می‌برد."
    assert likeness(sketch(TEXT), sketch(other)) < 0.2
    assert likeness(sketch(TEXT), sketch(changed(TEXT, 3))) < NEAR


def test_a_text_of_a_few_words_has_no_sketch() -> None:
    assert sketch(SHORT) == sketch("") == ""
    assert likeness("", sketch(TEXT)) == 0.0


def test_what_is_no_sketch_is_refused() -> None:
    with pytest.raises(ValueError, match="places"):
        places("00000")


def test_copies_are_found_the_likest_first_and_never_the_text_itself() -> None:
    copies = Copies()
    near = changed(TEXT, 20)
    copies.add("near", sketch(near), "n")
    copies.add("same", sketch(TEXT), "s")
    copies.add("other", sketch("هیچ واژه‌ای از این متن در آن یکی نیست و کسی آن را رونوشت نمی‌خواند"), "o")
    assert copies.find("new", sketch(TEXT), "") == ("same", "near")
    assert copies.find("same", sketch(TEXT), "s") == ("near",)
    assert copies.find("new", "", "") == ()


def test_a_verbatim_copy_is_found_by_its_signature_though_it_has_no_sketch() -> None:
    copies = Copies()
    copies.add("one", "", "the same")
    assert copies.find("two", "", "the same") == ("one",)
    assert copies.find("two", "", "another") == ()


def test_what_is_removed_or_replaced_is_not_found_and_leaves_nothing() -> None:
    copies = Copies()
    copies.add("one", sketch(TEXT), "s")
    copies.add("one", sketch("متن تازه‌ای که با متن پیشین هیچ واژهٔ مشترکی به جز حرف‌های ربط ندارد"), "t")
    assert copies.find("two", sketch(TEXT), "s") == ()
    copies.remove("one")
    copies.remove("one")
    assert (len(copies), copies._holders, copies._sketches) == (0, {}, {})
