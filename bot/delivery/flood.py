"""Notice a chat that sends more than anyone can read, and count what it still gets."""

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


class Counter:
    """Counts what chats did in the last minute, the same update once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._done: dict[str, deque[tuple[int, float]]] = {}

    def is_over(self, key: str, update_id: int, at: float) -> bool:
        """Count an update of a chat; tell whether it is one too many."""
        done = self._done.pop(key, None) or deque(maxlen=self._most + 1)
        self._done[key] = done  # the newest last, so that the one longest silent goes first
        if all(number != update_id for number, _ in done):
            done.append((update_id, at))
        if len(self._done) > _REMEMBERED:
            del self._done[next(iter(self._done))]
        # A clock that was set back says that it was in time to come: then that is no measure.
        return len(done) > self._most and 0 <= at - done[0][1] <= WINDOW


class Flood:
    """Tells how fast chats send. In memory: a restart forgives.

    What was written before `since` waited while the bot was away; its writer saw no answers and
    could not know when to stop, so that it does not count.
    """

    def __init__(self, since: float) -> None:
        self._since = since
        self._sent = Counter(MOST)
        self._alarms = Counter(MOST)
        self._erased: dict[str, tuple[int, float]] = {}  # by which update, and when
        self._warned: dict[str, int] = {}  # chats, and the update that was answered with a word

    def pace(self, key: str, update_id: int, at: float, now: float | None = None) -> Pace:
        """Count an update that was written `at`, and tell how fast its chat sends.

        An update may be asked about again, should its turn not be kept at the first try.
        """
        self._since = self._since if now is None else min(self._since, now)  # set back since then
        if at < self._since:
            return Pace.CALM
        if not self._sent.is_over(key, update_id, at):
            self._warned.pop(key, None)
            return Pace.CALM
        warned = self._warned.setdefault(key, update_id)
        if len(self._warned) > _REMEMBERED:
            del self._warned[next(iter(self._warned))]
        return Pace.TOO_FAST if warned == update_id else Pace.STILL_TOO_FAST

    def may_alarm(self, key: str, update_id: int, at: float) -> bool:
        """Count an emergency answer to who is not calm; False: as many stand there already."""
        return not self._alarms.is_over(key, update_id, at)

    def may_erase(self, key: str, update_id: int, at: float) -> bool:
        """Tell whether a chat may be erased: once a minute; the same update may ask again."""
        number, before = self._erased.get(key, (update_id, 0.0))
        if number != update_id and 0 <= at - before < WINDOW:
            return False
        self._erased.pop(key, None)
        self._erased[key] = update_id, at
        if len(self._erased) > _REMEMBERED:
            del self._erased[next(iter(self._erased))]
        return True
