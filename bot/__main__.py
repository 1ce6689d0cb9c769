"""Run the bot: `python -m bot` on Telegram, `python -m bot chat` in a terminal."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot import assembly
from bot.config import ConfigError, faq_path, from_environment, semantic
from intents import EncoderFault, FaqError

CONFIG_FAULT: Final = 2
CONTENT_FAULT: Final = 1


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
            assembly.chat(options.faq or faq_path(), options.transcript, semantic())
        else:
            config = from_environment()
            with contextlib.suppress(KeyboardInterrupt):
                assembly.run(config)
    except ConfigError as error:
        _say(*error.faults)
        return CONFIG_FAULT
    except EncoderFault as error:
        _say(str(error))
        return CONFIG_FAULT
    except FaqError as error:
        _say(*map(str, error.faults))
        return CONTENT_FAULT
    return 0


def _say(*lines: str) -> None:
    print(*lines, sep="\n", file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
