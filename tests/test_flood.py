"""A chat that sends more than anyone can read gets one polite word, and still its emergencies."""

from __future__ import annotations

from bot.conversations import Conversations
from bot.events import Event, Reply, Say, Utterance
from bot.flood import MOST, WINDOW, Flood, Pace
from bot.state import State
from bot.store.memory import MemoryStore

URGENT = Say("Call now.", emergency=True)


class Echo:
    """Answers what it hears; "help!" is an emergency."""

    def step(self, state: State, event: Event) -> tuple[State, tuple[Reply, ...]]:
        assert isinstance(event, Utterance)
        if event.text == "help!":
            return State(topic="emergency", at=event.at), (URGENT,)
        return State(topic=event.text, at=event.at), (Say(event.text),)


def test_thirty_messages_a_minute_are_calm() -> None:
    flood = Flood()
    assert [flood.pace("a", float(n)) for n in range(MOST)] == [Pace.CALM] * MOST


def test_more_are_too_fast_once_and_then_still_too_fast() -> None:
    flood = Flood()
    paces = [flood.pace("a", 1.0) for _ in range(MOST + 3)]
    assert paces[MOST:] == [Pace.TOO_FAST, Pace.STILL_TOO_FAST, Pace.STILL_TOO_FAST]


def test_a_minute_later_the_chat_is_calm_and_may_be_told_again() -> None:
    flood = Flood()
    for _ in range(MOST + 1):
        flood.pace("a", 1.0)
    assert flood.pace("a", 2.0 + WINDOW) is Pace.CALM
    later = [flood.pace("a", 3.0 + WINDOW) for _ in range(MOST)]
    assert later[-1] is Pace.TOO_FAST


def test_one_chat_slows_down_no_other() -> None:
    flood = Flood()
    for _ in range(MOST + 1):
        flood.pace("a", 1.0)
    assert flood.pace("b", 1.0) is Pace.CALM


async def test_a_flooding_chat_gets_one_word_then_only_emergency_answers() -> None:
    store = MemoryStore()
    chats = Conversations(Echo(), store, lambda: 5.0, "Sorry.", "Slowly, please.")
    said = [await chats.handle("a", n, Utterance(f"m{n}", 5.0)) for n in range(MOST + 2)]
    assert said[MOST - 1] == (Say(f"m{MOST - 1}"),)
    assert said[MOST:] == [(Say("Slowly, please."),), ()]
    assert await chats.handle("a", 99, Utterance("help!", 5.0)) == (URGENT,)


async def test_what_is_not_answered_does_not_move_the_conversation() -> None:
    store = MemoryStore()
    chats = Conversations(Echo(), store, lambda: 5.0, "Sorry.", "Slowly, please.")
    for n in range(MOST + 1):
        await chats.handle("a", n, Utterance(f"m{n}", 5.0))
    kept = await store.load("a", 1_000, 5.0)
    assert State.from_json(kept.state.decode()).topic == f"m{MOST - 1}"


async def test_an_update_delivered_again_is_not_counted_again() -> None:
    chats = Conversations(Echo(), MemoryStore(), lambda: 5.0, "Sorry.", "Slowly, please.")
    for _ in range(MOST + 5):
        await chats.handle("a", 1, Utterance("m", 5.0))
    assert await chats.handle("a", 2, Utterance("n", 5.0)) == (Say("n"),)
