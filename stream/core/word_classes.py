"""Word classes: «<سلاح> … اصابت کرد» stands for the phrase with every word of the class, «شلیک|پرتاب شد» for both verbs.

So one line of a rule covers what would be a list as long as the product of its parts, and a word added to a class is
known to every rule that uses it.
"""

import re
from collections.abc import Mapping
from itertools import product

from stream.core.rules import WordClass

MOST = 4000  # phrases that one line may stand for
_CLASS = re.compile(r"<([^<>|]+)>")
_CHOICE = re.compile(r"[^\s<>]+(?:\|[^\s<>]+)+")


class UnknownClass(ValueError):  # noqa: N818  (named for what happened)
    """A phrase names a class that no file defines."""


def words_of(classes: tuple[WordClass, ...]) -> dict[str, tuple[str, ...]]:
    """The words of each class by its id."""
    return {one.id: one.words for one in classes}


def expand(phrase: str, classes: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """All phrases that one line stands for; the line itself where it names no class and no choice.

    Raises UnknownClass for a class without a definition, ValueError for a line that stands for more than `MOST` phrases.
    """
    if "<" not in phrase and "|" not in phrase:
        return (phrase,)
    parts: list[tuple[str, ...]] = []
    at = 0
    for found in re.finditer(f"{_CLASS.pattern}|{_CHOICE.pattern}", phrase):
        parts.append((phrase[at : found.start()],))
        name = found.group(1)
        if name is None:
            parts.append(tuple(found.group().split("|")))
        elif name in classes:
            parts.append(classes[name])
        else:
            raise UnknownClass(name)
        at = found.end()
    parts.append((phrase[at:],))
    count = 1
    for part in parts:
        count *= len(part)
    if count > MOST:
        raise ValueError(f"stands for {count} phrases; at most {MOST} are taken")
    return tuple(dict.fromkeys("".join(choice) for choice in product(*parts)))
