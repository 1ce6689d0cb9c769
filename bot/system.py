"""What differs from system to system: how a process is stopped, its event loop, its terminal."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Final, TextIO

# Windows alone knows the last one, for Ctrl-Break and for services that are ended.
_ENDS: Final = ("SIGTERM", "SIGINT", "SIGBREAK")


def stop_when_asked(stop: asyncio.Event) -> None:
    """Set `stop` when this process is asked to end; called in the loop that waits for it."""
    loop = asyncio.get_running_loop()

    def wake(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stop.set)

    for number in (getattr(signal, name) for name in _ENDS if hasattr(signal, name)):
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # the loops of Windows
            signal.signal(number, wake)


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Return what makes the fastest event loop that is installed; None for Python's own."""
    try:
        import uvloop
    except ImportError:  # not made for Windows
        return None
    return uvloop.new_event_loop


def runs_as_root() -> bool:
    """Tell whether this process may do everything on this machine."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def open_private(path: Path) -> TextIO:
    """Open a file to write it anew, which only its user may read; no link is followed.

    Errors: OSError.
    """
    flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    number = os.open(path, flags, 0o600)
    try:
        if hasattr(os, "fchmod") and stat.S_ISREG(os.fstat(number).st_mode):
            os.fchmod(number, 0o600)  # before the first word: it may have been there already
            os.ftruncate(number, 0)
        return os.fdopen(number, "w", encoding="utf-8")
    except BaseException:
        os.close(number)
        raise


def shows_bold() -> bool:
    """Tell whether what is printed goes to a terminal that surely knows bold type."""
    return sys.stdout.isatty() and os.name != "nt"


def write_anything() -> None:
    """Print a letter that the terminal does not know as a question mark, and read likewise."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
