"""What a Telegram update means to us: something to answer, a farewell, or nothing.

Read from its JSON: of all that an update tells, a handful of fields matters here, and the library
would make objects of everything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from telegram.constants import ChatMemberStatus, ChatType

from bot.channels.telegram import markup, texts
from bot.delivery.incoming import Incoming, Left
from bot.dialogue.events import Command, Edited, Event, Press, Unreadable, Utterance

T = TypeVar("T")
Json = dict[str, Any]  # an object; nothing is known yet of what it holds

ALLOWED: Final = ("message", "edited_message", "callback_query", "my_chat_member")
COMMAND: Final = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)
# In this order: an animation is a document as well, a venue a location.
UNREADABLE: Final = (
    "animation", "audio", "checklist", "contact", "dice", "document", "game", "gift", "giveaway",
    "invoice", "live_photo", "venue", "location", "paid_media", "photo", "poll", "rich_message",
    "sticker", "story", "unique_gift", "video", "video_note", "voice",
)  # fmt: skip
LONGEST_WAIT: Final = 24 * 3600.0  # seconds for which Telegram keeps an update
GROUPS: Final = (ChatType.GROUP, ChatType.SUPERGROUP)
OUT: Final = (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)
LARGEST: Final = 2**63 - 1  # that every database keeps


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer goes: a chat, and the button that was tapped, if one was."""

    chat: int
    tap_id: str = ""  # the query that waits for an answer; empty: none does
    message_id: int | None = None  # under which the button stands
    html: str | None = None  # of that message; None: Telegram no longer shows it to us


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing that anyone expects an answer to."""

    update_id: int


@dataclass(frozen=True, slots=True)
class Malformed:
    """Nothing that Telegram sends: a field that we need is missing, or is of another kind."""

    update_id: int


def key_of(chat: int) -> str:
    """Return the key under which a chat is kept."""
    return f"telegram:{chat}"


def number_of(update: Any) -> int | None:
    """Return an update's id, or None if this is no update."""
    number = update.get("update_id") if type(update) is dict else None
    return number if type(number) is int and 0 <= number <= LARGEST else None


def read(update: Json, username: str, at: float) -> Incoming | Ignored | Malformed:
    """Tell what an update that arrived `at` (seconds since 1970) means to the bot `username`.

    An event has the time of arrival, not Telegram's: taps carry none, and the two must not mix.
    """
    number: int = update["update_id"]
    try:
        return _read(number, update, username, at)
    except Exception:  # whatever it is, no update may stand in front of the others for ever
        return Malformed(number)


def _read(number: int, update: Json, username: str, at: float) -> Incoming | Ignored:
    message, edited, query, change = (_maybe(dict, update, name) for name in ALLOWED)
    if message is not None:
        return _message(number, message, _event(message, at), username)
    if edited is not None:
        text = texts.text(edited)
        return _message(number, edited, None if text is None else Edited(text, at), username)
    if query is not None:
        return _press(number, query, at)
    if change is not None:
        chat, member = _one(dict, change, "chat"), _one(dict, change, "new_chat_member")
        if chat["type"] == ChatType.PRIVATE and member["status"] in OUT:
            place = Place(_one(int, chat, "id"))
            return Incoming(number, key_of(place.chat), Left(), place)
    return Ignored(number)


def _one(kind: type[T], fields: Json, name: str) -> T:
    value = fields[name]
    if type(value) is not kind:  # True is an int, but no number of Telegram's
        raise TypeError(name)
    return value


def _maybe(kind: type[T], fields: Json, name: str) -> T | None:
    return None if fields.get(name) is None else _one(kind, fields, name)


def _event(message: Json, at: float) -> Event | None:
    text, written = texts.text(message), message.get("text")
    if text is not None:
        command = COMMAND.fullmatch(written.strip()) if written else None
        if command:
            argument = (command[3] or "").strip() or texts.replied_to(message) or ""
            return Command(command[1].lower(), argument, at)
        return Utterance(text, at)
    kind = next((kind for kind in UNREADABLE if message.get(kind)), None)
    return Unreadable(kind, at) if kind else None


def _message(number: int, message: Json, event: Event | None, username: str) -> Incoming | Ignored:
    chat = _one(dict, message, "chat")
    place, kind = Place(_one(int, chat, "id")), _one(str, chat, "type")
    if event is None:
        return Ignored(number)
    private = kind == ChatType.PRIVATE
    if not private and not (kind in GROUPS and _is_addressed(message, event, username)):
        return Ignored(number)
    return Incoming(
        number,
        key_of(place.chat),
        event,
        place,
        in_public=not private,
        written=_written(message, event.at) if private else None,
        language=_language(message),
        by_bot=texts.is_by_bot(message),
    )


def _language(sent: Json) -> str:
    """Return the language that the writer's app is set to; nothing depends on its being there."""
    writer = sent.get("from")
    code = writer.get("language_code") if type(writer) is dict else None
    return code if type(code) is str else ""


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
    language = _language(query)
    if message is None:
        place = Place(_one(int, _one(dict, query, "from"), "id"), tap_id)
        return Incoming(number, key_of(place.chat), event, place, language=language)
    text = _maybe(str, message, "text")
    shown: tuple[int, str] | tuple[()] = ()
    if text:
        entities = _maybe(list, message, "entities") or []
        shown = (_one(int, message, "message_id"), markup.with_styles(text, entities))
    chat = _one(dict, message, "chat")
    place, kind = Place(_one(int, chat, "id"), tap_id, *shown), _one(str, chat, "type")
    in_public = kind != ChatType.PRIVATE
    return Incoming(number, key_of(place.chat), event, place, in_public, language=language)
