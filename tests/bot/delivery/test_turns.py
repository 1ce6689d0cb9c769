"""Delivery from an update to its answer, by a channel that it never heard of."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest

from bot.delivery import outcomes, turns
from bot.delivery.conversations import Conversations, Sentences
from bot.delivery.incoming import Left
from bot.delivery.metrics import Uncounted
from bot.delivery.outcomes import Done, Gone, Held, Wait
from bot.delivery.turns import Turns
from bot.dialogue.events import Event, Reply, Say, Utterance
from bot.dialogue.state import State
from tests.conftest import NOW, command, utterance
from tests.fakes.slow_store import SlowStore
from tests.fakes.toy_channel import Toy, update

HELP = "Call for help."


def step(state: State, event: Event) -> tuple[State, tuple[Reply, ...]]:
    """Count what is written; "chest pain" is an emergency, "break" a fault of ours."""
    counted = State(serial=state.serial + 1)
    match event:
        case Utterance("chest pain"):
            return counted, (Say("Oh."), Say(HELP, emergency=True))
        case Utterance("break"):
            raise RuntimeError("my secret")
        case Utterance(text):
            return counted, (Say(f"{text} is number {counted.serial}"),)
    return State(), (Say("Forgotten."),)


class Shell:
    """Turns between a store and a channel."""

    def __init__(self) -> None:
        self.store, self.toy = SlowStore(), Toy()
        sentences = Sentences("Sorry.", in_public="Write to me alone.")
        conversations = Conversations(step, self.store, lambda: NOW, sentences)
        self.turns = Turns(conversations, self.toy, Uncounted())

    async def write(self, number: int, text: str, person: str = "ann") -> object:
        """Write something and wait for the answer."""
        return await self.turns.answer(update(number, utterance(text), person))


@pytest.fixture(name="shell")
async def _shell(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Shell]:
    monkeypatch.setattr(turns, "SLOW", 0.02)
    monkeypatch.setattr(outcomes, "FIRST_PAUSE", 0.01)
    shell = Shell()
    yield shell
    await shell.turns.close()


async def test_each_chat_is_answered_in_order_and_apart(shell: Shell) -> None:
    done = await asyncio.gather(
        *(shell.write(n, "calf", person) for n in (1, 2, 3) for person in ("ann", "bob"))
    )
    assert done == [Done()] * 6
    for person in ("ann", "bob"):
        said = [text for by, text in shell.toy.got_by if by == person]
        assert said == [f"calf is number {n}" for n in (1, 2, 3)]


async def test_an_update_seen_before_is_not_answered_again(shell: Shell) -> None:
    for _ in range(3):
        assert await shell.write(1, "calf") == Done()
    assert shell.toy.got == ["calf is number 1"]


async def test_the_emergency_answer_comes_first(shell: Shell) -> None:
    await shell.turns.answer(update(1, utterance("chest pain"), "ann!"))
    assert shell.toy.got == [HELP, "ok", "Oh."]


async def test_in_public_only_an_emergency_is_answered_and_nothing_is_kept(shell: Shell) -> None:
    for number, text in enumerate(("calf", "chest pain")):
        await shell.turns.answer(update(number, utterance(text), in_public=True))
    assert shell.toy.got == ["Write to me alone.", HELP]
    assert await shell.write(9, "calf") == Done()
    assert shell.toy.got[-1] == "calf is number 1"


@pytest.mark.parametrize("event", [Left(), command("forget")])
async def test_who_leaves_or_asks_for_it_is_forgotten(shell: Shell, event: Left | Event) -> None:
    await shell.write(1, "calf")
    await shell.turns.answer(update(2, event))
    await shell.write(3, "calf")
    assert shell.toy.got[-1] == "calf is number 1"


async def test_a_chat_that_is_gone_is_forgotten(shell: Shell) -> None:
    await shell.write(1, "calf")
    shell.toy.outcomes = [Gone()]
    assert await shell.write(2, "calf") == Gone()
    await shell.write(3, "calf")
    assert shell.toy.got[-1] == "calf is number 1"


async def test_a_fault_of_ours_is_an_apology_without_the_text(
    shell: Shell, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await shell.write(1, "break")
    assert shell.toy.got == ["Sorry."]
    assert "fault: RuntimeError at" in caplog.text
    assert "my secret" not in caplog.text


async def test_without_its_store_an_update_with_a_deadline_is_given_back(shell: Shell) -> None:
    shell.store.away = True
    soon = asyncio.get_running_loop().time() + 20
    for _ in range(2):
        found = await shell.turns.answer(update(1, utterance("calf")), soon)
        assert isinstance(found, Held)
    assert shell.toy.got == []
    shell.store.away = False
    assert await shell.write(1, "calf") == Done()
    assert shell.toy.got == ["calf is number 1"]


async def test_while_the_store_is_known_to_be_away_nobody_waits_for_its_word(
    shell: Shell,
) -> None:
    """An emergency is answered before the store is asked for what was said before."""
    shell.store.away = True
    waiting = [asyncio.create_task(shell.write(1, "calf"))]
    await shell.store.asked.wait()
    await asyncio.sleep(0)
    assert shell.turns.store_is_away
    shell.store.slow = True  # now it does not even say no
    waiting.append(asyncio.create_task(shell.write(2, "chest pain", "bob")))
    await shell.toy.called.wait()
    assert shell.toy.got == [HELP]
    shell.store.away = False
    shell.store.go_on()
    assert await asyncio.gather(*waiting) == [Done(), Done()]
    assert sorted(shell.toy.got[1:]) == ["Oh.", "calf is number 1"]


async def test_who_wants_to_be_forgotten_passes_what_cannot_be_kept(shell: Shell) -> None:
    """On a disk that is full a message waits for room, which nothing but erasing can make."""
    await shell.write(1, "calf")
    shell.store.full = True
    waiting = asyncio.create_task(shell.write(2, "toe"))
    await shell.store.asked.wait()
    assert await shell.turns.answer(update(3, command("forget"))) == Done()
    assert shell.toy.got == ["calf is number 1", "Forgotten."]
    shell.store.full = False
    assert await waiting == Done()
    assert not (await shell.store.load("toy:ann", 1, NOW)).seen
    assert shell.toy.got[2:] == ["toe is number 1"]


async def test_a_long_line_of_one_chat_lets_others_in_between(shell: Shell) -> None:
    """Its store answers at once, as a file does, so that nothing else makes it pause."""
    many = [asyncio.create_task(shell.write(n, "calf")) for n in range(1, 200)]
    await asyncio.sleep(0)
    assert await shell.write(1, "chest pain", "bob") == Done()
    said = [by for by, _ in shell.toy.got_by]
    assert said.index("bob") < 10
    await asyncio.gather(*many)


async def test_who_is_given_up_is_asked_to_write_again(shell: Shell) -> None:
    shell.store.away = True
    calf, pain = (update(n, utterance(text), text) for n, text in ((1, "calf"), (2, "chest pain")))
    tasks = [asyncio.create_task(shell.turns.answer(one)) for one in (calf, pain)]
    await shell.toy.called.wait()
    for one in (calf, pain, update(3, utterance("never heard of"))):
        shell.turns.give_up(one)
    assert await asyncio.gather(*tasks) == [Done(), Done()]
    assert shell.toy.got == [HELP, "Sorry."]


async def test_who_waits_is_shown_typing_once(shell: Shell) -> None:
    shell.store.slow = True
    waiting = asyncio.create_task(shell.write(1, "calf"))
    await shell.toy.typed.wait()
    shell.store.go_on()
    await waiting
    assert shell.toy.got_by == [("ann", "typing"), ("ann", "calf is number 1")]


async def test_a_quick_answer_comes_alone(shell: Shell) -> None:
    await shell.write(1, "calf")
    shell.store.slow = True
    later = asyncio.create_task(shell.write(2, "calf", "bob"))
    await shell.toy.typed.wait()
    assert shell.toy.got_by == [("ann", "calf is number 1"), ("bob", "typing")]
    shell.store.go_on()
    await later


async def test_a_chat_that_has_to_wait_is_left_alone(shell: Shell) -> None:
    shell.toy.outcomes = [Wait(0.05)]
    await shell.write(1, "calf")
    assert shell.toy.got_by == [("ann", "calf is number 1")] * 2


async def test_a_crowd_is_not_delayed_by_it(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "BUSY", 2)
    shell.store.slow = True
    crowd = [asyncio.create_task(shell.write(n, "calf", f"ann{n}")) for n in (1, 2)]
    over = asyncio.Event()
    asyncio.get_running_loop().call_later(0.04, over.set)
    await over.wait()
    shell.store.go_on()
    await asyncio.gather(*crowd)
    assert sorted(shell.toy.got_by) == [(f"ann{n}", "calf is number 1") for n in (1, 2)]
