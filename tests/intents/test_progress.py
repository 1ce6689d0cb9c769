"""What is shown while something takes long, and how Ctrl-C ends it."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import termios

from intents.progress import INTERRUPTED, learning
from tests.conftest import ROOT

# A thread goes on for an hour, as one may that learns: leaving must not wait for it.
LEARNS = """
import threading
from concurrent.futures import ThreadPoolExecutor
from intents.progress import learning
with learning("Learning"), ThreadPoolExecutor(1) as threads:
    hour = threads.submit(threading.Event().wait, 3600)
    print("ready", flush=True)
    hour.result()
"""


def test_ctrl_c_does_not_wait_for_what_learns() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", LEARNS],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGINT)
    said, complained = process.communicate(timeout=10)
    assert (process.returncode, said) == (INTERRUPTED, "")
    assert complained == "\nStopped. The next start goes on from what was learned so far.\n"


def test_a_terminal_shows_the_time() -> None:
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    process = subprocess.Popen([sys.executable, "-c", LEARNS], cwd=ROOT, stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while b"Learning: 00:01" not in shown:
            shown += os.read(ours, 1000)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == INTERRUPTED
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def test_afterwards_ctrl_c_is_what_it_was() -> None:
    before = signal.getsignal(signal.SIGINT)
    with learning():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before
