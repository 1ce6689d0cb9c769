"""Telegram as a channel: one attempt at a Bot API call, and what came of it."""

from __future__ import annotations

import json
import logging
import re
import warnings
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from telegram import Bot
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError, TimedOut

from bot.channels.telegram import render
from bot.channels.telegram.render import AnswerTap, EditKeyboard, EditText, SendText
from bot.channels.telegram.updates import Place
from bot.delivery.channel import Call
from bot.delivery.outcomes import Done, Failed, Gone, Outcome, Wait
from bot.dialogue.events import Keyboard, Reply

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


def is_harmless(error: BadRequest) -> bool:
    """Tell whether an answer leaves nothing to do."""
    return any(phrase in error.message.lower() for phrase in HARMLESS)


class Telegram:
    """The channel: makes the calls with python-telegram-bot."""

    def __init__(self, bot: Bot, chosen: Callable[[str], str]) -> None:
        """`chosen` gives the line that shows under a message which of its buttons was tapped."""
        self._bot = bot
        self._chosen = chosen

    def calls(self, replies: tuple[Reply, ...], place: Place) -> tuple[Call, ...]:
        return render.calls(replies, place, self._chosen)

    def address(self, place: Place) -> str:
        return json.dumps([place.chat, place.message_id, place.html])

    def place(self, address: str) -> Place:
        match json.loads(address):
            case [int(chat), int() | None as message_id, str() | None as html]:
                return Place(chat, "", message_id, html)
        raise ValueError("not an address")

    async def attempt(self, place: Place, call: Call) -> Outcome:
        chat = place.chat
        try:
            await self._make(chat, call)
        except (Forbidden, ChatMigrated):
            return Gone()
        except RetryAfter as error:
            return Wait(seconds(error.retry_after))
        except BadRequest as error:
            if is_harmless(error):
                return Done()
            log.error("%s: Telegram refused it: %s", call.name, reason(error))
            return await self._plainly(chat, call) if isinstance(call, SendText) else Done()
        except TelegramError as error:
            return Failed(reason(error))
        except Exception as error:
            # The library refuses some calls itself. Whatever it is, the chat must not stand still.
            log.error("%s: %s", call.name, reason(error))
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

    async def typing(self, place: Place) -> None:
        try:
            await self._bot.send_chat_action(place.chat, ChatAction.TYPING)
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
