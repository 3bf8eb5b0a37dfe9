"""Starts a program that must not outlive its owner. Run as a script, on the standard library alone.

    python -I -S guard.py PIPE OWNER GRACE REMOVE PROGRAM ARGUMENT…

This process becomes PROGRAM, so that the owner's child is the program itself; a small watcher stays beside it and ends
it when the owner is gone, however that went (kill -9 too). PIPE is the number of an inherited descriptor whose other
end the owner keeps open; OWNER its process id; GRACE the seconds between SIGTERM and SIGKILL (0: SIGKILL at once);
REMOVE a folder to delete afterwards, or an empty word.

Linux's PR_SET_PDEATHSIG is not used: it follows the thread that forked, and owners start brokers from threads.
"""

import os
import select
import shutil
import signal
import sys
import time


def main(words: list[str]) -> None:
    """Becomes the program; does not return in the first process."""
    pipe, owner, grace, remove, *program = words
    try:
        owner_end = _pidfd(int(owner))
    except ProcessLookupError:
        sys.exit(1)
    if os.getppid() != int(owner):  # gone already, and its number may be another's
        sys.exit(1)
    me = os.getpid()
    me_end = _pidfd(me)
    if os.fork() == 0:
        os.setsid()
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(quiet, stream)
        _watch(int(pipe), owner_end, me, me_end, float(grace))
        if remove:
            shutil.rmtree(remove, ignore_errors=True)
        os._exit(0)
    os.close(int(pipe))
    os.execv(program[0], program)  # noqa: S606


def _pidfd(pid: int) -> int | None:
    """A descriptor that becomes readable when the process ends; only Linux has it, elsewhere the pipe has to do.

    The pipe alone would not see the owner's end where a process that the owner forked has inherited its other end.
    """
    return os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None


def _watch(pipe: int, owner_end: int | None, program: int, program_end: int | None, grace: float) -> None:
    """Returns when the program has ended after its owner; leaves at once where the owner says goodbye."""
    ends = [end for end in (pipe, owner_end, program_end) if end is not None]
    ready, _, _ = select.select(ends, [], [])
    if pipe in ready and os.read(pipe, 1):  # the owner stopped the program itself and looks after its folder
        os._exit(0)
    if program_end in ready and owner_end not in ready and pipe not in ready:
        # the program ended first: its folder still waits for the owner
        select.select([end for end in (pipe, owner_end) if end is not None], [], [])
        if pipe in select.select([pipe], [], [], 0)[0] and os.read(pipe, 1):
            os._exit(0)
        return
    if grace:
        _signal(program, signal.SIGTERM)
        deadline = time.monotonic() + grace
        while os.getppid() == program and time.monotonic() < deadline:
            time.sleep(0.05)
    _signal(program, signal.SIGKILL)
    while os.getppid() == program:  # its files stay open until it is gone
        time.sleep(0.01)


def _signal(program: int, number: int) -> None:
    """Never hits a stranger that got the number later: the watcher is the program's own child while that lives."""
    if os.getppid() == program:
        try:
            os.kill(program, number)
        except ProcessLookupError:
            return


if __name__ == "__main__":
    main(sys.argv[1:])
