"""A real pgbouncer in transaction mode in front of the tests' own PostgreSQL server."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from tests.fakes.postgres_server import PostgresServer, unprivileged_user

WHERE_DEBIAN_KEEPS_IT: Final = "/usr/sbin/pgbouncer"
MISSING: Final = "pgbouncer is not installed (on Debian: apt-get install pgbouncer)"
PORT: Final = 6432  # in the name of a socket, which is in a folder of its own
_SETTINGS: Final = """\
[databases]
* = host={server} user=bot
[pgbouncer]
listen_addr =
listen_port = {port}
unix_socket_dir = {folder}
auth_type = any
pool_mode = transaction
default_pool_size = {size}
max_client_conn = 200
server_reset_query_always = 0
logfile = {folder}/log
pidfile = {folder}/pid
"""


class Pooler:
    """Gives each transaction any of a few sessions."""

    def __init__(self, folder: Path, server: PostgresServer) -> None:
        self._folder = folder
        self._server = server

    def fresh_url(self, more: str = "") -> str:
        """Return the address of an empty database behind the pooler."""
        name = self._server.fresh_database()
        return f"postgresql://bot@/{name}?host={self._folder}&port={PORT}{more}"


def program() -> str | None:
    """Return where pgbouncer is."""
    return shutil.which("pgbouncer") or shutil.which(WHERE_DEBIAN_KEEPS_IT)


@contextmanager
def a_pooler(server: PostgresServer, size: int = 4) -> Iterator[Pooler]:
    """Run a pooler; FileNotFoundError where it is not installed."""
    found = program()
    if found is None:
        raise FileNotFoundError(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="pb-", dir="/tmp"))  # short: a socket's path is limited
    settings = folder / "pgbouncer.ini"
    settings.write_text(
        _SETTINGS.format(server=server.folder, port=PORT, folder=folder, size=size)
    )
    user = unprivileged_user()
    if user is not None:
        os.chown(folder, user, -1)
        settings.chmod(0o644)
    process = subprocess.Popen(
        [found, str(settings)], user=user, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
    )
    try:
        for _ in range(500):
            if (folder / f".s.PGSQL.{PORT}").exists() or process.poll() is not None:
                break
            time.sleep(0.01)  # it tells nobody that it is ready
        yield Pooler(folder, server)
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def pooler(postgres_server: PostgresServer) -> Iterator[Pooler]:
    """Run a pooler for the whole session; skip where it is not installed, except in CI."""
    if program() is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with a_pooler(postgres_server) as one:
        yield one
