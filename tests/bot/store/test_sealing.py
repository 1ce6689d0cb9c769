"""What a look into the database shows, and what happens as keys come, change and go."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.store import Kept, Move, StoreError, open_store, sealing
from tests.conftest import NOW

pytest_plugins = ["tests.fakes.postgres_server"]

OLD, NEW, WRONG = "old-key-" * 4, "new-key-" * 4, "bad-key-" * 4
CHAT = "4815162342"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bot.db"


async def keep(path: Path, keys: tuple[str, ...], update_id: int = 1) -> None:
    store = await open_store(f"sqlite:///{path}", keys)
    version = (await store.load(CHAT, update_id, NOW)).version
    assert await store.commit(CHAT, Move(update_id, version, b"numb toes", b"go now", NOW))
    await store.park(CHAT, update_id, b"Packed for 4815162342")
    await store.close()


async def look(path: Path, keys: tuple[str, ...], update_id: int = 1) -> Kept:
    store = await open_store(f"sqlite:///{path}", keys)
    try:
        return await store.load(CHAT, update_id, NOW)
    finally:
        await store.close()


def bytes_of(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.glob("bot.db*"))


def is_all_there(kept: Kept) -> bool:
    return (kept.state, kept.seen, kept.replies) == (b"numb toes", True, b"go now")


async def test_sealed_file_shows_neither_chat_nor_words(path: Path) -> None:
    await keep(path, (NEW,))
    left = bytes_of(path)
    assert not [word for word in (CHAT.encode(), b"numb", b"go now", b"Packed") if word in left]
    assert is_all_there(await look(path, (NEW,)))


async def test_without_a_key_chats_are_hashed_all_the_same(path: Path) -> None:
    store = await open_store(f"sqlite:///{path}")
    assert await store.commit(CHAT, Move(1, 0, b"numb toes", b"go now", NOW))
    await store.close()
    assert CHAT.encode() not in bytes_of(path)
    assert is_all_there(await look(path, ()))


async def test_two_databases_hash_a_chat_differently(tmp_path: Path) -> None:
    secrets = [sealing.hashed(secret, CHAT) for secret in (b"one", b"other")]
    assert len({*secrets, sealing.hashed(b"one", CHAT + "0")}) == 3


async def test_key_is_changed_by_listing_the_new_before_the_old(path: Path) -> None:
    await keep(path, (OLD,))
    assert is_all_there(await look(path, (NEW, OLD)))
    await keep(path, (NEW, OLD), 2)
    assert is_all_there(await look(path, (NEW,), 2))
    with pytest.raises(StoreError):
        await look(path, (OLD,))


async def test_old_key_first_prepares_replicas_for_a_change(path: Path) -> None:
    """While some replicas still know only the old key, the others go on sealing with it."""
    await keep(path, (OLD,))
    await keep(path, (OLD, NEW), 2)
    assert is_all_there(await look(path, (OLD,), 2))


async def test_state_of_a_lost_key_counts_as_none_and_its_update_as_seen(path: Path) -> None:
    await keep(path, (OLD,))
    await look(path, (NEW, OLD))
    kept = await look(path, (NEW,))
    assert (kept.state, kept.seen) == (b"", True)
    assert kept.version > 0
    store = await open_store(f"sqlite:///{path}", (NEW,))
    assert await store.parked() == ()
    await store.close()


async def test_first_key_seals_what_comes_and_reads_what_was(path: Path) -> None:
    await keep(path, ())
    assert is_all_there(await look(path, (NEW,)))
    await keep(path, (NEW,), 2)
    assert b"numb" not in bytes_of(path)
    with pytest.raises(StoreError, match="was sealed with a STATE_KEY"):
        await look(path, ())


async def test_wrong_key_is_refused_at_the_start(path: Path) -> None:
    await keep(path, (OLD,))
    with pytest.raises(StoreError, match="STATE_KEY does not open this database") as error:
        await look(path, (WRONG,))
    assert WRONG not in str(error.value)
    assert is_all_there(await look(path, (OLD,)))


async def test_short_key_is_refused_without_repeating_it(path: Path) -> None:
    with pytest.raises(StoreError, match="key 2 has 7") as error:
        await open_store(f"sqlite:///{path}", (NEW, "hunter2"))
    assert "hunter2" not in str(error.value)


async def test_parcels_are_sealed_and_read_back(path: Path) -> None:
    await keep(path, (NEW,))
    store = await open_store(f"sqlite:///{path}", (NEW,))
    assert await store.parked() == (b"Packed for 4815162342",)
    await store.close()


async def test_replicas_that_start_at_once_agree_on_the_secret(postgres_url: str) -> None:
    stores = await asyncio.gather(*(open_store(postgres_url, (NEW,)) for _ in range(4)))
    assert await stores[0].commit(CHAT, Move(1, 0, b"numb toes", b"go now", NOW))
    seen = [is_all_there(await store.load(CHAT, 1, NOW)) for store in stores]
    for store in stores:
        await store.close()
    assert seen == [True] * 4


@pytest.mark.parametrize("kept", [b"", b"\0AES", b"\0AESnonsense", b"\0AES" + b"\xff" * 60])
def test_damaged_text_is_unsealed_to_nothing(kept: bytes) -> None:
    assert sealing.cipher_for((NEW,)).unseal(kept) == b""


def test_changed_bit_is_noticed() -> None:
    cipher = sealing.cipher_for((NEW,))
    sealed = cipher.seal(b"numb toes")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        assert cipher.unseal(bytes(changed)) in (b"", bytes(changed))


def test_same_text_is_never_sealed_alike() -> None:
    cipher = sealing.cipher_for((NEW,))
    assert len({cipher.seal(b"numb toes") for _ in range(100)}) == 100
