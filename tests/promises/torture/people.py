"""People who talk with the bot from scripts, and see whether it answers as on a good day."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from tests.promises.torture.telegram import BadTelegram, Chat, Shown, labels, shown

PATIENCE: Final = 60.0  # seconds that anybody waits for an answer


@dataclass(frozen=True)
class Write:
    """Write a message."""

    text: str


@dataclass(frozen=True)
class Tap:
    """Tap a button of the newest message that has it, a repeat of an older one left aside."""

    label: str


@dataclass(frozen=True)
class Tick:
    """Tap several options at once; their taps may overtake each other."""

    labels: tuple[str, ...]


@dataclass(frozen=True)
class TapAgain:
    """Tap a button once more that is no longer there; only a short word comes back."""

    label: str


Action = Write | Tap | Tick | TapAgain
Script = tuple[Action, ...]

# All on tests/data/boiler.yaml. No two messages of the bot in a script look alike, so that what
# looks alike is a repeat.
SCRIPTS: Final[tuple[Script, ...]] = (
    (
        Write("my radiators are cold"),
        Tap("None of these"),
        Tick(("Dripping", "Low pressure")),
        Tap("Done"),
        Tap("One to three days"),
        Tick(("The flat is rented",)),
        TapAgain("One to three days"),
        Tap("Done"),
        Tap("Tell me what was done"),
        Tick(("Radiators were bled",)),
        Tap("Done"),
        Write("how often should it be serviced"),
    ),
    (
        Write("the boiler bangs"),
        Write("no"),
        Tick(("Low pressure", "Dripping")),
        Tap("Done"),
        Write("2 days"),
        Write("we rent"),
        Write("when to replace a boiler"),
    ),
    (
        Write("why does my boiler fail"),
        Tap("None of these"),
        Write("how do i bleed a radiator"),
        Tap("Back"),
        Tap("None of these"),
        Tap("Stop"),
    ),
    (
        Write("my radiators are cold"),
        Tap("None of these"),
        Tick(("Water runs out",)),
        Write("i can smell gas"),
        Tap("I didn't mean that"),
        Tap("I meant something else"),
        Tap("Not sure"),
    ),
    (
        Write("/start"),
        Write("/check"),
        Tap("None of these"),
        Write("/cancel"),
        Write("/about"),
        Write("/check"),
        Tap("None of these"),
        Tick(("Dripping",)),
        Write("/forget"),
        Write("/privacy"),
    ),
)
QUESTIONS: Final = (
    "how do i bleed a radiator",
    "how often should it be serviced",
    "when to replace a boiler",
    "/about",
    "/privacy",
)


@dataclass(frozen=True)
class Seen:
    """What one chat showed: its messages as they came, at any time, and as they were left."""

    first: tuple[Shown, ...]
    ever: frozenset[Shown]
    last: frozenset[Shown]


class Person:
    """Somebody who follows a script: each next action once the last one was answered.

    The patient wait also until it was acknowledged. While the database is away, an emergency
    answer is sent ahead of its turn, so that a quick tap on it may be taken first elsewhere.
    """

    def __init__(
        self, api: BadTelegram, number: int, script: Script, patient: bool = False
    ) -> None:
        self._api = api
        self.number = number
        self.script = script
        self._patient = patient
        self.chat: Chat = api.chat(number)
        self.counts: list[int] = []  # different messages after each action
        self.unanswered = 0

    async def talk(self, expected: Sequence[int] | None = None) -> None:
        """Act out the script; without `expected` wait until all is quiet after each action."""
        for place, action in enumerate(self.script):
            try:
                async with asyncio.timeout(PATIENCE):
                    await self._act(action)
                    if expected is None:
                        await self._api.until(lambda: not self._api.queue, PATIENCE)
                    else:
                        await self._until_seen(expected[place])
                    if self._patient and self._api.deliver:
                        await self._api.deliver.idle(self.number)
            except (TimeoutError, LookupError):  # no answer, or one without the button
                self.unanswered = len(self.script) - place
                return
            self.counts.append(len(self.chat.first))

    async def wait(self, expected: int) -> None:
        """Wait for the answers to what was written before."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._until_seen(expected)
        except TimeoutError:
            self.unanswered = expected - len(self.chat.first)

    async def _act(self, action: Action) -> None:
        match action:
            case Write(text):
                await self._api.write(text, chat=self.number)
            case Tap(label):
                await self._api.tap(self.chat.latest(lambda m: label in labels(m)), label)
            case TapAgain(label):
                message = self.chat.latest(lambda m: f"→ {label}" in m.text)
                await self._api.push(callback_query=self._api.query(message, "c:1:since:days"))
            case Tick(wanted):
                message = self.chat.latest(lambda m: wanted[0] in labels(m))
                mixed = self._api.chance.sample(wanted, len(wanted))
                await asyncio.gather(*(self._api.tap(message, label) for label in mixed))
                ticked = {f"✓ {label}" for label in wanted}
                await self._until(lambda: ticked <= labels(message))

    async def _until_seen(self, count: int) -> None:
        await self._until(lambda: len(self.chat.first) >= count)

    async def _until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            self.chat.changed.clear()
            await self.chat.changed.wait()

    def seen(self) -> Seen:
        """Return what the chat shows now."""
        last = frozenset(shown(message) for _, message in self.chat.messages)
        return Seen(tuple(self.chat.first), frozenset(self.chat.ever), last)
