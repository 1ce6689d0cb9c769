"""Notice a chat that sends more than anyone can read."""

from __future__ import annotations

from collections import deque
from enum import Enum, auto
from typing import Final

MOST: Final = 30  # messages and taps of one chat …
WINDOW: Final = 60.0  # … in so many seconds
_REMEMBERED: Final = 10_000  # chats heard from lately


class Pace(Enum):
    """How fast a chat sends."""

    CALM = auto()
    TOO_FAST = auto()  # since just now: worth one polite word
    STILL_TOO_FAST = auto()


class Flood:
    """Counts what each chat sent in the last minute. In memory: a restart forgives."""

    def __init__(self) -> None:
        self._sent: dict[str, deque[float]] = {}
        self._warned: set[str] = set()

    def pace(self, key: str, at: float) -> Pace:
        """Count one message of a chat, and tell how fast it sends."""
        sent = self._sent.pop(key, None) or deque(maxlen=MOST + 1)
        self._sent[key] = sent  # the newest last, so that the one longest silent goes first
        sent.append(at)
        if len(self._sent) > _REMEMBERED:
            oldest = next(iter(self._sent))
            del self._sent[oldest]
            self._warned.discard(oldest)
        if len(sent) <= MOST or at - sent[0] > WINDOW:
            self._warned.discard(key)
            return Pace.CALM
        if key in self._warned:
            return Pace.STILL_TOO_FAST
        self._warned.add(key)
        return Pace.TOO_FAST
