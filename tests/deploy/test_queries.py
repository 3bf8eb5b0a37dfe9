"""Dashboard and alerts ask only for metrics that the service really has, and say enough to be understood."""

import json
import re
from collections.abc import Iterator

import promql_parser
import pytest

from stream.service.metrics import Metrics
from tests.deploy.queries import DASHBOARD, ROOT, Query, alert_queries, alert_rules, dashboard_queries, panels

QUERIES = [*dashboard_queries(), *alert_queries()]
ENDINGS = {
    "counter": ("_total",),
    "gauge": ("",),
    "histogram": ("_bucket", "_sum", "_count"),
    "info": ("_info",),
}


@pytest.fixture(scope="module")
def defined() -> frozenset[str]:
    """Names of all series of a worker, and Prometheus' own `up`."""
    families = Metrics().registry.collect()
    return frozenset({"up"} | {family.name + end for family in families for end in ENDINGS[family.type]})


def selectors(expression: str) -> Iterator[promql_parser.VectorSelector]:
    """The series that an expression selects."""
    found: list[promql_parser.Expr] = []
    promql_parser.walk(promql_parser.parse(expression), found.append)
    return (node for node in found if isinstance(node, promql_parser.VectorSelector))


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.place)
def test_expression_parses_and_uses_metrics_that_exist(query: Query, defined: frozenset[str]) -> None:
    names = {selector.name for selector in selectors(query.expression)}
    assert names
    assert names <= defined


@pytest.mark.parametrize("query", dashboard_queries(), ids=lambda query: query.place)
def test_panel_selects_the_chosen_job_and_worker(query: Query) -> None:
    for selector in selectors(query.expression):
        assert {"job", "instance"} <= {matcher.name for matcher in selector.matchers.matchers}


def test_no_panel_is_fixed_to_a_range() -> None:
    fixed = re.compile(r"\[\d+[smhd]\]")
    assert [target["expr"] for panel in panels() for target in panel["targets"] if fixed.search(target["expr"])] == []


@pytest.mark.parametrize("panel", panels(), ids=lambda panel: panel["title"])
def test_panel_has_title_description_and_unit(panel: dict[str, object]) -> None:
    assert panel["title"]
    assert str(panel["description"]).endswith(".")
    assert panel["fieldConfig"]["defaults"]["unit"]  # type: ignore[index]
    assert panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}


def test_panels_have_their_own_ids_and_do_not_overlap() -> None:
    dashboard = json.loads(DASHBOARD.read_text(encoding="utf-8"))
    ids = [panel["id"] for panel in dashboard["panels"]]
    assert len(set(ids)) == len(ids)
    cells = [
        (column, line)
        for grid in (panel["gridPos"] for panel in dashboard["panels"])
        for column in range(grid["x"], grid["x"] + grid["w"])
        for line in range(grid["y"], grid["y"] + grid["h"])
    ]
    assert max(column for column, _ in cells) < 24
    assert len(set(cells)) == len(cells)


def anchors(name: str) -> set[str]:
    """The anchors of a Markdown file's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("rule", alert_rules(), ids=lambda rule: rule["alert"])
def test_alert_says_what_it_means_and_what_to_do(rule: dict[str, dict[str, str]]) -> None:
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert rule["annotations"]["summary"].endswith(".")
    assert rule["annotations"]["description"].endswith(".")
    runbook, _, anchor = rule["annotations"]["runbook"].partition("#")
    assert anchor in anchors(runbook)
