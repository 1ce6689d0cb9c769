"""What a Telegram update means to us: a turn of a conversation, a farewell, or nothing.

Read from its JSON: of all that an update tells, a handful of fields matters here, and the library
would make objects of everything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from telegram.constants import ChatMemberStatus, ChatType

from bot.channels.telegram import markup
from bot.dialogue.events import Command, Edited, Event, Press, Unreadable, Utterance

T = TypeVar("T")
Json = dict[str, Any]  # an object; nothing is known yet of what it holds

ALLOWED: Final = ("message", "edited_message", "callback_query", "my_chat_member")
COMMAND: Final = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)
# In this order: an animation is a document as well, a venue a location.
UNREADABLE: Final = (
    "animation", "audio", "checklist", "contact", "dice", "document", "game", "venue", "location",
    "paid_media", "photo", "poll", "sticker", "story", "video", "video_note", "voice",
)  # fmt: skip
LONGEST_WAIT: Final = 24 * 3600.0  # seconds for which Telegram keeps an update
GROUPS: Final = (ChatType.GROUP, ChatType.SUPERGROUP)
OUT: Final = (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)
LARGEST: Final = 2**63 - 1  # that every database keeps


@dataclass(frozen=True, slots=True)
class Tap:
    """A tapped button: the query to answer, and the message under which it stands."""

    id: str
    message_id: int | None = None
    html: str | None = None  # None: Telegram no longer shows us that message


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that somebody did in their private chat with the bot."""

    update_id: int
    chat: int
    event: Event
    tap: Tap | None = None
    written: float | None = None  # when, in seconds since 1970, if Telegram says so


@dataclass(frozen=True, slots=True)
class InGroup:
    """Something addressed to the bot where others read along."""

    update_id: int
    chat: int
    event: Event
    tap: Tap | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody blocked the bot."""

    update_id: int
    chat: int


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing that anyone expects an answer to."""

    update_id: int


@dataclass(frozen=True, slots=True)
class Malformed:
    """Nothing that Telegram sends: a field that we need is missing, or is of another kind."""

    update_id: int


Addressed = Turn | InGroup | Left
Incoming = Addressed | Ignored | Malformed


def number_of(update: Any) -> int | None:
    """Return an update's id, or None if this is no update."""
    number = update.get("update_id") if type(update) is dict else None
    return number if type(number) is int and 0 <= number <= LARGEST else None


def read(update: Json, username: str, at: float) -> Incoming:
    """Tell what an update that arrived `at` (seconds since 1970) means to the bot `username`.

    An event has the time of arrival, not Telegram's: taps carry none, and the two must not mix.
    """
    number: int = update["update_id"]
    try:
        return _read(number, update, username, at)
    except (KeyError, TypeError):
        return Malformed(number)


def _read(number: int, update: Json, username: str, at: float) -> Incoming:
    message, edited, query, change = (_maybe(dict, update, name) for name in ALLOWED)
    if message is not None:
        return _turn(number, message, _event(message, at), username)
    if edited is not None:
        text = _text(edited)
        return _turn(number, edited, None if text is None else Edited(text, at), username)
    if query is not None:
        return _press(number, query, at)
    if change is not None:
        chat, member = _one(dict, change, "chat"), _one(dict, change, "new_chat_member")
        if chat["type"] == ChatType.PRIVATE and member["status"] in OUT:
            return Left(number, _one(int, chat, "id"))
    return Ignored(number)


def _one(kind: type[T], fields: Json, name: str) -> T:
    value = fields[name]
    if type(value) is not kind:  # True is an int, but no number of Telegram's
        raise TypeError(name)
    return value


def _maybe(kind: type[T], fields: Json, name: str) -> T | None:
    return None if fields.get(name) is None else _one(kind, fields, name)


def _text(message: Json) -> str | None:
    text = _maybe(str, message, "text")
    return _maybe(str, message, "caption") if text is None else text


def _event(message: Json, at: float) -> Event | None:
    text = _text(message)
    if text is not None:
        command = COMMAND.fullmatch(text.strip()) if message.get("text") else None
        if command:
            return Command(command[1].lower(), (command[3] or "").strip(), at)
        return Utterance(text, at)
    kind = next((kind for kind in UNREADABLE if message.get(kind)), None)
    return Unreadable(kind, at) if kind else None


def _turn(number: int, message: Json, event: Event | None, username: str) -> Incoming:
    chat = _one(dict, message, "chat")
    place, kind = _one(int, chat, "id"), _one(str, chat, "type")
    if event is None:
        return Ignored(number)
    if kind == ChatType.PRIVATE:
        return Turn(number, place, event, written=_written(message, event.at))
    if kind in GROUPS and _is_addressed(message, event, username):
        return InGroup(number, place, event)
    return Ignored(number)


def _written(message: Json, at: float) -> float | None:
    """Return when a message was written, unless that cannot be: Telegram keeps none for longer."""
    date = _maybe(int, message, "edit_date") or _one(int, message, "date")
    return float(date) if at - LONGEST_WAIT <= date <= at else None


def _is_addressed(message: Json, event: Event, username: str) -> bool:
    if isinstance(event, Command):
        command = COMMAND.fullmatch(message["text"].strip())
        name = command[2] if command else None
        return name is None or name.lower() == username.lower()
    original = _maybe(dict, message, "reply_to_message") or {}
    writer = _maybe(dict, original, "from") or {}
    return (_maybe(str, writer, "username") or "").lower() == username.lower()


def _press(number: int, query: Json, at: float) -> Incoming:
    tap_id, message = _one(str, query, "id"), _maybe(dict, query, "message")
    event = Press(_maybe(str, query, "data") or "", at)
    if message is None:
        writer = _one(dict, query, "from")
        return Turn(number, _one(int, writer, "id"), event, Tap(tap_id))
    text = _maybe(str, message, "text")
    tap = Tap(tap_id)
    if text:
        entities = _maybe(list, message, "entities") or []
        tap = Tap(tap_id, _one(int, message, "message_id"), markup.with_bold(text, entities))
    chat = _one(dict, message, "chat")
    place, kind = _one(int, chat, "id"), _one(str, chat, "type")
    if kind == ChatType.PRIVATE:
        return Turn(number, place, event, tap)
    return InGroup(number, place, event, tap)
