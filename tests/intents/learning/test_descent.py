"""Walks to a minimum: they come to rest, say so where they do not, and are the same each time."""

from __future__ import annotations

import logging

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from intents.learning import descent
from intents.learning.classifier import Run, fit_each, fit_one
from intents.learning.descent import descend
from intents.learning.features import Floats
from intents.learning.table import Table

SCALES = np.array([1, 10, 100], np.float32)
LEAST = np.array([3, -2, 1], np.float32)


def walked() -> Floats:
    """Walk down a bowl that is steeper one way than another, from its rim."""
    walk = descend(np.zeros(3, np.float32))
    point = next(walk)
    while True:
        off = point - LEAST
        try:
            point = walk.send((1 + float(SCALES @ off**2), 2 * SCALES * off))
        except StopIteration as end:
            found: Floats = end.value
            return found


def test_it_comes_to_the_minimum(caplog: pytest.LogCaptureFixture) -> None:
    assert walked() == pytest.approx(LEAST, abs=0.05)
    assert not caplog.records


def test_a_walk_that_is_cut_short_is_logged(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(descent, "MOST_STEPS", 2)
    with caplog.at_level(logging.WARNING):
        walked()
    assert "stopped after 2 steps" in caplog.text


def test_the_same_texts_end_in_the_same_weights() -> None:
    random = np.random.default_rng(0)
    texts = random.random((60, 8), np.float32)
    table = Table(csr_matrix(texts), csr_matrix((0, 8), dtype=np.float32))
    true = (texts[:, :1] > np.linspace(0.2, 0.8, 16)).astype(np.float32)
    runs = [Run(1, one, np.ones_like(one)) for one in true]
    first = fit_each(table, runs, 10.0)
    again = fit_each(table, runs, 10.0)
    assert again.weights.tolist() == first.weights.tolist()
    assert again.biases.tolist() == first.biases.tolist()


def test_what_nobody_knows_teaches_nothing() -> None:
    table = Table(csr_matrix(np.eye(4, dtype=np.float32)), csr_matrix((0, 4), dtype=np.float32))
    yes, no = np.ones(1, np.float32), np.zeros(1, np.float32)
    runs = [Run(1, yes, yes), Run(1, no, yes), Run(1, yes, no), Run(1, no, no)]
    weights = fit_each(table, runs, 100.0).weights[:, 0]
    assert weights[0] > 0.5
    assert weights[1] < -0.5
    assert weights[2] == weights[3] == 0


def test_one_of_several_is_told_apart() -> None:
    table = Table(csr_matrix(np.eye(3, dtype=np.float32)), csr_matrix((0, 3), dtype=np.float32))
    found = fit_one(table, np.eye(3, dtype=np.float32), np.ones(3, np.float32), 100.0)
    assert found.weights.argmax(axis=1).tolist() == [0, 1, 2]
