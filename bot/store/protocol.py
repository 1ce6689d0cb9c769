"""What a store keeps of a chat, and for how long."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Final, Protocol

STATE_SECONDS: Final = 24 * 3600  # a state left alone this long is as good as none
UPDATE_SECONDS: Final = 48 * 3600  # Telegram sends an update again for 24 hours; doubled
CLOCK_SECONDS: Final = 3600.0  # that clocks may differ; a time further ahead was a wrong one


class StoreError(Exception):
    """The store cannot be used now; the message is one line that says what to do."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a chat, as an update for it arrives."""

    state: bytes = b""  # empty: none, or expired
    version: int = 0  # 0: there is no state to replace
    seen: bool = False  # this update moved the conversation before
    replies: bytes = b""  # its replies, until they are sent
    seen_at: float = field(default=0.0, compare=False)  # when it was, in seconds since 1970
    erased: bool = field(default=False, compare=False)  # older than what erased its chat, or that


@dataclass(frozen=True, slots=True)
class Move:
    """What one update changes of its chat, kept as a whole or not at all."""

    update_id: int
    expected: int  # the version it was stepped from
    state: bytes  # empty: keep none
    replies: bytes  # empty: nothing to send
    at: float  # seconds since 1970
    erase: bool = False  # drop all else of the chat, the ids of its updates too, without a trace


class Store(Protocol):
    """Where conversations are kept; every method may raise StoreError and nothing else."""

    async def load(self, key: str, update_id: int, now: float) -> Kept:
        """Return what is kept of a chat, and whether it has seen this update."""

    async def commit(self, key: str, move: Move) -> bool:
        """Keep a move; False, and nothing kept, if the version moved on or the update was seen."""

    async def sent(self, key: str, update_id: int) -> None:
        """Drop the replies and the parcel of an update."""

    async def forget(self, key: str) -> None:
        """Erase all that is kept of a chat."""

    async def park(self, key: str, update_id: int, parcel: bytes) -> None:
        """Keep a parcel beside an update's unsent replies; without those do nothing."""

    async def parked(self) -> tuple[bytes, ...]:
        """Return all parcels, oldest first."""

    async def prune(self, now: float) -> None:
        """Erase expired states, and updates, replies and parcels past their time."""

    async def close(self) -> None:
        """Let go of files and connections; a second call does nothing."""


class Backend(Store, Protocol):
    """A store that also keeps one secret of its own, with which chat keys are hashed."""

    async def secret(self, fresh: bytes) -> bytes:
        """Return the secret; where there is none yet, `fresh` becomes it."""

    async def replace_secret(self, old: bytes, new: bytes) -> None:
        """Put `new` in the place of `old`; if that is not the secret now, do nothing."""


def mark_of(update_id: int) -> int:
    """Return the id under which an update that erased its chat is kept: no update has such a one.

    It stands for all updates up to that one, whose own ids are erased: a copy that comes late
    must not pass for news.
    """
    return -1 - update_id


def next_version(expected: int) -> int:
    """Return the version of a state stepped from `expected`.

    The first one is random: a state that was erased and made anew must not pass for the old one.
    """
    return expected + 1 if expected else secrets.randbits(48) + 1
