"""Find the questions in a message: "is it normal, and how long does it last?" holds two."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from intents.reading.text import sentences

# Words that open a question, in the spellings of chat and second languages.
_OPENERS: Final = (
    "how|hows|what|whats|wat|wot|why|y|when|whens|where|wheres|which|who|is|are|am|can|could|should"
    "|shall|do|does|did|will|would|may|might|any|has|have|ought|till|until|from what|explain|tell"
)
_JOINT: Final = re.compile(
    rf"(?:[,;:]|\s[-–—]\s|\b(?:and|n|also|plus|but|or|then)\b|&)[\s,]*"
    rf"(?:(?:and|also|then|if so|so|or|secondly|second|please|pls)[\s,]+)*"
    rf"(?=(?:{_OPENERS})\b\s\w)",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    rf"\?|^(?:{_OPENERS})\b|\b(?:how long|how much|how i|why|what|should i|is it|is this|do i"
    r"|can i|could it|tell me|explain)\b",
    re.IGNORECASE,
)


class Question(NamedTuple):
    """A part of a message that asks, and the same with the part before it."""

    text: str
    with_lead: str


def questions(text: str) -> list[Question]:
    """Return the questions of a cleaned message in order; a whole message that asks is one."""
    parts = [part for sentence in sentences(text) for part in _parts(sentence)]
    return [
        Question(part, f"{parts[n - 1]} {part}" if n else part)
        for n, part in enumerate(parts)
        if _ASKS.search(part)
    ]


def _parts(sentence: str) -> list[str]:
    """Cut a sentence where a second question is joined on."""
    found, start = [], 0
    for joint in _JOINT.finditer(sentence):
        found.append(sentence[start : joint.start()].strip())
        start = joint.end()
    found.append(sentence[start:].strip())
    return [part for part in found if part]
