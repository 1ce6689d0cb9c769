"""Who is measured: how each is started, with all that its start needs."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.throughput_postgres import DurableServer

HERE: Final = Path(__file__).resolve().parent
STATE_KEY: Final = "0123456789abcdef" * 4
THIS: Final = "this bot"
PTB: Final = "python-telegram-bot"
PTB_CONCURRENT: Final = "python-telegram-bot, concurrent"
AIOGRAM: Final = "aiogram"


@dataclass(frozen=True, slots=True)
class Contender:
    """A bot: the command line after `python`, and its environment besides API and token."""

    name: str
    command: tuple[str, ...]
    environ: Mapping[str, str] = field(default_factory=dict)


def peers(faq: Path) -> Iterator[Contender]:
    """Return the other bots, with their FAQ in a JSON file."""
    ptb, aiogram = (str(HERE / f"throughput_{name}.py") for name in ("ptb", "aiogram"))
    yield Contender(PTB, (ptb, str(faq)))
    yield Contender(PTB_CONCURRENT, (ptb, str(faq), "concurrent"))
    yield Contender(AIOGRAM, (aiogram, str(faq)))


def ours(folder: Path, server: DurableServer | None) -> Iterator[Contender]:
    """Return this bot with each store, each way to get updates, sealed and not."""
    for store in ("SQLite", "PostgreSQL"):
        if store == "PostgreSQL" and server is None:
            continue
        for way in ("polling", "webhook"):
            for sealed in (False, True):
                name = f"{THIS}, {store}, {way}{', sealed' if sealed else ''}"
                environ = {"XDG_CACHE_HOME": str(folder / "cache")}
                environ["DATABASE_URL"] = _fresh(folder, server if store != "SQLite" else None)
                environ |= _webhook() if way == "webhook" else {}
                environ |= {"STATE_KEY": STATE_KEY} if sealed else {}
                yield Contender(name, ("-m", "bot"), environ)


def _fresh(folder: Path, server: DurableServer | None) -> str:
    if server:
        return server.fresh_url()
    number = len(list(folder.glob("*.made")))
    (folder / f"{number}.made").touch()
    return f"sqlite:///{folder}/{number}.db"


def _webhook() -> dict[str, str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/updates"
    return {"WEBHOOK_URL": address, "WEBHOOK_SECRET": "benchmark", "PORT": str(port)}
