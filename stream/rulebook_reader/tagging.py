"""Reads what tagging needs besides the rules: `lexicon/people.yaml` and `lexicon/topics.yaml`.

In the newsroom's own folder they add to the shipped ones: words of people.yaml to each list, topics by their id.
"""

from collections.abc import Collection
from pathlib import Path

from stream.core.all_tags import Tagger
from stream.core.people import PeopleWords
from stream.core.phrases import has_words
from stream.core.topics import TopicEntry, TopicList
from stream.rulebook_reader.book import SHIPPED, load
from stream.rulebook_reader.errors import RulebookError
from stream.rulebook_reader.yaml_file import Keys, locate, read_yaml

PEOPLE, TOPICS = "lexicon/people.yaml", "lexicon/topics.yaml"


def load_tagger(own: Path | None = None, *, shipped: Path = SHIPPED) -> Tagger:
    """Read and compile. Raises RulebookError with file, line and remedy."""
    book = load(own, shipped=shipped)
    roots = [shipped] if own is None else [shipped, own]
    return Tagger(book, read_people(roots), read_topics(roots, book.policy.types))


def read_people(roots: list[Path]) -> PeopleWords:
    """The words of all folders together."""
    lists: dict[str, tuple[str, ...]] = dict.fromkeys(PeopleWords.__struct_fields__, ())
    for root in roots:
        path = root / PEOPLE
        if not path.exists():
            continue
        words = read_yaml(path, PeopleWords, root)
        for name in lists:
            mine: tuple[str, ...] = getattr(words, name)
            for n, word in enumerate(mine):
                _need_words(path, PEOPLE, (name, n), word)
            lists[name] += mine
    return PeopleWords(**lists)


def read_topics(roots: list[Path], types: Collection[str]) -> tuple[TopicEntry, ...]:
    """The topics of all folders; a later one replaces by id. `types`: the event types that there are."""
    known = {*types, *(name.partition(".")[0] for name in types)}
    out: dict[str, TopicEntry] = {}
    for root in roots:
        path = root / TOPICS
        if not path.exists():
            continue
        for n, entry in enumerate(read_yaml(path, TopicList, root).topics):
            for k, word in enumerate(entry.words):
                _need_words(path, TOPICS, ("topics", n, "words", k), word)
            for k, type_ in enumerate(entry.types):
                if type_ not in known:
                    line = locate(path, "topics", n, "types", k)
                    raise RulebookError(TOPICS, line, f"unknown event type {type_!r}; policy.yaml lists the types")
            out[entry.id] = entry
    return tuple(out.values())


def _need_words(path: Path, file: str, keys: Keys, word: str) -> None:
    if not has_words(word):
        raise RulebookError(file, locate(path, *keys), f"{word!r} has no words; write them or delete the line")
