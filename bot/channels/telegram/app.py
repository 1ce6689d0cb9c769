"""The Telegram bot put together from its parts: what it tells Telegram of itself, and its run."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Final

from aiohttp import web
from telegram import Bot, BotCommand
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram import older_rows, updates
from bot.channels.telegram.connection import open_bot
from bot.channels.telegram.held import HeldFile
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.transport import Telegram, quiet_libraries, reason, seconds
from bot.config import Webhook
from bot.delivery.conversations import Conversations
from bot.delivery.health import Health
from bot.delivery.metrics import Metrics
from bot.delivery.outcomes import pause_after
from bot.delivery.parked import Parked
from bot.delivery.serving import serve
from bot.delivery.turns import Turns

if TYPE_CHECKING:
    from bot.channels.telegram.webhook import WebhookServer

log = logging.getLogger(__name__)

# The command menu: each command and the name of the sentence that describes it.
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
WEBHOOK_CONNECTIONS: Final = 100  # Telegram's most


class TokenRefused(Exception):
    """Telegram does not know the token."""


async def run(
    conversations: Conversations,
    say: Callable[..., str],
    metrics: Metrics,
    stop: asyncio.Event,
    *,
    token: str,
    api_url: str,
    webhook: Webhook | None = None,
    at: int | socket.socket | None = None,
    held: HeldFile | None = None,
    clock: Callable[[], float] = time.time,
) -> None:
    """Answer on Telegram until `stop` is set; TokenRefused when Telegram does not know the token.

    `say` gives the sentences of the content by their names, filled in. `at` is the port, or the
    socket that listens already, at which the bot says how it is and takes what a webhook brings.
    `held` keeps who waits for the database while Telegram does not show them again.
    """
    quiet_libraries()
    bot, fetching = open_bot(token, api_url)

    def chosen(label: str) -> str:
        return say("chosen", label=label)

    channel = Telegram(bot, chosen)
    turns = Turns(conversations, channel, metrics)
    parked = Parked(conversations, channel, turns, partial(older_rows.modern, chosen=chosen))
    health = Health(conversations.is_reachable)
    server = None
    if webhook:
        from bot.channels.telegram.webhook import WebhookServer

        server = WebhookServer(bot, turns, webhook, health, clock)
        at = webhook.port if at is None else at
    background: set[asyncio.Task[None]] = set()
    try:
        async with _served(server, health, at):
            if not await _begin(bot, webhook, server, stop):
                return
            health.started = True
            background.add(asyncio.create_task(_introduce(bot, say)))
            if not await parked.resume():
                background.add(asyncio.create_task(parked.resume_later()))
            if server:
                await stop.wait()
            else:
                await Polling(bot, fetching, turns, parked, clock, held).run(stop)
    finally:
        for task in background:
            task.cancel()
        await asyncio.gather(*background, return_exceptions=True)
        await turns.close()
        await bot.shutdown()


@asynccontextmanager
async def _served(
    server: WebhookServer | None, health: Health, at: int | socket.socket | None
) -> AsyncIterator[None]:
    """Serve the webhook meanwhile, or only how the bot is, or nothing."""
    if server is not None and at is not None:
        async with server.served(at):
            yield
        return
    if at is None:
        yield
        return
    app = web.Application()
    app.add_routes(health.routes())
    runner, _ = await serve(app, at)
    try:
        yield
    finally:
        health.stopping = True
        await runner.cleanup()


async def _begin(
    bot: Bot, webhook: Webhook | None, server: WebhookServer | None, stop: asyncio.Event
) -> bool:
    """Say hello to Telegram, then say how updates come; return False when stopped before."""
    if not await _insist(stop, "Telegram cannot be reached", bot.initialize):
        return False
    log.info("@%s listens by %s", bot.username, "webhook" if webhook else "long polling")
    if webhook is None or server is None:
        return await _insist(stop, "deleteWebhook", bot.delete_webhook)
    server.named.set()
    return await _insist(
        stop,
        "setWebhook",
        lambda: bot.set_webhook(
            webhook.url,
            secret_token=webhook.secret,
            max_connections=WEBHOOK_CONNECTIONS,
            allowed_updates=updates.ALLOWED,
        ),
    )


async def _insist(stop: asyncio.Event, name: str, call: Callable[[], Awaitable[object]]) -> bool:
    """Make a call until Telegram takes it, each time with the reason; False when stopped before.

    TokenRefused when Telegram does not know the token.
    """

    async def work() -> None:
        await call()

    failures = 0
    while not stop.is_set():
        try:
            await _unless_set(stop, work())
        except InvalidToken:
            raise TokenRefused from None
        except TelegramError as error:
            failures += 1
            pause = pause_after(failures)
            if isinstance(error, RetryAfter):
                pause = seconds(error.retry_after)
            # Telegram's answer to setWebhook quotes nobody, and is what an owner needs.
            plain = name == "setWebhook" and isinstance(error, BadRequest)
            why = error.message if plain else reason(error)
            log.warning("%s: %s, again in %.1f s", name, why, pause)
            await _unless_set(stop, asyncio.sleep(pause))
        else:
            return not stop.is_set()
    return False


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


async def _introduce(bot: Bot, say: Callable[..., str]) -> None:
    """Set what people see before their first message. The bot works without it, too."""
    menu = [BotCommand(name, say(sentence).strip()[:256]) for name, sentence in COMMANDS]
    description = say("description").strip()[:512]
    short = say("short_description").strip()[:120]
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
