"""A cheap look at what comes, for whoever sends too much: whether it may be an emergency."""

from __future__ import annotations

import hashlib
from typing import Final

from bot.dialogue.events import Command, Event, Press, Unreadable
from bot.dialogue.state import State
from intents import Understanding

_ANSWER: Final = 80  # characters; what is longer is no answer to an open question
_REMEMBERED: Final = 1000  # texts


class Urgency:
    """Reads for emergencies alone.

    The same text is read once. No text is remembered for that, only what it hashes to.
    """

    def __init__(self, understanding: Understanding) -> None:
        self._understanding = understanding
        self._known: dict[bytes, bool] = {}

    def may_be(self, state: State, event: Event) -> bool:
        """Tell whether an event may get an emergency answer; in doubt it may."""
        if isinstance(event, Press):
            return True  # nothing has to be read
        if isinstance(event, Unreadable):
            return False
        text = event.argument if isinstance(event, Command) else event.text
        if (state.check or state.alarm) and len(text) <= _ANSWER:
            return True  # what "yes" answers only the dialogue knows
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        if digest not in self._known:
            self._known[digest] = self._tells_of_one(text)
            if len(self._known) > _REMEMBERED:
                del self._known[next(iter(self._known))]
        return self._known[digest]

    def _tells_of_one(self, text: str) -> bool:
        faq = self._understanding.faq
        found = self._understanding.signs(text).found
        return any(faq.is_emergency(sign.id) for sign in found)
