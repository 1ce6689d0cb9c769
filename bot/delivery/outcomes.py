"""What comes of an attempt at a call, how long to wait after one that failed, and our faults."""

from __future__ import annotations

import random
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

FIRST_PAUSE: Final = 0.5  # seconds after a failure, doubled each time, with jitter
LONGEST_PAUSE: Final = 10.0


@dataclass(frozen=True, slots=True)
class Done:
    """The channel took the call, or there is nothing left to do."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The chat cannot be written to any more: blocked, deleted, never begun."""


@dataclass(frozen=True, slots=True)
class Wait:
    """The channel wants no call for this chat for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Failed:
    """No answer or a broken one; the call may succeed later."""

    reason: str


@dataclass(frozen=True, slots=True)
class Held:
    """An answer was given up for now; try the update again in so many seconds."""

    seconds: float


Outcome = Done | Gone | Wait | Failed  # of one call
End = Done | Gone | Held  # of all calls that answer an update


def pause_after(failures: int, chance: Callable[[], float] = random.random) -> float:
    """Return how long to wait after so many failures in a row, in seconds."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(failures - 1, 16)) * (0.5 + chance() / 2)


def where(error: BaseException) -> str:
    """Name a fault of ours and its place; its message is left out, as it may quote a user."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return f"{type(error).__name__} at " + " < ".join(
        f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in reversed(frames)
    )
