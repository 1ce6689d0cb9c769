"""From settings to running parts: the one place where every start is put together.

What a start does not need is not imported: parts that take long to load are named where they are
used.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, Final

from bot.config import Config, ConfigError
from bot.system import (
    loop_factory,
    open_private,
    runs_as_root,
    shows_bold,
    stop_when_asked,
    write_anything,
)
from intents import Faq, Understanding, can_write, default_cache, open_encoder, open_understanding

if TYPE_CHECKING:
    from bot.delivery.conversations import Conversations, Step, Urgent
    from bot.delivery.doorstep import Doorstep
    from bot.store import Store

log = logging.getLogger(__name__)

Sayer = Callable[..., str]  # gives a sentence of the content by its name, filled in

# For gc.set_threshold: the youngest objects are searched for garbage after so many new ones, the
# older ones at every 20th search of those below them.
GARBAGE: Final = (10_000, 20, 20)


def run(config: Config) -> None:
    """Answer on Telegram until asked to stop.

    Raises ConfigError, FaqError, and EncoderFault where the encoder is wanted and cannot be had.
    """
    # Asked to stop before the loop runs, there is nothing to finish.
    signal.signal(signal.SIGTERM, _leave)
    logging.basicConfig(
        level=config.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    door = _doorstep(config)
    gc.disable()  # until what is read and learned stands; see _freeze
    understanding = _understand(config.faq_path, config.semantic, _fit_elsewhere(config))
    for warning in understanding.faq.warnings:
        log.warning("%s", warning)
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(_run(config, understanding, door))


def chat(faq_path: Path, transcript: Path | None, semantic: bool) -> None:
    """Talk in the terminal until its input ends. Raises as `run` does."""
    from bot.channels.terminal import Screen, Talk
    from bot.store.memory import MemoryStore

    with contextlib.ExitStack() as stack:
        record = None
        if transcript is not None:
            try:
                record = stack.enter_context(open_private(transcript))
            except OSError as error:
                fault = f"{transcript}: cannot be written: {error.strerror}."
                raise ConfigError((fault,)) from None
        write_anything()
        screen = Screen(sys.stdout, record, bold=shows_bold())
        understanding = _understand(
            faq_path, semantic, lambda faq: screen.show(_sayer(faq)("terminal_first_start"))
        )
        step, urgent, say = dialogue(understanding)
        store = MemoryStore()
        conversations = open_conversations(step, say, store, urgent=urgent, any_pace=True)
        Talk(conversations, say, screen, time.time).run(sys.stdin)


def is_well(config: Config) -> bool:
    """Tell whether the bot of these settings answers; one without a webhook cannot be asked."""
    from bot.delivery.health import answers

    port = config.webhook.port if config.webhook else config.health_port
    return port is None or answers(port)


def dialogue(understanding: Understanding) -> tuple[Step, Urgent, Sayer]:
    """Return a content's dialogue, its cheap look for emergencies, and its sentences."""
    from bot.dialogue.dialogue import Dialogue

    talk = Dialogue(understanding)
    return talk.step, talk.may_be_urgent, _sayer(understanding.faq)


def open_conversations(
    step: Step,
    say: Sayer,
    store: Store,
    clock: Callable[[], float] = time.time,
    *,
    urgent: Urgent | None = None,
    any_pace: bool = False,
) -> Conversations:
    """Tie a dialogue to where its chats are kept; with `any_pace` nobody is slowed down."""
    from bot.delivery.conversations import Conversations, Sentences

    sentences = Sentences(say("trouble"), in_public=say("group_chat"))
    if not any_pace:
        hasty = {"too_fast": say("too_fast"), "erased_lately": say("forgotten_lately")}
        sentences = replace(sentences, **hasty)
    return Conversations(step, store, clock, sentences, urgent)


async def on_telegram(
    config: Config,
    conversations: Conversations,
    say: Sayer,
    stop: asyncio.Event,
    clock: Callable[[], float] = time.time,
    door: Doorstep | None = None,
) -> None:
    """Answer on Telegram until `stop` is set; count, and erase what has expired, beside it.

    Raises TokenRefused, and OSError where a port cannot be opened.
    """
    from bot.channels.telegram import app
    from bot.channels.telegram.held import held_file
    from bot.delivery.outcomes import where
    from bot.delivery.serving import counting

    asyncio.get_running_loop().set_exception_handler(_note_fault)
    try:
        async with counting(config.metrics_port) as metrics, _beside(conversations.keep_pruned()):
            await app.run(
                conversations,
                say,
                metrics,
                stop,
                token=config.token,
                api_url=config.api_url,
                webhook=config.webhook,
                at=door.hand_over() if door else None,
                held=held_file(config.database_url, config.token, config.state_keys),
                clock=clock,
            )
    except (app.TokenRefused, ConfigError, OSError):
        raise
    except Exception as error:
        log.critical("fault: %s", where(error))
        raise RuntimeError("The bot stopped on a fault of its own.") from None


async def _run(config: Config, understanding: Understanding, door: Doorstep | None) -> None:
    from bot.channels.telegram.app import TokenRefused
    from bot.store import StoreError, store_at

    stop = asyncio.Event()
    stop_when_asked(stop)
    if not config.state_keys:
        log.warning("STATE_KEY is not set: what is kept of a running check is stored unencrypted")
    if runs_as_root():
        log.warning("the bot runs as root, which it needs for nothing: give it a user of its own")
    store = store_at(config.database_url, config.state_keys)
    try:
        await store.open()
    except StoreError as error:
        log.error("%s Until then only emergency answers are given.", error)
    step, urgent, say = dialogue(understanding)
    conversations = open_conversations(step, say, store, urgent=urgent)
    _freeze()
    try:
        await on_telegram(config, conversations, say, stop, door=door)
    except TokenRefused:
        raise ConfigError(
            ("Telegram does not know TELEGRAM_BOT_TOKEN. Copy it again from @BotFather.",)
        ) from None
    except OSError as error:
        raise _port_is_taken(error) from None
    finally:
        await store.close()


def _doorstep(config: Config) -> Doorstep | None:
    """Open the port at once: hosts kill what does not, and learning takes its time."""
    port = config.webhook.port if config.webhook else config.health_port
    if port is None:
        return None
    from bot.delivery.doorstep import Doorstep

    if config.webhook is None:
        log.warning(
            "PORT is set and WEBHOOK_URL is not: the bot polls, and its port only says how it is."
            " For a webhook set WEBHOOK_URL=https://… and WEBHOOK_SECRET; else leave PORT out."
        )
    try:
        return Doorstep(port)
    except OSError as error:
        raise _port_is_taken(error) from None


def _port_is_taken(error: OSError) -> ConfigError:
    return ConfigError(
        (f"A port cannot be opened: {error.strerror}. Is another program using it?",)
    )


def _understand(
    path: Path, semantic: bool, before_learning: Callable[[Faq], None]
) -> Understanding:
    cache = default_cache()
    encoder = open_encoder(cache) if semantic else None
    return open_understanding(path, datetime.now(UTC).date(), cache, encoder, before_learning)


def _fit_elsewhere(config: Config) -> Callable[[Faq], None]:
    """Return what fits in a process of its own, whose memory goes back to the system."""

    def fit(faq: Faq) -> None:
        if not can_write(default_cache()):  # a process of its own could hand nothing over
            log.warning("%s cannot be written: each start learns anew", default_cache())
            return
        log.info("Learning from the content, once; later starts take it from %s", default_cache())
        command = [sys.executable, "-m", "intents", "fit", str(config.faq_path)]
        command += ["--semantic"] if config.semantic else []
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)

    return fit


def _sayer(faq: Faq) -> Sayer:
    from bot.dialogue.wording import Wording

    return Wording(faq).say


@asynccontextmanager
async def _beside(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Do some endless work meanwhile."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _note_fault(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log a fault of ours that nobody waited for, without what it says: that may quote a user."""
    from bot.delivery.outcomes import where

    fault = context.get("exception")
    log.error("fault: %s", where(fault) if fault else context.get("message"))


def _freeze() -> None:
    """Leave the objects that stay for good out of the garbage collector's searches.

    A search through all of them takes tens of milliseconds, in which nobody is answered.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)
    gc.enable()


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)
