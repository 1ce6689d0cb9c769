"""Ctrl-C while something takes long: it ends at once, with a line and no traceback."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.fakes.fake_bot_api import TOKEN


def heed_ctrl_c() -> None:
    """Take Ctrl-C as in a terminal: what runs in the background of a shell ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


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
        preexec_fn=heed_ctrl_c,
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
    assert said.splitlines()[-1].startswith("Stopped.")


def test_ctrl_c_ends_installing(tmp_path: Path) -> None:
    """Here pip waits for an index that never answers."""
    for name in ("Makefile", "requirements.txt"):
        shutil.copy(ROOT / name, tmp_path)
    python = getattr(sys, "_base_executable", sys.executable)
    with socket.create_server(("127.0.0.1", 0)) as index:
        index.settimeout(60)
        address = f"http://127.0.0.1:{index.getsockname()[1]}"
        others = re.compile("pip_|make|mflags|.*_proxy", re.IGNORECASE)
        environ = {name: os.environ[name] for name in os.environ if not others.match(name)}
        process = subprocess.Popen(
            ["make", f"PYTHON={python}", ".venv/bin/.runtime"],
            cwd=tmp_path,
            env={**environ, "PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": address},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=heed_ctrl_c,
        )
        try:
            asked, _ = index.accept()
            with asked:
                os.killpg(process.pid, signal.SIGINT)
                said, _ = process.communicate(timeout=20)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.communicate()
    assert process.returncode not in (0, None)
    assert said.startswith("Setting up, once: ")
    assert "Traceback" not in said
    assert not (tmp_path / ".venv" / "bin" / ".runtime").exists()
