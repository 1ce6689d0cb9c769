"""The line of a chat's updates."""

from __future__ import annotations

import asyncio

from bot.delivery.lines import Chat, Waiting
from bot.delivery.metrics import Uncounted
from bot.delivery.outbox import Outbox, Slots
from bot.delivery.outcomes import Held
from tests.conftest import utterance
from tests.fakes.toy_channel import Toy, update


async def test_a_copy_behind_the_first_is_told_apart() -> None:
    loop = asyncio.get_running_loop()
    chat = Chat(Outbox(Toy(), Slots(), Uncounted()), "ann")
    assert not chat.is_waited_for
    one, copy = (Waiting(update(1, utterance("x")), 0.0, loop.create_future()) for _ in range(2))
    chat.line += [one, copy]
    assert chat.is_waited_for
    assert chat.is_first_of_update(one)
    assert not chat.is_first_of_update(copy)


async def test_who_broke_off_is_told_nothing() -> None:
    waiting = Waiting(update(1, utterance("x")), 0.0, asyncio.get_running_loop().create_future())
    waiting.parcel.cancel()
    waiting.give(Held(1.0))
    assert waiting.parcel.cancelled()
