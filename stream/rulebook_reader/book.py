"""Reads the whole rulebook and compiles it: the shipped folder, and a newsroom's own folder over it.

An own rule with the id of a shipped one replaces it; lexicon files of the own folder add to the shipped ones, an entry
with the same id replaces the shipped entry.
"""

import hashlib
import importlib.util
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from stream.core.book import Book, compile_book
from stream.core.lexicon import Lexicon, Organisations, Outlets, Person, Place, Roles, State
from stream.core.phrases import has_words
from stream.core.policy import Policy
from stream.core.revisions import Revisions
from stream.core.rules import Cues, Rule, Spelling, WordClasses
from stream.core.verbs import read_stems
from stream.core.word_classes import UnknownClass, expand, words_of
from stream.rulebook_reader.anchors import read_anchors
from stream.rulebook_reader.errors import RulebookError
from stream.rulebook_reader.policy import check_names, read_policy
from stream.rulebook_reader.yaml_file import Keys, locate, read_yaml

SHIPPED = Path(__file__).parent.parent / "rulebook"
NOT_RULES = frozenset({"policy.yaml", "outlets.yaml", "TEMPLATE.yaml", "anchors.yaml"})

T = TypeVar("T")


def load(own: Path | None = None, *, shipped: Path = SHIPPED) -> Book:
    """Read and compile. Raises RulebookError with file, line and remedy."""
    if own is not None and not own.is_dir():
        raise RulebookError(
            str(own), 0, "the newsroom's rulebook folder does not exist; create it or unset the setting"
        )
    roots = [shipped] if own is None else [shipped, own]
    home = own if own is not None and (own / "policy.yaml").exists() else shipped
    policy = read_policy(home)
    classes = read_classes(roots)
    rules = read_rules(roots, policy, classes)
    lexicon = _lexicon(roots)
    check_names(home, policy, lexicon)
    return compile_book(
        digest=_digest(roots),
        stems=_stems(),
        lexicon=lexicon,
        cues=read_cues(roots, classes),
        spelling=_spelling(roots),
        rules=rules,
        policy=policy,
        classes=classes,
        anchors=read_anchors(roots),
    )


def rule_files(root: Path) -> list[Path]:
    """Files of rules below a rulebook folder, in order of their names."""
    return sorted(
        path
        for path in root.rglob("*.yaml")
        if path.name not in NOT_RULES and "lexicon" not in path.relative_to(root).parts
    )


Classes = Mapping[str, tuple[str, ...]]  # words by the id of their class


def read_rules(roots: list[Path], policy: Policy, classes: Classes | None = None) -> tuple[Rule, ...]:
    """All rules; a later root replaces by id. `classes`: what `read_classes` gave, else it is asked."""
    known = read_classes(roots) if classes is None else classes
    rules: dict[str, Rule] = {}
    for root in roots:
        here: dict[str, Path] = {}
        for path in rule_files(root):
            rule = read_rule(path, root, policy, known)
            if rule.id in here:
                other = here[rule.id].relative_to(root).as_posix()
                name = path.relative_to(root).as_posix()
                raise RulebookError(name, locate(path, "id"), f"{other} has the same id; rename one file and its id")
            here[rule.id] = path
            rules[rule.id] = rule
    return tuple(rules.values())


def read_rule(path: Path, root: Path, policy: Policy, classes: Classes) -> Rule:
    """One rule, with all that can be told without the other files. Raises RulebookError."""
    rule = read_yaml(path, Rule, root)
    for keys, message in _rule_faults(rule, path.stem, policy, classes):
        raise RulebookError(path.relative_to(root).as_posix(), locate(path, *keys), message)
    return rule


def _rule_faults(rule: Rule, stem: str, policy: Policy, classes: Classes) -> Iterator[tuple[Keys, str]]:
    desks = {desk.id for desk in policy.desks}
    if rule.id != stem:
        yield ("id",), f"id {rule.id!r} differs from the file's name; call it {stem!r}"
    if rule.type not in policy.types:
        yield ("type",), f"unknown event type {rule.type!r}; policy.yaml lists the types"
    if rule.desk not in desks:
        yield ("desk",), f"unknown desk {rule.desk!r}; one of {', '.join(sorted(desks))}"
    if not rule.detect.triggers and not rule.detect.nouns:
        yield ("detect",), "a rule needs triggers or nouns"
    for keys, phrase in phrases_of(rule):
        if not has_words(phrase):
            yield keys, f"«{phrase}» has no words (on each side of «…»); write them or delete the line"
        elif (fault := _class_fault(phrase, classes)) is not None:
            yield keys, fault


def _class_fault(phrase: str, classes: Classes) -> str | None:
    try:
        expand(phrase, classes)
    except UnknownClass as error:
        return f"«{phrase}»: there is no word class {error}; lexicon/classes.yaml has {', '.join(sorted(classes))}"
    except ValueError as error:
        return f"«{phrase}» {error}; write a narrower class"
    return None


def phrases_of(rule: Rule) -> Iterator[tuple[Keys, str]]:
    """All phrases of a rule's `detect` with their place in its file."""
    detect = rule.detect
    for name, phrases in (("triggers", detect.triggers), ("nouns", detect.nouns)):
        yield from ((("detect", name, n), phrase) for n, phrase in enumerate(phrases))
    for group, phrases in detect.unless.items():
        yield from ((("detect", "unless", group, n), phrase) for n, phrase in enumerate(phrases))
    for name, phrases in (("with_any", detect.with_any), ("results", detect.results)):
        yield from ((("detect", name, n), phrase) for n, phrase in enumerate(phrases))


def problems(own: Path | None = None, *, shipped: Path = SHIPPED) -> Iterator[RulebookError]:
    """The first error of every file: what `load` would stop at, file after file."""
    roots = [shipped] if own is None else [shipped, own]
    home = own if own is not None and (own / "policy.yaml").exists() else shipped
    try:
        policy = read_policy(home)
    except RulebookError as error:
        yield error
        policy = None
    classes: Classes = {}
    try:
        classes = read_classes(roots)
    except RulebookError as error:
        yield error
    named = policy  # whose names are looked up once the lexicon can be read
    for read in (
        lambda given: _named(given, home, named),
        lambda roots: read_cues(roots, classes),
        _spelling,
        read_anchors,
    ):
        try:
            read(roots)
        except RulebookError as error:
            yield error
    if policy is None:
        return
    for root in roots:
        readable = True
        for path in rule_files(root):
            try:
                read_rule(path, root, policy, classes)
            except RulebookError as error:
                readable = False
                yield error
        if readable:  # what only shows with all files together
            try:
                read_rules([root], policy, classes)
            except RulebookError as error:
                yield error


def _named(roots: list[Path], home: Path, policy: Policy | None) -> None:
    lexicon = _lexicon(roots)
    if policy is not None:
        check_names(home, policy, lexicon)


def _read(roots: list[Path], name: str, type_: type[T]) -> Iterator[T]:
    for root in roots:
        path = root / name
        if path.exists():
            value = read_yaml(path, type_, root)
            for keys, text in _matched(value):
                if not has_words(text):
                    raise RulebookError(
                        name, locate(path, *keys), f"{text!r} has no words; write them or delete the line"
                    )
            yield value


# Fields of lexicon entries that hold what is looked for in texts.
_MATCHED = frozenset(
    {"words", "names", "weak", "adjectives", "capitals", "phrases", "word", "spellings", "forms", "keep", "headings"}
)


def _matched(value: Any, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Every text of a lexicon file that is looked for, with its place."""
    if isinstance(value, tuple):
        for n, entry in enumerate(value):
            yield from _matched(entry, (*keys, n))
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            inner = getattr(value, field)
            if field in _MATCHED and not (isinstance(inner, tuple) and inner and isinstance(inner[0], msgspec.Struct)):
                yield from (
                    ((*keys, field, n), text) for n, text in enumerate(inner if isinstance(inner, tuple) else (inner,))
                )
            elif isinstance(inner, tuple) and inner and isinstance(inner[0], msgspec.Struct):
                yield from _matched(inner, (*keys, field))


def _by_id(lists: Iterator[tuple[Any, ...]]) -> tuple[Any, ...]:
    out: dict[str, Any] = {}
    for entries in lists:
        out.update((entry.id, entry) for entry in entries)
    return tuple(out.values())


def _lexicon(roots: list[Path]) -> Lexicon:
    organisations = list(_read(roots, "lexicon/organisations.yaml", Organisations))
    roles = list(_read(roots, "lexicon/roles.yaml", Roles))
    return Lexicon(
        states=_by_id(_read(roots, "lexicon/states.yaml", tuple[State, ...])),
        organisations=Organisations(
            organisations=_by_id(iter([o.organisations for o in organisations])),
            generic=_by_id(iter([o.generic for o in organisations])),
        ),
        persons=_by_id(_read(roots, "lexicon/persons.yaml", tuple[Person, ...])),
        roles=Roles(
            roles=_by_id(iter([r.roles for r in roles])), relational=_by_id(iter([r.relational for r in roles]))
        ),
        places=_by_id(_read(roots, "lexicon/places.yaml", tuple[Place, ...])),
        outlets=_by_id(iter([o.outlets for o in _read(roots, "outlets.yaml", Outlets)])),
        revisions=_revisions(roots),
    )


def _revisions(roots: list[Path]) -> Revisions:
    """The lists of all folders, one after the other."""
    read = list(_read(roots, "lexicon/revisions.yaml", Revisions))
    return Revisions(**{name: sum((getattr(one, name) for one in read), ()) for name in Revisions.__struct_fields__})


def read_cues(roots: list[Path], classes: Classes | None = None) -> Cues:
    """All cues, a later root's replacing by id. Raises RulebookError, also for an unknown word class."""
    known = read_classes(roots) if classes is None else classes
    name = "lexicon/cues.yaml"
    read = []
    for root in roots:
        for cues in _read([root], name, Cues):
            read.append(cues.cues)
            for n, cue in enumerate(cues.cues):
                for k, phrase in enumerate(cue.phrases):
                    if (fault := _class_fault(phrase, known)) is not None:
                        raise RulebookError(name, locate(root / name, "cues", n, "phrases", k), fault)
    return Cues(cues=_by_id(iter(read)))


_HEADS = frozenset({"head", "deputy_head", "minister", "commander", "judge"})


def read_classes(roots: list[Path]) -> dict[str, tuple[str, ...]]:
    """Words by the id of their class; a later root's class replaces one with the same id. Raises RulebookError.

    Two classes are the lexicon's own: «کشور», each state's first name, and «سمت», the wordings of
    high offices.
    """
    states = _by_id(_read(roots, "lexicon/states.yaml", tuple[State, ...]))
    offices = _by_id(iter([r.roles for r in _read(roots, "lexicon/roles.yaml", Roles)]))
    own = {
        "کشور": tuple(dict.fromkeys(name for state in states for name in state.names[:1])),
        "سمت": tuple(dict.fromkeys(n for o in offices if o.stands and o.rank in _HEADS for n in o.names)),
    }
    return own | words_of(_by_id(iter([c.classes for c in _read(roots, "lexicon/classes.yaml", WordClasses)])))


def _spelling(roots: list[Path]) -> Spelling:
    read = list(_read(roots, "lexicon/spelling.yaml", Spelling))
    return Spelling(
        words=tuple(w for s in read for w in s.words),
        plurals=tuple(p for s in read for p in s.plurals),
        keep=tuple(k for s in read for k in s.keep),
        common=tuple(c for s in read for c in s.common),
    )


def _digest(roots: list[Path]) -> str:
    """SHA-256 over names and contents of all files, first 16 hex digits."""
    digest = hashlib.sha256()
    for root in roots:
        for path in sorted(root.rglob("*.yaml")):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


@lru_cache(maxsize=1)
def _stems() -> tuple[tuple[str, str], ...]:
    """Verb stems of hazm's list. Read as a file: importing hazm takes 2 s and 150 MB, and only its data is needed."""
    spec = importlib.util.find_spec("hazm")
    if spec is None or not spec.submodule_search_locations:
        raise RulebookError("hazm", 0, "the package hazm is not installed; pip install hazm")
    path = Path(next(iter(spec.submodule_search_locations))) / "data" / "verbs.dat"
    return tuple(read_stems(path.read_text(encoding="utf-8").splitlines()))
