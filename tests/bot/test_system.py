"""What differs from system to system, each way tried here."""

from __future__ import annotations

import ast
import asyncio
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest

from bot import system
from tests.conftest import ROOT, SMALL

OLDER = ("3.6", "3.7", "3.8", "3.9", "3.10")


class LoopOfWindows(asyncio.SelectorEventLoop):
    """Refuses what the loops of Windows refuse."""

    def add_signal_handler(self, sig: int, callback: object, *args: object) -> None:
        raise NotImplementedError


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("make_loop", [asyncio.new_event_loop, LoopOfWindows])
def test_it_stops_when_asked(
    number: signal.Signals, make_loop: Callable[[], asyncio.AbstractEventLoop]
) -> None:
    before = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)}

    async def run() -> None:
        stop = asyncio.Event()
        system.stop_when_asked(stop)
        signal.raise_signal(number)
        await asyncio.wait_for(stop.wait(), 10)

    try:
        with asyncio.Runner(loop_factory=make_loop) as runner:
            runner.run(run())
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def test_without_uvloop_it_runs_on_pythons_own_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    assert system.loop_factory() is not None
    monkeypatch.setitem(sys.modules, "uvloop", None)
    assert system.loop_factory() is None
    with asyncio.Runner(loop_factory=system.loop_factory()) as runner:
        assert runner.run(asyncio.sleep(0, "ran")) == "ran"


def test_bold_type_is_shown_where_it_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        isatty: ClassVar = staticmethod(lambda: True)

    monkeypatch.setattr(sys, "stdout", Terminal)
    monkeypatch.setattr(os, "name", "posix")
    assert system.shows_bold()
    monkeypatch.setattr(os, "name", "nt")
    assert not system.shows_bold()


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_chat_survives_letters_that_a_terminal_does_not_know(
    encoding: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "chat", "--faq", str(SMALL)],
        cwd=ROOT,
        input="когда вы открыты ✓ \U0001f642\nwhen do you open\n".encode() + b"\x81\xff\n",
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding, "XDG_CACHE_HOME": str(tmp_path)},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"nine to six" in done.stdout


# An older Python


@pytest.mark.parametrize("name", ["bot", "intents"])
def test_what_an_older_python_reads_first_it_can_read(name: str) -> None:
    """The check of the version stands before all that is imported."""
    source = (ROOT / name / "__init__.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 7))
    kinds = [type(node) for node in tree.body[:3]]
    assert kinds == [ast.Expr, ast.Import, ast.If]
    assert source.count("raise SystemExit") == 1


@pytest.mark.parametrize("version", OLDER)
@pytest.mark.parametrize("name", ["bot", "intents"])
def test_an_older_python_is_told_what_is_needed(version: str, name: str) -> None:
    kept = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
    python = str(kept[0]) if kept else shutil.which(f"python{version}")
    if python is None:
        pytest.skip(f"Python {version} is not here")
    done = subprocess.run(
        [python, "-B", "-m", name], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    needed = f"Python 3.11 or newer is needed; this is {version}."
    assert done.stderr.startswith(needed)
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("mode", [None, 0o644])
def test_a_private_file_is_for_its_user_alone(tmp_path: Path, mode: int | None) -> None:
    path = tmp_path / "talk.txt"
    if mode is not None:
        path.write_text("an older and longer talk")
        path.chmod(mode)
    old = os.umask(0)
    try:
        with system.open_private(path) as file:
            assert path.stat().st_mode & 0o777 == 0o600
            assert path.read_text(encoding="utf-8") == ""
            file.write("žluť")
    finally:
        os.umask(old)
    assert path.read_text(encoding="utf-8") == "žluť"


def test_no_link_leads_it_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").symlink_to(tmp_path / "target")
    with pytest.raises(OSError, match="symbolic links"):
        system.open_private(tmp_path / "talk.txt")
    assert not (tmp_path / "target").exists()
