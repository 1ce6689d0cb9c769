"""A learned eye for warning signs in words that no phrase foresaw.

It reads a message sentence by sentence, with the words that are not affirmed marked as such, and
judges each sign by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from intents.content.faq import DANGER, Faq
from intents.learning.classifier import Classifier, fit_each
from intents.learning.features import Floats, Piece, Vectoriser
from intents.learning.table import tabulate
from intents.reading.clauses import Span
from intents.reading.context import ASKED, NEGATED, OTHER, OVER, PAST
from intents.reading.reading import Reading
from intents.signs.spans import readable_clauses, spans_of

STRENGTH: Final = 20.0
# How much each kind of message says, beside 1 for a sign's own.
ORDINARY_IMPORTANCE: Final = 3.0  # of a sentence out of a story that tells no sign
NOT_AFFIRMED_IMPORTANCE: Final = 4.0  # of a message that only mentions a sign, beside 1
CLAUSE_IMPORTANCE: Final = 0.5  # a clause of a message that affirms no sign
OUT_OF_SCOPE_IMPORTANCE: Final = 0.3
OTHER_SIGN_IMPORTANCE: Final = 0.03  # a message about one sign says little against the others
NO_EMERGENCY_IMPORTANCE: Final = 0.3  # a message about a lesser sign is no emergency
KEPT: Final = 0.7  # of the features that were learned from
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

    @classmethod
    def fit(
        cls,
        faq: Faq,
        phrases: Sequence[Sequence[Reading]],
        not_affirmed: Sequence[Reading],
        ordinary: Sequence[Reading],
        questions: Sequence[Reading],
        out_of_scope: Sequence[Reading],
        dangers: Sequence[Reading],
    ) -> Spotter:
        """Learn from each sign's phrases against messages that affirm none.

        Dangers that no sign covers are a class of their own, which makes the bot ask.
        """
        signs = [*(sign.id for sign in faq.signs), DANGER]
        known = faq.emergencies
        none = np.zeros(len(signs), np.float32)
        rows: list[
            tuple[Piece, Floats, Floats]
        ] = []  # with what is true of it and how much it says
        for sign, readings in zip(faq.signs, phrases, strict=True):
            true = np.array([other in (sign.id, *sign.implies) for other in signs], np.float32)
            weights = [_importance(sign.id, other, known) for other in signs]
            says = np.where(true > 0, 1, weights).astype(np.float32)
            rows += [(_whole(reading), true, says) for reading in readings]
        true = np.array([other == DANGER for other in signs], np.float32)
        rows += [(_whole(reading), true, true) for reading in dangers]
        for readings, weight in (
            (not_affirmed, NOT_AFFIRMED_IMPORTANCE),
            (ordinary, ORDINARY_IMPORTANCE),
            (questions, 1.0),
            (out_of_scope, OUT_OF_SCOPE_IMPORTANCE),
        ):
            rows += [(_whole(reading), none, none + weight) for reading in readings]
        # Clauses teach as well, but what is rare is counted by whole messages.
        clauses = [
            piece for r in (*not_affirmed, *ordinary, *questions) for piece in _clause_pieces(r)
        ]
        vectoriser, table = tabulate([piece for piece, _, _ in rows], parts=clauses)
        rows += [(piece, none, none + CLAUSE_IMPORTANCE) for piece in clauses]
        classifier = fit_each(
            table,
            np.array([true for _, true, _ in rows]),
            np.array([says for _, _, says in rows]),
            STRENGTH,
        )
        return cls(signs, *_most_telling(vectoriser, classifier))

    def spot(self, reading: Reading) -> dict[str, Spotted]:
        """Return of each sign, and of `DANGER`, how likely a message tells it."""
        spans = spans_of(reading)
        if not spans:
            return {}
        vectors = [self._vectoriser.vector(_piece(reading, *span)) for span in spans]
        logits = np.array([self._classifier.logits(vector) for vector in vectors])
        most, where = logits.max(axis=0).tolist(), logits.argmax(axis=0).tolist()
        found = zip(self.signs, most, where, strict=True)
        return {sign: Spotted(sign, odds, spans[best]) for sign, odds, best in found}


def _most_telling(vectoriser: Vectoriser, classifier: Classifier) -> tuple[Vectoriser, Classifier]:
    """Leave out the features that say least of any sign: they cost memory and change nothing."""
    says = np.abs(classifier.weights).max(axis=1) * vectoriser.weights
    count = round(len(says) * KEPT)
    kept = np.sort(np.argsort(-says, kind="stable")[:count])
    features = [vectoriser.features[n] for n in kept]
    return (
        Vectoriser(features, vectoriser.weights[kept]),
        Classifier(classifier.weights[kept], classifier.biases),
    )


def _importance(sign: str, other: str, known_emergencies: frozenset[str]) -> float:
    """Return what a message about one sign says against another.

    An emergency often brings lesser signs along, which its examples do not tell.
    """
    if other == DANGER:
        return 0.0  # a sign may well be one of them
    if sign in known_emergencies:
        return OTHER_SIGN_IMPORTANCE if other in known_emergencies else 0.0
    return NO_EMERGENCY_IMPORTANCE if other in known_emergencies else OTHER_SIGN_IMPORTANCE


def _piece(reading: Reading, start: int, end: int) -> Piece:
    """Return a stretch of a message with what is not affirmed marked; its letters are left out.

    Words about somebody else stand as they are, with a mark beside them: they may be the patient.
    """
    prefixes = [_PREFIXES[mark] for mark in reading.marks[start:end]]
    words = reading.words[start:end]
    concepts = [
        _PREFIXES[reading.marks[mention.start]] + mention.concept
        for mention in reading.concepts
        if mention.start >= start and mention.end <= end
    ]
    if any(mark & OTHER for mark in reading.marks[start:end]):
        concepts.append(_SOMEBODY_ELSE)
    return Piece(
        [prefix + word.stem for prefix, word in zip(prefixes, words, strict=True)],
        concepts,
        [word.token.word for prefix, word in zip(prefixes, words, strict=True) if not prefix],
    )


def _whole(reading: Reading) -> Piece:
    return _piece(reading, 0, len(reading.words))


def _clause_pieces(reading: Reading) -> list[Piece]:
    """Return the clauses of a message that has several."""
    if len(reading.clauses) < 2:
        return []
    return [_piece(reading, *clause) for clause in readable_clauses(reading)]
