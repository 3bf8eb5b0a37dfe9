"""docker-compose.yml: what its schema can't know, checked without a Docker engine."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from stream.__main__ import VERBS
from stream.service.settings import variables

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OWN = [name for name, service in SERVICES.items() if service["image"] == "dideban"]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")

every_service = pytest.mark.parametrize("name", SERVICES)
own_service = pytest.mark.parametrize("name", OWN)


def mounts(name: str) -> list[tuple[str, str]]:
    """(source, target) of each mount."""
    return [(parts[0], parts[1]) for parts in (row.split(":") for row in SERVICES[name].get("volumes", []))]


@every_service
def test_what_a_service_waits_for_exists_and_can_be_healthy(name: str) -> None:
    for other, wait in SERVICES[name].get("depends_on", {}).items():
        assert other in SERVICES
        assert wait["condition"] == "service_healthy"
        has_check = "healthcheck" in SERVICES[other] or (other in OWN and "\nHEALTHCHECK" in DOCKERFILE)
        assert has_check
        # A service without a profile may not wait for one that only a profile starts.
        assert set(SERVICES[other].get("profiles", [])) <= set(SERVICES[name].get("profiles", []))


@every_service
def test_what_a_service_mounts_exists(name: str) -> None:
    for source, _ in mounts(name):
        if source.startswith("."):
            assert (ROOT / source).exists(), f"{name} mounts {source}, which is not there"
        else:
            assert source in COMPOSE["volumes"], f"{name} mounts the volume {source}, which is not declared"


def test_every_volume_is_used() -> None:
    assert set(COMPOSE["volumes"]) == {source for name in SERVICES for source, _ in mounts(name) if source[0] != "."}


@every_service
def test_a_service_has_no_privileges(name: str) -> None:
    assert SERVICES[name]["cap_drop"] == ["ALL"]
    assert SERVICES[name]["security_opt"] == ["no-new-privileges:true"]
    assert not SERVICES[name].get("privileged")
    if name != "kafka":  # its image writes its configuration at start
        assert SERVICES[name]["read_only"] is True


@every_service
def test_ports_are_open_to_this_machine_only(name: str) -> None:
    for port in SERVICES[name].get("ports", []):
        assert port.startswith("127.0.0.1:")


@every_service
def test_images_of_others_are_pinned_to_a_version(name: str) -> None:
    if name not in OWN:
        assert re.fullmatch(r"[a-z]+/[a-z]+:v?\d+\.\d+\.\d+", SERVICES[name]["image"])


@own_service
def test_our_services_use_verbs_and_settings_that_exist(name: str) -> None:
    assert SERVICES[name]["command"][0] in VERBS
    assert set(SERVICES[name]["environment"]) <= set(variables())
    assert SERVICES[name]["build"] == {"context": ".", "dockerfile": "deploy/Dockerfile"}


def test_worker_can_be_scaled() -> None:
    assert not {"container_name", "ports", "hostname"} & set(SERVICES["worker"])
    # Static membership needs a name of its own for each worker; workers from one description have none.
    assert "DIDEBAN_INSTANCE" not in SERVICES["worker"]["environment"]


def test_worker_writes_only_where_it_may() -> None:
    worker = SERVICES["worker"]
    folders = {row.split(":")[0] for row in worker["tmpfs"]}
    assert {"/tmp", worker["environment"]["DIDEBAN_DATA_DIR"]} <= folders
    uid = re.search(r"^USER (\d+):\d+$", DOCKERFILE, re.MULTILINE)
    assert uid
    assert f"uid={uid[1]}" in next(row for row in worker["tmpfs"] if row.startswith("/var/lib/dideban"))


def test_the_replayer_replays_files_that_exist() -> None:
    given = [word for word in SERVICES["replayer"]["command"] if word.startswith("/samples/")]
    folder = next(source for source, target in mounts("replayer") if target == "/samples")
    assert given
    for word in given:
        assert (ROOT / folder / word.removeprefix("/samples/")).is_file()


def test_prometheus_finds_the_workers_where_they_listen() -> None:
    config = yaml.safe_load((ROOT / "deploy" / "prometheus" / "prometheus.yml").read_text(encoding="utf-8"))
    job = next(job for job in config["scrape_configs"] if job["job_name"] == "dideban")
    found = job["dns_sd_configs"][0]
    assert found["names"] == ["worker"]
    assert found["names"][0] in SERVICES
    assert found["port"] == SERVICES["worker"]["environment"]["DIDEBAN_WEB_PORT"]
    assert f"\nEXPOSE {found['port']}\n" in DOCKERFILE


def test_grafana_finds_its_data_source_and_dashboards() -> None:
    inside = {target: ROOT / source for source, target in mounts("grafana")}
    provisioning = inside["/etc/grafana/provisioning"]
    source = yaml.safe_load((provisioning / "datasources" / "prometheus.yml").read_text(encoding="utf-8"))
    url = source["datasources"][0]["url"]
    assert re.fullmatch(r"http://(\w+):9090", url)
    assert url.split("/")[2].split(":")[0] in SERVICES
    provider = yaml.safe_load((provisioning / "dashboards" / "dideban.yml").read_text(encoding="utf-8"))
    dashboards = inside[provider["providers"][0]["options"]["path"]]
    home = SERVICES["grafana"]["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]
    assert (dashboards / Path(home).name).is_file()


def test_image_is_built_from_files_that_reach_the_engine() -> None:
    allowed = {
        line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] == "!"
    }
    copied = {
        word for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE) for word in line.split()[:-1]
    }
    assert copied
    assert copied <= allowed
    assert all((ROOT / name).exists() for name in copied)


def test_image_runs_as_nobody_special_and_knows_its_settings() -> None:
    stages = DOCKERFILE.split("\nFROM ")
    assert len(stages) == 3  # a first comment, the build, what is delivered
    assert "\nUSER 10001:10001\n" in stages[-1]
    assert "\nHEALTHCHECK " in stages[-1]
    assert set(re.findall(r"\bDIDEBAN_[A-Z_]+", DOCKERFILE)) <= set(variables())
