"""What signs are learned from: the phrases of each against messages that affirm none."""

from __future__ import annotations

from array import array
from typing import Final, NamedTuple

import numpy as np

from intents.content.faq import DANGER, Faq
from intents.learning.classifier import Classifier, Run, fit_each
from intents.learning.features import Floats, Vectoriser
from intents.learning.table import Tally
from intents.signs.spotter import FittedSpotter

STRENGTH: Final = 20.0
# How much each kind of message says, beside 1 for a sign's own and for a question.
ORDINARY_IMPORTANCE: Final = 3.0  # of a sentence out of a story that tells no sign
NOT_AFFIRMED_IMPORTANCE: Final = 4.0  # of a message that only mentions a sign, beside 1
CLAUSE_IMPORTANCE: Final = 0.5  # a clause of a message that affirms no sign
OUT_OF_SCOPE_IMPORTANCE: Final = 0.3
OTHER_SIGN_IMPORTANCE: Final = 0.03  # a message about one sign says little against the others
NO_EMERGENCY_IMPORTANCE: Final = 0.3  # a message about a lesser sign is no emergency
CRISIS_IMPORTANCE: Final = 2.0  # of a message that tells a crisis: none must be passed over
KEPT: Final = 0.7  # of the features that were learned from
_RAREST_PAIR: Final = 4  # texts in which a pair must stand; rarer ones are many and tell nothing
# Of the gain of a step, below which a walk ends. A third of it takes twice as many steps and tells
# texts that were held out no better.
_ENOUGH: Final = 1e-3


class Kind(NamedTuple):
    """Of each sign, whether a kind of message affirms it, and how much the message says of it."""

    true: Floats
    says: Floats


class SignLessons:
    """Takes messages kind by kind, and learns from them all.

    Dangers that no sign covers are a class of their own, which makes the bot ask.
    """

    def __init__(self, faq: Faq) -> None:
        self._faq = faq
        self._signs = [*(sign.id for sign in faq.signs), DANGER]
        self._tally = Tally()
        self._kinds: list[Kind] = []
        self._kinds_of = array("i")  # of each piece in the tally, by number

    def affirming(self, sign: str) -> int:
        """Return the kind of messages that affirm a sign, or tell of a `DANGER`."""
        implied = next((one.implies for one in self._faq.signs if one.id == sign), ())
        true = np.array([other in (sign, *implied) for other in self._signs], np.float32)
        says = [self._importance(sign, other) for other in self._signs]
        counts = CRISIS_IMPORTANCE if sign in self._faq.crises else 1.0
        return self._kind(true, np.where(true > 0, counts, says).astype(np.float32))

    def affirming_none(self, importance: float = 1.0) -> int:
        """Return a kind of messages that affirm no sign."""
        none = np.zeros(len(self._signs), np.float32)
        return self._kind(none, none + np.float32(importance))

    def add(self, pieces: Tally, kind: int, clauses: int) -> None:
        """Take messages of a kind, and what clauses of theirs are among the pieces."""
        self._tally.extend(pieces)
        self._kinds_of.extend(kind if whole else clauses for whole in pieces.whole)

    def learn(self) -> FittedSpotter:
        """Learn from all that was taken; once."""
        vectoriser, table = self._tally.table(rarest_pair=_RAREST_PAIR)
        self._tally = Tally()  # the fit needs the room
        kinds = np.asarray(self._kinds_of, np.intp)
        table = table.ordered(np.argsort(kinds, kind="stable"))  # the other is let go
        counts = np.bincount(kinds, minlength=len(self._kinds)).tolist()
        runs = [Run(count, *kind) for count, kind in zip(counts, self._kinds, strict=True)]
        return _most_telling(vectoriser, fit_each(table, runs, STRENGTH, enough=_ENOUGH))

    def _kind(self, true: Floats, says: Floats) -> int:
        self._kinds.append(Kind(true, says))
        return len(self._kinds) - 1

    def _importance(self, sign: str, other: str) -> float:
        """Return what a message about one sign says against another.

        An emergency often brings lesser signs along, which its examples do not tell. A crisis is
        told by itself: nobody who writes of a numb foot means it.
        """
        if DANGER in (sign, other):
            return 0.0  # a sign may well be one of them
        known = self._faq.emergencies
        if other in self._faq.crises:
            return NO_EMERGENCY_IMPORTANCE if sign in known else 1.0
        if sign in known:
            return OTHER_SIGN_IMPORTANCE if other in known else 0.0
        return NO_EMERGENCY_IMPORTANCE if other in known else OTHER_SIGN_IMPORTANCE


def _most_telling(vectoriser: Vectoriser, classifier: Classifier) -> FittedSpotter:
    """Leave out the features that say least of any sign: they cost memory and change nothing."""
    says = np.abs(classifier.weights).max(axis=1) * vectoriser.weights
    count = round(len(says) * KEPT)
    kept = np.sort(np.argsort(-says, kind="stable")[:count])
    features = [vectoriser.features[n] for n in kept]
    return FittedSpotter(
        Vectoriser(features, vectoriser.weights[kept]),
        Classifier(classifier.weights[kept], classifier.biases),
    )
