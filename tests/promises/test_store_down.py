"""The whole bot on a database that cannot be used: a clear line, and emergencies are answered."""

from __future__ import annotations

import ctypes
import os
import resource
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.fakes.bot_process import EMERGENCY, BotProcess, bot
from tests.fakes.fake_bot_api import FakeBotApi


@pytest.fixture(name="api")
async def _api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as api:
        yield api


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    """Return the path of a database that is not there yet."""
    folder = tmp_path / "var"
    folder.mkdir()
    return folder / "bot.db"


async def answers_emergencies(api: FakeBotApi, running: BotProcess) -> None:
    """Write what is no emergency, then one; only the latter is answered, neither is confirmed."""
    await api.write("how often should it be serviced")
    await api.write(EMERGENCY)
    await api.until(lambda: api.texts(), 20)
    assert api.texts()[0].startswith("Leave the house")
    assert len(api.queue) == 2
    assert len(api.texts()) == 1
    assert "Traceback" not in running.said()


def lines_about(path: Path, running: BotProcess) -> list[str]:
    """Return the lines of the log that name the database."""
    return [line for line in running.said().splitlines() if str(path) in line]


def a_text(path: Path) -> None:
    path.write_text("This is my shopping list.\n" * 400)


def half_a_database(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE states (chat TEXT PRIMARY KEY, state BLOB)")
        db.executemany("INSERT INTO states VALUES (?, zeroblob(500))", [(n,) for n in range(99)])
    db.close()
    path.write_bytes(path.read_bytes()[:9000])


def a_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(a_text, "is not a database; move it away", id="a text"),
        pytest.param(half_a_database, "is damaged; move it away", id="half-written"),
        pytest.param(a_folder, "cannot be opened", id="a folder"),
    ],
)
async def test_unusable_file(
    api: FakeBotApi, path: Path, tmp_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(path)
    async with bot(api, tmp_path, DATABASE_URL=f"sqlite:///{path}") as running:
        await answers_emergencies(api, running)
    first = lines_about(path, running)[0]
    assert said in first
    assert "Until then only emergency answers are given." in first


def _as_anybody() -> None:
    """Give up the right of root to write everywhere (CAP_DAC_OVERRIDE); others lack it anyway."""
    if os.geteuid() == 0:
        drop_from_bounding_set, write_everywhere = 24, 1
        ctypes.CDLL(None).prctl(drop_from_bounding_set, write_everywhere, 0, 0, 0)


async def test_folder_that_may_not_be_written(api: FakeBotApi, path: Path, tmp_path: Path) -> None:
    path.parent.chmod(0o555)
    address = f"sqlite:///{path}"
    async with bot(api, tmp_path, _as_anybody, DATABASE_URL=address) as running:
        await answers_emergencies(api, running)
    assert "this user must be able to write its folder" in lines_about(path, running)[0]


def _no_file_may_grow() -> None:
    """Let writing fail as on a disk that is full; the log has its share before that."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))


async def test_disk_that_is_full(api: FakeBotApi, path: Path, tmp_path: Path) -> None:
    """It fills up in the middle of a check; a tap on its emergency screen is understood."""
    address = f"sqlite:///{path}"
    async with bot(api, tmp_path, DATABASE_URL=address, LOG_LEVEL="INFO") as running:
        await api.write("my radiators are cold")
        await api.until(lambda: api.texts() and not api.queue, 20)
        assert await running.stop() == 0
    question = api.last()
    async with bot(
        api, tmp_path, _no_file_may_grow, DATABASE_URL=address, LOG_LEVEL="INFO"
    ) as running:
        for chat in range(100, 130):  # each takes some room, until there is none
            await api.write("how often should it be serviced", chat=chat)
        await api.until(lambda: "only emergency answers are given" in running.said(), 20)
        await api.tap(question, "Not sure")
        await api.until(lambda: api.texts()[-1].startswith("Leave the house"), 20)
    assert "Traceback" not in running.said()
    assert any("look at the disk" in line for line in lines_about(path, running))
    async with bot(api, tmp_path, DATABASE_URL=address) as running:
        await api.until(lambda: not api.queue, 20)
        assert await running.stop() == 0
    assert all(api.texts(chat) for chat in range(100, 130))
