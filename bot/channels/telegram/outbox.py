"""What waits to be sent: in order within a chat, emergency answers first, no chat for another."""

from __future__ import annotations

import asyncio
import heapq
import logging
import math
import random
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from bot.channels.telegram.metrics import Metrics
from bot.channels.telegram.render import AnswerTap, Call, EditKeyboard, SendText
from bot.channels.telegram.transport import Done, Failed, Gone, Outcome, Transport, Wait

log = logging.getLogger(__name__)

AT_ONCE: Final = 256
FIRST_PAUSE: Final = 0.5  # seconds after a failure, doubled each time, with jitter
LONGEST_PAUSE: Final = 10.0
URGENT_PAUSE: Final = 2.0  # the longest before an emergency answer is tried again
TAP_ATTEMPTS: Final = 2


@dataclass(frozen=True, slots=True)
class Held:
    """A parcel was given up for now; try again in so many seconds."""

    seconds: float


@dataclass(eq=False, slots=True)
class Parcel:
    """The calls that answer one update, what is left of them first."""

    chat: int
    update_id: int
    calls: deque[Call]
    deadline: float  # of the loop's clock; past it the parcel is given back as Held
    sent: asyncio.Future[Done | Gone | Held]
    begun: float  # of the loop's clock
    failures: int = 0

    @property
    def urgent(self) -> bool:
        """Whether an emergency answer is still in it."""
        return any(isinstance(c, SendText) and c.urgent for c in self.calls)


class Places:
    """So many calls at once; of those who wait, the urgent are let in first."""

    def __init__(self, count: int = AT_ONCE) -> None:
        self._free = count
        self._waiting: list[tuple[bool, int, asyncio.Future[None]]] = []
        self._arrivals = 0

    @asynccontextmanager
    async def one(self, *, urgent: bool) -> AsyncIterator[None]:
        """Hold a place."""
        if self._free:
            self._free -= 1
        else:
            await self._wait(urgent)
        try:
            yield
        finally:
            self._pass_on()

    async def _wait(self, urgent: bool) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._arrivals += 1
        heapq.heappush(self._waiting, (not urgent, self._arrivals, turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        while self._waiting:
            turn = heapq.heappop(self._waiting)[2]
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1


def pause_after(failures: int, chance: Callable[[], float] = random.random) -> float:
    """Return how long to wait after so many failures in a row, in seconds."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(failures - 1, 16)) * (0.5 + chance() / 2)


@dataclass(eq=False, slots=True)
class Outbox:
    """The parcels of one chat, and the tasks that send them while there are any.

    Those with an emergency answer have a line of their own: it waits for no ordinary call, not
    even for one that is under way and gets no answer. The ordinary line waits for it.
    """

    chat: int
    transport: Transport
    places: Places
    metrics: Metrics
    ordinary: list[Parcel] = field(default_factory=list)
    urgent: list[Parcel] = field(default_factory=list)
    not_before: float = 0.0
    couriers: dict[bool, asyncio.Task[None]] = field(default_factory=dict)  # urgent or not

    @property
    def parcels(self) -> list[Parcel]:
        """Everything that is not sent yet, in the order of sending."""
        return [*self.urgent, *self.ordinary]

    def post(self, update_id: int, calls: tuple[Call, ...], deadline: float) -> Parcel:
        """Queue the calls that answer an update; those of an update queued already stay one."""
        for parcel in self.parcels:
            if parcel.update_id == update_id:
                parcel.deadline = max(parcel.deadline, deadline)
                return parcel
        loop = asyncio.get_running_loop()
        parcel = Parcel(
            self.chat, update_id, deque(calls), deadline, loop.create_future(), loop.time()
        )
        if not calls:
            parcel.sent.set_result(Done())
            return parcel
        urgent = parcel.urgent
        line = self.urgent if urgent else self.ordinary
        line.append(parcel)
        if urgent not in self.couriers or self.couriers[urgent].done():
            self.couriers[urgent] = loop.create_task(self._run(line))
        return parcel

    async def _run(self, line: list[Parcel]) -> None:
        clock = asyncio.get_running_loop().time
        while line:
            parcel = line[0]
            wait = self.not_before - clock()
            if wait > 0:
                if self.not_before > parcel.deadline:
                    self._close(parcel, Held(wait))
                else:
                    await asyncio.sleep(wait)
                continue
            if self.urgent and line is self.ordinary:
                await self._stand_back(parcel)
                continue
            call = parcel.calls[0]
            urgent = isinstance(call, SendText) and call.urgent
            async with self.places.one(urgent=urgent):
                outcome = await self.transport.attempt(self.chat, call)
            if parcel in line:  # not so if another call found that the chat is gone
                await self._settle(parcel, outcome)

    async def _stand_back(self, parcel: Parcel) -> None:
        """Wait for an emergency answer to be sent."""
        left = parcel.deadline - asyncio.get_running_loop().time()
        if left <= 0:
            self._close(parcel, Held(FIRST_PAUSE))
        else:
            await asyncio.wait((self.urgent[0].sent,), timeout=None if math.isinf(left) else left)

    async def _settle(self, parcel: Parcel, outcome: Outcome) -> None:
        match outcome:
            case Done():
                parcel.failures = 0
                parcel.calls.popleft()
                if not parcel.calls:
                    self._close(parcel, Done())
            case Gone():
                for other in self.parcels:
                    self._close(other, Gone())
            case Wait(seconds):
                self.metrics.send_error("429")
                log.warning("Telegram asks to wait %.0f s before the next call", seconds)
                self.not_before = asyncio.get_running_loop().time() + seconds
                if _may_be_overtaken(parcel):
                    self._close(parcel, Held(seconds))
            case Failed(reason):
                self.metrics.send_error("failed")
                parcel.failures += 1
                pause = pause_after(parcel.failures)
                if parcel.urgent:
                    pause = min(pause, URGENT_PAUSE)
                call = parcel.calls[0]
                log.warning("%s: %s, again in %.1f s", call.method, reason, pause)
                if isinstance(call, AnswerTap) and parcel.failures >= TAP_ATTEMPTS:
                    await self._settle(parcel, Done())  # the answer itself must not wait for it
                else:
                    await self._rest(parcel, pause)

    async def _rest(self, parcel: Parcel, pause: float) -> None:
        """Wait after a failure, or give the parcel back where its time does not allow that."""
        late = asyncio.get_running_loop().time() + pause > parcel.deadline
        if late or _may_be_overtaken(parcel):
            self._close(parcel, Held(pause))
        else:
            await asyncio.sleep(pause)

    def _close(self, parcel: Parcel, outcome: Done | Gone | Held) -> None:
        (self.urgent if parcel in self.urgent else self.ordinary).remove(parcel)
        if not parcel.sent.done():
            parcel.sent.set_result(outcome)


def _may_be_overtaken(parcel: Parcel) -> bool:
    """Tell whether to try a call again could put old buttons over newer ones.

    That is so where other replicas may go on with the chat meanwhile. Once Telegram brings the
    update again, the store knows whether its buttons are still the right ones.
    """
    return isinstance(parcel.calls[0], EditKeyboard) and parcel.deadline < math.inf
