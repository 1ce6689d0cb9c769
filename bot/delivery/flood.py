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
    """Counts what each chat wrote in the last minute. In memory: a restart forgives.

    What was written before `since` waited while the bot was away; its writer saw no answers and
    could not know when to stop, so that it does not count.
    """

    def __init__(self, since: float) -> None:
        self._since = since
        self._sent: dict[str, deque[tuple[int, float]]] = {}
        self._warned: dict[str, int] = {}  # chats, and the update that was answered with a word

    def pace(self, key: str, update_id: int, at: float) -> Pace:
        """Count an update that was written `at`, and tell how fast its chat sends.

        An update may be asked about again, should its turn not be kept at the first try.
        """
        if at < self._since:
            return Pace.CALM
        sent = self._sent.pop(key, None) or deque(maxlen=MOST + 1)
        self._sent[key] = sent  # the newest last, so that the one longest silent goes first
        if all(number != update_id for number, _ in sent):
            sent.append((update_id, at))
        if len(self._sent) > _REMEMBERED:
            oldest = next(iter(self._sent))
            del self._sent[oldest]
            self._warned.pop(oldest, None)
        if len(sent) <= MOST or at - sent[0][1] > WINDOW:
            self._warned.pop(key, None)
            return Pace.CALM
        warned = self._warned.setdefault(key, update_id)
        return Pace.TOO_FAST if warned == update_id else Pace.STILL_TOO_FAST
