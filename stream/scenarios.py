"""Runs the scenarios that rules carry: articles over time, and the times at which the desk is to be notified."""

import re
from datetime import datetime, timedelta

import orjson

from stream.core.book import Book
from stream.core.judge import judge
from stream.core.machine import Machine
from stream.core.read import read
from stream.core.records import Alert, Article, Incoming, Limits, Origin
from stream.core.rules import Rule, Scenario
from stream.service.codec import mentions

START = datetime.fromisoformat("2026-03-04T12:00:00+03:30")
_AFTER = re.compile(r"(\d+)([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def after(text: str) -> timedelta:
    """«0m», «90m», «7h», «2d». Raises ValueError for anything else."""
    found = _AFTER.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no time of a scenario; write 0m, 90m, 7h or 2d")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def run_scenario(rule: Rule, scenario: Scenario, book: Book) -> str | None:
    """What is wrong with a scenario, in words; None where it holds. Alerts of the rule's own type count."""
    machine = Machine(book.policy, book.facts, book.outlet_titles, book.anchors)
    notified: list[str] = []
    for n, report in enumerate(scenario.articles):
        try:
            moment = START + after(report.at)
        except ValueError as error:
            return str(error)
        value = {"id": str(n), "outlet": report.outlet, "body": report.text, "published": moment.isoformat()}
        article = read(Incoming(value=orjson.dumps(value), arrived=moment), Limits(), book.outlet_names)
        if not isinstance(article, Article):
            return f"its article at {report.at} can't be read: {article}"
        source = Origin(topic="scenario", partition=0, offset=n, received=moment)
        decisions = machine.apply(n, mentions(judge(article, book), book.digest, source))
        if any(isinstance(d, Alert) and d.notify and d.type == rule.type for d in decisions):
            notified.append(report.at)
    if notified == list(scenario.alerts_at):
        return None
    return f"«{scenario.name}»: notified at {notified or 'no time'}, should be {list(scenario.alerts_at) or 'no time'}"
