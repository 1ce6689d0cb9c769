"""The updates of a chat that wait for their turn, and what is under way there."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field

from bot.delivery.channel import Place
from bot.delivery.incoming import Incoming
from bot.delivery.outbox import Outbox, Parcel
from bot.delivery.outcomes import Held


@dataclass(eq=False, slots=True)
class Waiting:
    """An update in its chat's line."""

    incoming: Incoming
    deadline: float  # of the loop's clock
    parcel: asyncio.Future[Parcel | Held]
    rescues_tried: int = 0  # 1: as if nothing was said before, 2: from the state there is

    def give(self, result: Parcel | Held) -> None:
        """Tell who waits for the answer, unless nobody does: their request was broken off."""
        if not self.parcel.done():
            self.parcel.set_result(result)


@dataclass(eq=False, slots=True)
class Chat:
    """One chat: the line of its updates that wait, and the outbox of its answers."""

    outbox: Outbox
    place: Place  # of the newest update
    line: deque[Waiting] = field(default_factory=deque)
    reader: asyncio.Task[None] | None = None
    came: asyncio.Event = field(default_factory=asyncio.Event)
    typing: asyncio.TimerHandle | None = None  # until it is shown that an answer is coming

    @property
    def is_waited_for(self) -> bool:
        """Whether an answer is still to be sent."""
        return bool(self.line or self.outbox.parcels)

    def stop_typing(self) -> None:
        """Do not show that an answer is coming."""
        if self.typing is not None:
            self.typing.cancel()
            self.typing = None

    def is_first_of_update(self, waiting: Waiting) -> bool:
        """Tell whether no copy of the same update is ahead in the line."""
        number = waiting.incoming.update_id
        return waiting is next(w for w in self.line if w.incoming.update_id == number)
