"""The agents' body: acknowledged in order and last, and never what failed."""

import asyncio
from collections.abc import Awaitable

import pytest

from stream.service.app import fail_stop, work
from stream.service.codec import Raw
from stream.service.exits import Exit
from stream.service.metrics import Metrics, Progress
from stream.service.sender import SendFailed
from stream.service.state import LogUnreadable
from tests.service.fakes import Stream, raw


async def drive(stream: Stream, begin: object, ends: list[Exit]) -> list[int]:
    """Run an agent's body to the end of its stream, let what is under way finish; give what it yielded."""
    progress = Progress(Metrics())
    agent = work(begin, progress, ends.append)  # type: ignore[arg-type]
    yielded = []
    async for offset in agent(stream):
        yielded.append(offset)
        for _ in range(5):
            await asyncio.sleep(0)
    return yielded


async def test_every_record_is_yielded_and_acknowledged_once() -> None:
    stream, ends = Stream([raw(b"x", offset=n) for n in range(5)]), list[Exit]()

    async def begin(_: Raw) -> None:
        return None

    assert await drive(stream, begin, ends) == [0, 1, 2, 3, 4]
    assert stream.acked == [0, 1, 2, 3, 4]
    assert ends == []


async def test_acknowledgement_keeps_the_order_of_the_log_when_sends_end_out_of_order() -> None:
    answers = [asyncio.get_running_loop().create_future() for _ in range(3)]
    stream, ends = Stream([raw(b"x", offset=n) for n in range(3)]), list[Exit]()

    async def begin(record: Raw) -> Awaitable[None]:
        if record.offset == 2:
            answers[2].set_result(None)
            answers[1].set_result(None)
            assert stream.acked == []
            answers[0].set_result(None)
        return answers[record.offset]

    await drive(stream, begin, ends)
    assert stream.acked == [0, 1, 2]


async def test_nothing_from_a_failed_send_on_is_acknowledged() -> None:
    stream, ends = Stream([raw(b"x", offset=n) for n in range(4)]), list[Exit]()

    async def lost() -> None:
        raise SendFailed("mentions", TimeoutError("no answer"))

    async def begin(record: Raw) -> Awaitable[None] | None:
        return lost() if record.offset == 1 else None

    await drive(stream, begin, ends)
    assert ends == [Exit.SEND_FAILED]
    assert stream.acked == [0]


async def test_a_record_whose_work_fails_is_not_acknowledged() -> None:
    stream, ends = Stream([raw(b"x", offset=0)]), list[Exit]()

    async def begin(_: Raw) -> None:
        raise LogUnreadable("gone")

    await drive(stream, begin, ends)
    assert ends == [Exit.LOG_UNREADABLE]
    assert stream.acked == []


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SendFailed("alerts", TimeoutError()), Exit.SEND_FAILED),
        (LogUnreadable("gone"), Exit.LOG_UNREADABLE),
        (ZeroDivisionError("a defect"), Exit.CRASHED),
    ],
)
def test_every_failure_has_its_exit_code(error: Exception, code: Exit) -> None:
    ends: list[Exit] = []
    fail_stop(error, ends.append)
    assert ends == [code]


def test_progress_tells_what_waits_for_a_commit() -> None:
    progress = Progress(Metrics())
    waiting = [progress.waiting]
    progress.done("articles", 0, 4)
    waiting.append(progress.waiting)
    assert progress.position("articles", 0) == 5
    progress.committed["articles", 0] = 5
    waiting.append(progress.waiting)
    assert waiting == [False, True, False]
    progress.committed["articles", 1] = 9
    assert progress.position("articles", 1) == 9
    progress.keep_only([("articles", 1)])
    assert progress.position("articles", 0) is None
