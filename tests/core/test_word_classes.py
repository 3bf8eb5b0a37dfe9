"""One line of a rule for many phrases."""

import pytest

from stream.core.word_classes import MOST, UnknownClass, expand

CLASSES = {"میوه": ("سیب", "گلابی جنگلی"), "رنگ": ("سرخ", "سبز")}


def test_a_plain_phrase_stands_for_itself() -> None:
    assert expand("سیب … رسید", CLASSES) == ("سیب … رسید",)


def test_a_class_stands_for_each_of_its_words() -> None:
    assert expand("<میوه> … رسید", CLASSES) == ("سیب … رسید", "گلابی جنگلی … رسید")


def test_classes_and_choices_multiply() -> None:
    assert expand("<میوه> <رنگ> … خرید|فروش کرد", CLASSES) == (
        "سیب سرخ … خرید کرد",
        "سیب سرخ … فروش کرد",
        "سیب سبز … خرید کرد",
        "سیب سبز … فروش کرد",
        "گلابی جنگلی سرخ … خرید کرد",
        "گلابی جنگلی سرخ … فروش کرد",
        "گلابی جنگلی سبز … خرید کرد",
        "گلابی جنگلی سبز … فروش کرد",
    )


def test_an_unknown_class_is_named() -> None:
    with pytest.raises(UnknownClass, match="سنگ"):
        expand("<سنگ> افتاد", CLASSES)


def test_too_many_phrases_are_refused() -> None:
    many = {"ن": tuple(str(n) for n in range(MOST + 1))}
    with pytest.raises(ValueError, match=str(MOST)):
        expand("<ن> شد", many)
