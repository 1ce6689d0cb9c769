"""Run the bot: `python -m bot` on Telegram, `python -m bot chat` in a terminal."""

from __future__ import annotations

import argparse
import asyncio
import gc
import logging
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Final

from bot.config import Config, ConfigError, faq_path, from_environment, semantic
from intents import EncoderFault, Faq, FaqError, default_cache, open_encoder, open_understanding

if TYPE_CHECKING:
    from bot.dialogue.dialogue import Dialogue

log = logging.getLogger("bot")

CONFIG_FAULT: Final = 2
CONTENT_FAULT: Final = 1
# Python looks for garbage each time that so many objects came, at every 20th time longer.
GARBAGE: Final = (10_000, 20, 20)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("run", help="answer on Telegram (the default)")
    chat = commands.add_parser("chat", help="talk to the bot here; no token, no network")
    chat.add_argument("--transcript", type=Path, metavar="FILE", help="write what was said")
    chat.add_argument("--faq", type=Path, metavar="FILE", help="other content than faq.yaml")
    options = parser.parse_args(arguments)
    try:
        if options.command == "chat":
            return _chat(options.faq or faq_path(), options.transcript, semantic())
        return _run(from_environment())
    except ConfigError as error:
        _say(*error.faults)
        return CONFIG_FAULT
    except EncoderFault as error:
        _say(str(error))
        return CONFIG_FAULT
    except FaqError as error:
        _say(*map(str, error.faults))
        return CONTENT_FAULT


def _chat(faq: Path, transcript: Path | None, semantic: bool) -> int:
    from bot.channels import terminal

    return terminal.chat(faq, transcript, semantic) or 0


def _run(config: Config) -> int:
    # Asked to stop before the loop runs, there is nothing to finish.
    signal.signal(signal.SIGTERM, _leave)
    logging.basicConfig(
        level=config.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    gc.disable()  # until what is read and learned stands; see _settle
    try:
        faq, dialogue = _understand(config.faq_path, config.semantic)
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            return runner.run(_serve(config, faq, dialogue))
    except KeyboardInterrupt:
        return 0


def _understand(path: Path, semantic: bool) -> tuple[Faq, Dialogue]:
    from datetime import UTC, datetime

    from bot.dialogue.dialogue import Dialogue

    cache = default_cache()

    def learn(faq: Faq) -> None:
        log.info("Learning from the content, once; later starts take it from %s", cache)
        # In a process of its own: what fitting needs of memory goes back to the system.
        command = [sys.executable, "-m", "intents", "fit", str(path)]
        command += ["--semantic"] if semantic else []
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)

    understanding = open_understanding(
        path, datetime.now(UTC).date(), cache, open_encoder(cache) if semantic else None, learn
    )
    for warning in understanding.faq.warnings:
        log.warning("%s", warning)
    return understanding.faq, Dialogue(understanding)


async def _serve(config: Config, faq: Faq, dialogue: Dialogue) -> int:
    from bot.channels.telegram import app
    from bot.delivery.conversations import Conversations
    from bot.store import LateStore, Store, StoreError, open_store

    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    if not config.state_keys:
        log.warning("STATE_KEY is not set: what is kept of a running check is stored unencrypted")
    store: Store
    try:
        store = await open_store(config.database_url, config.state_keys)
    except StoreError as error:
        log.error("%s Until then only emergency answers are given.", error)
        store = LateStore(config.database_url, config.state_keys)
    words = _filled(faq)
    _settle()
    try:
        await app.run(
            Conversations(dialogue, store, time.time, words["trouble"], words["too_fast"]),
            words,
            stop,
            token=config.token,
            api_url=config.api_url,
            webhook=config.webhook,
            metrics_port=config.metrics_port,
        )
    except app.TokenRefused:
        _say("Telegram does not know TELEGRAM_BOT_TOKEN. Copy it again from @BotFather.")
        return CONFIG_FAULT
    except OSError as error:
        _say(f"A port cannot be opened: {error.strerror}. Is another program using it?")
        return CONFIG_FAULT
    finally:
        await store.close()
    return 0


def _settle() -> None:
    """Leave what stays out of the garbage collector's rounds.

    To look through it takes tens of milliseconds each time, in which nobody is answered.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)
    gc.enable()


def _filled(faq: Faq) -> dict[str, str]:
    """Return the words with what is the same in every message put in."""
    from bot.dialogue.wording import Wording

    wording = Wording(faq)
    return {key: wording.say(key) for key in faq.words}


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:  # not made for Windows
        return None
    return uvloop.new_event_loop


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def _say(*lines: str) -> None:
    print(*lines, sep="\n", file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
