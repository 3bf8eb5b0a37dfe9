"""The core may compute; it may not read a clock, a file, a socket or a broker. Its examples in docstrings hold."""

import ast
import doctest
from importlib import import_module
from pathlib import Path

import pytest

CORE = Path(__file__).parent.parent / "stream" / "core"
MODULES = [pytest.param(path, id=path.stem) for path in sorted(CORE.glob("*.py"))]
# Modules of the standard library that only compute, and packages that only compute.
ALLOWED = frozenset(
    """bisect collections copy dataclasses datetime email.utils enum functools base64 hashlib itertools math re struct types typing
    unicodedata urllib.parse zoneinfo msgspec orjson daachorse rensa selectolax persiantools babel stream.core""".split()
)
# Each reads or changes the world; the modules time, random, os and socket can't be imported in the first place.
BUILTINS = frozenset("open print input exec eval compile breakpoint __import__ globals".split())
METHODS = frozenset("now utcnow today open read_text read_bytes write_text write_bytes unlink mkdir".split())


def imported(tree: ast.AST) -> list[tuple[int, str]]:
    """Line and name of every module that is imported."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append((node.lineno, "." * node.level + (node.module or "")))
    return found


def allowed(module: str) -> bool:
    return any(f"{module}.".startswith(f"{name}.") for name in ALLOWED)


def of_the_world(tree: ast.AST) -> list[tuple[int, str]]:
    """Line and name of every call that reads or changes the world."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = [(c.lineno, c.func.id) for c in calls if isinstance(c.func, ast.Name) and c.func.id in BUILTINS]
    methods = [(c.lineno, c.func.attr) for c in calls if isinstance(c.func, ast.Attribute) and c.func.attr in METHODS]
    return names + methods


@pytest.mark.parametrize("path", MODULES)
def test_the_core_imports_only_what_computes(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [f"{path.name}:{line} {module}" for line, module in imported(tree) if not allowed(module)] == []


@pytest.mark.parametrize("path", MODULES)
def test_the_core_calls_nothing_of_the_world(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [f"{path.name}:{line} {name}()" for line, name in of_the_world(tree)] == []


@pytest.mark.parametrize("path", MODULES)
def test_the_core_keeps_nothing_between_calls(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Global | ast.Nonlocal)] == []


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        pytest.param("import socket", "socket", id="a socket"),
        pytest.param("from os import path", "os", id="the system"),
        pytest.param("from stream.service import app", "stream.service", id="the service"),
        pytest.param("from stream.core_things import x", "stream.core_things", id="a name that only begins alike"),
        pytest.param("from . import x", ".", id="a relative import"),
        pytest.param("from datetime import datetime\ndatetime.now()", "now", id="a clock"),
        pytest.param("open('x')", "open", id="a file"),
    ],
)
def test_what_is_not_pure_is_seen(code: str, fault: str) -> None:
    tree = ast.parse(code)
    modules = [module for _, module in imported(tree) if not allowed(module)]
    assert fault in modules + [name for _, name in of_the_world(tree)]


@pytest.mark.parametrize("path", MODULES)
def test_docstring_examples_hold(path: Path) -> None:
    result = doctest.testmod(import_module(f"stream.core.{path.stem}"), optionflags=doctest.ELLIPSIS)
    assert result.failed == 0


def test_the_core_has_docstring_examples() -> None:
    count = sum(path.read_text(encoding="utf-8").count(">>> ") for path in CORE.glob("*.py"))
    assert count > 0
