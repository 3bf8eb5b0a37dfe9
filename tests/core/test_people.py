"""Persons whom no lexicon knows."""

from functools import cache

import pytest

from stream.core.people import People, UnknownPerson
from stream.core.scan import scan
from stream.core.tag import tag
from stream.rulebook_reader.book import SHIPPED
from stream.rulebook_reader.tagging import read_people
from tests.core.texts import book, text_of


@cache
def people() -> People:
    return People(read_people([SHIPPED]), book())


def found(body: str) -> list[UnknownPerson]:
    text = text_of(body)
    return people().find(text, tag(text, scan(text, book()).names, None))


@pytest.mark.parametrize(
    ("body", "names"),
    [
        pytest.param("رضا کریمی به خانه رفت.", ["رضا کریمی"], id="first name and surname"),
        pytest.param("سردار شیرمحمدلو وارد شد.", ["شیرمحمدلو"], id="after a title"),
        pytest.param("دکتر زهره فلاحی‌نیا سخنرانی کرد.", ["زهره فلاحی‌نیا"], id="title and first name"),
        pytest.param("سید محسن حسینی آمد.", ["سید محسن حسینی"], id="sayyid is part of the name"),
        pytest.param("حبیب الله مرادپور گفت.", ["حبیب الله مرادپور"], id="a first name of two words"),
        pytest.param("محمدجواد قلی زاده آمد.", ["محمدجواد قلی زاده"], id="a surname's ending apart"),
        pytest.param("سعيد مروتي گفت", ["سعيد مروتي"], id="arabic letters"),
        pytest.param("پیتر هانسن و کارل لیندبرگ آمدند.", ["پیتر هانسن", "کارل لیندبرگ"], id="foreign names"),
        pytest.param(
            "برندگان: علی شعبانی، مریم غفاری و بهرام زندی", ["علی شعبانی", "مریم غفاری", "بهرام زندی"], id="a list"
        ),
        pytest.param("رضا تهرانی آمد.", ["رضا تهرانی"], id="a surname that is a place's"),
        pytest.param("علیرضا شیرازپور رفت. شیرازپور گفت باز می‌گردد.", ["علیرضا شیرازپور", "شیرازپور"], id="again"),
        pytest.param("سخنگوی پلیس اوگاندا، موریندا کاسولا گفت", ["موریندا کاسولا"], id="between office and saying"),
        pytest.param("ملکه جدید نپال آمد. نخست‌وزیر نپال، سوشمیتا کارکوا، رفت", ["سوشمیتا کارکوا"], id="commas around"),
        pytest.param("نگیسا خدابخشوند، دانشجوی زبان، آمد.", ["نگیسا خدابخشوند"], id="before an office"),
        pytest.param("مردی به نام امید کاظمی‌نسب پیدا شد.", ["امید کاظمی‌نسب"], id="called so"),
        pytest.param("ابومنذر العدنانی کشته شد.", ["ابومنذر العدنانی"], id="a by-name"),
        pytest.param("شهید مصطفی مرادپور را به یاد دارند.", ["مصطفی مرادپور"], id="a martyr"),
        pytest.param("امید رضایی گفت که می‌آید.", ["امید رضایی"], id="a word that is also a name, with saying"),
    ],
)
def test_a_person_is_found(body: str, names: list[str]) -> None:
    assert [person.text for person in found(body)] == names


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("خیابان محمد فلاحی بسته شد.", id="a street"),
        pytest.param("بیمارستان علی شعبانی گشایش یافت.", id="a hospital"),
        pytest.param("دانشگاه شهید مصطفی مرادپور باز شد.", id="a university with a title in its name"),
        pytest.param("امید زیادی به صلح نیست.", id="a word that is also a name"),
        pytest.param("محمد رفت.", id="a first name alone"),
        pytest.param("آقای رئیس‌جمهور وارد شد.", id="a title before an office"),
        pytest.param("سردار گفت که می‌آید.", id="a title alone"),
        pytest.param("به من می‌گفت صبر کن.", id="words that look like a first name in two"),
        pytest.param("مرگ و میر کودکان کم شد.", id="death rate"),
        pytest.param("بخش اعظم مردم آمدند.", id="the greater part"),
        pytest.param("سخنگوی پلیس اوگاندا گفت که شهر آرام است.", id="an office without a name"),
        pytest.param("آنتونی بلینکن سخن گفت.", id="one whom the lexicon knows"),
    ],
)
def test_nobody_is_found(body: str) -> None:
    assert [person.text for person in found(body)] == []


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("سخنگوی وزارت خارجه کنیا، مریم اودینگا، گفت", id="office before the name"),
        pytest.param("مریم اودینگا، سخنگوی وزارت خارجه کنیا، گفت", id="office after the name"),
    ],
)
def test_the_office_beside_the_name_gives_role_and_state(body: str) -> None:
    (person,) = found(body)
    assert (person.text, person.state) == ("مریم اودینگا", "KEN")
    assert person.role is not None


def test_spans_are_slices_and_cues_are_named() -> None:
    body = "دکتر رضا کریمی، بهروز شعیبی و حسین پورمند آمدند. کریمی گفت بس است."
    persons = found(body)
    assert [body[p.start : p.end] for p in persons] == [p.text for p in persons]
    assert [p.why for p in persons] == ["title", "first name", "first name", "named before"]
    assert persons[-1].name == "رضا کریمی"


def test_the_word_lists_do_not_contradict_each_other() -> None:
    words = read_people([SHIPPED])
    assert len(words.given) >= 400
    assert set(words.given) & set(words.weak) == set()
    assert set(words.given) & set(words.never) == set()
    assert set(words.titles) & set(words.faint_titles) == set()
    for name in words.__struct_fields__:
        values = getattr(words, name)
        assert len(set(values)) == len(values), f"{name} says something twice"
