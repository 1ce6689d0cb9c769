"""What was learned is kept in parts; the same content ends in the same weights, byte for byte."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from intents.content.faq import Faq
from intents.content.loader import load
from intents.fitting import fit
from intents.lessons import beside
from intents.lessons.lessons import Lessons
from intents.lessons.whole_file import can_write
from intents.understanding import Understanding
from tests.conftest import ROOT, SHIPPED, SMALL, TODAY

PARTS = {"lines", "signs", "topics", "words"}


@pytest.fixture(name="boiler")
def _boiler() -> Faq:
    return load(SMALL.with_name("boiler.yaml"), TODAY)


def files(folder: Path) -> set[Path]:
    return set(folder.iterdir())


def kinds(paths: Iterable[Path]) -> set[str]:
    return {path.name.partition("-")[0] for path in paths}


def weights(faq: Faq, folder: Path | None = None) -> list[bytes]:
    fitted = fit(faq, folder)
    spotter = fitted.signs.spotter
    assert spotter
    arrays = (
        fitted.matcher.intents.weights,
        fitted.matcher.vectoriser.weights,
        spotter.classifier.weights,
        spotter.vectoriser.weights,
    )
    return [array.tobytes() for array in arrays]


def test_the_same_content_ends_in_the_same_weights(boiler: Faq, tmp_path: Path) -> None:
    changed = replace(boiler, ordinary=(*boiler.ordinary, "we had tea"))
    first = weights(boiler)
    assert weights(boiler, tmp_path) == first  # learned and kept
    assert weights(boiler, tmp_path) == first  # taken from there
    weights(changed, tmp_path)
    for path in files(tmp_path):
        if not path.name.startswith("lines"):
            path.unlink()
    assert weights(boiler, tmp_path) == first  # some of its lines kept from the other


def test_two_processes_read_what_one_reads(boiler: Faq, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = weights(boiler)
    monkeypatch.setattr(beside, "_FEW", 1)
    monkeypatch.setattr(beside, "_may_fork", lambda: True)
    assert weights(boiler) == alone


def test_a_changed_line_of_a_sign_leaves_the_topics(boiler: Faq, tmp_path: Path) -> None:
    fit(boiler, tmp_path)
    before = files(tmp_path)
    fit(replace(boiler, ordinary=(*boiler.ordinary, "we had tea")), tmp_path)
    assert kinds(files(tmp_path) - before) == {"signs", "words"}


def test_a_changed_line_of_a_topic_is_learned_by_the_signs_too(
    boiler: Faq, tmp_path: Path
) -> None:
    fit(boiler, tmp_path)
    before = files(tmp_path)
    fit(replace(boiler, out_of_scope=(*boiler.out_of_scope, "we had tea")), tmp_path)
    assert kinds(files(tmp_path) - before) == {"topics", "signs", "words"}


def test_only_changed_lines_are_read_anew(
    boiler: Faq, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fit(boiler, tmp_path)
    read: list[str] = []
    was = Lessons.read

    def noted(texts: tuple[str, ...], *rest: object) -> Lessons:
        read.extend(texts)
        return was(texts, *rest)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(Lessons, "read", noted)
    fit(replace(boiler, ordinary=("we had tea",)), tmp_path)
    assert read == ["we had tea"]


@pytest.mark.parametrize("damage", [b"", b"no such file", None], ids=["empty", "other", "cut"])
def test_damaged_files_are_learned_anew(boiler: Faq, tmp_path: Path, damage: bytes | None) -> None:
    first = weights(boiler, tmp_path)
    for path in files(tmp_path):
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2] if damage is None else damage)
    assert weights(boiler, tmp_path) == first
    assert kinds(files(tmp_path)) == PARTS


def test_one_bit_that_changed_is_seen(boiler: Faq, tmp_path: Path) -> None:
    first = weights(boiler, tmp_path)
    for path in files(tmp_path):
        if path.name.startswith("lines"):
            content = bytearray(path.read_bytes())
            content[-9] ^= 1
            path.write_bytes(content)
        else:
            path.unlink()
    assert weights(boiler, tmp_path) == first


def test_what_cannot_be_kept_is_learned_all_the_same(boiler: Faq, tmp_path: Path) -> None:
    folder = tmp_path / "file"
    folder.write_text("no folder")
    assert weights(boiler, folder) == weights(boiler)
    assert Understanding(boiler, folder).understand("I smell gas").signs.found


@pytest.mark.parametrize("seconds", [1.5, 3.0])
def test_a_killed_fit_leaves_nothing_behind(tmp_path: Path, seconds: float) -> None:
    """Neither a half-written file under a name that is read, nor a process."""
    command = [sys.executable, "-m", "intents", "fit", str(SHIPPED)]
    environ = {"XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path), "PATH": ""}
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE) as fitting:
        assert fitting.stdout
        select.select([fitting.stdout], [], [], seconds)  # in the middle, or when it is done
        fitting.send_signal(signal.SIGKILL)
        fitting.stdout.read()  # ends when nobody holds the other end: no process is left
    kept = tmp_path / "twitchcheck"
    left = [path for path in kept.glob("*") if path.suffix == ".part"]
    for path in left:
        os.utime(path, (0, 0))
    fit(load(SMALL, TODAY), kept)  # the next one clears up
    assert not list(kept.glob("*.part"))


def test_files_of_another_shape_are_learned_anew(boiler: Faq, tmp_path: Path) -> None:
    """Somebody may have put the files of another content under the names of this one."""
    other = replace(boiler, signs=boiler.signs[:-1], intents=boiler.intents[:-1])
    fit(other, tmp_path / "other")
    first = weights(boiler, tmp_path / "own")
    planted = {path.name.partition("-")[0]: path for path in files(tmp_path / "other")}
    for path in files(tmp_path / "own"):
        path.write_bytes(planted[path.name.partition("-")[0]].read_bytes())
    assert weights(boiler, tmp_path / "own") == first


def test_other_contents_push_out_no_fit_that_is_in_use(boiler: Faq, tmp_path: Path) -> None:
    fit(boiler, tmp_path)
    own = files(tmp_path)
    for path in own:
        os.utime(path, (0, 0))
    fit(boiler, tmp_path)  # a start: it is in use
    for n in range(7):
        fit(replace(boiler, ordinary=(f"we had tea {n}",)), tmp_path)
    assert own <= files(tmp_path)


def test_whether_a_folder_can_be_written_is_known_before(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert can_write(tmp_path / "new")
    assert not can_write(tmp_path / "file")
    assert not list((tmp_path / "new").iterdir())
