"""The packaged model itself; where it is not installed there is nothing to test."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bot.config import semantic
from intents.learning.minilm import NAME, PACKAGES, MiniLM
from tests.conftest import ROOT, SMALL
from tests.fakes.bot_process import bot
from tests.fakes.fake_bot_api import FakeBotApi

for package in PACKAGES:
    pytest.importorskip(package)


@pytest.fixture(name="cache", scope="module")
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(name="encoder", scope="module")
def _encoder(cache: Path) -> MiniLM:
    return MiniLM(cache)


def files(folder: Path) -> dict[str, tuple[int, int]]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.name: (path.stat().st_mtime_ns, path.stat().st_size) for path in found}


def test_what_means_the_same_lies_close_together(encoder: MiniLM) -> None:
    asked, same, other = encoder.encode(
        ["how long will this go on for", "when does it stop?", "where can I park my car"]
    )
    assert asked @ same > asked @ other + 0.2


def test_vectors_are_those_of_the_published_model(encoder: MiniLM) -> None:
    """The first numbers that sentence-transformers gives for the sentence of its own page."""
    (vector,) = encoder.encode(["This is an example sentence"])
    assert vector[:3] == pytest.approx([0.0677, 0.0635, 0.0487], abs=1e-3)


def test_a_vector_does_not_hang_on_what_is_encoded_with_it(encoder: MiniLM) -> None:
    texts = ["", "short", "a good deal longer than the short one", "x" * 10_000, "\ud83d"] * 5
    together = encoder.encode(texts)
    assert together.shape == (25, encoder.width)
    assert together.dtype == np.float32
    assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(25), abs=1e-5)
    apart = np.concatenate([encoder.encode([text]) for text in texts])
    assert together == pytest.approx(apart, abs=1e-5)
    assert encoder.encode([]).shape == (0, encoder.width)


def test_the_graph_is_laid_out_once(encoder: MiniLM, cache: Path) -> None:
    before = files(cache)
    assert len(before) == 2
    assert (MiniLM(cache).encode(["hello"]) == encoder.encode(["hello"])).all()
    assert files(cache) == before


def test_a_damaged_graph_is_laid_out_anew(encoder: MiniLM, tmp_path: Path) -> None:
    MiniLM(tmp_path)
    (weights,) = tmp_path.rglob("weights")
    weights.write_bytes(weights.read_bytes()[:1000])
    (tmp_path / "minilm-of-an-older-version").mkdir()
    assert (MiniLM(tmp_path).encode(["hello"]) == encoder.encode(["hello"])).all()
    assert weights.stat().st_size > 1_000_000
    assert len(list(tmp_path.iterdir())) == 1


def test_where_nothing_can_be_kept_it_works_all_the_same(encoder: MiniLM, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    apart = MiniLM(tmp_path / "file").encode(["hello"])
    assert apart == pytest.approx(encoder.encode(["hello"]), abs=1e-5)


def test_it_can_be_switched_on() -> None:
    assert semantic({"SEMANTIC": "on"})
    assert NAME.startswith("all-MiniLM-L6-v2 ")


async def test_a_bot_answers_with_it(tmp_path: Path) -> None:
    settings = {
        "SEMANTIC": "on",
        "FAQ_PATH": str(SMALL),
        "DATABASE_URL": f"sqlite:///{tmp_path}/test.db",
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }
    async with FakeBotApi() as api, bot(api, tmp_path, None, **settings) as running:
        await api.write("when do you open")
        await api.until(lambda: any("Tuesday" in text for text in api.texts()), 30)
        assert "Learning from the content, once" in running.said()


def test_nothing_is_told_to_the_makers_of_the_runtime(tmp_path: Path) -> None:
    """They would write an id and what is to be sent beside our own folder; not so in CI."""
    passed = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "intents", "match", "--semantic", "--faq", str(SMALL)],
        input=b"which days are you closed\n",
        capture_output=True,
        cwd=ROOT,
        env={**passed, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")},
        check=True,
    )
    assert b"hours" in done.stdout
    assert done.stderr == b""
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["twitchcheck"]
