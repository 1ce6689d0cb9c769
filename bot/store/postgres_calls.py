"""Reaching PostgreSQL: a connection, its tables, and a call again where a connection broke."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

import asyncpg

from bot.store.postgres_schema import MIGRATIONS
from bot.store.protocol import StoreError

T = TypeVar("T")

CONNECT_SECONDS: Final = 5.0
_STATEMENT_SECONDS: Final = 10.0
_TRIES: Final = 3  # a statement whose connection broke; all of them may be repeated safely
_PAUSE_SECONDS: Final = 0.03  # before the next try, times the tries so far
_LOCK: Final = 7_249_311_846  # any number of our own: one replica makes the tables, others wait


def arguments(seconds: float, pooled: bool) -> dict[str, Any]:
    """Return what a connection is opened with."""
    return {
        "timeout": seconds,
        "command_timeout": _STATEMENT_SECONDS,
        "statement_cache_size": 0 if pooled else 100,
    }


async def is_pooled(url: str, seconds: float) -> bool:
    """Tell whether a pooler answers: it names a process of its own, not the one that answers."""
    connection = await asyncpg.connect(url, **arguments(seconds, pooled=True))
    try:
        answering = await connection.fetchval("SELECT pg_backend_pid()")
        return bool(answering != connection.get_server_pid())
    finally:
        connection.terminate()


async def migrate(pool: asyncpg.Pool[asyncpg.Record]) -> None:
    """Make or renew the tables; of several replicas one does, and the others wait."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", _LOCK)
        found = await connection.fetchval("SELECT to_regclass('bot_schema') IS NOT NULL")
        version = await connection.fetchval("SELECT version FROM bot_schema") if found else 0
        if version > len(MIGRATIONS):
            raise StoreError(
                f"The database has tables of version {version}, this program knows version"
                f" {len(MIGRATIONS)}; run the newer program or use another database."
            )
        if version < len(MIGRATIONS):
            for migration in MIGRATIONS[version:]:
                await connection.execute(migration)
            await connection.execute("UPDATE bot_schema SET version = $1", len(MIGRATIONS))


async def tried(call: Callable[[], Awaitable[T]]) -> T:
    """Call until the answer comes, a few times: a restarted server leaves broken connections."""
    for attempt in range(1, _TRIES + 1):
        try:
            return await call()
        except (
            OSError,  # TimeoutError is one
            asyncpg.InterfaceError,
            asyncpg.InternalClientError,  # the server said good-bye, but has not hung up yet
            asyncpg.PostgresConnectionError,
            asyncpg.exceptions.OperatorInterventionError,
            asyncpg.exceptions.TransactionRollbackError,
        ) as error:
            if attempt == _TRIES or isinstance(error, TimeoutError):
                raise StoreError(_explain(error)) from error
            await asyncio.sleep(_PAUSE_SECONDS * attempt)
        except asyncpg.PostgresError as error:
            raise StoreError(_explain(error)) from error
    raise AssertionError("unreachable")


def _explain(error: Exception) -> str:
    """Return one line without the address, which may hold a password."""
    said = " ".join(str(error).split()) or type(error).__name__
    return f"PostgreSQL does not answer: {said}. Is it running, and is DATABASE_URL right?"


async def keep_as_it_is(connection: object) -> None:
    """Skip the round trip that clears a session's settings: no statement of ours makes any."""
