"""The README must stay true: folders, verbs, make targets, links and settings that it names exist."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from stream.__main__ import VERBS
from stream.core.judge import judge
from stream.core.machine import Machine
from stream.core.read import read
from stream.core.records import Alert, Article, Incoming, Origin
from stream.demo.samples import load_samples
from stream.rulebook_reader import load
from stream.service import codec
from stream.service.settings import NOT_OURS, Settings, variables

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")] + sorted(
    (ROOT / "docs").rglob("*.md")
)


def section(title: str) -> str:
    """The text under a heading, to the next one."""
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def tree() -> set[str]:
    """The folders in the README's tree, as paths from the root."""
    found, top = set(), ""
    for line in section("Folders").split("```")[1].splitlines()[1:]:
        indent, name = re.match(r"( *)([\w.]+)/", line).groups()  # type: ignore[union-attr]
        top = top if indent else name
        found.add(f"{top}/{name}" if indent else name)
    return found


def folders(parent: Path) -> set[str]:
    """Folders of the project under `parent` that hold files, not caches."""
    return {
        str(path.relative_to(ROOT))
        for path in parent.iterdir()
        if path.is_dir()
        and path.name[0] not in "._"
        and path.name not in {"dist", "build"}
        and not path.name.endswith(".egg-info")
        and any(file.is_file() and "__pycache__" not in file.parts for file in path.rglob("*"))
    }


def test_tree_shows_the_folders() -> None:
    assert tree() == folders(ROOT) | folders(ROOT / "stream") | folders(ROOT / "deploy")


def test_every_verb_is_told_in_the_words_of_the_command() -> None:
    told = dict(re.findall(r"^\| `dideban (\w+)` \| (.+?) \|$", section("Commands"), re.MULTILINE))
    assert told == VERBS


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    named = {word for page in PAGES for word in re.findall(r"`make ([a-z-]+)", page.read_text(encoding="utf-8"))}
    assert named - targets == set()
    assert set(re.findall(r"^\$ make ([a-z-]+)", README, re.MULTILINE)) == {"demo", "test"}


def test_settings_exist_and_have_the_default_that_is_told() -> None:
    rows = re.findall(r"^\| `(DIDEBAN_\w+)` \| `?([^`|]+)`? \|", section("Configuration"), re.MULTILINE)
    assert rows
    defaults = {f"DIDEBAN_{name.upper()}": field.default for name, field in Settings.model_fields.items()}
    for name, told in rows:
        default = defaults[name]
        assert told.strip() == {"": "empty", None: "as delivered"}.get(default, str(default))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_page_names_only_settings_and_files_that_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"\bDIDEBAN_[A-Z_]+[A-Z]\b", text)) - {*variables(), *NOT_OURS} == set()
    links = {link.partition("#")[0] for link in re.findall(r"\]\((?!https?:)([^)]+)\)", text)} - {""}
    assert [link for link in sorted(links) if not (page.parent / link).exists()] == []


def test_the_alert_shown_is_one() -> None:
    shown = json.loads(re.search(r"```json\n(.+?)```", section("An alert"), re.DOTALL)[1])  # type: ignore[index]
    assert set(shown) <= {field.name for field in msgspec.structs.fields(Alert)}
    item = load_samples()[0].item
    book = load()
    moment = datetime(2026, 3, 4, 12, tzinfo=UTC)
    article = read(Incoming(value=item.value, arrived=moment, form=item.form), outlets=book.outlet_names)
    assert isinstance(article, Article)
    origin = Origin(topic="articles", partition=0, offset=0, received=moment)
    record = codec.mentions(judge(article, book), book.digest, origin)
    decisions = Machine(book.policy, book.facts, book.outlet_titles, book.anchors).apply(0, record)
    [alert] = [json.loads(msgspec.json.encode(one)) for one in decisions if isinstance(one, Alert)]
    alert["sources"] = [{name: source[name] for name in shown["sources"][0]} for source in alert["sources"]]
    told = set(shown) - {"id", "event"}  # digests
    assert {name: shown[name] for name in told} == {name: alert[name] for name in told}
    for evidence in shown["evidence"]:
        assert evidence["end"] - evidence["start"] == len(evidence["text"])
