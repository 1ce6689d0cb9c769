"""Emergency answers that do not wait for the store, and go ahead of their turns."""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping
from typing import Final, Protocol

from bot.channels.telegram import render
from bot.channels.telegram.outbox import Outbox, Parcel
from bot.channels.telegram.transport import Done, where
from bot.channels.telegram.updates import Addressed, Left, Turn
from bot.dialogue.events import Event, Reply, Say

log = logging.getLogger(__name__)

REMEMBERED: Final = 10_000  # updates


class Rescuing(Protocol):
    """Whoever knows an emergency without the store."""

    async def rescue(self, event: Event, key: str = "") -> tuple[Reply, ...]:
        """Return what can be said without the store; never raises."""


class Rescues:
    """Remembers what was answered ahead of its turn, so that the turn does not repeat it."""

    def __init__(self, conversations: Rescuing, words: Mapping[str, str]) -> None:
        self._conversations = conversations
        self._words = words
        self._sent: dict[tuple[int, int], Parcel] = {}  # by chat and update

    def has(self, incoming: Addressed) -> bool:
        """Tell whether an update was answered ahead of its turn."""
        return (incoming.chat, incoming.update_id) in self._sent

    async def attempt(self, incoming: Addressed, outbox: Outbox) -> None:
        """Send the emergency answer if there is one; its turn is kept once the store is back."""
        if isinstance(incoming, Left) or self.has(incoming):
            return
        key = str(incoming.chat) if isinstance(incoming, Turn) else ""
        try:
            replies = await self._conversations.rescue(incoming.event, key)
        except Exception as error:  # a fault of ours must not keep others from being rescued
            log.error("fault: %s", where(error))
            return
        if any(isinstance(r, Say) and r.emergency for r in replies):
            calls = render.calls(replies, incoming.tap, self._words)
            # Under a number that no update has: the turn itself will have calls of its own.
            parcel = outbox.post(-incoming.update_id, calls, math.inf)
            self._sent[incoming.chat, incoming.update_id] = parcel
            if len(self._sent) > REMEMBERED:
                del self._sent[next(iter(self._sent))]

    def unsaid(
        self, incoming: Addressed, calls: tuple[render.Call, ...]
    ) -> tuple[render.Call, ...]:
        """Return the calls of a turn without an emergency answer that is out already."""
        parcel = self._sent.get((incoming.chat, incoming.update_id))
        if parcel is None or not (parcel.sent.done() and parcel.sent.result() == Done()):
            return calls
        return tuple(c for c in calls if not (isinstance(c, render.SendText) and c.urgent))
