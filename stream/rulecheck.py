"""Runs the examples that rules carry, and finds idle phrases.

Every fault names file, line and remedy. `stream.commands.check` prints them, `tests/test_rulebook.py` hands each example
to pytest.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import orjson

from stream.core.book import RESULT, Book, Guard, Trigger, What
from stream.core.judge import judge
from stream.core.normalise import Token
from stream.core.phrases import Hit, Matcher
from stream.core.read import read
from stream.core.records import Article, Incoming, Judgement, Limits, Mention
from stream.core.rules import Fires, Rule, Silent
from stream.rulebook_reader.book import phrases_of
from stream.scenarios import run_scenario

# The publication time of an example that gives none: a Wednesday noon in Tehran.
PUBLISHED = "2026-03-04T12:00:00+03:30"


class Fault(msgspec.Struct, frozen=True):
    """An example that does not hold: where it stands and what came instead."""

    rule: str
    keys: tuple[str | int, ...]  # its place in the file
    message: str


def judged(text: str, published: str | None, book: Book) -> Judgement:
    """Judge an example as a flash without a title."""
    stamp = published or PUBLISHED
    value = orjson.dumps({"id": "example", "body": text, "published": stamp})
    arrived = datetime.fromisoformat(stamp).astimezone(UTC)
    article = read(Incoming(value=value, arrived=arrived), Limits())
    if not isinstance(article, Article):
        raise ValueError(f"the example can't be read: {article}")
    return judge(article, book)


def examples(rule: Rule) -> Iterator[tuple[tuple[str | int, ...], Fires | Silent]]:
    """All examples of a rule with their place in its file."""
    for n, fires in enumerate(rule.tests.fires):
        yield ("tests", "fires", n, "text"), fires
    for n, silent in enumerate(rule.tests.silent):
        yield ("tests", "silent", n, "text"), silent


def run_example(rule: Rule, example: Fires | Silent, book: Book) -> str | None:
    """What is wrong with an example, in words; None where it holds. The other rules of the book are not asked."""
    judgement = judged(example.text, example.published, _alone(book, rule))
    mine = [m for m in judgement.mentions if m.rule == rule.id]
    if isinstance(example, Fires):
        return _fires(example, mine, judgement, rule)
    return _silent(example, mine, judgement, rule)


def _fires(example: Fires, mine: list[Mention], judgement: Judgement, rule: Rule) -> str | None:
    if not mine:
        return f"should fire, but stayed silent: {_why_silent(judgement, rule)}"
    wanted = (example.status, example.time, set(example.actors), set(example.recipients))
    for m in mine:
        if (m.status, m.time, set(m.actors), set(m.recipients)) == wanted:
            if example.first != (m.first is not None):
                return f"first is {m.first is not None}, should be {example.first}"
            if example.since is not None and (m.first is None or m.first.since != example.since):
                return f"since is {m.first and m.first.since!r}, should be {example.since!r}"
            return None
    m = mine[0]
    return (
        f"fired as {m.status}, {m.time}, actors {list(m.actors)}, recipients {list(m.recipients)} "
        f"on «{m.trigger}» ({'; '.join(m.why) or 'no cue'})"
    )


def _silent(example: Silent, mine: list[Mention], judgement: Judgement, rule: Rule) -> str | None:
    loud = [m for m in mine if m.alertable]
    if loud:
        return f"should stay silent, but fired on «{loud[0].trigger}» ({'; '.join(loud[0].why) or 'no cue'})"
    reasons: set[str] = {m.status for m in mine} | {m.time for m in mine}
    for miss in judgement.misses:
        if miss.rule == rule.id:
            reasons |= {miss.reason, f"{miss.reason}: {miss.detail.split(' «')[0]}"}
    if example.because in reasons:
        return None
    if not reasons:
        return "never came near: no trigger of this rule stands in it, so it proves nothing; take a near miss"
    return f"silent, but because of {', '.join(sorted(reasons))}, not {example.because!r}"


def _why_silent(judgement: Judgement, rule: Rule) -> str:
    misses = [f"{m.reason} {m.detail}".strip() for m in judgement.misses if m.rule == rule.id]
    return "; ".join(misses) or "no trigger found"


def faults(book: Book) -> Iterator[Fault]:
    """All examples that do not hold."""
    for rule in book.rules:
        yield from faults_of(rule, book)


def faults_of(rule: Rule, book: Book) -> Iterator[Fault]:
    """The examples of one rule that do not hold."""
    for keys, example in examples(rule):
        message = run_example(rule, example, book)
        if message is not None:
            yield Fault(rule.id, keys, message)
    for n, scenario in enumerate(rule.tests.scenarios):
        message = run_scenario(rule, scenario, book)
        if message is not None:
            yield Fault(rule.id, ("tests", "scenarios", n, "name"), message)


class Idle(msgspec.Struct, frozen=True):
    """A phrase whose deletion no example of its rule notices: no proof, or no need."""

    rule: str
    keys: tuple[str | int, ...]  # its place in the file
    phrase: str


class _Only(Matcher[What]):
    """A matcher that knows the phrases of one rule and those of none: an event that another rule of the same type finds
    too would be one mention with it, and prove nothing of this one."""

    def __init__(self, inner: Matcher[What], number: int) -> None:
        self.inner = inner
        self.number = number

    def find(self, tokens: Sequence[Token], starts: Sequence[int] = ()) -> list[Hit[What]]:
        hits = self.inner.find(tokens, starts)
        return [h for h in hits if not isinstance(h.what, Trigger | Guard) or h.what.rule == self.number]


def _alone(book: Book, rule: Rule) -> Book:
    return msgspec.structs.replace(book, matcher=_Only(book.matcher, _number(book, rule)))


def _number(book: Book, rule: Rule) -> int:
    return next(n for n, other in enumerate(book.rules) if other.id == rule.id)


class _Without(Matcher[What]):
    """A matcher that remembers which phrases it found, and can be made blind to one of them.

    So an idle phrase is found without compiling the rulebook again: the phrase is not deleted, its hits are.
    """

    def __init__(self, inner: Matcher[What]) -> None:
        self.inner = inner
        self.seen: set[_Phrase] = set()
        self.hidden: _Phrase | None = None

    def find(self, tokens: Sequence[Token], starts: Sequence[int] = ()) -> list[Hit[What]]:
        hits = self.inner.find(tokens, starts)
        self.seen.update(_phrase(h.what) for h in hits if isinstance(h.what, Trigger | Guard))
        return [h for h in hits if not isinstance(h.what, Trigger | Guard) or _phrase(h.what) != self.hidden]


def idle(book: Book, rule: Rule) -> list[Idle]:
    """The idle phrases of a rule, all of whose examples hold."""
    number = _number(book, rule)
    matcher = _Without(book.matcher)
    blind = msgspec.structs.replace(book, matcher=matcher)
    holders: dict[_Phrase, list[Fires | Silent]] = {}
    for _, example in examples(rule):
        matcher.seen.clear()
        run_example(rule, example, blind)
        for phrase in matcher.seen:
            holders.setdefault(phrase, []).append(example)
    out = []
    for keys, words in phrases_of(rule):
        matcher.hidden = (number, f"unless {keys[2]}" if keys[1] == "unless" else str(keys[1]), words)
        if all(run_example(rule, example, blind) is None for example in holders.get(matcher.hidden, ())):
            out.append(Idle(rule.id, keys, words))
    return out


_Phrase = tuple[
    int, str, str
]  # number of its rule; triggers, nouns, with_any, results or unless and its group; its words


def _phrase(what: Trigger | Guard) -> _Phrase:
    if isinstance(what, Trigger):
        return what.rule, "triggers" if what.verbal else "nouns", what.phrase
    if what.name == RESULT:
        return what.rule, "results", what.phrase
    return what.rule, f"unless {what.name}" if what.name else "with_any", what.phrase


def path_of(rule: Rule, roots: list[Path]) -> Path | None:
    """The file of a rule: the last root that has it."""
    found = None
    for root in roots:
        found = next(iter(root.rglob(f"{rule.id}.yaml")), found)
    return found
