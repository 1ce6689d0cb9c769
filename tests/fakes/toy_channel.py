"""A second channel, as small as one can be: it proves that delivery needs no other."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import ClassVar

from bot.delivery.channel import Call
from bot.delivery.incoming import Incoming, Left
from bot.delivery.outcomes import Done, Outcome
from bot.dialogue import events
from bot.dialogue.events import Event, Reply, Say, Toast


@dataclass(frozen=True, slots=True)
class Write(Call):
    """Shows a text."""

    name: ClassVar = "write"
    text: str


@dataclass(frozen=True, slots=True)
class Redraw(Call):
    """Shows other buttons."""

    name: ClassVar = "redraw"
    redraws: ClassVar = True
    text: str


@dataclass(frozen=True, slots=True)
class Brief(Call):
    """Shows a word that is soon of no use."""

    name: ClassVar = "brief"
    passing: ClassVar = True
    text: str


class Toy:
    """Takes every call, or answers as it is told to; a place is a person's name."""

    def __init__(self) -> None:
        self.got: list[str] = []
        self.got_by: list[tuple[str, str]] = []  # the same with the person in front
        self.outcomes: list[Outcome] = []
        self.typed = asyncio.Event()
        self.called = asyncio.Event()

    def calls(self, replies: tuple[Reply, ...], place: str) -> tuple[Call, ...]:
        """Write each line of a text on its own; an ! after the person asks for a brief word."""
        found: list[Call] = [Brief("ok")] if place.endswith("!") else []
        for reply in replies:
            if isinstance(reply, Say):
                lines = reply.text.split("\n")
                found += [Write(line, emergency=reply.emergency) for line in lines]
            elif isinstance(reply, events.Redraw):
                found.append(Redraw("buttons"))
            elif isinstance(reply, Toast):
                found.append(Brief(reply.text))
        return tuple(found)

    async def attempt(self, place: str, call: Call) -> Outcome:
        """Take a call."""
        assert isinstance(call, Write | Redraw | Brief)
        self.got.append(call.text)
        self.got_by.append((place, call.text))
        self.called.set()
        return self.outcomes.pop(0) if self.outcomes else Done()

    async def typing(self, place: str) -> None:
        """Take it."""
        self.got_by.append((place, "typing"))
        self.typed.set()

    def address(self, place: str) -> str:
        """Leave the brief word out."""
        return place.rstrip("!")

    def place(self, address: str) -> str:
        """Return the person."""
        if not address:
            raise ValueError("nobody")
        return address


def update(
    number: int, event: Event | Left, person: str = "ann", *, in_public: bool = False
) -> Incoming:
    """Return an update of a person's chat."""
    return Incoming(number, f"toy:{person.rstrip('!')}", event, person, in_public)
