"""uvloop for every loop of the process, by asyncio's policy: Faust makes loops of its own in threads.

`uvloop.install()` warns from Python 3.12 on; the policy does the same and is clean up to 3.13.
"""

import asyncio
import sys

import uvloop


def use_uvloop() -> None:
    """Make uvloop the loop of this process. Call it before Faust is imported."""
    if "faust" in sys.modules:
        raise RuntimeError("uvloop must be set before Faust is imported")
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
