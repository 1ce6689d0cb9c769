"""A PostgreSQL server for the benchmark; unlike that of the tests it waits for the disk."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.fakes.postgres_server import PostgresServer, programs, unprivileged_user


class DurableServer(PostgresServer):
    """Like the server of the tests, but nothing that it committed is lost in a power cut."""

    def start(self) -> None:
        """Start, and return once it answers."""
        options = f"-k {self.folder} -c listen_addresses=''"
        self._run("pg_ctl", "start", "-w", "-l", str(self.folder / "log"), "-o", options)


@contextmanager
def running() -> Iterator[DurableServer | None]:
    """Run a server in a folder of its own; None where PostgreSQL is not installed."""
    found = programs()
    if found is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # short: a socket's path is limited
    user = unprivileged_user()
    if user is not None:
        os.chown(folder, user, -1)
    server = DurableServer(found, folder)
    try:
        server.make()
        server.start()
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
