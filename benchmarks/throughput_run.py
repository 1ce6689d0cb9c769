"""Measure one contender: start it, let it work off what waits, then write to it now and then."""

from __future__ import annotations

import json
import statistics
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from benchmarks import throughput_process
from benchmarks.throughput_contenders import HERE, Contender

RATE: Final = 30.0  # messages a second while latencies are taken
WARM_UP: Final = 200  # messages before anything is measured
FEWEST_CHATS: Final = 300
MOST_OF_A_CHAT: Final = 10  # messages that wait; the bot slows a chat down after 30 a minute
READY_WITHIN: Final = 60.0  # seconds; the first start of all fits the matcher
DONE_WITHIN: Final = 600.0


@dataclass(frozen=True, slots=True)
class Work:
    """How many messages are to be answered as fast as can be, and how many then come by and by."""

    waiting: int
    paced: int
    at_once: int  # of those that wait, how many are there from the start

    @property
    def chats(self) -> int:
        """How many chats write what waits at once."""
        return max(FEWEST_CHATS, self.waiting // MOST_OF_A_CHAT)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run showed; `api_ms` is what the stand-in used."""

    rate: float  # messages/s with all waiting at once
    cpu_ms: float  # a message
    a_core: float  # messages/s
    p50: float  # ms
    p99: float  # ms
    peak: float  # MB
    steady: float  # MB
    start: float  # s
    calls: float  # a message
    api_ms: float  # CPU of the stand-in, a message
    unanswered: float


def median(runs: Sequence[Figures]) -> Figures:
    """Return the median of each figure; of messages not answered, all."""
    middle = {f.name: statistics.median(getattr(r, f.name) for r in runs) for f in fields(Figures)}
    return Figures(**{**middle, "unanswered": sum(r.unanswered for r in runs)})


class StandIn:
    """The stand-in for the Bot API, as the measuring side sees it."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"

    def ask(self, name: str, within: float, **values: float) -> dict[str, Any]:
        """Ask for a measurement and wait for its result; OSError when that takes too long."""
        body = json.dumps(values).encode()
        with urllib.request.urlopen(f"{self.address}/{name}", body, within) as answer:
            found: dict[str, Any] = json.load(answer)
        return found


def warm(contender: Contender, texts: Path, core: int) -> None:
    """Start a contender once, so that what it makes at its first start is there."""
    with _started(contender, texts, core):
        pass


def measure(contender: Contender, texts: Path, core: int, work: Work) -> Figures:
    """Measure a contender once, on a core, with a stand-in of its own."""
    with _started(contender, texts, core) as (api, pid, start):
        return _under_load(pid, api, work, start)


@contextmanager
def _started(contender: Contender, texts: Path, core: int) -> Iterator[tuple[StandIn, int, float]]:
    """Start a stand-in and a contender; give both, and the seconds until it was ready."""
    with throughput_process.server((str(HERE / "throughput_api.py"), str(texts))) as port:
        api = StandIn(port)
        environ = {"TELEGRAM_BOT_TOKEN": "1:benchmark", "TELEGRAM_API_URL": api.address}
        environ |= contender.environ
        begun = time.monotonic()
        with throughput_process.bot(contender.command, core, environ) as process:
            yield api, process.pid, api.ask("ready", READY_WITHIN)["at"] - begun


def _under_load(bot: int, api: StandIn, work: Work, start: float) -> Figures:
    first = 1 + FEWEST_CHATS
    api.ask("load", DONE_WITHIN, messages=WARM_UP, at_once=work.at_once, first=1, end=first)
    used, api_used = throughput_process.cpu_seconds(bot), api.ask("used", 10)["seconds"]
    chats = {"first": first, "end": first + work.chats}
    load = api.ask("load", DONE_WITHIN, messages=work.waiting, at_once=work.at_once, **chats)
    cpu_ms = 1000 * (throughput_process.cpu_seconds(bot) - used) / work.waiting
    api_ms = 1000 * (api.ask("used", 10)["seconds"] - api_used) / work.waiting
    first += work.chats
    pace = api.ask(
        "pace", DONE_WITHIN, messages=work.paced, rate=RATE, first=first, end=first + FEWEST_CHATS
    )
    peak, steady = throughput_process.memory(bot)
    latencies = pace["latencies"]
    return Figures(
        rate=work.waiting / load["seconds"],
        cpu_ms=cpu_ms,
        a_core=1000 / cpu_ms,
        p50=1000 * _share(latencies, 0.50),
        p99=1000 * _share(latencies, 0.99),
        peak=peak,
        steady=steady,
        start=start,
        calls=load["calls"] / work.waiting,
        api_ms=api_ms,
        unanswered=load["unanswered"] + pace["unanswered"],
    )


def _share(ordered: Sequence[float], share: float) -> float:
    """Return the least value that so large a share does not exceed."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("inf")
