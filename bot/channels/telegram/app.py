"""The Telegram bot put together from its parts: what it tells Telegram of itself, and its run."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any, Final, Protocol

from telegram import Bot, BotCommand
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram import updates
from bot.channels.telegram.connection import open_bot
from bot.channels.telegram.metrics import Metrics, Prometheus, Uncounted
from bot.channels.telegram.outbox import pause_after
from bot.channels.telegram.parked import Parking, resume, resume_later
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.transport import BotTransport, quiet_libraries, reason, seconds, where
from bot.channels.telegram.turns import Dialogues, Turns
from bot.config import Webhook
from bot.store import StoreError

log = logging.getLogger(__name__)

# The command menu: each command and the key of the words that describe it.
COMMANDS: Final = (
    ("start", "command_start"),
    ("check", "command_check"),
    ("topics", "command_topics"),
    ("help", "command_help"),
    ("cancel", "command_cancel"),
    ("about", "command_about"),
    ("privacy", "command_privacy"),
    ("forget", "command_forget"),
)
MENU_ATTEMPTS: Final = 4
PRUNE_EVERY: Final = 3600.0  # seconds
WEBHOOK_CONNECTIONS: Final = 100  # Telegram's most


class Conversations(Dialogues, Parking, Protocol):
    """What the bot asks of the conversations."""

    async def prune(self, now: float) -> None:
        """Erase what has expired; StoreError."""


class TokenRefused(Exception):
    """Telegram does not know the token."""


async def run(
    conversations: Conversations,
    words: Mapping[str, str],
    stop: asyncio.Event,
    *,
    token: str,
    api_url: str,
    webhook: Webhook | None = None,
    metrics_port: int | None = None,
    clock: Callable[[], float] = time.time,
) -> None:
    """Run the bot until `stop` is set; TokenRefused when Telegram does not know the token."""
    quiet_libraries()
    asyncio.get_running_loop().set_exception_handler(_note_fault)
    bot, fetching = open_bot(token, api_url)
    metrics: Metrics = Uncounted() if metrics_port is None else Prometheus()
    turns = Turns(conversations, BotTransport(bot), words, metrics)
    background: set[asyncio.Task[None]] = set()
    closing: list[Callable[[], Awaitable[None]]] = [turns.close]
    try:
        if isinstance(metrics, Prometheus) and metrics_port is not None:
            from bot.channels.telegram.webhook import serve_metrics

            closing.append((await serve_metrics(metrics, metrics_port)).cleanup)
        if not await _begin(bot, webhook, stop):
            return
        background.add(asyncio.create_task(_introduce(bot, words)))
        background.add(asyncio.create_task(_prune(conversations, clock)))
        if not await resume(conversations, turns):
            background.add(asyncio.create_task(resume_later(conversations, turns)))
        if webhook:
            from bot.channels.telegram.webhook import WebhookServer

            await WebhookServer(bot, turns, webhook, clock).run(stop)
        else:
            await Polling(bot, fetching, turns, conversations, clock).run(stop)
    except (TokenRefused, OSError):
        raise
    except Exception as error:
        log.critical("fault: %s", where(error))
        raise RuntimeError("The bot stopped on a fault of its own.") from None
    finally:
        for task in background:
            task.cancel()
        await asyncio.gather(*background, return_exceptions=True)
        for close in closing:
            await close()
        await bot.shutdown()


def _note_fault(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log a fault of ours that nobody waited for, without what it says: that may quote a user."""
    fault = context.get("exception")
    log.error("fault: %s", where(fault) if fault else context.get("message"))


async def _begin(bot: Bot, webhook: Webhook | None, stop: asyncio.Event) -> bool:
    """Say hello to Telegram until it answers; return False when stopped before."""
    failures = 0
    while not stop.is_set():
        try:
            await _unless_set(stop, _greet(bot, webhook))
        except InvalidToken:
            raise TokenRefused from None
        except TelegramError as error:
            failures += 1
            pause = pause_after(failures)
            if isinstance(error, RetryAfter):
                pause = seconds(error.retry_after)
            log.warning("Telegram cannot be reached: %s, again in %.1f s", reason(error), pause)
            await _unless_set(stop, asyncio.sleep(pause))
        else:
            return not stop.is_set()
    return False


async def _greet(bot: Bot, webhook: Webhook | None) -> None:
    await bot.initialize()
    log.info("@%s listens by %s", bot.username, "webhook" if webhook else "long polling")
    if webhook is None:
        await bot.delete_webhook()
        return
    await bot.set_webhook(
        webhook.url,
        secret_token=webhook.secret,
        max_connections=WEBHOOK_CONNECTIONS,
        allowed_updates=updates.ALLOWED,
    )


async def _unless_set(stop: asyncio.Event, work: Coroutine[None, None, None]) -> None:
    """Do some work; break it off when `stop` is set."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
    finally:
        for task in (working, stopping):
            task.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)


async def _introduce(bot: Bot, words: Mapping[str, str]) -> None:
    """Set what people see before their first message. The bot works without it, too."""
    menu = [BotCommand(name, words[key].strip()[:256]) for name, key in COMMANDS]
    description = words["description"].strip()[:512]
    short = words["short_description"].strip()[:120]
    await _try("setMyCommands", lambda: bot.set_my_commands(menu))
    await _try("setMyDescription", lambda: bot.set_my_description(description))
    await _try("setMyShortDescription", lambda: bot.set_my_short_description(short))


async def _try(name: str, call: Callable[[], Awaitable[bool]]) -> None:
    for attempt in range(1, MENU_ATTEMPTS + 1):
        try:
            await call()
            return
        except RetryAfter:
            # Telegram limits these hard after many restarts; what was set before still stands.
            log.info("%s: too often, left as it is", name)
            return
        except TelegramError as error:
            log.warning("%s: %s", name, reason(error))
            if attempt < MENU_ATTEMPTS:
                await asyncio.sleep(pause_after(attempt))


async def _prune(conversations: Conversations, clock: Callable[[], float]) -> None:
    while True:
        try:
            await conversations.prune(clock())
        except StoreError as error:
            log.error("what has expired could not be erased: %s", error)
        await asyncio.sleep(PRUNE_EVERY)
