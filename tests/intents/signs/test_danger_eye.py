"""The second eye for dangers: what it learns, and that it only ever adds to what words gave."""

from __future__ import annotations

import numpy as np
import pytest

from intents.learning.features import Floats
from intents.signs.danger_eye import DangerEye

DANGER = np.array([1, 0], np.float32)
CALM = np.array([0, 1], np.float32)


def many(vector: Floats, count: int = 20) -> Floats:
    return np.tile(vector, (count, 1))


@pytest.fixture(name="eye")
def _eye() -> DangerEye:
    return DangerEye.fit(many(DANGER), [(many(CALM), 3.0), (many(CALM), 1.0)])


def test_a_danger_raises_what_words_gave(eye: DangerEye) -> None:
    assert eye.joined(-1.0, [DANGER]) > 1.0


def test_one_part_of_a_message_is_enough(eye: DangerEye) -> None:
    assert eye.joined(-1.0, [CALM, DANGER, CALM]) == eye.joined(-1.0, [DANGER])


@pytest.mark.parametrize("odds", [-9.0, -1.0, 4.0])
def test_what_is_calm_takes_nothing_away(eye: DangerEye, odds: float) -> None:
    assert eye.joined(odds, [CALM]) == odds


def test_without_vectors_words_alone_decide(eye: DangerEye) -> None:
    assert eye.joined(-1.0, []) == -1.0
