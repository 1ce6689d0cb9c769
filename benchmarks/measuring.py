"""Measure one peer on one task, in a process of its own so that memory and imports are its own.

Times are the processor's: what else runs on the machine hardly moves them.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers import Floats, Peer
from benchmarks.tasks import Question, Shape, Task

OUT_OF_SCOPE_LIMIT: Final = 0.04  # of the messages out of scope, answered at the threshold
WRONG_LIMIT: Final = 0.03  # of the messages on the topic, answered wrongly
OFFERED: Final = 3

MakePeer = Callable[[], Peer]


@dataclass(frozen=True, slots=True)
class Result:
    """Figures of one peer: shares from 0 to 1, seconds, milliseconds a message, megabytes.

    `direct` and `wrong` are the messages on the topic that are answered rightly and wrongly at the
    threshold which keeps the limit out of scope; None where nothing is out of scope. `safe` are
    those answered rightly at the threshold which keeps the limit of wrong answers as well.
    `shapes` holds top_1 and top_3 of each further shape of questions.
    """

    top_1: float
    top_3: float
    direct: float | None
    wrong: float | None
    safe: float
    milliseconds: float
    fit_seconds: float
    megabytes: float
    shapes: tuple[tuple[float, float], ...] = ()


def measure(make: MakePeer, task: Task) -> Result:
    """Fit a peer and ask it every question of a task, in a fresh process on one core."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as fresh:
        return fresh.submit(_measure, make, task).result()


def _measure(make: MakePeer, task: Task) -> Result:
    before = _resident_megabytes()
    started = time.process_time()
    peer = make()
    peer.fit(task)
    fitted = time.process_time() - started
    scores, taken = [], []
    for question in task.questions:
        started = time.process_time()
        scores.append(peer.scores(question.text))
        taken.append(time.process_time() - started)
    used = _resident_megabytes() - before
    result = _figures(np.array(scores), task, float(np.median(taken)) * 1e3, fitted, used)
    return replace(result, shapes=tuple(_tops(peer, task, one) for one in task.shapes))


def _tops(peer: Peer, task: Task, shape: Shape) -> tuple[float, float]:
    """Ask a peer the questions of a shape; return how often it is right first and among three."""
    scores = np.array([peer.scores(question.text) for question in shape.questions])
    right = _right(scores, task, shape.questions)
    return float(right[:, 0].mean()), float(right.any(axis=1).mean())


def _figures(
    scores: Floats, task: Task, milliseconds: float, fitted: float, used: float
) -> Result:
    inside = np.array([bool(question.intents) for question in task.questions])
    right = _right(scores, task, task.questions)
    best, hit = scores.max(axis=1)[inside], right[inside, 0]
    strangers = scores.max(axis=1)[~inside]
    threshold = _threshold(strangers, OUT_OF_SCOPE_LIMIT * len(strangers))
    misses = np.where(hit, -np.inf, best)
    safer = max(threshold, _threshold(misses, WRONG_LIMIT * len(best)))
    return Result(
        top_1=float(hit.mean()),
        top_3=float(right[inside].any(axis=1).mean()),
        direct=float((hit & (best > threshold)).mean()) if len(strangers) else None,
        wrong=float((~hit & (best > threshold)).mean()) if len(strangers) else None,
        safe=float((hit & (best > safer)).mean()),
        milliseconds=milliseconds,
        fit_seconds=fitted,
        megabytes=used,
    )


def _right(scores: Floats, task: Task, questions: Sequence[Question]) -> NDArray[np.bool_]:
    """Tell of each question which of its best three intents are right, the best first."""
    ids = [intent.id for intent in task.faq.intents]
    ranked = np.argsort(-scores, axis=1, kind="stable")[:, :OFFERED]
    rows = zip(questions, ranked, strict=True)
    return np.array([[ids[n] in question.intents for n in row] for question, row in rows])


def _threshold(scores: Floats, allowed: float) -> float:
    """Return the lowest score above which no more than so many of these lie."""
    return float(np.sort(scores)[::-1][int(allowed)]) if len(scores) else -np.inf


def _resident_megabytes() -> float:
    """Return the memory this process holds now, as Linux tells it."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("/proc/self/status does not name VmRSS; this benchmark needs Linux.")
