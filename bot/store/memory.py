"""A store that lives and ends with the process."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.store.protocol import (
    CLOCK_SECONDS,
    STATE_SECONDS,
    UPDATE_SECONDS,
    Kept,
    Move,
    next_version,
)


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
        self._erased: dict[str, tuple[int, float]] = {}  # by which update, and when
        self._unsent: dict[tuple[str, int], _Unsent] = {}
        self._secret = b""

    async def load(self, key: str, update_id: int, now: float) -> Kept:
        row = self._states.get(key, _State(b"", 0, now))
        unsent = self._unsent.get((key, update_id), _Unsent(b""))
        erased_at = self._erased_at(key, update_id)
        seen_at = self._updates.get((key, update_id), erased_at)
        return Kept(
            row.state if now - row.at < STATE_SECONDS else b"",
            row.version,
            seen_at is not None,
            unsent.replies,
            seen_at or 0.0,
            erased_at is not None,
        )

    async def commit(self, key: str, move: Move) -> bool:
        update = (key, move.update_id)
        row = self._states.get(key)
        if update in self._updates or (row.version if row else 0) != move.expected:
            return False
        if self._erased_at(*update) is not None:
            return False
        if move.state:
            self._states[key] = _State(move.state, next_version(move.expected), move.at)
        else:
            self._states.pop(key, None)
        if move.erase:
            self._erase(key)
            self._erased[key] = move.update_id, move.at
        else:
            self._updates[update] = move.at
        if move.replies:
            self._unsent[key, move.update_id] = _Unsent(move.replies)
        return True

    async def sent(self, key: str, update_id: int) -> None:
        self._unsent.pop((key, update_id), None)

    async def forget(self, key: str) -> None:
        self._states.pop(key, None)
        self._erased.pop(key, None)
        self._erase(key)

    async def park(self, key: str, update_id: int, parcel: bytes) -> None:
        unsent = self._unsent.get((key, update_id))
        if unsent:
            self._unsent[key, update_id] = replace(unsent, parcel=parcel)

    async def parked(self) -> tuple[bytes, ...]:
        return tuple(unsent.parcel for unsent in self._unsent.values() if unsent.parcel)

    async def prune(self, now: float) -> None:
        oldest_state, oldest_update = now - STATE_SECONDS, now - UPDATE_SECONDS
        latest = now + CLOCK_SECONDS
        ahead = [k for k, row in self._states.items() if row.at > latest]
        self._states.update({k: replace(self._states[k], at=now) for k in ahead})
        self._updates = {u: at if at <= latest else now for u, at in self._updates.items()}
        self._states = {k: row for k, row in self._states.items() if row.at > oldest_state}
        self._updates = {u: at for u, at in self._updates.items() if at > oldest_update}
        self._erased = {k: one for k, one in self._erased.items() if one[1] > oldest_update}
        self._unsent = {
            (k, n): row
            for (k, n), row in self._unsent.items()
            if (k, n) in self._updates or self._erased_at(k, n) is not None
        }

    async def close(self) -> None:
        """Do nothing: there is nothing to let go of."""

    async def secret(self, fresh: bytes) -> bytes:
        self._secret = self._secret or fresh
        return self._secret

    async def replace_secret(self, old: bytes, new: bytes) -> None:
        if self._secret == old:
            self._secret = new

    def _erase(self, key: str) -> None:
        self._unsent = {u: row for u, row in self._unsent.items() if u[0] != key}
        self._updates = {u: at for u, at in self._updates.items() if u[0] != key}

    def _erased_at(self, key: str, update_id: int) -> float | None:
        """Return when a chat was erased after an update, or by it."""
        number, at = self._erased.get(key, (-1, 0.0))
        return at if update_id <= number else None
