"""What a message asks: a direct match, a few candidates, or nothing that the content knows.

Two classifiers on the same features: a gate tells whether a message is on the topic at all, and a
softmax tells which intent it has. A message's score for an intent is the product of the two. With
an encoder both also see the vector of the message's meaning, whose length of 1 is its weight
beside the families of features.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from intents.content.faq import Faq, Thresholds
from intents.learning.classifier import Classifier, fit, sigmoid, softmax
from intents.learning.encoder import Encoder
from intents.learning.features import Floats, Piece, Vectoriser
from intents.reading.reading import Reading

INTENT_STRENGTH: Final = 10.0
GATE_STRENGTH: Final = 100.0
# Of words, concepts and letters. In cross-validation the intents gained by more weight on letters
# than `features` gives them by default; the spotter of warning signs lost by it.
FAMILY_WEIGHTS: Final = (1.8, 1.0, 1.5)
MOST_CHOICES: Final = 3
_MOST_REASONS: Final = 4


@dataclass(frozen=True, slots=True)
class Match:
    """The message asks this, clearly enough to answer at once; two when it asks two things."""

    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The message may ask one of these, the likeliest first."""

    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoMatch:
    """The content does not know what the message asks; `closest` is the best guess."""

    closest: tuple[str, ...]


Outcome = Match | Ambiguous | NoMatch


@dataclass(frozen=True, slots=True)
class Scores:
    """How well a message fits each intent, from 0 to 1, in the order of the content."""

    values: Floats
    gate: float
    meaning: Floats | None = None  # the vector of the message as a whole, with an encoder

    def ranked(self) -> list[int]:
        """Return the intents' positions, the best first."""
        return [int(n) for n in np.argsort(-self.values, kind="stable")]

    @property
    def best(self) -> float:
        """Return the highest score."""
        return float(self.values.max())

    @property
    def margin(self) -> float:
        """Return the lead of the best over the second."""
        if len(self.values) < 2:
            return self.best
        second, best = np.partition(self.values, -2)[-2:]
        return float(best - second)


def piece(reading: Reading) -> Piece:
    """Return what the matcher counts of a message."""
    return Piece(
        [word.stem for word in reading.words],
        [mention.concept for mention in reading.concepts],
        [word.token.word for word in reading.words],
    )


class FittedMatcher(NamedTuple):
    """The learned parts of a Matcher."""

    vectoriser: Vectoriser
    intents: Classifier
    gate: Classifier | None


class Matcher:
    """Scores readings against the intents of one content."""

    def __init__(
        self,
        ids: Sequence[str],
        vectoriser: Vectoriser,
        intents: Classifier,
        gate: Classifier | None,
        encoder: Encoder | None = None,
    ) -> None:
        self.ids = tuple(ids)
        self.fitted = FittedMatcher(vectoriser, intents, gate)
        self._vectoriser = vectoriser
        self._intents = intents
        self._gate = gate
        self._encoder = encoder

    @classmethod
    def fit(
        cls,
        faq: Faq,
        examples: Sequence[Sequence[Reading]],
        out_of_scope: Sequence[Reading],
        encoder: Encoder | None = None,
    ) -> Matcher:
        """Learn from each intent's examples, and from messages that are off the topic."""
        labels = [n for n, readings in enumerate(examples) for _ in readings]
        known = [reading for readings in examples for reading in readings]
        pieces = [piece(reading) for reading in (*known, *out_of_scope)]
        vectoriser, vectors = Vectoriser.fit(pieces, FAMILY_WEIGHTS)
        texts = [reading.text for reading in (*known, *out_of_scope)]
        meanings = encoder.encode(texts) if encoder else None
        wanted = np.eye(len(examples), dtype=np.float32)[labels]
        intents = fit(
            vectors[: len(labels)],
            wanted,
            len(vectoriser.features),
            softmax,
            np.ones_like(wanted),
            INTENT_STRENGTH,
            None if meanings is None else meanings[: len(labels)],
        )
        gate = None
        if out_of_scope:
            inside = np.zeros((len(vectors), 1), np.float32)
            inside[: len(labels)] = 1
            gate = fit(
                vectors,
                inside,
                len(vectoriser.features),
                sigmoid,
                np.ones_like(inside),
                GATE_STRENGTH,
                meanings,
            )
        return cls([intent.id for intent in faq.intents], vectoriser, intents, gate, encoder)

    def scores(self, reading: Reading, gate: float = 0.0) -> Scores:
        """Score a message against every intent; its gate counts for at least the one given."""
        vector = self._vectoriser.vector(piece(reading), FAMILY_WEIGHTS)
        if not len(vector.indices):
            return Scores(np.zeros(len(self.ids), np.float32), 0.0)
        meaning = self._meaning(reading)
        inside = float(sigmoid(self._gate.logits(vector, meaning))[0]) if self._gate else 1.0
        inside = max(inside, gate)
        shares = softmax(self._intents.logits(vector, meaning))
        return Scores(shares * np.float32(inside), inside, meaning)

    def decide(self, scores: Scores, thresholds: Thresholds) -> Outcome:
        """Turn scores into an outcome."""
        ranked = scores.ranked()
        top = tuple(self.ids[n] for n in ranked[:MOST_CHOICES])
        if scores.best >= thresholds.match and scores.margin >= thresholds.margin:
            return Match(top[:1])
        if scores.best >= thresholds.offer:
            return Ambiguous(top)
        return NoMatch(top)

    def reasons(self, reading: Reading, intent: str) -> tuple[str, ...]:
        """Return the words and concepts that spoke most for an intent."""
        vector = self._vectoriser.vector(piece(reading), FAMILY_WEIGHTS)
        added = self._intents.contributions(vector, self.ids.index(intent))
        found: list[str] = []
        for place in np.argsort(-added):
            feature = self._vectoriser.features[vector.indices[place]]
            if added[place] <= 0 or len(found) == _MOST_REASONS:
                break
            if feature[0] != "c":
                found.append(feature[1:].strip("^$ ") if feature[0] == "w" else f"<{feature[1:]}>")
        return tuple(dict.fromkeys(found))

    def weighed(self, reading: Reading, scores: Scores, intent: str) -> tuple[float, float] | None:
        """Return what the words and the meaning as a whole add for an intent; None without one."""
        meaning = scores.meaning
        if meaning is None:
            return None
        vector = self._vectoriser.vector(piece(reading), FAMILY_WEIGHTS)
        label = self.ids.index(intent)
        words = self._intents.contributions(vector, label).sum()
        return float(words), float(meaning @ self._intents.weights[-len(meaning) :, label])

    def _meaning(self, reading: Reading) -> Floats | None:
        """Return the vector of a message as a whole; None without an encoder."""
        return self._encoder.encode([reading.mended_text()])[0] if self._encoder else None
