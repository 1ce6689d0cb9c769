"""The same conversations in a terminal: no token, no network."""

from __future__ import annotations

import contextlib
import re
import shutil
import sys
import textwrap
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TextIO

from bot.dialogue.dialogue import Dialogue
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
from bot.dialogue.state import State
from bot.dialogue.wording import Wording
from intents import default_cache, open_encoder, open_understanding

_WIDEST: Final = 78  # columns; longer lines tire the eye
_BOLD: Final = re.compile(r"\*([^*\n]+)\*")
_NUMBERS: Final = re.compile(r"\d{1,2}(?:[\s,]+\d{1,2})*")


def chat(faq_path: Path, transcript: Path | None = None, semantic: bool = False) -> int:
    """Talk in the terminal until the input ends; return the exit code.

    Raises FaqError, and EncoderFault when `semantic` is wanted and cannot be had.
    """
    with contextlib.ExitStack() as stack:
        record = None
        if transcript is not None:
            try:
                record = stack.enter_context(transcript.open("w", encoding="utf-8"))
            except OSError as error:
                sys.stderr.write(f"{transcript}: cannot be written: {error.strerror}.\n")
                return 2
        screen = Screen(sys.stdout, record, bold=sys.stdout.isatty())
        cache = default_cache()
        understanding = open_understanding(
            faq_path,
            datetime.now(UTC).date(),
            cache,
            open_encoder(cache) if semantic else None,
            lambda faq: screen.show(Wording(faq).say("terminal_first_start")),
        )
        wording = Wording(understanding.faq)
        talk = Talk(Dialogue(understanding), wording, screen, time.time)
        return talk.run(sys.stdin)


class Screen:
    """Shows what is said, and writes it to the transcript as well."""

    def __init__(self, out: TextIO, record: TextIO | None, bold: bool) -> None:
        self._out = out
        self._record = record
        self._bold = bold
        self._width = min(_WIDEST, shutil.get_terminal_size().columns)

    def show(self, text: str) -> None:
        """Print a text in short lines, its *stars* as bold type."""
        shown = _BOLD.sub("\033[1m\\1\033[0m" if self._bold else "\\1", text)
        self._out.write("\n".join(map(self._wrapped, shown.split("\n"))) + "\n")
        self._out.flush()
        self.note(_BOLD.sub(r"\1", text))

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


class Talk:
    """One conversation: reads lines, feeds them to the dialogue, shows the replies."""

    def __init__(
        self, dialogue: Dialogue, wording: Wording, screen: Screen, clock: Callable[[], float]
    ) -> None:
        self._dialogue = dialogue
        self._wording = wording
        self._screen = screen
        self._clock = clock
        self._state = State()
        self._buttons: list[Button] = []

    def run(self, lines: Iterable[str]) -> int:
        """Talk until the lines end or Ctrl-C; both leave politely."""
        self._screen.show(self._wording.say("terminal_welcome") + "\n")
        self._step(Command("start", "", self._clock()))
        try:
            self._screen.prompt()
            for line in lines:
                text = line.rstrip("\n")
                if text.strip():
                    self._screen.note(f"\n> {text}\n")
                    self._hear(text.strip())
                self._screen.prompt()
        except KeyboardInterrupt:
            pass
        self._screen.show("\n" + self._wording.say("terminal_goodbye"))
        return 0

    def _hear(self, text: str) -> None:
        """Take a line as taps, a command or a message."""
        if self._buttons and _NUMBERS.fullmatch(text):
            self._tap([int(number) for number in re.split(r"[\s,]+", text)])
        elif text.startswith("/") and text[1:].split():
            name, *rest = text[1:].split(maxsplit=1)
            self._step(Command(name.casefold(), " ".join(rest), self._clock()))
        else:
            self._step(Utterance(text, self._clock()))

    def _tap(self, numbers: Sequence[int]) -> None:
        """Tap buttons; all are of the question that was shown when the numbers were typed."""
        shown = list(self._buttons)
        for number in numbers:
            if 1 <= number <= len(shown):
                self._step(Press(shown[number - 1].data, self._clock()))
            else:
                self._screen.show(self._wording.say("terminal_no_button"))

    def _step(self, event: Event) -> None:
        self._state, replies = self._dialogue.step(self._state, event)
        if any(isinstance(reply, Say | Redraw) for reply in replies):
            self._buttons = []
        for reply in replies:
            self._show(reply)

    def _show(self, reply: Reply) -> None:
        if isinstance(reply, Say):
            self._screen.show("\n" + reply.text)
            self._offer(reply.keyboard)
        elif isinstance(reply, Redraw):
            self._offer(reply.keyboard)
        elif isinstance(reply, Settle):
            self._buttons = []
            self._screen.show(self._wording.say("chosen", label=reply.chosen))
        elif isinstance(reply, Toast):
            self._screen.show(f"({reply.text})")

    def _offer(self, keyboard: Keyboard) -> None:
        """Number the buttons on from those of the messages before it in this turn."""
        buttons = [button for row in keyboard for button in row]
        if buttons:
            numbered = enumerate(buttons, start=len(self._buttons) + 1)
            self._screen.show("\n" + "\n".join(f"  [{n}] {b.label}" for n, b in numbered))
            self._buttons += buttons
