"""What differs from system to system: how a process is stopped, its event loop, its terminal."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Final

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


def shows_bold() -> bool:
    """Tell whether what is printed goes to a terminal that surely knows bold type."""
    return sys.stdout.isatty() and os.name != "nt"


def write_anything() -> None:
    """Print a letter that the terminal does not know as a question mark, and read likewise."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
