"""Logistic regression on sparse vectors, for one of several classes or for each by itself.

A dense block may stand beside the sparse features; its weights follow theirs.

The minimiser is our own forty lines: `scipy.optimize` would cost the running bot 30 MB and a
quarter of a second at start. Scipy's sparse matrices are imported for the fit alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from intents.learning.features import Floats, Vector

MOST_STEPS: Final = 120
_REMEMBERED: Final = 10  # pairs that L-BFGS keeps
_ENOUGH: Final = 1e-4  # relative gain of a step below which it stops
_TINY: Final = np.float32(1e-12)  # keeps logarithms finite

Halves = NDArray[np.float16]
Objective = Callable[[Floats], tuple[float, Floats]]


@dataclass(frozen=True, slots=True)
class Classifier:
    """Fitted weights, shape (features + width of the dense block, classes), and biases.

    Weights are kept in half precision: they are most of what the running bot holds in memory.
    """

    weights: Halves
    biases: Floats

    def logits(self, vector: Vector, dense: Floats | None = None) -> Floats:
        """Return one unbounded score a class; `dense` is there when it was there in the fit."""
        scores: Floats = vector.values @ self.weights[vector.indices].astype(np.float32)
        scores += self.biases
        if dense is not None:
            scores += dense @ self.weights[-len(dense) :].astype(np.float32)
        return scores

    def contributions(self, vector: Vector, label: int) -> Floats:
        """Return what each feature of a vector adds to one class's score."""
        added: Floats = vector.values * self.weights[vector.indices, label]
        return added


def softmax(logits: Floats) -> Floats:
    """Turn scores into probabilities that sum to 1 along the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return shares


def sigmoid(logits: Floats) -> Floats:
    """Turn scores into probabilities, each by itself."""
    shares: Floats = np.reciprocal(1 + np.exp(-np.clip(logits, -30, 30)))
    return shares


def fit(
    vectors: Sequence[Vector],
    targets: Floats,
    features: int,
    link: Callable[[Floats], Floats],
    importance: Floats,
    strength: float,
    dense: Floats | None = None,
) -> Classifier:
    """Fit a classifier.

    `targets` and `importance` have the shape (texts, classes). With `softmax` a row's targets sum
    to 1 and its importance is the same in every column; with `sigmoid` an importance of 0 says
    that nobody knows. `strength` is the inverse of the L2 penalty, per text. `dense` has a row a
    text.
    """
    from scipy.sparse import csr_matrix

    count, classes = targets.shape
    starts = np.cumsum([0] + [len(v.indices) for v in vectors])
    matrix = csr_matrix(
        (
            np.concatenate([v.values for v in vectors]),
            np.concatenate([v.indices for v in vectors]),
            starts,
        ),
        shape=(count, features),
    )
    transposed = matrix.T.tocsr()
    importance = (importance / count).astype(np.float32)
    penalty = np.float32(1 / (strength * count))
    weights = features + (0 if dense is None else dense.shape[1])

    def loss(flat: Floats) -> tuple[float, Floats]:
        w = flat.reshape(weights + 1, classes)
        logits = np.asarray(matrix @ w[:features] + w[-1])
        if dense is not None:
            logits += dense @ w[features:-1]
        shares = link(logits)
        likelihood = targets * np.log(np.maximum(shares, _TINY))
        if link is sigmoid:
            likelihood += (1 - targets) * np.log(np.maximum(1 - shares, _TINY))
        value = -float(np.vdot(importance, likelihood))
        value += 0.5 * float(penalty * np.vdot(w[:-1], w[:-1]))
        shares -= targets
        shares *= importance
        slope = np.empty_like(w)
        slope[:features] = transposed @ shares
        if dense is not None:
            slope[features:-1] = dense.T @ shares
        slope[:-1] += penalty * w[:-1]
        slope[-1] = shares.sum(axis=0)
        return value, slope.ravel()

    found = minimise(loss, np.zeros((weights + 1) * classes, np.float32))
    found = found.reshape(weights + 1, classes)
    return Classifier(found[:-1].astype(np.float16), found[-1].copy())


def minimise(objective: Objective, start: Floats) -> Floats:
    """Return a minimum of a smooth convex function (L-BFGS: Nocedal & Wright 2006, 7.5)."""
    point, (value, slope) = start, objective(start)
    steps: list[Floats] = []
    turns: list[Floats] = []
    for _ in range(MOST_STEPS):
        direction = -_curved(slope, steps, turns)
        downhill = float(slope @ direction)
        length = np.float32(1)
        while True:
            reached = point + length * direction
            new_value, new_slope = objective(reached)
            if new_value <= value + 1e-4 * length * downhill or length < 1e-6:
                break
            length *= np.float32(0.4)
        step, turn = reached - point, new_slope - slope
        if step @ turn > 1e-10:
            steps, turns = [*steps, step][-_REMEMBERED:], [*turns, turn][-_REMEMBERED:]
        gain = value - new_value
        point, value, slope = reached, new_value, new_slope
        if gain < _ENOUGH * abs(value):
            break
    return point


def _curved(slope: Floats, steps: list[Floats], turns: list[Floats]) -> Floats:
    """Multiply a slope by the inverse curvature that the last steps showed."""
    result = slope.copy()
    shares = []
    for step, turn in zip(reversed(steps), reversed(turns), strict=True):
        share = (step @ result) / (turn @ step)
        shares.append(share)
        result -= share * turn
    if steps:
        result *= (steps[-1] @ turns[-1]) / (turns[-1] @ turns[-1])
    for step, turn, share in zip(steps, turns, reversed(shares), strict=True):
        result += (share - (turn @ result) / (turn @ step)) * step
    return result
