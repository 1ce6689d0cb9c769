"""What a message asks: a direct match, a few candidates, or nothing that the content knows.

Two classifiers on the same features: a gate tells whether a text is on the topic at all, and a
softmax tells which intent it has. A text's score for an intent is the product of the two. With an
encoder both also see the vector of the text's meaning, whose length of 1 is its weight beside the
families of features.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from intents.content.faq import Thresholds
from intents.learning.classifier import Classifier, Run, fit_each, fit_one, sigmoid, softmax
from intents.learning.core_idea import core_idea
from intents.learning.encoder import Encoder
from intents.learning.features import Floats, Piece, Vectoriser
from intents.learning.table import Table, Tally
from intents.reading.reading import Reading

INTENT_STRENGTH: Final = 10.0
GATE_STRENGTH: Final = 100.0
# Of words, concepts and letters. In cross-validation the intents gained by more weight on letters
# than `features` gives them by default; the spotter of warning signs lost by it.
FAMILY_WEIGHTS: Final = (1.8, 1.0, 1.5)
# The tersest examples stand for many more messages than others do ("coffee", "when to worry"), and
# longer ones outnumber them: to the gate they count threefold. Twice and six times did as well.
_TERSE: Final = 3  # words
_TERSE_WEIGHT: Final = 3.0
MOST_CHOICES: Final = 3
_MOST_REASONS: Final = 4
_AS_LIKELY: Final = 0.3  # the score from which the second topic of one question is answered too …
_TOGETHER: Final = 0.8  # … where the first two have so much between them
_TINY: Final = np.float32(1e-12)  # keeps logarithms finite


@dataclass(frozen=True, slots=True)
class Match:
    """The message asks this, clearly enough to answer at once; several when it asks several."""

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


class Voice(NamedTuple):
    """What one text says: the logarithm of each intent's share, and how surely it is on topic."""

    logs: Floats
    gate: float
    meaning: Floats | None = None  # the vector of the text as a whole, with an encoder

    def scores(self) -> Scores:
        """Return the scores of this text alone."""
        return Scores(np.exp(self.logs) * np.float32(self.gate), self.gate, self.meaning)


def piece(reading: Reading) -> Piece:
    """Return what the matcher counts of a message."""
    return Piece(
        reading.stems,
        _concepts(reading),
        [word.token.word for word in reading.words],
    )


def _concepts(reading: Reading) -> list[str]:
    return [mention.concept for mention in reading.concepts]


class FittedMatcher(NamedTuple):
    """The learned parts of a Matcher."""

    vectoriser: Vectoriser
    intents: Classifier
    gate: Classifier | None
    core: str = ""  # the concept that tells the content's messages best from others


class Matcher:
    """Scores readings against the intents of one content."""

    def __init__(
        self,
        ids: Sequence[str],
        vectoriser: Vectoriser,
        intents: Classifier,
        gate: Classifier | None,
        core: str = "",
        encoder: Encoder | None = None,
        part_of: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """`part_of` names of a narrower intent the wider ones that its answer covers too."""
        self.ids = tuple(ids)
        self._kin = _kin(self.ids, part_of or {})
        self.fitted = FittedMatcher(vectoriser, intents, gate, core)
        self._vectoriser = vectoriser
        self._intents = intents
        self._gate = gate
        self._encoder = encoder

    @classmethod
    def fit(
        cls,
        ids: Sequence[str],
        tally: Tally,
        asked: Sequence[int],
        meanings: Floats | None = None,
    ) -> Matcher:
        """Learn from each intent's examples, and from messages that are off the topic.

        They stand in the tally in this order; `asked` says how many each intent has. `meanings`
        has a row for each of them all, where there is an encoder.
        """
        labels = np.repeat(np.arange(len(asked)), asked)
        stems, concepts, _ = tally.lists
        lengths = np.diff(stems.ends) - 2  # without the ends of a text
        all_concepts = list(concepts.lists())
        vectoriser, table = tally.table(FAMILY_WEIGHTS)
        wanted = np.eye(len(asked), dtype=np.float32)[labels]
        intents = fit_one(
            table.first(len(labels)),
            wanted,
            np.ones(len(labels), np.float32),
            INTENT_STRENGTH,
            None if meanings is None else meanings[: len(labels)],
        )
        gate = None
        if len(labels) < len(tally):
            gate = _fit_gate(table, lengths <= _TERSE, len(labels), meanings)
        core = core_idea(all_concepts[: len(labels)], all_concepts[len(labels) :])
        return cls(ids, vectoriser, intents, gate, core)

    def scores(self, reading: Reading) -> Scores:
        """Score a text against every intent."""
        return self.voice(reading, self.meaning(reading)).scores()

    def voice(self, reading: Reading, meaning: Floats | None = None) -> Voice:
        """Return what a text says; one of which nothing is known says the same of every intent."""
        vector = self._vectoriser.vector(piece(reading), FAMILY_WEIGHTS)
        if not len(vector.indices):
            count = len(self.ids)
            return Voice(np.full(count, -np.log(count), np.float32), 0.0)
        inside = float(sigmoid(self._gate.logits(vector, meaning))[0]) if self._gate else 1.0
        shares = softmax(self._intents.logits(vector, meaning))
        return Voice(np.log(np.maximum(shares, _TINY)), inside, meaning)

    def names_core(self, reading: Reading) -> bool:
        """Tell whether a text names the idea that the content is about."""
        return self.fitted.core in _concepts(reading)

    def decide(self, scores: Scores, thresholds: Thresholds) -> Outcome:
        """Turn scores into an outcome."""
        ranked = scores.ranked()
        top = tuple(self.ids[n] for n in ranked[:MOST_CHOICES])
        kin = self._kin[ranked[0]]  # a topic and what it is part of do not compete
        together = float(scores.values[kin].sum())
        others = np.delete(scores.values, kin)
        margin = together - float(others.max(initial=0.0))
        if together >= thresholds.match and margin >= thresholds.margin:
            return Match(top[:1])
        second = next((n for n in ranked if n not in kin), None)
        if second is not None and _are_both_asked(together, float(scores.values[second])):
            return Match((top[0], self.ids[second]))
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

    @property
    def encodes(self) -> bool:
        """Tell whether there is an encoder."""
        return self._encoder is not None

    def meaning(self, reading: Reading) -> Floats | None:
        """Return the vector of a text as a whole; None without an encoder."""
        return self.meanings([reading.mended_text()])[0] if self._encoder else None

    def meanings(self, texts: Sequence[str]) -> Sequence[Floats]:
        """Return the vector of each text; none at all without an encoder."""
        return list(self._encoder.encode(texts)) if self._encoder else ()


def _fit_gate(
    table: Table, terse: NDArray[np.bool_], inside: int, meanings: Floats | None
) -> Classifier:
    """Learn what is on the topic, as the first texts are; `terse` tells which are of few words."""
    kinds = np.where(np.arange(len(terse)) < inside, 2, 0) + terse
    order = np.argsort(kinds, kind="stable")
    importance = np.where(terse, _TERSE_WEIGHT, 1.0).mean()
    runs = [
        Run(int(count), np.full(1, kind >= 2, np.float32), np.full(1, weight, np.float32))
        for kind, (count, weight) in enumerate(
            zip(
                np.bincount(kinds, minlength=4),
                2 * (1 / importance, _TERSE_WEIGHT / importance),
                strict=True,
            )
        )
    ]
    dense = None if meanings is None else meanings[order]
    return fit_each(table.ordered(order), runs, GATE_STRENGTH, dense)


def _are_both_asked(first: float, second: float) -> bool:
    """Tell whether two topics are as likely, and hardly others: "what to eat and drink"."""
    return second >= _AS_LIKELY and first + second >= _TOGETHER


def _kin(ids: Sequence[str], part_of: Mapping[str, Sequence[str]]) -> list[list[int]]:
    """Return for each intent its place with those of the wider and the narrower ones."""
    return [[n for n, other in enumerate(ids) if _are_kin(id, other, part_of)] for id in ids]


def _are_kin(one: str, other: str, part_of: Mapping[str, Sequence[str]]) -> bool:
    return one == other or one in part_of.get(other, ()) or other in part_of.get(one, ())
