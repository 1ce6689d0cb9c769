"""Conversations in PostgreSQL, for any number of replicas.

Each promise is one statement, and so one round trip: `bot_commit` checks and writes a whole move.
Two replicas that answer one chat at the same moment meet at its row in bot_states: the second
waits, finds another version, and steps again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

import asyncpg

from bot.store.postgres_schema import MIGRATIONS
from bot.store.protocol import (
    CLOCK_SECONDS,
    STATE_SECONDS,
    UPDATE_SECONDS,
    Kept,
    Move,
    StoreError,
    mark_of,
    next_version,
)

T = TypeVar("T")

_CONNECTIONS: Final = 10
_CONNECT_SECONDS: Final = 5.0
_CLOSE_SECONDS: Final = 1.0
_STATEMENT_SECONDS: Final = 10.0
_TRIES: Final = 3  # a statement whose connection broke; all of them may be repeated safely
_PAUSE_SECONDS: Final = 0.03  # before the next try, times the tries so far
_LOCK: Final = 7_249_311_846  # any number of our own: one replica makes the tables, others wait

_NO_ADDRESS: Final = (
    "DATABASE_URL is not an address of PostgreSQL. It is postgresql://user:password@host/name,"
    " where a password's @ : / are written %40 %3A %2F."
)
_LOAD: Final = (
    "SELECT state, version, bot_states.at, bot_updates.at, replies,"
    " (SELECT max(at) FROM bot_updates WHERE chat = $1::text AND id <= $3::bigint)"
    " FROM (SELECT $1::text AS chat, $2::bigint AS id) AS asked"
    " LEFT JOIN bot_states ON bot_states.chat = asked.chat"
    " LEFT JOIN bot_updates ON bot_updates.chat = asked.chat AND bot_updates.id = asked.id"
    " LEFT JOIN bot_replies ON bot_replies.chat = asked.chat AND bot_replies.id = asked.id"
)
_COMMIT: Final = "SELECT bot_commit($1, $2, $3, $4, $5, $6, $7, $8)"
_FORGET: Final = (
    "WITH states AS (DELETE FROM bot_states WHERE chat = $1),"
    " updates AS (DELETE FROM bot_updates WHERE chat = $1)"
    " DELETE FROM bot_replies WHERE chat = $1"
)
_PRUNE: Final = (
    "WITH states AS (DELETE FROM bot_states WHERE at <= $1),"
    " updates AS (DELETE FROM bot_updates WHERE at <= $2)"
    " DELETE FROM bot_replies WHERE at <= $2"
)
# A clock that was wrong for a while wrote times to come, and nothing is kept for longer than said.
_TAKE_BACK: Final = (
    "WITH states AS (UPDATE bot_states SET at = $1 WHERE at > $2),"
    " updates AS (UPDATE bot_updates SET at = $1 WHERE at > $2)"
    " UPDATE bot_replies SET at = $1 WHERE at > $2"
)


class PostgresStore:
    """Conversations in a database that many processes share."""

    def __init__(self, pool: asyncpg.Pool[asyncpg.Record]) -> None:
        self._pool = pool

    @classmethod
    async def open(cls, url: str) -> PostgresStore:
        """Connect, and make or renew the tables where that is due.

        Errors: StoreError.
        """

        async def connect() -> PostgresStore:
            pool = await asyncpg.create_pool(
                url,
                min_size=0,  # others would be mended in the background, with tracebacks
                max_size=_CONNECTIONS,
                timeout=_CONNECT_SECONDS,
                command_timeout=_STATEMENT_SECONDS,
                reset=_keep_as_it_is,
            )
            try:
                await _migrate(pool)
            except ValueError:  # its text may repeat a piece of the password
                raise StoreError(_NO_ADDRESS) from None
            except BaseException:
                await cls(pool).close()
                raise
            return cls(pool)

        return await _tried(connect)

    async def load(self, key: str, update_id: int, now: float) -> Kept:
        row = (await self._rows(_LOAD, key, update_id, mark_of(update_id)))[0]
        state, version, at, seen_at, replies, erased_at = row
        seen_at = erased_at if seen_at is None else seen_at
        fresh = version is not None and now - at < STATE_SECONDS
        return Kept(
            state if fresh else b"",
            version or 0,
            seen_at is not None,
            replies or b"",
            seen_at or 0.0,
            erased_at is not None,
        )

    async def commit(self, key: str, move: Move) -> bool:
        rows = await self._rows(
            _COMMIT,
            key,
            move.update_id,
            move.expected,
            next_version(move.expected),
            move.state,
            move.replies,
            move.at,
            move.erase,
        )
        return bool(rows[0][0])

    async def sent(self, key: str, update_id: int) -> None:
        await self._rows("DELETE FROM bot_replies WHERE chat = $1 AND id = $2", key, update_id)

    async def forget(self, key: str) -> None:
        await self._rows(_FORGET, key)

    async def park(self, key: str, update_id: int, parcel: bytes) -> None:
        await self._rows(
            "UPDATE bot_replies SET parcel = $3 WHERE chat = $1 AND id = $2",
            key,
            update_id,
            parcel,
        )

    async def parked(self) -> tuple[bytes, ...]:
        rows = await self._rows(
            "SELECT parcel FROM bot_replies WHERE parcel IS NOT NULL ORDER BY at, id"
        )
        return tuple(row[0] for row in rows)

    async def prune(self, now: float) -> None:
        await self._rows(_TAKE_BACK, now, now + CLOCK_SECONDS)
        await self._rows(_PRUNE, now - STATE_SECONDS, now - UPDATE_SECONDS)

    async def close(self) -> None:
        """Let go of the connections; a second call does nothing."""
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self._pool.close()
        except (OSError, asyncpg.InterfaceError, asyncpg.PostgresError):  # TimeoutError too
            self._pool.terminate()

    async def secret(self, fresh: bytes) -> bytes:
        await self._rows(
            "INSERT INTO bot_meta VALUES ('secret', $1) ON CONFLICT DO NOTHING", fresh
        )
        kept: bytes = (await self._rows("SELECT value FROM bot_meta WHERE name = 'secret'"))[0][0]
        return kept

    async def replace_secret(self, old: bytes, new: bytes) -> None:
        await self._rows(
            "UPDATE bot_meta SET value = $2 WHERE name = 'secret' AND value = $1", old, new
        )

    async def _rows(self, statement: str, *values: Any) -> list[asyncpg.Record]:
        try:
            return await _tried(lambda: self._pool.fetch(statement, *values))
        except StoreError as error:
            if isinstance(error.__cause__, asyncpg.ReadOnlySQLTransactionError):
                # After a fail-over, this server became a copy: connect anew, to its successor.
                await self._pool.expire_connections()
            raise


async def _migrate(pool: asyncpg.Pool[asyncpg.Record]) -> None:
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


async def _tried(call: Callable[[], Awaitable[T]]) -> T:
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


async def _keep_as_it_is(connection: object) -> None:
    """Skip the round trip that clears a session's settings: no statement of ours makes any."""
