"""A second eye for dangers that no sign covers: it judges what a text means as a whole.

There is one only with an encoder. It names nothing; it can only make the bot ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from intents.learning.classifier import Classifier, fit_each
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
        count = len(vectors)
        true = (np.arange(count) < len(dangers)).astype(np.float32)[:, None]
        says = [1.0] * len(dangers) + [weight for some, weight in others for _ in some]
        importance = np.array(says, np.float32)[:, None]
        return cls(fit_each(Table.empty(count), true, importance, STRENGTH, vectors))

    def joined(self, odds: float, meanings: Sequence[Floats]) -> float:
        """Return the log odds of a danger that words alone gave, raised by what a part means."""
        most = max((float(self.fitted.logits(EMPTY, one)[0]) for one in meanings), default=None)
        return odds if most is None else max(odds, odds + most + _RARITY)
