"""The core may compute; it may not read a clock, a file, a socket or a broker, and chance decides nothing."""

import ast
from pathlib import Path

import pytest

CORE = Path(__file__).parents[2] / "stream" / "core"
# Computing only; zoneinfo reads the rules of time zones, which is data, and those of a package where there are none.
ALLOWED = {
    *("collections", "collections.abc", "copy", "dataclasses", "datetime", "email.utils", "enum", "functools"),
    *("hashlib", "itertools", "math", "operator", "re", "types", "typing", "unicodedata", "urllib.parse", "zoneinfo"),
    *("daachorse", "msgspec", "orjson", "persiantools.jdatetime", "selectolax.lexbor"),
}
CLOCKS_AND_FILES = {"now", "utcnow", "today", "open", "print", "input", "read_text", "read_bytes", "exec", "eval"}


def modules() -> list[Path]:
    return sorted(CORE.rglob("*.py"))


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.stem)
def test_core_is_pure(path: Path) -> None:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            names = []
        found += [name for name in names if name not in ALLOWED and f"{name}.".split(".")[:2] != ["stream", "core"]]
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            found += [f"line {node.lineno}: {called}()"] if called in CLOCKS_AND_FILES else []
    assert found == []
