"""The packaged model itself; where it is not installed there is nothing to test."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest

from bot.config import semantic
from intents.__main__ import main
from intents.minilm import NAME, PACKAGES, MiniLM
from tests.conftest import SMALL

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


def test_a_message_is_read_with_it(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"which days are you closed\n")))
    assert main(["match", "--semantic", "--faq", str(SMALL)]) == 0
    assert b"hours" in capfdbinary.readouterr().out
