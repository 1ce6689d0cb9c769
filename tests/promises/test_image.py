"""The container image: built as its Dockerfile says it starts small, and writes only to /data."""

from __future__ import annotations

import asyncio
import resource
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

from intents import Understanding, default_cache
from tests.conftest import ROOT
from tests.fakes.bot_process import free_port, served, webhook
from tests.fakes.fake_bot_api import TOKEN, FakeBotApi
from tests.fakes.image import Image

MEMORY = 512 * 2**20  # bytes, of addresses: more than ever becomes memory
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


@pytest.fixture(name="image", scope="module")
def _image(understanding: Understanding, tmp_path_factory: pytest.TempPathFactory) -> Image:
    """Return the image as built, with what was learned here so that it need not learn."""
    image = Image(tmp_path_factory.mktemp("image"))
    kept = image.root / "learned" / "twitchcheck"
    kept.mkdir(parents=True)
    for file in default_cache().glob("*.npz"):
        shutil.copy2(file, kept)
    before = set(kept.iterdir())
    image.build(DOCKERFILE)
    assert set(kept.iterdir()) == before
    return image


def limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def files(image: Image) -> dict[Path, str]:
    """Return what stands in each file outside of /data; when it was used last may change."""
    places = [image.root / name for name in ("app", "venv", "learned")]
    found = (path for place in places for path in place.rglob("*") if path.is_file())
    return {path: sha256(path.read_bytes()).hexdigest() for path in found}


@asynccontextmanager
async def container(
    image: Image, api: FakeBotApi, **settings: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run the image's command with as much memory as a small host has."""
    settings |= {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url}
    process = await asyncio.create_subprocess_exec(
        *image.start,
        cwd=image.workdir,
        env=image.settings(**settings),
        preexec_fn=limit_memory,
    )
    try:
        yield process
        process.terminate()
        assert await asyncio.wait_for(process.wait(), 10) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_it_polls_and_answers_and_writes_nothing_but_its_data(image: Image) -> None:
    before = files(image)
    async with FakeBotApi() as api, container(image, api):
        await api.write("how long does a twitch last")
        await api.until(lambda: api.texts(), 60)
    assert files(image) == before
    kept = {path.name for path in (image.root / "data").iterdir()}
    assert kept == {"bot.db", "bot.db-room"}  # and room for a full disk
    assert image.user == "bot"


async def test_with_a_public_address_it_serves_and_tells_its_health(image: Image) -> None:
    settings = webhook(free_port())
    check = ["timeout", "10", *image.health]
    async with FakeBotApi() as api:
        environ = image.settings(**settings, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=api.url)

        async def is_well() -> bool:
            asked = await asyncio.create_subprocess_exec(
                *check, cwd=image.workdir, env=environ, preexec_fn=limit_memory
            )
            return await asked.wait() == 0

        async with container(image, api, **settings):
            await served(int(settings["PORT"]))
            assert await is_well()
        assert not await is_well()


def test_one_may_talk_with_it(image: Image) -> None:
    done = subprocess.run(
        [*image.start[:-1], "chat"],
        cwd=image.workdir,
        env=image.settings(),
        input="how long does a twitch last\n",
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit_memory,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "learning" not in done.stdout
    assert "Take care." in done.stdout


def test_what_it_learned_is_its_users_own() -> None:
    """What was kept can be read by its owner alone, and root has made it."""
    (line,) = [line for line in DOCKERFILE.splitlines() if line.endswith("/learned /learned")]
    assert "--chown=bot" in line.split()


def test_no_secret_and_no_needless_file_is_in_it() -> None:
    copied = [line.split()[1] for line in DOCKERFILE.splitlines() if line.startswith("COPY ")]
    ours = {name for name in copied if not name.startswith("--")}
    assert ours == {"requirements.txt", "faq.yaml", "bot", "intents"}
    for line in (ROOT / "Procfile").read_text(encoding="utf-8").splitlines():
        assert line.endswith("python -m bot")  # as the image does


def test_compose_gives_the_bot_a_database_and_no_right_that_it_does_not_need() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    bot, database = services["bot"], services["database"]
    assert bot["read_only"] is True
    assert bot["cap_drop"] == ["ALL"]
    assert bot["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert database["healthcheck"]["test"][:2] == ["CMD", "pg_isready"]
    assert database["volumes"] == ["database:/var/lib/postgresql/data"]
    assert "${POSTGRES_PASSWORD:?" in bot["environment"]["DATABASE_URL"]
    assert bot["ports"] == ["127.0.0.1:8080:8080"]
