"""Ctrl-C while something takes long: it ends at once, with a line and no traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.fakes.fake_bot_api import TOKEN


@pytest.mark.parametrize(
    ("arguments", "sign"),
    [
        pytest.param(["bot", "chat"], "One moment, I am learning", id="chat"),
        pytest.param(["bot", "run"], "Learning from the content, once", id="run"),
    ],
)
def test_ctrl_c_ends_learning(arguments: list[str], sign: str, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path), "TELEGRAM_BOT_TOKEN": TOKEN},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # a terminal tells all of its processes
    )
    try:
        assert process.stdout
        said = next(line for line in process.stdout if sign in line)
        os.killpg(process.pid, signal.SIGINT)
        said += process.stdout.read()
        assert process.wait(10) == 130
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    assert "Traceback" not in said
    assert not list(tmp_path.rglob("*.npz"))
    assert said.splitlines()[-1].startswith("Stopped.")
