"""SQLite's write-ahead log: a thread moves it to the file, and nothing erased stays in either.

SQLite would move it itself, in the middle of a commit, and wait for the disk: 5 milliseconds on a
quick one, a hundred on a slow one, in which nobody is answered. It still does so should the log
become longer than the thread ever lets it.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from bot.store.protocol import StoreError
from bot.store.sqlite_file import one_line_errors, transaction

LONGEST_LOG: Final = 8000  # pages, of 4 kB
_CHANGES: Final = 200  # until the log is moved to the file: some 800 pages
_SMALL_PAGES: Final = 2000  # 8 MB, which VACUUM writes anew in a tenth of a second
_WRITE_ANEW: Final = tuple(
    statement
    for table in ("states", "replies")
    for statement in (
        f"CREATE TEMP TABLE moving AS SELECT * FROM {table}",
        f"DELETE FROM {table}",
        f"INSERT INTO {table} SELECT * FROM moving ORDER BY at",
        "DROP TABLE moving",
    )
)


class Log:
    """The write-ahead log of an open file."""

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        self._path = path
        self._address = f"{path.absolute().as_uri()}?mode=rw"  # not to make it if it is gone
        self._db = db
        self._changes = 0
        self._moving = threading.Lock()  # SQLite lets only one at a time move the log
        self._moved: asyncio.Future[None] | None = None

    def grew(self) -> None:
        """Count a transaction, and have the log moved from time to time."""
        self._changes += 1
        if self._changes >= _CHANGES and (self._moved is None or self._moved.done()):
            self._changes = 0
            with suppress(RuntimeError):  # no thread to be had: SQLite does it itself in the end
                self._moved = asyncio.get_running_loop().run_in_executor(None, self._move)

    def _move(self) -> None:
        with (
            self._moving,
            suppress(sqlite3.Error),  # the next commit will tell
            closing(sqlite3.connect(self._address, uri=True, isolation_level=None)) as db,
        ):
            db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def leave_no_traces(self) -> None:
        """Clear what deleted rows left in the files.

        secure_delete zeroes a deleted row, but not the copies that stay in the unused part of a
        page when its rows move to another one. So pages are written anew: all of them where the
        file is small, else those of the tables that hold more than ids.
        """
        with suppress(StoreError), one_line_errors(self._path):  # the rows themselves are gone
            if self._db.execute("PRAGMA page_count").fetchone()[0] <= _SMALL_PAGES:
                self._db.execute("VACUUM")
            else:
                with transaction(self._path, self._db):
                    for statement in _WRITE_ANEW:
                        self._db.execute(statement)
        self.empty()

    def empty(self) -> None:
        """Move all of the log to the file and cut it off."""
        with self._moving, one_line_errors(self._path):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def close(self) -> None:
        """Wait for the thread."""
        with self._moving:
            pass
