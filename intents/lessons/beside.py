"""Read batches in two processes at once: the interpreter lets threads read only in turn."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import warnings
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Final

from intents.lessons.batches import Batch
from intents.lessons.lessons import Lessons

_FEW: Final = 2000  # lines that are read sooner than another process has begun

Read = Callable[[Batch], Lessons]


def read_all(batches: Sequence[Batch], read: Read) -> list[Lessons]:
    """Return what each batch teaches, whoever read it."""
    lines = sum(len(batch.lines) for batch in batches)
    if lines < _FEW or not _may_fork():
        return [read(batch) for batch in batches]
    # One that starts as a copy of this one needs nothing handed over. It ends when it has said
    # what it read, or when nobody listens any more.
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    helper = context.Process(target=_say, args=(batches[1::2], read, here, there), daemon=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads, which NumPy may have
        helper.start()
    there.close()
    found: list[Lessons | None] = [None] * len(batches)
    found[::2] = [read(batch) for batch in batches[::2]]
    try:
        found[1::2] = here.recv()
    except EOFError:  # it was killed
        found[1::2] = [read(batch) for batch in batches[1::2]]
    finally:
        here.close()
        helper.join()
    return [lessons for lessons in found if lessons is not None]


def _may_fork() -> bool:
    """Tell whether a copy of this process is possible, safe, and has a processor to run on."""
    # Another thread may hold what the copy waits for; a daemon only shows that time passes.
    threads = [thread for thread in threading.enumerate() if not thread.daemon]
    if "fork" not in multiprocessing.get_all_start_methods() or len(threads) > 1:
        return False
    try:
        return len(os.sched_getaffinity(0)) > 1
    except AttributeError:  # not on every system
        return False


def _say(batches: Sequence[Batch], read: Read, unused: Connection, there: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever stops both is told so once
    unused.close()
    try:
        there.send([read(batch) for batch in batches])
    except BrokenPipeError:
        return
