"""Logistic regression on sparse vectors, for one of several classes or for each by itself.

A dense block may stand beside the sparse features; its weights follow theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from intents.learning.descent import ENOUGH, descend
from intents.learning.features import Floats, Vector
from intents.learning.lists import Sparse
from intents.learning.table import Table

_HALVES: Final = 2  # of the texts, a thread each
_TOGETHER: Final = 12  # classes that look at their points in one go; more at once cost memory
_BLOCK: Final = 1024  # texts whose scores stay in the processor's cache
_REMEMBERED_OF_ALL: Final = 3  # steps of a walk of all classes together, each of which is large
_HIGHEST: Final = 80  # of a score whose exponential is taken

Halves = NDArray[np.float16]
Doubles = NDArray[np.float64]
# Takes the scores of some rows; returns each class's loss, and leaves its slope by the scores in
# their place.
Loss = Callable[[Floats, slice], Floats | Doubles]


class Run(NamedTuple):
    """Texts that follow one another and are of one kind: what each says of every class.

    `true` is 0 or 1 and `says` how much the text says of that; 0 says that nobody knows.
    """

    texts: int
    true: Floats
    says: Floats


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
    importance = importance[:, None] / np.float32(len(targets))
    often = (importance * targets).sum(axis=0) / importance.sum()

    def loss(scores: Floats, rows: slice) -> Floats:
        return _shared_loss(scores, targets[rows], importance[rows])

    with ThreadPoolExecutor(_HALVES) as threads:
        problem = _Problem(table, len(targets), strength, dense, threads)
        # The classes side by side, a row a feature: so they are multiplied.
        start = problem.start(np.log(np.clip(often, 1e-6, 1)).astype(np.float32)).T
        walk = descend(start.ravel(), remembered=_REMEMBERED_OF_ALL)
        point = next(walk)
        while True:
            values, slopes = problem.at(point.reshape(start.shape), loss)
            try:
                point = walk.send((float(values.sum()), slopes.ravel()))
            except StopIteration as end:
                return _classifier([end.value.reshape(start.shape).T])


def fit_each(
    table: Table,
    runs: Sequence[Run],
    strength: float,
    dense: Floats | None = None,
    enough: float = ENOUGH,
) -> Classifier:
    """Fit a classifier that judges each class by itself, as `sigmoid` reads it.

    Like `fit_one`, but that the texts come in runs of one kind each. `enough` is when the walks
    end.
    """
    classes = np.arange(len(runs[0].true))
    groups = np.array_split(classes, -(-len(classes) // _TOGETHER))
    with ThreadPoolExecutor(_HALVES) as threads:
        problem = _Problem(table, sum(run.texts for run in runs), strength, dense, threads)
        return _classifier([problem.minima(runs, some, enough) for some in groups])


def _classifier(parts: Sequence[Floats]) -> Classifier:
    weights = np.concatenate(parts).T
    return Classifier(weights[:-1].astype(np.float16, order="C"), weights[-1].copy())


class _Problem:
    """What a classifier is fitted to, in two halves of the texts: NumPy and SciPy let go of the
    interpreter while they calculate. It is halves on any machine, for the sums to be the same.
    """

    def __init__(
        self,
        table: Table,
        count: int,
        strength: float,
        dense: Floats | None,
        threads: ThreadPoolExecutor,
    ) -> None:
        self._table = table
        self._halves = table.halves()
        self._penalty = np.float32(1 / (strength * count))
        self._dense = dense
        self._threads = threads

    def start(self, biases: Floats) -> Floats:
        """Return weights of nothing beside biases, a row a class."""
        width = self._table.features + (0 if self._dense is None else self._dense.shape[1])
        start = np.zeros((len(biases), width + 1), np.float32)
        start[:, -1] = biases
        return start

    def minima(self, runs: Sequence[Run], classes: NDArray[np.intp], enough: float) -> Floats:
        """Return weights and bias of some classes, a row each, for which the loss is least."""
        count = np.float32(sum(run.texts for run in runs))
        runs = [Run(one.texts, one.true[classes], one.says[classes] / count) for one in runs]
        said = sum(one.texts * one.says for one in runs)
        true = sum(one.texts * one.says * one.true for one in runs)
        often = np.clip(true / said, 1e-6, 1 - 1e-6)
        walks = [descend(start, enough) for start in self.start(np.log(often / (1 - often)))]
        points = [next(walk) for walk in walks]
        found: dict[int, Floats] = {}

        def step(n: int, value: float, slope: Floats) -> None:
            try:
                points[n] = walks[n].send((float(value), slope))
            except StopIteration as end:
                found[n] = end.value

        while walking := [n for n in range(len(walks)) if n not in found]:
            here = [Run(one.texts, one.true[walking], one.says[walking]) for one in runs]
            asked = np.stack([points[n] for n in walking])
            values, slopes = self.at(np.ascontiguousarray(asked.T), partial(_each_loss, here))
            told = np.ascontiguousarray(slopes.T)
            list(self._threads.map(step, walking, values, told))
        return np.stack([found[n] for n in range(len(walks))])

    def at(self, weights: Floats, loss: Loss) -> tuple[Doubles, Floats]:
        """Return the loss of each class, and its slopes, at weights with a column a class."""
        features = self._table.features
        with_words = self._table.with_words(weights[:features])

        def of_half(half: tuple[slice, Sparse]) -> tuple[Doubles, Floats, Floats]:
            rows, texts = half
            scores = texts @ with_words
            scores += weights[-1]
            dense = None if self._dense is None else self._dense[rows]
            if dense is not None:
                scores += dense @ weights[features:-1]
            values = loss(scores, rows).astype(
                np.float64
            )  # leaves slopes by the scores in their place
            others = scores.sum(axis=0)[None]
            if dense is not None:
                others = np.concatenate([dense.T @ scores, others])
            return values, texts.T @ scores, others

        (values, sums, others), more = self._threads.map(of_half, self._halves)
        values += more[0]
        sums += more[1]
        others += more[2]
        del more
        slopes = self._penalty * weights
        slopes[-1] = 0
        slopes[:features] += self._table.without_words(sums)
        slopes[features:] += others
        squares = np.einsum("ij,ij->j", weights[:-1], weights[:-1], dtype=np.float64)
        return values + 0.5 * self._penalty * squares, slopes


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


def _each_loss(runs: Sequence[Run], scores: Floats, rows: slice) -> Doubles:
    """The loss of classes that are judged each by itself, in some rows of the texts.

    A text has the share e^score / (1 + e^score) and the loss log(1 + e^score), of which the score
    itself is taken off where the class is true.
    """
    losses: Doubles = np.zeros(scores.shape[1])
    end = -rows.start
    for count, true, says in runs:
        start, end = end, end + count
        for at in range(max(start, 0), min(end, len(scores)), _BLOCK):
            block = scores[at : min(at + _BLOCK, end)]
            np.minimum(block, np.float32(_HIGHEST), out=block)
            losses -= says * true * block.sum(axis=0)
            raised = np.exp(block)
            raised += 1
            np.divide(says, raised, out=block)
            np.subtract(says * (1 - true), block, out=block)
            losses += says * np.log(raised, out=raised).sum(axis=0)
    return losses
