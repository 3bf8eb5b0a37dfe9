"""The life of alerts on a real Kafka, with one worker that is never restarted: mutes, watches, embargoes, kills, files."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.integration.support import Topics, Worker
from tests.integration.test_commands import dideban
from tests.integration.texts import call

DESK = "alerts.diplomacy"
BECAUSE = ("--because", "آزمون", "--who", "سردبیر")


class Desk:
    """The alerts of the desk, as the test goes on."""

    def __init__(self, topics: Topics, worker: Worker) -> None:
        self._topics = topics
        self._worker = worker
        self._seen = 0

    def next(self, what: str) -> dict[str, Any]:
        """The next alert, as soon as it is there."""
        self._worker.until(what, lambda: sum(self._topics.ends(DESK)) > self._seen)
        found: dict[str, Any] = self._topics.read(DESK)[self._seen].json
        self._seen += 1
        return found

    def quiet(self) -> bool:
        """Whether nothing has come since."""
        self._topics.settle()
        return sum(self._topics.ends(DESK)) == self._seen


def held(worker: Worker, reason: str) -> float:
    """How many decisions to send nothing had this reason."""
    return worker.metric(f'dideban_holds_total{{reason="{reason}"}}')


def test_the_newsroom_steers_a_running_worker(topics: Topics, worker: Callable[..., Worker], tmp_path: Path) -> None:
    files = tmp_path / "controls.yaml"
    running = worker(TICK="1", CONTROLS=str(files)).ready()
    desk = Desk(topics, running)

    # muted, and told after the mute was ended
    muted = dideban(topics, "mute", "--pair", "ایران", "IRQ", "--for", "1h", *BECAUSE)
    assert muted.returncode == 0, muted.stderr
    topics.send("articles", call("m1", "ایران", "عراق"))
    running.until("the alert is held", lambda: held(running, "muted") == 1)
    assert desk.quiet()
    [listed] = json.loads(running.page("/controls")[1])
    assert (listed["id"], listed["who"], listed["because"]) == (muted.stdout.strip(), "سردبیر", "آزمون")
    assert dideban(topics, "unmute", muted.stdout.strip(), *BECAUSE).returncode == 0
    topics.send("articles", call("m2", "ایران", "عراق"))
    assert desk.next("the mute has ended")["kind"] == "create"

    # watched: the level is raised, and says by whom
    plain = desk_level(topics, desk, "w1", "قطر")
    watched = dideban(topics, "watch", "--pair", "IRN", "OMN", "--level", "flash", *BECAUSE)
    assert watched.returncode == 0, watched.stderr
    topics.send("articles", call("w2", "ایران", "عمان"))
    raised = desk.next("the watched alert")
    assert (plain != "flash", raised["level"]) == (True, "flash")
    assert any("سردبیر" in step for step in raised["why"])

    # embargoed: nothing else comes, a tick releases it
    until = datetime.now(UTC) + timedelta(seconds=4)
    topics.send("articles", ninjs("e1", "ترکیه", embargoed=until.isoformat()))
    running.until("the article waits", lambda: held(running, "embargoed") == 1)
    assert desk.quiet()
    released = desk.next("the embargo has ended")
    assert datetime.fromisoformat(released["received"]) >= until
    assert [source["uri"] for source in released["sources"]] == ["urn:test:e1"]

    # killed by its source: the cancel reaches the desk, past a mute from a file
    files.write_text(
        "- mute: {pair: [IRN, TUR]}\n  until: 2036-01-01T00:00\n  who: سردبیر شب\n  because: آزمون\n", "utf-8"
    )
    running.until("the file is in force", lambda: any(line.get("source") == "file" for line in running.lines()))
    topics.send("articles", ninjs("e1", "ترکیه", version="2", pubStatus="canceled"))
    cancelled = desk.next("the cancel")
    assert (cancelled["kind"], cancelled["references"]) == ("cancel", [released["id"]])
    assert cancelled["taken_back"]["by"] == "source"
    topics.send("articles", call("f1", "ایران", "ترکیه"))
    running.until("the file's mute holds", lambda: held(running, "muted") == 2)

    # taken back by the newsroom
    assert dideban(topics, "retract", raised["id"], *BECAUSE).returncode == 0
    retracted = desk.next("the newsroom's cancel")
    assert (retracted["kind"], retracted["event"]) == ("cancel", raised["event"])
    assert retracted["taken_back"] == {"by": "newsroom", "who": "سردبیر", "because": "آزمون"}

    changes = [line for line in running.lines() if line.get("message") == "control"]
    assert [line["asks"].split()[0] for line in changes] == ["mute", "unmute", "watch", "mute", "retract"]
    assert all(line["who"] and line["because"] for line in changes)
    assert sum(line.get("message") == "web listening" for line in running.lines()) == 1  # it never was restarted


def desk_level(topics: Topics, desk: Desk, number: str, other: str) -> str:
    """The level of a call that nobody watches."""
    topics.send("articles", call(number, "ایران", other))
    return str(desk.next("an alert that nobody watches")["level"])


def ninjs(number: str, other: str, **more: str) -> dict[str, Any]:
    """A call as a ninjs record, whose version, status and embargo can be told."""
    plain = json.loads(call(number, "ایران", other)["value"])
    value: dict[str, Any] = {
        "uri": f"urn:test:{number}",
        "version": "1",
        "headlines": [{"role": "main", "value": plain["title"]}],
        "bodies": [{"role": "main", "contentType": "text/plain", "value": plain["body"]}],
        **more,
    }
    return {"key": value["uri"].encode(), "value": json.dumps(value, ensure_ascii=False).encode()}


def test_a_control_is_in_force_within_a_second(topics: Topics, worker: Callable[..., Worker]) -> None:
    running = worker().ready()
    asked = dideban(topics, "watch", "--type", "contact", "--level", "flash", *BECAUSE)
    assert asked.returncode == 0, asked.stderr
    started = time.monotonic()
    running.until("it is logged", lambda: any(line.get("message") == "control" for line in running.lines()))
    assert time.monotonic() - started < 1


def test_wrong_use_is_said_in_a_sentence(topics: Topics) -> None:
    for words, said in (
        (("mute", "--type", "econmy", "--for", "1h", *BECAUSE), "nothing is called 'econmy'; did you mean 'economy'?"),
        (("mute", "--for", "1h", *BECAUSE), "it selects nothing"),
        (("mute", "--type", "attack", "--for", "soon", *BECAUSE), "'soon' is no length of time"),
        (("watch", "--type", "attack", "--until", "2020-01-01T00:00", *BECAUSE), "has passed"),
    ):
        refused = dideban(topics, *words)
        assert refused.returncode == 2
        assert said in refused.stderr
    assert dideban(topics, "mute", "--type", "attack", *BECAUSE).returncode == 2
    nowhere = dideban(topics, "watch", "--type", "attack", *BECAUSE)
    assert (nowhere.returncode, "There is no topic" in nowhere.stderr) == (1, True)
