"""What ties steps to storage: each update steps once, and is answered until that is sent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.delivery import conversations
from bot.delivery.conversations import Conversations, Sentences
from bot.dialogue.events import Button, Event, Press, Redraw, Reply, Say, Settle, Toast, Utterance
from bot.dialogue.state import State
from bot.store import Kept, Move, Store, StoreError, open_store
from bot.store.memory import MemoryStore
from bot.store.protocol import STATE_SECONDS, UPDATE_SECONDS
from bot.store.sqlite import SQLiteStore
from tests.conftest import NOW, command, press, utterance

pytest_plugins = ["tests.fakes.postgres_server"]

SORRY = "Something went wrong, call 112 if it is urgent."
HELP = Say("Call 112 now.", emergency=True)


@dataclass(frozen=True)
class Notes(State):
    """The state of a dialogue that only takes notes."""

    notes: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Write the notes."""
        return json.dumps(self.notes)

    @staticmethod
    def from_json(text: str) -> Notes:
        """Read notes; damaged ones count as none."""
        try:
            return Notes(notes=tuple(json.loads(text)))
        except ValueError:
            return Notes()


class NoteTaker:
    """Notes down every text and reads back how many there are; /forget drops them.

    A tap on "yes" is an emergency, but only after something was noted.
    """

    def step(self, state: State, event: Event) -> tuple[State, tuple[Reply, ...]]:
        """Return the notes with one more."""
        assert isinstance(state, Notes)
        match event:
            case Utterance(text):
                notes = (*state.notes, text)
                help = (HELP,) if text == "chest pain" else ()
                return Notes(notes=notes), (*help, Say(f"{text} is note {len(notes)}"))
            case Press("tick"):
                ticked = Button("✓ Calf", "calf")
                return state, (Redraw(((ticked,),)), Say("Noted."))
            case Press("yes"):
                return state, (Settle("Yes"), HELP) if state.notes else (Say("Which one?"),)
            case _:
                return Notes(), (Say("Forgotten.", ((Button("Start", "s"),),)),)


@pytest.fixture(autouse=True)
def _notes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep notes as the state, so that these tests hold whatever the real state is made of."""
    monkeypatch.setattr(conversations, "State", Notes)
    monkeypatch.setattr(conversations, "_HEAD_START", 0.0)


class Clock:
    """A clock that stands still until it is set."""

    now = NOW

    def __call__(self) -> float:
        return self.now


class BrokenStore(MemoryStore):
    """A store that can be switched off, for writing or altogether."""

    writable = True
    readable = True

    async def load(self, key: str, update_id: int, now: float) -> Kept:
        if not self.readable:
            raise StoreError("The database is away.")
        return await super().load(key, update_id, now)

    async def commit(self, key: str, move: Move) -> bool:
        if not self.writable:
            raise StoreError("The disk is full.")
        return await super().commit(key, move)


class Hanging(MemoryStore):
    """A store that never answers."""

    async def load(self, key: str, update_id: int, now: float) -> Kept:
        await asyncio.Event().wait()
        return Kept()


def talk(store: Store, clock: Clock | None = None) -> Conversations:
    return Conversations(NoteTaker().step, store, clock or Clock(), Sentences(SORRY))


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    store = await open_store(store_url, ("a key of thirty-two characters..",))
    yield store
    await store.close()


@pytest.fixture
async def replicas(shared_url: str) -> AsyncIterator[tuple[Conversations, Conversations]]:
    """Yield the conversations of two replicas on one database."""
    one, other = await asyncio.gather(open_store(shared_url), open_store(shared_url))
    yield talk(one), talk(other)
    await one.close()
    await other.close()


async def test_chat_goes_on_from_where_it_was(store: Store) -> None:
    chats = talk(store)
    assert await chats.handle("a", 1, utterance("calf")) == (Say("calf is note 1"),)
    assert await chats.handle("b", 2, utterance("toe")) == (Say("toe is note 1"),)
    assert await chats.handle("a", 3, utterance("eye")) == (Say("eye is note 2"),)


async def test_update_seen_before_is_not_stepped_again(store: Store) -> None:
    """Its replies come back until they are sent, exactly as they were."""
    chats = talk(store)
    replies = await chats.handle("a", 1, utterance("chest pain"))
    assert len(replies) == 2
    assert await chats.handle("a", 1, utterance("chest pain")) == replies
    await chats.sent("a", 1)
    assert await chats.handle("a", 1, utterance("chest pain")) == ()
    assert await chats.handle("a", 2, utterance("eye")) == (Say("eye is note 2"),)


async def test_late_update_is_stepped_though_its_number_is_lower(store: Store) -> None:
    chats = talk(store)
    await chats.handle("a", 9, utterance("calf"))
    assert await chats.handle("a", 2, utterance("eye")) == (Say("eye is note 2"),)


async def test_twenty_at_once_on_one_chat_are_each_honoured_once(store: Store) -> None:
    """Half of them are doubles: the same update delivered to two tasks."""
    chats = talk(store)
    answers = await asyncio.gather(
        *(chats.handle("a", n % 10, utterance(f"n{n % 10}")) for n in range(20))
    )
    said = {answer for answer in answers if answer}
    assert len(said) == 10
    assert await chats.handle("a", 99, utterance("last")) == (Say("last is note 11"),)


async def test_replicas_honour_all_that_reaches_them_at_once(
    replicas: tuple[Conversations, Conversations],
) -> None:
    answers = await asyncio.gather(
        *(replicas[n % 2].handle("a", n // 2, utterance(f"n{n // 2}")) for n in range(20))
    )
    for one, other in zip(answers[::2], answers[1::2], strict=True):
        assert one == other
    counts = sorted(int(say.text.split()[-1]) for (say,) in answers[::2] if isinstance(say, Say))
    assert counts == list(range(1, 11))


async def test_state_is_gone_a_day_later_and_updates_after_two(store: Store) -> None:
    clock = Clock()
    chats = talk(store, clock)
    await chats.handle("a", 1, utterance("calf"))
    clock.now = NOW + STATE_SECONDS
    await store.prune(clock.now)
    assert await chats.handle("a", 2, utterance("eye")) == (Say("eye is note 1"),)
    assert await chats.handle("a", 1, utterance("calf")) == (Say("calf is note 1"),)
    clock.now = NOW + UPDATE_SECONDS
    await store.prune(clock.now)
    assert await chats.handle("a", 1, utterance("calf")) == (Say("calf is note 1"),)


async def test_forget_starts_a_chat_from_nothing(store: Store) -> None:
    chats = talk(store)
    await chats.handle("a", 1, utterance("calf"))
    await chats.park("a", 1, "parcel")
    await chats.forget("a")
    assert await chats.parked() == ()
    assert await chats.handle("a", 2, utterance("eye")) == (Say("eye is note 1"),)


async def test_forget_command_erases_and_is_itself_answered(store: Store) -> None:
    chats = talk(store)
    await chats.handle("a", 1, utterance("calf"))
    await chats.park("a", 1, "parcel")
    (answer,) = await chats.handle("a", 2, command("forget"))
    assert isinstance(answer, Say)
    assert await chats.parked() == ()
    assert await chats.handle("a", 1, utterance("calf")) == ()
    assert await chats.handle("a", 2, command("forget")) == (answer,)


async def test_forget_command_leaves_no_bytes_but_update_ids(tmp_path: Path) -> None:
    store = await open_store(f"sqlite:///{tmp_path}/bot.db")
    chats = talk(store)
    for update_id in range(5):
        await chats.handle("a", update_id, utterance("my left calf"))
        await chats.park("a", update_id, "my left calf for 4815162342")
    await chats.handle("a", 6, command("forget"))
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    await store.close()
    assert b"my left calf" not in left
    assert b"4815162342" not in left


async def test_parcels_come_back_as_they_were(store: Store) -> None:
    chats = talk(store)
    await chats.handle("a", 1, utterance("calf"))
    await chats.park("a", 1, '{"chat": 1, "text": "žluť 😀 \ud800"}')
    assert await chats.parked() == ('{"chat": 1, "text": "žluť 😀 \ud800"}',)
    assert await chats.handle("a", 1, utterance("calf")) == (Say("calf is note 1"),)
    await chats.sent("a", 1)
    assert await chats.parked() == ()


async def test_damaged_state_counts_as_none(tmp_path: Path) -> None:
    store = SQLiteStore.open(tmp_path / "bot.db")
    chats = talk(store)
    for update_id, damage in enumerate([b"", b"{", b"\xff\xfe", b"[" * 9]):
        await chats.handle("a", 2 * update_id, utterance("calf"))
        store._db.execute("UPDATE states SET state = ?", (damage,))
        answer = await chats.handle("a", 2 * update_id + 1, utterance("eye"))
        assert answer == (Say("eye is note 1"),)
        await chats.forget("a")
    await store.close()


async def test_unreadable_stored_replies_still_get_an_answer(tmp_path: Path) -> None:
    store = SQLiteStore.open(tmp_path / "bot.db")
    chats = talk(store)
    await chats.handle("a", 1, utterance("calf"))
    store._db.execute("UPDATE replies SET replies = ?", (b"\xff",))
    assert await chats.handle("a", 1, utterance("calf")) == (Say(SORRY),)
    await store.close()


# As version 0.1.0 wrote them: the version of the state, then the replies.
OLDER = (
    b'4 [["settle","Yes"],["say","Call *112*.",[[["Start","check"]]],true],'
    b'["redraw",[[["\\u2713 Calf","c:1"]]]],["toast","Noted."]]'
)


async def test_replies_that_an_older_version_kept_are_sent(store: Store) -> None:
    """Its buttons were overtaken by what came after it."""
    assert await store.commit("toy:7", Move(1, 0, b"[]", OLDER, NOW))
    replies = await talk(store).handle("toy:7", 1, utterance("calf"))
    assert replies == (
        Settle("Yes"),
        Say("Call *112*.", ((Button("Start", "check"),),), emergency=True),
        Toast("Noted."),
    )


async def test_replies_that_another_replica_is_sending_are_left_to_it(
    replicas: tuple[Conversations, Conversations], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversations, "_HEAD_START", 0.2)
    await replicas[0].handle("a", 1, utterance("calf"))
    answer, _ = await asyncio.gather(
        replicas[1].handle("a", 1, utterance("calf")), replicas[0].sent("a", 1)
    )
    assert answer == ()


async def test_emergency_answer_is_not_left_to_another_replica(
    replicas: tuple[Conversations, Conversations], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversations, "_HEAD_START", 30.0)
    said = await replicas[0].handle("a", 1, utterance("chest pain"))
    assert await replicas[1].handle("a", 1, utterance("chest pain")) == said


async def test_buttons_that_later_turns_have_overtaken_are_not_drawn_again(store: Store) -> None:
    chats = talk(store)
    await chats.handle("a", 1, utterance("calf"))
    drawn = (Redraw(((Button("✓ Calf", "calf"),),)), Say("Noted."))
    assert await chats.handle("a", 2, press("tick")) == drawn
    assert await chats.handle("a", 2, press("tick")) == drawn
    await chats.handle("a", 3, utterance("eye"))
    assert await chats.handle("a", 2, press("tick")) == drawn[1:]


async def test_chat_that_never_takes_a_turn_ends_in_an_error() -> None:
    class Taken(MemoryStore):
        async def commit(self, key: str, move: Move) -> bool:
            return False

    with pytest.raises(StoreError, match="others always come first"):
        await talk(Taken()).handle("a", 1, utterance("calf"))


class TestStoreDown:
    async def test_handle_raises_and_nothing_has_moved(self) -> None:
        store = BrokenStore()
        chats = talk(store)
        store.writable = False
        with pytest.raises(StoreError):
            await chats.handle("a", 1, utterance("calf"))
        store.writable = True
        assert await chats.handle("a", 1, utterance("calf")) == (Say("calf is note 1"),)

    async def test_emergency_is_answered_and_only_that(self) -> None:
        store = BrokenStore()
        store.readable = store.writable = False
        assert await talk(store).rescue(utterance("chest pain"), "a") == (HELP,)
        assert await talk(store).rescue(utterance("chest pain")) == (HELP,)

    async def test_all_else_gets_an_apology(self) -> None:
        store = BrokenStore()
        store.readable = False
        assert await talk(store).rescue(utterance("calf"), "a") == (Say(SORRY),)
        assert await talk(store).rescue(press("yes"), "a") == (Say(SORRY),)

    async def test_tap_is_understood_while_the_state_can_be_read(self) -> None:
        store = BrokenStore()
        await talk(store).handle("a", 1, utterance("calf"))
        store.writable = False
        assert await talk(store).rescue(press("yes"), "a") == (HELP,)

    async def test_store_that_hangs_counts_as_away(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(conversations, "_TURN_SECONDS", 0.01)
        with pytest.raises(StoreError, match="does not answer in time"):
            await talk(Hanging()).handle("a", 1, utterance("calf"))

    async def test_store_that_hangs_delays_no_emergency_answer(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(conversations, "_RESCUE_SECONDS", 0.01)
        assert await talk(Hanging()).rescue(utterance("chest pain"), "a") == (HELP,)
