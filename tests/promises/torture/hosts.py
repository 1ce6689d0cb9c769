"""What hosts and crowds do to the bot: a pooler, a database that stays away, a thousand rows."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot.store import Move, open_store
from tests.fakes.pooler import a_pooler
from tests.promises.torture.bots import STATE_KEY, Bot, Killer
from tests.promises.torture.people import QUESTIONS
from tests.promises.torture.scenarios import (
    FINISH,
    GoodDays,
    Outcome,
    Place,
    Scenario,
    closed,
    judged,
    talks,
    telegram,
    two_replicas,
)
from tests.promises.torture.telegram import BadTelegram, Shown

EMERGENCY: Final = "i can smell gas"
IN_DANGER: Final = 9_999  # the chat that writes it
CROWD: Final = 250
SOON: Final = 1.0  # seconds in which an emergency is answered, whatever the others do
ROWS: Final = 50_000  # chats that are kept already
FORGETTING: Final = 60


async def behind_pooler(place: Place, days: GoodDays) -> Outcome:
    """Two replicas behind a pooler that gives each transaction another session, killed."""
    name = "behind a pooler, kill -9"
    with a_pooler(place.postgres) as pooler:
        database = pooler.fresh_url("&channel_binding=prefer&keepalives=1&connect_timeout=9")
        async with two_replicas(place, name, database) as (api, bots):
            Killer(api, bots, 6, (20, 150))
            outcome = await judged(name, api, days, await talks(api, days))
        return closed(outcome, bots)


async def crowd_without_database(place: Place, days: GoodDays) -> Outcome:
    """More wait for PostgreSQL than Telegram shows, and behind them somebody is in danger."""
    name = "crowd, PostgreSQL away"
    due = _answer_to(QUESTIONS[0], days)
    async with telegram(place, name) as api:
        async with Bot(api, place.postgres.fresh_url(), place.log()) as bot:
            await api.write(QUESTIONS[0], chat=CROWD + 1)
            await _seen(api, range(CROWD + 1, CROWD + 2))
            await asyncio.to_thread(place.postgres.stop)
            for chat in range(1, CROWD + 1):
                await api.write(QUESTIONS[0], chat=chat)
            outcome = await _in_danger(name, api)
            await asyncio.to_thread(place.postgres.start)
            await _seen(api, range(1, CROWD + 1))
            outcome.chats, outcome.updates, outcome.outages = CROWD + 2, api.updates, 1
            for chat in range(1, CROWD + 1):
                first = api.chat(chat).first
                outcome.unanswered += not first
                outcome.different += bool(first) and first != [due]
                outcome.repeats += api.chat(chat).repeats
        return closed(outcome, [bot])


async def forgetting(place: Place, days: GoodDays) -> Outcome:
    """Many are kept; sixty want to be forgotten at once, and then somebody is in danger."""
    name = f"60 /forget of {ROWS}"
    database = place.sqlite()
    await _fill(database)
    async with telegram(place, name) as api:
        async with Bot(api, database, place.log()) as bot:
            await api.write(QUESTIONS[0], chat=FORGETTING + 1)
            await _seen(api, range(FORGETTING + 1, FORGETTING + 2))
            for chat in range(1, FORGETTING + 1):
                await api.write("/forget", chat=chat)
            outcome = await _in_danger(name, api)
            await _seen(api, range(1, FORGETTING + 1))
            outcome.chats, outcome.updates = FORGETTING + 2, api.updates
            outcome.unanswered += sum(not api.chat(n).first for n in range(1, FORGETTING + 1))
        return closed(outcome, [bot])


async def _in_danger(name: str, api: BadTelegram) -> Outcome:
    """Write of an emergency, and note how long its answer takes."""
    outcome = Outcome(name)
    begun = time.monotonic()
    await api.write(EMERGENCY, chat=IN_DANGER)
    await _seen(api, (IN_DANGER,))
    took = time.monotonic() - begun
    outcome.notes.append(f"the emergency was answered after {took:.2f} s")
    if took > SOON:
        outcome.faults.append(f"an emergency waited {took:.2f} s")
    return outcome


async def _seen(api: BadTelegram, chats: Sequence[int]) -> None:
    """Wait until chats have an answer, for as long as anybody would."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(FINISH):
            for chat in map(api.chat, chats):
                while not chat.first:
                    chat.changed.clear()
                    await chat.changed.wait()


def _answer_to(question: str, days: GoodDays) -> Shown:
    asking = next(s for s in days if getattr(s[0], "text", "") == question)
    return days[asking].seen.first[0]


async def _fill(database: str) -> None:
    """Keep as many chats as a busy day leaves behind."""
    Path(database.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    store = await open_store(database, (STATE_KEY,))
    at = time.time()
    for n in range(ROWS):
        chat = n + 1 if n < FORGETTING else 1_000_000 + n
        state = b'{"serial":1,"topic":"bleed"}'
        await store.commit(f"telegram:{chat}", Move(10**9 + n, 0, state, b"", at))
        if n % 500 == 0:
            await asyncio.sleep(0)
    await store.close()


# One after the other: two stop or load what the others use.
MORE: Final[tuple[tuple[Scenario, ...], ...]] = (
    (behind_pooler,),
    (crowd_without_database,),
    (forgetting,),
)
