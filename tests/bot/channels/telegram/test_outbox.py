"""What waits to be sent: no chat for another, and nobody in danger for anything."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping

import pytest

from bot.channels.telegram import outbox
from bot.channels.telegram.metrics import Uncounted
from bot.channels.telegram.outbox import Held, Outbox, Places
from bot.channels.telegram.render import AnswerTap, Call, EditKeyboard, EditText, SendText
from bot.channels.telegram.transport import Done, Failed, Gone, Outcome, Wait

NAMES = {AnswerTap: "tap", EditKeyboard: "edit", EditText: "text"}
HELP = SendText("Call now.", "Call now.", urgent=True)


def text(words: str) -> SendText:
    return SendText(words, words)


class Wire:
    """Telegram: answers a text as told, or when it is told to; notes what it got."""

    def __init__(self, outcomes: Mapping[str, list[Outcome] | asyncio.Event]) -> None:
        self._outcomes = outcomes
        self.got: list[str] = []
        self.called = asyncio.Event()

    async def attempt(self, chat: int, call: Call) -> Outcome:
        """Answer a call."""
        words = call.html if isinstance(call, SendText) else NAMES[type(call)]
        self.got.append(words)
        self.called.set()
        outcome = self._outcomes.get(words)
        if isinstance(outcome, asyncio.Event):
            await outcome.wait()
        elif outcome:
            return outcome.pop(0)
        return Done()

    async def typing(self, chat: int) -> None:
        """Do nothing."""


def box(wire: Wire, places: Places | None = None, chat: int = 7) -> Outbox:
    return Outbox(chat, wire, places or Places(), Uncounted())


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "FIRST_PAUSE", 0.01)


async def test_an_emergency_passes_a_call_that_gets_no_answer() -> None:
    answered = asyncio.Event()
    wire = Wire({"one": answered})
    box_ = box(wire)
    one = box_.post(1, (text("one"),), math.inf)
    two = box_.post(2, (text("two"),), math.inf)
    await wire.called.wait()
    urgent = box_.post(3, (HELP,), math.inf)
    assert await urgent.sent == Done()
    assert wire.got == ["one", "Call now."]
    answered.set()
    assert [await one.sent, await two.sent] == [Done(), Done()]
    assert wire.got == ["one", "Call now.", "two"]


async def test_ordinary_answers_wait_until_the_emergency_answer_is_out() -> None:
    wire = Wire({"Call now.": [Failed("502"), Wait(0.01), Done()]})
    box_ = box(wire)
    urgent = box_.post(1, (HELP, AnswerTap("t")), math.inf)
    ordinary = box_.post(2, (text("one"),), math.inf)
    assert await ordinary.sent == Done()
    assert urgent.sent.done()
    assert wire.got == ["Call now.", "Call now.", "Call now.", "tap", "one"]


async def test_who_has_no_time_to_wait_is_given_back() -> None:
    wire = Wire({"Call now.": asyncio.Event()})
    box_ = box(wire)
    box_.post(1, (HELP,), math.inf)
    ordinary = box_.post(2, (text("one"),), asyncio.get_running_loop().time() + 0.02)
    assert isinstance(await ordinary.sent, Held)
    for courier in box_.couriers.values():
        courier.cancel()


async def test_of_all_chats_the_emergency_gets_the_next_place() -> None:
    answered = asyncio.Event()
    wire, places = Wire({"first": answered}), Places(1)
    posted = [
        box(wire, places, chat).post(chat, (call,), math.inf)
        for chat, call in enumerate((text("first"), text("second"), text("third"), HELP))
    ]
    await wire.called.wait()
    answered.set()
    for parcel in posted:
        await parcel.sent
    assert wire.got == ["first", "Call now.", "second", "third"]


async def test_a_chat_that_is_gone_ends_all_that_waits_for_it() -> None:
    wire = Wire({"one": [Failed("502"), Gone()]})
    box_ = box(wire)
    posted = [box_.post(n, (text(w),), math.inf) for n, w in enumerate(("one", "two", "three"))]
    assert [await parcel.sent for parcel in posted] == [Gone()] * 3
    assert not box_.parcels


@pytest.mark.parametrize("outcome", [Failed("502"), Wait(9.0)], ids=["502", "429"])
async def test_buttons_that_may_be_overtaken_are_given_back(outcome: Outcome) -> None:
    """With replicas, the chat may go on elsewhere before the next try."""
    soon = asyncio.get_running_loop().time() + 20
    box_ = box(Wire({"edit": [outcome]}))
    assert isinstance(await box_.post(1, (EditKeyboard(5, ()),), soon).sent, Held)
    wire = Wire({"edit": [Failed("502"), Done()]})
    assert await box(wire).post(1, (EditKeyboard(5, ()),), math.inf).sent == Done()
    assert wire.got == ["edit", "edit"]


async def test_an_update_queued_already_stays_one() -> None:
    wire = Wire({"one": [Failed("502"), Done()]})
    box_ = box(wire)
    first = box_.post(1, (text("one"),), 0.0)
    assert box_.post(1, (text("one"),), math.inf) is first
    assert await first.sent == Done()
    assert wire.got == ["one", "one"]
