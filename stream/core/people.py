"""Step 3. Persons whom no lexicon knows: found by first names, titles, offices and words of saying beside a name.

Conservative: a first name with a surname after it; a name after a title («سردار …»); a name between an office and a word
of saying; and, once a person is introduced, the surname alone. The words for this are data (`lexicon/people.yaml`).
"""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from stream.core.book import Book
from stream.core.entity import Entity
from stream.core.letters import fold
from stream.core.normalise import Text
from stream.core.records import Record

# A word with its half-spaces, or a mark.
_PIECE = re.compile(r"\d+|(?:[^\W\d_]|[\u064b-\u065f\u0670\u0640\u200c])+|[^\s\u200b-\u200f]")
_ASIDE = str.maketrans("", "", "\u200c")
_SEYYED = frozenset(["سید", "سیده"])
_PARTICLES = frozenset(map(fold, "بن ابن ابو آل ال بنت فون ون فن دی دو دا لا لو مک اوغلو وان دلا دوس دل".split()))
_LETTERS = re.compile(r"[\u0621-\u064a\u066e-\u06d3]+")
_CLOSERS = frozenset([":", "،", ",", ")", "(", "؛", "«", "."])
Cue = Literal["title", "office", "said", "first name", "named before"]


class UnknownPerson(Record, frozen=True, kw_only=True):
    """A person found without a lexicon, by title, office, words of saying or first name. `state` and `role`: of the office
    beside the name; `why`: the cue."""

    text: str
    start: int
    end: int
    name: str
    state: str | None = None
    role: str | None = None
    why: str = ""


class PeopleWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`lexicon/people.yaml`."""

    given: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    faint_titles: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    named_after: tuple[str, ...] = ()


class _Word(msgspec.Struct, gc=False):
    start: int
    end: int
    key: str


def _key(word: str) -> str:
    return fold(word).translate(_ASIDE)


def _keys(words: Iterable[str]) -> frozenset[str]:
    """Words and, of several, each way to read them: «حجت الاسلام» is looked for as one key of two words joined."""
    return frozenset(_key(word).replace(" ", "") for word in words)


class People:
    """The words of `people.yaml`, compiled once against a rulebook."""

    def __init__(self, words: PeopleWords, book: Book) -> None:
        self._given, self._weak = _keys(words.given), _keys(words.weak)
        self._titles, self._faint = _keys(words.titles), _keys(words.faint_titles)
        self._offices, self._said = _keys(words.offices), _keys(words.said)
        self._endings = tuple(sorted(_keys(words.surnames), key=len, reverse=True))
        self._sites = _keys(words.sites)
        self._named_after = _keys(words.named_after) | self._sites
        self._never = _keys(words.never) | self._titles | self._faint | self._offices | self._said
        self._forms = book.words.forms
        named = {_key(part) for person in book.lexicon.persons for name in person.names for part in name.split()}
        self._common = frozenset(book.words.vocabulary) - named

    def find(
        self, text: Text, entities: Sequence[Entity], taken: Sequence[tuple[int, int]] = ()
    ) -> list[UnknownPerson]:
        """Unknown persons of a text in order. `entities`: what the lexicon found; `taken`: character spans of dates."""
        tokens = text.tokens
        places = [(tokens[e.first].start, tokens[e.last - 1].end, e) for e in entities]
        found: list[UnknownPerson] = []
        surnames: dict[str, UnknownPerson] = {}
        for sentence in text.sentences:
            words = [
                _Word(m.start(), m.end(), _key(m.group()))
                for m in _PIECE.finditer(text.article.text, sentence.start, sentence.end)
            ]
            inside = [p for p in places if sentence.start <= p[0] < sentence.end]
            line = _Line(self, text.article.text, words, inside, taken)
            found += line.people(surnames)
        return found

    def part(self, word: str) -> bool:
        """Whether a word can be a surname."""
        if len(word) < 3 or word in self._never or word in self._forms or not _LETTERS.fullmatch(word):
            return False
        if word.endswith(("ها", "های", "هایی", "ترین")):
            return False
        return word not in self._common or self.typical(word)

    def typical(self, word: str) -> bool:
        """Whether a word ends as surnames do."""
        if word in self._common and len(word) < 5:
            return False
        return any(word.endswith(e) and (len(word) > len(e) + 1) and len(e) > 2 for e in self._endings)

    def ending(self, word: str) -> bool:
        """A surname's ending printed as a word («رضا قلی زاده»)."""
        return len(word) > 2 and word in self._endings

    def first(self, word: str) -> bool:
        return self.sure(word) or word in self._weak

    def apart(self, left: str, right: str) -> bool:
        """Whether two words can be one first name («حبیب الله»), not two words of a sentence («به من»)."""
        return bool(left and right) and left not in self._never and right not in self._never - {"الله"}

    def sure(self, word: str) -> bool:
        """Whether a word is a first name and hardly anything else («ابو…» begins an Arabic by-name)."""
        return word in self._given or (word.startswith("ابو") and len(word) > 5 and word not in self._common)

    def listed(self, word: str) -> bool:
        return word in self._given

    def site(self, word: str) -> bool:
        return word in self._sites

    def title(self, word: str) -> bool:
        return word in self._titles or word in self._faint

    def faint(self, word: str) -> bool:
        return word in self._faint

    def office(self, word: str) -> bool:
        return word in self._offices

    def says(self, word: str) -> bool:
        return word in self._said

    def names_things(self, word: str) -> bool:
        return word in self._named_after


class _Line:
    """One sentence: its words and which of them something else took."""

    def __init__(
        self,
        people: People,
        text: str,
        words: list[_Word],
        places: Sequence[tuple[int, int, Entity]],
        taken: Sequence[tuple[int, int]],
    ) -> None:
        self.data, self.text, self.words, self.places = people, text, words, places
        self.blocked = [any(a <= w.start < b for a, b in taken) for w in words]
        self.lent = [False] * len(words)  # a nationality or place may be a surname too («رضا تهرانی»)
        for a, b, entity in places:
            one = entity.kind in ("adjective", "place", "organisation", "outlet") and " " not in text[a:b]
            for n, word in enumerate(words):
                if a <= word.start < b:
                    self.blocked[n] = True
                    self.lent[n] = one

    def people(self, surnames: dict[str, UnknownPerson]) -> list[UnknownPerson]:
        out: list[UnknownPerson] = []
        i = 0
        while i < len(self.words):
            end, cue = self._name(i)
            if cue is not None and end > i:
                person = self._made(i, end, cue)
                out.append(person)
                surnames[self.words[end - 1].key] = person
                i = end
                continue
            again = surnames.get(self.words[i].key)
            if again is not None and not self.blocked[i] and self._stands_alone(i):
                word = self.words[i]
                printed = self.text[word.start : word.end]
                out.append(
                    msgspec.structs.replace(again, text=printed, start=word.start, end=word.end, why="named before")
                )
            i += 1
        return out

    def _key(self, i: int) -> str:
        return self.words[i].key if 0 <= i < len(self.words) else ""

    def _stands_alone(self, i: int) -> bool:
        """A surname told before: with a word of saying, a title, or a typical ending."""
        word = self._key(i)
        return self.data.says(self._key(i + 1)) or self.data.title(self._key(i - 1)) or self.data.typical(word)

    def _name(self, i: int) -> tuple[int, Cue | None]:
        """End of the name that begins at i and the cue that shows it; (i, None) where none does."""
        if self.blocked[i] or self._of_a_thing(i):
            return i, None
        before = self._before(i)
        start = i
        if self._key(i) in _SEYYED:
            start = i + 1
        if start >= len(self.words) or self.blocked[start]:
            return i, None
        given = start
        while given < len(self.words) and not self.blocked[given] and self._given(given) and given - start < 3:
            given += self._given(given)
        if given == start:
            return (i, None) if start > i else self._without_given(i, before)
        if start > i:
            before = before or "title"
        end = self._surname(given, surely=True)
        if end == given:
            # «محمد صادق گفت»: the second first name is the surname
            told = before is not None or self._closed(end)
            return (end, before or "said") if given - start >= 2 and told else (i, None)
        if before is not None:
            return end, before
        if self.data.sure(self._key(start)) or self._given(start) == 2:
            return end, "first name"
        return (end, "said") if self.data.says(self._key(end)) else (i, None)

    def _of_a_thing(self, i: int) -> bool:
        """«خیابان …», «دانشگاه شهید …»."""
        key = self._key(i - 1)
        return self.data.names_things(key) or (self.data.title(key) and self.data.names_things(self._key(i - 2)))

    def _given(self, i: int) -> int:
        """How many words the first name at i takes, 0 where there is none."""
        here, following = self._key(i), self._key(i + 1)
        if self.data.listed(here + following) and self.data.apart(here, following) and not self.blocked[i + 1]:
            return 2  # «حبیب الله»
        return int(self.data.first(here))

    def _surname(self, i: int, *, surely: bool) -> int:
        """End of the surname at i; i where none stands there."""
        at = i
        while at < len(self.words) and self._key(at) in _PARTICLES:
            at += 1
        if at >= len(self.words) or not self._free(at, surely) or not self.data.part(self._key(at)):
            return i
        at += 1
        while at < len(self.words) and self._free(at, surely) and at - i < 4:
            word = self._key(at)
            if self.data.ending(word) or (self.data.typical(word) and self.data.part(word) and at - i < 3):
                at += 1
            elif word in _PARTICLES and self._free(at + 1, surely) and self.data.part(self._key(at + 1)):
                at += 2
            else:
                break
        return at

    def _free(self, i: int, surely: bool) -> bool:
        if i >= len(self.words):
            return False
        return not self.blocked[i] or (surely and self.lent[i])

    def _without_given(self, i: int, before: Cue | None) -> tuple[int, Cue | None]:
        """A name without a first name that we know: after a title, or between an office and a word of saying."""
        if before == "title" and not self.data.faint(self._key(i - 1)):
            end = self._surname(i, surely=False)
            if end == i:
                return i, None
            two = end + 1
            if (
                end < len(self.words)
                and self._free(end, False)
                and self.data.part(self._key(end))
                and self._closed(two)
            ):
                end = two
            return end, "title"
        if before == "office" and i + 2 < len(self.words) and self.data.part(self._key(i)):
            for end in (i + 2, i + 3):
                free = all(self._free(n, False) and self.data.part(self._key(n)) for n in range(i, end))
                apart = self._key(i - 1) in ("،", ",")
                if free and (self.data.says(self._key(end)) or (apart and self._key(end) in (":", "،", ","))):
                    return end, "office"
        if before is None and (i == 0 or not self._key(i - 1).isalnum()):
            return self._told_by_office(i)
        return i, None

    def _told_by_office(self, i: int) -> tuple[int, Cue | None]:
        """«نجمه خدابخش، دانشجوی …»: two words that nobody else knows, a comma, an office."""
        for end in (i + 2, i + 3):
            if end + 1 >= len(self.words) or self._key(end) not in ("،", ","):
                continue
            free = all(self._free(n, False) and self.data.part(self._key(n)) for n in range(i, end))
            after = self.words[end + 1]
            office = any(a == after.start and e.kind == "official" and e.person is None for a, _, e in self.places)
            if free and (office or self.data.office(after.key) or self.data.office(after.key.removesuffix("ی"))):
                return end, "office"
        return i, None

    def _before(self, i: int) -> Cue | None:
        """A title or an office that ends right before i."""
        key = self._key(i - 1)
        joined = self._key(i - 2) + key
        if self.data.title(key) or (i > 1 and self.data.title(joined)):
            return "title"
        if self.data.office(key) or self._office_at(self.words[i - 1].end if i else -1) is not None:
            return "office"
        if key == "نام" and self._key(i - 2) == "به":
            return "title"  # «مردی به نام …»
        if key in ("،", ",") and i > 1 and self._office_at(self.words[i - 2].end) is not None:
            return "office"
        return None

    def _closed(self, i: int) -> bool:
        """Whether what follows a name shows that it is over."""
        if i >= len(self.words) or self._key(i) in _CLOSERS or self.data.says(self._key(i)):
            return True
        return any(a == self.words[i].start and e.kind == "official" for a, _, e in self.places)

    def _office_at(self, end: int) -> Entity | None:
        """The office without a holder that ends at a place."""
        return next((e for _, b, e in self.places if b == end and e.kind == "official" and e.person is None), None)

    def _made(self, i: int, end: int, cue: Cue) -> UnknownPerson:
        start, stop = self.words[i].start, self.words[end - 1].end
        office = self._office_at(self.words[i - 1].end) if i else None
        if office is None and i > 1:
            beside = self._key(i - 1) in ("،", ",") or self.data.title(self._key(i - 1))
            office = self._office_at(self.words[i - 2].end) if beside else None
        if office is None and self._key(end) in ("،", ",", "("):
            after = self.words[end + 1].start if end + 1 < len(self.words) else -1
            office = next(
                (e for a, _, e in self.places if a == after and e.kind == "official" and e.person is None), None
            )
        printed = self.text[start:stop]
        return UnknownPerson(
            text=printed,
            start=start,
            end=stop,
            name=" ".join(printed.split()),
            state=office.parties[0] if office is not None and office.parties else None,
            role=office.role if office is not None else None,
            why=cue,
        )
