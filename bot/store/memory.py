"""A store that lives and ends with the process."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.store.protocol import STATE_SECONDS, UPDATE_SECONDS, Kept, Turn, next_version


@dataclass(frozen=True, slots=True)
class _State:
    state: bytes
    version: int
    at: float


@dataclass(frozen=True, slots=True)
class _Unsent:
    replies: bytes
    parcel: bytes = b""


class MemoryStore:
    """Conversations in dictionaries, for the terminal and for tests."""

    def __init__(self) -> None:
        self._states: dict[str, _State] = {}
        self._updates: dict[tuple[str, int], float] = {}
        self._unsent: dict[tuple[str, int], _Unsent] = {}
        self._secret = b""

    async def load(self, key: str, update_id: int, now: float) -> Kept:
        """Return what is kept of a chat, and whether it has seen this update."""
        row = self._states.get(key, _State(b"", 0, now))
        unsent = self._unsent.get((key, update_id), _Unsent(b""))
        return Kept(
            row.state if now - row.at < STATE_SECONDS else b"",
            row.version,
            (key, update_id) in self._updates,
            unsent.replies,
            self._updates.get((key, update_id), 0.0),
        )

    async def commit(self, key: str, turn: Turn) -> bool:
        """Keep a turn; False, and nothing kept, if the version moved on or the update was seen."""
        update = (key, turn.update_id)
        row = self._states.get(key)
        if update in self._updates or (row.version if row else 0) != turn.expected:
            return False
        if turn.state:
            self._states[key] = _State(turn.state, next_version(turn.expected), turn.at)
        else:
            self._states.pop(key, None)
        if turn.erase:
            self._drop_unsent(key)
        self._updates[update] = turn.at
        if turn.replies:
            self._unsent[update] = _Unsent(turn.replies)
        return True

    async def sent(self, key: str, update_id: int) -> None:
        """Drop the replies and the parcel of an update."""
        self._unsent.pop((key, update_id), None)

    async def forget(self, key: str) -> None:
        """Erase all that is kept of a chat."""
        self._states.pop(key, None)
        self._drop_unsent(key)
        self._updates = {u: at for u, at in self._updates.items() if u[0] != key}

    async def park(self, key: str, update_id: int, parcel: bytes) -> None:
        """Keep a parcel beside an update's unsent replies; without those do nothing."""
        unsent = self._unsent.get((key, update_id))
        if unsent:
            self._unsent[key, update_id] = replace(unsent, parcel=parcel)

    async def parked(self) -> tuple[bytes, ...]:
        """Return all parcels, oldest first."""
        return tuple(unsent.parcel for unsent in self._unsent.values() if unsent.parcel)

    async def prune(self, now: float) -> None:
        """Erase expired states, and updates, replies and parcels past their time."""
        oldest_state, oldest_update = now - STATE_SECONDS, now - UPDATE_SECONDS
        self._states = {k: row for k, row in self._states.items() if row.at > oldest_state}
        self._updates = {u: at for u, at in self._updates.items() if at > oldest_update}
        self._unsent = {u: row for u, row in self._unsent.items() if u in self._updates}

    async def close(self) -> None:
        """Do nothing: there is nothing to let go of."""

    async def secret(self, fresh: bytes) -> bytes:
        """Return the secret; where there is none yet, `fresh` becomes it."""
        self._secret = self._secret or fresh
        return self._secret

    async def replace_secret(self, old: bytes, new: bytes) -> None:
        """Put `new` in the place of `old`; if that is not the secret now, do nothing."""
        if self._secret == old:
            self._secret = new

    def _drop_unsent(self, key: str) -> None:
        self._unsent = {u: row for u, row in self._unsent.items() if u[0] != key}
