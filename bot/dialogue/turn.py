"""A turn of a conversation: the next state and what to say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.dialogue.events import Reply
from bot.dialogue.messages import Messages
from bot.dialogue.state import State
from intents import FoundSign

SERIALS: Final = 10_000  # keyboards before the count starts anew; keeps a button's data short

Turn = tuple[State, tuple[Reply, ...]]


def next_serial(state: State) -> int:
    """Return the number of a new keyboard; the buttons of older ones become stale."""
    return (state.serial + 1) % SERIALS


def emergency(state: State, messages: Messages, found: Sequence[FoundSign] = ()) -> Turn:
    """Give the emergency answer, with the words that led to it; it ends everything else."""
    words = [words for sign in found for words in sign.words]
    return State(serial=next_serial(state)), (messages.emergency(words),)
