"""Scenarios of rules: alerts over time."""

import msgspec
import pytest

from stream.core.book import Book
from stream.core.rules import Report, Rule, Scenario
from stream.rulebook_reader import load
from stream.rulecheck import faults_of
from stream.scenarios import after, run_scenario

CALL = "وزیران خارجه ژاپن و هند امروز تلفنی گفت‌وگو کردند."


@pytest.fixture(scope="module")
def book() -> Book:
    return load()


@pytest.fixture(scope="module")
def rule(book: Book) -> Rule:
    return next(rule for rule in book.rules if rule.id == "contact_call")


def story(*reports: tuple[str, str, str], alerts_at: tuple[str, ...] = ()) -> Scenario:
    articles = tuple(Report(at=at, outlet=outlet, text=text) for at, outlet, text in reports)
    return Scenario(name="دو رسانه", articles=articles, alerts_at=alerts_at)


@pytest.mark.parametrize(
    ("scenario", "wrong"),
    [
        pytest.param(story(("0m", "IRNA", CALL), alerts_at=("0m",)), None, id="a first report alerts at once"),
        pytest.param(
            story(("0m", "IRNA", CALL), ("10m", "IRNA", CALL), alerts_at=("0m",)), None, id="a repetition is silent"
        ),
        pytest.param(
            story(
                ("0m", "IRNA", CALL),
                ("20m", "reuters", "رویترز: وزیر خارجه هند تلفنی با همتای ژاپنی خود صحبت کرد."),
                alerts_at=("0m", "20m"),
            ),
            None,
            id="the second outlet notifies",
        ),
        pytest.param(story(("0m", "IRNA", CALL)), "notified at ['0m'], should be no time", id="an unwanted alert"),
        pytest.param(story(("soon", "IRNA", CALL)), "'soon' is no time of a scenario", id="no time"),
        pytest.param(story(("0m", "IRNA", "")), "can't be read", id="an empty article"),
    ],
)
def test_scenario(scenario: Scenario, wrong: str | None, rule: Rule, book: Book) -> None:
    found = run_scenario(rule, scenario, book)
    assert found is None if wrong is None else found is not None and wrong in found


def test_a_scenario_that_does_not_hold_is_a_fault_of_its_rule(rule: Rule, book: Book) -> None:
    tests = msgspec.structs.replace(rule.tests, scenarios=(story(("0m", "IRNA", CALL)),))
    (fault,) = faults_of(msgspec.structs.replace(rule, tests=tests), book)
    assert fault.keys == ("tests", "scenarios", 0, "name")


@pytest.mark.parametrize(("text", "minutes"), [("0m", 0), ("90m", 90), ("7h", 420), ("2d", 2880)])
def test_after(text: str, minutes: int) -> None:
    assert after(text).total_seconds() == 60 * minutes
