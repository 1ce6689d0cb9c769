"""A learned eye for warning signs in words that no phrase foresaw.

It reads a message sentence by sentence, with the words that are not affirmed marked as such, and
judges each sign by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from intents.learning.classifier import Classifier
from intents.learning.features import Piece, Vector, Vectoriser
from intents.reading.clauses import Span
from intents.reading.context import ASKED, NEGATED, OTHER, OVER, PAST
from intents.reading.reading import Reading
from intents.signs.spans import readable_clauses, spans_of

_SOMEBODY_ELSE: Final = "@other"  # stands beside the concepts of a clause about somebody else
_PREFIXES: Final = {
    marks: next(
        (
            prefix
            for mark, prefix in (
                (NEGATED, "no:"),
                (PAST, "past:"),
                (OVER, "over:"),
                (ASKED, "asked:"),
            )
            if marks & mark
        ),
        "",
    )
    for marks in range(2 * (NEGATED | OVER | PAST | OTHER | ASKED))
}


class Spotted(NamedTuple):
    """The logarithm of a sign's odds by the stretch of a message that says it most."""

    sign: str
    odds: float
    words: Span


class FittedSpotter(NamedTuple):
    """The learned parts of a Spotter."""

    vectoriser: Vectoriser
    classifier: Classifier


class Spotter:
    """Tells of each sign how likely a message affirms it."""

    def __init__(
        self, signs: Sequence[str], vectoriser: Vectoriser, classifier: Classifier
    ) -> None:
        self.signs = tuple(signs)
        self.fitted = FittedSpotter(vectoriser, classifier)
        self._vectoriser = vectoriser
        self._classifier = classifier

    def spot(self, reading: Reading) -> dict[str, Spotted]:
        """Return of each sign, and of `DANGER`, how likely a message tells it."""
        spans = spans_of(reading)
        if not spans:
            return {}
        vectors = [self._vector(reading, span) for span in spans]
        logits = np.array([self._classifier.logits(vector) for vector in vectors])
        most, where = logits.max(axis=0).tolist(), logits.argmax(axis=0).tolist()
        found = zip(self.signs, most, where, strict=True)
        return {sign: Spotted(sign, odds, spans[best]) for sign, odds, best in found}

    def most_telling(self, reading: Reading, sign: str, within: Span) -> Span:
        """Return the clause that tells a sign most, if it does by itself; else all of `within`."""
        clauses = [
            clause
            for clause in readable_clauses(reading)
            if within[0] <= clause[0] and clause[1] <= within[1]
        ]
        place = self.signs.index(sign)
        told = [
            (float(self._classifier.logits(self._vector(reading, clause))[place]), clause)
            for clause in clauses
        ]
        odds, clause = max(told, default=(-1.0, within))
        return clause if odds >= 0 else within

    def _vector(self, reading: Reading, span: Span) -> Vector:
        return self._vectoriser.vector(piece_of(reading, *span))


def piece_of(reading: Reading, start: int, end: int) -> Piece:
    """Return a stretch of a message with what is not affirmed marked; its letters are left out.

    Words about somebody else stand as they are, with a mark beside them: they may be the patient.
    """
    prefixes = [_PREFIXES[mark] for mark in reading.marks[start:end]]
    words = reading.words[start:end]
    concepts = [
        _PREFIXES[reading.marks[mention.start]] + mention.concept
        for mention in reading.within(start, end)
    ]
    if any(mark & OTHER for mark in reading.marks[start:end]):
        concepts.append(_SOMEBODY_ELSE)
    return Piece(
        [prefix + word.stem for prefix, word in zip(prefixes, words, strict=True)],
        concepts,
        [word.token.word for prefix, word in zip(prefixes, words, strict=True) if not prefix],
    )
