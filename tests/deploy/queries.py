"""Every PromQL expression that we deliver, with its place; used here and by the tests against a real Prometheus."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).parents[2]
DASHBOARD = ROOT / "deploy" / "grafana" / "dashboards" / "dideban.json"
ALERTS = ROOT / "deploy" / "prometheus" / "alerts.yml"

# What Grafana would put in; the long name first, since another may be its beginning.
VARIABLES = {
    "$__rate_interval": "1m",
    "$__interval": "15s",
    "$__range": "1h",
    "$instance": ".*",
    "$job": "dideban",
}


class Query(NamedTuple):
    """`place` names the panel or the alert; `expression` is free of Grafana's variables."""

    place: str
    expression: str


def panels() -> list[dict[str, Any]]:
    """The dashboard's panels, without the rows that head them."""
    dashboard = json.loads(DASHBOARD.read_text(encoding="utf-8"))
    return [panel for panel in dashboard["panels"] if panel["type"] != "row"]


def alert_rules() -> list[dict[str, Any]]:
    """Every alert about the service."""
    groups = yaml.safe_load(ALERTS.read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def dashboard_queries() -> list[Query]:
    """The expressions of the panels."""
    found = []
    for panel in panels():
        for target in panel["targets"]:
            expression = target["expr"]
            for variable, value in VARIABLES.items():
                expression = expression.replace(variable, value)
            found.append(Query(f"{panel['title']} {target['refId']}", expression))
    return found


def alert_queries() -> list[Query]:
    """The expressions of the alerts."""
    return [Query(rule["alert"], rule["expr"]) for rule in alert_rules()]
