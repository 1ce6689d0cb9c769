"""Choose when to answer at once, ask back or refuse: as often as the aims allow.

The content's own examples go wrong more often than real messages. They are written to teach where
topics border on each other, and carry one topic where several fit. So the aims, which are about
real messages, allow so many times more errors on examples. The thresholds of warning signs are
left alone: those examples are harder still, and a missed sign costs more than a rule can weigh.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from intents.content.faq import Thresholds
from intents.evaluation.crossvalidation import STRANGER, Scored
from intents.evaluation.figures import Share
from intents.matcher import MOST_CHOICES

_STEPS: Final = tuple(n / 100 for n in range(5, 96))  # of match and offer
_MARGINS: Final = tuple(n / 100 for n in range(0, 41, 5))

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Aims:
    """The most errors on real messages, as shares, and how much harder the examples are."""

    wrong: float = 0.04  # of the messages answered at once
    strangers: float = 0.04  # answered at once, of those out of scope
    missed: float = 0.05  # none of the three is right, of those asked back
    refused: float = 0.02  # of those that the content knows
    harder: float = 2.5


class Reached(NamedTuple):
    """What the thresholds come to, and the most or the least it should be."""

    title: str
    share: Share
    least: float = 0.0
    most: float = 1.0

    @property
    def is_reached(self) -> bool:
        """Tell whether the aim is reached."""
        return self.least <= self.share.value <= self.most


@dataclass(frozen=True, slots=True)
class Calibration:
    """Thresholds, and what they reach on messages that they were not fitted to."""

    thresholds: Thresholds
    reached: tuple[Reached, ...]


def calibrate(before: Thresholds, scored: Sequence[Scored], aims: Aims) -> Calibration:
    """Choose thresholds by the messages of a cross-validation."""
    messages = _Messages(scored, aims)
    match, margin = messages.direct()
    after = replace(before, match=match, margin=margin, offer=min(match, messages.offer()))
    return Calibration(after, messages.reached(after))


class _Messages:
    """The messages of a cross-validation as columns, and the errors allowed on them."""

    def __init__(self, scored: Sequence[Scored], aims: Aims) -> None:
        self.best = np.array([one.best for one in scored])
        self.margin = np.array([one.margin for one in scored])
        place = np.array([one.place for one in scored], dtype=int)
        self.known: Flags = place != STRANGER
        self.right: Flags = place == 0
        self.among: Flags = self.known & (place < MOST_CHOICES)
        self.wrong, self.strangers, self.missed, self.refused = (
            min(1.0, share * aims.harder)
            for share in (aims.wrong, aims.strangers, aims.missed, aims.refused)
        )

    def direct(self) -> tuple[float, float]:
        """Return the match and margin that answer most; if no pair meets the aims, the surest."""
        most, surest = (-1, 1.0, 1.0), (-1.0, 1.0, 1.0)
        for margin in _MARGINS:
            for match in _STEPS:
                direct = (self.best >= match) & (self.margin >= margin)
                right = _share(self.right, direct & self.known)
                strangers = _share(direct, ~self.known)
                if (
                    right.of
                    and 1 - right.value <= self.wrong
                    and strangers.value <= self.strangers
                ):
                    most = max(most, (right.count, match, margin))
                surest = max(surest, (right.value - strangers.value, match, margin))
        return most[1:] if most[0] >= 0 else surest[1:]

    def offer(self) -> float:
        """Return the highest threshold that refuses few enough of what the content knows."""
        steps = (x for x in reversed(_STEPS) if self._refused(x).value <= self.refused)
        return next(steps, _STEPS[0])

    def _refused(self, offer: float) -> Share:
        return _share(self.best < offer, self.known)

    def reached(self, chosen: Thresholds) -> tuple[Reached, ...]:
        """Return what thresholds come to."""
        direct = (self.best >= chosen.match) & (self.margin >= chosen.margin)
        offered = ~direct & (self.best >= chosen.offer)
        resolved = (direct & self.right) | (offered & self.among)
        return (
            Reached("answered right, at once", _share(direct & self.right, self.known)),
            Reached("right, or among the three offered", _share(resolved, self.known)),
            Reached(
                "right, of those answered at once",
                _share(self.right, direct & self.known),
                least=1 - self.wrong,
            ),
            Reached(
                "among the three, of those asked back",
                _share(self.among, offered & self.known),
                least=1 - self.missed,
            ),
            Reached("refused", self._refused(chosen.offer), most=self.refused),
            Reached(
                "out of scope, yet answered", _share(direct, ~self.known), most=self.strangers
            ),
            Reached("out of scope, asked back", _share(offered, ~self.known)),
        )


def _share(verdicts: Flags, among: Flags) -> Share:
    return Share(int((verdicts & among).sum()), int(among.sum()))
