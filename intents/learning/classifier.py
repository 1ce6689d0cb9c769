"""Logistic regression on sparse vectors, for one of several classes or for each by itself.

A dense block may stand beside the sparse features; its weights follow theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from intents.learning.descent import descend
from intents.learning.features import Floats, Vector
from intents.learning.table import Table

_AT_ONCE: Final = 2  # threads: each holds the walks of its classes in memory
_TOGETHER: Final = 7  # classes that look at their points in one go; more at once cost memory
_BLOCK: Final = 4096  # texts whose scores stay in the processor's cache

Halves = NDArray[np.float16]
# Takes scores, targets and importance; returns each class's loss, and leaves its slope by the
# scores in their place.
Loss = Callable[[Floats, Floats, Floats], Floats]


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


def fit_one(
    table: Table, targets: Floats, importance: Floats, strength: float, dense: Floats | None = None
) -> Classifier:
    """Fit a classifier that shares a text out among its classes, as `softmax` reads it.

    A row's `targets`, of the shape (texts, classes), sum to 1; `importance` has a number a text.
    `strength` is the inverse of the L2 penalty, per text. `dense` has a row a text.
    """
    problem = _Problem(table, targets, importance[:, None], strength, dense)
    return _classifier([problem.minimum(np.arange(targets.shape[1])[None], _shared_loss)])


def fit_each(
    table: Table, targets: Floats, importance: Floats, strength: float, dense: Floats | None = None
) -> Classifier:
    """Fit a classifier that judges each class by itself, as `sigmoid` reads it.

    Like `fit_one`, but that `targets` are 0 or 1 and that `importance` has the shape of theirs;
    0 says that nobody knows.
    """
    problem = _Problem(table, targets, importance, strength, dense)
    classes = np.arange(targets.shape[1])[:, None]
    groups = np.array_split(classes, -(-len(classes) // _TOGETHER))
    # NumPy and SciPy let go of the interpreter while they calculate.
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        return _classifier(list(threads.map(lambda some: problem.minimum(some, _loss), groups)))


def _classifier(parts: Sequence[Floats]) -> Classifier:
    weights = np.concatenate(parts).T
    return Classifier(weights[:-1].astype(np.float16, order="C"), weights[-1].copy())


class _Problem:
    """What a classifier is fitted to."""

    def __init__(
        self,
        table: Table,
        targets: Floats,
        importance: Floats,
        strength: float,
        dense: Floats | None,
    ) -> None:
        self._table = table
        self._targets = targets
        self._importance = importance
        self._penalty = np.float32(1 / (strength * len(targets)))
        self._dense = dense

    def minimum(self, runs: NDArray[np.intp], loss: Loss) -> Floats:
        """Return the weights and the bias, a row a class, for which the loss is least.

        `runs` has a row for each walk, which names the classes that go together on it.
        """
        walks = {n: descend(self._start(run)) for n, run in enumerate(runs)}
        points = {n: next(walk) for n, walk in walks.items()}
        found = {}
        walking: list[int] = []
        while walks:
            if len(walking) != len(walks):
                walking = list(walks)
                classes = runs[walking].ravel()
                targets = np.ascontiguousarray(self._targets[:, classes])
                shared = self._importance.shape[1] == 1
                importance = self._importance[:, [0] if shared else classes]
                importance = importance / np.float32(len(importance))
            asked = np.concatenate([points[n] for n in walking]).reshape(len(classes), -1)
            values, slopes = self._at(asked, targets, importance, loss)
            told = zip(
                walking,
                values.reshape(len(walking), -1).sum(axis=1),
                slopes.reshape(len(walking), -1),
                strict=True,
            )
            for n, value, slope in told:
                try:
                    points[n] = walks[n].send((float(value), slope))
                except StopIteration as end:
                    found[n] = end.value.reshape(runs.shape[1], -1)
                    del walks[n]
        return np.concatenate([found[n] for n in sorted(found)])

    def _start(self, classes: NDArray[np.intp]) -> Floats:
        """Return weights of nothing, and as a bias how often a class is true."""
        width = self._table.features + (0 if self._dense is None else self._dense.shape[1])
        start = np.zeros((len(classes), width + 1), np.float32)
        importance = self._importance[:, classes % self._importance.shape[1]]
        true = (importance * self._targets[:, classes]).sum(axis=0)
        share = np.clip(true / importance.sum(axis=0), 1e-6, 1 - 1e-6)
        start[:, -1] = np.log(share) if len(classes) > 1 else np.log(share / (1 - share))
        return start.ravel()

    def _at(
        self, weights: Floats, targets: Floats, importance: Floats, loss: Loss
    ) -> tuple[NDArray[np.float64], Floats]:
        """Return the loss of each class, and its slopes, at weights with a row a class."""
        features = self._table.features
        by_feature = np.ascontiguousarray(weights.T)
        scores = self._table.scores(by_feature[:features])
        scores += by_feature[-1]
        if self._dense is not None:
            scores += self._dense @ by_feature[features:-1]
        squares = np.einsum("ij,ij->i", weights[:, :-1], weights[:, :-1], dtype=np.float64)
        values = 0.5 * self._penalty * squares
        for at in range(0, len(scores), _BLOCK):
            block = slice(at, at + _BLOCK)
            values += loss(scores[block], targets[block], importance[block])
        slopes = np.empty_like(weights)
        slopes[:, :features] = self._table.sums(scores).T
        if self._dense is not None:
            slopes[:, features:-1] = scores.T @ self._dense
        slopes[:, :-1] += self._penalty * weights[:, :-1]
        slopes[:, -1] = scores.sum(axis=0)
        return values, slopes


def _shared_loss(scores: Floats, targets: Floats, importance: Floats) -> Floats:
    """The loss of classes among which each text is shared out."""
    scores -= scores.max(axis=1, keepdims=True)
    found = -targets * scores
    np.exp(scores, out=scores)
    total = scores.sum(axis=1, keepdims=True)
    found += targets * np.log(total)
    scores /= total
    scores -= targets
    scores *= importance
    losses: Floats = (found * importance).sum(axis=0)
    return losses


def _loss(scores: Floats, targets: Floats, importance: Floats) -> Floats:
    """The loss of classes that are judged each by itself, with one exponential and one logarithm.

    The exponential is that of a number below 0, so that none is too large.
    """
    small = np.exp(-np.abs(scores))
    found = np.maximum(scores, 0) - targets * scores + np.log(1 + small)
    shares = np.where(scores > 0, 1, small) / (1 + small)
    np.multiply(shares - targets, importance, out=scores)
    losses: Floats = (found * importance).sum(axis=0)
    return losses
