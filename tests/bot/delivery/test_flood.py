"""A chat that sends more than anyone can read gets one polite word, and still its emergencies."""

from __future__ import annotations

import pytest

from bot.delivery.conversations import Conversations, Sentences
from bot.delivery.flood import MOST, WINDOW, Flood, Pace
from bot.dialogue.events import Event, Reply, Say, Utterance
from bot.dialogue.state import State
from bot.store import Store
from bot.store.memory import MemoryStore

HELP = Say("Call now.", emergency=True)


def echo(state: State, event: Event) -> tuple[State, tuple[Reply, ...]]:
    """Answer what is heard; "help!" is an emergency."""
    assert isinstance(event, Utterance)
    if event.text == "help!":
        return State(serial=99, at=event.at), (HELP,)
    return State(serial=int(event.text[1:] or 0), at=event.at), (Say(event.text),)


def open_chats(store: Store) -> Conversations:
    return Conversations(echo, store, lambda: 5.0, Sentences("Sorry.", "Slowly, please."))


def paces(flood: Flood, count: int, key: str = "a", at: float = 1.0) -> list[Pace]:
    """Return how fast a chat is with each of so many messages, all written at one moment."""
    return [flood.pace(key, int(at * 1000) + n, at) for n in range(count)]


@pytest.fixture(name="flood")
def _flood() -> Flood:
    return Flood(since=0.0)


def test_thirty_messages_a_minute_are_calm(flood: Flood) -> None:
    assert paces(flood, MOST) == [Pace.CALM] * MOST


def test_more_are_too_fast_once_and_then_still_too_fast(flood: Flood) -> None:
    later = paces(flood, MOST + 3)[MOST:]
    assert later == [Pace.TOO_FAST, Pace.STILL_TOO_FAST, Pace.STILL_TOO_FAST]


def test_a_minute_later_the_chat_is_calm_and_may_be_told_again(flood: Flood) -> None:
    paces(flood, MOST + 1)
    assert flood.pace("a", 1, 2.0 + WINDOW) is Pace.CALM
    assert paces(flood, MOST, at=3.0 + WINDOW)[-1] is Pace.TOO_FAST


def test_one_chat_slows_down_no_other(flood: Flood) -> None:
    paces(flood, MOST + 1)
    assert flood.pace("b", 1, 1.0) is Pace.CALM


def test_an_update_asked_about_again_counts_once_and_keeps_its_word(flood: Flood) -> None:
    """Its turn may not be kept at the first try, as while the database is away."""
    paces(flood, MOST)
    again = [flood.pace("a", 9, 1.0) for _ in range(5)]
    assert again == [Pace.TOO_FAST] * 5
    assert flood.pace("a", 10, 1.0) is Pace.STILL_TOO_FAST


def test_what_waited_while_the_bot_was_away_is_no_flood() -> None:
    flood = Flood(since=100.0)
    assert paces(flood, 5 * MOST, at=99.0) == [Pace.CALM] * 5 * MOST
    assert paces(flood, MOST, at=100.0) == [Pace.CALM] * MOST


async def test_a_flooding_chat_gets_one_word_then_only_emergency_answers() -> None:
    store = MemoryStore()
    chats = open_chats(store)
    said = [await chats.handle("a", n, Utterance(f"m{n}", 5.0)) for n in range(MOST + 2)]
    assert said[MOST - 1] == (Say(f"m{MOST - 1}"),)
    assert said[MOST:] == [(Say("Slowly, please."),), ()]
    assert await chats.handle("a", 99, Utterance("help!", 5.0)) == (HELP,)


async def test_what_is_not_answered_does_not_move_the_conversation() -> None:
    store = MemoryStore()
    chats = open_chats(store)
    for n in range(MOST + 1):
        await chats.handle("a", n, Utterance(f"m{n}", 5.0))
    kept = await store.load("a", 1_000, 5.0)
    assert State.from_json(kept.state.decode()).serial == MOST - 1


async def test_an_update_delivered_again_is_not_counted_again() -> None:
    chats = open_chats(MemoryStore())
    for _ in range(MOST + 5):
        await chats.handle("a", 1, Utterance("m1", 5.0))
        await chats.sent("a", 1)
    assert await chats.handle("a", 2, Utterance("n2", 5.0)) == (Say("n2"),)


async def test_the_time_of_writing_counts_where_it_is_known() -> None:
    """After an outage Telegram delivers at once what was written in an hour."""
    chats = open_chats(MemoryStore())
    for n in range(2 * MOST):
        said = await chats.handle("a", n, Utterance(f"m{n}", 5000.0), written=60.0 + 3 * n)
        assert said == (Say(f"m{n}"),)
