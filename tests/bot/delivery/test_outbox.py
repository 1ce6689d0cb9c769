"""What waits to be sent: no chat for another, and nobody in danger for anything."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping

import pytest

from bot.delivery import outcomes
from bot.delivery.channel import Call
from bot.delivery.metrics import Uncounted
from bot.delivery.outbox import Answer, Outbox, Parcel, Slots
from bot.delivery.outcomes import Done, Failed, Gone, Held, Outcome, Wait
from tests.fakes.toy_channel import Brief, Redraw, Toy, Write

HELP = Write("Call now.", emergency=True)


def text(words: str) -> Write:
    return Write(words)


class Wire(Toy):
    """A channel: answers a call as told, or when it is told to; notes what it got."""

    def __init__(self, outcomes: Mapping[str, list[Outcome] | asyncio.Event]) -> None:
        super().__init__()
        self._outcomes = outcomes

    async def attempt(self, place: str, call: Call) -> Outcome:
        """Answer a call."""
        await super().attempt(place, call)
        outcome = self._outcomes.get(self.got[-1])
        if isinstance(outcome, asyncio.Event):
            await outcome.wait()
        elif outcome:
            return outcome.pop(0)
        return Done()


def box(wire: Wire, slots: Slots | None = None) -> Outbox:
    return Outbox(wire, slots or Slots(), Uncounted())


def post(box: Outbox, update_id: int, calls: tuple[Call, ...], deadline: float) -> Parcel:
    return box.post(Answer("toy:7", update_id, "7", (), calls), deadline)


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcomes, "FIRST_PAUSE", 0.01)


async def test_an_emergency_passes_a_call_that_gets_no_answer() -> None:
    answered = asyncio.Event()
    wire = Wire({"one": answered})
    box_ = box(wire)
    one = post(box_, 1, (text("one"),), math.inf)
    two = post(box_, 2, (text("two"),), math.inf)
    await wire.called.wait()
    emergency = post(box_, 3, (HELP,), math.inf)
    assert await emergency.sent == Done()
    assert wire.got == ["one", "Call now."]
    answered.set()
    assert [await one.sent, await two.sent] == [Done(), Done()]
    assert wire.got == ["one", "Call now.", "two"]


async def test_ordinary_answers_wait_until_the_emergency_answer_is_out() -> None:
    wire = Wire({"Call now.": [Failed("502"), Wait(0.01), Done()]})
    box_ = box(wire)
    emergency = post(box_, 1, (HELP, Brief("tap")), math.inf)
    ordinary = post(box_, 2, (text("one"),), math.inf)
    assert await ordinary.sent == Done()
    assert emergency.sent.done()
    assert wire.got == ["Call now.", "Call now.", "Call now.", "tap", "one"]


async def test_who_has_no_time_to_wait_is_given_back() -> None:
    wire = Wire({"Call now.": asyncio.Event()})
    box_ = box(wire)
    post(box_, 1, (HELP,), math.inf)
    ordinary = post(box_, 2, (text("one"),), asyncio.get_running_loop().time() + 0.02)
    assert isinstance(await ordinary.sent, Held)
    for courier in box_.couriers.values():
        courier.cancel()


async def test_of_all_chats_the_emergency_gets_the_next_slot() -> None:
    answered = asyncio.Event()
    wire, slots = Wire({"first": answered}), Slots(1)
    posted = [
        post(box(wire, slots), number, (call,), math.inf)
        for number, call in enumerate((text("first"), text("second"), text("third"), HELP))
    ]
    await wire.called.wait()
    answered.set()
    for parcel in posted:
        await parcel.sent
    assert wire.got == ["first", "Call now.", "second", "third"]


async def test_a_chat_that_is_gone_ends_all_that_waits_for_it() -> None:
    wire = Wire({"one": [Failed("502"), Gone()]})
    box_ = box(wire)
    posted = [post(box_, n, (text(w),), math.inf) for n, w in enumerate(("one", "two", "three"))]
    assert [await parcel.sent for parcel in posted] == [Gone()] * 3
    assert not box_.parcels


@pytest.mark.parametrize("outcome", [Failed("502"), Wait(9.0)], ids=["502", "429"])
async def test_buttons_that_may_be_overtaken_are_given_back(outcome: Outcome) -> None:
    """With replicas, the chat may go on elsewhere before the next try."""
    soon = asyncio.get_running_loop().time() + 20
    box_ = box(Wire({"edit": [outcome]}))
    assert isinstance(await post(box_, 1, (Redraw("edit"),), soon).sent, Held)
    wire = Wire({"edit": [Failed("502"), Done()]})
    assert await post(box(wire), 1, (Redraw("edit"),), math.inf).sent == Done()
    assert wire.got == ["edit", "edit"]


async def test_an_update_queued_already_stays_one() -> None:
    wire = Wire({"one": [Failed("502"), Done()]})
    box_ = box(wire)
    first = post(box_, 1, (text("one"),), 0.0)
    assert post(box_, 1, (text("one"),), math.inf) is first
    assert await first.sent == Done()
    assert wire.got == ["one", "one"]
