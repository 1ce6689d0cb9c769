"""The wrapper around every store: opened late, and rows that older versions wrote are found."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.store import Kept, Move, Store, StoreError, open_store, opening, store_at
from bot.store.protocol import Backend
from bot.store.sealing import cipher_for
from tests.conftest import NOW

pytest_plugins = ["tests.fakes.postgres_server"]

STATE_KEY = "a key of thirty-two characters.."
STATE, REPLIES, PARCEL = b"numb toes", b"0 []", b'{"chat": 7}'


@asynccontextmanager
async def backend(url: str) -> AsyncIterator[Backend]:
    """Yield what is inside the wrapper."""
    inner = await opening._backend(url)
    yield inner
    await inner.close()


async def older_rows(url: str, state_keys: tuple[str, ...]) -> None:
    """Write what a version wrote that named chat 7 by "7" alone, hashed and sealed as it did."""
    cipher = cipher_for(state_keys)
    async with backend(url) as inner:
        secret = cipher.unseal(await inner.secret(cipher.seal(b"a secret of this database")))
        row = hmac.new(secret, b"7", hashlib.sha256).hexdigest()[:32]
        await inner.commit(row, Move(1, 0, cipher.seal(STATE), cipher.seal(REPLIES), NOW))
        await inner.park(row, 1, cipher.seal(PARCEL))


@pytest.fixture(params=[(), (STATE_KEY,)], ids=["hashed", "sealed"])
async def upgraded(
    request: pytest.FixtureRequest, shared_url: str
) -> AsyncIterator[tuple[Store, str]]:
    """Yield a store whose rows an older version wrote, and its address."""
    await older_rows(shared_url, request.param)
    store = await open_store(shared_url, request.param)
    yield store, shared_url
    await store.close()


class TestRowsOfAnOlderVersion:
    async def test_its_check_goes_on_and_its_update_is_seen(
        self, upgraded: tuple[Store, str]
    ) -> None:
        store, _ = upgraded
        kept = await store.load("telegram:7", 1, NOW)
        assert (kept.state, kept.seen, kept.replies) == (STATE, True, REPLIES)
        assert not await store.commit("telegram:7", Move(1, kept.version, b"again", b"", NOW))
        assert not await store.commit("telegram:7", Move(2, 0, b"anew", b"", NOW))
        assert await store.commit("telegram:7", Move(2, kept.version, b"next", b"", NOW))

    async def test_what_it_parked_is_there_until_it_is_sent(
        self, upgraded: tuple[Store, str]
    ) -> None:
        store, _ = upgraded
        assert await store.parked() == (PARCEL,)
        await store.sent("telegram:7", 1)
        assert await store.parked() == ()
        assert (await store.load("telegram:7", 1, NOW)).replies == b""

    async def test_blocking_erases_it(self, upgraded: tuple[Store, str]) -> None:
        store, _ = upgraded
        await store.forget("telegram:7")
        assert await store.load("telegram:7", 1, NOW) == Kept()
        assert await store.parked() == ()

    async def test_forget_erases_it(self, upgraded: tuple[Store, str]) -> None:
        store, _ = upgraded
        version = (await store.load("telegram:7", 2, NOW)).version
        assert await store.commit("telegram:7", Move(2, version, b"", b"", NOW, erase=True))
        assert await store.load("telegram:7", 1, NOW) == Kept(seen=True)
        assert await store.parked() == ()

    async def test_no_other_channel_finds_it(self, upgraded: tuple[Store, str]) -> None:
        store, _ = upgraded
        for key in ("toy:7", "telegram:77", "telegram"):
            assert await store.load(key, 1, NOW) == Kept()


async def test_an_older_version_finds_what_a_newer_one_wrote(shared_url: str) -> None:
    """Both may run at once during an upgrade, and one may go back."""
    store = await open_store(shared_url)
    assert await store.commit("telegram:7", Move(1, 0, STATE, b"", NOW))
    await store.close()
    async with backend(shared_url) as inner:
        row = hmac.new(await inner.secret(b""), b"7", hashlib.sha256).hexdigest()[:32]
        assert (await inner.load(row, 1, NOW)).state == STATE


class TestOpenedLate:
    async def test_it_opens_once_the_database_is_there(self, tmp_path: Path) -> None:
        path = tmp_path / "bot.db"
        path.write_bytes(b"x" * 5000)
        store = store_at(f"sqlite:///{path}")
        for _ in range(2):
            with pytest.raises(StoreError, match="is not a database"):
                await store.load("a", 99, NOW)
        path.unlink()
        store._try_at = 0.0
        assert await store.commit("a", Move(1, 0, b"asked", b"hello", NOW))
        assert (await store.load("a", 99, NOW)).state == b"asked"
        await store.close()

    async def test_who_gives_up_waiting_breaks_off_no_opening(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        reachable, at_once = asyncio.Event(), opening._backend

        async def slow(url: str) -> Backend:
            await reachable.wait()
            return await at_once(url)

        monkeypatch.setattr(opening, "_backend", slow)
        store = store_at(f"sqlite:///{tmp_path}/bot.db")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(store.load("a", 99, NOW), 0.01)
        reachable.set()
        assert await store.commit("a", Move(1, 0, b"asked", b"hello", NOW))
        await store.close()

    async def test_one_that_was_never_used_is_closed(self) -> None:
        await store_at("memory:").close()


async def test_without_a_key_no_number_of_a_chat_stands_in_a_parcel(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/bot.db"
    store = await open_store(url)
    assert await store.commit("telegram:4815162342", Move(1, 0, b"asked", b"hello", NOW))
    await store.park("telegram:4815162342", 1, b'["telegram:4815162342", 1]')
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"4815162342" not in left
    assert await store.parked() == (b'["telegram:4815162342", 1]',)
    await store.close()
    later = await open_store(url, ("a key of thirty-two characters..",))  # set since then
    assert await later.parked() == (b'["telegram:4815162342", 1]',)
    await later.close()
