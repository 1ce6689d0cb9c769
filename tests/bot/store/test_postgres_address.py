"""Addresses of PostgreSQL as hosts write them."""

from __future__ import annotations

import pytest

from bot.store.postgres import PostgresStore
from bot.store.postgres_address import read

HOST = "postgresql://u:p%40@db.example:5432/name"


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("sslmode=require&channel_binding=require", "sslmode=require"),
        ("keepalives=1&keepalives_idle=30&keepalives_interval=10&keepalives_count=5", ""),
        ("gssencmode=disable&target_session_attrs=read-write", "target_session_attrs=read-write"),
        ("ssl=true", "sslmode=require"),
        ("ssl=true&sslmode=verify-full", "sslmode=verify-full"),
        ("options=-c%20search_path%3Dx", "options=-c+search_path%3Dx"),
        ("search_path=x&schema=public&connection_limit=1", "search_path=x"),
        ("a=&b&&c=1", ""),
    ],
)
def test_what_is_no_concern_is_passed_over(query: str, kept: str) -> None:
    assert read(f"{HOST}?{query}").url == (f"{HOST}?{kept}" if kept else HOST)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_every_way_to_name_it(scheme: str) -> None:
    assert read(HOST.replace("postgresql", scheme, 1)).url == HOST
    assert read(f"{scheme}:///name?host=/run").url == "postgresql:///name?host=%2Frun"
    assert read(f"{scheme}://u@/name").url == "postgresql://u@/name"


@pytest.mark.parametrize(
    ("query", "pooled"),
    [
        ("pgbouncer=true", True),
        ("pgbouncer=false", False),
        ("prepared_statements=false", True),
        ("statement_cache_size=0", True),
        ("statement_cache_size=100", False),
        ("", False),
    ],
)
def test_an_address_may_say_that_a_pooler_answers(query: str, pooled: bool) -> None:
    assert read(f"{HOST}?{query}").pooled is pooled


@pytest.mark.parametrize(
    ("value", "seconds"), [("10", 10.0), ("0", None), ("-1", None), ("x", None), ("999", 30.0)]
)
def test_how_long_to_wait_for_a_connection(value: str, seconds: float | None) -> None:
    assert read(f"{HOST}?connect_timeout={value}").seconds == seconds


def test_it_never_shows_the_password() -> None:
    assert "p%40" not in repr(read(HOST))


async def test_a_real_server_takes_what_is_left(postgres_url: str) -> None:
    more = (
        "&channel_binding=prefer&connect_timeout=9&keepalives=1&gssencmode=disable&sslmode=disable"
    )
    store = await PostgresStore.open(f"{postgres_url}{more}&pgbouncer=true&x=y")
    assert not (await store.load("a", 1, 0.0)).seen
    await store.close()
