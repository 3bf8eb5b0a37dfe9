"""How the demo looks: an alert is a block, silence is one line with its reason, in the end the sums."""

from collections import Counter
from statistics import median

from rich.console import Console
from rich.table import Table
from rich.text import Text

from stream.core.agenda import Agenda
from stream.core.book import Book
from stream.core.reasons import HOLD_REASONS, REJECTION_REASONS
from stream.core.records import Alert, Hold, Miss
from stream.demo.watch import Outcome

_COLOURS = {"extreme": "bold red", "severe": "red", "moderate": "yellow", "minor": "cyan"}
_EVIDENCE = 160  # characters shown
_TITLE = 60


class Screen:
    """Shows outcomes as they come, and counts them."""

    def __init__(self, console: Console, book: Book) -> None:
        self._console = console
        self._types = book.policy.types
        lexicon = book.lexicon
        self._names = {state.id: state.name for state in lexicon.states}
        self._names |= {body.id: body.name for body in lexicon.organisations.organisations}
        self._names |= {person.id: person.name for person in lexicon.persons}
        self._names |= {outlet.id: outlet.name for outlet in lexicon.outlets}
        self._kinds: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()
        self._delays: list[float] = []

    def outcome(self, outcome: Outcome, name: str = "", misses: tuple[Miss, ...] = (), unexpected: str = "") -> None:
        """One article. `name`: where no title is known; `misses`: which rules came near; `unexpected`: what was expected."""
        self._delays += outcome.delays
        alerts = [one for one in outcome.decisions if isinstance(one, Alert)]
        for alert, delay in zip(alerts, outcome.delays, strict=True):
            self._kinds[alert.kind] += 1
            self._console.print(self._alert(alert, delay))
        if not alerts:
            self._console.print(self._quiet(outcome, name, misses))
        if unexpected:
            self._console.print(Text(f"    expected: {unexpected}", "magenta"))

    def sums(self, articles: int) -> None:
        """What was shown so far, in numbers."""
        table = Table(title=f"{articles} articles", show_header=False, title_justify="left", title_style="bold")
        for kind, count in self._kinds.most_common():
            table.add_row(f"alerts: {kind}", str(count))
        for reason, count in self._reasons.most_common():
            table.add_row(f"quiet: {reason}", str(count))
        if self._delays:
            worst = max(self._delays)
            text = f"{median(self._delays) * 1000:.0f} ms median, {worst * 1000:.0f} ms at most"
            table.add_row("from article to alert", text)
        self._console.print()
        self._console.print(table)

    def _alert(self, alert: Alert, delay: float) -> Text:
        colour = _COLOURS[alert.severity]
        text = Text().append("▌ ", colour).append(alert.line, f"bold {colour}" if alert.notify else "bold")
        facts = [alert.kind if alert.notify else f"{alert.kind}, in silence", alert.type, alert.status]
        facts += [
            f"severity {alert.severity}",
            f"certainty {alert.certainty}",
            f"level {alert.level}",
            f"desk {alert.desk}",
            f"{delay * 1000:.0f} ms",
        ]
        text.append("\n▌ ", colour).append(" · ".join(facts), "dim")
        parties = " ← ".join(self._named(side) for side in (alert.actors, alert.recipients) if side)
        about = [self._types[alert.type].label, parties, self._named(alert.persons), alert.day or ""]
        if alert.first is not None:
            about.append(f"نخستین بار از {alert.first.since}" if alert.first.since else "نخستین بار")
        text.append("\n▌ ", colour).append(" | ".join(part for part in about if part))
        for evidence in alert.evidence:
            text.append("\n▌ ", colour).append(f"«{_short(evidence.text, _EVIDENCE)}»", "italic")
        sources = "، ".join(
            self._names.get(source.outlet or "", source.outlet or source.uri) for source in alert.sources
        )
        return text.append("\n▌ ", colour).append(f"{len(alert.sources)} source(s): {sources}", "dim").append("\n")

    def _quiet(self, outcome: Outcome, name: str, misses: tuple[Miss, ...]) -> Text:
        record = outcome.record
        title = name
        if record is not None:
            outlet = f" ({self._names.get(record.outlet, record.outlet)})" if record.outlet else ""
            title = _short(record.title or record.uri, _TITLE) + outlet
        text = Text("· ", "dim").append(f"{title}  ", "default")
        holds = {one.reason: one.type for one in outcome.decisions if isinstance(one, Hold)}
        for plan in (one for one in outcome.decisions if isinstance(one, Agenda)):
            holds["agenda"] = f"{plan.type}, {plan.day}"
        reasons = dict([outcome.rejected]) if outcome.rejected else holds
        if "no_mention" in reasons and misses:
            reasons["no_mention"] = "near: " + ", ".join(dict.fromkeys(f"{miss.rule} {miss.reason}" for miss in misses))
        for reason, detail in reasons.items():
            self._reasons[reason] += 1
            meant = f"{meaning(reason)} ({_short(detail, _EVIDENCE)})" if detail else meaning(reason)
            text.append(f"{reason}: ", "green").append(f"{meant}. ", "dim")
        return text

    def _named(self, ids: tuple[str, ...]) -> str:
        return "، ".join(self._names.get(name, name) for name in ids)


def meaning(reason: str) -> str:
    """What a reason means, in a sentence."""
    if reason == "agenda":
        return "planned for a day: on the agenda, no alert"
    return HOLD_REASONS.get(reason) or REJECTION_REASONS.get(reason, "")


def _short(text: str, size: int) -> str:
    words = " ".join(text.split())
    return words if len(words) <= size else words[: size - 1] + "…"
