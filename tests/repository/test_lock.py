"""requirements.lock and pyproject.toml must agree, on every Python that we support."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PYTHONS = ("3.11", "3.12", "3.13")
LOCK = [
    Requirement(line)
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def wanted() -> list[Requirement]:
    """All that pyproject.toml asks for: dependencies, extras and the dev group."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rows = [
        *project["project"]["dependencies"],
        *(row for extra in project["project"]["optional-dependencies"].values() for row in extra),
        *(row for group in project["dependency-groups"].values() for row in group),
    ]
    return [Requirement(row) for row in rows]


def holds(requirement: Requirement, python: str) -> bool:
    """Whether the requirement counts on Linux with this Python."""
    marker = requirement.marker
    return marker is None or marker.evaluate(
        {
            "python_version": python,
            "python_full_version": f"{python}.0",
            "sys_platform": "linux",
            "platform_system": "Linux",
            "platform_machine": "x86_64",
            "platform_python_implementation": "CPython",
        }
    )


@pytest.mark.parametrize(
    ("requirement", "python"),
    [
        pytest.param(requirement, python, id=f"{requirement.name}-{python}")
        for requirement in wanted()
        for python in PYTHONS
        if holds(requirement, python)
    ],
)
def test_each_dependency_is_locked_inside_its_range(requirement: Requirement, python: str) -> None:
    name = canonicalize_name(requirement.name)
    versions = [
        str(row.specifier).removeprefix("==")
        for row in LOCK
        if canonicalize_name(row.name) == name and holds(row, python)
    ]
    assert len(versions) == 1, f"{name} on Python {python}: pinned as {versions}; run `make lock`"
    assert requirement.specifier.contains(versions[0]), f"{name} {versions[0]} is outside {requirement.specifier}"


def test_lock_pins_and_names_no_address() -> None:
    assert LOCK
    for row in LOCK:
        assert re.fullmatch(r"==[^=*]+", str(row.specifier)), f"{row} is not pinned"
        assert row.url is None, f"{row} names an address"


DATA_ONLY = {"hazm", "tzdata"}  # read as files, never imported


def declared() -> set[str]:
    """Distributions that a worker installs, by dependency or extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    rows = [*project["dependencies"], *(row for extra in project["optional-dependencies"].values() for row in extra)]
    return {canonicalize_name(Requirement(row).name) for row in rows}


def imported() -> set[str]:
    """Distributions of others that the package imports."""
    modules = set()
    for path in (ROOT / "stream").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            if isinstance(node, ast.ImportFrom):
                modules.add((node.module or "").partition(".")[0])
    owners = packages_distributions()
    return {
        canonicalize_name(owners[module][0]) for module in modules - set(sys.stdlib_module_names) - {"stream"} if module
    }


def test_what_is_imported_is_declared_and_what_is_declared_is_used() -> None:
    assert imported() | DATA_ONLY == declared()
