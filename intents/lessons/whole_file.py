"""Write a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

_UNFINISHED: Final = ".part"
_LONG: Final = 600  # seconds that no writing takes


def write_whole(path: Path, write: Callable[[BinaryIO], object]) -> bool:
    """Put what `write` writes in the place of a file; tell whether it could be done."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=_UNFINISHED)
        try:
            with os.fdopen(handle, "wb") as file:
                write(file)
            _remove_left(path.parent, Path(temporary).stat().st_mtime - _LONG)
            Path(temporary).replace(path)
        finally:
            Path(temporary).unlink(missing_ok=True)
    except OSError:
        return False
    return True


def can_write(folder: Path) -> bool:
    """Tell whether files can be kept in a folder, which is made if need be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _remove_left(folder: Path, before: float) -> None:
    """Remove what somebody began to write who was killed."""
    for path in folder.glob(f"*{_UNFINISHED}"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before:
                path.unlink()
