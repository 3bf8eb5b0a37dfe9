"""The samples of the demo, decided without Kafka: kinds as expected, lines whose head can stand alone, levels with reasons."""

from datetime import UTC, datetime
from functools import cache

import pytest

from stream.core.agenda import Agenda
from stream.core.judge import judge
from stream.core.line import HEAD, LINE
from stream.core.machine import Decisions, Machine
from stream.core.read import read
from stream.core.records import Alert, Article, Incoming, Limits, Origin, Withdrawal
from stream.demo.samples import Sample, load_samples, told
from stream.rulebook_reader import load
from stream.service import codec

MOMENT = datetime(2026, 3, 4, 12, tzinfo=UTC)
BOOK = load()


@cache
def outcomes() -> tuple[tuple[Sample, Decisions], ...]:
    machine = Machine(BOOK.policy, BOOK.facts, BOOK.outlet_titles)
    out = []
    for n, sample in enumerate(load_samples()):
        item = sample.item
        incoming = Incoming(value=item.value, key=item.key, headers=item.headers, arrived=MOMENT, form=item.form)
        found = read(incoming, Limits(), BOOK.outlet_names)
        origin = Origin(topic="articles", partition=0, offset=n, received=MOMENT)
        decisions: Decisions = ()
        if isinstance(found, Withdrawal):
            decisions = machine.apply(n, codec.withdrawn(found, BOOK.digest, origin))
        elif isinstance(found, Article):
            decisions = machine.apply(n, codec.mentions(judge(found, BOOK), BOOK.digest, origin))
        out.append((sample, decisions))
    return tuple(out)


def alerts() -> list[Alert]:
    return [one for _, decisions in outcomes() for one in decisions if isinstance(one, Alert)]


def test_every_sample_comes_out_as_the_demo_expects() -> None:
    assert [told(decisions) for _, decisions in outcomes()] == [sample.expected for sample, _ in outcomes()]


def test_the_head_of_every_line_carries_level_status_and_who() -> None:
    words = BOOK.policy.words
    for one in alerts():
        head = one.line[:HEAD]
        assert len(one.line) <= LINE
        if one.kind != "cancel":
            assert head.startswith(words.levels[one.level])
            assert one.status != "claimed" or words.statuses["claimed"] in head
            assert (words.unverified in head) == (one.certainty == "possible" and one.status == "happened")
            # who says it: the one to whom the text attributes it, else an outlet by its name or as it was given
            said = [" ".join(one.attribution.text.split())] if one.attribution else []
            outlets = [source.outlet for source in one.sources if source.outlet]
            said += [*outlets, *(BOOK.outlet_titles.get(outlet, outlet) for outlet in outlets)]
            assert any(name[:20] in head for name in said), one.line


def test_every_level_has_its_reckoning_and_every_notification_its_reason() -> None:
    for one in alerts():
        axes = {step.split(":")[0] for step in one.why}
        assert {"severity", "certainty", "urgency", "level", "notify"} <= axes
        assert one.notify == bool(one.notify_reason)


@pytest.mark.parametrize(
    ("words", "level", "certainty"),
    [
        pytest.param("عین‌الاسد", "flash", "likely", id="an agency on a strike between enemies"),
        pytest.param("آغاز عملیات نظامی علیه اوکراین", "bulletin", "possible", id="an anonymous channel on a war"),
        pytest.param("ناو هواپیمابر آمریکایی", "bulletin", "possible", id="a claim of a party through a channel"),
        pytest.param("هند و پاکستان با آتش", "flash", "likely", id="a ceasefire of enemies"),
        pytest.param("نازنین زاغری", "routine", "likely", id="a release"),
    ],
)
def test_levels_of_samples(words: str, level: str, certainty: str) -> None:
    (made,) = [one for one in alerts() if words in one.line and one.kind == "create"]
    assert (made.level, made.certainty) == (level, certainty)


def test_what_a_sample_plans_for_a_day_is_on_the_agenda() -> None:
    days = [(one.type, one.day) for _, decisions in outcomes() for one in decisions if isinstance(one, Agenda)]
    assert ("contact.meeting", "2023-04-06") in days
