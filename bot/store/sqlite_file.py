"""A SQLite file as the disk has it: making it, and what can be wrong with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from bot.store.protocol import StoreError

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
    """Make a file that only this user can read; SQLite gives its log the same rights."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():  # closing a file in use would drop SQLite's locks on it
            with suppress(FileExistsError):
                path.touch(mode=0o600, exist_ok=False)
    except OSError as error:
        raise StoreError(
            f"The database {path} cannot be made: {error.strerror}; this user must be able to"
            " write its folder, or set DATABASE_URL to another place."
        ) from error


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
