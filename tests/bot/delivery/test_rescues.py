"""Emergencies are answered without the store, once, and ahead of others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.delivery import outcomes, rescues
from bot.delivery.conversations import Conversations, Sentences
from bot.delivery.incoming import Left
from bot.delivery.metrics import Uncounted
from bot.delivery.outbox import Outbox, Slots
from bot.delivery.outcomes import Done
from bot.delivery.rescues import Rescues
from bot.delivery.turns import Turns
from bot.dialogue.events import Event, Press, Reply, Say, Utterance
from bot.dialogue.state import State
from tests.conftest import NOW, press, utterance
from tests.fakes.slow_store import SlowStore
from tests.fakes.toy_channel import Toy, update

HELP = "Call for help."


def step(state: State, event: Event) -> tuple[State, tuple[Reply, ...]]:
    """Know an emergency by its words, and by a tap where something was said before."""
    match event:
        case Utterance("chest pain"):
            return state, (Say(HELP, emergency=True), Say("Take care."))
        case Press("yes") if state.serial:
            return state, (Say(HELP, emergency=True),)
        case Utterance("break"):
            raise RuntimeError("my secret")
    return State(serial=1), (Say("Hm."),)


class Shell:
    """What rescues work between."""

    def __init__(self) -> None:
        self.store, self.toy = SlowStore(), Toy()
        self.conversations = Conversations(step, self.store, lambda: NOW, Sentences("Sorry."))
        self.turns = Turns(self.conversations, self.toy, Uncounted())
        self.rescues = Rescues(self.conversations, self.toy)
        self.outbox = Outbox(self.toy, Slots(), Uncounted())


@pytest.fixture(name="shell")
async def _shell(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Shell]:
    monkeypatch.setattr(outcomes, "FIRST_PAUSE", 0.01)
    shell = Shell()
    yield shell
    await shell.turns.close()


async def test_the_turn_does_not_repeat_what_went_ahead_of_it(shell: Shell) -> None:
    emergency, calls = update(1, utterance("chest pain")), Toy().calls(
        (Say(HELP, emergency=True), Say("Take care.")), "ann"
    )  # fmt: skip
    assert shell.rescues.unsaid(emergency, calls) == calls
    await shell.rescues.attempt(emergency, shell.outbox)
    assert shell.rescues.unsaid(emergency, calls) == calls  # it is not out yet
    await shell.outbox.emergencies[0].sent
    assert shell.rescues.unsaid(emergency, calls) == calls[1:]
    assert shell.rescues.unsaid(update(2, utterance("chest pain")), calls) == calls


async def test_an_update_is_rescued_once(shell: Shell) -> None:
    for _ in range(3):
        await shell.rescues.attempt(update(1, utterance("chest pain")), shell.outbox)
    await shell.outbox.emergencies[0].sent
    assert shell.toy.got == [HELP]


@pytest.mark.parametrize("event", [Left(), utterance("calf"), utterance("break"), press("yes")])
async def test_nothing_else_is(shell: Shell, event: Event | Left) -> None:
    await shell.rescues.attempt(update(1, event), shell.outbox)
    assert not shell.rescues.has(update(1, event))
    assert shell.outbox.parcels == []


async def test_only_so_many_are_remembered(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rescues, "REMEMBERED", 2)
    for number in (1, 2, 3):
        await shell.rescues.attempt(update(number, utterance("chest pain")), shell.outbox)
    known = [shell.rescues.has(update(n, utterance("chest pain"))) for n in (1, 2, 3)]
    assert known == [False, True, True]
    for courier in shell.outbox.couriers.values():
        courier.cancel()


async def test_an_emergency_passes_all_that_wait_for_the_store(shell: Shell) -> None:
    shell.store.away = True
    waiting = [
        asyncio.create_task(shell.turns.answer(update(n, utterance(text))))
        for n, text in enumerate(("calf", "toe", "chest pain"))
    ]
    await asyncio.wait_for(shell.toy.called.wait(), 5)
    assert shell.toy.got == [HELP]
    shell.store.away = False
    assert await asyncio.gather(*waiting) == [Done()] * 3
    assert shell.toy.got == [HELP, "Hm.", "Hm.", "Take care."]
