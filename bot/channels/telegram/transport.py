"""One attempt at a Bot API call, and what came of it."""

from __future__ import annotations

import logging
import re
import traceback
import warnings
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Protocol

from telegram import Bot
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError, TimedOut

from bot.channels.telegram.render import AnswerTap, Call, EditKeyboard, EditText, SendText
from bot.dialogue.events import Keyboard

log = logging.getLogger(__name__)

# As Telegram takes it: the library's objects would cost more than the call.
NO_PREVIEW: Final = {"link_preview_options": {"is_disabled": True}}
# What Telegram answers when there is nothing left to do: lower case, part of its description.
HARMLESS: Final = (
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "query is too old",
    "query id is invalid",
    "query_id_invalid",
)

QUOTED: Final = re.compile(r"""["“„«`].*["”»`]|(?<!\w)['‘].*['’](?!\w)""", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Done:
    """Telegram took the call, or there is nothing left to do."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The chat cannot be written to any more: blocked, deleted, never begun."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Telegram wants no call for this chat for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Failed:
    """No answer or a broken one; the call may succeed later."""

    reason: str


Outcome = Done | Gone | Wait | Failed


class Transport(Protocol):
    """Whoever makes calls for a chat."""

    async def attempt(self, chat: int, call: Call) -> Outcome:
        """Make one call once; never raises."""

    async def typing(self, chat: int) -> None:
        """Show that an answer is coming; never raises."""


def quiet_libraries() -> None:
    """Keep tokens and messages out of the log: the libraries write both into theirs."""
    for name in ("httpx", "httpcore", "aiohttp", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # It logs what strangers send to the webhook's port that is no HTTP, with a traceback.
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL + 1)
    # The span that it has us wait is read in either unit, so that its change is no news.
    warnings.filterwarnings("ignore", ".*retry_after", DeprecationWarning)
    # It logs updates and answers that it cannot parse, whole, at its two highest levels.
    logging.getLogger("telegram").setLevel(logging.CRITICAL + 1)


def reason(error: BaseException) -> str:
    """Say what went wrong in a word or two, without what an answer quotes and without a token."""
    if isinstance(error, TimedOut):
        return "timed out"
    if not isinstance(error, TelegramError):
        return type(error).__name__
    text = error.message.split(". Parsing", 1)[0].split(". The server", 1)[0]
    text = re.sub(r"[0-9]+:[A-Za-z0-9_-]{8,}", "<token>", text)
    text = QUOTED.sub("<quoted>", text)
    return ":".join(text.split(":")[:3])[:120]  # what follows may be the piece that is refused


def where(error: BaseException) -> str:
    """Name a fault of ours and its place; its message is left out, as it may quote a user."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return f"{type(error).__name__} at " + " < ".join(
        f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in reversed(frames)
    )


def is_harmless(error: BadRequest) -> bool:
    """Tell whether an answer leaves nothing to do."""
    return any(words in error.message.lower() for words in HARMLESS)


class BotTransport:
    """Makes the calls with python-telegram-bot."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def attempt(self, chat: int, call: Call) -> Outcome:
        """Make one call once; never raises."""
        try:
            await self._make(chat, call)
        except (Forbidden, ChatMigrated):
            return Gone()
        except RetryAfter as error:
            return Wait(seconds(error.retry_after))
        except BadRequest as error:
            if is_harmless(error):
                return Done()
            log.error("%s: Telegram refused it: %s", call.method, reason(error))
            return await self._plainly(chat, call) if isinstance(call, SendText) else Done()
        except TelegramError as error:
            return Failed(reason(error))
        except Exception as error:
            # The library refuses some calls itself. Whatever it is, the chat must not stand still.
            log.error("%s: %s", call.method, reason(error))
            return await self._plainly(chat, call) if isinstance(call, SendText) else Done()
        return Done()

    async def _make(self, chat: int, call: Call) -> None:
        match call:
            case SendText(html, _, keyboard):
                await self._bot.send_message(
                    chat,
                    html,
                    parse_mode=ParseMode.HTML,
                    api_kwargs=NO_PREVIEW | _markup(keyboard),
                )
            case EditText(message_id, html):
                await self._bot.edit_message_text(
                    html,
                    chat,
                    message_id,
                    parse_mode=ParseMode.HTML,
                    api_kwargs=NO_PREVIEW,
                )
            case EditKeyboard(message_id, keyboard):
                await self._bot.edit_message_reply_markup(
                    chat, message_id, api_kwargs=_markup(keyboard)
                )
            case AnswerTap(tap_id, text):
                await self._bot.answer_callback_query(tap_id, text or None)

    async def _plainly(self, chat: int, call: SendText) -> Outcome:
        """Send the text without type and buttons: better than silence."""
        try:
            await self._bot.send_message(chat, call.plain, api_kwargs=NO_PREVIEW)
        except (Forbidden, ChatMigrated):
            return Gone()
        except RetryAfter as error:
            return Wait(seconds(error.retry_after))
        except BadRequest as error:
            log.error("sendMessage: Telegram refused plain text too: %s", reason(error))
        except TelegramError as error:
            return Failed(reason(error))
        return Done()

    async def typing(self, chat: int) -> None:
        """Show that an answer is coming; never raises."""
        try:
            await self._bot.send_chat_action(chat, ChatAction.TYPING)
        except TelegramError as error:
            log.debug("sendChatAction: %s", reason(error))


def seconds(time: int | timedelta) -> float:
    """Return a span of time as python-telegram-bot gives it, in seconds."""
    return time.total_seconds() if isinstance(time, timedelta) else float(time)


def _markup(keyboard: Keyboard) -> dict[str, Any]:
    if not keyboard:
        return {}
    rows = [[{"text": b.label, "callback_data": b.data} for b in row] for row in keyboard]
    return {"reply_markup": {"inline_keyboard": rows}}
