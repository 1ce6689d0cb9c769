"""What a terminal shows while something takes long, and how Ctrl-C ends that at once."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Final, TypeVar

INTERRUPTED: Final = 130  # the exit code that shells give to who was stopped by Ctrl-C
_STOPPED: Final = "Stopped. The next start goes on from what was learned so far."
_TICK: Final = 0.5  # seconds

T = TypeVar("T")


def shown(work: Sequence[T], title: str) -> Iterable[T]:
    """Return the work behind a bar that a terminal shows and nothing else does."""
    from tqdm import tqdm

    return tqdm(work, desc=title, leave=False, disable=None, file=sys.stderr)


@contextmanager
def learning(title: str = "Learning") -> Iterator[None]:
    """Show the time that has passed meanwhile; Ctrl-C ends the program, with one line."""
    done = threading.Event()
    clock = threading.Thread(target=_show_time, args=(title, done), daemon=True)
    with _leaving_at_once():
        clock.start()
        try:
            yield
        finally:
            done.set()
            clock.join()


def _show_time(title: str, done: threading.Event) -> None:
    from tqdm import tqdm

    bar = "{desc}: {elapsed}"
    with tqdm(desc=title, bar_format=bar, leave=False, disable=None, file=sys.stderr) as line:
        while not done.wait(_TICK):
            line.refresh()


@contextmanager
def _leaving_at_once() -> Iterator[None]:
    """Take Ctrl-C meanwhile, unless it is ignored or this is not the main thread."""
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler or not _is_main_thread():
        yield
        return
    signal.signal(signal.SIGINT, _leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _is_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _leave(number: int, frame: FrameType | None) -> None:
    """Exit without waiting for the threads that learn: they would go on for a minute."""
    with suppress(RuntimeError, OSError):  # it may be in the middle of a flush
        sys.stdout.flush()
    with suppress(OSError):
        os.write(2, f"\n{_STOPPED}\n".encode())
    os._exit(INTERRUPTED)
