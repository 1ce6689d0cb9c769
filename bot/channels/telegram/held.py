"""A file of updates that wait for the database and that Telegram does not show again.

It is written only while the database is away and more wait than Telegram shows at once, so that
not even a kill drops anybody. Each line is sealed as what the database keeps.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from bot.store.sealing import cipher_for

Json = dict[str, Any]
_FLAGS: Final = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)


class HeldFile:
    """Keeps updates until they are answered; without a folder it keeps nothing."""

    def __init__(
        self, folder: Path | None = None, name: str = "", keys: Sequence[str] = ()
    ) -> None:
        self._folders = () if folder is None else (folder, Path(tempfile.gettempdir()))
        self._name = name
        self._cipher = cipher_for(keys)
        self._left: set[int] = set()

    def keep(self, held: Iterable[Json]) -> None:
        """Write updates down, in the first folder that can be written."""
        waiting = [update for update in held if update["update_id"] not in self._left]
        lines = b"".join(self._line(update) for update in waiting)
        self._left |= {update["update_id"] for update in waiting}
        for path in self._paths() if lines else ():
            with suppress(OSError):
                path.parent.mkdir(parents=True, exist_ok=True)
                number = os.open(path, _FLAGS, 0o600)
                try:
                    os.write(number, lines)
                    os.fsync(number)
                finally:
                    os.close(number)
                return

    def load(self) -> list[Json]:
        """Return what an earlier run could not answer; what no key opens is left out."""
        found: dict[int, Json] = {}
        for path in self._paths():
            with suppress(OSError):
                for line in path.read_bytes().splitlines():
                    with suppress(ValueError, RecursionError):
                        update = json.loads(self._cipher.unseal(base64.b64decode(line)))
                        if isinstance(update, dict) and isinstance(update.get("update_id"), int):
                            found[update["update_id"]] = update
        self._left = set(found)
        return list(found.values())

    def done(self, update_id: int) -> None:
        """Drop an update that was answered; the file goes with the last one."""
        if update_id in self._left:
            self._left.remove(update_id)
            if not self._left:
                for path in self._paths():
                    with suppress(OSError):
                        path.unlink()

    def _line(self, update: Json) -> bytes:
        return base64.b64encode(self._cipher.seal(json.dumps(update).encode())) + b"\n"

    def _paths(self) -> tuple[Path, ...]:
        return tuple(folder / self._name for folder in self._folders)


def held_file(database_url: str, token: str, keys: Sequence[str]) -> HeldFile:
    """Return the file of a bot: beside its SQLite file, or in `var`; one for each database."""
    digest = hashlib.sha256(f"{token} {database_url}".encode()).hexdigest()[:16]
    path = database_url.removeprefix("sqlite:///")
    folder = Path("var") if path == database_url else Path(path).parent
    return HeldFile(folder, f"held-{digest}", keys)
