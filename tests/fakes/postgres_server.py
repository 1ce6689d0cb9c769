"""A real PostgreSQL server of our own for the tests that need one."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

WHERE_DEBIAN_KEEPS_IT: Final = Path("/usr/lib/postgresql")


class PostgresServer:
    """A server on a socket in a folder of its own; no port, no password, no promise to last."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = programs
        self.folder = folder
        self._schemas = itertools.count(1)

    def make(self) -> None:
        """Make the database files."""
        self._run("initdb", "--auth=trust", "--username=bot", "--no-sync", "--encoding=UTF8")

    def start(self) -> None:
        """Start, and return once it answers."""
        options = f"-F -k {self.folder} -c listen_addresses='' -c max_connections=50"
        self._run("pg_ctl", "start", "-w", "-l", str(self.folder / "log"), "-o", options)

    def stop(self) -> None:
        """Stop at once, as a crash would: no connection is closed in an orderly way."""
        self._run("pg_ctl", "stop", "-w", "-m", "immediate")

    def fresh_url(self) -> str:
        """Return the address of an empty database (a schema of its own)."""
        schema = f"test_{next(self._schemas)}"
        psql = ["psql", "-q", "-h", str(self.folder), "-U", "bot", "postgres", "-c"]
        self._run(*psql, f"CREATE SCHEMA {schema}")
        return f"postgresql://bot@/postgres?host={self.folder}&search_path={schema}"

    def fresh_database(self) -> str:
        """Return the name of an empty database of its own, for who may not choose a schema."""
        name = f"base_{next(self._schemas)}"
        self._run("createdb", "-h", str(self.folder), "-U", "bot", name)
        return name

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self._programs / program), *arguments],
            user=unprivileged_user(),
            env={"PGDATA": str(self.folder / "files"), "LC_ALL": "C", "PATH": os.environ["PATH"]},
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # the server would hold a pipe open
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{program} ended with {done.returncode}; see {self.folder}/log")


def unprivileged_user() -> int | None:
    """Return a user to run as where we are root, whom the server refuses; else None."""
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None


def programs() -> Path | None:
    """Return the folder with initdb and pg_ctl, of the newest version there is."""
    found = sorted(WHERE_DEBIAN_KEEPS_IT.glob("*/bin/initdb"), key=lambda p: float(p.parts[-3]))
    elsewhere = shutil.which("initdb")
    return found[-1].parent if found else Path(elsewhere).parent if elsewhere else None


@contextmanager
def a_server() -> Iterator[PostgresServer]:
    """Run a server; FileNotFoundError where PostgreSQL is not installed."""
    found = programs()
    if found is None:
        raise FileNotFoundError("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # short: a socket's path is limited
    user = unprivileged_user()
    if user is not None:
        os.chown(folder, user, -1)
    server = PostgresServer(found, folder)
    try:
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Run a server for the whole session; skip where it is not installed, except in CI."""
    if programs() is None:
        reason = "PostgreSQL is not installed (on Debian: apt-get install postgresql)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with a_server() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> str:
    """Return the address of an empty database."""
    return postgres_server.fresh_url()


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty store of each kind in turn."""
    if request.param == "memory":
        return "memory:"
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/var/bot.db"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture(params=["sqlite", "postgres"])
def shared_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty store that several processes may open."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/var/bot.db"
    url: str = request.getfixturevalue("postgres_url")
    return url
