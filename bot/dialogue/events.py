"""What reaches a conversation, and what it says: plain frozen values, no Telegram."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Utterance:
    """A message, or the caption of a picture; `at` is in seconds since 1970."""

    text: str
    at: float


@dataclass(frozen=True, slots=True)
class Edited:
    """A message that its writer changed."""

    text: str
    at: float


@dataclass(frozen=True, slots=True)
class Press:
    """A tapped button; `data` is what the button carried, and may be stale or forged."""

    data: str
    at: float


@dataclass(frozen=True, slots=True)
class Command:
    """A command such as /start, its name in lower case without slash and bot name."""

    name: str
    argument: str
    at: float


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A sticker, photo, voice message …: `kind` names it as Telegram does."""

    kind: str
    at: float


Event = Utterance | Edited | Press | Command | Unreadable


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message; `data` comes back in a `Press`, `buttons` says what it means."""

    label: str
    data: str


Keyboard = tuple[tuple[Button, ...], ...]  # rows of buttons


@dataclass(frozen=True, slots=True)
class Say:
    """A new message. *Stars* mark bold type, `backticks` what is copied; the rest is literal."""

    text: str
    keyboard: Keyboard = ()
    emergency: bool = False  # goes ahead of ordinary messages that wait to be sent
    folded: str = ""  # stands below the text, folded away where a channel can do so


@dataclass(frozen=True, slots=True)
class Settle:
    """Show the chosen answer under the message whose button was tapped; take its buttons away."""

    chosen: str


@dataclass(frozen=True, slots=True)
class Redraw:
    """Put other buttons under the message whose button was tapped."""

    keyboard: Keyboard


@dataclass(frozen=True, slots=True)
class Toast:
    """A short word over the chat in answer to a tap."""

    text: str


Reply = Say | Settle | Redraw | Toast


def emergencies(replies: tuple[Reply, ...]) -> tuple[Say, ...]:
    """Return the emergency answers among replies."""
    return tuple(reply for reply in replies if isinstance(reply, Say) and reply.emergency)


def erases(event: object) -> bool:
    """Tell whether somebody asks to be forgotten."""
    return isinstance(event, Command) and event.name == "forget"
