"""Conversations in PostgreSQL, for any number of replicas.

Nothing is kept in a session: a pooler may give each transaction another one. Prepared statements
are the driver's only trace in it, and not used where a pooler answers.

Each promise is one statement, and so one round trip: `bot_commit` checks and writes a whole move.
Two replicas that answer one chat at the same moment meet at its row in bot_states: the second
waits, finds another version, and steps again.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import Any, Final

import asyncpg

from bot.store import postgres_calls as calls
from bot.store.postgres_address import Address, read
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

log = logging.getLogger(__name__)

_CONNECTIONS: Final = 10
_CLOSE_SECONDS: Final = 1.0

_NO_ADDRESS: Final = (
    "DATABASE_URL is not an address of PostgreSQL. It is postgresql://user:password@host/name,"
    " where a password's @ : / are written %40 %3A %2F."
)
# What is said to who prepared a statement in a session that others have now.
_NOT_PREPARED: Final = (
    asyncpg.InvalidSQLStatementNameError,
    asyncpg.DuplicatePreparedStatementError,
    asyncpg.ProtocolViolationError,
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

    def __init__(self, pool: asyncpg.Pool[asyncpg.Record], address: Address) -> None:
        self._pool = pool
        self._address = address

    @classmethod
    async def open(cls, url: str) -> PostgresStore:
        """Connect, and make or renew the tables where that is due.

        Errors: StoreError.
        """

        try:
            address = read(url)
        except ValueError:  # its text may repeat a piece of the password
            raise StoreError(_NO_ADDRESS) from None
        if address.passed_over:
            names = ", ".join(address.passed_over)
            log.info("DATABASE_URL: passed over, as no setting of this bot: %s", names)
        seconds = address.seconds or calls.CONNECT_SECONDS

        async def connect(pooled: bool = address.pooled) -> PostgresStore:
            pooled = pooled or await calls.is_pooled(address.url, seconds)
            if pooled:
                log.info("a pooler answers for PostgreSQL: no statements are prepared")
            pool = await asyncpg.create_pool(
                address.url,
                min_size=0,  # others would be mended in the background, with tracebacks
                max_size=_CONNECTIONS,
                reset=calls.keep_as_it_is,
                **calls.arguments(seconds, pooled),
            )
            store = cls(pool, replace(address, pooled=pooled))
            try:
                await calls.migrate(pool)
            except BaseException:
                await store.close()
                raise
            return store

        try:
            return await calls.tried(connect)
        except ValueError:
            raise StoreError(_NO_ADDRESS) from None
        except StoreError as error:
            if not isinstance(error.__cause__, _NOT_PREPARED):
                raise
        return await calls.tried(lambda: connect(pooled=True))

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
        for _ in range(_CONNECTIONS + 1):  # each connection may have to be made anew
            try:
                return await calls.tried(lambda: self._pool.fetch(statement, *values))
            except StoreError as error:
                if isinstance(error.__cause__, asyncpg.ReadOnlySQLTransactionError):
                    # After a fail-over, this server became a copy: connect anew, to its successor.
                    await self._pool.expire_connections()
                if not isinstance(error.__cause__, _NOT_PREPARED):
                    raise
            await self._prepare_no_more()
        raise StoreError("PostgreSQL does not answer: its pooler takes no statement of ours.")

    async def _prepare_no_more(self) -> None:
        """Go on without prepared statements: a pooler answers that does not show."""
        if self._address.pooled:
            return
        log.warning("a pooler answers for PostgreSQL: from now on no statements are prepared")
        self._address = replace(self._address, pooled=True)
        seconds = self._address.seconds or calls.CONNECT_SECONDS
        self._pool.set_connect_args(self._address.url, **calls.arguments(seconds, pooled=True))
        await self._pool.expire_connections()
