"""Emergency answers that do not wait for the store, and go ahead of their updates' turns."""

from __future__ import annotations

import logging
import math
from typing import Final

from bot.delivery.channel import Call, Channel, emergency_first
from bot.delivery.conversations import Conversations
from bot.delivery.incoming import Incoming, Left
from bot.delivery.outbox import Answer, Outbox, Parcel
from bot.delivery.outcomes import Done, where
from bot.dialogue.events import emergencies

log = logging.getLogger(__name__)

REMEMBERED: Final = 10_000  # updates


class Rescues:
    """Remembers which updates were answered ahead of their turn, so that it is not repeated."""

    def __init__(self, conversations: Conversations, channel: Channel) -> None:
        self._conversations = conversations
        self._channel = channel
        self._sent: dict[tuple[str, int], Parcel] = {}  # by chat and update

    def has(self, incoming: Incoming) -> bool:
        """Tell whether an update was answered ahead of its turn."""
        return (incoming.key, incoming.update_id) in self._sent

    async def attempt(
        self, incoming: Incoming, outbox: Outbox, *, with_state: bool = True
    ) -> None:
        """Send the emergency answer if there is one; the update moves its chat once it can."""
        if isinstance(incoming.event, Left) or self.has(incoming):
            return
        key = incoming.key if with_state and not incoming.in_public else ""
        try:
            replies = await self._conversations.rescue(incoming.event, key)
        except Exception as error:  # a fault of ours must not keep others from being rescued
            log.error("fault: %s", where(error))
            return
        if emergencies(replies):
            calls = emergency_first(self._channel.calls(replies, incoming.place))
            # Under a number that no update has: the turn itself will have calls of its own.
            ahead = Answer(incoming.key, -incoming.update_id, incoming.place, replies, calls)
            self._sent[incoming.key, incoming.update_id] = outbox.post(ahead, math.inf)
            if len(self._sent) > REMEMBERED:
                del self._sent[next(iter(self._sent))]

    def unsaid(self, incoming: Incoming, calls: tuple[Call, ...]) -> tuple[Call, ...]:
        """Return the calls of an update's turn without an emergency answer that is out already."""
        parcel = self._sent.get((incoming.key, incoming.update_id))
        if parcel is None or not (parcel.sent.done() and parcel.sent.result() == Done()):
            return calls
        return tuple(call for call in calls if not call.emergency)
