"""A terminal as a channel: the same conversations, with no token and no network."""

from __future__ import annotations

import asyncio
import itertools
import re
import shutil
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, TextIO

from bot.delivery.channel import Call
from bot.delivery.conversations import Conversations
from bot.delivery.incoming import Incoming
from bot.delivery.metrics import Uncounted
from bot.delivery.outcomes import Done, Outcome
from bot.delivery.turns import Turns
from bot.dialogue.events import (
    Button,
    Command,
    Event,
    Keyboard,
    Press,
    Redraw,
    Reply,
    Say,
    Settle,
    Toast,
    Utterance,
)
from bot.dialogue.wording import paragraphs

KEY: Final = "terminal:here"  # there is one chat, with whoever sits in front of it
_WIDEST: Final = 78  # columns; longer lines tire the eye
_MARKED: Final = re.compile(r"\*([^*\n]+)\*|`([^`\n]+)`")
_NUMBERS: Final = re.compile(r"\d{1,2}(?:[\s,]+\d{1,2})*")


@dataclass(frozen=True, slots=True)
class Show(Call):
    """Shows all that answers a line."""

    name: ClassVar = "show"
    replies: tuple[Reply, ...]


class Screen:
    """Shows what is said, and writes it to the transcript as well."""

    def __init__(self, out: TextIO, record: TextIO | None, bold: bool) -> None:
        self._out = out
        self._record = record
        self._bold = bold
        self._width = min(_WIDEST, shutil.get_terminal_size().columns)

    def show(self, text: str) -> None:
        """Print a text in short lines, its *stars* as bold type."""
        shown = _MARKED.sub("\033[1m\\1\\2\033[0m" if self._bold else "\\1\\2", text)
        self._out.write("\n".join(map(self._wrapped, shown.split("\n"))) + "\n")
        self._out.flush()
        self.note(_MARKED.sub(r"\1\2", text))

    def note(self, text: str) -> None:
        """Write a text to the transcript alone."""
        if self._record:
            self._record.write(text + "\n")
            self._record.flush()

    def prompt(self) -> None:
        """Show that it is the person's turn."""
        self._out.write("\n> ")
        self._out.flush()

    def _wrapped(self, line: str) -> str:
        hanging = "  " if line.startswith(("•", "- ")) else ""
        return textwrap.fill(line, self._width, subsequent_indent=hanging) if line else ""


class Terminal:
    """The channel: shows replies, and numbers their buttons."""

    def __init__(self, screen: Screen, say: Callable[..., str]) -> None:
        """`say` gives the sentences of the content by their names, filled in."""
        self._screen = screen
        self._say = say
        self.buttons: list[Button] = []  # that can be tapped by their numbers now

    def calls(self, replies: tuple[Reply, ...], place: None) -> tuple[Call, ...]:
        return (Show(replies),) if replies else ()

    async def attempt(self, place: None, call: Call) -> Outcome:
        if isinstance(call, Show):
            if any(isinstance(reply, Say | Redraw) for reply in call.replies):
                self.buttons = []
            for reply in call.replies:
                self._show(reply)
        return Done()

    async def typing(self, place: None) -> None:
        """Show nothing: the next prompt comes when the answer is there."""

    def address(self, place: None) -> str:
        return ""

    def place(self, address: str) -> None:
        return None

    def _show(self, reply: Reply) -> None:
        if isinstance(reply, Say):
            self._screen.show("\n" + paragraphs(reply.text, reply.folded))
            self._offer(reply.keyboard)
        elif isinstance(reply, Redraw):
            self._offer(reply.keyboard)
        elif isinstance(reply, Settle):
            self.buttons = []
            self._screen.show(self._say("chosen", label=reply.chosen))
        elif isinstance(reply, Toast):
            self._screen.show(f"({reply.text})")

    def _offer(self, keyboard: Keyboard) -> None:
        """Number the buttons on from those of the messages before it in this answer."""
        buttons = [button for row in keyboard for button in row]
        if buttons:
            numbered = enumerate(buttons, start=len(self.buttons) + 1)
            self._screen.show("\n" + "\n".join(f"  [{n}] {b.label}" for n, b in numbered))
            self.buttons += buttons


class Talk:
    """Reads lines and has each answered before the next is read."""

    def __init__(
        self,
        conversations: Conversations,
        say: Callable[..., str],
        screen: Screen,
        clock: Callable[[], float],
    ) -> None:
        self._say = say
        self._screen = screen
        self._clock = clock
        self._terminal = Terminal(screen, say)
        self._turns = Turns(conversations, self._terminal, Uncounted())
        self._numbers = itertools.count(1)

    def run(self, lines: Iterable[str]) -> None:
        """Talk until the lines end or Ctrl-C; both leave politely."""
        self._screen.show(self._say("terminal_welcome") + "\n")
        # The loop rests while a line is awaited, so that Ctrl-C ends that at once.
        with asyncio.Runner() as runner:
            try:
                runner.run(self._answer(Command("start", "", self._clock())))
                self._screen.prompt()
                for line in lines:
                    text = line.rstrip("\n")
                    if text.strip():
                        self._screen.note(f"\n> {text}\n")
                        runner.run(self._hear(text.strip()))
                    self._screen.prompt()
            except KeyboardInterrupt:
                pass
            runner.run(self._turns.close())
        self._screen.show("\n" + self._say("terminal_goodbye"))

    async def _hear(self, text: str) -> None:
        """Take a line as taps, a command or a message."""
        if self._terminal.buttons and _NUMBERS.fullmatch(text):
            await self._tap([int(number) for number in re.split(r"[\s,]+", text)])
        elif text.startswith("/") and text[1:].split():
            name, *rest = text[1:].split(maxsplit=1)
            await self._answer(Command(name.casefold(), " ".join(rest), self._clock()))
        else:
            await self._answer(Utterance(text, self._clock()))

    async def _tap(self, numbers: Sequence[int]) -> None:
        """Tap buttons; all are of the question that was shown when the numbers were typed."""
        shown = list(self._terminal.buttons)
        for number in numbers:
            if 1 <= number <= len(shown):
                await self._answer(Press(shown[number - 1].data, self._clock()))
            else:
                self._screen.show(self._say("terminal_no_button"))

    async def _answer(self, event: Event) -> None:
        await self._turns.answer(Incoming(next(self._numbers), KEY, event, None))
