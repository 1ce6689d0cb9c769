"""The only place that ties what a conversation is about to where it is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, Protocol

from bot.delivery.flood import Flood, Pace
from bot.dialogue import reply_json
from bot.dialogue.events import Command, Event, Redraw, Reply, Say
from bot.dialogue.state import State
from bot.store import Kept, Store, StoreError, Turn

_TRIES: Final = 100  # of a step that others overtake; each time somebody else got on
_TURN_SECONDS: Final = 3.0  # after which the store counts as away
_HEAD_START: Final = 1.0  # seconds for whoever stepped an update to send its replies
_RESCUE_SECONDS: Final = 1.0  # an emergency answer waits no longer for a broken store


class Steps(Protocol):
    """The dialogue, as far as it matters here."""

    def step(self, state: State, event: Event) -> tuple[State, tuple[Reply, ...]]:
        """Return the next state and what to say; pure, and never raising."""


class Conversations:
    """All chats: each update moves its chat exactly once, and is answered until that is sent.

    Nothing is locked. A step that was overtaken, by another replica or another task, is taken
    again from the state as it is now; steps are pure, so that costs only their time.
    """

    def __init__(
        self,
        dialogue: Steps,
        store: Store,
        clock: Callable[[], float],
        trouble: str,
        too_fast: str = "",
    ) -> None:
        """Take the sentences for what goes wrong; without `too_fast` nobody is slowed down."""
        self._dialogue = dialogue
        self._store = store
        self._clock = clock
        self._trouble = Say(trouble)
        self._too_fast = Say(too_fast) if too_fast else None
        self._flood = Flood(since=clock())

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
                return await self._turn(key, update_id, event, written)
        except TimeoutError:
            raise StoreError("The database does not answer in time.") from None

    async def _turn(
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
            turn = Turn(
                update_id=update_id,
                expected=kept.version,
                state=b"" if erase or state == State() else _as_bytes(state.to_json()),
                replies=_kept_replies(kept.version, replies) if replies else b"",
                at=now,
                erase=erase,
            )
            if await self._store.commit(key, turn):
                return replies
        raise StoreError("The database takes no turn of this chat: others always come first.")

    async def _seen_before(self, key: str, update_id: int, kept: Kept) -> tuple[Reply, ...]:
        """Return an update's replies if they stay unsent; no emergency answer waits for that."""
        replies = self._unsent(kept)
        left = kept.seen_at + _HEAD_START - self._clock()
        if not replies or _urgent(replies) or left <= 0:
            return replies
        # It came only just now, so that another replica is about to send them, most likely.
        await asyncio.sleep(min(left, _HEAD_START))
        return self._unsent(await self._store.load(key, update_id, self._clock()))

    def _step(self, state: State, event: Event, pace: Pace) -> tuple[State, tuple[Reply, ...]]:
        """Step; of a chat that floods only an emergency moves on, and is answered."""
        after, replies = self._dialogue.step(state, event)
        if pace is Pace.CALM or _urgent(replies):
            return after, replies
        once = (self._too_fast,) if pace is Pace.TOO_FAST and self._too_fast else ()
        return state, once

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

    async def prune(self, now: float) -> None:
        """Erase what is past its time."""
        await self._store.prune(now)

    async def rescue(self, event: Event, key: str = "") -> tuple[Reply, ...]:
        """Return what must be said though nothing can be kept: emergency answers, or an apology.

        With the key, a state that can still be read is stepped from: a full disk takes no turn,
        but a tap on the emergency screen is understood.
        """
        _, replies = self._dialogue.step(await self._last_state(key), event)
        return _urgent(replies) or (self._trouble,)

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
            return (self._trouble,)
        return tuple(r for r in replies if not (overtaken and isinstance(r, Redraw)))


def _urgent(replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    return tuple(reply for reply in replies if isinstance(reply, Say) and reply.emergency)


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
