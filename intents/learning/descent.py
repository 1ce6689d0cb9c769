"""Walk down to the minimum of a smooth convex function (L-BFGS: Nocedal & Wright 2006, 7.5).

Our own forty lines, for `scipy.optimize` would cost the running bot 30 MB and a quarter of a
second at start, and because a walk here is a generator: whoever holds several, one a class, looks
at the points that they ask about in one go.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Generator
from typing import Final, NamedTuple

import numpy as np

from intents.learning.features import Floats

MOST_STEPS: Final = 200
_REMEMBERED: Final = 6  # pairs kept: ten saved hardly a step, and they are most of the memory
_ENOUGH: Final = 3e-4  # relative gain of a step below which two in a row are the last
_SHORTEST: Final = 1e-6
_log: Final = logging.getLogger(__name__)

Walk = Generator[Floats, tuple[float, Floats], Floats]


class _Pair(NamedTuple):
    """A step, how the slope turned on it, and their product."""

    step: Floats
    turn: Floats
    product: float


def descend(start: Floats) -> Walk:
    """Yield points, to be sent the value and the slope at each; return a minimum."""
    pairs: deque[_Pair] = deque(maxlen=_REMEMBERED)
    point = start
    value, slope = yield point
    small = 0
    for _ in range(MOST_STEPS):
        direction = -_curved(slope, pairs)
        downhill = float(slope @ direction)
        length = np.float32(1)
        while True:
            reached = point + length * direction
            new_value, new_slope = yield reached
            if new_value <= value + 1e-4 * length * downhill or length < _SHORTEST:
                break
            length *= np.float32(0.4)
        step, turn = reached - point, new_slope - slope
        if (product := float(step @ turn)) > 0:
            pairs.append(_Pair(step, turn, product))
        small = small + 1 if value - new_value < _ENOUGH * abs(value) else 0
        point, value, slope = reached, new_value, new_slope
        if small == 2:
            return point
    _log.warning("A fit was stopped after %d steps, before it came to rest", MOST_STEPS)
    return point


def _curved(slope: Floats, pairs: deque[_Pair]) -> Floats:
    """Multiply a slope by the inverse curvature that the last steps showed."""
    if not pairs:  # the first step has a length of 1
        first: Floats = slope / max(np.sqrt(slope @ slope), np.float32(_SHORTEST))
        return first
    result = slope.copy()
    shares = []
    for step, turn, product in reversed(pairs):
        share = (step @ result) / product
        shares.append(share)
        result -= share * turn
    last = pairs[-1]
    result *= last.product / (last.turn @ last.turn)
    for (step, turn, product), share in zip(pairs, reversed(shares), strict=True):
        result += (share - (turn @ result) / product) * step
    return result
