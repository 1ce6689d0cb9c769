"""Conversation scripts: what a person does, turn by turn, and what the bot must say.

A script is a list of turns. Of each: what is done, as `user` (a text; or `caption`, `edit`, or
`sends` and a kind of message without words), `press` (a button's label; or `again`, the same tap
once more at once; or forged `data`) or `command`; `wait`, the minutes before it; `bot`, what the
replies must hold (a phrase, or `words` and the name of a sentence); `buttons`, all labels under
the newest keyboard.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

import yaml

from bot.dialogue.wording import Wording

MOMENT: Final = 10.0  # seconds between two turns; a tap made again comes after one
_DEEDS: Final = ("user", "press", "command")
_PLACEHOLDER: Final = re.compile(r"\{\w+\}")


@dataclass(frozen=True)
class Turn:
    """What somebody does, and what is expected then."""

    deed: str  # one of _DEEDS
    how: str  # "text", "caption", "edit", "sends"; "label", "again", "data"
    value: str
    minutes: float
    bot: tuple[str | dict[str, str], ...]
    buttons: tuple[str, ...] | None

    @property
    def seconds(self) -> float:
        """Return how long after the turn before it this one comes."""
        return self.minutes * 60 + (1.0 if self.how == "again" else MOMENT)

    def __str__(self) -> str:
        told = self.value if self.how in ("text", "label") else f"({self.how}) {self.value}"
        waited = f"({self.minutes:g} minutes later) " if self.minutes else ""
        sign = {"user": "", "press": "[tap] ", "command": "/"}[self.deed]
        return f"> {waited}{sign}{told}"


@dataclass
class Heard:
    """What came back in one turn, in plain text."""

    texts: list[str] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)  # of the newest keyboard
    toast: str = ""

    def __str__(self) -> str:
        said = [*self.texts, *([f"(toast) {self.toast}"] if self.toast else [])]
        shown = " ".join(f"[{label}]" for label in self.buttons)
        return "\n".join(f"    {line}" for part in (*said, shown) for line in part.split("\n"))


class Side(Protocol):
    """Something that a script can be played to."""

    async def play(self, turn: Turn) -> Heard:
        """Do what a turn says; return what came back."""


def read(path: Path) -> list[Turn]:
    """Return the turns of a script; ValueError where it says something else."""
    return [_turn(raw) for raw in yaml.safe_load(path.read_text(encoding="utf-8"))]


def _turn(raw: dict[str, Any]) -> Turn:
    if unknown := set(raw) - {*_DEEDS, "wait", "bot", "buttons"}:
        raise ValueError(f"unknown: {unknown} in {raw}")
    (deed,) = [name for name in _DEEDS if name in raw]
    value: Any = raw[deed]
    how = {"user": "text", "press": "label", "command": "text"}[deed]
    if isinstance(value, dict):
        ((how, value),) = value.items()
    if not isinstance(value, str):
        raise ValueError(f"not a text, put it in quotes: {value!r} in {raw}")
    expected = raw.get("bot", [])
    buttons = raw.get("buttons")
    return Turn(
        deed,
        how,
        value,
        float(raw.get("wait", 0)),
        tuple(expected) if isinstance(expected, list) else (expected,),
        None if buttons is None else tuple(buttons),
    )


async def play(turns: Iterable[Turn], side: Side, wording: Wording) -> list[Heard]:
    """Play a script; AssertionError with the transcript up to the first turn that differs."""
    __tracebackhide__ = True  # the transcript says it all
    transcript: list[str] = []
    heard: list[Heard] = []
    for turn in turns:
        answer = await side.play(turn)
        heard.append(answer)
        transcript += [str(turn), str(answer)]
        faults = [*_missing(turn, answer, wording), *_other_buttons(turn, answer)]
        if faults:
            raise AssertionError("\n".join(["", *transcript, "", *faults]))
    return heard


def _missing(turn: Turn, heard: Heard, wording: Wording) -> Iterable[str]:
    said = "\n".join([*heard.texts, heard.toast])
    for expected in turn.bot:
        phrase = expected if isinstance(expected, str) else wording.say(expected["words"])
        at = 0
        for piece in _PLACEHOLDER.split(phrase.replace("*", "").strip()):
            at = said.find(piece, at)
            if at < 0:
                yield f"MISSING: {phrase!r}"
                break


def _other_buttons(turn: Turn, heard: Heard) -> Iterable[str]:
    if turn.buttons is not None and list(turn.buttons) != heard.buttons:
        yield f"EXPECTED BUTTONS: {list(turn.buttons)}"
        yield f"     BUT THERE ARE: {heard.buttons}"
