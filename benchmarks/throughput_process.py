"""A process that is measured from outside: its core, its CPU time, its memory."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parent.parent
KEPT: Final = ("PATH", "HOME", "LANG", "VIRTUAL_ENV")  # no setting of another bot
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_GRACE: Final = 5.0  # seconds to end when asked to


class Cores(NamedTuple):
    """The core of who is measured, and that of all else; where there is one core, it is both."""

    measured: int
    other: int


def share_cores() -> Cores:
    """Move this process and all that it starts off the core of who is measured."""
    allowed = sorted(os.sched_getaffinity(0))
    found = Cores(allowed[0], allowed[-1])
    os.sched_setaffinity(0, {found.other})
    return found


@contextmanager
def bot(
    command: Sequence[str], core: int, environ: Mapping[str, str]
) -> Iterator[subprocess.Popen[str]]:
    """Run this Python with a command line on a core; end it afterwards."""
    silent = subprocess.DEVNULL
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env={name: os.environ[name] for name in KEPT if name in os.environ} | dict(environ),
        stdin=silent,
        stdout=silent,
        stderr=silent,
        text=True,
    )
    os.sched_setaffinity(process.pid, {core})
    with _ended(process):
        yield process


@contextmanager
def server(command: Sequence[str]) -> Iterator[int]:
    """Run this Python with a command line that prints the port that it serves; return that."""
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True)
    with _ended(process):
        assert process.stdout
        yield int(process.stdout.readline())


@contextmanager
def _ended(process: subprocess.Popen[str]) -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()


def cpu_seconds(pid: int) -> float:
    """Return what a process used of a core, user and system, all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def memory(pid: int) -> tuple[float, float]:
    """Return the most memory a process ever had, and what it has now, in megabytes."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    sizes = {name: value for name, _, value in (line.partition(":") for line in lines)}
    peak, now = (int(sizes[name].split()[0]) * 1024 / 1e6 for name in ("VmHWM", "VmRSS"))
    return peak, now
