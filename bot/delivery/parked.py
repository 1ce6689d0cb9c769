"""Answers that were committed but could not be sent at once: put aside, and taken up again.

A parked answer is two lines of text: where it goes and how far it got, then its replies as the
store keeps them.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Final

from bot.delivery.channel import Call, Channel, Place, emergency_first
from bot.delivery.conversations import Conversations
from bot.delivery.outbox import Answer, Parcel
from bot.delivery.outcomes import pause_after
from bot.delivery.turns import Turns
from bot.dialogue import reply_json
from bot.dialogue.events import Reply
from bot.store import StoreError

log = logging.getLogger(__name__)

MOMENT: Final = 1.0  # seconds that an answer may take before it is parked
LONGEST: Final = 30.0  # seconds until the store is asked again to park it


def dump(parcel: Parcel, channel: Channel) -> str:
    """Write down what is left of an answer."""
    answer = parcel.answer
    address = channel.address(answer.place)
    whole = _lasting(channel, answer.replies, channel.place(address))
    made = len(whole) - sum(not call.passing for call in parcel.calls)
    header = [answer.key, answer.update_id, address, made, len(whole)]
    return f"{json.dumps(header)}\n{reply_json.dump(answer.replies)}"


def load(text: str, channel: Channel) -> Answer:
    """Read what `dump` wrote; ValueError when it is damaged.

    Another version may show these replies by other calls: then all of them are made again.
    """
    header, _, listed = text.partition("\n")
    try:
        match json.loads(header):
            case [str(key), int(update_id), str(address), int(made), int(count)]:
                place, replies = channel.place(address), reply_json.load(listed)
                whole = _lasting(channel, replies, place)
                left = whole[made:] if len(whole) == count and made >= 0 else whole
                return Answer(key, update_id, place, replies, left)
    except RecursionError:
        pass
    raise ValueError("not a parked answer")


def _lasting(channel: Channel, replies: tuple[Reply, ...], place: Place) -> tuple[Call, ...]:
    """Return the calls of an answer that are of use later."""
    calls = emergency_first(channel.calls(replies, place))
    return tuple(call for call in calls if not call.passing)


class Parked:
    """The answers that wait in the store until they can be sent.

    `modern` puts what an older version parked into today's words; ValueError if it cannot.
    """

    def __init__(
        self,
        conversations: Conversations,
        channel: Channel,
        turns: Turns,
        modern: Callable[[str], str] = str,
    ) -> None:
        self._conversations = conversations
        self._channel = channel
        self._turns = turns
        self._modern = modern

    async def sent_or_parked(self, parcel: Parcel) -> None:
        """Wait a moment for an answer to be sent, then park it, however often that takes."""
        pause = MOMENT
        await asyncio.wait((parcel.sent,), timeout=pause)
        while not parcel.sent.done() and not await self._park(parcel):
            pause = min(pause * 2, LONGEST)
            await asyncio.wait((parcel.sent,), timeout=pause)

    async def _park(self, parcel: Parcel) -> bool:
        answer = parcel.answer
        try:
            text = dump(parcel, self._channel)
            await self._conversations.park(answer.key, answer.update_id, text)
        except StoreError as error:
            log.error("an answer that cannot be sent now cannot be put aside either: %s", error)
            return False
        return True

    async def resume(self) -> bool:
        """Queue what an earlier run parked; False where the store does not say what that is."""
        try:
            parked = await self._conversations.parked()
        except StoreError as error:
            log.error("what was put aside earlier cannot be read now: %s", error)
            return False
        for text in parked:
            try:
                answer = load(self._modern(text), self._channel)
            except ValueError:
                log.warning("an answer put aside earlier cannot be read and is dropped")
            else:
                self._turns.resume(answer)
        return True

    async def resume_later(self) -> None:
        """Try again until the store is back."""
        failures = 1
        await asyncio.sleep(pause_after(failures))
        while not await self.resume():
            failures += 1
            await asyncio.sleep(pause_after(failures))
