"""The tables of a SQLite file, and how what is private stands in its pages.

SQLite zeroes what it deletes (secure_delete), but not the copies that stay in the unused part of a
page when rows move to another one. A row moves without what did not fit into its page: that has
pages of its own, which are zeroed once they are free. So states, replies and parcels stand there,
behind as many zeros as fit into the row; nothing else has to be written anew to erase them.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import suppress
from typing import Any, Final

VERSION: Final = 1
LAYOUT: Final = 1  # of the pages; older files are laid out anew as they are opened
PAGE: Final = 1024  # bytes; a state takes one page and a part

PRAGMAS: Final = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "secure_delete=ON",
    "temp_store=MEMORY",
)
TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS states (chat TEXT PRIMARY KEY, version INTEGER NOT NULL,"
    " at REAL NOT NULL, state BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS updates (chat TEXT NOT NULL, id INTEGER NOT NULL,"
    " at REAL NOT NULL, PRIMARY KEY (chat, id)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS updates_by_age ON updates (at)",
    "CREATE TABLE IF NOT EXISTS replies (chat TEXT NOT NULL, id INTEGER NOT NULL,"
    " at REAL NOT NULL, replies BLOB NOT NULL, parcel BLOB, PRIMARY KEY (chat, id)) WITHOUT ROWID",
    f"INSERT OR IGNORE INTO meta VALUES ('schema', {VERSION})",
)
_RENEW: Final = (
    "ALTER TABLE replies RENAME TO older_replies",
    "ALTER TABLE states RENAME TO older_states",
    *TABLES[:5],
    "INSERT INTO replies SELECT chat, id, at, pad(replies), pad(parcel) FROM older_replies",
    "INSERT INTO states SELECT chat, version, at, pad(state) FROM older_states",
    "DROP TABLE older_replies",
    "DROP TABLE older_states",
    f"PRAGMA user_version={LAYOUT}",
)
_END: Final = b"\x01"  # of the zeros
_PATIENCE: Final = 2.0  # seconds
_PAUSE: Final = 0.05  # seconds


def lay_out(db: sqlite3.Connection) -> None:
    """Choose how the pages of an empty file are used; lay out anew what an older version wrote."""
    if not db.execute("PRAGMA page_count").fetchone()[0]:
        db.execute(f"PRAGMA page_size={PAGE}")
        return
    if db.execute("PRAGMA user_version").fetchone()[0] >= LAYOUT or not _has_tables(db):
        return
    with suppress(sqlite3.OperationalError):  # another process has it, or the disk is full
        db.execute("PRAGMA journal_mode=DELETE").fetchone()
        for pragma in ("secure_delete=ON", f"page_size={PAGE}"):
            db.execute(f"PRAGMA {pragma}").fetchone()
        db.execute("VACUUM")
        padding = Padding(db)
        db.create_function("pad", 1, lambda kept: kept and padding.put(padding.taken(kept)))
        db.execute("BEGIN IMMEDIATE")
        try:
            for statement in _RENEW:
                db.execute(statement)
            db.execute("COMMIT")
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")
        db.execute("VACUUM")


def set_pragma(db: sqlite3.Connection, pragma: str) -> None:
    """Set a pragma; SQLite itself does not wait while another process changes the log's mode."""
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            db.execute(f"PRAGMA {pragma}").fetchone()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > end:
                raise
            time.sleep(_PAUSE)


def _has_tables(db: sqlite3.Connection) -> bool:
    known = db.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('states', 'replies')")
    return bool(known.fetchone()[0] == 2)


class Padding:
    """Puts what is private behind zeros, so that it stands in pages of its own."""

    def __init__(self, db: sqlite3.Connection) -> None:
        size = db.execute("PRAGMA page_size").fetchone()[0]
        # At most so much of a row stands among others: see "B-tree Pages" in SQLite's file format.
        self._zeros = bytes((size - 12) * 64 // 255 - 23)

    def put(self, content: bytes) -> bytes:
        """Return what to keep; nothing stays nothing."""
        return self._zeros + _END + content if content else b""

    def taken(self, kept: Any) -> bytes:
        """Return what was put, or an older version kept; a damaged value counts as nothing."""
        if not isinstance(kept, bytes):
            return b""
        content = kept.lstrip(b"\0")
        return content[1:] if kept[:1] == b"\0" and content[:1] == _END else kept
