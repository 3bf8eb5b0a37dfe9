"""Files of controls: what changes in them goes to the log, once, from whoever holds it."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from stream.core.controls import Control, Selector
from stream.rulebook_reader import RulebookError, load
from stream.rulebook_reader.controls import Names, WrongControl, moment, read_controls, span
from stream.service import codec
from stream.service.control_files import ControlFiles
from tests.service.fakes import MOMENT, Producer, raw

NAMES = Names(load())
MUTE = "- mute: {type: economy, outlet: تسنیم}\n  until: 2026-06-01T18:00\n  who: سردبیر شب\n  because: گزارش روزانه\n"
WATCH = "- watch: {pair: [ایران, USA]}\n  who: میز دیپلماسی\n  because: گفت‌وگوها\n"


class World:
    """A file of controls, the log as a list, and the machine's controls as far as the log goes."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "controls.yaml"
        self.producer = Producer()
        self.force: list[Control] = []
        self.ours = True
        self.files = ControlFiles(
            self.path, "mentions", NAMES, self.producer, lambda: self.ours, lambda: tuple(self.force), lambda: MOMENT
        )
        self._number = 0

    def write(self, text: str) -> None:
        """Write the file; it looks changed even within one tick of the file system's clock."""
        self._number += 1
        self.path.write_text(f"# {'x' * self._number}\n{text}", "utf-8")

    async def sent(self) -> list[str]:
        """What is sent at a look, in words; it comes into force."""
        self.producer.sent.clear()
        await self.files.look()
        words: list[str] = []
        for out in self.producer.sent:
            control = codec.decode_entry(raw(out.value))
            assert isinstance(control, Control)
            assert control.source == "file"
            self.force = [one for one in self.force if one.id != control.target]
            self.force += [control] if control.action in ("mute", "watch") else []
            words.append(control.action)
        return words


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


async def test_what_is_new_is_sent_and_what_is_gone_is_lifted(world: World) -> None:
    assert await world.sent() == []
    world.write(MUTE)
    assert await world.sent() == ["mute"]
    assert await world.sent() == []
    world.write(MUTE + WATCH)
    assert await world.sent() == ["watch"]
    world.write(WATCH)
    assert await world.sent() == ["unmute"]
    world.path.unlink()
    assert await world.sent() == ["unwatch"]


async def test_who_gets_the_log_sends_only_what_is_not_in_force(world: World) -> None:
    world.write(MUTE + WATCH)
    world.ours = False
    assert await world.sent() == []
    world.ours = True
    assert await world.sent() == ["mute", "watch"]
    other = ControlFiles(
        world.path, "mentions", NAMES, world.producer, lambda: True, lambda: tuple(world.force), lambda: MOMENT
    )
    world.producer.sent.clear()
    await other.look()
    assert world.producer.sent == []


async def test_what_the_newsroom_asked_for_by_command_stays(world: World) -> None:
    asked = Control(action="mute", who="x", because="y", at=MOMENT, select=Selector(type="attack"), id="1")
    world.force.append(asked)
    world.write(WATCH)
    assert await world.sent() == ["watch"]


async def test_a_faulty_file_changes_nothing(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.write(MUTE)
    await world.sent()
    world.write("- mute: {type: econmy}\n  until: 2026-06-01T18:00\n  who: x\n  because: y\n")
    assert await world.sent() == []
    assert [one.action for one in world.force] == ["mute"]


async def test_a_folder_and_what_has_ended(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(MUTE, "utf-8")
    (tmp_path / "b.yaml").write_text("# همه یادداشت\n", "utf-8")
    (tmp_path / "c.yaml").write_text(WATCH + "  until: 2026-05-01T18:00\n", "utf-8")
    (tmp_path / "notes.txt").write_text("x", "utf-8")
    [mute] = read_controls(tmp_path, NAMES, MOMENT)
    assert mute.select == Selector(type="economy", outlet="tasnim")
    assert mute.until is not None
    assert mute.until.isoformat() == "2026-06-01T18:00:00+03:30"
    assert read_controls(tmp_path, NAMES, MOMENT + timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "- mute: {type: econmy}\n  until: 2026-06-01T18:00\n  who: x\n  because: y\n",
            "nothing is called 'econmy'; did",
        ),
        ("- mute: {typ: economy}\n  until: 2026-06-01T18:00\n  who: x\n  because: y\n", "unknown key 'typ'; did you"),
        ("- mute: {type: economy}\n  who: x\n  because: y\n", "a mute needs an end"),
        ("- mute: {}\n  until: 2026-06-01T18:00\n  who: x\n  because: y\n", "it selects nothing"),
        ("- mute: {type: economy}\n  until: soon\n  who: x\n  because: y\n", "'soon' is no time"),
        ("- mute: {type: economy}\n  until: '18:00'\n  who: x\n  because: y\n", "write the day too"),
        (
            "- mute: {type: economy}\n  level: flash\n  until: 2026-06-01T18:00\n  who: x\n  because: y\n",
            "level belongs",
        ),
        ("- who: x\n  because: y\n", "either mute or watch"),
        ("- watch: {pair: [IRN]}\n  who: x\n  because: y\n", "two parties are wanted"),
        ("- watch: {type: 5}\n  who: x\n  because: y\n", "expected a text, found 5"),
        ("- watch: {type: attack}\n  who: ' '\n  because: y\n", "say who asks for it"),
        ("- watch: {type: attack}\n  because: y\n", "missing key 'who'"),
    ],
)
def test_faults_are_said_with_file_and_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "controls.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(RulebookError, match=said) as caught:
        read_controls(path, NAMES, MOMENT)
    assert str(caught.value).startswith(f"{path}:1")


@pytest.mark.parametrize(
    ("field", "word", "id_"),
    [
        ("type", "attack", "attack"),
        ("type", "attack.armed", "attack.armed"),
        ("type", "حملهٔ نظامی", "attack.armed"),
        ("party", "ایران", "IRN"),
        ("party", "HAMAS", "HAMAS"),
        ("party", "حماس", "HAMAS"),
        ("place", "تنگه هرمز", "hormuz"),
        ("outlet", "تسنیم", "tasnim"),
        ("desk", "اقتصاد", "economy"),
    ],
)
def test_names_are_ids_or_as_they_are_printed(field: str, word: str, id_: str) -> None:
    assert NAMES.id_of(field, word) == id_


def test_times() -> None:
    assert moment("18:00", MOMENT).isoformat() == "2026-06-01T18:00:00+03:30"
    assert moment("9:00", MOMENT).isoformat() == "2026-06-02T09:00:00+03:30"
    assert moment("2026-06-01 18:00", MOMENT) == moment("2026-06-01T14:30Z", MOMENT)
    assert (span("90m"), span("3d")) == (timedelta(minutes=90), timedelta(days=3))
    for wrong in ("", "2", "0h", "2 weeks"):
        with pytest.raises(WrongControl):
            span(wrong)


def test_a_control_comes_back_from_the_log() -> None:
    control = Control(action="watch", who="x", because="y", at=MOMENT, select=Selector(pair=("IRN", "USA")))
    assert codec.decode_entry(raw(codec.encode(control))) == control
    assert msgspec.json.decode(codec.encode(control))["kind"] == "control"
