"""Answers that were committed but could not be sent at once: put aside, and taken up again."""

from __future__ import annotations

import asyncio
import logging
from typing import Protocol

from bot.channels.telegram.outbox import pause_after
from bot.channels.telegram.turns import Turns
from bot.store import StoreError

log = logging.getLogger(__name__)


class Parking(Protocol):
    """Where committed answers are put aside."""

    async def park(self, key: str, update_id: int, parcel: str) -> None:
        """Store the calls of an update until it is noted as sent; StoreError."""

    async def parked(self) -> tuple[str, ...]:
        """Return all that is parked, oldest first; StoreError."""


async def resume(parking: Parking, turns: Turns) -> bool:
    """Queue what an earlier run had parked; False where the store does not say what that is."""
    try:
        parcels = await parking.parked()
    except StoreError as error:
        log.error("what was put aside earlier cannot be read now: %s", error)
        return False
    for parcel in parcels:
        turns.resume(parcel)
    return True


async def resume_later(parking: Parking, turns: Turns) -> None:
    """Try again until the store is back."""
    failures = 1
    await asyncio.sleep(pause_after(failures))
    while not await resume(parking, turns):
        failures += 1
        await asyncio.sleep(pause_after(failures))
