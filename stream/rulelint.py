"""What can be said of a rulebook without running it: phrases that can't match, examples that prove nothing, stray files.

An `error` makes `dideban check` fail; a `warning` is for the editor's eye.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args

import msgspec

from stream.core.book import Book
from stream.core.detect import MISS_REASONS
from stream.core.letters import ZWNJ
from stream.core.normalise import norms
from stream.core.phrases import GAP
from stream.core.records import Status
from stream.core.rules import Cues, Rule
from stream.core.word_classes import expand
from stream.core.words import PLURALS, Words
from stream.rulebook_reader.book import NOT_RULES, phrases_of

EXAMPLES = 3  # firing and silent ones that a rule needs at least
LEXICON = frozenset(
    f"{name}.yaml"
    for name in (
        "states",
        "organisations",
        "persons",
        "revisions",
        "roles",
        "places",
        "cues",
        "classes",
        "spelling",
        "people",
        "topics",
    )
)
QUIET = frozenset({*get_args(Status), "background"} - {"happened", "claimed"})
# Verbs that make another event with almost any word before them.
_LIGHT = frozenset(["کردن", "شدن", "دادن", "گرفتن", "زدن"])
_PLURALS = sorted(PLURALS, key=len, reverse=True)
_COUNT = re.compile(r"[0-9]+ of [0-9]+ (parties|actors|recipients)")

Keys = tuple[str | int, ...]


class Finding(msgspec.Struct, frozen=True):
    """What is wrong at a place (keys) of a rule's file, and what to do."""

    keys: Keys
    level: Literal["error", "warning"]
    message: str


def lint_rule(rule: Rule, book: Book, cues: Cues) -> Iterator[Finding]:
    """All findings in one rule of the compiled book."""
    yield from _twice(rule, book)
    yield from _occasions(rule)
    yield from _light_ends(rule, book)
    yield from _endings(rule, book)
    yield from _examples(rule, cues)


def _twice(rule: Rule, book: Book) -> Iterator[Finding]:
    """Phrases that are the same once spelling and forms are made one."""
    lists = {"triggers": "found", "nouns": "found", "unless": "unless", "with_any": "with_any", "results": "results"}
    holders: dict[tuple[str, object], list[tuple[Keys, str]]] = {}
    many: dict[str, bool] = {}  # whether a line stands for more than one phrase
    for keys, phrase in phrases_of(rule):
        ones = book.phrases(phrase)
        many[phrase] = len(ones) > 1
        for one in set(ones):
            holders.setdefault((lists[str(keys[1])], one), []).append((keys, phrase))
    for same in holders.values():
        several = [(keys, phrase) for keys, phrase in same if many[phrase]]
        single = [(keys, phrase) for keys, phrase in same if not many[phrase]]
        # two lines with classes may well have a phrase in common; a phrase that one of them covers is needless
        for keys, phrase in single[0 if several else 1 :]:
            other_keys, other = several[0] if several else single[0]
            place = ".".join(str(key) for key in other_keys[:-1])
            yield Finding(keys, "error", f"«{phrase}» is matched like «{other}» in {place}; delete one of them")


def _occasions(rule: Rule) -> Iterator[Finding]:
    for n, phrase in enumerate(rule.detect.occasions):
        if phrase not in rule.detect.nouns:
            yield Finding(
                ("detect", "occasions", n), "error", f"«{phrase}» is none of the rule's nouns; add it there too"
            )


def _light_ends(rule: Rule, book: Book) -> Iterator[Finding]:
    for n, phrase in enumerate(rule.detect.triggers):
        last = {parts[-1] for parts in book.phrases(phrase)}
        if GAP in phrase and any(len(words) == 1 and words[0] in _LIGHT for words in last):
            yield Finding(
                ("detect", "triggers", n),
                "warning",
                f"«{phrase}» takes any verb with «{phrase.split()[-1]}» after the gap («… ناامید شد»); "
                "write the word before the verb too",
            )


def _endings(rule: Rule, book: Book) -> Iterator[Finding]:
    """Words with an ending that keeps them from matching."""
    own = {word for _, p in phrases_of(rule) for parts in book.phrases(p) for part in parts for word in part}
    told: set[str] = set()
    for keys, phrase in phrases_of(rule):
        for word in dict.fromkeys(w for one in expand(phrase, book.classes) for w in one.split()):
            spaced = _spaced(word, book)
            if spaced is not None:
                yield Finding(
                    keys,
                    "error",
                    f"«{phrase}»: «{word}» with its glued ending never matches «{spaced}»; "
                    "write it without the ending, which matches all of its forms",
                )
        for word in dict.fromkeys(w for parts in book.phrases(phrase) for part in parts for w in part):
            base = _base(word, book.words)
            if base != word and base in own and word not in told:
                told.add(word)
                yield Finding(
                    keys,
                    "warning",
                    f"«{phrase}»: «{word}» counts as a word of its own, so in a text it no longer matches this rule's "
                    f"phrases with «{base}»; if it is «{base}» with an ending, write «{base}»",
                )


def _spaced(word: str, book: Book) -> str | None:
    """A word with a glued plural, spelled with a half-space, where the two are not matched alike."""
    for ending in _PLURALS:
        stem = word.removesuffix(ending)
        if stem == word or stem.endswith(ZWNJ) or len(stem) < 3:
            continue
        spaced = stem + ZWNJ + ending
        plain = norms(spaced, book.words, book.joins)
        known = ending != "ها" or all(norm in book.words.vocabulary for norm in plain)  # «انتها» is no plural
        return spaced if known and norms(word, book.words, book.joins) != plain else None
    return None


def _base(word: str, words: Words) -> str:
    """What a word would be matched by if it did not stand in the vocabulary itself."""
    if word not in words.vocabulary or word in words.keep:
        return word
    without = Words(words.forms, words.vocabulary - {word}, words.glued, words.keep, words.same)
    return without.reduce(word)[0]


def _examples(rule: Rule, cues: Cues) -> Iterator[Finding]:
    for kind, have in (("fires", len(rule.tests.fires)), ("silent", len(rule.tests.silent))):
        if have < EXAMPLES:
            what = "firing" if kind == "fires" else "silent"
            yield Finding(("tests", kind), "error", f"{have} {what} examples; at least {EXAMPLES} are needed")
    texts: set[str] = set()
    for keys, text in (
        *((("tests", "fires", n, "text"), fires.text) for n, fires in enumerate(rule.tests.fires)),
        *((("tests", "silent", n, "text"), silent.text) for n, silent in enumerate(rule.tests.silent)),
    ):
        if text in texts:
            yield Finding(keys, "error", "this example stands twice; delete one")
        texts.add(text)
    known = because_words(rule, cues)
    for n, silent in enumerate(rule.tests.silent):
        word, _, detail = silent.because.partition(": ")
        if silent.because not in known and not (word == "parties" and _COUNT.fullmatch(detail)):
            yield Finding(
                ("tests", "silent", n, "because"),
                "error",
                f"unknown reason {silent.because!r}; known here are {', '.join(sorted(known))}",
            )


def because_words(rule: Rule, cues: Cues) -> set[str]:
    """What may stand under `because` in this rule."""
    known = set(QUIET) | set(MISS_REASONS)
    known |= {f"excluded: {group}" for group in rule.detect.unless}
    known |= {f"no_event: {cue.id}" for cue in cues.cues if cue.silences}
    return known


def stray_files(root: Path) -> Iterator[tuple[str, str]]:
    """Files of a rulebook folder that nothing reads, relative to it, and what to do."""
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        inside = path.relative_to(root)
        if any(part.startswith(".") for part in inside.parts):
            continue
        name = inside.as_posix()
        if path.suffix != ".yaml":
            remedy = "call it .yaml" if path.suffix == ".yml" else "move it out of the rulebook"
            yield name, f"is not read: only .yaml files are; {remedy}"
        elif "lexicon" in inside.parts:
            if len(inside.parts) != 2 or inside.name not in LEXICON:
                yield name, f"is not read: the lexicon's files are {', '.join(sorted(LEXICON))}"
        elif path.name in NOT_RULES and len(inside.parts) > 1:
            yield name, f"is not read: {path.name} belongs directly into the rulebook's folder"
