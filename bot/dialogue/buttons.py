"""The grammar of buttons' data: what a tap means, and the text that a button carries for it.

Keyboards stay in chats for years, so what was ever written has to be read for ever: a form may be
added, and none may change. A channel limits the length of data (Telegram to 64 bytes).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# "c:12:signs:numbness": the number of the keyboard, the step of the check, an action or an option.
_CHECK: Final = re.compile(r"c:(0|[1-9][0-9]{0,8}):([^:]*):(.*)", re.DOTALL)
_TOPIC: Final = "t:"
_LEVEL: Final = re.compile(r"l:([^:]*):(0|[1-9][0-9]?)")


class Action(StrEnum):
    """What a button of the check does that is none of its options; the + sets it apart."""

    NONE = "+none"
    ANY = "+any"
    UNSURE = "+unsure"
    DONE = "+done"
    BACK = "+back"
    STOP = "+stop"
    SKIP = "+skip"
    WRONG = "+wrong"  # what was taken from words is taken back
    OPEN = "+open"  # begin a step that is offered after the result


class Way(StrEnum):
    """A way on that does not depend on the content."""

    CHECK = "check"
    TOPICS = "topics"
    MISTAKEN = "mistaken"  # "I didn't mean that", under the emergency answer: which …
    JOKE = "joke"  # … something else was meant: a slip, a way of speaking
    GONE = "gone"  # … it is over now
    ELSE = "else"  # … somebody else has it
    NONE = "none"  # of the topics in "did you mean"


@dataclass(frozen=True, slots=True)
class CheckTap:
    """An answer to a question of the check; `choice` is an action or an option's id."""

    serial: int  # of the keyboard; one that was overtaken by a newer one is stale
    step: str
    choice: str


@dataclass(frozen=True, slots=True)
class TopicTap:
    """The wish to read about a topic."""

    intent: str


@dataclass(frozen=True, slots=True)
class LevelTap:
    """A way on that a level offers under its text, by its place."""

    level: str
    place: int


Tap = CheckTap | TopicTap | LevelTap | Way

_WAYS: Final = {way.value: way for way in Way}


def data(tap: Tap) -> str:
    """Write what a tap means as the data of its button."""
    match tap:
        case CheckTap(serial, step, choice):
            return f"c:{serial}:{step}:{choice}"
        case TopicTap(intent):
            return _TOPIC + intent
        case LevelTap(level, place):
            return f"l:{level}:{place}"
        case Way():
            return tap.value


def read(text: str) -> Tap | None:
    """Read the data of a button; None where it is forged. What it names may be gone by now."""
    answer = _CHECK.fullmatch(text)
    if answer:
        return CheckTap(int(answer[1]), answer[2], answer[3])
    level = _LEVEL.fullmatch(text)
    if level:
        return LevelTap(level[1], int(level[2]))
    if text.startswith(_TOPIC):
        return TopicTap(text.removeprefix(_TOPIC))
    return _WAYS.get(text)
