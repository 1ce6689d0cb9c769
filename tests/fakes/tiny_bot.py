"""A bot of a few sentences on the real shell and store, for tests that look at the shell."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from typing import Final

from bot.assembly import on_telegram, open_conversations
from bot.channels.telegram import app
from bot.config import Config, environment
from bot.dialogue.events import (
    Button,
    Command,
    Event,
    Press,
    Redraw,
    Reply,
    Say,
    Settle,
    Toast,
    Utterance,
)
from bot.dialogue.state import State
from bot.store import Store, open_store

KEYBOARD: Final = ((Button("Yes", "yes"), Button("Tick", "tick")),)
WORDS: Final = {
    "chosen": "→ {label}",
    "trouble": "Something went wrong.",
    "too_fast": "Slowly, please.",
    "forgotten_lately": "Once a minute, please.",
    "description": "A bot for tests.",
    "short_description": "For tests.",
    "group_chat": "Write to me in private.",
    **{key: "Do it" for _, key in app.COMMANDS},
}
HELP: Final = "Call for *help* <now>."


def say(name: str, **values: str) -> str:
    """Return a sentence by its name."""
    return WORDS[name].format(**values)


class Parrot:
    """Repeats what it is told; "chest pain" is an emergency, "ask" a question with buttons."""

    def step(self, state: State, event: Event) -> tuple[State, tuple[Reply, ...]]:
        """Return what to say; there is never anything to keep."""
        match event:
            case Utterance("chest pain"):
                return State(), (Say(HELP, KEYBOARD, emergency=True),)
            case Utterance("ask"):
                return State(), (Say("Is it *so* & so?", KEYBOARD),)
            case Utterance(text) if text.startswith("long "):
                return State(), (Say("Many words. " * int(text[5:]), KEYBOARD),)
            case Utterance(text):
                return State(), (Say(f"You said {text}"),)
            case Press("yes"):
                return State(), (Settle("Yes"), Say("Good."))
            case Press("tick"):
                return State(), (Redraw(((Button("✓ Tick", "tick"),),)), Toast("Ticked"))
            case Press():
                return State(), (Say("That button is old."),)
            case Command(name):
                return State(), (Say(f"Hello, {name}."),)
        return State(), (Say(f"Hm, {type(event).__name__}."),)


async def run(config: Config, stop: asyncio.Event, store: Store | None = None) -> None:
    """Run the bot until `stop` is set."""
    kept = store or await open_store(config.database_url)
    try:
        conversations = open_conversations(Parrot().step, say, kept)
        await on_telegram(config, conversations, say, stop)
    finally:
        await kept.close()


async def _main() -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await run(Config.read(environment()), stop)


if __name__ == "__main__":
    logging.basicConfig(level="DEBUG", stream=sys.stdout)
    asyncio.run(_main())
