"""A learned eye for warning signs in words that no phrase foresaw.

It reads a message whole and clause by clause (a sign in half a sentence must not drown in the rest),
with the words that are not affirmed marked as such, and gives each sign a probability by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np

from intents.classifier import Classifier, fit, sigmoid
from intents.context import ASKED, NEGATED, OTHER, OVER, PAST, contexts
from intents.faq import Faq, WarningSign
from intents.features import Floats, Piece, Vectoriser
from intents.fitted_cache import FittedSpotter
from intents.reading import Reading

STRENGTH: Final = 20.0
# How much each kind of message says, beside 1 for a sign's own.
NOT_AFFIRMED_IMPORTANCE: Final = 2.0
CLAUSE_IMPORTANCE: Final = 0.5  # a clause of a message that only mentions a sign
OUT_OF_SCOPE_IMPORTANCE: Final = 0.3
OTHER_SIGN_IMPORTANCE: Final = 0.03  # a message about one sign says little against the others
MOST_CLAUSES: Final = 40  # read one by one; of a longer message those at both ends
LONGEST_QUOTE: Final = 7  # words
_TELLING: Final = 0.35  # of the most telling word's weight: such words are quoted too
_CLAUSE_WORDS: Final = frozenset("but and n though then so also while plus".split())
_BREAK: Final = re.compile(r"[.;!?\n,:()]|\s-\s")
_SOMEBODY_ELSE: Final = "@other"  # stands beside the concepts of a clause about somebody else
_PREFIXES: Final = {
    marks: next(
        (
            prefix
            for mark, prefix in ((NEGATED, "no:"), (PAST, "past:"), (OVER, "over:"), (ASKED, "asked:"))
            if marks & mark
        ),
        "",
    )
    for marks in range(2 * (NEGATED | OVER | PAST | OTHER | ASKED))
}


class Spotted(NamedTuple):
    """How likely a sign is, from 0 to 1, and the clause, by words, that speaks most for it."""

    sign: str
    probability: float
    in_clause: float  # the probability by that clause alone
    start: int
    end: int


class Spotter:
    """Gives each sign the probability that a message affirms it."""

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
        out_of_scope: Sequence[Reading],
    ) -> Spotter:
        """Learn from each sign's phrases against messages that affirm none."""
        signs = [sign.id for sign in faq.signs]
        known = emergencies(faq)
        pieces: list[Piece] = []
        targets: list[Floats] = []
        importance: list[Floats] = []
        for sign, readings in zip(faq.signs, phrases, strict=True):
            affirmed = np.array([other in (sign.id, *sign.implies) for other in signs], np.float32)
            weights = [_importance(sign.id, other, known) for other in signs]
            pieces += map(_whole, readings)
            targets += [affirmed] * len(readings)
            importance += [np.where(affirmed > 0, 1, weights).astype(np.float32)] * len(readings)
        for rest, weight in (
            ([_whole(r) for r in not_affirmed], NOT_AFFIRMED_IMPORTANCE),
            ([piece for r in not_affirmed for piece in _clause_pieces(r)], CLAUSE_IMPORTANCE),
            ([_whole(r) for r in ordinary], 1.0),
            ([_whole(r) for r in out_of_scope], OUT_OF_SCOPE_IMPORTANCE),
        ):
            pieces += rest
            targets += [np.zeros(len(signs), np.float32)] * len(rest)
            importance += [np.full(len(signs), weight, np.float32)] * len(rest)
        vectoriser, vectors = Vectoriser.fit(pieces)
        classifier = fit(
            vectors,
            np.array(targets),
            len(vectoriser.features),
            sigmoid,
            np.array(importance),
            STRENGTH,
        )
        return cls(signs, vectoriser, classifier)

    def spot(self, reading: Reading, marks: Sequence[int]) -> dict[str, Spotted]:
        """Return how likely each sign is: midway between the whole message and its best clause."""
        spans = _spans(reading)
        if not spans:
            return {}
        vectors = [self._vectoriser.vector(_piece(reading, marks, *span)) for span in spans]
        logits = np.array([self._classifier.logits(vector) for vector in vectors])
        chances = sigmoid((logits[0] + logits.max(axis=0)) / 2).tolist()
        in_clause = sigmoid(logits.max(axis=0)).tolist()
        best = logits.argmax(axis=0).tolist()
        return {
            sign: Spotted(sign, chances[n], in_clause[n], *spans[best[n]])
            for n, sign in enumerate(self.signs)
        }

    def telling_words(
        self, reading: Reading, marks: Sequence[int], spotted: Spotted
    ) -> tuple[int, int]:
        """Return the few words, within the clause spotted, that speak most for the sign."""
        start, end = spotted.start, spotted.end
        vector = self._vectoriser.vector(_piece(reading, marks, start, end))
        added = self._classifier.contributions(vector, self.signs.index(spotted.sign))
        by_feature = {
            self._vectoriser.features[index]: float(weight)
            for index, weight in zip(vector.indices, added, strict=True)
        }
        weights = [
            by_feature.get(f"w{_PREFIXES[mark]}{word.stem}", 0.0)
            for mark, word in zip(marks[start:end], reading.words[start:end], strict=True)
        ]
        top = max(range(len(weights)), key=weights.__getitem__)
        first = last = top
        for n, weight in enumerate(weights):
            if weight > 0 and weight >= _TELLING * weights[top]:
                low, high = min(first, n), max(last, n)
                if high - low < LONGEST_QUOTE:
                    first, last = low, high
        return start + first, start + last + 1


def emergencies(faq: Faq) -> frozenset[str]:
    """Return the ids of the signs that are emergencies by themselves."""
    return frozenset(sign.id for sign in faq.signs if faq.is_emergency(sign.id))


def with_implied(faq: Faq, ids: Iterable[str]) -> list[WarningSign]:
    """Return signs by id together with the wider ones they imply, each once, in content order."""
    wanted = {*ids}
    for sign in faq.signs:
        if sign.id in wanted:
            wanted.update(sign.implies)
    return [sign for sign in faq.signs if sign.id in wanted]


def _importance(sign: str, other: str, known_emergencies: frozenset[str]) -> float:
    """Return what a message about one sign says against another.

    An emergency often brings lesser signs along, which its examples do not tell.
    """
    if sign in known_emergencies and other not in known_emergencies:
        return 0.0
    return OTHER_SIGN_IMPORTANCE


def _spans(reading: Reading) -> list[tuple[int, int]]:
    """Return the whole message, its clauses, and each two that follow one another."""
    words, count = reading.words, len(reading.words)
    if not count:
        return []
    cuts = [0]
    for n in range(1, count):
        before = words[n - 1].token
        gap = reading.text[before.end : words[n].token.start]
        opens = words[n].token.word in _CLAUSE_WORDS or before.word == "?"
        if opens or (gap != " " and _BREAK.search(gap)):
            cuts.append(n)
    clauses = list(zip(cuts, [*cuts[1:], count], strict=True))
    if len(clauses) > MOST_CLAUSES:
        half = MOST_CLAUSES // 2
        clauses = clauses[:half] + clauses[-half:]
    pairs = [(left[0], right[1]) for left, right in zip(clauses, clauses[1:], strict=False) if left[1] == right[0]]
    return list(dict.fromkeys([(0, count), *clauses, *pairs]))


def _piece(reading: Reading, marks: Sequence[int], start: int, end: int) -> Piece:
    """Return a stretch of a message with what is not affirmed marked; letters are not counted.

    Of somebody else's signs only that they are somebody else's is noted: he may be lying there.
    """
    stretch = marks[start:end]
    concepts = [
        _PREFIXES[marks[mention.start]] + mention.concept
        for mention in reading.concepts
        if mention.start >= start and mention.end <= end
    ]
    if any(mark & OTHER for mark in stretch):
        concepts.append(_SOMEBODY_ELSE)
    words = zip(stretch, reading.words[start:end], strict=True)
    return Piece([_PREFIXES[mark] + word.stem for mark, word in words], concepts, ())


def _marks(reading: Reading) -> list[int]:
    return contexts(reading.text, [word.token for word in reading.words])


def _whole(reading: Reading) -> Piece:
    return _piece(reading, _marks(reading), 0, len(reading.words))


def _clause_pieces(reading: Reading) -> list[Piece]:
    marks = _marks(reading)
    return [_piece(reading, marks, *span) for span in _spans(reading)[1:]]
