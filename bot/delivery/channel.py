"""The seam to the channels: what delivery asks of whoever carries answers to people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol, TypeAlias

from bot.delivery.outcomes import Outcome
from bot.dialogue.events import Reply

# What a channel needs to answer somewhere: the chat, the tapped button, the message that it stands
# under … Delivery only hands it back, so that each channel may have a kind of its own.
Place: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class Call:
    """One request that shows a piece of an answer; each channel derives its own kinds."""

    name: ClassVar[str]  # in the log
    passing: ClassVar[bool] = False  # of no use later: tried twice at most, and never parked
    redraws: ClassVar[bool] = False  # changes buttons, which a later update may have changed since
    emergency: bool = field(default=False, kw_only=True)  # goes ahead of all that waits


class Channel(Protocol):
    """Whoever carries answers to people."""

    def calls(self, replies: tuple[Reply, ...], place: Place) -> tuple[Call, ...]:
        """Return what shows replies at a place: the same calls each time, in their order."""

    async def attempt(self, place: Place, call: Call) -> Outcome:
        """Make one call once; never raises."""

    async def typing(self, place: Place) -> None:
        """Show that an answer is coming, where that can be shown; never raises."""

    def address(self, place: Place) -> str:
        """Write down a place, so that an answer may go there later; what passes is left out."""

    def place(self, address: str) -> Place:
        """Read back what `address` wrote; ValueError when it is damaged."""


def emergency_first(calls: Iterable[Call]) -> tuple[Call, ...]:
    """Return the calls of an answer with an emergency answer ahead of the rest.

    It waits for nothing, not even for the button that led to it.
    """
    return tuple(sorted(calls, key=lambda call: not call.emergency))
