"""A second eye for dangers that no sign covers: it judges what a text means as a whole.

There is one only with an encoder. It names nothing; it can only make the bot ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from intents.learning.classifier import Classifier, Run, fit_each
from intents.learning.features import EMPTY, Floats
from intents.learning.table import Table

STRENGTH: Final = 100.0
# Added to the sum of both eyes' log odds: each counts how rare dangers are, and once is enough.
_RARITY: Final = 2.0


class DangerEye:
    """Tells by the vectors of a message's parts how likely one of them tells a danger."""

    def __init__(self, fitted: Classifier) -> None:
        self.fitted = fitted

    @classmethod
    def fit(cls, dangers: Floats, others: Sequence[tuple[Floats, float]]) -> DangerEye:
        """Learn dangers from texts that tell none, each kind with how much it says."""
        vectors = np.concatenate([dangers, *(some for some, _ in others)])
        weights = [1.0, *(weight for _, weight in others)]
        counts = [len(dangers), *(len(some) for some, _ in others)]
        runs = [
            Run(count, np.full(1, n == 0, np.float32), np.full(1, weight, np.float32))
            for n, (count, weight) in enumerate(zip(counts, weights, strict=True))
        ]
        return cls(fit_each(Table.empty(len(vectors)), runs, STRENGTH, vectors))

    def joined(self, odds: float, meanings: Sequence[Floats]) -> float:
        """Return the log odds of a danger that words alone gave, raised by what a part means."""
        most = max((float(self.fitted.logits(EMPTY, one)[0]) for one in meanings), default=None)
        return odds if most is None else max(odds, odds + most + _RARITY)
