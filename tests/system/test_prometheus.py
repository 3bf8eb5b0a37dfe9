"""Our Prometheus configuration in a real Prometheus, scraping the real metrics of a worker.

Needs the programs `prometheus` and `promtool` (Debian and Ubuntu: apt-get install prometheus).
"""

import json
import math
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import prometheus_client
import pytest
import yaml

from stream.service.metrics import Metrics
from tests.deploy.queries import ROOT, Query, alert_rules, dashboard_queries

pytestmark = pytest.mark.system

CONFIG = ROOT / "deploy" / "prometheus"
PATIENCE = 60.0  # seconds; everything here takes one or two


def program(name: str) -> str:
    """The path of a program; the test fails where it is missing, and says how to get it."""
    path = shutil.which(name)
    if path is None:
        pytest.fail(f"{name} is not installed. Debian and Ubuntu: apt-get install prometheus")
    return path


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a program to its end."""
    return subprocess.run([program(command[0]), *command[1:]], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("check", "config", "prometheus.yml"), id="configuration"),
        pytest.param(("check", "rules", "--lint=all", "--lint-fatal", "alerts.yml"), id="alerts"),
        pytest.param(("test", "rules", "alerts_test.yml"), id="alerts over time"),
    ],
)
def test_promtool_finds_nothing(words: tuple[str, ...]) -> None:
    done = run("promtool", *words[:-1], str(CONFIG / words[-1]))
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_alert_has_a_scenario_in_which_it_fires() -> None:
    scenarios = yaml.safe_load((CONFIG / "alerts_test.yml").read_text(encoding="utf-8"))["tests"]
    fired = {
        case["alertname"]
        for scenario in scenarios
        for case in scenario.get("alert_rule_test", [])
        if case["exp_alerts"]
    }
    asked = " ".join(case["expr"] for scenario in scenarios for case in scenario.get("promql_expr_test", []))
    assert [rule["alert"] for rule in alert_rules() if rule["alert"] not in fired and rule["alert"] not in asked] == []


def feed(metrics: Metrics) -> None:
    """Some work of a worker, each series that the dashboard shows."""
    metrics.articles.labels("judged").inc(9)
    metrics.articles.labels("rejected").inc()
    metrics.rejected.labels("read", "not_json").inc()
    metrics.mentions.labels("contact.meeting", "happened", "current").inc(3)
    metrics.alerts.labels("contact.meeting", "severe").inc(2)
    metrics.holds.labels("background").inc()
    for stage in ("read", "judge"):
        metrics.stage_seconds.labels(stage).observe(0.004)
    metrics.published_received.observe(42.0)
    metrics.received_alert.observe(0.02)
    metrics.lag.labels("articles", "0").set(3)
    metrics.commit_age.set(0.5)
    metrics.rebalances.inc()
    metrics.ready.set(1)


class Running(NamedTuple):
    """A Prometheus that scrapes a worker's metrics."""

    port: int
    metrics: Metrics

    def get(self, path: str) -> Any:
        """The `data` of an answer of Prometheus' API; None while it does not answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
        except ConnectionError:
            return None
        finally:
            connection.close()
        return json.loads(body)["data"] if answer.status == 200 else None

    def wait(self, look: Callable[[], Any], what: str) -> Any:
        """Feeds the worker and looks again until `look` finds something."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            feed(self.metrics)
            if found := look():
                return found
            time.sleep(0.2)  # between two looks, not instead of one
        raise AssertionError(f"not within {PATIENCE:.0f} s: {what}")

    def value(self, query: Query) -> list[str]:
        """The values of an expression now, without "not a number"."""
        result = (self.get(f"/api/v1/query?query={quote(query.expression)}") or {}).get("result", [])
        return [row["value"][1] for row in result if not math.isnan(float(row["value"][1]))]


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def prometheus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Prometheus with our configuration, except that it looks at this process and more often."""
    folder: Path = tmp_path_factory.mktemp("prometheus")
    metrics = Metrics()
    server, thread = prometheus_client.start_http_server(0, addr="127.0.0.1", registry=metrics.registry)
    config = yaml.safe_load((CONFIG / "prometheus.yml").read_text(encoding="utf-8"))
    config["global"].update(scrape_interval="200ms", scrape_timeout="200ms", evaluation_interval="1s")
    job = next(job for job in config["scrape_configs"] if job["job_name"] == "dideban")
    # The name `worker` exists only in the compose network.
    job["static_configs"] = [{"targets": [f"127.0.0.1:{server.server_port}"]}]
    del job["dns_sd_configs"]
    (folder / "prometheus.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    shutil.copy(CONFIG / "alerts.yml", folder)
    port = free_port()
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [
                program("prometheus"),
                f"--config.file={folder / 'prometheus.yml'}",
                f"--storage.tsdb.path={folder / 'data'}",
                f"--web.listen-address=127.0.0.1:{port}",
            ],
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        running = Running(port, metrics)
        running.wait(
            lambda: process.poll() is not None or running.get("/api/v1/status/buildinfo"), "Prometheus answers"
        )
        assert process.poll() is None, (folder / "log").read_text(encoding="utf-8")
        yield running
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        server.shutdown()
        server.server_close()
        thread.join()


def test_the_worker_is_up(prometheus: Running) -> None:
    assert prometheus.wait(
        lambda: prometheus.value(Query("up", 'up{job="dideban"} == 1')), "the target of the job dideban is up"
    ) == ["1"]


def test_all_alerts_are_loaded_and_can_be_evaluated(prometheus: Running) -> None:
    def evaluated() -> list[dict[str, Any]]:
        groups = prometheus.get("/api/v1/rules")["groups"]
        rules = [rule for group in groups for rule in group["rules"]]
        return rules if all(rule["health"] != "unknown" for rule in rules) else []

    rules = prometheus.wait(evaluated, "every alert has been evaluated")
    assert {rule["name"]: rule.get("lastError", "") for rule in rules} == {rule["alert"]: "" for rule in alert_rules()}


@pytest.mark.parametrize("query", dashboard_queries(), ids=lambda query: query.place)
def test_each_panel_has_something_to_show(prometheus: Running, query: Query) -> None:
    assert prometheus.wait(lambda: prometheus.value(query), f"a number for {query.expression}")
