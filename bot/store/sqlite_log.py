"""SQLite's write-ahead log: a thread moves it to the file, and nothing erased stays in either.

SQLite would move it itself, in the middle of a commit, and wait for the disk: 5 milliseconds on a
quick one, a hundred on a slow one, in which nobody is answered. It still does so should the log
become longer than the thread ever lets it.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from contextlib import suppress
from pathlib import Path
from typing import Final

from bot.store.sqlite_file import give_room, keep_room

LONGEST_LOG: Final = 8000  # pages
_CHANGES: Final = 200  # until the log is moved to the file: some 1600 pages
_SMALL_PAGES: Final = 1000  # 1 MB, which VACUUM writes anew in a hundredth of a second
_LARGEST: Final = 16_000  # pages in use up to which a file that is mostly empty is written anew


class Log:
    """The write-ahead log of an open file."""

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        self._path = path
        self._address = f"{path.absolute().as_uri()}?mode=rw"  # not to make it if it is gone
        self._db = db
        self._changes = 0
        self._moving = threading.Lock()  # SQLite lets only one at a time move the log
        self._moved: asyncio.Future[None] | None = None
        self._own: sqlite3.Connection | None = None  # the thread's
        self._clearing: asyncio.Future[None] | None = None
        self._next: asyncio.Future[None] | None = None  # the clearing that has not begun

    def grew(self) -> None:
        """Count a transaction, and have the log moved from time to time."""
        self._changes += 1
        if self._changes >= _CHANGES and (self._moved is None or self._moved.done()):
            self._changes = 0
            with suppress(RuntimeError):  # no thread to be had: SQLite does it itself in the end
                self._moved = asyncio.get_running_loop().run_in_executor(None, self._move)

    async def leave_no_traces(self) -> None:
        """Clear what was erased before this call from the log, and from the unused part of pages.

        All who ask at the same time wait for one clearing. What is private has no copies in used
        pages; the names of chats may have, so that a small file is written anew as a whole.
        """
        if self._next is None:
            self._next = asyncio.ensure_future(self._clear(self._clearing))
        await asyncio.shield(self._next)

    async def _clear(self, before: asyncio.Future[None] | None) -> None:
        if before is not None:
            await asyncio.wait((before,))
        self._clearing, self._next = self._next, None
        await asyncio.get_running_loop().run_in_executor(None, self._empty)

    def make_room(self) -> None:
        """Let a little be written though the disk is full: what erases something."""
        with suppress(sqlite3.Error):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        give_room(self._path)

    def _move(self) -> None:
        with self._moving, suppress(sqlite3.Error):  # the next commit will tell
            self._own_connection().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def _empty(self) -> None:
        """Move all of the log to the file and cut it off.

        Most is moved while others may write, so that they wait only for the rest.
        """
        with self._moving, suppress(sqlite3.Error):  # the rows themselves are gone
            db = self._own_connection()
            if _is_worth_it(db):
                with suppress(sqlite3.Error):
                    db.execute("VACUUM")
            for how in ("PASSIVE", "TRUNCATE"):
                db.execute(f"PRAGMA wal_checkpoint({how})").fetchone()
        keep_room(self._path)

    def _own_connection(self) -> sqlite3.Connection:
        """Return the connection of whichever thread holds the lock: to open one takes longest."""
        if self._own is None:
            self._own = sqlite3.connect(
                self._address, uri=True, isolation_level=None, check_same_thread=False
            )
            for pragma in ("secure_delete=ON", "synchronous=NORMAL"):
                self._own.execute(f"PRAGMA {pragma}").fetchone()
        return self._own

    async def close(self) -> None:
        """Wait for the thread."""
        if self._next is not None:
            await asyncio.wait((self._next,))
        with self._moving:
            own, self._own = self._own, None
            if own is not None:
                own.close()


def _is_worth_it(db: sqlite3.Connection) -> bool:
    """Tell whether to write a file anew: it is small, or gives most of its room back."""
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    used = pages - db.execute("PRAGMA freelist_count").fetchone()[0]
    return bool(pages <= _SMALL_PAGES or (used < pages / 4 and used <= _LARGEST))
