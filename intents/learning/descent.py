"""Walk down to the minimum of a smooth convex function (L-BFGS: Nocedal & Wright 2006, 7.5).

Our own, for `scipy.optimize` would cost the running bot 30 MB and a quarter of a second at start,
and because a walk here is a generator: whoever holds several, one a class, looks at the points
that they ask about in one go.
"""

from __future__ import annotations

import logging
from collections.abc import Generator
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from intents.learning.features import Floats

MOST_STEPS: Final = 200
REMEMBERED: Final = 5  # steps kept: ten saved hardly a step, and they are most of the memory
ENOUGH: Final = 1.5e-4  # relative gain of a step below which two in a row are the last
_SHORTEST: Final = 1e-6
_log: Final = logging.getLogger(__name__)

Walk = Generator[Floats, tuple[float, Floats], Floats]


def descend(start: Floats, enough: float = ENOUGH, remembered: int = REMEMBERED) -> Walk:
    """Yield points, to be sent the value and the slope at each; return a minimum."""
    memory = _Memory(len(start), remembered)
    point = start
    value, slope = yield point
    small = 0
    for _ in range(MOST_STEPS):
        direction = memory.direction(slope)
        downhill = _dot(slope, direction)
        length = np.float32(1)
        while True:
            reached = point + length * direction
            new_value, new_slope = yield reached
            if new_value <= value + 1e-4 * length * downhill or length < _SHORTEST:
                break
            # To where a parabola through what is known is lowest, but not too near to either end.
            bend = new_value - value - length * downhill
            lowest = -downhill * length / (2 * bend) if bend < np.inf else 0.0
            length *= np.float32(min(max(lowest, 0.1), 0.5))
        del direction
        memory.add((point, reached), (slope, new_slope))
        small = small + 1 if value - new_value < enough * abs(value) else 0
        point, value, slope = reached, new_value, new_slope
        if small == 2:
            return point
    _log.warning("A fit was stopped after %d steps, before it came to rest", MOST_STEPS)
    return point


class _Memory:
    """The last steps and how the slope turned on each: what they show of the curvature.

    Their products with each other are kept, so that a direction reads them all but twice.
    """

    def __init__(self, width: int, most: int) -> None:
        self._most = most
        self._kept = np.zeros((2 * most, width), np.float32)  # the steps, then the turns
        self._products: NDArray[np.float64] = np.zeros((2 * most, 2 * most))
        self._order: list[int] = []  # places of the steps, the oldest first

    def add(self, points: tuple[Floats, Floats], slopes: tuple[Floats, Floats]) -> None:
        """Keep a step in the place of the oldest, by the points and slopes before and after it.

        None on which the slope went wrong is kept.
        """
        unused = {*range(self._most)} - {*self._order}
        place = min(unused) if unused else self._order.pop(0)
        for at, (before, after) in ((place, points), (place + self._most, slopes)):
            np.subtract(after, before, out=self._kept[at])
            self._products[at] = self._products[:, at] = self._with_kept(self._kept[at])
        if self._products[place, place + self._most] > 0:
            self._order.append(place)

    def direction(self, slope: Floats) -> Floats:
        """Return the way down: the slope times the inverse curvature that the steps showed."""
        if not self._order:  # the first step has a length of 1
            first: Floats = slope / np.float32(-max(sqrt(_dot(slope, slope)), _SHORTEST))
            return first
        products = self._products
        by_kept = self._with_kept(slope)
        shares = np.zeros(2 * self._most)  # of each that is kept, in the direction
        steps = {}
        for step in reversed(self._order):
            turn = step + self._most
            steps[step] = (by_kept[step] + shares @ products[:, step]) / products[step, turn]
            shares[turn] -= steps[step]
        last = self._order[-1]
        turn = last + self._most
        scale = products[last, turn] / products[turn, turn]
        shares *= scale
        for step in self._order:
            turn = step + self._most
            gone = scale * by_kept[turn] + shares @ products[:, turn]
            shares[step] += steps[step] - gone / products[step, turn]
        found: Floats = np.einsum("i,ij->j", (-shares).astype(np.float32), self._kept)
        found -= np.float32(scale) * slope
        return found

    def _with_kept(self, vector: Floats) -> Floats:
        """Return the product of a vector with each that is kept."""
        found: Floats = np.einsum("ij,j->i", self._kept, vector)
        return found


# By `einsum`, for `@` would have threads of its own, which are in each other's way and sum up in
# another order on another machine.
def _dot(left: Floats, right: Floats) -> float:
    return float(np.einsum("i,i->", left, right))
