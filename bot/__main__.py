"""Run the bot: `run` on Telegram, `chat` in this terminal. Settings come from the environment."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

CONFIG_FAULT: Final = 2
CONTENT_FAULT: Final = 1
INTERRUPTED: Final = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; return the exit code."""
    try:
        return _do(arguments_parser().parse_args(arguments))
    except KeyboardInterrupt:
        _say("\nStopped.")
        return INTERRUPTED


def arguments_parser() -> argparse.ArgumentParser:
    as_module = Path(sys.argv[0]).name == "__main__.py"
    parser = argparse.ArgumentParser("python -m bot" if as_module else None, description=__doc__)
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("run", help="answer on Telegram (the default)")
    commands.add_parser("health", help="ask a bot with a webhook, on this machine, if it is well")
    chat = commands.add_parser("chat", help="talk to the bot here; no token, no network")
    chat.add_argument("--transcript", type=Path, metavar="FILE", help="write what was said")
    chat.add_argument("--faq", type=Path, metavar="FILE", help="other content than faq.yaml")
    return parser


def _do(options: argparse.Namespace) -> int:
    """Load what the command needs, here where Ctrl-C is awaited, and do it."""
    from bot import assembly
    from bot.config import Config, ConfigError, environment, faq_path, semantic
    from intents import EncoderFault, FaqError

    try:
        settings = environment()
        if options.command == "chat":
            faq = options.faq or faq_path(settings)
            assembly.chat(faq, options.transcript, semantic(settings))
            return 0
        config = Config.read(settings)
        if options.command == "health":
            return 0 if assembly.is_well(config) else 1
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
