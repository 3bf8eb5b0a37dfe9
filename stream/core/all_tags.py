"""Step 3. Everything that `dideban tag` tells of an article: names of the lexicon and beyond it, places, dates, numbers,
topics, each with its place in the text.

The worker needs only the names of tag.py; the rest is computed where it is asked for, since it would slow each article.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from stream.core.book import Book, Named
from stream.core.date_spans import DateSpan
from stream.core.dates import find_dates, pieces
from stream.core.detect import detect
from stream.core.entity import Entity
from stream.core.gather import gather
from stream.core.judge import PERSIAN, persian_text
from stream.core.letters import fold
from stream.core.lexicon import Office, Person, Place
from stream.core.normalise import Sentence, Text
from stream.core.numbers import find_numbers
from stream.core.people import People, PeopleWords, UnknownPerson
from stream.core.phrases import Hit
from stream.core.records import Article
from stream.core.scan import scan
from stream.core.topics import TopicEntry, Topics
from stream.core.words import ENDINGS

Row = dict[str, Any]
_REST = re.compile("\u200c([^\\W\\d_]+)")
LISTS = ("persons", "states", "organisations", "places", "roles", "outlets", "dates", "numbers", "topics")


class Tagger:
    """A rulebook with what tagging needs besides, compiled once."""

    def __init__(self, book: Book, people: PeopleWords, topics: Sequence[TopicEntry]) -> None:
        self.book = book
        self.people = People(people, book)
        self.topics = Topics(topics, book)
        self.places: dict[str, Place] = {place.id: place for place in book.lexicon.places}
        self.named = {_plain(name): p.id for p in book.lexicon.places for name in (p.name, *p.names, *p.weak)}
        self.persons: dict[str, Person] = {person.id: person for person in book.lexicon.persons}


def all_tags(article: Article, tagger: Tagger) -> dict[str, list[Row]]:
    """The lists of LISTS, each in the order of the text (topics: by weight); empty ones for a text in another language."""
    out: dict[str, list[Row]] = {name: [] for name in LISTS}
    if article.language != PERSIAN:
        return out
    book = tagger.book
    text = persian_text(article, book)
    found = detect(text, book)
    names = scan(text, book).names
    for entity in found.entities:
        _entity(out, entity, names, text, tagger)
    for name in ("states", "places"):
        out[name] = _once(out[name])
    dates = [row for sentence in text.sentences for row in _dates(text, sentence)]
    spans = [(row["start"], row["end"]) for row in dates]
    unknown = tagger.people.find(text, found.entities, spans)
    out["persons"] = _in_order([*out["persons"], *map(_unknown, unknown)])
    out["dates"] = dates
    for sentence in text.sentences:
        words = pieces(article.text, sentence.start, sentence.end)
        out["numbers"] += [msgspec.to_builtins(q) for q in find_numbers(article.text, words, spans)]
    out["topics"] = [msgspec.to_builtins(topic) for topic in tagger.topics.find(text, gather(found.mentions))]
    return out


def _entity(out: dict[str, list[Row]], entity: Entity, names: Sequence[Hit[Named]], text: Text, tagger: Tagger) -> None:
    """Put one name of the lexicon into the lists that it belongs to."""
    row = _row(text, entity.first, entity.last)
    state = entity.parties[0] if entity.parties else None
    inside = [hit for hit in names if _inside(hit, entity)]
    if entity.person is not None:
        own = next((hit for hit in inside if hit.what.id == entity.person), None)
        if own is None or _goes_on(text, own.last - 1):
            return  # a pronoun; another name that begins alike («احمدیان‌پور»)
        if not (own.first and tagger.people.site(_key(text, own.first - 1))):  # «بیمارستان امام خمینی»
            out["persons"].append(_person(own, entity, state, text, tagger))
    if entity.kind in ("official", "organisation", "group"):
        if entity.kind != "official":
            out["organisations"].append({**row, "id": entity.id, "name": entity.name, "state": state})
        elif entity.role is not None and entity.person is None and inside:
            out["roles"].append({**row, "id": entity.role, "state": state})
        for hit in inside:  # «وزیر خارجهٔ فرانسه», «شهردار تهران»: the state or place is named too
            if not any(_within(hit, other) for other in inside):
                _located(out, hit, text, tagger)
    elif entity.kind == "state" and not inside:
        out["states"].append({**row, "id": entity.id})  # «این کشور»
    elif entity.kind in ("state", "adjective", "capital", "place"):
        for hit in inside:
            if (hit.first, hit.last) == (entity.first, entity.last) and hit.what.kind == entity.kind:
                _located(out, hit, text, tagger)
                break
    elif entity.kind == "outlet":
        out["outlets"].append({**row, "id": entity.id, "name": entity.name})


def _person(own: Hit[Named], entity: Entity, state: str | None, text: Text, tagger: Tagger) -> Row:
    """A person of the lexicon; with another first name before the surname it is somebody else («ملانیا ترامپ»)."""
    first = own.first
    while first and tagger.people.sure(_key(text, first - 1)) and _adjoin(text, first - 1):
        first -= 1
    row = _row(text, first, own.last)
    known = tagger.persons.get(entity.person or "")
    if first < own.first and known is not None:
        parts = {part for name in (known.name, *known.names) for part in fold(name).replace("\u200c", " ").split()}
        if not all(_key(text, n) in parts for n in range(first, own.first)):
            return {**row, "id": None, "name": " ".join(row["text"].split()), "state": None, "role": None}
    role = entity.role or _office(known, text.article)
    return {**row, "id": entity.person, "name": entity.name, "state": state, "role": role}


def _key(text: Text, n: int) -> str:
    token = text.tokens[n]
    return fold(text.article.text[token.start : token.end])


def _adjoin(text: Text, n: int) -> bool:
    """Whether only a space or half-space stands between a token and the next one."""
    between = text.article.text[text.tokens[n].end : text.tokens[n + 1].start]
    return between in (" ", "\u200c", "\u00a0")


def _located(out: dict[str, list[Row]], hit: Hit[Named], text: Text, tagger: Tagger) -> None:
    """A state, a nationality, a place, or a capital, which is both."""
    kind = hit.what.kind
    row = _row(text, hit.first, hit.last)
    if kind == "place":
        out["places"].append({**row, "id": hit.what.id, "country": _country(tagger.places.get(hit.what.id))})
    if kind not in ("state", "adjective", "capital"):
        return
    id_ = hit.what.parties[0] if hit.what.parties else hit.what.id
    out["states"].append({**row, "id": id_})
    if kind == "capital":
        place = tagger.named.get(_plain(row["text"]), f"capital-{id_.lower()}")
        out["places"].append({**row, "id": place, "country": id_})


def _plain(name: str) -> str:
    """A name whatever its letters, spaces and half-spaces."""
    return fold(name).replace("\u200c", "").replace(" ", "")


def _inside(hit: Hit[Named], entity: Entity) -> bool:
    return entity.first <= hit.first and hit.last <= entity.last


def _within(hit: Hit[Named], other: Hit[Named]) -> bool:
    """Whether a name is only part of a longer one («ایران» in «ایران‌ایر»)."""
    return other.first <= hit.first and hit.last <= other.last and other.last - other.first > hit.last - hit.first


def _goes_on(text: Text, last: int) -> bool:
    """Whether more of a word follows a token after a half-space, other than an ending."""
    end = text.tokens[last].end
    rest = _REST.match(text.article.text, end)
    return rest is not None and fold(rest.group(1)) not in ENDINGS


def _row(text: Text, first: int, last: int) -> Row:
    start, end = text.tokens[first].start, text.tokens[last - 1].end
    return {"start": start, "end": end, "text": text.article.text[start:end]}


def _country(place: Place | None) -> str | None:
    return None if place is None else place.country


def _office(person: Person | None, article: Article) -> str | None:
    """The office that a person held when the article was published; None where that is not known."""
    if person is None or article.published_precision == "unknown":
        return None
    year = article.published.year
    held = [office.role for office in person.roles if _covers(office, year)]
    return held[-1] if held else None


def _covers(office: Office, year: int) -> bool:
    return (office.start is None or office.start <= year) and (office.end is None or year <= office.end)


def _unknown(person: UnknownPerson) -> Row:
    row = {"start": person.start, "end": person.end, "text": person.text, "id": None, "name": person.name}
    return {**row, "state": person.state, "role": person.role}


def _once(rows: list[Row]) -> list[Row]:
    """In the order of the text; a name that the lexicon lists in two spellings is found twice and told once."""
    return _in_order(list({(row["start"], row["end"]): row for row in reversed(rows)}.values()))


def _in_order(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["start"], row["end"]))


def _dates(text: Text, sentence: Sentence) -> list[Row]:
    article = text.article
    words = pieces(article.text, sentence.start, sentence.end)
    known = article.published_precision != "unknown"
    anchor: datetime | None = article.published if known else None
    spans = find_dates([word for _, _, word in words], anchor, article.published_precision)
    ahead = any(token.form is not None and token.form.tense == "future" for token in sentence.tokens)
    out = []
    for span in spans:
        start, end = words[span.first][0], words[span.last - 1][1]
        first, last = _days(span, ahead=ahead)
        row: Row = {"start": start, "end": end, "text": article.text[start:end], "from": first, "to": last}
        out.append({**row, "precision": span.precision, "calendar": span.calendar})
    return out


def _days(span: DateSpan, *, ahead: bool) -> tuple[str | None, str | None]:
    """The days as ISO dates: of two readings («جمعه») the coming one where the sentence speaks of the future."""
    start, end = span.start, span.end
    if ahead and span.start_if_future is not None:
        start, end = span.start_if_future, span.end_if_future
    return (None if start is None else start.isoformat(), None if end is None else end.isoformat())
