"""What is done to the bot, and what must hold afterwards."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.fakes.fake_bot_api import TOKEN
from tests.fakes.postgres_server import PostgresServer
from tests.promises.torture.bots import Bot, Killer
from tests.promises.torture.people import QUESTIONS, SCRIPTS, Person, Script, Seen, Write
from tests.promises.torture.telegram import BadTelegram
from tests.promises.torture.webhook import Deliverer, free_port

CHATS: Final = 50
FINISH: Final = 30.0  # seconds for what is still under way once all people are done
_ASKING: Final[Script] = tuple(Write(text) for text in QUESTIONS)
_NEVER_LOGGED: Final = (TOKEN, TOKEN.split(":")[1], "radiators are cold", "smell gas", "bleed a")


@dataclass(frozen=True)
class GoodDay:
    """What a script leads to when nothing goes wrong."""

    counts: tuple[int, ...]  # different messages after each action
    seen: Seen


GoodDays = dict[Script, GoodDay]


@dataclass
class Outcome:
    """What came of a scenario."""

    name: str
    chats: int = 0
    updates: int = 0
    kills: int = 0
    outages: int = 0  # of the database
    failed: int = 0
    repeats: int = 0
    redrawn: int = 0
    unanswered: int = 0
    different: int = 0
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def holds(self) -> bool:
        """Whether the promises were kept."""
        return not (self.unanswered or self.different or self.faults)


@dataclass(frozen=True)
class Place:
    """Where scenarios run: a folder, a PostgreSQL server, and a seed for all that is random."""

    folder: Path
    postgres: PostgresServer
    seed: int
    names: itertools.count[int] = field(default_factory=itertools.count)

    def sqlite(self) -> str:
        """Return the address of a new SQLite file."""
        return f"sqlite:///{self.folder}/{next(self.names)}/bot.db"

    def log(self) -> Path:
        """Return a new log file."""
        return self.folder / f"{next(self.names)}.log"


@asynccontextmanager
async def telegram(
    place: Place, name: str, failing: float = 0.0, copies: int = 1
) -> AsyncIterator[BadTelegram]:
    """Yield a Telegram whose bad days are the same for the same seed."""
    api = BadTelegram(random.Random(f"{place.seed} {name}"), failing, copies)
    async with api:
        yield api


@asynccontextmanager
async def two_replicas(
    place: Place, name: str, database: str, failing: float = 0.0
) -> AsyncIterator[tuple[BadTelegram, list[Bot]]]:
    """Yield a Telegram that delivers, with copies, to two bots with a webhook on one database."""
    ports = [free_port(), free_port()]
    async with telegram(place, name, failing, copies=3) as api, Deliverer(api, ports) as deliverer:
        api.deliver = deliverer
        bots = [Bot(api, database, place.log(), port) for port in ports]
        async with AsyncExitStack() as stack:
            for bot in bots:
                await stack.enter_async_context(bot)
            yield api, bots


async def good_days(place: Place) -> GoodDays:
    """Return what each script leads to on a good day."""
    found: GoodDays = {}
    async with telegram(place, "good day") as api, Bot(api, place.sqlite(), place.log()):
        for number, script in enumerate((*SCRIPTS, _ASKING), 1):
            person = Person(api, number, script)
            await person.talk()
            if person.unanswered or person.chat.repeats:
                last = person.chat.first[-1:]
                raise RuntimeError(f"script {number} stops on a good day, {last} seen last")
            found[script] = GoodDay(tuple(person.counts), person.seen())
    return found


async def talks(api: BadTelegram, days: GoodDays, patient: bool = False) -> list[Person]:
    """Have people talk until all are done."""
    people = [Person(api, n, SCRIPTS[n % len(SCRIPTS)], patient) for n in range(1, CHATS + 1)]
    await asyncio.gather(*(p.talk(days[p.script].counts) for p in people))
    return people


async def judged(name: str, api: BadTelegram, days: GoodDays, people: Sequence[Person]) -> Outcome:
    """Hold what people saw against a good day, once nothing is under way any more."""
    outcome = Outcome(name, len(people), api.updates, failed=api.failed)
    try:
        await api.acknowledged(FINISH)
    except TimeoutError:
        outcome.faults.append("something was never acknowledged")
    for person in people:
        good, seen = days[person.script].seen, person.seen()
        outcome.repeats += person.chat.repeats
        outcome.unanswered += person.unanswered
        # Two copies of a tap at two replicas may draw old buttons over newer ones; they are dead.
        outcome.redrawn += not good.last <= seen.last
        if seen.first != good.first or not good.last <= seen.ever:
            outcome.different += 1
            outcome.notes.append(f"chat {person.number}: {_difference(good, seen)}")
    outcome.faults += sorted(set(api.refused()))
    return outcome


def _difference(good: Seen, seen: Seen) -> str:
    for place, (due, came) in enumerate(itertools.zip_longest(good.first, seen.first), 1):
        if due != came:
            return f"message {place} should be {due}, is {came}"
    return f"never shown: {sorted(good.last - seen.ever)}"


def closed(outcome: Outcome, bots: Sequence[Bot]) -> Outcome:
    """Add what the bots themselves showed: how they ended, and what they wrote."""
    for bot in bots:
        outcome.kills += bot.kills
        outcome.faults += bot.faults
        log = bot.log.read_text(encoding="utf-8", errors="replace")
        outcome.faults += [
            f'"{words}" in {bot.log}'
            for words in ("Traceback", "fault:", *_NEVER_LOGGED)
            if words in log
        ]
    return outcome


async def kills(place: Place, days: GoodDays) -> Outcome:
    """kill -9 at random moments, every update three times."""
    name = "kill -9, three copies"
    async with telegram(place, name, copies=3) as api:
        async with Bot(api, place.sqlite(), place.log()) as bot:
            Killer(api, [bot], 12, (5, 60))
            outcome = await judged(name, api, days, await talks(api, days))
        return closed(outcome, [bot])


async def failing_calls(place: Place, days: GoodDays) -> Outcome:
    """A third of all calls fail, every update three times."""
    name = "a third of calls fail"
    async with telegram(place, name, 1 / 3, copies=3) as api:
        async with Bot(api, place.sqlite(), place.log()) as bot:
            outcome = await judged(name, api, days, await talks(api, days))
        return closed(outcome, [bot])


async def kills_and_failing_calls(place: Place, days: GoodDays) -> Outcome:
    """Both at once."""
    name = "both at once"
    async with telegram(place, name, 1 / 3) as api:
        async with Bot(api, place.sqlite(), place.log()) as bot:
            Killer(api, [bot], 8, (20, 150))
            outcome = await judged(name, api, days, await talks(api, days))
        return closed(outcome, [bot])


async def thousand_waiting(place: Place, days: GoodDays) -> Outcome:
    """A thousand messages wait for the bot, and it is killed five times."""
    name = "1,000 waiting, kill -9"
    async with telegram(place, name) as api:
        people = [Person(api, n, _ASKING) for n in range(1, 201)]
        for text in QUESTIONS:
            for person in people:
                await api.write(text, chat=person.number)
        async with Bot(api, place.sqlite(), place.log()) as bot:
            Killer(api, [bot], 5, (10, 180))
            await asyncio.gather(*(p.wait(days[_ASKING].counts[-1]) for p in people))
            outcome = await judged(name, api, days, people)
        return closed(outcome, [bot])


async def replicas(place: Place, days: GoodDays) -> Outcome:
    """Two replicas on one PostgreSQL, one or the other killed again and again."""
    name = "two replicas, kill -9"
    async with two_replicas(place, name, place.postgres.fresh_url(), 0.1) as (api, bots):
        Killer(api, bots, 10, (20, 150))
        outcome = await judged(name, api, days, await talks(api, days))
    return closed(outcome, bots)


async def database_killed(place: Place, days: GoodDays) -> Outcome:
    """PostgreSQL crashes and comes back, three times; once by polling, with a kill of the bot."""
    name = "PostgreSQL killed, polling"
    async with telegram(place, name) as api:
        async with Bot(api, place.postgres.fresh_url(), place.log()) as bot:
            Killer(api, [bot], 2, (100, 300))
            people, outages = await asyncio.gather(talks(api, days), _crashes(api, place.postgres))
            outcome = await judged(name, api, days, people)
            outcome.outages = outages
        return closed(outcome, [bot])


async def database_killed_behind_replicas(place: Place, days: GoodDays) -> Outcome:
    """The same behind two replicas with a webhook."""
    name = "PostgreSQL killed, replicas"
    async with two_replicas(place, name, place.postgres.fresh_url()) as (api, bots):
        people, outages = await asyncio.gather(
            talks(api, days, patient=True), _crashes(api, place.postgres)
        )
        outcome = await judged(name, api, days, people)
        outcome.outages = outages
    return closed(outcome, bots)


async def _crashes(api: BadTelegram, server: PostgresServer, most: int = 3) -> int:
    """Crash the server now and then, while people talk; return how often."""
    for times in range(most):
        moment = asyncio.Event()
        api.calls_until[moment.set] = api.chance.randint(60, 250)
        try:
            await asyncio.wait_for(moment.wait(), 10)
        except TimeoutError:  # everybody was done before
            return times
        await asyncio.to_thread(server.stop)
        await asyncio.sleep(api.chance.uniform(0.2, 1.0))
        await asyncio.to_thread(server.start)
    return most


Scenario = Callable[[Place, GoodDays], Awaitable[Outcome]]
# Side by side are those that mostly wait; the last ones have a database server to themselves.
ALL: Final[tuple[tuple[Scenario, ...], ...]] = (
    (kills, failing_calls),
    (kills_and_failing_calls, thousand_waiting),
    (replicas,),
    (database_killed,),
    (database_killed_behind_replicas,),
)


async def run(scenario: Scenario, place: Place, days: GoodDays) -> Outcome:
    """Run a scenario and note how long it took."""
    begun = time.monotonic()
    outcome = await scenario(place, days)
    outcome.seconds = time.monotonic() - begun
    return outcome
