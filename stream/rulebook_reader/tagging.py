"""Reads what tagging needs besides the rules: `lexicon/people.yaml` and `lexicon/topics.yaml`.

In the newsroom's own folder they add to the shipped ones: words of people.yaml to each list, topics by their id.
"""

from pathlib import Path

from stream.core.all_tags import Tagger
from stream.core.people import PeopleWords
from stream.core.topics import TopicEntry, TopicList
from stream.rulebook_reader.book import SHIPPED, has_words, load
from stream.rulebook_reader.errors import RulebookError
from stream.rulebook_reader.yaml_file import locate, read_yaml

PEOPLE, TOPICS = "lexicon/people.yaml", "lexicon/topics.yaml"


def load_tagger(own: Path | None = None, *, shipped: Path = SHIPPED) -> Tagger:
    """Read and compile. Raises RulebookError with file, line and remedy."""
    book = load(own, shipped=shipped)
    roots = [shipped] if own is None else [shipped, own]
    return Tagger(book, read_people(roots), read_topics(roots))


def read_people(roots: list[Path]) -> PeopleWords:
    """The words of all folders together."""
    read = [read_yaml(root / PEOPLE, PeopleWords, root) for root in roots if (root / PEOPLE).exists()]
    lists = {name: tuple(w for words in read for w in getattr(words, name)) for name in PeopleWords.__struct_fields__}
    return PeopleWords(**lists)


def read_topics(roots: list[Path]) -> tuple[TopicEntry, ...]:
    """The topics of all folders; a later one replaces by id."""
    out: dict[str, TopicEntry] = {}
    for root in roots:
        path = root / TOPICS
        if not path.exists():
            continue
        for n, entry in enumerate(read_yaml(path, TopicList, root).topics):
            for k, word in enumerate(entry.words):
                if not has_words(word):
                    line = locate(path, "topics", n, "words", k)
                    raise RulebookError(TOPICS, line, f"{word!r} has no words; write them or delete the line")
            out[entry.id] = entry
    return tuple(out.values())
