"""What is under way in each chat: updates that wait to be read, answers that wait to be sent."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field

from bot.channels.telegram.outbox import Held, Outbox, Parcel
from bot.channels.telegram.updates import Addressed


@dataclass(eq=False, slots=True)
class Entry:
    """An update in its chat's line."""

    incoming: Addressed
    deadline: float  # of the loop's clock
    parcel: asyncio.Future[Parcel | Held]
    looked_at: bool = False  # for what can be said without the store

    def give(self, result: Parcel | Held) -> None:
        """Tell who waits, unless nobody does any more: a request that was broken off."""
        if not self.parcel.done():
            self.parcel.set_result(result)


@dataclass(eq=False, slots=True)
class Chat:
    """The line of one chat: updates that wait to be read, answers that wait to be sent."""

    outbox: Outbox
    line: deque[Entry] = field(default_factory=deque)
    reader: asyncio.Task[None] | None = None
    came: asyncio.Event = field(default_factory=asyncio.Event)
    typing: asyncio.TimerHandle | None = None  # until it is shown that an answer is coming

    @property
    def is_waited_for(self) -> bool:
        """Whether an answer is still to be sent."""
        return bool(self.line or self.outbox.ordinary or self.outbox.urgent)

    def stop_typing(self) -> None:
        """Do not show that an answer is coming."""
        if self.typing is not None:
            self.typing.cancel()
            self.typing = None

    def is_first_of_update(self, entry: Entry) -> bool:
        """Tell whether no copy of the same update is ahead of an entry."""
        number = entry.incoming.update_id
        return entry is next(e for e in self.line if e.incoming.update_id == number)
