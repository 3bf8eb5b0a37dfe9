"""`dideban check`: faults with file and line, idle phrases, exit codes."""

from pathlib import Path

import pytest

from stream.__main__ import main
from stream.rulebook_reader.book import SHIPPED

RULE = (SHIPPED / "TEMPLATE.yaml").read_text(encoding="utf-8").replace("id: TEMPLATE", "id: town_taken", 1)
FILE = "security/town_taken.yaml"


def checked(folder: Path, text: str, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[str]]:
    """Exit code and lines for an own rulebook with one rule."""
    path = folder / FILE
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    code = main(["check", str(folder), "--rule", "town_taken", *words])
    return code, capsys.readouterr().out.splitlines()


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def changed(old: str, new: str) -> str:
    assert old in RULE
    return RULE.replace(old, new, 1)


def test_a_clean_rule_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = checked(tmp_path, RULE, capsys)
    assert (code, lines) == (0, ["1 rule, 7 examples, 0 errors, 0 warnings, 0 idle phrases of 7"])


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        pytest.param(
            changed("تصرف خواهد کرد", "تصرف کرد"),
            "هفته آینده تصرف",
            "should stay silent, but fired on «تصرف کرد»",
            id="loud",
        ),
        pytest.param(
            changed("پایگاه مهم را در غرب کشور تصرف کرد", "پایگاه مهم را در غرب کشور دید"),
            "در غرب کشور دید",
            "should fire, but stayed silent: no trigger found",
            id="silent",
        ),
        pytest.param(
            changed("actors: [SDN]", "actors: [TCD]"), "غرب کشور تصرف", "fired as happened, current", id="parties"
        ),
        pytest.param(
            changed("because: planned", "because: denied"), "هفته آینده", "silent, but because of", id="another reason"
        ),
        pytest.param(
            changed("ناشناس خانه‌ای در شهر را تصرف کرد", "ناشناس به شهر رفت"),
            "ناشناس به شهر",
            "never came near",
            id="far",
        ),
        pytest.param(changed("because: planned", "because: planed"), "planed", "unknown reason 'planed'", id="because"),
        pytest.param(
            changed('because: "excluded: property"', 'because: "excluded: goods"'),
            "excluded: goods",
            "unknown reason 'excluded: goods'",
            id="a group that is not there",
        ),
        pytest.param(
            changed("    - تصرف کرد\n", "    - تصرف کرد\n    - تصرف کردند\n"),
            "- تصرف کردند",
            "«تصرف کردند» is matched like «تصرف کرد» in detect.triggers; delete one of them",
            id="twice",
        ),
        pytest.param(
            changed("    - روستا\n", "    - نخلستانهای\n    - روستا\n"),
            "- نخلستانهای",
            "with its glued ending never matches «نخلستان‌های»",
            id="glued plural",
        ),
        pytest.param(
            changed(
                "  silent:\n",
                "    - text: ارتش سودان امروز یک پایگاه مهم را در غرب کشور تصرف کرد.\n      actors: [SDN]\n  silent:\n",
            ),
            "      actors: [SDN]\n  silent",
            "this example stands twice",
            id="an example twice",
        ),
    ],
)
def test_a_fault_has_file_line_and_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, at: str, message: str
) -> None:
    code, lines = checked(tmp_path, text, capsys)
    start = f"{FILE}:{line_of(text, at)}: "
    if at.startswith("      actors"):
        start = f"{FILE}:{line_of(text, at) - 1}: "
    assert code == 1
    assert [line for line in lines if line.startswith(start) and message in line], lines
    assert "0 errors" not in lines[-1]


def test_too_few_examples(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head, _, silent = RULE.partition("  silent:\n")
    text = f"{head}  silent:\n{silent[: silent.index('    - text', 10)]}"
    code, lines = checked(tmp_path, text, capsys)
    assert code == 1
    assert f"{FILE}:{line_of(text, '  silent:')}: 1 silent examples; at least 3 are needed" in lines


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        pytest.param(
            changed("    - تصرف کرد\n", "    - تصرف کرد\n    - وارد … شد\n"),
            "- وارد … شد",
            "warning: «وارد … شد» takes any verb with «شد» after the gap",
            id="a lone light verb",
        ),
        pytest.param(
            changed("  unless:\n", "    - تصرفات\n    - پایگاهی\n  unless:\n"),
            "- پایگاهی",
            "warning: «پایگاهی»: «پایگاهی» counts as a word of its own",
            id="a word with an ending",
        ),
    ],
)
def test_a_warning_fails_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, at: str, message: str
) -> None:
    code, lines = checked(tmp_path, text, capsys)
    assert code == 0
    assert any(line.startswith(f"{FILE}:{line_of(text, at)}: {message}") for line in lines), lines


def test_idle_phrases_are_counted_and_named_when_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = changed("    - روستا\n", "    - روستا\n    - بندر\n")
    code, lines = checked(tmp_path, text, capsys)
    assert (code, lines) == (0, ["1 rule, 7 examples, 0 errors, 0 warnings, 1 idle phrase of 8 (--idle names them)"])
    code, lines = checked(tmp_path, text, capsys, "--idle")
    assert code == 0
    assert lines[0] == f"{FILE}:{line_of(text, '- بندر')}: idle: «بندر»: no example notices its deletion"


def test_a_file_that_cannot_be_read_stops_the_examples(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = changed("triggers:", "trigers:")
    code, lines = checked(tmp_path, text, capsys)
    assert code == 1
    assert f"{FILE}:{line_of(text, 'trigers:')}: unknown key 'trigers'; did you mean 'triggers'?" in lines


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("security/note.txt", "move it out of the rulebook", id="a note"),
        pytest.param("security/rule.yml", "call it .yaml", id="another ending"),
        pytest.param("lexicon/cities.yaml", "the lexicon's files are classes.yaml", id="an unknown lexicon"),
        pytest.param("security/policy.yaml", "belongs directly into the rulebook's folder", id="a policy elsewhere"),
    ],
)
def test_a_file_that_nothing_reads_is_a_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, said: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("x", encoding="utf-8")
    code, lines = checked(tmp_path, RULE, capsys)
    assert code == 1
    assert any(line.startswith(f"{name}: is not read: ") and said in line for line in lines), lines


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["no-such-folder"], "no such folder", id="folder"),
        pytest.param(["--rule", "contact_cal"], "there is no rule 'contact_cal'; known are ", id="rule"),
    ],
)
def test_wrong_use_ends_it_with_2(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *words]) == 2
    assert said in capsys.readouterr().err


def test_the_shipped_folder_may_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(SHIPPED), "--rule", "contact_call"]) == main(["check", "--rule", "contact_call"])
    first, second = [line for line in capsys.readouterr().out.splitlines() if line.startswith("1 rule, ")]
    assert first == second
