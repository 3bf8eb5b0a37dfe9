"""What must never be committed, and the house rules that a machine can check."""

import ast
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Written in halves, so that this file does not find itself.
HOSTS = re.compile(
    "|".join(
        rf"{name}\.{end}"
        for name, end in [
            ("pypi", "org"),
            ("python" + "hosted", "org"),
            (r"registry\.npm" + "js", "org"),
            (r"maven(?:\.apache)?", "org"),
            (r"deb\.debian", "org"),
            ("crates", "io"),
            (r"proxy\.golang", "org"),
        ]
    )
)
MACHINE = re.compile(r"(?<![\w.])/(?:home|Users|root|work|workspace|builds)/[\w.]")
KEY = re.compile("-----BEGIN [A-Z ]*PRIVATE" + " KEY-----")
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
# Bidirectional overrides and isolates can make code read otherwise than it runs; Persian needs none of them.
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def files() -> list[Path]:
    """What is committed or would be: tracked and untracked files that .gitignore does not name."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return sorted({ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()})


def places(pattern: re.Pattern[str], wanted: Callable[[Path], bool] = lambda _: True) -> list[str]:
    """`file:line` of every match in the text files."""
    found = []
    for path in filter(wanted, files()):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{path.relative_to(ROOT)}:{number}: {match.group()}"
            for number, line in enumerate(text.splitlines(), 1)
            if (match := pattern.search(line))
        ]
    return found


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(HOSTS, id="the host name of a package registry"),
        pytest.param(MACHINE, id="an absolute path of somebody's machine"),
        pytest.param(re.compile(re.escape(str(ROOT) + "/")), id="the path of this checkout"),
        pytest.param(KEY, id="a private key"),
        pytest.param(BIDI, id="a bidirectional control character"),
    ],
)
def test_no_file_holds(pattern: re.Pattern[str]) -> None:
    assert places(pattern) == []


def test_nothing_is_left_unfinished() -> None:
    code = {".py", ".yaml", ".yml", ".toml", ".sh", ""}
    assert places(UNFINISHED, lambda path: path.suffix in code and path.name not in {"LICENSE", "NOTICE"}) == []


def test_no_file_that_holds_addresses_or_secrets_by_its_nature() -> None:
    names = {path.name for path in files()}
    assert not names & {"uv.lock", ".env", ".pypirc", ".netrc", ".npmrc", "id_rsa"}


def python_modules() -> list[Path]:
    return [path for path in files() if path.suffix == ".py"]


@pytest.mark.parametrize("path", python_modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_module_says_what_it_is_and_is_about_one_thing(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    if source.strip():
        assert ast.get_docstring(ast.parse(source)), f"{path.name} does not begin with a docstring"
    assert source.count("\n") <= 400, f"{path.name} is longer than 400 lines; are there two things in it?"
