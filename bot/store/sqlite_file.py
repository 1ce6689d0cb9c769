"""A SQLite file as the disk has it: making it, and what can be wrong with it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from bot.store.protocol import StoreError

_ROOM: Final = 256 * 1024  # bytes, for erasing a chat though the disk is full
_REMEDIES: Final = {
    "SQLITE_NOTADB": "is not a database; move it away or set DATABASE_URL to another file",
    "SQLITE_CORRUPT": "is damaged; move it away (only running checks are lost) and start again",
    "SQLITE_FULL": "cannot grow, the disk is full; make room",
    "SQLITE_READONLY": "may not be written; give this user the right to write the file",
    "SQLITE_CANTOPEN": "cannot be opened; this user must be able to write its folder",
    "SQLITE_BUSY": "is held by another process; run one bot on it, or use PostgreSQL",
    "SQLITE_IOERR": "cannot be read or written; look at the disk",
}


def make_file(path: Path) -> None:
    """Make a file that only this user can read; SQLite gives its log the same rights.

    No link is followed: whoever may write the folder could lead the bot to any file by one.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink():
            raise StoreError(
                f"The database {path} is a link; name the file that it leads to in DATABASE_URL."
            )
        if not path.exists():  # closing a file in use would drop SQLite's locks on it
            with suppress(FileExistsError):
                os.close(_made(path))
    except OSError as error:
        raise StoreError(
            f"The database {path} cannot be made: {error.strerror}; this user must be able to"
            " write its folder, or set DATABASE_URL to another place."
        ) from error


def _made(path: Path) -> int:
    """Make a new file, which nobody else may read from its first byte on, and open it."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


def check_length(path: Path, db: sqlite3.Connection) -> None:
    """Raise DatabaseError where a file was cut short: SQLite finds out only when it gets there."""
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    size = db.execute("PRAGMA page_size").fetchone()[0]
    log = path.with_name(f"{path.name}-wal")
    is_whole = not log.exists() or log.stat().st_size == 0  # else the rest may be in the log
    if is_whole and path.stat().st_size < pages * size:
        error = sqlite3.DatabaseError("cut short")
        error.sqlite_errorname = "SQLITE_CORRUPT"
        raise error


def keep_room(path: Path) -> None:
    """Hold some room on the disk beside a file, unless that is done or there is none."""
    room = _room(path)
    if room.exists():
        return
    with suppress(OSError):
        number = _made(room)
        try:
            os.write(number, bytes(_ROOM))
            os.fsync(number)
            written = os.fstat(number).st_size
        except OSError:
            written = 0
        os.close(number)
        if written < _ROOM:  # on a disk that is full it would only be in the way
            give_room(path)


def give_room(path: Path) -> None:
    """Give up the room that is held."""
    with suppress(OSError):
        _room(path).unlink()


def _room(path: Path) -> Path:
    return path.with_name(f"{path.name}-room")


@contextmanager
def one_line_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into a StoreError that names the file and the remedy."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(explain(error, path)) from error


@contextmanager
def transaction(path: Path, db: sqlite3.Connection) -> Iterator[None]:
    """Keep all that is done meanwhile, or, after an error, nothing of it."""
    with one_line_errors(path):
        db.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.execute("COMMIT")
        finally:
            if db.in_transaction:  # some errors, such as a full disk, end it themselves
                db.execute("ROLLBACK")


def explain(error: sqlite3.Error, path: Path) -> str:
    """Return one line that says what is wrong with the file and what to do."""
    name = getattr(error, "sqlite_errorname", "")
    remedy = next((r for prefix, r in _REMEDIES.items() if name.startswith(prefix)), None)
    return f"The database {path} {remedy}." if remedy else f"The database {path}: {error}."
