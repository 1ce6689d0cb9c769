"""What waits to be sent: in order within a chat, emergency answers first, no chat for another."""

from __future__ import annotations

import asyncio
import heapq
import logging
import math
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from bot.delivery.channel import Call, Channel, Place
from bot.delivery.metrics import Metrics
from bot.delivery.outcomes import Done, End, Failed, Gone, Held, Outcome, Wait, pause_after
from bot.dialogue.events import Reply

log = logging.getLogger(__name__)

AT_ONCE: Final = 256  # calls under way
EMERGENCY_PAUSE: Final = 2.0  # seconds; the longest before an emergency answer is tried again
PASSING_ATTEMPTS: Final = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """What answers one update: replies, and the calls that show them at a place."""

    key: str
    update_id: int
    place: Place
    replies: tuple[Reply, ...]
    calls: tuple[Call, ...]  # without those that were made already


@dataclass(eq=False, slots=True)
class Parcel:
    """An answer on its way."""

    answer: Answer
    calls: deque[Call]  # what is left of them
    deadline: float  # of the loop's clock; past it the parcel is given back as Held
    sent: asyncio.Future[End]
    begun: float  # of the loop's clock
    failures: int = 0

    @property
    def emergency(self) -> bool:
        """Whether an emergency answer is still in it."""
        return any(call.emergency for call in self.calls)


class Slots:
    """So many calls at once; of those who wait for a slot, emergency answers get it first."""

    def __init__(self, count: int = AT_ONCE) -> None:
        self._free = count
        self._waiting: list[tuple[bool, int, asyncio.Future[None]]] = []
        self._arrivals = 0

    @asynccontextmanager
    async def one(self, *, emergency: bool) -> AsyncIterator[None]:
        """Hold a slot."""
        if self._free:
            self._free -= 1
        else:
            await self._wait(emergency)
        try:
            yield
        finally:
            self._pass_on()

    async def _wait(self, emergency: bool) -> None:
        given: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._arrivals += 1
        heapq.heappush(self._waiting, (not emergency, self._arrivals, given))
        try:
            await given
        except asyncio.CancelledError:
            if given.done() and not given.cancelled():
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        while self._waiting:
            given = heapq.heappop(self._waiting)[2]
            if not given.done():
                given.set_result(None)
                return
        self._free += 1


@dataclass(eq=False, slots=True)
class Outbox:
    """The parcels of one chat, and the couriers: tasks that send them while there are any.

    Parcels with an emergency answer have a line and a courier of their own: they wait for no
    ordinary call, not even for one that is under way and gets no answer. The ordinary line waits
    for them.
    """

    channel: Channel
    slots: Slots
    metrics: Metrics
    ordinary: list[Parcel] = field(default_factory=list)
    emergencies: list[Parcel] = field(default_factory=list)
    not_before: float = 0.0  # of the loop's clock: the channel wants no call until then
    couriers: dict[bool, asyncio.Task[None]] = field(default_factory=dict)  # emergencies or not

    @property
    def parcels(self) -> list[Parcel]:
        """Everything that is not sent yet, in the order of sending."""
        return [*self.emergencies, *self.ordinary]

    def post(self, answer: Answer, deadline: float) -> Parcel:
        """Queue an answer; the one of an update that is queued already stays as it is."""
        for parcel in self.parcels:
            if parcel.answer.update_id == answer.update_id:
                parcel.deadline = max(parcel.deadline, deadline)
                return parcel
        loop = asyncio.get_running_loop()
        calls = deque(answer.calls)
        parcel = Parcel(answer, calls, deadline, loop.create_future(), loop.time())
        if not calls:
            parcel.sent.set_result(Done())
            return parcel
        emergency = parcel.emergency
        line = self.emergencies if emergency else self.ordinary
        line.append(parcel)
        if emergency not in self.couriers or self.couriers[emergency].done():
            self.couriers[emergency] = loop.create_task(self._carry(line))
        return parcel

    async def _carry(self, line: list[Parcel]) -> None:
        """Make the calls of a line, one after the other, until it is empty."""
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
            if self.emergencies and line is self.ordinary:
                await self._stand_back(parcel)
                continue
            call = parcel.calls[0]
            async with self.slots.one(emergency=call.emergency):
                outcome = await self.channel.attempt(parcel.answer.place, call)
            if parcel in line:  # not so if another call found that the chat is gone
                await self._conclude(parcel, outcome)

    async def _stand_back(self, parcel: Parcel) -> None:
        """Wait for an emergency answer to be sent."""
        left = parcel.deadline - asyncio.get_running_loop().time()
        if left <= 0:
            self._close(parcel, Held(pause_after(1)))
        else:
            emergency = self.emergencies[0].sent
            await asyncio.wait((emergency,), timeout=None if math.isinf(left) else left)

    async def _conclude(self, parcel: Parcel, outcome: Outcome) -> None:
        """Do what the outcome of a parcel's first call asks for."""
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
                log.warning("asked to wait %.0f s before the next call", seconds)
                self.not_before = asyncio.get_running_loop().time() + seconds
                if _may_be_overtaken(parcel):
                    self._close(parcel, Held(seconds))
            case Failed(reason):
                self.metrics.send_error("failed")
                await self._try_again(parcel, reason)

    async def _try_again(self, parcel: Parcel, reason: str) -> None:
        """Wait after a failure, or give the parcel back where its time does not allow that."""
        parcel.failures += 1
        pause = pause_after(parcel.failures)
        if parcel.emergency:
            pause = min(pause, EMERGENCY_PAUSE)
        call = parcel.calls[0]
        log.warning("%s: %s, again in %.1f s", call.name, reason, pause)
        if call.passing and parcel.failures >= PASSING_ATTEMPTS:
            await self._conclude(parcel, Done())  # the answer itself must not wait for it
            return
        late = asyncio.get_running_loop().time() + pause > parcel.deadline
        if late or _may_be_overtaken(parcel):
            self._close(parcel, Held(pause))
        else:
            await asyncio.sleep(pause)

    def _close(self, parcel: Parcel, end: End) -> None:
        (self.emergencies if parcel in self.emergencies else self.ordinary).remove(parcel)
        if not parcel.sent.done():
            parcel.sent.set_result(end)


def _may_be_overtaken(parcel: Parcel) -> bool:
    """Tell whether to try a call again could put old buttons over newer ones.

    That is so where other replicas may go on with the chat meanwhile. Once the channel brings the
    update again, the store knows whether its buttons are still the right ones.
    """
    return parcel.calls[0].redraws and parcel.deadline < math.inf
