"""A chat that sends more than anyone can read gets one polite word, and still its emergencies."""

from __future__ import annotations

import pytest

from bot.delivery.conversations import Conversations, Sentences
from bot.delivery.flood import MOST, WINDOW, Flood, Pace
from bot.dialogue.events import Command, Event, Reply, Say, Utterance
from bot.dialogue.state import State
from bot.store import Move, Store
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


class Ledger(MemoryStore):
    """A store that counts what is written."""

    commits = 0

    async def commit(self, key: str, move: Move) -> bool:
        self.commits += 1
        return await super().commit(key, move)


class Desk:
    """Conversations whose every reading is counted."""

    def __init__(self, **sentences: str) -> None:
        self.steps = self.looks = 0
        self.now = 5.0
        self.store = Ledger()
        said = {"too_fast": "Slowly, please.", "in_public": "In private, please.", **sentences}
        words = Sentences("Sorry.", **said)
        self.chats = Conversations(self._step, self.store, lambda: self.now, words, self._look)

    def _step(self, state: State, event: Event) -> tuple[State, tuple[Reply, ...]]:
        self.steps += 1
        if isinstance(event, Command):
            return State(), (Say("Forgotten."),)
        return echo(state, event)

    def _look(self, state: State, event: Event) -> bool:
        self.looks += 1
        return isinstance(event, Utterance) and event.text == "help!"

    async def flood(self, count: int, text: str = "m1") -> list[tuple[Reply, ...]]:
        """Send so many messages more than are answered."""
        for n in range(MOST):
            await self.chats.handle("a", n, Utterance("m1", self.now))
        more = range(MOST, MOST + count)
        return [await self.chats.handle("a", n, Utterance(text, self.now)) for n in more]


async def test_who_floods_costs_a_look_for_emergencies_and_nothing_is_written() -> None:
    desk = Desk()
    assert await desk.flood(100) == [(Say("Slowly, please."),)] + [()] * 99
    assert (desk.steps, desk.looks) == (MOST, 100)
    assert desk.store.commits == MOST + 1


async def test_emergency_answers_to_who_floods_end_too() -> None:
    desk = Desk()
    said = await desk.flood(MOST + 50, "help!")
    assert said == [(HELP,)] * MOST + [()] * 50


async def test_who_floods_may_still_be_forgotten() -> None:
    desk = Desk()
    await desk.flood(10)
    assert await desk.chats.handle("a", 99, Command("forget", "", 5.0)) == (Say("Forgotten."),)


async def test_groups_are_counted_too() -> None:
    desk = Desk()
    said = [
        await desk.chats.in_public(Utterance("m1", 5.0), "group", n) for n in range(MOST + 170)
    ]
    assert said.count((Say("In private, please."),)) == MOST
    assert said[MOST:] == [()] * 170
    help = await desk.chats.in_public(Utterance("help!", 5.0), "group", 999)
    assert [say.text for say in help if isinstance(say, Say)] == [HELP.text]


@pytest.mark.parametrize("in_public", [False, True])
async def test_talks_between_bots_end(in_public: bool) -> None:
    """Another bot hears of emergencies alone, and not for ever."""
    desk = Desk()
    answers = []
    for n in range(240):
        event = Utterance("m1" if n < 100 else "help!", 5.0)
        if in_public:
            answers.append(await desk.chats.in_public(event, "group", n, by_bot=True))
        else:
            answers.append(await desk.chats.handle("a", n, event, by_bot=True))
    assert answers[:100] == [()] * 100
    assert sum(map(bool, answers)) == MOST


async def test_a_chat_is_erased_once_a_minute_unless_there_is_something_new() -> None:
    desk = Desk(erased_lately="Done already.")
    forget = Command("forget", "", 5.0)
    assert await desk.chats.handle("a", 1, forget) == (Say("Forgotten."),)
    for number in (2, 3):
        assert await desk.chats.handle("a", number, forget) == (Say("Done already."),)
    assert await desk.chats.handle("b", 4, forget) == (Say("Forgotten."),)
    await desk.chats.handle("a", 5, Utterance("m7", 5.0))
    assert await desk.chats.handle("a", 6, forget) == (Say("Forgotten."),)
    assert (await desk.store.load("a", 9, 5.0)).state == b""
    desk.now += WINDOW
    assert await desk.chats.handle("a", 7, forget) == (Say("Forgotten."),)


async def test_who_floods_is_erased_once_a_minute_whatever_is_new() -> None:
    desk = Desk(erased_lately="Done already.")
    await desk.flood(1)
    said = []
    for number in range(100, 160, 2):
        said.append(await desk.chats.handle("a", number, Command("forget", "", 5.0)))
        await desk.chats.handle("a", number + 1, Utterance("m1", 5.0))
    assert said == [(Say("Forgotten."),)] + [()] * 29


def test_a_clock_that_was_set_back_makes_nobody_too_fast_or_for_ever_calm() -> None:
    flood = Flood(since=9_000.0)
    paces(flood, MOST, at=9_001.0)
    assert flood.pace("a", 1, 2.0, now=2.0) is Pace.CALM
    assert flood.pace("b", 1, 2.0, now=2.0) is Pace.CALM
    assert [flood.pace("b", n, 2.0, now=2.0) for n in range(2, MOST + 2)][-1] is Pace.TOO_FAST
