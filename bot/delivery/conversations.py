"""The only place that ties what a conversation is about to where it is kept."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.delivery import kept_replies
from bot.delivery.flood import Flood, Pace
from bot.delivery.kept_replies import as_bytes, as_text
from bot.dialogue.events import Event, Reply, Say, emergencies, erases
from bot.dialogue.state import State
from bot.store import Kept, Move, Store, StoreError

log = logging.getLogger(__name__)

# The dialogue: the next state of a chat and what to say there. Pure, and never raising.
Step = Callable[[State, Event], tuple[State, tuple[Reply, ...]]]
Urgent = Callable[[State, Event], bool]  # whether that may be an emergency answer, found cheaply

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
    erased_lately: str = ""  # to who wants to be forgotten again; without it that is done


def _perhaps(state: State, event: Event) -> bool:
    return True


class Conversations:
    """All chats: each update moves its chat exactly once, and is answered until that is sent.

    Nothing is locked. A step that was overtaken, by another replica or another task, is taken
    again from the state as it is now; steps are pure, so that costs only their time.
    """

    def __init__(
        self,
        step: Step,
        store: Store,
        clock: Callable[[], float],
        sentences: Sentences,
        urgent: Urgent | None = None,
    ) -> None:
        self._dialogue_step = step
        self._store = store
        self._clock = clock
        self._sentences = sentences
        self._urgent = urgent or _perhaps
        self._flood = Flood(since=clock())
        self.trouble = Say(sentences.trouble)

    async def handle(
        self,
        key: str,
        update_id: int,
        event: Event,
        written: float | None = None,
        *,
        by_bot: bool = False,
    ) -> tuple[Reply, ...]:
        """Step a chat and return the replies; of an update seen before, those not sent yet.

        `written` is when that was, where it is known (seconds since 1970): an update may have
        waited before it arrived. Another bot gets emergency answers alone. Errors: StoreError;
        then nothing has moved, or the same update given once more finds what has.
        """
        at = event.at if written is None else written
        try:
            async with asyncio.timeout(_TURN_SECONDS):
                return await self._move(key, update_id, event, at, by_bot)
        except TimeoutError:
            raise StoreError("The database does not answer in time.") from None

    async def _move(
        self, key: str, update_id: int, event: Event, at: float, by_bot: bool
    ) -> tuple[Reply, ...]:
        pace = None
        for _ in range(_TRIES):
            now = self._clock()
            kept = await self._store.load(key, update_id, now)
            if kept.seen:
                return await self._seen_before(key, update_id, kept, event)
            pace = pace or self._pace(key, update_id, event, at, by_bot)
            move, replies = self._turn(key, update_id, kept, event, pace)
            if move is None or await self._is_kept(key, move):
                return replies
        raise StoreError("The database takes no turn of this chat: others always come first.")

    async def _is_kept(self, key: str, move: Move) -> bool:
        """Commit a move; what only erases is done even where no more can be kept."""
        try:
            return await self._store.commit(key, move)
        except StoreError:
            if not move.erase:
                raise
            await self._store.forget(key)
            return True

    def _pace(self, key: str, update_id: int, event: Event, at: float, by_bot: bool) -> Pace:
        if not self._sentences.too_fast:
            return Pace.CALM
        pace = self._flood.pace(key, update_id, at, self._clock())
        if by_bot:
            return Pace.STILL_TOO_FAST
        return pace

    def _turn(
        self, key: str, update_id: int, kept: Kept, event: Event, pace: Pace
    ) -> tuple[Move | None, tuple[Reply, ...]]:
        """Return what to keep and what to say; no move of what is only read for emergencies."""
        state, now, erasing = _state_of(kept), self._clock(), erases(event)
        after, replies = state, tuple[Reply, ...]()
        lately = erasing and not self._flood.may_erase(key, update_id, now)
        lately = lately and bool(self._sentences.erased_lately)
        erasing = erasing and not (lately and (pace is not Pace.CALM or not kept.state))
        if lately and not erasing and pace is Pace.CALM:
            replies = _said(self._sentences.erased_lately)
        elif erasing or pace is Pace.CALM:
            # In no thread: the longest message takes 50 ms, and a thread makes each one dearer.
            after, replies = self._dialogue_step(state, event)
        else:
            after, replies = self._alarmed(key, update_id, state, event)
            if not replies and pace is Pace.STILL_TOO_FAST:
                return None, ()
            replies = replies or _said(self._sentences.too_fast)
        to_keep = b"" if erasing or after == State() else as_bytes(after.to_json())
        kept_until_sent = kept_replies.dump(kept.version, replies)
        return Move(update_id, kept.version, to_keep, kept_until_sent, now, erasing), replies

    def _alarmed(
        self, key: str, update_id: int, state: State, event: Event
    ) -> tuple[State, tuple[Reply, ...]]:
        """Step if that is an emergency, and its chat was not told so many times already."""
        if self._urgent(state, event):
            after, replies = self._dialogue_step(state, event)
            if emergencies(replies) and self._flood.may_alarm(key, update_id, self._clock()):
                return after, replies
        return state, ()

    async def _seen_before(
        self, key: str, update_id: int, kept: Kept, event: Event
    ) -> tuple[Reply, ...]:
        """Return an update's replies if they stay unsent; no emergency answer waits for that.

        What came before its chat was erased may be a copy, or news that was overtaken: if it is
        an emergency, it is answered.
        """
        replies = self._unsent(kept)
        if kept.erased and not replies:
            return self._alarmed(key, update_id, State(), event)[1]
        left = kept.seen_at + _HEAD_START - self._clock()
        if not replies or emergencies(replies) or left <= 0:
            return replies
        # It came only just now, so that another replica is about to send them, most likely.
        await asyncio.sleep(min(left, _HEAD_START))
        return self._unsent(await self._store.load(key, update_id, self._clock()))

    async def sent(self, key: str, update_id: int) -> None:
        """Drop an update's replies: they went out."""
        await self._store.sent(key, update_id)

    async def forget(self, key: str) -> None:
        """Erase all that is kept of a chat."""
        await self._store.forget(key)

    async def park(self, key: str, update_id: int, parcel: str) -> None:
        """Keep what is ready to be sent later, until `sent`; a second one replaces the first."""
        await self._store.park(key, update_id, as_bytes(parcel))

    async def parked(self) -> tuple[str, ...]:
        """Return everything parked, oldest first."""
        return tuple(as_text(parcel) for parcel in await self._store.parked())

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
        state = await self._last_state(key)
        replies = self._dialogue_step(state, event)[1] if self._urgent(state, event) else ()
        return emergencies(replies) or (self.trouble,)

    async def in_public(
        self, event: Event, key: str = "", update_id: int = 0, *, by_bot: bool = False
    ) -> tuple[Reply, ...]:
        """Return what to say where others read along; nothing is kept of that.

        An emergency answer is for everywhere; all else belongs in a private chat. Of a chat that
        floods, and of another bot, only emergencies are answered.
        """
        pace = self._pace(key, update_id, event, event.at, by_bot) if key else Pace.CALM
        if pace is Pace.CALM:
            found = emergencies(await self.rescue(event))
        else:
            found = emergencies(self._alarmed(key, update_id, State(), event)[1])
        for reply in found:
            return (Say(reply.text, emergency=True),)
        return _said(self._sentences.in_public if pace is Pace.CALM else "")

    async def is_reachable(self) -> bool:
        """Tell whether the store answers now."""
        return await self._glance("") is not None

    async def _last_state(self, key: str) -> State:
        kept = await self._glance(key) if key else None
        return _state_of(kept) if kept else State()

    async def _glance(self, key: str) -> Kept | None:
        try:
            async with asyncio.timeout(_RESCUE_SECONDS):
                return await self._store.load(key, 0, self._clock())
        except (StoreError, TimeoutError):
            return None

    def _unsent(self, kept: Kept) -> tuple[Reply, ...]:
        try:
            return kept_replies.unsent(kept)
        except ValueError:  # not to answer would be worse
            return (self.trouble,)


def _said(sentence: str) -> tuple[Say, ...]:
    return (Say(sentence),) if sentence else ()


def _state_of(kept: Kept) -> State:
    return State.from_json(as_text(kept.state)) if kept.state else State()
