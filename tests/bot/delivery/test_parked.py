"""Answers put aside: what is left of them comes back, and nothing else."""

from __future__ import annotations

import asyncio
import logging
import math
from collections import deque

import pytest

from bot.delivery import outcomes, parked
from bot.delivery.channel import Call, emergency_first
from bot.delivery.conversations import Conversations, Sentences
from bot.delivery.metrics import Uncounted
from bot.delivery.outbox import Answer, Parcel
from bot.delivery.outcomes import Done, End, Wait
from bot.delivery.parked import Parked
from bot.delivery.turns import Turns
from bot.dialogue.events import Button, Event, Redraw, Reply, Say, Settle, Toast, Utterance
from bot.dialogue.state import State
from tests.conftest import NOW, utterance
from tests.fakes.slow_store import SlowStore
from tests.fakes.toy_channel import Toy, update

REPLIES: tuple[Reply, ...] = (
    Settle("Yes"),
    Toast("ok"),
    Say("one\ntwo\nžluť 😀 \ud800", ((Button("Yes", "y"),),)),
    Redraw(()),
    Say("Now!", emergency=True),
)


def parcel(made: int) -> Parcel:
    """Return an answer of which so many calls were made."""
    place = "ann!"
    calls = emergency_first(Toy().calls(REPLIES, place))
    answer = Answer("toy:ann", 9, place, REPLIES, calls)
    sent: asyncio.Future[End] = asyncio.get_running_loop().create_future()
    return Parcel(answer, deque(calls[made:]), math.inf, sent, 0.0)


@pytest.mark.parametrize("made", range(8))
async def test_what_is_left_comes_back_but_for_what_passes(made: int) -> None:
    toy, given = Toy(), parcel(made)
    back = parked.load(parked.dump(given, toy), toy)
    assert (back.key, back.update_id, back.place) == ("toy:ann", 9, "ann")
    assert back.replies == REPLIES
    lasting = tuple(call for call in given.calls if not call.passing)
    assert tuple(call for call in back.calls if not call.passing) == lasting


async def test_where_another_version_makes_other_calls_all_is_said_again() -> None:
    class Newer(Toy):
        def calls(self, replies: tuple[Reply, ...], place: str) -> tuple[Call, ...]:
            return tuple(c for c in super().calls(replies, place) if c.name != "redraw")

    text = parked.dump(parcel(5), Toy())
    again = [call.name for call in parked.load(text, Newer()).calls]
    assert again == ["write"] * 4


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "\n[]", '["a", 1, "", 0, 1]\n[]', '["a", 1, "p", 0]\n[]',
     '["a", 1, "p", 0, 1]\n', '["a", 1, "p", 0, 1]\n[["shout"]]', '["a", "1", "p", 0, 1]\n[]',
     '{"chat": 7, "update": 9, "calls": []}', "[" * 99_999],
)  # fmt: skip
def test_a_damaged_row_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parked.load(text, Toy())


def step(state: State, event: Event) -> tuple[State, tuple[Reply, ...]]:
    """Say two lines."""
    assert isinstance(event, Utterance)
    return state, (Say(f"{event.text}\nand that is all"),)


class Run:
    """One run of a bot over a store."""

    def __init__(self, store: SlowStore) -> None:
        self.toy, self.store = Toy(), store
        conversations = Conversations(step, store, lambda: NOW, Sentences("Sorry."))
        self.turns = Turns(conversations, self.toy, Uncounted())
        self.parked = Parked(conversations, self.toy, self.turns)


@pytest.fixture(name="store")
def _store(monkeypatch: pytest.MonkeyPatch) -> SlowStore:
    monkeypatch.setattr(parked, "MOMENT", 0.01)
    monkeypatch.setattr(outcomes, "FIRST_PAUSE", 0.01)
    return SlowStore()


async def interrupted(store: SlowStore, after: int = 1) -> None:
    """Let a run put an answer aside after so many calls, and end."""
    run = Run(store)
    run.toy.outcomes = [*[Done()] * after, Wait(3600.0)]
    found = await run.turns.take(update(1, utterance("calf")))
    assert isinstance(found, Parcel)
    await run.parked.sent_or_parked(found)
    assert not found.sent.done()
    await run.turns.close()


async def test_the_next_run_sends_what_is_left(store: SlowStore) -> None:
    await interrupted(store)
    run = Run(store)
    assert await run.parked.resume()
    await asyncio.wait_for(run.toy.called.wait(), 5)
    assert run.toy.got_by == [("ann", "and that is all")]
    await run.turns.close()


async def test_once_sent_it_is_not_kept(store: SlowStore) -> None:
    await interrupted(store, after=0)
    run = Run(store)
    await run.parked.resume()
    await run.turns.answer(update(2, utterance("toe")))
    assert run.toy.got == ["calf", "and that is all", "toe", "and that is all"]
    assert await store.parked() == ()
    await run.turns.close()


async def test_an_answer_that_is_sent_at_once_is_not_put_aside(store: SlowStore) -> None:
    run = Run(store)
    found = await run.turns.take(update(1, utterance("calf")))
    assert isinstance(found, Parcel)
    await run.parked.sent_or_parked(found)
    assert found.sent.done()
    assert await store.parked() == ()
    await run.turns.close()


async def test_without_the_store_it_is_tried_until_either_works(store: SlowStore) -> None:
    run = Run(store)
    run.toy.outcomes = [Wait(0.05)]
    found = await run.turns.take(update(1, utterance("calf")))
    assert isinstance(found, Parcel)
    store.away = True
    await run.parked.sent_or_parked(found)
    assert found.sent.done()
    assert run.toy.got == ["calf", "calf", "and that is all"]
    await run.turns.close()


async def test_a_store_that_is_away_at_the_start_is_asked_again(store: SlowStore) -> None:
    await interrupted(store)
    run = Run(store)
    store.away = True
    assert not await run.parked.resume()
    later = asyncio.create_task(run.parked.resume_later())
    store.away = False
    await later
    await asyncio.wait_for(run.toy.called.wait(), 5)
    assert run.toy.got == ["and that is all"]
    await run.turns.close()


async def test_what_cannot_be_read_is_dropped_without_being_logged(
    store: SlowStore, caplog: pytest.LogCaptureFixture
) -> None:
    await interrupted(store)
    await store.park("toy:ann", 1, b'["my secret"')
    run = Run(store)
    with caplog.at_level(logging.DEBUG):
        assert await run.parked.resume()
    assert "is dropped" in caplog.text
    assert "my secret" not in caplog.text
    assert run.toy.got == []
    await run.turns.close()
