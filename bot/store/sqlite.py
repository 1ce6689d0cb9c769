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
from typing import Any, Final

from bot.store.protocol import (
    STATE_SECONDS,
    UPDATE_SECONDS,
    Kept,
    Move,
    StoreError,
    next_version,
)
from bot.store.sqlite_file import make_file, one_line_errors, transaction
from bot.store.sqlite_log import LONGEST_LOG, Log

_SCHEMA_VERSION: Final = 1
_BUSY_SECONDS: Final = 2.0  # how long another process may hold the file
_PRUNED_AT_ONCE: Final = 1000  # rows in a transaction, so that no message waits long

_PRAGMAS: Final = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "secure_delete=ON",
    "temp_store=MEMORY",
    f"wal_autocheckpoint={LONGEST_LOG}",
)
_SCHEMA: Final = (
    "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS states (chat TEXT PRIMARY KEY, version INTEGER NOT NULL,"
    " state BLOB NOT NULL, at REAL NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS updates (chat TEXT NOT NULL, id INTEGER NOT NULL,"
    " at REAL NOT NULL, PRIMARY KEY (chat, id)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS updates_by_age ON updates (at)",
    "CREATE TABLE IF NOT EXISTS replies (chat TEXT NOT NULL, id INTEGER NOT NULL,"
    " at REAL NOT NULL, replies BLOB NOT NULL, parcel BLOB, PRIMARY KEY (chat, id))",
    f"INSERT OR IGNORE INTO meta VALUES ('schema', {_SCHEMA_VERSION})",
)
_LOAD: Final = (
    "SELECT state, CAST(version AS INTEGER), CAST(states.at AS REAL), updates.at, replies"
    " FROM (SELECT ?1 AS chat, ?2 AS id) AS asked"
    " LEFT JOIN states ON states.chat = ?1"
    " LEFT JOIN updates ON updates.chat = ?1 AND updates.id = ?2"
    " LEFT JOIN replies ON replies.chat = ?1 AND replies.id = ?2"
)
# Also checks that nobody else kept this update, or another one of its chat, meanwhile.
_KEEP_UPDATE: Final = (
    "INSERT INTO updates SELECT ?1, ?2, ?3 WHERE ?4 ="
    " coalesce((SELECT CAST(version AS INTEGER) FROM states WHERE chat = ?1), 0)"
    " ON CONFLICT DO NOTHING"
)
_KEEP_STATE: Final = (
    "INSERT INTO states VALUES (?1, ?2, ?3, ?4) ON CONFLICT (chat)"
    " DO UPDATE SET version = ?2, state = ?3, at = ?4"
)
_PRUNE_UPDATES: Final = (
    "DELETE FROM updates WHERE (chat, id) IN (SELECT chat, id FROM updates WHERE at <= ? LIMIT ?)"
)


class SQLiteStore:
    """Conversations in a file that this process writes; other processes may share it."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._db = connection
        self._log = Log(path, connection)

    @classmethod
    def open(cls, path: Path) -> SQLiteStore:
        """Open the file, making it, its folder and its tables where they are missing.

        Errors: StoreError.
        """
        make_file(path)
        with one_line_errors(path):
            connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
            store = cls(path, connection)
            try:
                store._prepare()
            except BaseException:
                connection.close()
                raise
        return store

    def _prepare(self) -> None:
        for pragma in _PRAGMAS:
            self._db.execute(f"PRAGMA {pragma}").fetchone()
        with self._transaction():
            for statement in _SCHEMA:
                self._db.execute(statement)
            row = self._db.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
        if row[0] != _SCHEMA_VERSION:
            raise StoreError(
                f"The database {self._path} has tables of version {row[0]}, this program knows"
                f" version {_SCHEMA_VERSION}; run the newer program or use another file."
            )

    async def load(self, key: str, update_id: int, now: float) -> Kept:
        with one_line_errors(self._path):
            row = self._db.execute(_LOAD, (key, update_id)).fetchone()
        state, version, at, seen_at, replies = row
        fresh = version is not None and now - at < STATE_SECONDS
        return Kept(
            _as_bytes(state) if fresh else b"",
            version or 0,
            seen_at is not None,
            _as_bytes(replies),
            seen_at or 0.0,
        )

    async def commit(self, key: str, move: Move) -> bool:
        run = self._db.execute
        with self._transaction():
            expected = move.expected
            if not run(_KEEP_UPDATE, (key, move.update_id, move.at, expected)).rowcount:
                return False
            if move.state:
                run(_KEEP_STATE, (key, next_version(expected), move.state, move.at))
            elif expected:
                run("DELETE FROM states WHERE chat = ?", (key,))
            if move.erase:
                run("DELETE FROM replies WHERE chat = ?", (key,))
            if move.replies:
                values = (key, move.update_id, move.at, move.replies)
                run("INSERT INTO replies VALUES (?, ?, ?, ?, NULL)", values)
        self._log.grew()
        if move.erase:
            self._log.leave_no_traces()
        return True

    async def sent(self, key: str, update_id: int) -> None:
        with one_line_errors(self._path):
            self._db.execute("DELETE FROM replies WHERE chat = ? AND id = ?", (key, update_id))
        self._log.grew()

    async def forget(self, key: str) -> None:
        """Erase all that is kept of a chat, from the file's bytes too."""
        with self._transaction():
            self._db.execute("DELETE FROM states WHERE chat = ?", (key,))
            self._db.execute("DELETE FROM replies WHERE chat = ?", (key,))
            self._db.execute("DELETE FROM updates WHERE chat = ?", (key,))
        self._log.leave_no_traces()

    async def park(self, key: str, update_id: int, parcel: bytes) -> None:
        with one_line_errors(self._path):
            self._db.execute(
                "UPDATE replies SET parcel = ? WHERE chat = ? AND id = ?", (parcel, key, update_id)
            )

    async def parked(self) -> tuple[bytes, ...]:
        with one_line_errors(self._path):
            rows = self._db.execute(
                "SELECT parcel FROM replies WHERE parcel IS NOT NULL ORDER BY at, rowid"
            ).fetchall()
        return tuple(_as_bytes(parcel) for (parcel,) in rows)

    async def prune(self, now: float) -> None:
        with self._transaction():
            self._db.execute("DELETE FROM states WHERE at <= ?", (now - STATE_SECONDS,))
            self._db.execute("DELETE FROM replies WHERE at <= ?", (now - UPDATE_SECONDS,))
        pruned = _PRUNED_AT_ONCE
        while pruned == _PRUNED_AT_ONCE:
            values = (now - UPDATE_SECONDS, _PRUNED_AT_ONCE)
            with one_line_errors(self._path):
                pruned = self._db.execute(_PRUNE_UPDATES, values).rowcount
            await asyncio.sleep(0)
        self._log.empty()

    async def close(self) -> None:
        """Let go of the file; a second call does nothing."""
        with one_line_errors(self._path):
            self._log.close()
            self._db.close()

    async def secret(self, fresh: bytes) -> bytes:
        with self._transaction():
            self._db.execute("INSERT OR IGNORE INTO meta VALUES ('secret', ?)", (fresh,))
            row = self._db.execute("SELECT value FROM meta WHERE name = 'secret'").fetchone()
        return _as_bytes(row[0])

    async def replace_secret(self, old: bytes, new: bytes) -> None:
        with one_line_errors(self._path):
            self._db.execute(
                "UPDATE meta SET value = ? WHERE name = 'secret' AND value = ?", (new, old)
            )
        self._log.leave_no_traces()

    def _transaction(self) -> AbstractContextManager[None]:
        return transaction(self._path, self._db)


def _as_bytes(value: Any) -> bytes:
    """Return a kept value; what a damaged row holds instead counts as nothing."""
    return value if isinstance(value, bytes) else b""
