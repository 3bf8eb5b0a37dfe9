"""Prints, after a run of the hard cases, the share of them that holds."""

import pytest

HELD, FAILED = ("passed", "xpassed"), ("failed", "xfailed")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line."""

    def count(outcomes: tuple[str, ...]) -> int:
        reports = [r for name in outcomes for r in terminalreporter.stats.get(name, [])]
        return sum("test_a_case_holds" in getattr(r, "nodeid", "") for r in reports)

    held, failed = count(HELD), count(FAILED)
    if held + failed:
        terminalreporter.write_line(f"hard cases: {held} of {held + failed} hold ({held / (held + failed):.1%})")
