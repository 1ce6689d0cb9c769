"""What every store promises, and what is particular to SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import pytest

from bot.store import Kept, Move, Store, StoreError, open_store, postgres_calls, sqlite_log
from bot.store.postgres import PostgresStore
from bot.store.protocol import STATE_SECONDS, UPDATE_SECONDS
from bot.store.sqlite import SQLiteStore
from bot.store.sqlite_file import explain
from tests.conftest import NOW, ROOT

if TYPE_CHECKING:  # pytest imports it below, and wants to be the first
    from tests.fakes.pooler import Pooler
    from tests.fakes.postgres_server import PostgresServer

pytest_plugins = ["tests.fakes.postgres_server", "tests.fakes.pooler"]

MARK = b"a-sign-that-must-not-stay"
OLDER_TABLES = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL)",
    "CREATE TABLE states (chat TEXT PRIMARY KEY, version INTEGER NOT NULL,"
    " state BLOB NOT NULL, at REAL NOT NULL) WITHOUT ROWID",
    "CREATE TABLE updates (chat TEXT NOT NULL, id INTEGER NOT NULL,"
    " at REAL NOT NULL, PRIMARY KEY (chat, id)) WITHOUT ROWID",
    "CREATE TABLE replies (chat TEXT NOT NULL, id INTEGER NOT NULL,"
    " at REAL NOT NULL, replies BLOB NOT NULL, parcel BLOB, PRIMARY KEY (chat, id))",
)


def move(
    update_id: int,
    expected: int = 0,
    state: bytes = b"asked",
    replies: bytes = b"hello",
    at: float = NOW,
    erase: bool = False,
) -> Move:
    return Move(update_id, expected, state, replies, at, erase)


async def kept(store: Store, key: str = "a", update_id: int = 99, now: float = NOW) -> Kept:
    return await store.load(key, update_id, now)


async def commit(store: Store, key: str, update_id: int, **parts: bytes | bool | float) -> None:
    """Commit a move on whatever version there is."""
    version = (await kept(store, key, update_id)).version
    assert await store.commit(key, move(update_id, version, **parts))  # type: ignore[arg-type]


class TestEveryStore:
    @pytest.fixture
    async def store(self, store_url: str) -> AsyncIterator[Store]:
        store = await open_store(store_url)
        yield store
        await store.close()

    async def test_knows_nothing_of_a_new_chat(self, store: Store) -> None:
        assert await kept(store) == Kept()

    async def test_keeps_state_version_update_and_replies_together(self, store: Store) -> None:
        assert await store.commit("a", move(7))
        found = await kept(store, update_id=7)
        assert (found.state, found.seen, found.replies) == (b"asked", True, b"hello")
        assert found.version > 0
        assert await store.commit("a", move(8, found.version, b"asked more"))
        assert await kept(store) == Kept(b"asked more", found.version + 1)

    async def test_turn_on_an_old_version_is_refused_as_a_whole(self, store: Store) -> None:
        await commit(store, "a", 1)
        old = await kept(store)
        await commit(store, "a", 2, state=b"newer")
        now = await kept(store)
        for stale in (old.version, 0, now.version + 1):
            assert not await store.commit("a", move(3, stale, b"stale"))
            assert not await store.commit("a", move(3, stale, b""))
        assert await kept(store, update_id=3) == now

    async def test_update_moves_a_chat_once(self, store: Store) -> None:
        await commit(store, "a", 1)
        now = await kept(store, update_id=1)
        assert not await store.commit("a", move(1, now.version, b"again", b"again"))
        assert await kept(store, update_id=1) == now

    async def test_same_update_id_in_another_chat_is_another_update(self, store: Store) -> None:
        await commit(store, "a", 1)
        await commit(store, "b", 1, state=b"of b")
        assert (await kept(store, "b")).state == b"of b"
        assert (await kept(store, "a")).state == b"asked"

    async def test_empty_state_is_no_state(self, store: Store) -> None:
        await commit(store, "a", 1)
        await commit(store, "a", 2, state=b"")
        assert await kept(store) == Kept()
        assert (await kept(store, update_id=2)).replies == b"hello"

    async def test_state_made_anew_does_not_pass_for_the_old_one(self, store: Store) -> None:
        await commit(store, "a", 1)
        old = await kept(store)
        await commit(store, "a", 2, state=b"")
        await commit(store, "a", 3)
        assert not await store.commit("a", move(4, old.version, b"stepped from the old one"))

    async def test_replies_go_once_sent_and_the_update_stays_seen(self, store: Store) -> None:
        await commit(store, "a", 1)
        await store.sent("a", 1)
        await store.sent("a", 1)
        found = await kept(store, update_id=1)
        assert (found.seen, found.replies) == (True, b"")

    async def test_forget_erases_all_of_one_chat(self, store: Store) -> None:
        await commit(store, "a", 1)
        await store.park("a", 1, b"parcel")
        await commit(store, "b", 2)
        await store.forget("a")
        assert await kept(store, update_id=1) == Kept()
        assert await store.parked() == ()
        assert (await kept(store, "b", 2)).replies == b"hello"

    async def test_erasing_turn_leaves_only_its_own_reply(self, store: Store) -> None:
        """What came before it counts as seen, whatever its number: a copy may come late."""
        await commit(store, "a", 1)
        await store.park("a", 1, b"parcel")
        await commit(store, "b", 1)
        await commit(store, "a", 7, state=b"", replies=b"erased", erase=True)
        for number in (0, 1, 6):
            found = await kept(store, update_id=number)
            assert (found, found.erased) == (Kept(seen=True), True)
            assert not await store.commit("a", move(number))
        assert await kept(store, update_id=7) == Kept(seen=True, replies=b"erased")
        assert not (await kept(store, update_id=8)).erased
        assert not (await kept(store, "b", 0)).seen
        assert await store.parked() == ()
        await store.sent("a", 7)
        await commit(store, "a", 8)
        await store.prune(NOW + UPDATE_SECONDS + 5)
        assert await kept(store, update_id=1) == Kept()

    async def test_times_to_come_are_taken_back(self, store: Store) -> None:
        """A clock that was a year ahead must not keep anything for a year."""
        ahead = NOW + 365 * 86_400
        await commit(store, "a", 1, at=ahead)
        await commit(store, "b", 2, at=NOW + 60)
        await store.prune(NOW)
        await store.prune(NOW + STATE_SECONDS + 1)
        assert (await kept(store, "a", 1, NOW + STATE_SECONDS + 1)).state == b""
        assert (await kept(store, "b", 2)).state == b"asked"
        await store.prune(NOW + UPDATE_SECONDS + 1)
        assert not (await kept(store, "a", 1)).seen

    async def test_parcels_come_back_oldest_first_until_sent(self, store: Store) -> None:
        for update_id in (5, 3, 4):
            await commit(store, "a", update_id, at=NOW - update_id)
            await store.park("a", update_id, b"first try")
            await store.park("a", update_id, b"parcel %d" % update_id)
        assert sorted(await store.parked()) == [b"parcel 3", b"parcel 4", b"parcel 5"]
        await store.sent("a", 4)
        assert (await kept(store, update_id=3)).replies == b"hello"
        assert len(await store.parked()) == 2

    async def test_parcel_without_unsent_replies_is_not_kept(self, store: Store) -> None:
        await commit(store, "a", 1)
        await store.sent("a", 1)
        await store.park("a", 1, b"late")
        await store.park("a", 2, b"unknown")
        assert await store.parked() == ()

    async def test_state_expires_and_its_chat_goes_on(self, store: Store) -> None:
        await commit(store, "a", 1)
        assert (await kept(store, now=NOW + STATE_SECONDS - 1)).state == b"asked"
        expired = await kept(store, now=NOW + STATE_SECONDS)
        assert expired.state == b""
        assert await store.commit("a", move(2, expired.version, b"new", at=NOW + STATE_SECONDS))
        assert (await kept(store, now=NOW + STATE_SECONDS + 1)).state == b"new"

    async def test_prune_erases_what_is_past_its_time(self, store: Store) -> None:
        await commit(store, "a", 1)
        await store.park("a", 1, b"parcel")
        await commit(store, "b", 2, at=NOW + 10)
        await store.prune(NOW + STATE_SECONDS + 5)
        assert await kept(store, "a", 1) == Kept(seen=True, replies=b"hello")
        assert (await kept(store, "b")).state == b"asked"
        await store.prune(NOW + UPDATE_SECONDS + 5)
        assert await kept(store, "a", 1) == Kept()
        assert await kept(store, "b", 2) == Kept(seen=True, replies=b"hello")
        assert await store.parked() == ()

    @pytest.mark.parametrize(
        "odd",
        [b"\x00", b"\xff\xfe", "😀 مرحبا \u202e".encode(), b"'; DROP TABLE states", b"x" * 50_000],
        ids=["nul", "not utf-8", "unicode", "quotes", "long"],
    )
    async def test_any_bytes_come_back_as_they_were(self, store: Store, odd: bytes) -> None:
        await commit(store, "a", 1, state=odd, replies=odd)
        found = await kept(store, update_id=1)
        assert (found.state, found.replies) == (odd, odd)

    async def test_second_close_does_nothing(self, store_url: str) -> None:
        store = await open_store(store_url)
        await store.close()
        await store.close()


class TestSharedStores:
    @pytest.fixture
    async def two(self, shared_url: str) -> AsyncIterator[tuple[Store, Store]]:
        """Yield two stores as two replicas have them, opened at the same moment."""
        one, other = await asyncio.gather(open_store(shared_url), open_store(shared_url))
        yield one, other
        await one.close()
        await other.close()

    async def test_state_survives_reopening(self, shared_url: str) -> None:
        store = await open_store(shared_url)
        await commit(store, "a", 1)
        await store.close()
        again = await open_store(shared_url)
        found = await kept(again, update_id=1)
        await again.close()
        assert (found.state, found.seen, found.replies) == (b"asked", True, b"hello")

    async def test_of_commits_on_one_version_one_wins(self, two: tuple[Store, Store]) -> None:
        for first_id, state in ((0, b"asked"), (10, b"asked more"), (20, b"")):
            version = (await kept(two[0])).version
            done = await asyncio.gather(
                *(s.commit("a", move(first_id + n, version, state)) for n, s in enumerate(two * 5))
            )
            assert done.count(True) == 1
        assert (await kept(two[1])).version == 0

    async def test_of_commits_of_one_update_one_wins(self, two: tuple[Store, Store]) -> None:
        done = await asyncio.gather(*(s.commit("a", move(1, state=b"")) for s in two * 5))
        assert done.count(True) == 1


class TestSQLite:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        return tmp_path / "var" / "bot.db"

    def bytes_of(self, path: Path) -> bytes:
        return b"".join(file.read_bytes() for file in path.parent.glob("bot.db*"))

    async def test_forget_leaves_no_bytes_in_the_files(self, path: Path) -> None:
        """Rows come and go before, so that pages were split, merged and used again."""
        store = SQLiteStore.open(path)
        for n in range(600):
            own = MARK if n % 7 == 0 else b"of others"
            key = "marked-chat" if n % 7 == 0 else f"chat {n % 200}"
            state = b"" if n % 5 == 0 else own * (n % 40 + 1)
            await commit(store, key, n, state=state, replies=own * (n % 90 + 1))
            if n % 3:
                await store.sent(key, n)
        assert MARK in self.bytes_of(path)
        await store.forget("marked-chat")
        left = self.bytes_of(path)
        await store.close()
        assert MARK not in left
        assert b"marked-chat" not in left
        assert b"of others" in left

    @pytest.mark.parametrize("erase", [True, False])
    async def test_a_large_file_keeps_no_bytes_and_the_rows_of_others(
        self, path: Path, monkeypatch: pytest.MonkeyPatch, erase: bool
    ) -> None:
        """It is not written anew: what is private stands in pages of its own."""
        monkeypatch.setattr(sqlite_log, "_is_worth_it", lambda db: False)
        store = SQLiteStore.open(path)
        for n in range(1500):
            is_own = n % 5 == 0
            key, own = (f"a{n % 70}", MARK) if is_own else (f"b{n * 7919 % 400}", b"of others")
            await commit(store, key, n, state=own * (n % 60), replies=own * (n % 90 + 1))
            if n % 7 == 0:
                await store.park(key, n, own * (n % 200))
            if n % 3:
                await store.sent(key, n)
        assert MARK in self.bytes_of(path)
        changes = store._db.total_changes
        for n in range(70):
            if erase:
                await commit(store, f"a{n}", 5000 + n, state=b"", replies=b"", erase=True)
            else:
                await store.forget(f"a{n}")
        assert store._db.total_changes - changes < 2000  # rows: none of the others
        left = self.bytes_of(path)
        await store.close()
        assert MARK not in left
        assert b"of others" in left

    async def test_what_an_older_version_wrote_is_laid_out_anew(self, path: Path) -> None:
        path.parent.mkdir()
        with sqlite3.connect(path) as db:
            for statement in OLDER_TABLES:
                db.execute(statement)
            db.execute("INSERT INTO meta VALUES ('schema', 1)")
            db.execute("INSERT INTO states VALUES ('a', 5, ?, ?)", (MARK, NOW))
            db.execute("INSERT INTO updates VALUES ('a', 1, ?)", (NOW,))
            for number in (1, 2):
                row = (number, NOW, MARK, MARK if number == 2 else None)
                db.execute("INSERT INTO replies VALUES ('a', ?, ?, ?, ?)", row)
        db.close()
        store = SQLiteStore.open(path)
        found = await kept(store, update_id=1)
        assert (found.state, found.version, found.seen, found.replies) == (MARK, 5, True, MARK)
        assert await store.parked() == (MARK,)
        await commit(store, "a", 3, state=MARK)
        await store.forget("a")
        assert MARK not in self.bytes_of(path)
        await store.close()
        store = SQLiteStore.open(path)
        assert await kept(store, update_id=1) == Kept()
        await store.close()

    async def test_an_older_file_in_use_elsewhere_is_used_as_it_is(self, path: Path) -> None:
        path.parent.mkdir()
        other = sqlite3.connect(path)
        other.execute("PRAGMA journal_mode=WAL").fetchone()
        with other:
            for statement in OLDER_TABLES:
                other.execute(statement)
            other.execute("INSERT INTO meta VALUES ('schema', 1)")
            other.execute("INSERT INTO states VALUES ('a', 5, ?, ?)", (MARK, NOW))
        rows = other.execute("SELECT * FROM states")
        store = SQLiteStore.open(path)
        assert (await kept(store)).state == MARK
        await commit(store, "a", 3, replies=MARK)
        await store.park("a", 3, b"parcel")
        assert await store.parked() == (b"parcel",)
        assert len(rows.fetchall()) == 1
        other.close()
        await store.close()

    async def test_room_that_is_free_is_given_back(self, path: Path) -> None:
        store = SQLiteStore.open(path)
        for n in range(3000):
            assert await store.commit(f"chat {n}", move(n, state=b"x" * 900, replies=b""))
        await store._log.leave_no_traces()
        full = path.stat().st_size
        await store.prune(NOW + UPDATE_SECONDS)
        assert path.stat().st_size < full / 20
        await store.close()

    async def test_a_chat_is_erased_though_the_disk_is_full(self, path: Path) -> None:
        store = SQLiteStore.open(path)
        for n in range(50):
            await commit(store, f"chat {n}", n, state=MARK)
        await store._log.leave_no_traces()
        assert path.with_name("bot.db-room").stat().st_size == 256 * 1024
        pages = store._db.execute("PRAGMA page_count").fetchone()[0]
        store._db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match="the disk is full"):
            await commit(store, "chat 50", 50, state=MARK * 20_000)
        await commit(store, "chat 7", 100, state=b"", replies=b"", erase=True)
        await store.forget("chat 8")
        for n in (7, 8):
            assert (await kept(store, f"chat {n}")).state == b""
        await store.close()

    @pytest.mark.parametrize("is_there", [True, False])
    async def test_no_link_is_followed(self, path: Path, is_there: bool) -> None:
        target = path.with_name("of-somebody-else")
        path.parent.mkdir()
        if is_there:
            target.write_bytes(b"")
        path.symlink_to(target)
        with pytest.raises(StoreError, match="is a link"):
            await open_store(f"sqlite:///{path}")
        assert target.exists() is is_there

    async def test_erasing_turn_leaves_no_bytes_of_state_and_replies(self, path: Path) -> None:
        store = SQLiteStore.open(path)
        await commit(store, "a", 1, state=MARK, replies=MARK * 300)
        await store.park("a", 1, MARK)
        await commit(store, "a", 2, state=b"", replies=b"erased", erase=True)
        left = self.bytes_of(path)
        await store.close()
        assert MARK not in left

    async def test_prune_leaves_no_bytes(self, path: Path) -> None:
        store = SQLiteStore.open(path)
        await commit(store, "a", 1, state=MARK, replies=MARK)
        await store.prune(NOW + UPDATE_SECONDS)
        left = self.bytes_of(path)
        await store.close()
        assert MARK not in left

    async def test_prune_takes_more_rows_than_it_deletes_at_once(self, path: Path) -> None:
        store = SQLiteStore.open(path)
        for n in range(2001):
            assert await store.commit("a", move(n, state=b"", replies=b""))
        await store.prune(NOW + UPDATE_SECONDS)
        assert await kept(store, update_id=2000) == Kept()
        await store.close()

    def test_only_its_user_may_read_the_file(self, path: Path) -> None:
        store = SQLiteStore.open(path)
        modes = {file.stat().st_mode & 0o777 for file in path.parent.glob("bot.db*")}
        asyncio.run(store.close())
        assert modes == {0o600}

    async def test_damaged_row_counts_as_no_state(self, path: Path) -> None:
        store = SQLiteStore.open(path)
        await commit(store, "a", 1)
        with sqlite3.connect(path) as other:
            other.execute("UPDATE states SET state = 5, version = 'x', at = 'y'")
        other.close()
        found = await kept(store)
        assert found.state == b""
        assert await store.commit("a", move(2, found.version, b"goes on"))
        assert (await kept(store)).state == b"goes on"
        await store.close()

    async def test_kill_9_loses_no_commit(self, path: Path) -> None:
        program = (
            "import asyncio, pathlib, sys\n"
            "from bot.store.protocol import Move\n"
            "from bot.store.sqlite import SQLiteStore\n"
            "async def main():\n"
            "    store = SQLiteStore.open(pathlib.Path(sys.argv[1]))\n"
            "    for n in range(100_000):\n"
            "        await store.commit(f'chat {n}', Move(n, 0, b'asked', b'hello', 0.0))\n"
            "        print(n, flush=True)\n"
            "asyncio.run(main())\n"
        )
        command = [sys.executable, "-c", program, str(path)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            for line in child.stdout:
                if int(line) == 300:
                    break
            child.kill()
            last = int([line, *child.stdout][-1])
        store = SQLiteStore.open(path)
        for n in range(last + 1):
            found = await kept(store, f"chat {n}", n, now=0.0)
            assert (found.state, found.seen, found.replies) == (b"asked", True, b"hello")
        await store.close()

    async def test_the_log_is_moved_to_the_file_meanwhile(self, path: Path) -> None:
        store = SQLiteStore.open(path)
        size = path.stat().st_size
        longest = 0
        for n in range(3000):
            await commit(store, f"chat {n % 300}", n, replies=b"x" * 1000)
            await store.sent(f"chat {n % 300}", n)
            longest = max(longest, path.with_name("bot.db-wal").stat().st_size)
        for _ in range(500):
            if path.stat().st_size > size:
                break
            await asyncio.sleep(0.01)
        assert path.stat().st_size > size
        assert longest < 1.1 * sqlite_log.LONGEST_LOG * 4096
        await store.close()

    async def test_nothing_erased_stays_while_the_log_is_moved(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sqlite_log, "_CHANGES", 2)
        store = SQLiteStore.open(path)
        for n in range(60):
            await commit(store, "b", 1000 + n)
            await commit(store, "a", n, state=MARK, replies=MARK)
            await store.forget("a")
            assert MARK not in self.bytes_of(path)
            await asyncio.sleep(0.001 * (n % 3))
        await store.close()

    async def test_a_file_that_is_gone_is_not_made_anew(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sqlite_log, "_CHANGES", 1)
        store = SQLiteStore.open(path)
        for file in path.parent.glob("bot.db*"):
            file.unlink()
        for n in range(5):
            await commit(store, "a", n)
            await asyncio.sleep(0.01)
        await store.close()
        assert list(path.parent.glob("bot.db")) == []

    @pytest.mark.parametrize(
        ("content", "said"),
        [(b"x" * 5000, "is not a database"), (None, "is damaged")],
        ids=["not a database", "cut short"],
    )
    async def test_unusable_file_gives_one_line(
        self, path: Path, content: bytes | None, said: str
    ) -> None:
        store = SQLiteStore.open(path)
        await commit(store, "a", 1)
        await store.close()
        path.write_bytes(content if content is not None else path.read_bytes()[:9000])
        with pytest.raises(StoreError, match=said) as error:
            await open_store(f"sqlite:///{path}")
        assert str(path) in str(error.value)
        assert "\n" not in str(error.value)

    async def test_file_broken_while_in_use_gives_one_line(self, path: Path) -> None:
        store = SQLiteStore.open(path)
        await store.close()
        with pytest.raises(StoreError):
            await kept(store)

    def test_full_disk_gives_one_line(self, tmp_path: Path) -> None:
        with sqlite3.connect(tmp_path / "small.db") as db:
            db.execute("PRAGMA max_page_count = 3")
            db.execute("CREATE TABLE t (x)")
            with pytest.raises(sqlite3.OperationalError) as error:
                db.execute("INSERT INTO t VALUES (zeroblob(100000))")
        db.close()
        assert "the disk is full" in explain(error.value, tmp_path / "small.db")

    async def test_full_disk_takes_no_part_of_a_turn_and_passes(self, path: Path) -> None:
        store = SQLiteStore.open(path)
        await commit(store, "a", 1)
        before = await kept(store, update_id=2)
        store._db.execute("PRAGMA max_page_count = 1")
        with pytest.raises(StoreError, match="the disk is full"):
            await store.commit("a", move(2, before.version, b"big", b"x" * 100_000))
        assert await kept(store, update_id=2) == before
        store._db.execute("PRAGMA max_page_count = 100000")
        assert await store.commit("a", move(2, before.version, b"big", b"x" * 100_000))
        await store.close()

    @pytest.fixture
    def read_only_folder(self) -> Iterator[Path]:
        """Yield a folder that this user may not write, as somebody else where we are root."""
        folder = Path(tempfile.mkdtemp())
        root = os.geteuid() == 0
        folder.chmod(0o555)
        if root:
            os.seteuid(65534)
        yield folder
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)

    @pytest.mark.parametrize("file", ["bot.db", "var/bot.db"])
    async def test_read_only_folder_gives_one_line(
        self, read_only_folder: Path, file: str
    ) -> None:
        with pytest.raises(StoreError, match="must be able to write its folder"):
            await open_store(f"sqlite:///{read_only_folder / file}")

    async def test_tables_of_a_newer_program_are_refused(self, path: Path) -> None:
        await SQLiteStore.open(path).close()
        with sqlite3.connect(path) as other:
            other.execute("UPDATE meta SET value = 2 WHERE name = 'schema'")
        other.close()
        with pytest.raises(StoreError, match="tables of version 2"):
            SQLiteStore.open(path)

    async def test_file_held_by_another_process_gives_one_line(self, path: Path) -> None:
        store = SQLiteStore.open(path)
        store._db.execute("PRAGMA busy_timeout = 1")
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="held by another process"):
            await store.commit("a", move(1))
        other.close()
        assert await store.commit("a", move(1))
        await store.close()

    async def test_many_processes_may_make_one_file_at_once(self, path: Path) -> None:
        program = (
            "import pathlib, sys; from bot.store.sqlite import SQLiteStore;"
            " SQLiteStore.open(pathlib.Path(sys.argv[1]))"
        )
        command = [sys.executable, "-c", program, str(path)]
        children = [subprocess.Popen(command, cwd=ROOT) for _ in range(4)]
        assert [child.wait() for child in children] == [0, 0, 0, 0]


class TestPostgres:
    async def test_replicas_may_start_at_once(self, postgres_url: str) -> None:
        stores = await asyncio.gather(*(open_store(postgres_url) for _ in range(5)))
        await commit(stores[0], "a", 1)
        seen = [(await kept(store, update_id=1)).seen for store in stores]
        for store in stores:
            await store.close()
        assert seen == [True] * 5

    async def test_restarted_server_costs_nothing(
        self, postgres_server: PostgresServer, postgres_url: str
    ) -> None:
        store = await open_store(postgres_url)
        await asyncio.gather(*(store.commit(f"chat {n}", move(n)) for n in range(20)))
        await asyncio.to_thread(postgres_server.stop)
        with pytest.raises(StoreError, match="PostgreSQL does not answer"):
            await kept(store)
        await asyncio.to_thread(postgres_server.start)
        found = await asyncio.gather(*(kept(store, f"chat {n}", n) for n in range(20)))
        await store.close()
        assert [one.replies for one in found] == [b"hello"] * 20

    async def test_connection_cut_in_the_middle_is_made_again(self, postgres_url: str) -> None:
        store = await PostgresStore.open(postgres_url)
        await commit(store, "a", 1)
        other = await asyncpg.connect(postgres_url)
        await other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        await other.close()
        assert (await kept(store)).state == b"asked"
        await store.close()

    async def test_tables_of_a_newer_program_are_refused(self, postgres_url: str) -> None:
        await (await PostgresStore.open(postgres_url)).close()
        other = await asyncpg.connect(postgres_url)
        await other.execute("UPDATE bot_schema SET version = 9")
        await other.close()
        with pytest.raises(StoreError, match="tables of version 9"):
            await open_store(postgres_url)

    async def test_server_that_became_a_copy_is_left_for_its_successor(
        self, postgres_url: str
    ) -> None:
        """After a fail-over the old server takes no writes; the address leads to the new one."""
        store = await PostgresStore.open(postgres_url)
        other = await asyncpg.connect(postgres_url)
        await other.execute("ALTER ROLE bot SET default_transaction_read_only = on")
        await store._pool.expire_connections()
        with pytest.raises(StoreError, match="read-only"):
            await store.commit("a", move(1))
        await other.execute("SET default_transaction_read_only = off")
        await other.execute("ALTER ROLE bot RESET default_transaction_read_only")
        await other.close()
        assert await store.commit("a", move(1))
        await store.close()


class TestPooler:
    async def test_it_is_found_by_itself(self, pooler: Pooler, postgres_url: str) -> None:
        for url, pooled in ((pooler.fresh_url(), True), (postgres_url, False)):
            store = await PostgresStore.open(url)
            assert store._address.pooled is pooled
            await store.close()

    @pytest.mark.parametrize("shows", [True, False])
    async def test_two_hundred_turns_at_once_are_all_kept(
        self, pooler: Pooler, monkeypatch: pytest.MonkeyPatch, shows: bool
    ) -> None:
        if not shows:  # as one that passes on which process answers

            async def seems_direct(url: str, seconds: float) -> bool:
                return False

            monkeypatch.setattr(postgres_calls, "is_pooled", seems_direct)
        url = pooler.fresh_url("&channel_binding=prefer&keepalives=1")
        stores = await asyncio.gather(*(open_store(url) for _ in range(3)))

        async def talk(n: int) -> Kept:
            store = stores[n % 3]
            await commit(store, f"chat {n}", 2 * n)
            await store.park(f"chat {n}", 2 * n, b"parcel")
            await commit(store, f"chat {n}", 2 * n + 1, state=b"more")
            return await kept(stores[(n + 1) % 3], f"chat {n}", 2 * n)

        found = await asyncio.gather(*(talk(n) for n in range(200)))
        assert {(one.state, one.seen, one.replies) for one in found} == {(b"more", True, b"hello")}
        assert len(await stores[0].parked()) == 200
        for store in stores:
            await store.close()


class TestAddresses:
    @pytest.mark.parametrize(
        "url", ["", "mysql://root:hunter2@host/x", "sqlite://bot.db", "sqlite:///", "bot.db"]
    )
    async def test_unknown_address_is_refused_without_repeating_it(self, url: str) -> None:
        with pytest.raises(StoreError, match="DATABASE_URL is neither") as error:
            await open_store(url)
        assert "hunter2" not in str(error.value)

    async def test_absent_server_gives_one_line_without_the_password(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="Is it running") as error:
            await open_store(f"postgresql://bot:hunter2@/x?host={tmp_path}")
        assert "hunter2" not in str(error.value)
        assert "\n" not in str(error.value)

    async def test_malformed_address_gives_one_line_without_the_password(self) -> None:
        with pytest.raises(StoreError, match="%40") as error:
            await open_store("postgresql://bot:hunter2/x@host:99/name")
        assert "hunter2" not in str(error.value)
