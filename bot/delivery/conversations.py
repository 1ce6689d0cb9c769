"""The only place that ties what a conversation is about to where it is kept."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.delivery.flood import Flood, Pace
from bot.dialogue import reply_json
from bot.dialogue.events import Command, Event, Redraw, Reply, Say
from bot.dialogue.state import State
from bot.store import Kept, Move, Store, StoreError

log = logging.getLogger(__name__)

# The dialogue: the next state of a chat and what to say there. Pure, and never raising.
Step = Callable[[State, Event], tuple[State, tuple[Reply, ...]]]

PRUNE_EVERY: Final = 3600.0  # seconds

_TRIES: Final = 100  # of a step that others overtake; each time somebody else got on
_TURN_SECONDS: Final = 3.0  # after which the store counts as away
_HEAD_START: Final = 1.0  # seconds for whoever stepped an update to send its replies
_RESCUE_SECONDS: Final = 1.0  # an emergency answer waits no longer for a broken store


@dataclass(frozen=True, slots=True)
class Sentences:
    """What is said where no dialogue can say it."""

    trouble: str  # something failed; names the emergency number
    too_fast: str = ""  # to a chat that floods; without it nobody is slowed down
    in_public: str = ""  # where others read along: asks for a private chat


class Conversations:
    """All chats: each update moves its chat exactly once, and is answered until that is sent.

    Nothing is locked. A step that was overtaken, by another replica or another task, is taken
    again from the state as it is now; steps are pure, so that costs only their time.
    """

    def __init__(
        self, step: Step, store: Store, clock: Callable[[], float], sentences: Sentences
    ) -> None:
        self._dialogue_step = step
        self._store = store
        self._clock = clock
        self._too_fast = _said(sentences.too_fast)
        self._in_public = _said(sentences.in_public)
        self._flood = Flood(since=clock())
        self.trouble = Say(sentences.trouble)

    async def handle(
        self, key: str, update_id: int, event: Event, written: float | None = None
    ) -> tuple[Reply, ...]:
        """Step a chat and return the replies; of an update seen before, those not sent yet.

        `written` is when that was, where it is known (seconds since 1970): an update may have
        waited before it arrived. Errors: StoreError; then nothing has moved, or the same update
        given once more finds what has.
        """
        try:
            async with asyncio.timeout(_TURN_SECONDS):
                return await self._move(key, update_id, event, written)
        except TimeoutError:
            raise StoreError("The database does not answer in time.") from None

    async def _move(
        self, key: str, update_id: int, event: Event, written: float | None
    ) -> tuple[Reply, ...]:
        pace = None
        at = event.at if written is None else written
        for _ in range(_TRIES):
            now = self._clock()
            kept = await self._store.load(key, update_id, now)
            if kept.seen:
                return await self._seen_before(key, update_id, kept)
            pace = pace or (self._flood.pace(key, update_id, at) if self._too_fast else Pace.CALM)
            state, replies = self._step(_state_of(kept), event, pace)
            erase = isinstance(event, Command) and event.name == "forget"
            move = Move(
                update_id=update_id,
                expected=kept.version,
                state=b"" if erase or state == State() else _as_bytes(state.to_json()),
                replies=_kept_replies(kept.version, replies) if replies else b"",
                at=now,
                erase=erase,
            )
            if await self._store.commit(key, move):
                return replies
        raise StoreError("The database takes no turn of this chat: others always come first.")

    async def _seen_before(self, key: str, update_id: int, kept: Kept) -> tuple[Reply, ...]:
        """Return an update's replies if they stay unsent; no emergency answer waits for that."""
        replies = self._unsent(kept)
        left = kept.seen_at + _HEAD_START - self._clock()
        if not replies or emergencies(replies) or left <= 0:
            return replies
        # It came only just now, so that another replica is about to send them, most likely.
        await asyncio.sleep(min(left, _HEAD_START))
        return self._unsent(await self._store.load(key, update_id, self._clock()))

    def _step(self, state: State, event: Event, pace: Pace) -> tuple[State, tuple[Reply, ...]]:
        """Step; of a chat that floods only an emergency moves on, and is answered."""
        # In no thread: the longest message takes 50 ms, and a thread makes each short one dearer.
        after, replies = self._dialogue_step(state, event)
        if pace is Pace.CALM or emergencies(replies):
            return after, replies
        return state, self._too_fast if pace is Pace.TOO_FAST else ()

    async def sent(self, key: str, update_id: int) -> None:
        """Drop an update's replies: they went out."""
        await self._store.sent(key, update_id)

    async def forget(self, key: str) -> None:
        """Erase all that is kept of a chat."""
        await self._store.forget(key)

    async def park(self, key: str, update_id: int, parcel: str) -> None:
        """Keep what is ready to be sent later, until `sent`; a second one replaces the first."""
        await self._store.park(key, update_id, _as_bytes(parcel))

    async def parked(self) -> tuple[str, ...]:
        """Return everything parked, oldest first."""
        return tuple(_as_text(parcel) for parcel in await self._store.parked())

    async def keep_pruned(self) -> None:
        """Erase what is past its time, now and every hour; never ends."""
        while True:
            try:
                await self._store.prune(self._clock())
            except StoreError as error:
                log.error("what has expired could not be erased: %s", error)
            await asyncio.sleep(PRUNE_EVERY)

    async def rescue(self, event: Event, key: str = "") -> tuple[Reply, ...]:
        """Return what must be said though nothing can be kept: emergency answers, or an apology.

        With the chat's key, a state that can still be read is stepped from: though a full disk
        keeps no new one, a tap on the emergency screen is understood.
        """
        _, replies = self._dialogue_step(await self._last_state(key), event)
        return emergencies(replies) or (self.trouble,)

    async def in_public(self, event: Event) -> tuple[Reply, ...]:
        """Return what to say where others read along; nothing is kept of that.

        An emergency answer is for everywhere; all else belongs in a private chat.
        """
        for reply in emergencies(await self.rescue(event)):
            return (Say(reply.text, emergency=True),)
        return self._in_public

    async def _last_state(self, key: str) -> State:
        if not key:
            return State()
        try:
            async with asyncio.timeout(_RESCUE_SECONDS):
                return _state_of(await self._store.load(key, 0, self._clock()))
        except (StoreError, TimeoutError):
            return State()

    def _unsent(self, kept: Kept) -> tuple[Reply, ...]:
        """Return replies that were not sent, but for buttons that later turns have overtaken."""
        if not kept.replies:
            return ()
        try:
            version, text = _as_text(kept.replies).split(" ", 1)
            replies = reply_json.load(text)
            overtaken = kept.version != int(version) + 1
        except ValueError:  # damaged, or of a lost key: not to answer would be worse
            return (self.trouble,)
        return tuple(r for r in replies if not (overtaken and isinstance(r, Redraw)))


def emergencies(replies: tuple[Reply, ...]) -> tuple[Say, ...]:
    """Return the emergency answers among replies."""
    return tuple(reply for reply in replies if isinstance(reply, Say) and reply.emergency)


def _said(sentence: str) -> tuple[Say, ...]:
    return (Say(sentence),) if sentence else ()


def _kept_replies(version: int, replies: tuple[Reply, ...]) -> bytes:
    """Write replies down with the version of the state that they were stepped from."""
    return _as_bytes(f"{version} {reply_json.dump(replies)}")


def _state_of(kept: Kept) -> State:
    return State.from_json(_as_text(kept.state)) if kept.state else State()


def _as_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _as_text(kept: bytes) -> str:
    try:
        return kept.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return ""
