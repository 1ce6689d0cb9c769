"""What a Telegram update means to us: a turn of a conversation, a farewell, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from telegram import CallbackQuery, ChatMember, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.events import Command, Edited, Event, Press, Unreadable, Utterance

ALLOWED: Final = ("message", "edited_message", "callback_query", "my_chat_member")
COMMAND: Final = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)
# In this order: an animation is a document as well, a venue a location.
UNREADABLE: Final = (
    "animation", "audio", "checklist", "contact", "dice", "document", "game", "venue", "location",
    "paid_media", "photo", "poll", "sticker", "story", "video", "video_note", "voice",
)  # fmt: skip
LONGEST_WAIT: Final = 24 * 3600.0  # seconds for which Telegram keeps an update
GROUPS: Final = (ChatType.GROUP, ChatType.SUPERGROUP)


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


Addressed = Turn | InGroup | Left
Incoming = Addressed | Ignored


def read(update: Update, username: str, at: float) -> Incoming:
    """Tell what an update that arrived `at` (seconds since 1970) means to the bot `username`.

    An event has the time of arrival, not Telegram's: taps carry none, and the two must not mix.
    """
    number = update.update_id
    if update.message:
        event = _event(update.message, at)
        return _turn(number, update.message, event, username)
    if update.edited_message:
        text = _text(update.edited_message)
        changed = None if text is None else Edited(text, at)
        return _turn(number, update.edited_message, changed, username)
    if update.callback_query:
        return _press(number, update.callback_query, at)
    member = update.my_chat_member
    if member and member.chat.type == ChatType.PRIVATE and _is_out(member.new_chat_member):
        return Left(number, member.chat.id)
    return Ignored(number)


def _is_out(member: ChatMember) -> bool:
    return member.status in (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)


def _text(message: Message) -> str | None:
    return message.text if message.text is not None else message.caption


def _event(message: Message, at: float) -> Event | None:
    text = _text(message)
    if text is not None:
        command = COMMAND.fullmatch(text.strip()) if message.text else None
        if command:
            return Command(command[1].lower(), (command[3] or "").strip(), at)
        return Utterance(text, at)
    kind = next((kind for kind in UNREADABLE if getattr(message, kind)), None)
    return Unreadable(kind, at) if kind else None


def _turn(number: int, message: Message, event: Event | None, username: str) -> Incoming:
    if event is None:
        return Ignored(number)
    if message.chat.type == ChatType.PRIVATE:
        return Turn(number, message.chat.id, event, written=_written(message, event.at))
    if message.chat.type in GROUPS and _is_addressed(message, event, username):
        return InGroup(number, message.chat.id, event)
    return Ignored(number)


def _written(message: Message, at: float) -> float | None:
    """Return when a message was written, unless that cannot be: Telegram keeps none for longer."""
    date = (message.edit_date or message.date).timestamp()
    return date if 0 <= at - date <= LONGEST_WAIT else None


def _is_addressed(message: Message, event: Event, username: str) -> bool:
    if isinstance(event, Command):
        command = COMMAND.fullmatch((message.text or "").strip())
        name = command[2] if command else None
        return name is None or name.lower() == username.lower()
    original = message.reply_to_message
    writer = original.from_user if original else None
    return bool(writer and (writer.username or "").lower() == username.lower())


def _press(number: int, query: CallbackQuery, at: float) -> Incoming:
    message = query.message
    event = Press(query.data or "", at)
    if message is None:
        return Turn(number, query.from_user.id, event, Tap(query.id))
    html = message.text_html if isinstance(message, Message) and message.text else None
    tap = Tap(query.id, message.message_id if html else None, html)
    if message.chat.type == ChatType.PRIVATE:
        return Turn(number, message.chat.id, event, tap)
    return InGroup(number, message.chat.id, event, tap)
