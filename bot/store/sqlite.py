"""Conversations in one SQLite file.

Written straight from the event loop: a transaction takes some 30 microseconds, less than handing
it to a thread and back would. The write-ahead log is in the page cache of the operating system
once a commit returns, so kill -9 loses nothing. With synchronous=NORMAL a power cut may cost the
last commits (never the file): such chats go back a few messages, or repeat an answer.
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

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
from bot.store.sqlite_file import check_length, keep_room, make_file, one_line_errors, transaction
from bot.store.sqlite_log import LONGEST_LOG, Log
from bot.store.sqlite_schema import LAYOUT, PRAGMAS, TABLES, VERSION, Padding, lay_out, set_pragma

_BUSY_SECONDS: Final = 2.0  # how long another process may hold the file
_PRUNED_AT_ONCE: Final = 250  # rows in a transaction, so that no message waits long

_LOAD: Final = (
    "SELECT state, CAST(version AS INTEGER), CAST(states.at AS REAL), updates.at, replies,"
    " (SELECT max(at) FROM updates WHERE chat = ?1 AND id <= ?3)"
    " FROM (SELECT ?1 AS chat, ?2 AS id) AS asked"
    " LEFT JOIN states ON states.chat = ?1"
    " LEFT JOIN updates ON updates.chat = ?1 AND updates.id = ?2"
    " LEFT JOIN replies ON replies.chat = ?1 AND replies.id = ?2"
)
# Also checks that nobody else kept this update, or another one of its chat, meanwhile.
_KEEP_UPDATE: Final = (
    "INSERT INTO updates SELECT ?1, ?2, ?3 WHERE ?4 ="
    " coalesce((SELECT CAST(version AS INTEGER) FROM states WHERE chat = ?1), 0)"
    " AND NOT EXISTS (SELECT 1 FROM updates WHERE chat = ?1 AND id <= ?5)"
    " ON CONFLICT DO NOTHING"
)
_ERASE: Final = tuple(
    f"DELETE FROM {name} WHERE chat = ?" for name in ("states", "replies", "updates")
)
_KEEP_STATE: Final = (
    "INSERT INTO states (chat, version, state, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (chat)"
    " DO UPDATE SET version = ?2, state = ?3, at = ?4"
)
_PRUNE: Final = (
    "DELETE FROM updates WHERE (chat, id) IN (SELECT chat, id FROM updates WHERE at <= ? LIMIT ?)",
    "DELETE FROM replies WHERE (chat, id) IN (SELECT chat, id FROM replies WHERE at <= ? LIMIT ?)",
)
# States by their keys in turn: an index of their times would have to be written at every turn.
_NEXT_STATES: Final = "SELECT chat, at FROM states WHERE chat > ? ORDER BY chat LIMIT ?"


class SQLiteStore:
    """Conversations in a file that this process writes; other processes may share it."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._db = connection
        self._log = Log(path, connection)
        self._padding = Padding(connection)

    @classmethod
    def open(cls, path: Path) -> SQLiteStore:
        """Open the file, making it, its folder and its tables where they are missing.

        Errors: StoreError.
        """
        make_file(path)
        with one_line_errors(path):
            connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
            try:
                check_length(path, connection)
                lay_out(connection)
                store = cls(path, connection)
                store._prepare()
            except BaseException:
                connection.close()
                raise
        return store

    def _prepare(self) -> None:
        for pragma in (*PRAGMAS, f"wal_autocheckpoint={LONGEST_LOG}"):
            set_pragma(self._db, pragma)
        with self._transaction():
            is_new = not self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            for statement in (*TABLES, *((f"PRAGMA user_version={LAYOUT}",) if is_new else ())):
                self._db.execute(statement)
            row = self._db.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
        if row[0] != VERSION:
            raise StoreError(
                f"The database {self._path} has tables of version {row[0]}, this program knows"
                f" version {VERSION}; run the newer program or use another file."
            )
        keep_room(self._path)

    async def load(self, key: str, update_id: int, now: float) -> Kept:
        with one_line_errors(self._path):
            row = self._db.execute(_LOAD, (key, update_id, mark_of(update_id))).fetchone()
        state, version, at, seen_at, replies, erased_at = row
        fresh = version is not None and now - at < STATE_SECONDS
        seen_at = erased_at if seen_at is None else seen_at
        return Kept(
            self._padding.taken(state) if fresh else b"",
            version or 0,
            seen_at is not None,
            self._padding.taken(replies),
            seen_at or 0.0,
            erased_at is not None,
        )

    async def commit(self, key: str, move: Move) -> bool:
        if not move.erase:
            kept = self._keep(key, move)
            self._log.grew()
            return kept
        try:
            kept = self._keep(key, move)
        except StoreError:
            self._log.make_room()
            kept = self._keep(key, move)
        await self._log.leave_no_traces()
        return kept

    def _keep(self, key: str, move: Move) -> bool:
        run, number, mark = self._db.execute, move.update_id, mark_of(move.update_id)
        with self._transaction():
            if not run(_KEEP_UPDATE, (key, number, move.at, move.expected, mark)).rowcount:
                return False
            if move.erase:
                self._erase(key)
                run("INSERT INTO updates VALUES (?, ?, ?)", (key, mark, move.at))
            if move.state:
                state = self._padding.put(move.state)
                run(_KEEP_STATE, (key, next_version(move.expected), state, move.at))
            elif move.expected and not move.erase:
                run("DELETE FROM states WHERE chat = ?", (key,))
            if move.replies:
                values = (key, number, move.at, self._padding.put(move.replies))
                run("INSERT INTO replies VALUES (?, ?, ?, ?, NULL)", values)
        return True

    async def sent(self, key: str, update_id: int) -> None:
        with one_line_errors(self._path):
            self._db.execute("DELETE FROM replies WHERE chat = ? AND id = ?", (key, update_id))
        self._log.grew()

    async def forget(self, key: str) -> None:
        """Erase all that is kept of a chat, from the file's bytes too."""
        try:
            self._forget(key)
        except StoreError:
            self._log.make_room()
            self._forget(key)
        await self._log.leave_no_traces()

    def _forget(self, key: str) -> None:
        with self._transaction():
            self._erase(key)

    def _erase(self, key: str) -> None:
        for statement in _ERASE:
            self._db.execute(statement, (key,))

    async def park(self, key: str, update_id: int, parcel: bytes) -> None:
        with one_line_errors(self._path):
            self._db.execute(
                "UPDATE replies SET parcel = ? WHERE chat = ? AND id = ?",
                (self._padding.put(parcel), key, update_id),
            )
        self._log.grew()

    async def parked(self) -> tuple[bytes, ...]:
        with one_line_errors(self._path):
            rows = self._db.execute(
                "SELECT parcel FROM replies WHERE parcel IS NOT NULL ORDER BY at, id"
            ).fetchall()
        return tuple(self._padding.taken(parcel) for (parcel,) in rows)

    async def prune(self, now: float) -> None:
        ahead = (now, now + CLOCK_SECONDS)
        for name in ("states", "updates", "replies"):
            with one_line_errors(self._path):
                self._db.execute(f"UPDATE {name} SET at = ?1 WHERE at > ?2", ahead)
        with one_line_errors(self._path):
            for statement in _PRUNE:
                pruned = _PRUNED_AT_ONCE
                while pruned == _PRUNED_AT_ONCE:
                    values = (now - UPDATE_SECONDS, _PRUNED_AT_ONCE)
                    pruned = self._db.execute(statement, values).rowcount
                    await asyncio.sleep(0)
            await self._prune_states(now - STATE_SECONDS)
        await self._log.leave_no_traces()

    async def _prune_states(self, oldest: float) -> None:
        last = ""
        while rows := self._db.execute(_NEXT_STATES, (last, _PRUNED_AT_ONCE)).fetchall():
            last = rows[-1][0]
            with self._transaction():
                for chat, at in rows:
                    if not isinstance(at, float) or at <= oldest:
                        self._db.execute(
                            "DELETE FROM states WHERE chat = ? AND at = ?", (chat, at)
                        )
            await asyncio.sleep(0)

    async def close(self) -> None:
        """Let go of the file; a second call does nothing."""
        with one_line_errors(self._path):
            await self._log.close()
            self._db.close()

    async def secret(self, fresh: bytes) -> bytes:
        with self._transaction():
            self._db.execute("INSERT OR IGNORE INTO meta VALUES ('secret', ?)", (fresh,))
            row = self._db.execute("SELECT value FROM meta WHERE name = 'secret'").fetchone()
        return row[0] if isinstance(row[0], bytes) else b""

    async def replace_secret(self, old: bytes, new: bytes) -> None:
        with one_line_errors(self._path):
            self._db.execute(
                "UPDATE meta SET value = ? WHERE name = 'secret' AND value = ?", (new, old)
            )
        await self._log.leave_no_traces()

    def _transaction(self) -> AbstractContextManager[None]:
        return transaction(self._path, self._db)
